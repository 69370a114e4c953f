"""One run of the pipeline on data/sample, for the tests and for `tests/gold/score.py`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

SAMPLE: Final = Path(__file__).parents[1] / "data" / "sample"
NOW: Final = datetime(2019, 10, 7, tzinfo=UTC)


def publish_sample(home: Path) -> Path:
    """Run the pipeline on data/sample with all state in `home`, without Prefect; the published database's path."""
    from flows.pipeline import run
    from flows.requests import RunRequest
    from flows.settings import Settings

    database = home / "sample.duckdb"
    settings = Settings(home=home, database=database, prefect="off")  # type: ignore[call-arg]
    summary = run(RunRequest((str(SAMPLE),), database, NOW, settings, quiet=True))
    if summary.exit_code == 1:
        raise RuntimeError(f"the sample was not published: {summary}")
    return database
