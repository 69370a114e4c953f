"""Train the scorer of claims: python -m flows.extract.claims.train ARTICLES.jsonl [OUT.tsv]

ARTICLES.jsonl holds articles annotated for attribution, one a line: {"text", "claims": [{"content": [[start, end]],
"cue": [[start, end]], "source": [[start, end]]}]}. The same articles give the same file: no random numbers, the
features in sorted order, weights to three decimals.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from flows.extract.claims import cues, features, sources, units
from flows.extract.claims.acts import ACTS
from flows.extract.claims.calibrate import NAME as CALIBRATION
from flows.extract.claims.calibrate import fit_scale, is_right
from flows.extract.claims.decide import drafts
from flows.extract.claims.model import NAME
from flows.extract.claims.scene import Scene
from flows.resources import reference_dir

RARE: Final = 3  # a feature seen less often is left out
RIDGE: Final = {"cue": 5.0, "unit": 5.0, **{f"act:{act}": 5.0 for act in ACTS}}
LEAST: Final = 0.03  # smaller weights are left out
FOLDS: Final = 3  # of articles, for the calibration
STEPS: Final = 250
_OWN: Final = ("hearsay_mentions", "hearsay_coreference", "hearsay_dates")
_LATER: Final = ("hearsay_claims", "hearsay_events", "hearsay_figures")


@dataclass(frozen=True, slots=True)
class Example:
    """One decision with its features and the right answer."""

    names: tuple[str, ...]
    answer: bool


def examples(doc: Doc, claims: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Example]]:
    """The decisions that the annotated `claims` of `doc` answer."""
    scene = Scene(doc)
    gold: dict[int, set[int]] = {}
    acts: dict[int, str] = {}
    for claim in claims:
        cue = _cue_token(scene, claim)
        if cue is not None:
            gold.setdefault(cue, set()).update(_tokens(scene, claim["content"]))
            acts[cue] = claim["act"]
    candidates = set(cues.candidates(scene))
    for i in sorted(candidates):
        source = sources.source_of(scene, i)
        names = tuple(features.of_cue(scene, i, source))
        yield "cue", Example(names, i in gold)
        if i in gold:
            yield from ((f"act:{act}", Example(names, act == acts[i])) for act in ACTS)
    for i in sorted(candidates & gold.keys()):
        source = sources.source_of(scene, i)
        found = units.units_of(scene, i)
        context = features.context_of(scene, found)
        for unit in found:
            if source is not None and source in unit.tokens:
                continue
            words = [t for t in unit.tokens if scene.is_word(t)]
            inside = 2 * sum(t in gold[i] for t in words) > len(words)
            yield "unit", Example(tuple(features.of_unit(scene, i, unit, source, context)), inside)


def _tokens(scene: Scene, spans: Iterable[Sequence[int]]) -> set[int]:
    found: set[int] = set()
    for start, end in spans:
        span = scene.doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            found.update(t.i for t in span if scene.is_word(t.i))
    return found


def _cue_token(scene: Scene, claim: dict[str, Any]) -> int | None:
    """The token that stands for an annotated cue: its syntactic head, or what a form of "be" links to."""
    found = _tokens(scene, claim["cue"])
    if not found:
        return None
    tops: list[Token] = [
        scene.tokens[i] for i in sorted(found) if scene.tokens[i].head.i not in found or i == scene.tokens[i].head.i
    ]
    ranked = sorted(tops, key=lambda t: (t.pos_ not in ("VERB", "NOUN", "ADJ", "ADV"), t.i))
    top = ranked[0]
    if top.pos_ == "AUX":
        for child in top.children:
            if child.i in found and child.dep_ in ("acomp", "attr", "oprd"):
                return child.i
    return top.i


def fit(rows: Sequence[Example], ridge: float) -> dict[str, float]:
    """Weights that maximise the likelihood of the answers less `ridge` times half their squares (Adam, full batch)."""
    counts = Counter(name for row in rows for name in row.names)
    names = sorted(name for name, n in counts.items() if n >= RARE and not any(c.isspace() for c in name))
    index = {name: k for k, name in enumerate(names)}
    columns = [[index[n] for n in row.names if n in index] for row in rows]
    flat: NDArray[np.int64] = np.array([k for column in columns for k in column], dtype=np.int64)
    sizes: NDArray[np.int64] = np.array([len(column) for column in columns], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    answers: NDArray[np.float64] = np.array([row.answer for row in rows], dtype=np.float64)
    penalty = np.array([0.0 if name == "" else ridge for name in names])
    w = np.zeros(len(names))
    mean, square = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = np.add.reduceat(w[flat], starts)
        errors = 1.0 / (1.0 + np.exp(-scores)) - answers
        slope = np.bincount(flat, weights=np.repeat(errors, sizes), minlength=len(names)) + penalty * w
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        rate = 0.2 * (1.0 - step / (STEPS + 1))
        w -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(x), 3) for name, x in zip(names, w, strict=True) if abs(x) >= LEAST}


def train(articles: Sequence[tuple[Doc, Sequence[dict[str, Any]]]]) -> dict[str, dict[str, float]]:
    """Weights of all decisions from parsed articles and their annotated claims, and the calibration of the score."""
    rows = [list(examples(doc, claims)) for doc, claims in articles]
    model = _fit_all(rows)
    scored: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held_out = _fit_all([found for n, found in enumerate(rows) if n % FOLDS != fold])
        for doc, claims in articles[fold::FOLDS]:
            scene = Scene(doc)
            gold = [(_tokens(scene, c["content"]), _tokens(scene, c["source"])) for c in claims]
            scored += [(d.score, is_right(scene, d, gold)) for d in drafts(scene, held_out)]
    model[CALIBRATION] = fit_scale(scored)
    return model


def _fit_all(rows: Iterable[Iterable[tuple[str, Example]]]) -> dict[str, dict[str, float]]:
    found: dict[str, list[Example]] = {name: [] for name in RIDGE}
    for article in rows:
        for decision, example in article:
            found[decision].append(example)
    return {decision: fit(answers, RIDGE[decision]) for decision, answers in found.items()}


def write(model: dict[str, dict[str, float]], path: Path) -> None:
    """The weights as a lexicon file."""
    lines = [
        "# Weights of the scorer of claims. Origin: trained on our own annotation of news articles",
        "# by `python -m flows.extract.claims.train`; see flows/extract/claims/train.py.",
    ]
    lines.append("decision\tfeature\tweight")
    for decision, found in sorted(model.items()):
        lines += [f"{decision}\t{name}\t{weight}" for name, weight in sorted(found.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Read the articles, train, write the file."""
    from flows.extract.nlp import load

    rows = [json.loads(line) for line in Path(arguments[0]).read_text(encoding="utf-8").splitlines() if line.strip()]
    nlp = load(without=_OWN + _LATER)
    docs = nlp.pipe((row["text"] for row in rows), batch_size=16)
    out = Path(arguments[1]) if len(arguments) > 1 else reference_dir() / f"{NAME}.tsv"
    write(train([(doc, row["claims"]) for doc, row in zip(docs, rows, strict=True)]), out)


if __name__ == "__main__":
    main(sys.argv[1:])
