"""Old books go, with each run and on request; what was published and the last run of each source stay."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from asking import ask

from flows import clock, supervisor
from flows.changes import Changes
from flows.commands.prune import prune
from flows.commands.run import run
from flows.ledger import Run, run_row
from flows.publish import Store
from flows.schema import OPS
from flows.tally import Tally

NOW = datetime.now(UTC).replace(microsecond=0)


def books(database: Path, **days_old: int) -> None:
    """A run of source desk for each name, with a check, so many days ago."""
    with Store(database).writing() as writer:
        for name, days in days_old.items():
            this = Run(name, NOW - timedelta(days=days), "0", ("desk",))
            check = {
                "batch_id": name, "suite": "claims", "expectation": "keys", "run_id": name, "severity": "fatal",
                "success": True, "n_rows": 1, "n_failed": 0, "checked_at": this.now,
            }  # fmt: skip
            rows = {
                "ops.runs": run_row(this, "done", 0, Tally().counts(), ended_at=this.now),
                "ops.checks": pl.DataFrame([check], schema=OPS["checks"]),
            }
            writer.publish(Changes(rows))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEARSAY_HOME", str(tmp_path))
    monkeypatch.setenv("HEARSAY_PREFECT", "off")
    made = tmp_path / "hearsay.duckdb"
    books(made, old=200, older=300, young=20)
    return made


def runs(database: Path) -> list[str]:
    return [
        row[0] for row in ask(database, "SELECT run_id FROM ops.runs SEMI JOIN ops.checks USING (run_id) ORDER BY 1")
    ]


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    return {row["what"]: row["n"] for row in map(json.loads, capsys.readouterr().out.splitlines())}


def test_old_runs_go_with_their_checks_and_a_dry_run_takes_nothing(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert prune(None, None, True, "jsonl", quiet=True) == 0
        assert told(capsys)["rows of ops.checks"] == 2
    assert runs(database) == ["old", "older", "young"]
    with Store(database).reading() as reader:  # is never in the way, and keeps what it sees
        assert prune(None, None, False, "jsonl", quiet=True) == 0
        assert told(capsys)["rows of ops.runs"] == 2
        assert reader.execute("SELECT count(*) FROM ops.runs").fetchone() == (3,)
    assert runs(database) == ["young"]


def test_the_last_run_of_a_source_stays_however_old(tmp_path: Path, database: Path) -> None:
    other = tmp_path / "other.duckdb"
    books(other, old=200, older=300)
    prune(other, 40, False, "jsonl", quiet=True)
    assert runs(other) == ["old"]


def test_a_run_prunes_by_itself(database: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("\x00")
    run((str(tmp_path / "in"),), None, None, False, True, False)
    assert runs(database)[-1] == "young"
    assert "old" not in runs(database)


def test_what_killed_commands_left_goes(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books(tmp_path / "hearsay.duckdb.rebuilt", some=1)
    raw = tmp_path / "raw" / "ab"
    raw.mkdir(parents=True)
    left, fresh, whole = raw / f".{'ab' * 32}.gz.123", raw / f".{'ab' * 32}.gz.124", raw / f"{'ab' * 32}.gz"
    for file in (left, fresh, whole):
        file.write_bytes(b"x")
    day_ago = clock.now().timestamp() - 90_000
    for file in (left, whole):
        os.utime(file, (day_ago, day_ago))
    prune(None, None, False, "jsonl", quiet=True)
    found = told(capsys)
    assert (found["unfinished rebuilds"], found["half-written raw files"]) == (1, 1)
    assert sorted(raw.iterdir()) == sorted([fresh, whole])
    assert not list(tmp_path.glob("*rebuilt*"))
    assert not list(tmp_path.glob(".*rebuilt*"))


def test_prefects_own_history_is_kept_as_long() -> None:
    """The names are those of the installed version, and on: it takes nothing away by default."""
    from prefect.settings.models.server.services import ServerServicesDBVacuumSettings

    with pytest.MonkeyPatch.context() as patch:
        for name, value in supervisor._keeping(50).items():
            patch.setenv(name, value)
        found = ServerServicesDBVacuumSettings()
    assert found.enabled_vacuum_types == {"events", "flow_runs", "orphans"}
    assert found.retention_period == timedelta(days=50)
