"""The process that keeps one Prefect server for one $HEARSAY_HOME: `python -m flows.supervisor HOME IDLE_SECONDS DAYS`.

It holds an exclusive lock on `prefect/server.lock` as long as it lives, so that a killed one leaves none behind. Runs
hold a shared lock on `prefect/users.lock`; when no run has held it for the idle time, the server ends. The
server itself takes away the runs, with their logs and artifacts, that ended more than so many days ago.
"""

from __future__ import annotations

import ctypes
import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import IO, Final

from flows import clock

_LOCK_SECONDS: Final = 0.5
_START_SECONDS: Final = 60.0
_ATTEMPTS: Final = 3
_PR_SET_PDEATHSIG: Final = 1


def environment(home: Path, url: str | None) -> dict[str, str]:
    """What keeps Prefect, server and client, silent, at home and inside `home`. `url` is the API's."""
    folder = home / "prefect"
    values = {
        "PREFECT_HOME": str(folder),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_UI_STATIC_DIRECTORY": str(folder / "ui"),
        # Hearsay tells of its errors itself.
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        # A server that is killed in the middle of a run holds it up for half a minute; with five it is minutes.
        "PREFECT_CLIENT_MAX_RETRIES": "2",
    }
    return values if url is None else {**values, "PREFECT_API_URL": url}


def health(url: str, seconds: float = 1.0) -> bool:
    """Whether a Prefect server answers at this API address. No proxy is asked."""
    secure, _, rest = url.rpartition("://")
    host, _, path = rest.partition("/")
    kind = http.client.HTTPSConnection if secure == "https" else http.client.HTTPConnection
    connection = kind(host, timeout=seconds)
    try:
        connection.request("GET", f"/{path.rstrip('/')}/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main(home: Path, idle_seconds: float, keep_days: int) -> int:
    """Serve until idle, stopped or failed. 0 also when another supervisor is there already."""
    folder = home / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "server.lock").open("a+")
    state = folder / "server.json"
    if not _take(lock, state):
        return 0
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        for _ in range(_ATTEMPTS):
            port = _free_port()
            with _server(home, port, keep_days) as server:
                try:
                    # told before it answers, so that a run can make itself ready for this address meanwhile
                    _write(state, server.pid, port, is_up=False)
                    if _wait(server, port, stopping):
                        _write(state, server.pid, port, is_up=True)
                        _keep(server, folder / "users.lock", idle_seconds, stopping)
                        return 0
                finally:
                    server.terminate()
            if stopping.is_set():
                return 0
        return 1
    finally:
        state.unlink(missing_ok=True)


def _take(lock: IO[str], state: Path) -> bool:
    """Take the lock for this process's life, remove what a killed holder left, and write down whose it is."""
    deadline = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # A client that only looks holds it for an instant.
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        else:
            state.unlink(missing_ok=True)
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            return True


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _server(home: Path, port: int, keep_days: int) -> subprocess.Popen[bytes]:
    """Start the server itself: Prefect's own application, without the seconds that its command line takes."""
    origin = f"http://127.0.0.1:{port}"
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        **environment(home, None),
        "PREFECT_UI_API_URL": f"{origin}/api",
        # no page of another site may talk to it
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": origin,
        **_keeping(keep_days),
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "warning"]
    options += ["--timeout-graceful-shutdown", "3"]
    return subprocess.Popen([*command, *options], env=variables, cwd=home, preexec_fn=_die_with_parent)  # noqa: S603


def _keeping(days: int) -> dict[str, str]:
    return {
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(days * 86_400),
    }


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait(server: subprocess.Popen[bytes], port: int, stopping: threading.Event) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while server.poll() is None and time.monotonic() < deadline and not stopping.is_set():
        if health(f"http://127.0.0.1:{port}/api"):
            return True
        stopping.wait(0.1)
    return False


def _write(state: Path, server_pid: int, port: int, *, is_up: bool) -> None:
    facts = {
        "is_up": is_up,
        "pid": os.getpid(),
        "server_pid": server_pid,
        "port": port,
        "url": f"http://127.0.0.1:{port}/api",
        "started_at": clock.now().isoformat(timespec="seconds"),
    }
    beside = state.with_suffix(".new")
    beside.write_text(json.dumps(facts), encoding="utf-8")
    beside.replace(state)


def _keep(server: subprocess.Popen[bytes], users: Path, idle_seconds: float, stopping: threading.Event) -> None:
    """Return when the server ended, is to stop, or was idle long enough."""
    last_used = time.monotonic()
    with users.open("a+") as lock:
        while server.poll() is None and time.monotonic() - last_used < idle_seconds:
            if stopping.wait(min(1.0, idle_seconds / 4)):
                return
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.flock(lock, fcntl.LOCK_UN)
            except BlockingIOError:
                last_used = time.monotonic()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
