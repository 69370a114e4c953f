"""A source against its own weeks before: what repeats, how much comes, how late, from whom, how sure its claims are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import polars as pl
import pytest
from test_quality import source
from test_validate import batch_of, broken

from flows.changes import Changes
from flows.publish.apply import apply_changes
from flows.publish.migrate import migrate
from flows.schema import schema_of
from flows.validate import ORIGINS, validate

NOW = datetime(2026, 1, 29, 12, tzinfo=UTC)
BEFORE = {number: NOW - timedelta(days=7 * (1 + number % 4)) for number in range(100, 120)}  # five a week
NEW = dict.fromkeys(range(1, 6), NOW)


def articles(seen: dict[int, datetime], days_old: int = 1, **cells: Any) -> Changes:
    """Right articles, first seen at the times given, each a story of its own."""
    batch = batch_of(*seen)
    times = pl.Series([seen[int(one.removeprefix("art_"))] for one in batch.upserts["main.articles"]["article_id"]])
    frame = batch.upserts["main.articles"].with_columns(
        times.cast(pl.Datetime("us", "UTC")).alias("first_seen_at"),
        (times.dt.date() - timedelta(days=days_old)).alias("published_on"),
        story_id=pl.format("sto_{}", "article_id"),
    )
    return replace(batch, upserts={**batch.upserts, "main.articles": frame.with_columns(**cells)})


def scored(batch: Changes, score: float) -> Changes:
    return replace(
        batch,
        upserts={
            **batch.upserts,
            "main.claims": batch.upserts["main.claims"].with_columns(score=pl.lit(score)),
        },
    )


def received(batch: Changes, name: str) -> Changes:
    """The batch as one that came from a source."""
    rows = [
        {
            "document_id": row["document_id"], "content_hash": row["content_hash"], "article_id": row["article_id"],
            "source_name": name, "location": "a.txt", "n_bytes": 1, "run_id": "run_0",
            "first_seen_at": row["first_seen_at"], "last_seen_at": row["first_seen_at"],
        }
        for row in batch.upserts["main.articles"].to_dicts()
    ]  # fmt: skip
    return Changes({**batch.upserts, "raw.documents": pl.DataFrame(rows, schema=schema_of("raw.documents"))})


@pytest.fixture
def published() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        yield connection


def told(published: duckdb.DuckDBPyConnection, batch: Changes, **quality: float) -> list[str]:
    """The thresholds that a batch of desk's breaks."""
    ids = batch.upserts["main.articles"]["article_id"]
    origins = pl.DataFrame({"article_id": ids, "source_name": ["desk"] * len(ids)}, schema=ORIGINS)
    result = validate(published, batch, origins, [source(**quality)])
    return [name.removeprefix("quality: desk ") for _, name in broken(result) if name.startswith("quality: ")]


def test_paragraphs_that_stand_in_three_stories_are_junk(published: duckdb.DuckDBPyConnection) -> None:
    assert told(published, articles(NEW), max_repeated_text=0.5) == ["max_repeated_text"]
    assert told(published, articles(NEW, story_id=pl.lit("sto_1")), max_repeated_text=0.0) == []
    one = articles({1: NOW})
    assert told(published, one, max_repeated_text=0.0) == []
    apply_changes(published, received(articles(BEFORE), "desk"))
    assert told(published, one, max_repeated_text=0.0) == ["max_repeated_text"]  # with what came before


@pytest.mark.parametrize(("n", "broken_by"), [(1, ["min_weekly_volume"]), (5, []), (11, ["max_weekly_volume"])])
def test_a_week_is_compared_with_the_weeks_before(
    published: duckdb.DuckDBPyConnection, n: int, broken_by: list[str]
) -> None:
    apply_changes(published, received(articles(BEFORE), "desk"))
    batch = articles(dict.fromkeys(range(1, n + 1), NOW))
    assert told(published, batch, min_weekly_volume=0.5, max_weekly_volume=2.0, judged_from=20) == broken_by


def test_what_another_source_gave_is_no_measure(published: duckdb.DuckDBPyConnection) -> None:
    apply_changes(published, received(articles(BEFORE), "wire"))
    assert told(published, articles({1: NOW}), min_weekly_volume=0.5, max_weekly_volume=2.0) == []


def test_articles_that_come_later_than_they_used_to(published: duckdb.DuckDBPyConnection) -> None:
    apply_changes(published, received(articles(BEFORE), "desk"))
    assert told(published, articles(NEW, days_old=3), max_days_late=2.0) == []
    assert told(published, articles(NEW, days_old=4), max_days_late=2.0) == ["max_days_late"]


def test_the_first_batch_of_an_outlet(published: duckdb.DuckDBPyConnection) -> None:
    assert told(published, articles({1: NOW}), max_new_outlets=0, judged_from=20) == ["max_new_outlets"]
    apply_changes(published, received(articles(BEFORE), "wire"))
    assert told(published, articles({1: NOW}), max_new_outlets=0, judged_from=20) == []


def test_scores_that_move(published: duckdb.DuckDBPyConnection) -> None:
    many = dict.fromkeys(range(200, 300), NOW)
    past = dict.fromkeys(range(300, 400), NOW - timedelta(days=9))
    apply_changes(published, received(articles(past), "desk"))
    assert told(published, articles(many), max_score_drift=0.1) == []
    assert told(published, scored(articles(many), 0.35), max_score_drift=0.1) == ["max_score_drift"]
    few = dict.fromkeys(range(200, 250), NOW)
    assert told(published, scored(articles(few), 0.35), max_score_drift=0.1) == []
