"""`hearsay sql` and `hearsay query`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import settings
from flows.ask import formats, named
from flows.ask.sandbox import Answer, Sandbox
from flows.console import Talk, warn
from flows.errors import HearsayError

if TYPE_CHECKING:
    from flows.settings import Settings

_COUNT = "SELECT count(*) AS n FROM articles"


def sql(query: str, database: Path | None, form: str | None, quiet: bool) -> int:
    """Run `query` and write its rows."""
    return _ask(query, {}, database, form, Talk(quiet))


def query(name: str | None, given: Sequence[str], database: Path | None, form: str | None, quiet: bool) -> int:
    """Run the named query, or list them all."""
    if name is None:
        if given:
            raise HearsayError("H109", option="--param", detail="say the query's name first")
        _list(form)
        return 0
    chosen = named.find(name)
    return _ask(chosen.sql, named.values(chosen, given), database, form, Talk(quiet))


def pick_database(given: Path | None, chosen: Settings, talk: Talk) -> Path:
    """The database to read: the given one, the user's own, or the sample while there is no other.

    Raises HearsayError H704 when there is none.
    """
    if given is None and chosen.database is None and not chosen.database_path.exists() and chosen.sample_path.exists():
        talk.say(f"reading the sample, {os.path.relpath(chosen.sample_path)}: there is no database of your own yet")
        return chosen.sample_path
    if not chosen.database_path.is_file():
        raise HearsayError("H704", database=chosen.database_path)
    return chosen.database_path


def _ask(text: str, parameters: dict[str, Any], database: Path | None, form: str | None, talk: Talk) -> int:
    chosen = settings.load(database=database)
    with Sandbox(pick_database(database, chosen, talk), chosen) as sandbox:
        answer = sandbox.ask(text, parameters)
        # before the rows, so that a full screen of them doesn't hide it
        _explain(answer, sandbox, chosen, talk)
    formats.write(answer.table, form)
    return 0


def _explain(answer: Answer, sandbox: Sandbox, chosen: Settings, talk: Talk) -> None:
    if answer.is_cut:
        warn(f"hearsay: only the first {chosen.query_rows} rows; raise query_rows for more")
    if answer.table.num_rows:
        return
    try:
        articles = sandbox.ask(_COUNT).table.column("n")[0].as_py()
    except HearsayError:
        talk.say("no rows")
        return
    reason = f"nothing matches among {articles} articles" if articles else "no article is published yet"
    talk.say(f"no rows: {reason}")


def _list(form: str | None) -> None:
    import pyarrow as pa

    rows = [
        {"name": one.name, "a row is": one.description, "parameters": ", ".join(_usage(one))}
        for one in named.all_queries()
    ]
    schema = pa.schema([(column, pa.string()) for column in ("name", "a row is", "parameters")])
    formats.write(pa.Table.from_pylist(rows, schema=schema), form)


def _usage(query: named.NamedQuery) -> list[str]:
    return [
        f"{one.name}=… ({one.description})" if one.default is None else f"{one.name}={one.default} ({one.description})"
        for one in query.parameters
    ]
