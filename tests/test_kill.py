"""A run that is killed at any moment and started again publishes the same tables as one that was left alone."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import clock
from flows.pipeline import run
from flows.publish import Store
from flows.publish.export import export_canonical
from flows.requests import RunRequest
from flows.settings import Settings

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
ARTICLES = ("0007f3c1.txt", "harbour-gazette-2019-09-18-calvera.txt", "harbour-gazette-2019-09-22-costigan.txt")
NOW = "2019-10-01"
MOST = 300.0  # seconds for one run on a machine that others use too

pytestmark = pytest.mark.model


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    for name in ARTICLES:
        shutil.copy(SAMPLE / name, folder)
    return folder


def start(home: Path, desk: Path) -> subprocess.Popen[bytes]:
    """Start `hearsay run`, an article a batch."""
    command = [sys.executable, "-m", "flows.cli", "run", "-q", "--now", NOW, "--database", str(home / "desk.duckdb")]
    settings = {"HEARSAY_HOME": str(home), "HEARSAY_PREFECT": "off", "HEARSAY_BATCH_SIZE": "1"}
    home.mkdir(exist_ok=True)
    return subprocess.Popen(
        [*command, str(desk)],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=(home / "talk").open("ab"),
    )


@pytest.fixture
def expected(desk: Path, tmp_path: Path) -> dict[str, bytes]:
    """The canonical export of an uninterrupted run (in this process: the model is loaded once for all tests)."""
    home = tmp_path / "whole"
    settings = Settings(home=home, database=home / "desk.duckdb", prefect="off", batch_size=1)
    summary = run(RunRequest((str(desk),), home / "desk.duckdb", clock.at(NOW), settings, quiet=True))
    assert summary.n_new == len(ARTICLES)
    return exported(home)


def finish(home: Path, desk: Path) -> dict[str, bytes]:
    """Run to the end; the canonical export."""
    assert start(home, desk).wait(MOST) in (0, 3), (home / "talk").read_text(encoding="utf-8")
    return exported(home)


def exported(home: Path) -> dict[str, bytes]:
    with Store(home / "desk.duckdb").reading() as connection:
        return {file.name: file.read_bytes() for file in export_canonical(connection, home / "export")}


def kill_after(home: Path, desk: Path, n_published: int, delay: float) -> None:
    """Kill a run `delay` seconds after it has made publication `n_published` (0: after its start)."""
    process = start(home, desk)
    end = time.monotonic() + MOST
    while process.poll() is None and time.monotonic() < end and published(home) < n_published:
        time.sleep(0.005)
    time.sleep(delay)
    process.kill()
    process.wait()


def published(home: Path) -> int:
    """The number of the last publication, from the name of the live twin."""
    link = home / "desk.duckdb"
    return int(link.readlink().name.split(".")[0]) if link.is_symlink() else 0


def killed_and_completed(home: Path, desk: Path, moments: list[tuple[int, float]]) -> dict[str, bytes]:
    for n_published, delay in moments:
        kill_after(home, desk, n_published, delay)
    return finish(home, desk)


def test_three_kills_change_nothing(desk: Path, tmp_path: Path, expected: dict[str, bytes]) -> None:
    chance = random.Random(1)
    moments = [(n, chance.random() * 0.5) for n in (1, 2, 3)]
    assert killed_and_completed(tmp_path / "killed", desk, moments) == expected


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_many_kills_change_nothing(desk: Path, tmp_path: Path, expected: dict[str, bytes], seed: int) -> None:
    chance = random.Random(seed)
    moments = [(n, chance.random() * 2) for n in (0, 0, 1, 1, 2, 2, 3)]
    assert killed_and_completed(tmp_path / "killed", desk, moments) == expected
