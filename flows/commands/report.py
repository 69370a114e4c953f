"""`hearsay report`: the data-quality report as one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows import clock, settings
from flows.commands.ask import pick_database
from flows.console import Talk

if TYPE_CHECKING:
    from flows.settings import Settings


def report(out: Path | None, database: Path | None, quiet: bool) -> int:
    """Write the page to a file, or into a folder; it is replaced whole."""
    chosen, talk = settings.load(database=database), Talk(quiet)
    path = out or chosen.report_path
    if path.is_dir():
        path = path / chosen.report_path.name
    write(path, pick_database(database, chosen, talk), chosen)
    talk.say(f"{path}: open it in a browser, or print it")
    return 0


def write(path: Path, database: Path, chosen: Settings) -> None:
    """Write the page of a database."""
    from flows.publish import Store
    from flows.publish.files import write_durably
    from flows.report import render

    with Store(database).reading() as connection:
        page = render(connection, chosen, database, clock.now())
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, page.encode())
