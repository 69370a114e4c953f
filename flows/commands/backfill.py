"""`hearsay backfill`: a past period of a named source, from its folder or from an archive, beside the schedule.

It takes the database for a slice of articles at a time and lets it go in between; a scheduled run that finds it taken
waits for the end of the slice. What it takes in is of the source, and no news of it: when the source was last read,
when it last gave something new, and what is usual for it stay as they are.
"""

from __future__ import annotations

import fcntl
import re
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows import clock, server, settings
from flows.commands.run import describe
from flows.console import Talk
from flows.errors import HearsayError
from flows.ingest import RawStore, find, read, sources
from flows.records import Document, Rejected
from flows.requests import FATAL, SET_ASIDE, RunRequest, RunSummary

if TYPE_CHECKING:
    from flows.ingest.find import InputFile
    from flows.ingest.sources import Source
    from flows.settings import Settings

SLICE: Final = 32  # articles for which the database is held at a time
PAUSE: Final = 2.0  # seconds between two slices, for a scheduled run to step in
HELD: Final = "H701"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOCK: Final = "backfill.lock"


def backfill(name: str, given: Sequence[str], since: str, until: str, database: Path | None, quiet: bool) -> int:
    """Take in what was published from `since` to `until`, both days included. As `hearsay run` ends."""
    chosen, talk = settings.load(database=database, prefect="off"), Talk(quiet)
    described = sources.described_in(chosen, name)
    if not described.is_file():
        known = ", ".join(one.name for one in sources.every(chosen)) or "none"
        raise HearsayError("H111", name=name, folder=chosen.sources, known=known)
    first, last = _day("--since", since), _day("--until", until)
    if last < first:
        raise HearsayError("H109", option="--until", detail=f"{last} is before {first}")
    files = _files(sources.load(name, described), given, chosen)
    with _under_way(chosen.home):
        wanted = _within(files, chosen, first, last, talk)
        documents = (one for one in read(files, chosen, _Only(chosen.home, wanted)) if one.content_hash in wanted)
        summary = _slices(documents, f"{name} {first} to {last}", chosen, quiet)
    talk.say(describe(summary))
    return summary.exit_code


def _day(option: str, given: str) -> date:
    try:
        return date.fromisoformat(given if _DAY.fullmatch(given) else "")
    except ValueError:
        raise HearsayError("H109", option=option, detail=f"{given} is no day: write 2019-09-30") from None


def _files(source: Source, given: Sequence[str], chosen: Settings) -> list[InputFile]:
    """The files, as files of the source: known by their paths inside its folder, else inside what was given."""
    if not given:
        return find([source.name], chosen)
    found = []
    for one in given:
        roots = [source.path, Path(one).expanduser().resolve()]
        for file in find([one], chosen):
            inside = [
                file.path.resolve().relative_to(root) for root in roots if file.path.resolve().is_relative_to(root)
            ]
            path = next((path.as_posix() for path in inside if path.parts), file.name)
            known_by = path.removesuffix(".gz") if file.is_gzip else path
            found.append(replace(file, name=known_by, source_name=source.name, outlet=source.outlet))
    return sorted(set(found))


@dataclass(frozen=True)
class _Only(RawStore):
    """Keeps the bytes of these documents, and of no others."""

    wanted: Collection[str]

    def put(self, digest: str, data: bytes) -> None:
        if digest in self.wanted:
            super().put(digest, data)


def _within(files: Sequence[InputFile], chosen: Settings, first: date, last: date, talk: Talk) -> set[str]:
    """The content hashes of the documents whose stated day lies in the period, and of all that can't be read.

    What can't be read has no day: the pipeline sets it aside, as it does in any run. Of the others it is told how many.
    """
    from flows.clean import clean_all

    within: set[str] = set()
    unread: set[str] = set()
    n_outside = n_undated = 0
    stream = iter(read(files, chosen))
    while taken := list(islice(stream, chosen.batch_size)):
        articles, unclean = clean_all([one for one in taken if isinstance(one, Document)])
        unread |= {one.content_hash for one in [*taken, *unclean] if isinstance(one, Rejected)}
        for article in articles:
            day = article.published_on
            n_undated += day is None
            n_outside += day is not None and not first <= day <= last
            if day is not None and first <= day <= last:
                within.add(article.document.content_hash)
    talk.say(f"{len(within)} from {first} to {last}; left alone: {n_outside} of other days, {n_undated} of none")
    return within | unread


def _slices(documents: Iterator[Document | Rejected], told: str, chosen: Settings, quiet: bool) -> RunSummary:
    """Slice after slice through the pipeline, each a run; what they did in all."""
    whole = RunSummary("", chosen.database_path)
    while whole.exit_code != FATAL and (taken := list(islice(documents, SLICE))):
        whole = _sum(whole, _patiently(taken, told, chosen, quiet))
        time.sleep(PAUSE)
    return whole


def _patiently(taken: list[Document | Rejected], told: str, chosen: Settings, quiet: bool) -> RunSummary:
    """One slice, as soon as no other run has the database."""
    from flows.pipeline import run

    sources_told = ("backfill", told)  # not the source's name: it was not read
    request = RunRequest(
        sources_told, chosen.database_path, clock.now(), chosen, quiet, retry=True, documents=taken, is_past=True
    )
    while True:
        try:
            return run(request)
        except HearsayError as error:
            if error.code != HELD:
                raise
            time.sleep(PAUSE)


def _sum(one: RunSummary, other: RunSummary) -> RunSummary:
    counts = {
        name: getattr(one, name) + getattr(other, name)
        for name in ("n_new", "n_unchanged", "n_set_aside", "n_claims", "n_events", "n_audits", "n_warnings")
    }
    seconds = {key: one.seconds.get(key, 0) + other.seconds.get(key, 0) for key in [*one.seconds, *other.seconds]}
    codes = {one.exit_code, other.exit_code}
    code = next((code for code in (FATAL, SET_ASIDE) if code in codes), 0)
    return replace(other, **counts, seconds=seconds, exit_code=code)


@contextmanager
def _under_way(home: Path) -> Iterator[None]:
    """Let scheduled runs know, also after a kill: the kernel's lock goes with the process. One at a time (H906)."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / _LOCK).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HearsayError("H906", home=home) from None
        yield


def is_under_way(home: Path) -> bool:
    """Whether a backfill goes on in this home."""
    return server.is_locked(home / _LOCK)
