"""Persons of one block, which share the key of a surname: full names that agree, and whom a short name may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from flows import names
from flows.resolve.clusters import UnionFind
from flows.resolve.members import Member

MOST_CANDIDATES: Final = 20  # people of one surname whom a mention is left open between, those of its story first
SAME_IN_ARTICLE: Final = 0.97  # two names that one article keeps apart are one person's only if as alike as this
_FEW: Final = 12  # names of a block that are simply all compared


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
    """Pairs of names, the smaller first: all that may be one person's, and few others of a large block."""
    if len(labels) <= _FEW:
        yield from combinations(sorted(labels), 2)
        return
    known: dict[str, set[str]] = defaultdict(set)
    for label in labels:
        for key in names.index_keys(label):
            known[key].add(label)
    found = {
        (min(label, other), max(label, other))
        for label in labels
        for key in names.search_keys(label)
        for other in known.get(key, ())
        if other != label
    }
    for member in block:
        own = {names.normalise(name) for name in member.full_names} if len(member.full_names) > 1 else ()
        found.update(combinations(sorted(own), 2))
    yield from found


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
class _People:
    """The persons of a block whom some article names in full, each by the smallest of its members."""

    spellings: Mapping[str, Collection[str]]
    stories: Mapping[str, Collection[str]]
    roles: Mapping[str, Collection[str]]
    by_given: Mapping[tuple[str, str], Collection[str]]  # by given name and story

    @classmethod
    def of(cls, sets: UnionFind, block: Sequence[Member]) -> _People:
        persons: dict[str, list[Member]] = defaultdict(list)
        by_given: dict[tuple[str, str], set[str]] = defaultdict(set)
        for member in block:
            if member.is_full:
                root, first = sets.find(member.entity_id), names.given(member.name) or ""
                persons[root].append(member)
                for story in member.stories - {None}:
                    by_given[first, str(story)].add(root)
        return cls(
            {root: {name for one in full for name in one.full_names} for root, full in persons.items()},
            {root: {story for one in full for story in one.stories if story} for root, full in persons.items()},
            {root: {role for one in full for role in one.roles} for root, full in persons.items()},
            by_given,
        )

    def fitting(self, name: str) -> list[str]:
        """Those whose full names a short one may mean."""
        return sorted(
            root for root, spelt in self.spellings.items() if any(names.compatible(name, full) for full in spelt)
        )

    def called(self, member: Member) -> list[str]:
        """The one person of the member's story who bears its name as a given name ("Ada")."""
        found = self.by_given.get((names.normalise(member.name), member.story or ""), ())
        return list(found) if len(found) == 1 else []


def place_short_names(
    sets: UnionFind, block: Sequence[Member], joins: list[tuple[str, str]], candidates: dict[str, list[str]]
) -> None:
    """Find for each short name of a block the one person whom it fits, within its story.

    Short names are bare surnames, initialled ones, and given names by which articles call persons of the block.
    """
    short = [member for member in block if not member.is_full and not member.key]
    if not short:
        return
    people = _People.of(sets, block)
    lonely: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    fits: dict[str, list[str]] = {}  # by short name
    for member in short:
        if member.name not in fits:
            fits[member.name] = people.fitting(member.name)
        fitting = fits[member.name] or people.called(member)
        of_story = [root for root in fitting if member.story in people.stories[root]]
        chosen = _choose(member, fitting, of_story, people.roles)
        if chosen is not None:
            joins.append((chosen, member.entity_id))
        elif fitting:
            candidates[member.entity_id] = _nearest(fitting, of_story)
        else:
            lonely[names.normalise(member.name), member.story].append(member.entity_id)
    for group in lonely.values():
        joins += ((group[0], other) for other in group[1:])


def _nearest(fitting: Sequence[str], of_story: Sequence[str]) -> list[str]:
    """The fitting persons, those of the story first, and no more of them than tell a reader something."""
    return list(dict.fromkeys([*of_story, *fitting[: MOST_CANDIDATES + len(of_story)]]))[:MOST_CANDIDATES]


def _choose(
    member: Member, fitting: Sequence[str], of_story: Sequence[str], roles: Mapping[str, Collection[str]]
) -> str | None:
    """The only fitting person of the member's story, else the only one of the same office; None when undecided."""
    if len(of_story) == 1:
        return of_story[0]
    role = names.fold(member.role) if member.role else None
    of_role = [root for root in of_story or fitting if role and role in roles[root]]
    return of_role[0] if len(of_role) == 1 else None
