"""Asking on the command line, on a small published database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.cli import main
from flows.publish.migrate import migrate

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hearsay(published: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        out, err = capfd.readouterr()
        return int(stop.value.code or 0), out, err

    return call


def test_sql_gives_json_lines_when_piped(hearsay: Call) -> None:
    code, out, err = hearsay("sql", "SELECT article_id FROM articles ORDER BY 1")
    assert (code, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [{"article_id": "art_1"}, {"article_id": "art_2"}]


def test_an_empty_answer_is_explained_on_stderr(hearsay: Call) -> None:
    code, out, err = hearsay("query", "timeline_of", "-p", "place=nowhere", "--format", "csv")
    assert code == 0
    assert out.startswith("starts_on,")
    assert "nothing matches among 2 articles" in err
    assert hearsay("sql", "FROM articles LIMIT 0", "-q")[1:] == ("", "")


@pytest.mark.parametrize(
    ("sql", "code", "said"),
    [("DROP TABLE articles", 1, "H801"), ("SELEC 1", 1, "H802"), ("FROM absent", 1, "absent does not exist")],
)
def test_a_bad_query_is_told(hearsay: Call, sql: str, code: int, said: str) -> None:
    told = hearsay("sql", sql)
    assert told[:2] == (code, "")
    assert said in told[2]


def test_a_query_of_what_an_older_database_lacks_says_how_to_bring_it_up_to_date(hearsay: Call, tmp_path: Path) -> None:
    code, _, err = hearsay("sql", "FROM revealed_hopes")
    assert (code, "H802" in err) == (1, True)
    with duckdb.connect(tmp_path / "old.duckdb") as connection:
        migrate(connection)
        connection.execute("DROP VIEW revealed_hops; UPDATE ops.migrations SET sha256 = '' WHERE number = 0")
    code, _, err = hearsay("query", "uncredited", "--database", str(tmp_path / "old.duckdb"))
    assert code == 1
    assert "H809" in err
    assert "`hearsay run` brings it up to date" in err


def test_query_alone_lists_them(hearsay: Call) -> None:
    code, out, _ = hearsay("query")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert "wordings" in {row["name"] for row in rows}
    assert any("topic=… (words to look for" in row["parameters"] for row in rows)


def test_the_sample_is_read_while_there_is_nothing_else(hearsay: Call, published: Path) -> None:
    # the twins lie in a folder that has the database's name
    for old in (published, published.with_name(".hearsay.duckdb.d")):
        old.rename(old.with_name(old.name.replace("hearsay", "sample")))
    sample = published.with_name("sample.duckdb")
    target = Path(str(sample.readlink()).replace("hearsay", "sample"))
    sample.unlink()
    sample.symlink_to(target)
    code, out, err = hearsay("sql", "SELECT count(*) AS n FROM articles")
    assert (code, json.loads(out)) == (0, {"n": 2})
    assert "sample.duckdb" in err


def test_asking_leaves_the_database_to_others(hearsay: Call, published: Path) -> None:
    before = published.resolve().read_bytes()
    hearsay("sql", "FROM articles")
    hearsay("status")
    assert published.resolve().read_bytes() == before
    with duckdb.connect(str(published)) as connection:
        assert connection.sql("SELECT count(*) FROM articles").fetchall() == [(2,)]


def test_export_leaves_out_what_differs_between_runs(hearsay: Call, tmp_path: Path) -> None:
    code, out, _ = hearsay("export", "--canonical", "out/deep")
    assert (code, out) == (0, "")
    articles = (tmp_path / "out" / "deep" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert articles == sorted(articles)
    assert [json.loads(line)["article_id"] for line in articles] == ["art_1", "art_2"]
    assert not {"run_id", "first_seen_at"} & set(json.loads(articles[0]))
    assert json.loads(articles[0])["published_on"] == "2024-05-01"
    assert (tmp_path / "out" / "deep" / "stories.jsonl").read_text() == ""
    assert not list((tmp_path / "out" / "deep").glob(".*"))


def test_explain_shows_the_words_in_their_place(hearsay: Call) -> None:
    code, out, _ = hearsay("explain", "clm_1")
    rows = [json.loads(line) for line in out.splitlines()]
    told = {(row["part"], row["field"]): row["value"] for row in rows}
    assert code == 0
    assert '"»It will open on Friday,«" said' in told["in its place", "text"]
    assert told["article", "outlet"] == "The Orlo Bell"
    assert told["chain", "0 speaker"] == "Ana Fold · stated"
    assert told["in its place", "marked"].startswith("«")
    assert "is a cue" in out


def test_explain_shows_what_dates_an_article(hearsay: Call) -> None:
    _, out, _ = hearsay("explain", "art_2", "--format", "json")
    told = {row["field"]: row["value"] for row in json.loads(out) if row["part"] == "published on"}
    assert told == {"evidence 1": "2011-01-01 · text · Joined 1/1/2011 · no: a forum's join date"}


@pytest.mark.parametrize("identifier", ["utt_1", "act_1", "evt_1", "dis_1", "art_1", "plc_1", "src_1"])
def test_explain_knows_every_kind_of_id(hearsay: Call, identifier: str) -> None:
    code, out, _ = hearsay("explain", identifier, "--format", "json")
    assert code == 0
    assert identifier in {row["value"] for row in json.loads(out)}


def test_explain_shows_why_names_are_one_actors(hearsay: Call) -> None:
    code, out, _ = hearsay("explain", "act_1")
    told = {(row["part"], row["field"]): row["value"] for row in map(json.loads, out.splitlines())}
    assert code == 0
    assert told["called", "Fold"] == "1 · surname"
    assert told["seen in", "art_1"].startswith("Ana Fold · =HYPERLINK(1)")


@pytest.mark.parametrize("identifier", ["clm_absent", "nonsense", "run_1", "clm_1' OR true --"])
def test_explain_of_nothing(hearsay: Call, identifier: str) -> None:
    code, out, err = hearsay("explain", identifier)
    assert (code, out) == (2, "")
    assert "H807" in err


def test_status_gives_runs_and_sources(hearsay: Call) -> None:
    code, _, err = hearsay("status")
    assert code == 0
    assert "last runs" in err


def test_a_reader_that_has_enough_is_no_failure(published: Path) -> None:
    command = [sys.executable, "-m", "flows.cli", "sql", "FROM range(300000)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait() == 0
        assert process.stderr.read() == b""
