"""Deaths that no one dealt: PLOVER has no type for disasters and accidents, so what a flood kills is no ASSAULT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.events.building import Reading
from flows.extract.events.lexicon import VIOLENT, word_class
from flows.extract.events.participants import Cast
from flows.extract.events.syntax import prepositions, subject_of
from flows.sectors import sectors

_HARM: Final = frozenset({"kill", "wound"})
_FIGURATIVE: Final = word_class("FIGURATIVE_DISASTER")
_CAUSES: Final = frozenset({"in", "by", "from", "after", "during", "under", "of", "following"})


def without_disasters(doc: Doc, readings: Mapping[int, Reading], cast: Cast) -> dict[int, Reading]:
    """The readings without killings and woundings by a force of nature or an accident.

    Where the text tells of a disaster and of no attack, killings by nobody are its victims.
    """
    kept = {n: r for n, r in readings.items() if not (_by_nobody(r) and _cause(r.token, cast))}
    hostile = any(r.event_type in VIOLENT and (not _by_nobody(r) or _by_arms(r.token)) for r in kept.values())
    if hostile or not any(_natural(t) for t in doc) or not any(_by_nobody(r) for r in kept.values()):
        return kept
    return {n: r for n, r in kept.items() if not _by_nobody(r)}


def _by_nobody(reading: Reading) -> bool:
    return reading.event_type == "ASSAULT" and reading.mode in _HARM and not reading.actors


def _by_arms(verb: Token) -> bool:
    """ "killed by rebel fire", "wounded in the clashes"."""
    arms = word_class("WEAPON") | word_class("FIGHTING") | word_class("ATTACK")
    return any(name in _CAUSES and thing.lemma_.lower() in arms for name, thing in prepositions(verb))


def _cause(verb: Token, cast: Cast) -> bool:
    """Whether the clause of `verb` names a disaster as what did it, or when it was done."""
    subject = subject_of(verb)
    if subject is not None and any(_natural(t) for t in (subject, *subject.lefts)):
        return True
    if any(name in _CAUSES and _natural(thing) for name, thing in prepositions(verb)):
        return True
    return any(_accident(clause, cast) for clause in _clauses(verb))


def _clauses(verb: Token) -> Iterator[Token]:
    """The adverbial clauses of a verb, those under a preposition ("after the dam burst") or a day ("Monday, when")."""
    for kid in verb.children:
        if kid.dep_ in {"prep", "npadvmod"}:
            times = [kid, *kid.children]
            yield from (k for t in times for k in t.children if k.dep_ == "relcl")
        if kid.dep_ == "advcl":
            yield kid
        if kid.dep_ == "prep":
            yield from (k for k in kid.children if k.dep_ == "pcomp")


def _accident(clause: Token, cast: Cast) -> bool:
    subject = subject_of(clause)
    gave_way = clause.lemma_ == "give" and any(k.lemma_ == "way" for k in clause.children)
    if subject is None or cast.is_actor(subject):
        return False
    return gave_way or clause.lemma_ in word_class("ACCIDENT") or _natural(subject)


def _natural(token: Token) -> bool:
    """A word for a disaster, which nobody's name or weapon qualifies ("rebel fire", "a storm of protest")."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.lemma_.lower() not in word_class("DISASTER"):
        return False
    if token.lemma_.lower() == "fire" and not any(k.dep_ == "det" for k in token.children):
        return False
    armed = word_class("WEAPON") | word_class("ARMED") | sectors().keys()
    qualifying = [k for k in token.children if k.dep_ in {"compound", "amod", "poss", "nmod"}]
    figurative = token.lemma_.lower() in _FIGURATIVE and any(name == "of" for name, _ in prepositions(token))
    return not figurative and not any(k.lemma_.lower() in armed for k in qualifying)
