"""Find published rows by the values of a column, at a cost that hardly grows with the table.

The tables have no indexes (see sql/migrations/0001_main.sql), and DuckDB 1.5 decodes every column that a query names
for all rows, also where nothing matches: 0.13 s for `FROM main.articles SEMI JOIN …` at 1 GB, 0.004 s for the ids
alone. So the column is read by itself, and whole rows by their places: with SETTINGS DuckDB decodes only the vectors
that hold one, 0.003 s for three rows of two million and 0.1 s for all columns of all.

Of the tables that are asked most (HASHED) not the ids are read but 64-bit hashes of them, which stand in columns of
their own: ids of two million rows take 0.02 s, their hashes 0.004 s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import duckdb
import polars as pl

SETTINGS: Final = {"dynamic_or_filter_threshold": "4096"}
"""What a connection needs to pass over the vectors that hold none of so many rows; DuckDB does it for 50 by itself."""

HASHED: Final = {
    "work.entities": ("entity_id",),
    "work.entity_rows": ("entity_id", "row_id"),
    "work.keys": ("key", "member_id"),
}
"""The columns, by qualified table, beside which stands one with hashes of them (see `hash_of`)."""

_VECTOR: Final = 2_048  # rows that DuckDB decodes at once
_NARROW: Final = 6  # columns that cost no more to read for all rows than to find and fetch, but those of _LONG
_LONG: Final = frozenset({"text", "content"})
_WANTED: Final = "hearsay_wanted"
_FOUND: Final = "hearsay_found"
_HIDDEN: Final = "hearsay_hidden"
_BESIDE: Final = "hearsay_beside"


def rows_by(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    wanted: pl.DataFrame,
    columns: Sequence[str] = (),
    told: str | None = None,
    lying: Mapping[str, int] | None = None,
    within: tuple[str, int, int] | None = None,
) -> pl.DataFrame:
    """The rows of `table` (a qualified name) that agree with a row of `wanted` in all its columns.

    They come in any order and in DuckDB's types, with all columns or those named in `columns`; with `told` only those
    of which that column isn't null, with `within` those of which the column is null or from the first number to the
    last. Nothing may write to the table meanwhile: rows are found and fetched in two steps. `lying` are the `heights`
    of the tables, from those who ask often.
    """
    named = ", ".join(columns) or "*"
    using, common = _parted(wanted)
    conditions = [f"{name} = {value}" for name, value in common.items()] + ([f"{told} IS NOT NULL"] if told else [])
    conditions += ["({0} IS NULL OR {0} BETWEEN {1} AND {2})".format(*within)] if within else []
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    exactly = f"SEMI JOIN {_WANTED} USING ({', '.join(using.columns)})"
    connection.register(_WANTED, using.to_arrow())
    try:
        n_vectors = -(-(lying or heights(connection)).get(table, 0) // _VECTOR)  # a view has none
        is_narrow = 0 < len(columns) <= _NARROW and _LONG.isdisjoint(columns)
        if n_vectors <= 1 or (is_narrow and using.height > n_vectors):
            return connection.execute(f"SELECT {named} FROM {table} {exactly}{where}").pl()  # noqa: S608
        finding = f"SELECT rowid AS place FROM {table} {_by_hashes(table, using) or exactly}{where}"  # noqa: S608
        connection.register(_FOUND, connection.execute(finding).to_arrow_table())
        there = f"SEMI JOIN {_FOUND} ON {table}.rowid = {_FOUND}.place"
        return connection.execute(f"SELECT {named} FROM {table} {there} {exactly}").pl()  # noqa: S608
    finally:
        connection.unregister(_WANTED)
        connection.unregister(_FOUND)


def hash_of(column: str) -> str:
    """The SQL of the hash of a column of HASHED, with the name of the column in which it stands."""
    return f"md5_number_lower({column}) AS {column}_hash"


def _by_hashes(table: str, wanted: pl.DataFrame) -> str:
    """The join with the rows that are wanted by hashes, where the table has them: what is found is compared after."""
    hashed = HASHED.get(table, ())
    if set(hashed).isdisjoint(wanted.columns):
        return ""
    told = ", ".join(hash_of(name) if name in hashed else name for name in wanted.columns)
    using = ", ".join(f"{name}_hash" if name in hashed else name for name in wanted.columns)
    return f"SEMI JOIN (SELECT {told} FROM {_WANTED}) AS {_WANTED}_hashes USING ({using})"  # noqa: S608


def summed_by(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    wanted: pl.DataFrame,
    query: str,
    hidden: Sequence[pl.DataFrame],
    beside: pl.DataFrame,
) -> pl.DataFrame:
    """What `query` makes of `these`: the rows of `table` that agree with one of `wanted`, counted where they lie.

    `these` have the columns of `beside`, whose rows are among them; those of `table` that agree with a row of one of
    `hidden` are not.
    """
    named = ", ".join(beside.columns)
    without = {f"{_HIDDEN}_{number}": frame for number, frame in enumerate(hidden) if not frame.is_empty()}
    anti = "".join(f" ANTI JOIN {name} USING ({', '.join(frame.columns)})" for name, frame in without.items())
    found = f"(FROM {table} {by_hashes})" if (by_hashes := _by_hashes(table, wanted)) else table
    exactly = f"SEMI JOIN {_WANTED} USING ({', '.join(wanted.columns)})"
    here = f"SELECT {named} FROM {found} {exactly}{anti}"  # noqa: S608
    registered = {_WANTED: wanted, _BESIDE: beside, **without}
    for name, frame in registered.items():
        connection.register(name, frame.to_arrow())
    try:
        return connection.execute(
            f"WITH these AS MATERIALIZED ({here} UNION ALL SELECT {named} FROM {_BESIDE}) {query}"  # noqa: S608
        ).pl()
    finally:
        for name in registered:
            connection.unregister(name)


def _parted(wanted: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, str]]:
    """The columns by which to join, and the strings, as SQL writes them, that all rows of `wanted` have in common.

    By these DuckDB passes over the groups of rows that lack them: keys of other layers.
    """
    strings = [name for name in wanted.columns[1:] if wanted.schema[name] == pl.String()]
    common = [name for name in strings if wanted.get_column(name).n_unique() == 1 and wanted.item(0, name) is not None]
    written = {name: "'" + wanted.item(0, name).replace("'", "''") + "'" for name in common}
    return wanted.drop(common), written


def heights(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows lie in each table, by qualified name, with those that were deleted and still lie there.

    Counting those that are live takes longer the more there are of the others.
    """
    told = "SELECT schema_name || '.' || table_name, estimated_size FROM duckdb_tables()"
    return dict(connection.execute(f"{told} WHERE database_name = current_database()").fetchall())
