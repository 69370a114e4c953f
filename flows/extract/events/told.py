"""Whether a noun names one particular happening: by its article or owner, or by what is said to be done at it."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.events.lexicon import VERBAL, Trigger, word_class
from flows.extract.events.status import mood_of
from flows.extract.events.syntax import prepositions, subject_of

# What nouns of these types name has happened or is to happen, wherever they stand: "took part in the talks".
_HAPPENINGS: Final = frozenset(
    {"CONSULT", "PROTEST", "INVESTIGATE", "ASSAULT", "FIGHT", "COERCE", "RETREAT", "CONCEDE", *VERBAL}
)
_WHEN: Final = frozenset({"after", "following", "during", "since", "amid", "before", "in", "at"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_DEALT: Final = frozenset({"COERCE", "INVESTIGATE", "RETREAT"})  # "the seizure of the boat", "a search of the house"
_NEGATIONS: Final = frozenset({"no", "any", "every"})


def is_told(noun: Token, row: Trigger) -> bool:
    """A noun for one particular happening, by its article or owner, or because something is said to be done at it.

    Not in the first sentence, whose verb tells the news and whose nouns give what lies behind it.
    """
    kids = list(noun.children)
    owned = any(k.dep_ == "poss" for k in kids)
    vague = noun.lower_ in word_class("VAGUE") or (
        noun.lemma_ in word_class("ABSTRACT") and not (owned and noun.lemma_ in word_class("OWNED"))
    )
    if row.event_type not in _HAPPENINGS or vague or noun.pos_ != "NOUN" or noun.sent.start == 0:
        return False
    of_things = row.event_type not in _DEALT and _is_of_things(noun)
    if _is_called_off(noun) or of_things or (noun.lemma_ == "strike" and not _is_qualified(noun)):
        return False
    if owned or any(k.dep_ == "det" and k.lower_ in _DEFINITE for k in kids):
        return True
    if any(name in {"by", "between"} for name, _ in prepositions(noun)) and not any(
        k.lower_ in _NEGATIONS for k in kids
    ):
        return True
    if noun.dep_ != "pobj":
        return False
    if noun.head.lower_ == "despite":
        return True
    if noun.head.lower_ == "under":
        return _is_under(noun, row)
    if noun.head.lower_ == "of":
        return noun.head.head.lemma_.lower() in word_class("STRETCH")
    if noun.tag_ == "NNS" and noun.head.lower_ in _WHEN - {"in", "at"}:
        return True
    return noun.head.lower_ in _WHEN and any(k.dep_ in {"det", "nummod"} and k.lower_ not in _NEGATIONS for k in kids)


def _is_under(noun: Token, row: Trigger) -> bool:
    """ "is under investigation", "came under attack", "under an agreement reached at dawn"."""
    if row.event_type in {"AGREE", "RETREAT"}:
        return noun.tag_ == "NN"
    bare = not any(k.dep_ in {"det", "amod"} for k in noun.children)
    return bare and (row.event_type == "INVESTIGATE" or (row.event_type == "ASSAULT" and _is_borne(noun)))


def _is_borne(noun: Token) -> bool:
    """ "the officers came under attack", and not "our values are under attack"."""
    over = noun.head.head
    bearer = subject_of(over) if over.pos_ in {"VERB", "AUX"} else over
    return bearer is not None and any(m.root == bearer.i and m.kind != "place" for m in noun.doc._.mentions)


def _is_called_off(noun: Token) -> bool:
    """ "foiled the attack", "the summit was postponed", "if the talks fail": what has not happened, or may not."""
    if noun.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return False
    mood = mood_of(noun.head)
    if mood.unreal or mood.modal or mood.negated:
        return True
    return noun.dep_ != "nsubj" and is_off(noun.head)


def is_off(verb: Token) -> bool:
    """ "foiled", "called off": what is so did not happen."""
    called = verb.lemma_ == "call" and any(k.dep_ == "prt" and k.lower_ == "off" for k in verb.children)
    return called or verb.lemma_ in word_class("CALL_OFF")


def _is_of_things(noun: Token) -> bool:
    """ "an explosion of interest", "the march of progress": of or by what is neither an actor nor a place."""
    mentioned = {mention.root for mention in noun.doc._.mentions}
    return any(
        name in {"of", "by"} and thing.pos_ == "NOUN" and not thing.ent_type_ and thing.i not in mentioned
        for name, thing in prepositions(noun)
    )


def _is_qualified(noun: Token) -> bool:
    return any(k.dep_ in {"compound", "amod"} for k in noun.children)
