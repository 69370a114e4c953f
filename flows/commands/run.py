"""`hearsay run` and `hearsay extract`."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows import clock, settings
from flows.console import Talk, data
from flows.errors import HearsayError
from flows.requests import FATAL, SET_ASIDE, RunRequest, RunSummary

if TYPE_CHECKING:
    from flows.settings import Settings

_SAMPLE: Final = Path(__file__).parents[2] / "data" / "sample"


def run(
    sources: tuple[str, ...], database: Path | None, now: str | None, retry: bool, quiet: bool, verbose: bool
) -> int:
    """The whole pipeline once; see DESIGN.md, "Commands"."""
    chosen = settings.load(database=database)
    talk = Talk(quiet, verbose)
    given, target = _what_and_where(sources, database, chosen)
    request = RunRequest(given, target, clock.at(now), chosen, quiet, verbose, retry=retry)
    from flows.pipeline import run as pipeline

    summary = pipeline(request)
    talk.say(describe(summary))
    return summary.exit_code


def _what_and_where(sources: tuple[str, ...], database: Path | None, chosen: Settings) -> tuple[tuple[str, ...], Path]:
    if sources:
        return sources, chosen.database_path
    if not _SAMPLE.is_dir():
        raise HearsayError("H110")
    # The sample never goes into the user's own database, unless a file is named for it.
    return (str(_SAMPLE),), chosen.database_path if database else chosen.sample_path


def describe(summary: RunSummary) -> str:
    """The summary as a person reads it, with what to do next."""
    counts = [f"{summary.n_new} new", f"{summary.n_unchanged} unchanged"]
    if summary.n_set_aside:
        counts.append(f"{summary.n_set_aside} set aside")
    lines = [f"articles  {', '.join(counts)}"]
    if summary.n_new:
        lines.append(f"found     {summary.n_claims} claims, {summary.n_events} events")
        warned = f", {summary.n_warnings} with a warning" if summary.n_warnings else ""
        lines.append(f"audits    {summary.n_audits}{warned}")
    if summary.n_judged:
        lines.append(f"judged    {summary.n_judged} judgements new or taken back")
    elif not summary.n_new and not summary.n_set_aside and summary.exit_code != FATAL:
        lines.append("          nothing new: all of it is published already")
    if summary.seconds:
        lines.append(f"seconds   {', '.join(f'{stage} {spent:.1f}' for stage, spent in summary.seconds.items())}")
    if summary.exit_code == FATAL:
        stopped = "stopped   an audit failed, and nothing of its batch was published"
        why = f"why       hearsay query failed_checks --database {shlex.quote(_short(summary.database))}"
        return "\n".join([*lines, stopped + (" (what is counted here was, before it)" if summary.n_new else ""), why])
    return "\n".join([*lines, *_next(summary)])


def _next(summary: RunSummary) -> list[str]:
    where = f" --database {shlex.quote(_short(summary.database))}"
    lines = [f"database  {_short(summary.database)}"]
    if summary.n_warnings:
        lines.append(f"warnings  hearsay query failed_checks{where}")
    if summary.n_set_aside:
        lines.append(f"set aside hearsay quarantine{where}")
    lines.append(f'look      hearsay sql "FROM who_said_what LIMIT 10"{where}')
    lines.append(f"          hearsay query{where}")
    return lines


def _short(path: Path) -> str:
    """The path from the working folder, where that is shorter."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)


def extract(quiet: bool) -> int:
    """One line out for each line in, in order. 3 when a line held no article."""
    from flows.extract.lines import extract_lines
    from flows.ingest.lines import capped

    chosen = settings.load()
    if sys.stdin.isatty():
        Talk(quiet).say("hearsay extract reads JSON Lines from stdin: hearsay extract < articles.jsonl")
    failed = 0
    with data() as out:
        for line in extract_lines(capped(sys.stdin.buffer, chosen.max_document_bytes), chosen):
            out.write(line + "\n")
            out.flush()
            # Only a line that gave no article has "error" and nothing else beside its id.
            if '"error"' in line and "error" in json.loads(line):
                failed += 1
    if failed:
        Talk(quiet).say(f"{failed} lines held no article: their lines say why")
    return SET_ASIDE if failed else 0
