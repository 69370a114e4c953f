"""What befell those whom a number counts (killed, injured, missing …), read from the verbs and nouns around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.events.syntax import is_passive, prepositions
from flows.resources import classes, lexicon

TOTALS: Final = classes("fate_words")["TOTALS"]
_INTRANSITIVE: Final = classes("fate_words")["BY_ITSELF"]
_STATES: Final = frozenset({"missing", "dead"})
_NOBODY: Final = frozenset({"none", "neither"})
_CAPTIVE: Final = frozenset({"prisoner", "hostage", "captive"})
_RISES: Final = classes("fate_words")["RISING"]
_GIVES: Final = classes("fate_words")["GIVING"]
_COMPLEMENTS: Final = frozenset({"acomp", "oprd", "xcomp", "attr", "dobj", "advmod", "prep"})
_HEDGES: Final = classes("fate_words")["HEDGES"]
_NOMINAL: Final = frozenset({"NOUN", "NUM", "PROPN"})
_CORPSES: Final = classes("fate_words")["CORPSES"]


@dataclass(frozen=True, slots=True)
class Unit:
    unit: str
    kind: str


@cache
def units() -> Mapping[str, Unit]:
    """Units by the word that is counted."""
    return {row["word"]: Unit(row["unit"], row["kind"]) for row in lexicon("units")}


@cache
def fates() -> frozenset[str]:
    """The units that say what befell people."""
    return frozenset(unit.unit for unit in units().values() if unit.kind == "fate")


def known(token: Token) -> Unit | None:
    """The listed unit of a word; "bodies" are the killed only where nothing else qualifies them."""
    unit = units().get(token.lemma_.lower()) or units().get(token.lower_)
    if unit is not None and token.lemma_.lower() in {"body", "corpse"} and not _is_corpse(token):
        return None
    return unit


def _is_corpse(body: Token) -> bool:
    return all(k.lower_ in _CORPSES for k in body.children if k.dep_ in {"amod", "compound", "nmod"})


def fate_of(noun: Token) -> str | None:
    """What befell those counted: what the sentence tells of them, before what tells who they are.

    "Freed nine engineers abducted in May" tells of release, "30 others wounded" of what stands behind.
    """
    return _governing_fate(noun) or _said_behind(noun) or _clauses_fate(noun) or _governing_fate(_first_of(noun))


def _governing_fate(noun: Token) -> str | None:
    """The fate in the verb that they are the object, or the suffering subject, of."""
    if noun.dep_ == "compound" and noun.head.lemma_.lower() in _CAPTIVE and noun.head.dep_ in {"dobj", "oprd"}:
        return "captured"  # "took nine soldiers hostage"
    over = noun
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in _NOMINAL:
        over = noun.head.head  # "dozens of villagers", "the bodies of twelve miners"
        if over.i > noun.i or over.lower_ in _NOBODY:
            return None  # "of the 60 passengers, 12 died", "none of the 200 was hurt"
        own = _known_fate(over)
        if own is not None:
            return own
        over = _first_of(over)
    if over.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        found = _verb_fate(over.head, over.dep_)
        if found is not None:
            return found
    return _clauses_fate(over) if over is not noun else None


def _first_of(noun: Token) -> Token:
    """The first of a list, which the verb governs: "killed three women and TWO BOYS"."""
    while noun.dep_ in {"conj", "appos"} and noun.head.pos_ in _NOMINAL:
        noun = noun.head
    return noun


def _said_behind(noun: Token) -> str | None:
    """ "30 others wounded", "four sailors missing": a participle or a state right behind, whatever it hangs on."""
    behind = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    if behind is None or not (behind.tag_ == "VBN" or behind.lower_ in _STATES):
        return None
    return _known_fate(behind)


def _clauses_fate(noun: Token) -> str | None:
    return next((fate for kid in noun.children if (fate := _clause_fate(kid)) is not None), None)


def fate_behind(last: Token) -> str | None:
    """What is said of a bare number right behind it, whatever the parser made of it: "22 are still missing"."""
    behind = [t for t in last.doc[last.i + 1 : last.i + 6] if t.pos_ != "ADV" and t.lower_ not in _HEDGES]
    if len(behind) > 1 and behind[0].lemma_ in {"be", "remain", "go"}:
        return _known_fate(behind[1])
    return None


def _clause_fate(clause: Token) -> str | None:
    """ "five guards killed in the raid", "who had died", "who gave their lives"."""
    if clause.dep_ not in {"acl", "relcl"}:
        return None
    if clause.tag_ == "VBN" or is_passive(clause) or clause.lemma_ in _INTRANSITIVE or clause.lower_ in _STATES:
        found = _verb_fate(clause, "nsubj") if clause.lemma_ in _INTRANSITIVE else None
        return found or _known_fate(clause)
    return "killed" if _gives_life(clause) else None


def _gives_life(verb: Token) -> bool:
    return verb.lemma_ in _GIVES and any(k.dep_ == "dobj" and k.lemma_ == "life" for k in verb.children)


def _verb_fate(verb: Token, role: str) -> str | None:
    if role != "dobj" and _gives_life(verb):
        return "killed"
    missing = verb.lower_ in _STATES and role == "nsubj"
    if not (role == "dobj" or is_passive(verb) or verb.lemma_ in _INTRANSITIVE or missing):
        return None
    return _known_fate(verb) or _complement_fate(verb, role)


def _complement_fate(verb: Token, role: str) -> str | None:
    """ "are missing", "were taken prisoner", "are known to have died", "left dead"."""
    if verb.lemma_ in {"take", "hold"}:
        behind = verb.doc[verb.i + 1 : verb.i + 6]
        if any(t.lemma_.lower() in _CAPTIVE and not any(k.dep_ == "det" for k in t.children) for t in behind):
            return "captured"
    for kid in verb.children:
        if kid.dep_ in _COMPLEMENTS and kid.dep_ != role and (found := _known_fate(kid)) is not None:
            return found
    return None


def _known_fate(token: Token) -> str | None:
    unit = known(token)
    return unit.unit if unit is not None and unit.kind == "fate" else None


def total_of(token: Token) -> str | None:
    """What a bare number is the total of: "the number of dead at 11", "the toll rose to 17", "the dead number 40"."""
    for holder in _holders(token):
        if holder.lemma_.lower() == "toll":
            return "killed"
        if holder.lemma_.lower() not in TOTALS:
            unit = _known_fate(holder)
            if unit is not None and holder.dep_ in {"nsubj", "nsubjpass", "dobj"}:
                return unit
            continue
        for name, thing in prepositions(holder):
            if name == "of" and thing.i != token.i:
                unit_of = known(thing)
                return unit_of.unit if unit_of is not None else thing.lemma_.lower()
    return None


def is_total(token: Token) -> bool:
    """A bare number that is said to be "the figure" or "the total", without saying of what."""
    return any(holder.lemma_.lower() in TOTALS for holder in _holders(token))


def _holders(token: Token) -> Iterator[Token]:
    """The nouns whose number `token` is."""
    if token.dep_ == "pobj":
        over = token.head.head
        if over.pos_ == "NOUN":
            yield over
            over = over.head
    elif token.dep_ in {"dobj", "attr", "npadvmod", "oprd"}:
        over = token.head
    else:
        return
    if over.lemma_ in _RISES:
        yield from (k for k in over.children if k.dep_ in {"dobj", "nsubj", "nsubjpass"} and k.i != token.i)
