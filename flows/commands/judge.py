"""`hearsay judge`: what people decide against the pipeline, kept in a file, applied, and taken back."""

from __future__ import annotations

import difflib
import getpass
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows import clock, judgements, names, settings
from flows.ask import formats
from flows.commands.ask import pick_database
from flows.console import Talk
from flows.errors import HearsayError
from flows.judgements import ACTOR, NOBODY, SAME, SPEAKER, Judgement, Judgements
from flows.resources import sql_of

if TYPE_CHECKING:
    import duckdb

    from flows.settings import Settings

_TABLES: Final = {"art_": "articles", "clm_": "claims", "men_": "mentions"}
_HELD: Final = "H701"  # another run holds the database


def show_all(database: Path | None, form: str | None) -> int:
    """Write a row for each judgement of the file, with whether the database is in line with it."""
    import pyarrow as pa

    from flows.publish import Store

    chosen, talk = settings.load(database=database), Talk()
    listed = judgements.load(chosen.judgements)
    with Store(pick_database(database, chosen, talk)).reading() as connection:
        found = judgements.compare(connection, chosen.judgements)
        both = {*found.holding, *found.changed}
        named = any(one.layer == ACTOR for one in both)
        known = {names.normalise(name) for name in _names_borne(connection)} if named else set()
        former = judgements.outdated(connection, found.holding)
        states = {one: _state(connection, one, found, known, former) for one in both}
    if listed is None:
        talk.say(f"no file of judgements at {chosen.judgements} yet: `hearsay judge --help` tells how to make one")
    rows = [
        {
            "judgement_id": one.judgement_id,
            **{name: getattr(one, name) for name in judgements.COLUMNS},
            "state": states[one],
            "now": former.get(one),
        }
        for one in sorted(states)
    ]
    schema = pa.schema([(name, pa.string()) for name in ("judgement_id", *judgements.COLUMNS, "state", "now")])
    formats.write(pa.Table.from_pylist(rows, schema=schema), form)
    return 0


def _state(
    connection: duckdb.DuckDBPyConnection,
    one: Judgement,
    found: Judgements,
    known: Collection[str],
    former: Collection[Judgement],
) -> str:
    """holds, waits for the next run, is taken back by it, is of an older version, or means nobody.

    The last when what it names is in no article. `known` are all names that somebody bears, normalised; `former` the
    judgements on older versions.
    """
    if one in found.changed:
        return "waits" if one in found.holding else "is taken back"
    if one in former:
        return "is of an older version"
    sides = [one.left, one.right] if one.layer == ACTOR else [one.left]
    return "holds" if all(_is_known(connection, side, known) for side in sides) else "means nobody"


def _is_known(connection: duckdb.DuckDBPyConnection, side: str, known: Collection[str]) -> bool:
    table = _TABLES.get(side[:4])
    if table is None:
        return names.normalise(side) in known
    query = f"SELECT 1 FROM main.{table} WHERE {table.removesuffix('s')}_id = $id"  # noqa: S608
    return connection.execute(query, {"id": side}).fetchone() is not None


def judge(
    layer: str, verdict: str, left: str, right: str, database: Path | None, why: str, who: str | None, quiet: bool
) -> int:
    """Add one judgement to the file and bring the database in line. As `hearsay run` ends."""
    from flows.publish import Store

    chosen, talk = settings.load(database=database), Talk(quiet)
    target = pick_database(database, chosen, talk)
    left, right = (" ".join(side.split()) for side in (left, right))
    given = Judgement(layer, verdict, left, right, who or _login(), " ".join(why.split()))
    with Store(target).reading() as connection:
        one = _meant(connection, given)
        _restore(connection, chosen, talk)
    try:
        judgements.checked(one)
    except ValueError as error:
        raise HearsayError("H109", option="judgement", detail=error) from None
    known = judgements.load(chosen.judgements) or ()
    if one in known:
        talk.say(f"{one.judgement_id} says so already")
    else:
        judgements.write(chosen.judgements, [one])
        talk.say(f"{one.judgement_id}: {one.left} · {one.verdict} · {one.right} (in {chosen.judgements})")
    for other in _contradicted(judgements.load(chosen.judgements) or ()):
        talk.say(f"{other.judgement_id} parts {other.left} and {other.right}, whom others make one by way of a third:")
        talk.say("  they stay parted; `hearsay judge undo ID` takes back what is wrong")
    return _apply(target, chosen, talk)


def undo(identifiers: Sequence[str], database: Path | None, quiet: bool) -> int:
    """Take judgements out of the file and bring the database in line. As `hearsay run` ends."""
    from flows.publish import Store

    chosen, talk = settings.load(database=database), Talk(quiet)
    target = pick_database(database, chosen, talk)
    with Store(target).reading() as connection:
        _restore(connection, chosen, talk)
    known = {one.judgement_id: one for one in judgements.load(chosen.judgements) or ()}
    for identifier in identifiers:
        if identifier not in known:
            raise HearsayError("H807", id=identifier)
    judgements.write(chosen.judgements, [], [known[identifier] for identifier in identifiers])
    talk.say(f"{len(identifiers)} taken back")
    return _apply(target, chosen, talk)


def _contradicted(listed: Iterable[Judgement]) -> list[Judgement]:
    """Those that tell two apart whom others, taken together, call the same: "A is B, B is C, A is not C"."""
    from flows.resolve.clusters import UnionFind

    sides = {one: (names.normalise(one.left), names.normalise(one.right)) for one in listed if one.layer == ACTOR}
    same = UnionFind()
    for one, both in sides.items():
        if one.verdict == SAME:
            same.join(both)
    return [one for one, (left, right) in sides.items() if one.verdict != SAME and same.find(left) == same.find(right)]


def _restore(connection: duckdb.DuckDBPyConnection, chosen: Settings, talk: Talk) -> None:
    """Write the file anew from the database where it is lost: a file with one line would take all others back."""
    stored = judgements.compare(connection, chosen.judgements).holding
    if stored and not chosen.judgements.is_file():
        judgements.write(chosen.judgements, stored)
        talk.say(f"{chosen.judgements} was not there: written anew with the {len(stored)} judgements of the database")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _apply(target: Path, chosen: Settings, talk: Talk) -> int:
    from flows.commands.run import describe
    from flows.pipeline import run
    from flows.requests import RunRequest

    # not the sources' names: they were not read
    request = RunRequest(("judge",), target, clock.now(), chosen, talk.quiet, documents=())
    try:
        summary = run(request)
    except HearsayError as error:
        if error.code != _HELD:
            raise
        talk.say(f"a run is under way: the next one applies it ({error.reason})")
        return 0
    talk.say(describe(summary))
    return summary.exit_code


def _meant(connection: duckdb.DuckDBPyConnection, given: Judgement) -> Judgement:
    """The judgement with keys that last: an actor's id moves with its articles, a name or a mention does not.

    Raises HearsayError H807 or H114 where nobody is meant.
    """
    if given.layer == ACTOR:
        left, right = (_party(connection, side) for side in (given.left, given.right))
        return replace(given, left=left, right=right)
    _must_exist(connection, given.left)
    if given.layer == SPEAKER and given.right != NOBODY:
        return replace(given, right=_party(connection, given.right, given.left))
    return given


def _names_borne(connection: duckdb.DuckDBPyConnection, claim_id: str | None = None) -> list[str]:
    rows = connection.execute(sql_of("commands", "names_borne"), {"claim": claim_id}).fetchall()
    return [name for (name,) in rows]


def _must_exist(connection: duckdb.DuckDBPyConnection, identifier: str) -> None:
    if not _is_known(connection, identifier, ()):
        raise HearsayError("H807", id=identifier)


def _party(connection: duckdb.DuckDBPyConnection, side: str, claim_id: str | None = None) -> str:
    """A name that somebody bears (in the claim's article, if one is given), or the id of a mention."""
    if side.startswith("act_"):
        row = connection.execute(sql_of("commands", "lasting_key"), {"id": side, "claim": claim_id}).fetchone()
        if row is None:
            raise HearsayError("H807", id=side)
        return str(row[0])
    if side.startswith(("men_", "clm_")):
        _must_exist(connection, side)
        if connection.execute(sql_of("commands", "place_of"), {"id": side}).fetchone() is not None:
            raise HearsayError("H109", option=side, detail="that is a place, and who is who is judged of actors")
        return side
    known = {names.normalise(name): name for name in _names_borne(connection, claim_id)}
    if names.normalise(side) not in known:
        near = difflib.get_close_matches(names.normalise(side), list(known), 1, 0.0)
        raise HearsayError("H114", name=side, nearest=known[near[0]] if near else "none at all")
    return side
