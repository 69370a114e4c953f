"""The people of stories: who is named there by a surname alone, and who in full, whom such a name may mean."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import polars as pl

from flows.resolve import kin
from flows.resolve.alike import may_be_surname
from flows.resolve.members import IS_ALONE, Member, is_full, is_short
from flows.resolve.state import State, column

_CALLED: Final = ("kind", "name", "key")


class Crowd:
    """The named people, and one-word organisations that may be people, of whole stories: rows of work.entities."""

    def __init__(self, state: State, stories: Collection[str]) -> None:
        self._state = state
        self._stories = set(stories)
        self.rows = kin.people_of(state, stories)

    def _add(self, stories: Collection[str]) -> None:
        self.rows = pl.concat([self.rows, kin.people_of(self._state, set(stories) - self._stories)])
        self._stories |= set(stories)

    def beside(self, entities: Collection[str]) -> set[str]:
        """The people of the stories in which one of `entities` is, and those whom a short one may mean by its time."""
        own = self.rows.filter(pl.col("entity_id").is_in(sorted(entities)))
        months = kin.months_of(self._state, column(own, "article_id"))
        short = [one for row in own.iter_rows(named=True) if is_short(one := kin.member_of(row, months))]
        of_story = column(self.rows.join(own.select("story"), on="story", how="semi"), "entity_id")
        return of_story | kin.named_in_full(self._state, short)

    def to_place(
        self, decided: pl.DataFrame, ruled_on: Collection[str]
    ) -> tuple[list[Member], list[tuple[Member, str]]]:
        """Those whose short names are to be placed anew, and those named in full near them, each with its actor.

        `decided` are the entities with full names that were looked at, with the actor that each was (`actor_id`) and
        is by the rules (`now`). Judgements speak of `ruled_on`: whose actor theirs is may be another one than it was.
        """
        state = self._state
        ruled = column(decided.filter(pl.col("entity_id").is_in(sorted(ruled_on))), "now")
        is_other = ~pl.col("actor_id").eq_missing(pl.col("now")) | pl.col("now").is_in(sorted(ruled))
        people = decided.filter((pl.col("kind") == "person") & is_other)
        changed = people.filter(named_in_full(people))
        months = kin.months_of(state, column(changed, "article_id"))
        namesakes = kin.named_short(state, (kin.member_of(row, months) for row in changed.iter_rows(named=True)))
        self._add(column(changed.filter(pl.col("actor_id").is_not_null()), "story") | stories_of(state, namesakes))
        short = self._short()
        beside = self.rows.filter(pl.col("kind") == "person")
        beside = beside.filter(named_in_full(beside))
        by_time = kin.named_in_full(state, short) - column(beside, "entity_id")
        elsewhere = state.many(
            "entities", pl.DataFrame({"entity_id": sorted(by_time)}, {"entity_id": pl.String()}), kin.SEEN
        )
        people = pl.concat([beside, elsewhere.with_columns(story=pl.lit(None, pl.String)).select(beside.columns)])
        answered = people.join(decided.select("entity_id", "now"), on="entity_id", how="left").with_columns(
            now=pl.coalesce("now", "actor_id")
        )
        months = kin.months_of(state, column(answered, "article_id"))
        return short, [(kin.member_of(row, months), row["now"]) for row in answered.iter_rows(named=True)]

    def _short(self) -> list[Member]:
        organisations = self.rows.filter(pl.col("kind") != "person")
        taken = kin.taken(self._state, column(organisations, "entity_id"))
        people = self.rows.filter((pl.col("kind") == "person") | pl.col("entity_id").is_in(sorted(taken)))
        people = people.filter(~named_in_full(people))
        months = kin.months_of(self._state, column(people, "article_id"))
        found = (kin.member_of(row, months, "person") for row in people.iter_rows(named=True))
        return [member for member in found if is_short(member)]


def named_in_full(people: pl.DataFrame) -> pl.Series:
    """Of each row whether its name is a full one."""
    full = {name: is_full(name) for name in people.get_column("name").unique()}
    return pl.Series([full[name] for name in people.get_column("name")], dtype=pl.Boolean)


def stories_of(state: State, entities: Collection[str]) -> set[str]:
    """The stories of the articles of `entities`."""
    articles = column(state.rows("entities", "entity_id", entities, ["article_id"]), "article_id")
    return column(state.rows("articles", "article_id", articles, ["story_id"]), "story_id")


def placed_by_story(state: State, rows: pl.DataFrame) -> pl.DataFrame:
    """Those of rows of work.entities who are people named by a short name."""
    named = rows.filter(~IS_ALONE)
    by_name = named.select(*_CALLED).unique()
    may_be = [may_be_surname(kind, name, key) for name, kind, key in by_name.select("name", "kind", "key").iter_rows()]
    words = named.join(by_name.filter(may_be), on=list(_CALLED), how="semi", nulls_equal=True)
    taken = kin.taken(state, column(words, "entity_id"))
    people = named.filter((pl.col("kind") == "person") & pl.col("key").is_null())
    short = people.filter(~named_in_full(people))
    return pl.concat([short, named.filter(pl.col("entity_id").is_in(sorted(taken)))])
