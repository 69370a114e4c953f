"""Seals tell whether somebody else has written to a twin since the last run closed it.

A shell that opens the database without `-readonly` may write to the live twin; what it writes is nowhere in the
change sets, so that the twins would show it in turns. A twin whose seal is broken is not brought up but made anew.
A seal is its size, its time of change, and that it has no log; one that a run has open, or was killed with, has none.
"""

from __future__ import annotations

import json
from pathlib import Path

from flows.publish.files import write_durably


def seal(file: Path, twin: Path) -> None:
    """Remember a twin as it is, closed."""
    _write(file, {**_read(file), twin.name: _looks(twin)})


def unseal(file: Path, twin: Path) -> None:
    """Forget a twin: it is being written to, or gone."""
    known = _read(file)
    if known.pop(twin.name, None) is not None:
        _write(file, known)


def is_broken(file: Path, twin: Path) -> bool:
    """Whether a sealed twin is no longer as it was."""
    return _read(file).get(twin.name, _looks(twin)) != _looks(twin)


def _looks(twin: Path) -> list[int]:
    status = twin.stat()
    return [status.st_size, status.st_mtime_ns, twin.with_name(f"{twin.name}.wal").exists()]


def _read(file: Path) -> dict[str, list[int]]:
    try:
        found: dict[str, list[int]] = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found


def _write(file: Path, seals: dict[str, list[int]]) -> None:
    there = {name: looks for name, looks in seals.items() if file.with_name(name).exists()}
    write_durably(file, json.dumps(there, sort_keys=True).encode())
