"""Read documents again from the bytes that were kept: to replay what was set aside, and to rebuild everything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from flows.errors import HearsayError
from flows.ingest import sources
from flows.ingest.find import LOCAL, find
from flows.ingest.lines import Place, parse_line, reject
from flows.ingest.raw import RawStore
from flows.ingest.read import of_bytes, read
from flows.records import Document, Rejected
from flows.settings import Settings

_LINE: Final = re.compile(r"(?P<path>.+):(?P<number>\d+)")


@dataclass(frozen=True)
class Received:
    """A document as the database knows it: where its bytes came from."""

    content_hash: str
    source_name: str
    location: str
    external_id: str | None = None

    @property
    def file(self) -> str:
        """The file, without the line in it."""
        match = _LINE.fullmatch(self.location)
        return match["path"] if match else self.location

    @property
    def is_line(self) -> bool:
        return _LINE.fullmatch(self.location) is not None


def read_again(received: Iterable[Received], settings: Settings, raw: RawStore) -> Iterator[Document | Rejected]:
    """Each document from its kept bytes; from its file where no bytes were kept (it was too large, or unreadable).

    One that has neither any more is set aside (H210).
    """
    outlets: dict[str, str | None] = {}
    for one in received:
        if one.source_name not in outlets:
            outlets[one.source_name] = _outlet(one.source_name, settings)
        place = Place(one.source_name, one.location, outlets[one.source_name])
        try:
            data = raw.get(one.content_hash)
        except HearsayError as error:
            yield from _from_file(one, settings, raw, error, place)
            continue
        yield parse_line(data, place) if one.is_line else of_bytes(data, place, _format(one), one.external_id or "")


def _outlet(source_name: str, settings: Settings) -> str | None:
    described = sources.described_in(settings, source_name)
    return sources.load(source_name, described).outlet if described.is_file() else None


def _format(one: Received) -> str:
    return "html" if re.search(r"\.html?(\.gz)?$", one.location, re.IGNORECASE) else "text"


def _from_file(
    one: Received, settings: Settings, raw: RawStore, error: HearsayError, place: Place
) -> Iterator[Document | Rejected]:
    """All of the file that is not kept: what of it was taken in before is passed over later."""
    try:
        files = [file for file in find([_named(one)], settings) if str(file.path) == one.file]
    except HearsayError:
        files = []
    if not files:
        yield reject(error, place, one.content_hash, one.external_id)
        return
    yield from read(files, settings, raw)


def _named(one: Received) -> str:
    return one.file if one.source_name == LOCAL else one.source_name
