"""Make the score of a claim mean how often such claims are right (Platt scaling, on articles held out).

A claim is right when its words and the annotated ones overlap by half or more (Jaccard) and its source shares a word
with the annotated source, or neither has one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from flows.extract.claims.assemble import Draft, source_tokens
from flows.extract.claims.model import Weights
from flows.extract.claims.scene import Scene

NAME: Final = "calibration"
_NEWTON: Final = 25  # steps; two weights converge in far fewer

Annotated = Sequence[tuple[set[int], set[int]]]  # words of the content and of the source, by token


def calibrated(score: float, model: Mapping[str, Weights]) -> float:
    """The share of claims of this score that were right on articles held out; the score itself without calibration."""
    weights = model.get(NAME)
    if not weights:
        return score
    return _logistic(weights.get("slope", 1.0) * _logit(score) + weights.get("intercept", 0.0))


def is_right(scene: Scene, draft: Draft, gold: Annotated) -> bool:
    """Whether some annotated claim has this content and source."""
    source = source_tokens(scene, draft.source)
    return any(
        2 * len(draft.words & words) >= len(draft.words | words) and (bool(source & by) or not (source or by))
        for words, by in gold
    )


def fit_scale(rows: Iterable[tuple[float, bool]]) -> dict[str, float]:
    """Slope and intercept on the logit of the score that make the right ones likeliest (Newton's method)."""
    points = [(_logit(score), float(right)) for score, right in rows]
    slope, intercept = 1.0, 0.0
    for _ in range(_NEWTON):
        g0 = g1 = h00 = h01 = h11 = 1e-9
        for x, y in points:
            p = _logistic(slope * x + intercept)
            g0, g1 = g0 + (p - y), g1 + (p - y) * x
            w = p * (1 - p)
            h00, h01, h11 = h00 + w, h01 + w * x, h11 + w * x * x
        determinant = h00 * h11 - h01 * h01
        if abs(determinant) < 1e-12:
            break
        intercept -= (h11 * g0 - h01 * g1) / determinant
        slope -= (h00 * g1 - h01 * g0) / determinant
    return {"intercept": round(intercept, 3), "slope": round(slope, 3)}


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))
