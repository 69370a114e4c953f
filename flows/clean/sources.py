"""The publications that a page credits for its text: the outlet, agencies, the paper and page it was taken from.

A photo's credit is not the text's: captions are never read here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from flows.clean.credits import agencies, credit_words, credited_agencies, dateline_agency, is_byline, is_medium
from flows.records import CreditedSource, Document, Segment
from flows.resources import lexicon

_HOST_PREFIX: Final = re.compile(r"^(?:www\d?|m|mobile|amp|edition|uk|us|in)\.")
_LONGEST_PROMOTION: Final = 1000  # characters
_LONGEST_SITE: Final = 40  # characters of a name; longer ones are slogans
_SURELY: Final = 2  # weighted mentions
_WORD: Final = r"[A-Z][\w&'’-]*(?:\.[\w&'’-]+)*"
_NAME: Final = rf"(?P<name>(?:The |the )?{_WORD}(?: (?:(?:of|and|the|for|de|&) (?:the )?)?{_WORD})*)"
_PRINT_EDITION: Final = re.compile(rf"\b(?:print|paper|printed) (?:edition|version|issue) of {_NAME}")
_FIRST_PUBLISHED: Final = re.compile(
    r"\b(?:published|appeared|printed|posted|ran|produced)(?: \w+ly)?(?: first)? (?:in|on|at|by|with)"
    rf"(?: the (?:website|site|pages|blog) of)? {_NAME}"
)
_DOMAIN: Final = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|info|tv|news|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2})\b(?=/|\s|$|[).,])",
    re.IGNORECASE,
)
_LINK_LINE: Final = re.compile(
    r"^(?:source|via|original source)\s*:\s*(?P<name>[A-Z][^|:.;,]{1,40}(?:\.[a-z]{2,4})?)\.?$", re.IGNORECASE
)


@cache
def _media() -> tuple[dict[str, str], dict[str, str]]:
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
    """The outlet: given, else named by the page, its print notice or its address; None in a forum without one."""
    if document.outlet and document.outlet.strip():
        return document.outlet.strip()
    if site and site.strip():
        return _site_name(site.strip(), document.url)
    for cell in cells:
        if cell.kind == "print_notice" and (match := _PRINT_EDITION.search(cell.text)):
            return _tidy_name(match["name"])
    return _by_host(document.url) or _signed(cells) or _promoted(cells)


def _signed(cells: tuple[Segment, ...]) -> str | None:
    """The outlet whose name stands alone on a line, as under a reporter's name; an agency is no outlet here."""
    for cell in cells:
        written = cell.text.strip().lower()
        if cell.kind == "byline" and is_medium(cell.text) and written not in agencies():
            return _media()[1].get(written)
    return None


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


def _site_name(site: str, url: str | None) -> str:
    """Sites name themselves by a slogan or a domain at times: then the known name of their address is better."""
    known = _by_host(url)
    return known if known and (len(site) > _LONGEST_SITE or "." in site) else site


def _by_host(url: str | None) -> str | None:
    found = host(url) if url else None
    if found is None:
        return None
    domains, _ = _media()
    parts = found.split(".")
    names = (domains.get(".".join(parts[start:])) for start in range(len(parts) - 1))
    return next((name for name in names if name), found)


def _tidy_name(name: str) -> str:
    return re.sub(r"^the |['’]s$", "", name.strip().rstrip(".,"))


def credited_sources(cells: tuple[Segment, ...]) -> tuple[CreditedSource, ...]:
    """Text credits in page order: agencies of bylines and datelines, print notices, links to the original."""
    found: list[CreditedSource] = []
    seen: set[tuple[str, str]] = set()
    from_forum = any(cell.kind == "forum_header" for cell in cells)
    for source in _all(cells, from_forum):
        if (source.name, source.role) not in seen:
            seen.add((source.name, source.role))
            found.append(source)
    return tuple(found)


def _all(cells: tuple[Segment, ...], from_forum: bool) -> Iterator[CreditedSource]:
    first_body = next((cell.ordinal for cell in cells if cell.kind in ("body", "dateline")), -1)
    for cell in cells:
        if cell.kind == "byline":
            yield from _byline(cell)
        elif cell.kind == "dateline" or (cell.kind == "body" and cell.ordinal == first_body):
            yield from _dateline(cell)
        elif cell.kind == "print_notice":
            yield from _notice(cell)
        elif cell.kind == "navigation":
            yield from _link_line(cell, from_forum)


def _byline(cell: Segment) -> Iterator[CreditedSource]:
    text = cell.text.strip()
    if text.lower().rstrip(".") in agencies():
        yield CreditedSource(agencies()[text.lower().rstrip(".")], "agency", cell.ordinal, cell.raw_start, cell.raw_end)
    elif is_byline(text):
        for name in credited_agencies(text):
            yield CreditedSource(name, "agency", cell.ordinal, cell.raw_start, cell.raw_end)


def _dateline(cell: Segment) -> Iterator[CreditedSource]:
    if agency := dateline_agency(cell.text):
        start, end, name = agency
        yield CreditedSource(name, "agency", cell.ordinal, cell.raw_start + start, cell.raw_start + end)


def _notice(cell: Segment) -> Iterator[CreditedSource]:
    match = _PRINT_EDITION.search(cell.text) or _FIRST_PUBLISHED.search(cell.text)
    if match is None or match["name"].lower().split()[0] in credit_words("no_name"):
        return
    role = "outlet" if match.re is _PRINT_EDITION else "earlier_article"
    start, end = match.span("name")
    name = _media()[1].get(match["name"].lower()) if role == "earlier_article" else None
    yield CreditedSource(
        name or _tidy_name(match["name"]), role, cell.ordinal, cell.raw_start + start, cell.raw_start + end
    )


def _link_line(cell: Segment, from_forum: bool) -> Iterator[CreditedSource]:
    match = _LINK_LINE.match(cell.text)
    if match and " from " not in match["name"]:
        start, end = match.span("name")
        name = _media()[1].get(match["name"].lower(), match["name"].strip())
        yield CreditedSource(name, "earlier_article", cell.ordinal, cell.raw_start + start, cell.raw_start + end)
    elif from_forum or re.match(r"(?:source|via|original|h/t)\b", cell.text, re.IGNORECASE):
        for match in _DOMAIN.finditer(cell.text[:600]):
            yield CreditedSource(
                match.group(),
                "earlier_article",
                cell.ordinal,
                cell.raw_start + match.start(),
                cell.raw_start + match.end(),
            )
