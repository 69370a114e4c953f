"""What was set aside because its file could not be read, and whose file can be read now, is set aside no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import duckdb
import polars as pl

from flows.ingest.again import Received
from flows.ingest.read import unread_id
from flows.records import Document, Rejected
from flows.resources import sql_of

_KEYS: Final = {"content_hash": pl.String, "stage": pl.String}


class Mending:
    """Watches what is read, and tells which rows of ops.quarantine it makes needless.

    A file that could not be unpacked or opened is known by its path; a whole file that held no article by its old
    bytes and its place. A line of a file has no place of its own: the lines before it may have changed.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        rows = connection.execute(sql_of("commands", "unread")).fetchall()
        received = [Received(digest, source, location) for digest, source, location in rows]
        self._unopened = {one.file: one.content_hash for one in received if one.content_hash == unread_id(one.file)}
        self._held_nothing: dict[tuple[str, str], set[str]] = {}
        for one in received:
            if not one.is_line and one.file not in self._unopened:
                self._held_nothing.setdefault((one.source_name, one.file), set()).add(one.content_hash)
        self._still: set[str] = set()
        self._mended: set[str] = set()

    def watch(self, found: Iterable[Document | Rejected]) -> Iterator[Document | Rejected]:
        """The same, one after the other."""
        for one in found:
            if isinstance(one, Rejected):
                self._still.add(one.content_hash)
            else:
                self._mended |= self._held_nothing.get((one.source_name, one.location), set())
                if self._unopened:
                    file = Received(one.content_hash, one.source_name, one.location).file
                    self._mended |= {self._unopened[file]} if file in self._unopened else set()
            yield one

    def mended(self, files: Iterable[str]) -> pl.DataFrame:
        """The keys of the rows that are needless, when all of `files` was read to its end."""
        read = {self._unopened[file] for file in files if file in self._unopened}
        hashes = sorted((self._mended | read) - self._still)
        return pl.DataFrame({"content_hash": hashes, "stage": ["ingest"] * len(hashes)}, schema=_KEYS)
