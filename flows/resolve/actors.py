"""Actors: which in-document entities of all articles are one person, organisation, group, government or country.

Members are the rows of work.entities. They share a blocking key (a canonical name, the key of a surname, the name of
an organisation), and a block is always decided as a whole. Unnamed people are actors of their article only; groups
without a name are joined within a story (see flows.resolve.groups). A bare surname that fits two people stays
undecided, with its candidates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from flows import names
from flows.ids import make_id
from flows.judgements import NONE, Judgements
from flows.known_names import publication_key
from flows.resolve import groups, judged
from flows.resolve.clusters import UnionFind, closure, put_keys
from flows.resolve.members import ALONE, Member, is_named, labels, summary
from flows.resolve.state import State, column, frame_of

LAYER: Final = "actor"
PLACE: Final = "place"
MOST_CANDIDATES: Final = 20  # people of one surname whom a mention is left open between, those of its story first
SAME_IN_ARTICLE: Final = 0.97  # two names that one article keeps apart are one person's only if as alike as this


@dataclass(frozen=True)
class Decision:
    """Clusters of entity ids, and the undecided ones with the clusters (by smallest member) that they may be of."""

    clusters: list[list[str]]
    candidates: Mapping[str, list[str]]


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
    Writes work.entities, actors, actor_names and mention_candidates. Returns the former actor of each entity looked
    at, the entities whose actor is another one now, and the actors that are of another kind now.
    """
    rulings = judged.Rulings(state, judgements)
    spoken_of = judged.disturbed(state, judgements, _name_keys_of)
    touched = {*touched, *spoken_of}
    put_keys(state, LAYER, _keys(state.rows("entities", "entity_id", touched), rulings))
    ids = closure(state, LAYER, touched) | groups.of_stories(state, stories)
    rows = state.rows("entities", "entity_id", ids).filter(pl.col("kind") != PLACE)
    members = _members(state, rows)
    ruled = rulings.among(rows)
    decision = decide(members.values(), ruled)
    before = dict(rows.select("entity_id", "actor_id").iter_rows())
    after: dict[str, str] = {}
    for cluster in decision.clusters:
        after.update(dict.fromkeys(cluster, make_id("actor", cluster[0])))
    changed = {entity_id for entity_id in before if before[entity_id] != after.get(entity_id)}
    moved = rows.filter(pl.col("entity_id").is_in(changed))
    state.put("entities", moved.with_columns(actor_id=pl.col("entity_id").replace_strict(after, default=None)))
    written = changed | spoken_of
    ids = {actor_id for one in written for actor_id in (before.get(one), after.get(one)) if actor_id}
    turned = _write_actors(state, decision, members, ids | set(gone), judged.joined(ruled))
    open_before = {entity_id for entity_id, actor_id in before.items() if actor_id is None}
    _write_candidates(state, decision, after, members, open_before)
    return before, changed, turned


def _members(state: State, rows: pl.DataFrame) -> dict[str, Member]:
    articles = state.rows("articles", "article_id", column(rows, "article_id"), ["story_id"])
    story = dict(articles.select("article_id", "story_id").iter_rows())
    texts = groups.nominals(state, column(rows.filter(groups.IS_UNNAMED), "entity_id"))
    labelled = {entity_id: label for entity_id, called in texts.items() if (label := groups.label_of(called))}
    return {
        row["entity_id"]: Member(
            row["entity_id"],
            row["article_id"],
            row["name"],
            row["kind"],
            *_names_of(row, texts.get(row["entity_id"], ()) if row["entity_id"] in labelled else ()),
            row["n_all"],
            row["key"],
            row["country"],
            row["role"],
            story.get(row["article_id"]),
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
        found = {_keyed(kind, row["key"])} if row["key"] else set()
        for name in {row["name"], *(row["names"] or ())}:
            found |= _name_keys(kind, name)
        if _may_be_surname(kind, row["name"], row["key"]):
            found |= _name_keys("person", row["name"])
        for key in sorted(found):
            yield key, row["entity_id"], row["article_id"]


def _name_keys_of(name: str) -> set[str]:
    """The blocking keys under which anybody stands who bears the name."""
    return {key for kind in ("person", "organisation", "media") for key in _name_keys(kind, name)}


def _name_keys(kind: str, name: str) -> set[str]:
    if kind == "person":
        return {f"person:{names.skeleton(names.surname(name))}"}
    plain = names.normalise(name)
    body = names.body_key(plain)
    site = publication_key(name) if kind == "media" else None
    keys = {"name": plain, "body": body, "site": site}
    return {f"{sort}:{key}" for sort, key in keys.items() if key}


def _may_be_surname(kind: str, name: str, key: str | None) -> bool:
    """Whether a name that was read as an organisation's may be a bare surname: one word that no lexicon knows."""
    return kind == "organisation" and key is None and len(names.name_words(name)) == 1


def _keyed(kind: str, key: str) -> str:
    return f"known:{'person' if kind == 'person' else 'body'}:{names.normalise(key)}"


def decide(members: Iterable[Member], rulings: Sequence[judged.Ruling] = ()) -> Decision:
    """Cluster a set of members that is closed under keys: a function of the set, and of what people ruled, alone."""
    ordered = _with_surnames(sorted(members, key=lambda member: member.entity_id))
    alone = [[member.entity_id] for member in ordered if member.is_alone and not member.label]
    shared = groups.join({m.entity_id: (m.story or m.article_id, m.label) for m in ordered if m.label})
    persons = [member for member in ordered if member.kind == "person" and not member.is_alone]
    bodies = [member for member in ordered if member.kind != "person" and not member.is_alone]
    people = _decide_persons(persons)
    clusters = sorted(alone + shared + _decide_bodies(bodies) + people.clusters)
    if not rulings:
        return Decision(clusters, people.candidates)
    return Decision(
        *judged.apply(clusters, people.candidates, {member.entity_id: member for member in ordered}, rulings)
    )


def _with_surnames(members: Sequence[Member]) -> list[Member]:
    """Take one-word organisations for people where a person of that surname stands in the same story."""
    surnames = {(names.surname(m.name), m.story) for m in members if m.kind == "person" and m.is_full and m.story}
    return [
        replace(m, kind="person")
        if _may_be_surname(m.kind, m.name, m.key) and m.is_named and (names.surname(m.name), m.story) in surnames
        else m
        for m in members
    ]


def _decide_bodies(members: Sequence[Member]) -> list[list[str]]:
    """Organisations, governments, countries, media: by canonical name, else by any name they share.

    A name that two canonical ones share joins nobody across them.
    """
    sets = UnionFind(member.entity_id for member in members)
    by_key: dict[str, list[Member]] = defaultdict(list)
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if member.key:
            by_key[_keyed(member.kind, member.key)].append(member)
        for key in {key for name in (member.name, *member.names) for key in _name_keys(member.kind, name)}:
            by_name[key].append(member)
    for group in by_key.values():
        _join(sets, group)
    for group in by_name.values():
        known = {member.key for member in group if member.key}
        if len(known) <= 1:
            _join(sets, group)
        else:
            _join(sets, [member for member in group if not member.key])
    return sets.groups()


def _join(sets: UnionFind, group: Sequence[Member]) -> None:
    sets.join([member.entity_id for member in group])


def _decide_persons(members: Sequence[Member]) -> Decision:
    """Persons: full names that agree are one; initials and bare surnames go to the one person whom they fit."""
    sets = UnionFind(member.entity_id for member in members)
    blocks: dict[str, list[Member]] = defaultdict(list)
    by_key: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        for skeleton in sorted({names.skeleton(names.surname(name)) for name in (member.name, *member.full_names)}):
            blocks[skeleton].append(member)
        if member.key:
            by_key[member.key].append(member)
    for group in by_key.values():
        _join(sets, group)
    for _, block in sorted(blocks.items()):
        _join_full_names(sets, [member for member in block if member.is_full])
    candidates: dict[str, list[str]] = {}
    joins: list[tuple[str, str]] = []
    for _, block in sorted(blocks.items()):
        _place_short_names(sets, block, joins, candidates)
    for one, other in joins:
        sets.union(one, other)
    undecided = {group[0] for group in sets.groups() if len(group) == 1 and group[0] in candidates}
    clusters = [group for group in sets.groups() if group[0] not in undecided]
    return Decision(clusters, {member: candidates[member] for member in sorted(undecided)})


def _join_full_names(sets: UnionFind, block: Sequence[Member]) -> None:
    """Join members whose full names agree, best pairs first, where every name of one side agrees with the other."""
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in block:
        for name in dict.fromkeys(names.normalise(name) for name in member.full_names):
            by_name[name].append(member)
    for group in by_name.values():
        _join(sets, group)
    labels = sorted(by_name)
    pairs = sorted(
        (-names.similarity(one, other), one, other)
        for i, one in enumerate(labels)
        for other in labels[i + 1 :]
        if _may_be_one(by_name, one, other)
    )
    together = {label: {label} for label in labels}
    for _, one, other in pairs:
        first, second = together[one], together[other]
        if first is second or not all(_may_be_one(by_name, a, b) for a in first for b in second):
            continue
        sets.union(by_name[one][0].entity_id, by_name[other][0].entity_id)
        first |= second
        together.update(dict.fromkeys(second, first))


def _may_be_one(by_name: Mapping[str, Sequence[Member]], one: str, other: str) -> bool:
    """Whether two full names may be one person's. Names that one article keeps apart must be near-equal."""
    if {member.entity_id for member in by_name[one]} & {member.entity_id for member in by_name[other]}:
        return True  # one article uses both for one person
    if not names.compatible(one, other):
        return False
    shared = {member.article_id for member in by_name[one]} & {member.article_id for member in by_name[other]}
    return not shared or names.similarity(one, other) >= SAME_IN_ARTICLE


def _place_short_names(
    sets: UnionFind, block: Sequence[Member], joins: list[tuple[str, str]], candidates: dict[str, list[str]]
) -> None:
    """Find for each initialled name and bare surname of a block the one person whom it fits, within its story."""
    persons: dict[str, list[Member]] = defaultdict(list)
    for member in block:
        if member.is_full:
            persons[sets.find(member.entity_id)].append(member)
    spellings = {root: {name for one in full for name in one.full_names} for root, full in persons.items()}
    lonely: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    stories = {root: {one.story for one in full if one.story} for root, full in persons.items()}
    fits: dict[str, dict[str, list[Member]]] = {}  # by short name
    for member in block:
        if member.is_full or member.key:
            continue
        if member.name not in fits:
            fits[member.name] = {
                root: persons[root]
                for root, spelt in spellings.items()
                if any(names.compatible(member.name, name) for name in spelt)
            }
        fitting = fits[member.name]
        chosen = _choose(member, fitting, stories)
        if chosen is not None:
            joins.append((chosen, member.entity_id))
        elif fitting:
            candidates[member.entity_id] = _nearest(member, fitting, stories)
        else:
            lonely[names.normalise(member.name), member.story].append(member.entity_id)
    for group in lonely.values():
        joins += ((group[0], other) for other in group[1:])


def _nearest(member: Member, fitting: Collection[str], stories: Mapping[str, Collection[str | None]]) -> list[str]:
    """The fitting persons, those of the member's story first, and no more of them than tell a reader something."""
    return sorted(fitting, key=lambda root: (member.story not in stories[root], root))[:MOST_CANDIDATES]


def _choose(
    member: Member, fitting: Mapping[str, Sequence[Member]], stories: Mapping[str, Collection[str | None]]
) -> str | None:
    """The only fitting person of the member's story, else the only one of the same office; None when undecided.

    `stories` are those in which each person stands.
    """
    of_story = [root for root in fitting if member.story in stories[root]]
    if len(of_story) == 1:
        return of_story[0]
    role = names.fold(member.role) if member.role else None
    of_role = [
        r for r in of_story or fitting if role and any(o.role and names.fold(o.role) == role for o in fitting[r])
    ]
    return of_role[0] if len(of_role) == 1 else None


def _write_actors(
    state: State,
    decision: Decision,
    members: Mapping[str, Member],
    ids: Collection[str],
    joined: Collection[str],
) -> set[str]:
    """Replace the rows of the actors of `ids`; returns those that are of another kind now.

    `joined` are the entities that a person's judgement joins to others.
    """
    kinds = dict(state.rows("actors", "actor_id", ids).select("actor_id", "kind").iter_rows())
    actors: list[dict[str, Any]] = []
    names_of: list[dict[str, Any]] = []
    for cluster in decision.clusters:
        if make_id("actor", cluster[0]) not in ids:
            continue
        actor = summary([members[entity_id] for entity_id in cluster])
        actors.append(actor)
        names_of += labels(actor, [members[entity_id] for entity_id in cluster], joined)
    state.replace("actors", "actor_id", ids, frame_of("actors", actors))
    state.replace("actor_names", "actor_id", ids, frame_of("actor_names", names_of))
    return {one["actor_id"] for one in actors if kinds.get(one["actor_id"], one["kind"]) != one["kind"]}


def _write_candidates(
    state: State,
    decision: Decision,
    actor_of: Mapping[str, str],
    members: Mapping[str, Member],
    open_before: Collection[str],
) -> None:
    """Write the candidates of mentions that are undecided now, and take away those of mentions that were."""
    rows = state.rows("entity_rows", "entity_id", {*decision.candidates, *open_before})
    mentions = rows.filter(pl.col("table_name") == "mentions").select("entity_id", "row_id")
    listed: list[dict[str, Any]] = []
    for entity_id, mention_id in mentions.iter_rows():
        for root in decision.candidates.get(entity_id, ()):
            score = round(names.similarity(members[entity_id].name, members[root].name), 4)
            listed.append({"mention_id": mention_id, "actor_id": actor_of[root], "score": score})
    state.replace(
        "mention_candidates", "mention_id", column(mentions, "row_id"), frame_of("mention_candidates", listed)
    )
