"""The singular of nouns, told by their ending."""

from __future__ import annotations

from functools import cache

from flows.resources import lexicon


@cache
def singular(noun: str) -> str:
    """The singular of a plural noun in small letters: "nurses", "agencies", "women"; others stay as they are."""
    for ending, single in _endings():
        if noun.endswith(ending):
            return noun.removesuffix(ending) + single
    return noun.removesuffix("s") if len(noun) > 3 else noun


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple((row["ending"], row["singular"]) for row in lexicon("plurals"))
