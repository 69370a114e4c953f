"""Carry identities to the published rows: who is meant in mentions, claims, attributions, events and articles."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import polars as pl

from flows.resolve.state import State, column

# Table, key column in entity_rows.row_id, further key columns, what is set there from the entity.
TARGETS: Final = (
    ("mentions", "mention_id", (), {"actor_id": "actor_id", "place_id": "place_id"}),
    ("claims", "claim_id", (), {"speaker_id": "actor_id"}),
    ("attributions", "claim_id", (("ordinal", "hop"),), {"actor_id": "actor_id", "source_id": "source_id"}),
    ("event_participants", "event_id", (("role", "role"), ("ordinal", "ordinal")), {"actor_id": "actor_id"}),
    ("events", "event_id", (), {"place_id": "place_id"}),
    ("articles", "article_id", (), {"outlet_id": "source_id"}),
)


def link_rows(state: State, entities: Collection[str]) -> None:
    """Set the identity columns of every row that stands for one of `entities`."""
    known = state.rows("entities", "entity_id", entities, ["actor_id", "place_id"])
    sources = state.rows("sources", "actor_id", column(known, "actor_id")).select("actor_id", "source_id")
    identity = known.select("entity_id", "actor_id", "place_id").join(sources, on="actor_id", how="left")
    rows = state.rows("entity_rows", "entity_id", entities).join(identity, on="entity_id")
    for table, key, more, columns in TARGETS:
        here = rows.filter(pl.col("table_name") == table)
        if here.is_empty():
            continue
        answer = here.select(
            pl.col("row_id").alias(key),
            *(pl.col(name).alias(target) for name, target in more),
            *(pl.col(name).alias(f"new_{target}") for target, name in columns.items()),
        )
        own = state.rows(table, key, column(here, "row_id"))
        joined = own.join(answer, on=[key, *(target for _, target in more)], how="inner")
        state.put(table, joined.with_columns(pl.col(f"new_{target}").alias(target) for target in columns))
