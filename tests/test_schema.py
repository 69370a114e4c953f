"""The SQL schema, the Polars schemas and the contract's keys say the same."""

import duckdb
import polars as pl
import pytest

from flows.publish.lookup import HASHED
from flows.publish.migrate import migrate, migrations
from flows.schema import KEYS, SCHEMAS

SQL_TYPES = {
    pl.String(): "VARCHAR",
    pl.Int32(): "INTEGER",
    pl.Int64(): "BIGINT",
    pl.UInt64(): "UBIGINT",
    pl.Float64(): "DOUBLE",
    pl.Date(): "DATE",
    pl.Boolean(): "BOOLEAN",
    pl.Datetime("us", "UTC"): "TIMESTAMP WITH TIME ZONE",
    pl.List(pl.String()): "VARCHAR[]",
    pl.List(pl.Int32()): "INTEGER[]",
}


@pytest.fixture(scope="module")
def database():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        migrate(connection)
        yield connection


@pytest.mark.parametrize("schema", SCHEMAS)
def test_sql_and_polars_declare_the_same_columns(database, schema):
    """Hashes of ids are written and read by flows.publish alone."""
    rows = database.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() JOIN duckdb_tables() "
        "USING (schema_name, table_name) WHERE schema_name = ? ORDER BY table_name, column_index",
        [schema],
    ).fetchall()
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in rows:
        found.setdefault(table, []).append((column, kind))
    declared = {
        table: [(column, SQL_TYPES[kind]) for column, kind in columns.items()]
        + [(f"{column}_hash", "UBIGINT") for column in HASHED.get(f"{schema}.{table}", ())]
        for table, columns in SCHEMAS[schema].items()
    }
    assert found == declared


def test_every_table_and_column_has_a_comment(database):
    tables = "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE comment IS NULL"
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
    columns = (
        "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns() "
        "JOIN duckdb_tables() AS t USING (schema_name, table_name) WHERE duckdb_columns.comment IS NULL"
    )
    of_views = (
        "SELECT table_name || '.' || column_name FROM duckdb_columns() "
        "JOIN duckdb_views() AS v ON v.view_name = table_name WHERE NOT v.internal AND duckdb_columns.comment IS NULL"
    )
    assert [row[0] for sql in (tables, views, columns, of_views) for row in database.execute(sql).fetchall()] == []


def test_every_table_has_a_key_that_may_not_be_null(database):
    nullable = {
        (schema, table, column)
        for schema, table, column in database.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE is_nullable"
        ).fetchall()
    }
    for schema, tables in SCHEMAS.items():
        for table, columns in tables.items():
            assert set(KEYS[table]) <= set(columns)
            if schema != "history":
                assert not [key for key in KEYS[table] if (schema, table, key) in nullable]


def test_closed_lists_are_enforced(database):
    with pytest.raises(duckdb.ConstraintException):
        database.execute("INSERT INTO sources VALUES ('src_1', 'A', 'newsletter', NULL, NULL, 'act_1')")


def test_migrations_are_numbered_without_gaps():
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))
