"""Months of scheduled runs in one process, on a simulated clock: what leaks shows. By hand:

    python tests/benchmarks/clock_soak.py FOLDER [--days 90] [--every 60]     FOLDER is made, for state and articles

Each step sets Hearsay's clock `every` minutes on, now and then puts an article into a source's folder, and lets the
scheduled flow itself run, due at that moment, against a Prefect server of its own: read, publish, report, notices and
the pruning of old books. A served run is a process of its own, which takes what it leaks with it; here all of them
happen in this one. Half-way the source's folder is away for a day, so that runs fail and notices are sent.

Prints, each simulated day and at the end, the memory and the file descriptors of this process and of the server, and
what was published. Ends with 1 when an article is missing or doubled, when a run ended as it should not, or when either
process grew (`watching.leaks`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
from watching import Held, article, course, held, leaks

from flows import clock, server
from flows.settings import Settings, load

SOURCE: Final = "desk"
AN_ARTICLE: Final = 4  # one in so many runs finds something new
KEPT: Final = 40  # days for which the books are kept, the least that may be set: a part of the soak
QUESTION: Final = "SELECT count(*), count(DISTINCT document_id), count(DISTINCT article_id) FROM articles"


@dataclass
class Soak:
    """What was seen while it went on."""

    given: int = 0
    states: Counter[str] = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)
    here: list[Held] = field(default_factory=list)
    server: list[Held] = field(default_factory=list)
    published: tuple[int, ...] = ()

    def problems(self) -> list[str]:
        """All that should not be, in words."""
        told = list(self.unexpected)
        if set(self.published) != {self.given}:
            told.append(f"{self.given} articles given, published (rows, documents, ids) {self.published}")
        for name, seen in (("this process", self.here), ("Prefect's server", self.server)):
            told += [f"{name}: {leak}" for leak in leaks(seen)]
        return told


@contextmanager
def served(folder: Path) -> Iterator[tuple[Settings, int]]:
    """A home with one source and a Prefect server of its own; the server's process."""
    (folder / "sources").mkdir(parents=True)
    (folder / "in").mkdir()
    (folder / "sources" / f"{SOURCE}.toml").write_text('kind = "folder"\npath = "../in"\ncron = "0 * * * *"\n')
    (folder / "take.py").write_text("import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + '\\n')")
    command = f"{sys.executable} {folder / 'take.py'} {folder / 'notices.jsonl'}"
    home, sources = folder / "home", folder / "sources"
    chosen = load({}, folder, home=home, sources=sources, keep_days=KEPT, notify_command=command)
    handle = server.start(chosen)
    try:
        url = handle.wait(60.0)
        if url is None:
            raise SystemExit(f"there is no Prefect server: {handle.problem}")
        chosen = chosen.model_copy(update={"prefect": url, "database": chosen.database_path})
        os.environ.update(chosen.variables() | server.prefect_environment(chosen, url))
        of_server = server.state(chosen).server_pid
        assert of_server is not None
        yield chosen, of_server
    finally:
        handle.close()
        server.stop(chosen)


def run_at(moment: datetime) -> Any:
    """The state in which the scheduled flow ends that was due at this moment."""
    from prefect.client.orchestration import get_client
    from prefect.flow_engine import run_flow
    from prefect.states import Scheduled

    from flows.schedule import scheduled

    given = {"source": SOURCE}
    with get_client(sync_client=True) as client:
        due = client.create_flow_run(scheduled, parameters=given, state=Scheduled(scheduled_time=moment))
    return run_flow(scheduled, flow_run=due, parameters=given, return_type="state")


def soak(folder: Path, days: int, every: int, *, quiet: bool = False) -> Soak:
    """So many days of runs, one each so many minutes, up to this moment."""
    seen, step = Soak(), timedelta(minutes=every)
    steps = days * 1440 // every
    began = datetime.now(UTC).replace(microsecond=0) - steps * step
    a_day, actual = max(1, 1440 // every), clock.now
    with served(folder) as (chosen, of_server):
        inbox, away = folder / "in", folder / "away"
        try:
            for number in range(steps):
                moment = began + number * step
                clock.now = lambda now=moment: now  # type: ignore[misc]
                is_away = days > 2 and number // a_day == days // 2
                if is_away and inbox.exists():
                    inbox.rename(away)
                elif not is_away and away.exists():
                    away.rename(inbox)
                if number % AN_ARTICLE == 0:
                    file = (away if is_away else inbox) / f"{seen.given:05}.txt"
                    file.write_text(article(seen.given), encoding="utf-8")
                    seen.given += 1
                state = run_at(moment)
                seen.states[state.name] += 1
                if state.is_failed() != is_away or not (is_away or state.is_completed()):
                    seen.unexpected.append(f"{moment:%Y-%m-%d %H:%M} {state.name}: {state.message}")
                seen.here.append(held(os.getpid()))
                seen.server.append(held(of_server))
                with duckdb.connect(str(chosen.database_path), read_only=True) as connection:
                    seen.published = connection.execute(QUESTION).fetchone() or ()
                if (number + 1) % a_day == 0 and not quiet:
                    print(f"{moment:%Y-%m-%d} {seen.published} {seen.here[-1]} server {seen.server[-1]}", flush=True)
        finally:
            clock.now = actual
    return seen


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=90, help="simulated days (90)")
    parser.add_argument("--every", type=int, default=60, help="minutes from one run to the next (60)")
    told = parser.parse_args(arguments)
    seen = soak(told.folder, told.days, told.every)
    facts = {
        "simulated days": told.days, "runs": dict(seen.states), "articles given": seen.given,
        "published (rows, documents, ids)": seen.published, "this process": course(seen.here),
        "Prefect's server": course(seen.server), "problems": seen.problems(),
    }  # fmt: skip
    print(json.dumps(facts, indent=1))
    return 1 if facts["problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
