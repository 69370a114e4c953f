"""What an HTML page says of itself: JSON-LD (schema.org), Open Graph and other meta tags, by lxml."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from flows.clean.credits import people
from flows.clean.published import PageDate

_ARTICLE_TYPES: Final = re.compile(r"Article|BlogPosting|Report|Review|LiveBlog|Posting$")
_MOST_BLOCKS: Final = 40
_MOST_CHARS: Final = 500_000  # of one JSON-LD block
_MOST_DEPTH: Final = 8
_PUBLISHED: Final = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "publish-date", "publish_date", "publication_date", "pubdate", "dc.date.issued",
    "dcterms.created", "dc.date", "date", "cxenseparse:recs:publishtime", "article.published", "displaydate",
    "ptime", "originalpublicationdate",
)  # fmt: skip
_AUTHOR: Final = (
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article.author",
)
_TITLE: Final = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title")
_SITE: Final = ("og:site_name", "application-name", "publisher")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Metadata of one page; `dates` in order of trust."""

    headline: str | None = None
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    site: str | None = None
    url: str | None = None
    dates: tuple[PageDate, ...] = ()


def page_metadata(tree: Any) -> PageMetadata:
    """Read the metadata of an lxml tree. Never raises for what a page holds."""
    items = list(_articles(tree))
    metas = _metas(tree)
    dates = [
        PageDate("JSON-LD datePublished", written) for item in items for written in _strings(item.get("datePublished"))
    ]
    dates += [PageDate(f"meta {name}", metas[name]) for name in _PUBLISHED if name in metas]
    headline = next((text for item in items for text in _strings(item.get("headline"))), None)
    authors = tuple(dict.fromkeys(name for item in items[:1] for name in _names(item.get("author"))))
    if not authors:
        authors = next((found for name in _AUTHOR if name in metas and (found := _from_meta(metas[name]))), ())
    site = next((text for item in items for text in _publisher(item.get("publisher"))), None)
    return PageMetadata(
        headline=_tidy(headline),
        titles=tuple(title for name in _TITLE if (title := _tidy(metas.get(name)))),
        authors=authors,
        site=next((metas[name] for name in _SITE[:2] if name in metas), None) or _tidy(site),
        url=_canonical(tree) or metas.get("og:url"),
        dates=tuple(dates),
    )


def _tidy(text: str | None) -> str | None:
    return " ".join(html.unescape(text).split())[:500] or None if text else None


def _from_meta(text: str) -> tuple[str, ...]:
    return () if re.match(r"https?://|www\.", text) else people(html.unescape(text))


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = (node.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content[:2000])
    return found


def _canonical(tree: Any) -> str | None:
    for node in tree.iter("link"):
        href = node.get("href") or ""
        if node.get("rel") == "canonical" and re.match(r"https?://", href):
            return str(href)[:2000]
    return None


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """JSON-LD objects of a kind of article, in page order."""
    blocks = 0
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower():
            continue
        blocks += 1
        if blocks > _MOST_BLOCKS:
            return
        yield from (item for item in _objects(_load(node.text or ""), 0) if _is_article(item))


def _load(text: str) -> Any:
    if len(text) > _MOST_CHARS:
        return None
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$", "", text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    return any(_ARTICLE_TYPES.search(kind) for kind in _strings(item.get("@type")))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value[:50] for text in _strings(item)]
    return []


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _from_meta(value)
    elif isinstance(value, list):
        for item in value[:30]:
            yield from _names(item)
    elif isinstance(value, dict) and "Organization" not in " ".join(_strings(value.get("@type"))):
        yield from _names(value.get("name"))


def _publisher(value: Any) -> list[str]:
    if isinstance(value, dict):
        return _strings(value.get("name"))
    return [text for item in value[:5] for text in _publisher(item)] if isinstance(value, list) else []
