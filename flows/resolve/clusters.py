"""Clustering that does not depend on the order of arrival: closure over shared keys, and components of links.

Members that share a blocking key may belong together. What new articles touch is closed over the keys first and
clustered again as a whole, so that the answer is a function of the set of articles alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from flows.resolve.state import State, column, frame_of

_TABLES: Final = {  # where the keys of a layer are, if not in work.keys
    "story": "links",
    "utterance": "links",
    "incident": "links",
    "shingle": "bulk_keys",
    "utterance_terms": "bulk_keys",
    "utterance_words": "bulk_keys",
    "utterance_long": "bulk_keys",
}


def table_of(layer: str) -> str:
    """The table of schema work that has the keys of a layer."""
    return _TABLES.get(layer, "keys")


def closure(state: State, layer: str, members: Collection[str]) -> set[str]:
    """All members of `layer`, one of work.links, that hang together with `members`, which are included."""
    links = state.links(layer).select("key", "member_id")
    found = fresh = pl.DataFrame({"member_id": sorted(members)}, {"member_id": pl.String()})
    while not fresh.is_empty():
        keys = links.join(fresh, on="member_id", how="semi").select("key").unique()
        near = links.join(keys, on="key", how="semi").select("member_id").unique()
        fresh = near.join(found, on="member_id", how="anti")
        found = pl.concat([found, fresh])
    return column(found, "member_id")


def with_keys(state: State, keys: pl.Series, layer: str) -> pl.DataFrame:
    """The members of a layer that have one of `keys`: (key, member_id, article_id) of each, in any order."""
    wanted = keys.unique().alias("key").to_frame().with_columns(layer=pl.lit(layer))
    return state.many(table_of(layer), wanted, ["article_id"]).drop("layer")


def put_keys(
    state: State, layer: str, keys: Iterable[tuple[str, str, str]], alike: Mapping[str, int] | None = None
) -> None:
    """Record (key, member_id, article_id) triples of a layer; `alike` has the numbers of members that have one."""
    numbers = alike or {}
    rows = ({"layer": layer, "key": k, "member_id": m, "article_id": a, "alike": numbers.get(m)} for k, m, a in keys)
    state.put(table_of(layer), frame_of(table_of(layer), rows))


def hashed(text: str) -> int:
    """A text as a key of work.bulk_keys: 64 bits of BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def numbered(text: str) -> int:
    """A text as 64 bits of MD5, which SQL knows too (migrations 0010 and 0018)."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:16], 16)


class UnionFind:
    """Disjoint sets of strings; a set is named by its smallest member, whatever was joined first."""

    def __init__(self, members: Iterable[str] = ()) -> None:
        self._parent = {member: member for member in members}

    def find(self, member: str) -> str:
        """The smallest member of the set of `member`, which is added when it is new."""
        root = self._parent.setdefault(member, member)
        while root != self._parent[root]:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def union(self, one: str, other: str) -> None:
        """Join the sets of the two members."""
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low

    def join(self, members: Sequence[str]) -> None:
        """Make one set of the sets of all `members`."""
        for other in members[1:]:
            self.union(members[0], other)

    def groups(self) -> list[list[str]]:
        """The sets, each sorted, in the order of their smallest members."""
        sets: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._parent):
            sets[self.find(member)].append(member)
        return list(sets.values())


def components(members: Iterable[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The connected components of a graph, each sorted; members without a link stand alone."""
    sets = UnionFind(members)
    for one, other in links:
        sets.union(one, other)
    return sets.groups()


def parts(members: Iterable[str], links: Mapping[tuple[str, str], int], most: int) -> list[list[str]]:
    """Groups of at most `most` members, each sorted: the strongest links join first, ties by the members' names.

    A link that would join too many joins nobody. Where all hang together in few enough, these are the components.
    """
    sets = UnionFind(members)
    size = {root: len(group) for group in sets.groups() for root in group[:1]}
    for one, other in sorted(links, key=lambda pair: (-links[pair], pair)):
        low, high = sorted((sets.find(one), sets.find(other)))
        if low != high and size[low] + size[high] <= most:
            sets.union(low, high)
            size[low] += size.pop(high)
    return sets.groups()
