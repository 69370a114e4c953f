"""Decide: score the cues, then the units of each likely one, and settle claims that compete for the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flows.extract.claims import content, cues, features, sources, units
from flows.extract.claims.model import Weights, probability
from flows.extract.claims.scene import Scene

CUE_FLOOR: Final = 0.45  # the study: flat from .35 to .50
UNIT_FLOOR: Final = 0.5
NESTED_FLOOR: Final = 0.9  # a claim inside another's content must be sure


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in tokens: its cue, the head of its source, the words said."""

    cue: int
    source: int | None
    words: frozenset[int]
    score: float


def drafts(scene: Scene, model: Mapping[str, Weights]) -> list[Draft]:
    """The claims of the article, in text order of their words."""
    scored: list[tuple[int, int | None, float]] = []
    for i in cues.candidates(scene):
        source = sources.source_of(scene, i)
        p = probability(model["cue"], features.of_cue(scene, i, source))
        if p >= CUE_FLOOR:
            scored.append((i, source, p))
    taken = {i for i, _, _ in scored}
    found = [_draft(scene, model["unit"], i, source, p, taken) for i, source, p in scored]
    return settle(scene, [d for d in found if d is not None])


def _draft(scene: Scene, model: Weights, cue: int, source: int | None, score: float, cues_: set[int]) -> Draft | None:
    found = units.units_of(scene, cue)
    context = features.context_of(scene, found)
    own = _source_tokens(scene, source) | {cue}
    words: set[int] = set()
    for unit in found:
        if source is not None and source in unit.tokens:
            continue
        if probability(model, features.of_unit(scene, cue, unit, source, context)) >= UNIT_FLOOR:
            words.update(i for i in unit.tokens if scene.is_word(i))
    words -= own
    words = extended(scene, words, cue) - own
    return Draft(cue, source, frozenset(words), score) if words else None


def extended(scene: Scene, words: set[int], cue: int) -> set[int]:
    """`words` with whole quotations, what a colon introduces, and the quoted sentences that follow."""
    if not words:
        words = content.before(scene, cue)
    words = words | content.after_colon(scene, cue)
    if not words:
        return words
    words = content.whole_quotations(scene, words)
    if any(scene.quoted[i] >= 0 for i in words):
        words = words | content.continued(scene, words, cue)
    return words


def _source_tokens(scene: Scene, source: int | None) -> set[int]:
    if source is None:
        return set()
    first, last = sources.phrase(scene, source)
    return set(range(first, last + 1))


def settle(scene: Scene, found: list[Draft]) -> list[Draft]:
    """Outermost first, then best first; each word is said once, except inside a sure claim within a claim."""
    kept: list[Draft] = []
    for draft in sorted(found, key=lambda d: (_depth(d, found), -d.score, d.cue)):
        outer = [k for k in kept if draft.cue in k.words]
        if outer:
            if _worth_nesting(scene, draft, outer):
                kept.append(draft)
            continue
        rivals: set[int] = set().union(*(k.words for k in kept)) if kept else set()
        words = draft.words - rivals
        if 2 * len(words) > len(draft.words):
            kept.append(Draft(draft.cue, draft.source, frozenset(words), draft.score))
    return sorted(kept, key=lambda d: (min(d.words), d.cue))


def _depth(draft: Draft, found: list[Draft]) -> int:
    """In how many other claims' words the cue stands."""
    return sum(draft.cue in d.words and d.cue not in draft.words for d in found)


def _worth_nesting(scene: Scene, draft: Draft, outer: list[Draft]) -> bool:
    if draft.source is None or draft.score < NESTED_FLOOR:
        return False
    return scene.tokens[draft.source].pos_ != "PRON" and all(draft.words < k.words for k in outer)
