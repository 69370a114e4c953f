"""`hearsay rebuild`: everything derived again, by this version, from the bytes that were kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from flows import clock, settings
from flows.changes import Changes
from flows.commands.ask import pick_database
from flows.commands.run import describe
from flows.console import Talk
from flows.errors import HearsayError
from flows.ingest import RawStore
from flows.ingest.again import Received, read_again
from flows.pipeline import run
from flows.publish import Store
from flows.requests import FATAL, RunRequest, RunSummary
from flows.resources import sql_of
from flows.settings import Settings

# What no article can tell again: the books of the runs, and what people decided.
CARRIED: Final = ("runs", "batches", "checks", "quarantine", "revisions", "redirects", "judgements", "forgotten")
# When something came and when it was taken over, by table: reading it again doesn't change that.
TIMES: Final = {
    "raw.documents": (("document_id", "content_hash"), ("first_seen_at", "last_seen_at")),
    "main.articles": (("article_id",), ("first_seen_at",)),
    "history.articles": (("article_id",), ("first_seen_at",)),
    "ops.freshness": (("source_name",), ("last_read_at", "last_new_at", "newest_published_on", "n_documents")),
}
_OF_RUN: Final = ("runs", "checks")
PIECE: Final = 100_000  # rows whose times are carried over at a time


def rebuild(database: Path | None, quiet: bool) -> int:
    """Build the database anew beside the old one, and put it in its place when its audits pass. As a run ends."""
    chosen, talk = settings.load(database=database), Talk(quiet)
    target = pick_database(database, chosen, talk)
    beside = Store(target.with_name(f"{target.name}.rebuilt"))
    with Store(target).writing() as writer:
        beside.remove()
        received = _received(writer.connection)
        talk.say(f"{len(received)} documents are read again; readers see the database as it was until all is done")
        try:
            _carry(writer.connection, beside)
            summary = _run(received, beside, chosen, quiet)
            if summary.exit_code == FATAL:
                writer.publish(_why_not(beside, summary.run_id))
            else:
                _refuse_loss(writer.connection, beside, chosen)
                with Store(target).reading() as old:
                    writer.replace_by(beside, partial(_keep_times, old))
        finally:
            beside.remove()
    talk.say(describe(replace(summary, database=target)))
    return summary.exit_code


def _received(connection: duckdb.DuckDBPyConnection) -> list[Received]:
    rows = connection.execute(sql_of("commands", "received")).fetchall()
    return list(dict.fromkeys(Received(*row) for row in rows))


def _carry(connection: duckdb.DuckDBPyConnection, beside: Store) -> None:
    with beside.writing() as writer:
        for name in CARRIED:
            rows = connection.execute(f"FROM ops.{name}").pl()
            if not rows.is_empty():
                writer.publish(Changes({f"ops.{name}": rows}))


def _run(received: list[Received], beside: Store, chosen: Settings, quiet: bool) -> RunSummary:
    documents = read_again(received, chosen, RawStore(chosen.home))
    request = RunRequest(("rebuild",), beside.database, clock.now(), chosen, quiet, retry=True, documents=documents)
    return run(request)


def _keep_times(old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection) -> None:
    """What was known before keeps the times that it had; a piece at a time, and of each row no more than its times."""
    for table, (keys, columns) in TIMES.items():
        same = " AND ".join(f"rows.{key} = former.{key}" for key in keys)
        then = ", ".join(f"{column} = former.{column}" for column in columns)
        for _ in _pieces(old, new, f"SELECT {', '.join((*keys, *columns))} FROM {table}"):  # noqa: S608 (our own names)
            new.execute(f"UPDATE {table} AS rows SET {then} FROM former WHERE {same}")  # noqa: S608
    # the time is part of its key: the former rows come in place of those of today
    new.execute("CREATE OR REPLACE TEMP TABLE today AS SELECT DISTINCT article_id FROM ops.supersessions")
    for _ in _pieces(old, new, "SELECT DISTINCT article_id FROM ops.supersessions"):
        new.execute("DELETE FROM ops.supersessions AS rows USING former WHERE rows.article_id = former.article_id")
    for _ in _pieces(old, new, "FROM ops.supersessions"):
        new.execute("INSERT INTO ops.supersessions BY NAME FROM former SEMI JOIN today USING (article_id)")
    new.execute("DROP TABLE today")


def _pieces(old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection, query: str) -> Iterator[None]:
    """The rows of a query on the old database, as `former` of the new one, so many at a time."""
    with old.cursor() as cursor:
        for piece in cursor.execute(query).to_arrow_reader(PIECE):
            new.register("former", pa.Table.from_batches([piece]))
            yield
            new.unregister("former")


def _why_not(beside: Store, run_id: str) -> Changes:
    """The run that an audit stopped, and its checks."""
    with beside.reading() as connection:
        books = {name: connection.execute(f"FROM ops.{name} WHERE run_id = $1", [run_id]).pl() for name in _OF_RUN}
    return Changes({f"ops.{name}": rows for name, rows in books.items() if not rows.is_empty()})


def _refuse_loss(old: duckdb.DuckDBPyConnection, beside: Store, chosen: Settings) -> None:
    """Raise H710 when what is published would be lost because its bytes are."""
    published = old.execute("SELECT DISTINCT content_hash FROM raw.documents WHERE article_id IS NOT NULL").pl()
    with beside.reading() as connection:
        connection.register("published", published.to_arrow())
        row = connection.execute(sql_of("commands", "lost")).fetchone()
    if row is not None and row[0]:
        raise HearsayError("H710", n=row[0], folder=chosen.home / "raw")
