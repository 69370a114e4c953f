"""`hearsay rebuild`: the same tables again from the bytes that were kept, in one step for readers, or not at all."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asking import ask, exported, with_impossible_actors

from flows import batch
from flows.commands import quarantine
from flows.commands.rebuild import rebuild
from flows.commands.run import run
from flows.errors import HearsayError
from flows.publish import Store

pytestmark = pytest.mark.model

OLD = "LUND, May 4 — The mayor said on Monday that the bridge would close. “It is old,” she said."
NEW = OLD.replace("old", "rotten")
OTHER = "TESO, May 4 — The dockers said on Monday that the crane would fall."
FIRST, SECOND = "2026-05-05T06:00:00+00:00", "2026-05-06T06:00:00+00:00"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two runs: an article, a later version of it beside another one, and two broken lines, one of them dismissed."""
    monkeypatch.setenv("HEARSAY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HEARSAY_PREFECT", "off")
    monkeypatch.setenv("HEARSAY_KEEP_DAYS", "36500")
    path = tmp_path / "in" / "a.jsonl"
    path.parent.mkdir()
    for now, rows in ((FIRST, [("1", OLD)]), (SECOND, [("1", NEW), ("2", OTHER)])):
        lines = [json.dumps({"id": key, "text": text, "seen_at": now if key == "1" else None}) for key, text in rows]
        path.write_text("\n".join([*lines, "{broken", now]) + "\n", encoding="utf-8")
        run((str(path),), None, now, False, True, False)
    made = tmp_path / "home" / "hearsay.duckdb"
    (row,) = ask(made, "SELECT left(content_hash, 12) FROM ops.quarantine WHERE location LIKE '%:3'")
    quarantine.dismiss([row[0]], None, "a stray line", quiet=True)
    path.unlink()
    return made


def test_the_same_tables_with_their_times_and_books(database: Path, tmp_path: Path) -> None:
    questions = [
        "SELECT article_id, first_seen_at FROM articles ORDER BY ALL",
        "SELECT article_id, first_seen_at FROM history.articles ORDER BY ALL",
        "SELECT article_id, superseded_at, superseded_by FROM ops.supersessions ORDER BY ALL",
        "SELECT document_id, content_hash, first_seen_at FROM raw.documents ORDER BY ALL",
        "SELECT content_hash, dismissed_because FROM ops.quarantine ORDER BY ALL",
        "SELECT source_name, last_new_at, n_documents FROM ops.freshness ORDER BY ALL",
        "SELECT text FROM articles_as_of(TIMESTAMPTZ '2026-05-05 12:00:00+00')",
    ]
    before = exported(database, tmp_path / "before"), [ask(database, question) for question in questions]
    runs = ask(database, "FROM ops.runs ORDER BY started_at")
    with Store(database).reading() as reader:  # holds what it reads all through
        assert rebuild(None, quiet=True) == 3
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (2,)
    assert (exported(database, tmp_path / "after"), [ask(database, question) for question in questions]) == before
    assert before[1][-1] == [(OLD,)]
    assert ask(database, "FROM ops.runs ORDER BY started_at")[:2] == runs
    assert sorted(path.name for path in database.parent.glob("*.duckdb*")) == [".hearsay.duckdb.d", "hearsay.duckdb"]


def test_a_run_goes_on_after_it(database: Path, tmp_path: Path) -> None:
    rebuild(None, quiet=True)
    more = tmp_path / "more.txt"
    more.write_text("KOSTREL, May 7 — The ferry sank, the captain said.", encoding="utf-8")
    for _ in range(3):
        assert run((str(more),), None, None, False, True, False) == 0
    assert ask(database, "SELECT count(*) FROM articles") == [(3,)]
    assert ask(database, "SELECT max(started_at) > $$2026-05-06$$ FROM ops.runs") == [(True,)]


@pytest.mark.parametrize("is_changed", [False, True], ids=["its file is gone", "its file is another"])
def test_what_is_published_is_never_lost_with_its_bytes(database: Path, tmp_path: Path, is_changed: bool) -> None:
    before = exported(database, tmp_path / "before")
    if is_changed:
        changed = json.dumps({"id": "1", "text": OTHER.replace("crane", "mast")})
        (tmp_path / "in" / "a.jsonl").write_text(changed + "\n", encoding="utf-8")
    (row,) = ask(database, "SELECT content_hash FROM raw.documents ORDER BY content_hash LIMIT 1")
    kept = tmp_path / "home" / "raw" / row[0][:2] / f"{row[0]}.gz"
    kept.unlink()
    with pytest.raises(HearsayError, match="H710"):
        rebuild(None, quiet=True)
    assert exported(database, tmp_path / "after") == before
    assert sorted(path.name for path in database.parent.glob("*.duckdb*")) == [".hearsay.duckdb.d", "hearsay.duckdb"]


def test_one_at_a_time(database: Path) -> None:
    with Store(database, datetime(2026, 5, 7, tzinfo=UTC)).writing(), pytest.raises(HearsayError, match="H701"):
        rebuild(None, quiet=True)


def test_one_that_an_audit_stops_says_so_and_leaves_all_as_it_was(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = exported(database, tmp_path / "before")
    monkeypatch.setattr(batch, "resolve", with_impossible_actors(batch.resolve))
    assert rebuild(None, quiet=True) == 1
    assert exported(database, tmp_path / "after") == before
    assert ask(database, "SELECT exit_code FROM ops.runs ORDER BY started_at DESC LIMIT 1") == [(1,)]
    assert ask(database, "SELECT count(*) > 0 FROM ops.checks WHERE NOT success AND severity = 'fatal'") == [(True,)]
    assert sorted(path.name for path in database.parent.glob("*.duckdb*")) == [".hearsay.duckdb.d", "hearsay.duckdb"]
