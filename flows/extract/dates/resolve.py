"""From a Reading to a value: counted from the reference day, from what was told last, or from nothing.

Each function is one `Reading.op`. Nothing is guessed: without an anchor the value stays underspecified
("XXXX-WXX-7") and has no days. `derivation` says which rule gave the value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates.normalise import Reading
from flows.extract.dates.syntax import FUTURE, PAST, PRESENT

BACK: Final = ("last", "past", "previous")
AHEAD: Final = ("next", "coming", "following")
SURE, LIKELY, UNSURE = 0.95, 0.85, 0.6
REPORTED_FOR: Final = 4  # months after its end in which a quarter's results are still spoken of as coming
TOO_FAR: Final = 120  # days: a day further off than that is looked for on the side that the tense says


@dataclass(frozen=True, slots=True)
class Told:
    """What the text has told so far: the last day, the last dated value, the last quarter."""

    day: date | None = None
    value: str = ""
    quarter: str = ""
    whole: bool = False  # the last period told was a year or the better part of one, not a quarter


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading is counted from. `anchor` names where `reference` comes from."""

    reference: date | None
    anchor: str
    tense: str = ""
    told: Told = Told()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with its reasons. `days` is set where the value itself does not say them (a stretch up to today)."""

    value: str
    anchor: str
    derivation: str
    score: float = SURE
    timex: str = ""
    days: cal.Interval | None = None


def resolve(reading: Reading, context: Context) -> Resolved:
    """The value of `reading` in `context`."""
    return OPERATIONS[reading.op](reading, context)


def _open(value: str, why: str = "no_reference_day") -> Resolved:
    return Resolved(value, "none", why, UNSURE)


def _explicit(value: str, why: str) -> Resolved:
    return Resolved(value, "explicit", why, SURE)


def _year(reading: Reading, context: Context) -> int | None:
    """The year that the expression itself names or counts ("of last year")."""
    if reading.year is not None:
        return reading.year
    if not reading.year_rel or context.reference is None:
        return None
    base = context.reference.year
    told = context.told.value[:4]
    if reading.year_rel in ("previous", "following", "that") and told.isdigit() and len(told) == 4:
        base = int(told)
    return base + (reading.year_rel in AHEAD) - (reading.year_rel in BACK)


def fixed(reading: Reading, _context: Context) -> Resolved:
    return _explicit(reading.value, "explicit_date")


def vague(reading: Reading, context: Context) -> Resolved:
    return Resolved(reading.value, context.anchor, "vague_reference", LIKELY)


def repeated(reading: Reading, _context: Context) -> Resolved:
    return Resolved(reading.value, "none", "repeated", LIKELY)


def duration(reading: Reading, _context: Context) -> Resolved:
    return Resolved(reading.value, "none", "length_of_time", LIKELY)


def one_day(reading: Reading, context: Context) -> Resolved:
    """ "one day he will return" is some day to come; "one day" else is a length."""
    if context.tense == FUTURE:
        return vague(reading, context)
    return Resolved("P1D", "none", "length_of_time", LIKELY, timex="DURATION")


def period(reading: Reading, context: Context) -> Resolved:
    """ "the past two weeks": a length that ends, or begins, with the reference day."""
    base = context.reference
    other = _moved(base, reading, -1 if reading.rel in BACK else 1) if base and reading.n is not None else None
    if base is None or other is None or reading.rel not in (*BACK, "next", "coming"):
        return duration(reading, context)
    return Resolved(
        reading.value, context.anchor, f"{reading.rel}_period", LIKELY, days=(min(base, other), max(base, other))
    )


def _moved(base: date, reading: Reading, sign: int) -> date | None:
    """`base` moved by the reading's amount."""
    n = (reading.n or 0) * sign
    days = {"D": 1, "W": 7, "F": 14, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}.get(reading.unit)
    if days is not None:
        return cal.shift(base, int(n * days) if abs(n * days) < 4_000_000 else 0)
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(reading.unit)
    return cal.shift_months(base, int(n * months)) if months is not None and abs(n * months) < 100_000 else None


def weekday(reading: Reading, context: Context) -> Resolved:
    number = reading.weekday or 1
    base = context.reference
    if base is None:
        return _open(f"XXXX-WXX-{number}{reading.part}")
    day, why, score = _weekday(number, reading.rel, base, context)
    anchor = context.anchor
    if reading.rel in ("previous", "following", "that") and context.told.day is not None:
        anchor = "narrative"
    if reading.n:
        day = cal.shift(day, int(reading.n))
    return Resolved(day.isoformat() + reading.part, anchor, why, score)


def _weekday(number: int, rel: str, base: date, context: Context) -> tuple[date, str, float]:
    told = context.told.day or base
    if rel in ("last", "past"):
        found = cal.on_or_before(cal.shift(base, -1), number)
        if (base - found).days == 1:  # a writer calls the day before "yesterday" or by its bare name
            return cal.shift(found, -7), "last_weekday_of_week_before", UNSURE
        return found, "last_weekday_before_reference", SURE
    if rel in ("next", "coming"):
        return cal.on_or_after(cal.shift(base, 1), number), "next_weekday_after_reference", LIKELY
    if rel == "previous":
        return cal.on_or_before(cal.shift(told, -1), number), "weekday_before_told_day", LIKELY
    if rel == "following":
        return cal.on_or_after(cal.shift(told, 1), number), "weekday_after_told_day", LIKELY
    if base.isoweekday() == number:
        return base, "weekday_is_reference_day", SURE
    if context.tense in (FUTURE, PRESENT) or (rel == "this" and context.tense != PAST):
        return cal.on_or_after(base, number), "weekday_after_reference", LIKELY
    return cal.on_or_before(base, number), "weekday_before_reference", SURE if context.tense == PAST else LIKELY


def deictic(reading: Reading, context: Context) -> Resolved:
    if context.reference is None:
        return _open("XXXX-XX-XX" + reading.part)
    day = cal.shift(context.reference, int(reading.n or 0))
    return Resolved(day.isoformat() + reading.part, context.anchor, "day_offset_from_reference")


def overnight(_reading: Reading, context: Context) -> Resolved:
    if context.reference is None:
        return _open("XXXX-XX-XXTNI")
    first = context.reference if context.tense == FUTURE else cal.shift(context.reference, -1)
    return Resolved(
        f"{first.isoformat()}TNI", context.anchor, "night_before_reference", LIKELY, days=(first, cal.shift(first, 1))
    )


def day_part(reading: Reading, context: Context) -> Resolved:
    told, base = context.told.day, context.reference
    if base is None and told is None:
        return _open("XXXX-XX-XX" + reading.part)
    day, anchor, why = base, context.anchor, "part_of_reference_day"
    if reading.rel in ("last", "past") and base:
        day, why = cal.shift(base, -1), "part_of_day_before_reference"
    elif reading.rel in ("next", "following", "previous") and (told or base):
        start = told or base
        day = cal.shift(start, -1 if reading.rel == "previous" else 1) if start else None
        anchor, why = "narrative", "part_of_day_beside_told_day"
    elif reading.rel != "this" and told is not None:
        day, anchor, why = told, "narrative", "part_of_told_day"
    if day is None:
        return _open("XXXX-XX-XX" + reading.part)
    return Resolved(day.isoformat() + reading.part, anchor, why, LIKELY)


def month_day(reading: Reading, context: Context) -> Resolved:
    month, day = reading.month or 1, reading.day or 1
    year = _year(reading, context)
    if year is not None:
        found = cal.make(year, month, day)
        anchor = "explicit" if reading.year is not None else context.anchor
        if found is None:
            return _open(f"XXXX-{month:02}-{day:02}", "no_such_day")
        return Resolved(
            found.isoformat() + reading.part, anchor, "explicit_date" if anchor == "explicit" else "year_of"
        )
    if context.reference is None:
        return _open(f"XXXX-{month:02}-{day:02}{reading.part}")
    found = _nearest(lambda y: cal.make(y, month, day), context, _side(reading))
    if found is None:
        return _open(f"XXXX-{month:02}-{day:02}", "no_such_day")
    return Resolved(found.isoformat() + reading.part, context.anchor, "day_of_month_nearest_reference", LIKELY)


def _side(reading: Reading) -> int:
    """-1 when the words ask for a day before the reference day ("last"), 1 for one after ("next")."""
    return -1 if reading.rel in BACK else 1 if reading.rel in AHEAD else 0


def _nearest(day_in: Callable[[int], date | None], context: Context, strictly: int = 0) -> date | None:
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
    if abs((days[0] - base).days) > TOO_FAR and not strictly:
        wanted = [day for day in days if (day >= base) == (context.tense == FUTURE)]
        return (wanted or days)[0]
    return days[0]


def day_range(reading: Reading, context: Context) -> Resolved:
    first = month_day(reading, context)
    last = (
        month_day(replace(reading, day=reading.to_day, year=int(first.value[:4])), context) if _dated(first) else first
    )
    if not _dated(first) or not _dated(last):
        return _open(f"XXXX-{reading.month or 1:02}-{reading.day or 1:02}", first.derivation)
    return replace(first, value=f"{first.value}/{last.value}", derivation=f"range_{first.derivation}")


def _dated(found: Resolved) -> bool:
    return cal.interval(found.value) is not None


def week_of(reading: Reading, context: Context) -> Resolved:
    found = month_day(reading, context)
    days = cal.interval(found.value)
    return replace(found, value=cal.week(days[0])) if days else found


def month(reading: Reading, context: Context) -> Resolved:
    number = reading.month or 1
    year = _year(reading, context)
    if year is not None:
        explicit = reading.year is not None
        return Resolved(f"{year:04}-{number:02}", "explicit" if explicit else context.anchor, "month_of_year")
    base = context.reference
    if base is None:
        return _open(f"XXXX-{number:02}")
    year, why = _month_year(number, 1, reading.rel, base, context)
    return Resolved(f"{year:04}-{number:02}", context.anchor, why, LIKELY)


def _month_year(first: int, width: int, rel: str, base: date, context: Context) -> tuple[int, str]:
    """The year of a month or season that starts with month `first`, counted from the reference day."""
    ahead = (first - base.month) % 12
    inside = (base.month - first) % 12 < width
    if rel in BACK:
        return (base.year if first + width - 1 < base.month else base.year - 1), "last_one_before_reference"
    if rel in AHEAD:
        return (base.year if first > base.month else base.year + 1), "next_one_after_reference"
    if rel == "this":
        return (base.year - (first > base.month and inside)), "of_this_year"
    if inside:
        return base.year - (first > base.month), "contains_reference"
    # A writer calls the month of eleven months ago "last May": the bare name of the next month is that one.
    forward = context.tense == FUTURE or ahead <= (1 if context.tense == PAST else 3)
    if forward:
        return base.year + (first < base.month), "next_one_by_tense"
    return base.year - (first > base.month), "last_one_by_tense"


def season(reading: Reading, context: Context) -> Resolved:
    year = _year(reading, context)
    if year is not None:
        explicit = reading.year is not None
        return Resolved(f"{year:04}-{reading.value}", "explicit" if explicit else context.anchor, "season_of_year")
    if context.reference is None:
        return _open(f"XXXX-{reading.value}")
    first = cal.SEASON_START[reading.value]
    year, why = _month_year(first, 3, reading.rel, context.reference, context)
    return Resolved(f"{year:04}-{reading.value}", context.anchor, why, LIKELY)


def holiday(reading: Reading, context: Context) -> Resolved:
    year, base = reading.year, context.reference
    if year is None and base is None:
        return _open("XXXX-XX-XX")
    if year is not None:
        day = cal.holiday(reading.value, year)
    else:
        day = _nearest(lambda candidate: cal.holiday(reading.value, candidate), context, _side(reading))
    if day is None:
        return _open("XXXX-XX-XX", "no_such_day")
    value = cal.week(day) if reading.unit == "W" else day.isoformat() + reading.part
    return Resolved(value, "explicit" if year is not None else context.anchor, "holiday", LIKELY)


def quarter(reading: Reading, context: Context) -> Resolved:
    year, base = _year(reading, context), context.reference
    if year is not None:
        explicit = reading.year is not None
        return Resolved(f"{year:04}-{reading.value}", "explicit" if explicit else context.anchor, "quarter_of_year")
    if base is None:
        return _open(f"XXXX-{reading.value}")
    width = 3 if reading.value[0] == "Q" else 6
    start = (int(reading.value[1]) - 1) * width + 1
    year = base.year - (start > base.month and context.tense != FUTURE)
    if context.tense == FUTURE and base.month - (start + width - 1) > REPORTED_FOR:
        year += 1
    return Resolved(f"{year:04}-{reading.value}", context.anchor, "last_quarter_begun", LIKELY)


def _quarter_before(base: date) -> str:
    return cal.quarter(cal.shift_months(base, -3))


def latest_period(_reading: Reading, context: Context) -> Resolved:
    """ "the latest quarter": the one spoken of, else the last one that is over."""
    if context.told.quarter:
        return Resolved(context.told.quarter, "narrative", "period_told_last", LIKELY)
    if context.reference is None:
        return _open("XXXX-QX")
    return Resolved(_quarter_before(context.reference), context.anchor, "last_quarter_over", UNSURE)


def same_period(reading: Reading, context: Context) -> Resolved:
    """ "the 1988 quarter": the period spoken of, in another year."""
    year = f"{reading.year or 0:04}"
    if context.told.quarter:
        return Resolved(year + context.told.quarter[4:], "narrative", "told_period_in_year", LIKELY)
    return _explicit(year if not reading.unit else f"{year}-QX", "explicit_year")


def year_ago(reading: Reading, context: Context) -> Resolved:
    """ "the year-ago quarter": the period spoken of, a year before."""
    base, told = context.reference, context.told.quarter
    if context.told.whole and reading.unit != "Q":
        told = ""
    if told or (base and reading.unit == "Q"):
        found = told or (_quarter_before(base) if base else "")
        part = reading.value or found[5:]
        return Resolved(
            f"{int(found[:4]) - 1:04}-{part}", "narrative" if told else context.anchor, "year_before_told_period"
        )
    if base is None:
        return _open("XXXX")
    return Resolved(f"{base.year - 1:04}", context.anchor, "year_before_reference", LIKELY)


def offset(reading: Reading, context: Context) -> Resolved:
    """ "two years ago" from the reference day; "a week later" from the day told last."""
    back = reading.rel in ("ago", "earlier", "before")
    if reading.n is None:
        return vague(replace(reading, value="PAST_REF" if back else "FUTURE_REF"), context)
    told = reading.rel in ("earlier", "later", "before")
    if told and context.told.day is None and context.told.value == "" and context.reference is None:
        return duration(replace(reading, timex="DURATION"), context)
    if reading.unit == "Y" and back and context.told.quarter and not context.told.whole and reading.n == 1:
        return year_ago(Reading("year_ago", unit="Q"), context)
    base = context.told.day if told and context.told.day else context.reference
    anchor = "narrative" if told and context.told.day else context.anchor
    if reading.rel == "later" and context.told.day is None and context.tense != FUTURE:
        return duration(reading, context)
    moved = _moved(base, reading, -1 if back else 1) if base else None
    if moved is None:
        return _open("XXXX-XX-XX")
    return Resolved(_grain(moved, reading.unit), anchor, f"offset_{reading.rel}", LIKELY)


def _grain(day: date, unit: str) -> str:
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
    told = context.told
    if reading.unit == "Q" and reading.rel in ("the", "latest", "that"):
        return latest_period(reading, context)
    base, anchor = context.reference, context.anchor
    if reading.rel in ("that", "previous", "following") or (reading.unit == "D" and reading.rel == "next"):
        days = cal.interval(told.value) if told.value else None
        if days:
            base, anchor = (told.day or days[0]) if reading.unit in ("D", "W") else days[0], "narrative"
    if base is None:
        return _open(
            {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "WE": "XXXX-WXX-WE"}.get(reading.unit, "XXXX")
        )
    step = (reading.rel in AHEAD) - (reading.rel in (*BACK, "latest"))
    if reading.unit == "WE":
        return Resolved(_weekend(base, step, context), anchor, "weekend", LIKELY)
    moved = _moved(base, replace(reading, n=1.0), step) if step else base
    value = _long_grain(moved or base, reading.unit)
    return Resolved(value, anchor, f"{reading.rel or 'this'}_{_NAMES.get(reading.unit, 'unit')}", SURE)


_NAMES: Final = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}


def _long_grain(day: date, unit: str) -> str:
    if unit in ("E", "C"):
        return f"{day.year:04}"[: 3 if unit == "E" else 2]
    return _grain(day, unit)


def _weekend(base: date, step: int, context: Context) -> str:
    saturday = cal.on_or_before(base, 6)
    if base.isoweekday() < 6 and (context.tense == FUTURE or step > 0):
        saturday = cal.on_or_after(base, 6)
    elif step:
        saturday = cal.shift(saturday, 7 * step if step > 0 or base.isoweekday() >= 6 else 0)
    return f"{cal.week(saturday)}-WE"


def clock(reading: Reading, context: Context) -> Resolved:
    day = context.told.day or context.reference
    if day is None:
        return _open("XXXX-XX-XX" + reading.part)
    told = context.told.day is not None
    return Resolved(
        day.isoformat() + reading.part, "narrative" if told else context.anchor, "clock_time_of_told_day", LIKELY
    )


OPERATIONS: Final[Mapping[str, Callable[[Reading, Context], Resolved]]] = {
    function.__name__: function
    for function in (
        fixed, vague, duration, one_day,
        period, weekday, deictic, overnight, day_part, month_day, day_range, week_of, month,
        season, holiday, quarter, latest_period, same_period, year_ago, offset, unit, clock,
    )
} | {"set": repeated, "the_past": vague}  # fmt: skip
