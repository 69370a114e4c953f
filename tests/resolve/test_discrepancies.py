"""How reports differ: in conflict, in precision, or not really."""

from __future__ import annotations

import math

import pytest

from flows.resolve.discrepancies import Value, kind_of, rank_of


def value(low: float, high: float, article: str = "a") -> Value:
    return Value(article, 0, 1, "x", f"{low:g}", low, high, low == high)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ((14, 14), (17, 17), "conflict"),
        ((14, 14), (17, math.inf), "conflict"),
        ((10, math.inf), (17, 17), "compatible"),
        ((12, math.inf), (17, math.inf), "compatible"),
        ((80, 100), (92, 92), "refinement"),
        ((14, 14), (14, 14), None),
    ],
)
def test_two_figures(one: tuple[float, float], other: tuple[float, float], kind: str | None) -> None:
    assert kind_of([value(*one), value(*other, article="b")]) == kind
    assert kind_of([value(*other, article="b"), value(*one)]) == kind


def test_short_and_long_forms_of_a_rank_are_one() -> None:
    assert rank_of("Lt. Gen.") == rank_of("Lieutenant General") == rank_of("Military spokesman Lt. Gen.")
    assert rank_of("Foreign Minister") is None
    assert rank_of("Maj. Gen.") != rank_of("Lt. Gen.")
