"""`hearsay export`, `hearsay status` and `hearsay explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flows import judgements, settings
from flows.ask import formats
from flows.commands.ask import pick_database
from flows.console import Talk
from flows.errors import HearsayError
from flows.ids import PREFIXES
from flows.resources import sql_of

if TYPE_CHECKING:
    import duckdb

# table and key of each kind of id; entities, runs and batches are nothing that an analyst reads
_TABLES: Final = {
    prefix: ("stories" if kind == "story" else "discrepancies" if kind == "discrepancy" else f"{kind}s", f"{kind}_id")
    for kind, prefix in PREFIXES.items()
    if kind not in ("document", "entity", "run", "batch", "judgement")
}


def export(folder: Path, database: Path | None, quiet: bool) -> int:
    """Write every published table as sorted JSON Lines, one file each; each file is replaced whole."""
    from flows.publish import Store
    from flows.publish.export import export_canonical

    talk = Talk(quiet)
    chosen = settings.load(database=database)
    with Store(pick_database(database, chosen, talk)).reading() as connection:
        files = export_canonical(connection, folder)
    talk.say(f"{len(files)} tables in {folder}")
    return 0


def status(database: Path | None, form: str | None) -> int:
    """The last ten runs, then each source's freshness, and how many judgements no longer find their text."""
    from flows.publish import Store

    talk = Talk()
    chosen = settings.load(database=database)
    with Store(pick_database(database, chosen, talk)).reading() as connection:
        for title, name in (("last runs", "runs"), ("sources", "freshness")):
            talk.say(title)
            formats.write(connection.execute(sql_of("commands", name)).to_arrow_table(), form)
        former = judgements.outdated(connection, judgements.compare(connection, chosen.judgements).holding)
    if former:
        talk.say(f"judgements that hold for an older version only: {len(former)}; `hearsay judge` lists them")
    return 0


def explain(identifier: str, database: Path | None, form: str | None) -> int:
    """Rows of (part, field, value): the row itself, its article, its words in their place.

    Of whatever people judged, what they decided. Of an article also the evidence for its day of publication. Of a
    claim also with «content», ‹cue› and [source] marked, its chain, and what decided, for which its article is read
    again. Of an actor also what it is called, on what ground each name or label is its own, and where.
    """
    import pyarrow as pa

    from flows.publish import Store

    if identifier.partition("_")[0] not in _TABLES:
        raise HearsayError("H807", id=identifier)
    talk = Talk()
    chosen = settings.load(database=database)
    with Store(pick_database(database, chosen, talk)).reading() as connection:
        rows = list(_facts(connection, _current(connection, identifier, talk), chosen.model))
    schema = pa.schema([(name, pa.string()) for name in ("part", "field", "value")])
    columns = [dict(zip(schema.names, row, strict=True)) for row in rows]
    formats.write(pa.Table.from_pylist(columns, schema=schema), form)
    return 0


def _current(connection: duckdb.DuckDBPyConnection, identifier: str, talk: Talk) -> str:
    """The id that took the place of `identifier`, if one did."""
    query = "SELECT new_id FROM ops.redirects WHERE old_id = $id AND new_id IS NOT NULL"
    seen = {identifier}
    while (row := connection.execute(query, {"id": identifier}).fetchone()) and row[0] not in seen:
        talk.say(f"{identifier} is now {row[0]}")
        identifier = row[0]
        seen.add(identifier)
    return identifier


def _facts(connection: duckdb.DuckDBPyConnection, identifier: str, model: str) -> Iterator[tuple[str, str, str]]:
    table, key = _TABLES[identifier.partition("_")[0]]
    row = _one(connection, f"SELECT * FROM main.{table} WHERE {key} = $id", {"id": identifier})  # noqa: S608
    if row is None:
        raise HearsayError("H807", id=identifier)
    yield from _told(table, {name: value for name, value in row.items() if table != "articles" or name != "text"})
    if table == "actors":
        yield from _one_actor(connection, identifier)
    yield from _judged(connection, identifier)
    article_id = row.get("article_id")
    if article_id is None:
        return
    if table == "articles":
        for rank, *evidence in connection.execute(sql_of("commands", "day_of"), {"id": identifier}).fetchall():
            yield "published on", f"evidence {rank}", " · ".join(str(part) for part in evidence if part is not None)
    yield from _told("article", _one(connection, sql_of("commands", "where_from"), {"id": article_id}) or {})
    if row.get("start_char") is not None:
        where = {"id": article_id, "start_char": row["start_char"], "end_char": row["end_char"]}
        if words := _one(connection, sql_of("commands", "where_in_text"), where):
            yield "in its place", "text", f"…{words['before']}»{words['words']}«{words['after']}…"
    if table == "claims":
        article = _one(connection, sql_of("commands", "text_of"), {"id": row["article_id"]}) or {}
        text = str(article["text"])
        parts = connection.execute(sql_of("commands", "parts_of"), {"id": identifier}).fetchall()
        yield "in its place", "marked", _marked(text, row, parts)
        for hop in connection.execute(sql_of("commands", "chain"), {"id": identifier}).fetchall():
            yield "chain", f"{hop[0]} {hop[1]}", " · ".join(str(part) for part in hop[2:] if part is not None)
        yield from _why(text, row, model)


def _judged(connection: duckdb.DuckDBPyConnection, identifier: str) -> Iterator[tuple[str, str, str]]:
    """What people decided on it."""
    for judgement_id, *told in connection.execute(sql_of("commands", "judged"), {"id": identifier}).fetchall():
        yield "judged", judgement_id, " · ".join(str(part) for part in told if part is not None)


def _one_actor(connection: duckdb.DuckDBPyConnection, identifier: str) -> Iterator[tuple[str, str, str]]:
    """Why these mentions are one actor: each name with its basis, and what each article says."""
    for name, n_mentions, basis, score in connection.execute(
        sql_of("commands", "called"), {"id": identifier}
    ).fetchall():
        yield "called", name, " · ".join(str(part) for part in (n_mentions, basis, score) if part is not None)
    for article_id, title, story_id, called in connection.execute(
        sql_of("commands", "seen_in"), {"id": identifier}
    ).fetchall():
        yield "seen in", article_id, " · ".join(str(part) for part in (called, title, story_id) if part is not None)


def _marked(text: str, claim: dict[str, Any], parts: Sequence[tuple[int, int]]) -> str:
    """The words from the first mark to the last: «content», ‹cue›, [source]."""
    spans = [(*span, "«»") for span in parts]
    spans += [(claim[f"{x}_start"], claim[f"{x}_end"], marks) for x, marks in (("cue", "‹›"), ("speaker", "[]"))]
    known = [(start, end, marks) for start, end, marks in spans if start is not None]
    pieces = {at: "" for start, end, _ in known for at in (start, end)}
    for start, end, marks in sorted(known, key=lambda span: span[0] - span[1]):  # the widest outermost
        pieces[start] += marks[0]
        pieces[end] = marks[1] + pieces[end]
    ends = sorted(pieces)
    stretches = [text[one:other] for one, other in pairwise(ends)]
    return "".join(mark + words for mark, words in zip(map(pieces.__getitem__, ends), [*stretches, ""], strict=True))


def _why(text: str, claim: dict[str, Any], model: str) -> Iterator[tuple[str, str, str]]:
    """The features that decided, by reading the article's text again."""
    if claim["cue_start"] is None:
        yield "why", "quotation", "no cue: a quotation that stands with a speaker's name"
        return
    from flows.extract.claims.why import reasons
    from flows.extract.nlp import load
    from flows.records import Span

    for reason in reasons(load(model)(text), Span(claim["cue_start"], claim["cue_end"])):
        yield "why", reason.decision, f"{reason.weight:+.2f}  {reason.what}"


def _told(part: str, row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in row.items():
        if value is not None:
            yield part, name, ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _one(connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any]) -> dict[str, Any] | None:
    result = connection.execute(sql, parameters)
    names = [column[0] for column in result.description]
    row = result.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))
