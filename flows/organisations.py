"""Comparison of the names of companies and bodies."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from flows.known_names import canonical, country_of_key
from flows.plurals import singular
from flows.resources import lexicon, words
from flows.spelling import bare, fold

_SMALL: Final = frozenset({"the", "of", "and", "for", "in", "&", "de", "la"})
_SHORT: Final = 5  # letters of a word that is too short for a typing error, or for a plural to be cut


@cache
def _forms() -> dict[str, str]:
    return {row["form"]: row["class"] for row in lexicon("legal_forms")}


@cache
def _spellings() -> dict[str, str]:
    return {row["word"]: row["spelling"] for row in lexicon("body_spellings")}


@lru_cache(maxsize=65536)
def core_words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words that carry an organisation's name, and the classes of its legal forms."""
    text = fold(name.replace("&", " and "))
    words = [part for word in text.split() for part in _spellings().get(word, word).split()]
    kept: list[str] = []
    classes: set[str] = set()
    at = 0
    while at < len(words):
        size = next((n for n in range(min(5, len(words) - at), 0, -1) if " ".join(words[at : at + n]) in _forms()), 0)
        if size:
            classes.add(_forms()[" ".join(words[at : at + size])])
            at += size
        else:
            if words[at] not in _SMALL:
                kept.append(words[at])
            at += 1
    return tuple(_numbers(kept) or words), frozenset(classes)


def _numbers(words: list[str]) -> list[str]:
    """Join tens and units: "40 4" is 44."""
    joined: list[str] = []
    for word in words:
        tens = joined and joined[-1].isdigit() and len(joined[-1]) > 1 and joined[-1].endswith("0")
        if tens and word.isdigit() and len(word) == 1:
            joined[-1] = str(int(joined[-1]) + int(word))
        else:
            joined.append(word)
    return joined


def body_name(name: str) -> str:
    """A body's name as a key: no case, accents, punctuation, article or possessive. What may be a title stays, as it
    tells the Justice Department from the State Department.
    """
    return fold(bare(name))


def body_key(name: str) -> str | None:
    """The words of a body's name in one order: "Front for the Freedom of the Isles" and "Isles Freedom Front" agree,
    and so do "Election Commission" and "Elections Commission" of Harlow.

    None for names of fewer than three telling words, where the order tells bodies apart ("Bank of China").
    """
    core, _ = core_words(name)
    singulars = (singular(word) if len(word) > _SHORT else word for word in core)
    return " ".join(sorted(singulars)) if len(core) > 2 else None


@lru_cache(maxsize=65536)
def organisation_similarity(a: str, b: str) -> float:
    """How surely two names are one organisation's, 0 to 1; the same threshold as for persons.

    Legal forms count little, the words that carry the name count all; numbers must be equal.
    """
    first, forms = core_words(a)
    second, others = core_words(b)
    if "".join(first) == "".join(second) or fold(a).replace(" ", "") == fold(b).replace(" ", ""):
        apart = bool(forms and others and forms.isdisjoint(others) and forms | others <= _APART)
        return 0.6 if apart else (1.0 if forms == others else 0.92)
    known, another = canonical(a), canonical(b)
    if known and another:
        return 1.0 if known == another else 0.4
    if body_key(a) is not None and body_key(a) == body_key(b):
        return 0.85
    if _differ_in_number(first, second) or _differ_in_country(first, second):
        return 0.5
    lacking = set(first) ^ set(second)
    if lacking <= words("loose_words") and any(len(word) > 3 for word in set(first) & set(second)):
        return 0.85
    one, other = " ".join(first), " ".join(second)
    distance = OSA.distance(one, other)
    shorter = min(len(one), len(other))
    if distance <= 1 and shorter > _SHORT:
        return 0.8
    if len(first) == len(second) and distance <= shorter // 10:
        return 0.72
    return max(0.0, 0.65 - distance / max(len(one), len(other)))


_APART: Final = frozenset({"ag", "gmbh", "llp", "kg"})


def _differ_in_country(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    one = {country_of_key(word) for word in first} - {None}
    other = {country_of_key(word) for word in second} - {None}
    return bool(one and other and one != other)


def _differ_in_number(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    def digits(words: tuple[str, ...]) -> set[str]:
        return {word for word in words if any(char.isdigit() for char in word) or word in {"ii", "iii", "iv"}}

    return digits(first) != digits(second)
