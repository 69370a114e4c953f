"""Where the article ends and the rest of the page begins.

After a strong marker (a comment system, sponsored links, disclaimers in a row) all is junk until paragraphs come again;
after a weak one, and at the very end of the page, runs of titles are links to other pages.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import Final

from rapidfuzz import fuzz

from flows.clean.furniture import soft_words
from flows.clean.page import Page
from flows.clean.shape import plain

_RUN_AT_END: Final = 3  # so many title-like lines in a row at the end of a page are links; fewer may be a signature
_RUN_OF_DOUBLES: Final = 2
_WORDS_OF_A_TITLE: Final = 3
_SAME_TITLE: Final = 85.0  # rapidfuzz ratio
_WORDS_OF_A_LINK: Final = 5  # on the average; names and places in a list have fewer
_WEAK_MARKERS_IN_A_ROW: Final = 2
_SENTENCES_OF_A_PARAGRAPH: Final = 3  # teasers have one or two
_AD_LABEL: Final = re.compile(r"\W*(?:advert(?:isement|s)?|ads?|sponsored|promoted)\W*", re.IGNORECASE)
_WORDS_OF_AN_ARTICLE: Final = 30


def endings(page: Page, *, extracted: bool) -> None:
    """Mark what stands after the article's end. From HTML a library has taken most already: one sentence resumes."""
    start = _strong_end(page, extracted)
    if start is not None:
        _close(page, start)
    if not extracted:
        _advertised(page)
        _doubled_teasers(page)
        _links_at_end(page)


def _strong_end(page: Page, extracted: bool) -> int | None:
    """The first marker with article above it, that no article follows."""
    above = False
    prose = [piece.shape.n_words if page.is_prose(index) else 0 for index, piece in enumerate(page.pieces)]
    n_words = [0, *accumulate(prose)]
    resumed: dict[int, int] = {}  # by how many sentences were needed: where the article came again, so far
    for index, effect in enumerate(page.effects):
        above = above or page.is_prose(index)
        weak = effect == "soft" and above and _in_a_row(page, index)
        if not above or not (effect == "hard" or weak):
            continue
        needed = 1 if weak or extracted else 2
        if page.kinds[index] == "comment" and effect == "hard" and _mostly_above(n_words[index], n_words[-1]):
            return index  # sentences below a comment system are the readers'
        if index >= resumed.get(needed, -1):
            again = _resumption(page, index, needed)
            if again is None:
                return index
            resumed[needed] = again
    return None


def _in_a_row(page: Page, index: int) -> bool:
    """Whether as many weak markers as count for a strong one follow, with only titles or notices between."""
    count = 0
    for other in range(index, min(index + 5, len(page.pieces))):
        if page.effects[other] in ("soft", "hard"):
            count += 1
        elif page.kinds[other] is None and _sentence(page, other):
            break
    return count >= _WEAK_MARKERS_IN_A_ROW


def _resumption(page: Page, marker: int, needed: int) -> int | None:
    """Where article comes again after `marker`: so many closed sentences in a row, none about the page itself.

    Returns the place of the first of them, None when there are none. Teasers may have closed sentences too, but
    between titles.
    """
    run: list[int] = []
    for index in range(marker + 1, len(page.pieces)):
        if page.kinds[index] not in (None, "body"):
            continue
        run = [*run, index] if _sentence(page, index) else []
        if len(run) == needed or (run and page.pieces[index].shape.n_sentences >= _SENTENCES_OF_A_PARAGRAPH):
            return run[0]
    return None


def _mostly_above(above: int, n_words: int) -> bool:
    return above >= _WORDS_OF_AN_ARTICLE and above * 4 >= n_words - above


def _sentence(page: Page, index: int) -> bool:
    piece = page.pieces[index]
    closed = piece.shape.stopped or piece.text[-1] in '"”'
    return closed and piece.shape.prose and piece.shape.n_words >= 6 and not soft_words().search(piece.text[:1000])


def _doubled_teasers(page: Page) -> None:
    """Titles said twice in a row (the picture's text and the link's), and no article after: links to other pages."""
    undecided = page.undecided()
    doubled = [first for first, second in pairwise(undecided) if _says_again(page, first, second)]
    if len(doubled) < _RUN_OF_DOUBLES:
        return
    start, again = None, -1
    for index in doubled:
        if index < again:
            continue
        found = _resumption(page, index, 2)
        if found is None:
            start = index
            break
        again = found
    if start is not None and any(page.is_prose(index) for index in range(start)):
        page.kinds[start] = "teaser"
        _close(page, start)


def _advertised(page: Page) -> None:
    """The title under the label "Advertisement", on the next line or at the end of the page, is what is advertised."""
    last = max((index for index in range(len(page.pieces)) if page.is_prose(index)), default=len(page.pieces))
    # what is left below the last paragraph; of several titles there the article's own list may be one
    left = [index for index in range(last + 1, len(page.pieces)) if page.kinds[index] is None]
    labels = [index for index, kind in enumerate(page.kinds[:-1]) if kind == "advert"]
    for index in labels:
        label, below = page.pieces[index], page.pieces[index + 1]
        here = _AD_LABEL.fullmatch(label.text) and (below.group == label.group or left == [index + 1])
        if here and page.kinds[index + 1] is None and below.shape.title_like and not below.shape.prose:
            page.kinds[index + 1] = "advert"


def _says_again(page: Page, first: int, second: int) -> bool:
    pieces = (page.pieces[first], page.pieces[second])
    if any(not piece.shape.title_like or piece.shape.n_words < _WORDS_OF_A_TITLE for piece in pieces):
        return False
    one, other = (plain(piece.text) for piece in pieces)
    if one.startswith(other) or other.startswith(one):
        return True
    # rows of a list differ in their figures only
    return not any(piece.shape.labelled for piece in pieces) and fuzz.ratio(one, other) >= _SAME_TITLE


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
    if page.pieces[last].text.endswith(":"):  # the article's own list
        return
    n_words = sum(page.pieces[index].shape.n_words for index in links)
    run = len(tail) >= _RUN_AT_END and n_words >= _WORDS_OF_A_LINK * len(links)
    if tail and len(links) == len(tail) and (run or marked):
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
