"""The canonical export: what "the same tables" means everywhere.

Each published table as JSON Lines, sorted by key, without what differs from run to run: columns named `*_at` and
`run_id`. The same published tables give the same bytes, whatever the machine, the time zone or the order of input.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb

from flows.publish.files import write_durably
from flows.schema import KEYS, TABLES

_CHUNK = 10_000


def export_canonical(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Write one file a table into `folder`, each beside and renamed; give the files. UTF-8, dates in ISO 8601."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for table in sorted(TABLES):
        file = folder / f"{table}.jsonl"
        write_durably(file, "".join(_lines(connection, table)).encode())
        files.append(file)
    return files


def columns_of(table: str) -> list[str]:
    """The columns that count, in alphabetical order."""
    return sorted(name for name in TABLES[table] if not name.endswith("_at") and name != "run_id")


def _lines(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    columns = columns_of(table)
    key = ", ".join(KEYS[table])
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM main.{table} ORDER BY {key}")  # noqa: S608
    while some := rows.fetchmany(_CHUNK):
        for row in some:
            cells = {name: _plain(value) for name, value in zip(columns, row, strict=True)}
            yield json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
