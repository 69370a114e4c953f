"""Persons: full names of one surname that agree, and whom a short name may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from flows import names
from flows.resolve.clusters import UnionFind
from flows.resolve.members import Member, months_around

MOST_CANDIDATES: Final = 20  # people of one surname whom a mention is left open between
SAME_IN_ARTICLE: Final = 0.97  # two names that one article keeps apart are one person's only if as alike as this


def join_full_names(sets: UnionFind, block: Sequence[Member]) -> None:
    """Join members whose full names agree, best pairs first, where every name of one side agrees with the other."""
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in block:
        for name in dict.fromkeys(names.normalise(name) for name in member.full_names):
            by_name[name].append(member)
    for group in by_name.values():
        sets.join([member.entity_id for member in group])
    pairs = sorted(
        (-names.similarity(one, other), one, other)
        for one, other in _comparable(by_name, block)
        if _may_be_one(by_name, one, other)
    )
    together = {label: {label} for label in by_name}
    for _, one, other in pairs:
        first, second = together[one], together[other]
        if first is second or not all(_may_be_one(by_name, a, b) for a in first for b in second):
            continue
        sets.union(by_name[one][0].entity_id, by_name[other][0].entity_id)
        first |= second
        together.update(dict.fromkeys(second, first))


def _comparable(labels: Collection[str], block: Sequence[Member]) -> Iterator[tuple[str, str]]:
    """Pairs of names, the smaller first, that share a given name in any spelling or one article's person."""
    known: dict[str, list[str]] = defaultdict(list)
    for label in sorted(labels):
        for key in given_keys(label):
            known[key].append(label)
    found = {pair for sharing in known.values() for pair in combinations(sharing, 2)}
    for member in block:
        own = {names.normalise(name) for name in member.full_names} if len(member.full_names) > 1 else ()
        found.update(combinations(sorted(own), 2))
    yield from found


@lru_cache(maxsize=65536)
def given_keys(label: str) -> frozenset[str]:
    """Keys of the given names of a full name: names of one surname that may be one person's have one in common."""
    return names.given_keys(label)


def blocks_of(person: Member) -> frozenset[str]:
    """The surnames of a person in all spellings, as keys; a given name that is used alone may be one.

    So "Ada Brandl Leaves" and "Ada Brandl" are compared where both articles also say "Ada".
    """
    spelt = {person.name, *person.full_names, *person.names}
    return frozenset(names.skeleton(names.surname(name)) for name in spelt)


def _may_be_one(by_name: Mapping[str, Sequence[Member]], one: str, other: str) -> bool:
    """Whether two full names may be one person's. Names that one article keeps apart must be near-equal."""
    if {member.entity_id for member in by_name[one]} & {member.entity_id for member in by_name[other]}:
        return True  # one article uses both for one person
    if not names.compatible(one, other):
        return False
    if names.similarity(one, other) >= SAME_IN_ARTICLE:
        return True
    mine = {article for member in by_name[one] for article in member.articles}
    return all(mine.isdisjoint(member.articles) for member in by_name[other])


@dataclass(frozen=True)
class Placed:
    """Where short names belong, by entity: the person meant, or those whom they may mean; else who stands together.

    `candidates` have how well the names agree.
    """

    joins: Mapping[str, str]
    candidates: Mapping[str, Mapping[str, float]]
    lonely: Sequence[list[str]]


def place(short: Iterable[Member], full: Iterable[tuple[Member, str]]) -> Placed:
    """Find for each short name the one person whom it fits, from the people of its story and of its time.

    Short names are bare surnames, initialled ones, and given names by which articles call a person. `full` has those
    with a full name, each with its person. A name means the only person of its story whom it fits, or the only one of
    the same office; where its story has none, the only one of the same office whom articles of these months name.
    """
    people = _People(full)
    joins: dict[str, str] = {}
    candidates: dict[str, dict[str, float]] = {}
    lonely: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for member in sorted(short, key=lambda one: one.entity_id):
        of_story = people.of_story(member)
        meant = of_story or people.of_time(member)
        chosen = _choose(member, meant, is_enough=bool(of_story))
        if chosen is not None:
            joins[member.entity_id] = chosen
        elif meant:
            nearest = sorted(meant)[:MOST_CANDIDATES]
            candidates[member.entity_id] = {person: _score(member, meant[person]) for person in nearest}
        else:
            lonely[names.normalise(member.name), member.story].append(member.entity_id)
    return Placed(joins, candidates, list(lonely.values()))


Meant = Mapping[str, Sequence[Member]]  # people whom a short name may mean, with those near it who are named in full


class _People:
    """Those with a full name, by surname and story, and by surname and month."""

    def __init__(self, full: Iterable[tuple[Member, str]]) -> None:
        self._by_story: dict[tuple[str, str], list[tuple[Member, str]]] = defaultdict(list)
        self._by_month: dict[tuple[str, str], list[tuple[Member, str]]] = defaultdict(list)
        for member, person in full:
            for block in blocks_of(member):
                for story in member.stories:
                    if story is not None:
                        self._by_story[block, story].append((member, person))
                if member.month is not None:
                    self._by_month[block, member.month].append((member, person))

    def of_story(self, short: Member) -> Meant:
        """The people of the story whom the name fits; else the one who bears it as a given name ("Ada")."""
        near = [one for block in blocks_of(short) for one in self._by_story.get((block, short.story or ""), ())]
        first = names.normalise(short.name)
        called = {person for full, person in near if (names.given(full.name) or "") == first}
        return _fitting(short, near) or (_of(called, near) if len(called) == 1 else {})

    def of_time(self, short: Member) -> Meant:
        """The people whom the name fits, of the month of its article and those beside it."""
        if short.month is None:
            return {}
        months = months_around(short.month)
        keys = [(block, month) for block in blocks_of(short) for month in months]
        return _fitting(short, [one for key in keys for one in self._by_month.get(key, ())])


def _fitting(short: Member, near: Sequence[tuple[Member, str]]) -> Meant:
    """Those whose full names a short one may mean."""
    found = {person for full, person in near if any(names.compatible(short.name, name) for name in full.full_names)}
    return _of(found, near)


def _of(people: Collection[str], near: Sequence[tuple[Member, str]]) -> Meant:
    return {person: [full for full, of in near if of == person] for person in people}


def _score(short: Member, near: Sequence[Member]) -> float:
    return round(max(names.similarity(short.name, name) for full in near for name in full.full_names), 4)


def _choose(member: Member, meant: Meant, *, is_enough: bool) -> str | None:
    """The only one, where that is enough, else the only one of the same office; None when undecided."""
    if is_enough and len(meant) == 1:
        return next(iter(meant))
    role = names.fold(member.role) if member.role else None
    of_role = [person for person, near in meant.items() if role and any(role in full.roles for full in near)]
    return of_role[0] if len(of_role) == 1 else None
