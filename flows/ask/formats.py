"""Write rows for a person or for a program."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from flows.console import data, warn
from flows.errors import HearsayError

if TYPE_CHECKING:
    import pyarrow as pa

# A spreadsheet takes a cell that starts so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_READABLE: Final = 24  # a column of text this wide can be read
_GAP: Final = 2
_FEWEST: Final = 3  # columns that are shown in any case
_ROWS_MEASURED: Final = 200
_WIDTH_OFF_TERMINAL: Final = 160
_CELL: Final = 300  # characters of a cell in a table: an article is to be read elsewhere


def write(table: pa.Table, form: str | None) -> None:
    """Write `table` to stdout, as table, csv, json, jsonl, parquet or md; None is a table on a terminal, else jsonl.

    Raises HearsayError H109 when bytes would go to a terminal.
    """
    form = form or ("table" if sys.stdout.isatty() else "jsonl")
    if form == "parquet":
        _parquet(table)
        return
    with data() as out:
        for text in _WRITERS[form](table):
            out.write(text)


def _rows(table: pa.Table) -> Iterable[list[Any]]:
    for batch in table.to_batches():
        yield from (
            [_plain(value) for value in row] for row in zip(*(c.to_pylist() for c in batch.columns), strict=True)
        )


def _plain(value: Any) -> Any:
    """A value that JSON has: exact where it can be, ISO 8601 for times."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, timedelta) else value


def _jsonl(table: pa.Table) -> Iterable[str]:
    names = table.column_names
    for row in _rows(table):
        yield json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n"


def _json(table: pa.Table) -> Iterable[str]:
    lines = (line.rstrip("\n") for line in _jsonl(table))
    yield "["
    for number, line in enumerate(lines):
        yield (",\n " if number else "\n ") + line
    yield "\n]\n"


def _csv(table: pa.Table) -> Iterable[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([_cell(name) for name in table.column_names])
    for row in _rows(table):
        writer.writerow([_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if not isinstance(value, str):
        return value
    # Python's writer would leave a lone carriage return unquoted, and a reader would end the row there.
    text = f"'{value}" if value.startswith(_FORMULA) else value
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _one_line(value: Any, null: str) -> str:
    if value is None:
        return null
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return _CONTROL.sub("", " ".join(text.split()))


def _md(table: pa.Table) -> Iterable[str]:
    def line(cells: Iterable[str]) -> str:
        escaped = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in cells)
        return f"| {' | '.join(escaped)} |\n"

    yield line(_one_line(name, "") for name in table.column_names)
    yield line("---" for _ in table.column_names)
    for row in _rows(table):
        yield line(_one_line(value, "") for value in row)


def _table(table: pa.Table) -> Iterable[str]:
    import pyarrow as pa
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = _width()
    table = _fitting(table, width)
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in table.schema:
        number = pa.types.is_integer(column.type) or pa.types.is_floating(column.type)
        grid.add_column(Text(_one_line(column.name, "")), justify="right" if number else "left", overflow="fold")
    for row in _rows(table):
        # Text: square brackets in an article are no markup
        grid.add_row(*(Text("null", style="dim") if v is None else Text(_short(_one_line(v, ""))) for v in row))
    console = Console(file=sys.stdout, width=width)
    with console.capture() as capture:
        console.print(grid)
    # lines padded to the full width wrap when they are pasted
    yield "".join(line.rstrip() + "\n" for line in capture.get().splitlines())


def _width() -> int:
    """The terminal's width; off a terminal what COLUMNS says, else a fixed one."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal():
        return shutil.get_terminal_size().columns
    return _WIDTH_OFF_TERMINAL


def _fitting(table: pa.Table, width: int) -> pa.Table:
    """The first columns that fit side by side with cells wide enough to read; the others are named on stderr."""
    left = width
    shown = 0
    for name in table.column_names:
        cells = (_one_line(value, "null") for value in table.column(shown).slice(0, _ROWS_MEASURED).to_pylist())
        left -= max(min(max(map(len, cells), default=0), _READABLE), min(len(name), _READABLE)) + _GAP
        if left < -_GAP and shown >= _FEWEST:
            break
        shown += 1
    hidden = table.column_names[shown:]
    if hidden:
        warn(f"not shown, for want of width: {', '.join(hidden)} (choose columns, or --format jsonl)")
    return table.select(table.column_names[:shown])


def _short(text: str) -> str:
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def _parquet(table: pa.Table) -> None:
    import pyarrow.parquet as pq

    if sys.stdout.isatty():
        raise HearsayError("H109", option="--format parquet", detail="bytes, not for a terminal: add > rows.parquet")
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    with data() as out:
        out.buffer.write(buffer.getvalue())


_WRITERS: Final[dict[str, Callable[[Any], Iterable[str]]]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "md": _md,
}
