"""The place in the sentence around an event, where its own clause names none.

"A gunman burst into a shop in Teso and took hostages", "guards in Kostrel were at lunch when they were shot at": what
is told in one breath, joined by "and", by a participle or by "when", lies where one of its clauses says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from flows.extract.events.lexicon import nominal_words, word_class
from flows.extract.events.participants import Cast
from flows.extract.events.syntax import SUBJECTS
from flows.records import Event

_SPOT: Final = frozenset({"in", "at", "near", "outside", "inside"})
_THROUGH: Final = _SPOT | {"to", "into", "on", "of", "from", "by", "through"}
_INSIDE: Final = frozenset({"compound", "nmod", "poss", "conj", "appos", "amod"})
_BESIDE: Final = frozenset({"conj", "appos"})
_TOGETHER: Final = frozenset({"when", "as", "while", "where"})
_ALONG: Final = frozenset({"in", "during", "amid", "with", "of"})
_DEEP: Final = 5


def place_around(trigger: Token, cast: Cast) -> int | None:
    """The one named place of the sentence that a clause told together with the trigger lies in."""
    clauses = {verb.i for verb in _clauses(trigger)}
    found: dict[object, int] = {}
    for number in _named(trigger, cast):
        spot = _spot(cast.doc[cast.mentions[number].root], cast)
        verb = _verb_over(spot, trigger, cast) if spot is not None else None
        if verb is not None and clauses & {v.i for v in _clauses(verb)}:
            found.setdefault(cast.place_named(number), number)
    return next(iter(found.values())) if len(found) == 1 else None


def town_of_force(event: Event, cast: Cast) -> int | None:
    """The town whose police or court did it, where the text names it elsewhere too: "Kostrel police fired"."""
    for party in event.participants:
        who = cast.doc.char_span(party.span.start, party.span.end, alignment_mode="expand")
        if party.role != "actor" or who is None or who.root.lemma_.lower() not in word_class("LOCAL_FORCE"):
            continue
        for number, mention in enumerate(cast.mentions):
            if mention.form == "name" and mention.kind == "place" and who.text.startswith(f"{mention.text} "):
                return number
    return None


def _named(trigger: Token, cast: Cast) -> Iterator[int]:
    sent = trigger.sent
    return (number for number, mention in cast.places if sent.start <= mention.root < sent.end)


def _spot(place: Token, cast: Cast) -> Token | None:
    """The preposition of place over a name: "at" of "at a Teso school"."""
    token = place
    for _ in range(_DEEP):
        head = token.head
        if token.dep_ == "pobj" and head.lower_ in _SPOT:
            return head
        if token.dep_ == "pobj" and head.lower_ == "of":
            token = head.head
        elif token.dep_ in _INSIDE and head.i != token.i and (token.dep_ in _BESIDE or _is_spot(head, place, cast)):
            token = head
        else:
            return None
    return None


def _is_spot(thing: Token, place: Token, cast: Cast) -> bool:
    """Whether the thing that a place stands in front of lies there: "a Teso school", not "the Teso mayor"."""
    stands = thing.lemma_.lower() in word_class("BUILDING") | word_class("AREA")
    return (stands or not cast.is_actor(thing)) and not cast.is_country(place)


def _verb_over(spot: Token, trigger: Token, cast: Cast) -> Token | None:
    """The verb of the clause that a phrase of place stands in, unless it is told of somebody or something else."""
    token = spot.head
    for _ in range(_DEEP):
        if token.pos_ in {"VERB", "AUX"} or token.i == trigger.i:
            return token
        if token.pos_ not in {"NOUN", "PROPN"} or token.lemma_.lower() in nominal_words():
            return None
        if token.dep_ in {*SUBJECTS, "dobj"}:
            if cast.is_actor(token) and token.dep_ == "dobj":
                return None
            token = token.head
        elif token.dep_ == "pobj" and (
            token.head.lower_ in _SPOT | {"of"} or (token.head.lower_ in _THROUGH and not cast.is_actor(token))
        ):
            token = token.head.head
        else:
            return None
    return None


def _clauses(token: Token) -> list[Token]:
    """The verb over a trigger and those that it is told together with, upwards."""
    verb = token
    if verb.pos_ == "NOUN":
        verb = _telling(verb)
    out = [verb]
    for _ in range(_DEEP):
        head = verb.head
        if head.i == verb.i or not (_is_joined(verb) or _is_at_once(verb)):
            break
        verb = head
        out.append(verb)
    return out


def _telling(noun: Token) -> Token:
    if noun.dep_ in {*SUBJECTS, "dobj"}:
        return noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in _ALONG and noun.head.head.pos_ == "VERB":
        return noun.head.head
    return noun


def _is_joined(verb: Token) -> bool:
    """ "burst in and took": joined, with the same subject."""
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not any(k.dep_ in SUBJECTS for k in verb.children)


def _is_at_once(verb: Token) -> bool:
    if verb.dep_ != "advcl":
        return False
    marks = {k.lower_ for k in verb.children if k.dep_ in {"mark", "advmod"}}
    if marks & _TOGETHER:
        return True
    return verb.tag_ == "VBG" and not any(k.dep_ in {"mark", "aux"} for k in verb.children)
