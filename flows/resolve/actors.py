"""Actors: which in-document entities of all articles are one person, organisation, group, government or country.

Members are the rows of work.entities. Those who share a blocking key (a canonical name, the name of an organisation)
or linked names (see flows.resolve.kin) are decided as a whole; those of one name that nothing tells apart are decided
once (see flows.resolve.alike). After them the people are placed who are named by a surname alone, by the people of
their story and their time; one that fits two people stays undecided, with its candidates. Unnamed people are actors
of their article only; groups without a name are joined within a story (see flows.resolve.groups).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from flows import names
from flows.ids import PREFIXES, make_id
from flows.judgements import NONE, Judgements
from flows.resolve import attached, called, groups, judged, kin, owners, police, standing
from flows.resolve.alike import alike, may_be_surname, one_by_one
from flows.resolve.apart import told_apart
from flows.resolve.clusters import put_keys
from flows.resolve.copied import copies
from flows.resolve.crowd import Crowd, named_in_full, placed_by_story, stories_of
from flows.resolve.deciding import Decision, decide_named, keyed, name_keys, rule, short_keys, with_short_names
from flows.resolve.grouping import NOTHING
from flows.resolve.involved import involvements
from flows.resolve.members import IS_ALONE, Member, is_named
from flows.resolve.persons import Placed, place
from flows.resolve.state import State, column, frame_of
from flows.resolve.told import COLUMNS, labels, summary, tell
from flows.resources import sql_of

LAYER: Final = "actor"
PLACE: Final = "place"


def assign_actors(
    state: State,
    touched: Collection[str],
    stories: Collection[str],
    gone: Collection[str] = (),
    judgements: Judgements = NONE,
) -> tuple[dict[str, str | None], set[str], set[str]]:
    """Decide the actors of all entities that hang together with `touched` ones, and those of `stories`.

    `gone` are ids that lost a member; `stories` are those of touched entities and those that lost an article;
    `judgements` are what people decided on who is who.
    Writes work.entities, actors, actor_names and mention_candidates. Returns the former actor of each entity whose
    actor is another one now, and of one entity of each former actor that others still are; the entities whose actor
    is another one now; and the actors that are of another kind now.
    """
    rulings = judged.Rulings(state, judgements)
    spoken_of = judged.disturbed(state, judgements, _name_keys_of)
    touched = {*touched, *spoken_of, *kin.unrecorded(state)}
    _record(state, touched, rulings)
    ruled_on = rulings.bearers(state) | spoken_of  # their keys are recorded now
    ruled = state.rows("entities", "entity_id", ruled_on)
    stories = {*stories, *stories_of(state, column(ruled.filter(groups.IS_UNNAMED), "entity_id"))}
    crowd, touched = _gathered(state, touched, stories, ruled_on)
    decided = _decided(state, _looked_at(state, touched, stories, ruled_on), crowd, rulings, ruled_on)
    while more := attached.of_parted(state, decided.rows) - touched:
        touched |= more
        decided = _decided(state, _looked_at(state, touched, stories, ruled_on), crowd, rulings, ruled_on)
    rows = decided.rows
    others = rows.filter(~pl.col("actor_id").eq_missing(pl.col("now"))).select("entity_id", "actor_id", "now")
    before: dict[str, str | None] = dict(others.select("entity_id", "actor_id").iter_rows())
    changed = set(before)
    moved = state.rows("entities", "entity_id", changed).drop("actor_id")
    state.put("entities", moved.join(others.select("entity_id", actor_id="now"), on="entity_id"))
    written = rows.filter(pl.col("entity_id").is_in(sorted(changed | spoken_of)))
    former = column(written, "actor_id") | set(gone)
    ids = former | column(written, "now")
    turned = _write_actors(state, rows, decided.of_one, ids, decided.joined)
    _write_candidates(state, rows, decided.meant)
    went_over = _ids("entity_id", changed)
    still = state.summed_on_record("entities", _ids("actor_id", former), sql_of("resolve", "firsts"), (), went_over)
    before.update(still.select("entity_id", "actor_id").iter_rows())
    return before, changed, turned


def _record(state: State, entities: Collection[str], rulings: judged.Rulings) -> None:
    """Record the keys by which `entities` find others."""
    rows = state.rows("entities", "entity_id", entities)
    numbers = standing.numbers_of(rows)
    put_keys(state, LAYER, _keys(rows), numbers)
    put_keys(state, kin.SHORT, _short_keys(rows), numbers)
    put_keys(state, LAYER, _judged_keys(rows, rulings))
    kin.record(state, rows.filter(~IS_ALONE), numbers)
    called.record(state, rows)


def _gathered(
    state: State, touched: Collection[str], stories: Collection[str], ruled_on: Collection[str]
) -> tuple[Crowd, set[str]]:
    """The people of `stories` and of those that decide who `touched` entities are, and all entities to look at."""
    own = state.rows("entities", "entity_id", touched)
    crowd = Crowd(state, {*stories, *stories_of(state, {*_by_story(own), *ruled_on})})
    return crowd, {*touched, *ruled_on, *kin.take(state, crowd.rows), *crowd.beside(ruled_on)}


@dataclass(frozen=True)
class _Decided:
    """What was decided: `rows` are entities with who stands for each (`by`), its former actor and that it is `now`.

    `of_one` are the members whom no name joins to others, `short` those named by a surname alone, `joined` what
    people joined, and `meant` the actors whom undecided ones may mean.
    """

    rows: pl.DataFrame
    of_one: Mapping[str, Member]
    short: Collection[str]
    joined: Collection[str]
    meant: pl.DataFrame


def _decided(
    state: State, looked_at: _LookedAt, crowd: Crowd, rulings: judged.Rulings, ruled_on: Collection[str]
) -> _Decided:
    """Decide who is one: those with names of their own, then those of a surname alone, then what people ruled."""
    rows = looked_at.rows
    rows = rows.join(placed_by_story(state, rows), on="entity_id", how="anti")
    of_one = _members(state, rows.filter(IS_ALONE), looked_at.elsewhere)
    of_one = police.as_named(called.as_bodies(of_one, looked_at.described), looked_at.forces)
    of_many, by = alike(rows.filter(~IS_ALONE))
    members = {member.entity_id: member for member in (*of_many, *of_one.values())}
    stands_for = pl.concat([by, _for_itself(of_one)])
    firsts = attached.firsts(state, rows, looked_at.rows)
    named = _with_firsts(decide_named(members.values()), rows.join(stands_for, on="entity_id"), firsts)
    people = {make_id("actor", cluster[0]): cluster for cluster in named}
    rows = pl.concat([rows, _with_story(state, column(firsts, "entity_id"))])
    stands_for = pl.concat([stands_for, _for_itself(column(firsts, "entity_id"))])
    going_along = looked_at.going_along(state, _answered(rows, stands_for, people))
    rows = pl.concat([rows, going_along.select(rows.columns)])
    stands_for = pl.concat([stands_for, going_along.select("by", "entity_id")])
    near, full = crowd.to_place(_answered(rows, stands_for, people), ruled_on)
    placed = place(near, full)
    decision = with_short_names(people, placed)
    short = {one.entity_id for one in near}
    members |= {one.entity_id: one for one in near}
    stands_for = pl.concat([stands_for, _for_itself(short)])
    rows = pl.concat([rows, crowd.rows.filter(pl.col("entity_id").is_in(sorted(short)))], how="diagonal")
    ruled = rulings.among(rows)
    if ruled:
        members |= {one: _unseen(one) for cluster in decision.clusters for one in cluster if one not in members}
        decision, apart = rule(decision, members, ruled, stands_for, lambda some: one_by_one(rows, some))
        told_apart = pl.when(pl.col("by").is_in(sorted(apart))).then("entity_id").otherwise("by")
        stands_for = stands_for.with_columns(by=told_apart)
    clusters = {_actor_of(cluster, short): cluster for cluster in decision.clusters}
    meant = _open(decision, placed, people, clusters)
    return _Decided(_answered(rows, stands_for, clusters), of_one, short, judged.joined(ruled), meant)


def _with_firsts(clusters: Iterable[list[str]], rows: pl.DataFrame, firsts: pl.DataFrame) -> list[list[str]]:
    """The clusters, each sorted, with the first entities of their actors that were not looked at."""
    found = {one: cluster for cluster in clusters for one in cluster}
    of = (
        rows.sort("entity_id")
        .unique("actor_id", keep="first", maintain_order=True)
        .join(firsts.select("actor_id", first="entity_id"), on="actor_id")
    )
    for by, first in of.select("by", "first").iter_rows():
        found[by].append(first)
    return sorted({id(cluster): sorted(cluster) for cluster in found.values()}.values())


@dataclass(frozen=True)
class _LookedAt:
    """Rows of work.entities, each with its `story`; those of `standing` stand for all on record of their number.

    Of the unnamed `described` and `forces` have those who mean a body of their story, with its name; those of
    `elsewhere` are in stories that nothing touches, and looked at for that body's sake alone.
    """

    rows: pl.DataFrame
    standing: Mapping[str, int]
    described: Mapping[str, str]
    forces: Mapping[str, police.Named]
    elsewhere: Collection[str]

    def with_all_of(self, state: State, entities: Collection[str]) -> _LookedAt:
        """The same with all for whom these ones stand, one by one."""
        numbers = {self.standing[one] for one in entities if one in self.standing}
        more = standing.recorded(state, "alike", numbers).keys() - column(self.rows, "entity_id")
        still = {one: number for one, number in self.standing.items() if number not in numbers}
        return replace(self, rows=pl.concat([self.rows, _with_story(state, more)]), standing=still)

    def going_along(self, state: State, decided: pl.DataFrame) -> pl.DataFrame:
        """Those for whom others stand who are another actor now than they were, with who stands for them (`by`)."""
        moved = decided.filter(~pl.col("actor_id").eq_missing(pl.col("now"))).select("entity_id", "by")
        by = {self.standing[one]: by for one, by in moved.iter_rows() if one in self.standing}
        numbers = standing.recorded(state, "alike", by)
        seen = pl.concat([self.rows.select("entity_id"), decided.select("entity_id")])
        others = dict(attached.following(state, decided, seen).iter_rows())
        of = {**others, **{one: by[number] for one, number in numbers.items()}}
        rows = _with_story(state, of.keys()).join(decided, on="entity_id", how="anti")
        return rows.with_columns(by=pl.Series([of[one] for one in rows["entity_id"]], dtype=pl.String()))


def _looked_at(
    state: State, touched: Collection[str], stories: Collection[str], ruled_on: Collection[str]
) -> _LookedAt:
    """The entities that hang together with `touched` ones, and the unnamed of `stories`.

    Of the unnamed of other stories those alone that mean a body that is looked at, or police who do. Of those on record
    that are decided alike one, but where something tells them apart: a judgement, or who else is in their story.
    """
    unnamed = groups.of_stories(state, stories)
    sought = {*touched, *called.bodies_of(state, unnamed), *police.of_stories(state, stories)}
    near = kin.hang_together(state, pl.Series(sorted(sought), dtype=pl.String()), stories)
    described = called.described_as(state, near.keys) - unnamed - set(near.members)
    rows = _with_story(state, {*near.members, *unnamed, *called.bodies_of(state, described)})
    following = police.following(state, rows) - column(rows, "entity_id")
    elsewhere = _with_story(state, described | following)
    meant = called.meant(state, pl.concat([rows, elsewhere]))
    forces = {**police.still_meant(elsewhere, rows), **police.meant(state, rows)}
    elsewhere = elsewhere.filter(pl.col("entity_id").is_in(sorted(meant.keys() | forces.keys())))
    ruled = kin.hang_together(state, pl.Series(sorted(ruled_on), dtype=pl.String())).standing
    more = told_apart(state, rows, near) - column(rows, "entity_id")
    rows = pl.concat([rows, elsewhere, _with_story(state, more)])
    found = _LookedAt(rows, near.standing, meant, forces, column(elsewhere, "entity_id"))
    return found.with_all_of(state, ruled)


def _with_story(state: State, entities: Collection[str]) -> pl.DataFrame:
    """The rows of work.entities of these, save places, each with its `story`."""
    return _with_stories(state, _entities(state, _ids("entity_id", entities)))


def _with_stories(state: State, rows: pl.DataFrame) -> pl.DataFrame:
    of = state.many("articles", rows.select("article_id").unique(), ["story_id"])
    return rows.join(of.select("article_id", story="story_id"), on="article_id", how="left")


def _entities(state: State, wanted: pl.DataFrame) -> pl.DataFrame:
    """The rows of work.entities that agree with one of `wanted`, save places."""
    rows = state.many("entities", wanted, [*COLUMNS, "source_role", "actor_id"])
    return rows.filter(pl.col("kind") != PLACE)


def _by_story(rows: pl.DataFrame) -> set[str]:
    """Those of rows of work.entities whom their stories may decide: without a full name, or of one word."""
    people = rows.filter(pl.col("kind").is_in(["person", "organisation"]) & pl.col("key").is_null() & ~IS_ALONE)
    return column(people.filter(~named_in_full(people) | (pl.col("kind") == "organisation")), "entity_id")


def _ids(name: str, ids: Collection[str]) -> pl.DataFrame:
    return pl.DataFrame({name: sorted(ids)}, {name: pl.String()})


def _for_itself(entities: Collection[str]) -> pl.DataFrame:
    """Those who stand for themselves alone, as (by, entity_id)."""
    return _ids("entity_id", entities).select(by="entity_id", entity_id="entity_id")


def _answered(rows: pl.DataFrame, stands_for: pl.DataFrame, clusters: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """The rows with who stands for each (`by`), and its actor (`now`)."""
    actor_of = [(one, actor_id) for actor_id, cluster in clusters.items() for one in cluster]
    answer = pl.DataFrame(actor_of, {"by": pl.String(), "now": pl.String()}, orient="row")
    return rows.join(stands_for.join(answer, on="by", how="left"), on="entity_id")


def _is_unseen(one: str) -> bool:
    """Whether a member of a cluster stands for a person of whom nobody with a full name is looked at."""
    return one.startswith(f"{PREFIXES['actor']}_")


def _unseen(actor_id: str) -> Member:
    return Member(actor_id, "", "", "person", (), (), None, None, None)


def _actor_of(cluster: Sequence[str], short: Collection[str]) -> str:
    """An actor takes its id from its smallest member, of those with a full name where it has any."""
    unseen = [one for one in cluster if _is_unseen(one)]
    full = [one for one in cluster if one not in short and not _is_unseen(one)]
    return unseen[0] if unseen and not full else make_id("actor", min(full or cluster))


def _open(
    decision: Decision, placed: Placed, people: Mapping[str, Sequence[str]], clusters: Mapping[str, Sequence[str]]
) -> pl.DataFrame:
    """For each undecided entity the actors whom it may mean, with how well the names agree."""
    actor_of = {one: actor_id for actor_id, cluster in clusters.items() for one in cluster}
    listed = []
    for one, roots in decision.candidates.items():
        meant = {actor_of[root] for root in roots}
        scores: dict[str, float] = {}
        for person, score in placed.candidates[one].items():
            actor_id = actor_of[people[person][0] if person in people else person]
            scores[actor_id] = max(score, scores.get(actor_id, 0.0))
        listed += [(one, actor_id, score) for actor_id, score in scores.items() if actor_id in meant]
    return pl.DataFrame(
        listed, {"entity_id": pl.String(), "actor_id": pl.String(), "score": pl.Float64()}, orient="row"
    )


def _members(state: State, rows: pl.DataFrame, elsewhere: Collection[str]) -> dict[str, Member]:
    """Those whom no name joins to others, by id; groups without a name with what their articles call them.

    Of `elsewhere`, who mean a body, nothing more is asked.
    """
    unnamed = rows.filter(groups.IS_UNNAMED & ~pl.col("entity_id").is_in(sorted(elsewhere)))
    texts = groups.nominals(state, column(unnamed, "entity_id"))
    owned = owners.owned(state, texts)
    labelled = {one: label for one, called in texts.items() if (label := groups.label_of(called, owned.get(one, {})))}
    copied = copies(state, dict(unnamed.select("entity_id", "story").iter_rows()))
    involved = involvements(state, {entity_id: texts[entity_id] for entity_id in labelled})
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
            involved.get(row["entity_id"], NOTHING),
            copied.get(row["entity_id"], frozenset()),
        )
        for row in rows.iter_rows(named=True)
    }


def _names_of(row: Mapping[str, Any], called: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The names of an entity and how often each is used; of a group without one, what it is called instead."""
    if called:
        used = Counter(names.bare(text) for text in called)
        return tuple(used), tuple(used.values())
    return tuple(row["names"] or ()), tuple(row["n_mentions"] or ())


def _keys(rows: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    """The blocking keys of named entities, as (key, entity_id, article_id)."""
    for row in rows.filter(~IS_ALONE & (pl.col("kind") != PLACE)).iter_rows(named=True):
        kind = row["kind"]
        found = {keyed(kind, row["key"])} if row["key"] else set()
        for name in {row["name"], *(row["names"] or ())}:
            found |= name_keys(kind, name)
        if may_be_surname(kind, row["name"], row["key"]):
            found |= name_keys("person", row["name"])
        for key in sorted(found):
            yield key, row["entity_id"], row["article_id"]


def _short_keys(rows: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    """The keys by which those find named entities who are called as these may be for short."""
    for row in rows.filter(~IS_ALONE & (pl.col("kind") != PLACE)).iter_rows(named=True):
        for key in sorted(short_keys(row["kind"], row["name"])):
            yield key, row["entity_id"], row["article_id"]


def _judged_keys(rows: pl.DataFrame, rulings: judged.Rulings) -> Iterator[tuple[str, str, str]]:
    """The keys by which entities hang together with those they are judged with."""
    for row in rows.filter(pl.col("kind") != PLACE).iter_rows(named=True) if rulings.judgements else ():
        for key in rulings.keys(row):
            yield key, row["entity_id"], row["article_id"]


def _name_keys_of(name: str) -> set[str]:
    """The blocking keys under which anybody stands who bears the name."""
    return {key for kind in ("person", "organisation", "media") for key in name_keys(kind, name)}


def _write_actors(
    state: State, rows: pl.DataFrame, of_one: Mapping[str, Member], ids: Collection[str], joined: Collection[str]
) -> set[str]:
    """Replace the rows of the actors of `ids`; returns those that are of another kind now.

    `rows` are the entities that were looked at, with the actor that each is (`now`), `of_one` those whom no name joins.
    `joined` are the entities that a person's judgement joins to others.
    """
    labelled = {one.entity_id: one for one in of_one.values() if one.label and one.is_alone}
    called = [(one.entity_id, list(one.names), list(one.counts)) for one in labelled.values()]
    kinds = {"entity_id": pl.String(), "names": pl.List(pl.String()), "n_mentions": pl.List(pl.Int32())}
    described = sorted(one.entity_id for one in of_one.values() if not one.is_alone)
    known = pl.when(pl.col("entity_id").is_in(described)).then(None).otherwise("kind")  # "Odell police": of a body
    instead = (
        rows.filter(pl.col("now").is_in(sorted(ids)) & pl.col("entity_id").is_in([*labelled, *described]))
        .with_columns(actor_id="now", kind=known)
        .select("actor_id", *COLUMNS)
        .update(pl.DataFrame(called, kinds, orient="row"), on="entity_id")
    )
    before = dict(state.rows("actors", "actor_id", ids).select("actor_id", "kind").iter_rows())
    told = tell(state, ids, instead, labelled, joined)
    actors = [summary(actor_id, one) for actor_id, one in told.items()]
    names_of = [row for actor in actors for row in labels(actor, told[actor["actor_id"]])]
    state.replace("actors", "actor_id", ids, frame_of("actors", actors))
    state.replace("actor_names", "actor_id", ids, frame_of("actor_names", names_of))
    return {one["actor_id"] for one in actors if before.get(one["actor_id"], one["kind"]) != one["kind"]}


def _write_candidates(state: State, rows: pl.DataFrame, meant: pl.DataFrame) -> None:
    """Write the candidates of mentions that are undecided now, and take away those of mentions that were.

    `rows` are the entities looked at, with the actor that each was (`actor_id`) and is (`now`); `meant` are the actors
    (`actor_id`) whom each undecided `entity_id` may mean, with a `score`.
    """
    open_ones = rows.filter(pl.col("actor_id").is_null() | pl.col("now").is_null()).select("entity_id")
    of_mentions = state.many("entity_rows", open_ones, ())
    mentions = of_mentions.filter(pl.col("table_name") == "mentions").select("entity_id", mention_id="row_id")
    listed = mentions.join(meant, on="entity_id").select("mention_id", "actor_id", "score")
    stored = state.many("mention_candidates", mentions.select("mention_id").unique(), ["score"]).select(listed.columns)
    unlike = [one.join(other, on=listed.columns, how="anti") for one, other in ((listed, stored), (stored, listed))]
    written = column(pl.concat(unlike), "mention_id")
    listed = listed.filter(pl.col("mention_id").is_in(sorted(written)))
    state.replace("mention_candidates", "mention_id", written, listed)
