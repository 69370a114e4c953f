"""What two time expressions side by side say of each other: the year of the one, the order of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates.anchors import Found
from flows.records import TimeExpression

_YEARLY: Final = ("month_day", "month", "season", "holiday")
_BARE: Final = ("weekday_is_reference_day", "weekday_before_reference", "weekday_after_reference")
_LISTED: Final = (", ", " and ", ", and ", " and on ", " or ")
_LONGEST_BETWEEN: Final = 60  # characters between a holiday and the month and year that it is of
_UNTIL: Final = ("until", "till", "through", "to", "-", "–")
_IN_ORDER: Final = "weekday_in_order"


def year_before(text: str, item: Found, before: TimeExpression) -> int | None:
    """The year of "a year ago, on 5 February", "last year in May"."""
    between = text[before.end : item.start]
    if not _takes_a_year(item):
        return None
    if not re.fullmatch(r"\d{4}", before.value) or before.starts_on is None or before.anchor == "explicit":
        return None
    return int(before.value) if re.fullmatch(r",? (?:on|in) ", between) else None


def year_behind(text: str, item: Found, after: Sequence[Found]) -> int | None:
    """The year that stands after a day, as in "on 5 February in 2014", or after a stretch that the day opens.

    Of "from June to September in 2004" it is the year of June too; of "from November to March in 2004" the one before.
    `after` are the expressions that follow, the nearest first.
    """
    if not after:
        return None
    year = _year_right_behind(text, item, after[0])
    if year is not None or not _opens(text, item, after[0]):
        return year
    year, first, last = year_behind(text, after[0], after[1:]), item.reading.month, after[0].reading.month
    return year - (first > last) if year is not None and first is not None and last is not None else None


def _opens(text: str, item: Found, last: Found) -> bool:
    """Whether two days or months without a year are the ends of one stretch, or neighbours of one list."""
    bare = (_takes_a_year(item), _takes_a_year(last), item.reading.op == last.reading.op)
    return all(bare) and text[item.end : last.start].strip() in (*_UNTIL, "and", "or")


def _takes_a_year(item: Found) -> bool:
    reading = item.reading
    return reading.op in _YEARLY and reading.year is None and not reading.rel and not reading.year_rel


def _year_right_behind(text: str, item: Found, other: Found) -> int | None:
    """The year of "Good Friday in April 2012", "on 5 February in 2014".

    Of a holiday any month of its sentence that it can lie in tells the year.
    """
    reading, later, between = item.reading, other.reading, text[item.end : other.start]
    if not _takes_a_year(item):
        return None
    year = later.year if later.op == "month" else int(later.value) if re.fullmatch(r"\d{4}", later.value) else None
    if year is None or later.op not in ("month", "fixed") or later.edge:
        return None
    if reading.op == "holiday" and later.op == "month" and not re.search(r"[.;:?!\n]", between):
        day = cal.holiday(reading.value, year)
        return year if day is not None and day.month == later.month and len(between) <= _LONGEST_BETWEEN else None
    return year if later.op == "fixed" and re.fullmatch(r" (?:in|of) ", between) else None


def in_order(
    text: str, begin: int, first: TimeExpression, last: TimeExpression
) -> tuple[TimeExpression, TimeExpression]:
    """The two, moved by a week where they are the ends of one stretch or neighbours of one list.

    `begin` is where the sentence of `last` begins.
    """
    if _is_listed(text, first, last):
        return first, _moved(last, 7)
    return _range_in_order(first, last) if _is_range(text, begin, first, last) else (first, last)


def _is_listed(text: str, first: TimeExpression, last: TimeExpression) -> bool:
    """Two bare weekdays in a row, which tells them in their order: "on Saturday, Sunday and Monday"."""
    if any(one.derivation not in (*_BARE, _IN_ORDER) for one in (first, last)):
        return False
    if text[first.end : last.start] not in _LISTED or first.starts_on is None or last.starts_on is None:
        return False
    return (last.starts_on - first.starts_on).days % 7 in (1, 2) and last.starts_on < first.starts_on


def _is_range(text: str, begin: int, first: TimeExpression, last: TimeExpression) -> bool:
    """Two bare weekdays that are the ends of one stretch: "from Thursday night until Saturday".

    Also "will begin on Wednesday and last until Friday", in the sentence that begins at `begin`.
    """
    if any(one.derivation not in _BARE for one in (first, last)):
        return False
    ahead = first.derivation == last.derivation == "weekday_after_reference" and first.start >= begin
    between = text[first.end : last.start].split()
    return bool(between) and (" ".join(between) in _UNTIL or (ahead and between[-1] in _UNTIL[:3]))


def _range_in_order(first: TimeExpression, last: TimeExpression) -> tuple[TimeExpression, TimeExpression]:
    """The two with the first before the last: what lies behind moves its beginning back, else the end moves on."""
    if first.starts_on is None or last.starts_on is None or first.starts_on <= last.starts_on:
        return first, last
    if last.derivation == "weekday_before_reference":
        return _moved(first, -7), last
    return first, _moved(last, 7)


def _moved(expression: TimeExpression, days: int) -> TimeExpression:
    if expression.starts_on is None:
        return expression
    day = cal.shift(expression.starts_on, days)
    return replace(
        expression, value=day.isoformat() + expression.value[10:], edtf=day.isoformat(), starts_on=day, ends_on=day,
        derivation=_IN_ORDER,
    )  # fmt: skip
