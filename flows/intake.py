"""What of the input is new: documents and bad input that no earlier run has dealt with, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import polars as pl

from flows.ingest.again import Received
from flows.judgements import NONE, Judgements
from flows.publish.lookup import rows_by
from flows.records import CleanArticle, Document, Rejected
from flows.resolve.versions import in_order
from flows.schema import WORK

if TYPE_CHECKING:
    import duckdb

    from flows.publish import Writer


@dataclass(frozen=True)
class Intake:
    """Some input, sorted: what is to be worked on, and how much of it was dealt with before."""

    documents: tuple[Document, ...]
    rejected: tuple[Rejected, ...]
    n_unchanged: int
    n_known_bad: int
    n_found: int
    judgements: Judgements = NONE

    @property
    def is_judged_anew(self) -> bool:
        """Whether the documents are published already, and read once more under other judgements."""
        return bool(self.judgements.changed)

    @property
    def is_new(self) -> bool:
        return bool(self.documents or self.rejected or self.is_judged_anew)


def batches(
    found: Iterable[Document | Rejected],
    writer: Writer,
    size: int,
    retry: bool = False,
    judgements: Judgements = NONE,
) -> Iterator[Intake]:
    """Sort the input into batches of at most `size` new documents, each against what is published by then.

    What was set aside before is passed over, unless `retry`. All batches are under the `judgements` that hold.
    """
    stream = iter(found)
    while taken := list(islice(stream, size)):
        yield replace(_sort(taken, writer.connection, retry), judgements=judgements)


def judged_anew(documents: Iterable[Document], judgements: Judgements) -> Intake:
    """The batch of what judgements that changed speak of: published documents, which are read once more."""
    return Intake(tuple(documents), (), 0, 0, 0, judgements)


def _sort(found: Sequence[Document | Rejected], connection: duckdb.DuckDBPyConnection, retry: bool) -> Intake:
    documents = {(one.document_id, one.content_hash): one for one in found if isinstance(one, Document)}
    n_documents = sum(isinstance(one, Document) for one in found)
    done = _done(connection, list(documents)) | _forgotten(connection, list(documents))
    bad = {} if retry else _quarantined(connection, {one.content_hash for one in found})
    rejected = {one.content_hash: one for one in found if isinstance(one, Rejected)}
    known_bad = [one for one in documents.values() if one.content_hash in bad]
    fresh = tuple(one for key, one in documents.items() if key not in done and one.content_hash not in bad)
    return Intake(
        documents=fresh,
        rejected=tuple(one for digest, one in rejected.items() if digest not in bad),
        n_unchanged=n_documents - len(fresh) - len(known_bad),
        n_known_bad=sum(not is_dismissed for is_dismissed in bad.values()),
        n_found=len(found),
    )


def _done(connection: duckdb.DuckDBPyConnection, keys: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of (document_id, content_hash) that were taken in before."""
    wanted = pl.DataFrame(keys, schema={"document_id": pl.String, "content_hash": pl.String}, orient="row")
    query = "SELECT document_id, content_hash FROM raw.documents SEMI JOIN wanted USING (document_id, content_hash)"
    return set(_ask(connection, query, wanted))


def _forgotten(connection: duckdb.DuckDBPyConnection, keys: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of (document_id, content_hash) whose document or whose bytes were forgotten on request."""
    wanted = pl.DataFrame(keys, schema={"document_id": pl.String, "content_hash": pl.String}, orient="row")
    query = (
        "SELECT document_id, content_hash FROM wanted "
        "WHERE document_id IN (SELECT document_id FROM ops.forgotten) "
        "OR content_hash IN (SELECT content_hash FROM ops.forgotten)"
    )
    return set(_ask(connection, query, wanted))


def _quarantined(connection: duckdb.DuckDBPyConnection, digests: set[str]) -> dict[str, bool]:
    """The content hashes that are in quarantine; True for those that somebody dismissed."""
    wanted = pl.DataFrame({"content_hash": sorted(digests)}, schema={"content_hash": pl.String})
    query = "SELECT content_hash, bool_and(dismissed_at IS NOT NULL) FROM ops.quarantine"
    return dict(_ask(connection, f"{query} SEMI JOIN wanted USING (content_hash) GROUP BY ALL", wanted))


def _ask(connection: duckdb.DuckDBPyConnection, query: str, wanted: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of a query that joins the frame as `wanted`."""
    connection.register("wanted", wanted.to_arrow())
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.unregister("wanted")


def without_known(articles: Sequence[CleanArticle], connection: duckdb.DuckDBPyConnection) -> list[CleanArticle]:
    """Leave out articles whose title and clean text are on record already: new page junk is no new version.

    Of one version that came with different junk the first seen stays, whichever arrives first: an article that was
    seen earlier than the one on record is kept in.
    """
    wanted = pl.DataFrame({"article_id": sorted({a.article_id for a in articles})}, schema={"article_id": pl.String})
    query = "SELECT article_id, seen_at, content_hash FROM work.versions SEMI JOIN wanted USING (article_id)"
    rows = _ask(connection, query, wanted)
    order = {article_id: (seen is None, seen, digest) for article_id, seen, digest in rows}
    kept: dict[str, CleanArticle] = {}
    for article in articles:
        mine = (article.document.seen_at is None, article.document.seen_at, article.document.content_hash)
        if article.article_id not in order or _before(mine, order[article.article_id]):
            order[article.article_id] = mine
            kept[article.article_id] = article
    return list(kept.values())


def live_again(articles: Sequence[CleanArticle], connection: duckdb.DuckDBPyConnection) -> dict[str, Received]:
    """The versions, by article id, that left `main` and are the last ones again once `articles` are on record.

    So it is when the version that took their place turns out to have been seen before them.
    """
    rows = [
        (a.article_id, a.document.document_id, a.published_on, a.document.seen_at, a.document.content_hash, None)
        for a in articles
    ]
    coming = pl.DataFrame(rows, schema=WORK["versions"], orient="row")
    known = rows_by(connection, "work.versions", coming.select("document_id").unique(), WORK["versions"].names())
    last = in_order(known.cast(dict(coming.schema)), coming).group_by("document_id").last()  # type: ignore[arg-type]
    former = last.filter(~pl.col("is_new") & ~pl.col("is_live"))
    query = (
        "SELECT wanted.article_id, content_hash, source_name, location, external_id FROM raw.documents "
        "JOIN wanted USING (document_id, content_hash)"
    )
    found = _ask(connection, query, former.select("article_id", "document_id", "content_hash"))
    return {article_id: Received(*place) for article_id, *place in found}


def _before(one: tuple[bool, object, str], other: tuple[bool, object, str]) -> bool:
    if one[0] or other[0] or one[1] == other[1]:
        return (one[0], one[2]) < (other[0], other[2])
    return str(one[1]) < str(other[1])
