"""The entries of a chronicle or a calendar: paragraphs that begin with their day ("January 14: The council met").

Such lists are told in the present tense whether they lie behind or ahead, so that no single entry says its year. The
list as a whole does: it goes on or back in time, and ends or begins beside the day that the text is of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates import syntax, verbs
from flows.extract.dates.anchors import Found

_LABEL_BEGINS: Final = re.compile(r"(?:\A|\n)[ \t•*>·-]*\Z")
_LABEL_ENDS: Final = re.compile(r"[ \t]*(?::|[–—]|-{1,2}[ \t]|\n)")
_LOOK_BACK: Final = 8  # characters before a label in which its line begins
_FEWEST: Final = 3


def days_of_entries(text: str, found: Sequence[Found], base: date | None) -> Mapping[int, date]:
    """The day of each entry without a year, by its index in `found`; empty where the text is no such list."""
    labels = [(index, item) for index, item in enumerate(found) if _is_label(text, item)]
    if base is None or len(labels) < _FEWEST:
        return {}
    years = _years_passed([(item.reading.month or 1, item.reading.day or 1) for _, item in labels])
    if years is None:
        return {}
    first = _first_year([item for _, item in labels], years, base)
    days = {index: _day(item, first + passed) for (index, item), passed in zip(labels, years, strict=True)}
    return {index: day for index, day in days.items() if day is not None and found[index].reading.year is None}


def _is_label(text: str, item: Found) -> bool:
    reading = item.reading
    begins = _LABEL_BEGINS.search(text[max(0, item.start - _LOOK_BACK) : item.start])
    plain = reading.op == "month_day" and not reading.rel and not reading.year_rel
    return plain and begins is not None and _LABEL_ENDS.match(text, item.end) is not None


def _years_passed(days: list[tuple[int, int]]) -> list[int] | None:
    """How many years after the first one each entry lies, before it where the list goes back; None without order."""
    steps = [(second > first) - (second < first) for first, second in pairwise(days)]
    forward = steps.count(1) >= steps.count(-1)
    against = -1 if forward else 1
    if steps.count(against) > 1 + len(steps) // 12:
        return None
    passed = [0]
    for step in steps:
        passed.append(passed[-1] - against * (step == against))
    return passed


def _day(item: Found, year: int) -> date | None:
    return cal.make(year, item.reading.month or 1, item.reading.day or 1)


def _first_year(items: list[Found], years: list[int], base: date) -> int:
    """The year of the first entry: one that an entry names, else the one that brings the list nearest to `base`."""
    named = next((i.reading.year - passed for i, passed in zip(items, years, strict=True) if i.reading.year), None)
    if named is not None:
        return named
    tenses = Counter(syntax.tense(item.root) for item in items if item.root is not None)

    def away(first: int) -> int:
        days = [day for item, passed in zip(items, years, strict=True) if (day := _day(item, first + passed))]
        before, after = (base - max(days)).days, (min(days) - base).days
        if tenses[verbs.PAST] > tenses[verbs.FUTURE] and after > 0:
            return 10 * after
        return max(before, after, 0)

    return min(range(base.year - 2 - max(years), base.year + 2 - min(years)), key=away)
