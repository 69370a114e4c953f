"""Actors: which in-document entities of all articles are one person, organisation, group, government or country.

Members are the rows of work.entities. They share a blocking key (a canonical name, the key of a surname, the name of
an organisation), and a block is always decided as a whole; those of one name that nothing tells apart are decided once
(see flows.resolve.alike). Unnamed people are actors of their article only; groups without a name are joined within a
story (see flows.resolve.groups). A bare surname that fits two people stays undecided, with its candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl

from flows import names
from flows.ids import make_id
from flows.judgements import NONE, Judgements
from flows.resolve import groups, judged
from flows.resolve.alike import alike, may_be_surname, one_by_one
from flows.resolve.clusters import all_with, put_keys
from flows.resolve.deciding import Decision, decide, keyed, name_keys, rule
from flows.resolve.members import ALONE, Member, is_named
from flows.resolve.state import State, column, frame_of
from flows.resolve.told import COLUMNS, labels, summary, tell

LAYER: Final = "actor"
PLACE: Final = "place"
_IS_NAMED: Final = (  # as `is_named` has it
    (pl.col("key").fill_null("") != "")
    | (pl.col("source_role").fill_null("") != "")
    | (pl.col("n_mentions").list.sum().fill_null(0) > 0)
)
_IS_ALONE: Final = pl.col("kind").is_in(sorted(ALONE)) | ~_IS_NAMED


def assign_actors(
    state: State,
    touched: Collection[str],
    stories: Collection[str],
    gone: Collection[str] = (),
    judgements: Judgements = NONE,
) -> tuple[dict[str, str | None], set[str], set[str]]:
    """Decide the actors of all entities that hang together with `touched` ones, and the groups of `stories`.

    `gone` are ids that lost a member; `stories` are those of touched entities and those that lost an article;
    `judgements` are what people decided on who is who.
    Writes work.entities, actors, actor_names and mention_candidates. Returns the former actor of each entity whose
    actor is another one now, and of one entity of each former actor that others still are; the entities whose actor
    is another one now; and the actors that are of another kind now.
    """
    rulings = judged.Rulings(state, judgements)
    spoken_of = judged.disturbed(state, judgements, _name_keys_of)
    touched = {*touched, *spoken_of}
    put_keys(state, LAYER, _keys(state.rows("entities", "entity_id", touched), rulings))
    rows = _looked_at(state, touched, stories)
    of_one, named = _members(state, rows.filter(_IS_ALONE)), rows.filter(~_IS_ALONE)
    standing, of_many = alike(named)
    stands_for = pl.concat([of_many, pl.DataFrame({"by": list(of_one), "entity_id": list(of_one)}, of_many.schema)])
    members = {member.entity_id: member for member in (*standing, *of_one.values())}
    decision = decide(members.values())
    ruled = rulings.among(rows)
    if ruled:
        decision, apart = rule(decision, members, ruled, stands_for, lambda some: one_by_one(named, some))
        told_apart = pl.when(pl.col("by").is_in(sorted(apart))).then("entity_id").otherwise("by")
        stands_for = stands_for.with_columns(by=told_apart)
    clusters = {make_id("actor", cluster[0]): cluster for cluster in decision.clusters}
    actor_of = {one: actor_id for actor_id, cluster in clusters.items() for one in cluster}
    answer = pl.DataFrame({"by": list(actor_of), "now": list(actor_of.values())}, {"by": pl.String, "now": pl.String})
    rows = rows.join(stands_for.join(answer, on="by", how="left"), on="entity_id")
    others = rows.filter(~pl.col("actor_id").eq_missing(pl.col("now"))).select("entity_id", "actor_id", "now")
    before: dict[str, str | None] = dict(others.select("entity_id", "actor_id").iter_rows())
    changed = set(before)
    moved = state.rows("entities", "entity_id", changed).drop("actor_id")
    state.put("entities", moved.join(others.select("entity_id", actor_id="now"), on="entity_id"))
    written = rows.filter(pl.col("entity_id").is_in(sorted(changed | spoken_of)))
    ids = column(written, "actor_id") | column(written, "now") | set(gone)
    turned = _write_actors(state, rows.filter(pl.col("now").is_in(sorted(ids))), of_one, ids, judged.joined(ruled))
    _write_candidates(state, decision, rows)
    former = (column(written, "actor_id") | set(gone)) & set(clusters)
    stay = rows.filter(pl.col("now").is_in(sorted(former))).group_by("now").agg(pl.col("entity_id").min())
    still = rows.join(stay.select("entity_id"), on="entity_id", how="semi")
    before.update(still.select("entity_id", "actor_id").iter_rows())
    return before, changed, turned


def _looked_at(state: State, touched: Collection[str], stories: Collection[str]) -> pl.DataFrame:
    """The entities that hang together with `touched` ones, and the unnamed of `stories`, each with its `story`."""
    near = all_with(state, LAYER, pl.Series(sorted(touched), dtype=pl.String()))
    unnamed = pl.Series(sorted(groups.of_stories(state, stories)), dtype=pl.String())
    ids = pl.concat([near, unnamed]).unique().alias("entity_id").to_frame()
    rows = state.many("entities", ids, [*COLUMNS, "source_role", "actor_id"]).filter(pl.col("kind") != PLACE)
    of = state.many("articles", rows.select("article_id").unique(), ["story_id"])
    return rows.join(of.select("article_id", story="story_id"), on="article_id", how="left")


def _members(state: State, rows: pl.DataFrame) -> dict[str, Member]:
    """Those whom no name joins to others, by id; groups without a name with what their articles call them."""
    texts = groups.nominals(state, column(rows.filter(groups.IS_UNNAMED), "entity_id"))
    labelled = {entity_id: label for entity_id, called in texts.items() if (label := groups.label_of(called))}
    return {
        row["entity_id"]: Member(
            row["entity_id"],
            row["article_id"],
            row["name"],
            row["kind"],
            *_names_of(row, texts.get(row["entity_id"], ()) if row["entity_id"] in labelled else ()),
            row["key"],
            row["role"],
            row["story"],
            is_named(row),
            labelled.get(row["entity_id"]),
        )
        for row in rows.iter_rows(named=True)
    }


def _names_of(row: Mapping[str, Any], called: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The names of an entity and how often each is used; of a group without one, what it is called instead."""
    if called:
        used = Counter(names.bare(text) for text in called)
        return tuple(used), tuple(used.values())
    return tuple(row["names"] or ()), tuple(row["n_mentions"] or ())


def _keys(rows: pl.DataFrame, rulings: judged.Rulings) -> Iterator[tuple[str, str, str]]:
    """The blocking keys of entities, as (key, entity_id, article_id)."""
    for row in rows.iter_rows(named=True):
        kind = row["kind"]
        if kind == PLACE:
            continue
        for key in rulings.keys(row):
            yield key, row["entity_id"], row["article_id"]
        if kind in ALONE or not is_named(row):
            continue
        found = {keyed(kind, row["key"])} if row["key"] else set()
        for name in {row["name"], *(row["names"] or ())}:
            found |= name_keys(kind, name)
        if may_be_surname(kind, row["name"], row["key"]):
            found |= name_keys("person", row["name"])
        for key in sorted(found):
            yield key, row["entity_id"], row["article_id"]


def _name_keys_of(name: str) -> set[str]:
    """The blocking keys under which anybody stands who bears the name."""
    return {key for kind in ("person", "organisation", "media") for key in name_keys(kind, name)}


def _write_actors(
    state: State, rows: pl.DataFrame, of_one: Mapping[str, Member], ids: Collection[str], joined: Collection[str]
) -> set[str]:
    """Replace the rows of the actors of `ids`, whose members `rows` are; returns those that are of another kind now.

    `joined` are the entities that a person's judgement joins to others.
    """
    labelled = {one.entity_id: one for one in of_one.values() if one.label}
    called = [(one.entity_id, list(one.names), list(one.counts)) for one in labelled.values()]
    kinds = {"entity_id": pl.String(), "names": pl.List(pl.String()), "n_mentions": pl.List(pl.Int32())}
    members = (
        rows.with_columns(actor_id="now")
        .select("actor_id", *COLUMNS)
        .update(pl.DataFrame(called, kinds, orient="row"), on="entity_id")
    )
    before = dict(state.rows("actors", "actor_id", ids).select("actor_id", "kind").iter_rows())
    told = tell(members, labelled, joined)
    actors = [summary(actor_id, one) for actor_id, one in told.items()]
    names_of = [row for actor in actors for row in labels(actor, told[actor["actor_id"]])]
    state.replace("actors", "actor_id", ids, frame_of("actors", actors))
    state.replace("actor_names", "actor_id", ids, frame_of("actor_names", names_of))
    return {one["actor_id"] for one in actors if before.get(one["actor_id"], one["kind"]) != one["kind"]}


def _write_candidates(state: State, decision: Decision, rows: pl.DataFrame) -> None:
    """Write the candidates of mentions that are undecided now, and take away those of mentions that were.

    `rows` are the entities looked at, with the actor that each was (`actor_id`), is (`now`) and who stands for it.
    """
    open_ones = rows.filter(pl.col("actor_id").is_null() | pl.col("now").is_null()).select("entity_id", "by")
    of_mentions = state.many("entity_rows", open_ones.select("entity_id"), ())
    mentions = of_mentions.filter(pl.col("table_name") == "mentions").select("entity_id", mention_id="row_id")
    listed = (
        mentions.join(open_ones, on="entity_id")
        .join(_candidates(decision, rows), on="by")
        .select("mention_id", "actor_id", "score")
    )
    stored = state.many("mention_candidates", mentions.select("mention_id").unique(), ["score"]).select(listed.columns)
    unlike = [one.join(other, on=listed.columns, how="anti") for one, other in ((listed, stored), (stored, listed))]
    written = column(pl.concat(unlike), "mention_id")
    listed = listed.filter(pl.col("mention_id").is_in(sorted(written)))
    state.replace("mention_candidates", "mention_id", written, listed)


def _candidates(decision: Decision, rows: pl.DataFrame) -> pl.DataFrame:
    """For each undecided one (`by`) the actors whom it may mean, with how well the names agree."""
    people = {*decision.candidates, *(root for roots in decision.candidates.values() for root in roots)}
    known = rows.filter(pl.col("entity_id").is_in(sorted(people)))
    name, actor = (dict(known.select("entity_id", of).iter_rows()) for of in ("name", "now"))
    listed = [
        (one, actor[root], round(names.similarity(name[one], name[root]), 4))
        for one, roots in decision.candidates.items()
        for root in roots
    ]
    return pl.DataFrame(listed, {"by": pl.String(), "actor_id": pl.String(), "score": pl.Float64()}, orient="row")
