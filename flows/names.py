"""Keys and comparisons of names: pure functions that mentions and the cross-article resolver share.

A name is compared word by word on a key that transliteration and doubled letters don't change, so that Soleimani and
Suleimani fall together while Khamenei and Khomeini stay apart. What a name stands for ("Isis", "Washington") comes
from the lexicons `aliases`, `media` and `demonyms` of data/reference.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from flows.resources import lexicon, words

COMPATIBLE: Final = 0.7  # two names of this similarity may be one person's

_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s?$|(?<=s)['’]$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’‘`´ʿʾʻʼ]")
_NOT_WORD = re.compile(r"[^\w&]+")
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "phd", "md"})
_PARTICLES: Final = frozenset(
    {"al", "el", "ul", "ur", "ibn", "bin", "ben", "bint", "abu", "abou", "ould", "wuld"}
    | {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du"}
    | {"la", "le", "las", "los", "st", "san", "ap", "zu", "ter", "ten", "af"}
)
_JOINING: Final = frozenset({"abd", "abdul", "abdel", "abdal", "abdol"})


@dataclass(frozen=True, slots=True)
class CanonicalName:
    """What the alias lexicon knows of a name; `kind` as in table `actors`, `country` ISO 3166 alpha-3."""

    name: str
    kind: str
    country: str | None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class MediaName:
    """What the media lexicon knows of an outlet; `kind` as in table `sources`."""

    name: str
    kind: str
    domain: str | None
    country: str | None


# --- words -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, apostrophes and points: "A.B. Müller-O’Neil" gives "ab muller oneil"."""
    plain = _APOSTROPHES.sub("", text)
    plain = re.sub(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.(?!\w\w)", "", plain)
    plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", plain.casefold()).replace("_", " ").strip()


_LETTERS: Final = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae"})


def bare(name: str) -> str:
    """The name without article in front and possessive behind; case and accents stay."""
    return _ARTICLE.sub("", _POSSESSIVE.sub("", name.strip()))


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
        if distance == 1 and shorter >= 5:
            return 0.88
        if distance == 2 and shorter >= 9:
            return 0.8
    return 0.0


# --- persons ---------------------------------------------------------------------------------------------------------


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
    """The words that carry the name: particles go, "abdul" joins the next word."""
    core: list[str] = []
    joined = ""
    for word in name_words(name):
        if word in _JOINING:
            joined = "abdul"
        elif word in _PARTICLES and (joined or word not in {"abu", "abou"}):
            continue
        else:
            core.append(joined + word)
            joined = ""
    return tuple(core) if core else name_words(name)


# One or two syllables as Pinyin and the usual romanisations of Korean and Vietnamese write them.
_SYLLABLES: Final = re.compile(
    r"(?:(?:zh|sh|ch|ng|ph|th|kh|tr|[bcdfghjklmnpqrstwxyz])?[aeiouw]{1,3}y?(?:ng|nh|n|k|l|m|p|t|c|r(?=$))?){1,2}"
)


def surname(name: str) -> str:
    """The last name as a key, without particles: "Qassim al-Moussawi" gives "moussawi", "Kim Jong Un" "kim"."""
    core = _core(name)
    if not core:
        return ""
    if len(core) > 1 and core[0] in words("surnames_first") and all(_SYLLABLES.fullmatch(w) for w in core[1:]):
        return core[0]
    return core[-1]


def given(name: str) -> str | None:
    """The first name as a key; None for a bare surname."""
    core = _core(name)
    if len(core) < 2:
        return None
    return core[1] if surname(name) == core[0] else core[0]


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    full: dict[str, set[str]] = {}
    for row in lexicon("given_names"):
        forms = {row["name"], *(form for form in (row["full"] or "").split(";") if form)}
        for form in forms:
            full.setdefault(form, set()).update(forms)
    return {name: frozenset(forms) for name, forms in full.items()}


def same_short_form(a: str, b: str) -> bool:
    """Whether one given name is a short form of the other ("ted", "theodore")."""
    return b in _short_forms().get(a, frozenset()) or a in _short_forms().get(b, frozenset())


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
    first, second = _core(a), _core(b)
    if not first or not second:
        return 0.0
    if "".join(first) == "".join(second):
        return 1.0 if first == second else 0.97
    if len(first) > len(second):
        first, second = second, first
    pairs = _pair(first, second)
    if len(pairs) < len(first):
        return min(0.6, sum(score for _, _, score in pairs) / len(second))
    if len(first) == 1:
        return _bare_similarity(first[0], a if _core(a) == second else b, pairs[0][2], len(second))
    return _paired_similarity(first, second, pairs)


def _bare_similarity(word: str, full: str, score: float, size: int) -> float:
    """A one-word name against a name of `size` words."""
    if size == 1:
        return score
    if len(word) == 1:
        return 0.0
    return 0.78 * score if word_similarity(word, surname(full)) > 0 else 0.55 * score


def _paired_similarity(first: tuple[str, ...], second: tuple[str, ...], pairs: list[tuple[int, int, float]]) -> float:
    mean = sum(score for _, _, score in pairs) / len(pairs)
    whole = any(len(first[i]) > 1 and len(second[j]) > 1 and score >= 0.88 for i, j, score in pairs)
    if not whole:
        return 0.5 * mean
    lacking = 0.04 * (len(second) - len(first))
    order = [j for _, j, _ in sorted(pairs)]
    turned = 0.03 if order != sorted(order) else 0.0
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


# --- lexicons --------------------------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return fold(bare(name))


def _is_word(name: str) -> bool:
    """Whether a short name is only an English word: "us", "is" and "Who" are, "US", "IS" and "WHO" are not."""
    letters = [char for char in name if char.isalpha()]
    return len(letters) <= 3 and sum(char.isupper() for char in letters) < 2


@cache
def _aliases() -> dict[str, CanonicalName]:
    table: dict[str, CanonicalName] = {}
    for row in lexicon("aliases"):
        known = CanonicalName(row["name"], row["kind"], row["country"] or None, row["sector"] or None)
        table.setdefault(_key(row["name"]), known)
        for alias in (row["aliases"] or "").split(";"):
            if alias.strip():
                table.setdefault(_key(alias), known)
    return table


@lru_cache(maxsize=16384)
def canonical(name: str) -> CanonicalName | None:
    """What the alias lexicon calls `name` ("Isis", "Daesh" give Islamic State); None when it doesn't know it."""
    if _is_word(name.strip()):
        return None
    return _aliases().get(_key(name)) or _government(name) or _aliases().get(normalise(name))


_GOVERNMENT: Final = re.compile(
    r"(?:the )?(?:(?P<of>.+?)(?:['’]s)? (?:government|regime)|government of (?P<in>.+))", re.IGNORECASE
)


def _government(name: str) -> CanonicalName | None:
    """ "Iranian government", "Government of Iran" and "Iran's government" are one."""
    match = _GOVERNMENT.fullmatch(name.strip())
    found = country_word(match["of"] or match["in"]) if match else None
    return government(found.country) if found and found.role != "capital" else None


@cache
def government(country: str) -> CanonicalName | None:
    """The government of the country with that alpha-3 code, which its capital stands for; None for an unknown code."""
    for row in lexicon("demonyms"):
        if row["country"] == country:
            return CanonicalName(f"Government of {row['names'].split(';')[0]}", "government", country, "GOV")
    return None


@cache
def _media() -> dict[str, MediaName]:
    table: dict[str, MediaName] = {}
    for row in lexicon("media"):
        known = MediaName(row["name"], row["kind"], row["domain"] or None, row["country"] or None)
        forms = [row["name"], *(row["aliases"] or "").split(";")]
        for form in forms:
            if form.strip():
                table.setdefault(_key(form), known)
        if known.domain:
            table.setdefault(known.domain, known)
    return table


@lru_cache(maxsize=16384)
def media(name_or_domain: str) -> MediaName | None:
    """The outlet, agency or broadcaster of that name or domain; None when the lexicon doesn't know it."""
    text = name_or_domain.strip()
    if _is_word(text):
        return None
    domain = re.sub(r"^(?:https?://)?(?:www\d?\.)?", "", text.lower()).split("/")[0]
    if "." in domain and " " not in domain and domain in _media():
        return _media()[domain]
    return _media().get(_key(text))


@dataclass(frozen=True, slots=True)
class CountryWord:
    """What a word says of a country: `role` is name, adjective, people or capital; `name` the country's own."""

    country: str
    role: str
    name: str


@cache
def _countries() -> dict[str, CountryWord]:
    table: dict[str, CountryWord] = {}
    for row in lexicon("demonyms"):
        columns = (("name", "names"), ("adjective", "adjectives"), ("people", "people"), ("capital", "capital"))
        for role, column in columns:
            for form in (row[column] or "").split(";"):
                if form.strip():
                    table.setdefault(_key(form), CountryWord(row["country"], role, row["names"].split(";")[0]))
    return table


@lru_cache(maxsize=16384)
def country_word(word: str) -> CountryWord | None:
    """The country that `word` names, or whose adjective, people or capital it is."""
    if not word[:1].isupper() or _is_word(word.strip()):
        return None
    return _countries().get(_key(word))


def country_of(word: str) -> str | None:
    """The alpha-3 code of the country of a name, demonym or capital ("Tehran", "Iranian", "Iran" give IRN)."""
    found = country_word(word)
    return found.country if found else None
