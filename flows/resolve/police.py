"""Police whom an article doesn't name ("police said") are those whom the other articles of its story name.

Only where all that is named there as police is one body, and as good as nothing tells of others: beside "Lund police"
the Odell Police Department leaves open who "police" are. Who is meant hangs on the story alone; whoever it turns out
to be one with, they go along (see `following`).
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
from flows.resolve import groups
from flows.resolve.alike import is_common
from flows.resolve.deciding import are_one
from flows.resolve.grouping import PREVAILING
from flows.resolve.members import BODIES, IS_ALONE, Member
from flows.resolve.state import State, column
from flows.sorts import sorts_by_head

_SORT: Final = "POLICE"
_FORCE: Final = re.compile(r"(?:.* )?police(?: (?:department|dept|force|service|bureau))?")
_LETTERS: Final = re.compile(r"[A-Z]{1,3}PD")  # of a police department
_KINDS: Final = sorted(BODIES)

Named = tuple[str, str | None]  # the name of a body, and its key where the lexicon has it


def is_police(name: str) -> bool:
    """Whether a body of the name is the police of a place; "State Police" may be anybody's."""
    plain = names.body_name(name)
    return _LETTERS.fullmatch(name) is not None or (_FORCE.fullmatch(plain) is not None and not is_common(plain))


def of_stories(state: State, stories: Collection[str]) -> set[str]:
    """The entities that stand for police by a name, in the articles of `stories`."""
    articles = column(state.rows("articles", "story_id", stories, ["story_id"]), "article_id")
    return column(_forces(state.rows("entities", "article_id", articles, groups.UNNAMED_BY)), "entity_id")


def following(state: State, rows: pl.DataFrame) -> set[str]:
    """The entities without a name that were one with police who are among `rows` of work.entities, in any story."""
    actors = _forces(rows).select("actor_id").drop_nulls().unique()
    return column(state.many("entities", actors, groups.UNNAMED_BY).filter(groups.IS_UNNAMED), "entity_id")


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
    others: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one, story, article in told.select("entity_id", "story", "article_id").iter_rows():
        labels = _police(texts.get(one, ()))
        known = {known.name for text in texts.get(one, ()) if (known := names.canonical(text))}
        if labels and (known or all(label.is_bare for label in labels)):
            called[story][one] = min(known, default=None)
        elif not known:
            for word in {word for label in labels for word in label.modifiers}:
                others[story][word].add(article)
    force = {story: _only_one(named[story], others[story]) for story in called}
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


def _only_one(bodies: Mapping[Named, Collection[str]], others: Mapping[str, Collection[str]]) -> Named | None:
    """The one body that a story names, each with the articles that do, unless too many tell of others by a word."""
    keys = {key for _, key in bodies}
    called = {names.body_name(name) for name, _ in bodies}
    if len(keys) > 1 or (None in keys and not are_one(called)):
        return None
    words = {groups.singular(word) for name in called for word in name.split()}
    strange = [len(articles) for word, articles in others.items() if word not in words]
    n_naming = len(set().union(*bodies.values()))
    return min(bodies, key=itemgetter(0)) if n_naming >= PREVAILING * max(strange, default=0) else None
