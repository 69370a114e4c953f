"""Where the article ends and the rest of the page begins.

After a strong marker (a comment system, sponsored links, disclaimers in a row) all is junk until paragraphs come again;
after a weak one, and at the very end of the page, runs of titles are links to other pages.
"""

from __future__ import annotations

from typing import Final

from flows.clean.furniture import soft_words
from flows.clean.page import Page

_RUN_AT_END: Final = 3  # so many title-like lines in a row at the end of a page are links; fewer may be a signature
_WEAK_MARKERS_IN_A_ROW: Final = 2


def endings(page: Page) -> None:
    """Mark what stands after the article's end."""
    start = _strong_end(page)
    if start is not None:
        _close(page, start)
    _links_at_end(page)


def _strong_end(page: Page) -> int | None:
    """The first marker with article above it, that no article follows."""
    for index, effect in enumerate(page.effects):
        if effect == "hard" or (effect == "soft" and _in_a_row(page, index)):
            above = any(page.is_prose(other) for other in range(index))
            if above and _resumes(page, index) is None:
                return index
    return None


def _in_a_row(page: Page, index: int) -> bool:
    """Whether as many weak markers as count for a strong one follow, with only titles or notices between."""
    count = 0
    for other in range(index, min(index + 5, len(page.pieces))):
        if page.effects[other] in ("soft", "hard"):
            count += 1
        elif page.kinds[other] is None and page.pieces[other].shape.long_prose:
            break
    return count >= _WEAK_MARKERS_IN_A_ROW


def _resumes(page: Page, marker: int) -> int | None:
    """Where article begins again after `marker`: two full paragraphs in a row that don't speak of the page itself."""
    if page.kinds[marker] == "comment" and page.effects[marker] == "hard":
        before = sum(p.shape.n_words for i, p in enumerate(page.pieces) if i < marker and page.is_prose(i))
        after = sum(p.shape.n_words for i, p in enumerate(page.pieces) if i > marker and page.is_prose(i))
        if before >= 60 and before * 4 >= after:
            return None
    run = 0
    for index in range(marker + 1, len(page.pieces)):
        piece = page.pieces[index]
        if page.kinds[index] is not None and page.kinds[index] != "body":
            continue
        if piece.shape.long_prose and not soft_words().search(piece.text[:1000]):
            run += 1
            if run == 2 or piece.shape.n_sentences >= 4:
                return index
        else:
            run = 0
    return None


def _close(page: Page, start: int) -> None:
    kind = "comment" if page.kinds[start] == "comment" else "teaser"
    for index in range(start + 1, len(page.pieces)):
        if page.kinds[index] is None:
            about_page = soft_words().search(page.pieces[index].text[:1000])
            page.kinds[index] = "disclaimer" if about_page and page.pieces[index].shape.stopped else kind


def _links_at_end(page: Page) -> None:
    """A run of titles after the last paragraph is a list of links; after a weak marker one title is enough."""
    last = max((index for index in range(len(page.pieces)) if _closes_article(page, index)), default=None)
    if last is None:
        return
    tail = [index for index in range(last + 1, len(page.pieces)) if page.kinds[index] is None]
    marked = any(page.effects[index] in ("soft", "hard") for index in range(last + 1, tail[0])) if tail else False
    links = [index for index in tail if _is_link(page, index)]
    if tail and len(links) == len(tail) and (len(tail) >= _RUN_AT_END or marked):
        for index in links:
            page.kinds[index] = "teaser"


def _closes_article(page: Page, index: int) -> bool:
    kind, measured = page.kinds[index], page.pieces[index].shape
    if kind in ("repost_comment", "correction"):
        return True
    return kind is None and (measured.prose or measured.listed or measured.labelled)


def _is_link(page: Page, index: int) -> bool:
    measured = page.pieces[index].shape
    return measured.title_like and not measured.labelled and 3 <= measured.n_words <= 24
