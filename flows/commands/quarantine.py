"""`hearsay quarantine`: what was set aside, why, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flows import clock, settings
from flows.ask import formats
from flows.commands.ask import pick_database
from flows.console import Talk
from flows.errors import HearsayError
from flows.resources import sql_of

if TYPE_CHECKING:
    from flows.settings import Settings

_SHOWN: Final = 4_000  # bytes of what came in


def show_all(database: Path | None, code: str | None, source: str | None, dismissed: bool, form: str | None) -> int:
    """Write a row for each document that was set aside."""
    from flows.publish import Store

    chosen, talk = settings.load(database=database), Talk()
    with Store(pick_database(database, chosen, talk)).reading() as connection:
        given = {"code": code, "source": source, "all": dismissed}
        rows = connection.execute(sql_of("commands", "quarantined"), given).to_arrow_table()
    if not rows.num_rows:
        talk.say("nothing is set aside" + (" that fits" if code or source else ""))
    formats.write(rows, form)
    return 0


def show(identifier: str, database: Path | None, form: str | None) -> int:
    """Write all that is known of one document that was set aside, and how its bytes begin."""
    import pyarrow as pa

    chosen, talk = settings.load(database=database), Talk()
    rows = _rows([identifier], pick_database(database, chosen, talk))
    facts = [(name, str(value)) for row in rows for name, value in _told(row, chosen) if value is not None]
    columns = [dict(zip(("field", "value"), fact, strict=True)) for fact in facts]
    schema = pa.schema([("field", pa.string()), ("value", pa.string())])
    formats.write(pa.Table.from_pylist(columns, schema=schema), form)
    return 0


def replay(identifiers: Sequence[str], database: Path | None, code: str | None, source: str | None, quiet: bool) -> int:
    """Try again what was set aside: the named ones, else all that fit `code` and `source`. As `hearsay run` ends."""
    from flows.commands.run import describe
    from flows.ingest import RawStore
    from flows.ingest.again import Received, read_again
    from flows.pipeline import run
    from flows.requests import RunRequest

    chosen, talk = settings.load(database=database), Talk(quiet)
    target = pick_database(database, chosen, talk)
    rows = [row for row in _rows(identifiers, target) if code in (None, row["code"])]
    rows = [row for row in rows if source in (None, row["source_name"])]
    if not identifiers:
        rows = [row for row in rows if row["dismissed_at"] is None]
    if not rows:
        talk.say("nothing is set aside that could be tried again")
        return 0
    received = [Received(row["content_hash"], row["source_name"], row["location"], row["external_id"]) for row in rows]
    documents = list(read_again(dict.fromkeys(received), chosen, RawStore(chosen.home)))
    told = ("quarantine",)  # not the sources' names: they were not read
    request = RunRequest(told, target, clock.now(), chosen, quiet, retry=True, documents=documents, is_past=True)
    summary = run(request)
    talk.say(describe(summary))
    return summary.exit_code


def dismiss(identifiers: Sequence[str], database: Path | None, why: str, quiet: bool) -> int:
    """Mark documents as rightly set aside: they are shown no more, and no run ends with 3 because of them."""
    import polars as pl

    from flows.changes import Changes
    from flows.publish import Store
    from flows.schema import OPS

    if not why.strip():
        raise HearsayError("H109", option="--why", detail="say why: it stays on record")
    chosen, talk = settings.load(database=database), Talk(quiet)
    target = pick_database(database, chosen, talk)
    now = clock.now()
    rows = [{**row, "dismissed_at": now, "dismissed_because": why.strip()} for row in _rows(identifiers, target)]
    with Store(target, now).writing() as writer:
        writer.publish(Changes({"ops.quarantine": pl.DataFrame(rows, schema=OPS["quarantine"])}))
    talk.say(f"{len(rows)} dismissed; `hearsay quarantine replay ID` takes one up again")
    return 0


def _rows(identifiers: Sequence[str], database: Path) -> list[dict[str, Any]]:
    """The rows whose content hash begins with one of the ids; all rows where none is given.

    Raises HearsayError H808 for an id that is nothing's, or several documents'.
    """
    from flows.publish import Store

    found: dict[tuple[str, str], dict[str, Any]] = {}
    with Store(database).reading() as connection:
        for identifier in identifiers or [""]:
            rows = connection.execute(sql_of("commands", "quarantined_rows"), {"id": identifier}).pl().to_dicts()
            n_documents = len({row["content_hash"] for row in rows})
            if identifiers and (not identifier or n_documents != 1):
                raise HearsayError("H808", id=identifier, n="no" if not rows else n_documents)
            found |= {(row["content_hash"], row["stage"]): row for row in rows}
    return list(found.values())


def _told(row: dict[str, Any], chosen: Settings) -> list[tuple[str, object]]:
    from flows.ingest import RawStore

    facts = [(name, value) for name, value in row.items() if name != "detail"]
    facts += json.loads(row["detail"] or "{}").items()
    facts.append(("replay one", f"hearsay quarantine replay {row['content_hash'][:12]}"))
    try:
        data = RawStore(chosen.home).get(row["content_hash"])
    except HearsayError as error:
        return [*facts, ("bytes", error.reason)]
    return [*facts, ("begins", data[:_SHOWN].decode("utf-8", "backslashreplace").replace("\x00", "\\x00"))]
