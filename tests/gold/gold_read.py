"""The gold: readings of single articles, records across the articles of a story, and the two halves.

`readings/` holds one reading an article, `second/` the independent second readings, `across/` one file a story. A story
belongs to one half, and its articles with it: the open half may be read while rules are made, the closed one may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gold_records import Record, read_records
from gold_text import reading_text
from gold_units import Reading, from_records

HERE: Final = Path(__file__).parent
HALVES: Final = ("open", "closed")


@dataclass(frozen=True)
class Gold:
    """One half: its readings by file, its records across articles, and the names of its actors and places."""

    readings: Mapping[str, Reading]
    records: Sequence[Record]
    aliases: Mapping[str, Sequence[str]]


def read_gold(folder: Path = HERE) -> dict[str, Gold]:
    """Both halves."""
    readings = {reading.file: reading for reading in _readings(folder / "readings")}
    stories = [read_records(path) for path in sorted((folder / "across").glob("*.jsonl"))]
    found = {}
    for half in HALVES:
        records = [record for story in stories if _half(story) == half for record in story]
        files = {file for record in records if record["layer"] == "story" for file in record["files"]}
        aliases: dict[str, list[str]] = {}
        for record in records:
            if record["layer"] == "actor":
                aliases.setdefault(record["name"], []).extend(record["names"])
        found[half] = Gold({file: one for file, one in readings.items() if file in files}, records, aliases)
    return found


def second_readings(folder: Path = HERE) -> list[Reading]:
    """The readings by a second reader."""
    return list(_readings(folder / "second"))


def _half(story: Sequence[Record]) -> str:
    return next(str(record["half"]) for record in story if record["layer"] == "story")


def _readings(folder: Path) -> Iterator[Reading]:
    for path in sorted(folder.glob("*.jsonl")):
        records = read_records(path)
        file = next(record["file"] for record in records if record["layer"] == "article")
        yield from_records(records, reading_text(file))
