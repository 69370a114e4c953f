"""A schedule that fires each minute against a folder that grows, with a reader asking all the while. By hand:

    python tests/benchmarks/serve_soak.py FOLDER [MINUTES]     FOLDER is made, for state and articles; 30 minutes

Prints, at the end: runs by their end, articles given and published (each exactly once), reader's questions and errors,
the memory and file descriptors of the service and of Prefect's server as they went, and whether a lock was left. Ends
with 1 when one of these is not as it should be. `clock_soak.py` goes through months, on a simulated clock.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Final

import duckdb
import httpx
from watching import article, course, held, leaks

from flows import server
from flows.errors import HearsayError
from flows.publish import Store
from flows.settings import load

EVERY: Final = 20.0  # seconds between one article and the next
QUESTION: Final = "SELECT count(*), count(DISTINCT document_id), count(DISTINCT article_id) FROM articles"


def read(database: Path, stop: threading.Event, told: list[object]) -> None:
    """Ask twice a second, as an analyst's shell does; what it saw, or the error."""
    while not stop.wait(0.5):
        if not database.exists():
            continue
        try:
            with duckdb.connect(str(database), read_only=True) as connection:
                told.append(connection.execute(QUESTION).fetchone())
        except duckdb.Error as error:
            told.append(str(error))


def main(folder: Path, minutes: float) -> int:
    inbox, home = folder / "in", folder / "home"
    (folder / "sources").mkdir(parents=True)
    inbox.mkdir()
    (folder / "sources" / "desk.toml").write_text('kind = "folder"\npath = "../in"\ncron = "* * * * *"\n')
    variables = {"HEARSAY_HOME": str(home), "HEARSAY_SOURCES": str(folder / "sources")}
    serving = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "serve"],
        env={**os.environ, **variables},
        stderr=(folder / "said.txt").open("w"),
        start_new_session=True,
    )
    database, stop = home / "hearsay.duckdb", threading.Event()
    told: list[object] = []
    chosen = load({}, folder, home=home)
    of_service, of_server = [], []
    reader = threading.Thread(target=read, args=(database, stop, told))
    reader.start()
    given, deadline = 0, time.monotonic() + 60 * minutes
    while time.monotonic() < deadline and serving.poll() is None:
        (inbox / f"{given:04}.txt").write_text(article(given), encoding="utf-8")
        given += 1
        time.sleep(EVERY)
        of_service.append(held(serving.pid))
        if (pid := server.state(chosen).server_pid) is not None:
            of_server.append(held(pid))
        print(f"{given} given, last seen {told[-1:]}, service {of_service[-1]}", flush=True)
    time.sleep(100)  # for the run that takes the last one in
    api = re.findall(r"http://127\.0\.0\.1:\d+", (folder / "said.txt").read_text())[0] + "/api"
    query = {"flows": {"name": {"any_": ["hearsay"]}}, "limit": 200}
    runs = httpx.post(f"{api}/flow_runs/filter", json=query).json()
    states = Counter(run["state"]["name"] for run in runs if run["start_time"] or run["state_type"] != "SCHEDULED")
    spans = sorted((run["start_time"], run["end_time"]) for run in runs if run["start_time"] and run["end_time"])
    overlaps = sum(later[0] < earlier[1] for earlier, later in itertools.pairwise(spans))
    serving.send_signal(signal.SIGTERM)
    ended = serving.wait(60)
    stop.set()
    reader.join()
    left = "none"
    try:
        with Store(database).writing():
            pass
    except HearsayError as error:
        left = str(error)
    server.stop(chosen)
    errors = [one for one in told if isinstance(one, str)]
    with Store(database).reading() as connection:
        published = connection.execute(QUESTION).fetchone()
    facts = {
        "runs": dict(states), "overlapping runs": overlaps, "articles given": given,
        "published (rows, documents, ids)": published, "questions of the reader": len(told),
        "errors of the reader": len(errors), "first": errors[:1], "service ended with": ended, "lock left": left,
        "service": course(of_service), "Prefect's server": course(of_server),
        "leaks": leaks(of_service) + leaks(of_server),
    }  # fmt: skip
    print(json.dumps(facts, indent=1, default=str))
    is_well = not errors and published == (given, given, given) and not overlaps and not facts["leaks"]
    return 0 if is_well and left == "none" else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 30.0))
