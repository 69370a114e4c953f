"""What a name stands for, by the lexicons `aliases`, `teams`, `media` and `demonyms` of data/reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from flows.resources import lexicon
from flows.spelling import bare, fold
from flows.titles import normalise, strip_title

_SECTION: Final = r"news|opinions?|editorials?|commentary|analysis|op-ed|politics|business|world|sports?|online|blogs?"
# Behind the name of a publication: "(print)", " - Opinion", " | News/Politics".
_ASIDE: Final = re.compile(rf"\s*\([^()]*\)\s*$|\s+[-–—|:]\s+(?:{_SECTION})(?:/(?:{_SECTION}))?\s*$", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


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
    for row in lexicon("teams"):
        team = CanonicalName(row["name"], "organisation", None)
        for form in (row["name"], *filter(None, (row["aliases"] or "").split(";"))):
            table.setdefault(_key(form), team)
    return table


@cache
def nicknames() -> dict[str, str]:
    """What clubs are called for short where their whole name has been told, by that name: "Saints"."""
    return {row["name"]: row["nickname"] for row in lexicon("teams") if row["nickname"]}


@cache
def clubs() -> frozenset[str]:
    """The whole names of clubs."""
    return frozenset(row["name"] for row in lexicon("teams"))


@lru_cache(maxsize=16384)
def canonical(name: str) -> CanonicalName | None:
    """What the alias lexicon calls `name` ("Isis", "Daesh" give Islamic State); None when it doesn't know it."""
    if _is_word(name.strip()):
        return None
    return _aliases().get(_key(name)) or _government(name) or _behind_title(name)


_BEFORE_BODIES: Final = frozenset({"former", "acting", "ex"})


def _behind_title(name: str) -> CanonicalName | None:
    """ "President Obama", "former FBI"; but "National Security Council" and "state Supreme Court" are other bodies."""
    title, _ = strip_title(bare(name))
    known = _aliases().get(normalise(name)) if title else None
    is_part_of_name = (
        title is not None and title.lower() not in _BEFORE_BODIES and (not title.islower() or title == "state")
    )
    return None if known is not None and known.kind != "person" and is_part_of_name else known


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
            name = row["names"].split(";")[0]
            article = "the " if name.startswith(("United ", "Central ", "Czech R")) or name.endswith("s") else ""
            return CanonicalName(f"Government of {article}{name}", "government", country, "GOV")
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


def publication_key(written: str) -> str:
    """What two ways of writing one publication share: the lexicon's name, no article, case, spaces or domain ending.

    "The Harbour Gazette", "Harbour Gazette (print)", "Harbour Gazette - News" and "harbourgazette.example" give one.
    """
    whole = _ASIDE.sub("", written)
    known = media(written) or media(whole)
    plain = bare(known.name if known else whole).lower().removeprefix("www.")
    label = plain.split(".")[0] if _DOMAIN.fullmatch(plain) else plain
    return "".join(char for char in label if char.isalnum()).removeprefix("the")


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


def country_of_key(key: str) -> str | None:
    """The country of a word that is folded already ("iran", "iranian"); capitals count, short forms don't."""
    found = _countries().get(key) if len(key) > 3 else None
    return found.country if found else None


def country_of(word: str) -> str | None:
    """The alpha-3 code of the country of a name, demonym or capital ("Tehran", "Iranian", "Iran" give IRN)."""
    found = country_word(word)
    return found.country if found else None
