"""Single days and parts of them: weekdays, days of a month, holidays, today, clock times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates.clocks import same_time
from flows.extract.dates.context import (
    AHEAD,
    BACK,
    LIKELY,
    SURE,
    UNSURE,
    Context,
    Resolved,
    of_scene,
    told_day,
    undated,
    year_named,
)
from flows.extract.dates.readings import Reading
from flows.extract.dates.verbs import FUTURE, PAST, PRESENT
from flows.resources import lexicon

OVER: Final = "over"  # the text of a reading of a night that is told with the day on which it ended
# The same in days before and after the reference day, where the tense is known: what was done lies not far ahead.
TOLD_FAR: Final = {PAST: (120, 90), FUTURE: (75, 120), PRESENT: (60, 120)}
ELECTION_NEAR, ODD_ELECTION_NEAR = 190, 14  # days from a general election on which "election day" is its day
DAYS_OF_WEEK: Final = 7
VERY_NEAR: Final = 2  # days ahead at which, of two weekdays that no tense tells apart, the coming one is meant
OF_ONE_SCENE: Final = 3  # sentences from a day told to "the Monday" that goes on from it
_TOLD_LATELY: Final = 300  # days
_MONTHS_ABOUT: Final = ((3, 3), (8, 8))  # months back and ahead for "the 9th", and for "Friday the 9th"
TOO_FAR: Final = 120  # days: a day further off than that is looked for on the side that the tense says


def weekday(reading: Reading, context: Context) -> Resolved:
    number = reading.weekday or 1
    base = context.reference
    if context.any_such and not reading.rel:
        return undated(f"XXXX-WXX-{number}{reading.part}", "any_such_weekday")
    if base is None and reading.rel in ("previous", "following") and context.told.day is not None:
        base = context.told.day  # counts from what was told alone
    if base is None:
        return undated(f"XXXX-WXX-{number}{reading.part}")
    day = _told_before(number, reading, context)
    if day is not None:
        return Resolved(day.isoformat() + reading.part, "narrative", "time_told_with_its_date", LIKELY)
    if reading.rel == "that":
        return _that_weekday(number, reading, context)
    if context.definite and not reading.rel and context.tense != FUTURE:
        return _known_weekday(number, reading, context)
    day, why, score = _weekday(number, reading.rel, base, context)
    anchor = context.anchor
    if reading.rel in ("previous", "following", "that") and context.told.day is not None:
        anchor = "narrative"
    if reading.n:
        day = cal.shift(day, int(reading.n))
    if reading.text == OVER and day == base and context.tense != FUTURE:
        day, why = cal.shift(day, -DAYS_OF_WEEK), "night_that_is_over"
    return Resolved(day.isoformat() + reading.part, anchor, why, score)


def weekday_of_week(reading: Reading, context: Context) -> Resolved:
    """ "Thursday last week": the day of an ISO week beside that of the reference day."""
    number, base = reading.weekday or 1, context.reference
    if base is None:
        return undated(f"XXXX-WXX-{number}{reading.part}")
    monday = cal.shift(cal.on_or_before(base, 1), 7 * side(reading))
    day = cal.shift(monday, number - 1)
    return Resolved(day.isoformat() + reading.part, context.anchor, "weekday_of_week_beside_reference")


def _known_weekday(number: int, reading: Reading, context: Context) -> Resolved:
    """ "on the Monday": that which is told of, or the first one after the day told last."""
    told, base = told_day(context), context.reference
    near = told is not None and context.since <= OF_ONE_SCENE and _is_of_one_time(told, context)
    day = cal.on_or_after(told, number) if told is not None and near else None
    if day is None or (base is not None and day > base):
        return undated(f"XXXX-WXX-{number}{reading.part}", "weekday_of_no_told_day")
    return Resolved(day.isoformat() + reading.part, "narrative", "weekday_from_told_day", LIKELY)


def _is_of_one_time(told: date, context: Context) -> bool:
    """Whether no other time has been told since the last day."""
    days = cal.interval(context.told.value)
    return days is not None and abs((days[0] - told).days) <= 31


def _that_weekday(number: int, reading: Reading, context: Context) -> Resolved:
    """ "that Wednesday": the day told last if it is one, else the one of its week before it."""
    told = context.told.day
    if told is None:
        return undated(f"XXXX-WXX-{number}{reading.part}", "that_weekday_of_no_told_day")
    day = cal.on_or_before(told, number)
    return Resolved(day.isoformat() + reading.part, "narrative", "that_weekday_of_told_day", LIKELY)


def _told_before(number: int, reading: Reading, context: Context) -> date | None:
    """ "Monday evening" in a text that has told of "the evening of Monday, Sept. 16"."""
    if reading.rel or not reading.part or context.tense == FUTURE:
        return None
    told = (day for named, part, day in context.told.named if named == number and same_time(part, reading.part))
    return next(told, None)


def _weekday(number: int, rel: str, base: date, context: Context) -> tuple[date, str, float]:
    told = told_day(context) or base
    if rel in ("last", "past"):
        found = cal.on_or_before(cal.shift(base, -1), number)
        if (base - found).days == 1:  # a writer calls the day before "yesterday" or by its bare name
            return cal.shift(found, -7), "last_weekday_of_week_before", UNSURE
        return found, "last_weekday_before_reference", SURE
    if rel == "from":
        return cal.on_or_after(cal.shift(base, 1), number), "weekday_and_weeks_after_reference", LIKELY
    if rel == "next" and number == cal.shift(base, 1).isoweekday():  # that of tomorrow has no need of the word
        return cal.shift(base, DAYS_OF_WEEK + 1), "next_weekday_of_week_after", UNSURE
    if rel in ("next", "coming"):
        return cal.on_or_after(cal.shift(base, 1), number), "next_weekday_after_reference", LIKELY
    if rel == "previous":
        return cal.on_or_before(cal.shift(told, -1), number), "weekday_before_told_day", LIKELY
    if rel == "following":
        return cal.on_or_after(cal.shift(told, 1), number), "weekday_after_told_day", LIKELY
    if base.isoweekday() == number:
        return base, "weekday_is_reference_day", SURE
    return _bare_weekday(number, rel, base, context)


def _bare_weekday(number: int, rel: str, base: date, context: Context) -> tuple[date, str, float]:
    """The weekday before or after the reference day that a tense tells, or the text as a whole."""
    ahead = cal.on_or_after(base, number)
    told = context.told.day
    if context.caption and not rel and told is not None and told.isoweekday() == number:
        return told, "weekday_told_in_caption", LIKELY
    if context.caption and not rel and context.tense != FUTURE:
        return cal.on_or_before(base, number), "weekday_before_in_caption", LIKELY
    if context.updated and not rel and context.tense not in (FUTURE, PRESENT) and (ahead - base).days == 1:
        return ahead, "weekday_of_day_after_publication", LIKELY
    if context.open and context.tense != FUTURE and not rel and (ahead - base).days <= VERY_NEAR:
        return ahead, "nearest_weekday_to_reference", UNSURE
    yesterday = not rel and (ahead - base).days == DAYS_OF_WEEK - 1
    if yesterday and context.tense == PRESENT:  # a headline, a caption
        return cal.shift(base, -1), "weekday_before_in_historic_present", UNSURE
    if yesterday and context.tense == FUTURE and context.planned:  # "was set to sail Monday"
        return cal.shift(base, -1), "weekday_of_plan_told_in_past", UNSURE
    if context.tense in (FUTURE, PRESENT) or (rel == "this" and context.tense != PAST):
        return ahead, "weekday_after_reference", LIKELY
    return cal.on_or_before(base, number), "weekday_before_reference", SURE if context.tense == PAST else LIKELY


def deictic(reading: Reading, context: Context) -> Resolved:
    if context.reference is None:
        return undated("XXXX-XX-XX" + reading.part)
    day = cal.shift(context.reference, int(reading.n or 0))
    return Resolved(day.isoformat() + reading.part, context.anchor, "day_offset_from_reference")


def month_day(reading: Reading, context: Context) -> Resolved:
    month, day = reading.month or 1, reading.day or 1
    year = year_named(reading, context)
    if year is not None:
        found = cal.make(year, month, day)
        anchor = "explicit" if reading.year is not None else context.anchor
        if found is None:
            return undated(f"XXXX-{month:02}-{day:02}", "no_such_day")
        return Resolved(
            found.isoformat() + reading.part, anchor, "explicit_date" if anchor == "explicit" else "year_of"
        )
    found = of_scene(context, lambda y: _of_weekday(cal.make(y, month, day), reading.weekday), reading.rel)
    if found is not None:
        return Resolved(found.isoformat() + reading.part, "narrative", "day_of_told_scene", LIKELY)
    if context.reference is None:
        return undated(f"XXXX-{month:02}-{day:02}{reading.part}")
    named = _of_history(month, day, reading, context)
    if named is not None:
        return Resolved(named.isoformat() + reading.part, "explicit", "day_of_history", LIKELY)
    found = nearest(lambda y: _of_weekday(cal.make(y, month, day), reading.weekday), context, side(reading))
    if context.happened and found is not None and found > cal.shift(context.reference, 1) and not reading.weekday:
        found = nearest(lambda y: cal.make(y, month, day), context, side(replace(reading, rel=reading.rel or "last")))
    found = found or nearest(lambda y: cal.make(y, month, day), context, side(reading))
    if found is None:
        return undated(f"XXXX-{month:02}-{day:02}", "no_such_day")
    return Resolved(found.isoformat() + reading.part, context.anchor, "day_of_month_nearest_reference", LIKELY)


def _of_history(month: int, day: int, reading: Reading, context: Context) -> date | None:
    """The day that has no need of its year ("the Sept. 11 attacks"), for texts of a later year."""
    base = context.reference
    row = next((row for row in lexicon("days_of_history") if row["day"] == f"{month:02}-{day:02}"), None)
    if row is None or base is None or reading.rel or reading.weekday or context.tense == FUTURE:
        return None
    then = cal.make(int(row["year"]), month, day)
    return then if then is not None and then < base and context.noun in row["words"].split("/") else None


def _of_weekday(day: date | None, weekday: int | None) -> date | None:
    """`day` if it is the weekday that stands beside it: "Wednesday, 3 June" tells the year."""
    return day if day is None or weekday in (None, day.isoweekday()) else None


def day_of_month(reading: Reading, context: Context) -> Resolved:
    """ "on the 22nd": the nearest such day on the side that the tense says."""
    number = reading.day or 1
    if reading.rel:
        return _day_of_named_month(number, reading.rel, context)
    if context.reference is None:
        return undated(f"XXXX-XX-{number:02}{reading.part}")
    told = _of_told_month(number, reading, context)
    if told is not None:
        return Resolved(told.isoformat() + reading.part, "narrative", "day_of_told_month", LIKELY)
    first = context.reference.replace(day=1)
    back, ahead = _MONTHS_ABOUT[reading.weekday is not None]
    steps = range(ahead) if context.tense == FUTURE else range(0, -back, -1)
    months = (cal.shift_months(first, step) for step in (steps))
    for start in months:
        day = cal.make(start.year, start.month, number)
        if day is None or _of_weekday(day, reading.weekday) is None:
            continue
        if (day >= context.reference) if context.tense == FUTURE else (day <= context.reference):
            return Resolved(day.isoformat() + reading.part, context.anchor, "day_of_month_by_tense", UNSURE)
    return undated(f"XXXX-XX-{number:02}", "no_such_day")


def _of_told_month(number: int, reading: Reading, context: Context) -> date | None:
    """The day of the month that was told right before: "It began in the second week of May. On the 24th …"."""
    base, days = context.reference, cal.interval(context.told.value) if len(context.told.value) > 4 else None
    if base is None or days is None or context.since_value > 1 or context.tense == FUTURE or "Q" in context.told.value:
        return None
    first = days[0]
    day = cal.make(first.year, first.month, number)
    if (first.year, first.month) == (base.year, base.month) or day is None or not first <= day <= base:
        return None
    return _of_weekday(day, reading.weekday) if (base - day).days <= _TOLD_LATELY else None


def _day_of_named_month(number: int, rel: str, context: Context) -> Resolved:
    """ "the 20th of that month", "the third of last month"."""
    base, anchor = context.reference, context.anchor
    if rel in ("that", "the"):
        told = cal.interval(context.told.value) if context.told.value else None
        base, anchor = (told[0] if told else None), "narrative"
    month = cal.shift_months(base.replace(day=1), (rel in AHEAD) - (rel in BACK)) if base else None
    day = cal.make(month.year, month.month, number) if month else None
    if day is None:
        return undated(f"XXXX-XX-{number:02}", "no_such_day" if month else "day_of_no_told_month")
    return Resolved(day.isoformat(), anchor, "day_of_named_month", LIKELY)


def side(reading: Reading) -> int:
    """-1 when the words ask for a day before the reference day ("last"), 1 for one after ("next")."""
    return -1 if reading.rel in BACK else 1 if reading.rel in AHEAD else 0


def nearest(day_in: Callable[[int], date | None], context: Context, strictly: int = 0) -> date | None:
    """The nearest of the yearly days to the reference day; tense decides when the nearest is months away."""
    base = context.reference
    if base is None:
        return None
    days = [day for year in range(base.year - 4, base.year + 5) if 1 <= year <= 9999 and (day := day_in(year))]
    if strictly:
        days = [day for day in days if (day > base if strictly > 0 else day < base)]
    days.sort(key=lambda day: (abs((day - base).days), day))
    if not days:
        return None
    far = (
        TOO_FAR
        if context.limit and context.tense == PAST
        else TOLD_FAR.get(context.tense, (TOO_FAR, TOO_FAR))[days[0] > base]
    )
    if abs((days[0] - base).days) > far and not strictly:
        wanted = [day for day in days if (day >= base) == (context.tense in (FUTURE, PRESENT))]
        return (wanted or days)[0]
    return days[0]


def day_range(reading: Reading, context: Context) -> Resolved:
    first = month_day(reading, context)
    last = (
        month_day(replace(reading, day=reading.to_day, year=int(first.value[:4])), context) if _dated(first) else first
    )
    if not _dated(first) or not _dated(last):
        return undated(f"XXXX-{reading.month or 1:02}-{reading.day or 1:02}", first.derivation)
    return replace(first, value=f"{first.value}/{last.value}", derivation=f"range_{first.derivation}")


def _dated(found: Resolved) -> bool:
    return cal.interval(found.value) is not None


def week_of(reading: Reading, context: Context) -> Resolved:
    found = month_day(reading, context)
    days = cal.interval(found.value)
    return replace(found, value=cal.week(days[0])) if days else found


def holiday(reading: Reading, context: Context) -> Resolved:
    year, base = reading.year, context.reference
    if year is None and base is None:
        return undated("XXXX-XX-XX")
    if year is not None:
        day = cal.holiday(reading.value, year)
    else:
        day = of_scene(context, lambda candidate: cal.holiday(reading.value, candidate), reading.rel)
        if day is not None and not reading.unit:
            return Resolved(day.isoformat() + reading.part, "narrative", "holiday_of_told_scene", LIKELY)
        day = nearest(lambda candidate: cal.holiday(reading.value, candidate), context, side(reading))
    if day is None:
        return undated("XXXX-XX-XX", "no_such_day")
    if year is None and base is not None and reading.value.startswith("after") and _of_other_election(day, base):
        return undated("XXXX-XX-XX", "day_of_which_election")
    value = cal.week(day) if reading.unit == "W" else day.isoformat() + reading.part
    return Resolved(value, "explicit" if year is not None else context.anchor, "holiday", LIKELY)


def _of_other_election(day: date, base: date) -> bool:
    """Whether "election day" may be that of a primary or a local vote: no general election is near."""
    away = abs((day - base).days)
    return away > ELECTION_NEAR or (day.year % 2 == 1 and away > ODD_ELECTION_NEAR)
