"""Figures that somebody gives without a clause: "put the toll at 21", "20,000 by the organisers and 8,000 by police".

A number is what was said. Whoever counts behind it counts the same: "the union counted 3,000, the police 1,200".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from flows.extract.claims import sources
from flows.extract.claims.assemble import Draft
from flows.extract.claims.people import is_somebody
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import word_class
from flows.extract.numbers import numbers

COUNTED: Final = 0.8  # score of a claim that a rule finds here
_REACH: Final = 12  # tokens from a verb of counting to its number
_PHRASE: Final = 8  # tokens of a noun phrase, at the most
_NOMINAL: Final = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "PART"})
_ENDS: Final = frozenset({".", ",", ";", ":", ")", "and", "but", "while", "by", "of", "in", "at", "on"})
_IF: Final = frozenset({"if", "unless", "whether"})
_MANY: Final = 20  # fewer are counted by whoever counts alone
_JOINS: Final = frozenset({",", ";", "and", "but", "while"})

Stretch = tuple[int, int]  # first and last token


def counted(scene: Scene, kept: Sequence[Draft]) -> list[Draft]:
    """`kept` with the figures that somebody gives; what else was found for their cues goes."""
    told = _numbers(scene)
    found = [each for number in told for each in _by_verb(scene, number)]
    last = {max(d.words): d for d in found}
    found += [each for number in told for each in _echo(scene, number, last)]
    if not found:
        return list(kept)
    cues = {each.cue for each in found}
    others = [each for each in kept if each.cue not in cues]
    found = [each for each in found if not _is_told(each, kept) and _is_free(each, others)]
    replaced = {(each.cue, each.source) for each in found}
    said = frozenset().union(*(_with_source(scene, each) for each in found))
    rest = [replace(each, words=each.words - said) for each in kept if (each.cue, each.source) not in replaced]
    return [*(each for each in rest if each.words), *found]


def _with_source(scene: Scene, each: Draft) -> frozenset[int]:
    """The words of a figure with the source before it and what joins them: "and the bank at 30 percent"."""
    if each.source is None or each.source < each.cue or each.source > min(each.words):
        return each.words
    first = sources.phrase(scene, each.source)[0]
    joins = scene.tokens[first - 1].lower_ in _JOINS
    return each.words | frozenset(range(first - joins, max(each.words) + 1))


def _is_told(each: Draft, kept: Collection[Draft]) -> bool:
    """Whether the claim of its cue and source has the words of a figure, and perhaps more."""
    return any(each.words <= d.words for d in kept if (d.cue, d.source) == (each.cue, each.source))


def _is_free(each: Draft, others: Collection[Draft]) -> bool:
    """Whether no claim of another cue has the words of a figure, or its cue among its own."""
    return all(each.words.isdisjoint(d.words) and each.cue not in d.words for d in others)


def _numbers(scene: Scene) -> list[Stretch]:
    """The numbers outside of quotations and dates, with the words that bound them."""
    found = []
    for number in numbers(scene.text):
        if any(date.start < number.end and number.start < date.end for date in scene.doc._.dates):
            continue
        first, last = scene.at_offset(number.start), scene.at_offset(number.end - 1)
        if scene.quoted[first] < 0 and scene.sentence[first] == scene.sentence[last]:
            found.append((first, _with_unit(scene, last)))
    return found


def _with_unit(scene: Scene, last: int) -> int:
    """The token that ends a number with what it counts: "14 points"."""
    behind = scene.tokens[last + 1] if last + 1 < len(scene.tokens) else None
    return last + 1 if behind is not None and (behind.pos_ == "NOUN" or behind.text == "%") else last


def _by_verb(scene: Scene, number: Stretch) -> Iterator[Draft]:
    """ "Put the number at 11", "put at 20,000 by the organisers", "counted 3,000"."""
    first, last = number
    before = scene.tokens[first - 1] if first else None
    if before is None:
        return
    if before.lower_ == "at":
        verb = _verb_before(scene, first - 1)
        if verb is None:
            return
        words = range(verb.i + 1, last + 1)
        if _is_passive(verb):
            source = _behind_by(scene, last + 1)
            words = range(first, last + 1)
        else:
            source = sources.source_of(scene, verb.i)
        yield from _draft(scene, verb.i, source, words)
    elif before.pos_ == "VERB" and scene.lemma[before.i] in word_class("TALLYING") and _is_tally(scene, number):
        yield from _draft(scene, before.i, sources.source_of(scene, before.i), range(first, last + 1))


def _is_tally(scene: Scene, number: Stretch) -> bool:
    """Whether "said 3,000" is all; nobody counts twelve for others ("counted 12 and got up")."""
    digits = scene.tokens[number[1]].text.replace(",", "")
    return _ends(scene, number[1]) and (not digits.isdigit() or int(digits) >= _MANY)


def _echo(scene: Scene, number: Stretch, last: dict[int, Draft]) -> Iterator[Draft]:
    """ "… and 8,000 by police", "…, the police 1,200", "…, the opposition at 70": the number of another who counts."""
    first, end = number
    start = scene.sentences[scene.sentence[first]][0]
    former = next((last[i] for i in range(first - 1, max(start, first - _REACH), -1) if i in last), None)
    if former is None or not _ends(scene, end):
        return
    words = range(first, end + 1)
    behind = _behind_by(scene, end + 1)
    if behind is not None and scene.tokens[first - 1].lower_ in _JOINS:
        yield from _draft(scene, former.cue, behind, words)
        return
    near = first - 2 if scene.tokens[first - 1].lower_ == "at" else first - 1
    opening = near
    while opening > start and scene.tokens[opening].pos_ in _NOMINAL and near - opening < _PHRASE:
        opening -= 1
    if opening < near and scene.tokens[opening].lower_ in _JOINS and opening > max(former.words):
        yield from _draft(scene, former.cue, near, words)


def _draft(scene: Scene, cue: int, source: int | None, words: range) -> Iterator[Draft]:
    said = frozenset(i for i in words if scene.is_word(i) or i == words[-1])
    if source is None or source in said or any(scene.quoted[i] >= 0 for i in said):
        return
    if scene.tokens[source].tag_ in ("WP", "WDT") or any(c.lower_ in _IF for c in scene.tokens[cue].children):
        return
    if is_somebody(scene, scene.tokens[source]):
        yield Draft(cue, source, said, COUNTED)


def _verb_before(scene: Scene, at: int) -> Token | None:
    """The verb of counting whose "at" it is, with what is counted between them ("the toll") unless it is passive."""
    start = scene.sentences[scene.sentence[at]][0]
    for i in range(at - 1, max(start - 1, at - _REACH), -1):
        token = scene.tokens[i]
        if scene.lemma[i] in word_class("COUNTING") and token.pos_ == "VERB":
            counts = any(scene.lemma[k] in word_class("QUANTITIES") for k in range(i + 1, at))
            return token if counts or _is_passive(token) else None
        if token.pos_ in ("VERB", "AUX") or token.text in (",", ";", ":"):
            return None
    return None


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in ("nsubj", "dobj") for child in verb.children):
        return False
    return verb.tag_ == "VBN" or verb.dep_ == "acl"


def _behind_by(scene: Scene, at: int) -> int | None:
    """The head of the noun phrase behind a "by" at this token."""
    if at >= len(scene.tokens) or scene.tokens[at].lower_ != "by":
        return None
    last = at
    while last + 1 < len(scene.tokens) and scene.tokens[last + 1].pos_ in _NOMINAL and last - at < _PHRASE:
        last += 1
    return last if last > at and scene.tokens[last].pos_ in ("NOUN", "PROPN") else None


def _ends(scene: Scene, last: int) -> bool:
    """Whether nothing that is counted stands behind a number."""
    behind = scene.tokens[last + 1] if last + 1 < len(scene.tokens) else None
    return behind is None or behind.is_space or behind.lower_ in _ENDS
