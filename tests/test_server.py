"""Our own Prefect server: one a home, gone when idle, and never a run's problem."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows import server, supervisor
from flows.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = load({}, tmp_path, home=tmp_path / "home", prefect_idle_minutes=1 / 60)
    yield made
    server.stop(made)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stand-in for Prefect's application, which would take seconds to start: it only answers that it is well."""
    package = tmp_path / "stand_in" / "uvicorn"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text(
        "import sys\n"
        "from http.server import BaseHTTPRequestHandler as H, HTTPServer as S\n"
        "class Well(H):\n"
        "    def do_GET(self):\n"
        "        self.send_response(200); self.end_headers(); self.wfile.write(b'true')\n"
        "    def log_message(self, *a): pass\n"
        "S(('127.0.0.1', int(sys.argv[sys.argv.index('--port') + 1])), Well).serve_forever()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(package.parent))


def eventually(condition: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def alive(pid: int | None) -> bool:
    assert pid is not None
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.usefixtures("quick")
def test_one_server_for_a_home_shared_by_runs(settings: Settings) -> None:
    one, other = server.start(settings), server.start(settings)
    expected = one.expected()
    url = one.wait()
    assert url is not None
    assert url == expected == other.expected()
    assert other.wait() == url
    state = server.state(settings)
    assert state.is_running
    assert url == f"http://127.0.0.1:{state.port}/api"
    assert server.answers(url)
    one.close()
    other.close()


@pytest.mark.usefixtures("quick")
def test_it_stays_while_a_run_goes_on_and_ends_when_idle(settings: Settings) -> None:
    handle = server.start(settings)
    assert handle.wait()
    state = server.state(settings)
    time.sleep(2)
    assert server.state(settings).is_running
    handle.close()
    assert eventually(lambda: not server.state(settings).is_running)
    assert eventually(lambda: not alive(state.server_pid))


@pytest.mark.usefixtures("quick")
def test_a_killed_one_is_replaced(settings: Settings) -> None:
    handle = server.start(settings)
    first = handle.wait()
    state = server.state(settings)
    assert state.pid is not None
    os.kill(state.pid, signal.SIGKILL)
    assert eventually(lambda: not server.state(settings).is_running)
    assert eventually(lambda: not alive(state.server_pid)), "the server outlived its supervisor"
    again = server.start(settings)
    url = again.wait()
    assert url is not None
    assert server.state(settings).pid != state.pid
    assert first is not None
    handle.close()
    again.close()


@pytest.mark.usefixtures("quick")
def test_stop_ends_it(settings: Settings) -> None:
    handle = server.start(settings)
    assert handle.wait()
    state = server.state(settings)
    assert server.stop(settings)
    assert not server.state(settings).is_running
    assert eventually(lambda: not alive(state.server_pid))
    assert not server.stop(settings)
    handle.close()


def test_one_that_fails_is_told_and_raises_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "uvicorn").mkdir()
    (tmp_path / "uvicorn" / "__init__.py").write_text("raise SystemExit('broken')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    handle = server.start(settings)
    assert handle.wait() is None
    assert "server.log" in (handle.problem or "")
    assert "broken" in (settings.home / "prefect" / "server.log").read_text()
    handle.close()


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    handle = server.start(load({}, tmp_path, home=tmp_path / "home"))
    assert handle.wait() is None
    assert handle.problem
    handle.close()


def test_off_starts_nothing(tmp_path: Path) -> None:
    handle = server.start(load({}, tmp_path, prefect="off"))
    assert handle.wait() is None
    assert handle.problem is None
    assert list(tmp_path.iterdir()) == []


def test_a_server_of_the_users_own_is_asked_for_its_health(tmp_path: Path) -> None:
    class Well(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/api/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Well) as well:
        threading.Thread(target=well.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{well.server_port}/api"
        assert server.start(load({}, tmp_path, prefect=url)).wait() == url
        well.shutdown()
    handle = server.start(load({}, tmp_path, prefect=url))
    assert handle.wait() is None
    assert "does not answer" in (handle.problem or "")


def test_prefect_is_kept_silent_and_at_home(settings: Settings) -> None:
    variables = server.prefect_environment(settings, "http://127.0.0.1:1/api")
    assert variables["PREFECT_HOME"] == str(settings.home / "prefect")
    assert variables["DO_NOT_TRACK"] == "1"
    assert variables["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


@pytest.mark.slow
def test_the_real_one_comes_up_and_keeps_its_state_at_home(settings: Settings) -> None:
    handle = server.start(settings)
    url = handle.wait(60)
    assert url is not None
    assert supervisor.health(url)
    with sqlite3.connect(settings.home / "prefect" / "prefect.db") as database:
        assert database.execute("SELECT count(*) FROM flow_run").fetchone() == (0,)
    handle.close()
