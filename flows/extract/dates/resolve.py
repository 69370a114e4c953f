"""From a Reading to a value: counted from the reference day, from what was told last, or from nothing.

Each function is one `Reading.op`. Nothing is guessed: without an anchor the value stays underspecified
("XXXX-WXX-7") and has no days. `derivation` says which rule gave the value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates import days, hours, periods, steps
from flows.extract.dates.context import LIKELY, Context, Resolved, Told, duration, explicit, undated, vague
from flows.extract.dates.readings import Reading
from flows.extract.dates.verbs import FUTURE

__all__ = ["Context", "Resolved", "Told", "resolve"]
FULL_DATE: Final = len("2014-06-22")


def resolve(reading: Reading, context: Context) -> Resolved:
    """The value of `reading` in `context`."""
    return OPERATIONS[reading.op](reading, context)


def fixed(reading: Reading, _context: Context) -> Resolved:
    if len(reading.value) >= FULL_DATE and cal.interval(reading.value) is None:
        return undated("XXXX-XX-XX", "no_such_day")
    return explicit(reading.value, "explicit_date")


def either_order(reading: Reading, _context: Context) -> Resolved:
    """ "3/4/2019": nobody knows whether the day or the month comes first."""
    return undated(reading.value, "ambiguous_day_or_month_first")


def repeated(reading: Reading, _context: Context) -> Resolved:
    return Resolved(reading.value, "none", "repeated", LIKELY)


def one_day(reading: Reading, context: Context) -> Resolved:
    """ "one day he will return" is some day to come; "one day" else is a length."""
    if context.tense == FUTURE:
        return vague(reading, context)
    return Resolved("P1D", "none", "length_of_time", LIKELY, timex="DURATION")


OPERATIONS: Final[Mapping[str, Callable[[Reading, Context], Resolved]]] = {
    function.__name__: function
    for function in (
        fixed, either_order, vague, duration, one_day,
        periods.period, days.weekday, days.weekday_of_week, days.deictic, hours.overnight, hours.day_part,
        days.month_day, days.day_of_month, days.day_range, hours.clock_of_event, hours.part_of_event,
        periods.beside_event, periods.half_month,
        days.week_of, periods.month,
        periods.season, periods.nth_weekday, periods.nth_week, days.holiday, periods.quarter,
        periods.latest_period, periods.same_period,
        periods.year_ago, steps.offset, periods.unit, hours.clock,
    )
} | {"set": repeated, "the_past": vague}  # fmt: skip
