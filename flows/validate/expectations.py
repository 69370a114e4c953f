"""Run the suites with Great Expectations on a staged batch.

Great Expectations has no DuckDB dialect; it goes through duckdb-engine, on the staging database itself. Three
things are bent for it, here only: query results are frozen, because it closes the connection before it fetches;
its execution engine is given ours, because it can only make one from a connection string; analytics stay off.
Importing this module imports Great Expectations, which takes 5 to 8 seconds.
"""

from __future__ import annotations

import logging
import os
import warnings
from functools import cache
from typing import Any

import duckdb

from flows.validate.result import Check, Failure
from flows.validate.rules import BATCH, Rule

_COLUMNS = ("article_id", "row_id", "problem")


def run_suites(staging: duckdb.DuckDBPyConnection, suites: dict[str, list[Rule]]) -> list[Check]:
    """Validate each table's suite on the table of its name."""
    gx, expectations = library()
    context = _context(gx)
    cursor = staging.cursor()
    try:
        source = _source(context, cursor)
        return [
            check for table, rules in suites.items() for check in _run(gx, expectations, source, table, rules, cursor)
        ]
    finally:
        cursor.close()


def _run(gx: Any, expectations: Any, source: Any, table: str, rules: list[Rule], cursor: Any) -> list[Check]:
    asset = source.add_table_asset(name=table, table_name=table)
    batch = asset.add_batch_definition_whole_table("batch").get_batch()
    suite = gx.ExpectationSuite(
        name=table,
        expectations=[
            expectations.UnexpectedRowsExpectation(unexpected_rows_query=rule.sql, description=rule.name)
            for rule in rules
        ],
    )
    results = batch.validate(suite, result_format="BASIC").results
    n_rows = _count(cursor, table)
    return [_check(rule, result, n_rows, cursor) for rule, result in zip(rules, _in_order(rules, results), strict=True)]


def _in_order(rules: list[Rule], results: list[Any]) -> list[Any]:
    by_sql = {result.expectation_config.kwargs["unexpected_rows_query"]: result for result in results}
    return [by_sql[rule.sql] for rule in rules]


def _check(rule: Rule, result: Any, n_rows: int, cursor: Any) -> Check:
    failures: tuple[Failure, ...] = ()
    if "observed_value" not in result.result:  # it did not run: that must never pass for success
        failures = (Failure(rule.table, rule.name, None, "", f"could not be evaluated: {_told(result)}"),)
    elif not result.success:  # the result holds 200 rows at most; every article must be named
        rows = cursor.execute(rule.sql.replace(BATCH, rule.table)).fetchall()
        failures = tuple(Failure(rule.table, rule.name, *row) for row in rows)
    return Check(rule.table, rule.table, rule.name, rule.severity, n_rows, failures)


def _told(result: Any) -> str:
    return str(result.exception_info)[:300]


def _count(cursor: Any, table: str) -> int:
    return int(cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def _context(gx: Any) -> Any:
    """A context in memory, without the folder for documents that one would make by default."""
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    context = gx.get_context(mode="ephemeral", project_config=DataContextConfig(store_backend_defaults=stores))
    context.variables.progress_bars = gx.data_context.types.base.ProgressBarsConfig(globally=False)
    return context


def _source(context: Any, cursor: Any) -> Any:
    """A datasource whose engine is the staging database."""
    import sqlalchemy
    from duckdb_engine import ConnectionWrapper
    from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine

    engine = sqlalchemy.create_engine(
        "duckdb:///:memory:", creator=lambda: ConnectionWrapper(cursor), poolclass=sqlalchemy.pool.StaticPool
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = context.data_sources.add_sql(name="staging", connection_string="duckdb:///:memory:")
    source._engine, source._cached_connection_string = engine, source.connection_string
    source._cached_execution_engine_kwargs = source.dict(
        exclude=source._get_exec_engine_excludes(), config_provider=source._config_provider, exclude_unset=False
    )
    source._execution_engine = SqlAlchemyExecutionEngine(engine=engine, create_temp_table=False)
    return source


@cache
def library() -> tuple[Any, Any]:
    """Great Expectations and its expectations, ready for DuckDB."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations
        import great_expectations.expectations
    from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine

    engine: Any = SqlAlchemyExecutionEngine
    run = engine._execute_query_with_recovery

    def frozen(connection: Any, query: Any) -> Any:
        result = run(connection, query)
        return result.freeze()() if result.returns_rows else result

    engine._execute_query_with_recovery = staticmethod(frozen)
    return great_expectations, great_expectations.expectations


library()  # here, so that importing this module is all that warming up takes
