"""Bring a database to this version's schema: numbered migrations, the mirror of `main` in `history`, the views."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from flows import clock
from flows.errors import HearsayError
from flows.resources import sql_dir

VIEWS = 0  # the number under which the views' hash is recorded


class Migration(NamedTuple):
    """A numbered file of sql/migrations."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(folder: Path | None = None) -> list[Migration]:
    """The migrations in order. Their numbers run from 1 without gaps (tested)."""
    files = sorted((folder or sql_dir() / "migrations").glob("[0-9]*.sql"))
    return [Migration(int(file.name.partition("_")[0]), file.stem, file.read_text(encoding="utf-8")) for file in files]


def migrate(
    connection: duckdb.DuckDBPyConnection, now: datetime | None = None, steps: list[Migration] | None = None
) -> list[str]:
    """Apply what is missing, each migration with its record in one transaction; give the names of those applied.

    Raises H703 when one fails: it leaves nothing behind.
    """
    now = now or clock.now()
    done = _recorded(connection)
    steps = migrations() if steps is None else steps
    missing = [step for step in steps if step.number not in done]
    for step in missing:
        _run(connection, step, now, mirror=step is missing[-1])
    views = _views()
    if done.get(VIEWS) != views.sha256 and (done or missing):
        _run(connection, views, now)
    return [step.name for step in missing]


def is_behind(recorded: Mapping[int, str]) -> bool:
    """Whether a database that records these steps (number, sha256) lacks tables or views that `migrate` would give it.

    One that a later version has migrated further is not behind.
    """
    known = {VIEWS, *(step.number for step in migrations())}
    return recorded.keys() <= known and (recorded.keys() < known or recorded[VIEWS] != _views().sha256)


def _views() -> Migration:
    return Migration(VIEWS, "views", _view_sql())


def _run(connection: duckdb.DuckDBPyConnection, step: Migration, now: datetime, *, mirror: bool = False) -> None:
    connection.execute("BEGIN")
    try:
        connection.execute(step.sql)
        if mirror:
            _mirror_history(connection)
        connection.execute("DELETE FROM ops.migrations WHERE number = ?", [step.number])
        connection.execute("INSERT INTO ops.migrations VALUES (?, ?, ?, ?)", [step.number, step.name, step.sha256, now])
        connection.execute("COMMIT")
    except duckdb.Error as error:
        connection.execute("ROLLBACK")
        raise HearsayError("H703", number=f"{step.number:04d}", detail=str(error).splitlines()[0]) from error


def _recorded(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    known = "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'ops' AND table_name = 'migrations'"
    if not _one(connection, known):
        return {}
    return dict(connection.execute("SELECT number, sha256 FROM ops.migrations").fetchall())


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _view_sql() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted((sql_dir() / "views").glob("*.sql")))


def _mirror_history(connection: duckdb.DuckDBPyConnection) -> None:
    """Give `history` every table and column of `main`, without its constraints, with its comments."""
    wanted = (sql_dir() / "history_mirror.sql").read_text(encoding="utf-8")
    connection.execute("\n".join(row[0] for row in connection.execute(wanted).fetchall()))
