"""Where a database's files lie, and the small durable steps that publishing is made of.

`hearsay.duckdb` is a link to one of the twins in `.hearsay.duckdb.d/`:

    .hearsay.duckdb.d/00000042.duckdb      the live twin: it holds the publications up to 42
    .hearsay.duckdb.d/00000041.duckdb      the idle twin, one publication behind
    .hearsay.duckdb.d/00000042.changes     what 42 did: the idle twin is brought up with it
    .hearsay.duckdb.d/seals.json           what the twins looked like when they were closed
    .hearsay.duckdb.d/lock                 held by the run that writes
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from flows.errors import HearsayError

_COPY = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"


@dataclass(frozen=True)
class Places:
    """The files of one database; `link` is what users name and open."""

    link: Path

    @property
    def folder(self) -> Path:
        return self.link.parent / f".{self.link.name}.d"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def seals(self) -> Path:
        return self.folder / "seals.json"

    def twin(self, sequence: int, suffix: str = "") -> Path:
        return self.folder / f"{sequence:08d}{suffix}.duckdb"

    def changes(self, sequence: int) -> Path:
        return self.folder / f"{sequence:08d}.changes"

    def twins(self) -> list[Path]:
        """All twins, the newest first."""
        return sorted(self.folder.glob("[0-9]*.duckdb"), reverse=True)

    def pending(self) -> list[int]:
        """The numbers of the change sets that are kept, in order."""
        return sorted(int(file.stem) for file in self.folder.glob("[0-9]*.changes"))

    def live(self) -> Path | None:
        """The twin that the link points to; None when nothing was published yet.

        Raises H702 when something else stands in the link's place.
        """
        if not self.link.is_symlink():
            if self.link.exists():
                raise HearsayError("H702", database=self.link)
            return None
        target = self.link.parent / self.link.readlink()
        if target.parent != self.folder or not target.is_file():
            raise HearsayError("H702", database=self.link)
        return target


def places_of(database: Path) -> Places:
    """Find the link that publishing replaces: a user's own links to it are followed, the last one is not."""
    link = Path(os.path.abspath(database))  # noqa: PTH100 (resolve() would follow the link itself)
    for _ in range(40):
        if not link.is_symlink():
            break
        target = Path(os.path.abspath(link.parent / link.readlink()))  # noqa: PTH100
        if target.parent == Places(link).folder:
            break
        link = target
    return Places(link)


def sequence_of(twin: Path | None) -> int:
    """The number of the last publication that a twin's name says it holds."""
    return int(twin.stem.partition("-")[0]) if twin else 0


def sync(path: Path) -> None:
    """Make a file or a folder's entries durable. Never call it on a database that this process has open:
    closing any handle drops the process's locks on a file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes) -> None:
    """Write beside, sync, rename, sync the folder: the file is there whole or not at all."""
    beside = path.with_name(f"{path.name}.tmp")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def copy_durably(origin: Path, path: Path) -> None:
    """Copy a database file; in a process of its own, because this one may have `origin` open (see `sync`)."""
    beside = path.with_name(f"{path.name}.tmp")
    subprocess.run([sys.executable, "-I", "-S", "-c", _COPY, str(origin), str(beside)], check=True)  # noqa: S603
    sync(beside)
    beside.replace(path)
    sync(path.parent)


def point(link: Path, target: Path) -> None:
    """Let `link` point to `target`, in one step for every reader."""
    beside = link.with_name(f".{link.name}.tmp")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target.relative_to(link.parent))
    beside.replace(link)
    sync(link.parent)


def remove_twin(twin: Path) -> None:
    """Take a twin away. A reader that has it open keeps what it reads until it closes it."""
    twin.unlink(missing_ok=True)
    twin.with_name(f"{twin.name}.wal").unlink(missing_ok=True)
