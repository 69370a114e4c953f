"""Who belongs to a body without being looked at: what their own story calls it, in a story that nothing touches.

"The Senate" of one story is one with the body that this story names so, whatever other stories tell. So it is not
looked at where that body is: it goes along with it, as long as those of its actor who are looked at stay one. Its id
counts all the same, since an actor has its name from the smallest.
"""

from __future__ import annotations

import polars as pl

from flows.ids import make_id
from flows.resolve import standing
from flows.resolve.members import IS_ALONE
from flows.resolve.state import State, column
from flows.resources import sql_of

_SEEN = (*standing.NUMBERED, "source_role", "n_mentions")
_IS_BODY = (pl.col("kind") != "person") & pl.col("actor_id").is_not_null()


def _bodies(state: State, actors: pl.DataFrame) -> pl.DataFrame:
    """Those of `actors` (actor_id) that are no persons on record: one-word organisations may be people of a story."""
    known = state.rows("actors", "actor_id", column(actors, "actor_id"), ["kind"])
    people = known.filter(pl.col("kind") == "person").select("actor_id")
    return actors.join(people, on="actor_id", how="anti")


def of_parted(state: State, rows: pl.DataFrame) -> set[str]:
    """All who belong to actors that came apart, save `rows`: entities that were looked at, and what they are `now`."""
    by_actor = rows.filter(_IS_BODY).group_by("actor_id").agg(pl.col("now").n_unique())
    parted = _bodies(state, by_actor.filter(pl.col("now") > 1).select("actor_id"))
    others = state.many("entities", parted, _SEEN).filter(~IS_ALONE).join(rows, on="entity_id", how="anti")
    return column(others, "entity_id") - standing.numbers_of(others).keys()


def firsts(state: State, rows: pl.DataFrame, looked_at: pl.DataFrame) -> pl.DataFrame:
    """The first entity of each actor (actor_id, entity_id) of `rows` that is none of those `looked_at`.

    Only where an actor has its id from none of `rows`: it has it from the first.
    """
    seen = rows.filter(_IS_BODY).group_by("actor_id").agg(pl.col("entity_id").min())
    named_after = [make_id("actor", first) == actor_id for actor_id, first in seen.iter_rows()]
    wanted = _bodies(state, seen.filter(~pl.Series(named_after, dtype=pl.Boolean())).select("actor_id"))
    return state.summed_on_record("entities", wanted, sql_of("resolve", "firsts"), (), looked_at.select("entity_id"))


def following(state: State, decided: pl.DataFrame, looked_at: pl.DataFrame) -> pl.DataFrame:
    """Who goes along with actors that are others now (entity_id, by), none of those `looked_at`.

    `decided` are entities that were looked at, with who stands for each (`by`), its actor and that it is `now`.
    """
    by_actor = decided.filter(_IS_BODY).group_by("actor_id").agg(pl.col("now", "by").unique())
    moved = by_actor.filter(pl.col("now").list.len() == 1).with_columns(pl.col("now").list.first())
    moved = moved.filter(~pl.col("actor_id").eq_missing(pl.col("now"))).select("actor_id", pl.col("by").list.min())
    others = state.many("entities", _bodies(state, moved.select("actor_id")), ["kind"]).select("entity_id", "actor_id")
    return others.join(looked_at, on="entity_id", how="anti").join(moved, on="actor_id").select("entity_id", "by")
