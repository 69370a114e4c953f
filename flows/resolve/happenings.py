"""Which reports are of one happening: how strongly two of them agree, and what a set of such ties comes to.

Reports are compared by what may be told of one happening in several ways: its kind, its days, its place, who takes
part, who told of it, and the words. A tie never joins what contradicts itself: reports of other days or places stay
apart, even if a report without day or place would fit with both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from flows.happening import family
from flows.resolve.clusters import UnionFind
from flows.resolve.terms import stem
from flows.resources import lexicon

SLACK: Final = timedelta(days=1)  # "late Saturday" and "on Sunday" may be one night
CAPTURE: Final = "seizure"  # the name of what rarely befalls a place twice
FRESH: Final = timedelta(days=14)  # how long a capture is told of without its day
BODY: Final = "body:"  # before the id of a body without a name, which another report may name
# How strongly two reports are tied.
NOT, LOOSELY, UNTIMED, BY_DAY, BY_PARTY, BY_PLACE, BY_WORDS = range(7)
_NOT_YET: Final = frozenset({"AGREE", "THREATEN", "REJECT"})
_OWN_ACTS: Final = frozenset({"ACCUSE", "DISAPPROVE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})
_LEAST_WORDS: Final = 3
Tie = tuple[str, str, int]  # two reports and how strongly they are tied
_COPIED: Final = 0.75  # the share of words that two wordings of one sentence have in common


@dataclass(frozen=True)
class Report:
    """An event as it is compared.

    `story` is its article's; actors and recipients are ids of actors, of bodies without a name those of the entity.
    `speaker` told of it; `again` when it takes up an event that its article told before; `words` are the long ones and
    the numbers of its clause; `known_by` is the day on which it was told as done (`is_done`), None where the article
    has no day; `persons` those actors who are one.
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

    @property
    def name(self) -> str:
        """What the happening is called whichever of its words is used; the trigger itself where none is listed."""
        name = name_of(self.trigger)
        return "capture" if name == "seizure" and self.event_type in {"COERCE", "ASSAULT"} else name

    @property
    def kind(self) -> str:
        """The name of the happening where it is a listed one, else the family of its type."""
        return self.name if self.name in _listed() else family(self.event_type)


@cache
def _names() -> tuple[Mapping[str, str], frozenset[str]]:
    """The name of a happening by the word for it, and the names of which a story knows one a day."""
    rows = lexicon("event_names")
    found: dict[str, str] = {}
    for row in rows:
        for word in row["words"].split():
            found.setdefault(_stemmed(word.replace("_", " ")), row["name"])
    return found, frozenset(row["name"] for row in rows if row["kind"] == "single")


@cache
def _listed() -> frozenset[str]:
    return frozenset(_names()[0].values())


def _stemmed(trigger: str) -> str:
    return " ".join(stem(word) for word in trigger.lower().split())


@cache
def name_of(trigger: str) -> str:
    """The name of what a trigger tells, "strike" for "walked out"."""
    names, _ = _names()
    whole = _stemmed(trigger)
    return names.get(whole) or names.get(whole.split(" ")[0] if whole else "") or whole


def same_happening(one: Report, other: Report) -> bool:
    """Whether two events are reports of one happening."""
    return tie(one, other) > NOT


def tie(one: Report, other: Report) -> int:
    """How strongly two reports are tied, NOT when they are of two happenings."""
    if one.kind != other.kind or not (_one_type(one, other) and _days_agree(one, other)):
        return NOT
    if one.place and other.place and one.place != other.place:
        return NOT
    same = one.name == other.name
    if one.article_id == other.article_id and same and (one if one.start > other.start else other).again:
        return BY_WORDS
    if same and one.article_id != other.article_id and _is_copy(one.words, other.words):
        return BY_WORDS
    if _are_own_acts(one, other):
        return NOT
    actors, recipients = bool(one.actors & other.actors), bool(one.recipients & other.recipients)
    if one.place and other.place and (same or (one.event_type == other.event_type and (actors or recipients))):
        return BY_PLACE if one.story == other.story or (_is_timed(one) and _is_timed(other)) else UNTIMED
    if (actors or recipients) and actors + recipients + same >= 2:
        return BY_PARTY
    if not same or one.story is None or one.story != other.story or _other_parties(one, other):
        return NOT
    if one.speaker is not None and one.speaker == other.speaker:
        return BY_PARTY
    return _in_story(one, other)


def _is_timed(report: Report) -> bool:
    """Whether it tells its day, or at least by when it had happened."""
    return report.starts_on is not None or report.known_by is not None


def _one_type(one: Report, other: Report) -> bool:
    """Whether the types are of one family, or one of them says that the same is promised, threatened or refused."""
    families = {family(one.event_type), family(other.event_type)}
    return len(families) == 1 or bool({one.event_type, other.event_type} & _NOT_YET)


def _in_story(one: Report, other: Report) -> int:
    """The tie of two reports of one name in one story that nothing but their days may part."""
    if one.name not in _names()[1] or one.article_id == other.article_id:
        return NOT
    if one.starts_on is None or other.starts_on is None:
        return LOOSELY if one.known_by and other.known_by else NOT
    return BY_DAY if one.starts_on <= _last(other) and other.starts_on <= _last(one) else NOT


def _is_copy(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared >= _LEAST_WORDS and shared >= _COPIED * len(one | other)


def _other_parties(one: Report, other: Report) -> bool:
    """Whether both name who did it, or whom it befell, and name others."""
    return _apart(_named(one.actors), _named(other.actors)) or _apart(_named(one.recipients), _named(other.recipients))


def _are_own_acts(one: Report, other: Report) -> bool:
    """Whether two persons each do what nobody does for another: two refusals, two resignations."""
    if not (_apart(one.persons, other.persons) and _apart(one.actors, other.actors)):
        return False
    return bool({one.event_type, other.event_type} <= _OWN_ACTS) or one.name == other.name == "resignation"


def _named(parties: frozenset[str]) -> frozenset[str]:
    return frozenset(party for party in parties if not party.startswith(BODY))


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs and not mine & theirs)


def _last(report: Report) -> date:
    last = report.ends_on or report.starts_on
    assert last is not None
    return last


def _days_agree(one: Report, other: Report) -> bool:
    """Whether the days overlap; one without a day is of the same story, and was not told before it happened."""
    if one.starts_on is None or other.starts_on is None:
        in_time = _Told.of(one).fits(_Told.of(other))
        return in_time and ((one.story is not None and one.story == other.story) or _is_one_capture(one, other))
    return one.starts_on <= _last(other) + SLACK and other.starts_on <= _last(one) + SLACK


def _is_one_capture(one: Report, other: Report) -> bool:
    """Whether one report dates the capture of a place of which the other, soon after if ever, tells without its day."""
    if not (one.name == other.name == CAPTURE and one.place and one.place == other.place):
        return False
    dated, undated = (one, other) if one.starts_on else (other, one)
    if dated.starts_on is None or not (one.is_done and other.is_done) or _other_parties(one, other):
        return False
    return undated.known_by is None or undated.known_by <= dated.starts_on + FRESH


def happenings(reports: Mapping[str, Report], ties: Iterable[Tie]) -> list[list[str]]:
    """The reports of each happening: the strongest ties first, none between what differs in day or place.

    What is loosely tied is joined where all of it fits together: the story then knows one such happening. The same
    set of reports and ties gives the same answer in whatever order they come.
    """
    sets = UnionFind(reports)
    told = {event_id: _Told.of(report) for event_id, report in reports.items()}
    ordered = sorted(_without_doubt(list(ties), told), key=lambda row: (-row[2], row[0], row[1]))
    for one, other, strength in ordered:
        first, second = sets.find(one), sets.find(other)
        if strength > LOOSELY and first != second and told[first].fits(told[second]):
            both = told[first].with_(told[second])
            sets.union(first, second)
            told[sets.find(first)] = both
    loose = UnionFind(sets.find(event_id) for event_id in reports)
    for one, other, _ in ordered:
        loose.union(sets.find(one), sets.find(other))
    for group in loose.groups():
        if len(group) > 1 and _all_fit([told[name] for name in group]):
            for name in group[1:]:
                sets.union(group[0], name)
    return sets.groups()


def _without_doubt(ties: Sequence[Tie], told: Mapping[str, _Told]) -> Iterator[Tie]:
    """The ties but those of a report of no known time that would fit with happenings of several times."""
    partners: dict[str, list[_Told]] = defaultdict(list)
    for one, other, strength in ties:
        if strength == UNTIMED:
            partners[one].append(told[other])
            partners[other].append(told[one])
    doubtful = {event_id for event_id, fitting in partners.items() if not _all_fit(fitting)}
    yield from (tie for tie in ties if tie[2] != UNTIMED or doubtful.isdisjoint(tie[:2]))


def _all_fit(told: Sequence[_Told]) -> bool:
    """Whether nothing in what some reports tell contradicts the rest."""
    whole = told[0]
    for one in told[1:]:
        if not whole.fits(one) or _apart(whole.actors, one.actors) or _apart(whole.recipients, one.recipients):
            return False
        whole = whole.with_(one)
    return True


@dataclass(frozen=True, slots=True)
class _Told:
    """What reports of one happening tell together: the latest first day, the earliest last day, the first day on which
    it was told as done, place and parties."""

    latest: date | None
    earliest: date | None
    known_by: date | None
    place: str | None
    actors: frozenset[str]
    recipients: frozenset[str]

    @classmethod
    def of(cls, report: Report) -> _Told:
        last = report.ends_on or report.starts_on
        parties = _named(report.actors), _named(report.recipients)
        return cls(report.starts_on, last, report.known_by, report.place, *parties)

    def fits(self, other: _Told) -> bool:
        if self.place and other.place and self.place != other.place:
            return False
        both = self.with_(other)
        ends = [day for day in (both.earliest, both.known_by) if day is not None]
        return both.latest is None or not ends or both.latest <= min(ends) + SLACK

    def with_(self, other: _Told) -> _Told:
        return _Told(
            max((day for day in (self.latest, other.latest) if day is not None), default=None),
            min((day for day in (self.earliest, other.earliest) if day is not None), default=None),
            min((day for day in (self.known_by, other.known_by) if day is not None), default=None),
            self.place or other.place,
            self.actors | other.actors,
            self.recipients | other.recipients,
        )
