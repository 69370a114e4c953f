"""Decide: score the cues, draft a claim for each likely one, and settle which of those that compete stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from flows.extract.claims import content, cues, features, headlines, neighbours, relays, sources, thatclause, utterers
from flows.extract.claims.assemble import Draft, draft, source_tokens
from flows.extract.claims.bare import bare, told_behind
from flows.extract.claims.counted import counted
from flows.extract.claims.labels import labelled
from flows.extract.claims.model import Weights, probability
from flows.extract.claims.people import is_somebody
from flows.extract.claims.posted import posted, spoken
from flows.extract.claims.remarks import is_remark
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import role_kinds, word_class
from flows.records import Span

CUE_FLOOR: Final = 0.43  # the study: flat from .35 to .50; on the gold more precise than .40 at the same recall
ACCORDING: Final = 0.6  # "according to" somebody is a rule of its own
QUOTED_AS: Final = 0.9  # "quoted her as saying" is as sure as "said"
MADE_CLEAR: Final = 0.73  # of somebody: 11 of 15 are cues in our own annotation
SHOUTED: Final = 0.68  # "Shouting “Go home!” they left": 39 of 57 whom the rule finds in news articles are right
EMERGED: Final = 0.8  # "claims emerged that …": 8 of 8 in news articles are claims
THAT_CLAUSE: Final = 0.45  # a known verb with somebody before it and "that" behind: 64 % of those under the floor
SURE: Final = 2  # strength in the lexicon
NESTED_FLOOR: Final = 0.9  # a claim inside another's content must be sure


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
        if i in joined or i in above.values() or is_remark(scene, i):
            continue
        source = sources.source_of(scene, i)
        subject = headlines.told_of(scene, i, source)
        source = None if source in barred or subject else source
        p = probability(model["cue"], features.of_cue(scene, i, source))
        p = max(p, at_least(scene, i, source))
        if p >= CUE_FLOOR:
            made = draft(scene, model["unit"], i, source, p, above.get(i))
            made = surfaced(scene, replace(made, words=(made.words | subject) - barred))
            found.append(headlines.without_circumstances(scene, made))
    found = [d for d in found if d.words and not neighbours.never_said(scene, d.cue, d.source, d.words)]
    kept = _whole_quotations(
        scene, settle(scene, relays.relayed(scene, relays.cited(scene, found, publishers), publishers))
    )
    kept = spoken(scene, posted(scene, headlines.labelled_behind(scene, kept)))
    kept += labelled(scene, barred.union(*(d.words for d in kept)))
    kept = counted(scene, told_behind(scene, kept, barred))
    return _continued(scene, bare(scene, _continued(scene, kept), barred))


def _whole_quotations(scene: Scene, found: list[Draft]) -> list[Draft]:
    """`found` with the quotations whole of which the parser gave one of them the beginning or the end alone."""
    done = []
    for each in found:
        words = each.words
        others = [d for d in found if d is not each]
        for q in {scene.quoted[i] for i in words} - {-1}:
            inside = content.words_of(scene, q)
            ends = words & {min(inside), max(inside)}
            own = {each.cue, each.source}.isdisjoint(inside)
            if ends and own and all(inside.isdisjoint(d.words | {d.cue, d.source}) for d in others):
                words = words | inside
        done.append(replace(each, words=content.without_programmes(scene, words, each.cue)))
    return done


def at_least(scene: Scene, i: int, source: int | None) -> float:
    """How probable a rule makes the cue at `i`, whatever was learned; 0 where there is no rule for it."""
    if cues.quoted_as(scene, i) is not None:
        return QUOTED_AS
    if cues.made_clear(scene, i) is not None and source is not None and is_somebody(scene, scene.tokens[source]):
        return MADE_CLEAR
    chanting = source is not None and scene.lemma[i] in word_class("CHANTING")
    if chanting and any(q >= 0 for q in scene.quoted[i + 1 : i + 3]):
        return SHOUTED
    entry = scene.entry(i)
    if entry is not None and entry.strength >= SURE and utterers.shouting(scene, scene.tokens[i]) is not None:
        return SHOUTED
    if source is not None and _emerged(scene, i, source):
        return EMERGED
    known = entry is not None and entry.strength >= SURE and scene.tokens[i].pos_ == "VERB"
    if source is not None and known and thatclause.opened(scene.tokens[i]):
        return THAT_CLAUSE
    return ACCORDING if source is not None and scene.lemma[i] in word_class("ACCORDING") else 0.0


def _emerged(scene: Scene, i: int, source: int) -> bool:
    """Whether reports, rumours or the like come up with a that-clause of their own."""
    noun = scene.tokens[source]
    if scene.lemma[i] not in word_class("SURFACING") or noun.pos_ != "NOUN" or scene.entry(source) is None:
        return False
    return thatclause.opened(scene.tokens[i]) or thatclause.opened(noun)


def surfaced(scene: Scene, each: Draft) -> Draft:
    """The cue of "reports emerged that …" is the reports, and nobody's unless they are said to be somebody's."""
    if each.source is None or scene.lemma[each.cue] not in word_class("SURFACING"):
        return each
    noun = scene.entry(each.source) is not None and scene.tokens[each.source].pos_ == "NOUN"
    return replace(each, cue=each.source, source=sources.source_of(scene, each.source)) if noun else each


def _continued(scene: Scene, found: list[Draft]) -> list[Draft]:
    """`found` in text order, with the quoted sentences that nobody claims given to the quotation before them."""
    found = sorted(found, key=lambda d: (min(d.words), d.cue))
    taken: set[int] = set().union(*(d.words | {d.cue} for d in found)) if found else set()
    done = []
    for each in found:
        more: set[int] = set()
        if any(scene.quoted[i] >= 0 for i in each.words) and each.whole is None:
            more = content.continued(scene, set(each.words), each.cue, taken)
            taken |= more
        done.append(replace(each, words=each.words | more))
    return done


def settle(scene: Scene, found: list[Draft]) -> list[Draft]:
    """Outermost first, then with a source, then best first; each word once, but for a sure claim within a claim."""
    kept: list[Draft] = []
    rivals: set[int] = set()
    alone = [d for d in (_without_earlier(scene, d, found) for d in found) if d.words]
    for each in sorted(alone, key=lambda d: (_depth(d, alone), d.source is None, -d.score, d.cue)):
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
    return bool(known) or scene.lemma[each.source] in role_kinds()
