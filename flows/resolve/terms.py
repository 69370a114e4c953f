"""What an article is about: its terms, weighted by how rare they are in English at large.

The frequencies are those of the wordfreq library (Speer 2022), frozen with its version: the weight of a term never
moves while the database grows. Weights are whole numbers, so that sums don't depend on their order.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final

from wordfreq import get_frequency_dict

UNIT: Final = 1 << 15  # a weight of one
TOP_TERMS: Final = 24  # the heaviest terms, by which like articles find each other
_RAREST: Final = 3e-8
_COMMON: Final = 1e-4  # a word as frequent as this says nothing about a story
_WORD: Final = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_SUFFIXES: Final = ("ing", "ed", "es", "s")


def rarity(word: str) -> float:
    """How rare a lower-case word is: 0 for the most frequent thousand or so, 3.5 at the most (orders of magnitude)."""
    frequency = get_frequency_dict("en").get(word, _RAREST)
    return max(0.0, math.log10(_COMMON / max(frequency, _RAREST)))


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


def term_weights(text: str) -> dict[str, int]:
    """The terms of a text with their weights in UNITs: together a vector of length one (tf-idf, sublinear counts)."""
    weights: dict[str, float] = {}
    for word, count in sorted(Counter(words_of(text)).items()):
        weight = rarity(word) * (0.3 if word.isdigit() and len(word) < 3 else 1.0)
        if weight > 0:
            term = stem(word)
            weights[term] = weights.get(term, 0.0) + (1 + math.log(count)) * weight
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    scaled = {term: round(weight / length * UNIT) for term, weight in weights.items()} if length else {}
    return {term: weight for term, weight in scaled.items() if weight > 0}


def top_terms(weights: dict[str, int]) -> list[str]:
    """The TOP_TERMS heaviest terms; ties in the order of the alphabet."""
    return sorted(weights, key=lambda term: (-weights[term], term))[:TOP_TERMS]
