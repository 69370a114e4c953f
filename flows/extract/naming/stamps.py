"""The clock time that opens a paragraph of a live report and is no part of a name: "17:05 GMT Police said"."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Token

_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_HOUR: Final = re.compile(r"(?:0?\d|1[0-2])(?:[:.][0-5]\d)?")
_HALVES: Final = frozenset({"am", "pm", "a.m.", "p.m.", "a.m", "p.m"})
_ZONES: Final = frozenset({"GMT", "BST", "UTC", "CET", "CEST", "EST", "EDT", "PST", "PDT", "IST", "MSK", "EET"})


def behind_stamp(doc: Doc, start: int, end: int) -> int:
    """The first token from `start` on that is no part of a clock time standing there; `start` when there is none."""
    if start >= end or not _CLOCK.fullmatch(doc[start].text):
        return start
    at = start + 1
    while at < end and (doc[at].lower_ in _HALVES or doc[at].text in _ZONES):
        at += 1
    is_sure = at > start + 1 or not doc[start].text.isdigit()
    return at if is_sure and at < end else start


def is_in_stamp(token: Token) -> bool:
    """Whether the token is "pm" behind an hour, or the zone behind that or a clock time."""
    if token.i == 0:
        return False
    before = token.nbor(-1)
    if token.lower_ in _HALVES and not token.is_upper:
        return bool(_HOUR.fullmatch(before.text))
    return token.text in _ZONES and (before.lower_ in _HALVES or bool(_CLOCK.fullmatch(before.text)))
