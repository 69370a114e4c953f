"""Firms as the business pages write them: "Norvik Energy ASA (OSE: NVK)"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final

from spacy.tokens import Doc

from flows.extract.naming.vocabulary import word_class

_LEGAL_FORMS: Final = word_class("FIRM_ENDINGS")
# An exchange and the share's sign on it, in brackets.
_TICKER: Final = re.compile(r"\([A-Z][\w.&]{1,15}(?: [A-Z]\w{1,15})?: ?[A-Z0-9][A-Z0-9.-]{0,6}\)")
_SHORTEST: Final = 2  # words: "Norvik ASA"


def is_legal_form(word: str) -> bool:
    """Whether the last word of a name is a firm's legal form."""
    return word in _LEGAL_FORMS


def firm_name(words: Sequence[str]) -> str:
    """The name before the legal form, empty when there is no such form."""
    return " ".join(words[:-1]).rstrip(" ,") if len(words) >= _SHORTEST and is_legal_form(words[-1]) else ""


def ticker_tokens(doc: Doc) -> frozenset[int]:
    """The tokens of brackets that give the sign of a share."""
    found: set[int] = set()
    for match in _TICKER.finditer(doc.text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None:
            found.update(range(span.start, span.end))
    return frozenset(found)


def without_tickers(names: Iterable[tuple[int, int, str]], tickers: Container[int]) -> Iterator[tuple[int, int, str]]:
    """The names cut before a ticker's bracket; those inside one are left out."""
    for start, end, kind in names:
        reach = next((i for i in range(start, end) if i in tickers), end)
        if reach > start:
            yield start, reach, kind
