"""Whether a trigger stands on the line of what a text narrates.

News tells its scene in the simple past ("police fired tear gas"), and in the past perfect below a verb of saying that
is itself past ("police said that two men had been hurt"). A past perfect of the writer's own goes back to an earlier
time, a present tells what holds, a modal what has not happened: none of these is part of the scene.
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.events.lexicon import word_class
from flows.extract.events.syntax import SUBJECTS

_HAVE: Final = frozenset({"has", "have", "'ve", "’ve", "having"})
_HAD: Final = frozenset({"had", "'d", "’d"})
_WAS: Final = frozenset({"was", "were", "got"})
_APART: Final = frozenset({"before", "after", "since", "until", "if", "unless", "whether", "once"})
_UP: Final = frozenset({"advcl", "xcomp", "acl", "conj", "relcl", "ccomp", "pcomp"})
_DEEP: Final = 5


def is_narrated(trigger: Token) -> bool:
    """Whether the clause of a trigger tells what happened in the scene, as the text goes on."""
    verb = _finite(trigger)
    if verb is None or _is_apart(verb) or any(kid.dep_ == "neg" for kid in verb.children):
        return False
    kids = {kid.lower_ for kid in verb.children if kid.dep_ in {"aux", "auxpass"}}
    if kids & _HAD:
        return _is_reported(verb)
    if kids & _HAVE or any(kid.tag_ in {"MD", "TO"} for kid in verb.children if kid.dep_ == "aux"):
        return False
    return verb.tag_ == "VBD" or bool(kids & _WAS)


def _finite(trigger: Token) -> Token | None:
    """The finite verb that tells of a trigger: of a noun the verb that it is subject or object of."""
    token = trigger
    if token.pos_ != "VERB":
        if token.dep_ not in {*SUBJECTS, "dobj"} or token.head.pos_ != "VERB":
            return None
        token = token.head
    for _ in range(_DEEP):
        if token.tag_ == "VBD" or any(kid.dep_ in {"aux", "auxpass"} for kid in token.children):
            return token
        if token.dep_ not in _UP or token.head.pos_ not in {"VERB", "AUX"}:
            return None
        token = token.head
    return None


def _is_apart(verb: Token) -> bool:
    """A clause of another time: "after rebels attacked", "before he was shot"."""
    token = verb
    for _ in range(_DEEP):
        ahead = (kid for kid in token.lefts if kid.dep_ in {"mark", "prep", "advmod"})
        if token.dep_ == "pcomp" or any(kid.lower_ in _APART for kid in ahead):
            return True
        if token.dep_ not in {"conj", "ccomp", "xcomp", "relcl", "acl", "advcl"} or token.head.i == token.i:
            return False
        token = token.head
    return False


def _is_reported(verb: Token) -> bool:
    """Below a verb of saying in the past, where a past perfect is a past that somebody told."""
    token = verb
    for _ in range(_DEEP):
        if token.dep_ == "ccomp" and token.head.lemma_ in word_class("SAYING"):
            return token.head.tag_ == "VBD"
        if token.dep_ not in {"conj", "advcl", "xcomp"} or token.head.i == token.i:
            return False
        token = token.head
    return False
