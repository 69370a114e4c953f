"""Any order and any batching of the same articles gives the same published tables, byte for byte."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows import ledger
from flows.clean import clean_all
from flows.extract.frames import frames
from flows.extract.reading import Reading, read
from flows.ingest import find
from flows.ingest import read as read_files
from flows.publish import Store
from flows.publish.export import export_canonical
from flows.records import Document
from flows.resolve import resolve
from flows.settings import load

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
RUN = ledger.Run("run_test", datetime(2026, 1, 1, tzinfo=UTC), "test", ())


@pytest.fixture(scope="module")
def readings(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    settings = load(home=tmp_path_factory.mktemp("home"))
    documents = [one for one in read_files(find([str(SAMPLE)], settings), settings) if isinstance(one, Document)]
    articles, rejected = clean_all(documents)
    assert not rejected
    return list(read(articles, nlp))


def published(readings: list[Reading], batch_size: int, folder: Path) -> dict[str, bytes]:
    """The canonical export after publishing `readings` in that order and in batches of that size."""
    store = Store(folder / "order.duckdb")
    with store.writing() as writer:
        for start in range(0, len(readings), batch_size):
            batch = frames(readings[start : start + batch_size], RUN.run_id, RUN.now, RUN.pipeline_version)
            writer.publish(resolve(writer.connection, batch).changes)
    with store.reading() as connection:
        files = export_canonical(connection, folder / "export")
    return {file.name: file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def at_once(readings: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return published(readings, len(readings), tmp_path_factory.mktemp("once"))


@pytest.mark.model
@pytest.mark.parametrize(
    ("seed", "batch_size"),
    [
        *(pytest.param(seed, size, marks=pytest.mark.slow) for seed, size in ((1, 1), (2, 4), (4, 13), (5, 9))),
        (3, 100),
        (6, 7),
    ],
)
def test_order_and_batching_change_nothing(
    readings: list[Reading], at_once: dict[str, bytes], seed: int, batch_size: int, tmp_path: Path
) -> None:
    shuffled = readings[:]
    random.Random(seed).shuffle(shuffled)
    export = published(shuffled, batch_size, tmp_path)
    for name, expected in at_once.items():
        assert export[name].splitlines() == expected.splitlines(), name


@pytest.mark.model
def test_the_sample_fills_every_table(at_once: dict[str, bytes]) -> None:
    assert [name for name, content in at_once.items() if not content] == []
