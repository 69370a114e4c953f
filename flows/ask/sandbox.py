"""Run ad-hoc SQL in a child process that can change nothing, see no file and not outstay its time."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from flows.errors import HearsayError
from flows.publish.migrate import is_behind
from flows.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

_PACKAGE: Final = Path(__file__).parents[2]
_ABSENT: Final = "does not exist"  # what DuckDB says of a table, a view or a column that isn't there
_START_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Answer:
    """The rows of a query. `is_cut` when there were more than the settings' query_rows."""

    table: pa.Table
    is_cut: bool


class Sandbox:
    """A child process with `database` open; one query after the other. Use it in a `with` statement.

    Raises HearsayError: H704 no database, H702 not one, H801 not allowed, H802 failed, H805 too long, H806 too large,
    H809 failed for want of a table or view that an earlier version's database lacks.
    """

    def __init__(self, database: Path, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def ask(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Answer:
        """Run one SELECT with its named parameters bound."""
        try:
            return self._ask(sql, parameters)
        except HearsayError as error:
            detail = error.values.get("detail", "")
            if error.code != "H802" or _ABSENT not in detail or not self._is_behind():
                raise
            raise HearsayError("H809", detail=detail, database=self._database) from error

    def _ask(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Answer:
        import pyarrow as pa

        request = {"sql": sql, "parameters": dict(parameters or {}), "rows": self._settings.query_rows}
        data = self._exchange(request, self._settings.query_seconds)
        with pa.ipc.open_stream(data) as stream:
            table = stream.read_all()
        rows = self._settings.query_rows
        return Answer(table.slice(0, rows), table.num_rows > rows)

    def _is_behind(self) -> bool:
        """Whether the database is of an earlier version; one that records none is not ours to tell of."""
        try:
            recorded = self._ask("SELECT number, sha256 FROM ops.migrations").table.to_pylist()
        except HearsayError:
            return False
        return is_behind({row["number"]: row["sha256"] for row in recorded})

    def close(self) -> None:
        """End the child, whatever it is doing."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _exchange(self, request: dict[str, Any], seconds: float) -> bytes:
        child = self._child or self._start()
        try:
            return self._send(child, request, seconds)
        except HearsayError as error:
            if error.code in ("H805", "H806"):
                self.close()
            raise
        except BaseException:
            self.close()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        if not self._database.exists():
            raise HearsayError("H704", database=self._database)
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "TZ": "UTC"}
        self._child = subprocess.Popen(
            [sys.executable, "-m", "flows.ask.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=_PACKAGE,
        )
        limits = {"database": str(self._database.absolute()), "megabytes": self._settings.query_memory_mb}
        try:
            self._send(self._child, limits, _START_SECONDS)
        except HearsayError:
            self.close()
            raise
        return self._child

    def _send(self, child: subprocess.Popen[bytes], request: dict[str, Any], seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        try:
            assert child.stdin is not None
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
        except BrokenPipeError:
            raise self._ended(child) from None
        received = self._receive(child, b"", lambda data: b"\n" in data, deadline, seconds)
        line, _, data = received.partition(b"\n")
        head = json.loads(line)
        if "error" in head:
            raise HearsayError(
                head["error"],
                detail=head["detail"],
                database=self._database,
                megabytes=self._settings.query_memory_mb,
            )
        return self._receive(child, data, lambda got: len(got) >= head["bytes"], deadline, seconds)

    def _receive(
        self, child: subprocess.Popen[bytes], start: bytes, done: Any, deadline: float, seconds: float
    ) -> bytes:
        """Read from the child until `done` is content, in pieces that each wait no longer than the deadline."""
        assert child.stdout is not None
        data = bytearray(start)
        while not done(data):
            wait = deadline - time.monotonic()
            if wait <= 0 or not select.select([child.stdout], [], [], wait)[0]:
                raise HearsayError("H805", seconds=f"{seconds:g}")
            piece = os.read(child.stdout.fileno(), 1 << 20)
            if not piece:
                raise self._ended(child)
            data += piece
        return bytes(data)

    def _ended(self, child: subprocess.Popen[bytes]) -> HearsayError:
        """A child that is gone ran out of memory: nothing else ends it."""
        child.wait()
        return HearsayError("H806", megabytes=self._settings.query_memory_mb)
