"""`hearsay serve`: the named sources by their own schedules, until it is stopped."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows import server, settings
from flows.console import Talk
from flows.errors import HearsayError
from flows.ingest import sources
from flows.ingest.sources import Source
from flows.settings import Settings

SERVER_SECONDS = 60.0


def serve(names: tuple[str, ...], database: Path | None, quiet: bool) -> int:
    """Register the sources with Prefect and run each when it is due. 0 when it is stopped."""
    chosen = settings.load(database=database)
    talk = Talk(quiet)
    found = _wanted(names, chosen)
    if chosen.prefect == "off":
        raise HearsayError("H903")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _alone(chosen), suppress(KeyboardInterrupt):
        _serve(found, chosen, talk)
    talk.say("hearsay: the schedule is stopped. What was published stays.")
    return 0


def _serve(found: list[Source], chosen: Settings, talk: Talk) -> None:
    handle = server.start(chosen)
    try:
        url = handle.wait(SERVER_SECONDS)
        if url is None:
            raise HearsayError("H904", detail=handle.problem or "there is no server")
        # Each run is a process of its own: it finds the same settings, wherever it starts.
        chosen = chosen.model_copy(update={"prefect": url, "database": chosen.database_path})
        os.environ.update(chosen.variables())
        os.environ.update(server.prefect_environment(chosen, url))
        from flows import schedule

        for source in found:
            talk.say(f"{source.name:20} {_when(source)}")
        talk.say(f"database             {chosen.database_path}")
        talk.say(f"runs                 {url.removesuffix('/api')}   Ctrl-C ends it")
        schedule.keep(found)
    finally:
        handle.close()


@contextmanager
def _alone(chosen: Settings) -> Iterator[None]:
    """The one service of this home. Raises H905 while another one is there: when it ended, it would pause this one."""
    chosen.home.mkdir(parents=True, exist_ok=True)
    with (chosen.home / "serve.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise HearsayError("H905", home=chosen.home, pid=file.read() or "?") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _wanted(names: tuple[str, ...], chosen: Settings) -> list[Source]:
    known = {source.name: source for source in sources.every(chosen)}
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise HearsayError("H111", name=unknown, folder=chosen.sources, known=", ".join(known) or "none")
    found = [known[name] for name in names] or [source for source in known.values() if source.is_scheduled]
    idle = next((source for source in found if not source.is_scheduled), None)
    if idle is not None or not found:
        raise HearsayError("H112", what=f"{idle.name} has" if idle else "no source has", folder=chosen.sources)
    return found


def _when(source: Source) -> str:
    if source.cron is not None:
        return f"cron {source.cron} ({source.timezone})"
    return f"every {source.every_minutes:g} minutes"
