"""What a time expression counts from: the day told before, the event beside it, plans, the day of speech."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.extract.dates import dates
from flows.records import CleanArticle, Document, TimeExpression

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model
THURSDAY = date(2021, 3, 18)


def read(nlp: Language, text: str, day: date | None = THURSDAY) -> list[TimeExpression]:
    doc = nlp.make_doc(text)
    document = Document("d", "d", "test", "test", "hash", text=text)
    basis = "none" if day is None else "metadata"
    doc._.article = CleanArticle(document, "a", None, (), None, "en", day, basis, day, text, text, ())
    return list(nlp(doc)._.dates)


def values(nlp: Language, text: str, day: date | None = THURSDAY) -> list[tuple[str, str]]:
    return [(found.text, found.value) for found in read(nlp, text, day)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor may have been at home on Tuesday.", "2021-03-16"),
        ("Neither the mayor nor his wife could be reached Wednesday.", "2021-03-17"),
        ("The prisoners were to have been freed on Monday.", "2021-03-15"),
        ("Weakness in mining hurt the index on Friday.", "2021-03-12"),
        ("The union has called a march for Sunday.", "2021-03-21"),
        ("The council put off the vote until June.", "2021-06"),
        ("The firm pledged to repay the loan by February.", "2022-02"),
        ("Dockers walked out over the sale, due in January.", "2022-01"),
        ("Police were sent in ahead of Saturday's march.", "2021-03-20"),
        ("He is due in court on Wednesday.", "2021-03-24"),
        ("The rally on Saturday is to end at the harbour.", "2021-03-20"),
        ("She faces a vote of confidence on Monday.", "2021-03-22"),
        ("The court demanded an answer by Monday.", "2021-03-22"),
        ("The search was to resume at dawn on Friday.", "2021-03-19TMO"),
        ("The offer had been due to expire on Monday.", "2021-03-15"),
    ],
)
def test_the_clause_says_on_which_side_a_day_lies(dates_nlp: Language, text: str, value: str) -> None:
    assert values(dates_nlp, text)[-1][1] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bell rang at half past one on Tuesday.", [("half past one on Tuesday", "2021-03-16T01:30")]),
        ("He came at a quarter to seven Friday morning.", [("a quarter to seven Friday morning", "2021-03-12T06:45")]),
        ("The pickets left on Friday at noon.", [("Friday at noon", "2021-03-12T12:00")]),
        ("The pickets left on Friday at 5 p.m. in the rain.", [("Friday at 5 p.m.", "2021-03-12T17:00")]),
        ("Talks will begin at 11 tomorrow morning.", [("11 tomorrow morning", "2021-03-19T11:00")]),
        ("He fled in the small hours of Monday.", [("the small hours of Monday", "2021-03-15TMO")]),
        (
            "The storm broke at ten past four in the afternoon.",
            [("ten past four in the afternoon", "2021-03-18T16:10")],
        ),
        ("The vote ended ten to four.", []),
        ("The shop is open 24 hours a day.", []),
        ("She walked in the annual March for Bread.", []),
        ("I have read the minutes twice over.", []),
        ("They blamed each other for Tuesday's failure.", [("Tuesday", "2021-03-16")]),
    ],
)
def test_times_of_the_day_and_what_is_none(dates_nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert values(dates_nlp, text) == expected


def test_half_of_a_month_has_its_days(dates_nlp: Language) -> None:
    (found,) = read(dates_nlp, "The bridge will reopen in the second half of April.")
    assert (found.value, found.starts_on, found.ends_on) == ("2021-04", date(2021, 4, 16), date(2021, 4, 30))
    assert found.edtf == "2021-04-16/2021-04-30"


def test_a_weekday_told_with_its_date_is_that_day_when_its_time_comes_again(dates_nlp: Language) -> None:
    text = "She rang on the evening of Monday, March 8. He denied her call on Monday evening. He left on Monday."
    told, again, other = read(dates_nlp, text)
    assert (told.value, again.value, again.anchor) == ("2021-03-08TEV", "2021-03-08TEV", "narrative")
    assert other.value == "2021-03-15"  # without its time it is the Monday of the news


def test_hours_later_than_a_clock_time_are_a_clock_time(dates_nlp: Language) -> None:
    text = "The bridge fell at 11:40 p.m. on Monday. A second blast came two hours later."
    found = read(dates_nlp, text)[-1]
    assert (found.timex_type, found.value, found.anchor) == ("TIME", "2021-03-16T01:40", "narrative")


def test_hours_later_than_a_morning_are_of_its_day(dates_nlp: Language) -> None:
    found = read(dates_nlp, "He posted the charge on Tuesday morning. He removed it an hour later.")[-1]
    assert (found.value, found.starts_on, found.anchor) == ("PT1H", date(2021, 3, 16), "narrative")
    night = read(dates_nlp, "He posted the charge on Tuesday night. He removed it an hour later.")[-1]
    assert (night.value, night.starts_on) == ("PT1H", None)


@pytest.mark.parametrize("words", ["900,000,000,000 hours later", "five hours earlier"])
def test_hours_beside_no_time_have_no_day(dates_nlp: Language, words: str) -> None:
    found = read(dates_nlp, f"The dam broke. Help came {words}.")[-1]
    assert (found.timex_type, found.starts_on) == ("DURATION", None)


def test_the_small_hours_after_a_told_night_are_of_the_next_day(dates_nlp: Language) -> None:
    text = "The raid began on Monday night. The last shots were heard at 2 a.m."
    assert values(dates_nlp, text)[-1] == ("2 a.m.", "2021-03-16T02:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid began on Monday night. They left before sunrise.", ("sunrise", "2021-03-16TMO")),
        ("The raid began on Monday. They left at dusk.", ("dusk", "2021-03-15TEV")),
        ("The guard left at 9 p.m. on the night of 14 March.", ("9 p.m. on the night of 14 March", "2021-03-14T21:00")),
        ("They met on Thursday last week.", ("Thursday last week", "2021-03-11")),
        ("It sank the night before last.", ("the night before last", "2021-03-16TNI")),
        (
            "The following Monday, 23 September, they came.",
            ("The following Monday, 23 September", "2019-09-23"),
        ),
        ("The tax takes effect on 1 January.", ("1 January", "2022-01-01")),
        ("There will be a siren by All Saints.", ("All Saints", "2021-11-01")),
    ],
)
def test_days_and_nights(dates_nlp: Language, text: str, expected: tuple[str, str]) -> None:
    assert values(dates_nlp, text)[-1] == expected


def test_a_day_to_come_is_not_what_the_past_goes_on_from(dates_nlp: Language) -> None:
    text = "Guards struck him on Monday. The trial will open on April 10. That evening he was freed."
    assert values(dates_nlp, text)[-1] == ("That evening", "2021-03-15TEV")


def test_the_day_after_an_event_is_counted_from_the_event(dates_nlp: Language) -> None:
    dated = read(dates_nlp, "It closed the day after Tuesday's raid.")[0]
    undated = read(dates_nlp, "She had been there since the night after the flood. He came on Monday.")[0]
    assert (dated.value, dated.anchor) == ("2021-03-17", "event")
    assert (undated.value, undated.anchor, undated.starts_on) == ("XXXX-XX-XXTNI", "event", None)


def test_the_evening_before_counts_from_what_was_told(dates_nlp: Language) -> None:
    assert values(dates_nlp, "The gate opened on Tuesday. It had been shut the evening before.")[-1] == (
        "the evening before", "2021-03-15TEV",
    )  # fmt: skip


def test_a_day_beside_its_date_is_that_date(dates_nlp: Language) -> None:
    found = read(dates_nlp, "He was last seen on March 3, the day before the court issued a warrant.")[-1]
    assert (found.text, found.value, found.anchor) == ("the day", "2021-03-03", "narrative")


def test_no_day_follows_from_an_event_of_some_day_in_a_month(dates_nlp: Language) -> None:
    found = read(dates_nlp, "The truce broke three days after last month's vote.")[0]
    assert (found.value, found.anchor, found.starts_on) == ("P3D", "event", None)


def test_a_clock_time_on_the_day_of_an_event_has_no_day(dates_nlp: Language) -> None:
    found = read(dates_nlp, "The log was published on Tuesday. The gates opened at 4 a.m. on the day of the storm.")[1]
    assert (found.value, found.anchor, found.starts_on) == ("XXXX-XX-XXT04:00", "event", None)


def test_what_is_said_in_quotation_marks_counts_from_the_day_of_speech(dates_nlp: Language) -> None:
    found = read(dates_nlp, "“We sail tonight,” the captain said.")[0]
    assert (found.value, found.anchor) == ("2021-03-18TNI", "speech")
    assert found.derivation.endswith("_of_untold_speech_day")
    (plain,) = read(dates_nlp, "The ship sails tonight.")
    assert (found.score or 0) < (plain.score or 0)


def test_in_an_undated_text_the_story_goes_on_from_its_weekday(dates_nlp: Language) -> None:
    text = "The two were charged on Friday. They were freed the same evening, at 8 p.m. in the rain."
    found = read(dates_nlp, text, None)
    assert [one.value for one in found] == ["XXXX-WXX-5", "XXXX-WXX-5TEV", "XXXX-WXX-5T20:00"]
    assert [(one.anchor, one.starts_on) for one in found[1:]] == [("narrative", None)] * 2


def test_a_text_that_dates_its_own_today_needs_no_publication_date(dates_nlp: Language) -> None:
    doc = dates_nlp.make_doc("The dam broke yesterday, 2 May 2019. The mayor resigned today.")
    doc = dates(dates_nlp(doc))
    assert doc._.reference_on == date(2019, 5, 3)
    assert doc._.dates[-1].value == "2019-05-03"


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("The dam broke this morning, Thursday 2 May 2019. The mayor resigned at noon.", date(2019, 5, 2)),
        ("Two days ago, on 2 May 2019, the dam broke. The mayor resigned today.", date(2019, 5, 4)),
        ("Today is 2 May 2019. The dam broke last night.", date(2019, 5, 2)),
        ("The dam broke last Thursday, 2 May 2019. The mayor resigned today.", None),  # which day of the next seven?
        ("“We meet today, 2 May 2019,” the minutes began. The mayor resigned on Friday.", None),
    ],
)
def test_what_is_counted_from_today_tells_it_where_its_date_stands_beside(
    dates_nlp: Language, text: str, today: date | None
) -> None:
    assert dates(dates_nlp(dates_nlp.make_doc(text)))._.reference_on == today


def test_the_weekday_beside_a_date_tells_its_year(dates_nlp: Language) -> None:
    assert values(dates_nlp, "On Wednesday 3 June the court ruled.") == [("Wednesday 3 June", "2020-06-03")]
    assert values(dates_nlp, "On 3 June the court ruled.") == [("3 June", "2021-06-03")]


def test_a_step_with_its_day_beside_it_is_that_day(dates_nlp: Language) -> None:
    step, day = read(dates_nlp, "A day earlier, on Monday, he had denied it.")
    assert (step.text, step.value, step.derivation) == ("A day earlier", "2021-03-15", "day_beside_it")
    assert day.value == "2021-03-15"


@pytest.mark.parametrize(
    ("text", "value", "derivation"),
    [
        ("He died on 12/05/1990.", "1990-XX-XX", "ambiguous_day_or_month_first"),
        ("That night the lights went out.", "XXXX-XX-XXTNI", "part_of_no_told_day"),
        (
            "He hopes to be home by Christmas. The talks are hard. Few trust him. She would leave the same evening.",
            "XXXX-XX-XXTEV",
            "part_of_day_ahead_told_long_before",
        ),
        ("The next day he flew home.", "XXXX-XX-XX", "next_day_of_no_told_day"),
    ],
)
def test_what_nothing_makes_certain_is_refused_with_its_reason(
    dates_nlp: Language, text: str, value: str, derivation: str
) -> None:
    found = read(dates_nlp, text)[-1]
    assert (found.value, found.derivation, found.anchor, found.starts_on) == (value, derivation, "none", None)


@pytest.mark.parametrize("day", [THURSDAY, None])
def test_a_date_without_a_year_goes_on_with_the_scene_told(dates_nlp: Language, day: date | None) -> None:
    text = "On 3 May 2009 the clerk left Lesk. On 7 May his wife followed, and in June they met."
    assert [(one.value, one.anchor) for one in read(dates_nlp, text, day)] == [
        ("2009-05-03", "explicit"), ("2009-05-07", "narrative"), ("2009-06", "narrative"),
    ]  # fmt: skip


def test_a_date_of_the_last_weeks_is_of_this_year(dates_nlp: Language) -> None:
    text = "On 3 March 2009 the clerk left Lesk. On 7 March his wife was buried."
    assert values(dates_nlp, text)[-1] == ("7 March", "2021-03-07")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("From Thursday until Saturday nobody slept.", "2021-03-11", "2021-03-13"),
        ("The road will be closed from Sunday to Tuesday.", "2021-03-21", "2021-03-23"),
        ("The road was closed from Monday to Wednesday.", "2021-03-15", "2021-03-17"),
    ],
)
def test_the_ends_of_a_stretch_are_in_order(dates_nlp: Language, text: str, first: str, last: str) -> None:
    assert [one.value for one in read(dates_nlp, text)] == [first, last]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lund votes a week from Saturday.", "2021-03-27"),
        ("The council meets two weeks from Monday.", "2021-04-05"),
        ("They want the poll put back until after the November festival.", "2021-11"),
        ("The fair would go on past Dec. 13 if a deal came together.", "2021-12-13"),
        ("By Wednesday, even the mayor’s spokeswoman called his words a mistake.", "2021-03-17"),
        ("September 15 is the big day for the port.", "2021-09-15"),
        ("A Lund Herald story on July 14 did name the firm.", "2020-07-14"),
        ("“The smoke was thicker by the end of the day,” she said.", "XXXX-XX-XX"),
        ("He spent the entire month of February 2008 in Lund.", "2008-02"),
    ],
)
def test_the_words_around_say_on_which_side_a_day_lies(dates_nlp: Language, text: str, value: str) -> None:
    assert [one for _, one in values(dates_nlp, text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Strike May End Bridge Works\n\nThe council was silent.",
        "They met at the All Saints Church of Lund.",
        "She bought a Christmas tree and an Easter bunny.",
    ],
)
def test_what_is_only_called_like_a_time_is_none(dates_nlp: Language, text: str) -> None:
    assert read(dates_nlp, text) == []


def test_a_holiday_that_dates_what_happened_is_a_day(dates_nlp: Language) -> None:
    assert values(dates_nlp, "The Christmas attack killed ten.") == [("Christmas", "2020-12-25")]


def test_days_in_a_row_go_on_over_today(dates_nlp: Language) -> None:
    found = values(dates_nlp, "The docks were shut on Wednesday, Thursday and Friday, the mayor said today.")
    assert [value for _, value in found][:3] == ["2021-03-17", "2021-03-18", "2021-03-19"]


def test_what_was_spoken_of_has_the_day_that_was_told_of_it(dates_nlp: Language) -> None:
    text = "An address to the port is set for Tuesday. The mayor announced the Tuesday address in a speech to dockers."
    assert [value for _, value in values(dates_nlp, text)] == ["2021-03-23", "2021-03-23"]
