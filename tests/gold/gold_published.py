"""The published tables of the sample, as readings that can be compared with the gold."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from gold_text import SAMPLE, reading_text
from gold_units import Aligned, Page, Reading, Unit

from flows.resolve.redate import OF_TODAY, read_again, stored
from flows.resolve.relays import is_revealed
from flows.resolve.state import State

Row = dict[str, Any]


class Published:
    """The tables of one published database, read once; articles go by the gold's names for their files."""

    def __init__(self, database: Path) -> None:
        with duckdb.connect(str(database), read_only=True) as connection:
            listed = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
            self.tables = {name: _rows(connection, f'FROM main."{name}"') for (name,) in listed}
            self._alone = _read_alone(connection, self.tables["articles"])
        self._by_article: dict[str, dict[str, list[Row]]] = {}
        self._articles = {row["external_id"]: row for row in self.tables["articles"]}
        self._pages: dict[str, tuple[Page, Aligned]] = {}

    def article(self, file: str) -> Row | None:
        """The live article of a file's document, None when none was published."""
        return self._articles.get(external_id(file))

    def of(self, table: str, file: str) -> list[Row]:
        """A table's rows of one file's article, in text order."""
        if table not in self._by_article:
            grouped: dict[str, list[Row]] = defaultdict(list)
            for row in self.tables[table]:
                grouped[row["article_id"]].append(row)
            self._by_article[table] = grouped
        rows = self._by_article[table].get((self.article(file) or {}).get("article_id", ""), [])
        return sorted(rows, key=lambda row: (row.get("start_char") or 0, row.get("end_char") or 0))

    def aligned(self, file: str) -> Aligned:
        """The article's clean text, in the words of its reading text."""
        return self._page(file)[1]

    def _page(self, file: str) -> tuple[Page, Aligned]:
        if file not in self._pages:
            page = Page(reading_text(file))
            self._pages[file] = page, page.aligned(str((self.article(file) or {}).get("text") or ""))
        return self._pages[file]

    @cached_property
    def names(self) -> Mapping[str, set[str]]:
        """Actor → all its names."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.tables["actors"] + self.tables["actor_names"]:
            found[row["actor_id"]].add(row["name"])
        return found

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Place → its name."""
        return {row["place_id"]: row["name"] for row in self.tables["places"]}

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return {row["source_id"]: row["name"] for row in self.tables["sources"]}

    @cached_property
    def _hops(self) -> Mapping[str, list[Row]]:
        """By claim, the hops that its article tells of: the gold reads chains in one article at a time."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.tables["attributions"], key=lambda row: row["hop"]):
            if not is_revealed(row):
                found[row["claim_id"]].append(row)
        return found

    # ------------------------------------------------------------------------------------------- one article

    def reading(self, file: str) -> Reading:
        """What was published of one article, without what other articles tell of its date: no reader saw them."""
        page, to = self._page(file)
        article = self.article(file) or {}
        if article.get("published_basis") == "story":
            article = article | {"published_on": None, "reference_on": None}
        facts = {name: _told(article.get(name)) for name in ("title", "language", "published_on", "reference_on")}
        facts |= {"outlet": self._sources.get(article.get("outlet_id") or ""), "authors": article.get("authors") or []}
        units = {
            "mention": [self._mention(row, to) for row in self.of("mentions", file)],
            "date": [_date(row, to) for row in self._read("dates", file)],
            "claim": [self._claim(row, file, to) for row in self._read("claims", file)],
            "event": [self._event(row, file, to) for row in self._read("events", file)],
            "figure": [_figure(row, to) for row in self.of("figures", file)],
        }
        return Reading(file, facts, self._segments(file, page), units)

    def _read(self, table: str, file: str) -> list[Row]:
        return [row | self._alone.get(row[f"{table[:-1]}_id"], {}) for row in self.of(table, file)]

    def _segments(self, file: str, page: Page) -> dict[int, str]:
        """The kind of each word of the reading text; a word that is in no segment has none."""
        rows = sorted(self.of("segments", file), key=lambda row: row["ordinal"])
        raw = page.aligned("".join(row["text"] for row in rows))
        found: dict[int, str] = {}
        start = 0
        for row in rows:
            end = start + len(row["text"])
            found.update(dict.fromkeys(raw.of(start, end), row["kind"]))
            start = end
        return found

    def _mention(self, row: Row, to: Aligned) -> Unit:
        place = self.places.get(row["place_id"] or "")
        facts = {"form": row["form"], "kind": row["kind"], "actor": row["actor_id"], "place": place}
        facts["title"] = row["title_text"]
        return Unit(to.of(row["start_char"], row["end_char"], idle=False), row["text"], facts)

    def _claim(self, row: Row, file: str, to: Aligned) -> Unit:
        parts = [part for part in self.of("claim_parts", file) if part["claim_id"] == row["claim_id"]]
        words = frozenset[int]().union(*(to.of(part["start_char"], part["end_char"]) for part in parts))
        hops = [hop for hop in self._hops[row["claim_id"]] if hop["role"] not in {"speaker", "page"}]
        facts = {
            "actor": sorted(self.names.get(row["speaker_id"] or "", {row["speaker_text"]} - {None})) or None,
            "kind": row["speaker_kind"],
            "act": row["speech_act"],
            "chain": tuple(f"{hop['role']}:{self._sources.get(hop['source_id'] or '', hop['name'])}" for hop in hops),
            "parts": len(parts),
        }
        facts |= {name: _told(row[name]) for name in ("modality", "quotation", "said_on")}
        spans = {
            name: [to.of(row[f"{name}_start"], row[f"{name}_end"], idle=False)]
            for name in ("cue", "speaker")
            if row[f"{name}_start"] is not None
        }
        return Unit(words, row["content"], facts, spans)

    def _event(self, row: Row, file: str, to: Aligned) -> Unit:
        facts = {"place": self.places.get(row["place_id"] or ""), "types": (row["event_type"],)}
        facts |= {name: _told(row[name]) for name in ("starts_on", "ends_on", "status")}
        parties = [one for one in self.of("event_participants", file) if one["event_id"] == row["event_id"]]
        spans = {
            f"{role}s": [
                to.of(one["start_char"], one["end_char"], idle=False) for one in parties if one["role"] == role
            ]
            for role in ("actor", "recipient")
        }
        return Unit(to.of(row["trigger_start"], row["trigger_end"]), row["trigger_text"], facts, spans)


def _read_alone(connection: duckdb.DuckDBPyConnection, articles: list[Row]) -> dict[str, Row]:
    """By row: what hangs on the date of an article that other articles dated, as it is read without them."""
    dated = sorted(row["article_id"] for row in articles if row["published_basis"] == "story")
    alone: dict[str, Row] = {}
    for article in stored(State(connection), dated):
        (read,) = read_again(article, [None])
        for table, key, columns in OF_TODAY:
            alone |= {row[key]: {name: row[name] for name in columns} for row in read[table].iter_rows(named=True)}
    return alone


def _date(row: Row, to: Aligned) -> Unit:
    facts = {"type": row["timex_type"]} | {
        name: _told(row[name]) for name in ("value", "anchor", "starts_on", "ends_on")
    }
    return Unit(to.of(row["start_char"], row["end_char"]), row["text"], facts)


def _figure(row: Row, to: Aligned) -> Unit:
    facts = {name: row[name] for name in ("low", "high", "qualifier", "unit")}
    return Unit(to.of(row["start_char"], row["end_char"]), row["text"], facts)


def _told(value: object) -> str | None:
    """A day as ISO 8601, anything else as it is."""
    return None if value is None else str(value)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    result = connection.execute(query)
    columns = [column[0] for column in result.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def external_id(file: str) -> str:
    """The id that the published tables have for a file of the gold; of a line of JSON Lines, its own."""
    name, _, line = file.partition("#")
    if not line:
        return name
    return str(json.loads((SAMPLE / name).read_text(encoding="utf-8").splitlines()[int(line) - 1])["id"])
