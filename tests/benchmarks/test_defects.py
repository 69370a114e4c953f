"""Each expectation, audit and threshold catches its own planted defect, alone, and nothing of it is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from defects import (
    DANGLING,
    alone,
    caught,
    checks,
    deleted,
    every_rule,
    fired,
    planned,
    planted,
    published_anyway,
    published_rows,
    staged,
    stops,
)
from planted import SOURCE

from flows.changes import Changes
from flows.validate.audits import SUITE
from flows.validate.expectations import run_suites
from flows.validate.quality import PREFIX
from flows.validate.result import AuditResult

pytestmark = pytest.mark.model

SUITES = every_rule()
PLANNED = planned(SUITES)


@pytest.fixture(scope="module")
def rows(sample_database: Path) -> Changes:
    return published_rows(sample_database)


@pytest.fixture(scope="module")
def staging(rows: Changes) -> Iterator[duckdb.DuckDBPyConnection]:
    with staged(rows) as connection:
        yield connection


def test_without_a_defect_nothing_fires(staging: duckdb.DuckDBPyConnection) -> None:
    assert fired(AuditResult(tuple(checks(staging, SUITES)))) == []


@pytest.mark.parametrize("rule", PLANNED, ids=" ".join)
def test_it_and_only_it_catches_its_defect(staging: duckdb.DuckDBPyConnection, rule: tuple[str, str]) -> None:
    defect = alone(staging, SUITES, PLANNED[rule])
    assert defect is not None, [fired(caught(staging, SUITES, one)) for one in PLANNED[rule]]
    result = caught(staging, SUITES, defect)
    (own,) = [check for check in result.checks if (check.suite, check.expectation) == rule]
    assert (stops(result) == "nothing: a warning") == (own.severity == "warning")
    if rule[1].startswith(PREFIX):
        assert own.severity == ("fatal" if rule[1].startswith(f"{PREFIX}{SOURCE} min_") else "warning")


def test_a_deleted_row_that_is_still_named(rows: Changes) -> None:
    assert fired(deleted(rows)) == [(SUITE, DANGLING)]


def test_great_expectations_finds_what_the_sql_finds(rows: Changes) -> None:
    """All suites at once, each with a defect."""
    with staged(rows) as staging:
        for (suite, name), (defect, *_) in PLANNED.items():
            if suite in SUITES and name == "keys":
                staging.execute(defect.sql)
        told = {check.suite: check.success for check in run_suites(staging, SUITES) if check.expectation == "keys"}
    assert told == dict.fromkeys(SUITES, False)


@pytest.mark.parametrize(
    "rule",
    [
        ("mentions", "closed lists"),
        ("stories", "ranges"),
        (SUITE, "claims_are_their_parts"),
        ("articles", f"{PREFIX}{SOURCE} min_claims_per_article"),
        ("articles", f"{PREFIX}{SOURCE} min_weekly_volume"),
    ],
    ids=" ".join,
)
def test_nothing_of_it_is_published(staging: duckdb.DuckDBPyConnection, rule: tuple[str, str]) -> None:
    """`python tests/benchmarks/defects.py --publish` tries all."""
    assert published_anyway(planted(staging, PLANNED[rule][0]), PLANNED[rule][0]) == []


def test_a_new_rule_without_a_defect_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("defects.AUDITS", {})
    with pytest.raises(KeyError):
        planned(SUITES)
    assert all(PLANNED.values())
