"""`hearsay rebuild`: everything derived again, by this version, from the bytes that were kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import duckdb

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
                _keep_times(writer.connection, beside)
                writer.replace_by(beside)
        finally:
            beside.remove()
    talk.say(describe(replace(summary, database=target)))
    return summary.exit_code


def _received(connection: duckdb.DuckDBPyConnection) -> list[Received]:
    rows = connection.execute(sql_of("commands", "received")).fetchall()
    return list(dict.fromkeys(Received(*row) for row in rows))


def _carry(connection: duckdb.DuckDBPyConnection, beside: Store) -> None:
    books = {f"ops.{name}": connection.execute(f"FROM ops.{name}").pl() for name in CARRIED}
    with beside.writing() as writer:
        writer.publish(Changes({name: rows for name, rows in books.items() if not rows.is_empty()}))


def _run(received: list[Received], beside: Store, chosen: Settings, quiet: bool) -> RunSummary:
    documents = read_again(received, chosen, RawStore(chosen.home))
    request = RunRequest(("rebuild",), beside.database, clock.now(), chosen, quiet, retry=True, documents=documents)
    return run(request)


def _keep_times(old: duckdb.DuckDBPyConnection, beside: Store) -> None:
    """What was known before keeps the times that it had."""
    with beside.writing() as writer:
        kept = {}
        for table, (keys, columns) in TIMES.items():
            rows = writer.connection.execute(f"FROM {table}").pl()
            known = old.execute(f"SELECT {', '.join((*keys, *columns))} FROM {table}").pl()  # noqa: S608
            kept[table] = rows.update(known, on=list(keys), how="inner")
        # the time is part of its key: the former rows come in place of those of today
        now, then = (c.execute("FROM ops.supersessions").pl() for c in (writer.connection, old))
        former = then.join(now, on="article_id", how="semi")
        kept["ops.supersessions"] = former
        gone = now.join(former, on="article_id", how="semi").select("article_id", "superseded_at")
        writer.publish(
            Changes({table: rows for table, rows in kept.items() if not rows.is_empty()}, {"ops.supersessions": gone})
        )


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
