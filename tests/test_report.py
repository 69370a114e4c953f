"""The quality report: what it tells, and that nothing in it is fetched, run or left unescaped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from flows.changes import Changes
from flows.commands.report import report
from flows.ledger import Run, freshness, run_row
from flows.publish import Store
from flows.publish.quarantine import quarantine_rows
from flows.records import Rejected
from flows.report import render
from flows.report.plots import columns
from flows.schema import OPS
from flows.settings import Settings
from flows.tally import Tally

NOW = datetime(2026, 5, 6, 6, 0, tzinfo=UTC)
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
RUN = Run("run_1", NOW, "0", ("desk",))


def page_of(database: Path, settings: Settings, now: datetime = NOW) -> str:
    with Store(database).reading() as connection:
        return render(connection, settings, database, now)


def published(tmp_path: Path, tally: Tally, state: str = "done") -> Path:
    database = tmp_path / "a.duckdb"
    row = run_row(RUN, state, tally.exit_code, tally.counts(), ended_at=NOW + timedelta(seconds=4))
    with Store(database).writing() as writer:
        writer.publish(Changes({"ops.runs": row}))
    return database


def test_of_the_sample_it_tells_all_that_it_promises(sample_database: Path, tmp_path: Path) -> None:
    page = page_of(sample_database, Settings(home=tmp_path))
    titles = re.findall(r"<h2>(.*?)</h2>", page)
    for wanted in ("What there is", "Runs that took something in", "Audits of the latest batch", "Sources", "Set aside",
                   "Coverage", "Time expressions that got no days, and why", "Accuracy of this version"):  # fmt: skip
        assert wanted in titles
    with Store(sample_database).reading() as connection:
        (n,) = connection.execute("SELECT count(*) FROM articles").fetchone() or (0,)
        (derivation,) = connection.execute(
            "SELECT mode(derivation) FROM dates WHERE starts_on IS NULL AND timex_type IN ('DATE', 'TIME')"
        ).fetchone() or ("",)
    assert f"<b>{n}</b>articles" in page
    assert derivation.replace("_", " ") in page
    assert page.count("<svg") == 5
    assert "claims found" in page


def test_nothing_is_fetched_and_nothing_runs(sample_database: Path, tmp_path: Path) -> None:
    page = page_of(sample_database, Settings(home=tmp_path))
    assert "Content-Security-Policy\" content=\"default-src 'none'" in page
    assert not re.search(r"<script|<link|<iframe|\ssrc=|\shref=|url\(|@import|https?://", page)


def test_what_came_from_outside_is_only_text(tmp_path: Path) -> None:
    database = published(tmp_path, Tally(n_set_aside=1))
    rejected = [Rejected("ingest", "H203", ATTACK, f"/in/{ATTACK}", "00ff", ATTACK)]
    check = {
        "batch_id": "bat_1", "suite": "claims", "expectation": ATTACK, "run_id": "run_1", "table_name": ATTACK,
        "severity": "warning", "success": False, "n_rows": 3, "n_failed": 1, "examples": [ATTACK], "checked_at": NOW,
    }  # fmt: skip
    with Store(database).writing() as writer:
        books = {
            "ops.quarantine": quarantine_rows(writer.connection, rejected, NOW, "run_1"),
            "ops.checks": pl.DataFrame([check], schema=OPS["checks"]),
        }
        writer.publish(Changes(books))
    page = page_of(database, Settings(home=tmp_path))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("tally", "state", "word"),
    [
        (Tally(), "done", "well"),
        (Tally(n_set_aside=1), "done", "warned"),
        (Tally(is_fatal=True), "failed", "failed"),
        (Tally(), "running", "unfinished"),
    ],
)
def test_in_a_word_how_it_stands(tmp_path: Path, tally: Tally, state: str, word: str) -> None:
    assert f'<section class="state {word}">' in page_of(published(tmp_path, tally, state), Settings(home=tmp_path))


def test_a_run_that_failed_is_not_hidden_by_another_sources(tmp_path: Path) -> None:
    database = published(tmp_path, Tally(is_fatal=True), "failed")
    later = Run("run_2", NOW + timedelta(hours=1), "0", ("wire",))
    with Store(database).writing() as writer:
        writer.publish(Changes({"ops.runs": run_row(later, "done", 0, Tally().counts(), ended_at=later.now)}))
    assert '<section class="state failed">' in page_of(database, Settings(home=tmp_path))
    again = Run("run_3", NOW + timedelta(hours=2), "0", ("desk",))
    with Store(database).writing() as writer:
        writer.publish(Changes({"ops.runs": run_row(again, "done", 0, Tally().counts(), ended_at=again.now)}))
    assert '<section class="state well">' in page_of(database, Settings(home=tmp_path))


def test_a_rebuild_that_failed_heads_the_page_until_anything_else_ran(tmp_path: Path) -> None:
    database = published(tmp_path, Tally())
    rebuilt = Run("run_2", NOW + timedelta(hours=1), "0", ("rebuild",))
    later = Run("run_3", NOW + timedelta(hours=2), "0", ("desk",))
    for this, state, word in ((rebuilt, "failed", "failed"), (later, "done", "well")):
        with Store(database).writing() as writer:
            row = run_row(this, state, int(state == "failed"), Tally().counts(), ended_at=this.now)
            writer.publish(Changes({"ops.runs": row}))
        assert f'<section class="state {word}">' in page_of(database, Settings(home=tmp_path))


def test_one_run_is_one_figure_and_many_are_the_last_and_the_highest() -> None:
    assert columns("new articles", [(NOW, 85)]).figures == "85"
    assert columns("seconds an article", [(NOW, 18.96), (NOW, 0.6664)]).figures == "last 0.67, highest 19"


def test_quiet_hours_hide_no_trend(tmp_path: Path) -> None:
    database = published(tmp_path, Tally(n_new=7, n_claims=70, n_checks=90))
    with Store(database).writing() as writer:
        for n in range(1, 40):
            quiet = Run(f"run_q{n}", NOW + timedelta(minutes=n), "0", ("desk",))
            writer.publish(Changes({"ops.runs": run_row(quiet, "done", 0, Tally().counts(), ended_at=quiet.now)}))
    page = page_of(database, Settings(home=tmp_path))
    assert '<span class="soft">7</span>' in page  # one run: the quiet ones are no columns
    assert '<span class="soft">10</span>' in page  # claims an article


def test_a_source_that_gives_nothing_new_for_long_is_stale(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text('kind = "folder"\npath = "."\nstale_after_hours = 24\n')
    database = published(tmp_path, Tally())
    nothing = pl.DataFrame(schema={"source_name": pl.String, "published_on": pl.Date})
    with Store(database).writing() as writer:
        writer.publish(Changes({"ops.freshness": freshness(RUN, writer.connection, {"desk": 3}, nothing)}))
    settings = Settings(home=tmp_path, sources=tmp_path)
    assert ">stale<" not in page_of(database, settings, NOW + timedelta(hours=23))
    assert ">stale<" in page_of(database, settings, NOW + timedelta(hours=25))


def test_the_command_writes_it_where_it_is_told(
    sample_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "quality.html"
    assert report(out, sample_database, quiet=False) == 0
    assert report(tmp_path, sample_database, quiet=True) == 0
    assert (tmp_path / "report.html").is_file()
    assert out.read_text().startswith("<!doctype html>")
    assert str(out) in capsys.readouterr().err


def test_it_tells_of_weeks_and_outlets(sample_database: Path, tmp_path: Path) -> None:
    page = page_of(sample_database, Settings(home=tmp_path))
    row = r'<tr><td>([^<]+)</td><td class="when">[^<]+</td><td class="n">(\d+)</td><td class="n">(\d+) %</td>'
    rows = re.findall(row, page)
    assert ("Harbour Gazette", "100") in {(name, dated) for name, _, dated in rows}
    assert "a usual week" in page
