"""`hearsay serve`: sources are read when they are due, a run in the way makes one decline, and it ends clean."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows import server
from flows.changes import Changes
from flows.errors import HearsayError
from flows.ledger import Run, run_row
from flows.publish import Store
from flows.settings import load
from flows.tally import Tally

ARTICLE = "LUND, May 4 — The mayor said on Monday that bridge number {n} would close. “It is old,” she said."
WAIT = 240.0


def eventually(condition: Callable[[], Any], seconds: float = WAIT) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.25)
    return found


def flow_runs(api: str) -> list[dict[str, Any]]:
    query = {"flows": {"name": {"any_": ["hearsay"]}}, "sort": "EXPECTED_START_TIME_ASC", "limit": 200}
    found: list[dict[str, Any]] = httpx.post(f"{api}/flow_runs/filter", json=query).json()
    return found


def texts(database: Path) -> list[str]:
    if not database.exists():
        return []
    with Store(database).reading() as connection:
        return [row[0] for row in connection.execute("SELECT text FROM articles ORDER BY text").fetchall()]


@contextmanager
def holding(database: Path) -> Iterator[None]:
    """The database's lock, taken as soon as the run that has it ends."""
    with ExitStack() as stack:

        def taken() -> bool:
            try:
                stack.enter_context(Store(database).writing())
            except HearsayError:
                return False
            return True

        eventually(taken)
        yield


def test_a_served_source_is_read_when_due_and_it_ends_clean(tmp_path: Path) -> None:
    inbox, home = tmp_path / "in", tmp_path / "home"
    database, told = home / "hearsay.duckdb", tmp_path / "told.jsonl"
    inbox.mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "desk.toml").write_text('kind = "folder"\npath = "../in"\nevery_minutes = 0.15\n')
    taker = tmp_path / "take.py"
    taker.write_text("import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + '\\n')")
    variables = {
        "HEARSAY_HOME": str(home),
        "HEARSAY_SOURCES": str(tmp_path / "sources"),
        "HEARSAY_NOTIFY_COMMAND": f"{sys.executable} {taker} {told}",
    }
    (inbox / "one.txt").write_text(ARTICLE.format(n=1))
    said = tmp_path / "said.txt"
    with said.open("w") as stderr:
        serving = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", "serve"],
            env={**os.environ, **variables},
            stderr=stderr,
            start_new_session=True,
        )
    try:
        eventually(lambda: len(texts(database)) == 1)
        api = re.findall(r"http://127\.0\.0\.1:\d+", said.read_text())[0] + "/api"
        (inbox / "two.txt").write_text(ARTICLE.format(n=2))
        eventually(lambda: len(texts(database)) == 2)

        with holding(database):  # as another run does
            held = [run for run in flow_runs(api) if run["state_type"] == "CANCELLED"]
            eventually(lambda: any("H701" in (r["state"]["message"] or "") for r in flow_runs(api) if r not in held))

        inbox.rename(tmp_path / "away")
        failed = eventually(lambda: [run for run in flow_runs(api) if run["state_type"] == "FAILED"])
        assert "H107" in failed[0]["state"]["message"]
        notice = eventually(lambda: told.exists() and told.read_text().splitlines())[0]
        assert json.loads(notice)["kind"] == "failure"

        artifacts = httpx.post(f"{api}/artifacts/filter", json={}).json()
        assert any("| new | 1 |" in (one["data"] or "") for one in artifacts if one["key"] == "run-desk")
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(30) == 0
        assert texts(database) == [ARTICLE.format(n=1), ARTICLE.format(n=2)]
        assert "Traceback" not in said.read_text()
    finally:
        if serving.poll() is None:
            os.killpg(serving.pid, signal.SIGKILL)
        server.stop(load({}, tmp_path, home=home))
    with pytest.raises(ProcessLookupError):  # nobody of its session lives on
        os.killpg(serving.pid, 0)


@pytest.mark.slow
def test_a_service_that_is_killed_in_a_run_goes_on_when_it_is_served_again(tmp_path: Path) -> None:
    inbox, home = tmp_path / "in", tmp_path / "home"
    database = home / "hearsay.duckdb"
    inbox.mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "desk.toml").write_text('kind = "folder"\npath = "../in"\nevery_minutes = 0.06\n')
    for number in range(40):
        (inbox / f"{number}.txt").write_text(ARTICLE.format(n=number) * 20)
    variables = {"HEARSAY_HOME": str(home), "HEARSAY_SOURCES": str(tmp_path / "sources")}
    command = [sys.executable, "-m", "flows.cli", "serve", "-q"]

    def running() -> bool:
        return (home / ".hearsay.duckdb.d" / "lock").exists()

    try:
        for how in (signal.SIGTERM, signal.SIGKILL, None):
            serving = subprocess.Popen(command, env={**os.environ, **variables}, start_new_session=True)
            if how is None:
                eventually(lambda: len(texts(database)) == 40)
                serving.send_signal(signal.SIGTERM)
                assert serving.wait(30) == 0
                break
            eventually(running)
            time.sleep(1)
            other = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, timeout=60)
            assert "H905" in other.stderr
            os.killpg(serving.pid, how)
            serving.wait(30)
            (home / ".hearsay.duckdb.d" / "lock").unlink(missing_ok=True)
    finally:
        if serving.poll() is None:
            os.killpg(serving.pid, signal.SIGKILL)
        server.stop(load({}, tmp_path, home=home))


def test_a_run_that_was_missed_is_made_up_for_by_the_next(tmp_path: Path) -> None:
    from flows.schedule import read_since

    database = tmp_path / "a.duckdb"
    due = datetime(2026, 1, 2, 6, 0, tzinfo=UTC)
    assert read_since(database, "desk", due) is None
    this = Run("run_1", due + timedelta(hours=3), "0", ("desk",))
    with Store(database).writing() as writer:
        writer.publish(Changes({"ops.runs": run_row(this, "done", 0, Tally().counts())}))
    assert read_since(database, "desk", due) == this.now
    assert read_since(database, "desk", due + timedelta(hours=4)) is None
    assert read_since(database, "wire", due) is None


def test_a_run_waits_for_the_end_of_a_backfills_slice(tmp_path: Path) -> None:
    from flows.commands.backfill import _under_way
    from flows.schedule import _wait_for_backfill

    chosen = load({}, tmp_path, home=tmp_path)
    free = threading.Event()
    waiting = threading.Thread(target=lambda: (_wait_for_backfill(chosen), free.set()))
    with _under_way(tmp_path):
        with Store(chosen.database_path).writing():
            waiting.start()
            assert not free.wait(1.0)
        assert free.wait(5.0)
    waiting.join()
    with Store(chosen.database_path).writing():
        _wait_for_backfill(chosen)  # of anything else that holds the database, the run itself tells


@pytest.mark.parametrize(
    ("names", "toml", "code"),
    [
        ((), 'path = "."', "H112"),
        (("desk",), 'path = "."', "H112"),
        (("dekc",), 'path = "."\nevery_minutes = 5', "H111"),
        ((), 'path = "."\ncron = "99 * * * *"', "H107"),
    ],
)
def test_what_can_not_be_served_is_said(tmp_path: Path, names: tuple[str, ...], toml: str, code: str) -> None:
    (tmp_path / "desk.toml").write_text(f'kind = "folder"\n{toml}\n')
    variables = {"HEARSAY_HOME": str(tmp_path / "home"), "HEARSAY_SOURCES": str(tmp_path)}
    command = [sys.executable, "-m", "flows.cli", "serve", *names]
    try:
        done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, timeout=120)
    finally:
        server.stop(load({}, tmp_path, home=tmp_path / "home"))
    assert (done.returncode, code in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_it_needs_prefect(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text('kind = "folder"\npath = "."\nevery_minutes = 5\n')
    variables = {"HEARSAY_HOME": str(tmp_path), "HEARSAY_SOURCES": str(tmp_path), "HEARSAY_PREFECT": "off"}
    command = [sys.executable, "-m", "flows.cli", "serve"]
    done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True, timeout=60)
    assert (done.returncode, "H903" in done.stderr) == (1, True)
