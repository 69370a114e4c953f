"""Which outlet a page's furniture gives away, and what is no evidence of one."""

from __future__ import annotations

from datetime import date

import pytest

from flows.clean import clean

BODY = """The ferry to Larnholm sank on Tuesday evening after it struck a rock, the coast guard said.

“We heard one long scrape and then the lights went out,” said Mira Tollan, a nurse who was on deck.

Rescuers pulled 41 people from the water before midnight, and three were still missing on Wednesday."""
TITLE = "Ferry to Larnholm strikes a rock and sinks"


@pytest.mark.parametrize(
    ("above", "below", "outlet"),
    [
        ("LARNHOLM COURIER\nHome | News | Sport | Weather\n\n", "", "Larnholm Courier"),
        ("The Larnholm Courier\n\n", "", "The Larnholm Courier"),
        ("", "© 2019 The Larnholm Courier", "The Larnholm Courier"),
        ("", "Copyright 2019 Larnholm Courier Ltd. All rights reserved.", "Larnholm Courier"),
        ("", "Subscribe to The Larnholm Courier for £2 a week", "The Larnholm Courier"),
        ("", "Printed in The Larnholm Courier of September 17, 2019, page 3", "The Larnholm Courier"),
        ("", "First published in The Larnholm Courier, 17 September 2019", "The Larnholm Courier"),
        ("", "By Jon Vester, The Larnholm Courier", "The Larnholm Courier"),
        ("", "Letters to the editor: letters@courier.example", "courier.example"),
    ],
)
def test_outlets_named_by_the_pages_furniture(document, above: str, below: str, outlet: str) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"{above}{TITLE}\n\n{BODY}\n\n{below}"))
    assert article.outlet == outlet
    assert article.title == TITLE
    assert article.text == f"{TITLE}\n\n{BODY}"


def test_the_outlets_own_photographers_name_it(document) -> None:  # type: ignore[no-untyped-def]
    caption = "Divers wait at the pier. (Larnholm Courier Photo/Ella Brandt)"
    article = clean(document(f"{TITLE}\n\n{caption}\n\n{BODY}"))
    assert (article.outlet, caption in article.text) == ("Larnholm Courier", False)
    assert clean(document(f"{TITLE}\n\nDivers wait. (AP Photo/Ella Brandt)\n\n{BODY}")).outlet is None


@pytest.mark.parametrize(
    "line",
    [
        "“Nobody warned us,” he told the Larnholm Courier.",
        "By Emily Post",
        "© 2019 Ella Brandt",
        "Copyright 2019 The Associated Press. All rights reserved.",
        "The Larnholm Briefing: what matters, by seven. Enter your email",
        "Letters: ella.brandt@gmail.com",
    ],
)
def test_what_is_no_evidence_of_an_outlet(document, line: str) -> None:  # type: ignore[no-untyped-def]
    assert clean(document(f"{TITLE}\n\n{BODY}\n\n{line}")).outlet is None


@pytest.mark.parametrize(
    "notice",
    [
        "Printed in The Larnholm Courier of September 17, 2019, page 1, under the headline “Sunk.”",
        "This article appeared in print on September 17, 2019, on page A4.",
        "First published in The Larnholm Courier, 17 September 2019",
        "Source: The Larnholm Courier, 17 September 2019",
    ],
)
def test_notices_of_print_and_source_date_the_page(document, notice: str) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"{TITLE}\n\n{BODY}\n\n{notice}"))
    assert (article.published_on, article.published_basis) == (date(2019, 9, 17), "text")
    assert notice not in article.text


@pytest.mark.parametrize(
    "stamp", ["20.09.2019 | 11:45 | Politics", "Politics | 20 September 2019", "05.09.2019 | Economy"]
)
def test_a_stamp_with_its_section_is_no_headline(document, stamp: str) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"Home > World > Norland\n{stamp}\n\n{TITLE}\n\n{BODY}"))
    assert article.title == TITLE
    assert article.published_on == date(2019, 9, 5 if stamp.startswith("05") else 20)
    assert article.text == f"{TITLE}\n\n{BODY}"


def test_a_dateline_is_no_stamp(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"{TITLE}\n\nLARNHOLM - 20 September 2019\n\n{BODY}"))
    assert "LARNHOLM - 20 September 2019" in article.text


def test_further_reporting_credits_agencies_not_people(document) -> None:  # type: ignore[no-untyped-def]
    article = clean(document(f"{TITLE}\n\n{BODY}\n\nAdditional reporting: Norwire, Ella Brandt and Reuters"))
    assert [(source.name, source.role) for source in article.sources] == [("Norwire", "agency"), ("Reuters", "agency")]
    assert [article.raw_text[source.raw_start : source.raw_end] for source in article.sources] == ["Norwire", "Reuters"]
