"""What data/sample promises, and its README tells."""

from __future__ import annotations

import json
import re

import duckdb
import pytest
from sample_run import SAMPLE

README = (SAMPLE / "README.md").read_text(encoding="utf-8")
FEEDS = {path.name: [json.loads(line) for line in path.read_text().splitlines()] for path in SAMPLE.glob("*.jsonl")}


def test_it_stays_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 2_000_000


def test_every_file_that_its_readme_names_is_there() -> None:
    named = set(re.findall(r"`([\w.*-]+\.(?:txt|html|jsonl))`", README))
    assert len(named) > 20
    assert [name for name in sorted(named) if not list(SAMPLE.glob(name))] == []


def test_the_versions_that_its_readme_lists_are_those_that_share_an_id() -> None:
    lines: dict[str, list[int]] = {}
    for number, row in enumerate(FEEDS["wire.jsonl"], 1):
        lines.setdefault(row["id"], []).append(number)
    twice = sorted(numbers for numbers in lines.values() if len(numbers) > 1)
    told = re.search(r"\*\*Versions\*\*: `wire.jsonl` lines (.*?)\.", README, re.DOTALL)
    assert told is not None
    assert sorted([int(one), int(two)] for one, two in re.findall(r"(\d+) and (\d+)", told[1])) == twice


@pytest.mark.model
def test_its_articles_outlets_and_the_file_that_cant_be_read(sample_database) -> None:  # type: ignore[no-untyped-def]
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        ask = lambda sql: connection.execute(sql).fetchall()  # noqa: E731
        ((live,),) = ask("SELECT count(*) FROM articles")
        ((former,),) = ask("SELECT count(*) FROM history.articles")
        assert f"{_in_words(live + former)} invented articles ({_in_words(live).lower()} documents" in README
        names = {name for (name,) in ask("SELECT DISTINCT name FROM articles JOIN sources ON source_id = outlet_id")}
        agencies = {name for (name,) in ask("SELECT name FROM sources WHERE kind = 'agency'")}
        assert {"Meridian", "Ardapress"} <= agencies & names
        assert len(names) >= 12
        assert ask("SELECT DISTINCT language FROM articles ORDER BY 1") == [("en",), ("es",)]
        ((location, code),) = ask("SELECT location, code FROM ops.quarantine")
        assert location.endswith("lesk-monitor-2019-09-25-page-3.txt")
        assert code == "H203"


def _in_words(number: int) -> str:
    return {85: "Eighty-five", 81: "Eighty-one"}.get(number, str(number))
