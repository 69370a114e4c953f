"""What sources gave in the weeks before, staged beside a batch for the thresholds that compare a source with itself.

`past_articles` (article_id, source_name, outlet_id, story_id, first_seen_at, published_on) are the articles of these
sources first seen in the five weeks before the newest of the batch; `past_texts` (article_id, text) the kept
paragraphs of the latest of them, `past_scores` (source_name, score) the scores of their claims; `past_outlets`
(outlet_id) the outlets that were published before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import duckdb
import polars as pl

from flows.ingest.sources import Source
from flows.publish.lookup import rows_by
from flows.schema import DAY, NUM, STR, TIME
from flows.validate.stage import look_up, put

WEEKS: Final = 5  # the week that ends with the batch, and four to compare it with
LATEST: Final = 500  # articles whose paragraphs are compared
COMPARING: Final = (
    "max_repeated_text",
    "min_weekly_volume",
    "max_weekly_volume",
    "max_days_late",
    "max_score_drift",
    "max_new_outlets",
)

_SEEN: Final = pl.Schema({"article_id": STR, "source_name": STR})
_ARTICLES: Final = pl.Schema(
    {
        "article_id": STR,
        "source_name": STR,
        "outlet_id": STR,
        "story_id": STR,
        "first_seen_at": TIME,
        "published_on": DAY,
    }
)
_TEXTS: Final = pl.Schema({"article_id": STR, "text": STR})
_SCORES: Final = pl.Schema({"source_name": STR, "score": NUM})
_OUTLETS: Final = pl.Schema({"outlet_id": STR})


def put_past(
    staging: duckdb.DuckDBPyConnection,
    published: duckdb.DuckDBPyConnection,
    origins: pl.DataFrame,
    sources: Iterable[Source],
) -> None:
    """Stage the past of those sources that have a threshold which compares; of the others nothing is looked up."""
    names = [one.name for one in sources if any(getattr(one.quality, name) is not None for name in COMPARING)]
    if not names:
        return
    mine = origins.filter(pl.col("source_name").is_in(names))
    articles = _articles(staging, published, mine)
    latest = articles.sort("first_seen_at", "article_id").tail(LATEST).select("article_id").unique()
    put(staging, "past_articles", articles)
    put(staging, "past_texts", _texts(published, latest))
    put(staging, "past_scores", _scores(published, articles))
    put(staging, "past_outlets", _outlets(staging, published, mine))


def _articles(
    staging: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection, mine: pl.DataFrame
) -> pl.DataFrame:
    newest = look_up(
        staging,
        "SELECT max(first_seen_at) AS newest FROM articles SEMI JOIN mine USING (article_id)",
        pl.Schema({"newest": TIME}),
        mine=mine,
    )
    if newest.is_empty() or newest.item() is None:
        return pl.DataFrame(schema=_ARTICLES)
    since = newest.item() - timedelta(weeks=WEEKS)
    sql = (
        "SELECT DISTINCT article_id, source_name FROM raw.documents "  # noqa: S608 (a time of ours)
        "SEMI JOIN named USING (source_name) ANTI JOIN mine USING (article_id) "
        "ANTI JOIN (FROM ops.runs WHERE list_has_any(sources, ['backfill', 'quarantine'])) USING (run_id) "
        f"WHERE article_id IS NOT NULL AND first_seen_at >= TIMESTAMPTZ '{since.isoformat()}'"
    )
    named = mine.select("source_name").unique()
    seen = look_up(published, sql, _SEEN, named=named, mine=mine)
    columns = [name for name in _ARTICLES if name != "source_name"]
    rows = rows_by(published, "main.articles", seen.select("article_id").unique(), columns)
    rows = rows.select(pl.col(name).cast(_ARTICLES[name]) for name in columns)
    return seen.join(rows.filter(pl.col("first_seen_at") >= since), on="article_id").select(_ARTICLES.names())


def _texts(published: duckdb.DuckDBPyConnection, latest: pl.DataFrame) -> pl.DataFrame:
    columns = ["article_id", "text", "kept", "kind"]
    rows = rows_by(published, "main.segments", latest, columns)
    return rows.filter(pl.col("kept") & (pl.col("kind") == "body")).select("article_id", "text").cast(dict(_TEXTS))  # type: ignore[arg-type]


def _scores(published: duckdb.DuckDBPyConnection, articles: pl.DataFrame) -> pl.DataFrame:
    rows = rows_by(published, "main.claims", articles.select("article_id").unique(), ["article_id", "score"])
    found = articles.select("article_id", "source_name").join(rows, on="article_id")
    return found.select("source_name", "score").cast(dict(_SCORES))  # type: ignore[arg-type]


def _outlets(
    staging: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection, mine: pl.DataFrame
) -> pl.DataFrame:
    """Those outlets of the batch that published articles other than the batch's own have."""
    sql = "SELECT DISTINCT outlet_id FROM articles SEMI JOIN mine USING (article_id) WHERE outlet_id IS NOT NULL"
    here = look_up(staging, sql, _OUTLETS, mine=mine)
    sql = "SELECT outlet_id FROM (SELECT article_id, outlet_id FROM main.articles SEMI JOIN here USING (outlet_id)) "
    sql += "ANTI JOIN mine USING (article_id) GROUP BY ALL"
    return look_up(published, sql, _OUTLETS, here=here, mine=mine)
