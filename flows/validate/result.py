"""What validation found: one check for each expectation and audit, one failure for each row that broke one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from flows.schema import OPS

N_EXAMPLES = 5


@dataclass(frozen=True)
class Failure:
    """One row that broke one rule. `article_id` is None when the row belongs to no single article."""

    table: str
    expectation: str
    article_id: str | None
    row_id: str
    problem: str


@dataclass(frozen=True)
class Check:
    """One expectation or audit on one batch; `failures` are its rows, all of them."""

    suite: str
    table: str
    expectation: str
    severity: str  # fatal, warning
    n_rows: int
    failures: tuple[Failure, ...]

    @property
    def success(self) -> bool:
        return not self.failures


@dataclass(frozen=True)
class AuditResult:
    """All checks of one batch.

    The caller drops the articles of `failing` whole, with all that hangs on them, and validates again; when
    `fatal` is not empty it publishes nothing.
    """

    checks: tuple[Check, ...]

    @property
    def failing(self) -> dict[str, Failure]:
        """The articles that broke a fatal rule, each with its first failure."""
        found: dict[str, Failure] = {}
        for failure in self._fatal_failures():
            if failure.article_id is not None:
                found.setdefault(failure.article_id, failure)
        return found

    @property
    def fatal(self) -> list[Failure]:
        """Failures of fatal rules that no article answers for."""
        return [failure for failure in self._fatal_failures() if failure.article_id is None]

    @property
    def warnings(self) -> list[Check]:
        """Rules that failed and stop nothing."""
        return [check for check in self.checks if check.severity == "warning" and not check.success]

    @property
    def success(self) -> bool:
        """Whether every fatal rule held."""
        return not self._fatal_failures()

    def frame(self, run_id: str, batch_id: str, now: datetime) -> pl.DataFrame:
        """The rows of ops.checks."""
        rows = [
            {
                "batch_id": batch_id,
                "suite": check.suite,
                "expectation": check.expectation,
                "run_id": run_id,
                "table_name": check.table,
                "severity": check.severity,
                "success": check.success,
                "n_rows": check.n_rows,
                "n_failed": len(check.failures),
                "examples": [f"{failure.row_id}: {failure.problem}" for failure in check.failures[:N_EXAMPLES]],
                "checked_at": now,
            }
            for check in self.checks
        ]
        return pl.DataFrame(rows, schema=OPS["checks"])

    def _fatal_failures(self) -> list[Failure]:
        return [failure for check in self.checks if check.severity == "fatal" for failure in check.failures]
