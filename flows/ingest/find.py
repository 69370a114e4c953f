"""Find the files that the given sources name: files, folders, globs and named sources."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.errors import HearsayError
from flows.ingest import sources
from flows.settings import Settings

FORMATS: Final = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}
LOCAL: Final = "local"


@dataclass(frozen=True, order=True)
class InputFile:
    """A file to read. `name` is what its document is known by: for a file that is given, alone, in a folder or by a
    glob, the base name, so that moving it changes nothing; in a named source its path inside the source's folder.
    """

    path: Path
    name: str
    source_name: str
    format: str
    outlet: str | None = None

    @property
    def is_gzip(self) -> bool:
        return self.path.suffix.lower() == ".gz"


def find(given: Sequence[str], settings: Settings) -> list[InputFile]:
    """The files of all that is given, each once, in the order of their paths.

    Raises HearsayError: H101 nothing there, H102 nothing to read there, H107 a broken named source, H108 a file
    of another kind.
    """
    found: dict[tuple[str, Path], InputFile] = {}
    for source in given:
        for file in _of(source, settings):
            found[file.source_name, file.path.resolve()] = file
    return sorted(found.values())


def twins(files: Sequence[InputFile]) -> list[tuple[InputFile, InputFile]]:
    """Pairs of files in different folders with one name: they count as versions of one document."""
    first: dict[tuple[str, str], InputFile] = {}
    pairs = []
    for file in files:
        if file.format == "jsonl":  # its lines have ids of their own
            continue
        other = first.setdefault((file.source_name, file.name), file)
        if other is not file:
            pairs.append((other, file))
    return pairs


def is_named(source: str, settings: Settings) -> bool:
    """Whether it is the name of a source that is described."""
    return "/" not in source and os.sep not in source and sources.described_in(settings, source).is_file()


def _of(source: str, settings: Settings) -> list[InputFile]:
    if is_named(source, settings):
        return _named(source, sources.described_in(settings, source))
    path = Path(source).expanduser()
    if path.exists():
        paths = [path]
    else:
        paths = [Path(match) for match in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207
        # a glob takes what it can of what it matches
        paths = [match for match in paths if match.is_dir() or _format(match)]
    if not paths:
        raise HearsayError("H101", path=source)
    files = [file for one in paths for file in (_folder(one) if one.is_dir() else [_file(one)])]
    if not files:
        raise HearsayError("H102", path=source)
    return files


def _file(path: Path) -> InputFile:
    kind = _format(path)
    if kind is None or not path.is_file():
        raise HearsayError("H108", path=path)
    return InputFile(path, _name(path.name), LOCAL, kind)


def _folder(folder: Path) -> list[InputFile]:
    return [InputFile(path, _name(path.name), LOCAL, _format(path) or "text") for path in _walk(folder)]


def _walk(folder: Path) -> Iterator[Path]:
    """Readable files below `folder` in a fixed order; hidden ones, links to folders and devices are passed over."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            # a link that leads nowhere is taken too: reading it says so, and it is set aside
            if not name.startswith(".") and _format(path) and (path.is_file() or path.is_symlink()):
                yield path


def _format(path: Path) -> str | None:
    name = path.name.lower().removesuffix(".gz")
    return FORMATS.get(Path(name).suffix)


def _name(path: str) -> str:
    """A packed file is the same document as the unpacked one."""
    return path[:-3] if path.lower().endswith(".gz") else path


def _named(name: str, path: Path) -> list[InputFile]:
    """The files of the named source that `path` describes; its folder counts from the description's own."""
    source = sources.load(name, path)
    if not source.path.is_dir():
        raise HearsayError("H107", name=name, path=path, detail=f"there is no folder {source.path}")
    return [
        InputFile(one, _name(one.relative_to(source.path).as_posix()), name, _format(one) or "text", source.outlet)
        for one in _walk(source.path)
    ]
