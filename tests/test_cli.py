"""The command line: what it teaches, what it answers, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.commands.run import describe
from flows.errors import HearsayError
from flows.requests import RunRequest, RunSummary

COMMANDS = (
    "run",
    "extract",
    "sql",
    "query",
    "export",
    "status",
    "explain",
    "doctor",
    "serve",
    "quarantine",
    "report",
    "rebuild",
)
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hearsay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    """Call the command in this process, in a folder and a home of its own: (exit code, stdout, stderr)."""
    monkeypatch.setenv("HEARSAY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        out, err = capfd.readouterr()
        return int(stop.value.code or 0), out, err

    return call


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> list[RunRequest]:
    """A pipeline that only notes what it was asked."""
    asked: list[RunRequest] = []

    def run(request: RunRequest) -> RunSummary:
        asked.append(request)
        return RunSummary("run_1", request.database, n_new=2, n_claims=3, n_set_aside=1, exit_code=3)

    module = types.ModuleType("flows.pipeline")
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "flows.pipeline", module)
    return asked


def test_help_comes_at_once_and_loads_nothing_heavy() -> None:
    heavy = "spacy polars prefect great_expectations duckdb pyarrow pandas numpy pydantic"
    code = (
        "import sys\nfrom flows.cli import main\n"
        "try: main(['--help'])\n"
        f"except SystemExit: sys.exit(','.join(m for m in '{heavy}'.split() if m in sys.modules))"
    )
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert time.monotonic() - start < 5
    assert done.stderr.strip() == ""
    for command in COMMANDS:
        assert command in done.stdout
    assert "Exit codes" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(hearsay: Call, command: str) -> None:
    code, out, _ = hearsay(command, "--help")
    assert code == 0
    assert f"hearsay {command}" in out
    assert len(out.splitlines()) > 6


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["run", "--fast"],
        ["sql"],
        ["export"],
        ["run", "absent.txt"],
        ["run", "--now", "noon", "."],
        ["query", "nope"],
    ],
)
def test_wrong_usage_is_two_and_nothing_on_stdout(hearsay: Call, arguments: list[str]) -> None:
    code, out, err = hearsay(*arguments)
    assert code == 2
    assert out == ""
    assert err
    assert "Traceback" not in err


def test_run_passes_on_what_was_asked(hearsay: Call, pipeline: list[RunRequest], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    code, out, err = hearsay("run", "a.txt", "--database", "my.duckdb", "--now", "2014-06-23T10:00:00+02:00")
    (request,) = pipeline
    assert request.sources == ("a.txt",)
    assert request.database == tmp_path / "my.duckdb"
    assert request.now == datetime(2014, 6, 23, 8, tzinfo=UTC)
    assert code == 3
    assert out == ""
    assert "2 new" in err
    assert "1 set aside" in err
    assert "--database my.duckdb" in err


def test_without_a_source_the_sample_goes_into_its_own_database(
    hearsay: Call, pipeline: list[RunRequest], tmp_path: Path
) -> None:
    hearsay("run", "-q")
    assert pipeline[0].database == tmp_path / "home" / "sample.duckdb"
    assert pipeline[0].sources[0].endswith("sample")


def test_quiet_says_nothing(hearsay: Call, pipeline: list[RunRequest]) -> None:
    assert hearsay("run", "-q", ".")[1:] == ("", "")


def test_a_summary_ends_with_a_command_to_copy(tmp_path: Path) -> None:
    text = describe(RunSummary("run_1", tmp_path / "it's.duckdb", n_new=1, seconds={"extract": 1.25}))
    assert "extract 1.2" in text
    assert "'\"'\"'" in text.splitlines()[-1]


def test_a_run_with_nothing_new_says_so(tmp_path: Path) -> None:
    assert "nothing new" in describe(RunSummary("run_1", tmp_path / "a.duckdb", n_unchanged=5))


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (HearsayError("H701", database="x", pid=1, since="now"), 1, "H701"),
        (HearsayError("H102", path="x"), 2, "H102"),
        (OSError(28, "No space left on device", "x"), 1, "H901"),
        (PermissionError(13, "Permission denied", "x"), 1, "H902"),
        (KeyboardInterrupt(), 130, "stopped"),
        (RuntimeError("Query interrupted"), 130, "stopped"),
    ],
)
def test_an_error_has_a_number_and_an_exit_code(
    hearsay: Call, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    def run(_: RunRequest) -> RunSummary:
        raise error

    module = types.ModuleType("flows.pipeline")
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "flows.pipeline", module)
    told = hearsay("run", ".")
    assert told[0] == code
    assert said in told[2]


def test_extract_answers_each_line_and_ends_with_three_when_one_failed(
    hearsay: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def extract_lines(lines: Iterable[bytes], _: Any) -> Iterator[str]:
        for line in lines:
            yield json.dumps({"id": "1", "error": {}} if b"bad" in line else {"id": line.decode(), "article": {}})

    module = types.ModuleType("flows.extract.lines")
    module.extract_lines = extract_lines  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "flows.extract.lines", module)
    (tmp_path / "in").write_bytes(b'good "error"\r\nbad\nlast')
    with (tmp_path / "in").open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        code, out, err = hearsay("extract")
    assert code == 3
    assert [json.loads(line)["id"] for line in out.splitlines()] == ['good "error"', "1", "last"]
    assert "1 lines held no article" in err


def test_asking_before_there_is_a_database_says_what_to_do(hearsay: Call) -> None:
    code, out, err = hearsay("sql", "SELECT 1")
    assert (code, out) == (1, "")
    assert "hearsay run" in err


def test_doctor_finds_nothing_wrong_here_and_writes_nothing(hearsay: Call, tmp_path: Path) -> None:
    code, out, _ = hearsay("doctor")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0, out
    assert {row["check"] for row in rows} == {"python", "packages", "language model", "home", "database", "prefect"}
    assert list(tmp_path.iterdir()) == []


def test_doctor_names_what_mends(hearsay: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEARSAY_MODEL", "en_absent_model")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "hearsay.duckdb").write_text("not a database")
    code, out, _ = hearsay("doctor")
    wrong = {row["check"]: row["mend"] for row in map(json.loads, out.splitlines()) if row["state"] == "wrong"}
    assert code == 1
    assert set(wrong) == {"language model", "database"}
    assert all(wrong.values())


def test_doctor_looks_at_the_sources(hearsay: Call, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "sources"
    folder.mkdir(parents=True)
    (folder / "later.toml").write_text('kind = "folder"\npath = "absent"\n')
    (folder / "due.toml").write_text('kind = "folder"\npath = "absent"\nevery_minutes = 5\n')
    (folder / "odd.toml").write_text('kind = "folder"\npath = "."\ncron = "daily"\n')
    code, out, _ = hearsay("doctor")
    found = {row["check"]: row for row in map(json.loads, out.splitlines()) if row["check"].startswith("source ")}
    assert code == 1
    assert {name: row["state"] for name, row in found.items()} == {
        "source later": "ok",
        "source due": "wrong",
        "source odd": "wrong",
    }
    assert "five fields" in found["source odd"]["found"]


def test_options_before_a_command_of_the_quarantine_are_not_lost(hearsay: Call) -> None:
    code, _, err = hearsay("quarantine", "--code", "H401", "replay")
    assert code == 2
    assert "behind replay" in err
