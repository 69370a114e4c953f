"""How rows are written."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.ask.formats import write

TABLE = pa.table(
    {
        "text": ["=1+1", "a [b]bold[/b] | <b>\nnext\x1b[31m", None],
        "n": [-1, 2, None],
        "d": [date(2024, 5, 1), None, None],
        "t": [datetime(2024, 5, 1, tzinfo=UTC), None, None],
        "x": [Decimal("3.00"), Decimal("0.5"), None],
        "f": [float("nan"), 0.25, None],
        "l": [["a", "b"], [], None],
    }
)


def written(capsys: pytest.CaptureFixture[str], form: str | None, table: pa.Table = TABLE) -> str:
    write(table, form)
    return capsys.readouterr().out


def test_json_lines_when_piped(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in written(capsys, None).splitlines()]
    assert rows[0] == {
        "text": "=1+1", "n": -1, "d": "2024-05-01", "t": "2024-05-01T00:00:00+00:00", "x": 3, "f": None,
        "l": ["a", "b"],
    }  # fmt: skip
    assert rows[1]["x"] == 0.5
    assert rows[2] == dict.fromkeys(TABLE.column_names)
    assert json.loads(written(capsys, "json")) == rows


def test_csv_holds_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(written(capsys, "csv"))))
    assert rows[0] == TABLE.column_names
    assert rows[1][:3] == ["'=1+1", "-1", "2024-05-01"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "a [b]bold[/b] | <b>\nnext\x1b[31m", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_each_start_of_a_formula_is_neutralised(capsys: pytest.CaptureFixture[str], start: str) -> None:
    text = written(capsys, "csv", pa.table({"a": [f"{start}cmd"]}))
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{start}cmd".replace("\r", "\n")]


def test_markdown_stays_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    lines = written(capsys, "md").splitlines()
    assert len(lines) == 5
    assert "a [b]bold[/b] \\| &lt;b> next" in lines[3]


def test_a_table_shows_markup_as_text_and_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    text = written(capsys, "table")
    assert "[b]bold[/b]" in text
    assert "\x1b" not in text
    assert "null" in text


def test_parquet_round_trip(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write(TABLE.drop(["f"]), "parquet")
    assert pq.read_table(io.BytesIO(capfdbinary.readouterr().out)).equals(TABLE.drop(["f"]))


def test_no_rows_are_no_lines(capsys: pytest.CaptureFixture[str]) -> None:
    none = TABLE.slice(0, 0)
    assert written(capsys, "jsonl", none) == ""
    assert json.loads(written(capsys, "json", none)) == []
    assert written(capsys, "csv", none) == "text,n,d,t,x,f,l\n"
