"""The rules of every table's suite, as SQL that selects the rows which break them.

Keys come from flows.schema, required columns and closed lists from the SQL schema itself, the rest from the
suite's file in flows/validate/suites. Each kind of rule has its SQL in sql/expectations.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb

from flows.resources import sql_of
from flows.schema import KEYS, TABLES

SUITES: Final = Path(__file__).parent / "suites"
BATCH: Final = "{batch}"  # what Great Expectations puts the batch's rows for


@dataclass(frozen=True)
class Rule:
    """One expectation of one table: `sql` gives article_id, row_id and problem of each row that breaks it."""

    table: str
    name: str
    sql: str
    severity: str = "fatal"  # or warning


@cache
def suite(table: str) -> dict[str, Any]:
    """The suite's file of a table."""
    return tomllib.loads((SUITES / f"{table}.toml").read_text(encoding="utf-8"))


@cache
def template(name: str) -> str:
    """A query of sql/expectations without its header, to be filled with `format`."""
    lines = sql_of("expectations", name).splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


def references() -> Iterator[tuple[str, str, str]]:
    """Every (table, column, target table) of all suites."""
    for table in TABLES:
        for column, target in suite(table).get("references", {}).items():
            yield table, column, target


def identified(table: str) -> dict[str, str]:
    """What every template needs to tell of a row of `table`: its article and its key."""
    row_id = " || '/' || ".join(f"coalesce({column}::VARCHAR, '')" for column in KEYS[table])
    return {"article": "article_id" if "article_id" in TABLES[table] else "NULL", "row_id": row_id}


def rules(connection: duckdb.DuckDBPyConnection, table: str) -> list[Rule]:
    """The rules of one table; `connection` is to a database with this version's schema."""
    required, checks = _constraints(connection, table)
    declared = suite(table)
    parts: dict[str, list[str]] = {
        "keys": [_filled("key", table, columns=", ".join(KEYS[table]))],
        "required columns": [_filled("required", table, column=column) for column in required],
        "closed lists": [_filled("check", table, column=column, condition=text) for column, text in checks],
        "ranges": [
            _filled("range", table, column=column, low=low, high=high)
            for column, (low, high) in declared.get("ranges", {}).items()
        ],
        "order": [_filled("order", table, low=low, high=high) for low, high in declared.get("orders", [])],
        "spans": [_span(table, *names) for names in declared.get("spans", [])],
        "references": [
            _filled("reference", table, column=column, target=target)
            for column, target in declared.get("references", {}).items()
        ],
    }
    return [Rule(table, name, "\nUNION ALL\n".join(queries)) for name, queries in parts.items() if queries]


def _filled(name: str, table: str, **values: object) -> str:
    filled = template(name).format(batch=BATCH, **identified(table), **values)
    return f"SELECT * FROM ({filled})"  # noqa: S608 (from our own files)


def _span(table: str, start: str, end: str, text: str, article: str = "article_id") -> str:
    return _filled("span", table, start=start, end=end, text=text, of=article)


def _constraints(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The NOT NULL columns, and the column and the condition of every CHECK."""
    rows = connection.execute(
        "SELECT constraint_type, constraint_column_names[1], expression FROM duckdb_constraints() "
        "WHERE schema_name = 'main' AND table_name = ? ORDER BY constraint_index",
        [table],
    ).fetchall()
    required = [column for kind, column, _ in rows if kind == "NOT NULL"]
    return required, [(column, text) for kind, column, text in rows if kind == "CHECK"]
