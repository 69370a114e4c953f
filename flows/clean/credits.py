"""Who a page credits: bylines, datelines, stamps; the agencies and outlets that its furniture names."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from flows.resources import lexicon, words

_PARTICLES: Final = frozenset(
    ["and", "&", "with", "for", "in", "of", "the", "at", "from", "to", "de", "la", "le", "du", "van", "von", "der", "den", "del", "di", "da", "bin", "ibn", "al", "el", "y", "e", "|", "-", "–", "—", "/", "·", "•", ",", ";"]
)
_NO_NAMES: Final = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "then", "now", "contrast", "comparison", "law", "all", "that", "this", "its", "his", "her", "their", "mid", "late", "early"]
)
_MONTH: Final = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DATE: Final = rf"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH},?(?:\s+\d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
_CLOCK: Final = (
    r"(?:\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)\s*(?:\(?[A-Z]{2,5}\)?|[+-]\d\d:?\d\d)?"
)
_STAMP: Final = re.compile(
    rf"(?:(?:first |last )?(?:published|updated|posted|modified|created|date)(?:\s+(?:at|on))?\s*:?\s*)?"
    rf"(?:(?:at\s+)?{_CLOCK}[\s,|–-]*(?:on\s+)?{_DATE}|{_DATE}[\s,|–-]*(?:at\s+)?{_CLOCK})(?:\s*\|?\s*(?:updated|published).{{0,60}})?\.?",
    re.IGNORECASE,
)
_BARE_DATE: Final = re.compile(_DATE, re.IGNORECASE)
_PLACE: Final = r"(?:[A-Z][\w.'’-]*[ /]?){1,4}(?:,\s*(?:[A-Z][\w.'’-]*\s?){1,3}){0,2}"
_DATELINE: Final = re.compile(
    rf"(?P<place>{_PLACE})(?:,?\s*{_DATE})?,?\s*(?:\((?P<agency>[^()]{{2,40}})\))?\s*(?P<mark>[-–—_:]*)", re.IGNORECASE
)
# wire copy: "By Jane Doe LONDON (Reuters) - …"
_GLUED_BYLINE: Final = re.compile(
    r"(?:By|BY)\s+(?:[A-Z][\w.'’-]*\s+){2,4}(?:and\s+(?:[A-Z][\w.'’-]*\s+){2,4})?(?=[A-Z]{3,}[A-Za-z ,./'-]{0,50}\([A-Z][\w .]{1,30}\)\s*[-–—_:])"
)
_INLINE_DATELINE: Final = re.compile(rf"{_PLACE}(?:,?\s*{_DATE})?,?\s*\((?P<agency>[^()]{{2,40}})\)\s*(?:[-–—_:]|$)")
_SEPARATORS: Final = re.compile(r"\s*(?:,|;|\||/|·|•|–|—|\band\b|&|\bwith\b|\n)\s*", re.IGNORECASE)
_TRAILING: Final = re.compile(r"\s*(?:\||@|–|—| - |,\s|\bfor\b|\bin\b|\bof\b|\bat\b|\bis\b|<|\().*$")


@cache
def agencies() -> dict[str, str]:
    """Agency names as written, in lower case, with the name that Hearsay gives them."""
    return {row["written"]: row["name"] for row in lexicon("credit_agencies")}


def is_stamp(line: str) -> bool:
    """A line that is a date with a time of day: when the page was put up."""
    return len(line) < 160 and bool(_STAMP.fullmatch(line.strip()))


def is_bare_date(line: str) -> bool:
    """A line that is a date and nothing else."""
    return len(line) < 60 and bool(_BARE_DATE.fullmatch(line.strip().rstrip(".")))


def is_dateline(line: str) -> bool:
    """A line that is a dateline and nothing else: "ANBAR, Iraq:", "KABUL (Reuters) -", "22 June 2014"."""
    line = line.strip()
    if len(line) > 90:
        return False
    if is_bare_date(line):
        return True
    match = _DATELINE.fullmatch(line)
    if match is None or not line[0].isupper():
        return False
    agency = (match.group("agency") or "").strip().lower()
    if agency in agencies():
        return True
    capitals = match.group("place").split(",")[0].strip()
    return bool(match.group("mark")) and len(capitals) > 2 and capitals == capitals.upper()


def is_byline(line: str) -> bool:
    """ "By Jane Doe and John Roe, Reuters": By, then names only."""
    parts = line.split()
    if not 2 <= len(parts) <= 22 or parts[0].lower() not in ("by", "by:") or line.rstrip()[-1] in "?!":
        return False
    if parts[1].lower().strip(",.") in _NO_NAMES or not parts[1][0].isupper():
        return False
    small = [p for p in parts[1:] if not (p[0].isupper() or p.strip(",;").lower() in _PARTICLES or p[0] in "@|(")]
    offices = sum(p.strip(",.").lower() in _office_words() for p in small)
    return len(small) == offices and (len(parts) > 2 or line[:2] in ("By", "BY"))


@cache
def _office_words() -> frozenset[str]:
    return frozenset(word for phrase in words("credit_roles") for word in phrase.split())


def glued_byline(line: str) -> int:
    """Length of a byline that stands in front of a dateline on the same line, 0 when there is none."""
    match = _GLUED_BYLINE.match(line[:300])
    return match.end() if match else 0


def dateline_agency(line: str) -> tuple[int, int, str] | None:
    """The agency of a dateline at the beginning of `line`, as (start, end, name)."""
    match = _INLINE_DATELINE.match(line[:160])
    if match is None:
        return None
    name = agencies().get(match.group("agency").strip().lower())
    return (match.start("agency"), match.end("agency"), name) if name else None


def people(credit: str) -> tuple[str, ...]:
    """The names in a byline or in an author field, without agencies, offices and what stands around them."""
    text = re.sub(r"^\s*(?:by|written by|posted by|author)\b:?\s+", "", credit.strip(), flags=re.IGNORECASE)
    names: list[str] = []
    for part in _SEPARATORS.split(text):
        name = _TRAILING.sub("", part).strip(" .:-*\"'")
        if name and _is_person(name) and name not in names:
            names.append(name)
    return tuple(names)


def _is_person(name: str) -> bool:
    lower = name.lower()
    tokens = lower.replace(".", "").split()
    if lower in agencies() or lower in words("credit_roles") or not 1 <= len(tokens) <= 5:
        return False
    if any(char.isdigit() or char in "@/<>{}" for char in name) or tokens[0] in ("the", "our", "http", "https"):
        return False
    return not _OUTLET_WORDS & set(tokens) and tokens[-1] not in _office_words()


_OUTLET_WORDS: Final = frozenset(
    ["news", "press", "agency", "agencies", "newspaper", "magazine", "times", "post", "tribune", "herald", "gazette", "journal", "guardian", "bbc", "cnn", "npr", "staff", "desk", "team", "editors", "editorial", "bureau", "reporter", "correspondent", "editor", "writer", "contributor", "service", "network", "tv", "radio", "media", "politics", "opinion", "online", "com"]
)


def credited_agencies(credit: str) -> tuple[str, ...]:
    """The agencies named in a byline or an author field."""
    parts = _SEPARATORS.split(re.sub(r"^\s*by\b:?\s+", "", credit.strip(), flags=re.IGNORECASE))
    found = (agencies().get(part.strip(" .:-").lower()) for part in parts)
    return tuple(dict.fromkeys(name for name in found if name))
