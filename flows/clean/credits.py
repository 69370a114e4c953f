"""Who a page credits: bylines, datelines, stamps; the agencies and outlets that its furniture names."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from flows.resources import lexicon, words

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\b\.?"
_DATE: Final = (
    rf"(?:{_WEEKDAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH},?(?:\s+\d{{4}})?|"
    r"\d{4}[-./]\d\d?[-./]\d\d?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_CLOCK: Final = (
    r"(?:\b\d{1,2}\s?[:.]\s?\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?|\d{4}\s*(?=gmt|utc|hrs))"
)
_ZONE: Final = (
    r"\b(?:[A-Z]{1,2}[SD]?T|UTC|JST|IST|SAST|AEST|AEDT|HKT|hrs|hours|local time|eastern|pacific)\b|[+-]\d\d:?\s?\d\d"
)
_STAMP_WORD: Final = (
    r"\b(?:first|last|originally|published|updated?|posted|modified|created|filed|issued|date|time|on|at|by|ago)\b"
)
_DATE_FOUND: Final = re.compile(rf"{_DATE}|{_WEEKDAY}", re.IGNORECASE)
_CLOCK_FOUND: Final = re.compile(_CLOCK, re.IGNORECASE)
_STAMPED: Final = re.compile(r"\b(?:published|updated|posted|modified|created)\b", re.IGNORECASE)
_STAMP_PARTS: Final = re.compile(rf"{_DATE}|{_WEEKDAY}|{_CLOCK}|{_ZONE}|{_STAMP_WORD}|[\W_]+", re.IGNORECASE)
_BARE_DATE: Final = re.compile(_DATE, re.IGNORECASE)
_PLACE: Final = r"(?:[A-Z][\w.'’-]*[ /]?){1,4}(?:,\s*(?:[A-Z][\w.'’-]*\s?){1,3}){0,2}"
_DATELINE: Final = re.compile(
    rf"(?P<place>{_PLACE})(?:,?\s*{_DATE})?,?\s*(?:\((?P<agency>[^()]{{2,40}})\))?\s*(?P<mark>[-–—_:]*)", re.IGNORECASE
)
# wire copy: "By Jane Doe LONDON (Reuters) - …"
_NAME_BEFORE: Final = r"(?:[A-Z][\w.'’-]*\s+){2,4}"
_GLUED_BYLINE: Final = re.compile(
    rf"(?:By|BY)\s+{_NAME_BEFORE}(?:and\s+{_NAME_BEFORE})?"
    r"(?=[A-Z]{3,}[A-Za-z ,./'-]{0,50}\([A-Z][\w .]{1,30}\)\s*[-–—_:])"
)
_INLINE_DATELINE: Final = re.compile(
    rf"{_PLACE}(?:,?\s*(?i:{_DATE}))?,?\s*\((?P<agency>[^()]{{2,40}})\)\s*(?:[-–—_:]|$)"
)
_SEPARATORS: Final = re.compile(r"\s*(?:,|;|/|·|•|–|—|\band\b|&|\bwith\b|\n)\s*", re.IGNORECASE)
_TRAILING: Final = re.compile(r"\s*(?:\||@|–|—| - |,\s|\bfor\b|\bin\b|\bof\b|\bat\b|\bis\b|<|\().*$")


_COLUMNS: Final = re.compile(r"\s*[|•·»›>]\s*|\s+[/–—-]\s+|\s{3,}|\t")
_RULED: Final = re.compile(r"[|•·»›>]|\s{3,}|\t")
_MOST_SECTIONS: Final = 2
_LONGEST_LABEL: Final = 3  # words
_FEWEST_SECTIONS: Final = 3  # of a navigation bar
_LONGEST_MASTHEAD: Final = 6  # words
_LONGEST_MEDIUM: Final = 60  # characters
_LONGEST_NAME: Final = 5  # words; a longer one is a title that begins with By


@cache
def credit_words(use: str) -> frozenset[str]:
    """Words of bylines and credits with this use; see the notes of the lexicon."""
    return frozenset(row["word"] for row in lexicon("credit_words") if row["use"] == use)


@cache
def agencies() -> dict[str, str]:
    """Agency names as written, in lower case, with the name that Hearsay gives them."""
    return {row["written"]: row["name"] for row in lexicon("credit_agencies")}


def is_stamp(line: str) -> bool:
    """A line that only says when the page was put up: a date with a clock time, or "Published" and a date.

    The page's section may stand beside it: "20.09.2019 | 11:45 | Politics".
    """
    line = line.strip()
    if not 6 <= len(line) < 160 or not any(char.isdigit() for char in line):
        return False
    parts = [part for part in _COLUMNS.split(line) if part]
    if len(parts) <= 1:
        return _only_time(line)
    labels = [part for part in parts if not (is_bare_date(part) or not _STAMP_PARTS.sub("", part))]
    dated = any(is_bare_date(part) or _only_time(part) for part in parts)
    if any(label.isupper() for label in labels) and not _RULED.search(line):  # "KABUL - 22 June 2014" is a dateline
        return False
    return dated and len(labels) <= _MOST_SECTIONS and all(_is_label(part) for part in labels)


def _is_label(part: str) -> bool:
    """A section's name: short, without figures, no sentence and no dateline's place."""
    dateline = part.isupper() and not part.isalpha()
    return (
        len(part.split()) <= _LONGEST_LABEL
        and part[0].isupper()
        and part[-1].isalpha()
        and not (dateline or any(char.isdigit() for char in part))
    )


def is_section_bar(line: str) -> bool:
    """The page's sections in a row: "Home | Politics | Economy | Regions"."""
    parts = [part for part in _COLUMNS.split(line.strip()) if part]
    if len(parts) < _FEWEST_SECTIONS or len(line) > 200 or not all(_is_label(part) for part in parts):
        return False
    return len(" ".join(parts).split()) <= 1.5 * len(parts)


def is_masthead(line: str) -> bool:
    """A line that looks like a newspaper's name: "LESK MONITOR", "The Harbour Gazette"."""
    parts = line.strip().split()
    if not 2 <= len(parts) <= _LONGEST_MASTHEAD or not line.strip()[-1].isalpha() or set(line) & set(",:;?!|"):
        return False
    if not all(part[0].isupper() or part in ("of", "and", "the", "&") for part in parts):
        return False
    return parts[-1].lower() in credit_words("masthead") or (
        parts[-2].lower() == "of" and parts[0].lower() in credit_words("masthead")
    )


def _only_time(line: str) -> bool:
    clock = _CLOCK_FOUND.search(line)
    told = _STAMPED.search(line)
    if not (_DATE_FOUND.search(line) and (clock or told)) and not (clock and told):
        return False
    return not _STAMP_PARTS.sub("", line)


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
    mark = match.group("mark")
    if mark.strip("_:") == "" and ":" in mark and "," not in match.group("place"):
        return False  # "URGENT:" is a label
    return bool(mark) and len(capitals) > 2 and capitals == capitals.upper()


def is_byline(line: str) -> bool:
    """ "By Jane Doe and John Roe, Reuters": By, then names only."""
    parts = line.split()
    if not 2 <= len(parts) <= 22 or parts[0].lower() not in ("by", "by:") or line.rstrip()[-1] in "?!":
        return False
    if parts[1].lower().strip(",.") in credit_words("no_name") or not parts[1][0].isupper():
        return False
    small = [part for part in parts[1:] if not (part[0].isupper() or part[0] in "@|()")]
    known = credit_words("particle") | _office_words()
    first_name = _SEPARATORS.split(_TRAILING.sub("", " ".join(parts[1:])))[0]
    return all(part.strip(",.;").lower() in known for part in small) and len(first_name.split()) <= _LONGEST_NAME


def is_medium(line: str) -> bool:
    """A line that is the name of a known medium and nothing else."""
    return len(line) < _LONGEST_MEDIUM and line.strip().lower() in _media_names()


@cache
def _media_names() -> frozenset[str]:
    rows = lexicon("media")
    names = {name.strip().lower() for row in rows for name in (row["name"], *row["aliases"].split(";"))}
    return frozenset(names | set(agencies())) - {""}


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


def is_bare_name(line: str) -> bool:
    """A line that may be a reporter's name and nothing else: two to four capitalised words, no outlet among them."""
    parts = line.split()
    if not 2 <= len(parts) <= 4 or not all(part.replace("-", "").rstrip(".").isalpha() for part in parts):
        return False
    capital = all(part[0].isupper() or part in credit_words("particle") for part in parts)
    return capital and not line.isupper() and people(line) == (line.strip(),)


def _is_person(name: str) -> bool:
    lower = name.lower()
    tokens = lower.replace(".", "").split()
    if lower in agencies() or lower in words("credit_roles") or not 1 <= len(tokens) <= 5:
        return False
    if any(char.isdigit() or char in "@/<>{}" for char in name) or tokens[0] in ("the", "our", "http", "https"):
        return False
    if re.search(r"\w\.(?:com|org|net|co)\b", lower):
        return False
    if any(word[0].islower() and word not in credit_words("particle") for word in name.split()):
        return False
    return not credit_words("outlet") & set(tokens) and tokens[-1] not in _office_words()


def credited_agencies(credit: str) -> tuple[str, ...]:
    """The agencies named in a byline or an author field."""
    parts = _SEPARATORS.split(re.sub(r"^\s*by\b:?\s+", "", credit.strip(), flags=re.IGNORECASE))
    found = (agencies().get(part.strip(" .:-").lower()) for part in parts)
    return tuple(dict.fromkeys(name for name in found if name))
