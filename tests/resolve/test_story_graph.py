"""Which articles are decided together with new ones: all whose groups change, and no more than time allows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resolve.story_graph import Graph, Record, decided_with, key_of

DAY = date(2019, 9, 14)
ALL = "abcdefghi"
MANY = settings(max_examples=1_000, deadline=None)
Links = dict[tuple[str, str], int]


class Stored:
    """Stands for the state: the keys of the links of those articles that are there."""

    def __init__(self, links: Links, dated: Collection[str], there: Collection[str]) -> None:
        self.pairs = {pair: n for pair, n in links.items() if set(pair) <= set(there)}
        self.dated = dated

    def links(self, layer: str) -> pl.DataFrame:
        assert layer == "story"
        found = [(one, key_of(*pair, n)) for pair, n in self.pairs.items() for one in pair]
        return pl.DataFrame(found, schema={"member_id": pl.String, "key": pl.String}, orient="row")

    def days(self, articles: Collection[str]) -> dict[str, date | None]:
        return {one: DAY if one in self.dated else None for one in articles}

    def graph(self, but: Collection[str] = ()) -> Graph:
        return Graph(Record(self, self.days), but)  # type: ignore[arg-type]


def groups(links: Links, dated: str, there: str) -> list[list[str]]:
    return Stored(links, dated, there).graph().groups(there)


def test_an_undated_article_joins_what_it_is_most_like_and_nothing_else() -> None:
    links = {("a", "u"): 5, ("b", "u"): 4}
    assert groups(links, "ab", "abu") == [["a", "u"], ["b"]]
    assert groups(links, "abu", "abu") == [["a", "b", "u"]]


def test_an_undated_article_goes_with_one_that_leads_to_a_date() -> None:
    links = {("u", "v"): 5, ("a", "v"): 9, ("b", "u"): 4}
    assert groups(links, "ab", "abuv") == [["a", "u", "v"], ["b"]]


def test_undated_articles_that_are_most_like_each_other_go_as_one_where_the_strongest_link_leads() -> None:
    links = {("u", "v"): 9, ("v", "w"): 6, ("a", "u"): 3, ("b", "w"): 4}
    assert groups(links, "ab", "abuvw") == [["a"], ["b", "u", "v", "w"]]
    assert groups(links, "", "uvw") == [["u", "v", "w"]]


def test_links_across_time_grow_no_chain_of_dated_groups() -> None:
    stories = [f"d{n}" for n in range(8)]
    links = {(story, f"u{n + step}"): 5 - step for n, story in enumerate(stories[:7]) for step in (0, 1)}
    there = [*stories, *(f"u{n}" for n in range(8))]
    found = Stored(links, stories, there).graph().groups(["d0"])
    assert sum(group.count(story) for group in found for story in stories) == 1


@st.composite
def collections(draw: st.DrawFn) -> tuple[Links, str, str]:
    pairs = [(one, other) for one in ALL for other in ALL if one < other]
    links = draw(st.dictionaries(st.sampled_from(pairs), st.integers(1, 4), min_size=4, max_size=18))
    dated = "".join(draw(st.sets(st.sampled_from(ALL), max_size=4)))
    new = "".join(sorted(draw(st.sets(st.sampled_from(ALL), min_size=1, max_size=3))))
    return links, dated, new


def left_of(names: str) -> str:
    return "".join(one for one in ALL if one not in names)


@MANY
@given(collections())
def test_whatever_group_new_articles_change_is_decided_with_them(drawn: tuple[Links, str, str]) -> None:
    links, dated, new = drawn
    whole, before = groups(links, dated, ALL), groups(links, dated, left_of(new))
    stored = Stored(links, dated, ALL)
    decided = decided_with(stored.graph(), stored.graph(but=new), new)
    assert [group for group in whole if group not in before and group not in decided] == []
    assert [group for group in decided if group not in whole] == []


@MANY
@given(collections())
def test_whatever_group_a_vanished_article_leaves_is_decided_anew(drawn: tuple[Links, str, str]) -> None:
    links, dated, gone = drawn
    stored = Stored(links, dated, ALL)
    together = decided_with(stored.graph(), stored.graph(but=gone), gone)
    disturbed = {one for group in together for one in group} - set(gone)
    decided = Stored(links, dated, left_of(gone)).graph().groups(disturbed)
    whole, before = groups(links, dated, left_of(gone)), groups(links, dated, ALL)
    assert [group for group in whole if group not in before and group not in decided] == []


def test_a_loose_pair_that_is_torn_apart_leaves_its_story_alone() -> None:
    links = {("a", "e"): 3, ("b", "c"): 1, ("b", "d"): 1, ("b", "e"): 4, ("c", "f"): 4, ("e", "f"): 1}
    stored = Stored(links, "adf", "abcdef")
    decided = decided_with(stored.graph(), stored.graph(but="ef"), "ef")
    assert ["d"] in decided
