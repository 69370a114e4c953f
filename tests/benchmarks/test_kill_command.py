"""The benchmark of kills counts what differs, and knows the steps of every stage."""

from __future__ import annotations

from pathlib import Path

from killing import FLOWS, ORDERING
from kills import Counts, differences


def test_what_is_lost_doubled_or_another_is_counted() -> None:
    expected = {"actors": ["a", "b"], "places": ["p", "p"]}
    assert differences(expected, {"actors": ["b", "a"], "places": ["p", "p"]}) == (0, 0, 0)
    assert differences(expected, {"actors": ["a", "a", "c"], "places": ["p"]}) == (2, 1, 1)
    assert differences(expected, {}) == (4, 0, 0)
    counts = Counts()
    counts.add("here", expected, expected)
    assert counts.is_well
    counts.add("here", expected, {})
    assert not counts.is_well
    assert counts.told == ["here: 4 lost, 0 doubled, 0 differing"]


def test_the_modules_that_it_watches_are_there() -> None:

    assert [name for name in ORDERING if not (Path(FLOWS) / f"{name}.py").is_file()] == []
