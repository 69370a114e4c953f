"""A change set on disk: Parquet files in one archive, so that it is there whole or not at all.

Members are `upserts/main.claims.parquet` and `deletes/main.claims.parquet`, uncompressed by the archive.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from flows.changes import Changes

_EPOCH = (1980, 1, 1, 0, 0, 0)


def dump(changes: Changes) -> bytes:
    """Write a change set out; empty frames are left out. The same changes give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for part, frames in (("upserts", changes.upserts), ("deletes", changes.deletes)):
            for name, frame in sorted(frames.items()):
                if frame.height:
                    archive.writestr(zipfile.ZipInfo(f"{part}/{name}.parquet", _EPOCH), _parquet(frame))
    return buffer.getvalue()


def load(path: Path) -> tuple[Changes, str]:
    """Read a change set, and the hash of its bytes."""
    data = path.read_bytes()
    parts: dict[str, dict[str, pl.DataFrame]] = {"upserts": {}, "deletes": {}}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            part, _, name = member.removesuffix(".parquet").partition("/")
            parts[part][name] = pl.read_parquet(io.BytesIO(archive.read(member)))
    return Changes(parts["upserts"], parts["deletes"]), digest(data)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def n_rows(frames: Mapping[str, pl.DataFrame]) -> int:
    return sum(frame.height for frame in frames.values())


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=1)
    return buffer.getvalue()
