"""What was set aside stays findable: why, where, since when, and how to try again."""

from datetime import UTC, datetime

import duckdb
import polars as pl
import pytest

from flows.publish.apply import apply_changes
from flows.publish.migrate import migrate
from flows.publish.quarantine import known_quarantine, released, set_aside
from flows.records import Rejected

FIRST, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
BROKEN = Rejected(
    "ingest", "H202", "nothing in it but white space", "in/empty.txt", "ab12", "in", "empty.txt", {"size": "3"}
)


@pytest.fixture
def database():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        migrate(connection)
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, columns: str) -> list[tuple]:
    return connection.execute(f"SELECT {columns} FROM ops.quarantine ORDER BY ALL").fetchall()


def test_a_rejected_document_is_kept_with_reason_and_command(database):
    apply_changes(database, set_aside([BROKEN, BROKEN], "run_1", FIRST))
    assert rows(database, "stage, code, location, detail, replay") == [
        ("ingest", "H202", "in/empty.txt", '{"size": "3"}', "hearsay quarantine --replay ab12")
    ]


def test_seen_again_keeps_the_first_time_and_the_dismissal(database):
    apply_changes(database, set_aside([BROKEN], "run_1", FIRST))
    database.execute("UPDATE ops.quarantine SET dismissed_at = last_seen_at, dismissed_because = 'a test page'")
    apply_changes(database, set_aside([BROKEN], "run_2", LATER, known_quarantine(database)))
    assert rows(database, "first_seen_at, last_seen_at, run_id, dismissed_because") == [
        (FIRST, LATER, "run_2", "a test page")
    ]


def test_what_could_be_published_after_all_leaves(database):
    apply_changes(database, set_aside([BROKEN], "run_1", FIRST))
    apply_changes(database, released(database, ["cd34"]))
    assert len(rows(database, "stage")) == 1
    apply_changes(database, released(database, ["ab12", "cd34"]))
    assert rows(database, "stage") == []


def test_nothing_set_aside_changes_nothing():
    assert set_aside([], "run_1", FIRST).upserts == {}
    assert isinstance(set_aside([BROKEN], "run_1", FIRST).upserts["ops.quarantine"], pl.DataFrame)
