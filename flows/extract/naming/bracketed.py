"""Names with what somebody is called between brackets: "William (Bill) Odell" is one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from flows.names import fold, is_given_name

_BEFORE: Final = 3  # given names before the bracket
_BEHIND: Final = 2  # surnames behind it


def bracketed_names(doc: Doc) -> Iterator[tuple[int, int]]:
    """Where such names start and end, by token; a country or a club between brackets is no given name."""
    for token in doc[1:-3]:
        if token.text != "(" or doc[token.i + 2].text != ")" or not _is_given(doc[token.i + 1]):
            continue
        start, end = token.i, token.i + 3
        while start > max(0, token.i - _BEFORE) and _is_part(doc[start - 1]):
            start -= 1
        while end < min(len(doc), token.i + 3 + _BEHIND) and _is_part(doc[end]) and not doc[end].is_sent_start:
            end += 1
        while start < token.i and not _is_given(doc[start]):  # a title
            start += 1
        if start < token.i and end > token.i + 3:
            yield start, end


def _is_part(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.text.replace(".", "").replace("-", "").isalpha()


def _is_given(token: Token) -> bool:
    return token.text[:1].isupper() and is_given_name(fold(token.text))
