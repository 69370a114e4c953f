"""`hearsay quarantine`: what was set aside is seen, tried again from the bytes that were kept, or dismissed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import settings
from flows.commands import quarantine
from flows.commands.run import run
from flows.errors import HearsayError
from flows.extract import reading
from flows.extract.lines import extract_lines
from flows.publish import Store
from flows.resources import sql_of

GOOD = "LUND, May 4 — The mayor said on Monday that the bridge would close. “It is old,” she said."
DAYS = ("Monday", "Tuesday", "Friday")
POISON = "TESO, May 4 — The dockers said on Monday that the crane would fall. “It is rust,” one said."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEARSAY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HEARSAY_PREFECT", "off")
    (tmp_path / "in").mkdir()
    return tmp_path


def failing(read: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The reader `read` with a fault that one article brings out."""

    def reads(articles: Any, nlp: Any) -> Iterator[Any]:
        for article in articles:
            if "dockers" in article.text:
                raise ValueError("poison")
            yield from read([article], nlp)

    return reads


@pytest.fixture
def poisoned(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that has one article, while another was set aside by a fault that is mended since."""
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate((GOOD, POISON))]
    (home / "in" / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", failing(reading.read))
        assert run((str(home / "in"),), None, None, False, True, False) == 3
    return home / "home" / "hearsay.duckdb"


def listed(capsys: pytest.CaptureFixture[str], **given: Any) -> list[dict[str, Any]]:
    wanted = {"database": None, "code": None, "source": None, "dismissed": False, "form": "jsonl", **given}
    assert quarantine.show_all(**wanted) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def texts(database: Path) -> set[str]:
    with Store(database).reading() as connection:
        return {row[0] for row in connection.execute("SELECT text FROM articles").fetchall()}


@pytest.mark.model
def test_a_replay_after_a_fix_publishes_exactly_what_was_missing(
    poisoned: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (row,) = listed(capsys)
    assert (row["stage"], row["code"]) == ("extract", "H401")
    (home / "in" / "a.jsonl").unlink()  # the bytes were kept
    (home / "in" / "new.txt").write_text("KOSTREL, May 5 — The ferry sank, the captain said.", encoding="utf-8")
    fresh = "SELECT last_read_at, last_new_at, n_documents FROM ops.freshness"
    weeks = f"SELECT this_week FROM ({sql_of('report', 'freshness')})"
    with Store(poisoned).reading() as connection:
        before, week = connection.execute(fresh).fetchall(), connection.execute(weeks).fetchall()
    assert quarantine.replay([], None, None, None, quiet=True) == 0
    assert texts(poisoned) == {GOOD, POISON}
    with Store(poisoned).reading() as connection:
        assert connection.execute(fresh).fetchall() == [(*before[0][:2], 2)]
        assert connection.execute(weeks).fetchall() == week
        last = connection.execute("SELECT sources FROM ops.runs ORDER BY started_at DESC LIMIT 1").fetchone()
    assert last == (["quarantine"],)  # its source was not read: a run that is due still reads it
    assert listed(capsys) == []
    assert quarantine.replay([], None, None, None, quiet=True) == 0  # nothing is left to try


@pytest.mark.model
def test_what_fails_again_stays_set_aside(poisoned: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "in" / "a.jsonl").unlink()
    for kept in (home / "home" / "raw").glob("*/*.gz"):
        kept.write_bytes(b"altered")
    assert quarantine.replay([], None, "H401", None, quiet=True) == 3
    assert "H210" in {row["code"] for row in listed(capsys)}
    assert texts(poisoned) == {GOOD}


@pytest.mark.model
def test_dismissed_for_a_reason(poisoned: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    identifier = listed(capsys)[0]["id"]
    with pytest.raises(HearsayError, match="H109"):
        quarantine.dismiss([identifier], None, " ", quiet=True)
    quarantine.dismiss([identifier], None, "not ours", quiet=True)
    assert listed(capsys) == []
    assert [row["dismissed_because"] for row in listed(capsys, dismissed=True)] == ["not ours"]
    assert run((str(home / "in"),), None, None, False, True, False) == 0


@pytest.mark.model
def test_one_is_shown_whole_and_found_by_its_id(poisoned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    identifier = listed(capsys)[0]["id"]
    assert quarantine.show(identifier, None, "jsonl") == 0
    facts = {fact["field"]: fact["value"] for fact in map(json.loads, capsys.readouterr().out.splitlines())}
    assert "poison" in facts["detail"]
    assert "dockers" in facts["begins"]
    assert listed(capsys, code="H201") == []
    for wrong in ("zz", ""):
        with pytest.raises(HearsayError, match="H808"):
            quarantine.show(wrong, None, None)
    with pytest.raises(HearsayError, match="H808"):
        quarantine.dismiss([""], None, "by mistake", quiet=True)


def set_aside(home: Path, *names: str) -> list[str]:
    """Run on the files; which of them hold what is set aside then."""
    run(tuple(str(home / "in" / name) for name in names), None, None, False, True, False)
    with Store(home / "home" / "hearsay.duckdb").reading() as connection:
        rows = connection.execute("SELECT location FROM ops.quarantine ORDER BY location").fetchall()
    return [Path(row[0]).name for row in rows]


@pytest.mark.model
def test_a_file_that_is_mended_is_set_aside_no_more(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARSAY_MAX_DOCUMENT_BYTES", "1000")
    inbox = home / "in"
    lines = "".join(
        json.dumps({"id": str(n), "text": GOOD.replace("Monday", day)}) + "\n" for n, day in enumerate(DAYS)
    )
    packed = gzip.compress(lines.encode())
    (inbox / "cut.jsonl.gz").write_bytes(packed[:-12])
    (inbox / "large.txt").write_text(GOOD * 20)
    (inbox / "binary.txt").write_bytes(b"\x00")
    (inbox / "lines.jsonl").write_text("{broken\n")
    names = ("binary.txt", "cut.jsonl.gz", "large.txt", "lines.jsonl")
    broken = set_aside(home, *names)
    assert [name.split(":")[0] for name in broken] == list(names)
    assert set_aside(home, *names) == broken  # it stays while they are as they were
    (inbox / "cut.jsonl.gz").write_bytes(packed)
    assert len(set_aside(home, "cut.jsonl.gz")) == 3
    (inbox / "large.txt").write_text(POISON)
    (inbox / "binary.txt").write_text(GOOD)
    assert set_aside(home, "large.txt", "binary.txt") == ["lines.jsonl:1"]


@pytest.mark.model
def test_a_replay_of_a_file_that_is_mended(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = gzip.compress(GOOD.encode())
    (home / "in" / "cut.txt.gz").write_bytes(packed[:-12])
    assert len(set_aside(home, "cut.txt.gz")) == 1
    (home / "in" / "cut.txt.gz").write_bytes(packed)
    assert quarantine.replay([], None, None, None, quiet=True) == 0
    assert listed(capsys) == []
    assert texts(home / "home" / "hearsay.duckdb") == {GOOD}


@pytest.mark.model
def test_a_line_that_breaks_the_reader_costs_the_lines_beside_it_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"id": str(n), "text": text}).encode() for n, text in enumerate((GOOD, POISON, GOOD))]
    monkeypatch.setattr(reading, "read", failing(reading.read))
    first, bad, last = [json.loads(line) for line in extract_lines(lines, settings.load())]
    assert [one["id"] for one in (first, bad, last)] == ["0", "1", "2"]
    assert first["claims"]
    assert last["claims"]
    assert bad.keys() == {"id", "error"}
    assert bad["error"]["code"] == "H401"
    assert "poison" in bad["error"]["message"]
