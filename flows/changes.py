"""What one batch does to the database: the only thing that publishing writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True)
class Changes:
    """Rows to write and rows to take away, by qualified table name ("main.claims", "work.entities", "ops.checks").

    `upserts` hold whole rows in the schema of flows.schema; a row whose key exists replaces it. `deletes` hold
    key columns only. A key may stand in one of the two, never in both. Applying the same changes twice is the
    same as applying them once.
    """

    upserts: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    deletes: Mapping[str, pl.DataFrame] = field(default_factory=dict)
