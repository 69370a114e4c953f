"""Show an article with numbered lines, or check a reading of it.

`gold_check.py show FILE`, `gold_check.py check READING`; GUIDE.md beside this file says what a reading holds.
Standard library only.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from gold_records import CLOSED, FIELDS, Address, Record, locate, read_records
from gold_text import SAMPLE, lines, reading_text

_LINES = re.compile(r"[1-9]\d*(?:-[1-9]\d*)?")
_ROLES = frozenset({"spokesman", "agency", "outlet", "broadcaster", "document", "earlier_article", "reposter"})


def show(file: str, folder: Path) -> str:
    """The article, its lines numbered as addresses count them."""
    text = reading_text(file, folder)
    return "\n".join(f"L{at}  {text[start:end]}" for at, (start, end) in enumerate(lines(text), 1))


def check(path: Path, folder: Path) -> list[str]:
    """Everything that is wrong with a reading, an item a line."""
    try:
        records = read_records(path)
    except ValueError as problem:
        return [str(problem)]
    articles = [record for record in records if record.get("layer") == "article"]
    own = articles[0].get("file") if articles else None
    problems = [f"line {record['_line']}: {text}" for record in records for text in _wrong(record, own, folder)]
    if own and not problems:
        problems += _partition(records, own, folder)
    return problems


def _wrong(record: Record, own: str | None, folder: Path) -> Iterator[str]:
    layer = record.get("layer")
    if layer not in FIELDS:
        yield f"no layer {layer!r}; there are: {', '.join(FIELDS)}"
        return
    required, optional = FIELDS[layer]
    given = {name for name in record if not name.startswith("_") and name != "layer"}
    yield from (f"{layer}: no {name}" for name in sorted(required - given))
    yield from (f"{layer}: unknown field {name}" for name in sorted(given - required - optional - {"note"}))
    for name, allowed in CLOSED.get(layer, {}).items():
        values = record.get(name)
        for value in values if isinstance(values, list) else [values]:
            if value is not None and value not in allowed:
                yield f"{layer}: {name} {value!r} is none of {', '.join(sorted(allowed))}"
    yield from _bad_days(record)
    yield from _bad_shapes(record)
    yield from _lost(record, own, folder)


def _bad_days(record: Record) -> Iterator[str]:
    for name in ("published_on", "reference_on", "starts_on", "ends_on", "said_on"):
        if record.get(name) is not None:
            try:
                date.fromisoformat(str(record[name]))
            except ValueError:
                yield f"{record['layer']}: {name} {record[name]!r} is no day"
    if record.get("starts_on") and record.get("ends_on") and str(record["starts_on"]) > str(record["ends_on"]):
        yield f"{record['layer']}: ends before it starts"


def _bad_shapes(record: Record) -> Iterator[str]:
    """What a layer asks of its fields beyond their names and closed lists."""
    layer = record["layer"]
    if layer == "segment" and ("part" in record) == ("lines" in record):
        yield "segment: either lines or part"
    if layer == "segment" and "lines" in record and not _LINES.fullmatch(str(record["lines"])):
        yield f"segment: lines {record['lines']!r} are not like 3 or 3-7"
    if layer == "claim" and not (isinstance(record.get("parts"), list) and record["parts"]):
        yield "claim: no parts"
    if layer == "claim" and not (
        isinstance(record.get("chain"), list) and all(hop.partition(":")[0] in _ROLES for hop in record["chain"])
    ):
        yield f"claim: chain {record.get('chain')!r} is no list of role:name"
    if layer == "claim":
        yield from (f"claim: no {name}" for name in ("kind", "act", "modality", "quotation") if not record.get(name))
    if layer == "figure" and record.get("qualifier") == "exact" and record.get("low") != record.get("high"):
        yield "figure: exact, and low is not high"
    if layer in {"utterance", "incident"}:
        strays = {file for group in record["origins"] for file in group} - {row["file"] for row in record["members"]}
        yield from (f"{layer}: origin {file} is no member" for file in sorted(strays))
    if layer == "discrepancy" and len({str(row["value"]) for row in record["values"]}) < 2:
        yield "discrepancy: fewer than two different values"


def _lost(record: Record, own: str | None, folder: Path) -> Iterator[str]:
    """Addresses that can't be found."""
    for address in addresses(record, own):
        try:
            locate(reading_text(address.file, folder), address.at)
        except (ValueError, OSError) as problem:
            yield f"{record['layer']}: {problem}"


def addresses(record: Record, own: str | None) -> Iterator[Address]:
    """Every address that a record gives, with its file."""
    file = str(record.get("file") or own or "")
    for name in ("at", "part", "cue", "trigger", *(("speaker",) if record["layer"] == "claim" else ())):
        if record.get(name) is not None:  # of an utterance, the speaker is a label
            yield Address(file, record[name])
    for name in ("parts", "actors", "recipients"):
        yield from (Address(file, at) for at in record.get(name) or ())
    if record.get("other_at"):
        yield Address(record["other"], record["other_at"])
    for name in ("members", "values"):
        yield from (Address(row["file"], row["at"]) for row in record.get(name) or ())


def _partition(records: list[Record], file: str, folder: Path) -> list[str]:
    """Lines that no segment, or more than one, covers."""
    text = reading_text(file, folder)
    spans = lines(text)
    covered: Counter[int] = Counter()
    for record in records:
        if record["layer"] != "segment":
            continue
        if "part" in record:
            start, end = locate(text, record["part"])
            covered.update(at for at in range(start, end) if not text[at].isspace())
        else:
            first, _, last = str(record["lines"]).partition("-")
            for start, end in spans[int(first) - 1 : int(last or first)]:
                covered.update(at for at in range(start, end) if not text[at].isspace())
    problems = []
    for number, (start, end) in enumerate(spans, 1):
        counts = {covered[at] for at in range(start, end) if not text[at].isspace()}
        if 0 in counts:
            problems.append(f"segments: of L{number} something is in none: {text[start:end][:60]!r}")
        if counts - {0, 1}:
            problems.append(f"segments: of L{number} something is in two")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sample", type=Path, default=SAMPLE, help="the folder of the articles")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("show").add_argument("files", nargs="+")
    verbs.add_parser("check").add_argument("readings", nargs="+", type=Path)
    options = parser.parse_args()
    if options.verb == "show":
        print("\n\n".join(f"== {file}\n{show(file, options.sample)}" for file in options.files))
        return 0
    return max(_told(path, lambda path: check(path, options.sample)) for path in options.readings)


def _told(path: Path, verdict: Callable[[Path], list[str]]) -> int:
    problems = verdict(path)
    print("\n".join(f"{path.name}: {problem}" for problem in problems), end="\n" if problems else "")
    if not problems:
        counts = Counter(record["layer"] for record in read_records(path))
        print(f"{path.name}: OK, {', '.join(f'{n} {layer}' for layer, n in counts.items())}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
