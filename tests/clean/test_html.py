"""HTML pages: text, metadata, and pages that mean harm."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from flows.clean import clean
from flows.errors import HearsayError

PARAGRAPHS = [
    "The ferry to Larnholm sank on Tuesday evening after it struck a rock, the coast guard said on Wednesday.",
    "“We heard one long scrape and then the lights went out,” said Mira Tollan, a nurse who stood on the deck.",
    "Rescuers pulled 41 people from the water before midnight, and three of them were taken to hospital by air.",
    "The hull lies at 40 metres, and divers of the navy were to look at it as soon as the wind allowed, she said.",
]
PAGE = """<html lang="en"><head><title>Ferry sinks off Larnholm - Larnholm Courier</title>
<meta property="og:site_name" content="Larnholm Courier"><meta property="og:title" content="Ferry sinks off Larnholm">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Ferry sinks off Larnholm",
"datePublished": "2014-06-22T18:04:00+02:00", "author": [{{"@type": "Person", "name": "Jane Doe"}}]}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Ferry sinks off Larnholm</h1>{body}
<p>Share this article</p></article><footer>© 2015 Larnholm Courier</footer></body></html>"""
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def test_a_page_gives_text_and_metadata(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(html=PAGE.format(body=BODY)))
    assert article.title == "Ferry sinks off Larnholm"
    assert article.authors == ("Jane Doe",)
    assert article.outlet == "Larnholm Courier"
    assert (article.published_on, article.published_basis) == (date(2014, 6, 22), "metadata")
    assert article.text.split("\n\n") == PARAGRAPHS
    assert "".join(segment.text for segment in article.segments) == article.raw_text


def test_the_given_metadata_goes_before_the_pages(document) -> None:  # type: ignore[no-untyped-def]
    page = document(html=PAGE.format(body=BODY), title="Ferry lost", published_on="2014-06-21", authors=("John Roe",))
    article = clean(page)
    assert (article.title, article.authors, article.published_on) == ("Ferry lost", ("John Roe",), date(2014, 6, 21))


def test_a_paragraph_full_of_links_stays(document) -> None:  # type: ignore[no-untyped-def]
    linked = (
        '<p>The ship’s owner, <a href="/a">Norland Ferries of the Northern Isles</a>, '
        "said that all of its ships were sound.</p>"
    )
    article = clean(document(html=PAGE.format(body=BODY + linked + BODY.replace("ferry", "ship"))))
    assert "said that all of its ships were sound." in article.text


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html><body></body></html>",
        "<div>" * 100_000 + PARAGRAPHS[0] + "</div>" * 100_000,
        "<ul><li>" * 50_000 + PARAGRAPHS[0],
        "<" * 100_000,
        "<a " * 50_000,
        "x" * 20_000_001,
    ],
    ids=["nothing", "empty", "deep", "deep list", "brackets", "open tags", "too large"],
)
def test_hostile_pages_are_refused_in_time(document, page: str) -> None:  # type: ignore[no-untyped-def]
    started = perf_counter()
    with pytest.raises(HearsayError, match=r"H30[12]"):
        clean(document(html=page))
    assert perf_counter() - started < 10


def test_hostile_metadata_is_passed_over(document) -> None:  # type: ignore[no-untyped-def]
    bomb = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    assert clean(document(html=bomb + PAGE.format(body=BODY))).title == "Ferry sinks off Larnholm"


def test_a_line_of_ten_megabytes_takes_no_longer_than_it_must(document) -> None:  # type: ignore[no-untyped-def]
    started = perf_counter()
    article = clean(document("The rebels took the town, said Mr. Hald of the navy. " * 190_000))
    assert len(article.text) > 9_000_000
    assert perf_counter() - started < 10
