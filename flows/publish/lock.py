"""One run at a time for each database.

The lock is the kernel's (`fcntl.lockf`): it ends with the process, however that ends, so a lock is never stale,
and children that a killed run leaves behind don't hold it. The file says who holds it, for the others' message.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from flows import clock
from flows.errors import HearsayError

_held: dict[Path, str] = {}  # the kernel's lock doesn't hold between the threads of one process
_guard = Lock()


@contextmanager
def held(path: Path, database: Path) -> Iterator[None]:
    """Hold the lock file `path`, or raise H701 with the holder."""
    since = clock.now().isoformat(timespec="seconds")
    with _guard:
        if path in _held:
            raise HearsayError("H701", database=database, pid=os.getpid(), since=_held[path])
        _held[path] = since
    try:
        yield from _locked(path, database, since)
    finally:
        with _guard:
            del _held[path]


def _locked(path: Path, database: Path, since: str) -> Iterator[None]:
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise HearsayError("H701", database=database, **_holder(file.read())) from error
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"pid": os.getpid(), "since": since}))
        file.flush()
        yield
        file.seek(0)
        file.truncate()


def _holder(text: str) -> dict[str, object]:
    try:
        found = json.loads(text or "{}")
    except json.JSONDecodeError:
        found = {}
    return {"pid": found.get("pid", "?"), "since": found.get("since", "?")}
