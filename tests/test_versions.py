"""Versions of one page, whatever came first: which one is live, and what history keeps of the others."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import run
from flows.publish import Store
from flows.publish.export import export_canonical
from flows.requests import RunRequest
from flows.settings import Settings

NOW = datetime(2019, 10, 1, tzinfo=UTC)
QUAY = (
    "The quay of Kostrel is shut, Mayor Teso Brandl said on Monday. Herring boats wait in the roads until the piers "
    "have been seen to, and the ferry sails from Marovia.\n"
)
OPEN = QUAY.replace("is shut", "is open again")
JUNK = "Facebook Twitter Email Print\n\n"
OF_HISTORY = ("articles", "segments", "mentions", "claims", "claim_parts", "attributions")
ORDERS = [  # every other one by hand: each reads three versions four times
    pytest.param(order, marks=() if number % 2 else pytest.mark.slow)
    for number, order in enumerate(itertools.permutations(range(3)))
]
Version = dict[str, str]

pytestmark = pytest.mark.model


def version(text: str, seen_on: str) -> Version:
    return {"id": "quay", "url": "https://lund.example/quay", "text": text, "seen_at": f"{seen_on}T08:00:00Z"}


class Desk:
    """Runs the pipeline on batches of versions and gives what is published, and the ids and spans of history."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0

    def __call__(self, *batches: Sequence[Version]) -> dict[str, Any]:
        self.number += 1
        home = self.folder / str(self.number)
        settings = Settings(home=home, prefect="off")
        for number, batch in enumerate(batches):
            file = home / f"{number}.jsonl"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(json.dumps(one) + "\n" for one in batch), encoding="utf-8")
            run(RunRequest((str(file),), home / "desk.duckdb", NOW, settings, quiet=True))
        with Store(home / "desk.duckdb").reading() as connection:
            files = export_canonical(connection, home / "export")
            published = {file.stem: file.read_text(encoding="utf-8") for file in files}
            return published | {f"history.{table}": _history(connection, table) for table in OF_HISTORY}


def _history(connection: Any, table: str) -> list[Any]:
    span = {"articles": "content_hash", "segments": "segment_id, raw_start, raw_end, text"}.get(
        table, "start_char, text"
    )
    return sorted(connection.execute(f"SELECT article_id, {span} FROM history.{table}").fetchall(), key=str)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


FORMER = [version(QUAY, "2019-09-10"), version(f"{JUNK}{QUAY}{JUNK}", "2019-09-11"), version(OPEN, "2019-09-12")]
LIVE_AGAIN = [version(QUAY, "2019-09-10"), version(OPEN, "2019-09-11"), version(f"{QUAY}\n{JUNK}", "2019-09-12")]


@pytest.mark.parametrize("order", ORDERS)
def test_a_former_version_is_kept_as_it_was_first_seen(desk: Desk, order: tuple[int, ...]) -> None:
    at_once = desk(FORMER)
    assert "is open again" in at_once["articles"]
    assert len(at_once["history.articles"]) == 1
    assert not [row for row in at_once["history.segments"] if "Facebook" in row[-1]]
    assert desk(*([FORMER[i]] for i in order)) == at_once


def test_a_version_seen_earlier_may_come_with_the_one_that_takes_its_place(desk: Desk) -> None:
    first, junk, latest = FORMER
    assert desk([junk], [latest, first]) == desk(FORMER)


@pytest.mark.parametrize("order", ORDERS)
def test_a_version_that_left_is_live_again_when_its_successor_was_seen_before_it(
    desk: Desk, order: tuple[int, ...]
) -> None:
    at_once = desk(LIVE_AGAIN)
    assert "is open again" in at_once["articles"]
    assert desk(*([LIVE_AGAIN[i]] for i in order)) == at_once
