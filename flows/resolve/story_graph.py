"""Which articles hang together, so that their stories are decided together: a closure that time bounds.

A dated article hangs together with every dated one that it is linked to: links across time are few. An article without
a date could link all times with one another. If the one that it is most like has a date, it goes with that one alone;
if that one has none either but leads to a dated one in this way, it goes with it; those that lead nowhere hang together
by all links among them, and as a whole with the one dated article that any of them is most like. So what has no date
never joins two groups that have one. The answer hangs on the set of links alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Final

import polars as pl

from flows.resolve.clusters import components
from flows.resolve.state import State

LAYER: Final = "story"  # of keys "one|other|likeness", a row for each of the two
Link = tuple[str, str]  # two articles that may be of one story, the smaller id first


def key_of(one: str, other: str, likeness: int) -> str:
    """The key of a link."""
    return f"{one}|{other}|{likeness}"


class Record:
    """All links on record, by article with the likeness of each, and the stated days of articles.

    They are read at once: chains of them are followed step by step. `days_of` gives the days of articles by id.
    """

    def __init__(self, state: State, days_of: Callable[[Collection[str]], dict[str, date | None]]) -> None:
        self.links: dict[str, dict[str, int]] = defaultdict(dict)
        told = state.links(LAYER).select("member_id", ends=pl.col("key").str.splitn("|", 3)).unnest("ends")
        far = pl.when(pl.col("field_0") == pl.col("member_id")).then("field_1").otherwise("field_0")
        for one, other, likeness in told.select("member_id", far, pl.col("field_2").cast(pl.Int64)).iter_rows():
            self.links[one][other] = likeness
        self._days_of = days_of
        self.days = days_of(self.links.keys())

    def learn(self, articles: Iterable[str]) -> None:
        """Have the days of articles that may have no link."""
        missing = set(articles) - self.days.keys()
        if missing:
            self.days |= self._days_of(missing)


class Graph:
    """The links of a record; those to the articles `but` are as if they were not."""

    def __init__(self, record: Record, but: Collection[str] = ()) -> None:
        self._record = record
        self._days = record.days
        self._but = frozenset(but)
        self._links: dict[str, dict[str, int]] = {}  # of the articles that were asked for
        self._leads: dict[str, bool] = {}  # of undated ones looked up: whether they lead to a dated one
        self._exits: dict[str, Link | None] = {}  # of those that lead nowhere: the link of all that hang together

    def groups(self, articles: Iterable[str]) -> list[list[str]]:
        """All that hangs together with `articles`, in groups, each sorted."""
        found = fresh = set(articles)
        edges: set[Link] = set()
        while fresh:
            self._look_up(fresh)
            self._settle(end for one in fresh for end in (one, *self._links[one]) if self._days[end] is None)
            near = {(one, other) for one in fresh for other in self._links[one] if self._holds(one, other)}
            edges |= near
            fresh = {other for _, other in near} - found
            found = found | fresh
        return components(found, edges)

    def members(self, articles: Iterable[str]) -> set[str]:
        """All that hangs together with `articles`."""
        return {one for group in self.groups(articles) for one in group}

    def undated_near(self, articles: Iterable[str]) -> set[str]:
        """The articles without a date that have a link to one of `articles`."""
        asked = set(articles)
        self._look_up(asked)
        return {end for one in asked for end in self._links[one] if self._days[end] is None}

    def links(self, articles: Collection[str]) -> dict[Link, int]:
        """The links of `articles` with their likeness."""
        self._look_up(articles)
        return {_link(one, other): likeness for one in articles for other, likeness in self._links[one].items()}

    def _holds(self, one: str, other: str) -> bool:
        """Whether a link keeps two articles together."""
        if self._days[one] is not None and self._days[other] is not None:
            return True
        if one in self._exits and other in self._exits:
            return True
        return self._follows(one, other) or self._follows(other, one)

    def _follows(self, article: str, other: str) -> bool:
        """Whether an undated article goes with another one."""
        if self._days[article] is not None:
            return False
        if article in self._exits:
            return self._exits[article] == _link(article, other)
        return self._nearest(article) == other

    def _nearest(self, article: str) -> str | None:
        """The article that this one is most like."""
        ways = [(-likeness, _link(article, other), other) for other, likeness in self._links[article].items()]
        return min(ways)[2] if ways else None

    def _settle(self, undated: Iterable[str]) -> None:
        """Find out where undated articles lead, and the exits of those that lead nowhere."""
        loose = fresh = self._nowhere(undated) - self._exits.keys()
        while fresh:
            ends = {end for one in fresh for end in self._links[one] if self._days[end] is None}
            fresh = self._nowhere(ends) - loose
            loose = loose | fresh
        inside = [(one, end) for one in loose for end in self._links[one] if end in loose]
        for group in components(loose, inside):
            ways = [
                (-likeness, _link(one, end))
                for one in group
                for end, likeness in self._links[one].items()
                if self._days[end] is not None
            ]
            self._exits |= dict.fromkeys(group, min(ways)[1] if ways else None)

    def _nowhere(self, undated: Iterable[str]) -> set[str]:
        """Those of `undated` from which no chain of strongest links leads to a dated article."""
        asked = set(undated)
        fresh = asked - self._leads.keys()
        chained: set[str] = set()
        while fresh:
            self._look_up(fresh)
            chained |= fresh
            ahead = {end for one in fresh if (end := self._nearest(one)) is not None and self._days[end] is None}
            fresh = ahead - chained - self._leads.keys()
        for one in sorted(chained):
            self._lead(one)
        return {one for one in asked if not self._leads[one]}

    def _lead(self, article: str) -> None:
        """Walk from an article along strongest links, all looked up, and note where it and those on the way lead."""
        path: dict[str, None] = {}
        here: str | None = article
        while here is not None and self._days[here] is None and here not in path and here not in self._leads:
            path[here] = None
            here = self._nearest(here)
        leads = here is not None and (self._days[here] is not None or self._leads.get(here, False))
        self._leads |= dict.fromkeys(path, leads)

    def _look_up(self, articles: Iterable[str]) -> None:
        missing = set(articles) - self._links.keys()
        self._record.learn(missing)
        for one in missing:
            near = {} if one in self._but else self._record.links.get(one, {})
            self._links[one] = {far: likeness for far, likeness in near.items() if far not in self._but}


def decided_with(graph: Graph, former: Graph, new: Collection[str], disturbed: Collection[str] = ()) -> list[list[str]]:
    """The groups of `graph` that `new` articles, which `former` lacks, may have changed.

    What an undated article went with before may be left alone now, and so on from there. `disturbed` are to be
    decided anew in any case.
    """
    there = set(new)
    seeds = there | set(disturbed) | graph.undated_near(there)
    while True:
        groups = graph.groups(seeds)
        found = {one for group in groups for one in group}
        more = found | former.members(found - there)
        if more == found:
            return groups
        seeds = more


def _link(one: str, other: str) -> Link:
    return (one, other) if one < other else (other, one)
