"""Clustering must not depend on the order in which members or links are given."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from flows.resolve.clusters import components, parts

NAMES = [f"m{i:02}" for i in range(12)]
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1])


def test_members_without_a_link_stand_alone() -> None:
    assert components(["c", "a", "b"], [("c", "a")]) == [["a", "c"], ["b"]]


@given(st.lists(pairs), st.randoms(use_true_random=False))
def test_components_are_a_function_of_the_links(links: list[tuple[str, str]], shuffle: random.Random) -> None:
    mixed = links[:]
    shuffle.shuffle(mixed)
    assert components(NAMES, mixed) == components(reversed(NAMES), links)


def test_a_group_that_is_too_large_is_cut_at_its_weakest_links() -> None:
    chain = {("a", "b"): 90, ("b", "c"): 50, ("c", "d"): 80, ("d", "e"): 60}
    assert parts("abcdef", chain, 3) == [["a", "b"], ["c", "d", "e"], ["f"]]
    assert parts("abcdef", chain, 5) == [["a", "b", "c", "d", "e"], ["f"]]


@given(st.dictionaries(pairs, st.integers(0, 9)), st.integers(1, 12), st.randoms(use_true_random=False))
def test_parts_are_a_function_of_the_links_and_no_larger_than_allowed(
    links: dict[tuple[str, str], int], most: int, shuffle: random.Random
) -> None:
    entries = list(links.items())
    shuffle.shuffle(entries)
    found = parts(reversed(NAMES), dict(entries), most)
    assert found == parts(NAMES, links, most)
    assert sorted(member for part in found for member in part) == NAMES
    assert max(map(len, found)) <= most
    if most == len(NAMES):
        assert found == components(NAMES, links)
