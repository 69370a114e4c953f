"""Which tokens stand inside quotation marks, paragraph by paragraph."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc

_OPEN: Final = frozenset({"“", "„", "«", "``", "‟"})
_CLOSE: Final = frozenset({"”", "»", "''"})
_EITHER: Final = '"'


def quoted(doc: Doc) -> list[bool]:
    """One flag a token: True between quotation marks.

    A paragraph starts outside; a quotation left open ends with its paragraph, as the usual style goes on with a new
    opening mark.
    """
    flags: list[bool] = []
    inside = False
    for token in doc:
        text = token.text
        if text in _OPEN:
            inside = True
        elif text in _CLOSE:
            # “ as a closing mark is a common slip; ” never opens.
            inside = False
        elif text == _EITHER:
            inside = not inside
        elif token.is_space and "\n" in text:
            inside = False
        flags.append(inside)
    return flags
