"""Members that are decided alike, told once for all of them.

"Reuters" and "Iran" stand in every other article under the same names. What joins them to others is the same each
time, so the smallest of them stands for all, and what a decision costs hangs on how many names there are and not on
how many articles use them. What any body of its kind is called is decided by story, and stands for those of a story.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from flows import names
from flows.resolve.members import Member
from flows.resources import words

NAMED: Final = ("name", "kind", "names", "key")
_SEPARATOR: Final = "\x1f"


@dataclass(frozen=True)
class Alike(Member):
    """Members that only their articles tell apart, as the smallest of them; `place` is their row in `of`."""

    of: pl.DataFrame | None = None
    place: int = 0

    @cached_property
    def articles(self) -> frozenset[str]:
        return frozenset(self._listed("articles"))

    @cached_property
    def stories(self) -> frozenset[str | None]:
        return frozenset(self._listed("stories"))

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(names.fold(role) for role in self._listed("roles") if role)

    def _listed(self, column: str) -> pl.Series:
        assert self.of is not None
        found: pl.Series = self.of.get_column(column)[self.place]
        return found


def may_be_surname(kind: str, name: str, key: str | None) -> bool:
    """Whether a name that was read as an organisation's may be a bare surname: one word that no lexicon knows."""
    return kind == "organisation" and key is None and len(names.name_words(name)) == 1


def is_common(name: str) -> bool:
    """Whether a normalised name says what a body is and not which: "supreme court", "assembly"."""
    return words("common_bodies").issuperset(name.split())


def _is_of_story(name: str, kind: str, key: str | None) -> bool:
    """Whether a body's name means which its story means by it."""
    return kind != "person" and key is None and is_common(names.body_name(name))


def alike(members: pl.DataFrame) -> tuple[list[Member], pl.DataFrame]:
    """Those who stand for `members`, and for each entity_id the one that stands for it (`by`).

    Members have the columns NAMED, and entity_id, article_id, role and story.
    """
    by_name = members.select("name", "kind", "key").unique()
    of_story = [_is_of_story(*row) for row in by_name.iter_rows()]
    local = pl.col("of_story")
    told = (
        members.join(
            by_name.with_columns(of_story=pl.Series(of_story, dtype=pl.Boolean())),
            on=["name", "kind", "key"],
            nulls_equal=True,
        )
        .with_columns(called=pl.col("names").list.sort().list.join(_SEPARATOR))
        .with_columns(pl.when(local).then(pl.col(name)).alias(f"own_{name}") for name in ("story", "role"))
        .group_by("name", "kind", "key", "called", "own_story", "own_role")
        .agg(
            pl.col("entity_id").min().alias("by"),
            pl.col("names").list.sort().first(),
            pl.col("entity_id"),
            pl.col("article_id").alias("articles"),
            pl.col("story").unique().alias("stories"),
            pl.col("role").unique().alias("roles"),
        )
    )
    lists = told.select("articles", "stories", "roles")
    standing: list[Member] = [
        Alike(by, "", name, kind, tuple(called or ()), (), key, role, story, of=lists, place=place)
        for place, (by, name, kind, called, key, role, story) in enumerate(
            told.select("by", "name", "kind", "names", "key", "own_role", "own_story").iter_rows()
        )
    ]
    return standing, told.select("by", "entity_id").explode("entity_id")


def one_by_one(members: pl.DataFrame, entities: Collection[str]) -> list[Member]:
    """Each of these entities as a member of its own."""
    rows = members.filter(pl.col("entity_id").is_in(sorted(entities)))
    columns = ("entity_id", "article_id", "name", "kind", "names", "key", "role", "story")
    return [
        Member(entity_id, article_id, name, kind, tuple(called or ()), (), key, role, story)
        for entity_id, article_id, name, kind, called, key, role, story in rows.select(columns).iter_rows()
    ]
