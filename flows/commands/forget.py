"""`hearsay forget`: a document as if it never came, on record, and never taken in again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from flows import __version__, clock, ledger, settings
from flows.changes import Changes
from flows.commands.ask import pick_database
from flows.console import Talk
from flows.errors import HearsayError
from flows.extract.frames import frames
from flows.ids import make_id
from flows.ingest import RawStore
from flows.publish import Store
from flows.resolve import resolve
from flows.resolve.versions import OF_ARTICLE
from flows.resources import sql_of
from flows.schema import OPS
from flows.validate import validate

if TYPE_CHECKING:
    import duckdb

    from flows.settings import Settings

# Books that may hold words of it, and by what they know it.
_BOOKS: Final = {"raw.documents": "document_id", "ops.supersessions": "document_id", "ops.quarantine": "content_hash"}


def forget(identifier: str, database: Path | None, why: str, quiet: bool) -> int:
    """Take a document (`doc_…`, or `art_…` for the document of that version) out of everything, bytes too."""
    if not why.strip():
        raise HearsayError("H109", option="--why", detail="say why: it stays on record")
    chosen, talk = settings.load(database=database), Talk(quiet)
    now = clock.now()
    with Store(pick_database(database, chosen, talk), now).writing() as writer:
        _sweep(writer.connection, chosen)  # what a kill left of an earlier one
        received = _received(writer.connection, identifier)
        # not the sources' names: they were not read
        run_id = make_id("run", now.isoformat(), "forget", received[0]["document_id"])
        this = ledger.Run(run_id, now, __version__, ("forget",))
        writer.publish(_without(writer.connection, this, received, why.strip()))
        # once more, so that the other twin and the stored changes are without it too
        writer.publish(Changes({"ops.runs": _ended(this)}))
        _sweep(writer.connection, chosen)
    talk.say(f"forgotten: {received[0]['document_id']}, received {len(received)} times")
    talk.say("DuckDB fills the room that it took as it goes on; `hearsay rebuild` writes the file anew")
    return 0


def _received(connection: duckdb.DuckDBPyConnection, identifier: str) -> list[dict[str, Any]]:
    rows = connection.execute(sql_of("commands", "documents_of"), {"id": identifier}).pl().to_dicts()
    if not rows:
        raise HearsayError("H807", id=identifier)
    return rows


def _sweep(connection: duckdb.DuckDBPyConnection, chosen: Settings) -> None:
    """Take away the bytes of all that was forgotten, but for those that are another document's too."""
    for (digest,) in connection.execute(sql_of("commands", "bytes_to_forget")).fetchall():
        RawStore(chosen.home).remove(digest)


def _ended(this: ledger.Run) -> pl.DataFrame:
    from flows.tally import Tally

    return ledger.run_row(this, "done", 0, Tally().counts(), ended_at=clock.now())


def _without(
    connection: duckdb.DuckDBPyConnection, this: ledger.Run, received: list[dict[str, Any]], why: str
) -> Changes:
    """What takes the document out, audited as any batch is."""
    document_id = received[0]["document_id"]
    left = sql_of("commands", "left_of_document")
    articles = [row[0] for row in connection.execute(left, {"id": document_id}).fetchall()]
    nothing = frames([], this.run_id, this.now, __version__)
    resolved = resolve(connection, nothing, forgotten=frozenset({document_id}))
    audit = validate(connection, resolved.changes)
    if not audit.success:
        failure = (audit.fatal or list(audit.failing.values()))[0]
        raise HearsayError("H601", audit=failure.expectation, table=failure.table, detail=failure.problem)
    known = {"document_id": [document_id], "content_hash": [row["content_hash"] for row in received]}
    books = {table: pl.DataFrame({key: known[key]}) for table, key in _BOOKS.items()}
    revised = connection.execute(sql_of("commands", "revised_of"), {"articles": articles}).pl()
    past = {f"history.{table}": pl.DataFrame({"article_id": articles}) for table in OF_ARTICLE} if articles else {}
    return Changes(
        {
            **resolved.changes.upserts,
            "ops.redirects": ledger.redirects(this, resolved.redirects),
            "ops.forgotten": _record(this, received, why),
        },
        {
            **resolved.changes.deletes,
            **books,
            **past,
            "ops.revisions": revised,
        },
    )


def _record(this: ledger.Run, received: list[dict[str, Any]], why: str) -> pl.DataFrame:
    rows: list[Mapping[str, Any]] = [{**row, "because": why, "forgotten_at": this.now} for row in received]
    return pl.DataFrame(rows, schema=OPS["forgotten"])
