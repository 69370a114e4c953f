"""Hostile SQL: nothing may change the file, read another, tell of the machine, or outstay its limits."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.ask.sandbox import Sandbox
from flows.errors import HearsayError
from flows.settings import load

HERE = "{here}"  # the folder of the database
OWN = "{own}"  # the database file itself

WRITES = [
    "INSERT INTO t VALUES (1, 'x')",
    "UPDATE t SET s = 'x'",
    "DELETE FROM t",
    "TRUNCATE t",
    "DROP TABLE t",
    "ALTER TABLE t ADD COLUMN z INTEGER",
    "CREATE TABLE z AS SELECT 1",
    "CREATE TEMP TABLE z AS SELECT 1",
    "CREATE VIEW z AS SELECT 1",
    "CREATE MACRO z() AS 1",
    "CREATE SEQUENCE z",
    "CREATE SCHEMA z",
    "CREATE SECRET z (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "CREATE INDEX z ON t (i)",
    "MERGE INTO t USING (SELECT 1 AS i) AS n ON t.i = n.i WHEN MATCHED THEN DELETE",
    "WITH x AS (INSERT INTO t VALUES (1, 'x') RETURNING *) SELECT * FROM x",
    "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
    "SELECT * FROM (INSERT INTO t VALUES (1, 'x') RETURNING *)",
    "SELECT 1; DROP TABLE t",
    "SELECT 1) AS q; DROP TABLE t; SELECT * FROM (SELECT 1",
    "SELECT 1) AS q; DROP TABLE t; --",
    "SELECT 1) AS q; SELECT * FROM (SELECT 2",
    "SELECT 1 /* ) */) AS q; DROP TABLE t; /*",
    "BEGIN",
    "COMMIT",
    "VACUUM",
    "ANALYZE",
    "CHECKPOINT",
    "FORCE CHECKPOINT",
    "FROM checkpoint()",
    "SELECT * FROM force_checkpoint()",
    "SELECT nextval('s')",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "COMMENT ON TABLE t IS 'x'",
]
FILES = [
    "COPY (SELECT 42) TO '{own}' (FORMAT csv, USE_TMP_FILE false)",
    "COPY (SELECT 42) TO '{own}' (FORMAT parquet, USE_TMP_FILE false)",
    "COPY (SELECT 42) TO '{here}/out.csv'",
    "COPY t TO '{here}/out.json'",
    "COPY t FROM '{here}/secret.csv'",
    "EXPORT DATABASE '{here}/out'",
    "IMPORT DATABASE '{here}/out'",
    "ATTACH '{here}/new.duckdb'",
    "ATTACH '{own}' AS other (READ_WRITE)",
    "DETACH t",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{here}/x.duckdb_extension'",
    "SELECT * FROM '{here}/secret.csv'",
    "SELECT * FROM read_csv('{here}/secret.csv')",
    "SELECT * FROM read_csv_auto('{here}/secret.csv')",
    "SELECT * FROM read_text('{here}/secret.csv')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_json('{here}/secret.csv')",
    "SELECT * FROM read_parquet('{here}/secret.csv')",
    "SELECT * FROM parquet_metadata('{here}/secret.csv')",
    "SELECT * FROM parquet_schema('{here}/secret.csv')",
    "SELECT * FROM sniff_csv('{here}/secret.csv')",
    "SELECT * FROM glob('{here}/*')",
    "SELECT * FROM read_text('http://127.0.0.1:1/x')",
    "SELECT * FROM '/proc/self/environ'",
    "SELECT * FROM read_text('/proc/self/environ')",
    "SELECT * FROM read_duckdb('{own}')",
    "SELECT * FROM read_text(getvariable('x'))",
    "SELECT (SELECT content FROM read_text('{here}/secret.csv'))",
    "SELECT * FROM t WHERE EXISTS (FROM read_text('{here}/secret.csv'))",
    "SELECT * FROM query('FROM read_text(''{here}/secret.csv'')')",
    "SELECT * FROM query_table('{here}/secret.csv')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "PRAGMA import_database('{here}')",
]
SETTINGS = [
    "SET memory_limit = '100GB'",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "SET GLOBAL disabled_filesystems = ''",
    "PRAGMA disable_checkpoint_on_shutdown",
    "PRAGMA enable_profiling",
    "SELECT * FROM enable_logging(storage='file', storage_path='{here}/log')",
    "CALL enable_logging()",
    "SELECT * FROM enable_profiling()",
    "SELECT * FROM truncate_duckdb_logs()",
    "SELECT write_log('x')",
    "USE memory",
    "SET VARIABLE x = 1",
]
TELLING = [
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_databases()",
    "SELECT path FROM duckdb_databases",
    'SELECT * FROM "duckdb_databases"',
    "SELECT * FROM system.main.duckdb_databases",
    "SELECT * FROM query('FROM duckdb_databases()')",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM pragma_database_list()",
    "SELECT * FROM duckdb_extensions()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM duckdb_temporary_files()",
    "SELECT * FROM duckdb_logs",
    "SELECT current_setting('allowed_paths')",
    "SELECT current_setting('secret_directory')",
    "SELECT main.current_setting('home_directory')",
    "SELECT getenv('HOME')",
    "WITH d AS (FROM duckdb_databases()) FROM d",
    "SELECT list_transform([1], x -> current_setting('allowed_paths'))",
    "SHOW DATABASES",
]
GREEDY = [
    "SELECT repeat('x', 4000000000::BIGINT)",
    "SELECT list(range) FROM range(2000000000)",
    "SELECT string_agg(repeat('x', 1000000), '') FROM range(100000)",
    "SELECT count(*) FROM range(10000000000) AS a, range(10000000000) AS b",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
    "SELECT " + "(" * 100_000 + "1" + ")" * 100_000,
    "SELECT 1 " + "+ 1" * 50_000,
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "secret.csv").write_text("top,secret\n1,2\n", encoding="utf-8")
    with duckdb.connect(str(folder / "own.duckdb")) as connection:
        connection.execute("CREATE TABLE t AS SELECT range AS i, 'x' || range AS s FROM range(1000)")
        connection.execute("CREATE SEQUENCE s")
        connection.execute("CREATE MACRO first_rows(n) AS TABLE SELECT * FROM t WHERE i < n")
    return folder / "own.duckdb"


@pytest.fixture(scope="module")
def sandbox(database: Path) -> Iterator[Sandbox]:
    with Sandbox(database, load(query_seconds=0.7, query_memory_mb=512)) as warm:
        yield warm


def snapshot(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def ask(attack: str, sandbox: Sandbox, database: Path) -> str:
    """What comes of an attack: the number of its error, or the rows as text."""
    try:
        answer = sandbox.ask(attack.replace(HERE, str(database.parent)).replace(OWN, str(database)))
    except HearsayError as error:
        return error.code
    return str(answer.table.to_pylist())


@pytest.mark.parametrize("attack", WRITES + FILES + SETTINGS, ids=lambda sql: sql[:60])
def test_what_is_no_question_is_refused_and_changes_nothing(attack: str, sandbox: Sandbox, database: Path) -> None:
    before = snapshot(database.parent)
    assert ask(attack, sandbox, database) in ("H801", "H802")
    assert snapshot(database.parent) == before


@pytest.mark.parametrize("attack", TELLING, ids=lambda sql: sql[:60])
def test_nothing_tells_of_the_machine(attack: str, sandbox: Sandbox, database: Path) -> None:
    before = snapshot(database.parent)
    told = ask(attack, sandbox, database)
    assert not any(text in told for text in (str(database.parent), "secret", os.environ["HOME"]))
    assert snapshot(database.parent) == before


@pytest.mark.parametrize("attack", GREEDY, ids=lambda sql: sql[:60])
def test_greed_is_stopped(attack: str, sandbox: Sandbox, database: Path) -> None:
    before = snapshot(database.parent)
    assert ask(attack, sandbox, database) in ("H801", "H802", "H805", "H806", "[{'1': 1}]")
    assert snapshot(database.parent) == before


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT count(*) AS n FROM t", [{"n": 1000}]),
        ("FROM t ORDER BY i DESC LIMIT 1", [{"i": 999, "s": "x999"}]),
        ("SELECT i FROM t ORDER BY i DESC LIMIT 2 -- the last;", [{"i": 999}, {"i": 998}]),
        ("SELECT 1 AS one; -- done", [{"one": 1}]),
        ("SELECT ';' AS s;", [{"s": ";"}]),
        ("FROM first_rows(1)", [{"i": 0, "s": "x0"}]),
        ("WITH a AS (SELECT 2 AS b) FROM a", [{"b": 2}]),
        ("SELECT name FROM (SHOW TABLES)", [{"name": "t"}]),
        ("SELECT DISTINCT column_name FROM (DESCRIBE t) ORDER BY 1", [{"column_name": "i"}, {"column_name": "s"}]),
        ("SELECT table_name FROM duckdb_tables()", [{"table_name": "t"}]),
        ("SELECT unnest([1, 2]) AS u", [{"u": 1}, {"u": 2}]),
        ("VALUES (1)", [{"col0": 1}]),
    ],
)
def test_what_an_analyst_asks_is_answered(sql: str, rows: list[dict[str, object]], sandbox: Sandbox) -> None:
    assert sandbox.ask(sql).table.to_pylist() == rows


def test_parameters_are_bound_not_pasted(sandbox: Sandbox) -> None:
    hostile = "x'; DROP TABLE t; --"
    assert sandbox.ask("SELECT $p::VARCHAR AS p", {"p": hostile}).table.to_pylist() == [{"p": hostile}]


def test_a_query_is_stopped_in_time_and_the_next_one_works(database: Path) -> None:
    with Sandbox(database, load(query_seconds=0.5)) as sandbox:
        sandbox.ask("SELECT 1")
        start = time.monotonic()
        with pytest.raises(HearsayError) as caught:
            sandbox.ask("SELECT count(*) FROM range(10000000000) AS a, range(1000) AS b")
        assert caught.value.code == "H805"
        assert time.monotonic() - start < 2
        assert sandbox.ask("SELECT 1 AS a").table.num_rows == 1


def test_memory_is_bounded(database: Path) -> None:
    with Sandbox(database, load(query_memory_mb=512)) as sandbox, pytest.raises(HearsayError) as caught:
        sandbox.ask("SELECT repeat('x', 4000000000::BIGINT)")
    assert caught.value.code == "H806"


def test_rows_are_capped_and_that_is_told(database: Path) -> None:
    with Sandbox(database, load(query_rows=10)) as sandbox:
        answer = sandbox.ask("FROM t")
        assert (answer.table.num_rows, answer.is_cut) == (10, True)
        assert not sandbox.ask("FROM t LIMIT 10").is_cut


def test_no_child_is_left_behind(database: Path) -> None:
    with Sandbox(database, load()) as sandbox:
        sandbox.ask("SELECT 1")
        child = sandbox._child
    assert child is not None
    assert child.returncode is not None


@pytest.mark.parametrize(("name", "code"), [("absent.duckdb", "H704"), ("secret.csv", "H702")])
def test_what_is_no_database_is_told(database: Path, name: str, code: str) -> None:
    with Sandbox(database.parent / name, load()) as sandbox, pytest.raises(HearsayError) as caught:
        sandbox.ask("SELECT 1")
    assert caught.value.code == code
