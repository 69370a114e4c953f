"""Logistic regression over binary features: reading the weights, and scoring."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from flows.resources import lexicon

NAME: Final = "claims_model"

Weights = Mapping[str, float]


@cache
def weights() -> dict[str, Weights]:
    """The trained weights by decision ("cue", "unit"), feature by feature."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in lexicon(NAME):
        found[row["decision"]][row["feature"]] = float(row["weight"])
    return dict(found)


def score(model: Weights, names: Iterable[str]) -> float:
    """The sum of the weights of `names`; unknown features count nothing."""
    return sum(model.get(name, 0.0) for name in names)


def probability(model: Weights, names: Iterable[str]) -> float:
    """How probable the decision is with the features `names`."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score(model, names)))))
