"""The outlet of a page: what it says of itself, and how sure each way of saying it is.

An outlet is taken on good evidence only: metadata, the paper's own print notice, the address, a name that stands
alone on a line, a copyright line, a byline's affiliation. That the text quotes what a paper was told is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from flows.clean.credits import agencies, credit_words, is_masthead, is_medium
from flows.records import Document, Segment
from flows.resources import lexicon

_HOST_PREFIX: Final = re.compile(r"^(?:www\d?|m|mobile|amp|edition|uk|us|in)\.")
_LONGEST_PROMOTION: Final = 1000  # characters
_LONGEST_CLAIM: Final = 400  # characters of a copyright line or an invitation to subscribe
_LONGEST_SITE: Final = 40  # characters of a name; longer ones are slogans
_FEWEST_WORDS: Final = 2  # of a name that no lexicon knows
_SURELY: Final = 2  # weighted mentions
_ACRONYM: Final = re.compile(r"[^AEIOUY\W]+|[A-Z]\.(?:[A-Z]\.)+")
_DATED: Final = (
    r"(?!(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|t?ember|ober)?\b\.?,? \d|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,)"
)
_WORD: Final = rf"{_DATED}[A-Z][\w&'’-]*(?:\.[\w&'’-]+)*"
NAME: Final = rf"(?P<name>(?:The |the )?{_WORD}(?: (?:(?:of|and|the|for|de|&) (?:the )?)?{_WORD})*)"
# the paper that a page was printed in: its own print edition, or "Printed in … of September 17, 2019, page 1"
PRINT_EDITION: Final = re.compile(
    rf"\b(?:(?:print|paper|printed) (?:edition|version|issue) of|(?<!irst )(?<!lly )(?<!Re)(?<!re)[Pp]rinted in) {NAME}"
)
_EARLIER: Final = re.compile(rf"^\W*(?:[Ff]irst|[Oo]riginally) (?:published|printed|appeared) in {NAME}")
_COPYRIGHT: Final = re.compile(
    rf"(?:(?i:copyright|\(c\)|&copy;)|©)[\W\d]*(?:(?:(?i:copyright|\(c\)|&copy;)|©)[\W\d]*)?(?:by )?{NAME}"
)
_LEGAL_FORM: Final = re.compile(
    r"(?:,? (?:Ltd|Limited|Inc|LLC|Corp|Corporation|Company|Co|PLC|plc|GmbH|Media|Group|Publications?|Publishing|"
    r"Newspapers?|All|All Rights|All Rights Reserved))+$"
)
_INVITATION: Final = re.compile(
    r"\b(?i:subscribe(?:rs?)? (?:to|of)|subscriptions? to|(?:member|subscriber|supporter)s? of|"
    rf"thanks? (?:you )?for reading|welcome to|follow|download|get|support) {NAME}"
)
_AFFILIATION: Final = re.compile(r"\s*(?:[,;/|·•–—\n]|\bfor\b|\bFor\b|\bspecial to\b|\bSpecial to\b|\bof\b)\s*")
_OWN_PHOTO: Final = re.compile(
    rf"\({NAME}(?: (?:[Ss]taff|[Ff]ile|[Hh]andout))? (?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture)s?(?: ?[/|:]| by\b)"
)
_PHOTO_WORD: Final = re.compile(r" (?:[Ss]taff |[Ff]ile )?(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture)s?$")
_DESK: Final = re.compile(
    r"\b(?:letters?|editors?|editorial|news|newsroom|newsdesk|tips|corrections|complaints|feedback|readers|desk)@"
    r"(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)",
    re.IGNORECASE,
)
_MAIL_HOSTS: Final = re.compile(
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|aol|gmx|proton|icloud|mail)\b", re.IGNORECASE
)


@cache
def known_media() -> tuple[dict[str, str], dict[str, str]]:
    """Names by domain, and names by any way of writing them, in lower case."""
    rows = lexicon("media")
    domains = {row["domain"]: row["name"] for row in rows if row.get("domain")}
    written = {
        alias.lower(): row["name"] for row in rows for alias in (row["name"], *row["aliases"].split(";")) if alias
    }
    return domains, written


def host(url: str) -> str | None:
    """The host of a URL without "www." and its like; None when there is none."""
    try:
        found = urlsplit(url).hostname
    except ValueError:
        return None
    return _HOST_PREFIX.sub("", found.lower()) if found else None


def outlet_of(document: Document, site: str | None, cells: tuple[Segment, ...]) -> str | None:
    """The outlet: given, else named by the page, its print notice, its address or its furniture; else None.

    A forum's page is never taken for the outlet whose text was posted there.
    """
    if document.outlet and document.outlet.strip():
        return document.outlet.strip()
    if site and site.strip():
        return _site_name(site.strip(), document.url)
    named = _printed(cells, PRINT_EDITION) or _by_host(document.url)
    if named or any(cell.kind == "forum_header" for cell in cells):
        return named
    return next((name for name in _self_named(cells) if name), None)


def _self_named(cells: tuple[Segment, ...]) -> Iterator[str | None]:
    """What the page's furniture calls its outlet, the surest first."""
    yield _signed(cells)
    yield _masthead(cells)
    yield _first(cells, _COPYRIGHT, ("disclaimer", "teaser", "comment", "navigation"))
    yield _affiliation(cells)
    yield _promoted(cells)
    yield _first(cells, _INVITATION, ("advert", "disclaimer", "share_widget", "teaser"))
    yield _first(cells, _OWN_PHOTO, ("caption",))
    yield _printed(cells, _EARLIER)
    yield _desk(cells)


def _printed(cells: tuple[Segment, ...], pattern: re.Pattern[str]) -> str | None:
    for cell in cells:
        if cell.kind == "print_notice" and (match := pattern.search(cell.text)):
            return tidy_name(match["name"])
    return None


def _signed(cells: tuple[Segment, ...]) -> str | None:
    """The outlet whose name stands alone on a line, as under a reporter's name; an agency is no outlet here."""
    for cell in cells:
        written = cell.text.strip().lower()
        if cell.kind == "byline" and is_medium(cell.text) and written not in agencies():
            return known_media()[1].get(written)
    return None


def _masthead(cells: tuple[Segment, ...]) -> str | None:
    """The newspaper's name at the very top of the page."""
    first = next((cell for cell in cells if cell.kind != "separator"), None)
    if first is None or first.kind != "navigation" or not is_masthead(first.text):
        return None
    return _publication(_title_case(" ".join(first.text.split())), cells)


def _title_case(name: str) -> str:
    if not name.isupper():
        return name
    words = [word if _ACRONYM.fullmatch(word) else word.capitalize() for word in name.split()]
    small = ("Of", "And", "The", "For")
    return " ".join(word.lower() if place and word in small else word for place, word in enumerate(words))


def _first(cells: tuple[Segment, ...], pattern: re.Pattern[str], kinds: tuple[str, ...]) -> str | None:
    for cell in cells:
        if cell.kind not in kinds:
            continue
        for match in pattern.finditer(cell.text[:_LONGEST_CLAIM]):
            if name := _publication(_LEGAL_FORM.sub("", _PHOTO_WORD.sub("", match["name"])), cells):
                return name
    return None


def _affiliation(cells: tuple[Segment, ...]) -> str | None:
    """The newspaper that a byline names: "By Jane Doe, The Northgate Post", "Lesk Monitor staff"."""
    for cell in cells:
        if cell.kind != "byline" or len(cell.text) > _LONGEST_CLAIM:
            continue
        parts = _AFFILIATION.split(re.sub(r"^\s*[Bb][Yy]:?\s+", "", cell.text.strip()))
        for place, part in enumerate(parts):
            named = part.strip(" .:()")
            words = named.split()
            while words and words[-1].lower() in credit_words("office"):
                words.pop()
            sure = place > 0 or named.startswith("The ") or len(words) < len(named.split())  # "By Emily Post" is not
            if words and sure and (name := _publication(" ".join(words), cells)):
                return name
    return None


def _publication(name: str, cells: tuple[Segment, ...]) -> str | None:
    """`name` as the outlet is called, when it is a newspaper's; None for agencies, people, firms."""
    name = name.strip(" .,:")
    bare = re.sub(r"^[Tt]he ", "", name)
    if name.lower() in agencies() or bare.lower() in agencies():
        return None
    written = known_media()[1]
    if known := written.get(name.lower()) or written.get(bare.lower()):
        return known if _is_outlet(known) else None
    if not is_masthead(f"The {bare}") or len(bare.split()) < _FEWEST_WORDS:  # "The Post" is said of many a paper
        return None
    full = f"The {bare}"
    return full if name != bare or any(full in cell.text for cell in cells) else bare


@cache
def _outlets() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicon("media") if row["kind"] in ("outlet", "broadcaster", "site"))


def _is_outlet(name: str) -> bool:
    return name in _outlets()


def _promoted(cells: tuple[Segment, ...]) -> str | None:
    """The known outlet whose newsletter, app or comment rules the page promotes, when it is one and named surely."""
    counts: Counter[str] = Counter()
    for cell in cells:
        if cell.kind in ("advert", "disclaimer", "share_widget") and len(cell.text) < _LONGEST_PROMOTION:
            counts.update(_named(cell.text))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _SURELY or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _named(text: str) -> Counter[str]:
    """Outlets named in `text`; with its article ("The Standard") a name is no common word, and counts double."""
    found: Counter[str] = Counter()
    for row in lexicon("media"):
        if row["kind"] in ("outlet", "broadcaster") and row["name"] in text:
            for match in re.finditer(rf"(?<!\w)(The )?{re.escape(row['name'])}(?!\w)", text):
                found[row["name"]] += 2 if match[1] or row["name"].startswith("The ") else 1
    return found


def _desk(cells: tuple[Segment, ...]) -> str | None:
    """The site of the desk that letters and corrections go to."""
    for cell in cells:
        if not cell.kept and (match := _DESK.search(cell.text[:_LONGEST_CLAIM])):
            site = match["host"].lower()
            if not _MAIL_HOSTS.match(site):
                return _by_host(f"https://{site}")
    return None


def _site_name(site: str, url: str | None) -> str:
    """Sites name themselves by a slogan or a domain at times: then the known name of their address is better."""
    known = _by_host(url)
    return known if known and (len(site) > _LONGEST_SITE or "." in site) else site


def _by_host(url: str | None) -> str | None:
    found = host(url) if url else None
    if found is None:
        return None
    domains, _ = known_media()
    parts = found.split(".")
    names = (domains.get(".".join(parts[start:])) for start in range(len(parts) - 1))
    return next((name for name in names if name), found)


def tidy_name(name: str) -> str:
    """A name as it stands in a sentence, without what surrounds it there."""
    return re.sub(r"^the |['’]s$", "", name.strip().rstrip(".,"))
