"""The main job: ingest → clean → extract → resolve → validate → publish.

With flows.schedule the only module that imports Prefect.

New input goes through the stages in batches; each batch is published in one step or not at all. Prefect keeps the
history of runs and batches when its server is there, and never decides whether a run succeeds.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

import polars as pl

from flows import __version__, clock, ledger, server
from flows.changes import Changes
from flows.console import Talk, warn
from flows.ids import make_id
from flows.ingest import RawStore, find, read
from flows.ingest.again import Received, read_again
from flows.ingest.find import InputFile, is_named, twins
from flows.intake import Intake, batches, judged_anew
from flows.judgements import OF_ARTICLE, Judgements, compare
from flows.mended import Mending
from flows.publish import Store
from flows.records import Document, Rejected
from flows.requests import RunRequest, RunSummary
from flows.resources import sql_of
from flows.tally import Tally

if TYPE_CHECKING:
    from flows.publish import Writer
    from flows.settings import Settings

SERVER_SECONDS: Final = 20.0  # so long a run waits for Prefect's server, at the most, before it goes on without
Step = Callable[[Intake], None]


def run(request: RunRequest) -> RunSummary:
    """Run the whole pipeline once on what is new in `request.sources`.

    Raises HearsayError for sources that aren't there (H101, H102) and a database that another run holds (H701).
    """
    settings, tally = request.settings, Tally()
    talk = Talk(request.quiet, request.verbose)
    files = find(request.sources, settings) if request.documents is None else []
    for one, other in twins(files):
        talk.say(f"{one.path} and {other.path} have one name: they count as versions of one document")
    with Store(request.database, request.now).writing() as writer:
        this = _begin(request, writer)
        found = request.documents if request.documents is not None else read(files, settings, RawStore(settings.home))
        mending = Mending(writer.connection)
        decided = compare(writer.connection, settings.judgements)
        again = _judged_anew(decided, writer, settings)
        fresh = batches(mending.watch(found), writer, settings.batch_size, request.retry, decided.settled())
        intakes = _timed(chain(again, fresh), tally)
        with talk.progress("articles") as advance:
            first = _skip_known(intakes, tally, advance)
            if first is not None:
                _work_on(chain([first], intakes), request, writer, this, tally, advance)
        _end(
            this,
            writer,
            tally,
            _read_from(request, files),
            settings.keep_days,
            mending.mended(str(file.path) for file in files),
        )
    return _summary(request, this, tally)


def _read_from(request: RunRequest, files: Sequence[InputFile]) -> set[str]:
    """The sources that were read, also those whose folder is empty."""
    if request.documents is not None:
        return set()
    named = {name for name in request.sources if is_named(name, request.settings)}
    return named | {file.source_name for file in files}


def _begin(request: RunRequest, writer: Writer) -> ledger.Run:
    row = writer.connection.execute("SELECT coalesce(max(sequence), 0) FROM ops.publications").fetchone()
    run_id = make_id("run", request.now.isoformat(), row[0] if row else 0)
    return ledger.Run(
        run_id,
        request.now,
        __version__,
        request.sources,
        repeats=request.documents is not None,
        is_past=request.is_past,
    )


def _judged_anew(decided: Judgements, writer: Writer, settings: Settings) -> Iterator[Intake]:
    """Ahead of all that is new: one batch of what other judgements hold for now, if any do.

    A judgement on an article whose kept bytes are gone waits until they are there again.
    """
    documents: dict[str, Document] = {}
    changed = []
    for one in decided.changed:
        ids = [one.left] if one.layer in OF_ARTICLE else []
        rows = writer.connection.execute(sql_of("commands", "judged_documents"), {"ids": ids}).fetchall()
        found = list(read_again([Received(*row) for row in rows], settings, RawStore(settings.home)))
        lost = next((each for each in found if isinstance(each, Rejected)), None)
        if lost is not None:
            warn(f"{one.judgement_id} waits: {lost.reason}")
            continue
        changed.append(one)
        documents |= {each.content_hash: each for each in found if isinstance(each, Document)}
    if changed:
        yield judged_anew(documents.values(), replace(decided, changed=tuple(changed)))


def _timed(intakes: Iterator[Intake], tally: Tally) -> Iterator[Intake]:
    """The same batches, their reading counted as the time of ingest."""
    while True:
        with tally.spending("ingest"):
            intake = next(intakes, None)
        if intake is None:
            return
        yield intake


def _skip_known(intakes: Iterator[Intake], tally: Tally, advance: Callable[[int], None]) -> Intake | None:
    """The first batch with something new in it; the ones before are only counted."""
    for intake in intakes:
        if intake.is_new:
            return intake
        tally.pass_over(intake)
        advance(intake.n_found)
    return None


def _work_on(
    intakes: Iterator[Intake],
    request: RunRequest,
    writer: Writer,
    this: ledger.Run,
    tally: Tally,
    advance: Callable[[int], None],
) -> None:
    """Take batch after batch through the stages, under Prefect when its server comes up meanwhile."""
    handle = server.start(request.settings)
    try:
        with tally.spending("set-up"):
            from flows import batch  # with the model and the audits behind it: seconds, in which the server comes up

            batch.warm_up(request.settings)
        with tally.spending("prefect"):
            # imported while the server comes up
            expected = handle.expected()
            if expected is not None:
                os.environ.update(server.prefect_environment(request.settings, expected))
                importlib.import_module("prefect")

        def step(intake: Intake) -> None:
            if not tally.is_fatal:
                batch.work(intake, writer, this, tally, request.settings)
            advance(intake.n_found)

        with tally.spending("prefect"):
            url = handle.wait(SERVER_SECONDS)
        if url is None:
            if handle.problem and not request.quiet:
                warn(f"no run history in Prefect: {handle.problem}")
            for intake in intakes:
                step(intake)
        else:
            _under_prefect(intakes, step, request.settings, url, tally)
    finally:
        handle.close()


def _under_prefect(intakes: Iterator[Intake], step: Step, settings: Settings, url: str, tally: Tally) -> None:
    """One flow, a task a batch. If Prefect itself fails, the remaining batches are worked on without it."""
    os.environ.update(server.prefect_environment(settings, url))
    waiting: list[Intake] = []  # handed over here: Prefect would walk through a task's arguments
    errors: list[Exception] = []
    try:
        with tally.spending("prefect"):
            from prefect import flow, task
            from prefect.cache_policies import NO_CACHE

        @task(name="batch", task_run_name="batch {number}", cache_policy=NO_CACHE, persist_result=False)
        def work_on_batch(number: int) -> int:
            try:
                step(waiting.pop())
            except Exception as error:
                errors.append(error)
                raise
            return number

        @flow(name="hearsay run", validate_parameters=False, persist_result=False)
        def hearsay_run() -> None:
            tally.leave_prefect()
            for number, intake in enumerate(intakes, start=1):
                waiting.append(intake)
                work_on_batch(number)
            tally.enter_prefect()

        tally.enter_prefect()
        hearsay_run()
        tally.leave_prefect()
    except Exception as problem:  # noqa: BLE001 — run history must never cost a run
        if errors:
            raise errors[0] from None
        warn(f"Prefect failed ({type(problem).__name__}): going on without it")
        for intake in chain(waiting[:], intakes):
            step(intake)


def _end(
    this: ledger.Run, writer: Writer, tally: Tally, read_from: Collection[str], keep_days: int, mended: pl.DataFrame
) -> None:
    """Write the run's last word, and that the sources were read, whatever they gave.

    Old runs leave the books, and so does what was set aside of files that have been mended.
    """
    state = "failed" if tally.is_fatal else "done"
    seconds = {stage: round(spent, 3) for stage, spent in tally.seconds.items()}
    row = ledger.run_row(this, state, tally.exit_code, tally.counts(), ended_at=clock.now(), seconds=seconds)
    nothing = pl.DataFrame(schema={"source_name": pl.String, "published_on": pl.Date})
    fresh = ledger.freshness(this, writer.connection, dict.fromkeys(read_from, 0), nothing)
    old = ledger.outdated(writer.connection, this.now, keep_days)
    if mended.height and not tally.is_fatal:
        old["ops.quarantine"] = mended
    writer.publish(Changes({"ops.runs": row, **({} if fresh.is_empty() else {"ops.freshness": fresh})}, old))


def _summary(request: RunRequest, this: ledger.Run, tally: Tally) -> RunSummary:
    return RunSummary(
        run_id=this.run_id,
        database=request.database,
        n_new=tally.n_new,
        n_unchanged=tally.n_unchanged,
        n_set_aside=tally.n_set_aside,
        n_claims=tally.n_claims,
        n_events=tally.n_events,
        n_audits=tally.n_checks,
        n_warnings=tally.n_checks_failed,
        n_judged=tally.n_judged,
        seconds={stage: spent for stage, spent in tally.seconds.items() if spent >= 0.05},
        exit_code=tally.exit_code,
    )
