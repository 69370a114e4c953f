"""Validation: nothing is published that was not audited.

result = validate(writer.connection, changes)
result.failing   # {article_id: first failure}: set these aside whole, and validate what is left again
result.fatal     # failures that no article answers for: publish nothing
changes.upserts["ops.checks"] = result.frame(run_id, batch_id, now)
"""

from __future__ import annotations

import duckdb

from flows.changes import Changes
from flows.schema import TABLES
from flows.validate.audits import dangling, run_audits
from flows.validate.result import AuditResult, Check, Failure
from flows.validate.rules import rules
from flows.validate.stage import stage

__all__ = ["AuditResult", "Check", "Failure", "validate"]


def validate(published: duckdb.DuckDBPyConnection, batch: Changes) -> AuditResult:
    """Audit a batch's rows of schema `main` as they would stand beside what is published.

    `published` is a connection to a database with this version's schema (`Writer.connection`); nothing is written
    to it. Tables of which the batch has no row are not looked at.
    """
    from flows.validate.expectations import run_suites  # loads Great Expectations: seconds

    staging = stage(published, batch)
    try:
        filled = [table for table in TABLES if staging.execute(f"FROM {table} LIMIT 1").fetchone()]
        checks = run_suites(staging, {table: rules(published, table) for table in filled}) if filled else []
        checks += run_audits(staging)
    finally:
        staging.close()
    return AuditResult((*checks, dangling(published, batch)))
