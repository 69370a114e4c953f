"""Which articles hang together, so that their stories are decided together: the closure that time bounds.

A dated article hangs together with every dated one that it is linked to: links across time are few. An article without
a date could link all times with one another; so it follows its strongest link alone, and two that are most like each
other follow the strongest link to a dated article that either of them has. The answer hangs on the set of links alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Final

from flows.resolve.clusters import components
from flows.resolve.state import State

LAYER: Final = "story"  # of keys "one|other|likeness", a row for each of the two
Link = tuple[str, str]  # two articles that may be of one story, the smaller id first


def key_of(one: str, other: str, likeness: int) -> str:
    """The key of a link."""
    return f"{one}|{other}|{likeness}"


class Graph:
    """The links of articles as far as they were asked for, each with its likeness.

    `days_of` gives the stated day of articles by id. Links to the articles `but` are as if they were not.
    """

    def __init__(
        self, state: State, days_of: Callable[[Collection[str]], dict[str, date | None]], but: Collection[str] = ()
    ) -> None:
        self._state = state
        self._days_of = days_of
        self._but = frozenset(but)
        self._links: dict[str, dict[str, int]] = {}
        self._days: dict[str, date | None] = {}

    def groups(self, articles: Iterable[str]) -> list[list[str]]:
        """All that hangs together with `articles`, in groups, each sorted."""
        found = fresh = set(articles)
        edges: set[Link] = set()
        while fresh:
            self._look_up(fresh)
            undated = {end for one in fresh for end in (one, *self._links[one]) if self._days[end] is None}
            self._look_up(undated)
            self._look_up(mate for one in undated if (mate := self._nearest(one)) is not None)
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
        return self._follows(one, other) or self._follows(other, one)

    def _follows(self, article: str, other: str) -> bool:
        """Whether an undated article hangs on another one."""
        if self._days[article] is not None:
            return False
        mate = self._nearest(article)
        if mate == other or mate is None or self._days[mate] is not None or self._nearest(mate) != article:
            return mate == other
        ways = [
            (-n, _link(end, far)) for end in (article, mate) for far, n in self._links[end].items() if self._days[far]
        ]
        return bool(ways) and min(ways)[1] == _link(article, other)

    def _nearest(self, article: str) -> str | None:
        """The article that this one is most like."""
        ways = [(-likeness, _link(article, other), other) for other, likeness in self._links[article].items()]
        return min(ways)[2] if ways else None

    def _look_up(self, articles: Iterable[str]) -> None:
        missing = set(articles) - self._links.keys()
        if not missing:
            return
        self._links |= {one: {} for one in missing}
        keys = self._state.rows("keys", "member_id", missing, layer=LAYER)
        for member, key in keys.select("member_id", "key").iter_rows():
            one, other, likeness = key.split("|")
            far = other if member == one else one
            if far not in self._but:
                self._links[member][far] = int(likeness)
        self._days |= self._days_of({end for one in missing for end in (one, *self._links[one])} - self._days.keys())


def _link(one: str, other: str) -> Link:
    return (one, other) if one < other else (other, one)
