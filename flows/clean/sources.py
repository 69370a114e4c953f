"""The publications that a page credits for its text: the outlet, agencies, the paper and page it was taken from.

A photo's credit is not the text's: captions are never read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from flows.clean.credits import agencies, credit_words, credited_agencies, dateline_agency, is_byline, is_masthead
from flows.clean.outlet import NAME, PRINT_EDITION, known_media, tidy_name
from flows.records import CreditedSource, Segment

_FIRST_PUBLISHED: Final = re.compile(
    r"\b(?:published|appeared|printed|posted|ran|produced)(?: \w+ly)?(?: first)? (?:in|on|at|by|with)"
    rf"(?: the (?:website|site|pages|blog) of)? {NAME}"
)
_TAKEN_FROM: Final = re.compile(
    r"^\W*(?i:source|credit|from|taken from|courtesy(?: of)?|"
    rf"(?:reprinted|republished|reproduced)[a-z ]{{0,30}}?(?: from| of)?):? {NAME}"
)
_AGENCY_COPYRIGHT: Final = re.compile(
    r"(?:copyright|©|\(c\))[\W\d]*(?:by )?(?P<name>[A-Za-z][\w -]{1,40})", re.IGNORECASE
)
_FURTHER: Final = re.compile(
    r"^\W*(?:additional|extra|further|background)? ?(?:reporting|research|material|information)(?: (?:from|by|via))?"
    r"\s*(?::|–|—|\b(?:by|from|via)\b)?\s*(?P<names>.{2,200}?)[\s.)]*$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s*(?:[,;/&]|\band\b)\s*")
_DOMAIN: Final = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|info|tv|news|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2})\b(?=/|\s|$|[).,])",
    re.IGNORECASE,
)
_LINK_LINE: Final = re.compile(
    r"^(?:source|via|original source)\s*:\s*(?P<name>[A-Z][^|:.;,]{1,40}(?:\.[a-z]{2,4})?)\.?$", re.IGNORECASE
)


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
        elif cell.kind == "disclaimer":
            yield from _copyright(cell)
        elif cell.kind == "navigation":
            yield from _link_line(cell, from_forum)


def _byline(cell: Segment) -> Iterator[CreditedSource]:
    text = cell.text.strip()
    if text.lower().rstrip(".") in agencies():
        yield CreditedSource(agencies()[text.lower().rstrip(".")], "agency", cell.ordinal, cell.raw_start, cell.raw_end)
    elif is_byline(text):
        for name in credited_agencies(text):
            yield CreditedSource(name, "agency", cell.ordinal, cell.raw_start, cell.raw_end)
    elif match := _FURTHER.match(cell.text):
        yield from _further(cell, *match.span("names"))


def _further(cell: Segment, first: int, last: int) -> Iterator[CreditedSource]:
    """ "Additional reporting: Meridian, Jane Doe": what is no person's name is an agency's; people have two names."""
    # "Additional reporting from Kabul", "by Jane Doe in Quetta, Pakistan": places, no names
    placed = cell.text[:first].rstrip().lower().endswith("from") or " in " in cell.text[first:last]
    ends = [match.span() for match in _BETWEEN.finditer(cell.text, first, last)]
    for start, end in zip([first, *(end for _, end in ends)], [*(start for start, _ in ends), last], strict=True):
        name = cell.text[start:end]
        known = agencies().get(name.lower()) or known_media()[1].get(name.lower())
        if known or (name[:1].isupper() and len(name) > 2 and ((not placed and _one_word(name)) or is_masthead(name))):
            yield CreditedSource(known or name, "agency", cell.ordinal, cell.raw_start + start, cell.raw_start + end)


def _one_word(name: str) -> bool:
    return " " not in name and name.isalpha()


def _copyright(cell: Segment) -> Iterator[CreditedSource]:
    """ "Copyright 2014 The Associated Press": an agency's text; the outlet's own name is read elsewhere."""
    match = _AGENCY_COPYRIGHT.search(cell.text[:300])
    words = match["name"].split() if match else []
    for size in range(min(5, len(words)), 0, -1):
        written = " ".join(words[:size])
        if match and written.lower() in agencies() and written in cell.text and written[0].isupper():
            start = cell.raw_start + match.start("name")
            yield CreditedSource(agencies()[written.lower()], "agency", cell.ordinal, start, start + len(written))
            return


def _dateline(cell: Segment) -> Iterator[CreditedSource]:
    if agency := dateline_agency(cell.text):
        start, end, name = agency
        yield CreditedSource(name, "agency", cell.ordinal, cell.raw_start + start, cell.raw_start + end)


def _notice(cell: Segment) -> Iterator[CreditedSource]:
    patterns = (PRINT_EDITION, _FIRST_PUBLISHED, _TAKEN_FROM)
    match = next((found for pattern in patterns if (found := pattern.search(cell.text))), None)
    if match is None or match["name"].lower().split()[0] in credit_words("no_name"):
        return
    role = "outlet" if match.re is PRINT_EDITION else "earlier_article"
    start, end = match.span("name")
    name = known_media()[1].get(match["name"].lower()) if role == "earlier_article" else None
    yield CreditedSource(
        name or tidy_name(match["name"]), role, cell.ordinal, cell.raw_start + start, cell.raw_start + end
    )


def _link_line(cell: Segment, from_forum: bool) -> Iterator[CreditedSource]:
    match = _LINK_LINE.match(cell.text)
    if match and " from " not in match["name"]:
        start, end = match.span("name")
        name = known_media()[1].get(match["name"].lower(), match["name"].strip())
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
