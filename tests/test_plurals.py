"""Nouns lose the plural by their endings, and what only looks like a plural keeps its form."""

from __future__ import annotations

import pytest

from flows.plurals import singular


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("nurses", "nurse"), ("agencies", "agency"), ("movies", "movie"), ("schoolchildren", "schoolchild"),
        ("policewomen", "policewoman"), ("midwives", "midwife"), ("churches", "church"), ("witnesses", "witness"),
        ("press", "press"), ("women", "woman"), ("specimen", "specimen"), ("bus", "bus"),
    ],
)  # fmt: skip
def test_a_noun_loses_its_plural(plural: str, single: str) -> None:
    assert singular(plural) == single
