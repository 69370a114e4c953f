"""Bodies that articles describe by the words of their name: "the Teso navy", which others call "Teso Navy".

An article that writes no capitals names nobody: its navy is a group without a name, and means the body of that name of
which its story tells, if there is one. The words are recorded in a layer of their own: whoever decides about a body
finds those who are described so, but nobody finds others by such words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from flows import names
from flows.resolve import groups
from flows.resolve.alike import is_common
from flows.resolve.clusters import put_keys, with_keys
from flows.resolve.members import BODIES, IS_ALONE, Member
from flows.resolve.state import State, column

LAYER: Final = "called"
_ACTOR, _NAME, _POLICE = "actor", "name:", "police"


def record(state: State, rows: pl.DataFrame) -> None:
    """Record those of `rows` of work.entities that are described by what may be a name."""
    article = dict(rows.filter(groups.IS_UNNAMED).select("entity_id", "article_id").iter_rows())
    called = groups.nominals(state, article)
    put_keys(
        state, LAYER, ((name, one, article[one]) for one, texts in called.items() for name in sorted(_names(texts)))
    )


def _names(texts: Collection[str]) -> set[str]:
    """The words that may be a body's name, as `names.body_name` gives them."""
    found = {names.body_name(text) for text in texts if (label := groups.nominal(text)) and _is_body(label)}
    return {name for name in found if " " in name and not is_common(name)}


def _is_body(label: groups.Label) -> bool:
    return label.is_joined and (not label.is_plural or label.head == _POLICE)


def bodies_of(state: State, described: Collection[str]) -> set[str]:
    """The named entities that are called as one of `described` is, in its story."""
    known = state.many("keys", _wanted("member_id", described), ["article_id"]).select("key", "article_id")
    story_of = state.many("articles", known.select("article_id").unique(), ["story_id"]).select(
        "article_id", "story_id"
    )
    told = known.join(story_of, on="article_id").select("key", "story_id").unique()
    articles = state.rows("articles", "story_id", column(told, "story_id"), ["story_id"]).select(
        "article_id", "story_id"
    )
    wanted = told.join(articles, on="story_id").select(key=_NAME + pl.col("key"), article_id="article_id")
    found = state.many("keys", wanted.unique().with_columns(layer=pl.lit(_ACTOR)), ())
    return column(found, "member_id")


def described_as(state: State, keys: pl.Series) -> set[str]:
    """The entities that are described by what a body is called that bears one of `keys`."""
    return column(
        with_keys(state, keys.filter(keys.str.starts_with(_NAME)).str.strip_prefix(_NAME), LAYER), "member_id"
    )


def meant(state: State, rows: pl.DataFrame) -> dict[str, str]:
    """The name of the body that each of those of `rows` means that are described by the name of one of their story.

    `rows` of work.entities have the `story` of their article.
    """
    bodies = rows.filter(~IS_ALONE & pl.col("kind").is_in(sorted(BODIES)) & pl.col("key").is_null())
    plain = {name: names.body_name(name) for name in bodies.get_column("name").unique()}
    named = {(story, plain[name]) for story, name in bodies.select("story", "name").iter_rows() if story is not None}
    story = dict(rows.filter(groups.IS_UNNAMED).select("entity_id", "story").iter_rows())
    keys = state.many("keys", _wanted("member_id", story), ()).select("member_id", "key").sort("member_id", "key")
    return {one: name for one, name in reversed(keys.rows()) if (story[one], name) in named}


def as_bodies(members: Mapping[str, Member], meant_by: Mapping[str, str]) -> dict[str, Member]:
    """The members, those who are described by a name as bodies of that name; they keep their label."""
    return {
        one: replace(member, name=name, names=(name,), kind="organisation", is_named=True)
        if (name := meant_by.get(one))
        else member
        for one, member in members.items()
    }


def _wanted(by: str, values: Collection[str]) -> pl.DataFrame:
    return pl.DataFrame({by: sorted(values)}, {by: pl.String()}).with_columns(layer=pl.lit(LAYER))
