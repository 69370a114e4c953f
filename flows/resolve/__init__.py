"""Resolve: what many articles say together: stories, actors, passages, utterances, incidents, origins, discrepancies.

`resolve` is a function of the published tables and one batch. Each layer looks at what the batch touches, closed over
shared keys, and decides that as a whole; the same set of articles gives the same tables in any order and batching.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
import polars as pl

from flows.changes import Changes
from flows.judgements import NONE, Judgements
from flows.resolve import actors, elsewhere, incidents, passages, places, sources, stories, utterances
from flows.resolve.identity import redirects
from flows.resolve.links import link_rows
from flows.resolve.redate import Reader, read_again
from flows.resolve.revealed import reveal_relays
from flows.resolve.state import State, column
from flows.resolve.summaries import summarise
from flows.resolve.versions import OF_ARTICLE, Arrival, arrive

__all__ = ["Resolved", "resolve"]


@dataclass(frozen=True)
class Resolved:
    """What a batch comes to: the changes to make, the articles that became live, and where vanished ids lead."""

    changes: Changes
    new: frozenset[str]
    redirects: Mapping[str, str | None] = field(default_factory=dict)


def resolve(
    connection: duckdb.DuckDBPyConnection,
    batch: Mapping[str, pl.DataFrame],
    reader: Reader | None = None,
    forgotten: Collection[str] = (),
    judgements: Judgements = NONE,
) -> Resolved:
    """Lay `batch` (the article-level frames of flows.extract.frames) over the published tables and decide anew.

    `connection` reads the tables as published so far and is not written to. Rows of superseded versions come out
    under "history.<table>". `reader` reads articles again that other reports date; by default with the model that
    flows.extract.nlp loads by default. `forgotten` are the ids of documents that are to be as if they never came;
    `judgements` are what people decided.
    """
    with _no_collection():
        return _resolve(State(connection), batch, reader or read_again, forgotten, judgements)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from searching all that is in memory, again and again, for cycles: a batch makes none worth it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _resolve(
    state: State,
    batch: Mapping[str, pl.DataFrame],
    reader: Reader,
    forgotten: Collection[str],
    judgements: Judgements,
) -> Resolved:
    arrival = arrive(state, batch, forgotten)
    moved = _Moved()
    for name, gone in arrival.former.items():
        moved.add(name, {f"gone {one}": one for one in gone}, {})
    carrying = passages.find_passages(state, arrival.new)
    sharing = carrying | arrival.disturbed["passage"]
    credit = passages.credit_of(state, sharing)
    relays = reveal_relays(state, sharing, credit)
    passages.direct_passages(state, sharing, credit)
    story_before = stories.assign_stories(state, arrival.new, arrival.disturbed["story"])
    other_story = moved.note(state, "articles", "article_id", "story_id", story_before)
    left = {story_before[article_id] for article_id in other_story} | arrival.former["story_id"]
    left_stories = {story_id for story_id in left if story_id is not None}
    moved.ids["story_id"] = left_stories
    relinked = _assign_identities(state, arrival, other_story, left_stories, moved, judgements, relays)
    redated = _assign_happenings(state, arrival, relinked, other_story, left_stories, moved, reader)
    summarise(state, arrival.new | other_story | carrying | redated, moved.ids)
    changes = state.changes()
    past = {f"history.{table}": rows for table, rows in arrival.superseded.items()}
    ids = pl.DataFrame({"article_id": sorted(arrival.again)}, schema={"article_id": pl.String})
    replaced = {f"history.{table}": ids for table in OF_ARTICLE} if arrival.again else {}
    return Resolved(Changes({**changes.upserts, **past}, {**changes.deletes, **replaced}), arrival.new, moved.leads())


@dataclass
class _Moved:
    """Ids before and after, over all layers: where the vanished ones lead, and which are to be written anew."""

    to: dict[str, str | None] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    ids: dict[str, set[str]] = field(default_factory=dict)

    def note(self, state: State, table: str, key: str, column_name: str, before: Mapping[str, str | None]) -> set[str]:
        """Compare the ids that members had with those they have; returns the articles of members that changed."""
        rows = state.rows(table, key, set(before), ["article_id", column_name])
        after: dict[str, str | None] = dict(rows.select(key, column_name).iter_rows())
        self.add(column_name, before, after)
        changed = [member for member, old in before.items() if after.get(member) != old]
        return column(rows.filter(pl.col(key).is_in(changed)), "article_id")

    def add(self, name: str, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> None:
        """Note members' ids of one column, before and after."""
        for old, new in redirects(before, after).items():
            self.to[old] = self.to.get(old) or new
        self.held |= {one for one in after.values() if one is not None}
        self.ids.setdefault(name, set()).update(one for one in (*before.values(), *after.values()) if one is not None)

    def leads(self) -> dict[str, str | None]:
        """Where each vanished id leads; None when nothing took its place."""
        return {old: new for old, new in sorted(self.to.items()) if old not in self.held}


@dataclass(frozen=True)
class _Relinked:
    """The articles, claims and events in which somebody or some place is another one now, or of another kind."""

    articles: set[str]
    claims: set[str]
    events: set[str]

    @classmethod
    def of(cls, state: State, entities: Collection[str]) -> _Relinked:
        rows = state.rows("entity_rows", "entity_id", entities)
        told_by = column(rows.filter(pl.col("table_name") == "claims"), "row_id")
        told_of = column(rows.filter(pl.col("table_name").is_in(["events", "event_participants"])), "row_id")
        return cls(column(rows, "article_id"), told_by, told_of)


def _assign_identities(
    state: State,
    arrival: Arrival,
    other_story: Collection[str],
    left: Collection[str],
    moved: _Moved,
    judgements: Judgements,
    relays: Collection[str],
) -> _Relinked:
    """Actors, places and sources; returns where somebody is another one now.

    `left` are the stories that articles belong to no more, `relays` the entities of hops that others reveal.
    """
    articles = {*arrival.new, *other_story}
    touched = (
        column(state.rows("entities", "article_id", articles, ["article_id"]), "entity_id") | arrival.disturbed["actor"]
    )
    stories = column(state.rows("articles", "article_id", articles, ["story_id"]), "story_id") | set(left)
    before, changed, turned = actors.assign_actors(state, touched, stories, arrival.former["actor_id"], judgements)
    moved.note(state, "entities", "entity_id", "actor_id", before)
    moved.ids["actor_id"] = _others(state, before, changed, other_story) | arrival.former["actor_id"]
    moved_places, place_ids = places.assign_places(state, touched)
    places.write_places(state, place_ids | arrival.former["place_id"])
    other_sources = sources.write_sources(state, moved.ids["actor_id"])
    of_sources = column(state.rows("entities", "actor_id", other_sources, ["actor_id"]), "entity_id")
    link_rows(state, {*changed, *moved_places, *of_sources, *relays})
    # media join no reports, bodies do
    of_turned = column(state.rows("entities", "actor_id", turned, ["actor_id"]), "entity_id")
    return _Relinked.of(state, changed | moved_places | of_turned)


def _others(
    state: State, before: Mapping[str, str | None], changed: Collection[str], other_story: Collection[str]
) -> set[str]:
    """The actors of which something is new: a member, or the story of one."""
    restoried = column(state.rows("entities", "article_id", other_story, ["article_id"]), "entity_id")
    now = column(state.rows("entities", "entity_id", {*changed, *restoried}, ["actor_id"]), "actor_id")
    return now | {actor for entity in changed if (actor := before[entity]) is not None}


def _assign_happenings(
    state: State,
    arrival: Arrival,
    relinked: _Relinked,
    other_story: Collection[str],
    left: Collection[str],
    moved: _Moved,
    reader: Reader,
) -> set[str]:
    """Utterances and incidents in which anything changed; returns the articles that have another date now.

    `left` are the stories that articles have left. Utterances hang on words, days and names alone, not on who is who.
    Dates from elsewhere build on them; incidents build on dates, on who is who and on stories.
    """
    claims = column(state.rows("claims", "article_id", arrival.new, ["claim_id"]), "claim_id")
    parts = utterances.assign_utterances(state, claims, arrival.disturbed["utterance"])
    rows = state.rows("claim_parts", "claim_id", {member.split("#")[0] for member in parts})
    after = {
        utterances.member_of(claim_id, part): utterance_id
        for claim_id, part, utterance_id in rows.select("claim_id", "part", "utterance_id").iter_rows()
    }
    moved.add("utterance_id", parts, {member: after.get(member) for member in parts})
    looked_at = {*arrival.new, *other_story, *relinked.articles, *arrival.disturbed["story"]}
    redated = elsewhere.date_articles(state, looked_at | column(rows, "article_id"), left, reader)
    moved.ids["utterance_id"] |= utterances.date_claims_anew(state, redated)
    moved.ids["utterance_id"] |= column(state.rows("claim_parts", "claim_id", relinked.claims), "utterance_id")
    moved.ids["utterance_id"] |= column(rows, "utterance_id")  # one part may give its day to the others of its claim
    articles = {*arrival.new, *other_story, *redated}
    events = column(state.rows("events", "article_id", articles, ["event_id"]), "event_id") | relinked.events
    told_by = column(state.rows("claims", "claim_id", relinked.claims, ["article_id"]), "article_id")
    told = state.rows("events", "article_id", told_by, ["event_id", "claim_id"])
    events |= column(told.filter(pl.col("claim_id").is_in(sorted(relinked.claims))), "event_id")
    before = incidents.assign_incidents(state, events, arrival.disturbed["incident"])
    moved.note(state, "events", "event_id", "incident_id", before)
    figures = state.rows("figures", "article_id", told_by, ["incident_id"])  # whoever speaks tells the figures
    moved.ids["incident_id"] |= column(figures, "incident_id")
    return redated
