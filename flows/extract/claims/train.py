"""Train the scorer of claims: python -m flows.extract.claims.train TEXTS.jsonl[.gz] [OUT.tsv]

The annotation is `data/annotation/claims.jsonl.gz`, an article a line, without its text: {"id", "url", "sha256",
"manner"?, "claims": [{"content": [[start, end]], "cue": [[start, end]], "source": [[start, end]], "act"}]}, offsets in
code points. TEXTS gives the texts: {"id", "text"}; one that is missing or was altered is an error. The same articles
give the same file: no random numbers, the features in sorted order, weights to three decimals.

Annotators differ in how much they mark. `manner` names the way of a set of articles that were annotated otherwise than
the rest; its inclination, altogether and for each sort of cue and lemma, gets features of its own, which are learned
and then left out (feature augmentation, Daumé III 2007): the weights are those of the first manner, taught by all.
"""

from __future__ import annotations

import gzip
import hashlib
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

ANNOTATION: Final = Path(__file__).parents[3] / "data" / "annotation" / "claims.jsonl.gz"
RARE: Final = 3  # a feature seen less often is left out
RIDGE: Final = {"cue": 5.0, "unit": 5.0, **{f"act:{act}": 5.0 for act in ACTS}}
LEAST: Final = 0.03  # smaller weights are left out
MANNER: Final = "manner:"  # what begins so is learned and left out
FOLDS: Final = 3  # of articles, for the calibration
STEPS: Final = 250
OURS_BEFORE: Final = ("hearsay_mentions", "hearsay_coreference", "hearsay_dates")
OURS_AFTER: Final = ("hearsay_claims", "hearsay_events", "hearsay_figures")


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
            gold.setdefault(cue, set()).update(tokens_of(scene, claim["content"]))
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


def of_manner(decision: str, example: Example, manner: str | None) -> Example:
    """The example with what is peculiar to its annotators: how readily they mark this sort of cue, and this lemma."""
    if manner is None or decision != "cue":
        return example
    peculiar = tuple(f"{MANNER}{manner}|{name}" for name in example.names if name.startswith(("k=", "l=")))
    return Example((*example.names, f"{MANNER}{manner}", *peculiar), example.answer)


def tokens_of(scene: Scene, spans: Iterable[Sequence[int]]) -> set[int]:
    """The words, as token indices, that annotated stretches (code points) cover."""
    found: set[int] = set()
    for start, end in spans:
        span = scene.doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            found.update(t.i for t in span if scene.is_word(t.i))
    return found


def _cue_token(scene: Scene, claim: dict[str, Any]) -> int | None:
    """The token that stands for an annotated cue: its syntactic head, or what a form of "be" links to."""
    found = tokens_of(scene, claim["cue"])
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


@dataclass(frozen=True, slots=True)
class Annotated:
    """A parsed article with its annotated claims, and the manner of its annotators where it is not the usual one."""

    doc: Doc
    claims: Sequence[dict[str, Any]]
    manner: str | None = None


def train(articles: Sequence[Annotated]) -> dict[str, dict[str, float]]:
    """Weights of all decisions, and the calibration of the score on articles of the usual manner held out."""
    rows = [
        [(decision, of_manner(decision, example, one.manner)) for decision, example in examples(one.doc, one.claims)]
        for one in articles
    ]
    model = fit_all(rows)
    scored: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held_out = fit_all([found for n, found in enumerate(rows) if n % FOLDS != fold])
        for one in articles[fold::FOLDS]:
            if one.manner is None:
                scene = Scene(one.doc)
                gold = [(tokens_of(scene, c["content"]), tokens_of(scene, c["source"])) for c in one.claims]
                scored += [(d.score, is_right(scene, d, gold)) for d in drafts(scene, held_out)]
    model[CALIBRATION] = fit_scale(scored)
    return model


def fit_all(rows: Iterable[Iterable[tuple[str, Example]]]) -> dict[str, dict[str, float]]:
    """The weights of every decision from the examples of articles, without those of a manner."""
    found: dict[str, list[Example]] = {name: [] for name in RIDGE}
    for article in rows:
        for decision, example in article:
            found[decision].append(example)
    fitted = {decision: fit(answers, RIDGE[decision]) for decision, answers in found.items()}
    return {
        decision: {name: weight for name, weight in weights.items() if not name.startswith(MANNER)}
        for decision, weights in fitted.items()
    }


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


def with_texts(annotation: Iterable[dict[str, Any]], texts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The annotated articles with their texts. Raises ValueError when a text is missing or is not the annotated one."""
    found = {row["id"]: row["text"] for row in texts}
    rows = list(annotation)
    missing = [row["id"] for row in rows if row["id"] not in found]
    if missing:
        raise ValueError(f"{len(missing)} of {len(rows)} annotated articles have no text, {missing[0]} first")
    for row in rows:
        if hashlib.sha256(found[row["id"]].encode()).hexdigest() != row["sha256"]:
            raise ValueError(f"the text of {row['id']} is not the one that was annotated")
    return [{**row, "text": found[row["id"]]} for row in rows]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON Lines, gzipped or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def main(arguments: Sequence[str]) -> None:
    """Read annotation and texts, train, write the file."""
    from flows.extract.nlp import load

    rows = with_texts(read_lines(ANNOTATION), read_lines(Path(arguments[0])))
    docs = load(without=OURS_BEFORE + OURS_AFTER).pipe((row["text"] for row in rows), batch_size=16)
    out = Path(arguments[1]) if len(arguments) > 1 else reference_dir() / f"{NAME}.tsv"
    write(train([Annotated(d, row["claims"], row.get("manner")) for d, row in zip(docs, rows, strict=True)]), out)


if __name__ == "__main__":
    main(sys.argv[1:])
