"""What is longer than a day: weeks, months, seasons, quarters, years, and what is counted in them ("two weeks ago")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates.context import (
    AHEAD,
    BACK,
    LIKELY,
    SURE,
    UNSURE,
    Context,
    Resolved,
    duration,
    explicit,
    moved_by,
    of_scene,
    told_day,
    undated,
    untold_future,
    year_named,
)
from flows.extract.dates.readings import Reading
from flows.extract.dates.verbs import FUTURE, PAST, PRESENT

OF_ONE_STORY: Final = 8  # sentences from a told day to the step that counts from it
REPORTED_FOR: Final = 4  # months after its end in which a quarter's results are still spoken of as coming
_JUST_OVER: Final = 1  # months since the end of a month or season: "the figures for June will be lower", said in July
_JUST_GONE: Final = 2  # months
_MONTHS_OF_NOUN: Final = 4  # the same for what is said of a noun: "the March vote"
_HALF_A_YEAR: Final = 6
_MONTHS_AHEAD: Final = {PAST: 1, PRESENT: 6}  # how far ahead a bare month may lie, by tense; 3 when it is unknown


def month(reading: Reading, context: Context) -> Resolved:
    number = reading.month or 1
    year = year_named(reading, context)
    if year is not None:
        explicit = reading.year is not None
        return Resolved(f"{year:04}-{number:02}", "explicit" if explicit else context.anchor, "month_of_year")
    base, anchor = _counted_from(reading.rel, context)
    told = of_scene(context, lambda y: cal.make(y, number, 1), reading.rel)
    if told is not None:
        return Resolved(f"{told.year:04}-{number:02}", "narrative", "month_of_told_scene", LIKELY)
    if base is None:
        return undated(f"XXXX-{number:02}", _WITHOUT[anchor == "narrative"])
    year, why = _month_year(number, 1, reading.rel, base, context)
    return Resolved(f"{year:04}-{number:02}", anchor, why, LIKELY)


_WITHOUT: Final = ("no_reference_day", "no_told_day")


def _counted_from(rel: str, context: Context) -> tuple[date | None, str]:
    """The day that a month or a season is counted from, and its anchor: "the following spring" from what was told."""
    if rel not in ("previous", "following", "that"):
        return context.reference, context.anchor
    told = cal.interval(context.told.value) if context.told.value else None
    if told is not None and (context.reference is None or context.since <= OF_ONE_STORY):
        return told[0], "narrative"
    return None, "narrative"


def _month_year(first: int, width: int, rel: str, base: date, context: Context) -> tuple[int, str]:
    """The year of a month or season that starts with month `first`, counted from the reference day."""
    ahead = (first - base.month) % 12
    inside = (base.month - first) % 12 < width
    if rel == "last" and width == 1 and 0 < base.month - first <= _JUST_GONE:
        return base.year - 1, "last_one_of_year_before"  # that of this year goes by its bare name
    if rel in BACK:
        return (base.year if first + width - 1 < base.month else base.year - 1), "last_one_before_reference"
    if rel in AHEAD:
        return (base.year if first > base.month else base.year + 1), "next_one_after_reference"
    if rel == "that" and context.reference and (base.year, first) > (context.reference.year, context.reference.month):
        return base.year - 1, "of_that_year"
    if rel in ("this", "that"):
        return (base.year - (first > base.month and inside)), f"of_{rel}_year"
    if inside:
        return base.year - (first > base.month), "contains_reference"
    # A writer calls the month of eleven months ago "last May": the bare name of the next month is that one.
    lately = (base.month - first - width) % 12 <= _JUST_OVER and not context.direct
    within = max(_MONTHS_AHEAD.get(context.tense, 3), _MONTHS_OF_NOUN * context.owner, _HALF_A_YEAR * context.election)
    # "In July the council decided to publish in April": a plan told in the past tense may be over
    over = context.planned and ahead > _HALF_A_YEAR
    forward = not context.behind and ((context.tense == FUTURE and not lately and not over) or ahead <= within)
    if forward:
        return base.year + (first < base.month), "next_one_by_tense"
    return base.year - (first > base.month), "last_one_by_tense"


def nth_weekday(reading: Reading, context: Context) -> Resolved:
    """ "the first Monday of May", of the year named or of the May that is meant."""
    of_month = month(reading, context)
    days = cal.interval(of_month.value)
    if days is None:
        return undated(f"XXXX-{reading.month or 1:02}-WXX-{reading.weekday}", of_month.derivation)
    day = cal.nth_weekday(days[0].year, days[0].month, int(reading.n or 1), reading.weekday or 1)
    return replace(of_month, value=day.isoformat(), derivation=f"nth_weekday_{of_month.derivation}")


def nth_week(reading: Reading, context: Context) -> Resolved:
    """ "the last week of October": the ISO week of its last day, the first that of its first."""
    of_month = month(reading, context)
    days = cal.interval(of_month.value)
    if days is None:
        return undated(f"XXXX-{reading.month or 1:02}", of_month.derivation)
    n = int(reading.n or 1)
    day = days[1] if n < 0 else cal.shift(days[0], 7 * (n - 1))
    return replace(of_month, value=cal.week(day), derivation=f"nth_week_{of_month.derivation}")


def half_month(reading: Reading, context: Context) -> Resolved:
    """ "the second half of October": TIMEX3 has no value for it but the month's; its days are those from the 16th."""
    of_month = month(reading, context)
    days = cal.interval(of_month.value)
    if days is None:
        return of_month
    middle = days[0].replace(day=15)
    half = (days[0], middle) if reading.n == 1 else (cal.shift(middle, 1), days[1])
    return replace(of_month, derivation=f"half_{of_month.derivation}", days=half)


def beside_event(reading: Reading, _context: Context) -> Resolved:
    """ "the day after the raid", before it is known which day the raid has."""
    value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(reading.unit, "XXXX") + reading.part
    return Resolved(value, "event", "offset_from_undated_event", UNSURE)


def season(reading: Reading, context: Context) -> Resolved:
    year = year_named(reading, context)
    if year is not None:
        explicit = reading.year is not None
        return Resolved(f"{year:04}-{reading.value}", "explicit" if explicit else context.anchor, "season_of_year")
    base, anchor = _counted_from(reading.rel, context)
    if base is None:
        return undated(f"XXXX-{reading.value}", _WITHOUT[anchor == "narrative"])
    first = cal.SEASON_START[reading.value]
    year, why = _month_year(first, 3, reading.rel, base, context)
    return Resolved(f"{year:04}-{reading.value}", anchor, why, LIKELY)


def quarter(reading: Reading, context: Context) -> Resolved:
    year, base = year_named(reading, context), context.reference
    if year is not None:
        explicit = reading.year is not None
        return Resolved(f"{year:04}-{reading.value}", "explicit" if explicit else context.anchor, "quarter_of_year")
    if base is None:
        return undated(f"XXXX-{reading.value}")
    width = 3 if reading.value[0] == "Q" else 6
    start = (int(reading.value[1]) - 1) * width + 1
    year = base.year - (start > base.month and context.tense != FUTURE)
    if context.tense == FUTURE and base.month - (start + width - 1) > REPORTED_FOR:
        year += 1
    return Resolved(f"{year:04}-{reading.value}", context.anchor, "last_quarter_begun", LIKELY)


def _quarter_before(base: date) -> str:
    return cal.quarter(cal.shift_months(base, -3))


def latest_period(reading: Reading, context: Context) -> Resolved:
    """ "the latest quarter": the one spoken of, else the last one that is over."""
    told = context.told.quarter
    if reading.rel == "latest":
        told = context.told.quarter_over or told
    if told:
        return Resolved(told, "narrative", "period_told_last", LIKELY)
    if context.reference is None:
        return undated("XXXX-QX")
    return Resolved(_quarter_before(context.reference), context.anchor, "last_quarter_over", UNSURE)


def same_period(reading: Reading, context: Context) -> Resolved:
    """ "the 1988 quarter": the period spoken of, in another year."""
    year = f"{reading.year or 0:04}"
    if context.told.quarter:
        return Resolved(year + context.told.quarter[4:], "narrative", "told_period_in_year", LIKELY)
    return explicit(year if not reading.unit else f"{year}-QX", "explicit_year")


def year_ago(reading: Reading, context: Context) -> Resolved:
    """ "the year-ago quarter": the period spoken of, a year before."""
    base, told = context.reference, context.told.quarter_over or context.told.quarter
    if context.told.whole and reading.unit != "Q":
        told = ""
    if told or (base and reading.unit == "Q"):
        found = told or (_quarter_before(base) if base else "")
        part = reading.value or found[5:]
        return Resolved(
            f"{int(found[:4]) - 1:04}-{part}", "narrative" if told else context.anchor, "year_before_told_period"
        )
    if base is None:
        return undated("XXXX")
    return Resolved(f"{base.year - 1:04}", context.anchor, "year_before_reference", LIKELY)


def grain(day: date, unit: str) -> str:
    """`day` as precisely as a count of `unit`s can know it."""
    if unit in ("Y", "E", "C"):
        return f"{day.year:04}"
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return cal.quarter(day)
    return cal.week(day) if unit in ("W", "F") else day.isoformat()


def unit(reading: Reading, context: Context) -> Resolved:
    """ "last week", "this year", "the quarter", "the following day"."""
    if reading.unit == "Q" and reading.rel in ("the", "latest", "that"):
        return latest_period(reading, context)
    base, anchor, why = _unit_base(reading, context)
    if (reading.unit, reading.rel, context.anchor, context.tense) == ("D", "the", "speech", PAST):
        base, why = None, "day_told_by_a_speaker"  # "the smoke was thicker by the end of the day": of what is told
    if base is None:
        code = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "WE": "XXXX-WXX-WE"}.get(reading.unit, "XXXX")
        return undated(code, why)
    if reading.rel == "next" and anchor != "narrative" and reading.text in THE_NEXT:
        return period(replace(reading, n=1.0, value=f"P1{reading.unit}"), context)
    step = (reading.rel in AHEAD) - (reading.rel in (*BACK, "latest"))
    if reading.unit == "W" and base.isoweekday() == SUNDAY and base == context.reference:
        step = _sunday_step(reading.rel, step, context)
    if reading.unit == "WE":
        return Resolved(_weekend(base, reading.rel, step, context), anchor, "weekend", LIKELY)
    moved = (moved_by(base, replace(reading, n=1.0), step) if step else base) or base
    if reading.unit == "D" and anchor == "narrative" and untold_future(moved, context):
        return undated("XXXX-XX-XX", "past_step_after_reference")
    # "the past year" is the twelve months up to today, whatever the value that TIMEX3 has for it
    days = (moved, base) if (reading.rel, reading.unit) == ("past", "Y") else None
    why = f"{reading.rel or 'this'}_{_NAMES.get(reading.unit, 'unit')}"
    return Resolved(_long_grain(moved, reading.unit), anchor, why, SURE, days=days)


def _unit_base(reading: Reading, context: Context) -> tuple[date | None, str, str]:
    """The day that a unit is counted from, its anchor, and why there is none."""
    base, anchor, told = context.reference, context.anchor, context.told
    of_day = reading.unit == "D"
    told_on = reading.rel == "next" and reading.text.startswith("the ") and context.tense == PAST and told.value != ""
    if reading.rel in ("that", "previous", "following") or (of_day and reading.rel == "next") or told_on:
        days = cal.interval(told.value) if told.value else None
        if of_day and (days is None or days[0] != days[1]):
            return None, "none", f"{reading.rel}_day_of_no_told_day"
        if days:
            return ((told_day(context) or days[0]) if reading.unit in ("D", "W") else days[0]), "narrative", ""
    return base, anchor, "no_reference_day"


def _sunday_step(rel: str, step: int, context: Context) -> int:
    """On a Sunday the week that ends is "last week", and what lies ahead "this week" is in the next one."""
    if rel == "last":
        return 0
    return 1 if rel == "this" and context.tense == FUTURE else step


FRIDAY, SUNDAY = 5, 7
THE_NEXT: Final = ("the next week", "the next month", "the next year")
_NAMES: Final = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}


def _long_grain(day: date, unit: str) -> str:
    if unit in ("E", "C"):
        return f"{day.year:04}"[: 3 if unit == "E" else 2]
    return grain(day, unit)


def _weekend(base: date, rel: str, step: int, context: Context) -> str:
    saturday = cal.on_or_before(base, 6)
    if rel == "this" and (base.isoweekday() == FRIDAY or (base.isoweekday() == FRIDAY - 1 and context.tense != PAST)):
        return f"{cal.week(base)}-WE"  # on a Friday it is the one that begins tomorrow, whatever the tense
    if base.isoweekday() < 6 and (context.tense == FUTURE or step > 0):
        saturday = cal.on_or_after(base, 6)
    elif step:
        saturday = cal.shift(saturday, 7 * step if step > 0 or base.isoweekday() >= 6 else 0)
    return f"{cal.week(saturday)}-WE"


def period(reading: Reading, context: Context) -> Resolved:
    """ "the past two weeks": a length up to the reference day, or from it; "the previous two": up to the told day."""
    base, anchor = context.reference, context.anchor
    told = told_day(context) if context.recent else None
    # "On 3 May they met. Over the next three weeks prices fell."
    onward = reading.rel == "next" and context.tense == PAST and told is not None and base is not None and told < base
    if reading.rel in ("previous", "following") or onward:
        base, anchor = told, "narrative"
    other = moved_by(base, reading, -1 if reading.rel in BACK else 1) if base and reading.n is not None else None
    if base is None or other is None or reading.rel not in (*BACK, *AHEAD):
        return duration(reading, context)
    return Resolved(reading.value, anchor, f"{reading.rel}_period", LIKELY, days=(min(base, other), max(base, other)))
