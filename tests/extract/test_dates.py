"""Time expressions in running text: found, valued, dated, and hung on the right verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.extract.dates import date_of, dates
from flows.extract.dates.calendars import edtf_interval
from flows.records import CleanArticle, Document, TimeExpression

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model
THURSDAY = date(2021, 3, 18)


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
        ("It will open in the first week of April.", [("the first week of April", "2021-W13")]),
        ("It will open in the last week of May.", [("the last week of May", "2021-W22")]),
        ("It fell on the night of 14 to 15 March.", [("the night of 14 to 15 March", "2021-03-14TNI")]),
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
    ("text", "reference"),
    [
        ("The rebels took the port on Sunday.", date(2021, 3, 21)),
        ("The rebels will take the port on Sunday.", date(2021, 3, 22)),
        ("The rebels took the port on Sunday, and the army left yesterday.", date(2021, 3, 22)),
        ("The rebels took the port on Sunday. On Monday the army left.", date(2021, 3, 22)),
    ],
)
def test_the_weekday_of_the_news_tells_which_day_a_print_edition_calls_today(
    dates_nlp: Language, text: str, reference: date
) -> None:
    doc = read(dates_nlp, text, print_notice=date(2021, 3, 22))
    assert doc._.reference_on == reference


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


def test_a_quotation_counts_from_the_day_it_was_said(dates_nlp: Language) -> None:
    doc = read(dates_nlp, "“We leave tomorrow,” the captain said on Monday. The fleet left today.")
    tomorrow, _, today = doc._.dates
    assert (tomorrow.value, tomorrow.anchor) == ("2021-03-16", "speech")
    assert (today.value, today.anchor) == ("2021-03-18", "publication")


def test_a_length_after_a_dated_event_has_its_day(dates_nlp: Language) -> None:
    doc = read(dates_nlp, "The truce broke three days after Sunday's raid. It was signed two weeks before the vote.")
    three_days, _, two_weeks = doc._.dates
    assert (three_days.value, three_days.starts_on, three_days.anchor) == ("P3D", date(2021, 3, 17), "event")
    assert (two_weeks.starts_on, two_weeks.derivation) == (None, "offset_from_undated_event")


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The crew fled before Christmas.", "fled"),
        ("Christmas brought rain to the coast.", "brought"),
        ("The troops left until Monday.", "left"),
    ],
)
def test_no_date_is_better_than_one_beside_it(dates_nlp: Language, text: str, verb: str) -> None:
    doc = read(dates_nlp, text)
    assert date_of(doc, next(token.i for token in doc if token.text == verb)) is None


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Speaking on Monday, the mayor said the dam was safe.", "said", "Monday"),
        ("The rebels captured the port late Saturday, officials said.", "captured", "late Saturday"),
    ],
)
def test_a_date_reaches_the_verb_it_governs(dates_nlp: Language, text: str, verb: str, expected: str) -> None:
    doc = read(dates_nlp, text)
    index = date_of(doc, next(token.i for token in doc if token.text == verb))
    assert index is not None
    assert doc._.dates[index].text == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Arab Spring changed much.",
        "The Daily Courier wrote about it.",
        "The fall of the city shocked them.",
        "They watched “60 Minutes” at home in the dark.",
        "The film runs 01:50 in all.",
        "Some 1998 people came.",
    ],
)
def test_what_is_no_time(dates_nlp: Language, text: str) -> None:
    assert values(dates_nlp, text) == []


def test_last_saturday_on_a_sunday_is_that_of_the_week_before(dates_nlp: Language) -> None:
    assert values(dates_nlp, "He agreed last Saturday.", date(2021, 3, 21)) == [("last Saturday", "2021-03-13")]


def test_a_document_without_article_or_parse_has_dates_too() -> None:
    import spacy

    doc = dates(spacy.blank("en")("It began on 3 May 2010 and ended on Friday."))
    assert [(found.value, found.anchor) for found in doc._.dates] == [
        ("2010-05-03", "explicit"),
        ("XXXX-WXX-5", "none"),
    ]


TEXT = """The mayor left yesterday. She arrived on Monday and spoke to the press last Tuesday.
They will vote on Friday. The bridge fell two days ago, on 3 May 1980, in the past 48 hours or last month.
It was closed this week, overnight and on Thanksgiving. On Feb. 29 and in June the square was full."""
SIDES = {"weekday_before_reference": (-6, 0), "weekday_after_reference": (0, 6)}


@pytest.fixture(scope="module")
def shifting(dates_nlp: Language) -> Callable[[date], tuple[TimeExpression, ...]]:
    """The time expressions of TEXT, parsed once, as of any day of publication."""
    doc = read(dates_nlp, TEXT)

    def on(day: date) -> tuple[TimeExpression, ...]:
        doc._.article = replace(doc._.article, published_on=day, reference_on=day)
        found: tuple[TimeExpression, ...] = dates(doc)._.dates
        return found

    return on


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(day=st.dates(date(2019, 12, 1), date(2021, 12, 31)), days=st.integers(-400, 400))
def test_moving_the_publication_date_moves_what_is_counted_from_it(
    shifting: Callable[[date], tuple[TimeExpression, ...]], day: date, days: int
) -> None:
    moved = day + timedelta(days)
    for before, after in zip(shifting(day), shifting(moved), strict=True):
        assert (before.start, before.end, before.timex_type) == (after.start, after.end, after.timex_type)
        if before.anchor == "explicit":
            assert before == after
        if before.derivation == "day_offset_from_reference":
            assert _first(after) - _first(before) == timedelta(days)
        if "weekday" in before.derivation:
            assert _first(after).isoweekday() == _first(before).isoweekday()
            assert days % 7 or _first(after) - _first(before) == timedelta(days)
        if after.derivation in SIDES:
            nearest, furthest = SIDES[after.derivation]
            assert nearest <= (_first(after) - moved).days <= furthest


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(day=st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_days_are_in_order_and_the_edtf_says_the_same(
    shifting: Callable[[date], tuple[TimeExpression, ...]], day: date
) -> None:
    for found in shifting(day):
        assert (found.starts_on is None) == (found.ends_on is None) == (found.edtf is None)
        if found.starts_on is not None and found.ends_on is not None and found.edtf is not None:
            assert found.starts_on <= found.ends_on
            assert edtf_interval(found.edtf) == (found.starts_on, found.ends_on)


def _first(found: TimeExpression) -> date:
    assert found.starts_on is not None
    return found.starts_on


def test_a_clock_time_takes_the_day_told_just_before(dates_nlp: Language) -> None:
    text = "The dam broke on Tuesday. Water came at 5 p.m. and ran off."
    assert values(dates_nlp, text)[-1] == ("5 p.m.", "2021-03-16T17:00")


def test_a_clock_time_does_not_take_a_day_told_long_before(dates_nlp: Language) -> None:
    text = "The dam was built on 3 May 1988. It is high. People like it. A deal was reached at four in the morning."
    assert values(dates_nlp, text)[-1] == ("four in the morning", "XXXX-XX-XXT04:00")
    assert values(dates_nlp, text.replace("3 May 1988", "Tuesday"))[-1] == ("four in the morning", "XXXX-XX-XXT04:00")
    news = text.replace("The dam was built on 3 May 1988. ", "")
    assert values(dates_nlp, news)[-1] == ("four in the morning", "2021-03-18T04:00")


def test_last_night_without_a_reference_day_has_none(dates_nlp: Language) -> None:
    text = "The dam was built on 3 May 1988. Last night it broke."
    assert values(dates_nlp, text, None)[-1] == ("Last night", "XXXX-XX-XXTNI")


@pytest.mark.parametrize("stamp", ["18.20", "18:20"])
def test_the_stamp_of_a_live_report_is_a_time(dates_nlp: Language, stamp: str) -> None:
    text = f"{stamp} Mr Ali Demir said the dam held.\n\nPrices rose by 18.20 marks."
    assert values(dates_nlp, text) == [(stamp, "2021-03-18T18:20")]


def test_the_day_behind_another_zone_in_brackets_dates_the_clock_time(dates_nlp: Language) -> None:
    text = "The dam broke at 10:35 a.m. (0735 GMT) Tuesday."
    assert values(dates_nlp, text)[0] == ("10:35 a.m.", "2021-03-16T10:35")
