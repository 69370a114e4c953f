"""Whether any order and any splitting of the same articles gives the same canonical export. By hand:

    python tests/benchmarks/orders.py FOLDER [--orders N] [--whole N] [--share I/N] [--sources PATH …]

Defaults: 200 orders, 3 of them whole, the sample.

Reading an article doesn't look at other articles, so the sources are read once, an article is read again from another
day once, and resolve is replayed for each order into a database in memory; so many of the orders (`--whole`) go through
the whole pipeline from the files on. A seed names an order and where it is cut. Stopped and started again with the same
folder it goes on where it was; it begins anew when the code or the input has changed. `--share 1/2` takes each second
order from the first on; each share needs a folder of its own. Ends with 1 when any order gave
another export, and shows the rows in which it differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TypeVar

import duckdb
from sharing import Share, share

from flows import batch, ledger
from flows.clean import clean_all
from flows.extract.frames import frames
from flows.extract.nlp import load as load_model
from flows.extract.reading import Reading
from flows.extract.reading import read as read_articles
from flows.ingest import find
from flows.ingest import read as read_files
from flows.intake import Intake
from flows.publish import Store
from flows.publish.apply import apply_changes
from flows.publish.apply import check as check_keys
from flows.publish.export import export_canonical
from flows.publish.migrate import migrate
from flows.records import CleanArticle, Document
from flows.resolve import resolve
from flows.resolve.redate import Read, Reader, read_again
from flows.settings import Settings, load
from flows.tally import Tally

ROOT: Final = Path(__file__).parents[2]
SAMPLE: Final = ROOT / "data" / "sample"
RUN: Final = ledger.Run("run_orders", datetime(2026, 1, 1, tzinfo=UTC), "orders", ())
SHOWN: Final = 3  # differing rows of a table
Export = dict[str, bytes]
T = TypeVar("T")


def documents(sources: Sequence[str], settings: Settings) -> list[Document]:
    """The documents of the sources, in the order in which they are found."""
    return [one for one in read_files(find(sources, settings), settings) if isinstance(one, Document)]


def readings(found: Sequence[Document]) -> list[Reading]:
    """What the articles say, read once."""
    articles, rejected = clean_all(found)
    if rejected:
        raise SystemExit(f"not an article: {rejected[0]}")
    return list(read_articles(articles, load_model()))


def split(things: Sequence[T], seed: int) -> list[list[T]]:
    """The order and the splitting that a seed stands for: from all at once to one by one."""
    chance = random.Random(seed)
    shuffled = list(things)
    chance.shuffle(shuffled)
    cuts = sorted(chance.sample(range(1, len(shuffled)), chance.choice((0, 1, 2, 3, 5, 8, 13, 21, len(shuffled) - 1))))
    return [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True)]


class Rereader:
    """A reader of articles from other days that reads each of them from each day but once."""

    def __init__(self) -> None:
        self.known: dict[tuple[CleanArticle, date | None], Read] = {}

    def __call__(self, article: CleanArticle, days: Sequence[date | None]) -> list[Read]:
        missing = [day for day in dict.fromkeys(days) if (article, day) not in self.known]
        for day, read in zip(missing, read_again(article, missing) if missing else [], strict=True):
            self.known[article, day] = read
        return [self.known[article, day] for day in days]


def replayed(parts: Iterable[Sequence[Reading]], folder: Path, reader: Reader = read_again) -> Export:
    """The canonical export after resolving and applying part after part, in a database in memory."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection, RUN.now)
        for part in parts:
            rows = frames(part, RUN.run_id, RUN.now, RUN.pipeline_version)
            changes = resolve(connection, rows, reader).changes
            check_keys(changes)
            apply_changes(connection, changes)
        return contents(export_canonical(connection, folder / "export"))


def whole(parts: Iterable[Sequence[Document]], folder: Path, settings: Settings) -> Export:
    """The same by way of clean, extract, resolve, validate and publish."""
    store, tally = Store(folder / "order.duckdb"), Tally()
    with store.writing() as writer:
        for part in parts:
            batch.work(Intake(tuple(part), (), 0, 0, len(part)), writer, RUN, tally, settings)
    with store.reading() as connection:
        return contents(export_canonical(connection, folder / "export"))


def contents(files: Iterable[Path]) -> Export:
    return {file.name: file.read_bytes() for file in files}


def differences(expected: Export, found: Export) -> list[str]:
    """The rows in which two exports differ, the first few of each table: only in one (-), only in the other (+)."""
    lines = []
    for name, content in expected.items():
        before, after = content.splitlines(), found[name].splitlines()
        for sign, rows in (("-", set(before) - set(after)), ("+", set(after) - set(before))):
            lines += [f"  {name} {sign} {row.decode()}" for row in sorted(rows)[:SHOWN]]
    return lines or ([] if expected == found else ["  the same rows in another order"])


def state_of_things(found: Iterable[Document]) -> str:
    """A hash of the code and the input: what was checked under another one counts no more."""
    total = hashlib.sha256()
    for folder in ("flows", "sql", "data/reference"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(file.read_bytes())
    for one in found:
        total.update(f"{one.document_id} {one.content_hash}".encode())
    return total.hexdigest()


def main(arguments: list[str]) -> int:
    """0, or 1 when an order gave another export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--whole", type=int, default=3)
    parser.add_argument("--share", type=share, default=Share(), metavar="I/N")
    parser.add_argument("--sources", nargs="+", default=[str(SAMPLE)])
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    settings = load(home=asked.folder / "home")
    found = documents(asked.sources, settings)
    wanted = [("whole", seed) for seed in range(1, asked.whole + 1)]
    wanted += [("replay", seed) for seed in range(1, asked.orders + 1)]
    wanted = [*asked.share.of(wanted)]
    record = Record(asked.folder / "orders.jsonl", state_of_things(found))
    missing = [one for one in wanted if not record.same.get(one)]
    print(f"{len(wanted) - len(missing)} of {len(wanted)} orders were done before", flush=True)
    if missing:
        check(found, missing, record, asked.folder / "scratch", settings)
    failed = [one for one in wanted if not record.same[one]]
    print(f"{len(wanted) - len(failed)} of {len(wanted)} orders and splits of {len(found)} articles: one export")
    print("".join(f"differs: {kind} {seed}\n" for kind, seed in failed), end="")
    return 1 if failed else 0


class Record:
    """Which orders were tried with this code and this input, and whether they gave the same."""

    def __init__(self, file: Path, state: str) -> None:
        self.file, self.state = file, state
        rows = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        self.same = {(row["kind"], row["seed"]): row["same"] for row in rows if row["state"] == state}

    def note(self, kind: str, seed: int, same: bool) -> None:
        """Write an answer down at once."""
        self.same[kind, seed] = same
        with self.file.open("a") as out:
            out.write(json.dumps({"state": self.state, "kind": kind, "seed": seed, "same": same}) + "\n")


def check(
    found: Sequence[Document], missing: Sequence[tuple[str, int]], record: Record, scratch: Path, settings: Settings
) -> None:
    """Try the orders that are missing; print each answer, and of the first that differs the rows."""
    read_once = readings(found)
    reader = Rereader()
    expected = replayed([read_once], emptied(scratch), reader)
    has_shown = False
    for number, (kind, seed) in enumerate(missing, start=1):
        start = time.perf_counter()
        if kind == "whole":
            export = whole(split(found, seed), emptied(scratch), settings)
        else:
            export = replayed(split(read_once, seed), emptied(scratch), reader)
        wrong = differences(expected, export)
        record.note(kind, seed, not wrong)
        spent, answer = time.perf_counter() - start, "DIFFERS" if wrong else "the same"
        parts = len(split(found, seed))
        print(f"{number} of {len(missing)}: {kind} {seed} in {parts} parts, {spent:.1f} s: {answer}", flush=True)
        if wrong and not has_shown:
            print("\n".join(wrong), flush=True)
            has_shown = True


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
