"""Rows are found by value wherever they lie, and with all their columns."""

import duckdb
import polars as pl
import pytest

from flows.publish.lookup import rows_by, summed_by

N = 500_000


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        connection.execute(
            f"CREATE TABLE notes AS SELECT 'n' || i AS note_id, i % 7 AS part, i AS n FROM range({N}) AS r (i)"
        )
        yield connection


@pytest.mark.parametrize(
    "numbers", [[], [7], [0, N - 1], [1, 2, 130_000, 130_001, 399_999], list(range(0, N, 1_000)), list(range(3_000))]
)
def test_rows_come_from_everywhere(connection, numbers):
    wanted = pl.DataFrame({"note_id": [f"n{n}" for n in numbers]}, schema={"note_id": pl.String})
    assert rows_by(connection, "main.notes", wanted).get_column("n").sort().to_list() == numbers


def test_all_columns_named_have_to_agree(connection):
    wanted = pl.DataFrame({"note_id": ["n8", "n9"], "part": [1, 1]})
    assert rows_by(connection, "main.notes", wanted).rows() == [("n8", 1, 8)]


def test_only_the_columns_asked_for_come(connection):
    found = rows_by(connection, "main.notes", pl.DataFrame({"note_id": ["n8"]}), ["n", "note_id"])
    assert (found.columns, found.rows()) == (["n", "note_id"], [(8, "n8")])


def test_what_is_not_there_gives_no_rows_with_the_columns(connection):
    found = rows_by(connection, "main.notes", pl.DataFrame({"note_id": ["other", None]}))
    assert (found.height, found.columns) == (0, ["note_id", "part", "n"])


@pytest.mark.parametrize("size", [0, 1, 2_048, 2_049])
def test_a_small_table_gives_the_same_as_a_large_one(size):
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        connection.execute(f"CREATE TABLE few AS SELECT 'n' || i AS note_id, i AS n FROM range({size}) AS r (i)")
        found = rows_by(connection, "main.few", pl.DataFrame({"note_id": ["n0", "n1", "other", None]}), ["n"])
    assert (found.columns, found.get_column("n").sort().to_list()) == (["n"], [n for n in (0, 1) if n < size])


def test_rows_of_a_view_are_found(connection):
    connection.execute("CREATE OR REPLACE VIEW early AS SELECT * FROM notes WHERE n < 10")
    assert rows_by(connection, "main.early", pl.DataFrame({"note_id": ["n8", "n80"]})).rows() == [("n8", 1, 8)]


def test_rows_that_tell_nothing_in_a_column_may_be_left_out():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        connection.execute(
            "CREATE TABLE few AS SELECT 'n' || i AS note_id, nullif(i % 3, 0) AS n FROM range(9) AS r (i)"
        )
        wanted = pl.DataFrame({"note_id": [f"n{i}" for i in range(6)]})
        found = rows_by(connection, "main.few", wanted, ["note_id", "n"], "n")
    assert found.sort("note_id").rows() == [("n1", 1), ("n2", 2), ("n4", 1), ("n5", 2)]


@pytest.mark.parametrize("size", [9, 9_000])
def test_rows_of_other_days_may_be_left_out(size):
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        connection.execute(
            f"CREATE TABLE few AS SELECT 'n' || i AS note_id, nullif(i, 3) AS day FROM range({size}) AS r (i)"
        )
        wanted = pl.DataFrame({"note_id": [f"n{i}" for i in range(6)]})
        found = rows_by(connection, "main.few", wanted, ["note_id", "day"], within=("day", 1, 2))
    assert found.sort("note_id").rows() == [("n1", 1), ("n2", 2), ("n3", None)]


def test_a_value_that_all_have_in_common_may_hold_a_quotation_mark():
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        connection.execute("CREATE TABLE few AS SELECT 'n' || i AS note_id, 'Odell''s' AS name FROM range(9) AS r (i)")
        for name, rows in (("Odell's", [("n1",)]), ("' OR ''='", [])):
            wanted = pl.DataFrame({"note_id": ["n1"], "name": [name]})
            assert rows_by(connection, "main.few", wanted, ["note_id"]).rows() == rows


@pytest.fixture
def keys():
    """A table that has hashes of what it is asked for."""
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        connection.execute(
            "CREATE SCHEMA work; CREATE TABLE work.keys AS "
            "SELECT layer, key, member_id, md5_number_lower(key) AS key_hash, "
            "md5_number_lower(member_id) AS member_id_hash "
            "FROM (SELECT 'actor' AS layer, 'k' || i % 50000 AS key, 'm' || i AS member_id FROM range(100000) AS r (i))"
        )
        yield connection


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"member_id": ["m7", "m99999", "other"]}, ["m7", "m99999"]),
        ({"key": ["k7"]}, ["m50007", "m7"]),
        ({"key": ["k7", "k8"], "layer": ["actor", "person"]}, ["m50007", "m7"]),
        ({"key": ["k7", "k9"], "member_id": ["m7", "m8"]}, ["m7"]),
    ],
)
def test_rows_are_found_by_hashes(keys, wanted, found):
    rows = rows_by(keys, "work.keys", pl.DataFrame(wanted), ["layer", "key", "member_id"])
    assert rows.get_column("member_id").sort().to_list() == found


def test_sums_are_told_of_what_is_beside_and_not_of_what_is_hidden(keys):
    beside = pl.DataFrame({"key": ["k7", "k9"], "member_id": ["new", "newer"]})
    hidden = [pl.DataFrame({"member_id": ["m7"]}), pl.DataFrame({"key": ["k8"], "member_id": ["m8"]})]
    wanted = pl.DataFrame({"key": ["k7", "k8"]})
    query = "SELECT key, count(*) AS n, min(member_id) AS first FROM these GROUP BY key ORDER BY key"
    told = summed_by(keys, "work.keys", wanted, query, hidden, beside)
    assert told.rows() == [("k7", 2, "m50007"), ("k8", 1, "m50008"), ("k9", 1, "newer")]
