"""What a source is expected to give: each threshold catches its own defect, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb
import polars as pl
import pytest
from test_validate import batch_of, broken, planted

from flows.changes import Changes
from flows.ingest.sources import Quality, Source
from flows.publish.migrate import migrate
from flows.validate import ORIGINS, validate
from flows.validate.quality import MEASURES

ORIGINS_OF_BOTH = pl.DataFrame([("art_1", "desk"), ("art_2", "de'sk")], schema=ORIGINS, orient="row")


def source(name: str = "desk", **quality: float) -> Source:
    return Source(name=name, kind="folder", path="in", quality=Quality(**{"judged_from": 1, **quality}))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def published() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        migrate(connection)
        yield connection


def right_batch() -> Changes:
    batch = batch_of(1, 2)
    articles = batch.upserts["main.articles"].with_columns(language=pl.lit("en"))
    return replace(batch, upserts={**batch.upserts, "main.articles": articles})


def test_every_threshold_has_its_measure() -> None:
    assert set(MEASURES) == set(Quality.model_fields) - {"judged_from"}


# threshold, a limit that the right batch keeps, a limit that it breaks, is it fatal
LIMITS = [
    ("min_dated", 1.0, None, True),
    ("max_undated", 0.0, None, False),
    ("max_unknown_language", 0.0, None, False),
    ("min_claims_per_article", 1, 3, True),
    ("max_claims_per_article", 3, 0.5, False),
    ("max_without_speaker", 0.0, None, False),
    ("max_undecided_actors", 0.0, None, False),
]
DEFECTS: dict[str, tuple[str, dict[str, Any]]] = {
    "min_dated": ("articles", {"published_on": None}),
    "max_undated": ("articles", {"published_on": None}),
    "max_unknown_language": ("articles", {"language": None}),
    "max_without_speaker": ("claims", {"speaker_text": None}),
    "max_undecided_actors": ("mentions", {"actor_id": None, "place_id": None, "form": "name"}),
}


def quality_of(result: Any) -> list[str]:
    return [name.removeprefix("quality: desk ") for _, name in broken(result) if name.startswith("quality: ")]


@pytest.mark.parametrize(("name", "kept", "passed", "is_fatal"), LIMITS)
def test_each_catches_its_own_defect(
    published: duckdb.DuckDBPyConnection,
    name: str,
    kept: float,
    passed: float | None,
    is_fatal: bool,
) -> None:
    every = {other: limit for other, limit, _, _ in LIMITS}
    right = right_batch()
    assert quality_of(validate(published, right, ORIGINS_OF_BOTH, [source(**every)])) == []
    wrong: Changes = right
    if passed is None:
        table, cells = DEFECTS[name]
        wrong = planted(right, table, "art_1", **cells)
    result = validate(
        published, wrong, ORIGINS_OF_BOTH, [source(**{**every, name: kept if passed is None else passed})]
    )
    twins = {"min_dated", "max_undated"}  # two thresholds of one measure
    assert set(quality_of(result)) == (twins if name in twins else {name})
    (found,) = [check for check in result.checks if check.expectation == f"quality: desk {name}"]
    assert (found.severity == "fatal") == is_fatal
    assert bool(result.fatal) == any(n.startswith("min_") for n in quality_of(result))


def test_only_the_articles_of_that_source_are_measured(published: duckdb.DuckDBPyConnection) -> None:
    wrong = planted(right_batch(), "articles", "art_2", published_on=None)
    assert quality_of(validate(published, wrong, ORIGINS_OF_BOTH, [source(max_undated=0.0)])) == []
    told = [name for _, name in broken(validate(published, wrong, ORIGINS_OF_BOTH, [source("de'sk", max_undated=0.0)]))]
    assert told == ["quality: de'sk max_undated"]


def test_it_says_what_was_measured(published: duckdb.DuckDBPyConnection) -> None:
    wrong = planted(right_batch(), "articles", "art_1", published_on=None)
    result = validate(published, wrong, ORIGINS_OF_BOTH, [source(max_undated=0.25)])
    (failure,) = result.warnings[0].failures
    assert failure.problem == "max_undated is 0.25, and in 1 rows it is 1.0"


def test_articles_without_a_claim_count(published: duckdb.DuckDBPyConnection) -> None:
    batch = right_batch()
    nothing = {f"main.{table}": batch.upserts[f"main.{table}"].clear() for table in ("claims", "claim_parts")}
    silent = replace(batch, upserts={**batch.upserts, **nothing})
    result = validate(published, silent, ORIGINS_OF_BOTH, [source(min_claims_per_article=0.5)])
    assert "min_claims_per_article" in quality_of(result)


def test_few_articles_tell_nothing(published: duckdb.DuckDBPyConnection) -> None:
    wrong = planted(right_batch(), "articles", "art_1", published_on=None)
    few = Source(name="desk", kind="folder", path="in", quality=Quality(max_undated=0.0))  # type: ignore[arg-type]
    assert quality_of(validate(published, wrong, ORIGINS_OF_BOTH, [few])) == []
