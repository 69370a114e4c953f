"""Two links to one page."""

from __future__ import annotations

import pytest

from flows.ingest.urls import canonical, identity, of_page


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Example.ORG:443/A?utm_source=x&b=2&fbclid=y#top", "https://example.org/A?b=2"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/a?q=a%20b&r", "https://example.org/a?q=a%20b&r"),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
        ("javascript:alert(1)", None),
        ("www.example.org/a", None),
        ("http://[broken/a", None),
        ("https://example.org:port/", None),
        ("", None),
    ],
)
def test_canonical(url: str, expected: str | None) -> None:
    assert canonical(url) == expected


def test_http_and_https_are_one_document() -> None:
    assert identity("http://example.org/a?utm_medium=x") == identity("https://EXAMPLE.org/a")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<meta property='og:url' content='https://a.org/x'><link rel=canonical href=https://a.org/y>",
            "https://a.org/y",
        ),
        ("<meta property='og:url' content='https://a.org/x'>", "https://a.org/x"),
        ("<link rel='canonical' href='https://a.org/'>", None),
        ("<link rel='canonical' href='/relative'>", None),
        ("<link rel='stylesheet' href='https://a.org/x.css'>", None),
        ("<link " * 50_000, None),
    ],
)
def test_the_address_a_page_gives_for_itself(page: str, expected: str | None) -> None:
    assert of_page(page) == expected
