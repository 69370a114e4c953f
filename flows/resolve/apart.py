"""Where stories tell apart those who are decided alike: whom of a number to look at one by one (see standing).

A story tells what a bare name means in it: "the Senate", and "the Saints" beside the Harlow Saints. So whoever has a
number is looked at in the stories of bodies that are called as any of their kind, or for short; and in the articles of
people whose names agree, since an article that tells of two keeps them two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from flows.resolve import kin, standing
from flows.resolve.deciding import is_common_key, name_keys, short_keys
from flows.resolve.state import State, column

_LAYERS: Final = (kin.LAYER, kin.SHORT)
_NAMED: Final = ("entity_id", "kind", "name")


def told_apart(state: State, rows: pl.DataFrame, near: standing.Near) -> set[str]:
    """Those on record with a number for whom one does not stand: a story, or an article, may tell them apart.

    `rows` are the entities that are looked at (rows of work.entities with `story`), `near` how they hang together.
    """
    stands = rows.filter(pl.col("entity_id").is_in(sorted(near.standing)))
    unknown = stands.filter(pl.col("key").is_null()).select(_NAMED)
    whole = _by_key((one, name_keys(kind, name)) for one, kind, name in unknown.iter_rows())
    short = _by_key((one, short_keys(kind, name)) for one, kind, name in stands.select(_NAMED).iter_rows())
    bodies = _beside_bodies(state, rows, near, whole.keys(), short.keys())
    return bodies | _beside_people(state, rows, near) | _called_for_short(state, near, whole, short)


def _beside_people(state: State, rows: pl.DataFrame, near: standing.Near) -> set[str]:
    """The people with a number in articles that name somebody whose name agrees with theirs."""
    is_person = pl.col("layer") == kin.NAMES
    beside = near.beside.filter(is_person & pl.col("alike").is_null())
    articles = rows.select("article_id", member_id="entity_id").join(beside, on="member_id", how="semi")
    namesakes = set(standing.numbers_of(standing.two_of_a_name(rows)).values())
    both = pl.concat([articles.select("article_id"), standing.articles_of_two(state, namesakes)]).unique()
    return _numbered_in(state, both, near.numbered.filter(is_person).get_column("alike"))


def _beside_bodies(
    state: State, rows: pl.DataFrame, near: standing.Near, whole: Collection[str], short: Collection[str]
) -> set[str]:
    """The bodies with a number in the stories of those that they may be one with in these alone.

    `whole` are the keys of the names of bodies that stand for others and that no lexicon knows, and `short` those of
    what any that stand may be called for short.
    """
    told = rows.select("kind", "name", "story", member_id="entity_id")
    beside = near.beside.filter(pl.col("layer") != kin.NAMES).join(told, on="member_id")
    is_of_story = [
        (alike is None and is_common_key(key))
        or (key in short and key in name_keys(kind, name))
        or (key in whole and key in short_keys(kind, name))
        for key, alike, kind, name in beside.select("key", "alike", "kind", "name").iter_rows()
    ]
    bodies = beside.filter(is_of_story)
    articles = state.rows("articles", "story_id", column(bodies, "story"), ["story_id"]).select("article_id")
    known = near.numbered.join(bodies, on=["layer", "key"], how="semi")
    return _numbered_in(state, articles, known.get_column("alike"))


def _numbered_in(state: State, articles: pl.DataFrame, numbers: pl.Series) -> set[str]:
    """The entities of `articles` (article_id) that have one of `numbers` on record."""
    if numbers.is_empty():
        return set()
    found = state.many("keys", articles, ["alike"], told="alike")
    return column(found.filter(pl.col("alike").is_in(numbers.unique().implode())), "member_id")


def _called_for_short(
    state: State, near: standing.Near, whole: Mapping[str, Sequence[str]], short: Mapping[str, Sequence[str]]
) -> set[str]:
    """Of each two numbers of which one is called as the other is for short, two entities in one story that has both.

    `whole` and `short` have by key those who stand for others and are called so.
    """
    both = whole.keys() & short.keys()
    alike = [
        (key, near.standing[one], near.standing[other]) for key in both for one in whole[key] for other in short[key]
    ]
    pairs = pl.DataFrame(alike, {"key": pl.String(), "one": pl.UInt64(), "other": pl.UInt64()}, orient="row").unique()
    wanted = pairs.select("key").unique().join(pl.DataFrame({"layer": _LAYERS}), how="cross")
    borne = state.many("keys", wanted, ["article_id", "alike"], told="alike")
    of = state.many("articles", borne.select("article_id").unique(), ["story_id"]).filter(
        pl.col("story_id").is_not_null()
    )
    borne = borne.join(of, on="article_id").select("key", "alike", "story_id", "member_id")
    met = (
        pairs.join(borne.rename({"alike": "one", "member_id": "first"}), on=["key", "one"])
        .join(borne.rename({"alike": "other", "member_id": "second"}), on=["key", "other", "story_id"])
        .sort("story_id", "first", "second")
        .unique(["one", "other"], keep="first", maintain_order=True)
    )
    return column(met, "first") | column(met, "second")


def _by_key(found: Iterable[tuple[str, Collection[str]]]) -> dict[str, list[str]]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for one, keys in found:
        for key in keys:
            bearers[key].append(one)
    return bearers
