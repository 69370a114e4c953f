"""Audits across tables: the SELECTs of sql/audits, and references that deletions would leave behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb
import polars as pl

from flows.changes import Changes
from flows.resources import sql_dir
from flows.schema import KEYS, TABLES
from flows.validate.result import Check, Failure
from flows.validate.rules import identified, references, template
from flows.validate.stage import look_up

SUITE = "audits"
_SEVERITY = re.compile(r"^-- severity: (fatal|warning)$", re.MULTILINE)
_FAILURES = pl.Schema({"article_id": pl.String(), "row_id": pl.String(), "problem": pl.String()})


@dataclass(frozen=True)
class Audit:
    """One file of sql/audits: its rows are article_id, table_name, row_id and problem of what is wrong."""

    name: str
    severity: str
    sql: str


def audits() -> list[Audit]:
    """All audits, by name."""
    files = sorted((sql_dir() / "audits").glob("*.sql"))
    return [_audit(file.stem, file.read_text(encoding="utf-8")) for file in files]


def run_audits(staging: duckdb.DuckDBPyConnection) -> list[Check]:
    """Run every audit on a staged batch."""
    checks = []
    for audit in audits():
        rows = staging.execute(audit.sql).fetchall()
        failures = tuple(Failure(table, audit.name, article, key, problem) for article, table, key, problem in rows)
        table = failures[0].table if failures else "articles"
        row = staging.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        checks.append(Check(SUITE, table, audit.name, audit.severity, int(row[0]) if row else 0, failures))
    return checks


def dangling(published: duckdb.DuckDBPyConnection, batch: Changes) -> Check:
    """Published rows that would point to a row which the batch takes away."""
    failures: list[Failure] = []
    for table, column, target in references():
        gone = batch.deletes.get(f"main.{target}")
        key = KEYS[target][0]
        if gone is not None and gone.height and key in gone.columns:
            failures += _left_behind(published, batch, table, column, target, gone.select(pl.col(key).alias("id")))
    n_rows = sum(frame.height for frame in batch.deletes.values())
    return Check(SUITE, "deletes", "deleted_rows_leave_no_reference", "fatal", n_rows, tuple(failures))


def _left_behind(
    published: duckdb.DuckDBPyConnection, batch: Changes, table: str, column: str, target: str, gone: pl.DataFrame
) -> list[Failure]:
    keys = list(KEYS[table])
    names = batch.upserts.get(f"main.{table}"), batch.deletes.get(f"main.{table}")
    written = [frame.select(keys) for frame in names if frame is not None and set(keys) <= set(frame.columns)]
    nothing = pl.DataFrame(schema={key: TABLES[table][key] for key in keys})
    same = " AND ".join(f"rows.{key} = written.{key}" for key in keys)
    sql = template("dangling").format(table=table, column=column, target=target, same=same, **identified(table))
    found = look_up(published, sql, _FAILURES, gone=gone, written=pl.concat([nothing, *written]))
    return [Failure(table, "deleted_rows_leave_no_reference", *row) for row in found.rows()]


def _audit(name: str, sql: str) -> Audit:
    severity = _SEVERITY.search(sql)
    if severity is None:
        raise ValueError(f"sql/audits/{name}.sql does not state its severity")
    return Audit(name, severity.group(1), sql)
