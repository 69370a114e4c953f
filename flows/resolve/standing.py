"""Those who stand for all that are decided alike: one "United States" is looked at, and not that of every article.

Whom the lexicon knows, and bodies whose names say which they are, are in many articles under the same names, and joined
to the same others each time. Such entities have a number for that (work.keys.alike), and of those that a batch leaves
as they are the first one stands for all of a number. Who it is holds for all of them, so that they are read one by one
only where it has become somebody else. What a story tells apart is looked at there (see `apart`): whoever shares a name
with one that has no number, in the stories of that one, and bodies of which one story calls one for short as another.
Entities that were published before they had numbers are read one by one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import polars as pl

from flows import names
from flows.resolve import police
from flows.resolve.alike import may_be_surname
from flows.resolve.deciding import is_common_key, name_keys
from flows.resolve.members import ALONE, IS_ALONE
from flows.resolve.state import State
from flows.resources import sql_of

NUMBERED: Final = ("entity_id", "name", "kind", "names", "key")
_NO_ENTITIES: Final = frozenset({"place", *ALONE})
BORNE: Final = pl.Schema(
    {
        "layer": pl.String(),
        "key": pl.String(),
        "alike": pl.UInt64(),
        "member_id": pl.String(),
        "article_id": pl.String(),
        "stands": pl.Boolean(),
    }
)
_SEPARATOR: Final = "\x1f"


def number_of(row: Mapping[str, Any]) -> int | None:
    """The number of a row of work.entities that bears a name, 64 bits of MD5.

    None for those whom their stories decide: people whom the lexicon doesn't know, bodies that are called as any of
    their kind ("the Assembly"), and police: whom "police" means in a story hangs on all that it names.
    """
    kind, key, called = row["kind"], row["key"] or "", (row["name"], *sorted(row["names"] or ()))
    if kind in _NO_ENTITIES or police.is_police(row["name"]) or not (key or _is_told_by_name(kind, called)):
        return None
    told = _SEPARATOR.join((kind, key, *called))
    return int(hashlib.md5(told.encode(), usedforsecurity=False).hexdigest()[:16], 16)


def _is_told_by_name(kind: str, called: Sequence[str]) -> bool:
    """Whether one that no lexicon knows is one body wherever it is called so, the whole name first."""
    if kind == "person" or may_be_surname(kind, called[0], None):
        return False
    return not any(is_common_key(key) for name in called for key in name_keys(kind, name))


def numbers_of(rows: pl.DataFrame) -> dict[str, int]:
    """The numbers of those of `rows` of work.entities that have one, by entity."""
    named = rows.filter(~IS_ALONE).select(NUMBERED).iter_rows(named=True)
    return {row["entity_id"]: number for row in named if (number := number_of(row)) is not None}


def bearers(state: State, keys: pl.DataFrame, but: pl.DataFrame) -> pl.DataFrame:
    """Who bears one of `keys` (layer, key): of each number on record the first one, who `stands` for it.

    The columns are those of BORNE; who stands for others is of no article. Those whom the overlay writes are all there;
    entities of `but` (member_id) stand for nobody.
    """
    on_record = state.summed_on_record("keys", keys, sql_of("resolve", "bearers"), ["alike", "article_id"], but)
    written = state.written("keys").join(keys, on=["layer", "key"], how="semi")
    found = on_record.with_columns(pl.col("alike").cast(pl.UInt64), stands=pl.col("alike").is_not_null())
    return pl.concat([found.select(list(BORNE)), written.with_columns(stands=False).select(list(BORNE))])


def recorded(state: State, by: str, values: Collection[str] | Collection[int]) -> dict[str, int]:
    """The entities whose number is on record, with it: those of which `by`, member_id or alike, is one of `values`."""
    wanted = pl.DataFrame({by: sorted(values)}, {by: BORNE[by]})
    found = state.many("keys", wanted, ["alike"]).filter(pl.col("alike").is_not_null())
    return dict(found.select("member_id", "alike").unique().iter_rows())


def articles_of_two(state: State, numbers: Collection[int]) -> pl.DataFrame:
    """Articles (article_id) that tell of two of these numbers, one for each two."""
    wanted = pl.DataFrame({"alike": sorted(numbers)}, {"alike": pl.UInt64()})
    return state.summed("keys", wanted, sql_of("resolve", "together"), ["article_id"]).unique()


def two_of_a_name(rows: pl.DataFrame) -> pl.DataFrame:
    """Those of `rows` who are people whom the lexicon knows, and whose name may be that of another whom it knows.

    Whether one article tells of both decides whether they are one.
    """
    people = rows.filter((pl.col("kind") == "person") & pl.col("key").is_not_null())
    called: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key, name, others in people.select("key", "name", "names").iter_rows():
        for one in {name, *(others or ())}:
            called[names.skeleton(names.surname(one))].add((key, one))
    keys = {
        key
        for some in called.values()
        for (one, first), (other, second) in combinations(sorted(some), 2)
        if one != other and names.compatible(first, second)
        for key in (one, other)
    }
    return people.filter(pl.col("key").is_in(sorted(keys)))


@dataclass(frozen=True)
class Near:
    """Entities that hang together: `members`, in any order.

    `standing` has those of them on record who stand for all of their number, with the number. `numbered` (layer, key,
    alike) are the keys of all numbers, and `beside` (layer, key, alike, member_id) those looked at one by one who share
    one of these, or a name that is linked with it. `keys` are those of members in the layer of actors.
    """

    members: pl.Series
    standing: Mapping[str, int]
    numbered: pl.DataFrame
    beside: pl.DataFrame
    keys: pl.Series

    @classmethod
    def of(cls, members: pl.Series, keys: pl.Series, borne: pl.DataFrame, links: pl.DataFrame) -> Near:
        """From frames as `bearers` gives them, and the links (name, other) of names."""
        standing = borne.filter(pl.col("stands")).select("member_id", "alike").unique()
        numbered = borne.filter(pl.col("alike").is_not_null()).select("layer", "key", "alike").unique()
        both = pl.concat([links, links.select(name="other", other="name")])  # each was met from one side
        linked = both.join(numbered, left_on="name", right_on="key", how="semi").select(key="other").unique()
        others = borne.filter(~pl.col("stands")).select("layer", "key", "alike", "member_id")
        sharing = others.join(numbered, on=["layer", "key"], how="semi")
        beside = pl.concat([sharing, others.join(linked, on="key", how="semi")]).unique()
        return cls(members, dict(standing.iter_rows()), numbered, beside, keys)
