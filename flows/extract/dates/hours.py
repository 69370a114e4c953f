"""Times of day: clock times, parts of the day and nights, of the day that was told or of the day of the news."""

from __future__ import annotations

from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates.context import LIKELY, UNSURE, Context, Resolved, told_day, undated
from flows.extract.dates.readings import Reading
from flows.extract.dates.verbs import FUTURE

IN_THE_NEWS: Final = 7  # days: a text that last spoke of a day nearer than that tells the news
MIDNIGHT: Final = "T24:00"
EVENING, DAWN = 18, 6  # hours between which a night lies
_MIDDLES: Final = {"MO": 9, "AF": 15, "EV": 20, "NI": 22}  # an hour of each part of the day


def overnight(_reading: Reading, context: Context) -> Resolved:
    if context.reference is None:
        return undated("XXXX-XX-XXTNI")
    first = context.reference if context.tense == FUTURE else cal.shift(context.reference, -1)
    return Resolved(
        f"{first.isoformat()}TNI", context.anchor, "night_before_reference", LIKELY, days=(first, cal.shift(first, 1))
    )


def day_part(reading: Reading, context: Context) -> Resolved:
    """ "this morning" of the reference day, "last night" before it; "that night" and "the evening" of what was told."""
    if reading.part[1:2].isdigit() and not reading.rel:
        return clock(reading, context)
    base = context.reference
    told = reading.rel == "the" and context.recent and told_day(context) is not None  # "the afternoon announcement"
    if reading.rel in ("", "the") and context.beside_noun and not told:
        return undated("XXXX-XX-XX" + reading.part, "part_of_day_of_a_noun")
    if reading.rel not in ("last", "past", "this"):
        return _part_told(reading, context)
    if base is None:
        return undated("XXXX-XX-XX" + reading.part)
    if reading.rel == "this":
        return Resolved(base.isoformat() + reading.part, context.anchor, "part_of_reference_day", LIKELY)
    night = cal.shift(base, -1).isoformat()
    return Resolved(night + reading.part, context.anchor, "part_of_day_before_reference", LIKELY)


def _part_told(reading: Reading, context: Context) -> Resolved:
    if reading.rel == "the" and _is_coarser(context):
        return undated("XXXX-XX-XX" + reading.part, "part_of_day_of_told_period")
    told, base, beside = told_day(context), context.reference, reading.rel in ("next", "following", "previous")
    if context.told.lost:
        return undated("XXXX-XX-XX" + reading.part, "part_of_undated_told_day")
    if told is None and base is None and context.told.weekday and reading.rel in ("that", "the"):
        return Resolved(context.told.weekday + reading.part, "narrative", "part_of_told_weekday", UNSURE)
    if told is not None and base is not None and told > base and not context.recent:
        return undated("XXXX-XX-XX" + reading.part, "part_of_day_ahead_told_long_before")
    if told is None and (base is None or beside or reading.rel == "that"):
        return undated("XXXX-XX-XX" + reading.part, "part_of_no_told_day")
    if told is None:
        return Resolved(f"{base}{reading.part}", context.anchor, "part_of_reference_day", LIKELY)
    news = base is None or 0 <= (base - told).days <= 1
    if reading.rel == "the" and not context.recent and not news:
        return undated("XXXX-XX-XX" + reading.part, "part_of_day_told_long_before")
    day, why = told, "part_of_told_day"
    if beside:
        day, why = cal.shift(told, -1 if reading.rel == "previous" else 1), "part_of_day_beside_told_day"
    elif reading.rel == "the" and reading.part == "TMO" and _is_late(context.told.value):
        day, why = cal.shift(told, 1), "morning_after_told_night"
    return Resolved(day.isoformat() + reading.part, "narrative", why, LIKELY)


def clock(reading: Reading, context: Context) -> Resolved:
    """A clock time is of the day told in its sentence or the one before, else of the day of the news.

    Where the text last spoke of another day, it is not clear that it tells the news again: then there is none, save for
    what lies ahead.
    """
    told, base = told_day(context), context.reference
    if context.repeated:
        return undated("XXXX-XX-XX" + reading.part, "clock_time_of_repeated_day")
    if reading.rel == "this" and base is not None:
        return Resolved(base.isoformat() + reading.part, context.anchor, "clock_time_of_notice", LIKELY)
    if _is_coarser(context):
        return undated("XXXX-XX-XX" + reading.part, "clock_time_of_told_period")
    if told is not None and context.recent:
        if context.after and _hour(reading.part) > _hour(context.told.value[10:]) >= 0:
            day = cal.shift(told, -1).isoformat()
            return Resolved(day + reading.part, "narrative", "clock_time_before_told_time", LIKELY)
        if _past_midnight(context.told.value, reading.part) and not (context.before and reading.part == MIDNIGHT):
            told, part = cal.shift(told, 1), "T00:00" if reading.part == MIDNIGHT else reading.part
            return Resolved(told.isoformat() + part, "narrative", "clock_time_after_told_night", LIKELY)
        return Resolved(told.isoformat() + reading.part, "narrative", "clock_time_of_told_day", LIKELY)
    if base is None and context.told.weekday and context.recent:
        return Resolved(context.told.weekday + reading.part, "narrative", "clock_time_of_told_weekday", UNSURE)
    if base is None:
        return undated("XXXX-XX-XX" + reading.part)
    far = told is not None and abs((told - base).days) > IN_THE_NEWS
    if far or (told is not None and told != base and context.tense != FUTURE):
        return undated("XXXX-XX-XX" + reading.part, "clock_time_of_no_told_day")
    return Resolved(base.isoformat() + reading.part, context.anchor, "clock_time_of_reference_day", LIKELY)


def _is_coarser(context: Context) -> bool:
    """Whether the sentence has told a week or a month since the last day: "a month later, at 3 p.m."."""
    days = cal.interval(context.told.value) if context.told.value and context.since_value == 0 else None
    last = context.told.day
    return days is not None and days[0] != days[1] and last is not None and days[0] > last


def _hour(part: str) -> int:
    """The hour of a clock time, or one in the middle of a part of the day; -1 of none."""
    return int(part[1:3]) if part[1:3].isdigit() else _MIDDLES.get(part[1:], -1)


def _past_midnight(told: str, part: str) -> bool:
    """ "on Monday night … at 2 a.m.": the small hours after an evening are of the next day."""
    return _is_late(told) and (int(part[1:3]) < DAWN or part == MIDNIGHT)


def _is_late(told: str) -> bool:
    """Whether a value is of an evening or a night."""
    hour = int(told[11:13]) if told[11:13].isdigit() else 0
    return told[10:] in ("TEV", "TNI") or hour >= EVENING


def part_of_event(reading: Reading, context: Context) -> Resolved:
    """ "the night of the fire": of the day told last, if that is the day of a fire."""
    return _part_told(reading, context) if context.of_told_event else clock_of_event(reading, context)


def clock_of_event(reading: Reading, _context: Context) -> Resolved:
    return Resolved("XXXX-XX-XX" + reading.part, "event", "clock_time_of_undated_event", UNSURE)
