"""The process in which ad-hoc SQL runs: started by flows.ask.sandbox, spoken to in lines of JSON.

The locks, each enough for some attacks and none for all: the file is opened read-only; DuckDB's file system is
disabled and its settings locked; a query must be one SELECT whose table functions are all known to be harmless; the
process may write no file, and has a limit on its memory. Time is kept by the parent, with a kill.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO, Final

# DuckDB would load it to look at the first parameter: a second for nothing.
sys.modules["pandas"] = None  # type: ignore[assignment]

import duckdb  # noqa: E402
import pyarrow as pa  # noqa: E402

# Functions in FROM that read nothing but their arguments and the catalogue of tables.
_TABLE_FUNCTIONS: Final = frozenset(
    {
        "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree", "duckdb_tables",
        "duckdb_columns", "duckdb_views", "duckdb_functions", "duckdb_types", "duckdb_schemas", "duckdb_keywords",
        "pragma_table_info",
    }
)  # fmt: skip
# Functions elsewhere that tell of the machine, or of the engine rather than of the data.
_FUNCTIONS: Final = frozenset({"current_setting", "getvariable", "getenv", "write_log", "nextval", "setseed"})
_SYSTEM_TABLES: Final = ("duckdb_", "pragma_")
_SETTINGS: Final = (
    "SET python_enable_replacements=false",
    "SET TimeZone='UTC'",
    "SET enable_external_access=false",
    "SET disabled_filesystems='LocalFileSystem'",
    "SET lock_configuration=true",
)
_MAGIC: Final = b"DUCK"
_MAGIC_AT: Final = 8
_ENDS_TRIED: Final = 100
_RETRY_SECONDS: Final = 10.0
_PR_SET_PDEATHSIG: Final = 1
_MEGABYTE: Final = 1 << 20


class RefusedError(Exception):
    """A query that is not allowed here."""


def main() -> None:
    """Read the limits, then one query after the other; write each answer as a line of JSON, then Arrow's bytes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    request = json.loads(sys.stdin.readline())
    try:
        connection = _open(Path(request["database"]), request["megabytes"])
    except (duckdb.Error, OSError) as error:
        _send(answers, {"error": "H707", "detail": _detail(error)})
        return
    if connection is None:
        _send(answers, {"error": "H702", "detail": ""})
        return
    macros = _macros(connection)  # once: it takes a tenth of a second, and nothing here can change them
    # What DuckDB and Arrow load for their first answer is no part of a query's time, and needs the file system.
    _serialized(connection.execute("SELECT 1").to_arrow_table())
    _confine(request["megabytes"])
    _send(answers, {"bytes": 0})
    for line in sys.stdin:
        _send(answers, *_answer(connection, json.loads(line), macros))


def _open(link: Path, megabytes: int) -> duckdb.DuckDBPyConnection | None:
    """Open what `link` leads to; None when it is no database. A run may be changing it just then: try for a while."""
    deadline = time.monotonic() + _RETRY_SECONDS
    while True:
        try:
            with link.open("rb") as file:
                # DuckDB would take a file of rows for a database of its own making.
                if file.read(len(_MAGIC) + _MAGIC_AT)[_MAGIC_AT:] != _MAGIC:
                    return None
            return _locked(str(link.resolve()), megabytes)
        except (duckdb.IOException, FileNotFoundError) as error:
            passing = "lock" in str(error).lower() or not link.exists() or not link.resolve().exists()
            if not passing or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _locked(path: str, megabytes: int) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,
        "temp_directory": "",
        "extension_directory": "",
        "memory_limit": f"{megabytes * 6 // 10}MB",
    }
    connection = duckdb.connect(path, read_only=True, config=config)
    for statement in _SETTINGS:
        connection.execute(statement)
    return connection


def _confine(megabytes: int) -> None:
    """Give up what a query never needs."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    statm = Path("/proc/self/statm")
    if statm.exists():  # Linux
        used = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        limit = used + megabytes * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        # A parent that is killed must not leave a query running.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _answer(
    connection: duckdb.DuckDBPyConnection, request: dict[str, Any], macros: frozenset[str]
) -> tuple[dict[str, Any], bytes]:
    try:
        query = f"{_wrapped(checked(connection, request['sql'], macros))} LIMIT {int(request['rows']) + 1}"
        table = connection.execute(query, request["parameters"] or None).to_arrow_table()
        data = _serialized(table)
    except RefusedError as error:
        return {"error": "H801", "detail": str(error)}, b""
    except (MemoryError, duckdb.OutOfMemoryException, pa.ArrowMemoryError):
        return {"error": "H806", "detail": ""}, b""
    except (duckdb.Error, pa.ArrowException, ValueError, RuntimeError) as error:
        code = "H801" if isinstance(error, duckdb.PermissionException) else "H802"
        return {"error": code, "detail": _detail(error)}, b""
    return {"bytes": len(data)}, data


def checked(connection: duckdb.DuckDBPyConnection, sql: str, macros: frozenset[str]) -> str:
    """The one SELECT that `sql` is, without its semicolon.

    Raises RefusedError when it is anything else, duckdb.Error when it can't be parsed.
    """
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise RefusedError(f"one statement at a time, not {len(statements)}")
    query = _inner(connection, statements[0].query)
    if query is None:
        raise RefusedError("only SELECT (or FROM, DESCRIBE, SUMMARIZE), and nothing that changes data")
    _check_names(connection, _wrapped(query), macros)
    return query


def _inner(connection: duckdb.DuckDBPyConnection, statement: str) -> str | None:
    """`statement` without what follows its end, when it can stand as a subquery."""
    # Comments may follow the semicolon: each one is tried as the end, from the last.
    ends = [len(statement), *(at for at in range(len(statement) - 1, -1, -1) if statement[at] == ";")]
    for end in ends[:_ENDS_TRIED]:
        try:
            around = connection.extract_statements(_wrapped(statement[:end]))
        except duckdb.Error:
            continue
        if len(around) == 1 and around[0].type == duckdb.StatementType.SELECT:
            return statement[:end]
    return None


def _wrapped(query: str) -> str:
    # Only a query can stand here; the line ends keep a comment in it from swallowing the bracket.
    return f"SELECT * FROM (\n{query}\n) AS answer"  # noqa: S608


def _macros(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The database's own functions."""
    rows = connection.execute("SELECT function_name FROM duckdb_functions() WHERE NOT internal").fetchall()
    return frozenset(name.lower() for (name,) in rows)


def _check_names(connection: duckdb.DuckDBPyConnection, query: str, macros: frozenset[str]) -> None:
    row = connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [query]).fetchone()
    tree = json.loads(row[0]) if row else {"error": True, "error_message": "unreadable"}
    if tree["error"]:
        raise RefusedError(tree["error_message"])
    for node in _nodes(tree):
        function = str(node.get("function_name") or "").lower()
        table = str(node.get("table_name") or "").lower().strip('"')
        if node.get("type") == "TABLE_FUNCTION":
            called = str(node["function"].get("function_name") or "").lower()
            if called not in _TABLE_FUNCTIONS and called not in macros:
                raise RefusedError(f"{called}() is not among the functions to read from")
        elif function in _FUNCTIONS:
            raise RefusedError(f"{function}() is not among the functions to use")
        elif table.startswith(_SYSTEM_TABLES) and table not in _TABLE_FUNCTIONS:
            raise RefusedError(f"{table} is not among the tables to read")


def _nodes(tree: Any) -> list[dict[str, Any]]:
    """Every object in the tree; a loop, since a query may be nested deeper than Python's stack."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            found.append(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return found


def _serialized(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    with pa.ipc.new_stream(buffer, table.schema) as stream:
        stream.write_table(table)
    return buffer.getvalue()


def _detail(error: Exception) -> str:
    """What DuckDB says, without the kind of error that the number tells already."""
    return str(error).strip()


def _send(answers: BinaryIO, head: dict[str, Any], data: bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n" + data)
    answers.flush()


if __name__ == "__main__":
    main()
