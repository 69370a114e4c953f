"""Groups that hold together much better than with each other stay two, whatever the order."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.resolve.linkage import Apart, average_linkage

TWO = Apart(least=3, part=0.7, most=60)
NAMES = [f"m{i:02}" for i in range(12)]


def n_groups(size: int, own: int, across: int, apart: Apart | None = TWO) -> int:
    """The number of clusters of two groups of `size`, at a threshold of 25."""
    names = [f"{group}{i}" for group in "ab" for i in range(size)]
    likeness = {(one, other): own if one[0] == other[0] else across for one in names for other in names if one < other}
    return len(average_linkage(names, likeness, 25, apart))


def test_a_chain_of_likenesses_does_not_join_its_ends() -> None:
    likeness = {("a", "b"): 90, ("b", "c"): 50, ("c", "d"): 90, ("a", "c"): 0, ("a", "d"): 0, ("b", "d"): 0}
    assert average_linkage(["a", "b", "c", "d"], likeness, 40) == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize(("own", "across", "groups"), [(50, 34, 2), (50, 36, 1), (40, 29, 1), (95, 45, 1), (95, 40, 2)])
def test_two_groups_that_hold_together_better_stay_two(own: int, across: int, groups: int) -> None:
    assert n_groups(3, own, across, None) == 1
    assert n_groups(3, own, across) == groups


def test_few_members_are_no_group_of_their_own() -> None:
    assert n_groups(2, 50, 30) == 1


def test_a_group_that_grows_towards_another_joins_it() -> None:
    one, other, between = ("a1", "a2", "a3"), ("b1", "b2", "b3"), "c"
    likeness = {(x, y): 50 for names in (one, other) for x in names for y in names if x < y}
    likeness |= {(x, y): 34 for x in one for y in other}
    assert len(average_linkage([*one, *other], likeness, 25, TWO)) == 2
    likeness |= {(x, between): 49 for x in (*one, *other)}
    assert len(average_linkage([*one, *other, between], likeness, 25, TWO)) == 1


@given(st.lists(st.integers(0, 30), min_size=66, max_size=66), st.randoms(use_true_random=False))
def test_linkage_with_groups_apart_is_a_function_of_the_set(drawn: list[int], shuffle: random.Random) -> None:
    """Two dense groups of six, which `TWO` keeps apart about every other time."""
    pairs = list(combinations(NAMES, 2))
    bases = (60 if NAMES.index(one) // 6 == NAMES.index(other) // 6 else 25 for one, other in pairs)
    likeness = {pair: base + more for pair, base, more in zip(pairs, bases, drawn, strict=True)}
    mixed, entries = NAMES[:], list(likeness.items())
    shuffle.shuffle(mixed)
    shuffle.shuffle(entries)
    assert sorted(average_linkage(mixed, dict(entries), 20, TWO)) == sorted(average_linkage(NAMES, likeness, 20, TWO))
