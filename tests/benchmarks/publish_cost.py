"""What publishing a batch of 100 articles costs on a small and on a large database, against a full copy. By hand:

    python tests/benchmarks/publish_cost.py [FOLDER] [GIGABYTES …]      default: a temporary folder, 0.1 and 1

One database grows from size to size; three times the largest must be free on the disk. Rows are synthetic: 3 KB of
text, 12 claims, 50 mentions an article and what hangs on them, ids as hashes. Each batch also rewrites 200 mentions
and 50 claims of published articles and the rows of 50 actors, as resolving does; they are taken from anywhere, the
worst case: staging for the audits fetches the articles of the claims whole, and costs the same on any database when
these are recent ones.
"""

import re
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from flows.changes import Changes
from flows.publish import Store
from flows.publish.files import Places, sync
from flows.publish.migrate import migrate
from flows.publish.store import GRACE
from flows.schema import schema_of
from flows.validate.stage import stage

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 100
FILLED_AT_ONCE = 10_000  # articles
ROWS = Path(__file__).with_name("synthetic_rows.sql")
ARTICLES_PER_GB = 116_500
WARM_UP, MEASURED = 2, 5  # batches; the first ones after filling tidy up what filling leaves


def made_of(first: int, last: int) -> str:
    """The SQL that makes the rows of synthetic articles first … last - 1."""
    return ROWS.read_text(encoding="utf-8").replace("$first", str(first)).replace("$last", str(last))


def rows(first: int, last: int) -> Changes:
    """The rows of synthetic articles first … last - 1."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(made_of(first, last))
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        frames = {}
        for name in names:
            qualified = name.replace("__", ".")
            schema = schema_of(qualified)
            frame = connection.execute(f"FROM {name}").pl()
            frames[qualified] = frame.select(
                (pl.col(c) if c in frame.columns else pl.lit(None)).cast(kind).alias(c) for c, kind in schema.items()
            )
    return Changes(frames)


def touching(connection: duckdb.DuckDBPyConnection, batch: Changes) -> Changes:
    """The batch, and what it changes of published rows: 200 mentions, 50 claims and 50 actors."""
    mentions = connection.execute("FROM main.mentions USING SAMPLE reservoir(200 ROWS) REPEATABLE (1)").pl()
    claims = connection.execute("FROM main.claims USING SAMPLE reservoir(50 ROWS) REPEATABLE (1)").pl()
    actors = connection.execute("FROM main.actors USING SAMPLE reservoir(50 ROWS) REPEATABLE (1)").pl()
    upserts = dict(batch.upserts)
    for name, frame in (("main.mentions", mentions), ("main.claims", claims), ("main.actors", actors)):
        some = frame.select(pl.col(c).cast(kind) for c, kind in schema_of(name).items())
        upserts[name] = pl.concat([upserts[name], some]).unique(subset=schema_of(name).names()[0], keep="first")
    return Changes(upserts)


def fill(database: Path, first: int, last: int) -> None:
    """Publish the articles first … last - 1, faster than by batches."""
    with Store(database, NOW).writing() as writer:
        writer.publish(Changes())
    twin = Places(database).live()
    with duckdb.connect(str(twin), config={"python_enable_replacements": False}) as connection:
        migrate(connection, NOW)
        connection.execute("SET TimeZone = 'UTC'")
        for start in range(first, last, FILLED_AT_ONCE):
            made = made_of(start, min(start + FILLED_AT_ONCE, last)).replace(
                "CREATE TABLE", "CREATE OR REPLACE TEMP TABLE"
            )
            connection.execute(made)
            for name in re.findall(r"TEMP TABLE (\w+)", made):
                others = "" if name != "main__actors" else " ANTI JOIN main.actors USING (actor_id)"  # all share them
                connection.execute(f"INSERT INTO {name.replace('__', '.')} BY NAME FROM {name}{others}")
    for other in Places(database).twins():
        if other != twin:
            other.unlink()


def written() -> int:
    """Bytes that this process has handed to the disk."""
    return int(Path("/proc/self/io").read_text().split("write_bytes: ")[1].split()[0])


def measure(database: Path, n_articles: int) -> dict[str, float]:
    """What batches cost on a database that holds the articles below a number."""
    seconds, processor, megabytes, staging, staging_processor = [], [], [], [], []
    with Store(database, NOW).writing() as writer:
        for number in range(WARM_UP + MEASURED):
            batch = touching(writer.connection, rows(n_articles + number * BATCH, n_articles + (number + 1) * BATCH))
            start, busy = time.perf_counter(), time.process_time()
            stage(writer.connection, batch).close()
            staging.append(time.perf_counter() - start)
            staging_processor.append(time.process_time() - busy)
            before, start, busy = written(), time.perf_counter(), time.process_time()
            writer.publish(batch)
            writer._open()  # bring the other twin up: part of what a batch costs
            seconds.append(time.perf_counter() - start - GRACE)
            processor.append(time.process_time() - busy)
            megabytes.append((written() - before) / 1e6)
    live = Places(database).live()
    start = time.perf_counter()
    shutil.copyfile(live, database.parent / "copy")
    sync(database.parent / "copy")
    copy = time.perf_counter() - start
    size = live.stat().st_size / 1e6
    (database.parent / "copy").unlink()
    of = {
        "seconds": seconds,
        "processor": processor,
        "written": megabytes,
        "staging": staging,
        "staging_processor": staging_processor,
    }
    medians = {name: statistics.median(values[WARM_UP:]) for name, values in of.items()}
    return {"size": size, "copy": copy, **medians}


def main(folder: Path, sizes: list[float]) -> None:
    results = []
    database, first = folder / "publish_cost" / "hearsay.duckdb", 0
    database.parent.mkdir()
    for gigabytes in sorted(sizes):
        last = int(gigabytes * ARTICLES_PER_GB)
        fill(database, first, last)
        first = last + (WARM_UP + MEASURED) * BATCH
        result = measure(database, last)
        results.append(result)
        print(
            f"database {result['size']:7.0f} MB: a batch of {BATCH} articles {result['seconds']:.2f} s "
            f"({result['processor']:.2f} s of processor), staged for the audits in {result['staging']:.2f} s "
            f"({result['staging_processor']:.2f} s), "
            f"{result['written']:.0f} MB written to both twins and the change set; "
            f"a full copy {result['copy']:.2f} s, {result['size']:.0f} MB: "
            f"the batch costs {result['seconds'] / result['copy']:.2f} of its seconds, "
            f"{result['written'] / result['size']:.3f} of its bytes",
            flush=True,
        )
    shutil.rmtree(database.parent)
    ratios = {name: results[-1][name] / results[0][name] for name in results[0]}
    print(
        f"database {ratios['size']:.1f} times larger: batch {ratios['seconds']:.2f} times the seconds, "
        f"{ratios['processor']:.2f} times the processor, "
        f"{ratios['staging']:.2f} times the staging ({ratios['staging_processor']:.2f} times its processor), "
        f"{ratios['written']:.2f} times the bytes; copy {ratios['copy']:.1f} times the seconds"
    )


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    main(where, [float(size) for size in sys.argv[2:]] or [0.1, 1.0])
