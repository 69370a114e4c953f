"""What a run says on stderr: progress, a summary, and key=value lines. stdout belongs to data."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Final, TextIO

from flows import clock

_SECRET_KEY: Final = re.compile(r"token|secret|passw|credential|authori[sz]ation|api_?key|cookie", re.IGNORECASE)
_SECRET_VALUE: Final = re.compile(r"(?<=://)[^/@\s]+(?=@)|(?<=[?&](?:key|sig)=)[^&\s]+|(?i:(?<=bearer )\S+)")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BARE: Final = re.compile(r'[^\s"=]+')
_BETWEEN_LINES: Final = 5.0  # seconds from one progress line to the next, off a terminal


@dataclass(frozen=True)
class Talk:
    """How much is said. Quiet leaves warnings and errors; verbose adds the log where a bar would stand."""

    quiet: bool = False
    verbose: bool = False

    @property
    def on_terminal(self) -> bool:
        return sys.stderr.isatty()

    def say(self, text: str) -> None:
        """Words for a person, unless quiet."""
        if not self.quiet:
            warn(text)

    def log(self, event: str, **facts: object) -> None:
        """One key=value line, off a terminal or when verbose."""
        if not self.quiet and (self.verbose or not self.on_terminal):
            warn(line(event, **facts))

    @contextmanager
    def progress(self, label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Give a function that takes how many more are done: a bar on a terminal, else a line now and then."""
        if self.quiet:
            yield lambda _: None
        elif self.on_terminal and not self.verbose:
            with _bar(label, total) as advance:
                yield advance
        else:
            yield self._lines(label, total)

    def _lines(self, label: str, total: int | None) -> Callable[[int], None]:
        done, last = 0, monotonic()

        def advance(more: int) -> None:
            nonlocal done, last
            done += more
            if done == total or monotonic() - last >= _BETWEEN_LINES:
                last = monotonic()
                self.log("progress", stage=label, done=done, **({} if total is None else {"total": total}))

        return advance


def warn(text: str, stream: TextIO | None = None) -> None:
    """Say `text` on stderr, also when quiet. Control characters, which could steer a terminal, are left out."""
    out = stream or sys.stderr
    out.write(_CONTROL.sub("", redact(text)) + "\n")
    out.flush()


@contextmanager
def data() -> Iterator[TextIO]:
    """Give stdout. A reader that has had enough (`| head`) ends the command, without a complaint."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        # What Python would still flush at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def line(event: str, **facts: object) -> str:
    """A log line: time, event and facts as key=value, with secrets taken out."""
    pairs: dict[str, object] = {"time": clock.now().isoformat(timespec="seconds"), "event": event, **facts}
    return " ".join(f"{key}={_value(key, value)}" for key, value in pairs.items())


def redact(text: str) -> str:
    """`text` without passwords in addresses, bearer tokens and signatures."""
    return _SECRET_VALUE.sub("***", text)


def _value(key: str, value: object) -> str:
    if _SECRET_KEY.search(key):
        return "***"
    text = redact(f"{value:.3f}" if isinstance(value, float) else str(value))
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


@contextmanager
def _bar(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield lambda more: progress.update(task, advance=more)
