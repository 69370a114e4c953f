"""`hearsay backfill`: the articles of a past period, as the source's own, and nothing of its news is touched."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest
from asking import ask

from flows.commands import backfill as module
from flows.commands.backfill import backfill, is_under_way
from flows.commands.quarantine import replay
from flows.commands.run import run
from flows.errors import HearsayError
from flows.publish import Store
from flows.requests import SET_ASIDE

pytestmark = pytest.mark.model


def line(number: int, day: str | None) -> str:
    text = f"The mayor of Lund said that bridge number {number} would close. “It is old,” she told reporters."
    return json.dumps({"id": str(number), "text": text, "published_on": day})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source that was read, and an archive of its years before with other days, no day and a broken line."""
    monkeypatch.setenv("HEARSAY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HEARSAY_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HEARSAY_PREFECT", "off")
    monkeypatch.setattr(module, "PAUSE", 0.2)
    monkeypatch.setattr(module, "SLICE", 2)
    for name in ("sources", "in"):
        (tmp_path / name).mkdir()
    (tmp_path / "sources" / "desk.toml").write_text('kind = "folder"\npath = "../in"\noutlet = "The Lund Post"\n')
    (tmp_path / "in" / "now.jsonl").write_text(line(1, "2026-05-04") + "\n")
    days = ["2019-02-28", "2019-03-01", "2019-03-15", "2019-03-31", "2019-04-01", None]
    lines = [line(10 + n, day) for n, day in enumerate(days)]
    (tmp_path / "archive.jsonl").write_text("\n".join([*lines, "{broken"]) + "\n")
    run(("desk",), None, "2026-05-05", False, True, False)
    return tmp_path


def test_the_days_of_the_period_and_no_others(home: Path) -> None:
    database = home / "home" / "hearsay.duckdb"
    fresh = "SELECT last_read_at, last_new_at, newest_published_on FROM ops.freshness"
    before = ask(database, fresh)
    given = ("desk", [str(home / "archive.jsonl")], "2019-03-01", "2019-03-31")
    for _ in range(2):  # again, it does nothing twice
        assert backfill(*given, None, quiet=True) == SET_ASIDE  # the broken line
        days = ask(database, "SELECT published_on::VARCHAR FROM articles ORDER BY 1")
        assert [day for (day,) in days] == ["2019-03-01", "2019-03-15", "2019-03-31", "2026-05-04"]
        assert ask(database, fresh) == before
        assert ask(database, "SELECT source_name, n_documents FROM ops.freshness") == [("desk", 4)]
    assert ask(database, "SELECT count(*) FROM ops.runs WHERE list_contains(sources, 'desk')") == [(1,)]
    outlets = ask(database, "SELECT DISTINCT name FROM articles JOIN sources ON outlet_id = source_id")
    assert outlets == [("The Lund Post",)]
    assert len(list((home / "home" / "raw").rglob("*.gz"))) == 5
    whole = ask(database, "SELECT count(*) FROM articles")
    run((str(home / "archive.jsonl"),), None, None, False, True, False)  # what was left alone is not barred
    assert ask(database, "SELECT count(*) FROM articles") > whole


def test_what_cannot_be_read_is_set_aside_as_in_any_run(home: Path) -> None:
    """A broken line, a line without text and a file that is no archive; a mended line is taken up."""
    database, archive = home / "home" / "hearsay.duckdb", home / "archive.jsonl"
    archive.write_text(archive.read_text() + '{"id": "40", "text": "", "published_on": "2019-03-02"}\n')
    (home / "torn.jsonl.gz").write_bytes(b"no gzip")
    given = [str(archive), str(home / "torn.jsonl.gz")]
    set_aside = "SELECT stage, code, source_name, location FROM ops.quarantine ORDER BY location"
    assert backfill("desk", given, "2019-03-01", "2019-03-31", None, quiet=True) == SET_ASIDE
    rows = ask(database, set_aside)
    assert [(name, Path(location).name) for _, _, name, location in rows] == [
        ("desk", "archive.jsonl:7"), ("desk", "archive.jsonl:8"), ("desk", "torn.jsonl.gz:1")
    ]  # fmt: skip
    (command,) = ask(database, "SELECT replay FROM ops.quarantine WHERE location LIKE '%:7'")[0]
    assert command.startswith("hearsay quarantine replay ")
    assert replay([command.split()[-1]], database, None, None, quiet=True) == SET_ASIDE
    run((*given,), database, None, False, True, False)
    assert {row[:2] for row in ask(database, set_aside)} == {row[:2] for row in rows}


def test_the_database_is_free_between_slices(home: Path) -> None:
    database = home / "home" / "hearsay.duckdb"
    stepped_in = []

    def step_in() -> None:
        while not stepped_in:
            if is_under_way(home / "home") and ask(database, "SELECT count(*) FROM articles") > [(1,)]:
                try:
                    with Store(database).writing():
                        stepped_in.append(ask(database, "SELECT count(*) FROM articles")[0][0])
                except HearsayError:
                    pass
            time.sleep(0.01)

    thread = threading.Thread(target=step_in, daemon=True)
    thread.start()
    backfill("desk", [str(home / "archive.jsonl")], "2019-01-01", "2019-12-31", None, quiet=True)
    thread.join(5)
    assert stepped_in == [3]  # after the first slice of two
    assert ask(database, "SELECT count(*) FROM articles") == [(6,)]
    assert not is_under_way(home / "home")


def test_a_folder_gives_the_documents_that_the_source_would_give(home: Path) -> None:
    (home / "old" / "a").mkdir(parents=True)
    (home / "old" / "a" / "one.txt").write_text("LUND, March 4, 2019 — The mayor said the bridge would close.")
    backfill("desk", [str(home / "old")], "2019-03-01", "2019-03-31", None, quiet=True)
    found = ask(home / "home" / "hearsay.duckdb", "SELECT external_id FROM raw.documents WHERE location LIKE '%.txt'")
    assert found == [("a/one.txt",)]


@pytest.mark.parametrize(
    ("name", "since", "until", "code"),
    [
        ("wire", "2019-03-01", "2019-03-31", "H111"),
        ("desk", "2019-03-31", "2019-03-01", "H109"),
        ("desk", "March", "2019-03-31", "H109"),
        ("desk", "2019-02-29", "2019-03-31", "H109"),
    ],
)
def test_what_makes_no_sense_is_refused(home: Path, name: str, since: str, until: str, code: str) -> None:
    with pytest.raises(HearsayError, match=code):
        backfill(name, [], since, until, None, quiet=True)
