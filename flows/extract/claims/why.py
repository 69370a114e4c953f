"""Why a claim was taken for one: the features that decided on its cue and on each stretch of its content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from flows.extract.claims import cues, features, model, sources, units
from flows.extract.claims.calibrate import calibrated
from flows.extract.claims.decide import at_least
from flows.extract.claims.scene import Scene
from flows.records import Span

_MOST: Final = 8  # features shown of a decision
_LONGEST: Final = 70  # characters shown of a stretch
# What a feature's prefix stands for; see features.py.
_MEANING: Final[Mapping[str, str]] = {
    "": "always",
    "l": "the word",
    "k": "its class in the lexicon of cues",
    "d": "its place in the sentence",
    "t": "its form",
    "kt": "class and form",
    "kd": "class and place",
    "s": "the speaker",
    "ks": "class and speaker",
    "sl": "the speaker's noun",
    "q": "the nearest quotation",
    "kq": "class and nearest quotation",
    "f": "a complement",
    "kf": "class and complement",
    "lf": "word and complement",
    "m": "mood",
    "km": "class and mood",
    "mark": "conjunction",
    "kmark": "class and conjunction",
    "h": "what it hangs on",
    "hl": "the word it hangs on",
    "p": "paragraph",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation: which decision, what spoke for or against it, with its weight (logits)."""

    decision: str
    what: str
    weight: float


def reasons(doc: Doc, cue: Span) -> Iterator[Reason]:
    """What decided on the claim whose cue is at `cue` of the parsed article: its cue, the strongest features first,

    then each stretch around it as content, with how probable it was.
    """
    scene = Scene(doc)
    own = set(range(scene.at_offset(cue.start), scene.at_offset(cue.end - 1) + 1))
    candidate = min(_candidates(scene, own), key=lambda i: _rank(scene, i, own))
    source = sources.source_of(scene, candidate)
    names = features.of_cue(scene, candidate, source)
    weights = model.weights()
    learned, rule = model.probability(weights["cue"], names), at_least(scene, candidate, source)
    p = max(learned, rule)
    told = f"“{scene.tokens[candidate].text}” is a cue: {p:.0%}; of such claims {calibrated(p, weights):.0%} are right"
    yield Reason("cue", told, round(model.score(weights["cue"], names), 2))
    if rule > learned:
        yield Reason("cue", f"a rule: at least {rule:.0%}; by what was learned {learned:.0%}", 0.0)
    strongest = sorted(
        ((weights["cue"].get(name, 0.0), name) for name in names), key=lambda row: (-abs(row[0]), row[1])
    )
    yield from (Reason("cue", _spelled(name), weight) for weight, name in strongest[:_MOST] if weight)
    found = units.units_of(scene, candidate)
    context = features.context_of(scene, found)
    for unit in found:
        its = features.of_unit(scene, candidate, unit, source, context)
        likely = model.probability(weights["unit"], its)
        text = doc.text[scene.tokens[unit.tokens[0]].idx : scene.span(unit.tokens[0], unit.tokens[-1]).end]
        yield Reason(
            "content",
            f"“{' '.join(text.split())[:_LONGEST]}” belongs to it: {likely:.0%}",
            round(model.score(weights["unit"], its), 2),
        )


def _candidates(scene: Scene, own: set[int]) -> set[int]:
    """The tokens that were scored for a cue: of "was quoted as saying" the "saying", though "quoted" is the cue."""
    above = {i: cues.quoted_as(scene, i) for i in cues.candidates(scene)}
    quoted = {i for i, top in above.items() if top in own}
    return quoted or own.intersection(above) or own


def _rank(scene: Scene, i: int, own: set[int]) -> tuple[bool, bool, int]:
    """Of the tokens of a cue, verbs and nouns first, and what the others hang on before the rest."""
    token = scene.tokens[i]
    return token.pos_ not in {"VERB", "NOUN", "ADJ"}, token.head.i in own and token.head.i != i, i


def _spelled(name: str) -> str:
    """A feature's name with what its prefix stands for."""
    prefix, sign, value = name.partition("=")
    meaning = _MEANING.get(prefix if sign or not name else name.rstrip("+-"), "")
    return f"{meaning}: {value}" if sign and meaning else name or meaning
