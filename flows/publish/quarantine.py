"""What was set aside, as rows of ops.quarantine."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Collection, Iterable
from datetime import datetime

import duckdb
import polars as pl

from flows.ingest.find import LOCAL
from flows.records import Rejected
from flows.schema import OPS


def quarantine_rows(
    connection: duckdb.DuckDBPyConnection,
    rejected: Iterable[Rejected],
    now: datetime,
    run_id: str,
    is_past: bool = False,
) -> pl.DataFrame:
    """The rows of ops.quarantine for documents that were set aside, one a document and stage.

    With `is_past` they need not be where their source is read from, and are replayed by their hash.

    What is there already keeps its first sighting, and its dismissal unless the reason is another one now.
    """
    rows = {(record.content_hash, record.stage): _row(record, run_id, now, is_past) for record in rejected}
    for before in _known(connection, rows).iter_rows(named=True):
        row = rows[before["content_hash"], before["stage"]]
        row["first_seen_at"] = before["first_seen_at"]
        if row["reason"] == before["reason"]:
            row["dismissed_at"], row["dismissed_because"] = before["dismissed_at"], before["dismissed_because"]
    return pl.DataFrame(list(rows.values()), schema=OPS["quarantine"])


def _known(connection: duckdb.DuckDBPyConnection, keys: Collection[tuple[str, str]]) -> pl.DataFrame:
    wanted = pl.DataFrame(sorted(keys), schema={"content_hash": pl.String, "stage": pl.String}, orient="row")
    sql = "SELECT * FROM ops.quarantine SEMI JOIN wanted USING (content_hash, stage)"
    connection.register("wanted", wanted.to_arrow())
    try:
        return connection.execute(sql).pl()
    finally:
        connection.unregister("wanted")


def _row(record: Rejected, run_id: str, now: datetime, is_past: bool) -> dict[str, object]:
    return {
        "content_hash": record.content_hash,
        "stage": record.stage,
        "code": record.code,
        "reason": record.reason,
        "source_name": record.source_name,
        "external_id": record.external_id,
        "location": record.location,
        "detail": json.dumps(record.values, ensure_ascii=False, sort_keys=True) if record.values else None,
        "replay": f"hearsay quarantine replay {record.content_hash[:12]}"
        if is_past
        else f"hearsay run --retry {shlex.quote(_source(record))}",
        "first_seen_at": now,
        "last_seen_at": now,
        "run_id": run_id,
        "dismissed_at": None,
        "dismissed_because": None,
    }


def _source(record: Rejected) -> str:
    """What to name to `hearsay run` to read the document again: its named source, else its file without the line."""
    return re.sub(r":\d+$", "", record.location) if record.source_name == LOCAL else record.source_name
