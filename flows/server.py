"""A local Prefect server of our own, one for each $HEARSAY_HOME, for the run history. Nothing here imports Prefect.

`start` returns at once and brings a server up beside the run's own work; `ServerHandle.wait` gives its address when
it is needed. Whatever goes wrong with it never stops a run: the address is then None and `problem` says why.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from flows import supervisor

if TYPE_CHECKING:
    from flows.settings import Settings

WAIT_SECONDS: Final = 30.0
_STOP_SECONDS: Final = 10.0


@dataclass(frozen=True)
class ServerState:
    """The server as its supervisor wrote it down.

    `is_running` is what the lock says, whatever the file says; `is_up` says that the server answered once.
    """

    is_running: bool
    is_up: bool = False
    pid: int | None = None
    server_pid: int | None = None
    port: int | None = None
    url: str | None = None
    started_at: str | None = None


class ServerHandle:
    """One run's hold on a server. While it is open, the server doesn't count as idle; close it when the run ends."""

    def __init__(self, home: Path | None, url: str | None, problem: str | None = None) -> None:
        self._home = home
        self._starting: subprocess.Popen[bytes] | None = None
        self._url = url
        self._users: IO[str] | None = None
        self.problem = problem
        if home is not None and problem is None:
            self._users = (home / "prefect" / "users.lock").open("a+")
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def wait(self, timeout: float = WAIT_SECONDS) -> str | None:
        """The API's address once the server answers; None when there is none within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while self._url is None and self.problem is None:
            if self._home is None:
                return None
            found = _state(self._home)
            if found.is_up:
                self._url = found.url
            elif not found.is_running and not self._is_starting():
                self.problem = f"it ended while starting; its log is {self._log()}"
            elif time.monotonic() > deadline:
                self.problem = f"not up within {timeout:g} seconds; its log is {self._log()}"
            else:
                time.sleep(0.05)
        if self._url is not None and self.problem is None and not supervisor.health(self._url, 5.0):
            self.problem = f"{self._url} does not answer"
        return None if self.problem else self._url

    def expected(self, timeout: float = 3.0) -> str | None:
        """The address at which the server will most likely answer, known a moment after `start`.

        For what takes time and needs the address, like importing Prefect, while the server comes up. `wait` has the
        last word.
        """
        deadline = time.monotonic() + timeout
        while self._url is None and self._home is not None and self.problem is None:
            found = _state(self._home)
            if found.url or time.monotonic() > deadline or not (found.is_running or self._is_starting()):
                return found.url
            time.sleep(0.02)
        return None if self.problem else self._url

    def close(self) -> None:
        """Let the server go; it ends by itself when no run has used it for a while."""
        if self._users is not None:
            self._users.close()
            self._users = None

    def spawn(self, idle_seconds: float, keep_days: int) -> None:
        """Start a supervisor that outlives this process. Two at once are no harm: the second ends by itself."""
        assert self._home is not None
        with (self._home / "prefect" / "server.log").open("wb") as log:
            self._starting = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "flows.supervisor", str(self._home), str(idle_seconds), str(keep_days)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=Path(__file__).parents[1],
                start_new_session=True,
            )

    def _is_starting(self) -> bool:
        # asked before the lock is looked at again: a supervisor takes it within its first moments
        return self._starting is not None and self._starting.poll() is None

    def _log(self) -> str:
        return str(self._home / "prefect" / "server.log") if self._home else ""


def start(settings: Settings) -> ServerHandle:
    """Bring up the server that the settings ask for, unless it is up. Returns at once and never raises."""
    if settings.prefect == "off":
        return ServerHandle(None, None)
    if settings.prefect != "auto":
        return ServerHandle(None, settings.prefect)
    try:
        folder = settings.home / "prefect"
        folder.mkdir(parents=True, exist_ok=True)
        # held before the look, so that a server that is about to end stays
        handle = ServerHandle(settings.home, None)
        if not _is_locked(folder):
            (folder / "server.json").unlink(missing_ok=True)  # a killed one's
            handle.spawn(settings.prefect_idle_minutes * 60, settings.keep_days)
    except OSError as error:
        return ServerHandle(settings.home, None, f"{error.strerror}: {error.filename}")
    return handle


def prefect_environment(settings: Settings, url: str | None) -> dict[str, str]:
    """Variables to set before Prefect is imported."""
    return supervisor.environment(settings.home, url)


def state(settings: Settings) -> ServerState:
    """What is known of the server of this home."""
    return _state(settings.home)


def answers(url: str) -> bool:
    """Whether a Prefect server answers at this API address."""
    return supervisor.health(url, 5.0)


def stop(settings: Settings) -> bool:
    """End the server of this home. False when there was none, or it didn't end in ten seconds."""
    found = _state(settings.home)
    if not found.is_running:
        return False
    pid = _holder(settings.home / "prefect")
    if pid is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while _is_locked(settings.home / "prefect"):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _state(home: Path) -> ServerState:
    if not _is_locked(home / "prefect"):
        return ServerState(is_running=False)
    try:
        facts = json.loads((home / "prefect" / "server.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ServerState(is_running=True)
    # While a new supervisor starts, the file may still be a killed one's.
    return (
        ServerState(is_running=True, **facts)
        if facts["pid"] == _holder(home / "prefect")
        else ServerState(is_running=True)
    )


def _is_locked(folder: Path) -> bool:
    """Whether a supervisor lives."""
    return is_locked(folder / "server.lock")


def is_locked(path: Path) -> bool:
    """Whether a process holds this lock (`fcntl.flock`), which goes with it, also when it is killed."""
    try:
        with path.open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _holder(folder: Path) -> int | None:
    """The process that holds the lock."""
    try:
        return int((folder / "server.lock").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
