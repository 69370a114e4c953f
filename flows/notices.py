"""Notices: what goes out when a scheduled run fails, an audit stops a batch, or a source gives nothing new for long.

To a command (the notice on its stdin, as JSON) and to a URL (posted, as JSON), as the settings ask. A notice that
can't be delivered is said so, and never fails a run. Of what goes on, one notice is sent when it begins: what was told
last stands in `notices.json` in home, until `settle` says that it is over.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from flows.settings import Settings

_SECONDS: Final = 30.0
_TOLD: Final = "notices.json"
Kind = Literal["failure", "fatal_audit", "stale_source"]


@dataclass(frozen=True)
class Notice:
    """What happened to which source; `what_next` is a command or a page to look at."""

    kind: Kind
    source: str
    summary: str
    database: str
    at: str  # ISO 8601, UTC
    what_next: str


def send_once(settings: Settings, notice: Notice) -> list[str]:
    """Deliver it unless the same was told of this source and is not over yet; what could not be delivered, in words."""
    told = _told(settings)
    if notice.kind in told.get(notice.source, []):
        return []
    problems = send(settings, notice)
    if not problems:
        _note(settings, {**told, notice.source: [*told.get(notice.source, []), notice.kind]})
    return problems


def settle(settings: Settings, source: str, kinds: Collection[Kind]) -> None:
    """What such notices told of the source is over: the next one goes out again."""
    told = _told(settings)
    left = [kind for kind in told.get(source, []) if kind not in kinds]
    if left != told.get(source, []):
        _note(settings, {**told, source: left})


def _told(settings: Settings) -> dict[str, list[str]]:
    try:
        found: dict[str, list[str]] = json.loads((settings.home / _TOLD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _note(settings: Settings, told: Mapping[str, list[str]]) -> None:
    path = settings.home / _TOLD
    beside = path.with_suffix(".new")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text(json.dumps(told, sort_keys=True), encoding="utf-8")
    beside.replace(path)


def send(settings: Settings, notice: Notice) -> list[str]:
    """Deliver it; what could not be delivered, in words."""
    text = json.dumps(asdict(notice), ensure_ascii=False)
    problems = []
    if settings.notify_command and (problem := _run(settings.notify_command, text)):
        problems.append(f"notify_command: {problem}")
    if settings.notify_url and (problem := _post(settings.notify_url, text)):
        problems.append(f"notify_url: {problem}")
    return problems


def _run(command: str, text: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 (the user's own command)
            shlex.split(command), input=text, text=True, timeout=_SECONDS, check=False, capture_output=True
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return str(error)
    return None if done.returncode == 0 else f"ended with {done.returncode}: {done.stderr.strip()[:200]}"


def _post(url: str, text: str) -> str | None:
    import httpx

    try:
        answer = httpx.post(url, content=text.encode(), headers={"Content-Type": "application/json"}, timeout=_SECONDS)
    except httpx.HTTPError as error:
        return str(error) or type(error).__name__
    return None if answer.is_success else f"answered {answer.status_code}"
