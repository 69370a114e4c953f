"""What befell one person, or what he is said to have done, as one mention tells it: died, was charged, was appointed.

A report's headline and lead tell it of somebody without a name, and later sentences of a name (see
flows.extract.naming.nameless).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.events.syntax import is_passive
from flows.extract.naming.asserted import is_asserted
from flows.extract.naming.verbs import present_form
from flows.extract.naming.vocabulary import word_class
from flows.resources import classes, lexicon

_DOES, _SUFFERS, _STATES, _OF, _CALLINGS = "does", "suffers", "states", "of", "callings"
_COLUMNS: Final = (_DOES, _SUFFERS, _STATES, _OF, _CALLINGS)
_COMPLEMENTS: Final = frozenset({"acomp", "oprd", "attr", "advmod", "xcomp", "dobj"})
_COURTS: Final = word_class("COURTS")
_THERE: Final = word_class("BEING_IN_COURT")
_CASES: Final = word_class("CASES")
_CRIMINAL: Final = frozenset({("face", "charge"), ("face", "trial"), ("face", "count"), ("open", "fire")})
_CONJUNCTS: Final = 8  # verbs that go on with one subject
_PARTICLES: Final = frozenset({"at", "back", "off", "on", "up"})  # "Minister fired back"
_TAKING: Final = frozenset({"claim", "cost", "take"})  # whose object is a life
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_OF_SEVERAL: Final = "appointed"  # the fate of which an article tells of several people
_STRUCK: Final = "struck"  # the fate of whoever is hit, by a vehicle alone
_BEFORE: Final = frozenset({"compound", "amod", "nmod", "appos"})


@cache
def _told_by() -> dict[str, dict[str, str]]:
    """For each column of the lexicon the fate by word."""
    return {
        column: {word: row["fate"] for row in lexicon("personal_fates") for word in (row[column] or "").split()}
        for column in _COLUMNS
    }


def fates_at(noun: Token) -> set[str]:
    """The fates that a sentence tells of the person whose mention has the head `noun`; see personal_fates.tsv."""
    return {fate for fate in _fates(first_of(noun)) if fate} | {fate for fate in _called(noun) if fate}


def is_calling(noun: Token) -> bool:
    """Whether the noun says by itself what befell the one whom it stands for: "gunman", "victim"; nominees are many."""
    return _told_by()[_CALLINGS].get(noun.lemma_.lower(), _OF_SEVERAL) != _OF_SEVERAL


def is_beside_another(noun: Token) -> bool:
    """Whether the person is told of together with others: "his mother and sister", "one Pole and one Dane"."""
    return noun.dep_ == "conj" or any(child.dep_ == "conj" for child in noun.children)


def first_of(noun: Token) -> Token:
    """The first of those whom a list tells of together."""
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    return noun


def _called(noun: Token) -> Iterator[str | None]:
    """What the noun itself says, or one that stands before a name: "the gunman", "murder suspect Jo Brandl"."""
    callings = _told_by()[_CALLINGS]
    yield callings.get(noun.lemma_.lower())
    before = (callings.get(child.lemma_.lower()) for child in noun.children if child.dep_ in _BEFORE)
    yield from (fate for fate in before if fate != _OF_SEVERAL)
    states = (_told_by()[_STATES].get(child.lower_) for child in noun.lefts if child.dep_ == "amod")
    yield from (fate for fate in states if fate != _OF_SEVERAL)


def _fates(noun: Token) -> Iterator[str | None]:
    table, over = _told_by(), noun.head
    if noun.dep_ in {"nsubj", "nsubjpass"} or _is_overlooked_subject(noun):
        yield from _of_subject(over, noun)
    elif noun.dep_ == "dobj" and _is_news(over):
        yield _suffered(over)
    elif noun.dep_ == "poss" and not any(
        child.dep_ == "prep" and child.lower_ in {"of", "on"} for child in over.children
    ):
        yield table[_OF].get(over.lemma_.lower())
    elif noun.dep_ == "pobj" and over.lower_ == "of":
        yield table[_OF].get(over.head.lemma_.lower()) or _of_life(over.head)
    elif noun.dep_ == "pobj" and over.lower_ == "against" and over.head.lemma_.lower() in _CASES:
        yield "accused"
    for clause in noun.children:
        if clause.dep_ == "acl" and clause.tag_ in {"VBN", "VBD"}:
            yield from _of_participle(clause)
        elif clause.dep_ == "relcl" and any(k.lower_ == "who" and k.dep_ != "dobj" for k in clause.children):
            yield from _of_subject(clause, noun)
    yield from _right_behind(noun)


def _of_life(life: Token) -> str | None:
    """ "Claimed the life of a teacher"."""
    is_lost = life.lemma_.lower() == "life" and life.dep_ == "dobj" and life.head.lemma_ in _TAKING
    return "dead" if is_lost and _is_news(life.head) else None


def _is_overlooked_subject(noun: Token) -> bool:
    """Whether a name is the subject of the verb behind it, to which the parser gave none: "Raj Lund was hit by …"."""
    verb = noun.head
    is_before = noun.dep_ in {"intj", "npadvmod"} and noun.pos_ == "PROPN" and noun.i < verb.i
    return is_before and verb.pos_ in {"VERB", "AUX"} and not any("subj" in child.dep_ for child in verb.children)


def _of_subject(verb: Token, noun: Token) -> Iterator[str | None]:
    """What the clause of `verb`, and the clauses that go on with its subject, say of it."""
    yield from _of_clause(verb, is_suffered=noun.dep_ == "nsubjpass" or is_passive(verb))
    for _ in range(_CONJUNCTS):  # "was found dead and his car burnt", "fell ill and died"
        going_on = (c for c in verb.children if c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"})
        following = next((c for c in going_on if not any("subj" in child.dep_ for child in c.children)), None)
        if following is None:
            return
        has_object = any(child.dep_ == "dobj" for child in following.children)
        is_suffered = following.tag_ == "VBN" and not has_object and (noun.dep_ == "nsubjpass" or is_passive(following))
        yield from _of_clause(following, is_suffered=is_suffered)
        verb = following


def _of_clause(verb: Token, *, is_suffered: bool) -> Iterator[str | None]:
    if not _is_news(verb):
        return
    table = _told_by()
    if is_suffered:
        yield _suffered(verb)
    else:
        yield table[_DOES].get(verb.lemma_.lower())
        yield table[_STATES].get(verb.lower_) if verb.pos_ not in {"VERB", "AUX"} else None
    yield from _complements(verb)


def _is_news(verb: Token) -> bool:
    """Whether the clause is told as a fact, and not of long ago: "was arrested in 1990"."""
    return is_asserted(verb) and not any(map(_is_long_ago, verb.children))


def _is_long_ago(child: Token) -> bool:
    if child.lower_ == "ago" or any(word.lower_ == "last" for word in child.children if child.lower_ == "year"):
        return True
    return child.dep_ == "prep" and child.lower_ == "in" and any(_YEAR.fullmatch(t.text) for t in child.children)


def _of_participle(verb: Token) -> Iterator[str | None]:
    yield _suffered(verb)
    yield from _complements(verb)


def _suffered(verb: Token) -> str | None:
    found = _told_by()[_SUFFERS].get(verb.lemma_.lower())
    if verb.lower_ == "caught" and any(child.lower_ == "up" for child in verb.children):  # "caught up in a storm"
        return None
    return found if found != _STRUCK or _is_by_vehicle(verb) else None


def _is_by_vehicle(verb: Token) -> bool:
    """ "Was hit by a van", "struck by a silver 2013 Teso": not by sanctions."""
    by = (noun for agent in verb.children if agent.lower_ == "by" for noun in agent.children if noun.dep_ == "pobj")
    return any({t.lemma_.lower() for t in noun.subtree} & classes("event_words")["VEHICLES"] for noun in by)


def _complements(verb: Token, depth: int = 0) -> Iterator[str | None]:
    """ "Was found dead", "is due in court", "faces charges", "fell to his death"."""
    table = _told_by()
    for child in verb.children:
        if child.dep_ == "prep":
            yield from (_in_court(verb, child, noun) for noun in child.children if noun.dep_ == "pobj")
        elif child.dep_ in _COMPLEMENTS:
            yield table[_STATES].get(child.lower_)
            yield "accused" if (verb.lemma_, child.lemma_.lower()) in _CRIMINAL else None
            if child.dep_ in {"xcomp", "acomp"} and depth < 2:
                yield table[_DOES].get(child.lemma_.lower()) if child.dep_ == "xcomp" and child.tag_ != "VBN" else None
                yield _suffered(child) if child.dep_ == "xcomp" and is_passive(child) else None
                yield from _complements(child, depth + 1)


def _in_court(verb: Token, prep: Token, noun: Token) -> str | None:
    if prep.lower_ == "to" and noun.lemma_.lower() == "death":
        return "dead"
    is_there = verb.lemma_.lower() in _THERE or verb.lower_ == "due"
    return "accused" if is_there and noun.lemma_.lower() in _COURTS else None


def _right_behind(noun: Token) -> Iterator[str | None]:
    """ "Climber killed in fall" of a headline, whatever the parser made of it."""
    if noun.i + 1 < len(noun.doc):
        behind = noun.nbor(1)
        is_active = any(child.dep_ in {"dobj", "aux"} for child in behind.children)
        goes_on = behind.i + 1 < len(noun.doc) and behind.nbor(1).lower_ in _PARTICLES
        yield None if is_active or goes_on else _told_by()[_STATES].get(behind.lower_)
        is_shouted = behind.pos_ in {"PROPN", "NOUN"} and behind.text[:1].isupper()  # "Climber Dies in Fall"
        yield _done_in_headings().get(behind.lower_) if is_shouted and not goes_on else None


@cache
def _done_in_headings() -> dict[str, str]:
    """The fates by the forms that headings tell them with: "dies", "quits"."""
    return {present_form(verb): fate for verb, fate in _told_by()[_DOES].items()}
