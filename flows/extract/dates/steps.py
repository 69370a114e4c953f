"""Steps in time: "two years ago", "a week later", "two hours earlier", from the reference day or what was told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates.context import (
    LIKELY,
    Context,
    Resolved,
    duration,
    moved_by,
    told_day,
    undated,
    untold_future,
    vague,
)
from flows.extract.dates.periods import OF_ONE_STORY, grain, year_ago
from flows.extract.dates.readings import Reading
from flows.extract.dates.verbs import FUTURE


def offset(reading: Reading, context: Context) -> Resolved:
    """ "two years ago" from the reference day; "a week later" from the day told last."""
    back = reading.rel in ("ago", "earlier", "before")
    if reading.day is not None:
        return _to_the_day(reading, context)
    if reading.unit.startswith("T") and reading.rel != "ago":
        return _hours_beside(reading, context, -1 if back else 1)
    if reading.n is None:
        return _vague_offset(reading, context, back)
    told = reading.rel in ("earlier", "later", "before")
    day = _told_for(reading.unit, context)
    if told and day is None and context.told.value == "" and context.reference is None:
        return replace(duration(reading, context), timex="DURATION")
    if reading.unit == "Y" and back and context.told.quarter and not context.told.whole and reading.n == 1:
        return year_ago(Reading("year_ago", unit="Q"), context)
    lost = _lost(reading, context) if told and day else ""
    if lost:
        return undated("XXXX-XX-XX", lost)
    base = day if told and day else context.reference
    anchor = "narrative" if told and day else context.anchor
    if reading.rel == "later" and day is None and context.tense != FUTURE:
        return replace(duration(reading, context), timex="DURATION")
    moved = moved_by(base, reading, -1 if back else 1) if base else None
    if moved is None:
        return undated("XXXX-XX-XX")
    if anchor == "narrative" and untold_future(moved, context):
        return undated("XXXX-XX-XX", "past_step_after_reference")
    return Resolved(grain(moved, reading.unit), anchor, f"offset_{reading.rel}", LIKELY)


def _lost(reading: Reading, context: Context) -> str:
    """Why no step can be counted from what was told; "" where it can."""
    narrow = reading.rel == "later" or reading.unit in ("D", "W")  # months and years before are of the news too
    if narrow and _since_told(reading.unit, context) > OF_ONE_STORY:
        return "told_day_long_before"
    coarse = reading.rel == "later" and reading.unit in ("D", "W") and _coarser(context)
    return "told_month_only" if coarse else ""


def _told_for(unit: str, context: Context) -> date | None:
    """What a step counts from: the day told last, or for months and years the month or year told since."""
    if _counts_long(unit, context):
        days = cal.interval(context.told.value)
        return days[0] if days else None
    return told_day(context)


def _counts_long(unit: str, context: Context) -> bool:
    return unit in ("M", "Y", "E", "C") and _LONG_TOLD.fullmatch(context.told.value) is not None


def _coarser(context: Context) -> bool:
    """Whether a month or a year was told after the last day: from it no day can be counted on."""
    days = cal.interval(context.told.value) if _LONG_TOLD.fullmatch(context.told.value) else None
    return days is not None and context.told.day is not None and days[0] > context.told.day


def _since_told(unit: str, context: Context) -> int:
    """Sentences since what a step counts from was told."""
    return context.since_value if _counts_long(unit, context) else context.since


def _vague_offset(reading: Reading, context: Context, back: bool) -> Resolved:
    """ "years ago", "months later"."""
    if reading.rel not in ("ago", "fromnow"):
        return replace(duration(reading, context), timex="DURATION")
    return vague(replace(reading, value="PAST_REF" if back else "FUTURE_REF"), context)


def _to_the_day(reading: Reading, context: Context) -> Resolved:
    """ "three weeks ago today"."""
    base = context.reference
    moved = moved_by(cal.shift(base, reading.day or 0), reading, -1) if base else None
    if moved is None:
        return undated("XXXX-XX-XX")
    return Resolved(moved.isoformat(), context.anchor, "offset_ago_to_the_day")


def _hours_beside(reading: Reading, context: Context, sign: int) -> Resolved:
    """ "two hours later" from the clock time told last; else a length, on the day told last if it can be no other."""
    length = replace(
        duration(reading, context), timex="DURATION", anchor="narrative", derivation="hours_beside_untimed"
    )
    told = _TIMED.fullmatch(context.told.value)
    minutes = sign * (reading.n or 0) * _MINUTES[reading.unit]
    if reading.n is None or told is None or not context.recent or abs(minutes) > _FAR:
        return length
    if told["clock"]:
        return _clock_moved(told["day"], told["week"], told["clock"], int(minutes))
    least, most = _SAME_DAY.get(told["part"], (0, 0))
    if not told["day"] or not least <= minutes <= most or not least < most:
        return length
    same = date.fromisoformat(told["day"])
    return replace(length, derivation="hours_of_told_day", days=(same, same))


def _clock_moved(day: str | None, weekday: str, clock: str, minutes: int) -> Resolved:
    """The clock time so many minutes from another one, of a day or only a weekday."""
    days, minute = divmod(int(clock[:2]) * 60 + int(clock[3:5]) + minutes, 24 * 60)
    if day:
        when = cal.shift(date.fromisoformat(day), days).isoformat()
    else:
        when = f"XXXX-WXX-{(int(weekday) - 1 + days) % 7 + 1}"
    part = f"T{minute // 60:02}:{minute % 60:02}"
    return Resolved(when + part, "narrative", "clock_time_and_hours", LIKELY, timex="TIME")


_LONG_TOLD: Final = re.compile(r"\d{4}(?:-\d\d)?")  # a year or a month
_TIMED: Final = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)|XXXX-WXX-(?P<week>\d))T(?:(?P<clock>\d\d:\d\d)(?::\d\d)?|(?P<part>[A-Z]+))"
)
_MINUTES: Final = {"TH": 60, "TM": 1, "TS": 1 / 60}
_FAR: Final = 3 * 24 * 60  # minutes: what is further off is not told in hours from a clock time
# How many minutes around a part of the day are surely of the same day.
_SAME_DAY: Final = {"MO": (0, 11 * 60), "AF": (-11 * 60, 5 * 60)}
