"""Notices reach the command and the address that the settings name; one that can't is said so."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows.notices import Notice, send, send_once, settle
from flows.settings import load

NOTICE = Notice("stale_source", "desk", "desk gave nothing new", "a.duckdb", "2026-01-02T03:04:05+00:00", "look")


def test_a_command_gets_it_as_json(tmp_path: Path) -> None:
    out = tmp_path / "notice.json"
    script = tmp_path / "take it.py"
    script.write_text("import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.stdin.read())")
    chosen = load({}, tmp_path, notify_command=f"{sys.executable} '{script}' '{out}'")
    assert send(chosen, NOTICE) == []
    told = json.loads(out.read_text())
    assert (told["kind"], told["source"], told["what_next"]) == ("stale_source", "desk", "look")


def test_an_address_gets_it_as_json(tmp_path: Path) -> None:
    taken: list[bytes] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204 if self.path == "/good" else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Taker) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{listening.server_port}"
        assert send(load({}, tmp_path, notify_url=f"{address}/good"), NOTICE) == []
        assert json.loads(taken[0])["summary"] == "desk gave nothing new"
        assert send(load({}, tmp_path, notify_url=f"{address}/bad"), NOTICE) == ["notify_url: answered 503"]
        listening.shutdown()
    (problem,) = send(load({}, tmp_path, notify_url=f"{address}/good"), NOTICE)
    assert problem.startswith("notify_url: ")


@pytest.mark.parametrize("command", ["/no/such/command", f"{sys.executable} -c 'raise SystemExit(4)'", "'unclosed"])
def test_a_command_that_fails_is_said_and_harms_nothing(tmp_path: Path, command: str) -> None:
    (problem,) = send(load({}, tmp_path, notify_command=command), NOTICE)
    assert problem.startswith("notify_command: ")


def test_nobody_asked_to_be_told(tmp_path: Path) -> None:
    assert send(load({}, tmp_path), NOTICE) == []


def test_what_goes_on_is_told_once_until_it_is_over(tmp_path: Path) -> None:
    out = tmp_path / "notices.txt"
    script = tmp_path / "add.py"
    script.write_text("import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + '\\n')")
    chosen = load({}, tmp_path, home=tmp_path / "home", notify_command=f"{sys.executable} {script} {out}")
    other = replace(NOTICE, source="wire")
    for notice in (NOTICE, NOTICE, other, replace(NOTICE, kind="failure"), NOTICE):
        assert send_once(chosen, notice) == []
    assert len(out.read_text().splitlines()) == 3
    settle(chosen, "desk", ["stale_source"])
    for notice in (NOTICE, other, replace(NOTICE, kind="failure")):
        send_once(chosen, notice)
    assert len(out.read_text().splitlines()) == 4


def test_what_was_not_delivered_is_tried_again(tmp_path: Path) -> None:
    broken = load({}, tmp_path, home=tmp_path / "home", notify_command="/no/such/command")
    assert len(send_once(broken, NOTICE)) == len(send_once(broken, NOTICE)) == 1
