"""Canonical addresses: what two links to one page have in common."""

from __future__ import annotations

import html
import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from flows.resources import words

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_TAG: Final = re.compile(r"<(?:link|meta)\b[^<>]{1,4000}>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""([a-z:]{1,20})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HEAD: Final = 200_000


def canonical(url: str) -> str | None:
    """The address without what does not name the page: fragment, tracking parameters, default port, user.

    The host is in lower case. None when `url` is no absolute http or https address.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    return SplitResult(parts.scheme, netloc, parts.path or "/", _query(parts.query), "").geturl()


def identity(url: str) -> str | None:
    """What a document with this address is known by: the canonical address, http and https alike."""
    address = canonical(url)
    return None if address is None else address.split("://", 1)[1]


def of_page(page: str) -> str | None:
    """The canonical address that a page gives for itself (rel=canonical, else og:url); a site's front page is none."""
    found: dict[str, str] = {}
    for tag in _TAG.findall(page[:_HEAD]):
        attributes = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
        if attributes.get("rel", "").lower() == "canonical":
            found.setdefault("canonical", attributes.get("href", ""))
        elif attributes.get("property", "").lower() == "og:url":
            found.setdefault("og:url", attributes.get("content", ""))
    for name in ("canonical", "og:url"):
        address = canonical(found.get(name, ""))
        if address and urlsplit(address).path != "/":
            return address
    return None


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _is_tracking(name)]
    # Untouched unless something goes: re-encoding could change what the address means.
    return query if len(kept) == len(pairs) else urlencode(kept)


def _is_tracking(name: str) -> bool:
    lower = name.lower()
    return lower.startswith("utm_") or lower in words("tracking_parameters", "parameter")
