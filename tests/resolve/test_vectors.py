"""Products of articles' terms: the same pair by pair and as a matrix, whatever the order of the rows."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from flows.resolve.vectors import Vectors

SCHEMA = {"article_id": pl.String, "term": pl.UInt64, "weight": pl.Int32}
TERM = st.sampled_from([3, 5, 8, 2**63, 2**64 - 1])


def vectors(weights: dict[str, dict[int, int]]) -> Vectors:
    rows = [(article, term, weight) for article, terms in weights.items() for term, weight in terms.items()]
    return Vectors(pl.DataFrame(rows, SCHEMA, orient="row"))


def test_articles_are_alike_by_the_terms_that_both_have() -> None:
    told = vectors({"a": {3: 2, 2**64 - 1: 5}, "b": {2**64 - 1: 7, 8: 1}, "c": {8: 4}})
    assert list(told.of_pairs([("a", "b"), ("a", "c"), ("b", "c")])) == [("a", "b", 35), ("a", "c", 0), ("b", "c", 4)]


def test_an_article_without_terms_is_like_none() -> None:
    told = vectors({"a": {3: 2}})
    assert list(told.of_pairs([("a", "z")])) == [("a", "z", 0)]
    assert told.dots(["a", "z"]).tolist() == [[0, 0], [0, 0]]  # nor is a like itself by what it alone has
    assert vectors({}).dots(["a"]).tolist() == [[0]]


def test_articles_of_very_many_terms_are_alike_by_all_of_them() -> None:
    n_terms = 10_000
    told = vectors({one: dict.fromkeys(range(n_terms), weight) for one, weight in (("a", 2), ("b", 3))})
    assert told.dots(["a", "b"])[0, 1] == 6 * n_terms
    assert list(told.of_pairs([("a", "b")])) == [("a", "b", 6 * n_terms)]


@given(st.dictionaries(st.sampled_from("abcdef"), st.dictionaries(TERM, st.integers(1, 2**15)), min_size=2))
def test_the_matrix_has_the_products_of_all_pairs(weights: dict[str, dict[int, int]]) -> None:
    told, articles = vectors(weights), sorted(weights)
    pairs = [(one, other) for i, one in enumerate(articles) for other in articles[i + 1 :]]
    dots = told.dots(articles)
    products = {pair: sum(w * weights[pair[1]].get(term, 0) for term, w in weights[pair[0]].items()) for pair in pairs}
    assert {(one, other): product for one, other, product in told.of_pairs(pairs)} == products
    assert {pair: dots[articles.index(pair[0]), articles.index(pair[1])] for pair in pairs} == products
