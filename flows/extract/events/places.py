"""Where the clause of an event says that it happened: the place that its trigger governs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from flows.extract.events.frames import in_class
from flows.extract.events.lexicon import HOSTILE, VERBAL, nominal_words, word_class
from flows.extract.events.participants import Cast
from flows.extract.events.syntax import Frame, frame_of, included, prepositions

# Of these the object is somebody addressed, never the place where it happened.
_SPOKEN: Final = VERBAL | {"DISAPPROVE", "SUPPORT", "AID", "CONCEDE", "COOPERATE", "INVESTIGATE", "SANCTION"}
# What a town in front of its noun tells the place of.
_SPOTTED: Final = frozenset({"ASSAULT", "FIGHT", "PROTEST", "CONSULT"})
_BESIDE: Final = frozenset({"advmod", "acomp", "oprd"})  # "was freed unharmed in X"
_HEARD_BY: Final = frozenset({"before", "to"})
_SPOT: Final = frozenset({"in", "at", "near", "outside"})
_WITHIN: Final = frozenset({"in", "at", "near", "outside", "inside"})
_WHERE: Final = (
    "in",
    "at",
    "near",
    "from",
    "into",
    "outside",
    "out",
    "inside",
    "around",
    "on",
    "along",
    "across",
    "through",
    "to",
)


def places(token: Token, event_type: str, cast: Cast) -> list[int | None]:
    """Indexes of the place mentions that the trigger governs: its object, else the first phrase of place."""
    frame = frame_of(token)
    where = [word for word in _WHERE if event_type not in _SPOKEN or word in _WITHIN]  # "asked through Kostrel"
    for pairs in _place_phrases(token, frame, cast, event_type):
        for word in ("obj", *where):
            for name, thing in pairs:
                if name != word:
                    continue
                found, among = cast.places_of(thing), _included(frame, cast)
                if not found and name in _WITHIN and event_type in HOSTILE:
                    found = [n for town in cast.towns_before(thing) for n in cast.places_of(town)]
                if found or (word == "obj" and among):
                    return [*found, *among]
    return []


def _included(frame: Frame, cast: Cast) -> list[int]:
    """ "swathes of the north, including the city of X"."""
    return [n for _, thing in included(frame) for n in cast.places_of(thing)]


def _place_phrases(token: Token, frame: Frame, cast: Cast, event_type: str) -> Iterator[list[tuple[str, Token]]]:
    """(preposition, phrase) pairs that may name the place, nearest first; "obj" for what is taken or lost."""
    direct = event_type not in _SPOKEN
    taken = [("obj", frame.object)] if frame.object is not None and direct else []
    if token.lemma_ == "fall" and frame.subject is not None:
        taken.append(("obj", frame.subject))
    if token.pos_ == "NOUN":
        taken += [("obj", thing) for name, thing in prepositions(token) if name == "of"]
    yield taken
    if token.pos_ == "NOUN" and event_type in _SPOTTED:  # "the Teso shooting"
        yield [("in", kid) for kid in cast.towns_before(token)]
    yield [*frame.preps, *(pair for k in frame.verb.children if k.dep_ in _BESIDE for pair in prepositions(k))]
    yield from _beside_what(token, frame, cast, event_type)
    if frame.object is not None:
        yield prepositions(frame.object)
    if direct:  # "clashed with police in X"
        yield [pair for _, thing in frame.preps for pair in prepositions(thing) if pair[0] in _SPOT]
    if token.pos_ == "NOUN" and token.head.pos_ == "VERB":
        yield from _of_verb_over(token)
    if any(k.lower_ == "where" and k.dep_ == "advmod" for k in token.children) and token.dep_ == "relcl":
        yield [("in", token.head)]  # "the port, where police detained three"
    yield from _of_subject(frame, cast, event_type)


def _beside_what(token: Token, frame: Frame, cast: Cast, event_type: str) -> Iterator[list[tuple[str, Token]]]:
    """ "Was found guilty in X", "spoke before the council in X"."""
    if token.pos_ == "ADJ" and token.dep_ in _BESIDE:
        over = frame_of(token.head)
        yield list(over.preps)
        yield from _of_subject(over, cast, event_type)
    heard_by = [thing for name, thing in frame.preps if name in _HEARD_BY and in_class(thing, "HEARERS")]
    yield [pair for thing in heard_by for pair in prepositions(thing) if pair[0] in _SPOT]


def _of_verb_over(noun: Token) -> Iterator[list[tuple[str, Token]]]:
    """ "The gains included the towns of X and Y", "in X they held talks"."""
    over = frame_of(noun.head)
    if over.object is not None and noun.dep_ == "nsubj":
        yield [("obj", over.object), *prepositions(over.object)]
    light = noun.dep_ != "dobj" or noun.head.lemma_ in word_class("LIGHT") | word_class("HOLDING")
    yield [pair for pair in over.preps if light or pair[1].i > noun.i]  # not "in X he played down the talks"


def _of_subject(frame: Frame, cast: Cast, event_type: str) -> Iterator[list[tuple[str, Token]]]:
    """ "Prosecutors in X opened an inquiry", "the X shooting hurt six"."""
    if frame.subject is not None:
        yield [pair for pair in prepositions(frame.subject) if pair[0] in _SPOT]
        if event_type in HOSTILE and frame.subject.lemma_.lower() in nominal_words():
            yield [("in", kid) for kid in cast.towns_before(frame.subject)]
