"""Raw bytes by content hash: `raw/ab/abcdef….gz` under $HEARSAY_HOME."""

from __future__ import annotations

import gzip
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.errors import HearsayError
from flows.ids import content_hash

_LEVEL: Final = 6


@dataclass(frozen=True)
class RawStore:
    """The bytes of every document as received, each once. `home` is $HEARSAY_HOME."""

    home: Path

    def path(self, digest: str) -> Path:
        """Where the bytes with this hash lie, or would lie."""
        return self.home / "raw" / digest[:2] / f"{digest}.gz"

    def put(self, digest: str, data: bytes) -> None:
        """Keep `data` under its hash: written beside, synced, renamed. What is there already is left as it is."""
        path = self.path(digest)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with beside.open("wb") as file:
            # mtime=0: the same bytes give the same file
            file.write(gzip.compress(data, _LEVEL, mtime=0))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_folder(path.parent)

    def get(self, digest: str) -> bytes:
        """The bytes with this hash. Raises HearsayError H210 when they are gone, cut short or altered."""
        try:
            with gzip.open(self.path(digest)) as file:
                data = file.read()
        except (OSError, EOFError, zlib.error):
            raise HearsayError("H210", content_hash=digest) from None
        if content_hash(data) != digest:
            raise HearsayError("H210", content_hash=digest)
        return data

    def remove(self, digest: str) -> None:
        """Take the bytes with this hash away, if they are there."""
        path = self.path(digest)
        if path.exists():
            path.unlink()
            _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
