"""Names of ships by what stands before them: "USS Brandl", "INS Kostrel". A ship acts as a body, and is no person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from flows.resources import words

_LONGEST: Final = 3  # words of a ship's name


def ship_names(doc: Doc) -> Iterator[tuple[int, int]]:
    """Where names of ships start and end, by token, with what stands before them."""
    for token in doc[:-1]:
        if token.text in words("ship_prefixes") and _is_part(doc[token.i + 1]):
            end = token.i + 2
            while end < min(len(doc), token.i + 1 + _LONGEST) and _is_part(doc[end]):
                end += 1
            yield token.i, end


def _is_part(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.text.isalpha() and not token.text.isupper()
