"""One document into one clean article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from flows.clean.credits import is_bare_name, is_byline, is_medium, people
from flows.clean.html_page import HtmlPage, read_html
from flows.clean.language import language
from flows.clean.outlet import outlet_of
from flows.clean.published import PageDate, evidence
from flows.clean.segment import clean_text, segments
from flows.clean.sources import credited_sources
from flows.errors import HearsayError
from flows.ids import make_id
from flows.records import CleanArticle, Document, Rejected, Segment

_MOST_LINES: Final = 20_000  # that are not blank; a book has half as many paragraphs
_CRUMBS: Final = re.compile(r"\s*(?:\||»|›|\s[–—-]\s)\s*")
_LINK_LABEL: Final = re.compile(r"^[^:|]{1,30}:\s*(?=\S)")


def clean(document: Document) -> CleanArticle:
    """Segment, date and credit one document: a function of this document alone.

    Raises HearsayError H301 when an HTML page holds no main text, H302 when nothing of a text is the article,
    H303 when it has more lines than any article.
    """
    page = read_html(document.html, document.url) if document.html is not None else None
    raw = page.text if page is not None else document.text or ""
    _refuse_endless(raw)
    title = document.title or (page.title if page else None)
    authors = _authors(document, page)
    cells = segments(raw, title, authors, extracted=page is not None)
    text = clean_text(cells)
    if not text:
        raise HearsayError("H302")
    page_dates: tuple[PageDate, ...] = page.dates if page else ()
    dated = document if document.url or page is None or page.url is None else replace(document, url=page.url)
    candidates, published_on, basis = evidence(dated, cells, page_dates)
    title = _tidy(title) or _title(cells)
    outlet, sources = outlet_of(dated, page.site if page else None, cells), credited_sources(cells)
    return CleanArticle(
        document=document,
        article_id=make_id("article", document.document_id, title, text),
        title=title,
        authors=authors or _byline_authors(cells),
        outlet=outlet,
        language=language(text),
        published_on=published_on,
        published_basis=basis,
        # a print notice dates the paper; which day its text calls today is told by its weekdays, later
        reference_on=None if basis == "text" else published_on,
        raw_text=raw,
        text=text,
        segments=cells,
        evidence=candidates,
        sources=tuple(replace(source, role="outlet") if source.name == outlet else source for source in sources),
    )


def _refuse_endless(raw: str) -> None:
    """What is decided for a line looks at others; a list of 100,000 lines would take minutes."""
    if raw.count("\n") + raw.count("\r") <= _MOST_LINES:  # the cheap look first
        return
    lines = sum(1 for line in raw.splitlines() if line.strip())
    if lines > _MOST_LINES:
        raise HearsayError("H303", lines=lines, limit=_MOST_LINES)


def clean_all(documents: Iterable[Document]) -> tuple[list[CleanArticle], list[Rejected]]:
    """Clean each document; those with no article in them are set aside with the reason."""
    articles: list[CleanArticle] = []
    rejected: list[Rejected] = []
    for document in documents:
        try:
            articles.append(clean(document))
        except HearsayError as error:
            rejected.append(Rejected.of(document, "clean", error))
    return articles, rejected


def _authors(document: Document, page: HtmlPage | None) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(name for field in document.authors for name in people(field)))
    return given or (page.authors if page else ())


def _byline_authors(cells: tuple[Segment, ...]) -> tuple[str, ...]:
    """The names of the first byline; without one, those on the line above the medium's name."""
    lines = [cell.text for cell in cells if cell.kind == "byline"]
    for line in lines:
        if is_byline(line):
            return people(line)
    for line, below in pairwise(lines):
        if (is_medium(below) or not people(below)) and not any(char.isdigit() for char in line + below):
            return people(line)
    bare = next((line for line in lines if is_bare_name(line)), None)
    return people(bare) if bare else ()


def _title(cells: tuple[Segment, ...]) -> str | None:
    """The headline of the text, else the first part of a forum's link line ("More here: Title | Section | site")."""
    headline = next((cell.text for cell in cells if cell.kind == "headline"), None)
    if headline:
        return _tidy(headline)
    if not any(cell.kind == "forum_header" for cell in cells):
        return None
    for cell in cells:
        if cell.kind == "navigation" and "|" in cell.text and _LINK_LABEL.match(cell.text):
            return _tidy(_CRUMBS.split(_LINK_LABEL.sub("", cell.text))[0])
    return None


def _tidy(title: str | None) -> str | None:
    return " ".join(title.split())[:500] or None if title else None
