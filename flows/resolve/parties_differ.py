"""Where reports of one happening call the same number of people otherwise: "three suspects", "three workers".

Who the killed, hurt and held were is what reports of violence differ in most. Only people are compared who are counted
alike and whom the same befell, or who did the same: a clash is one incident in which three are killed and three are
hurt. What they are called counts by its PLOVER sector: "rebels" and "insurgents" are one sort, and "men" may be any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Final

import polars as pl

from flows.resolve.counts_differ import persons
from flows.resolve.groups import Label, nominal
from flows.resolve.reports import name_of
from flows.resolve.state import State, column
from flows.resolve.values import Value
from flows.resources import classes
from flows.sectors import sectors

ANYBODY: Final = "ANYBODY"  # what is true of anyone: "men", "victims"
HELD: Final = "IN_CUSTODY"  # what is true of anyone who is held: "suspects"
UNARMED: Final = "UNARMED"  # what no combatant is: "civilians"; "villagers" and "workers" may be anyone
_REBELS: Final = "REB"
_POLICE: Final = "COP"
_ARMED: Final = frozenset({_REBELS, "MIL", _POLICE})
_OFFICER: Final = "officer"  # of whatever force
_ROLES: Final = ("actor", "recipient")
KINDS: Final = ("conflict", "refinement", "compatible")  # the sharpest first


def parties(state: State, events: pl.DataFrame) -> Iterator[tuple[str, list[Value], str]]:
    """The incident, values and kind of each difference in who people are, among `events`, which have an incident.

    The value is the noun in the singular. An article that tells of two sorts in the same number tells them apart
    itself: such a number is left out. Of several differences in one incident the sharpest is given.
    """
    found: dict[tuple[str, str, str, float], dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in _participants(state, events).iter_rows(named=True):
        called = nominal(row["text"])
        if called is None or called.count is None or called.count < 2:
            continue
        if (sort := sort_of(called)) is not None:
            span = row["article_id"], row["start_char"], row["end_char"], row["text"]
            value = Value(*span, called.head, called.count, called.count)
            found[row["incident_id"], row["role"], name_of(row["trigger_text"]), called.count][sort].append(value)
    differing: dict[str, list[tuple[str, list[Value]]]] = defaultdict(list)
    for (incident_id, *_), of_sort in sorted(found.items()):
        articles = [{value.article_id for value in values} for values in of_sort.values()]
        kind = kind_of(of_sort)
        if kind is not None and sum(map(len, articles)) == len(set().union(*articles)):
            listed = {(v.article_id, v.start): v for values in of_sort.values() for v in values}
            differing[incident_id].append((kind, sorted(listed.values())))
    for incident_id, several in differing.items():
        kind, values = min(several, key=lambda one: KINDS.index(one[0]))
        yield incident_id, values, kind


def _participants(state: State, events: pl.DataFrame) -> pl.DataFrame:
    """Rows of event_participants of incidents that several articles tell of, each with its incident_id and trigger."""
    several = events.filter(pl.col("article_id").n_unique().over("incident_id") > 1)
    of_event = state.rows("event_participants", "event_id", column(several, "event_id"))
    acting = of_event.filter(pl.col("role").is_in(_ROLES))
    return acting.join(several.select("event_id", "incident_id", "trigger_text"), on="event_id").sort(
        "incident_id", "article_id", "start_char", "event_id"
    )


def kind_of(sorts: Collection[str]) -> str | None:
    """How sorts of people differ; None when they don't, or when no report tells who they were.

    Rebels and the forces of a state, and either and the unarmed, are in conflict; other callings may both be true of
    one; a calling is more precise than "people" or "civilians".
    """
    telling = {*sorts} - {ANYBODY, HELD}
    if len(sorts) < 2 or not telling:
        return None
    armed = _ARMED & telling
    if (armed and UNARMED in telling) or (len(armed) > 1 and _REBELS in armed):
        return "conflict"
    return "refinement" if len(telling - {UNARMED}) <= 1 and HELD not in sorts else "compatible"


def sort_of(called: Label) -> str | None:
    """ANYBODY, HELD, UNARMED or a PLOVER sector; None when these are no people, or any officers."""
    if called.head == _OFFICER:
        return _POLICE if called.modifiers & _police() else None
    return _sorts().get(called.head)


@cache
def _police() -> frozenset[str]:
    return frozenset(word for word, sector in sectors().items() if sector == _POLICE)


@cache
def _sorts() -> Mapping[str, str]:
    named = {word: sort for sort in (ANYBODY, HELD, UNARMED) for word in classes("event_words")[sort]}
    return {word: sector for word, sector in sectors().items() if word in persons()} | named
