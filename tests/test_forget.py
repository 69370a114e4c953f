"""`hearsay forget`: what went is nowhere, what stays is as if it had never been, and it doesn't come back."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from asking import ask, exported

from flows.commands.forget import forget
from flows.commands.run import run
from flows.errors import HearsayError
from flows.publish import changeset

pytestmark = pytest.mark.model

PRIVATE = "Zebulon Crake"
TEXTS = {
    "a": "LUND, May 4 — The mayor, Ada Brandl, said on Monday the bridge at Lund would close. “It is old,” she said.",
    "b": f"LUND, May 4 — {PRIVATE}, a neighbour, said the bridge at Lund would close. “It is old,” Ada Brandl said.",
    "c": "TESO, May 5 — Mayor Brandl said the bridge at Lund had closed. Dockers in Teso went on strike on Tuesday.",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEARSAY_PREFECT", "off")
    monkeypatch.setenv("HEARSAY_HOME", str(tmp_path / "home"))
    return tmp_path


def given(folder: Path, names: str, version: str = "") -> Path:
    path = folder / f"{names}{version}.jsonl"
    lines = [
        json.dumps({"id": name, "text": TEXTS[name] + version, "seen_at": f"2026-05-0{5 + bool(version)}"})
        for name in names
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path: Path, database: Path) -> int:
    return run((str(path),), database, "2026-05-06", False, True, False)


def test_it_is_as_if_it_had_never_come(home: Path) -> None:
    database, never = home / "all.duckdb", home / "never.duckdb"
    read(given(home, "abc"), database)
    read(given(home, "b", " It was cold."), database)
    read(given(home, "ac"), never)
    ((article, document),) = ask(
        database, f"SELECT article_id, document_id FROM articles WHERE text LIKE '%{PRIVATE}%'"
    )
    assert ask(database, "SELECT count(*) FROM history.articles") == [(1,)]

    assert forget(article, database, "asked for by the person", quiet=True) == 0

    assert exported(database, home / "left") == exported(never, home / "right")
    tables = ask(
        database,
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name IN ('main', 'history', 'work', "
        "'raw', 'ops')",
    )
    for (table,) in tables:
        held = ask(database, f"SELECT count(*) FROM {table} AS t WHERE t::VARCHAR LIKE '%{PRIVATE}%'")
        assert held == [(0,)], table
    last = "SELECT sources FROM ops.runs ORDER BY started_at DESC LIMIT 1"
    assert ask(database, last) == [(["forget"],)]  # no source was read
    assert ask(database, "SELECT DISTINCT document_id, because FROM ops.forgotten") == [
        (document, "asked for by the person")
    ]
    kept = [gzip.decompress(file.read_bytes()) for file in (home / "home" / "raw").rglob("*.gz")]
    assert sorted(PRIVATE.encode() in data for data in kept) == [False, False]
    stored = [changeset.load(file)[0] for file in (home / ".all.duckdb.d").glob("*.changes")]
    assert stored
    assert not any(PRIVATE in str(rows.rows()) for changes in stored for rows in changes.upserts.values())


def test_it_does_not_come_back(home: Path) -> None:
    database = home / "all.duckdb"
    path = given(home, "abc")
    read(path, database)
    ((document,),) = ask(database, f"SELECT document_id FROM articles WHERE text LIKE '%{PRIVATE}%'")
    forget(document, database, "asked for", quiet=True)
    assert read(path, database) == 0
    assert read(given(home, "b", " It was cold."), database) == 0  # nor does another version of it
    assert ask(database, "SELECT count(*) FROM articles") == [(2,)]
    assert ask(database, "SELECT count(*) FROM ops.quarantine") == [(0,)]


def test_what_is_not_there_and_what_has_no_reason_is_refused(home: Path) -> None:
    database = home / "all.duckdb"
    read(given(home, "a"), database)
    with pytest.raises(HearsayError, match="H807"):
        forget("art_00000000000000000000", database, "asked for", quiet=True)
    ((article,),) = ask(database, "SELECT article_id FROM articles")
    with pytest.raises(HearsayError, match="H109"):
        forget(article, database, "  ", quiet=True)
    assert ask(database, "SELECT count(*) FROM articles") == [(1,)]
