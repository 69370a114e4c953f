"""What adding 200 articles costs in resolve and publish, onto 1,000, 10,000 and 50,000 published ones. By hand:

    python tests/benchmarks/growth.py TEXTS.jsonl[.gz] FOLDER [--articles N] [--sizes N …] [--profile]

Reads the first articles of TEXTS (2,000 unless told otherwise) once, into FOLDER, and publishes them and varied copies
of them (growth_frames) into a database there. At each size the same batches, a copy that is in no database, are
published onto a copy of that database: one to warm up and three that count. Stopped and started again it goes on where
it was. Ends with 1 when the dearest size costs more than 1.5 times the cheapest, in seconds or in seconds of
processor: on a busy machine only the latter tell.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

import polars as pl
from growth_frames import BATCH, NOW, copies, extract, load_frames, vary, vocabulary

from flows.publish import Store
from flows.publish.store import GRACE, Writer
from flows.resolve import resolve

SIZES: Final = (1_000, 10_000, 50_000)
AT_ONCE: Final = 5  # batches published in one step while the database is filled
WARM_UP, MEASURED = 1, 3
PROBE: Final = 9_999  # the copy that is published at each size and stays in no database
ALLOWED: Final = 1.5
BAR: Final = 50  # characters of the plot's longest bar


def main(arguments: list[str]) -> int:
    """0, or 1 when the cost grows more than is allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--profile", action="store_true", help="print where the time of the measured batches goes")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    files = extract(asked.texts, asked.folder / "frames", asked.articles, Progress("articles read", asked.articles))
    results = asked.folder / "results.jsonl"
    for size in sorted(asked.sizes):
        fill(asked.folder, files, size)
        if size not in {row["size"] for row in _rows(results)}:
            with results.open("a", encoding="utf-8") as out:
                out.write(json.dumps(measure(asked.folder, files, size, asked.profile)) + "\n")
    return report([row for row in _rows(results) if row["size"] in asked.sizes])


class Progress:
    """Tells on stderr how much is done, with the seconds since the start."""

    def __init__(self, label: str, total: int, done: int = 0) -> None:
        self.label, self.total, self.done, self.start = label, total, done, time.perf_counter()

    def __call__(self, more: int) -> None:
        self.done += more
        seconds = time.perf_counter() - self.start
        print(f"{self.label}: {self.done:,} of {self.total:,}, {seconds:.0f} s", file=sys.stderr, flush=True)


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def _published(writer: Writer) -> int:
    found = writer.connection.execute("SELECT count(*) FROM work.versions").fetchone()
    return found[0] if found else 0


def fill(folder: Path, files: list[Path], size: int) -> None:
    """Publish until the database has `size` articles."""
    with Store(folder / "growth.duckdb", NOW).writing() as writer:
        published = _published(writer)
        if published >= size:
            return
        progress = Progress("articles published", size, published)
        sizes = [len(load_frames(file)["articles"]) for file in files]
        batches = copies(files, _batches_of(published, sizes))
        while published < size:
            some = list(islice(batches, min(AT_ONCE, -(-(size - published) // BATCH))))
            merged = {name: pl.concat([batch[name] for batch in some]) for name in some[0]}
            writer.publish(resolve(writer.connection, merged).changes)
            progress(merged["articles"].height)
            published = _published(writer)


def _batches_of(published: int, sizes: list[int]) -> int:
    """How many batches make so many articles; a batch may have fewer than BATCH, where some could not be read."""
    number = total = 0
    while total < published:
        total += sizes[number % len(sizes)]
        number += 1
    return number


def measure(folder: Path, files: list[Path], size: int, with_profile: bool) -> dict[str, Any]:
    """Publish the probe onto a copy of the database: medians in seconds, and seconds of processor."""
    probe = folder / "probe"
    shutil.rmtree(probe, ignore_errors=True)
    probe.mkdir()
    with Store(folder / "growth.duckdb", NOW).writing() as writer:
        articles = _published(writer)
    _copy(folder, probe)
    swap = vocabulary(files).swapped(PROBE)
    spent: dict[str, list[float]] = {"resolve": [], "publish": [], "resolve_processor": [], "publish_processor": []}
    profiler = cProfile.Profile()
    with Store(probe / "growth.duckdb", NOW).writing() as writer:
        for number in range(WARM_UP + MEASURED):
            batch = vary(load_frames(files[number % len(files)]), PROBE, swap)
            if with_profile and number >= WARM_UP:
                profiler.enable()
            with_times = list(_one(writer, batch))
            profiler.disable()
            for name, seconds in with_times:
                spent[name].append(seconds)
            print(f"  {size:,}: " + ", ".join(f"{k} {v:.2f} s" for k, v in with_times), file=sys.stderr, flush=True)
    shutil.rmtree(probe)
    if with_profile:
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("cumulative").print_stats(60)
    return {
        "size": size,
        "articles": articles,
        **{name: round(statistics.median(values[WARM_UP:]), 3) for name, values in spent.items()},
    }


def _copy(folder: Path, probe: Path) -> None:
    """Copy the link and what it points into."""
    for one in folder.iterdir():
        if "growth" in one.name:
            if one.is_symlink():
                (probe / one.name).symlink_to(one.readlink())
            elif one.is_dir():
                shutil.copytree(one, probe / one.name, symlinks=True)


def _one(writer: Writer, batch: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, float]]:
    connection = writer.connection
    start, busy = time.perf_counter(), time.process_time()
    changes = resolve(connection, batch).changes
    yield "resolve", time.perf_counter() - start
    yield "resolve_processor", time.process_time() - busy
    start, busy = time.perf_counter(), time.process_time()
    writer.publish(changes)
    _ = writer.connection  # bring the other twin up: part of what a batch costs
    yield "publish", time.perf_counter() - start - GRACE
    yield "publish_processor", time.process_time() - busy


def report(rows: list[dict[str, Any]]) -> int:
    """Print the table and the plot; 1 when the dearest size costs more than ALLOWED times the cheapest."""
    rows = sorted(rows, key=lambda row: row["size"])
    print(f"A batch of {BATCH} articles onto so many published ones, seconds (processor in brackets):\n")
    print(f"{'articles':>9} {'resolve':>16} {'publish':>16} {'together':>10}")
    most = max(row["resolve"] + row["publish"] for row in rows)
    for row in rows:
        both = row["resolve"] + row["publish"]
        cells = (f"{row[stage]:.2f} ({row[f'{stage}_processor']:.2f})" for stage in ("resolve", "publish"))
        bar = "█" * round(BAR * row["resolve"] / most) + "░" * round(BAR * row["publish"] / most)
        print(f"{row['articles']:>9,} {' '.join(f'{cell:>16}' for cell in cells)} {both:>10.2f}  {bar}")
    worst = 0.0
    for stage in ("resolve", "publish", "together"):
        ratios = [_ratio(rows, stage, suffix) for suffix in ("", "_processor")]
        worst = max(worst, *ratios)
        print(
            f"{stage}: the dearest size costs {ratios[0]:.2f} times the cheapest, "
            f"{ratios[1]:.2f} times the processor (allowed: {ALLOWED})"
        )
    return int(worst > ALLOWED)


def _ratio(rows: list[dict[str, Any]], stage: str, suffix: str) -> float:
    stages = ("resolve", "publish") if stage == "together" else (stage,)
    values = [sum(row[f"{one}{suffix}"] for one in stages) for row in rows]
    return float(max(values) / min(values))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
