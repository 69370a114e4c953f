"""The gold: readings of single articles, records across the articles of a story, and the two halves.

`readings/` holds one reading an article, `second/` the independent second readings, `across/` one file a story. A story
belongs to one half, and its articles with it: the open half may be read while rules are made, the closed one may not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gold_records import Record, read_records
from gold_text import reading_text
from gold_units import Reading, from_records
from gold_words import fold

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
        found[half] = Gold(
            {file: one for file, one in readings.items() if file in files}, merged(records), aliases_of(records)
        )
    return found


def aliases_of(records: Sequence[Record]) -> dict[str, list[str]]:
    """The names of each actor and place, without those that another one bears too: "Ferran" tells neither of two."""
    names: dict[str, dict[str, None]] = {}
    for record in records:
        if record["layer"] == "actor":
            names.setdefault(record["name"], {}).update(dict.fromkeys((record["name"], *record["names"])))
    bearers = Counter(name for own in names.values() for name in {fold(name) for name in own})
    return {label: [name for name in own if bearers[fold(name)] == 1] for label, own in names.items()}


def merged(records: Sequence[Record]) -> list[Record]:
    """The records, those of one utterance or incident that two stories tell of as one."""
    found: list[Record] = []
    seen: dict[tuple[str, str], Record] = {}
    for record in records:
        key = record["layer"], str(record.get("name"))
        if record["layer"] not in {"utterance", "incident"}:
            found.append(record)
        elif key in seen:
            first = seen[key]
            first["members"] = [*first["members"], *(m for m in record["members"] if m not in first["members"])]
            first["origins"] = _joined_groups([*first["origins"], *record["origins"]])
            first["types"] = sorted({*first.get("types", ()), *record.get("types", ())})
            for name in ("speaker", "said_on", "place", "starts_on", "ends_on"):
                first[name] = first.get(name) or record.get(name)
        else:
            seen[key] = dict(record)
            found.append(seen[key])
    return found


def _joined_groups(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """Groups that share a member made one."""
    found: list[set[str]] = []
    for group in groups:
        whole = set(group).union(*(one for one in found if one & set(group)))
        found = [one for one in found if not one & whole] + [whole]
    return [sorted(one) for one in found]


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
