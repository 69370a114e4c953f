"""Stories: articles on one happening in one stretch of time.

Articles that share heavy terms or a passage are compared by the cosine of their terms, and count as more alike when
they share a passage; average linkage cuts two quakes or two trials apart that a single resemblance would chain.
Only dates that articles state themselves count: a date that was inferred from a story must not change stories.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from flows.ids import make_id
from flows.resolve.clusters import average_linkage, closure, components, parts, put_keys
from flows.resolve.state import State, column, frame_of
from flows.resolve.terms import UNIT, term_weights, top_terms

LAYER: Final = "story"
TERM_LAYER: Final = "story_term"
LIKENESS: Final = round(0.25 * UNIT * UNIT)  # the mean likeness that holds a story together
PASSAGE: Final = round(0.2 * UNIT * UNIT)  # how much more alike two articles are that share a passage
STATED: Final = ("published_on", "published_basis")
SHARED_TERMS: Final = 2  # heavy terms that two articles must share to be compared
SHARED_APART: Final = 3  # the same, for articles further apart than MOST_DAYS
MOST_ARTICLES: Final = 400  # of a group that is compared as a whole; a larger one is cut first
MOST_DAYS: Final = 21  # articles further apart must be more alike to be of one story, by APART
APART: Final = round(0.15 * UNIT * UNIT)
_BLOCK: Final = 4096


def assign_stories(state: State, new: Collection[str], disturbed: Collection[str]) -> dict[str, str | None]:
    """Set `story_id` of every article that `new` ones may concern; returns the former ids of those looked at."""
    _index(state, new)
    _link(state, new)
    touched = closure(state, LAYER, {*new, *disturbed})
    articles = state.rows("articles", "article_id", touched, ["story_id", *STATED])
    before: dict[str, str | None] = dict(articles.select("article_id", "story_id").iter_rows())
    ids: dict[str, str] = {}
    for members in _cluster(state, articles):
        ids.update(dict.fromkeys(members, make_id("story", members[0])))
    moved = state.rows("articles", "article_id", {one for one, story_id in before.items() if ids[one] != story_id})
    state.put("articles", moved.with_columns(story_id=pl.col("article_id").replace_strict(ids, default=None)))
    return before


def _index(state: State, new: Collection[str]) -> None:
    """Record the terms of new articles, the heaviest as keys."""
    rows: list[dict[str, object]] = []
    keys: list[tuple[str, str, str]] = []
    for article_id, title, text in (
        state.rows("articles", "article_id", new).select("article_id", "title", "text").iter_rows()
    ):
        weights = term_weights(text, title)
        rows += ({"article_id": article_id, "term": term, "weight": weight} for term, weight in weights.items())
        keys += ((f"term:{term}", article_id, article_id) for term in top_terms(weights))
    state.put("article_terms", frame_of("article_terms", rows))
    put_keys(state, TERM_LAYER, keys)


def _link(state: State, new: Collection[str]) -> None:
    """Record a key for each pair of a new article and another that may be of one story."""
    own = state.rows("keys", "member_id", new, layer=TERM_LAYER)
    near = state.rows("keys", "key", column(own, "key"), layer=TERM_LAYER)
    by_passage = _sharing(state, new)
    both = {*column(near, "member_id"), *column(by_passage, "one"), *column(by_passage, "other")}
    days = _days(state.rows("articles", "article_id", both, STATED))
    day = pl.DataFrame(list(days.items()), schema={"other": pl.String, "day": pl.Date}, orient="row")
    far = ((pl.col("day") - pl.col("day_of_one")).abs() > pl.duration(days=MOST_DAYS)).fill_null(False)
    by_terms = (
        own.select("key", one="member_id")
        .join(near.select("key", other="member_id"), on="key")
        .filter(pl.col("one") != pl.col("other"))
        .group_by("one", "other")
        .len()
        .filter(pl.col("len") >= SHARED_TERMS)
        .join(day, on="other")
        .join(day.select(one="other", day_of_one="day"), on="one")
        .filter(~far | (pl.col("len") >= SHARED_APART))
        .select(one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other"))
    )
    pairs = pl.concat([by_terms, by_passage]).unique()
    if pairs.is_empty():
        return
    alike = (
        likenesses(state, pairs)
        .join(by_passage.with_columns(bonus=PASSAGE), on=["one", "other"], how="left")
        .filter(pl.col("likeness") + pl.col("bonus").fill_null(0) >= LIKENESS)
        .sort("one", "other")
    )
    links = [
        (one, other)
        for one, other, likeness in alike.select(
            "one", "other", pl.col("likeness") + pl.col("bonus").fill_null(0)
        ).iter_rows()
        if likeness - _apart(days[one], days[other]) >= LIKENESS
    ]
    put_keys(state, LAYER, ((f"{one}|{other}", member, member) for one, other in links for member in (one, other)))


def likenesses(state: State, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs (one, other) that have terms in common, with the likeness of their terms in UNIT²."""
    terms = state.rows("article_terms", "article_id", {*column(pairs, "one"), *column(pairs, "other")})
    weight = pl.col("weight").cast(pl.Int64)
    return (
        pairs.join(terms.select("term", one="article_id", first=weight), on="one")
        .join(terms.select("term", other="article_id", second=weight), on=["other", "term"])
        .group_by("one", "other")
        .agg(likeness=(pl.col("first") * pl.col("second")).sum())
    )


def _sharing(state: State, articles: Collection[str]) -> pl.DataFrame:
    """Pairs (one, other; the smaller first) of one of `articles` and another that share a passage."""
    passages = state.rows("passages", "article_id", articles)
    return passages.select(
        one=pl.min_horizontal("article_id", "other_article_id"),
        other=pl.max_horizontal("article_id", "other_article_id"),
    ).unique()


def _days(articles: pl.DataFrame) -> dict[str, date | None]:
    """The publication date of each article, where the article states it itself."""
    stated = articles.with_columns(
        published_on=pl.when(pl.col("published_basis") != "story").then(pl.col("published_on"))
    )
    return dict(stated.select("article_id", "published_on").iter_rows())


def _apart(one: date | None, other: date | None) -> int:
    """What the days between two articles take from their likeness, in UNIT²."""
    return 0 if one is None or other is None or abs((one - other).days) <= MOST_DAYS else APART


def _cluster(state: State, articles: pl.DataFrame) -> list[list[str]]:
    """The stories among `articles`, which are closed under links; each sorted."""
    members = articles.get_column("article_id").to_list()
    keys = state.rows("keys", "member_id", members, layer=LAYER)
    links = keys.select(pl.col("key").unique().sort().str.split("|"))
    pairs = links.select(one=pl.col("key").list[0], other=pl.col("key").list[1])
    days = _days(articles)
    stories: list[list[str]] = []
    for group in components(members, pairs.iter_rows()):
        for part in [group] if len(group) <= MOST_ARTICLES else _parts(state, group, pairs, days):
            stories += [part] if len(part) == 1 else average_linkage(part, _likenesses(state, part, days), LIKENESS)
    return stories


def _parts(state: State, group: list[str], pairs: pl.DataFrame, days: Mapping[str, date | None]) -> list[list[str]]:
    """A group that is too large to compare everybody with everybody, cut at its weaker links."""
    own = pairs.filter(pl.col("one").is_in(group))
    sharing = set(_sharing(state, group).rows())
    found = {
        (one, other): likeness + (PASSAGE if (one, other) in sharing else 0) - _apart(days[one], days[other])
        for one, other, likeness in likenesses(state, own).iter_rows()
    }
    return parts(group, found, MOST_ARTICLES)


def _likenesses(state: State, group: list[str], days: Mapping[str, date | None]) -> dict[tuple[str, str], int]:
    """The likeness of every pair of `group`, in UNIT²."""
    terms = state.rows("article_terms", "article_id", group)
    terms = terms.filter(pl.col("term").is_duplicated())  # what one article alone has makes nobody alike
    place = {article_id: i for i, article_id in enumerate(group)}
    vocabulary = {term: i for i, term in enumerate(terms.get_column("term").unique().sort())}
    row = np.array([place[article_id] for article_id in terms.get_column("article_id")])
    col = np.array([vocabulary[term] for term in terms.get_column("term")])
    weight = terms.get_column("weight").to_numpy().astype(np.float64)
    dots = np.zeros((len(group), len(group)))
    for start in range(0, len(vocabulary), _BLOCK):
        here = (col >= start) & (col < start + _BLOCK)
        block = np.zeros((len(group), _BLOCK))
        block[row[here], col[here] - start] = weight[here]
        # Whole numbers below 2^53: the product is exact, so the order of summation doesn't matter.
        dots += block @ block.T
    sharing = set(_sharing(state, group).rows())
    return {
        (one, other): int(dots[place[one], place[other]])
        + (PASSAGE if (one, other) in sharing else 0)
        - _apart(days[one], days[other])
        for i, one in enumerate(group)
        for other in group[i + 1 :]
    }
