"""Find published rows by the values of a column, at a cost that hardly grows with the table.

The tables have no indexes (see sql/migrations/0001_main.sql), and DuckDB 1.5 decodes every column that a query names
for all rows, also where nothing matches: 0.13 s for `FROM main.articles SEMI JOIN …` at 1 GB, 0.004 s for the ids
alone. So the column is read by itself, and whole rows only around those found. What a batch touches lies together,
because news is mostly about the news of the same days. A small table is read in one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import duckdb
import polars as pl

# Rows are stored in groups of 122,880; what lies farther apart than half of that is fetched separately.
_GAP: Final = 61_440
_SMALL: Final = 2_048  # rows that DuckDB decodes at once
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
    size = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    using, common = _parted(wanted)
    conditions = [f"{name} = {value}" for name, value in common.items()] + ([f"{told} IS NOT NULL"] if told else [])
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    these = f"FROM {table} SEMI JOIN {_WANTED} USING ({', '.join(using.columns)}){where}"
    connection.register(_WANTED, using.to_arrow())
    try:
        is_narrow = 0 < len(columns) <= _NARROW and _LONG.isdisjoint(columns)
        if is_narrow or (size is not None and size[0] <= _SMALL):
            return connection.execute(f"SELECT {named} {these}").pl()
        found = connection.execute(f"SELECT rowid AS place {these}").pl()
    finally:
        connection.unregister(_WANTED)
    if found.is_empty():
        return connection.execute(f"SELECT {named} FROM {table} LIMIT 0").pl()  # noqa: S608
    stretches = [_fetch(connection, table, places, named) for places in _stretches(found.get_column("place").sort())]
    return pl.concat(stretches)


def _parted(wanted: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, str]]:
    """The columns by which to join, and the strings, as SQL writes them, that all rows of `wanted` have in common.

    By these DuckDB passes over the groups of rows that lack them: keys of other layers.
    """
    strings = [name for name in wanted.columns[1:] if wanted.schema[name] == pl.String()]
    common = [name for name in strings if wanted.get_column(name).n_unique() == 1 and wanted.item(0, name) is not None]
    written = {name: "'" + wanted.item(0, name).replace("'", "''") + "'" for name in common}
    return wanted.drop(common), written


def _stretches(places: pl.Series) -> list[pl.Series]:
    """Cut sorted places where the gaps are wide."""
    number = (places.diff().fill_null(0) > _GAP).cast(pl.Int64).cum_sum().alias("stretch")
    parts = pl.DataFrame([places, number]).partition_by("stretch", maintain_order=True)
    return [part.get_column("place") for part in parts]


def _fetch(connection: duckdb.DuckDBPyConnection, table: str, places: pl.Series, named: str) -> pl.DataFrame:
    connection.register(_FOUND, places.to_frame().to_arrow())
    try:
        near = f"{table}.rowid BETWEEN {places[0]} AND {places[-1]}"
        sql = f"SELECT {named} FROM {table} SEMI JOIN {_FOUND} ON {table}.rowid = {_FOUND}.place WHERE {near}"  # noqa: S608
        return connection.execute(sql).pl()
    finally:
        connection.unregister(_FOUND)
