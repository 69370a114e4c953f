"""Time expressions in running text: found, valued, dated, and hung on the right verb."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from flows.extract.dates import date_of
from flows.records import CleanArticle, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model
THURSDAY = date(2021, 3, 18)


@pytest.fixture(scope="module")
def dates_nlp() -> Language:
    """The model with no component of ours but the dates."""
    from flows.extract.nlp import COMPONENTS, load

    return load(without=tuple(name for name, _ in COMPONENTS if name != "hearsay_dates"))


def read(nlp: Language, text: str, day: date | None = THURSDAY, *, print_notice: date | None = None) -> Doc:
    """Parse `text` as an article of `day`, or as one that only a print notice dates."""
    published = print_notice or day
    doc = nlp.make_doc(text)
    if published is not None:
        document = Document("d", "d", "test", "test", "hash", text=text)
        basis = "text" if print_notice else "metadata"
        doc._.article = CleanArticle(
            document, "a", None, (), None, "en", published, basis, None if print_notice else day, text, text, ()
        )
    return nlp(doc)


def values(nlp: Language, text: str, day: date | None = THURSDAY) -> list[tuple[str, str]]:
    return [(found.text, found.value) for found in read(nlp, text, day)._.dates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge was closed on Tuesday.", [("Tuesday", "2021-03-16")]),
        ("The bridge will be closed on Tuesday.", [("Tuesday", "2021-03-23")]),
        ("The mayor was booed on Thursday.", [("Thursday", "2021-03-18")]),
        ("He arrived last Monday.", [("last Monday", "2021-03-15")]),
        ("They fled late on Saturday.", [("late on Saturday", "2021-03-13")]),
        ("Looters came Saturday night.", [("Saturday night", "2021-03-13TNI")]),
        ("Earlier today the dam broke.", [("Earlier today", "2021-03-18")]),
        ("The dam broke overnight.", [("overnight", "2021-03-17TNI")]),
        ("It opened in the summer of 2003.", [("the summer of 2003", "2003-SU")]),
        ("Prices rose in the 1990s.", [("the 1990s", "199")]),
        ("It opens in mid-May.", [("mid-May", "2021-05")]),
        ("She left last June.", [("last June", "2020-06")]),
        ("The ferry sank two years ago.", [("two years ago", "2019")]),
        ("It lasted 2 1/2 years.", [("2 1/2 years", "P2Y6M")]),
        ("It lasted a few days.", [("a few days", "PXD")]),
        ("They meet every Monday.", [("every Monday", "XXXX-WXX-1")]),
        ("The talks start at 10:30 a.m. Friday.", [("10:30 a.m. Friday", "2021-03-19T10:30")]),
        ("The fair was held June 10-12, 2019.", [("June 10-12, 2019", "2019-06-10/2019-06-12")]),
        ("The talks may resume after the second round.", []),
        ("A 35-year-old was charged.", []),
    ],
)
def test_values(dates_nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert values(dates_nlp, text) == expected


def test_without_an_anchor_a_weekday_has_no_days(dates_nlp: Language) -> None:
    (found,) = read(dates_nlp, "The town fell on Sunday.", None)._.dates
    assert (found.value, found.anchor, found.starts_on, found.edtf) == ("XXXX-WXX-7", "none", None, None)


def test_an_explicit_date_needs_no_anchor(dates_nlp: Language) -> None:
    (found,) = read(dates_nlp, "The town fell on 22 June 2014.", None)._.dates
    assert (found.value, found.anchor, found.starts_on) == ("2014-06-22", "explicit", date(2014, 6, 22))


def test_the_days_of_a_stretch_up_to_today(dates_nlp: Language) -> None:
    (found,) = read(dates_nlp, "Troops crossed in the past 48 hours.")._.dates
    assert (found.value, found.starts_on, found.ends_on) == ("PT48H", date(2021, 3, 16), THURSDAY)


def test_a_print_edition_is_of_the_day_after_its_text(dates_nlp: Language) -> None:
    text = "The rebels took the port on Sunday. On Sunday evening the airport fell too."
    doc = read(dates_nlp, text, print_notice=date(2021, 3, 22))
    assert doc._.reference_on == date(2021, 3, 21)
    assert doc._.dates[0].value == "2021-03-21"


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The envoy made remarks Sunday that upset many.", "made", "Sunday"),
        ("The ferry that sank on Monday was raised on Wednesday.", "sank", "Monday"),
        ("The ferry that sank on Monday was raised on Wednesday.", "raised", "Wednesday"),
        ("On Friday the army shelled the town and captured the airport.", "captured", "Friday"),
    ],
)
def test_a_date_belongs_to_the_verb_it_modifies(dates_nlp: Language, text: str, verb: str, expected: str) -> None:
    doc = read(dates_nlp, text)
    token = next(token for token in doc if token.text == verb)
    index = date_of(doc, token.i)
    assert index is not None
    assert doc._.dates[index].text == expected


@pytest.mark.parametrize("days", [1, 6, 7, 30, 365])
def test_moving_the_publication_date_moves_what_is_counted_from_it(dates_nlp: Language, days: int) -> None:
    text = "He left yesterday. She arrived on Monday. They will vote on Friday. The war began on 3 May 1980."
    moved = THURSDAY + timedelta(days)
    before = [found.starts_on for found in read(dates_nlp, text)._.dates]
    after = [found.starts_on for found in read(dates_nlp, text, moved)._.dates]
    assert after[0] == before[0] + timedelta(days)
    assert after[1] is not None
    assert 0 <= (moved - after[1]).days < 7
    assert after[1].isoweekday() == 1
    assert after[2] is not None
    assert 0 <= (after[2] - moved).days < 7
    assert after[2].isoweekday() == 5
    assert after[3] == before[3]
