"""Titles before names: ranks, offices and honorifics of the lexicon `titles`."""

from __future__ import annotations

from functools import cache, lru_cache

from flows.resources import lexicon
from flows.spelling import bare, fold


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """The name as a key: no case, accents, punctuation, article, possessive or title.

    "Ayatollah Ali Khamenei’s" gives "ali khamenei", "The Washington Post" "washington post".
    """
    _, rest = strip_title(bare(name))
    return fold(rest)


@cache
def _title_words() -> frozenset[str]:
    return frozenset(fold(row["title"]) for row in lexicon("titles"))


@lru_cache(maxsize=65536)
def strip_title(text: str) -> tuple[str | None, str]:
    """Part a title from the name behind it: ("Lt. Gen.", "Qassim al-Moussawi"); None when there is no title.

    Only titles of the lexicon count, and a name must be left: "President" alone stays as it is.
    """
    parts = text.split()
    end = 0
    for size in range(min(len(parts) - 1, 7), 0, -1):
        if _is_title(parts[:size]):
            end = size
            break
    if end == 0:
        return None, text
    return " ".join(parts[:end]).rstrip(","), " ".join(parts[end:])


def _is_title(parts: list[str]) -> bool:
    """Whether the words are titles of the lexicon one behind the other ("Secretary of State", "Prof. Dr.")."""
    known = _title_words()
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            if fold(" ".join(parts[start:end])) in known:
                start = end
                break
        else:
            return False
    return True
