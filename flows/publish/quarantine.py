"""What was set aside, as rows of ops.quarantine."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from datetime import datetime

import duckdb
import polars as pl

from flows.changes import Changes
from flows.publish.apply import key_of
from flows.records import Rejected
from flows.schema import OPS

TABLE = "ops.quarantine"


def set_aside(rejected: Iterable[Rejected], run_id: str, now: datetime, known: pl.DataFrame | None = None) -> Changes:
    """The changes that put documents into quarantine; those in `known` (see `known_quarantine`) keep their
    first sighting, and their dismissal unless the reason is another one."""
    rows = {(record.content_hash, record.stage): _row(record, run_id, now) for record in rejected}
    for before in () if known is None else known.iter_rows(named=True):
        row = rows.get((before["content_hash"], before["stage"]))
        if row is not None:
            row["first_seen_at"] = before["first_seen_at"]
            if row["reason"] == before["reason"]:
                row["dismissed_at"], row["dismissed_because"] = before["dismissed_at"], before["dismissed_because"]
    return Changes({TABLE: pl.DataFrame(list(rows.values()), schema=OPS["quarantine"])}) if rows else Changes()


def known_quarantine(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """All that is in quarantine now."""
    return connection.execute(f"SELECT * FROM {TABLE}").pl().cast(dict(OPS["quarantine"]))  # type: ignore[arg-type]  # noqa: S608


def released(connection: duckdb.DuckDBPyConnection, content_hashes: Iterable[str]) -> Changes:
    """The changes that take documents out of quarantine: those that could be read and published after all."""
    wanted = set(content_hashes)
    known = known_quarantine(connection).filter(pl.col("content_hash").is_in(wanted))
    return Changes({}, {TABLE: known.select(key_of(TABLE))}) if known.height else Changes()


def _row(record: Rejected, run_id: str, now: datetime) -> dict[str, object]:
    return {
        "content_hash": record.content_hash,
        "stage": record.stage,
        "code": record.code,
        "reason": record.reason,
        "source_name": record.source_name,
        "external_id": record.external_id,
        "location": record.location,
        "detail": json.dumps(record.values, ensure_ascii=False, sort_keys=True) if record.values else None,
        "replay": f"hearsay quarantine --replay {shlex.quote(record.content_hash)}",
        "first_seen_at": now,
        "last_seen_at": now,
        "run_id": run_id,
        "dismissed_at": None,
        "dismissed_because": None,
    }
