"""Bare surnames that the model takes for no name at all: "Valcourt welcomed the offer. He said …"."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.naming.gazetteer import towns
from flows.extract.naming.known import look_up
from flows.extract.naming.nominals import roles
from flows.names import country_word

_ONE_PERSON: Final = frozenset({"he", "she"})
_SHORTEST: Final = 4


def overlooked_persons(doc: Doc, taken: Container[int]) -> Iterator[Token]:
    """Capitalised subjects outside names that the next sentence of the paragraph goes on about with "he" or "she"."""
    for token in doc:
        if token.i not in taken and _may_be_surname(token) and _goes_on_with_pronoun(token):
            yield token


def _may_be_surname(token: Token) -> bool:
    if token.pos_ != "PROPN" or token.dep_ != "nsubj" or token.ent_type_ or token.is_stop:
        return False
    if len(token.text) < _SHORTEST or not token.text.istitle() or any(True for _ in token.lefts):
        return False
    if token.lower_ in roles() or country_word(token.text) or towns(token.text) or look_up(token.text):
        return False
    return token.i == 0 or not token.nbor(-1).text[:1].isupper() or bool(token.is_sent_start)


def _goes_on_with_pronoun(token: Token) -> bool:
    """Whether the sentence is of this subject, and the next of the same paragraph opens with "he" or "she"."""
    sentence = token.sent
    if token.head != sentence.root or sentence.end >= len(token.doc) or sentence[-1].is_space:
        return False
    return token.doc[sentence.end].lower_ in _ONE_PERSON
