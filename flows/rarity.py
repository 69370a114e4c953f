"""How rare a word is in English at large.

The frequencies are those of the wordfreq library (Speer 2022), frozen with its version: they never move while the
database grows.
"""

from __future__ import annotations

import math
from typing import Final

from wordfreq import get_frequency_dict

_RAREST: Final = 3e-8
_COMMON: Final = 1e-4  # a word as frequent as this says nothing about a saying


def rarity(word: str, common: float = _COMMON) -> float:
    """How rare a lower-case word is: 0 for the most frequent thousand or so, 3.5 at the most (orders of magnitude).

    `common` is the frequency from which on a word counts nothing.
    """
    frequency = get_frequency_dict("en").get(word, _RAREST)
    return max(0.0, math.log10(common / max(frequency, _RAREST)))
