"""Segments: the partition of a page's raw text into what is the article and what is not."""

from __future__ import annotations

import re
from typing import Final

from flows.clean.context import belongs_to_next, caption_below, forum_headers, link_lists, original_links, repetitions
from flows.clean.ending import endings
from flows.clean.front import front_matter
from flows.clean.page import KEPT, Page, read
from flows.clean.release import press_release
from flows.records import Segment

JOINT: Final = "\n\n"  # stands between kept segments in the clean text, but not within a sentence
_CORRECTION: Final = re.compile(
    r"\W*(?:(?:correction|clarification)s?(?: and clarifications?)?(?:\s*\([^)]{1,40}\))?\s*(?:[,:–—-]|\d|$)|"
    r"(?:an? )?(?:earlier|previous|original) versions? of this\b|"
    r"this (?:article|story|post) (?:has been|was) (?:corrected|amended|updated) )",
    re.IGNORECASE,
)


def segments(raw: str, title: str | None, authors: tuple[str, ...], *, extracted: bool = False) -> tuple[Segment, ...]:
    """Partition `raw`. With `extracted` the text is what a library found in HTML, and less is presumed of it.

    Returns an empty tuple for a text without anything in it.
    """
    page = read(raw)
    from_forum = forum_headers(page)
    _corrections(page)
    original_links(page, from_forum)
    front_matter(page, title, authors)
    press_release(page)
    link_lists(page)
    belongs_to_next(page)
    caption_below(page)
    if not extracted:
        repetitions(page)
    endings(page, extracted=extracted)
    _rest(page)
    _never_nothing(page)
    return _partition(page)


def _corrections(page: Page) -> None:
    for index in page.undecided():
        if _CORRECTION.match(page.pieces[index].text[:120]):
            page.kinds[index] = "correction"


def _rest(page: Page) -> None:
    """What is left is body; a short title between paragraphs is a subheading."""
    undecided = page.undecided()
    for place, index in enumerate(undecided):
        piece = page.pieces[index]
        measured = piece.shape
        short = measured.title_like and not measured.terminal and measured.n_words <= 10 and not measured.labelled
        between = place + 1 < len(undecided) and page.pieces[undecided[place + 1]].shape.prose
        page.kinds[index] = "subheading" if short and between and len(undecided) > 1 else "body"


def _never_nothing(page: Page) -> None:
    """A page whose every sentence was taken for furniture by position keeps what no phrase gave away."""
    if any(kind in KEPT for kind in page.kinds):
        return
    fresh = read(page.raw)
    for index, kind in enumerate(fresh.kinds):
        if kind is None and page.kinds[index] != "forum_header":
            page.kinds[index] = "body"


def _partition(page: Page) -> tuple[Segment, ...]:
    cells: list[Segment] = []
    at, clean = 0, 0
    for piece, kind in zip(page.pieces, page.kinds, strict=True):
        if piece.start > at:
            cells.append(_dropped(len(cells), "separator", at, piece.start, page.raw))
        label = kind or "body"
        if label in KEPT:
            start = clean + len(JOINT) if clean else 0
            for first, last, inside in piece.stretches():
                if inside is not None:
                    cells.append(_dropped(len(cells), inside, first, last, page.raw))
                    continue
                clean = start + last - first
                cells.append(Segment(len(cells), label, True, first, last, start, clean, page.raw[first:last]))
                start = clean
        else:
            cells.append(_dropped(len(cells), label, piece.start, piece.end, page.raw))
        at = piece.end
    if at < len(page.raw):
        cells.append(_dropped(len(cells), "separator", at, len(page.raw), page.raw))
    return tuple(cells)


def _dropped(ordinal: int, kind: str, start: int, end: int, raw: str) -> Segment:
    return Segment(ordinal, kind, False, start, end, None, None, raw[start:end])


def clean_text(cells: tuple[Segment, ...]) -> str:
    """The kept segments, joined by blank lines; those of one sentence by nothing."""
    kept = [cell for cell in cells if cell.kept]
    behind = [None, *(cell.end for cell in kept)]
    return "".join(
        cell.text if end in (None, cell.start) else JOINT + cell.text for cell, end in zip(kept, behind, strict=False)
    )
