"""What an article is about: its terms, weighted by how rare they are in English at large (see flows.rarity).

Weights are whole numbers, so that their sums don't depend on their order.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final

from flows.rarity import rarity

UNIT: Final = 1 << 15  # a weight of one
TOP_TERMS: Final = 24  # the heaviest terms, by which like articles find each other
_COMMON_IN_STORIES: Final = 3e-4  # as frequent as this, nothing about a story
_NAME: Final = 2  # how much more a name says about a story than another word
_LEAD: Final = 60  # words in which news tells what it is about
_IN_LEAD: Final = 3  # how often a word there counts
_LOOK_BACK: Final = 3  # characters before a word that tell whether a sentence begins with it
_WORD: Final = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_SUFFIXES: Final = ("ing", "ed", "es", "s")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without possessives and points ("U.S." and "US" are one)."""
    found = (match.group().lower().replace("’", "'") for match in _WORD.finditer(text))
    return [word.removesuffix("'s").replace(".", "") for word in found]


def stem(word: str) -> str:
    """The word without an inflection's ending; crude, and the same for all forms of most words."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def names_in(text: str) -> frozenset[str]:
    """The words, in lower case, that `text` writes with a capital in more than half of the places inside sentences."""
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()].rstrip(" \"“'‘`(")
        if before and before[-1] not in ".!?:\n":
            for word in words_of(match.group()):
                inside[word] += 1
                capital[word] += match.group()[0].isupper()
    return frozenset(word for word, n in inside.items() if 2 * capital[word] > n)


def term_weights(text: str, title: str | None = None) -> dict[str, int]:
    """The terms of an article with their weights in UNITs: together a vector of length one (tf-idf, sublinear counts).

    What two like happenings differ in is who and where, so names weigh more; and news says first what it is about
    (the inverted pyramid), so the title and the lead count more than what follows.
    """
    words = words_of(text if title is None or title in text else f"{title}\n\n{text}")
    counts = Counter(words)
    for word in words[:_LEAD]:
        counts[word] += _IN_LEAD - 1
    names = names_in(text)  # a title may have a capital on each word
    weights: dict[str, float] = {}
    for word, count in sorted(counts.items()):
        weight = rarity(word, _COMMON_IN_STORIES) * (0.3 if word.isdigit() and len(word) < 3 else 1.0)
        if weight > 0:
            term = stem(word)
            weights[term] = weights.get(term, 0.0) + (1 + math.log(count)) * weight * (_NAME if word in names else 1)
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    scaled = {term: round(weight / length * UNIT) for term, weight in weights.items()} if length else {}
    return {term: weight for term, weight in scaled.items() if weight > 0}


def top_terms(weights: dict[str, int]) -> list[str]:
    """The TOP_TERMS heaviest terms; ties in the order of the alphabet."""
    return sorted(weights, key=lambda term: (-weights[term], term))[:TOP_TERMS]
