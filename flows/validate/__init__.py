"""Validation: nothing is published that was not audited.

result = validate(writer.connection, changes)
result.failing   # {article_id: first failure}: set these aside whole, and validate what is left again
result.fatal     # failures that no article answers for: publish nothing
changes.upserts["ops.checks"] = result.frame(run_id, batch_id, now)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import duckdb
import polars as pl

from flows.changes import Changes
from flows.ingest.sources import Source
from flows.schema import TABLES
from flows.validate.audits import dangling, run_audits
from flows.validate.quality import expected
from flows.validate.result import AuditResult, Check, Failure
from flows.validate.rules import rules
from flows.validate.stage import put, stage
from flows.validate.trailing import put_past

ORIGINS: Final = pl.Schema({"article_id": pl.String(), "source_name": pl.String()})
__all__ = ["AuditResult", "Check", "Failure", "validate"]


def validate(
    published: duckdb.DuckDBPyConnection,
    batch: Changes,
    origins: pl.DataFrame | None = None,
    sources: Sequence[Source] = (),
) -> AuditResult:
    """Audit a batch's rows of schema `main` as they would stand beside what is published.

    `origins` (article_id, source_name) tells which source gave each new article; `sources` what is expected of them.
    `published` is a connection to a database with this version's schema (`Writer.connection`); nothing is written
    to it. Tables of which the batch has no row are not looked at.
    """
    from flows.validate.expectations import run_suites  # loads Great Expectations: seconds

    staging = stage(published, batch)
    try:
        filled = [table for table in TABLES if staging.execute(f"FROM {table} LIMIT 1").fetchone()]
        given = pl.DataFrame(schema=ORIGINS) if origins is None else origins
        put(staging, "batch_sources", given)
        put_past(staging, published, given, sources)
        more = expected(sources, filled)
        suites = {table: rules(published, table) + more.get(table, []) for table in filled}
        checks = run_suites(staging, suites) if filled else []
        checks += run_audits(staging)
    finally:
        staging.close()
    return AuditResult((*checks, dangling(published, batch)))
