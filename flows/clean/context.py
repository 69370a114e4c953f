"""What a piece is because of its neighbours: forum headers, captions above their credit, link lists, repetitions."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from flows.clean.page import Page
from flows.clean.shape import Shape, plain
from flows.resources import lexicon, words

_LABEL: Final = re.compile(r"^[-–•*\s]*([A-Za-z ]{3,20}?)\s*(?::\s*(.{0,40}))?$")
_VALUE: Final = re.compile(
    r"^[-–•*\s]*(?:[-+]?[\d,.]+k?|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|"
    r"\d{1,2}[ /.-]\w{2,9}[ /.-]\d{2,4}|[A-Z][\w .'-]{1,24})$"
)
_FINITE: Final = re.compile(r"\b(?:said|says|told|is|are|was|were|has|have|had|will|would|did|does)\b", re.IGNORECASE)
_MOST_HEADER_LINES: Final = 24
_MOST_LINKS: Final = 15
_SHORTEST_CAPTION: Final = 4  # words
_CAPTION_APART: Final = 30  # words of a caption with a blank line between it and its credit
_MOST_COMPARED: Final = 3000  # pieces; beyond any page, comparing all with all would take minutes
_COMPARED_WORDS: Final = 12  # a paragraph that a sentence may be pulled out of
_LONG_PIECE: Final = 2000  # characters; longer ones are compared as they stand
_LONG_REPETITION: Final = 40  # words


@cache
def _forum_labels() -> dict[str, bool]:
    return {row["label"]: row["strong"] == "yes" for row in lexicon("furniture_forum")}


def _label(text: str) -> str | None:
    match = _LABEL.match(text) if len(text) < 80 else None
    name = match.group(1).strip().lower() if match else ""
    return name if name in _forum_labels() else None


def forum_headers(page: Page) -> bool:
    """Mark headers of forum posts: two different labels near each other, with the name above and the values."""
    labels = [_label(piece.text) for piece in page.pieces]
    found = False
    index = 0
    while index < len(labels):
        if labels[index] and _is_header(labels[index : index + 12]):
            index = _mark_header(page, labels, index)
            found = True
        index += 1
    return found


def _is_header(window: list[str | None]) -> bool:
    names = {name for name in window if name}
    return len(names) >= 2 and any(_forum_labels()[name] for name in names)


def _mark_header(page: Page, labels: list[str | None], first: int) -> int:
    """Mark from the poster's name to the last value; returns the last index that was marked."""
    top = first
    while top > 0 and first - top < 3 and _short(page, top - 1) and page.kinds[top - 1] is None:
        top -= 1
    last = first
    for index in range(first, min(first + _MOST_HEADER_LINES, len(labels))):
        if labels[index] or (
            _VALUE.match(page.pieces[index].text) and page.pieces[index].shape.n_words <= 4 and index == last + 1
        ):
            last = index
        else:
            break
    for index in range(top, last + 1):
        page.kinds[index] = "forum_header"
    return last


def _short(page: Page, index: int) -> bool:
    measured = page.pieces[index].shape
    return measured.n_words <= 4 and not measured.stopped


def belongs_to_next(page: Page) -> None:
    """Mark the caption above a photo credit and the title above a job advert's salary."""
    prose_above = False  # of the line before, which is looked at
    for index, effect in enumerate(page.effects):
        prose_above = prose_above or (index > 1 and page.is_prose(index - 2))
        if effect != "back" or index == 0 or page.kinds[index - 1] is not None:
            continue
        before, piece = page.pieces[index - 1], page.pieces[index]
        adjacent = before.group == piece.group
        measured = before.shape
        if measured.n_words > 45 or measured.n_sentences > 2 or '"' in before.text or "“" in before.text:
            continue
        fits = (
            measured.title_like
            if page.kinds[index] == "advert"
            else _is_caption(page, index - 1, adjacent, at_top=not prose_above)
        )
        if fits:
            page.kinds[index - 1] = page.kinds[index]


def caption_below(page: Page) -> None:
    """Mark the caption under a photo credit between the headline and the first paragraph."""
    headline = next((index for index, kind in enumerate(page.kinds) if kind == "headline"), None)
    for index in range(1 if headline is not None else len(page.pieces), len(page.pieces) - 1):
        if page.is_prose(index):
            return
        credit = page.kinds[index] == "caption" and page.effects[index] == "back" and page.kinds[index - 1] != "caption"
        below = page.pieces[index + 1].shape
        if credit and page.kinds[index + 1] is None and below.title_like and below.n_words >= _SHORTEST_CAPTION:
            page.kinds[index + 1] = "caption"


def _is_caption(page: Page, index: int, adjacent: bool, *, at_top: bool) -> bool:
    """Above a photo credit: no report of a past event, unless nothing of the article stands above it yet."""
    text, measured = page.pieces[index].text, page.pieces[index].shape
    if _FINITE.search(text) or _is_headline_place(page, index):
        return False
    if not adjacent:
        return not measured.stopped and measured.n_words <= _CAPTION_APART
    return at_top or not any(word.endswith("ed") or word in words("past_verbs") for word in plain(text).split())


def _is_headline_place(page: Page, index: int) -> bool:
    """The first undecided piece of a page, when it looks like a title, is the headline and no caption."""
    first = next((other for other, kind in enumerate(page.kinds) if kind is None), None)
    return index == first and not page.pieces[index].shape.stopped and page.kinds[0] != "forum_header"


def link_lists(page: Page) -> None:
    """Mark the link lines under "Read more:" and its like, up to the next sentence."""
    for index, effect in enumerate(page.effects):
        if effect == "list":
            _mark_links(page, index)


def _mark_links(page: Page, opener: int) -> None:
    group = page.pieces[opener].group
    for index in range(opener + 1, min(opener + 1 + _MOST_LINKS, len(page.pieces))):
        piece = page.pieces[index]
        if page.kinds[index] is not None:
            if page.effects[index]:
                return
            group = piece.group
            continue
        if not piece.shape.title_like or piece.shape.n_words < 3:
            return
        if piece.group > group + 1 and piece.shape.n_words < 5:
            return
        page.kinds[index] = "teaser"
        group = piece.group


def repetitions(page: Page) -> None:
    """Mark what the page says twice: a title repeated below itself, a sentence pulled out of the article."""
    seen: dict[str, int] = {}
    texts = [plain(piece.text) if len(piece.text) < _LONG_PIECE else piece.text for piece in page.pieces]
    if len(texts) > _MOST_COMPARED:
        return
    whole = "\n".join(
        text for text, piece in zip(texts, page.pieces, strict=True) if piece.shape.n_words >= _COMPARED_WORDS
    )
    for index in page.undecided():
        text = texts[index]
        earlier = seen.setdefault(text, index)
        said_again = earlier != index and _needless(page.pieces[index].shape, index - earlier)
        if said_again or (index > 1 and _pulled_out(page, texts, whole, index)):
            page.kinds[index] = "teaser"


def _needless(measured: Shape, distance: int) -> bool:
    """Reports repeat a sentence on purpose at times; titles, whole paragraphs and neighbours are repeated by pages."""
    if measured.stopped:
        return measured.n_words >= _LONG_REPETITION or (distance == 1 and measured.n_words >= 8)
    return measured.title_like and (measured.n_words >= 8 or (measured.n_words >= 4 and distance <= 2))


def _pulled_out(page: Page, texts: list[str], whole: str, index: int) -> bool:
    n_words = page.pieces[index].shape.n_words
    if page.pieces[index - 1].text.endswith(":"):  # introduced, not pulled out
        return False
    if not 7 <= n_words <= 45 or whole.count(texts[index]) < (2 if n_words >= _COMPARED_WORDS else 1):
        return False
    return _inside_another(page, texts, index)


def _inside_another(page: Page, texts: list[str], index: int) -> bool:
    return any(
        texts[index] in texts[other] and len(texts[other]) > len(texts[index]) + 20
        for other in page.undecided()
        if other != index
    )


def original_links(page: Page, from_forum: bool) -> None:
    """Mark the poster's own words under the link to the original as `repost_comment`.

    The link line itself ("More here: Title | Section | site") is navigation; what it credits is read from there.
    In a forum whatever follows the link is the poster's; elsewhere nothing is.
    """
    places = [index for index, effect in enumerate(page.effects) if effect == "repost"]
    if not places or not from_forum:
        return
    last = places[-1]
    for index in range(last + 1, len(page.pieces)):
        if page.kinds[index] is None:
            page.kinds[index] = "repost_comment"
