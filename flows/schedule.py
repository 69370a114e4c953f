"""The schedule: a Prefect deployment for each named source that has one, and the flow that a deployment runs.

A scheduled run is `pipeline.run` on one source. It declines, as a cancelled run, when another run holds the database,
and when the source was read since the run was due: a service that was away makes up for what it missed by what the
next run finds. What may pass by itself (a disk that is full, a file that is locked) is tried again, with backoff.

A run that a kill left as running is marked as crashed when the schedule is served again, and of the runs that fell due
meanwhile none is kept: the next one finds what they would have found.

With `flows.pipeline` the only module that imports Prefect, which wants `server.prefect_environment` set before.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
from prefect import flow, runtime, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron, Interval, Schedule
from prefect.states import Cancelled, Completed, Crashed, Failed
from prefect.tasks import exponential_backoff
from prefect.types.entrypoint import EntrypointType

from flows import clock, notices, pipeline, settings
from flows.commands.backfill import is_under_way
from flows.commands.report import write
from flows.commands.run import describe
from flows.console import warn
from flows.errors import HearsayError
from flows.ingest import sources
from flows.publish import Store
from flows.requests import FATAL, SET_ASIDE, RunRequest, RunSummary
from flows.resources import sql_of
from flows.settings import Settings

RETRIES: Final = 3
BACKOFF: Final = 10  # seconds before the first retry; each later one waits twice as long
HELD: Final = "H701"
_MAY_PASS: Final = frozenset({"H707", "H708", "H901", "H902"})
FATAL_AUDIT: Final = "Fatal audit"
FLOW: Final = "hearsay"


def worth_retrying(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Whether what stopped the run may have passed in a while: the disk, the database's file, not the input."""
    error = state.result(raise_on_failure=False)
    if isinstance(error, HearsayError):
        return error.code in _MAY_PASS
    return isinstance(error, OSError | duckdb.IOException)


@task(
    name="run",
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(BACKOFF),
    retry_condition_fn=worth_retrying,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def attempt(source: str, chosen: Settings) -> RunSummary:
    """One run of the pipeline on one source."""
    return pipeline.run(RunRequest((source,), chosen.database_path, clock.now(), chosen, quiet=True))


def _tell(flow: Any, flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 (Prefect names them)
    kind: notices.Kind = "fatal_audit" if state.name == FATAL_AUDIT else "failure"
    source = str(flow_run.parameters.get("source"))
    _send(settings.load(), kind, source, state.message or str(state.name), "hearsay status")


@flow(
    name=FLOW,
    flow_run_name="{source}",
    validate_parameters=False,
    persist_result=False,
    on_failure=[_tell],
    on_crashed=[_tell],
)
def scheduled(source: str) -> State[Any]:
    """Read one named source, as the settings in the environment say."""
    chosen = settings.load()
    due = runtime.flow_run.scheduled_start_time
    if due is not None and (since := read_since(chosen.database_path, source, due)) is not None:
        return Cancelled(message=f"nothing to make up for: {source} was read at {since:%Y-%m-%d %H:%M:%S} UTC")
    _wait_for_backfill(chosen)
    try:
        summary = attempt(source, chosen)
    except HearsayError as error:
        told = str(error)
        return Cancelled(message=told) if error.code == HELD else Failed(message=told)
    finally:
        _aside(_tell_when_stale, chosen, source)
    _aside(_report, source, summary, chosen)
    if summary.exit_code != FATAL:
        _aside(notices.settle, chosen, source, ["failure", "fatal_audit"])
    return _state_of(summary)


def _wait_for_backfill(chosen: Settings) -> None:
    """While a backfill goes on, wait for the end of the slice that it is at."""
    while is_under_way(chosen.home):
        try:
            with Store(chosen.database_path).writing():
                return
        except HearsayError:
            time.sleep(0.2)


def _aside(work: Callable[..., None], *given: Any) -> None:
    """What comes after a run never makes it fail."""
    try:
        work(*given)
    except Exception as error:  # noqa: BLE001 — the articles are published
        warn(f"{work.__name__.strip('_').replace('_', ' ')}: {type(error).__name__}: {error}")


def _report(source: str, summary: RunSummary, chosen: Settings) -> None:
    """The run's counts as an artifact, and the quality report that it leads to."""
    write(chosen.report_path, chosen.database_path, chosen)
    create_markdown_artifact(_as_markdown(source, summary, chosen), key=_key(source), description=source)


def read_since(database: Path, source: str, due: datetime) -> datetime | None:
    """When a run that began at `due` or later read the source; None when none did."""
    if not database.exists():
        return None
    with Store(database).reading() as connection:
        row = connection.execute(sql_of("commands", "read_since"), {"source": source, "due": due}).fetchone()
    return row[0] if row else None


def _state_of(summary: RunSummary) -> State[Any]:
    told = describe(summary)
    if summary.exit_code == FATAL:
        return Failed(name=FATAL_AUDIT, message=told)
    if summary.exit_code == SET_ASIDE:
        return Completed(name="Set aside", message=told)
    return Completed(message=told)


def _as_markdown(source: str, summary: RunSummary, chosen: Settings) -> str:
    counts = {
        "new": summary.n_new,
        "unchanged": summary.n_unchanged,
        "set aside": summary.n_set_aside,
        "claims": summary.n_claims,
        "events": summary.n_events,
        "audits": summary.n_audits,
        "audits with a warning": summary.n_warnings,
    }
    lines = [f"## {source}", "", f"`{summary.database}`", "", "| | |", "|---|---:|"]
    lines += [f"| {name} | {count} |" for name, count in counts.items()]
    lines += [f"| seconds: {stage} | {spent:.1f} |" for stage, spent in summary.seconds.items()]
    return "\n".join([*lines, "", f"[quality report]({chosen.report_path.as_uri()}): `{chosen.report_path}`", ""])


def _key(source: str) -> str:
    """An artifact's key: letters, digits and dashes."""
    return "run-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in source.lower())


def _tell_when_stale(chosen: Settings, source: str) -> None:
    """Send a notice when the source begins to give nothing new for longer than its description allows."""
    allowed = sources.load(source, sources.described_in(chosen, source)).stale_after_hours
    if allowed is None or not chosen.database_path.exists():
        return
    with Store(chosen.database_path).reading() as connection:
        row = connection.execute("SELECT last_new_at FROM ops.freshness WHERE source_name = $1", [source]).fetchone()
    last = row[0] if row else None
    if last is not None and clock.now() - last <= timedelta(hours=allowed):
        notices.settle(chosen, source, ["stale_source"])
        return
    told = "never gave anything" if last is None else f"gave nothing new since {last:%Y-%m-%d %H:%M} UTC"
    _send(chosen, "stale_source", source, f"{source} {told}", f"look into its folder, then hearsay run {source}")


def _send(chosen: Settings, kind: notices.Kind, source: str, summary: str, what_next: str) -> None:
    at = clock.now().isoformat(timespec="seconds")
    notice = notices.Notice(kind, source, summary, str(chosen.database_path), at, what_next)
    for problem in notices.send_once(chosen, notice):
        warn(f"a notice was not delivered: {problem}")


def deployments(found: Sequence[sources.Source]) -> list[RunnerDeployment]:
    """A deployment for each source.

    Prefect's own limit of runs is not used: its slots outlive a kill. The runner takes one run at a time, and the
    database's lock is the last word.
    """
    return [_deployment(source) for source in found]


def _deployment(source: sources.Source) -> RunnerDeployment:
    made = scheduled.to_deployment(
        name=source.name,
        schedule=_schedule(source),
        parameters={"source": source.name},
        tags=["hearsay"],
        description=f"{source.kind} {source.path}",
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(made, RunnerDeployment)  # outside a running event loop it is made at once
    return made


def _schedule(source: sources.Source) -> Schedule:
    if source.cron is not None:
        try:
            return Cron(source.cron, timezone=source.timezone)
        except ValueError as error:
            raise HearsayError("H107", name=source.name, path=f"{source.name}.toml", detail=error) from None
    assert source.every_minutes is not None
    return Interval(timedelta(minutes=source.every_minutes), timezone=source.timezone)


class _Runner(Runner):
    """Prefect's runner, ended by SIGTERM as by Ctrl-C: what it started is stopped, and nothing is left behind."""

    def handle_sigterm(self, *_: Any, **__: Any) -> None:
        signal.raise_signal(signal.SIGINT)


def keep(found: Sequence[sources.Source]) -> None:
    """Serve the deployments until interrupted; the schedules rest until they are served again."""
    runner = _Runner(pause_on_shutdown=True, limit=1)
    for deployment in deployments(found):
        runner.add_deployment(deployment)
    _clear_away([source.name for source in found])
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that starts it in the background ignores it
    with suppress(KeyboardInterrupt):
        asyncio.run(runner.start())


def _clear_away(names: list[str]) -> None:
    """Mark runs that a kill left behind as crashed, and take those away that fell due while nobody served."""
    left = FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.SCHEDULED])
    with get_client(sync_client=True) as client:
        while runs := client.read_flow_runs(  # a page of them
            flow_filter=FlowFilter(name=FlowFilterName(any_=[FLOW])),
            deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=names)),
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=left)),
        ):
            for run in runs:
                if run.state_type == StateType.SCHEDULED:
                    client.delete_flow_run(run.id)
                else:
                    client.set_flow_run_state(run.id, Crashed(message="the service ended before it did"), force=True)
