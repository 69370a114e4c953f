"""Checks that hold for the time expressions of any text: metamorphic ones on the reference day, properties of each.

Used on a few texts by `test_date_shifts.py` and on many by `date_shifts.py`. EDTF (ISO 8601-2 level 1) is read
here by a parser of its own, so that a mistake of the product's is not checked by itself.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from flows.extract.dates import dates
from flows.records import TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNTOLD: Final = "_of_untold_speech_day"
# How far a weekday may lie from the reference day, by the rule that gave it.
WEEKDAYS: Final = {
    "weekday_is_reference_day": (0, 0),
    "weekday_before_reference": (-6, 0),
    "weekday_after_reference": (0, 6),
    "nearest_weekday_to_reference": (0, 2),
    "weekday_of_day_after_publication": (1, 1),
    "last_weekday_before_reference": (-7, -1),
    "last_weekday_of_week_before": (-8, -8),
    "next_weekday_after_reference": (1, 7),
}
FIRST, LAST = date(2019, 1, 1), date(2021, 1, 31)  # over two years, with a leap day and two new years
# Days on which calendars break: leap day, ends of years and of their ISO weeks, clocks put forward and back.
HARD: Final = tuple(
    date.fromisoformat(day)
    for day in (
        *("2020-02-28", "2020-02-29", "2020-03-01", "2019-02-28", "2019-03-01", "2019-12-30", "2019-12-31"),
        *("2020-01-01", "2020-12-31", "2021-01-01", "2021-01-03", "2021-01-04", "2019-03-10", "2019-03-31"),
        *("2019-10-27", "2019-11-03", "2020-03-08", "2020-03-29", "2020-10-25", "2020-11-01"),
    )
)
_SEASONS: Final = {21: 3, 22: 6, 23: 9, 24: 12}  # first month of each, as flows.extract.dates.calendars has it
Found = tuple[TimeExpression, ...]
Failure = tuple[str, str]


def days_for(number: int, step: int = 48) -> tuple[date, ...]:
    """The hard days and every `step`-th day of the two years, each text beginning with another."""
    span = (LAST - FIRST).days
    return tuple(sorted({*HARD, *(FIRST + timedelta(n) for n in range(number % step, span, step))}))


def on(doc: Doc, day: date) -> Found:
    """The time expressions of a parsed text, as of another day of publication; it was seen as long after it."""
    article = doc._.article
    seen, before = article.document.seen_at, article.published_on
    moved = seen + (day - before) if seen is not None and before is not None else None
    document = replace(article.document, seen_at=moved)
    doc._.article = replace(article, document=document, published_on=day, published_basis="metadata", reference_on=day)
    found: Found = dates(doc)._.dates
    return found


def shifts(doc: Doc, days: Sequence[date]) -> Iterator[tuple[str, Failure | None]]:
    """Each check made on `doc` over `days`: its name, and what failed."""
    first, *rest = days
    base = on(doc, first)
    for day in rest:
        moved = on(doc, day)
        yield from properties(moved)
        yield "as many expressions on the same words", _same_spans(base, moved, day)
        for before, after in zip(base, moved, strict=False):
            yield from _pair(before, first, after, day)
        week = on(doc, day + timedelta(7))
        for before, after in zip(moved, week, strict=False):
            yield from _pair(before, day, after, day + timedelta(7))


def _same_spans(base: Found, moved: Found, day: date) -> Failure | None:
    same = [(one.start, one.end) for one in base] == [(one.start, one.end) for one in moved]
    return None if same else (f"spans on {day}", "")


def _pair(
    before: TimeExpression, first: date, after: TimeExpression, day: date
) -> Iterator[tuple[str, Failure | None]]:
    rule, after_rule = (one.derivation.removesuffix(UNTOLD) for one in (before, after))
    n = (day - first).days
    if before.anchor == "explicit":
        yield "explicit dates stay", _unless(before == after, before, after, day)
    spoken = before.anchor == "speech" and UNTOLD not in before.derivation  # counts from a told day of speech
    if rule == "day_offset_from_reference" and before.starts_on and after.starts_on and not spoken:
        right = after.starts_on - before.starts_on == timedelta(n) and after.anchor == before.anchor
        yield "day offsets shift by n", _unless(right, before, after, day)
    if (
        rule in WEEKDAYS
        and after_rule in WEEKDAYS
        and before.anchor != "narrative"
        and before.starts_on
        and after.starts_on
    ):
        yield from _weekday(before, first, after, day)


def _weekday(
    before: TimeExpression, first: date, after: TimeExpression, day: date
) -> Iterator[tuple[str, Failure | None]]:
    n, spoken = (day - first).days, before.anchor == "speech" and UNTOLD not in before.derivation
    assert before.starts_on is not None
    assert after.starts_on is not None
    same = before.starts_on.isoweekday() == after.starts_on.isoweekday()
    yield "weekdays stay weekdays", _unless(same, before, after, day)
    if n % 7 == 0:
        right = (after.starts_on - before.starts_on).days == n
        yield "weekdays shift by n, a multiple of 7", _unless(right, before, after, day)
    elif not spoken:  # a told day of speech has moved by another number of days
        nearest, furthest = WEEKDAYS[after.derivation.removesuffix(UNTOLD)]
        right = nearest <= (after.starts_on - day).days <= furthest
        yield "else to the nearest on the stated side", _unless(right, before, after, day)


def _unless(right: bool, before: TimeExpression, after: TimeExpression, day: date) -> Failure | None:
    if right:
        return None
    return (f"{before.text!r} {before.value} became {after.value} on {day}", f"{before.derivation} {after.derivation}")


def properties(found: Found) -> Iterator[tuple[str, Failure | None]]:
    """Days in order; all or none of days and EDTF; the EDTF read back gives the days."""
    for one in found:
        has = (one.starts_on is not None, one.ends_on is not None, one.edtf is not None)
        what = (f"{one.text!r} {one.value}", f"{one.starts_on} {one.ends_on} {one.edtf} {one.derivation}")
        yield "days and EDTF, all or none", None if len(set(has)) == 1 else what
        yield "no anchor, no day", None if one.anchor != "none" or not has[0] else what
        if one.starts_on is None or one.ends_on is None or one.edtf is None:
            continue
        yield "starts_on is not after ends_on", None if one.starts_on <= one.ends_on else what
        try:
            said = edtf_days(one.edtf)
        except ValueError:
            said = None
        yield "the EDTF read back gives the days", None if said == (one.starts_on, one.ends_on) else what


def edtf_days(text: str) -> tuple[date, date]:
    """First and last day of an EDTF level 1 date, season or interval. Raises ValueError for anything else."""
    if "/" in text:
        first, last = text.split("/")
        return edtf_days(first)[0], edtf_days(last)[1]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text), date.fromisoformat(text)
    if re.fullmatch(r"\d{2,3}X{1,2}", text) and len(text) == 4:
        return date(max(1, int(text.replace("X", "0"))), 1, 1), date(int(text.replace("X", "9")), 12, 31)
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?", text)
    if found is None:
        raise ValueError(text)
    year, number = int(found[1]), int(found[2] or 0)
    if not number:
        return date(year, 1, 1), date(year, 12, 31)
    first, width = (_SEASONS[number], 3) if number in _SEASONS else (number, 1)
    over, last = divmod(first + width - 2, 12)
    return date(year, first, 1), date(year + over, last + 1, calendar.monthrange(year + over, last + 1)[1])
