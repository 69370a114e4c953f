"""What was set aside stays findable: why, where, since when, and how to try again."""

from datetime import UTC, datetime

import duckdb
import pytest

from flows.changes import Changes
from flows.publish.apply import apply_changes
from flows.publish.migrate import migrate
from flows.publish.quarantine import quarantine_rows
from flows.records import Rejected

FIRST, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
BROKEN = Rejected(
    "ingest", "H202", "nothing in it but white space", "in/empty.txt", "ab12", "local", "empty.txt", {"size": "3"}
)


@pytest.fixture
def database():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        migrate(connection)
        yield connection


def set_aside(connection: duckdb.DuckDBPyConnection, now: datetime, run_id: str) -> None:
    frame = quarantine_rows(connection, [BROKEN, BROKEN], now, run_id)
    apply_changes(connection, Changes({"ops.quarantine": frame}))


def rows(connection: duckdb.DuckDBPyConnection, columns: str) -> list[tuple]:
    return connection.execute(f"SELECT {columns} FROM ops.quarantine ORDER BY ALL").fetchall()


def test_a_rejected_document_is_kept_with_reason_and_command(database):
    set_aside(database, FIRST, "run_1")
    assert rows(database, "stage, code, location, detail, replay") == [
        ("ingest", "H202", "in/empty.txt", '{"size": "3"}', "hearsay run --retry in/empty.txt")
    ]


def test_seen_again_keeps_the_first_time_and_the_dismissal(database):
    set_aside(database, FIRST, "run_1")
    database.execute("UPDATE ops.quarantine SET dismissed_at = last_seen_at, dismissed_because = 'a test page'")
    set_aside(database, LATER, "run_2")
    assert rows(database, "first_seen_at, last_seen_at, run_id, dismissed_because") == [
        (FIRST, LATER, "run_2", "a test page")
    ]


def test_nothing_set_aside_gives_no_row(database):
    assert quarantine_rows(database, [], FIRST, "run_1").height == 0
