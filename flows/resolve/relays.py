"""Who relayed claims: what their own articles state, and how hops look that other articles reveal (see `revealed`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import polars as pl

from flows.known_names import publication_key
from flows.resolve.state import State

RELAYS: Final = ("agency", "outlet", "broadcaster")
PAGE_WIDE: Final = ("dateline", "credited by the page")  # derivations of hops that stand for all of a page
_REVEALED: Final = "shared passage "  # how the derivation of a hop begins that another article reveals
_ENDINGS: Final = ("newsagency", "newswire", "news", "agency", "wire")  # "Meridian News" is Meridian


def derivation_of(passage_id: str) -> str:
    """The derivation of a hop that a passage reveals."""
    return f"{_REVEALED}{passage_id}"


def is_revealed(hop: Mapping[str, Any]) -> bool:
    """Whether a hop of a chain is known from another article alone."""
    return (hop["derivation"] or "").startswith(_REVEALED)


def stated(hops: pl.DataFrame) -> pl.DataFrame:
    """The hops that their own articles tell of, as they are numbered."""
    return hops.filter(~pl.col("derivation").fill_null("").str.starts_with(_REVEALED))


def as_stated(hops: pl.DataFrame) -> pl.DataFrame:
    """Chains as their own articles give them, numbered without gaps; a chain without a speaker begins with hop 1."""
    first = pl.when(pl.col("role").first() == "speaker").then(0).otherwise(1)
    number = (pl.int_range(pl.len()) + first).over("claim_id").cast(hops.schema["hop"])
    return stated(hops).sort("claim_id", "hop").with_columns(hop=number)


def stated_relays(state: State, by: str, values: Collection[str]) -> pl.DataFrame:
    """The relays that articles state (`article_id`, `claim_id`, `role`, `name`, `derivation`), also whose article a
    page copies, of claims whose column `by` is one of `values`.
    """
    hops = state.rows("attributions", by, values, ["article_id", "claim_id", "role", "name", "derivation"])
    return stated(hops).filter(pl.col("role").is_in([*RELAYS, "earlier_article"]))


def is_one(one: str, other: str) -> bool:
    """Whether keys of publications may be of one: "the Post" of the Kostrel Post, "AP" of AP News."""
    mine, theirs = _spelt(one), _spelt(other)
    return any(a.startswith(b) or a.endswith(b) or b.startswith(a) or b.endswith(a) for a in mine for b in theirs)


def _spelt(key: str) -> set[str]:
    short = {key.removesuffix(ending) for ending in _ENDINGS} - {"", key}
    return {key, *(publication_key(one) for one in short)}
