"""Keys and comparisons of names: pure functions that mentions and the cross-article resolver share.

A name is compared word by word on a key that transliteration and doubled letters don't change, so that Soleimani and
Suleimani fall together while Khamenei and Khomeini stay apart. What a name stands for ("Isis", "Washington") comes
from the lexicons `aliases`, `media` and `demonyms` of data/reference.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from flows.known_names import (
    CanonicalName,
    CountryWord,
    MediaName,
    canonical,
    country_of,
    country_word,
    government,
    media,
)
from flows.organisations import body_key, body_name, organisation_similarity
from flows.rarity import rarity
from flows.resources import lexicon, words
from flows.spelling import (
    bare,
    fold,
    same_short_form,
    skeleton,
    spelling_keys,
    without_letters,
    word_similarity,
)
from flows.titles import normalise, strip_title

__all__ = [
    "COMPATIBLE", "GENERATIONS", "CanonicalName", "CountryWord", "MediaName", "bare", "body_key", "body_name",
    "canonical", "compatible",
    "country_of", "country_word", "fold", "gender", "given", "given_keys", "government", "is_given_name", "media",
    "name_words", "normalise", "organisation_similarity", "same_short_form", "similarity", "skeleton",
    "strip_title", "surname", "word_similarity",
]  # fmt: skip

COMPATIBLE: Final = 0.7  # two names of this similarity may be one person's
_VERY_COMMON, _COMMON = 0.5, 1.7  # how rare a last name is (flows.rarity) that has spellings of its own
_WHOLE: Final = 8  # letters in a name of which one may be mistyped

GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SUFFIXES: Final = GENERATIONS | {"esq", "phd", "md"}
_BEN: Final = "ben"
_JOINING: Final = frozenset({"abd", "abdul", "abdel", "abdal", "abdol"})


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name in the order given-surname; "Doe, Jane" is turned round, suffixes go."""
    text = name
    if text.count(",") == 1:
        last, first = (part.strip() for part in text.split(","))
        if fold(first) not in _SUFFIXES and first:
            text = f"{first} {last}"
    found = [word for word in normalise(text.replace(",", " ")).split() if word not in _SUFFIXES]
    return tuple(found)


@lru_cache(maxsize=65536)
def _core(name: str) -> tuple[str, ...]:
    """The words that carry the name: particles go, "abdul" joins the next word. "Ben" in front is a given name."""
    core: list[str] = []
    joined = ""
    for place, word in enumerate(name_words(name)):
        if word == _BEN and place == 0 and name[:4].lower() == "ben ":
            core.append(word)
        elif word in _JOINING:
            joined = "abdul"
        elif word in words("name_particles") and (joined or word not in {"abu", "abou"}):
            continue
        elif len(word) == 2 and not set(word) & set("aeiouy") and not joined:
            core.extend(word)  # initials written together: "JC"
        else:
            core.append(joined + word)
            joined = ""
    if joined:
        core.append(joined)
    return tuple(core) if core else name_words(name)


# One or two syllables as Pinyin and the usual romanisations of Korean and Vietnamese write them.
_SYLLABLES: Final = re.compile(
    r"(?:(?:zh|sh|ch|ng|ph|th|kh|tr|[bcdfghjklmnpqrstwxyz])?[aeiouw]{1,3}y?(?:ng|nh|n|k|l|m|p|t|c|r(?=$))?){1,2}"
)


@lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """The last name as a key, without particles: "Qassim al-Moussawi" gives "moussawi", "Kim Jong Un" "kim"."""
    core = _core(name)
    if not core:
        return ""
    if len(core) > 1 and core[0] in words("surnames_first") and all(_SYLLABLES.fullmatch(w) for w in core[1:]):
        return core[0]
    return core[-1]


@lru_cache(maxsize=65536)
def given(name: str) -> str | None:
    """The first name as a key; None for a bare surname."""
    core = _core(name)
    if len(core) < 2:
        return None
    return core[1] if surname(name) == core[0] else core[0]


def is_given_name(word: str | None) -> bool:
    """Whether the lexicon knows the folded word as a given name."""
    return word is not None and word in _given_names()


@cache
def _genders() -> dict[str, str]:
    return {row["name"]: row["gender"] for row in lexicon("given_names") if row["gender"]}


def gender(name: str) -> str | None:
    """ "f" or "m" by the given name's usual bearers; None when it is unknown or used for both."""
    first = given(name)
    return _genders().get(first) if first else None


@lru_cache(maxsize=65536)
def similarity(a: str, b: str) -> float:
    """How surely two names may be one person's, 0 to 1; COMPATIBLE is the threshold.

    Words are paired in any order; a word of one name that the other lacks costs little, a word in each that pairs with
    none is a contradiction. A bare surname is compatible with a full name, and no more than that.
    """
    first, second = _cores(a, b)
    if not first or not second:
        return 0.0
    known, other = canonical(a), canonical(b)
    if known and other and known.kind == other.kind == "person":
        return 1.0 if known == other else 0.4
    if bool(known) != bool(other) and _generation(a) != _generation(b):
        return 0.4  # the lexicon knows the father, and not the son by his name with "Jr."
    if "".join(first) == "".join(second):
        return 1.0 if first == second else 0.97
    if len(first) > len(second):
        first, second, a, b = second, first, b, a
    pairs = _pair(first, second)
    if len(pairs) < len(first):
        if _is_typo(first, second, pairs):
            return 0.74
        return min(0.6, sum(score for _, _, score in pairs) / len(second))
    if len(first) == 1:
        return _bare_similarity(first[0], b, pairs[0][2], len(second))
    if _is_turned(pairs) and _has_patronymic(a) and _has_patronymic(b):
        return 0.5  # "Salman bin Hassan" is not "Hassan bin Salman"
    return _paired_similarity(first, second, pairs, surname(a), surname(b))


@cache
def _families() -> dict[str, str]:
    return {form: row["spellings"] for row in lexicon("arabic_names") for form in row["spellings"].split()}


def _is_transliterated(one: str, other: str) -> bool:
    """Whether two words are spellings of one Arabic name ("Ahmed", "Ahmad")."""
    return one in _families() and _families()[one] == _families().get(other)


def _are_two_surnames(one: str, other: str) -> bool:
    """Whether two last names are spelt like two that English has ("Brown" and "Braun", "Phelps" and "Phillips").

    A spelling of one name by transliteration or by mistake is rare where the name itself is not.
    """
    if one == other or min(len(one), len(other)) == 1 or _is_transliterated(one, other):
        return False
    rare, common = sorted((rarity(one), rarity(other)), reverse=True)
    return rare < _COMMON or (common < _VERY_COMMON and OSA.distance(one, other) > 1)


def _is_middle(first: tuple[str, ...], second: tuple[str, ...], pairs: list[tuple[int, int, float]]) -> bool:
    """Whether a given or a last name is paired with a middle initial alone.

    "Mira Brandl" is not "Franz M. Brandl", nor "Dirk Marten" "Dirk M. Brandl".
    """
    last = len(second) - 1
    return any(
        (i == 0 < j and len(second[j]) == 1 < min(len(first[0]), len(second[0])))
        or (j == 0 < i and len(first[i]) == 1 < min(len(first[0]), len(second[0])))
        or (i == len(first) - 1 and 0 < j < last and len(second[j]) == 1 < min(len(first[i]), len(second[last])))
        for i, j, _ in pairs
    )


def _is_astray(first: tuple[str, ...], second: tuple[str, ...], pairs: list[tuple[int, int, float]]) -> bool:
    """Whether a given name is paired with a word elsewhere that is only like it: "Brian Odell", "Ada Bryan Odell"."""
    return any(
        (i == 0) != (j == 0) and score < 1 and min(len(first[i]), len(second[j])) > 1
        for i, j, score in pairs
        if not _is_transliterated(first[i], second[j])
    )


def _cores(a: str, b: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that carry two names. "Ben" is no given name where the other name has it in the middle."""
    first, second = _core(a), _core(b)
    one_begins = first[:1] != second[:1] and _BEN in {*first[:1], *second[:1]}
    if one_begins and _BEN in {*name_words(a)[1:], *name_words(b)[1:]}:
        return tuple(word for word in first if word != _BEN), tuple(word for word in second if word != _BEN)
    return first, second


def _generation(name: str) -> frozenset[str]:
    """What tells namesakes of one family apart: "jr", "sr", "ii"."""
    return frozenset(normalise(name.replace(",", " ")).split()) & GENERATIONS


def _is_turned(pairs: list[tuple[int, int, float]]) -> bool:
    order = [j for _, j, _ in sorted(pairs)]
    return order != sorted(order)


def _has_patronymic(name: str) -> bool:
    return any(word in {"bin", "ibn", "ben", "bint"} for word in name_words(name)[1:-1])


def _is_typo(first: tuple[str, ...], second: tuple[str, ...], pairs: list[tuple[int, int, float]]) -> bool:
    """Whether one letter of the whole name is all that differs, and not between two known given names."""
    one, other = "".join(first), "".join(second)
    if min(len(one), len(other)) < _WHOLE or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    if len(first) != len(second) or any(char.isdigit() for char in one + other):
        return len(first) != len(second)
    left = [i for i in range(len(first)) if i not in {p[0] for p in pairs}]
    right = [j for j in range(len(second)) if j not in {p[1] for p in pairs}]
    if any(len(first[i]) == 1 or len(second[j]) == 1 for i, j in zip(left, right, strict=False)):
        return False
    return not all(
        first[i] in _given_names() and second[j] in _given_names() for i, j in zip(left, right, strict=False)
    )


@cache
def _given_names() -> frozenset[str]:
    return words("given_names", "name")


def _bare_similarity(word: str, full: str, score: float, size: int) -> float:
    """A one-word name against a name of `size` words."""
    if size == 1:
        return score
    if len(word) == 1:
        return 0.0
    if _are_two_surnames(word, surname(full)) and score < 1:
        return 0.5
    return 0.78 * score if word_similarity(word, surname(full)) > 0 else 0.55 * score


def _paired_similarity(
    first: tuple[str, ...], second: tuple[str, ...], pairs: list[tuple[int, int, float]], last: str, other: str
) -> float:
    """How alike two names are whose words are all paired; `last` and `other` are their last names."""
    are_two = any(first[i] == last and second[j] == other and _are_two_surnames(last, other) for i, j, _ in pairs)
    if are_two or _is_middle(first, second, pairs) or _is_astray(first, second, pairs):
        return 0.5
    mean = sum(score for _, _, score in pairs) / len(pairs)
    whole = any(len(first[i]) > 1 and len(second[j]) > 1 and score >= 0.88 for i, j, score in pairs)
    if not whole:
        return 0.5 * mean
    lacking = 0.04 * (len(second) - len(first))
    turned = 0.03 if _is_turned(pairs) else 0.0
    # The last name is what people are told apart by: when both are long and it pairs with none, doubt.
    astray = 0.12 if word_similarity(first[-1], second[-1]) == 0 and not turned else 0.0
    return max(0.0, mean - lacking - turned - astray)


def _pair(first: tuple[str, ...], second: tuple[str, ...]) -> list[tuple[int, int, float]]:
    """Pair each word of the shorter name with its best free partner: (index, index, score), best pairs first."""
    candidates = sorted(
        (-word_similarity(x, y), abs(i - j), i, j)
        for i, x in enumerate(first)
        for j, y in enumerate(second)
        if word_similarity(x, y) > 0
    )
    pairs: list[tuple[int, int, float]] = []
    used_first: set[int] = set()
    used_second: set[int] = set()
    for score, _, i, j in candidates:
        if i not in used_first and j not in used_second:
            used_first.add(i)
            used_second.add(j)
            pairs.append((i, j, -score))
    return pairs


def compatible(a: str, b: str) -> bool:
    """Whether two person names may be one person's."""
    return similarity(a, b) >= COMPATIBLE


def given_keys(name: str) -> frozenset[str]:
    """Keys of the given names of a full name: names of one surname that are compatible have one in common.

    All words of the shorter of two compatible names stand in the longer one, so its given name does; else they are
    the same but for a letter.
    """
    last = surname(name)
    core = list(_core(name))
    if last in core:
        core.remove(last)
    keys = without_letters("".join(core), 1) if core else set()
    keys |= {_BEN} & {*name_words(name)}  # a given name or none: see `_cores`
    return frozenset(keys.union(*(spelling_keys(word) for word in core if len(word) > 1)))
