"""What a reading is counted from, and what comes out: the records that the resolving modules share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from flows.extract.dates import calendars as cal
from flows.extract.dates.readings import Reading
from flows.extract.dates.verbs import FUTURE, PRESENT

BACK: Final = ("last", "past", "previous")
AHEAD: Final = ("next", "coming", "following")
OF_ONE_SCENE: Final = 90  # days
IN_MIND: Final = 30  # days: what is nearer to the reference day is meant whatever was told of another year
SURE, LIKELY, UNSURE = 0.95, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Told:
    """What the text has told so far: the last day, the last dated value, the last quarter."""

    day: date | None = None
    past: date | None = None  # the last day told that does not lie ahead
    value: str = ""
    weekday: str = ""  # the last weekday told in a text without a reference day: XXXX-WXX-2
    named: tuple[tuple[int, str, date], ...] = ()  # times told with weekday and date: (2, "T04:10", 17 September)
    lost: bool = False  # what was told last is the day of an event that nothing dates
    quarter: str = ""
    quarter_over: str = ""  # the last one told that is over
    whole: bool = False  # the last period told was a year or the better part of one, not a quarter


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading is counted from. `anchor` names where `reference` comes from."""

    reference: date | None
    anchor: str
    tense: str = ""
    told: Told = Told()
    recent: bool = True  # the last day was told in the same sentence or the one before
    scene: date | None = None  # first day of a full date, or a month of a year, told there
    one_clause: bool = False  # the scene was told by a main clause of this sentence, and this is said by another one
    since: int = 0  # sentences since the last day was told
    since_value: int = 0  # sentences since the last dated value was told
    beside_noun: bool = False  # the expression stands before a noun as a part of it ("late-night talks")
    open: bool = False  # no tense says on which side a weekday lies
    updated: bool = False  # the text tells of the day after the reference day
    repeated: bool = False  # a clock time beside a SET
    planned: bool = False  # a plan that is told in the past tense ("was set to begin on Monday")
    happened: bool = False  # it is said of a noun that names what has happened ("the 14 May raid")
    noun: str = ""  # the noun that a day is said of, in lower case
    any_such: bool = False  # "on a Saturday night"
    caption: bool = False  # in the caption of a picture
    limit: bool = False  # it stands after "until" or "through"
    behind: bool = False  # it stands after "since"
    owner: bool = False  # the expression is said of a noun that may lie ahead ("the March vote")
    election: bool = False  # it is said of an election
    definite: bool = False  # "on the Monday", which the text knows
    before: bool = False  # it stands after "before", or says so itself ("shortly before midnight")
    after: bool = False  # it tells what a clause of its sentence came after ("left after the talks ended at midnight")
    of_told_event: bool = False  # the event that it is said of stands in the sentence of the last day
    direct: bool = True  # the tense is that of the verb itself that the expression hangs on


def told_day(context: Context) -> date | None:
    """The day that a narrative goes on from: one to come where it speaks of what is to come, or is so on such a day."""
    told = context.told
    of_last = context.tense == FUTURE or (context.tense == PRESENT and context.recent) or context.reference is None
    return told.day if of_last else told.past or told.day


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with its reasons. `days` is set where the value itself does not say them (a stretch up to today)."""

    value: str
    anchor: str
    derivation: str
    score: float = SURE
    timex: str = ""
    days: cal.Interval | None = None


def undated(value: str, why: str = "no_reference_day") -> Resolved:
    return Resolved(value, "none", why, UNSURE)


def explicit(value: str, why: str) -> Resolved:
    return Resolved(value, "explicit", why, SURE)


def year_named(reading: Reading, context: Context) -> int | None:
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


def of_scene(context: Context, day_in: Callable[[int], date | None], rel: str) -> date | None:
    """The one of the yearly days that the scene goes on with: "On 3 May 2009 he left. On 7 May she followed".

    It must be nearer to the scene than any of them is to the reference day, and none of these of the last weeks.
    """
    scene = context.scene
    if scene is None or context.tense == FUTURE or rel:
        return None
    if context.one_clause:
        after = [day for step in (0, 1) if (day := day_in(scene.year + step)) is not None and day >= scene]
        return after[0] if after and (context.reference is None or after[0] <= context.reference) else None
    days = [day for step in (-1, 0, 1) if (day := day_in(scene.year + step)) is not None]
    near = min(days, key=lambda day: abs((day - scene).days), default=None)
    if near is None or abs((near - scene).days) > OF_ONE_SCENE:
        return None
    base = context.reference
    if base is None or near.year == base.year:
        return near if base is None else None
    others = [day for step in (-1, 0, 1) if (day := day_in(base.year + step)) is not None]
    closer = all(max(abs((near - scene).days), IN_MIND) < abs((day - base).days) for day in others)
    return near if closer and near <= base else None


def untold_future(day: date, context: Context) -> bool:
    """Whether a step of a story ends after the day that the text is of, though nothing says that it lies ahead."""
    return context.reference is not None and day > context.reference and context.tense != FUTURE


def moved_by(base: date, reading: Reading, sign: int) -> date | None:
    """`base` moved by the reading's amount; None outside the calendar of 9,999 years."""
    n = (reading.n or 0) * sign
    days = {"D": 1, "W": 7, "F": 14, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}.get(reading.unit)
    if days is not None:
        moved = base.toordinal() + int(n * days)
        return date.fromordinal(moved) if 1 <= moved <= date.max.toordinal() else None
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(reading.unit)
    if months is None or not 1 <= base.year + n * months / 12 <= date.max.year:
        return None
    return cal.shift_months(base, int(n * months))


def vague(reading: Reading, context: Context) -> Resolved:
    return Resolved(reading.value, context.anchor, "vague_reference", LIKELY)


def duration(reading: Reading, _context: Context) -> Resolved:
    return Resolved(reading.value, "none", "length_of_time", LIKELY)
