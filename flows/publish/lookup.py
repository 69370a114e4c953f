"""Find published rows by the values of a column, at a cost that hardly grows with the table.

The tables have no indexes (see sql/migrations/0001_main.sql), and DuckDB 1.5 decodes every column that a query names
for all rows, also where nothing matches: 0.13 s for `FROM main.articles SEMI JOIN …` at 1 GB, 0.004 s for the ids
alone. So the column is read by itself, and whole rows by their places: with SETTINGS DuckDB decodes only the vectors
that hold one, 0.003 s for three rows of two million and 0.1 s for all columns of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import duckdb
import polars as pl

SETTINGS: Final = {"dynamic_or_filter_threshold": "4096"}
"""What a connection needs to pass over the vectors that hold none of so many rows; DuckDB does it for 50 by itself."""

_VECTOR: Final = 2_048  # rows that DuckDB decodes at once
_NARROW: Final = 6  # columns that cost no more to read for all rows than to find and fetch, but those of _LONG
_LONG: Final = frozenset({"text", "content"})
_WANTED: Final = "hearsay_wanted"
_FOUND: Final = "hearsay_found"


def rows_by(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    wanted: pl.DataFrame,
    columns: Sequence[str] = (),
    told: str | None = None,
) -> pl.DataFrame:
    """The rows of `table` (a qualified name) that agree with a row of `wanted` in all its columns.

    They come in any order and in DuckDB's types, with all columns or those named in `columns`; with `told` only those
    of which that column isn't null. Nothing may write to the table meanwhile: rows are found and fetched in two steps.
    """
    named = ", ".join(columns) or "*"
    using, common = _parted(wanted)
    conditions = [f"{name} = {value}" for name, value in common.items()] + ([f"{told} IS NOT NULL"] if told else [])
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    these = f"FROM {table} SEMI JOIN {_WANTED} USING ({', '.join(using.columns)}){where}"
    connection.register(_WANTED, using.to_arrow())
    try:
        n_vectors = -(-_count(connection, table) // _VECTOR)
        is_narrow = 0 < len(columns) <= _NARROW and _LONG.isdisjoint(columns)
        if n_vectors <= 1 or (is_narrow and using.height > n_vectors):
            return connection.execute(f"SELECT {named} {these}").pl()
        found = connection.execute(f"SELECT rowid AS place {these}")
        connection.register(_FOUND, found.to_arrow_table())
        return connection.execute(
            f"SELECT {named} FROM {table} SEMI JOIN {_FOUND} ON {table}.rowid = {_FOUND}.place"  # noqa: S608
        ).pl()
    finally:
        connection.unregister(_WANTED)
        connection.unregister(_FOUND)


def _parted(wanted: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, str]]:
    """The columns by which to join, and the strings, as SQL writes them, that all rows of `wanted` have in common.

    By these DuckDB passes over the groups of rows that lack them: keys of other layers.
    """
    strings = [name for name in wanted.columns[1:] if wanted.schema[name] == pl.String()]
    common = [name for name in strings if wanted.get_column(name).n_unique() == 1 and wanted.item(0, name) is not None]
    written = {name: "'" + wanted.item(0, name).replace("'", "''") + "'" for name in common}
    return wanted.drop(common), written


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return found[0] if found else 0
