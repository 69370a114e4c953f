"""`hearsay doctor`: what is wrong with this installation, and the command that mends it."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from flows import server, settings
from flows.ask import formats
from flows.console import Talk
from flows.errors import HearsayError
from flows.settings import Settings

_PYTHON: Final = (3, 11)
_PIN: Final = re.compile(r"([\w.-]+)==([\w.]+)")
_DISK_MEGABYTES: Final = 500
_INSTALL: Final = "run the README's first command again"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `mend` is what to do when it is wrong; None when it is well."""

    check: str
    found: str
    mend: str | None = None


def doctor(database: Path | None, stop_server: bool) -> int:
    """Look at everything; 1 when something is wrong."""
    import pyarrow as pa

    talk = Talk()
    chosen = settings.load(database=database)
    if stop_server:
        talk.say("the Prefect server is stopped" if server.stop(chosen) else "there was no Prefect server to stop")
    findings = [finding for check in _CHECKS for finding in check(chosen)]
    rows = [
        {"check": one.check, "state": "ok" if one.mend is None else "wrong", "found": one.found, "mend": one.mend}
        for one in findings
    ]
    schema = pa.schema([(name, pa.string()) for name in ("check", "state", "found", "mend")])
    formats.write(pa.Table.from_pylist(rows, schema=schema), None)
    return 1 if any(one.mend for one in findings) else 0


def _python(_: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] == _PYTHON
    yield Finding("python", version, None if good else "install Python 3.11 and run the README's first command with it")


def _packages(_: Settings) -> Iterator[Finding]:
    try:
        pins = [match for line in metadata.requires("hearsay") or [] if (match := _PIN.match(line))]
    except metadata.PackageNotFoundError:
        yield Finding("packages", "hearsay itself is not installed", _INSTALL)
        return
    wrong = [f"{pin[1]} {have or 'is missing'}, not {pin[2]}" for pin in pins if (have := _version(pin[1])) != pin[2]]
    yield Finding("packages", "; ".join(wrong) or f"{len(pins)} as pinned", _INSTALL if wrong else None)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _model(chosen: Settings) -> Iterator[Finding]:
    # looked for, not loaded: that takes seconds
    package = chosen.model.replace("-", "_")
    there = Path(chosen.model).is_dir() or (package.isidentifier() and find_spec(package) is not None)
    mend = None if there else f"{_INSTALL}, or set model to one that is installed"
    yield Finding("language model", f"{chosen.model} {'is there' if there else 'is not installed'}", mend)


def _home(chosen: Settings) -> Iterator[Finding]:
    folder = chosen.home
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield Finding("home", f"{chosen.home}: {error.strerror}", "set HEARSAY_HOME to a folder that you may write to")
        return
    free = shutil.disk_usage(folder).free // 1_000_000
    mend = None if free >= _DISK_MEGABYTES else f"make room: a run needs {_DISK_MEGABYTES} MB"
    yield Finding("home", f"{chosen.home}, {free} MB free", mend)


def _databases(chosen: Settings) -> Iterator[Finding]:
    for path in dict.fromkeys((chosen.database_path, chosen.sample_path)):
        if path.exists() or path.is_symlink():
            yield _database(path)
        elif path == chosen.database_path:
            yield Finding("database", f"none yet at {path}; `hearsay run` makes it")


def _database(path: Path) -> Finding:
    import duckdb

    from flows.publish import Store

    try:
        with Store(path).reading() as connection:
            row = connection.execute("SELECT count(*) FROM articles").fetchone()
    except HearsayError as error:
        return Finding("database", str(error), "name another with --database, or move the file away")
    except duckdb.Error as error:
        detail = str(error).splitlines()[0]
        return Finding("database", f"{path}: {detail}", "move it away and run again: the raw documents are kept")
    return Finding("database", f"{path}, {row[0] if row else 0} articles")


def _sources(chosen: Settings) -> Iterator[Finding]:
    from flows.ingest import sources

    for path in sorted(chosen.sources.glob("*.toml")):
        try:
            source = sources.load(path.stem, path)
        except HearsayError as error:
            yield Finding(f"source {path.stem}", error.reason, f"correct {path}")
            continue
        when = (
            "when it is asked for" if not source.is_scheduled else source.cron or f"every {source.every_minutes:g} min"
        )
        if source.path.is_dir():
            yield Finding(f"source {path.stem}", f"{source.path}, {when}")
        elif source.is_scheduled:
            yield Finding(f"source {path.stem}", f"there is no folder {source.path}", f"make it, or correct {path}")
        else:
            yield Finding(f"source {path.stem}", f"no folder {source.path} yet, {when}")


def _set_aside(chosen: Settings) -> Iterator[Finding]:
    import duckdb

    from flows.publish import Store

    if not chosen.database_path.is_symlink():
        return
    try:
        with Store(chosen.database_path).reading() as connection:
            row = connection.execute("SELECT count(*) FROM ops.quarantine WHERE dismissed_at IS NULL").fetchone()
    except (HearsayError, duckdb.Error):  # told by the database's own check
        return
    n = row[0] if row else 0
    yield Finding("set aside", f"{n} documents" + ("; `hearsay quarantine` lists them" if n else ""))


def _judgements(chosen: Settings) -> Iterator[Finding]:
    import duckdb

    from flows import judgements
    from flows.publish import Store

    try:
        listed = judgements.load(chosen.judgements)
    except HearsayError as error:
        yield Finding("judgements", error.reason, f"correct {chosen.judgements}: no run begins before")
        return
    if listed is None or not chosen.database_path.is_symlink():
        return
    try:
        with Store(chosen.database_path).reading() as connection:
            waiting = len(judgements.compare(connection, chosen.judgements).changed)
    except (HearsayError, duckdb.Error):  # told by the database's own check
        return
    yield Finding("judgements", f"{len(listed)} of people, {waiting} to be applied or taken back by the next run")


def _prefect(chosen: Settings) -> Iterator[Finding]:
    if chosen.prefect == "off":
        yield Finding("prefect", "off: runs leave no history")
        return
    if chosen.prefect != "auto":
        answers = server.answers(chosen.prefect)
        mend = None if answers else "start that server, or set prefect to auto"
        yield Finding("prefect", f"{chosen.prefect} {'answers' if answers else 'does not answer'}", mend)
        return
    yield _own_server(server.state(chosen))


def _own_server(state: server.ServerState) -> Finding:
    if not state.is_running:
        return Finding("prefect", "our server is not up; a run starts it")
    if state.url is None or not state.is_up:
        return Finding("prefect", "our server is starting")
    told = f"{state.url.removesuffix('/api')} (process {state.pid}, port {state.port}, since {state.started_at})"
    if server.answers(state.url):
        return Finding("prefect", f"our server is up at {told}")
    return Finding("prefect", f"our server does not answer at {told}", "hearsay doctor --stop-server")


_CHECKS: Final[tuple[Callable[[Settings], Iterator[Finding]], ...]] = (
    _python,
    _packages,
    _model,
    _home,
    _databases,
    _sources,
    _set_aside,
    _judgements,
    _prefect,
)
