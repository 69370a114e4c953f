"""Days as news writes them: which side of the article's day they lie on, what they go on from, what is no day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from flows.records import CleanArticle, Document, TimeExpression

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model
THURSDAY = date(2021, 3, 18)


def read(
    nlp: Language, text: str, day: date | None = THURSDAY, *, seen: datetime | None = None
) -> list[TimeExpression]:
    doc = nlp.make_doc(text)
    document = Document("d", "d", "test", "test", "hash", text=text, seen_at=seen)
    doc._.article = CleanArticle(document, "a", None, (), None, "en", day, "metadata", day, text, text, ())
    return list(nlp(doc)._.dates)


def said(nlp: Language, text: str, day: date | None = THURSDAY, *, seen: datetime | None = None) -> list[str]:
    """Each expression with its days: "Friday 2021-03-19", "June 2021-06-01/2021-06-30", "noon -"."""
    return [f"{one.text} {_days(one)}" for one in read(nlp, text, day, seen=seen)]


def _days(one: TimeExpression) -> str:
    if one.starts_on is None:
        return "-"
    return str(one.starts_on) if one.starts_on == one.ends_on else f"{one.starts_on}/{one.ends_on}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The debate is in Odell on Tuesday night.", "Tuesday night 2021-03-23"),
        ("The deadline for appeals is Monday.", "Monday 2021-03-22"),
        ("The next race is in the fall.", "the fall 2021-09-01/2021-11-30"),
        ("That was the plan, and that is Sunday's news.", "Sunday 2021-03-14"),
        ("The poll gives the party a lead of four points, as of Wednesday.", "Wednesday 2021-03-17"),
        ("As of Monday, the port will be closed.", "Monday 2021-03-22"),
        ("Since Sunday, she's danced at two weddings.", "Sunday 2021-03-14"),
        ("Lund accepted an invitation to testify on Monday.", "Monday 2021-03-22"),
        ("The members are prepared to hold one on Saturday.", "Saturday 2021-03-20"),
        ("Brandl is slated to give the speech Tuesday.", "Tuesday 2021-03-23"),
        ("The police declined to comment on Monday.", "Monday 2021-03-15"),
    ],
)
def test_what_a_clause_says_is_still_to_come_lies_ahead(dates_nlp: Language, text: str, expected: str) -> None:
    assert said(dates_nlp, text)[-1] == expected


FILLER = " The hall was full. Nobody spoke. The doors were shut. A bell rang. It was cold. The benches were hard." * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the year was told just before, whenever a day was told last
        (
            f"He left on Tuesday.{FILLER} Odell lost the seat in 2008. He won it back two years later.",
            "two years later 2010-01-01/2010-12-31",
        ),
        ("He left on Tuesday. Two days earlier, he had been ill.", "Two days earlier 2021-03-14"),
        (f"He left on Tuesday.{FILLER} Two days earlier, he had been ill.", "Two days earlier -"),
    ],
)
def test_a_step_counts_from_what_was_told_near_it(dates_nlp: Language, text: str, expected: str) -> None:
    assert said(dates_nlp, text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales have doubled over the last week.", "the last week 2021-03-11/2021-03-18"),
        ("Rents have risen in the last month.", "the last month 2021-02-18/2021-03-18"),
        ("Prices have risen by a tenth over the last year.", "the last year 2020-03-18/2021-03-18"),
        ("Sales doubled last week.", "last week 2021-03-08/2021-03-14"),
        ("She signed it in the last week of her term.", "the last week -"),
        ("They held 2,500 beds in the last fiscal year.", "the last fiscal year 2020-01-01/2020-12-31"),
    ],
)
def test_the_last_week_ends_today_and_last_week_on_sunday(dates_nlp: Language, text: str, expected: str) -> None:
    assert said(dates_nlp, text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Today, few farmers in Marovia own their land.", "Today -"),
        ("The law does not seem so strict today.", "today -"),
        ("The state of the harbour today is worse than ever.", "today -"),
        ("The court hears the case today.", "today 2021-03-18"),
        ("The court is hearing the case today.", "today 2021-03-18"),
        ("Lund is in Odell today for talks.", "today 2021-03-18"),
        ("In Teso, today is the eighth day of the strike.", "today 2021-03-18"),
        ("Police arrested four dockers today.", "today 2021-03-18"),
        ("“I want to speak to every voter in Teso today,” Lund said.", "today 2021-03-18"),
    ],
)
def test_today_with_a_lasting_state_is_the_present_age(dates_nlp: Language, text: str, expected: str) -> None:
    assert said(dates_nlp, text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Read more in Overnight Harbours: Teso to raise its tolls",
        "The reform did not happen overnight.",
        "The rents will not be lowered overnight.",
        "The men went back to 1600 Harbour Avenue, where Brandl lives.",
        "The mayor sang with the band of Saturday Night Quiz, as she does every now and then.",
    ],
)
def test_what_only_looks_like_a_day_has_none(dates_nlp: Language, text: str) -> None:
    assert [one for one in read(dates_nlp, text) if one.starts_on is not None] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brandl made the rounds of the Sunday shows.", "XXXX-WXX-7"),
        ("The men were asked why they had missed Friday prayers.", "XXXX-WXX-5"),
        ("Lund spoke after a Sunday service in Odell.", "2021-03-14"),
        ("Sunday's show was cancelled.", "2021-03-14"),
        ("Two houses burned overnight.", "2021-03-17TNI"),
        ("The police did not leave the harbour overnight.", "2021-03-17TNI"),
        ("They fled in the 2008 Harbour Street fire.", "2008"),
    ],
)
def test_one_of_a_weekly_row_and_the_day_itself(dates_nlp: Language, text: str, expected: str) -> None:
    assert read(dates_nlp, text)[0].value == expected


FRIDAY = date(2021, 3, 19)
MONDAY = date(2021, 3, 22)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Officials want nobody on the roads this weekend.", FRIDAY, "this weekend 2021-03-20/2021-03-21"),
        ("The council opened two shelters this weekend.", FRIDAY, "this weekend 2021-03-20/2021-03-21"),
        ("Thousands of hunters are gathered in Teso this weekend.", THURSDAY, "this weekend 2021-03-20/2021-03-21"),
        ("Two men drowned this weekend.", MONDAY, "this weekend 2021-03-20/2021-03-21"),
        ("Two men drowned over the weekend.", FRIDAY, "the weekend 2021-03-13/2021-03-14"),
    ],
)
def test_on_a_friday_this_weekend_begins_tomorrow(dates_nlp: Language, text: str, day: date, expected: str) -> None:
    assert said(dates_nlp, text, day)[-1] == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Lund won by a tenth on Election Day.", date(2020, 3, 4), "Election Day -"),
        ("Lund won by a tenth on Election Day.", date(2021, 3, 4), "Election Day 2020-11-03"),
        ("She will win on Election Day.", date(2020, 9, 4), "Election Day 2020-11-03"),
        ("Lund won by a tenth on Election Day.", date(2019, 11, 8), "Election Day 2019-11-05"),
    ],
)
def test_election_day_has_a_day_where_a_general_one_is_near(
    dates_nlp: Language, text: str, day: date, expected: str
) -> None:
    assert said(dates_nlp, text, day)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is only compared with does not become the year that the text tells of
        (
            "Some 900 men quit, the most since April 2008, up from 800 in February.",
            ["April 2008 2008-04-01/2008-04-30", "February 2021-02-01/2021-02-28"],
        ),
        ("They spent a million in the week preceding Feb. 23.", ["Feb. 23 2021-02-23"]),
        ("The deficit of the fiscal year before Odell took over was small.", ["the fiscal year -"]),
        (
            "She stayed silent for ten years after the 1990 raid.",
            ["ten years 1990-01-01/2000-12-31", "1990 1990-01-01/1990-12-31"],
        ),
        ("He fled two days after Monday's raid.", ["two days 2021-03-17", "Monday 2021-03-15"]),
    ],
)
def test_what_stands_beside_a_date_says_what_it_is(dates_nlp: Language, text: str, expected: list[str]) -> None:
    assert set(expected) <= set(said(dates_nlp, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The chair was shaken as he heads into a Saturday meeting with Lund.", "Saturday 2021-03-20"),
        ("Here is what voters need to know about Friday's speech.", "Friday 2021-03-19"),
        ("The talks will follow Friday's opening.", "Friday 2021-03-19"),
        ("Brandl is pushing to open the bars as soon as Friday.", "Friday 2021-03-19"),
        ("Lund is still claiming victory after Monday's debate.", "Monday 2021-03-15"),
        ("He spoke at Friday's debate.", "Friday 2021-03-12"),
        ("They arrived for a meeting Friday and left.", "Friday 2021-03-12"),
    ],
)
def test_of_two_days_that_no_tense_tells_apart_the_very_near_one(dates_nlp: Language, text: str, expected: str) -> None:
    assert said(dates_nlp, text)[-1] == expected


LATER = "The port was shut on Thursday. Hundreds marched through Teso. The mayor resigned on Friday, her office said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brandl on Friday left Teso. She had lost on Wednesday, and on Thursday, too.", "Friday 2021-03-19"),
        ("Brandl on Friday rejected the offer of the dockers.", "Friday 2021-03-12"),
        (LATER, "Friday 2021-03-19"),
        # the day before the article is named, so it is written on its own day
        ("Two men drowned on Wednesday. " + LATER, "Friday 2021-03-12"),
        ("No boat has left Teso since Friday. The port was shut on Thursday.", "Friday 2021-03-12"),
        ("The mayor spoke today. He had resigned on Friday.", "Friday 2021-03-12"),
    ],
)
def test_a_text_rewritten_on_the_next_day_tells_of_it(dates_nlp: Language, text: str, expected: str) -> None:
    assert expected in said(dates_nlp, text)


def test_no_text_tells_of_a_day_after_it_was_seen(dates_nlp: Language) -> None:
    seen = datetime(2021, 3, 18, 20, tzinfo=UTC)
    assert said(dates_nlp, LATER, seen=seen)[-1] == "Friday 2021-03-12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Many small parties appear on the June ballots.", "June 2021-06-01/2021-06-30"),
        ("The senators went home to campaign without a thought of July's election.", "July 2021-07-01/2021-07-31"),
        ("A June report says so.", "June 2020-06-01/2020-06-30"),
        ("The village has not forgotten the June massacre.", "June 2020-06-01/2020-06-30"),
        ("The December ballots were counted twice.", "December 2020-12-01/2020-12-31"),
    ],
)
def test_a_month_of_what_is_held_may_lie_ahead(dates_nlp: Language, text: str, expected: str) -> None:
    assert said(dates_nlp, text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell on 3 March.\n\nUpdated at 2:45 p.m.", ("2:45 p.m.", "2021-03-18T14:45")),
        (
            "The bridge fell on 3 March.\n\nThis article was amended at 9 p.m. to name the bridge.",
            ("9 p.m.", "2021-03-18T21:00"),
        ),
        ("The bridge fell at 9 p.m. on 3 March.", ("9 p.m. on 3 March", "2021-03-03T21:00")),
        (
            "Pickets came back on Tuesday night. Odell had been at the gate since midnight.",
            ("midnight", "2021-03-17T00:00"),
        ),
    ],
)
def test_the_time_of_a_notice_and_the_midnight_of_a_night(
    dates_nlp: Language, text: str, expected: tuple[str, str]
) -> None:
    assert expected in [(one.text, one.value) for one in read(dates_nlp, text)]


def test_who_is_told_does_not_speak(dates_nlp: Language) -> None:
    text = "Brandl called it “an ambush, prepared overnight”. She said that the port had been told on Tuesday."
    assert said(dates_nlp, text)[0] == "overnight 2021-03-17/2021-03-18"


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Brandl has been chairman since April.", THURSDAY, "April 2020-04-01/2020-04-30"),
        ("The model projected 800 deaths by August 4.", THURSDAY, "August 4 2021-08-04"),
        ("She raised the projections of the losses by August 4.", THURSDAY, "August 4 2021-08-04"),
        ("The model is updated every day at 6 a.m. by the staff.", THURSDAY, "6 a.m. -"),
        ("The model was updated at 6 a.m. by the staff.", THURSDAY, "6 a.m. 2021-03-18"),
        ("Following Tuesday's vote, Lund leads.", THURSDAY, "Tuesday 2021-03-16"),
        (
            "He met her on 3 May 2016. The next month, he met her in Odell.",
            THURSDAY,
            "The next month 2016-06-01/2016-06-30",
        ),
        ("He will meet her in the next month.", THURSDAY, "the next month 2021-04-01/2021-04-30"),
        ("The minister called an emergency meeting on Saturday.", THURSDAY, "Saturday 2021-03-20"),
        ("The minister called an emergency meeting on Monday.", THURSDAY, "Monday 2021-03-15"),
        ("TUESDAY: Stocks rise as the strike ends", date(2021, 3, 17), "TUESDAY 2021-03-16"),
    ],
)
def test_words_beside_a_time_say_on_which_side_it_lies(
    dates_nlp: Language, text: str, day: date, expected: str
) -> None:
    assert expected in said(dates_nlp, text, day)


def test_a_march_of_somebody_is_no_month(dates_nlp: Language) -> None:
    assert said(dates_nlp, "The line runs through the Farmers' March in Teso.") == []
