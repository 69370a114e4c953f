"""`hearsay prune`: what is old, and what killed runs left, goes; what was published stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from flows import clock, ledger, settings
from flows.ask import formats
from flows.changes import Changes
from flows.commands.ask import pick_database
from flows.console import Talk
from flows.publish import Store
from flows.settings import Settings

_HALF_WRITTEN: Final = re.compile(r"\.[0-9a-f]{64}\.gz\.\d+")
_SURELY_LEFT: Final = 86_400  # seconds since a half-written file was touched: no run is at it any more


@dataclass(frozen=True)
class Gone:
    """One kind of thing that goes, how many, and how much room on the disk they take (0: none of their own)."""

    what: str
    n: int
    n_bytes: int = 0


def prune(database: Path | None, days: int | None, dry_run: bool, form: str | None, quiet: bool) -> int:
    """Take away what is old, or with `dry_run` only tell; a row for each kind."""
    import pyarrow as pa

    chosen, talk = settings.load(database=database), Talk(quiet)
    keep_days = chosen.keep_days if days is None else days
    target = pick_database(database, chosen, talk)
    found = [*_books(target, keep_days, dry_run), *_left(target, chosen, dry_run)]
    rows = [{"what": one.what, "n": one.n, "bytes": one.n_bytes} for one in found]
    schema = pa.schema([("what", pa.string()), ("n", pa.int64()), ("bytes", pa.int64())])
    formats.write(pa.Table.from_pylist(rows, schema=schema), form)
    talk.say("nothing was taken away: --dry-run" if dry_run else f"older than {keep_days} days, or left by a kill")
    return 0


def _books(database: Path, keep_days: int, dry_run: bool) -> Iterator[Gone]:
    """Runs, batches and checks. Published as one step, as all changes are."""
    now = clock.now()
    if dry_run:
        with Store(database).reading() as connection:
            yield from _counted(connection, ledger.outdated(connection, now, keep_days))
        return
    with Store(database, now).writing() as writer:
        old = ledger.outdated(writer.connection, now, keep_days)
        found = list(_counted(writer.connection, old))
        if old:
            writer.publish(Changes({}, old))
    yield from found


def _counted(connection: duckdb.DuckDBPyConnection, old: dict[str, pl.DataFrame]) -> Iterator[Gone]:
    for table in ("ops.runs", "ops.batches", "ops.checks"):
        n = 0
        if table in old:
            connection.register("old_runs", old[table].to_arrow())
            row = connection.execute(f"SELECT count(*) FROM {table} SEMI JOIN old_runs USING (run_id)").fetchone()  # noqa: S608
            connection.unregister("old_runs")
            n = int(row[0]) if row else 0
        yield Gone(f"rows of {table}", n)


def _left(database: Path, chosen: Settings, dry_run: bool) -> Iterator[Gone]:
    """What killed commands left beside the database and among the bytes."""
    beside = Store(database.with_name(f"{database.name}.rebuilt"))
    files = [file for file in beside.places.folder.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    if files and not dry_run:
        with Store(database).writing():  # a rebuild that is under way has it
            beside.remove()
    yield Gone("unfinished rebuilds", int(bool(files)), size)
    halves = [file for file in (chosen.home / "raw").glob("??/.*") if _is_left(file)]
    size = sum(file.stat().st_size for file in halves)
    for file in [] if dry_run else halves:
        file.unlink(missing_ok=True)
    yield Gone("half-written raw files", len(halves), size)


def _is_left(file: Path) -> bool:
    age = clock.now().timestamp() - file.stat().st_mtime
    return _HALF_WRITTEN.fullmatch(file.name) is not None and age > _SURELY_LEFT
