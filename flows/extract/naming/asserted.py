"""Whether a clause is told as a fact: without a negation, "may", "if", a question mark, or somebody's doubt over it."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.naming.vocabulary import word_class

_HIGH: Final = 8  # clauses to look up to
_MODAL: Final = frozenset({"may", "might", "could", "should", "can"})
_IF: Final = frozenset({"if", "whether", "unless"})
_UPWARDS: Final = frozenset({"ccomp", "xcomp", "conj", "pcomp", "acl"})
_DOUBTS: Final = word_class("DOUBTING")


def is_asserted(verb: Token) -> bool:
    """Whether the text tells as a fact what the verb says."""
    if verb.sent[-1].text == "?":
        return False
    for _ in range(_HIGH):
        if any(map(_is_doubt, verb.children)):
            return False
        over = verb.head
        if over.i == verb.i or verb.dep_ not in _UPWARDS:
            return True
        if over.lemma_.lower() in _DOUBTS:
            return False
        verb = over
    return True


def _is_doubt(child: Token) -> bool:
    if child.dep_ == "mark":
        return child.lower_ in _IF
    if child.dep_ in {"nsubj", "nsubjpass"}:
        return child.lemma_.lower() in _DOUBTS or child.lower_ in {"nobody", "none"}
    return child.dep_ == "neg" or child.lower_ in _MODAL or child.lower_ == "longer"
