"""Ages and days, names, edges, stories and plans: what was dated wrongly in news, and what looks like it and is not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.records import CleanArticle, Document, TimeExpression

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model
THURSDAY, SUNDAY = date(2021, 3, 18), date(2021, 3, 21)


def read(nlp: Language, text: str, day: date | None = THURSDAY) -> list[TimeExpression]:
    doc = nlp.make_doc(text)
    document = Document("d", "d", "test", "test", "hash", text=text)
    basis = "none" if day is None else "metadata"
    doc._.article = CleanArticle(document, "a", None, (), None, "en", day, basis, day, text, text, ())
    return list(nlp(doc)._.dates)


def days(nlp: Language, text: str, day: date | None = THURSDAY) -> list[str]:
    """Each expression with its days: "Friday 2021-03-19", "2019 2019-01-01/2019-12-31", "then -"."""
    found = []
    for one in read(nlp, text, day):
        both = "-" if one.starts_on is None else f"{one.starts_on}"
        found.append(f"{one.text} {both}" + ("" if one.starts_on == one.ends_on else f"/{one.ends_on}"))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Most of today's parents work.", "today -"),
        ("It is hard to live in today's economy.", "today -"),
        ("Rents were lower then than they are today.", "today -"),
        ("He compared it with the politics of today.", "today -"),
        ("Today's vote ended in uproar.", "Today 2021-03-18"),
        ("Today's talks ended in uproar.", "Today 2021-03-18"),
        ("The council meets today in Kostrel.", "today 2021-03-18"),
    ],
)
def test_today_may_be_the_age(dates_nlp: Language, text: str, expected: str) -> None:
    assert days(dates_nlp, text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The survey was made for Marovia Today by two students.",
        'She told the "Today" programme that the dam was safe.',
        "At the end of the day, the voters will decide.",
        "The scene is at 0:12 in the film.",
    ],
)
def test_names_and_sayings_are_no_days(dates_nlp: Language, text: str) -> None:
    assert days(dates_nlp, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge will be closed until the end of 2022.", ["the end of 2022 2022-12-31"]),
        ("The work must be done by the end of the month.", ["the end of the month 2021-03-31"]),
        ("He promised an answer by the end of the week.", ["the end of the week 2021-03-19/2021-03-21"]),
        ("The toll has been raised from the start of 2020.", ["the start of 2020 2020-01-01"]),
        ("At the end of 2019 the mill was sold.", ["the end of 2019 2019-01-01/2019-12-31"]),
        ("They met on 24 and 25 April last year.", ["24 2020-04-24", "25 April last year 2020-04-25"]),
        ("They met on April 24 and 25, 2019.", ["April 24 2019-04-24", "25, 2019 2019-04-25"]),
        ("The photo was taken this Oct. 4, 2019.", ["this Oct. 4, 2019 2019-10-04"]),
        ("He will answer by Friday week.", ["Friday week 2021-03-26"]),
        ("The fair opens a week on Friday.", ["a week on Friday 2021-03-26"]),
        ("Three weeks ago today the mine was shut.", ["Three weeks ago today 2021-02-25"]),
        ("Prices have doubled over the past week and a half.", ["the past week and a half 2021-03-08/2021-03-18"]),
        ("The shop is open every Monday or Tuesday.", ["every Monday -", "Tuesday -"]),
        ("Rents have doubled over the last decade.", ["the last decade 2011-03-18/2021-03-18"]),
        ("Costs will fall over the next decade.", ["the next decade 2021-03-18/2031-03-18"]),
        ("He has lost his seat in the past year.", ["the past year 2020-03-18/2021-03-18"]),
        ("A day earlier on Sunday he had wavered.", ["A day earlier 2021-03-14", "Sunday 2021-03-14"]),
        ("Prizes were given a year ago, on 5 February.", ["a year ago 2020-01-01/2020-12-31", "5 February 2020-02-05"]),
    ],
)
def test_edges_pairs_and_counted_weeks(dates_nlp: Language, text: str, expected: list[str]) -> None:
    assert days(dates_nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He spoke of the year she joined the firm.", "the year -"),
        ("The prize was given on the same day the couple met.", "the same day -"),
        ("She served the last two years of his term.", "the last two years -"),
        ("The plan was approved in the last two years.", "the last two years 2019-03-18/2021-03-18"),
        ("Sales fell in the last month of the year.", "the year 2021-01-01/2021-12-31"),
        ("In 2016 the mill burned. The mayor fled on the same day.", "the same day -"),
        ("Travellers who had been ill within the previous 14 days were sent home.", "the previous 14 days -"),
    ],
)
def test_a_unit_that_counts_from_what_nothing_dates_has_no_day(dates_nlp: Language, text: str, expected: str) -> None:
    assert days(dates_nlp, text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid came on Tuesday, a month after the 3 February fire. Two days later a man was held.", "2021-03-18"),
        ("The trial opened on 8 February. The following day a juror fell ill.", "2021-02-09"),
        ("The man fled on Wednesday. Ten days later he was found.", "-"),
        ("Three days after the rally a shop burned; ten days later two men were held.", "-"),
        ("On 8 February the pit was shut. Over the next two weeks prices fell.", "2021-02-08/2021-02-22"),
        ("It was September 1994. The union had collapsed three years earlier.", "1991-01-01/1991-12-31"),
        ("Circle March 31 with red ink. That Wednesday the council will vote.", "2021-03-31"),
        ("Four decades later, we still see the same trick.", "-"),
        ("The firm was sold in the autumn of 2019. It was split up the following spring.", "2020-03-01/2020-05-31"),
        ("It was founded in the spring of 2018. In July of that year it had four members.", "2018-07-01/2018-07-31"),
        ("The talks opened on 8 February. They broke off on the 20th of that month.", "2021-02-20"),
        ("On 7 December 2009 the ship sank, and on 14 January the owner was fined.", "2010-01-14"),
        ("He took the seat in January 1949 and died in October.", "1949-10-01/1949-10-31"),
        ("A plan is to be read on June 3, and the vote will be on the Thursday after that.", "2021-06-10"),
        ("The agency is pressing forward with raids beginning Sunday.", "2021-03-21"),
        ("The union announced a strike starting on Monday.", "2021-03-22"),
        ("If there is no deal by Tuesday, the men will walk out.", "2021-03-23"),
        ("A strike will begin on Saturday and last until Wednesday.", "2021-03-24"),
        ("The party hopes to win over voters in Tuesday's debate, which will be shown live.", "2021-03-23"),
        ("The vote that was first set for January 18 was put off.", "2021-01-18"),
        ("Despite striking a deal on Tuesday, the men will not return to work.", "2021-03-16"),
        ("The bill set a May deadline.", "2021-05-01/2021-05-31"),
        ("The figures for February will be lower.", "2021-02-01/2021-02-28"),
        ("The bridge will be closed in February.", "2022-02-01/2022-02-28"),
        ("Officials said that January was wet.", "2021-01-01/2021-01-31"),
    ],
)
def test_the_last_day_is_told_by_the_one_before_it_and_by_its_own_clause(
    dates_nlp: Language, text: str, expected: str
) -> None:
    assert days(dates_nlp, text)[-1].rpartition(" ")[2] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor resigned last week.", "last week 2021-03-15/2021-03-21"),
        ("The council will vote later this week.", "later this week 2021-03-22/2021-03-28"),
        ("The mill burned earlier this week.", "earlier this week 2021-03-15/2021-03-21"),
        ("The council will vote next week.", "next week 2021-03-22/2021-03-28"),
    ],
)
def test_on_a_sunday_the_week_that_ends_is_last_week(dates_nlp: Language, text: str, expected: str) -> None:
    assert days(dates_nlp, text, SUNDAY)[-1] == expected


def test_what_is_quoted_from_an_interview_counts_from_its_day(dates_nlp: Language) -> None:
    text = 'In an interview with the Kostrel Courier on March 12, he said he was ill. "Last night I fell," he said.'
    assert days(dates_nlp, text)[-1] == "Last night 2021-03-11"


def test_a_part_of_the_day_that_only_describes_a_noun_has_no_day(dates_nlp: Language) -> None:
    assert days(dates_nlp, "In 2016 they met for late-night talks.")[-1] == "late-night -"
    assert days(dates_nlp, "The mill burned on Tuesday. That night it rained.")[-1] == "That night 2021-03-16"


def test_a_clock_time_of_a_habit_has_no_day(dates_nlp: Language) -> None:
    text = "The mill burned on Tuesday. Its owner is old. He walks his dogs at 6:45."
    assert days(dates_nlp, text)[-1] == "6:45 -"
