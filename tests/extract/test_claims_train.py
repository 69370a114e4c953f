"""Training: the same examples give the same weights, and the weights separate the answers."""

from __future__ import annotations

import hashlib

import pytest

from flows.extract.claims.calibrate import calibrated, fit_scale
from flows.extract.claims.model import probability
from flows.extract.claims.train import ANNOTATION, MANNER, Example, fit, of_manner, read_lines, with_texts

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


def test_what_is_peculiar_to_some_annotators_is_learned_apart() -> None:
    """Of two sets the second marks every "ran": the weights that stay are those of the first."""
    first = [Example(("", "k=v", "l=ran"), False) for _ in range(30)] + [Example(("", "k=v", "l=said"), True)] * 30
    second = [of_manner("cue", Example(("", "k=v", "l=ran"), True), "lavish") for _ in range(30)]
    weights = fit(first + second, 0.1)
    kept = {name: weight for name, weight in weights.items() if not name.startswith(MANNER)}
    assert probability(fit(first + [Example(e.names[:3], True) for e in second], 0.1), ("", "k=v", "l=ran")) > 0.4
    assert probability(kept, ("", "k=v", "l=ran")) < 0.2


def test_the_annotation_stands_without_the_texts() -> None:
    rows = read_lines(ANNOTATION)
    assert len(rows) > 600
    assert not any("text" in row or "title" in row for row in rows)
    assert {tuple(sorted(row)) for row in rows} == {
        ("claims", "id", "sha256", "url"),
        ("claims", "id", "manner", "sha256", "url"),
    }


def test_an_altered_or_missing_text_is_refused() -> None:
    row = {"id": "a", "sha256": hashlib.sha256(b"said").hexdigest(), "claims": []}
    assert with_texts([row], [{"id": "a", "text": "said"}])[0]["text"] == "said"
    with pytest.raises(ValueError, match="not the one"):
        with_texts([row], [{"id": "a", "text": "sad"}])
    with pytest.raises(ValueError, match="no text"):
        with_texts([row], [])
