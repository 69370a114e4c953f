"""The publication date: every candidate, ranked, with what rejected it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Final

from flows.clean.days import full_days, parse_day, parse_moment, url_day, yearless_days
from flows.records import DateEvidence, Document, Segment

_TOP: Final = 12  # segments from the top, or from the end, that may hold a stamp
_OTHERS: Final = ("teaser", "comment", "advert", "navigation")
_MOST_LINKS: Final = 3  # dates of links that are kept as evidence: a page may have hundreds
_CLOCKS_DIFFER: Final = timedelta(hours=1)
_UPDATED: Final = re.compile(r"\b(?:updated?|modified|edited|amended)\b", re.IGNORECASE)
_STAMPED: Final = re.compile(r"\b(?:published|posted|first|created|date)\b", re.IGNORECASE)
_COPYRIGHT: Final = re.compile(r"(?:copyright|©|\(c\))\D{0,40}(?:19|20)\d\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date that the page's metadata gives: `name` says which field, `written` what stands there."""

    name: str
    written: str


def evidence(
    document: Document, cells: tuple[Segment, ...], page_dates: tuple[PageDate, ...]
) -> tuple[tuple[DateEvidence, ...], date | None, str]:
    """All candidates in rank order, the day taken, and its basis ("none" without a day).

    Rank 1 was taken unless its day is null. A day later than `document.seen_at` is rejected.
    """
    found = [*_metadata(document, page_dates), *_url(document), *_lines(cells), *_print_notices(cells), *_never(cells)]
    judged = [_not_in_future(candidate, document.seen_at) for candidate in found]
    good = [candidate for candidate in judged if candidate.rejected_because is None and candidate.day is not None]
    bad = [candidate for candidate in judged if candidate not in good]
    if good:
        taken = good[0]
        ranked = [taken, *_rivals(good[1:], taken), *bad]
    else:
        ranked = sorted(bad, key=lambda candidate: candidate.day is not None)
        if not ranked or ranked[0].day is not None:
            ranked.insert(0, DateEvidence(0, None, "none", "", rejected_because="nothing on the page gives its date"))
    numbered = tuple(replace(candidate, rank=rank) for rank, candidate in enumerate(ranked, 1))
    return (numbered, good[0].day, good[0].basis) if good else (numbered, None, "none")


def _rivals(others: list[DateEvidence], taken: DateEvidence) -> list[DateEvidence]:
    reason = f"ranked below {taken.basis}: {taken.evidence}"
    return [other if other.day == taken.day else replace(other, rejected_because=reason) for other in others]


def _not_in_future(candidate: DateEvidence, seen_at: datetime | None) -> DateEvidence:
    """A day's grace for time zones: where it was published it may be tomorrow already.

    A stamp that says its offset from UTC needs none, only an hour for clocks that differ.
    """
    if candidate.day is None or candidate.rejected_because or seen_at is None:
        return candidate
    moment = parse_moment(candidate.evidence.partition(": ")[2] or candidate.evidence)
    if moment is not None and seen_at.tzinfo is not None:
        late = moment > seen_at + _CLOCKS_DIFFER
    else:
        late = candidate.day > seen_at.date() + timedelta(days=1)
    return replace(candidate, rejected_because=f"later than it was seen ({seen_at.isoformat()})") if late else candidate


def _metadata(document: Document, page_dates: tuple[PageDate, ...]) -> Iterator[DateEvidence]:
    if document.published_on is not None and document.published_on.strip():
        day, reason = parse_day(document.published_on)
        yield DateEvidence(0, day, "metadata", document.published_on.strip()[:200], rejected_because=reason)
    for candidate in page_dates:
        day, reason = parse_day(candidate.written)
        yield DateEvidence(0, day, "metadata", f"{candidate.name}: {candidate.written}"[:200], rejected_because=reason)


def _url(document: Document) -> Iterator[DateEvidence]:
    found = url_day(document.url) if document.url else None
    if found:
        yield DateEvidence(0, found[1], "url", found[0], rejected_because=found[2])


def _lines(cells: tuple[Segment, ...]) -> Iterator[DateEvidence]:
    """Stamps and datelines: "Published …" before unmarked ones before "Updated …"."""
    content = [cell for cell in cells if cell.kind != "separator"]
    edge = {cell.ordinal for cell in _edges(content)}
    order: list[tuple[int, int, DateEvidence]] = []
    for cell in content:
        if cell.kind not in ("byline", "dateline") or cell.ordinal not in edge:
            continue
        for start, end, day, reason in full_days(cell.text):
            before = cell.text[max(0, start - 40) : start]
            updated = [m.start() for m in _UPDATED.finditer(before)]
            stamped = [m.start() for m in _STAMPED.finditer(before)]
            late = bool(updated) and (not stamped or updated[-1] > stamped[-1])
            weight = 2 if late else 0 if stamped else 1
            order.append((weight, cell.ordinal, _at(cell, start, end, day, "dateline", reason)))
    yield from (item for _, _, item in sorted(order, key=lambda entry: entry[:2]))
    yield from _inline_dateline(content)


def _edges(content: list[Segment]) -> list[Segment]:
    """The article's top, and what stands between its end and the first link: dates further down are the links'."""
    last = max((place for place, cell in enumerate(content) if cell.kept), default=-1)
    below = takewhile(lambda cell: cell.kind not in ("teaser", "comment", "advert", "navigation"), content[last + 1 :])
    return [*content[: min(_TOP, last + 1)], *below]


def _inline_dateline(content: list[Segment]) -> Iterator[DateEvidence]:
    first = next((cell for cell in content if cell.kind == "body"), None)
    if first is None:
        return
    head = re.match(r"[A-Z][^.!?]{2,60}?(?:\([^)]{2,40}\)\s*)?[-–—:]", first.text[:120])
    written = head.group() if head else ""
    for start, end, day, reason in full_days(written):
        yield _at(first, start, end, day, "dateline", reason)
    for start, end in yearless_days(written):
        yield _at(first, start, end, None, "dateline", "no year is written")


def _print_notices(cells: tuple[Segment, ...]) -> Iterator[DateEvidence]:
    for cell in cells:
        if cell.kind == "print_notice":
            for start, end, day, reason in full_days(cell.text):
                yield _at(cell, start, end, day, "text", reason)


def _never(cells: tuple[Segment, ...]) -> Iterator[DateEvidence]:
    """Dates that look like one and never are: a forum member's joining, a copyright year, the date of a link."""
    links = 0
    for cell in cells:
        if cell.kind == "forum_header":
            for start, end, day, _ in full_days(cell.text):
                yield _at(cell, start, end, day, "text", "a forum header's date is its member's, not the text's")
        elif cell.kind in _OTHERS and links < _MOST_LINKS:
            for start, end, day, _ in full_days(cell.text[:300]):
                links += 1
                yield _at(cell, start, end, day, "text", "the date of a link or a comment, not of this text")
        elif not cell.kept and (match := _COPYRIGHT.search(cell.text[:300])):
            yield _at(cell, match.start(), match.end(), None, "text", "a copyright year is no day")


def _at(cell: Segment, start: int, end: int, day: date | None, basis: str, reason: str | None) -> DateEvidence:
    return DateEvidence(
        0, day, basis, cell.text[start:end], cell.ordinal, cell.raw_start + start, cell.raw_start + end, reason
    )
