"""The terms of articles as vectors, and their products: how alike articles are.

Weights are whole numbers and a vector has length UNIT (see flows.resolve.terms): products stay below 2^53, are exact,
and so don't depend on the order of summation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

import numpy as np
import polars as pl

_BLOCK: Final = 4096  # terms that are multiplied at once


class Vectors:
    """The vectors of articles, from the rows (article_id, term, weight) of their terms in any order."""

    def __init__(self, terms: pl.DataFrame) -> None:
        ordered = terms.sort("article_id")
        sizes = ordered.group_by("article_id", maintain_order=True).len()
        ends = sizes.get_column("len").cum_sum().to_list()
        self._place = {
            article: slice(start, end)
            for article, start, end in zip(sizes.get_column("article_id"), [0, *ends], ends, strict=False)
        }
        known, self._terms = np.unique(ordered.get_column("term").to_numpy(), return_inverse=True)
        self._n_terms = len(known)
        self._weights = ordered.get_column("weight").to_numpy().astype(np.float64)

    def of_pairs(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
        """The pairs, sorted by the first of both, with their product."""
        whole = np.zeros(self._n_terms)
        for one, some in groupby(pairs, itemgetter(0)):
            terms, weights = self._of(one)
            whole[terms] = weights
            for _, other in some:
                others, theirs = self._of(other)
                yield one, other, int(whole[others] @ theirs)
            whole[terms] = 0

    def dots(self, articles: Sequence[str]) -> np.ndarray:
        """The products of all of `articles` with one another, as a matrix in their order, but its diagonal."""
        vectors = [self._of(article) for article in articles]
        row = np.repeat(np.arange(len(articles)), [len(terms) for terms, _ in vectors])
        col = np.concatenate([terms for terms, _ in vectors])
        weight = np.concatenate([weights for _, weights in vectors])
        n_articles = np.bincount(col, minlength=self._n_terms)
        is_shared = n_articles[col] > 1  # what one article alone has makes nobody alike
        number = np.cumsum(n_articles > 1)
        n_shared = int(number[-1]) if len(number) else 0
        row, col, weight = row[is_shared], number[col[is_shared]] - 1, weight[is_shared]
        found = np.zeros((len(articles), len(articles)))
        for start in range(0, n_shared, _BLOCK):
            here = (col >= start) & (col < start + _BLOCK)
            block = np.zeros((len(articles), min(_BLOCK, n_shared - start)))
            block[row[here], col[here] - start] = weight[here]
            found += block @ block.T
        return found

    def _of(self, article: str) -> tuple[np.ndarray, np.ndarray]:
        """The terms of an article, by number, and their weights; an article may have none."""
        place = self._place.get(article, slice(0, 0))
        return self._terms[place], self._weights[place]
