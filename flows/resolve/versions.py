"""Which version of a document is live, and what happens to the others.

Versions are ordered by their stated time, then by when they were seen, then by hash: never by arrival.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from flows.resolve import kin
from flows.resolve.clusters import closure, table_of
from flows.resolve.relays import as_stated
from flows.resolve.state import State, column
from flows.resolve.stories import hang_together

# Tables whose rows belong to one article alone: they move to `history` with it.
OF_ARTICLE: Final = (
    "articles",
    "published_evidence",
    "segments",
    "mentions",
    "dates",
    "claims",
    "claim_parts",
    "attributions",
    "events",
    "event_participants",
    "figures",
)
WORK_OF_ARTICLE: Final = (
    "entities",
    "entity_rows",
    "article_terms",
    "heavy_terms",
    "day_offsets",
    "keys",
    "links",
    "bulk_keys",
)
LAYERS: Final = ("story", "actor", "utterance", "incident")


@dataclass(frozen=True)
class Arrival:
    """What a batch changes among the live articles.

    `new` are the articles that become live. `disturbed` are, by layer, the members that hung together with an
    article that is live no more; of the layer "passage" the articles that shared one with it. `superseded` are the
    frames that go to `history`, by table; `former` are the ids that their members had, by column.
    """

    new: frozenset[str]
    disturbed: Mapping[str, frozenset[str]]
    superseded: Mapping[str, pl.DataFrame]
    former: Mapping[str, frozenset[str]]
    again: frozenset[str] = frozenset()


def in_order(known: pl.DataFrame, coming: pl.DataFrame) -> pl.DataFrame:
    """The versions on record and those that come, each once, in their order: `is_new` tells those that come.

    One version may have come with different page junk: the first seen stays, whichever arrives first. The same bytes
    come again only to be read otherwise.
    """
    return (
        pl.concat([known.with_columns(is_new=False), coming.with_columns(is_new=True)])
        .sort("seen_at", "content_hash", "is_new", descending=[False, False, True], nulls_last=True)
        .unique("article_id", keep="first", maintain_order=True)
        .sort("published_on", "seen_at", "content_hash", "article_id", nulls_last=False)
    )


def arrive(state: State, batch: Mapping[str, pl.DataFrame], forgotten: Collection[str] = ()) -> Arrival:
    """Lay the live articles of `batch` into `state` and take out the ones that they supersede.

    `batch` holds the article-level tables and the work tables, `versions` among them. All versions of the documents
    that are `forgotten` go too, and leave nothing for `history`.
    """
    coming = batch["versions"]
    lost = state.remove("versions", "document_id", forgotten)
    known = state.rows("versions", "document_id", column(coming, "document_id"))
    # A version that left `main` can be live again only when it comes again: the last of those that are here is live.
    here = pl.col("article_id").filter(pl.col("is_new") | pl.col("is_live"))
    ordered = in_order(known, coming).with_columns(is_live=pl.col("article_id") == here.last().over("document_id"))
    state.put("versions", ordered.drop("is_new"))
    coming_now = column(ordered.filter("is_new"), "article_id")
    live = column(ordered.filter("is_live"), "article_id")
    new = frozenset(live & coming_now)
    was_live = column(known.filter("is_live"), "article_id")
    outdated = (was_live - live) | (was_live & new) | column(lost.filter("is_live"), "article_id")
    disturbed = {layer: frozenset(_neighbours(state, layer, outdated)) for layer in LAYERS}
    shared = column(state.rows("passages", "article_id", outdated), "other_article_id")
    disturbed["passage"] = frozenset(shared - outdated)
    former = _former_ids(state, outdated)
    superseded = _take_out(state, outdated)
    superseded = {table: _of(rows, was_live - live - coming_now) for table, rows in superseded.items()}
    passed_over = coming_now - new
    for table in OF_ARTICLE:
        rows = batch[table]
        superseded[table] = pl.concat([superseded[table], _of(rows, passed_over)])
        state.put(table, _of(rows, new))
    for table in WORK_OF_ARTICLE:
        if table in batch:
            state.put(table, _of(batch[table], new))
    state.note_new(new - column(known, "article_id") - column(lost, "article_id"))
    past = {name: rows for name, rows in superseded.items() if not rows.is_empty()}
    again = frozenset(coming_now & column(known.filter(~pl.col("is_live")), "article_id"))
    return Arrival(new, disturbed, past, former, again)


def _former_ids(state: State, articles: Collection[str]) -> dict[str, frozenset[str]]:
    """The cross-article ids that rows of these articles have."""
    return {
        name: frozenset(column(state.rows(table, "article_id", articles), name))
        for table, name in (
            ("articles", "story_id"),
            ("entities", "actor_id"),
            ("entities", "place_id"),
            ("claim_parts", "utterance_id"),
            ("events", "incident_id"),
        )
    }


def _of(rows: pl.DataFrame, articles: Collection[str]) -> pl.DataFrame:
    return rows.filter(pl.col("article_id").is_in(sorted(articles)))


def _neighbours(state: State, layer: str, articles: Collection[str]) -> set[str]:
    """The members of other articles that hang together with a member of `articles`."""
    keys = state.rows(table_of(layer), "article_id", articles, layer=layer)
    own = column(keys, "member_id")
    if not own:
        return set()
    if layer == kin.LAYER:
        stories = column(state.rows("articles", "article_id", articles, ["story_id"]), "story_id")
        near = kin.hang_together(state, pl.Series(sorted(own)), stories, own).members
        return (set(near) | kin.short_near(state, articles)) - own
    return (hang_together(state, own) if layer == "story" else closure(state, layer, own)) - own


def _take_out(state: State, articles: Collection[str]) -> dict[str, pl.DataFrame]:
    names = kin.names_in(state, articles)
    state.remove("links", "key", column(state.rows("links", "article_id", articles), "key"))
    for table in WORK_OF_ARTICLE:
        state.remove(table, "article_id", articles)
    kin.forget(state, names)
    state.remove("passages", "article_id", articles)
    state.remove("passages", "other_article_id", articles)
    mentions = state.rows("mentions", "article_id", articles, ["mention_id"])
    state.remove("mention_candidates", "mention_id", column(mentions, "mention_id"))
    taken = {table: state.remove(table, "article_id", articles) for table in OF_ARTICLE}
    return {**taken, "attributions": as_stated(taken["attributions"])}  # history keeps what the article gives itself
