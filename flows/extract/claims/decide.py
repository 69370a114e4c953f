"""Decide: score the cues, then the units of each likely one, and settle claims that compete for the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from flows.extract.claims import content, cues, features, sources, units
from flows.extract.claims.model import Weights, probability
from flows.extract.claims.scene import Scene
from flows.records import Span

CUE_FLOOR: Final = 0.35  # the study: flat from .35 to .50
UNIT_FLOOR: Final = 0.5
QUOTED_AS: Final = 0.9  # "quoted her as saying" is as sure as "said"
NESTED_FLOOR: Final = 0.9  # a claim inside another's content must be sure

# Who passes words on without being a publication.
RELAY_NOUNS: Final = frozenset({"agency", "media", "newspaper", "magazine", "channel", "broadcaster", "television", "tv", "radio", "site", "website", "daily", "transcript", "pool"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in tokens: its cue, the head of its source, the words said."""

    cue: int
    source: int | None
    words: frozenset[int]
    score: float
    relays: tuple[int, ...] = ()  # heads of the sources that passed it on, nearest to the speaker first


def drafts(
    scene: Scene, model: Mapping[str, Weights], introductions: Iterable[Span] = (), publishers: frozenset[int] = frozenset()
) -> list[Draft]:
    """The claims of the article, in text order of their words.

    No cue is looked for in `introductions`; `publishers` are the head tokens of publications.
    """
    barred = {i for span in introductions for i in scene.inside(span)}
    above = {i: top for i in cues.candidates(scene) if (top := cues.quoted_as(scene, i)) is not None}
    scored: list[tuple[int, int | None, float]] = []
    for i in cues.candidates(scene):
        if i in barred or i in above.values():
            continue
        source = sources.source_of(scene, i)
        p = probability(model["cue"], features.of_cue(scene, i, source))
        if i in above:
            p = max(p, QUOTED_AS)
        if p >= CUE_FLOOR:
            scored.append((i, source, p))
    found = [_draft(scene, model["unit"], i, source, p, above.get(i)) for i, source, p in scored]
    found = [replace(d, words=d.words - barred) for d in found if d.words - barred]
    return _continued(scene, settle(scene, relayed(scene, found, publishers)))


def _continued(scene: Scene, found: list[Draft]) -> list[Draft]:
    """Give the quoted sentences that nobody claims to the quotation before them."""
    taken: set[int] = set().union(*(d.words | {d.cue} for d in found)) if found else set()
    done = []
    for draft in found:
        more: set[int] = set()
        if any(scene.quoted[i] >= 0 for i in draft.words):
            more = content.continued(scene, set(draft.words), draft.cue, taken)
            taken |= more
        done.append(replace(draft, words=draft.words | more))
    return done


def _draft(scene: Scene, model: Weights, cue: int, source: int | None, score: float, above: int | None) -> Draft:
    found = units.units_of(scene, cue)
    context = features.context_of(scene, found)
    own = _source_tokens(scene, source) | {cue}
    words: set[int] = set()
    for unit in found:
        if source is not None and source in unit.tokens:
            continue
        if above is not None:
            accepted = _said_as(scene, unit, above)
        else:
            accepted = probability(model, features.of_unit(scene, cue, unit, source, context)) >= UNIT_FLOOR
        if accepted:
            words.update(i for i in unit.tokens if scene.is_word(i))
    words = extended(scene, words - own, cue) - own
    return Draft(cue, source, frozenset(words), score)


def _said_as(scene: Scene, unit: units.Unit, above: int) -> bool:
    """Content in "IRNA quoted her as saying …": what is quoted, and the clause of either verb."""
    if scene.quoted[unit.tokens[0]] >= 0:
        return True
    head = scene.tokens[unit.head]
    return head.dep_ in ("ccomp", "parataxis", "dobj") and (unit.level == 0 or head.dep_ != "dobj") and head.i != above


def extended(scene: Scene, words: set[int], cue: int) -> set[int]:
    """`words` with whole quotations and what a colon introduces."""
    if not words:
        words = content.before(scene, cue)
    words = words | content.after_colon(scene, cue)
    if not words:
        return words
    return content.whole_quotations(scene, words)


def _source_tokens(scene: Scene, source: int | None) -> set[int]:
    if source is None:
        return set()
    first, last = sources.phrase(scene, source)
    return set(range(first, last + 1))


def relayed(scene: Scene, found: list[Draft], publishers: frozenset[int]) -> list[Draft]:
    """Turn a publication's report of somebody's words into a hop: "…, Khamenei said, according to IRNA"."""
    relays: dict[int, list[int]] = {}
    gone: set[int] = set()
    for outer in found:
        if outer.source is None or not _passes_on(scene, outer, publishers):
            continue
        inner = [d for d in found if d.cue in outer.words and d.source is not None and d.cue not in gone]
        inner = [d for d in inner if d.source != outer.source and _covers(scene, d, outer)]
        if inner:
            gone.add(outer.cue)
            for d in inner:
                relays.setdefault(d.cue, []).append(outer.source)
    return [replace(d, relays=tuple(relays.get(d.cue, ()))) for d in found if d.cue not in gone]


def _passes_on(scene: Scene, draft: Draft, publishers: frozenset[int]) -> bool:
    if draft.source in publishers:
        return True
    according = scene.lemma[draft.cue] in ("accord", "according")
    return according and draft.source is not None and scene.lemma[draft.source] in RELAY_NOUNS


def _covers(scene: Scene, inner: Draft, outer: Draft) -> bool:
    """Whether the inner claim, its cue and its source are most of what the outer one says."""
    own = inner.words | _source_tokens(scene, inner.source) | {inner.cue}
    start, end = scene.sentences[scene.sentence[inner.cue]]
    here = [i for i in outer.words if start <= i < end]
    return 2 * len(own & set(here)) > len(here)


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
            kept.append(replace(draft, words=frozenset(words)))
    return sorted(kept, key=lambda d: (min(d.words), d.cue))


def _depth(draft: Draft, found: list[Draft]) -> int:
    """In how many other claims' words the cue stands."""
    return sum(draft.cue in d.words and d.cue not in draft.words for d in found)


def _worth_nesting(scene: Scene, draft: Draft, outer: list[Draft]) -> bool:
    if draft.source is None or draft.score < NESTED_FLOOR:
        return False
    return scene.tokens[draft.source].pos_ != "PRON" and all(draft.words < k.words for k in outer)
