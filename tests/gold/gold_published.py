"""The gold, and the published tables that it is compared with."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import duckdb
from gold_words import fold

GOLD: Final = Path(__file__).with_name("sample.toml")
SAMPLE: Final = Path(__file__).parents[2] / "data" / "sample"
Row = dict[str, Any]
Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the gold lists. `got` says what was found instead; `found` whether there was anything to judge."""

    layer: str
    name: str
    is_right: bool
    got: str = ""
    found: bool = True


def read_gold(path: Path = GOLD) -> Gold:
    """The gold reading as its header describes it."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Published:
    """The tables of one published database, read once; articles go by the gold's names for their files."""

    def __init__(self, database: Path, gold: Gold) -> None:
        self._gold = gold
        with duckdb.connect(str(database), read_only=True) as connection:
            listed = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
            self.tables = {name: _rows(connection, f'FROM main."{name}"') for (name,) in listed}
            self.superseded = _rows(connection, "FROM history.articles")
        self.files = self._files()
        self._by_article: dict[str, dict[str, list[Row]]] = {}

    def _files(self) -> dict[str, Row]:
        """The gold's name of each file → its article: the live one, or of a superseded version the former one."""
        former = {gold["file"] for gold in self._gold["article"] if "superseded_by" in gold}
        live = {row["external_id"]: row for row in self.tables["articles"]}
        old = {row["external_id"]: row for row in self.superseded}
        found = {}
        for name in (gold["file"] for gold in self._gold["article"]):
            row = (old if name in former else live).get(external_id(name))
            if row is not None:
                found[name] = row
        return found

    def article_id(self, file: str) -> str | None:
        """The article of a file, None when it was not published."""
        row = self.files.get(file)
        return None if row is None else row["article_id"]

    def text(self, file: str) -> str:
        """The clean text of a file's article."""
        return str(self.files.get(file, {}).get("text") or "")

    def of(self, table: str, file: str) -> list[Row]:
        """A table's rows of one file's article, in text order."""
        if table not in self._by_article:
            grouped: dict[str, list[Row]] = defaultdict(list)
            for row in self.tables[table]:
                grouped[row["article_id"]].append(row)
            self._by_article[table] = grouped
        rows = self._by_article[table].get(self.article_id(file) or "", [])
        return sorted(rows, key=lambda row: (row.get("start_char") or 0, row.get("end_char") or 0))

    def file_of(self, article_id: str) -> str:
        """The gold's name for an article."""
        return next((file for file, row in self.files.items() if row["article_id"] == article_id), article_id)

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """Actor → all its names."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.tables["actors"] + self.tables["actor_names"]:
            found[row["actor_id"]].add(row["name"])
        return found

    @cached_property
    def named(self) -> dict[str, set[str]]:
        """Folded name → the actors that bear it."""
        found: dict[str, set[str]] = defaultdict(set)
        for actor_id, names in self.names.items():
            for name in names:
                found[fold(name)].add(actor_id)
        return found

    @cached_property
    def actors(self) -> dict[str, Row]:
        """Actors by id."""
        return {row["actor_id"]: row for row in self.tables["actors"]}

    @cached_property
    def places(self) -> dict[str, Row]:
        """Places by id."""
        return {row["place_id"]: row for row in self.tables["places"]}

    @cached_property
    def sources(self) -> dict[str, Row]:
        """Sources by id."""
        return {row["source_id"]: row for row in self.tables["sources"]}

    @cached_property
    def hops(self) -> dict[str, list[Row]]:
        """Claim → its chain from the speaker to the page."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.tables["attributions"], key=lambda row: row["hop"]):
            found[row["claim_id"]].append(row)
        return found

    @cached_property
    def aliases(self) -> dict[str, list[str]]:
        """The gold's name of an actor → all names that the gold knows for it."""
        return {actor["name"]: [actor["name"], *actor["names"]] for actor in self._gold["actor"]}


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


def short(text: str | None, length: int = 70) -> str:
    """One line of at most `length` characters."""
    line = " ".join((text or "—").split())
    return line if len(line) <= length else line[: length - 1] + "…"
