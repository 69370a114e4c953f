"""The canonical export is the same bytes for the same tables."""

import json
from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest

from flows.changes import Changes
from flows.publish.apply import apply_changes
from flows.publish.export import columns_of, export_canonical
from flows.publish.migrate import migrate
from flows.schema import TABLES

ARTICLE = {
    "document_id": "doc_1", "title": "Boats – “late”", "authors": ["A. Writer"], "published_on": date(2026, 1, 6),
    "published_basis": "metadata", "text": "Line one.\n\nLine two.", "content_hash": "0", "pipeline_version": "1",
}  # fmt: skip


def database(order: list[int], moment: datetime, zone: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"python_enable_replacements": False})
    migrate(connection)
    connection.execute(f"SET TimeZone = '{zone}'")
    for number in order:
        row = {**ARTICLE, "article_id": f"art_{number}", "first_seen_at": moment, "run_id": f"run_{moment.year}"}
        apply_changes(connection, Changes({"main.articles": pl.DataFrame([row], schema=TABLES["articles"])}))
    return connection


def test_order_time_and_zone_do_not_show(tmp_path):
    for name, order, year, zone in (("a", [1, 2, 3], 2026, "UTC"), ("b", [3, 1, 2], 2027, "Asia/Tokyo")):
        with database(order, datetime(year, 1, 1, tzinfo=UTC), zone) as connection:
            export_canonical(connection, tmp_path / name)
    for table in TABLES:
        assert (tmp_path / "a" / f"{table}.jsonl").read_bytes() == (tmp_path / "b" / f"{table}.jsonl").read_bytes()
    assert len(list((tmp_path / "a").iterdir())) == len(TABLES)


def test_a_line_is_a_row_that_people_can_read(tmp_path):
    with database([1], datetime(2026, 1, 1, tzinfo=UTC), "UTC") as connection:
        export_canonical(connection, tmp_path)
    text = (tmp_path / "articles.jsonl").read_text(encoding="utf-8")
    assert "Boats – “late”" in text
    row = json.loads(text)
    assert row["published_on"] == "2026-01-06"
    assert list(row) == sorted(row)
    assert not {"first_seen_at", "run_id"} & set(row)


@pytest.mark.parametrize("table", TABLES)
def test_every_other_column_is_exported(table):
    assert set(TABLES[table]) - set(columns_of(table)) <= {"first_seen_at", "run_id"}
