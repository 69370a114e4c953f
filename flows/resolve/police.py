"""Police whom an article doesn't name ("police said") are those whom the other articles of its story name.

Only where all that is named there as police is one body, enough of its articles do so, and as good as nothing tells of
others: beside "Lund police" the Odell Police Department leaves open who "police" are. Who is meant hangs on the story
alone; whoever it turns out to be one with, they go along (see `following`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Final

import polars as pl

from flows import names
from flows.plurals import singular
from flows.resolve import groups
from flows.resolve.alike import is_common
from flows.resolve.grouping import PREVAILING
from flows.resolve.members import BODIES, IS_ALONE, Member
from flows.resolve.state import State, column
from flows.resources import words
from flows.sorts import sorts_by_head

_SORT: Final = "POLICE"
_FORCE: Final = re.compile(r"(.* )?police(?: (?:department|dept|force|service|bureau))?")
_SECTOR: Final = "COP"
_LETTERS: Final = re.compile(r"[A-Z]{1,3}PD")  # of a police department
_KINDS: Final = sorted(BODIES)

Named = tuple[str, str | None]  # the name of a body, and its key where the lexicon has it


def is_police(name: str) -> bool:
    """Whether a body of the name is the police of a place: not "State Police", who may be anybody's, nor the riot's."""
    known = names.canonical(name)
    if known is not None and (known.sector != _SECTOR or _LETTERS.fullmatch(known.name)):
        return known.sector == _SECTOR
    force = _FORCE.fullmatch(names.body_name(name))
    return force is not None and not is_common(force.group()) and words("police_sorts").isdisjoint(_whose(name).split())


def _whose(name: str) -> str:
    """What a name of police says of whose they are: "harlow" of "Harlow Police Department"."""
    force = _FORCE.fullmatch(names.body_name(name))
    return (force.group(1) or "").strip() if force is not None else names.body_name(name)


def of_stories(state: State, stories: Collection[str]) -> set[str]:
    """The entities that stand for police by a name, in the articles of `stories`."""
    articles = column(state.rows("articles", "story_id", stories, ["story_id"]), "article_id")
    return column(_forces(state.rows("entities", "article_id", articles, groups.UNNAMED_BY)), "entity_id")


def following(state: State, rows: pl.DataFrame) -> set[str]:
    """The entities without a name that were one with police who are among `rows` of work.entities, in any story."""
    actors = _forces(rows).select("actor_id").drop_nulls().unique()
    return column(state.many("entities", actors, groups.UNNAMED_BY).filter(groups.IS_UNNAMED), "entity_id")


def still_meant(following: pl.DataFrame, rows: pl.DataFrame) -> dict[str, Named]:
    """Whom those mean who were one with police, in stories that nothing touches: the force that they were one with.

    `following` and `rows` of work.entities, where the forces are, have the `story` of their article.
    """
    forces = _forces(rows).select("actor_id", "story", force="name", known="key").sort("force", "known")
    found = following.join(forces, on=["actor_id", "story"], maintain_order="left_right").unique(
        "entity_id", keep="first", maintain_order=True
    )
    return {one: (name, key) for one, name, key in found.select("entity_id", "force", "known").iter_rows()}


def meant(state: State, rows: pl.DataFrame) -> dict[str, Named]:
    """Whom those of `rows` mean who are called police and no more, where their story names them.

    `rows` of work.entities have the `story` of their article.
    """
    named: dict[str, dict[Named, set[str]]] = defaultdict(lambda: defaultdict(set))
    for story, name, key, article in _forces(rows).select("story", "name", "key", "article_id").iter_rows():
        named[story][name, key].add(article)
    told = rows.filter(groups.IS_UNNAMED & pl.col("story").is_in(sorted(story for story in named if story)))
    texts = groups.nominals(state, column(told, "entity_id"))
    called: dict[str, dict[str, str | None]] = defaultdict(dict)
    saying: dict[str, set[str]] = defaultdict(set)
    others: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one, story, article in told.select("entity_id", "story", "article_id").iter_rows():
        labels = _police(texts.get(one, ()))
        known = {known.name for text in texts.get(one, ()) if (known := names.canonical(text))}
        if labels and (known or all(label.is_bare for label in labels)):
            called[story][one] = min(known, default=None)
            saying[story].add(article)
        elif not known:
            for word in {word for label in labels for word in label.modifiers}:
                others[story][word].add(article)
    force = {story: _only_one(named[story], saying[story], others[story]) for story in called}
    return {
        one: body
        for story, some in called.items()
        if (body := force[story]) is not None
        for one, key in some.items()
        if key in {None, body[1]}
    }


def as_named(members: Mapping[str, Member], meant_by: Mapping[str, Named]) -> dict[str, Member]:
    """The members, those who mean police that their story names as such."""
    named = {one: members[one] for one in meant_by if one in members}
    return {**members, **{one: _as(member, *meant_by[one]) for one, member in named.items()}}


def _as(member: Member, name: str, key: str | None) -> Member:
    return replace(member, name=name, names=(name,), kind="organisation", key=key, is_named=True)


def _forces(rows: pl.DataFrame) -> pl.DataFrame:
    bodies = rows.filter(~IS_ALONE & pl.col("kind").is_in(_KINDS))
    police = [name for name in bodies.get_column("name").unique() if is_police(name)]
    return bodies.filter(pl.col("name").is_in(police))


def _police(texts: Sequence[str]) -> list[groups.Label]:
    """What an entity is called, where all of it says that they are police; else nothing."""
    labels = [label for text in texts if (label := groups.nominal(text))]
    return labels if labels and all(_SORT in _sorts(label.head) for label in labels) else []


def _sorts(head: str) -> Iterator[str]:
    return (sort for sort, before in sorts_by_head().get(head, ()) if not before)


def _only_one(
    bodies: Mapping[Named, Collection[str]], saying: Collection[str], others: Mapping[str, Collection[str]]
) -> Named | None:
    """The one body that a story names, each with the articles that do, unless too many tell of others by a word.

    One that few of those `saying` "police" name may be named in passing.
    """
    keys = {key for _, key in bodies}
    called = {_whose(name) for name, _ in bodies}
    if len(keys) > 1 or (None in keys and len(called) > 1):
        return None
    own = {singular(word) for name in called for word in name.split()}
    strange = [len(articles) for word, articles in others.items() if word not in own]
    n_naming = len(set().union(*bodies.values()))
    prevails = n_naming * PREVAILING >= len(saying) and n_naming >= PREVAILING * max(strange, default=0)
    return min(bodies, key=itemgetter(0)) if prevails else None
