"""Where reports differ in who: whom one names, another calls "a docker", speaks of as a body, or names otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from flows import names
from flows.resolve.state import State, column

BODIES: Final = frozenset({"organisation", "government", "country", "media", "armed_group"})
PERSON, BODY, SOMEBODY = "person", "body", "somebody"
_INDEFINITE: Final = frozenset({"a", "an", "one"})


@dataclass(frozen=True, slots=True)
class Who:
    """Whom one report has: a person or a body by name, or somebody.

    `meant` tells one from another: the key of a person's surname, since two of one surname are more often told apart
    by mistake than named by mistake; else the words.
    """

    article_id: str
    start: int
    end: int
    text: str
    sort: str
    meant: str


def kind_of(told: Sequence[Who], *, of_one: bool) -> str | None:
    """How reports differ in who it was; None when they don't, or say too little to tell.

    A name is more precise than "a docker", if the report does not name somebody itself. Where there can be only one
    (`of_one`: who says something), two persons are in conflict, and a person and a body may both be right, as the one
    speaks for the other.
    """
    naming = {one.article_id for one in told if one.sort == PERSON}
    persons = {one.meant for one in told if one.sort == PERSON}
    if len(persons) > 1:
        return "conflict" if of_one else None
    if persons and any(one.sort == SOMEBODY and one.article_id not in naming for one in told):
        return "refinement"
    return "compatible" if of_one and persons and any(one.sort == BODY for one in told) else None


def speakers(state: State, parts: pl.DataFrame) -> Iterator[tuple[str, list[Who], str]]:
    """By utterance, the speakers that reports give it and how they differ. `parts` are rows of claim_parts."""
    columns = ["article_id", "speaker_start", "speaker_end", "speaker_text", "speaker_id"]
    told = state.rows("claims", "claim_id", column(parts, "claim_id"), columns)
    spans = told.drop_nulls("speaker_start").select(
        "claim_id", "article_id", "speaker_id", first="speaker_start", last="speaker_end", called="speaker_text"
    )
    of_claim = parts.select("utterance_id", "claim_id").unique().join(spans, on="claim_id")
    yield from _differing(state, of_claim.rename({"utterance_id": "about", "speaker_id": "actor_id"}), of_one=True)


def participants(state: State, events: pl.DataFrame) -> Iterator[tuple[str, list[Who], str]]:
    """By incident, those whom reports have alone on one side of it, the first side in which they differ.

    `events` are rows of the table.
    """
    parties = state.rows("event_participants", "event_id", column(events, "event_id"))
    alone = parties.filter(pl.len().over("event_id", "role") == 1)
    spans = alone.select(
        "event_id", "article_id", "role", "actor_id", first="start_char", last="end_char", called="text"
    )
    of_event = events.select("event_id", about="incident_id").join(spans, on="event_id")
    told: set[str] = set()
    for role in ("actor", "recipient"):
        for about, differing, kind in _differing(state, of_event.filter(pl.col("role") == role), of_one=False):
            if about not in told:
                yield about, differing, kind
            told.add(about)


def _differing(state: State, spans: pl.DataFrame, *, of_one: bool) -> Iterator[tuple[str, list[Who], str]]:
    """`spans` have about, article_id, actor_id, first, last and called."""
    several = pl.col("article_id").n_unique().over("about") > 1
    spans = spans.filter(pl.col("about").is_not_null() & several)
    found: dict[str, list[Who]] = defaultdict(list)
    named = _named(state, spans)
    kinds = _kinds(state, column(spans, "actor_id"))
    for row in spans.sort("about", "article_id", "first").iter_rows(named=True):
        name = named.get((row["article_id"], row["first"]))
        sort = _sort_of(kinds.get(row["actor_id"] or ""), row["called"], is_named=name is not None)
        if sort is not None:
            meant = names.skeleton(names.surname(name)) if name and sort == PERSON else row["called"].lower()
            found[row["about"]].append(Who(row["article_id"], row["first"], row["last"], row["called"], sort, meant))
    for about, told in sorted(found.items()):
        kind = kind_of(told, of_one=of_one)
        if kind is not None and len({one.article_id for one in told}) > 1:
            yield about, told, kind


def _named(state: State, spans: pl.DataFrame) -> dict[tuple[str, int], str]:
    """The name by which the actor stands in a span (article_id, first), where it does."""
    mentions = state.rows(
        "mentions", "article_id", column(spans, "article_id"), ["start_char", "text", "form", "actor_id"]
    )
    by_name = mentions.filter(pl.col("form") == "name").select("article_id", "actor_id", "text", at="start_char")
    inside = spans.join(by_name, on=["article_id", "actor_id"]).filter(pl.col("at").is_between("first", "last"))
    rows = inside.sort("at", descending=True).select("article_id", "first", "text").iter_rows()
    return {(article_id, first): text for article_id, first, text in rows}


def _kinds(state: State, actors: Collection[str]) -> Mapping[str, str]:
    return dict(state.rows("actors", "actor_id", actors, ["kind"]).select("actor_id", "kind").iter_rows())


def _sort_of(kind: str | None, called: str, *, is_named: bool) -> str | None:
    """None for those by whom an article may mean anybody it has told of: "he", "the mayor", "officials"."""
    if is_named:
        return PERSON if kind == "person" else BODY if kind in BODIES else None
    return SOMEBODY if called.lower().split()[:1][0] in _INDEFINITE else None
