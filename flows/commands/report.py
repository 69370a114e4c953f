"""`hearsay report`: the data-quality report as one page."""

from __future__ import annotations

from pathlib import Path

from flows import clock, settings
from flows.commands.ask import pick_database
from flows.console import Talk


def report(out: Path | None, database: Path | None, quiet: bool) -> int:
    """Write the page; it is replaced whole."""
    from flows.publish import Store
    from flows.publish.files import write_durably
    from flows.report import render

    chosen, talk = settings.load(database=database), Talk(quiet)
    target = pick_database(database, chosen, talk)
    path = out or chosen.report_path
    with Store(target).reading() as connection:
        page = render(connection, chosen, target, clock.now())
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, page.encode())
    talk.say(f"{path}: open it in a browser, or print it")
    return 0
