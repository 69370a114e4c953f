"""What the page shows, from the queries of sql/report; how it looks is in page.html."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
from jinja2 import Environment, FileSystemLoader, select_autoescape

from flows import __version__
from flows.errors import HearsayError
from flows.ingest import sources
from flows.report.plots import Plot, columns
from flows.requests import FATAL, SET_ASIDE
from flows.resources import sql_dir, sql_of
from flows.settings import Settings

GOLD: Final = Path(__file__).parents[2] / "tests" / "gold" / "floors.toml"
_LAYERS: Final = (
    ("claims.found", "claims found"),
    ("claims.speaker", "… with the right speaker"),
    ("claims.actor", "… and the right actor"),
    ("claims.said_on", "… and the right day"),
    ("mentions.name", "names"),
    ("mentions.same_actor", "names and pronouns of one actor"),
    ("dates.value", "values of time expressions"),
    ("dates.starts_on", "days of time expressions"),
    ("events.found", "events found"),
    ("across.utterances", "utterances across articles"),
    ("across.stories", "stories"),
)


def render(connection: duckdb.DuckDBPyConnection, settings: Settings, database: Path, now: datetime) -> str:
    """The page, as HTML. `now` (UTC) is when it is made."""
    facts = {path.stem: _rows(connection, path.stem) for path in sorted((sql_dir() / "report").glob("*.sql"))}
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"count": _count, "moment": _moment, "share": _share, "seconds": _seconds}
    return environment.get_template("page.html").render(
        facts,
        database=database,
        now=now,
        version=__version__,
        state=_state(facts),
        plots=_plots(facts["runs"]),
        sources=[_with_age(row, settings, now) for row in facts["freshness"]],
        accuracy=_accuracy(),
    )


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    return connection.execute(sql_of("report", name)).pl().to_dicts()


_WORDS: Final = ("failed", "unfinished", "warned", "well")  # the worst first
_TOLD: Final = {
    "failed": "An audit stopped the last run: nothing of that batch was published.",
    "unfinished": "The last run goes on, or was stopped: running again takes it up from there.",
    "warned": "Published. Something was set aside, or an audit warns: see below.",
    "well": "Published, every audit passed, nothing was set aside.",
}


def _state(facts: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """In a word and a sentence, whether all is well: the worst of the last runs of the sources."""
    runs = [{**run, "word": _word(run)} for run in facts["last_runs"]]
    if not runs:
        return {"word": "empty", "told": "No run yet: `hearsay run` reads articles."}
    worst = min(runs, key=lambda run: _WORDS.index(run["word"]))
    return {**worst, "told": _TOLD[worst["word"]], "n_others": len(runs) - 1}


def _word(run: dict[str, Any]) -> str:
    if run["exit_code"] == FATAL or run["state"] == "failed":
        return "failed"
    if run["state"] == "running":
        return "unfinished"
    return "warned" if run["exit_code"] == SET_ASIDE else "well"


def _plots(runs: Sequence[dict[str, Any]]) -> list[Plot]:
    """A small plot each of what the runs did that took something in."""
    of_articles = [run for run in runs if run["n_new"]]
    return [
        columns("new articles", [(run["started_at"], run["n_new"]) for run in runs]),
        columns("claims an article", [(run["started_at"], run["n_claims"] / run["n_new"]) for run in of_articles]),
        columns("set aside", [(run["started_at"], run["n_set_aside"]) for run in runs]),
        columns("audits that warn", [(run["started_at"], run["n_checks_failed"]) for run in runs]),
        columns("seconds an article", [(r["started_at"], (r["seconds"] or 0) / r["n_new"]) for r in of_articles]),
    ]


def _with_age(row: dict[str, Any], settings: Settings, now: datetime) -> dict[str, Any]:
    """A source with whether it is stale by its own description."""
    allowed = None
    described = sources.described_in(settings, row["source_name"])
    if described.is_file():
        try:
            allowed = sources.load(row["source_name"], described).stale_after_hours
        except HearsayError as error:
            return {**row, "is_stale": True, "note": error.reason}
    last = row["last_new_at"]
    is_stale = allowed is not None and (last is None or now - last > timedelta(hours=allowed))
    return {**row, "is_stale": is_stale, "note": f"stale after {allowed:g} hours" if allowed else ""}


def _accuracy() -> list[dict[str, Any]]:
    """The least F1 of this version on the two halves of the sample's gold, as far as a checkout has them."""
    if not GOLD.is_file():
        return []
    floors = tomllib.loads(GOLD.read_text(encoding="utf-8"))["layer"]
    return [
        {"what": told, **{half: floors[f"{half}/{layer}/F1"]["floor"] for half in ("open", "closed")}}
        for layer, told in _LAYERS
        if f"open/{layer}/F1" in floors and f"closed/{layer}/F1" in floors
    ]


def _count(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}".replace(",", " ")  # a thin space


def _moment(value: datetime | None) -> str:
    return "–" if value is None else f"{value:%Y-%m-%d %H:%M}"


def _share(n: float | None, n_all: float | None) -> str:
    return "–" if not n_all else f"{100 * (n or 0) / n_all:.0f} %"


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} s" if value >= 10 else f"{value:.1f} s"
