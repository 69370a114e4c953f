"""One line of JSON Lines: the article that it holds, checked field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from flows import clock
from flows.errors import HearsayError
from flows.ids import content_hash, make_id
from flows.ingest import urls
from flows.records import Document, Rejected

_TEXT_FIELDS: Final = ("id", "text", "html", "title", "url", "outlet", "published_on", "seen_at")
_NOT_UNICODE: Final = re.compile("[\x00\ud800-\udfff]")
_CHUNK: Final = 1 << 20
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Place:
    """Where a document comes from: the source's name, the location as a person would say it, the default outlet."""

    source_name: str
    location: str
    outlet: str | None = None


def document_id(source_name: str, external_id: str, url: str | None) -> str:
    """A document is known by its canonical address, else by its source's name and its id there."""
    known_by = urls.identity(url) if url else None
    if known_by is not None:
        return make_id("document", "url", known_by)
    return make_id("document", "name", source_name, external_id)


def capped(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines of `stream` without their ends; of one longer than `limit` bytes only the first `limit` + 1.

    parse_line sets such a line aside when it is told the limit.
    """
    while line := stream.readline(limit + 1):
        end = line
        while len(line) > limit and end and not end.endswith(b"\n"):
            end = stream.readline(_CHUNK)
        yield line.rstrip(b"\r\n")


def parse_line(line: bytes, place: Place, limit: int | None = None) -> Document | Rejected:
    """Read one line (without its end) of the input form of `hearsay extract` and `hearsay run`.

    Unknown fields are passed over. Codes of what is set aside: H201 not UTF-8, H202 an empty article, H204 longer
    than `limit` bytes, H205 broken JSON, H206 a field of the wrong type or missing, H207 text that is not valid
    Unicode.
    """
    digest = content_hash(line)
    entry: Any = None
    if limit is not None and len(line) > limit:
        return reject(HearsayError("H204", limit=limit, size=f"more than {limit}"), place, digest)
    try:
        entry = _object(line)
        return _document(entry, place, digest)
    except HearsayError as error:
        return reject(error, place, digest, _id_of(entry))


def reject(error: HearsayError, place: Place, digest: str, external_id: str | None = None) -> Rejected:
    """What is set aside because of `error`."""
    return Rejected(
        "ingest", error.code, error.reason, place.location, digest, place.source_name, external_id, error.values
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        text = line.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise HearsayError("H201", offset=error.start) from None
    try:
        entry = json.loads(text)
    except json.JSONDecodeError as error:
        raise HearsayError("H205", detail=f"{error.msg} at character {error.pos}") from None
    except (ValueError, RecursionError) as error:  # a number of too many digits; nesting
        raise HearsayError("H205", detail=str(error)) from None
    if not isinstance(entry, dict):
        raise HearsayError("H205", detail="not an object in braces")
    return entry


def _id_of(entry: Any) -> str | None:
    value = entry.get("id") if isinstance(entry, dict) else None
    return value if isinstance(value, str) and not _NOT_UNICODE.search(value) else None


def _document(entry: dict[str, Any], place: Place, digest: str) -> Document:
    fields = {name: _text(entry, name) for name in _TEXT_FIELDS}
    authors = _authors(entry)
    text, html = fields["text"], fields["html"]
    if (text is None) == (html is None):
        detail = "neither text nor html is given" if text is None else "give text or html, not both"
        raise HearsayError("H206", field="text", detail=detail)
    if not (text or html or "").strip():
        raise HearsayError("H202")
    seen_at = None
    if fields["seen_at"] and (seen_at := clock.parse(fields["seen_at"])) is None:
        raise HearsayError("H206", field="seen_at", detail="no ISO 8601 date or date-time")
    url = urls.canonical(fields["url"]) if fields["url"] else None
    external_id = fields["id"] or fields["url"]
    if not external_id:
        raise HearsayError("H206", field="id", detail="missing: an article needs an id or a url")
    return Document(
        document_id=document_id(place.source_name, external_id, url),
        external_id=external_id,
        source_name=place.source_name,
        location=place.location,
        content_hash=digest,
        text=text,
        html=html,
        url=url,
        title=fields["title"],
        authors=authors,
        outlet=fields["outlet"] or place.outlet,
        published_on=fields["published_on"],
        seen_at=seen_at,
    )


def _text(entry: dict[str, Any], name: str) -> str | None:
    value = entry.get(name)
    if value is None:
        return None
    return _checked(value, name)


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    value = entry.get("authors")
    if value is None:
        return ()
    if isinstance(value, str):  # as many exports have it: "Jane Roe and John Doe"; cleaning parts the names
        value = [value]
    if not isinstance(value, list):
        raise HearsayError("H206", field="authors", detail=f"must be text or a list of text, not {_kind(value)}")
    return tuple(_checked(author, "authors") for author in value)


def _checked(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise HearsayError("H206", field=name, detail=f"must be text, not {_kind(value)}")
    if wrong := _NOT_UNICODE.search(value):
        what = "NUL" if wrong.group() == "\x00" else "a lone surrogate"
        raise HearsayError("H207", detail=f"{what} in {name}", offset=wrong.start())
    return value


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "null")
