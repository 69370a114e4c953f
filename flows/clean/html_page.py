"""An HTML page into its main text and metadata: trafilatura (Barbaresi 2021), precision first.

Pages are hostile until shown otherwise: they are capped before any parser sees them.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz

from flows.clean.credits import people
from flows.clean.furniture import soft_words, whole_line
from flows.clean.html_metadata import PageMetadata, page_metadata
from flows.clean.published import PageDate
from flows.clean.shape import plain, shape
from flows.errors import HearsayError

MOST_CHARACTERS: Final = 20_000_000
_MOST_DEPTH: Final = 1_000  # open elements; real pages stay below 100
_LEAST_SHARE: Final = 0.5  # of the usual text; below it, precision has lost the article
_SAME_TEXT: Final = 0.8  # of the precise text that must stand in the usual one for the two to be joined
_LEAST_WORDS: Final = 12  # of a paragraph that is taken back; shorter ones are mostly links
_LONGEST_TITLE: Final = 400  # characters
_SAME_TITLE: Final = 88.0  # rapidfuzz ratio
_LEAST_TEXT: Final = 250  # characters below which the library is asked again for more, as its own minimum
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*?(/?)>")
_VOID: Final = frozenset(  # elements that never nest, or that parsers close by themselves
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
     "p", "li", "dt", "dd", "option", "tr", "td", "th")
)  # fmt: skip
_BROKEN: Final = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a page gives: the text that the library found, and metadata with the candidates for the date."""

    text: str
    title: str | None
    authors: tuple[str, ...]
    site: str | None
    url: str | None
    dates: tuple[PageDate, ...]


def read_html(page: str, url: str | None) -> HtmlPage:
    """Extract the article of `page`. Raises HearsayError H301 when there is none, or when it is no page to parse."""
    if len(page) > MOST_CHARACTERS or _too_deep(page):
        raise HearsayError("H301")
    import trafilatura
    from lxml import etree  # type: ignore[import-untyped]

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            raise HearsayError("H301")
        own = page_metadata(tree)
        text = _body(trafilatura, page, url)
        library = trafilatura.extract_metadata(page, default_url=url)
    except (*_BROKEN, etree.LxmlError) as error:
        raise HearsayError("H301") from error
    if not text.strip():
        raise HearsayError("H301")
    return _merge(text, own, library, url)


def _too_deep(page: str) -> bool:
    """Whether elements are nested beyond any real page; parsers of trees recurse, and a stack is finite."""
    if page.count("<") <= _MOST_DEPTH:
        return False
    depth = 0
    for match in _TAG.finditer(page):
        closing, name, closed = match.groups()
        if closed or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _MOST_DEPTH:
            return True
    return False


def _body(library: Any, page: str, url: str | None) -> str:
    """The text with precision first, and with the paragraphs that precision threw away for a link within them."""
    precise = library.extract(page, url=url, include_comments=False, favor_precision=True) or ""
    usual = library.extract(page, url=url, include_comments=False) or ""
    best = _joined(precise, usual)
    if len(best) < _LEAST_TEXT:
        found = library.extract(page, url=url, include_comments=False, favor_recall=True) or ""
        best = max(best, found, key=len)
    return best


def _joined(precise: str, usual: str) -> str:
    """`precise` with the full paragraphs of `usual` that it lacks; `usual` where it found twice as much."""
    if len(precise) < _LEAST_SHARE * len(usual):
        return usual
    lines, sure = usual.split("\n"), frozenset(precise.split("\n"))
    places = [index for index, line in enumerate(lines) if line in sure]
    if sum(len(lines[index]) for index in places) < _SAME_TEXT * len(precise):
        return precise
    inner = range(places[0], places[-1])
    return "\n".join(line for index, line in enumerate(lines) if line in sure or _paragraph(line, index in inner))


def _paragraph(line: str, inner: bool) -> bool:
    measured = shape(line)
    closed = measured.stopped or (inner and measured.question)
    least = _LEAST_WORDS if measured.stopped else _LEAST_WORDS // 2
    if not (closed and measured.prose and measured.n_words >= least) or measured.listed:
        return False
    return whole_line(line) is None and not soft_words().search(line[:500])


def _merge(text: str, own: PageMetadata, library: Any, url: str | None) -> HtmlPage:
    title = own.headline or getattr(library, "title", None) or next(iter(own.titles), None)
    authors = own.authors or people(getattr(library, "author", None) or "")
    dates = [*own.dates]
    if written := getattr(library, "date", None):
        dates.append(PageDate("htmldate", str(written)))
    return HtmlPage(
        text=_without_title(text, title),
        title=title,
        authors=authors,
        site=own.site or getattr(library, "sitename", None),
        url=url or own.url or getattr(library, "url", None),
        dates=tuple(dates),
    )


def _without_title(text: str, title: str | None) -> str:
    """The text without the headline in its first line: for HTML it is metadata."""
    first, _, rest = text.partition("\n")
    same = title is not None and len(first) < _LONGEST_TITLE and fuzz.ratio(plain(first), plain(title)) >= _SAME_TITLE
    return rest if same and rest.strip() else text
