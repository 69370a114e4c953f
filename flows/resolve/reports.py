"""Reports of happenings as they are compared: one event each, and what several tell together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from flows.happening import family
from flows.resolve.terms import stem
from flows.resources import lexicon

CAPTURE: Final = "seizure"  # the name of what rarely befalls a place twice
SLACK: Final = timedelta(days=1)  # "late Saturday" and "on Sunday" may be one night
MOST_MONTHS: Final = 24  # months by which a report is found; a longer one is found by its years
LASTING: Final = "lasting"
VIOLENT: Final = "violence"  # the kind of what a scene of violence is told under
_DEMANDING: Final = frozenset({"for", "on"})  # whoever calls for something calls for other things too
BODY: Final = "body:"  # before the id of a body without a name, which another report may name


@dataclass(frozen=True)
class Report:
    """An event as it is compared.

    `story` is its article's; actors and recipients are ids of actors, of bodies without a name those of the entity.
    `speaker` told of it; `again` when it takes up an event that its article told before; `words` are the long ones and
    the numbers of its clause, `telling` those that say what it was about, without parties and trigger; `known_by` is
    the day on which it was told as done (`is_done`), None where the article has no day; `persons` those who take part
    and are one person; `told_on` the day of the article, None where it has none; `is_spot` whether its place is no
    country and no state; `crowds` the sides with the groups without a name there ("recipient:act_1"); `forces` the
    numbers of troops, advisers, ships that it moves.
    """

    event_id: str
    article_id: str
    event_type: str
    trigger: str
    place: str | None
    story: str | None
    starts_on: date | None
    ends_on: date | None
    actors: frozenset[str]
    recipients: frozenset[str]
    start: int = 0
    end: int = 0
    speaker: str | None = None
    again: bool = False
    words: frozenset[str] = frozenset()
    known_by: date | None = None
    persons: frozenset[str] = frozenset()
    is_done: bool = False
    telling: frozenset[str] = frozenset()
    told_on: date | None = None
    is_spot: bool = False
    crowds: frozenset[str] = frozenset()
    forces: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """What the happening is called whichever of its words is used; the trigger itself where none is listed."""
        return happening_of(self.trigger, self.event_type)

    @property
    def kind(self) -> str:
        """The name of the happening where it is a listed one, else the family of its type; of violence that alone."""
        name = self.name
        if name in _violent():
            return VIOLENT
        return name if name in _listed() else family(self.event_type)


@dataclass(frozen=True, slots=True)
class Happening:
    """What reports of one happening tell together: the latest first day, the earliest last day, the first day on which
    it was told as done, place and parties, and what it was about."""

    latest: date | None
    earliest: date | None
    known_by: date | None
    place: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    telling: frozenset[str] = frozenset()

    @classmethod
    def of(cls, report: Report) -> Happening:
        parties = named(report.actors), named(report.recipients)
        if is_lasting(report):  # on many days and, as it spreads, in many places
            return cls(None, None, None, None, *parties, report.telling)
        last = report.ends_on or report.starts_on
        return cls(report.starts_on, last, report.known_by, report.place, *parties, report.telling)

    def fits(self, other: Happening) -> bool:
        if self.place and other.place and self.place != other.place:
            return False
        both = self.with_(other)
        ends = [day for day in (both.earliest, both.known_by) if day is not None]
        return both.latest is None or not ends or both.latest <= min(ends) + SLACK

    def with_(self, other: Happening) -> Happening:
        return Happening(
            max((day for day in (self.latest, other.latest) if day is not None), default=None),
            min((day for day in (self.earliest, other.earliest) if day is not None), default=None),
            min((day for day in (self.known_by, other.known_by) if day is not None), default=None),
            self.place or other.place,
            self.actors | other.actors,
            self.recipients | other.recipients,
            self.telling | other.telling,
        )


def named(parties: frozenset[str]) -> frozenset[str]:
    """The parties that have a name."""
    return frozenset(party for party in parties if not party.startswith(BODY))


def apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both sides name somebody and have nobody in common."""
    return bool(mine and theirs and not mine & theirs)


def last_day(report: Report) -> date:
    """The last day of a report that has days."""
    last = report.ends_on or report.starts_on
    assert last is not None
    return last


def index_keys(report: Report) -> set[str]:
    """Keys under which those find a report that may tell of the same happening (see `search_keys`).

    They hold its time or its story: what a party did in other years is not looked at, however much there is of it.
    """
    if report.starts_on is None:
        return _keys(report, ())
    first, last = report.starts_on, last_day(report)
    months = _months(first, last)
    return _keys(report, months if len(months) <= MOST_MONTHS else _years(first, last))


def search_keys(report: Report) -> set[str]:
    """Keys by which a report finds others of its kind that have a place, a party or the name in common with it.

    They are near in time or, where one of the two has no day, of one story; captures of a place find each other at any
    distance.
    """
    if report.starts_on is None:
        return _keys(report, ())
    first, last = report.starts_on - SLACK, last_day(report) + SLACK
    return _keys(report, [*_months(first, last), *_years(first, last)])


def _keys(report: Report, times: Iterable[str]) -> set[str]:
    shared = [f"place:{report.place}"] if report.place else []
    shared += [f"actor:{actor}" for actor in report.actors | report.recipients]
    keys = {f"{report.kind}|{one}|{time}" for time in times for one in shared}
    if report.story:
        keys |= {f"{report.story}|{report.kind}|{one}" for one in (*shared, report.name)}
        keys |= {f"{report.story}|forces|{number}" for number in report.forces}
    if report.name == CAPTURE and report.place:
        keys.add(f"ever|{report.kind}|{report.place}")
    return keys


def _months(first: date, last: date) -> list[str]:
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]


def _years(first: date, last: date) -> list[str]:
    return [str(year) for year in range(first.year, last.year + 1)]


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The name of a happening by the word for it, and the kind of each name."""
    rows = lexicon("event_names")
    found: dict[str, str] = {}
    for row in rows:
        for word in row["words"].split():
            found.setdefault(_stemmed(word.replace("_", " ")), row["name"])
    return found, {row["name"]: row["kind"] for row in rows}


@cache
def _listed() -> frozenset[str]:
    return frozenset(_names()[0].values())


@cache
def _violent() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon("event_names") if row["of"] == VIOLENT)


def with_particle(trigger: str, rest: str) -> str:
    """A trigger with the word behind it where both make one word for a happening: "walked" of "walked out over pay"."""
    word = next(iter(rest.split()), "")
    both = f"{trigger} {word}"
    return both if word and word not in _DEMANDING and _stemmed(both) in _names()[0] else trigger


def _stemmed(trigger: str) -> str:
    return " ".join(stem(word) for word in trigger.lower().split())


@cache
def name_of(trigger: str) -> str:
    """The name of what a trigger tells, "strike" for "walked out"."""
    names, _ = _names()
    whole = _stemmed(trigger)
    return names.get(whole) or names.get(whole.split(" ")[0] if whole else "") or whole


def happening_of(trigger: str, event_type: str) -> str:
    """The name of what a trigger of an event of that type tells: towns are seized, people captured."""
    name = name_of(trigger)
    return "capture" if name == CAPTURE and event_type in {"COERCE", "ASSAULT"} else name


def is_single(name: str) -> bool:
    """Whether a story knows one happening of that name a day."""
    return _names()[1].get(name) in {"single", LASTING}


def is_lasting(report: Report) -> bool:
    """Whether a story knows one happening of that name, which goes on."""
    return goes_on(report.trigger, report.event_type)


def goes_on(trigger: str, event_type: str) -> bool:
    """Whether a trigger tells what goes on for days: a strike of workers, not one from the air."""
    return event_type == "PROTEST" and _names()[1].get(name_of(trigger)) == LASTING
