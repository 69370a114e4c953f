"""Stage a batch: a database in memory with the batch's rows and what of the published ones they lean on.

Tables of the same names as in `main` hold the rows of the batch, and of every published article that the batch
touches all other rows too, as they would be, that an audit compares with those touched: an article of which mentions
alone change is not fetched with its claims. Beside them: `known` (table_name, id) has the ids that rows may refer to,
`known_articles` (article_id, text) the texts that spans are cut from, `live_versions` (document_id, article_id) the
versions that would be live.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import polars as pl

from flows.changes import Changes
from flows.publish.lookup import rows_by
from flows.schema import KEYS, TABLES
from flows.validate.compared import compared
from flows.validate.rules import references

_PLAIN: dict[str, Any] = {"python_enable_replacements": False}


def stage(published: duckdb.DuckDBPyConnection, batch: Changes) -> duckdb.DuckDBPyConnection:
    """Stage a batch beside the published rows that `published` gives. The caller closes the connection."""
    frames = {table: _upserts(batch, table) for table in TABLES}
    for group in compared():
        frames |= _whole(published, batch, {table: frames[table] for table in group})
    staging = duckdb.connect(":memory:", config=_PLAIN)
    for table, frame in frames.items():
        put(staging, table, frame)
    put(staging, "known", _known(published, batch, frames))
    put(staging, "known_articles", _texts(published, frames))
    put(staging, "live_versions", _live_versions(published, batch, frames["articles"]))
    return staging


def put(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Make a table (a temporary one would not be seen by other cursors) of a frame."""
    connection.register("incoming", frame.to_arrow())
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM incoming")
    connection.unregister("incoming")


def look_up(connection: duckdb.DuckDBPyConnection, sql: str, schema: pl.Schema, **frames: pl.DataFrame) -> pl.DataFrame:
    """Run a query that may name the frames given; nothing is run when the first of them is empty."""
    if not next(iter(frames.values())).height:
        return pl.DataFrame(schema=schema)
    for name, frame in frames.items():
        connection.register(name, frame.to_arrow())
    try:
        found = connection.execute(sql).pl()
    finally:
        for name in frames:
            connection.unregister(name)
    return found.select(pl.col(column).cast(kind) for column, kind in schema.items())


def _upserts(batch: Changes, table: str) -> pl.DataFrame:
    frame = batch.upserts.get(f"main.{table}")
    return pl.DataFrame(schema=TABLES[table]) if frame is None else frame.select(TABLES[table].names())


def _deletes(batch: Changes, table: str) -> pl.DataFrame | None:
    frame = batch.deletes.get(f"main.{table}")
    return frame if frame is not None and frame.height else None


def _whole(
    published: duckdb.DuckDBPyConnection, batch: Changes, group: dict[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The rows of tables that audits compare, with the others of the published articles and things they tell of."""
    here = {table: frame for table, frame in group.items() if "article_id" in frame.columns}
    touched = [frame.select("article_id") for frame in here.values()] + _bereft(published, batch, here)
    if not touched or not any(frame.height for frame in (*group.values(), *touched)):
        return group
    articles = pl.concat(touched).unique().drop_nulls()
    sql = "SELECT article_id FROM main.articles SEMI JOIN ids USING (article_id)"
    wanted = [look_up(published, sql, pl.Schema({"article_id": pl.String()}), ids=articles)]
    wanted += [group[table].select(KEYS[table]).unique() for table in group.keys() - here.keys()]
    return group | {table: pl.concat([frame, *_rest(published, batch, table, wanted)]) for table, frame in here.items()}


def _bereft(published: duckdb.DuckDBPyConnection, batch: Changes, tables: Iterable[str]) -> list[pl.DataFrame]:
    """The articles of which the batch takes rows away."""
    gone = {table: rows for table in tables if (rows := _deletes(batch, table)) is not None}
    schema = pl.Schema({"article_id": pl.String()})
    return [
        look_up(
            published,
            f"SELECT DISTINCT article_id FROM main.{table} SEMI JOIN gone USING ({', '.join(rows.columns)})",  # noqa: S608
            schema,
            gone=rows,
        )
        for table, rows in gone.items()
    ]


def _rest(
    published: duckdb.DuckDBPyConnection, batch: Changes, table: str, wanted: Sequence[pl.DataFrame]
) -> list[pl.DataFrame]:
    """The published rows that agree with some of `wanted`, and that the batch neither writes nor takes away."""
    asked = [ids for ids in wanted if ids.height and ids.columns[0] in TABLES[table]]
    found = [rows_by(published, f"main.{table}", ids) for ids in asked]
    rest = [rows.select(pl.col(column).cast(kind) for column, kind in TABLES[table].items()) for rows in found]
    return [_kept(pl.concat(rest).unique(KEYS[table]), batch, table)] if rest else []


def _kept(rows: pl.DataFrame, batch: Changes, table: str) -> pl.DataFrame:
    keys = list(KEYS[table])
    rows = rows.join(_upserts(batch, table).select(keys), on=keys, how="anti")
    gone = _deletes(batch, table)
    return rows if gone is None else rows.join(gone, on=gone.columns, how="anti")


def _kept_ids(published: duckdb.DuckDBPyConnection, batch: Changes, table: str, wanted: pl.DataFrame) -> pl.DataFrame:
    """Of the rows that agree with `wanted` and stay: its columns, the key, and the columns that deletes name.

    Whole rows would be decoded for the whole table, text and all (flows.publish.lookup).
    """
    gone = _deletes(batch, table)
    columns = list(dict.fromkeys([*KEYS[table], *wanted.columns, *(gone.columns if gone is not None else ())]))
    schema = pl.Schema({column: TABLES[table][column] for column in columns})
    using = ", ".join(wanted.columns)
    sql = f"SELECT {', '.join(columns)} FROM main.{table} SEMI JOIN wanted USING ({using})"  # noqa: S608
    return _kept(look_up(published, sql, schema, wanted=wanted), batch, table)


def _known(published: duckdb.DuckDBPyConnection, batch: Changes, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The ids that exist among those which the staged rows refer to."""
    wanted: dict[str, list[pl.DataFrame]] = {}
    for table, column, target in references():
        wanted.setdefault(target, []).append(frames[table].select(pl.col(column).alias("id")))
    known = [
        _existing(published, batch, frames, target, pl.concat(ids).unique().drop_nulls())
        for target, ids in wanted.items()
    ]
    return pl.concat(known)


def _existing(
    published: duckdb.DuckDBPyConnection,
    batch: Changes,
    frames: dict[str, pl.DataFrame],
    target: str,
    ids: pl.DataFrame,
) -> pl.DataFrame:
    key = KEYS[target][0]
    here = frames[target].select(pl.col(key).alias("id")).unique()
    missing = ids.join(here, on="id", how="anti")
    there = _kept_ids(published, batch, target, missing.rename({"id": key}))
    both = pl.concat([here, there.select(pl.col(key).alias("id"))])
    return both.select(pl.lit(target).alias("table_name"), "id")


def _texts(published: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The texts of all articles that staged rows have spans in."""
    named = [frame.select("article_id") for frame in frames.values() if "article_id" in frame.columns]
    named.append(frames["passages"].select(pl.col("other_article_id").alias("article_id")))
    here = frames["articles"].select("article_id", "text")
    missing = pl.concat(named).unique().drop_nulls().join(here, on="article_id", how="anti")
    there = rows_by(published, "main.articles", missing, here.columns)
    return pl.concat([here, there.cast(dict(here.schema))])  # type: ignore[arg-type]


def _live_versions(published: duckdb.DuckDBPyConnection, batch: Changes, articles: pl.DataFrame) -> pl.DataFrame:
    here = articles.select("document_id", "article_id")
    there = _kept_ids(published, batch, "articles", here.select("document_id").unique())
    return pl.concat([here, there.select("document_id", "article_id")]).unique()
