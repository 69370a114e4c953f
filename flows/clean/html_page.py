"""An HTML page into its main text and metadata: trafilatura (Barbaresi 2021), precision first.

Pages are hostile until shown otherwise: they are capped before any parser sees them.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any, Final

from flows.clean.credits import people
from flows.clean.html_metadata import PageMetadata, page_metadata
from flows.clean.published import PageDate
from flows.errors import HearsayError

MOST_CHARACTERS: Final = 20_000_000
_MOST_DEPTH: Final = 1_000  # open elements; real pages stay below 100
_LEAST_TEXT: Final = 250  # characters below which the library is asked again for more, as its own minimum
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*?(/?)>")
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "td", "tr", "th", "dt", "dd", "option"]
)
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
    from lxml import etree

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
    """The text with precision first; when that finds next to nothing, with the library's defaults, then recall."""
    best = ""
    for options in ({"favor_precision": True}, {}, {"favor_recall": True}):
        found = library.extract(page, url=url, include_comments=False, **options) or ""
        if len(found) > len(best):
            best = found
        if len(best) >= _LEAST_TEXT:
            break
    return best


def _merge(text: str, own: PageMetadata, library: Any, url: str | None) -> HtmlPage:
    title = own.headline or getattr(library, "title", None) or next(iter(own.titles), None)
    authors = own.authors or people(getattr(library, "author", None) or "")
    dates = [*own.dates]
    if written := getattr(library, "date", None):
        dates.append(PageDate("htmldate", str(written)))
    return HtmlPage(
        text=text,
        title=title,
        authors=authors,
        site=own.site or getattr(library, "sitename", None),
        url=url or own.url or getattr(library, "url", None),
        dates=tuple(dates),
    )
