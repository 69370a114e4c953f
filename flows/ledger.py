"""The books that a run keeps: rows of `raw` and `ops` beside what a batch publishes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import duckdb
import polars as pl

from flows.changes import Changes
from flows.ids import PREFIXES
from flows.records import CleanArticle, Document, Rejected
from flows.resources import sql_of
from flows.schema import schema_of

# Columns of published rows that later articles may change by what they tell: former values stay on record.
REVISED: Final = {
    "articles": ("article_id", ("published_on", "published_basis", "reference_on")),
    "claims": ("claim_id", ("said_on", "said_basis")),
    "dates": ("date_id", ("value", "edtf", "starts_on", "ends_on", "anchor", "derivation")),
    "events": ("event_id", ("starts_on", "ends_on")),
}
_TABLE_OF: Final = {prefix: kind for kind, prefix in PREFIXES.items()}


@dataclass(frozen=True)
class Run:
    """The run that is under way; `now` is its clock (UTC). One that `repeats` reads again what came before: nothing is
    expected of how much it gives."""

    run_id: str
    now: datetime
    pipeline_version: str
    sources: tuple[str, ...]
    repeats: bool = False
    is_past: bool = False  # a backfill or a replay: no news of its sources


def _frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    schema = schema_of(table)
    return pl.DataFrame([[row.get(name) for name in schema] for row in rows], schema=schema, orient="row")


def documents(run: Run, found: Sequence[Document], articles: Iterable[CleanArticle]) -> pl.DataFrame:
    """`raw.documents`: what came in, with the article that it gave, if any."""
    article_of = {(a.document.document_id, a.document.content_hash): a.article_id for a in articles}
    return _frame(
        "raw.documents",
        (
            {
                "document_id": one.document_id,
                "content_hash": one.content_hash,
                "source_name": one.source_name,
                "external_id": one.external_id,
                "url": one.url,
                "location": one.location,
                "media_type": "text/plain" if one.html is None else "text/html",
                "n_bytes": len((one.html or one.text or "").encode("utf-8", "surrogatepass")),
                "article_id": article_of.get((one.document_id, one.content_hash)),
                "pipeline_version": run.pipeline_version,
                "first_seen_at": one.seen_at or run.now,
                "last_seen_at": run.now,
                "run_id": run.run_id,
            }
            for one in found
        ),
    )


def redirects(run: Run, moved: Mapping[str, str | None]) -> pl.DataFrame:
    """`ops.redirects`: where published ids that disappeared lead."""
    return _frame(
        "ops.redirects",
        (
            {
                "old_id": old,
                "new_id": new,
                "table_name": _TABLE_OF[old.split("_")[0]],
                "because": "merged" if new else "nothing is left of it",
                "redirected_at": run.now,
                "run_id": run.run_id,
            }
            for old, new in moved.items()
        ),
    )


def supersessions(run: Run, changes: Changes) -> pl.DataFrame:
    """`ops.supersessions`: versions that went to `history` in this batch, and what took their place."""
    past = changes.upserts.get("history.articles")
    versions = changes.upserts.get("work.versions")
    if past is None or versions is None:
        return _frame("ops.supersessions", ())
    before = changes.deletes.get("history.articles")  # these left earlier, and have come again
    past = past if before is None else past.join(before, on="article_id", how="anti")
    live = dict(versions.filter("is_live").select("document_id", "article_id").iter_rows())
    return _frame(
        "ops.supersessions",
        (
            {
                "article_id": article_id,
                "superseded_at": run.now,
                "superseded_by": live.get(document_id),
                "document_id": document_id,
                "run_id": run.run_id,
            }
            for article_id, document_id in past.select("article_id", "document_id").iter_rows()
        ),
    )


def revisions(run: Run, connection: duckdb.DuckDBPyConnection, changes: Changes, because: str) -> pl.DataFrame:
    """`ops.revisions`: the former values of published columns that this batch changes, and what made it."""
    rows: list[dict[str, Any]] = []
    for table, (key, columns) in REVISED.items():
        coming = changes.upserts.get(f"main.{table}")
        if coming is None:
            continue
        connection.register("coming_rows", coming.select(key).to_arrow())
        stored = connection.execute(
            f"SELECT {', '.join((key, *columns))} FROM main.{table} SEMI JOIN coming_rows USING ({key})"  # noqa: S608
        ).pl()
        connection.unregister("coming_rows")
        both = stored.select(key, *columns).join(coming.select(key, *columns), on=key, suffix="_now")
        for row in both.sort(key).iter_rows(named=True):
            rows += (
                {
                    "table_name": table,
                    "row_id": row[key],
                    "column_name": name,
                    "revised_at": run.now,
                    "former_value": _written(row[name]),
                    "because": because,
                    "run_id": run.run_id,
                }
                for name in columns
                if row[name] != row[f"{name}_now"]
            )
    return _frame("ops.revisions", rows)


def _written(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def freshness(
    run: Run, connection: duckdb.DuckDBPyConnection, read: Mapping[str, int], new: pl.DataFrame
) -> pl.DataFrame:
    """`ops.freshness`: by source, when it was last read, when it last gave something new, how much it gave in all.

    `read` counts the documents taken in by source; `new` has source_name and published_on of what became live.
    """
    before = {row["source_name"]: row for row in connection.execute("FROM ops.freshness").pl().to_dicts()}
    rows = []
    for source, count in sorted(read.items()):
        known = before.get(source, {})
        if run.is_past:
            rows += [{**known, "n_documents": known["n_documents"] + count}] if known else []
            continue
        days = new.filter(pl.col("source_name") == source).get_column("published_on").drop_nulls()
        newest = [day for day in (known.get("newest_published_on"), days.max()) if day is not None]
        rows.append(
            {
                "source_name": source,
                "last_read_at": run.now,
                "last_new_at": run.now if count else known.get("last_new_at"),
                "newest_published_on": max(newest) if newest else None,
                "n_documents": known.get("n_documents", 0) + count,
            }
        )
    return _frame("ops.freshness", rows)


def run_row(run: Run, state: str, exit_code: int | None, counts: Mapping[str, int], **more: Any) -> pl.DataFrame:
    """`ops.runs`: the run so far. `more` may give ended_at, orchestrator_run_id and seconds by stage."""
    seconds = more.pop("seconds", None)
    row = {
        "run_id": run.run_id,
        "started_at": run.now,
        "state": state,
        "exit_code": exit_code,
        "sources": list(run.sources),
        "pipeline_version": run.pipeline_version,
        "stage_seconds": None if seconds is None else json.dumps(seconds),
        **counts,
        **more,
    }
    return _frame("ops.runs", [row])


def batch_row(run: Run, batch_id: str, ordinal: int, n_articles: int, set_aside: int, changes: Changes) -> pl.DataFrame:
    """`ops.batches`: one publication."""
    row = {
        "batch_id": batch_id,
        "run_id": run.run_id,
        "ordinal": ordinal,
        "published_at": run.now,
        "n_articles": n_articles,
        "n_set_aside": set_aside,
        "n_rows": sum(frame.height for frame in changes.upserts.values()),
    }
    return _frame("ops.batches", [row])


def outdated(connection: duckdb.DuckDBPyConnection, now: datetime, keep_days: int) -> dict[str, pl.DataFrame]:
    """What to delete of the books: runs older than so many days, their batches and checks.

    The last run of each set of sources stays. What was published, and what became of it, is in other books.
    """
    before = now - timedelta(days=keep_days)
    rows = connection.execute(sql_of("commands", "outdated"), {"before": before}).pl()
    return {f"ops.{table}": rows for table in ("runs", "batches", "checks")} if rows.height else {}


def hashes(rejected: Iterable[Rejected]) -> set[str]:
    """The content hashes of what was set aside."""
    return {one.content_hash for one in rejected}
