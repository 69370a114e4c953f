"""Where reports of one happening call the same number of people otherwise: "three suspects", "three workers".

Who the killed, hurt and held were is what reports of violence differ in most. Only people who are counted alike and
have the same part in the incident are compared, by the PLOVER sector of what they are called: "rebels" and "insurgents"
are one sort, and "men" may be any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Final

import polars as pl

from flows.resolve.counts_differ import persons
from flows.resolve.groups import Label, nominal
from flows.resolve.state import State, column
from flows.resolve.values import Value
from flows.resources import classes
from flows.sectors import sectors

ANYBODY: Final = "ANYBODY"  # what is true of anyone: "men", "victims"
HELD: Final = "INCUSTODY"  # what is true of anyone who is held: "suspects"
_REBELS: Final = "REB"
_POLICE: Final = "COP"
_ARMED: Final = frozenset({_REBELS, "MIL", _POLICE})
_OFFICER: Final = "officer"  # of whatever force
_ROLES: Final = ("actor", "recipient")


def parties(state: State, events: pl.DataFrame) -> Iterator[tuple[str, list[Value], str]]:
    """The incident, values and kind of each difference in who people are, among `events`, which have an incident.

    The value is the noun in the singular. An article that tells of two sorts in the same number tells them apart
    itself: such a number is left out.
    """
    found: dict[tuple[str, str, float], dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in _participants(state, events).iter_rows(named=True):
        called = nominal(row["text"])
        if called is None or called.count is None or called.count < 2:
            continue
        if (sort := sort_of(called)) is not None:
            span = row["article_id"], row["start_char"], row["end_char"], row["text"]
            value = Value(*span, called.head, called.count, called.count)
            found[row["incident_id"], row["role"], called.count][sort].append(value)
    told: set[str] = set()
    for (incident_id, _, _), of_sort in sorted(found.items()):
        articles = [{value.article_id for value in values} for values in of_sort.values()]
        kind = kind_of(of_sort)
        is_apart = sum(map(len, articles)) == len(set().union(*articles))
        if kind is not None and is_apart and incident_id not in told:
            told.add(incident_id)
            listed = {(v.article_id, v.start): v for values in of_sort.values() for v in values}
            yield incident_id, sorted(listed.values()), kind


def _participants(state: State, events: pl.DataFrame) -> pl.DataFrame:
    """Rows of event_participants of incidents that several articles tell of, each with its incident_id."""
    several = events.filter(pl.col("article_id").n_unique().over("incident_id") > 1)
    of_event = state.rows("event_participants", "event_id", column(several, "event_id"))
    acting = of_event.filter(pl.col("role").is_in(_ROLES))
    return acting.join(several.select("event_id", "incident_id"), on="event_id").sort(
        "incident_id", "article_id", "start_char", "event_id"
    )


def kind_of(sorts: Collection[str]) -> str | None:
    """How sorts of people differ; None when they don't, or when no report tells who they were.

    The armed and the unarmed, and two sides under arms, are in conflict; other callings may both be true of one; a
    calling is more precise than "people".
    """
    telling = sorted({*sorts} - {ANYBODY, HELD})
    if len(sorts) < 2 or not telling:
        return None
    armed = _ARMED.intersection(telling)
    if armed and len(telling) > 1 and (_REBELS in armed or not _ARMED.issuperset(telling)):
        return "conflict"
    return "refinement" if len(telling) == 1 and HELD not in sorts else "compatible"


def sort_of(called: Label) -> str | None:
    """What words say of people: ANYBODY, HELD, or a PLOVER sector; None when they are no people, or any officers."""
    if called.head == _OFFICER:
        return _POLICE if called.modifiers & _police() else None
    return _sorts().get(called.head)


@cache
def _police() -> frozenset[str]:
    return frozenset(word for word, sector in sectors().items() if sector == _POLICE)


@cache
def _sorts() -> Mapping[str, str]:
    named = {word: sort for sort in (ANYBODY, HELD) for word in classes("event_words")[sort]}
    return {word: sector for word, sector in sectors().items() if word in persons()} | named
