"""Kill a publication at each line that it runs, then look, then publish again. A program for test_kills.py.

    python publish_killer.py FOLDER STEP    prints how many kill points were tried, and what went wrong

Each publication runs in a forked child; this process itself never starts a thread, so that forking is safe.
"""

import os
import shutil
import signal
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pyarrow  # noqa: F401 (once here, not in each child)

from flows.changes import Changes
from flows.publish import Store, store
from flows.publish.files import Places
from flows.schema import TABLES

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OURS = str(Path(store.__file__).parent)


def batch(number: int) -> Changes:
    rows = [
        {"story_id": f"sto_{number}_{n}", "headline": "Ferry late", "n_articles": 1, "n_outlets": 1} for n in (1, 2)
    ]
    return Changes({"main.stories": pl.DataFrame(rows, schema=TABLES["stories"])})


def publish(database: Path, *numbers: int) -> None:
    with Store(database, NOW).writing() as writer:
        for number in numbers:
            writer.publish(batch(number))


def publish_until(database: Path, last_line: int, numbers: tuple[int, ...]) -> None:
    """Publish; be killed when the given number of lines of flows.publish has run."""
    lines = 0

    def trace(frame, event, argument):
        nonlocal lines
        if not frame.f_code.co_filename.startswith(OURS):
            return None
        if event == "line":
            lines += 1
            if lines == last_line:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    publish(database, *numbers)
    sys.settrace(None)


def look(database: Path, known: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    """The published rows are those of whole batches, of all that were there before and maybe of later ones."""
    rows = []
    if database.exists():
        with duckdb.connect(str(database), read_only=True) as connection:
            rows = [row[0] for row in connection.execute("SELECT story_id FROM stories ORDER BY 1").fetchall()]
    possible = [
        [f"sto_{number}_{n}" for number in [*known, *wanted[:more]] for n in (1, 2)] for more in range(len(wanted) + 1)
    ]
    assert rows in possible, rows


def complete(database: Path, known: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    publish(database, *wanted)
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = [row[0] for row in connection.execute("SELECT story_id FROM stories ORDER BY 1").fetchall()]
    assert rows == [f"sto_{number}_{n}" for number in [*known, *wanted] for n in (1, 2)], rows
    places = Places(database)
    assert len(places.twins()) <= 2, places.twins()
    assert not [*database.parent.rglob("*.tmp"), *database.parent.rglob("*.wal")]


def forked(act, *arguments) -> int:
    """Run `act` in a child; give the signal or the exit code that ended it."""
    child = os.fork()
    if child == 0:
        code = 0
        try:
            act(*arguments)
        except BaseException:  # noqa: BLE001 (told by the exit code)
            traceback.print_exc()
            code = 1
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: Path, step: int) -> int:
    store.GRACE = 0.0
    tried = failed = 0
    for name, known, wanted in (("first", (), (1,)), ("next", (1, 2), (3, 4))):
        origin = folder / name
        origin.mkdir()
        if known:
            assert forked(publish, origin / "hearsay.duckdb", *known) == 0
        line = 1
        while True:
            here = folder / "here"
            shutil.copytree(origin, here, symlinks=True)
            database = here / "hearsay.duckdb"
            ended = forked(publish_until, database, line, wanted)
            failed += ended not in (0, -signal.SIGKILL)
            failed += forked(look, database, known, wanted) != 0
            failed += forked(complete, database, known, wanted) != 0
            shutil.rmtree(here)
            tried += 1
            line += step
            if ended == 0:
                break
    print(f"kill points {tried}, failures {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
