"""Authors, outlets and credited sources."""

from __future__ import annotations

import pytest

from flows.clean import clean, clean_all
from flows.clean.credits import is_byline, is_dateline, people

BODY = (
    "The ferry to Larnholm sank on Tuesday evening after it struck a rock, the coast guard said.\n\n"
    "Three people are missing."
)


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("By Jane Doe and John Roe, Reuters", ("Jane Doe", "John Roe")),
        ("Jane Doe, Staff Writer", ("Jane Doe",)),
        ("By Jane van der Doe | Larnholm Courier", ("Jane van der Doe",)),
        ("By The Associated Press", ()),
        ("Staff", ()),
        ("Jane Doe; John Roe", ("Jane Doe", "John Roe")),
    ],
)
def test_people_in_a_credit(credit: str, names: tuple[str, ...]) -> None:
    assert people(credit) == names


def test_what_is_a_byline_and_what_is_not() -> None:
    assert is_byline("By JANE DOE")
    assert not is_byline("By Tuesday")
    assert not is_byline("By Nightfall the Rebels Held the Town and the Port")


def test_what_is_a_dateline_and_what_is_not() -> None:
    assert is_dateline("KABUL (Reuters) -")
    assert is_dateline("ANBAR, Iraq:")
    assert not is_dateline("URGENT:")
    assert not is_dateline("What we know:")


def test_byline_gives_authors_and_agency(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"Ferry sinks off Larnholm\n\nBy Jane Doe, Associated Press\n\n{BODY}"))
    assert article.authors == ("Jane Doe",)
    assert [(source.name, source.role) for source in article.sources] == [("Associated Press", "agency")]


def test_agency_of_an_inline_dateline(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"LARNHOLM (Reuters) - {BODY}"))
    (source,) = article.sources
    assert (source.name, source.role) == ("Reuters", "agency")
    assert article.raw_text[source.raw_start : source.raw_end] == "Reuters"


def test_agency_of_a_dateline_with_a_date(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"LARNHOLM, June 22 (AFP) - {BODY}"))
    assert [source.name for source in article.sources] == ["Agence France-Presse"]


def test_photo_credits_are_not_the_texts(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"Rescue boats at the pier. (AP Photo/Jane Example)\n\n{BODY}\n\nPhotograph: Reuters"))
    assert article.sources == ()


def test_first_published_elsewhere(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"{BODY}\n\nThis story was first published by Norland Weekly."))
    assert [(source.name, source.role) for source in article.sources] == [("Norland Weekly", "earlier_article")]


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("This article was originally published on Norland Talk. Read the original article.", "Norland Talk"),
        ("This column first appeared in the Norland County Register.", "Norland County Register"),
        ("This story was first published by Reuters", "Reuters"),
        ("Source: Norland Weekly", "Norland Weekly"),
    ],
)
def test_notices_of_an_earlier_place(document, notice: str, name: str) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"{BODY}\n\n{notice}"))
    assert [(source.name, source.role) for source in article.sources] == [(name, "earlier_article")]


def test_forum_link_gives_source_and_title(document) -> None:  # type: ignore[no-untyped-def]
    header, link = (
        "gull\n- Joined\n- May 3, 2009\n- Messages\n- 4,211",
        "More here: Ferry sinks | World | courier.example.com",
    )
    text = f"{header}\n{BODY}\n{link}\nSad."
    article = clean(document(text))
    assert [(source.name, source.role) for source in article.sources] == [("courier.example.com", "earlier_article")]
    assert article.title == "Ferry sinks"
    assert article.outlet is None


def test_outlet_given_by_address_or_not_at_all(document) -> None:  # type: ignore[no-untyped-def]
    assert clean(document(BODY, outlet="Larnholm Courier")).outlet == "Larnholm Courier"
    assert clean(document(BODY, url="https://www.courier.example/ferry")).outlet == "courier.example"
    assert clean(document(BODY, url="https://www.reuters.com/ferry")).outlet == "Reuters"
    assert clean(document(BODY)).outlet is None


def test_language(document) -> None:  # type: ignore[no-untyped-def]
    assert clean(document(BODY)).language == "en"
    assert (
        clean(document("Die Fähre sank am Dienstagabend, nachdem sie auf einen Felsen gelaufen war.")).language == "de"
    )
    assert clean(document("Ferry sinks.")).language is None


def test_documents_without_an_article_are_set_aside(document) -> None:  # type: ignore[no-untyped-def]
    articles, rejected = clean_all([document(BODY), document("Advertisement"), document("\ufeff \n")])
    assert len(articles) == 1
    assert [(item.stage, item.code, item.location) for item in rejected] == [("clean", "H302", "test:1")] * 2


@pytest.mark.parametrize("name", ["Lena Brandt", "Hvarald Tollan\nLarnholm"])
def test_a_name_without_by_under_the_headline(document, name: str) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"Ferry to Larnholm strikes a rock and sinks\n\n{name}\n\n{BODY}"))
    assert article.authors == (name.split("\n")[0],)
    assert article.authors[0] not in article.text
