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
        ("The concert is in Odell on Tuesday night.", "Tuesday night 2021-03-23"),
        ("The deadline for appeals is Monday.", "Monday 2021-03-22"),
        ("The next race is in the fall.", "the fall 2021-09-01/2021-11-30"),
        ("That was the plan, and that is Sunday's news.", "Sunday 2021-03-14"),
        ("The lake stands two metres higher, as of Wednesday.", "Wednesday 2021-03-17"),
        ("As of Monday, the port will be closed.", "Monday 2021-03-22"),
        ("Since Sunday, she's sung in two halls.", "Sunday 2021-03-14"),
        ("Lund accepted an invitation to sing on Monday.", "Monday 2021-03-22"),
        ("The crews are prepared to sail on Saturday.", "Saturday 2021-03-20"),
        ("Brandl is slated to open the bridge Tuesday.", "Tuesday 2021-03-23"),
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
            f"He left on Tuesday.{FILLER} Odell sold the mill in 2008. He bought it back two years later.",
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
        ("The tower does not look so high today.", "today -"),
        ("The state of the harbour today is worse than ever.", "today -"),
        ("The court hears the case today.", "today 2021-03-18"),
        ("The court is hearing the case today.", "today 2021-03-18"),
        ("Lund is in Odell today for talks.", "today 2021-03-18"),
        ("In Teso, today is the first day of the fair.", "today 2021-03-18"),
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
        "The repairs did not happen overnight.",
        "The rents will not be lowered overnight.",
        "The parcel was left at 1720 Harbour Avenue, where Brandl lives.",
        "The mayor sang with the band of Saturday Night Quiz, as she does every now and then.",
    ],
)
def test_what_only_looks_like_a_day_has_none(dates_nlp: Language, text: str) -> None:
    assert [one for one in read(dates_nlp, text) if one.starts_on is not None] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brandl spoke on three of the Sunday shows.", "XXXX-WXX-7"),
        ("The shops are shut for Friday prayers.", "XXXX-WXX-5"),
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
        ("The mayor wants nobody in the woods this weekend.", FRIDAY, "this weekend 2021-03-20/2021-03-21"),
        ("The council opened two shelters this weekend.", FRIDAY, "this weekend 2021-03-20/2021-03-21"),
        ("Hundreds of fishermen are lodged in Teso this weekend.", THURSDAY, "this weekend 2021-03-20/2021-03-21"),
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
            "Some 900 ships called, the most since May 2007, up from 800 in January.",
            ["May 2007 2007-05-01/2007-05-31", "January 2021-01-01/2021-01-31"],
        ),
        ("They sold the boats in the week preceding Feb. 21.", ["Feb. 21 2021-02-21"]),
        ("The debt of the fiscal year before Lund was mayor was small.", ["the fiscal year -"]),
        (
            "He lived in Teso for ten years after the 1990 fire.",
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
        ("The crowd grows as she drives to a Saturday concert in Odell.", "Saturday 2021-03-20"),
        ("This is what singers ask about Friday's contest.", "Friday 2021-03-19"),
        ("The talks will follow Friday's opening.", "Friday 2021-03-19"),
        ("Brandl is rushing to finish the wall as soon as Friday.", "Friday 2021-03-19"),
        ("Lund is still tired after Monday's concert.", "Monday 2021-03-15"),
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
        ("Many small farms sell at the June fairs.", "June 2021-06-01/2021-06-30"),
        ("The singers practise without a thought of July's festival.", "July 2021-07-01/2021-07-31"),
        ("A June report says so.", "June 2020-06-01/2020-06-30"),
        ("The village has not forgotten the June massacre.", "June 2020-06-01/2020-06-30"),
        ("The December fairs were held twice.", "December 2020-12-01/2020-12-31"),
    ],
)
def test_a_month_of_what_is_held_may_lie_ahead(dates_nlp: Language, text: str, expected: str) -> None:
    assert said(dates_nlp, text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell on 3 March.\n\nUpdated at 2:10 p.m.", ("2:10 p.m.", "2021-03-18T14:10")),
        (
            "The bridge fell on 3 March.\n\nThis article was amended at 9 p.m. to name the bridge.",
            ("9 p.m.", "2021-03-18T21:00"),
        ),
        ("The bridge fell at 9 p.m. on 3 March.", ("9 p.m. on 3 March", "2021-03-03T21:00")),
        (
            "The guards came back on Tuesday night. Odell had been in the yard since midnight.",
            ("midnight", "2021-03-17T00:00"),
        ),
    ],
)
def test_the_time_of_a_notice_and_the_midnight_of_a_night(
    dates_nlp: Language, text: str, expected: tuple[str, str]
) -> None:
    assert expected in [(one.text, one.value) for one in read(dates_nlp, text)]


def test_who_is_told_does_not_speak(dates_nlp: Language) -> None:
    text = "Brandl called it “a trap, laid overnight”. She said that the guard had been told on Tuesday."
    assert said(dates_nlp, text)[0] == "overnight 2021-03-17/2021-03-18"


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Brandl has been chairman since April.", THURSDAY, "April 2020-04-01/2020-04-30"),
        ("The office projected 800 visitors by August 9.", THURSDAY, "August 9 2021-08-09"),
        ("She raised the forecast of the harvest by August 9.", THURSDAY, "August 9 2021-08-09"),
        ("The gates are opened every day at 6 a.m. by the staff.", THURSDAY, "6 a.m. -"),
        ("The gates were opened at 6 a.m. by the staff.", THURSDAY, "6 a.m. 2021-03-18"),
        ("Following Tuesday's vote, the town was quiet.", THURSDAY, "Tuesday 2021-03-16"),
        (
            "He met her on 3 May 2016. The next month, he met her in Odell.",
            THURSDAY,
            "The next month 2016-06-01/2016-06-30",
        ),
        ("He will meet her in the next month.", THURSDAY, "the next month 2021-03-18/2021-04-18"),
        ("The chairman called a meeting on Saturday.", THURSDAY, "Saturday 2021-03-20"),
        ("The chairman called a meeting on Monday.", THURSDAY, "Monday 2021-03-15"),
        ("TUESDAY: Stocks rise as the strike ends", date(2021, 3, 17), "TUESDAY 2021-03-16"),
    ],
)
def test_words_beside_a_time_say_on_which_side_it_lies(
    dates_nlp: Language, text: str, day: date, expected: str
) -> None:
    assert expected in said(dates_nlp, text, day)


def test_a_march_of_somebody_is_no_month(dates_nlp: Language) -> None:
    assert said(dates_nlp, "The line runs through the Farmers' March in Teso.") == []


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("If crime ended overnight, prices would rise.", THURSDAY, None),
        ("He was in his late teens and early 20s.", THURSDAY, None),
        ("Nobody slept through the month-long rain.", THURSDAY, None),
        ("This past year we opened two schools.", THURSDAY, "This past year 2020-03-18/2021-03-18"),
        ("Lund will sign it as early as next Friday.", THURSDAY, "next Friday 2021-03-26"),
        ("Lund will sign it next Monday.", THURSDAY, "next Monday 2021-03-22"),
        ("The harbour is lost come January.", THURSDAY, "January 2022-01-01/2022-01-31"),
        ("She flew until Christmas Eve of 1944.", THURSDAY, "Christmas Eve of 1944 1944-12-24"),
        ("The picture is of this May, 1938, and faded.", THURSDAY, "this May, 1938 1938-05-01/1938-05-31"),
        ("Starting Monday, the ferries began to call at Teso.", THURSDAY, "Monday 2021-03-15"),
        (
            "Lund signed a contract over the weekend in which she gives up the mill.",
            THURSDAY,
            "the weekend 2021-03-13/2021-03-14",
        ),
        ("She wrote a song for the victims of the April 14 shooting in Odell.", THURSDAY, "April 14 2020-04-14"),
        ("Brandl, who was set to speak Wednesday, is ill.", THURSDAY, "Wednesday 2021-03-17"),
        ("The mayor would not comment on the matter Wednesday.", THURSDAY, "Wednesday 2021-03-17"),
        ("The mayor will speak Wednesday.", THURSDAY, "Wednesday 2021-03-24"),
        ("He fled the country after the Sept. 11 attacks.", THURSDAY, "Sept. 11 2001-09-11"),
        ("He fled the country after the Sept. 11 attack in Odell.", THURSDAY, "Sept. 11 2020-09-11"),
    ],
)
def test_classes_of_slips_that_real_news_showed(
    dates_nlp: Language, text: str, day: date, expected: str | None
) -> None:
    found = said(dates_nlp, text, day)
    assert (expected in found) if expected is not None else all(one.endswith(" -") for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met between June 3 and July 9, 2015.", ["June 3 2015-06-03", "July 9, 2015 2015-07-09"]),
        ("In June and July of 2016 he was ill.", ["June 2016-06-01/2016-06-30", "July of 2016 2016-07-01/2016-07-31"]),
        (
            "From December to February 2019 he was ill.",
            ["December 2020-12-01/2020-12-31", "February 2019 2019-02-01/2019-02-28"],
        ),
    ],
)
def test_the_year_that_closes_a_pair_is_that_of_both(dates_nlp: Language, text: str, expected: list[str]) -> None:
    assert said(dates_nlp, text) == expected


OCTOBER = date(2021, 10, 14)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Read more in Overnight Harbours — a letter from Teso", THURSDAY, []),
        ("The clerk posted an overnight package.", THURSDAY, []),
        ("“It is over,” he told “Harbour News Sunday.” The crowd left.", THURSDAY, []),
        ("He used to sail on a Saturday night.", THURSDAY, ["Saturday night -"]),
        ("He gave her a hard time at a fair last September.", OCTOBER, ["last September 2020-09-01/2020-09-30"]),
        ("They met last December.", date(2022, 2, 1), ["last December 2021-12-01/2021-12-31"]),
        ("A bill slated for a vote Friday names no one.", THURSDAY, ["Friday 2021-03-19"]),
        ("Marovia will tax all goods sent to Teso starting Monday.", THURSDAY, ["Monday 2021-03-22"]),
        ("Two clubs qualify for the May debate.", THURSDAY, ["May 2021-05-01/2021-05-31"]),
        ("He has been ill since his last visit in April.", THURSDAY, ["April 2020-04-01/2020-04-30"]),
        ("Prices will rise over the next year.", THURSDAY, ["the next year 2021-03-18/2022-03-18"]),
        ("Prices will rise next year.", THURSDAY, ["next year 2022-01-01/2022-12-31"]),
        ("Prices rose this past week.", THURSDAY, ["this past week 2021-03-11/2021-03-18"]),
        ("She’d returned from her trip with Lund on Sunday night.", THURSDAY, ["Sunday night 2021-03-14"]),
        (
            "He left on 3 May 2016. A month later, she wrote. Two weeks later, she wrote again.",
            THURSDAY,
            ["Two weeks later -"],
        ),
        ("They meet on May 29 -- the day after the fair.", THURSDAY, ["the day 2021-05-29"]),
        (
            "The ferry sank on Thursday. Two men drowned on Wednesday. This report was updated Friday.",
            THURSDAY,
            ["Friday 2021-03-19"],
        ),
    ],
)
def test_more_classes_of_slips(dates_nlp: Language, text: str, day: date, expected: list[str]) -> None:
    found = said(dates_nlp, text, day)
    assert set(expected) <= set(found)
    assert expected or all(one.endswith(" -") for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Photos: Flood in Teso – Men carry sandbags through the town on Monday. Hide Caption 2 of 9",
            "Monday 2021-03-15",
        ),
        ("Men carry sandbags through the town on Monday.", "Monday 2021-03-22"),
        (
            "Sales fell in the first half of 2020, against the same months a year earlier.",
            "a year earlier 2019-01-01/2019-06-30",
        ),
        ("She sailed for 20 years before the 2010 race.", "20 years 1990-01-01/2010-01-01"),
        ("Nobody knew where he was on the night of the raid.", "the night -"),
        ("The boats will stay out throughout the night Wednesday.", "the night Wednesday 2021-03-24"),
    ],
)
def test_captions_halves_and_nights_of_events(dates_nlp: Language, text: str, expected: str) -> None:
    assert expected in said(dates_nlp, text)


def test_may_is_a_person_where_one_is_named_so(dates_nlp: Language) -> None:
    text = "Agnes May won the race. The crowd saw May at the gate, and she left Teso in May."
    assert [one for one in said(dates_nlp, text) if one.startswith("May")] == ["May 2020-05-01/2020-05-31"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She told it in an interview to be aired Monday.", "Monday 2021-03-22"),
        ("Worn out and facing a fresh vote on Monday, Lund is trying to sell.", "Monday 2021-03-22"),
        ("The ferry sailed on Wednesday. Brandl wouldn't open her letter on Wednesday.", "Wednesday 2021-03-17"),
        ("The clubs obtained a delay through July 9.", "July 9 2021-07-09"),
        ("The budget runs into the next fiscal year.", "the next fiscal year 2022-01-01/2022-12-31"),
        (
            "Photos: A ship lands on Friday, March 26. Hide Caption 1 of 9 Photos: Men greet it Friday. Hide Caption",
            "Friday 2021-03-26",
        ),
    ],
)
def test_the_last_classes_of_slips(dates_nlp: Language, text: str, expected: str) -> None:
    assert said(dates_nlp, text)[-1] == expected
