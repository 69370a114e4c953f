"""The main job as a user meets it: what is published, what is set aside, and what a second run does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from asking import with_impossible_actors

from flows import batch
from flows.extract import reading
from flows.pipeline import run
from flows.publish import Store
from flows.requests import RunRequest, RunSummary
from flows.settings import Settings

NOW = datetime(2019, 10, 1, tzinfo=UTC)
STORY = (
    "Bridge at Lower Tarn closed after flood\n\n"
    'The mayor of Lower Tarn, Anna Brock, closed the bridge on Monday. "Nobody crosses until the engineers have seen '
    'the piers," Brock told reporters.\n\nThe regional council said three houses had been washed away.\n'
)
OTHER = (
    "Dockers in Port Ellan vote to strike\n\n"
    'Dockers voted on Friday to stop work. "We have waited for two years," said Tom Reyes, a crane driver. The port '
    "authority said it would seek talks next week.\n"
)

pytestmark = pytest.mark.model


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "bridge.txt").write_text(STORY, encoding="utf-8")
    (folder / "dockers.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def hearsay(tmp_path: Path, desk: Path) -> Callable[..., RunSummary]:
    settings = Settings(home=tmp_path / "home", prefect="off", max_document_bytes=100_000)

    def call(**more: Any) -> RunSummary:
        return run(RunRequest((str(desk),), tmp_path / "home" / "desk.duckdb", NOW, settings, quiet=True, **more))

    return call


def ask(summary: RunSummary, sql: str) -> list[Any]:
    with Store(summary.database).reading() as connection:
        return connection.execute(sql).fetchall()


def test_a_run_publishes_and_a_second_one_does_nothing(hearsay: Callable[..., RunSummary]) -> None:
    first = hearsay()
    assert (first.n_new, first.n_set_aside, first.exit_code) == (2, 0, 0)
    assert first.n_claims >= 3
    second = hearsay()
    assert (second.n_new, second.n_unchanged, second.n_claims, second.exit_code) == (0, 2, 0, 0)
    assert ask(second, "SELECT state, n_new FROM ops.runs ORDER BY n_new DESC") == [("done", 2), ("done", 0)]


def test_a_run_with_nothing_new_loads_no_model(hearsay: Callable[..., RunSummary], desk: Path, tmp_path: Path) -> None:
    database = hearsay().database
    code = (
        "import sys\nfrom flows.cli import main\n"
        f"try: main(['run', {str(desk)!r}, '--database', {str(database)!r}])\n"
        "finally: print(*sorted({'spacy', 'great_expectations', 'prefect'} & set(sys.modules)))"
    )
    environment = {**os.environ, "HEARSAY_HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == ""
    assert "nothing new" in done.stderr


def test_every_span_reproduces_its_text(hearsay: Callable[..., RunSummary]) -> None:
    summary = hearsay()
    for table in ("mentions", "dates", "claims", "claim_parts", "events", "event_participants", "figures"):
        wrong = ask(
            summary,
            f"SELECT count(*) FROM {table} t JOIN articles a USING (article_id) "
            "WHERE t.text <> substr(a.text, t.start_char + 1, t.end_char - t.start_char)",
        )
        assert wrong == [(0,)], table


def test_the_file_opens_in_plain_duckdb_when_the_run_is_over(hearsay: Callable[..., RunSummary]) -> None:
    database = hearsay().database
    assert not list(database.parent.glob("**/*.wal"))
    with duckdb.connect(str(database)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (2,)


BAD = {
    "latin.txt": ("caf\xe9 in the harbour".encode("latin-1"), "H201"),
    "blank.txt": (b" \n\n ", "H202"),
    "picture.txt": (b"\x89PNG\r\n\x00\x00\x1a", "H203"),
    "long.txt": (b"word " * 40_000, "H204"),
    "packed.txt.gz": (b"not gzip at all", "H208"),
}


def test_what_cannot_be_read_is_set_aside_and_the_rest_is_published(
    hearsay: Callable[..., RunSummary], desk: Path
) -> None:
    for name, (content, _) in BAD.items():
        (desk / name).write_bytes(content)
    lines = [
        json.dumps({"id": f"l{i}", "text": f"Story {i}. The council met on Monday, a spokesman said."})
        for i in range(8)
    ]
    lines[6] = '{"id": "l6", "text": '
    (desk / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    summary = hearsay()
    assert (summary.n_new, summary.n_set_aside, summary.exit_code) == (9, 6, 3)
    found = {Path(where).name: code for where, code in ask(summary, "SELECT location, code FROM ops.quarantine")}
    assert found == {**{name: code for name, (_, code) in BAD.items()}, "feed.jsonl:7": "H205"}
    assert {stage for (stage,) in ask(summary, "SELECT stage FROM ops.quarantine")} == {"ingest"}
    again = hearsay()
    assert (again.n_new, again.n_set_aside, again.exit_code) == (0, 6, 3)


def test_one_poisonous_article_is_set_aside_and_comes_back_with_retry(
    hearsay: Callable[..., RunSummary], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reading.read

    def poisoned(articles: Any, nlp: Any) -> Any:
        for article in articles:
            if "Dockers" in article.text:
                raise ValueError("poison")
            yield from read([article], nlp)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", poisoned)
        summary = hearsay()
    assert (summary.n_new, summary.n_set_aside, summary.exit_code) == (1, 1, 3)
    ((stage, code, reason, replay),) = ask(summary, "SELECT stage, code, reason, replay FROM ops.quarantine")
    assert (stage, code) == ("extract", "H401")
    assert "poison" in reason
    assert replay.startswith("hearsay run --retry ")
    assert hearsay().n_new == 0
    healed = hearsay(retry=True)
    assert (healed.n_new, healed.n_set_aside, healed.exit_code) == (1, 0, 0)
    assert ask(healed, "SELECT count(*) FROM ops.quarantine") == [(0,)]


def test_an_article_that_fails_an_audit_is_set_aside_whole(
    hearsay: Callable[..., RunSummary], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = batch.frames

    def shifted(*given: Any) -> Any:
        frames = made(*given)
        articles = frames["articles"]
        bad = articles.filter(articles["title"].str.contains("Dockers"))[0, "article_id"]
        mentions = frames["mentions"]
        off = mentions.with_columns(text=mentions["text"] + "!").filter(mentions["article_id"] == bad)
        frames["mentions"] = off.vstack(mentions.filter(mentions["article_id"] != bad))
        return frames

    monkeypatch.setattr(batch, "frames", shifted)
    summary = hearsay()
    assert (summary.n_new, summary.n_set_aside, summary.exit_code) == (1, 1, 3)
    assert ask(summary, "SELECT stage, code FROM ops.quarantine") == [("validate", "H601")]
    assert ask(summary, "SELECT count(*) FROM claims JOIN articles USING (article_id) WHERE title LIKE 'Dockers%'") == [
        (0,)
    ]


def test_a_fatal_audit_publishes_nothing(hearsay: Callable[..., RunSummary], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "resolve", with_impossible_actors(batch.resolve))
    summary = hearsay()
    assert (summary.n_new, summary.exit_code) == (0, 1)
    assert ask(summary, "SELECT count(*) FROM articles") == [(0,)]
    assert ask(summary, "SELECT count(*) > 0 FROM ops.checks WHERE NOT success") == [(True,)]


def test_a_new_version_supersedes_and_new_page_junk_does_not(hearsay: Callable[..., RunSummary], desk: Path) -> None:
    old = {"id": "a", "url": "https://tarn.example/bridge", "text": STORY, "seen_at": "2019-09-10T08:00:00Z"}
    new = {**old, "text": STORY.replace("three houses", "five houses"), "seen_at": "2019-09-11T08:00:00Z"}
    junk = {**new, "text": f"{new['text']}\n\nFacebook Twitter Email Print\n", "seen_at": "2019-09-12T08:00:00Z"}
    for path in desk.glob("*.txt"):
        path.unlink()
    for number, version in enumerate((old, new, junk)):
        (desk / f"{number}.jsonl").write_text(json.dumps(version), encoding="utf-8")
        summary = hearsay()
        assert summary.n_new == (0 if version is junk else 1)
    assert ask(summary, "SELECT count(*), max(text LIKE '%five houses%') FROM articles") == [(1, True)]
    assert ask(summary, "SELECT count(*), max(text LIKE '%three houses%') FROM history.articles") == [(1, True)]
    assert ask(summary, "SELECT count(*) > 0 FROM history.claims") == [(True,)]
    assert ask(summary, "SELECT count(*) FROM claims SEMI JOIN history.articles USING (article_id)") == [(0,)]


def test_a_named_source_whose_folder_is_empty_was_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "desk.toml").write_text('kind = "folder"\npath = "in"\n')
    settings = Settings(home=tmp_path / "home", prefect="off", sources=tmp_path)  # type: ignore[call-arg]
    run(RunRequest(("desk",), tmp_path / "a.duckdb", NOW, settings, quiet=True))
    with Store(tmp_path / "a.duckdb").reading() as connection:
        found = connection.execute("SELECT source_name, last_read_at, last_new_at FROM ops.freshness").fetchall()
    assert [(name, read.astimezone(UTC), new) for name, read, new in found] == [("desk", NOW, None)]
