"""Who relayed a claim, as its own article states it: not what other articles reveal (flows.resolve.revealed)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import polars as pl

from flows.resolve.state import State

RELAYS: Final = ("agency", "outlet", "broadcaster", "earlier_article")
REVEALED: Final = "shared passage"  # how the derivation of a hop begins that another article reveals


def is_revealed() -> pl.Expr:
    """Whether a hop of a chain is known from another article alone."""
    return pl.col("derivation").fill_null("").str.starts_with(REVEALED)


def relays_of(state: State, by: str, values: Collection[str], *, stated: bool = True) -> pl.DataFrame:
    """The relays (`article_id`, `claim_id`, `name`) of claims whose column `by` is one of `values`.

    `stated` leaves out those that only other articles tell of.
    """
    hops = state.rows("attributions", by, values, ["article_id", "claim_id", "role", "name", "derivation"])
    relays = hops.filter(pl.col("role").is_in(RELAYS))
    return relays.filter(~is_revealed()) if stated else relays


def as_stated(hops: pl.DataFrame) -> pl.DataFrame:
    """Chains as their own articles give them, numbered without gaps; a chain without a speaker begins with hop 1."""
    first = pl.when(pl.col("role").first() == "speaker").then(0).otherwise(1)
    number = (pl.int_range(pl.len()) + first).over("claim_id").cast(hops.schema["hop"])
    return hops.filter(~is_revealed()).sort("claim_id", "hop").with_columns(hop=number)
