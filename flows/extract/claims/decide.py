"""Decide: score the cues, draft a claim for each likely one, and settle which of those that compete stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from flows.extract.claims import content, cues, features, headlines, neighbours, sources, thatclause, utterers
from flows.extract.claims.assemble import Draft, draft, source_tokens
from flows.extract.claims.bare import bare, told_behind
from flows.extract.claims.labels import labelled
from flows.extract.claims.model import Weights, probability
from flows.extract.claims.scene import Scene
from flows.records import Span
from flows.resources import words as listed

CUE_FLOOR: Final = 0.43  # the study: flat from .35 to .50; on the gold more precise than .40 at the same recall
ACCORDING: Final = 0.6  # "according to" somebody is a rule of its own
QUOTED_AS: Final = 0.9  # "quoted her as saying" is as sure as "said"
MADE_CLEAR: Final = 0.73  # of somebody: 11 of 15 are cues in our own annotation
SHOUTED: Final = 0.6  # "Shouting “Go home!” they left": measured by nobody yet, set beside ACCORDING
_CHANTING: Final = frozenset({"chant", "shout", "yell", "scream"})
SURE_SHOUT: Final = 2  # strength in the lexicon
NESTED_FLOOR: Final = 0.9  # a claim inside another's content must be sure
# What becomes of reports that nobody is named for.
_SURFACING: Final = frozenset(
    {"surface", "emerge", "spread", "grow", "mount", "come", "circulate", "arise", "appear", "persist", "swirl", "rise"}
    | {"abound", "linger", "follow"}
)
_ACCORDING: Final = frozenset({"accord", "according"})
_RELAYING: Final = _ACCORDING | {"report", "write"}
# Who passes words on without being a publication.
_RELAY_NOUNS: Final = frozenset(
    {"agency", "media", "newspaper", "magazine", "channel", "broadcaster", "television", "tv", "radio", "site"}
    | {"website", "daily", "transcript", "minute", "recording", "paper"}
)


def drafts(
    scene: Scene,
    model: Mapping[str, Weights],
    introductions: Iterable[Span] = (),
    publishers: frozenset[int] = frozenset(),
) -> list[Draft]:
    """The claims of the article, in text order of their words.

    No cue is looked for in `introductions`; `publishers` are the head tokens of publications.
    """
    barred = {i for span in introductions for i in scene.inside(span)}
    candidates = [i for i in cues.candidates(scene) if i not in barred]
    above = {i: top for i in candidates if (top := cues.quoted_as(scene, i)) is not None}
    joined = {top for i in candidates if (top := cues.joined_in(scene, i)) is not None}
    found = []
    for i in candidates:
        if i in joined or i in above.values():
            continue
        source = sources.source_of(scene, i)
        source = None if source in barred else source
        p = probability(model["cue"], features.of_cue(scene, i, source))
        p = max(p, at_least(scene, i, source))
        if p >= CUE_FLOOR:
            made = draft(scene, model["unit"], i, source, p, above.get(i))
            made = surfaced(scene, replace(made, words=made.words - barred))
            found.append(headlines.without_circumstances(scene, made))
    found = [d for d in found if d.words and not neighbours.never_said(scene, d.cue, d.source, d.words)]
    kept = settle(scene, relayed(scene, cited(scene, found, publishers), publishers))
    kept = headlines.labelled_behind(scene, kept)
    kept += labelled(scene, barred.union(*(d.words for d in kept)))
    kept += told_behind(scene, barred.union(*(d.words | {d.cue} for d in kept)))
    return _continued(scene, bare(scene, _continued(scene, kept), barred))


def at_least(scene: Scene, i: int, source: int | None) -> float:
    """How probable a rule makes the cue at `i`, whatever was learned; 0 where there is no rule for it."""
    if cues.quoted_as(scene, i) is not None:
        return QUOTED_AS
    if cues.made_clear(scene, i) is not None and source is not None and _somebody(scene, source):
        return MADE_CLEAR
    if source is not None and scene.lemma[i] in _CHANTING and any(q >= 0 for q in scene.quoted[i + 1 : i + 3]):
        return SHOUTED
    entry = scene.entry(i)
    if entry is not None and entry.strength >= SURE_SHOUT and utterers.shouting(scene, scene.tokens[i]) is not None:
        return SHOUTED
    return ACCORDING if source is not None and scene.lemma[i] in _ACCORDING else 0.0


def surfaced(scene: Scene, each: Draft) -> Draft:
    """The cue of "reports emerged that …" is the reports, and nobody's unless they are said to be somebody's."""
    if each.source is None or scene.lemma[each.cue] not in _SURFACING:
        return each
    noun = scene.entry(each.source) is not None and scene.tokens[each.source].pos_ == "NOUN"
    return replace(each, cue=each.source, source=sources.source_of(scene, each.source)) if noun else each


def _somebody(scene: Scene, source: int) -> bool:
    """Whether the source is a person or body, not a thing that makes something clear."""
    token = scene.tokens[source]
    if token.pos_ == "PRON":
        return token.lower_ not in ("it", "this", "that", "which", "what", "these", "those")
    return token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or scene.lemma[source] in listed("roles")


def _continued(scene: Scene, found: list[Draft]) -> list[Draft]:
    """`found` in text order, with the quoted sentences that nobody claims given to the quotation before them."""
    found = sorted(found, key=lambda d: (min(d.words), d.cue))
    taken: set[int] = set().union(*(d.words | {d.cue} for d in found)) if found else set()
    done = []
    for each in found:
        more: set[int] = set()
        if any(scene.quoted[i] >= 0 for i in each.words):
            more = content.continued(scene, set(each.words), each.cue, taken)
            taken |= more
        done.append(replace(each, words=each.words | more))
    return done


def relayed(scene: Scene, found: list[Draft], publishers: frozenset[int]) -> list[Draft]:
    """Turn a publication's report of somebody's words into a hop: "…, Khamenei said, according to IRNA"."""
    relays: dict[int, list[int]] = {}
    gone: set[int] = set()
    for outer in found:
        if outer.source is None or outer.cue in gone:
            continue
        inner = [d for d in found if d.source not in (None, outer.source) and d.cue not in gone]
        passes_on = _passes_on(scene, outer, publishers)
        inner = [
            d
            for d in inner
            if (passes_on and d.cue in outer.words and _covers(scene, d, outer))
            or _set_within(scene, d, outer)
            or (outer.source in publishers and _hung_within(scene, d, outer))
        ]
        if inner:
            gone.add(outer.cue)
            for d in inner:
                relays.setdefault(d.cue, []).append(outer.source)
    tails = {d.source: set(range(d.cue, _end_of_source(scene, d) + 1)) for d in found if d.cue in gone}
    return [
        replace(d, relays=(*d.relays, *passed), words=d.words.difference(*(tails.get(r, ()) for r in passed)))
        for d in found
        if d.cue not in gone
        for passed in [relays.get(d.cue, [])]
    ]


def _hung_within(scene: Scene, inner: Draft, outer: Draft) -> bool:
    """Whether the outer cue is the "according to" at the end of "she said the dam had burst, according to Reuters"."""
    if scene.lemma[outer.cue] not in _ACCORDING or outer.cue not in inner.words or not outer.cue:
        return False
    last = max(i for i in inner.words if scene.sentence[i] == scene.sentence[outer.cue])
    return scene.tokens[outer.cue - 1].text == "," and last == _end_of_source(scene, outer)


def _end_of_source(scene: Scene, each: Draft) -> int:
    """The last token of the source, or the cue where nobody is named."""
    return max(source_tokens(scene, each.source), default=each.cue)


def _set_within(scene: Scene, inner: Draft, outer: Draft) -> bool:
    """Whether the outer cue is the "according to" of "she said, according to the minutes, that …"."""
    return scene.lemma[outer.cue] in _ACCORDING and thatclause.holds(scene, inner.cue, outer.cue)


def cited(scene: Scene, found: list[Draft], publishers: frozenset[int]) -> list[Draft]:
    """Whom a publication quotes is the speaker: "the town had fallen, state radio reported, quoting a general"."""
    done = []
    gone: set[int] = set()
    for each in found:
        by = _quoting(scene, each) if each.source is not None and _passes_on(scene, each, publishers) else None
        if by is None or each.source is None:
            done.append(each)
            continue
        verb, who = by
        gone.add(verb)
        done.append(replace(each, source=who, relays=(*each.relays, each.source), words=each.words - {verb}))
    return [d for d in done if d.cue not in gone]


def _quoting(scene: Scene, each: Draft) -> tuple[int, int] | None:
    """The participle beside the cue that names whom it quotes, and the head of that name."""
    for child in scene.tokens[each.cue].children:
        if child.dep_ in ("advcl", "prep") and scene.lemma[child.i] in ("quote", "cite") and child.tag_ == "VBG":
            named = next((x for x in child.children if x.dep_ in ("dobj", "pobj")), None)
            if named is not None and named.pos_ in ("NOUN", "PROPN") and scene.quoted[named.i] < 0:
                return child.i, named.i
    return None


def _passes_on(scene: Scene, outer: Draft, publishers: frozenset[int]) -> bool:
    if outer.source in publishers:
        return True
    relaying = scene.lemma[outer.cue] in _RELAYING
    return relaying and outer.source is not None and scene.lemma[outer.source] in _RELAY_NOUNS


def _covers(scene: Scene, inner: Draft, outer: Draft) -> bool:
    """Whether the inner claim, its cue and its source are most of what the outer one says."""
    own = inner.words | source_tokens(scene, inner.source) | {inner.cue}
    start, end = scene.sentences[scene.sentence[inner.cue]]
    here = [i for i in outer.words if start <= i < end]
    return 2 * len(own & set(here)) > len(here)


def settle(scene: Scene, found: list[Draft]) -> list[Draft]:
    """Outermost first, then best first; each word is said once, except inside a sure claim within a claim."""
    kept: list[Draft] = []
    rivals: set[int] = set()
    alone = [d for d in (_without_earlier(scene, d, found) for d in found) if d.words]
    for each in sorted(alone, key=lambda d: (_depth(d, alone), -d.score, d.cue)):
        outer = [k for k in kept if each.cue in k.words]
        if outer:
            if _worth_nesting(scene, each, outer):
                kept.append(each)
            continue
        words = each.words - rivals
        if 2 * len(words) > len(each.words):
            kept.append(replace(each, words=words))
            rivals |= words
    return sorted(kept, key=lambda d: (min(d.words), d.cue))


def _without_earlier(scene: Scene, each: Draft, found: list[Draft]) -> Draft:
    """`each` without an earlier quotation and its cue: “A,” said one, who came with a gun, he said, of steel."""
    words = each.words
    for other in found:
        earlier = other.cue in words and min(other.words) < other.cue < each.cue
        if earlier and any(scene.quoted[i] >= 0 for i in other.words):
            words = words - other.words - {other.cue} - source_tokens(scene, other.source)
    return replace(each, words=words if 2 * len(words) > len(each.words) else frozenset())


def _depth(each: Draft, found: list[Draft]) -> int:
    """In how many other claims' words the cue stands."""
    return sum(each.cue in d.words and d.cue not in each.words for d in found)


def _worth_nesting(scene: Scene, each: Draft, outer: list[Draft]) -> bool:
    """Only a sure claim, of somebody named or known as an actor, that lies within the outer one."""
    if each.source is None or each.score < NESTED_FLOOR or not all(each.words < k.words for k in outer):
        return False
    token = scene.tokens[each.source]
    if token.pos_ == "PRON":
        return False
    known = token.ent_type_ or token.pos_ == "PROPN" or token.tag_ == "NNS"
    return bool(known) or scene.lemma[each.source] in listed("roles")
