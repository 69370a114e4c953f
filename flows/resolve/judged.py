"""People's judgements on who is who, applied to what the rules decided.

Whoever a judgement names hangs together through a key of its own ("judged:jud_…"), so that what one side touches is
decided with the other. First all that are the same are joined; then "A is not B" takes A out of B's actor, and with A
what is joined to it by a judgement and who is mentioned in the stories of A that aren't stories of B.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from flows import names
from flows.judgements import ACTOR, SAME, Judgement, Judgements
from flows.resolve.clusters import UnionFind
from flows.resolve.members import Member
from flows.resolve.state import State, column

KEY: Final = "judged:"  # how the key of a judgement begins
_ROWS: Final = ("men_", "clm_")  # ids that stand for an entity of their article


@dataclass(frozen=True)
class Ruling:
    """One judgement as it concerns the entities at hand."""

    judgement: Judgement
    left: frozenset[str]
    right: frozenset[str]

    @property
    def is_same(self) -> bool:
        return self.judgement.verdict == SAME


class Rulings:
    """Which entities the judgements on actors speak of."""

    def __init__(self, state: State, judgements: Judgements) -> None:
        self.judgements = sorted(judgements.of(ACTOR))
        entities = _meant(state, self.judgements)
        self._named: dict[tuple[bool, str], list[str]] = defaultdict(list)  # the sides that mean whoever is called so
        self._meant: dict[str, list[str]] = defaultdict(list)  # the sides that mean this entity
        for side in sorted({side for one in self.judgements for side in (one.left, one.right)}):
            if not side.startswith(_ROWS):
                for is_person in (True, False):
                    self._named[is_person, _called(side, is_person=is_person)].append(side)
            elif side in entities:
                self._meant[entities[side]].append(side)

    def keys(self, row: Mapping[str, Any]) -> Iterator[str]:
        """The keys by which a row of work.entities hangs together with those it is judged with."""
        sides = self._sides(row)
        return (key_of(one) for one in self.judgements if one.left in sides or one.right in sides)

    def bearers(self, state: State) -> set[str]:
        """All entities of which judgements speak, as far as their keys are recorded."""
        return column(state.rows("keys", "key", {key_of(one) for one in self.judgements}), "member_id")

    def among(self, rows: pl.DataFrame) -> list[Ruling]:
        """The judgements of which both sides are among these rows of work.entities."""
        if not self.judgements:
            return []
        bearers: dict[str, set[str]] = defaultdict(set)
        for row in rows.iter_rows(named=True):
            for side in self._sides(row):
                bearers[side].add(row["entity_id"])
        found = (_ruling(one, bearers[one.left], bearers[one.right]) for one in self.judgements)
        return [ruling for ruling in found if ruling.left and ruling.right]

    def _sides(self, row: Mapping[str, Any]) -> set[str]:
        if not self.judgements:
            return set()
        is_person = row["kind"] == "person"
        called = {_called(name, is_person=is_person) for name in (row["name"], *(row["names"] or ()))}
        by_name = {side for name in called for side in self._named.get((is_person, name), ())}
        return by_name.union(self._meant.get(row["entity_id"], ()))


def _called(name: str, *, is_person: bool) -> str:
    """A name as a judgement means it: of persons without title, of bodies with what could be one."""
    return names.normalise(name) if is_person else names.body_name(name)


def _ruling(one: Judgement, left: Collection[str], right: Collection[str]) -> Ruling:
    """One judgement with its sides; who is on both is on that which names it by its id, else on the right one."""
    both = frozenset(left) & frozenset(right)
    if one.left.startswith(_ROWS):
        return Ruling(one, frozenset(left), frozenset(right) - both)
    return Ruling(one, frozenset(left) - both, frozenset(right))


def key_of(judgement: Judgement) -> str:
    """The blocking key of those whom a judgement names."""
    return KEY + judgement.judgement_id


def joined(rulings: Iterable[Ruling]) -> set[str]:
    """The entities that judgements join to others."""
    return {one for ruling in rulings if ruling.is_same for one in ruling.left | ruling.right}


def disturbed(state: State, judgements: Judgements, keys_of: Callable[[str], set[str]]) -> set[str]:
    """The entities of which judgements that changed speak; the keys of those that hold no more are taken away.

    `keys_of` gives the blocking keys under which those stand who bear a name.
    """
    rulings = Rulings(state, Judgements(judgements.changed))
    if not rulings.judgements:
        return set()
    former = state.rows("keys", "key", {key_of(one) for one in rulings.judgements})
    holding = {key_of(one) for one in judgements.of(ACTOR)}
    state.remove("keys", "key", column(former, "key") - holding)
    sides = {side for one in rulings.judgements for side in (one.left, one.right)}
    keys = {key for side in sides if not side.startswith(_ROWS) for key in keys_of(side)}
    bearers = column(state.rows("keys", "key", keys), "member_id") | set(_meant(state, rulings.judgements).values())
    rows = state.rows("entities", "entity_id", bearers)
    spoken_of = {row["entity_id"] for row in rows.iter_rows(named=True) if any(rulings.keys(row))}
    return column(former, "member_id") | spoken_of


def _meant(state: State, judgements: Collection[Judgement]) -> dict[str, str]:
    """The entities that ids of mentions and claims stand for."""
    ids = {side for one in judgements for side in (one.left, one.right) if side.startswith(_ROWS)}
    rows = state.rows("entity_rows", "row_id", ids).filter(pl.col("table_name").is_in(["mentions", "claims"]))
    return dict(rows.select("row_id", "entity_id").iter_rows())


def apply(
    clusters: Sequence[Sequence[str]],
    candidates: Mapping[str, Sequence[str]],
    members: Mapping[str, Member],
    rulings: Sequence[Ruling],
) -> tuple[list[list[str]], dict[str, list[str]]]:
    """Clusters and the candidates of the undecided, as the judgements have them: a function of the set alone."""
    sets = UnionFind(one for cluster in clusters for one in cluster)
    for cluster in clusters:
        sets.join(cluster)
    tied = UnionFind(members)
    for ruling in rulings:
        if ruling.is_same:
            tied.join(sorted(ruling.left | ruling.right))
            sets.join(sorted(ruling.left | ruling.right))
    groups = sets.groups()
    for ruling in rulings:
        if not ruling.is_same:
            groups = [part for group in groups for part in _parted(group, ruling, members, tied)]
    of_group = {one: group[0] for group in groups for one in group}
    together = {group[0]: group for group in groups}
    apart = [ruling for ruling in rulings if not ruling.is_same]
    open_still = {
        one: sorted({of_group[root] for root in roots if not _is_apart(one, together[of_group[root]], apart)})
        for one, roots in candidates.items()
        if one not in of_group
    }
    nowhere = [[one] for one, roots in open_still.items() if not roots]
    return sorted([*groups, *nowhere]), {one: roots for one, roots in open_still.items() if roots}


def _parted(
    group: Sequence[str], ruling: Ruling, members: Mapping[str, Member], tied: UnionFind
) -> Iterator[list[str]]:
    """The group, or its two parts where the ruling parts it."""
    left, right = (side & set(group) for side in (ruling.left, ruling.right))
    if not left or not right:
        yield list(group)
        return
    kept = {tied.find(one) for one in right}
    stories = {members[one].story for one in left} - {members[one].story for one in right} - {None}
    goes = {one for one in group if tied.find(one) not in kept and members[one].story in stories}
    tied_to = {tied.find(one) for one in goes | left} - kept
    going = (left | {one for one in group if tied.find(one) in tied_to}) - right
    yield sorted(going)
    yield [one for one in group if one not in going]


def _is_apart(one: str, group: Sequence[str], rulings: Sequence[Ruling]) -> bool:
    """Whether a ruling tells one apart from anybody of a group."""
    return any(
        (one in ruling.left and not ruling.right.isdisjoint(group))
        or (one in ruling.right and not ruling.left.isdisjoint(group))
        for ruling in rulings
    )
