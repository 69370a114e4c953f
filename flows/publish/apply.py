"""Apply a batch's changes to a database, by key.

Keys are kept here rather than by indexes (see sql/migrations/0001_main.sql): a frame may hold each key once, and a
row whose key stands in the frame leaves the table before the frame goes in.
"""

from __future__ import annotations

import duckdb
import polars as pl

from flows.changes import Changes
from flows.errors import HearsayError
from flows.publish.lookup import HASHED, hash_of
from flows.schema import KEYS, schema_of

_FRAME = "hearsay_frame"


def apply_changes(connection: duckdb.DuckDBPyConnection, changes: Changes) -> None:
    """Delete and upsert, table by table, in the caller's transaction.

    A frame of `deletes` may name any columns of its table: rows that agree with one of its rows in all of them go.
    The caller has called `check`. Raises duckdb.ConstraintException when a row breaks a constraint.
    """
    new = _new_articles(connection, changes)
    for name, frame in changes.deletes.items():
        _delete(connection, name, frame)
    for name, frame in changes.upserts.items():
        if frame.height:
            known = frame.join(new, on="article_id", how="anti") if "article_id" in frame.columns else frame
            _delete(connection, name, known.select(key_of(name)))
            hashes = "".join(f", {hash_of(column)}" for column in HASHED.get(name, ()))
            _with_frame(connection, frame, f"INSERT INTO {name} BY NAME SELECT *{hashes} FROM {_FRAME}")  # noqa: S608


def key_of(name: str) -> list[str]:
    """The key columns of a table by its qualified name."""
    return list(KEYS[name.rpartition(".")[2]])


def check(changes: Changes) -> None:
    """Raise H705 for a key that stands twice in a frame, H706 for a frame that is not in the declared schema."""
    for name, frame in changes.upserts.items():
        declared = schema_of(name)
        if dict(frame.schema) != dict(declared):
            wrong = sorted(set(frame.schema.items()) ^ set(declared.items()), key=str)
            raise HearsayError("H706", table=name, detail=", ".join(f"{column} {kind}" for column, kind in wrong))
        _check_keys(name, frame)


def _check_keys(name: str, frame: pl.DataFrame) -> None:
    keys = frame.select(key_of(name))
    if keys.n_unique() != frame.height:
        examples = keys.filter(keys.is_duplicated()).unique(maintain_order=True).head(3)
        raise HearsayError("H705", table=name, keys="; ".join(str(row) for row in examples.rows()))


def _new_articles(connection: duckdb.DuckDBPyConnection, changes: Changes) -> pl.DataFrame:
    """The articles of the batch that the database has never seen: no row of theirs can be in the way.

    Looking for their keys would read the key columns of whole tables, for nothing: at 600 MB that was two thirds of
    the cost of a batch.
    """
    ids = pl.DataFrame(schema={"article_id": pl.String})
    articles = changes.upserts.get("main.articles")
    if articles is not None and articles.height:
        ids = articles.select("article_id")
        for table in ("main.articles", "history.articles", "work.versions"):
            connection.register(_FRAME, ids.to_arrow())
            sql = f"SELECT article_id FROM {_FRAME} ANTI JOIN {table} USING (article_id)"  # noqa: S608
            ids = connection.execute(sql).pl()
            connection.unregister(_FRAME)
    return ids


def _delete(connection: duckdb.DuckDBPyConnection, name: str, keys: pl.DataFrame) -> None:
    if not keys.height or not keys.width:
        return
    same = " AND ".join(f"rows.{column} = gone.{column}" for column in keys.columns)
    _with_frame(connection, keys.unique(), f"DELETE FROM {name} AS rows USING {_FRAME} AS gone WHERE {same}")  # noqa: S608


def _with_frame(connection: duckdb.DuckDBPyConnection, frame: pl.DataFrame, sql: str) -> None:
    connection.register(_FRAME, frame.to_arrow())
    try:
        connection.execute(sql)
    finally:
        connection.unregister(_FRAME)
