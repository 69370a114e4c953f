"""Kill the real command again and again, look at what a reader sees, run it again, and compare. By hand:

    python tests/benchmarks/kills.py FOLDER [--what run|rebuild|serve] [--points] [--random N] [--seed N]
                                            [--share I/N]

--points kills once at each step of each stage: whenever one of the modules that put the stages together calls a
function of ours, at its first call and at its last. The steps are found by watching a whole run, so that a new step
is hit at once; --share 2/3 takes the second third of them. --random kills N times at moments spread over a run, one to
three times before it may end. Neither: both, with 150. `serve` kills the service, N times, in the middle of a run.

Each command runs in a process group of its own that SIGKILL ends. After each kill the database is opened as a reader
opens it, and audited; after the run that is left alone its canonical export and its books are compared with those of a
run that nobody disturbed. Prints kills, runs, reader's errors, rows lost, doubled and differing; ends with 1 when any
of these is not 0.

Processes are forked from this one, which has imported and loaded what takes long.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from killing import MOST, Rows, as_a_reader, asked, command, ended, export, forked, warm_up
from sharing import Share, share

NOW: Final = "2026-05-07"
_A: Final = (
    "LUND, May 4 — The mayor, Ada Brandl, said on Monday that the bridge at Lund would close. “It is old,” she said."
)
_B: Final = "TESO, May 5 — Mayor Brandl said the bridge at Lund had closed. Dockers in Teso went on strike on Tuesday."
INPUT: Final = (
    {"id": "1", "text": _A, "seen_at": "2026-05-05T06:00:00+00:00", "published_on": "2026-05-04"},
    {"id": "2", "text": _B, "seen_at": "2026-05-05T07:00:00+00:00", "published_on": "2026-05-05"},
    {"id": "1", "text": _A.replace("old", "rotten"), "seen_at": "2026-05-06T06:00:00+00:00"},
    {"id": "3", "text": "Odell: The ferry to Lund sank on Monday, its captain told the mayor of Teso. “She is gone.”"},
)


@dataclass
class Counts:
    """What went wrong, summed up."""

    kills: int = 0
    runs: int = 0
    reader_errors: int = 0
    audits_failed: int = 0
    lost: int = 0
    doubled: int = 0
    differing: int = 0
    failed: int = 0
    told: list[str] = field(default_factory=list)

    def add(self, where: str, expected: Rows, found: Rows) -> None:
        """Compare two exports, table by table."""
        lost, doubled, differing = differences(expected, found)
        self.lost, self.doubled, self.differing = self.lost + lost, self.doubled + doubled, self.differing + differing
        if lost or doubled or differing:
            self.told.append(f"{where}: {lost} lost, {doubled} doubled, {differing} differing")

    @property
    def is_well(self) -> bool:
        """Whether nothing went wrong."""
        wrong = self.reader_errors, self.audits_failed, self.lost, self.doubled, self.differing, self.failed
        return not any(wrong)


def differences(expected: Rows, found: Rows) -> tuple[int, int, int]:
    """Rows that are missing, rows that stand there more often than they should, rows that nobody expected."""
    lost = doubled = differing = 0
    for table in expected.keys() | found.keys():
        wanted, there = Counter(expected.get(table, [])), Counter(found.get(table, []))
        lost += (wanted - there).total()
        for row, n in (there - wanted).items():
            doubled += n if row in wanted else 0
            differing += 0 if row in wanted else n
    return lost, doubled, differing


# -- runs that are killed ---------------------------------------------------------------------------------------------


class Trial:
    """One command on one input, to be killed; `origin` is the home that it starts from."""

    def __init__(self, folder: Path, what: str, counts: Counts) -> None:
        self.folder, self.what, self.counts = folder, what, counts
        self.input = folder / "in" / "a.jsonl"
        self.input.parent.mkdir(parents=True)
        lines = [json.dumps(row) for row in INPUT]
        self.input.write_text("\n".join([*lines, "{broken"]) + "\n", encoding="utf-8")
        self.origin = folder / "origin"
        self.origin.mkdir()
        if what == "rebuild":
            assert ended(self.start(self.origin, what="run")) == 3, (self.origin / "talk").read_text(encoding="utf-8")
        self.before = self.exported(self.origin) if what == "rebuild" else None
        whole = self.home("whole")
        start = time.monotonic()
        assert ended(self.start(whole)) == 3, (whole / "talk").read_text(encoding="utf-8")
        self.seconds = time.monotonic() - start
        self.expected = self.exported(whole)

    def home(self, name: str) -> Path:
        """A fresh home, as the command finds it."""
        path = self.folder / name
        if path.exists():
            shutil.rmtree(path)
        shutil.copytree(self.origin, path, symlinks=True)
        return path

    def start(self, home: Path, watch: Callable[[str], None] | None = None, what: str | None = None) -> int:
        """Start the command; its process."""
        arguments = (
            ("rebuild", "-q") if (what or self.what) == "rebuild" else ("run", "-q", "--now", NOW, str(self.input))
        )
        return forked(command(home, *arguments, watch=watch), home / "talk")

    def exported(self, home: Path) -> Rows:
        """What is published in a home."""
        found: Rows = asked(export(home / "hearsay.duckdb"), home)
        return found

    def steps(self) -> list[tuple[str, int]]:
        """Every step of a whole run with the first and the last time it comes."""
        home = self.home("watched")
        file = (home / "steps").open("a", encoding="utf-8")
        assert ended(self.start(home, lambda step: print(step, file=file, flush=True))) == 3
        seen = Counter((home / "steps").read_text(encoding="utf-8").splitlines())
        return [(step, n) for step, count in seen.items() for n in sorted({1, count})]

    def look(self, home: Path, where: str) -> None:
        """Open the database as a reader does, after a kill."""
        self.counts.kills += 1
        seen = asked(as_a_reader(home / "hearsay.duckdb"), home)
        if seen["error"]:
            self.counts.reader_errors += 1
            self.counts.told.append(f"{where}: {seen['error']}")
        if seen["failed"]:
            self.counts.audits_failed += 1
            self.counts.told.append(f"{where}: {seen['failed']}")

    def finish(self, home: Path, where: str) -> None:
        """Run to the end and compare."""
        self.counts.runs += 1
        code = ended(self.start(home))
        if code != 3:
            self.counts.failed += 1
            self.counts.told.append(f"{where}: ended with {code}: {(home / 'talk').read_text(encoding='utf-8')[-500:]}")
            return
        self.counts.add(where, self.expected, self.exported(home))
        left = sorted(
            file.name for file in home.rglob("*") if file.suffix in (".tmp", ".wal") or ".rebuilt" in file.name
        )
        if left:
            self.counts.differing += len(left)
            self.counts.told.append(f"{where}: left behind {left}")


def at_steps(trial: Trial, mine: Share) -> None:
    """Kill at each step once, each in a home of its own."""
    steps = mine.of(trial.steps())
    for step, n in steps:
        home = trial.home("killed")
        seen = Counter[str]()

        def watch(now: str, step: str = step, n: int = n, seen: Counter[str] = seen) -> None:
            seen[now] += 1
            if now == step and seen[now] == n:
                os.killpg(0, signal.SIGKILL)

        where = f"{step} ({n})"
        code = ended(trial.start(home, watch))
        if code != -signal.SIGKILL:
            trial.counts.told.append(f"{where}: was not reached, ended with {code}")
            trial.counts.failed += 1
        trial.look(home, where)
        trial.finish(home, where)
        _say(trial, where)
    print(f"steps: {len(steps)}", flush=True)


def at_random(trial: Trial, n_kills: int, seed: int) -> None:
    """Kill so often at moments spread over a run; a home is killed one to three times before its run may end."""
    chance = random.Random(seed)
    done = 0
    while done < n_kills:
        home = trial.home("killed")
        moments = [chance.uniform(0.02, 1.0) * trial.seconds for _ in range(min(chance.randint(1, 3), n_kills - done))]
        for moment in moments:
            child = trial.start(home)
            time.sleep(moment)
            os.killpg(child, signal.SIGKILL)
            ended(child)
            done += 1
            trial.look(home, f"after {moment:.2f} s")
        where = f"seed {seed}, kill {done}, after {', '.join(f'{moment:.2f}' for moment in moments)} s"
        trial.finish(home, where)
        _say(trial, where)


def _say(trial: Trial, where: str) -> None:
    counts = trial.counts
    print(f"{counts.kills} kills, {'well' if counts.is_well else 'NOT WELL'}: {where}", flush=True)


# -- the service ------------------------------------------------------------------------------------------------------


def of_service(folder: Path, n_kills: int, seed: int, counts: Counts) -> None:
    """Kill `hearsay serve` in the middle of its runs, then let it end, and compare with a run that nobody disturbed."""
    inbox, sources = folder / "in", folder / "sources"
    for path in (inbox, sources):
        path.mkdir(parents=True)
    for number in range(4 * n_kills):
        text = f"{_A.replace('bridge', f'bridge number {number}')}\n\n{_B.replace('Teso', f'Teso-{number}')}\n"
        (inbox / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (sources / "desk.toml").write_text('kind = "folder"\npath = "../in"\nevery_minutes = 0.05\n', encoding="utf-8")
    os.environ["HEARSAY_SOURCES"] = str(sources)
    whole, home = folder / "whole", folder / "home"
    whole.mkdir()
    home.mkdir()
    assert ended(forked(command(whole, "run", "-q", "--now", NOW, "desk"), whole / "talk")) == 0
    expected = asked(export(whole / "hearsay.duckdb"), whole)
    chance, link = random.Random(seed), home / "hearsay.duckdb"

    def serve() -> int:
        os.environ |= {"HEARSAY_HOME": str(home), "HEARSAY_BATCH_SIZE": "2", "HEARSAY_PREFECT": "auto"}
        os.execv(sys.executable, [sys.executable, "-m", "flows.cli", "serve"])

    def published() -> str:
        return link.readlink().name if link.is_symlink() else ""

    for _ in range(n_kills):
        before, child, deadline = published(), forked(serve, home / "talk"), time.monotonic() + MOST
        while published() == before and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1.5))
        os.killpg(child, signal.SIGKILL)
        counts.failed += ended(child) != -signal.SIGKILL
        counts.kills += 1
        seen = asked(as_a_reader(link), home)
        counts.reader_errors += seen["error"] is not None
        counts.audits_failed += bool(seen["failed"])
        print(
            f"{counts.kills} kills of the service, {len(seen['articles'])} articles, {seen['error'] or 'no error'}",
            flush=True,
        )
    child, deadline, n_wanted = forked(serve, home / "talk"), time.monotonic() + MOST, 4 * n_kills
    while len(asked(as_a_reader(link), home)["articles"]) < n_wanted and time.monotonic() < deadline:
        time.sleep(2)
    time.sleep(5)
    os.kill(child, signal.SIGTERM)
    counts.failed += ended(child) != 0
    counts.runs += 1
    counts.add("service", expected, asked(export(link), home))

    def stop() -> bool:
        from flows import server
        from flows.settings import load

        return server.stop(load())

    os.environ["HEARSAY_HOME"] = str(home)
    asked(stop, home)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="is made, for state and input")
    parser.add_argument("--what", choices=("run", "rebuild", "serve"), default="run")
    parser.add_argument("--points", action="store_true", help="once at each step of each stage")
    parser.add_argument("--random", type=int, metavar="N", help="N times at any moment")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--share", type=share, default=Share(), metavar="I/N", help="each Nth of the points from the Ith"
    )
    given = parser.parse_args()
    warm_up()
    counts, start = Counts(), time.monotonic()
    if given.what == "serve":
        of_service(given.folder, given.random or 8, given.seed, counts)
    else:
        trial = Trial(given.folder, given.what, counts)
        print(f"a whole {given.what} takes {trial.seconds:.1f} s", flush=True)
        if given.points or given.random is None:
            at_steps(trial, given.share)
        if given.random or not given.points:
            at_random(trial, given.random or 150, given.seed)
    print(
        json.dumps({"what": given.what, **vars(counts), "minutes": round((time.monotonic() - start) / 60, 1)}, indent=1)
    )
    return 0 if counts.is_well else 1


if __name__ == "__main__":
    sys.exit(main())
