"""One word of a name in its spellings: keys that transliteration, doubled letters and typos leave alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from flows.resources import lexicon

_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s?$|(?<=s)['’]$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’‘`´ʿʾʻʼ]")
_LONG, _VERY_LONG = 5, 9  # letters of a word in which one may be mistyped, and of one in which two may
_NOT_WORD = re.compile(r"[^\w&]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, apostrophes and points: "A.B. Müller-O’Neil" gives "ab muller oneil"."""
    plain = _APOSTROPHES.sub("", text)
    plain = re.sub(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.(?!\w\w)", "", plain)
    plain = unicodedata.normalize("NFKD", plain.casefold().translate(_LETTERS)) if not plain.isascii() else plain
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", plain.casefold()).replace("_", " ").strip()


# Cyrillic as newspapers write it in English; a capital is folded before.
_CYRILLIC: Final = dict(
    zip("абвгдезиклмнопрстуфыэійёґ", "abvgdeziklmnoprstufyeiyog", strict=True),
    ж="zh", х="kh", ц="ts", ч="ch", ш="sh", щ="shch", ъ="", ь="", ю="yu", я="ya", є="ye", ї="yi",
)  # fmt: skip
_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"} | _CYRILLIC)


def bare(name: str) -> str:
    """The name without article in front and possessive behind; case and accents stay."""
    return _ARTICLE.sub("", _POSSESSIVE.sub("", name.strip()))


# Spellings of one sound in names that reach English from other scripts, in the order they are rewritten.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^mc(?=.)", "mak"),
        (r"tsch|tch", "c"),
        (r"sch|sh", "x"),
        (r"dzh|dj|zh", "j"),
        (r"ck|cq|kh|^gh|q", "k"),
        (r"gh", "g"),
        (r"c(?=[eiy])", "s"),
        (r"ch", "C"),
        (r"c", "k"),
        (r"C", "c"),
        (r"x(?=$)", "x"),
        (r"ph|ff", "f"),
        (r"th|dt|tt", "t"),
        (r"dh", "d"),
        (r"tz|ts|z", "s"),
        (r"(?<=[oe])w$|off?$", "v"),
        (r"w(?=[aeiouy])", "v"),
        (r"(?<=[aeiou])w(?=[^aeiou]|$)", "u"),
        (r"(?<=[aeiou])h(?=[^aeiou]|$)|(?<=[^aeiou])h(?=[aeiou])", ""),
        (r"(?<!^)y(?=[aeiou])|^y(?=[^aeiou])|(?<=.)y", "i"),
        (r"ou|oo|ow|au|aw|o", "u"),
        (r"ee|ea|ei|ai|ie|ii|e", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """A key of one word of a name that transliteration leaves alone.

    Consonants by class, and the first vowel by class (a; e, i; o, u): Soleimani and Suleimani give one key, so do
    Moktada and Muqtada, Rouhani and Ruhani, Moussawi and Mousavi; Khamenei and Khomeini give two.
    """
    key = fold(word).replace(" ", "")
    if not key.isascii():
        return key
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    head = re.match(r"[^aiu]*[aiu]?", key)
    if head is None or not key:
        return key
    first = head.group()
    return re.sub(r"(.)\1+", r"\1", first + re.sub(r"[aiu]", "", key[len(first) :]))


@lru_cache(maxsize=65536)
def word_similarity(a: str, b: str) -> float:
    """How surely two words of a name are one, 0 to 1: spelling, transliteration, a typo in a long word."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if len(a) == 1 or len(b) == 1:
        return 0.85 if a[0] == b[0] else 0.0
    distance = OSA.distance(a, b, score_cutoff=4)
    shorter = min(len(a), len(b))
    if skeleton(a) == skeleton(b) and distance <= max(1, (shorter + 1) // 2):
        return 0.95 if shorter > 3 else 0.9
    if same_short_form(a, b):
        return 0.9
    if a[0] == b[0] or skeleton(a)[:1] == skeleton(b)[:1]:
        if distance == 1 and shorter >= _LONG:
            return 0.88
        if distance == 2 and shorter >= _VERY_LONG:
            return 0.8
    return 0.0


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """The short forms of each given name, and the names that each stands for; "Ted" makes Edward no Theodore."""
    found: dict[str, set[str]] = {}
    for row in lexicon("given_names"):
        for form in filter(None, (row["full"] or "").split(";")):
            found.setdefault(form, {form}).add(row["name"])
            found.setdefault(row["name"], {row["name"]}).add(form)
    return {name: frozenset(forms) for name, forms in found.items()}


def same_short_form(a: str, b: str) -> bool:
    """Whether one given name is a short form of the other ("ted", "theodore")."""
    return b in _short_forms().get(a, frozenset()) or a in _short_forms().get(b, frozenset())


@lru_cache(maxsize=65536)
def spelling_keys(word: str) -> frozenset[str]:
    """Keys of a word of two letters or more: words that `word_similarity` finds alike have one in common."""
    keys = {word, f"={skeleton(word)}", *(f"~{form}" for form in _short_forms().get(word, ())), f"~{word}"}
    if len(word) >= _LONG:
        keys |= without_letters(word, 2 if len(word) >= _VERY_LONG else 1)
    return frozenset(keys)


def without_letters(word: str, most: int) -> set[str]:
    """The word with up to so many letters left out: two with so many typos between them have one in common."""
    found = fresh = {word}
    for _ in range(most):
        fresh = {one[:i] + one[i + 1 :] for one in fresh for i in range(len(one))}
        found = found | fresh
    return {f"-{one}" for one in found}
