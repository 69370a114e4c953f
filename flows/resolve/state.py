"""What the layers of the resolver read and write: the published tables with one batch laid over them.

The published rows stay in DuckDB; the batch and all that the layers change live in an overlay of Polars frames.
A layer asks for rows by column value and sees both as one table; nothing is written until `changes`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import duckdb
import polars as pl

from flows.changes import Changes
from flows.publish.lookup import heights, rows_by, summed_by
from flows.schema import KEYS, TABLES, WORK

_OF_TEXT: Final = ("entities", "mentions", "dates", "claims", "events", "figures")  # rows read from a text, with an id


class State:
    """The published tables plus an overlay.

    `connection` reads a database as published so far; it is never written to. Names are those of flows.schema,
    without the SQL schema. Nothing may be published while a state is in use.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._written: dict[str, pl.DataFrame] = {}
        self._gone: dict[str, pl.DataFrame] = {}
        self._known: dict[tuple[str, ...], tuple[pl.DataFrame, pl.DataFrame]] = {}  # values asked for, rows found
        self._heights: dict[str, int] = {}  # how many rows lie in each table
        self._new: dict[str, pl.DataFrame] = {}  # by column, the ids of articles that were never published

    def note_new(self, articles: Collection[str]) -> None:
        """Learn that nothing of `articles`, whose rows are written, is published: their ids are not looked for.

        All that is read from the text of an article has ids that no other article has.
        """
        of_articles = pl.DataFrame({"article_id": sorted(articles)}, {"article_id": pl.String()})
        ids = {"article_id": of_articles.get_column("article_id")}
        for table in _OF_TEXT:
            key = KEYS[table][0]
            ids[key] = self.written(table).join(of_articles, on="article_id", how="semi").get_column(key)
        ids |= {
            "other_article_id": ids["article_id"],
            **dict.fromkeys(("row_id", "member_id"), pl.concat(ids.values())),
        }
        self._new = {name: series.alias(name).to_frame() for name, series in ids.items()}

    def rows(
        self,
        table: str,
        column: str,
        values: Collection[str] | Collection[int],
        only: Collection[str] = (),
        layer: str | None = None,
    ) -> pl.DataFrame:
        """The rows of `table` whose `column` is one of `values`, sorted by key; the overlay wins.

        With `only` they have the key, `column` and those columns alone: what long texts cost is spared. Of the keys
        `layer` names the layer: those of others, most of the table, are passed over.
        """
        schema = _narrowed(table, [column], only)
        if not values:
            return pl.DataFrame(schema=schema)
        wanted = pl.DataFrame({column: sorted(values)}, schema={column: schema[column]})
        if layer is not None:
            wanted = wanted.with_columns(layer=pl.lit(layer))
        return self._laid_over(table, wanted, self._published(table, wanted, schema)).sort(KEYS[table])

    def many(
        self,
        table: str,
        wanted: pl.DataFrame,
        only: Collection[str],
        told: str | None = None,
        within: tuple[str, int, int] | None = None,
    ) -> pl.DataFrame:
        """The rows of `table` that agree with one of `wanted`, in any order; the overlay wins.

        For more rows than can be looked at one by one: they have the key, the columns of `wanted` and those of `only`
        alone, and are read anew each time. With `told` only those of which that column isn't null; with `within`
        those of which the column is null or from the first number to the last.
        """
        schema = _narrowed(table, wanted.columns, [*only, told] if told else [*only, *wanted.columns])
        if wanted.is_empty():
            return pl.DataFrame(schema=schema)
        found = self._look_up(table, self._not_new(wanted), schema, told, within)
        rows = self._laid_over(table, wanted, found)
        if within:
            rows = rows.filter(pl.col(within[0]).is_null() | pl.col(within[0]).is_between(*within[1:]))
        return rows.filter(pl.col(told).is_not_null()) if told else rows

    def summed(
        self, table: str, wanted: pl.DataFrame, query: str, only: Collection[str], instead: pl.DataFrame | None = None
    ) -> pl.DataFrame:
        """What `query` (SQL) makes of `these`, the rows of `table` that agree with one of `wanted`; the overlay wins.

        For rows without number of which only sums are told: they are counted where they lie. `these` have the key, the
        columns of `wanted` and those of `only`. Rows of `instead`, with the same columns, take the place of those of
        their key.
        """
        schema, keys = _narrowed(table, wanted.columns, only or wanted.columns), list(KEYS[table])
        beside = self.written(table).join(wanted, on=wanted.columns, how="semi").select(list(schema))
        if instead is not None:
            beside = pl.concat([beside.join(instead, on=keys, how="anti"), instead.select(list(schema))])
        hidden = [self._overlaid(table), *([instead.select(keys)] if instead is not None else [])]
        return summed_by(self._connection, qualified(table), self._not_new(wanted), query, hidden, beside)

    def summed_on_record(
        self, table: str, wanted: pl.DataFrame, query: str, only: Collection[str], but: pl.DataFrame
    ) -> pl.DataFrame:
        """As `summed`, of published rows that the overlay leaves as they are, and that agree with no row of `but`."""
        beside = pl.DataFrame(schema=_narrowed(table, wanted.columns, only or wanted.columns))
        hidden = [self._overlaid(table), but]
        return summed_by(self._connection, qualified(table), self._not_new(wanted), query, hidden, beside)

    def _overlaid(self, table: str) -> pl.DataFrame:
        """The keys of published rows that the overlay holds otherwise."""
        keys = list(KEYS[table])
        gone = self._gone.get(table, pl.DataFrame(schema={key: schema_of(table)[key] for key in keys}))
        return self._not_new(pl.concat([self.written(table).select(keys), gone.select(keys)]).unique())

    def links(self, layer: str) -> pl.DataFrame:
        """All links of a layer as (layer, key, member_id), in any order; the overlay wins.

        They are few, and chains of them are followed step by step: reading them once costs less than many look-ups.
        """
        wanted = pl.DataFrame({"layer": [layer]})
        return self._laid_over(
            "links", wanted, self._published("links", wanted, _narrowed("links", ["layer"], ["key"]))
        )

    def is_empty(self, table: str) -> bool:
        """Whether nothing is published in `table`."""
        found = self._connection.execute(f"SELECT 1 FROM {qualified(table)} LIMIT 1").fetchone()  # noqa: S608
        return found is None

    def every(self, table: str, only: Collection[str]) -> pl.DataFrame:
        """All published rows of `table`, without what the overlay changes: the key and the columns of `only`."""
        schema = _narrowed(table, [], only)
        sql = f"SELECT {', '.join(schema)} FROM {qualified(table)}"  # noqa: S608
        return self._connection.execute(sql).pl().cast(dict(schema))  # type: ignore[arg-type]

    def _laid_over(self, table: str, wanted: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
        """The overlay over the published rows that agree with `wanted`."""
        for overlay in (self._written.get(table), self._gone.get(table)):
            if overlay is not None and not overlay.is_empty():
                published = published.join(overlay, on=list(KEYS[table]), how="anti")
        written = self._written.get(table)
        if written is not None:
            fresh = written.join(wanted, on=wanted.columns, how="semi").select(published.columns)
            published = pl.concat([published, fresh])
        return published

    def _published(self, table: str, wanted: pl.DataFrame, schema: pl.Schema | None = None) -> pl.DataFrame:
        """Published rows that agree with one of `wanted`; what was asked for once is not read again."""
        schema = schema or schema_of(table)
        by = wanted.columns
        question = (table, *by, "of", *schema)
        asked, rows = self._known.get(question, (wanted.clear(), pl.DataFrame(schema=schema)))
        missing = self._not_new(wanted).join(asked, on=by, how="anti")
        if not missing.is_empty():
            rows = pl.concat([rows, self._look_up(table, missing, schema)])
            self._known[question] = pl.concat([asked, missing]), rows
        return rows.join(wanted, on=by, how="semi")

    def _look_up(
        self,
        table: str,
        wanted: pl.DataFrame,
        schema: pl.Schema,
        told: str | None = None,
        within: tuple[str, int, int] | None = None,
    ) -> pl.DataFrame:
        if wanted.is_empty():
            return pl.DataFrame(schema=schema)
        self._heights = self._heights or heights(self._connection)
        found = rows_by(self._connection, qualified(table), wanted, list(schema), told, self._heights, within)
        return found.select(list(schema)).cast(dict(schema))  # type: ignore[arg-type]

    def _not_new(self, wanted: pl.DataFrame) -> pl.DataFrame:
        """Those of `wanted` that may be published."""
        for name in self._new.keys() & set(wanted.columns):
            wanted = wanted.join(self._new[name], on=name, how="anti")
        return wanted

    def written(self, table: str) -> pl.DataFrame:
        """The rows of `table` that the overlay holds so far."""
        return self._written.get(table, pl.DataFrame(schema=schema_of(table)))

    def put(self, table: str, rows: pl.DataFrame) -> None:
        """Write whole rows over those of the same key."""
        if rows.is_empty():
            return
        schema = schema_of(table)
        keys = list(KEYS[table])
        rows = rows.select(list(schema)).cast(dict(schema)).unique(keys, keep="last", maintain_order=True)  # type: ignore[arg-type]
        self._written[table] = pl.concat([self.written(table).join(rows, on=keys, how="anti"), rows])
        if table in self._gone:
            self._gone[table] = self._gone[table].join(rows, on=keys, how="anti")

    def remove(self, table: str, column: str, values: Collection[str]) -> pl.DataFrame:
        """Take away the rows whose `column` is one of `values`, and return them."""
        doomed = self.rows(table, column, values)
        keys = list(KEYS[table])
        if not doomed.is_empty():
            gone = self._gone.get(table)
            added = doomed.select(keys)
            self._gone[table] = added if gone is None else pl.concat([gone, added]).unique(keys)
            self._written[table] = self.written(table).join(doomed, on=keys, how="anti")
        return doomed

    def replace(self, table: str, column: str, values: Collection[str], rows: pl.DataFrame) -> None:
        """Let `rows` be all the rows of `table` whose `column` is one of `values`."""
        self.remove(table, column, values)
        self.put(table, rows)

    def changes(self) -> Changes:
        """The overlay as changes, without rows that are the same as published and deletes of what never was."""
        upserts, deletes = {}, {}
        for table in sorted({*self._written, *self._gone}):
            keys = list(KEYS[table])
            written = self.written(table)
            if not written.is_empty():
                same = self._same_as_published(table, written)
                upserts[qualified(table)] = written.join(same, on=keys, how="anti").sort(_laid_out(table))
            gone = self._gone.get(table)
            if gone is not None and not gone.is_empty():
                deletes[qualified(table)] = self._stored_keys(table, gone).sort(keys)
        return Changes(_filled(upserts), _filled(deletes))

    def _same_as_published(self, table: str, rows: pl.DataFrame) -> pl.DataFrame:
        known = rows
        if table not in ("articles", "versions") and "article_id" in rows.columns:  # new articles have none yet
            ids = rows.select("article_id").unique()
            articles = self._published("articles", ids, _narrowed("articles", [], ["story_id"]))
            known = rows.join(articles, on="article_id", how="semi")
        stored = self._published(table, known.select(_telling(table, known)).unique())
        return (
            _comparable(known)
            .join(_comparable(stored), on=list(schema_of(table)), how="semi", nulls_equal=True)
            .select(KEYS[table])
        )

    def _stored_keys(self, table: str, gone: pl.DataFrame) -> pl.DataFrame:
        stored = self._published(table, gone.select(_telling(table, gone)).unique())
        return gone.join(stored, on=list(KEYS[table]), how="semi")


def _telling(table: str, rows: pl.DataFrame) -> str:
    """The column of the key that tells most apart: the others may hold for much of the table.

    An id tells more than what many share: a key that few of `rows` have may be borne by thousands of those published.
    """
    names = KEYS[table]
    ids = ("member_id",) if "member_id" in names else [name for name in names if name.endswith("_id")] or names
    return max(ids, key=lambda name: rows.get_column(name).n_unique())


def _laid_out(table: str) -> tuple[str, ...]:
    """The columns by which new rows are sorted: where an id alone is the key, those of an article lie together.

    Articles of one story are read together, and rows that lie together are decoded together. Other tables are asked
    for by what their key begins with.
    """
    keys = KEYS[table]
    return ("article_id", *keys) if len(keys) == 1 and "article_id" in schema_of(table) else keys


def _comparable(rows: pl.DataFrame) -> pl.DataFrame:
    """Lists written out, because a join takes no lists; a null stays null and differs from an empty list."""
    lists = [name for name, kind in rows.schema.items() if isinstance(kind, pl.List)]
    return rows.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("\x1f") for name in lists)


def schema_of(table: str) -> pl.Schema:
    """The declared schema of a published table or a table of our own."""
    return TABLES[table] if table in TABLES else WORK[table]


def _narrowed(table: str, by: Collection[str], only: Collection[str]) -> pl.Schema:
    """The schema of the rows that hold the key, the columns of `by` and those of `only`; all of them for none."""
    schema = schema_of(table)
    kept = {*KEYS[table], *by, *only}
    return pl.Schema({name: kind for name, kind in schema.items() if name in kept}) if only else schema


def qualified(table: str) -> str:
    """The name with its SQL schema: "main.claims", "work.keys"."""
    return f"main.{table}" if table in TABLES else f"work.{table}"


def _filled(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {name: frame for name, frame in frames.items() if not frame.is_empty()}


def column(frame: pl.DataFrame, name: str) -> set[str]:
    """The values of a column that are not null, as a set."""
    return set(frame.get_column(name).drop_nulls())


def frame_of(table: str, rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Rows as a frame in the schema of `table`; columns that a row leaves out are null."""
    schema = schema_of(table)
    listed = [[row.get(name) for name in schema] for row in rows]
    return pl.DataFrame(listed, schema=schema, orient="row")
