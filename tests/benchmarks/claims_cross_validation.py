"""How good the scorer of claims is on our own annotation, by cross-validation over its articles. By hand:

    python tests/benchmarks/claims_cross_validation.py TEXTS.jsonl[.gz]      the texts of data/annotation, by id

Prints precision, recall and F1 of claims with the right source (contents share a word; contents share half of their
words), and how often claims of each tenth of the calibrated score are right: a plot in the terminal, and the expected
calibration error (Naeini et al. 2015). Only articles of the usual manner are held out; the others teach every fold.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from flows.extract.claims.assemble import source_tokens
from flows.extract.claims.calibrate import NAME, calibrated, fit_scale, is_right
from flows.extract.claims.decide import drafts
from flows.extract.claims.scene import Scene
from flows.extract.claims.train import (
    ANNOTATION,
    OURS_AFTER,
    OURS_BEFORE,
    Annotated,
    examples,
    fit_all,
    of_manner,
    read_lines,
    tokens_of,
    with_texts,
)
from flows.extract.nlp import load

FOLDS: Final = 5
BINS: Final = 10
Claim = tuple[frozenset[int], frozenset[int]]  # the words of the content and of the source


def matched(gold: list[Claim], found: list[Claim], least: float) -> int:
    """One-to-one pairs, the closest first, whose contents share so much and whose sources agree."""
    pairs = sorted(
        (
            (len(one[0] & other[0]) / len(one[0] | other[0]), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(found)
            if one[0] & other[0]
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    seen: set[tuple[str, int]] = set()
    right = 0
    for share, i, j in pairs:
        if share >= least and not {("gold", i), ("found", j)} & seen:
            seen |= {("gold", i), ("found", j)}
            right += bool(gold[i][1] & found[j][1]) or not (gold[i][1] or found[j][1])
    return right


def cross_validate(articles: list[Annotated]) -> tuple[dict[str, int], list[tuple[float, bool]]]:
    """Counts over all articles held out, and (calibrated score, right?) of every claim."""
    rows = [[(d, of_manner(d, e, one.manner)) for d, e in examples(one.doc, one.claims)] for one in articles]
    counts = dict.fromkeys(("gold", "found", "overlap", "half"), 0)
    scored: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        model = fit_all([row for n, row in enumerate(rows) if n % FOLDS != fold])
        near = [one for n, one in enumerate(articles) if n % FOLDS == (fold + 1) % FOLDS and one.manner is None]
        model[NAME] = fit_scale([row for one in near for row in _judged(one, model)])
        for one in articles[fold::FOLDS]:
            if one.manner is not None:
                continue
            scene = Scene(one.doc)
            gold = [
                (frozenset(tokens_of(scene, c["content"])), frozenset(tokens_of(scene, c["source"])))
                for c in one.claims
            ]
            found = [(d.words, frozenset(source_tokens(scene, d.source))) for d in drafts(scene, model)]
            counts["gold"] += len(gold)
            counts["found"] += len(found)
            counts["overlap"] += matched(gold, found, 0.0)
            counts["half"] += matched(gold, found, 0.5)
            scored += [(calibrated(score, model), right) for score, right in _judged(one, model)]
    return counts, scored


def _judged(one: Annotated, model: Mapping[str, Any]) -> list[tuple[float, bool]]:
    scene = Scene(one.doc)
    gold = [(tokens_of(scene, c["content"]), tokens_of(scene, c["source"])) for c in one.claims]
    return [(d.score, is_right(scene, d, gold)) for d in drafts(scene, model)]


def show(counts: Mapping[str, int], scored: Iterable[tuple[float, bool]]) -> None:
    console = Console(width=100)
    for name in ("overlap", "half"):
        precision, recall = counts[name] / counts["found"], counts[name] / counts["gold"]
        f1 = 2 * precision * recall / (precision + recall)
        console.print(f"{name:8} P {100 * precision:.1f}  R {100 * recall:.1f}  F1 {100 * f1:.1f}  n {counts['gold']}")
    table = Table("score", "claims", "told", "right", "error", "plot: # right, | told")
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in scored:
        bins[min(int(score * BINS), BINS - 1)].append((score, right))
    total, error = sum(map(len, bins)), 0.0
    for n, found in enumerate(bins):
        if not found:
            continue
        told, right = sum(s for s, _ in found) / len(found), sum(r for _, r in found) / len(found)
        error += len(found) / total * abs(told - right)
        bar = list(f"{'#' * round(40 * right):<41}")
        bar[round(40 * told)] = "|"
        name = f"{n / BINS:.1f}-{(n + 1) / BINS:.1f}"
        table.add_row(name, str(len(found)), f"{told:.2f}", f"{right:.2f}", f"{right - told:+.2f}", "".join(bar))
    console.print(table)
    console.print(f"expected calibration error {error:.3f} over {total} claims")


def main(texts: Path) -> None:
    rows = with_texts(read_lines(ANNOTATION), read_lines(texts))
    docs = load(without=OURS_BEFORE + OURS_AFTER).pipe((row["text"] for row in rows), batch_size=16)
    show(*cross_validate([Annotated(d, r["claims"], r.get("manner")) for d, r in zip(docs, rows, strict=True)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
