"""Read files as documents, one after the other, in memory for one document at a time."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from flows.errors import HearsayError
from flows.ids import content_hash
from flows.ingest import urls
from flows.ingest.find import InputFile
from flows.ingest.lines import Place, document_id, parse_line, reject
from flows.ingest.raw import RawStore
from flows.records import Document, Rejected
from flows.settings import Settings

_CHUNK: Final = 1 << 20
# A packed file may unpack to a thousand times its size: of one line no more is unpacked than so many limits.
_LIMITS_SKIPPED: Final = 50
_BLANK: Final = b" \t\r\n\xef\xbb\xbf"


def read(files: Iterable[InputFile], settings: Settings, raw: RawStore | None = None) -> Iterator[Document | Rejected]:
    """Each document of `files`, or what is set aside instead, in the order of the files and their lines.

    With `raw`, the bytes of all that was not too large are kept. Nothing is raised for what a file holds; disk
    errors of `raw` are.
    """
    for file in files:
        if file.format == "jsonl":
            yield from _lines(file, settings.max_document_bytes, raw)
        else:
            yield _whole(file, settings.max_document_bytes, raw)


def unread_id(path: str) -> str:
    """What a file is known by whose bytes can't be read."""
    return content_hash(path.encode())


def _open(path: Path, is_gzip: bool) -> BinaryIO:
    return gzip.open(path) if is_gzip else path.open("rb")  # type: ignore[return-value]


def _place(file: InputFile, line: int | None = None) -> Place:
    return Place(file.source_name, str(file.path) if line is None else f"{file.path}:{line}", file.outlet)


def _unreadable(error: Exception) -> HearsayError:
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return HearsayError("H208", detail=error)
    return HearsayError("H209", detail=getattr(error, "strerror", None) or error)


def _whole(file: InputFile, limit: int, raw: RawStore | None) -> Document | Rejected:
    try:
        with _open(file.path, file.is_gzip) as stream:
            data = stream.read(limit + 1)
            if len(data) > limit:
                digest, size = _rest(stream, data, limit)
                error = HearsayError("H204", limit=limit, size=size)
                return reject(error, _place(file), digest, file.name)
    except (OSError, EOFError, zlib.error) as error:
        return reject(_unreadable(error), _place(file), unread_id(str(file.path)), file.name)
    if raw is not None:
        raw.put(content_hash(data), data)
    return of_bytes(data, _place(file), file.format, file.name)


def of_bytes(data: bytes, place: Place, form: str, name: str) -> Document | Rejected:
    """The document of a whole file's bytes; `form` is text or html, `name` what it is known by in its source."""
    digest = content_hash(data)
    try:
        text = _decoded(data)
    except HearsayError as error:
        return reject(error, place, digest, name)
    url = urls.of_page(text) if form == "html" else None
    return Document(
        document_id=document_id(place.source_name, name, url),
        external_id=name,
        source_name=place.source_name,
        location=place.location,
        content_hash=digest,
        text=text if form == "text" else None,
        html=text if form == "html" else None,
        url=url,
        outlet=place.outlet,
    )


def _decoded(data: bytes) -> str:
    nul = data.find(b"\x00")
    if nul >= 0:
        raise HearsayError("H203", offset=nul)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bom = len(data) - len(data.removeprefix(b"\xef\xbb\xbf"))
        raise HearsayError("H201", offset=error.start + bom) from None
    if not text.strip():
        raise HearsayError("H202")
    return text


def _lines(file: InputFile, limit: int, raw: RawStore | None) -> Iterator[Document | Rejected]:
    for number, line in _numbered(file, limit):
        if isinstance(line, Rejected):
            yield line
        elif line.strip(_BLANK):
            yield _line(line.rstrip(b"\r\n"), _place(file, number), raw)


def _numbered(file: InputFile, limit: int) -> Iterator[tuple[int, bytes | Rejected]]:
    """Lines with their numbers; in place of one that is too large or can't be read, what is set aside."""
    number = 0
    try:
        with _open(file.path, file.is_gzip) as stream:
            while line := stream.readline(limit + 1):
                number += 1
                if len(line) <= limit or line.endswith(b"\n"):
                    yield number, line
                    continue
                digest, size, more = _skip(stream, line, limit)
                yield number, reject(HearsayError("H204", limit=limit, size=size), _place(file, number), digest)
                if not more:
                    return
    except (OSError, EOFError, zlib.error) as error:
        place = _place(file, number + 1)
        yield number + 1, reject(_unreadable(error), place, unread_id(str(file.path)))


def _line(line: bytes, place: Place, raw: RawStore | None) -> Document | Rejected:
    answer = parse_line(line, place)
    if raw is not None:
        raw.put(answer.content_hash, line)
    return answer


def _rest(stream: BinaryIO, start: bytes, limit: int) -> tuple[str, str]:
    """Hash and size of what is too large, read a piece at a time and never kept."""
    digest, size = hashlib.sha256(start), len(start)
    while size <= limit * _LIMITS_SKIPPED:
        piece = stream.read(_CHUNK)
        if not piece:
            return digest.hexdigest(), str(size)
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), f"more than {size}"


def _skip(stream: BinaryIO, start: bytes, limit: int) -> tuple[str, str, bool]:
    """As _rest, up to the end of the line; also whether there may be more lines."""
    digest, size = hashlib.sha256(start), len(start)
    while size <= limit * _LIMITS_SKIPPED:
        piece = stream.readline(_CHUNK)
        digest.update(piece)
        size += len(piece)
        if not piece or piece.endswith(b"\n"):
            return digest.hexdigest(), str(size), bool(piece)
    return digest.hexdigest(), f"more than {size}, the rest of the file is not read", False
