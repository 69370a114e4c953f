"""Give an article the day that other reports support: its own rows are read again from that day.

Which rows hang on the unknown today of an article without a date is kept in work.day_offsets, so that the layers
that decide on dates see the article as it stands without one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from flows.records import CleanArticle, Document, Segment
from flows.resolve.state import State, column, frame_of

Read = Mapping[str, pl.DataFrame]
Reader = Callable[[CleanArticle, Sequence[date | None]], list[Read]]

# A today for each weekday, Monday first, nine weeks apart: what moves with all of them is no fixed date.
ASSUMED: Final = tuple(date(2001, 1, 1) + timedelta(days=64 * step) for step in range(7))
FAR: Final = 14  # days: what lies further from today is not told by it
HANGING: Final = (
    ("claims", "claim_id", "said_on", "said_on"),
    ("events", "event_id", "starts_on", "ends_on"),
    ("dates", "date_id", "starts_on", "ends_on"),
)
# Table, key, and the columns that hang on the article's today.
OF_TODAY: Final = (
    ("dates", "date_id",
     ("timex_type", "value", "edtf", "starts_on", "ends_on", "anchor", "derivation", "score")),
    ("claims", "claim_id", ("said_on", "said_basis")),
    ("events", "event_id", ("starts_on", "ends_on", "date_id")),
)  # fmt: skip


def read_again(article: CleanArticle, days: Sequence[date | None]) -> list[Read]:
    """A Reader with the default model, which is loaded when an article is first read again."""
    from flows.extract.again import read_on
    from flows.extract.nlp import load

    return read_on(article, days, load())


def offsets_of(state: State, articles: Collection[str], reader: Reader) -> dict[str, tuple[int, ...]]:
    """By claim, event and date of `articles`: how far its day lies from today, for a today that is a Monday … a Sunday.

    Rows whose day doesn't hang on today are left out. Articles that were not looked at before are read again.
    """
    known = column(state.rows("day_offsets", "article_id", articles), "article_id")
    for article in stored(state, sorted(set(articles) - known)):
        own, *assumed = reader(article, [None, *ASSUMED])
        state.put("day_offsets", frame_of("day_offsets", _hanging(article.article_id, own, assumed)))
    rows = state.rows("day_offsets", "article_id", articles)
    return {
        row_id: tuple(offsets)
        for row_id, offsets in rows.select("row_id", "offsets").iter_rows()
        if offsets is not None
    }


def _hanging(article_id: str, own: Read, assumed: Sequence[Read]) -> Iterator[dict[str, Any]]:
    yield {"article_id": article_id, "table_name": "articles", "row_id": article_id}
    for table, key, first, last in HANGING:
        here = _days(own[table], key, first, last)
        there = [_days(read[table], key, first, last) for read in assumed]
        for row_id, day in sorted(here.items()):
            days = [read.get(row_id) for read in there]
            if all(found == day for found in days):
                continue
            offsets = [
                (found - today).days if found is not None else FAR + 1
                for found, today in zip(days, ASSUMED, strict=True)
            ]
            near = all(abs(offset) <= FAR for offset in offsets)
            yield {
                "article_id": article_id,
                "table_name": table,
                "row_id": row_id,
                "own_on": day,
                "offsets": offsets if near else None,
            }


def _days(rows: pl.DataFrame, key: str, first: str, last: str) -> dict[str, date | None]:
    """The one day of each row; None where there is none, or a stretch of days."""
    listed = zip(rows[key], rows[first], rows[last], strict=True)
    return {row_id: start if start == end else None for row_id, start, end in listed}


def set_day(state: State, days: Mapping[str, date | None], reader: Reader) -> None:
    """Let `days` be the dates of articles that have none of their own, and read each again from its day."""
    for article in stored(state, sorted(days)):
        day = days[article.article_id]
        (read,) = reader(article, [day])
        for table, key, columns in OF_TODAY:
            own = state.rows(table, "article_id", {article.article_id})
            found = read[table].select(key, *(pl.col(name).alias(f"new_{name}") for name in columns))
            both = own.join(found.with_columns(is_read=True), on=key, how="left")
            now = (pl.when("is_read").then(f"new_{name}").otherwise(name).alias(name) for name in columns)
            state.put(table, both.with_columns(now))
        row = state.rows("articles", "article_id", {article.article_id})
        basis = pl.lit("none" if day is None else "story")
        state.put("articles", row.with_columns(published_on=day, published_basis=basis, reference_on=day))


def stored(state: State, articles: Sequence[str]) -> Iterator[CleanArticle]:
    """Published articles as they were read: their text and segments, without the raw text between segments."""
    rows = state.rows("articles", "article_id", articles)
    for row in rows.iter_rows(named=True):
        cells = state.rows("segments", "article_id", {row["article_id"]}).sort("ordinal")
        document = Document(
            row["document_id"], row["external_id"] or "", "", "", row["content_hash"], text="", url=row["url"]
        )
        yield CleanArticle(
            document=document,
            article_id=row["article_id"],
            title=row["title"],
            authors=tuple(row["authors"] or ()),
            outlet=None,
            language=row["language"],
            published_on=None,
            published_basis="none",
            reference_on=None,
            raw_text="",
            text=row["text"],
            segments=tuple(
                Segment(
                    cell["ordinal"], cell["kind"], cell["kept"], cell["raw_start"], cell["raw_end"],
                    cell["start_char"], cell["end_char"], cell["text"],
                )
                for cell in cells.iter_rows(named=True)
            ),
        )  # fmt: skip
