"""Training: the same examples give the same weights, and the weights separate the answers."""

from __future__ import annotations

from flows.extract.claims.calibrate import calibrated, fit_scale
from flows.extract.claims.model import probability
from flows.extract.claims.train import Example, fit

ROWS = [Example(("", "said", f"n{k % 3}"), True) for k in range(20)] + [Example(("", "ran"), False) for _ in range(20)]


def test_training_separates_and_repeats() -> None:
    first, second = fit(ROWS, 1.0), fit(ROWS, 1.0)
    assert first == second
    assert probability(first, ("", "said")) > 0.7
    assert probability(first, ("", "ran")) < 0.3


def test_what_was_never_seen_counts_nothing() -> None:
    weights = fit(ROWS, 1.0)
    assert probability(weights, ("", "unknown")) == probability(weights, ("",))


def test_a_calibrated_score_says_how_often_such_claims_are_right() -> None:
    rows = [(0.9, k % 3 != 0) for k in range(300)] + [(0.5, k % 3 == 0) for k in range(300)]
    model = {"calibration": fit_scale(rows)}
    assert abs(calibrated(0.9, model) - 2 / 3) < 0.02
    assert abs(calibrated(0.5, model) - 1 / 3) < 0.02
    assert calibrated(0.7, {}) == 0.7
