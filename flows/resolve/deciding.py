"""Who is one actor: a function of a set of members that is closed under keys, and of what people ruled.

A member is an in-document entity, or one that stands for all that are decided alike (see flows.resolve.alike).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import Final

import polars as pl

from flows import names
from flows.known_names import publication_key
from flows.resolve import judged
from flows.resolve.alike import is_common, may_be_surname
from flows.resolve.clusters import UnionFind, components
from flows.resolve.grouping import Told, join
from flows.resolve.groups import Label
from flows.resolve.members import BODIES, Member, is_short
from flows.resolve.persons import Placed, blocks_of, join_full_names, place
from flows.resolve.places import is_place
from flows.resolve.state import column
from flows.resources import lexicon, words

_OF: Final = "of"
_MEDIA: Final = "media"
_ACRONYM: Final = 3  # letters of an acronym that may be known by its body's name
_MOST_SPELLINGS: Final = 12  # of one body's name; more are those of many bodies


@dataclass(frozen=True)
class Decision:
    """Clusters of entity ids, and the undecided ones with the clusters (by smallest member) that they may be of."""

    clusters: list[list[str]]
    candidates: Mapping[str, list[str]]


SURNAME: Final = "person:"  # how the key of a surname begins: it tells who speaks, and joins nobody


def name_keys(kind: str, name: str) -> set[str]:
    if kind == "person":
        return {f"{SURNAME}{names.skeleton(names.surname(name))}"}
    plain = names.body_name(name)
    body = names.body_key(plain)
    site = publication_key(name) if kind == "media" else None
    acronym = name if len(name) >= _ACRONYM and name.isalpha() and name.isupper() else None
    keys = {"name": plain, "body": body, "site": site, "acronym": acronym}
    return {f"{sort}:{key}" for sort, key in keys.items() if key}


def is_common_key(key: str) -> bool:
    """Whether a key of a body says what it is and not which, so that it means one within a story alone."""
    return is_common(key.partition(":")[2])


def short_keys(kind: str, name: str) -> set[str]:
    """The keys of what a body may be called for short: "Saints", "Odell Police" (of its department).

    That is what stands behind its place, or its name without the word that says what it is. What any body of its kind
    is called is no such name, nor is one that the lexicon knows ("Atlanta Fed"). It is also the name cut at "and",
    or before "of Harlow", and its initials; of a ship what stands behind its prefix; of a medium the initials with
    those of its article ("THR" of The Harlow Report).
    """
    if kind not in BODIES:
        return _initials_of_medium(name) if kind == _MEDIA else set()
    written = names.bare(name).split()
    cut = list(_cut(written))
    keys = {key for short in cut for key in name_keys(kind, short)}
    return keys.union(*(_initials(one) for one in (written, *map(str.split, cut)))) | _behind_place(written)


def _cut(written: Sequence[str]) -> Iterator[str]:
    """A name as the language model cuts it: "Academy of Arts" for "Academy of Arts and Letters", and the one without
    its place: "Elections Commission of Harlow".
    """
    for at, word in enumerate(written[:-1]):
        before, behind = written[:at], written[at + 1 :]
        is_cut = word in {"and", "&"} and _OF in before[:-1] and behind[0][:1].isupper()
        if is_cut or (word == _OF and len(before) > 1 and is_place(" ".join(behind))):
            yield " ".join(before)


def _initials_of_medium(name: str) -> set[str]:
    written = names.bare(name).split()
    letters = _initials(written) | _initials(["The", *written])
    return {key for key in letters if names.canonical(key.partition(":")[2]) is None}  # "SPD" is the party


def _initials(written: Sequence[str]) -> set[str]:
    capitals = "".join(word[0] for word in written if word[:1].isupper())
    return {f"acronym:{capitals}"} if len(capitals) >= _ACRONYM else set()


def _behind_place(written: Sequence[str]) -> set[str]:
    parts = [(" ".join(written[:-size]), " ".join(written[-size:])) for size in (1, 2) if len(written) > size]
    behind = [short for place, short in parts if _is_placed(place, short)]
    ship = [short for short in [" ".join(written[1:])] if written[0] in words("ship_prefixes") and not is_place(short)]
    return {f"name:{names.body_name(short)}" for short in (*behind, *ship, *_without_form(written))}


def _without_form(written: Sequence[str]) -> list[str]:
    """A name without the word that says what the body is, where names may lack it."""
    *before, last = written
    short = " ".join(before)
    is_dropped = len(before) > 1 and names.fold(last) in _dropped() and not is_common(names.body_name(short))
    return [short] if is_dropped and not is_place(short) and not names.canonical(f"the {short}") else []


@cache
def _dropped() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon("common_bodies") if row["dropped"])


def _is_placed(place: str, short: str) -> bool:
    """Whether a body may be called so without its place or country: "Surgeon General", "Navy" in its own story."""
    if names.country_of(place) is not None and not names.canonical(f"the {short}"):
        return short[:1].isupper()
    return is_place(place) and _is_name(place, short)


def _is_name(before: str, short: str) -> bool:
    """Whether a body may be called so beside its place; "Washington University" is what follows a given name."""
    is_person = names.is_given_name(before.lower()) and len(short.split()) > 1
    return not (is_person or is_common(names.body_name(short)) or names.canonical(f"the {short}"))


def keyed(kind: str, key: str) -> str:
    return f"known:{'person' if kind == 'person' else 'body'}:{names.normalise(key)}"


def decide(members: Iterable[Member]) -> Decision:
    """Cluster a set of members that is closed under keys, names and stories."""
    ordered = sorted(members, key=lambda member: member.entity_id)
    surnames = surnames_among(ordered)
    known = [replace(one, kind="person") if one.entity_id in surnames else one for one in ordered]
    named = {cluster[0]: cluster for cluster in decide_named([one for one in known if not is_short(one)])}
    person = {one: root for root, cluster in named.items() for one in cluster}
    full = [(one, person[one.entity_id]) for one in known if one.kind == "person" and one.is_full and not one.is_alone]
    return with_short_names(named, place((one for one in known if is_short(one)), full))


def with_short_names(named: Mapping[str, Sequence[str]], placed: Placed) -> Decision:
    """The clusters of those who are fully named, each with its person, and those placed among them.

    A person without a cluster is one of whom nobody else is looked at: it stands for itself.
    """
    meant = {*placed.joins.values(), *(person for some in placed.candidates.values() for person in some)}
    clusters = {person: [person] for person in meant}
    clusters |= {person: list(cluster) for person, cluster in named.items()}
    candidates = {one: [clusters[person][0] for person in some] for one, some in placed.candidates.items()}
    for one, person in placed.joins.items():
        clusters[person].append(one)
    return Decision(sorted(map(sorted, (*clusters.values(), *placed.lonely))), candidates)


def decide_named(members: Iterable[Member]) -> list[list[str]]:
    """Cluster a set of members that is closed under keys and names, none of them a person named by a short name.

    Each cluster is sorted. A body that is described by its name (see flows.resolve.called) is none of the groups of its
    story, but tells which of them a bare label may mean.
    """
    ordered = sorted(members, key=lambda member: member.entity_id)
    alone = [[member.entity_id] for member in ordered if member.is_alone and not member.label]
    labelled = {
        m.entity_id: Told(m.story or m.article_id, m.article_id, m.label, m.involved, m.kind)
        for m in ordered
        if m.label
    }
    nameless = {member.entity_id for member in ordered if member.is_alone}
    shared = [some for group in join(labelled) if (some := [one for one in group if one in nameless])]
    persons = [member for member in ordered if member.kind == "person" and not member.is_alone]
    bodies = [member for member in ordered if member.kind != "person" and not member.is_alone]
    return sorted(_with_copies(alone + shared, ordered) + _decide_bodies(bodies) + _decide_persons(persons))


def _with_copies(clusters: Sequence[list[str]], members: Iterable[Member]) -> list[list[str]]:
    """The clusters of those without a name; those are one of whom copied text tells (see flows.resolve.copied).

    Those that have labels only where all of these may be said of one group.
    """
    alone = {member.entity_id: member for member in members if member.is_alone}
    by_first = {cluster[0]: cluster for cluster in clusters}
    first_of = {one: first for first, cluster in by_first.items() for one in cluster}
    sharing: dict[str, list[str]] = defaultdict(list)
    for one, member in alone.items():
        for key in member.copied:
            sharing[key].append(first_of[one])
    links = [(one, other) for same in sharing.values() for one, other in combinations(same, 2)]
    labels = {first: {label for one in cluster if (label := alone[one].label)} for first, cluster in by_first.items()}
    free = [(one, other) for one, other in links if not labels[one] and not labels[other]]
    root = {first: part[0] for part in components(by_first, free) for first in part}
    found: list[list[str]] = []
    for linked in components(by_first, links):
        parts: dict[str, list[str]] = defaultdict(list)
        are_one = _may_be_one([labels[first] for first in linked])
        for first in linked:
            parts[linked[0] if are_one else root[first]] += by_first[first]
        found += map(sorted, parts.values())
    return found


def _may_be_one(labels: Iterable[Collection[Label]]) -> bool:
    """Whether what the members of several clusters are called may be said of one group."""
    of_label: dict[Label, set[int]] = defaultdict(set)
    for cluster, called in enumerate(labels):
        for label in called:
            of_label[label].add(cluster)
    if len({(label.head, label.is_plural) for label in of_label}) > 1 and len(set().union(*of_label.values())) > 1:
        return False
    return all(one.fits(two) or (a == b and len(a) == 1) for (one, a), (two, b) in combinations(of_label.items(), 2))


def surnames_among(members: Collection[Member]) -> set[str]:
    """The one-word organisations that are people: in their story stands a person of that surname."""
    one_word = [m for m in members if may_be_surname(m.kind, m.name, m.key) and m.is_named]
    sought = {names.surname(m.name) for m in one_word}
    found = {
        (surname, story)
        for m in members
        if m.kind == "person" and m.is_full and (surname := names.surname(m.name)) in sought
        for story in m.stories
        if story
    }
    return {m.entity_id for m in one_word if (names.surname(m.name), m.story) in found}


def rule(
    decision: Decision,
    members: Mapping[str, Member],
    rulings: Sequence[judged.Ruling],
    stands_for: pl.DataFrame,
    singly: Callable[[Collection[str]], Sequence[Member]],
) -> tuple[Decision, set[str]]:
    """The decision as people have it. Also returns the members that stand for others no more.

    A ruling speaks of single entities. `stands_for` has for each entity_id the member that stands for it (`by`), and
    `singly` gives entities as members of their own: wherever one of those for whom it stands is spoken of.
    """
    named = {one for ruling in rulings for one in ruling.left | ruling.right}
    spoken_of = column(stands_for.filter(pl.col("entity_id").is_in(sorted(named))), "by")
    apart = {one for one in decision.candidates if one in spoken_of}
    for cluster in decision.clusters:
        if not spoken_of.isdisjoint(cluster):
            apart.update(cluster)
    told_apart = stands_for.filter(pl.col("by").is_in(sorted(apart)))
    of: dict[str, list[str]] = defaultdict(list)
    for by, entity_id in told_apart.select("by", "entity_id").iter_rows():
        of[by].append(entity_id)
    clusters = [sorted(one for by in cluster for one in of.get(by, [by])) for cluster in decision.clusters]
    candidates = {one: roots for by, roots in decision.candidates.items() for one in of.get(by, [by])}
    known = {**members, **{member.entity_id: member for member in singly(column(told_apart, "entity_id"))}}
    return Decision(*judged.apply(sorted(clusters), candidates, known, rulings)), apart


def _decide_bodies(members: Sequence[Member]) -> list[list[str]]:
    """Organisations, governments, countries, media: by canonical name, else by any name they share.

    A name that two canonical ones share joins nobody across them. What is the short name of a body in its article
    ("the Forum", "ERU") joins others only where all bodies that are called so are one (see `_are_one`).
    """
    sets = UnionFind(member.entity_id for member in members)
    by_key: dict[str, list[Member]] = defaultdict(list)
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if member.key:
            by_key[keyed(member.kind, member.key)].append(member)
        for key in {key for name in (member.name, *member.names) for key in name_keys(member.kind, name)}:
            by_name[key].append(member)
    for group in by_key.values():
        _join(sets, group)
    called: list[list[Member]] = []
    for key, sharing in by_name.items():
        for group in _by_story(sharing) if is_common_key(key) else [sharing]:
            own, others = _parted(group, key)
            _join_unless_two(sets, own)
            if others and _are_one({names.body_name(member.name) for member in others}):
                called.append(group)
    for group in [*called, *_called_for_short(members, by_name)]:
        _join_unless_two(sets, group)
    return sets.groups()


def _called_for_short(members: Sequence[Member], by_name: Mapping[str, Sequence[Member]]) -> Iterator[list[Member]]:
    """Those whose whole name is short, with the only body of their stories for which it may stand (see `short_keys`).

    In what a body is called besides, the short name may go on ("Saints fans").
    """
    longer: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        for key in short_keys(member.kind, member.name):
            longer[key].append(member)
    for key, bodies in longer.items():
        sharing = [one for one in by_name.get(key, ()) if one.kind in BODIES or one.kind == _MEDIA]
        for named in _by_story(sharing) if is_common_key(key) else [sharing]:
            yield from _only_body(key, named, bodies)


def _only_body(key: str, named: Sequence[Member], bodies: Sequence[Member]) -> Iterator[list[Member]]:
    """Those of `named` whose whole name is the short one of `key`, with the only one of `bodies` of their stories."""
    own, others = _parted(named, key)
    stories = {story for one in own for story in one.stories if story is not None}
    meant = [one for one in bodies if not stories.isdisjoint(one.stories)]
    going_on = f"{key.partition(':')[2]} "
    called = {name for one in others if not (name := names.body_name(one.name)).startswith(going_on)}
    if meant and not any(one.key for one in own) and _are_one(called | {names.body_name(one.name) for one in meant}):
        yield [*own, *meant]


def _by_story(members: Sequence[Member]) -> list[list[Member]]:
    """Those of each story: what any body of its kind is called ("the Assembly") means one within its story alone."""
    found: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        for story in member.stories:
            if story is not None:
                found[story].append(member)
    return list(found.values())


def _parted(group: Sequence[Member], key: str) -> tuple[list[Member], list[Member]]:
    """Those of whom it is the whole name, and those who are called so beside it."""
    parted: tuple[list[Member], list[Member]] = ([], [])
    for member in group:
        parted[key not in name_keys(member.kind, member.name)].append(member)
    return parted


def _are_one(bodies: Collection[str]) -> bool:
    """Whether bodies that articles call by one short name are one by their whole names: the words of one are all in
    the other, or they are spelt alike.
    """
    return len(bodies) <= _MOST_SPELLINGS and all(
        names.organisation_similarity(one, other) >= names.COMPATIBLE or _is_within(one.split(), other.split())
        for one, other in combinations(sorted(bodies), 2)
    )


def _is_within(one: Sequence[str], other: Sequence[str]) -> bool:
    return min(len(one), len(other)) > 1 and (set(one) <= set(other) or set(other) <= set(one))


def _join_unless_two(sets: UnionFind, group: Sequence[Member]) -> None:
    """Make one of those who share a name; two that the lexicons know apart stay two, and so do all others."""
    known = {member.key for member in group if member.key}
    _join(sets, group if len(known) <= 1 else [member for member in group if not member.key])


def _join(sets: UnionFind, group: Sequence[Member]) -> None:
    sets.join([member.entity_id for member in group])


def _decide_persons(members: Sequence[Member]) -> list[list[str]]:
    """Persons whose full names agree, or whom the lexicon knows, are one."""
    sets = UnionFind(member.entity_id for member in members)
    blocks: dict[str, list[Member]] = defaultdict(list)
    by_key: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if member.is_full:
            for surname in blocks_of(member):
                blocks[surname].append(member)
        if member.key:
            by_key[member.key].append(member)
    for group in by_key.values():
        _join(sets, group)
    for _, block in sorted(blocks.items()):
        join_full_names(sets, block)
    return sets.groups()
