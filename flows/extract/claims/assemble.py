"""One claim from one cue: which units of the sentence it reports, with whole quotations and without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from flows.extract.claims import content, cues, features, neighbours, sources, thatclause, units, utterers
from flows.extract.claims.model import Weights, probability
from flows.extract.claims.scene import SUBJECTS, Scene
from flows.extract.claims.vocabulary import word_class
from flows.extract.dates.govern import date_of
from flows.extract.dates.syntax import governor, root_of
from flows.records import Span

UNIT_FLOOR: Final = 0.5
# Verbs that take a clause and nobody who is told: a noun before the clause belongs to it.
_NO_OBJECT: Final = word_class("NO_OBJECT")
_LOOSE: Final = frozenset({"c:dobj", "c:nsubj", "c:npadvmod", "c:dep", "c:dative"})
# With circumstances alone ("she said on Monday", "they shouted from the street") the quotation beside the cue is meant.
_CIRCUMSTANCES: Final = frozenset({"c:advmod", "c:npadvmod", "c:advcl", "c:dative"})
_WHEN_AND_WHERE: Final = frozenset({"from", "in", "on", "at", "after", "before", "during", "outside", "inside", "upon"})
_TOLD: Final = frozenset({"me", "him", "her", "us", "them", "you"})
_OPENING: Final = frozenset({*SUBJECTS, "expl", "aux", "auxpass", "neg"})
_GAP: Final = 2  # words left out between two accepted units that are taken in all the same


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in tokens: its cue, the head of its source, the words said."""

    cue: int
    source: int | None
    words: frozenset[int]
    score: float
    relays: tuple[int, ...] = ()  # heads of the sources that passed it on, nearest to the speaker first
    bare: bool = False  # no word signals it: `cue` is only the token from which its place is told
    whole: Span | None = None  # all of a post, or of a turn in a talk: verbatim without marks, nothing goes on from it


def draft(scene: Scene, model: Weights, cue: int, source: int | None, score: float, above: int | None) -> Draft:
    """The claim of `cue`; `above` is the quoting verb where the cue is the saying of "quoted her as saying"."""
    found = units.units_of(scene, cue)
    context = features.context_of(scene, found)
    own = source_tokens(scene, source) | {cue}
    words: set[int] = set()
    core = False
    for unit in found:
        if source is not None and source in unit.tokens:
            if unit.relation != "c:ccomp" or not _ends_with_source(scene, unit, own, cue):
                continue
            words.update(i for i in unit.tokens if i not in own and scene.is_word(i))
            core = True
            continue
        if above is not None:
            accepted = _said_as(scene, unit, above)
        else:
            accepted = probability(model, features.of_unit(scene, cue, unit, source, context)) >= UNIT_FLOOR
        if accepted:
            words.update(i for i in unit.tokens if scene.is_word(i))
            core = core or not _circumstance(scene, unit)
    if above is None:
        whole = thatclause.clause(scene, cue, words)
        core, words = core or whole != words, whole
    if not core:
        words = content.beside(scene, cue) or words
    words |= _lost_subject(scene, found, words, cue) | _opening(scene, cue, words)
    words = utterers.without_resumed(scene, cue, words - _told_to_act(scene, cue))
    words = (words | _called_on(scene, cue, words) | _parted_subject(scene, cue)) - {cues.calling(scene, cue)}
    helpers = {c.i for c in scene.tokens[cue].children if c.dep_ in ("aux", "auxpass", "neg", "prt")}
    words = _extended(scene, _filled(scene, words - own, cue, own | helpers), cue) - own
    words = (neighbours.apart(scene, cue, words | neighbours.interrupted(scene, cue, own, words))) - own
    words = content.without_comment(scene, content.unglued(scene, words, cue), cue)
    words = content.whole_start(scene, words, own | helpers)
    words = words - _day_of_saying(scene, cue, words)
    if scene.quoted[cue] >= 0:  # a quoted predicate: what stands before it in the marks belongs to the cue
        words = {i for i in words if i > cue or scene.quoted[i] != scene.quoted[cue]}
    return Draft(cue, source, frozenset(words), score)


def _ends_with_source(scene: Scene, unit: units.Unit, own: set[int], cue: int) -> bool:
    """Whether the parser took the source into what was said: "the town had fallen, said | officials and guards"."""
    last = max(i for i in unit.tokens if scene.is_word(i))
    before = min(i for i in unit.tokens if i in own) - 1
    return last in own and last == cue - 1 and before >= 0 and scene.tokens[before].text == ","


def _circumstance(scene: Scene, unit: units.Unit) -> bool:
    if unit.level > 0 or scene.quoted[unit.tokens[0]] >= 0:
        return False
    if unit.relation == "c:dobj" and scene.tokens[unit.head].lower_ in _TOLD:  # “But why?” the reporter asked him
        return True
    return unit.relation in _CIRCUMSTANCES or (unit.relation == "c:prep" and scene.lemma[unit.head] in _WHEN_AND_WHERE)


def _lost_subject(scene: Scene, found: list[units.Unit], words: set[int], cue: int) -> set[int]:
    """The subject that the parser hung on the cue: "he said Iraq's government, with help, would be able"."""
    clause = next((u for u in found if u.relation == "c:ccomp" and u.tokens[0] > cue and u.head in words), None)
    if clause is None or scene.lemma[cue] not in _NO_OBJECT:
        return set()
    if any(c.dep_ in SUBJECTS or c.dep_ == "expl" for c in scene.tokens[clause.head].children):
        return set()
    lost = [u for u in found if u.level == 0 and cue < u.tokens[0] < clause.tokens[0] and u.relation in _LOOSE]
    lost = [u for u in lost if scene.tokens[u.head].ent_type_ not in ("DATE", "TIME")]
    first = min((u.tokens[0] for u in lost), default=clause.tokens[0])
    return {i for i in range(first, clause.tokens[0]) if scene.is_word(i)}


def _opening(scene: Scene, cue: int, words: set[int]) -> set[int]:
    """The subject and auxiliaries of what "according to" reports: "| It was | found that the wall had moved"."""
    verb = scene.tokens[cue].head
    while verb.head.i in words and verb.head.i < verb.i:
        verb = verb.head
    if scene.lemma[cue] not in word_class("ACCORDING") or verb.i not in words or min(words) < verb.i:
        return set()
    first = min((c.left_edge.i for c in verb.children if c.dep_ in _OPENING and c.i < verb.i), default=verb.i)
    before = {i for i in range(first, verb.i) if scene.is_word(i)}
    return before if scene.sentence[first] == scene.sentence[cue] and cue not in before else set()


def _told_to_act(scene: Scene, cue: int) -> set[int]:
    """The council and the day in "told the council Monday to keep the gates shut": who is told is not what is said."""
    if scene.lemma[cue] != "tell":
        return set()
    acts = [c for c in scene.tokens[cue].children if c.dep_ == "xcomp" and c.i > cue]
    opening = next((c.i for act in acts for c in act.lefts if c.tag_ == "TO"), cue)
    while opening > cue and scene.tokens[opening - 1].dep_ in ("neg", "advmod"):  # "told them never to go"
        opening -= 1
    return {i for i in range(cue + 1, opening) if scene.quoted[i] < 0}


def _day_of_saying(scene: Scene, cue: int, words: set[int]) -> set[int]:
    """The day in "said | Friday | the dam would hold", which the parser hangs on the clause."""
    index = date_of(scene.doc, cue)
    found = scene.doc._.dates[index] if index is not None else None
    root = root_of(scene.doc, found.start, found.end) if found is not None else None
    if found is None or root is None or root.i not in words or governor(root) != scene.tokens[cue]:
        return set()
    after = [i for i in words if cue < i < scene.at_offset(found.start)]
    return set() if after else set(range(cue + 1, scene.at_offset(found.end - 1) + 1))


def _called_on(scene: Scene, cue: int, words: set[int]) -> set[int]:
    """Those who are to act: "called on | the guards | to leave"."""
    at = cues.calling(scene, cue)
    who = next((x for x in scene.tokens[at].children if x.dep_ == "pobj"), None) if at is not None else None
    if who is None:
        return set()
    first, last = sources.phrase(scene, who.i)
    to_act = any(i in words and scene.tokens[i].tag_ == "TO" for i in range(last + 1, last + 3))
    return {i for i in range(first, last + 1) if scene.is_word(i)} if to_act else set()


def _parted_subject(scene: Scene, cue: int) -> set[int]:
    """The league in "the league was, in the past, accused of it", whose subject the parser hung on the "was"."""
    helpers = [c for c in scene.tokens[cue].children if c.dep_ in ("aux", "auxpass")]
    if scene.tokens[cue].tag_ != "VBN" or any(c.dep_ in SUBJECTS for c in scene.tokens[cue].children):
        return set()
    if all(c.dep_ != "auxpass" for c in helpers):
        return set()
    subject = next((x for c in helpers for x in c.children if x.dep_ in SUBJECTS), None)
    return {t.i for t in subject.subtree if scene.is_word(t.i)} if subject is not None else set()


def source_tokens(scene: Scene, source: int | None) -> set[int]:
    """All tokens of the noun phrase of the source."""
    if source is None:
        return set()
    first, last = sources.phrase(scene, source)
    return set(range(first, last + 1))


def _said_as(scene: Scene, unit: units.Unit, above: int) -> bool:
    """Content in "IRNA quoted her as saying …": what is quoted, and the clause of either verb."""
    if scene.quoted[unit.tokens[0]] >= 0:
        return True
    if unit.relation == "c:ccomp":  # cut at a quotation: "as saying | that the staff | “laughed at us”"
        return True
    head = scene.tokens[unit.head]
    return head.dep_ in ("ccomp", "parataxis", "dobj") and (unit.level == 0 or head.dep_ != "dobj") and head.i != above


def _filled(scene: Scene, words: set[int], cue: int, own: set[int]) -> set[int]:
    """`words` without gaps; where all of them stand before the cue, up to the cue or its source."""
    here = [i for i in words if scene.sentence[i] == scene.sentence[cue]]
    if not here:
        return words
    if max(here) < cue:
        end = min((i for i in own if i > max(here)), default=cue)
        if all(i in own for i in range(end, cue + 1) if scene.is_word(i)):
            return words | {i for i in range(min(here), end) if scene.is_word(i)}
        return words
    return words | _between(scene, sorted(i for i in here if i > cue), own)


def _between(scene: Scene, ordered: list[int], own: set[int]) -> set[int]:
    """The words of short gaps in `ordered`."""
    found: set[int] = set()
    for before, after in pairwise(ordered):
        gap = [i for i in range(before + 1, after) if scene.is_word(i)]
        plain = all(scene.tokens[i].pos_ not in ("VERB", "AUX") and not scene.tokens[i].ent_type_ for i in gap)
        if plain and len(gap) <= _GAP and own.isdisjoint(range(before + 1, after)):
            found.update(gap)
    return found


def _extended(scene: Scene, words: set[int], cue: int) -> set[int]:
    """`words` with whole quotations and what a colon introduces."""
    number = scene.sentence[cue]
    words = words - content.split_off(scene, number)
    if words and number + 1 < len(scene.sentences) and max(words) < scene.sentences[number][1]:
        words = words | content.split_off(scene, number + 1)
    words = words | content.after_colon(scene, cue) | thatclause.proviso(scene, cue, words)
    return content.whole_quotations(scene, words)
