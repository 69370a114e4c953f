"""The publication date, with its evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.clean import clean
from flows.clean.days import parse_day, url_day

BODY = (
    "The ferry to Larnholm sank on Tuesday evening after it struck a rock, the coast guard said.\n\n"
    "Three people are missing."
)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2014-06-22", date(2014, 6, 22)),
        ("2014-06-22T23:59:00-07:00", date(2014, 6, 22)),
        ("20140622T101500Z", date(2014, 6, 22)),
        ("Sun, 22 Jun 2014 18:04:00 GMT", date(2014, 6, 22)),
        ("May 8, 2014", date(2014, 5, 8)),
        ("8th of May, 2014", date(2014, 5, 8)),
        ("22/06/2014", date(2014, 6, 22)),
        ("6/22/14", date(2014, 6, 22)),
        ("1403395200", date(2014, 6, 22)),
    ],
)
def test_days_as_metadata_writes_them(written: str, day: date) -> None:
    assert parse_day(written) == (day, None)


@pytest.mark.parametrize(
    "written", ["", "0000-00-00", "2014-02-30", "2014-13-01", "6/5/2014", "yesterday", "June 2014", "n/a"]
)
def test_what_is_no_certain_day_is_refused_with_a_reason(written: str) -> None:
    day, reason = parse_day(written)
    assert day is None
    assert reason


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example.com/2014/06/22/ferry-sinks/", date(2014, 6, 22)),
        ("https://news.example.com/world/2014/jun/22/ferry", date(2014, 6, 22)),
        ("https://news.example.com/a/20140622-ferry.html", date(2014, 6, 22)),
    ],
)
def test_days_in_urls(url: str, day: date) -> None:
    found = url_day(url)
    assert found is not None
    assert found[1] == day


def test_a_url_without_a_day() -> None:
    assert url_day("https://news.example.com/article/12345678/ferry?d=2014/06/22") is None


def test_valid_metadata_is_taken_and_rivals_are_kept(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(BODY, published_on="2014-06-22", url="https://news.example.com/2014/06/23/ferry"))
    assert (article.published_on, article.published_basis, article.reference_on) == (
        date(2014, 6, 22),
        "metadata",
        date(2014, 6, 22),
    )
    assert [(item.rank, item.basis, item.day) for item in article.evidence] == [
        (1, "metadata", date(2014, 6, 22)),
        (2, "url", date(2014, 6, 23)),
    ]
    assert article.evidence[1].rejected_because


def test_broken_metadata_falls_back_to_the_url(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(BODY, published_on="2014-02-30", url="https://news.example.com/2014/06/22/ferry"))
    assert (article.published_on, article.published_basis) == (date(2014, 6, 22), "url")
    assert article.evidence[1].rejected_because == "no such day in the calendar"


@pytest.mark.parametrize("stamp", ["Published: 22 June 2014 18:04", "Sunday 22 June 2014 18:04 BST", "June 22, 2014"])
def test_stamps_of_the_page(document, stamp: str) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"Ferry sinks off Larnholm\n\n{stamp}\n\n{BODY}"))
    assert (article.published_on, article.published_basis) == (date(2014, 6, 22), "dateline")
    assert article.raw_text[article.evidence[0].raw_start : article.evidence[0].raw_end] == article.evidence[0].evidence


def test_published_goes_before_updated(document) -> None:  # type: ignore[no-untyped-def]
    stamps = "Updated 24 June 2014 09:00\n\nPublished 22 June 2014 18:04"
    assert clean(document(f"Ferry sinks off Larnholm\n\n{stamps}\n\n{BODY}")).published_on == date(2014, 6, 22)


def test_print_notice_dates_the_paper_but_not_the_text(document) -> None:  # type: ignore[no-untyped-def]
    notice = (
        "A version of this article appeared in the print edition of The Larnholm Courier on June 23, 2014, on page 4."
    )
    article = clean(document(f"{BODY}\n\n{notice}"))
    assert (article.published_on, article.published_basis, article.reference_on) == (date(2014, 6, 23), "text", None)
    assert article.outlet == "The Larnholm Courier"
    assert [(source.name, source.role) for source in article.sources] == [("The Larnholm Courier", "outlet")]
    assert article.raw_text[article.sources[0].raw_start : article.sources[0].raw_end] == "The Larnholm Courier"


def test_never_a_join_date_a_copyright_year_or_a_teaser(document) -> None:  # type: ignore[no-untyped-def]
    text = (
        f"gull\n- Joined\n- May 3, 2009\n- Messages\n- 4,211\n{BODY}\n\n© 2015 Larnholm Courier\n\n"
        "Sponsored features\n\nBoats of June 3, 2015"
    )
    article = clean(document(text))
    assert (article.published_on, article.published_basis, article.reference_on) == (None, "none", None)
    assert article.evidence[0].day is None
    assert all(item.rejected_because for item in article.evidence)
    assert date(2009, 5, 3) in {item.day for item in article.evidence}


def test_never_later_than_it_was_seen(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(BODY, published_on="2034-06-22", seen_at=datetime(2024, 6, 22, tzinfo=UTC)))
    assert article.published_on is None
    assert "seen" in (article.evidence[1].rejected_because or "")


@pytest.mark.parametrize(
    ("stamp", "is_taken"),
    [
        ("2024-06-23T04:00:00+00:00", False),  # nine hours after it was seen
        ("2024-06-23T04:00:00+10:00", True),  # an hour before it was seen
        ("2024-06-23", True),  # it may be tomorrow where it was published
        ("Sun, 23 Jun 2024 04:00:00 GMT", False),
    ],
)
def test_a_stamp_with_its_offset_is_compared_to_the_hour(document, stamp: str, is_taken: bool) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(BODY, published_on=stamp, seen_at=datetime(2024, 6, 22, 19, tzinfo=UTC)))
    assert (article.published_on == date(2024, 6, 23)) is is_taken


def test_a_dateline_without_a_year_is_evidence_but_no_date(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"LARNHOLM, Sept 24 (Meridian) - {BODY}"))
    assert article.published_on is None
    assert [(item.evidence, item.rejected_because) for item in article.evidence if item.basis == "dateline"] == [
        ("Sept 24", "no year is written")
    ]


def test_the_date_of_a_link_is_kept_with_what_rejected_it(document) -> None:  # type: ignore[no-untyped-def]
    text = f"{BODY}\n\nSponsored features\n\nBoats of June 3, 2015"
    article = clean(document(text, published_on="2014-06-22"))
    (link,) = [item for item in article.evidence if item.day == date(2015, 6, 3)]
    assert "link" in (link.rejected_because or "")
    assert article.published_on == date(2014, 6, 22)


def test_never_the_date_of_a_link_below(document) -> None:  # type: ignore[no-untyped-def]
    links = "Related stories\n\nThe town that nobody wanted to have\n\nPublished 1 May 2013\n\nWho owns the ferries?"
    article = clean(document(f"{BODY}\n\n{links}"))
    assert article.published_on is None


def test_unreadable_metadata_is_rejected_evidence(document) -> None:  # type: ignore[no-untyped-def]
    for url, day in ((None, None), ("https://larnholm.example/2014/06/22/ferry", date(2014, 6, 22))):
        article = clean(document(BODY, published_on="garbage", url=url))
        assert article.published_on == day
        found = [item for item in article.evidence if item.evidence == "garbage"]
        assert [(item.day, item.rejected_because) for item in found] == [(None, "not a date that can be read")]
