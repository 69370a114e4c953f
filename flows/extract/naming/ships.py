"""Names of ships by what stands before them: "USS Brandl", "Warship Kostrel". A ship acts as a body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.naming.gazetteer import is_place
from flows.extract.naming.nominals import roles
from flows.rarity import rarity
from flows.resources import words

_LONGEST: Final = 3  # words of a ship's name
_RARE: Final = 1.0  # how rare a word is, in orders of magnitude, that may be a name behind "Warship"


def ship_names(doc: Doc) -> Iterator[tuple[int, int]]:
    """Where names of ships start and end, by token: with a prefix before them, without a word for their sort.

    Then they may stand alone: "INS Kostrel", "the Kostrel". A name that is also a place's may mean the place.
    """
    called: set[str] = set()
    for token in doc[:-1]:
        is_sort = token.text in words("ship_sorts") and _is_rare(doc[token.i + 1])
        if (is_sort or token.text in words("ship_prefixes")) and _is_part(doc[token.i + 1]):
            end = token.i + 2
            while end < min(len(doc), token.i + 1 + _LONGEST) and _is_part(doc[end]):
                end += 1
            called.add(doc[token.i + 1 : end].text)
            yield token.i + is_sort, end
    for token in doc if called else ():
        if token.text in called and not is_place(token.text) and not _is_inside(token):
            yield token.i, token.i + 1


def _is_rare(token: Token) -> bool:
    """Whether a word can only be the ship's name, and is no captain, week or bay of warships, and no prefix."""
    return token.text not in words("ship_prefixes") and rarity(token.lower_) >= _RARE and token.lower_ not in roles()


def _is_inside(token: Token) -> bool:
    """Whether a longer name has the word in it."""
    around = (token.nbor(step) for step in (-1, 1) if 0 <= token.i + step < len(token.doc))
    return any(other.pos_ == "PROPN" for other in around)


def _is_part(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.text.isalpha() and not token.text.isupper()
