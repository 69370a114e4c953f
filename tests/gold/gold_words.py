"""Comparing what the gold says with what was published: strings, names and nominals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " "})
_DETERMINERS: Final = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "one"}
    | {"el", "la", "los", "las", "un", "una"}
)
_HEAD_ENDS: Final = frozenset(
    {"of", "in", "at", "for", "with", "who", "whose", "from", "on", "close", "near", "to", "que", "de"}
)
_SMALL: Final = frozenset({"of", "for", "and", "the"})


def fold(text: str | None) -> str:
    """Lower case, one kind of quotation mark, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text or "").translate(_QUOTES).casefold().split())


def words(text: str | None) -> list[str]:
    """The words of a name or nominal, without determiners in front and the possessive behind."""
    found = re.findall(r"\w+(?:'\w+)?", fold(text))
    while found and found[0] in _DETERMINERS:
        found = found[1:]
    return found


def is_name(text: str) -> bool:
    """Whether the gold means an actor's name, not a nominal: every word of weight has a capital."""
    parts = [part for part in re.findall(r"[\w']+", text) if part not in _SMALL]
    return bool(parts) and all(part[0].isupper() for part in parts) and words(parts[0]) != []


def one_is(wanted: Iterable[str], candidates: Iterable[str | None]) -> bool:
    """Whether one of the candidates is one of the wanted: a name must be there whole, of a nominal its head must."""
    texts = [words(candidate) for candidate in candidates if candidate]
    return any(_fits(want, text) for want in wanted for text in texts)


def _fits(want: str, text: list[str]) -> bool:
    wanted = words(want)
    if not wanted or not text:
        return False
    if _within(wanted, text):
        return True
    return not is_name(want) and set(text) <= set(_before_preposition(wanted))


def _within(part: list[str], whole: list[str]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _before_preposition(found: list[str]) -> list[str]:
    """The words that hold a nominal's head: of "doctor at the hospital", doctor."""
    ends = [at for at, word in enumerate(found) if word in _HEAD_ENDS and at]
    return found[: ends[0] if ends else len(found)]
