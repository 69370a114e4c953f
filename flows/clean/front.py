"""The top of an article: section label, headline, standfirst, byline, dateline."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from flows.clean.credits import (
    is_bare_name,
    is_byline,
    is_dateline,
    is_masthead,
    is_medium,
    is_section_bar,
    is_stamp,
    people,
)
from flows.clean.page import Page
from flows.clean.shape import plain
from flows.resources import words

_MOST_FRONT: Final = 8  # pieces above the first paragraph that may be furniture of the top
_NAME_WORDS: Final = 14  # of all reporters together
_WORDS_OF_A_NAME: Final = 4
_LONE_PLACE: Final = re.compile(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2}")
_SAME_TITLE: Final = 88.0  # rapidfuzz ratio; page titles differ from headlines in a word or a mark


def front_matter(page: Page, title: str | None, authors: tuple[str, ...]) -> None:
    """Decide the kinds of the pieces above the first paragraph."""
    _lines_of_their_own(page, authors)
    _names_above_offices(page)
    headline = _titled(page, title) if title else None
    if headline is None:
        headline = _looks_like_headline(page)
    if headline is None:
        return
    page.kinds[headline] = "headline"
    _above(page, headline)
    _below(page, headline)
    _bare_names(page, headline)


def _lines_of_their_own(page: Page, authors: tuple[str, ...]) -> None:
    """Bylines and stamps at either end of the page, datelines at the top."""
    names = {plain(author) for author in authors}
    undecided = page.undecided()
    for place, index in enumerate(undecided):
        text = page.pieces[index].text
        near_edge = place < _MOST_FRONT or place >= len(undecided) - 3
        if len(text) > 200 or not near_edge:
            continue
        if place < _MOST_FRONT and (is_section_bar(text) or (index == 0 and _is_pages_name(page, text))):
            page.kinds[index] = "navigation"
        elif is_stamp(text) or is_byline(text) or (plain(text) in names and len(undecided) > 1):
            page.kinds[index] = "byline"
        elif is_medium(text) and len(undecided) > 1:
            page.kinds[index] = "byline"
            _name_above(page, index)
        elif place < _MOST_FRONT and is_dateline(text):
            page.kinds[index] = "dateline"


def _is_pages_name(page: Page, text: str) -> bool:
    """A newspaper's name alone at the top of a page, above a line that may be the headline."""
    if not is_masthead(text) or is_byline(text) or len(page.pieces) < 3:
        return False
    return page.pieces[0].group != page.pieces[1].group or not page.pieces[1].shape.prose


def _names_above_offices(page: Page) -> None:
    """Above the first paragraph: a name over "Foreign correspondent" or its like."""
    for index, kind in enumerate(page.kinds[: 2 * _MOST_FRONT]):
        if page.is_prose(index):
            return
        if kind == "byline" and not any(char.isdigit() for char in page.pieces[index].text):
            _name_above(page, index)


def _name_above(page: Page, index: int) -> None:
    """Names of people on the line above the name of a medium are its reporters."""
    if index == 0 or page.kinds[index - 1] is not None:
        return
    above = page.pieces[index - 1].text
    named = [word for word in above.replace(",", " ").split() if word not in ("and", "&")]
    names = people(above) if len(named) <= _NAME_WORDS and all(word[0].isupper() for word in named) else ()
    if names and all(2 <= len(name.split()) <= _WORDS_OF_A_NAME for name in names):
        page.kinds[index - 1] = "byline"


def _titled(page: Page, title: str) -> int | None:
    wanted = plain(title)
    if len(wanted) < 8:
        return None
    for index in page.undecided()[:_MOST_FRONT]:
        text = page.pieces[index].text
        if len(text) <= 3 * len(title) + 40 and fuzz.ratio(plain(text), wanted) >= _SAME_TITLE:
            return index
    return None


def _leading(page: Page) -> list[int]:
    """The undecided pieces above the first one that reads as a paragraph."""
    leading: list[int] = []
    for index in page.undecided()[:_MOST_FRONT]:
        measured = page.pieces[index].shape
        if not measured.title_like or (measured.prose and measured.n_words > 24) or measured.listed:
            break
        leading.append(index)
    return leading


def _looks_like_headline(page: Page) -> int | None:
    """The first title-like piece of four words or more, when paragraphs follow it."""
    leading = _leading(page)
    undecided = page.undecided()
    if len(undecided) < 2:
        return None
    if not leading:
        return undecided[0] if _headline_with_stop(page, undecided[0]) else None
    if not any(page.is_prose(index) for index in undecided if index > leading[0]):
        return None
    long_enough = [index for index in leading if page.pieces[index].shape.n_words >= 4]
    if long_enough:
        return long_enough[0] if long_enough[0] in leading[:3] else None
    return leading[0] if page.pieces[leading[0]].shape.n_words >= 2 and _alone(page, leading[0]) else None


def _alone(page: Page, index: int) -> bool:
    return index + 1 >= len(page.pieces) or page.pieces[index + 1].group != page.pieces[index].group


def _headline_with_stop(page: Page, index: int) -> bool:
    """A title in title case that some pages close with a full stop."""
    measured = page.pieces[index].shape
    return (
        4 <= measured.n_words <= 20
        and measured.n_sentences == 1
        and measured.capital_share >= 0.8
        and _alone(page, index)
    )


def _above(page: Page, headline: int) -> None:
    """Short labels above the headline are navigation: a section, a slug, a page's name."""
    for index in range(headline):
        measured = page.pieces[index].shape
        speaker = page.pieces[index].text.endswith(":")  # of a transcript
        if page.kinds[index] is None and measured.n_words <= 4 and measured.title_like and not speaker:
            page.kinds[index] = "navigation"


def _bare_names(page: Page, headline: int) -> None:
    """Between headline and first paragraph: a name without "By", known as one or with a place right below it."""
    for index in range(headline + 1, min(headline + _MOST_FRONT, len(page.pieces) - 1)):
        if page.is_prose(index):
            return
        piece, below = page.pieces[index], page.pieces[index + 1]
        if page.kinds[index] is not None or not is_bare_name(piece.text):
            continue
        known = piece.text.split()[0].lower() in words("given_names", "name")
        placed = below.group == piece.group and _LONE_PLACE.fullmatch(below.text) and page.kinds[index + 1] is None
        if known or placed:
            page.kinds[index] = "byline"
            page.kinds[index + 1] = "dateline" if placed else page.kinds[index + 1]
            return


def _below(page: Page, headline: int) -> None:
    """A line in headline style under the headline is the standfirst, shorter ones are subheadings."""
    after = [index for index in page.undecided() if index > headline]
    for index in after[:2]:
        measured = page.pieces[index].shape
        follows = any(page.is_prose(other) for other in after if other > index)
        if not measured.title_like or measured.n_words < 5 or not follows or measured.question:
            return
        if measured.terminal and measured.prose:
            return
        page.kinds[index] = "standfirst"
