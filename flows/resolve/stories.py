"""Stories: articles on one happening in one stretch of time.

Articles that share heavy terms or a passage are compared by the cosine of their terms, and count as more alike when
they share a passage; average linkage cuts two quakes or two trials apart that a single resemblance would chain, and
leaves them apart where the reports of each are much more alike than those of both.
Only dates that articles state themselves count: a date that was inferred from a story must not change stories. What
hangs together with a new article, and is decided anew with it, is the matter of story_graph.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

from flows.ids import make_id
from flows.resolve.clusters import numbered, parts, put_keys
from flows.resolve.linkage import Apart, average_linkage
from flows.resolve.state import State, column, frame_of
from flows.resolve.story_graph import LAYER, Graph, Link, Record, decided_with, key_of
from flows.resolve.terms import UNIT, term_weights, top_terms
from flows.resolve.vectors import Vectors

LIKENESS: Final = round(0.25 * UNIT * UNIT)  # the mean likeness that holds a story together
TWO: Final = Apart(least=6, part=0.73, most=round(0.6 * UNIT * UNIT))  # two happenings alike, each told by many
PASSAGE: Final = round(0.2 * UNIT * UNIT)  # how much more alike two articles are that share a passage
STATED: Final = ("published_on", "published_basis")
SHARED: Final = round(0.1 * UNIT * UNIT)  # how alike the heaviest terms of two articles must be to compare the rest
SHARED_APART: Final = round(0.2 * UNIT * UNIT)  # the same, for articles further apart than MOST_DAYS
SHARED_FAR: Final = round(0.3 * UNIT * UNIT)  # the same, for articles further apart than FAR_DAYS: copies
MOST_ARTICLES: Final = 400  # of a group that is compared as a whole; a larger one is cut first
MOST_DAYS: Final = 21  # articles further apart must be more alike to be of one story, by APART
APART: Final = round(0.15 * UNIT * UNIT)
FAR_DAYS: Final = 60  # articles further apart tell of one happening only where one copies the other
FAR: Final = round(0.25 * UNIT * UNIT)  # how much more alike copies are; a passage counts nothing then


def assign_stories(state: State, new: Collection[str], disturbed: Collection[str]) -> dict[str, str | None]:
    """Set `story_id` of every article that `new` ones may concern; returns the former ids of those looked at."""
    _index(state, new)
    _link(state, new)
    record = _record(state)
    graph = Graph(record)
    groups = decided_with(graph, Graph(record, but=new), new, disturbed)
    members = [one for group in groups for one in group]
    articles = state.rows("articles", "article_id", members, ["story_id", *STATED])
    before: dict[str, str | None] = dict(articles.select("article_id", "story_id").iter_rows())
    ids: dict[str, str] = {}
    for story in _cluster(state, groups, graph.links(members), _days(articles)):
        ids.update(dict.fromkeys(story, make_id("story", story[0])))
    moved = state.rows("articles", "article_id", {one for one, story_id in before.items() if ids[one] != story_id})
    state.put("articles", moved.with_columns(story_id=pl.col("article_id").replace_strict(ids, default=None)))
    return before


def hang_together(state: State, articles: Collection[str]) -> set[str]:
    """All articles whose story may hang on these ones, which are on record; `articles` included."""
    record = _record(state)
    groups = decided_with(Graph(record), Graph(record, but=articles), articles)
    return {one for group in groups for one in group}


def _record(state: State) -> Record:
    return Record(state, lambda ids: _days(state.rows("articles", "article_id", ids, STATED)))


def _index(state: State, new: Collection[str]) -> None:
    """Record the terms of new articles, the heaviest once more, by which others find them."""
    rows: list[dict[str, object]] = []
    heavy: list[dict[str, object]] = []
    articles = state.rows("articles", "article_id", new)
    days = _days(articles)
    for article_id, title, text in articles.select("article_id", "title", "text").iter_rows():
        weights = term_weights(text, title)
        own = ((numbered(term), weight) for term, weight in weights.items())
        rows += ({"article_id": article_id, "term": term, "weight": weight} for term, weight in own)
        known = {"article_id": article_id, "published_on": days[article_id]}
        heavy += ({**known, "term": term, "weight": weights[term]} for term in top_terms(weights))
    state.put("article_terms", frame_of("article_terms", rows))
    state.put("heavy_terms", frame_of("heavy_terms", heavy))


def _link(state: State, new: Collection[str]) -> None:
    """Record a key for each pair of a new article and another that may be of one story."""
    pairs = pl.concat([_found(state, new), _sharing(state, new)]).unique()
    if pairs.is_empty():
        return
    days = _days(state.rows("articles", "article_id", {*column(pairs, "one"), *column(pairs, "other")}, STATED))
    alike = _alike(state, pairs, days)
    links = [(*pair, likeness) for pair, likeness in sorted(alike.items()) if likeness >= LIKENESS]
    put_keys(state, LAYER, ((key_of(*link), member, member) for link in links for member in link[:2]))


def _found(state: State, new: Collection[str]) -> pl.DataFrame:
    """Pairs (one, other; the smaller first) of a new article and another whose heaviest terms make them alike."""
    told = {"article_id": "one", "weight": "first", "published_on": "day"}
    own = state.rows("heavy_terms", "article_id", new).rename(told)
    near = state.many("heavy_terms", own.select("term").unique(), ["weight", "published_on"])
    gap = (pl.col("day") - pl.col("published_on")).abs()
    least = (
        pl.when(gap > pl.duration(days=FAR_DAYS))
        .then(SHARED_FAR)
        .when(gap > pl.duration(days=MOST_DAYS))
        .then(SHARED_APART)
        .otherwise(SHARED)
    )
    both = pl.col("first").cast(pl.Int64) * pl.col("weight")
    return (
        own.join(near.rename({"article_id": "other"}), on="term")
        .filter(pl.col("one") != pl.col("other"))
        .group_by("one", "other", "day", "published_on")
        .agg(shared=both.sum())
        .filter(pl.col("shared") >= least)
        .select(one=pl.min_horizontal("one", "other"), other=pl.max_horizontal("one", "other"))
    )


def likenesses(state: State, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs (one, other) with the likeness of their terms in UNIT²."""
    both = {*column(pairs, "one"), *column(pairs, "other")}
    alike = _vectors(state, both).of_pairs(pairs.select("one", "other").sort("one", "other").rows())
    return pl.DataFrame(alike, {"one": pl.String, "other": pl.String, "likeness": pl.Int64}, orient="row")


def _vectors(state: State, articles: Collection[str]) -> Vectors:
    """The terms of articles; read anew each time."""
    wanted = pl.DataFrame({"article_id": sorted(articles)}, {"article_id": pl.String})
    return Vectors(state.many("article_terms", wanted, ["weight"]))


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


def _beyond_terms(is_shared: bool, one: date | None, other: date | None) -> int:
    """What a shared passage adds to the likeness of two articles, and the days between them take from it, in UNIT²."""
    gap = 0 if one is None or other is None else abs((one - other).days)
    if gap > FAR_DAYS:
        return -FAR
    return (PASSAGE if is_shared else 0) - (APART if gap > MOST_DAYS else 0)


def _cluster(
    state: State, groups: Sequence[list[str]], links: Mapping[Link, int], days: Mapping[str, date | None]
) -> list[list[str]]:
    """The stories among groups of articles that hang together; each sorted."""
    several = {one for group in groups for one in group if len(group) > 1}
    vectors, sharing = _vectors(state, several), set(_sharing(state, several).rows())
    stories: list[list[str]] = []
    for group in groups:
        for part in [group] if len(group) <= MOST_ARTICLES else _parts(group, links):
            likeness = _likenesses(part, vectors, sharing, days) if len(part) > 1 else {}
            stories += average_linkage(part, likeness, LIKENESS, TWO)
    return stories


def _parts(group: list[str], links: Mapping[Link, int]) -> list[list[str]]:
    """A group that is too large to compare everybody with everybody, cut at its weaker links."""
    members = set(group)
    inside = {(one, other): n for (one, other), n in links.items() if one in members and other in members}
    return parts(group, inside, MOST_ARTICLES)


def _alike(state: State, pairs: pl.DataFrame, days: Mapping[str, date | None]) -> dict[Link, int]:
    """How alike the articles of `pairs` (one, other; the smaller first) are, in UNIT²: by terms, passages and days."""
    sharing = set(_sharing(state, {*column(pairs, "one"), *column(pairs, "other")}).iter_rows())
    return {
        (one, other): likeness + _beyond_terms((one, other) in sharing, days[one], days[other])
        for one, other, likeness in likenesses(state, pairs).iter_rows()
    }


def _likenesses(
    group: Sequence[str], vectors: Vectors, sharing: Collection[Link], days: Mapping[str, date | None]
) -> dict[Link, int]:
    """The likeness of every pair of `group`, which is sorted, in UNIT²."""
    dots = vectors.dots(group)
    return {
        (one, other): int(dots[i, j]) + _beyond_terms((one, other) in sharing, days[one], days[other])
        for i, one in enumerate(group)
        for j, other in enumerate(group[i + 1 :], i + 1)
    }
