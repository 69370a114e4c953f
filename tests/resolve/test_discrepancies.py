"""How reports differ: in conflict, in precision, or not really."""

from __future__ import annotations

import math
from datetime import date

import polars as pl
import pytest

from flows.resolve.discrepancies import Value, _day_value, _without_tallies, kind_of, rank_of


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


def day(timex: str, text: str, article: str) -> Value:
    span = {"article_id": article, "start_char": 0, "end_char": 1, "text": text, "value": timex}
    return _day_value({"starts_on": date(2019, 9, 16), "ends_on": None}, span)


def test_an_hour_and_the_part_of_the_day_it_lies_in_differ_in_precision() -> None:
    evening, hour = day("2019-09-16TEV", "Monday evening", "a"), day("2019-09-16T21:25", "9.25pm on Monday", "b")
    assert kind_of([evening, hour]) == "refinement"
    assert kind_of([evening, day("2019-09-16TMO", "Monday morning", "b")]) == "conflict"
    assert kind_of([day("2019-09-16", "Monday", "a"), day("2019-09-16", "on Monday", "b")]) is None
    assert hour.written == "2019-09-16T21:25"


def test_a_tally_of_votes_is_no_difference() -> None:
    told = [("a", "vote", 511), ("a", "vote", 204), ("b", "vote", 500), ("a", "killed", 3), ("a", "killed", 5)]
    figures = pl.DataFrame([("i", *one) for one in told], ["incident_id", "article_id", "unit", "low"], orient="row")
    assert _without_tallies(figures).get_column("low").to_list() == [500, 3, 5]
