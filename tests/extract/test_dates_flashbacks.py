"""Which day a time of day belongs to where a text looks back or aside, and days that are told in two steps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.records import CleanArticle, Document, TimeExpression

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model
THURSDAY = date(2021, 3, 18)


def read(nlp: Language, text: str, day: date | None = THURSDAY) -> dict[str, TimeExpression]:
    """The expressions of a text of that day by their words."""
    doc = nlp.make_doc(text)
    document = Document("d", "d", "test", "test", "hash", text=text)
    basis = "none" if day is None else "metadata"
    doc._.article = CleanArticle(document, "a", None, (), None, "en", day, basis, day, text, text, ())
    return {found.text: found for found in nlp(doc)._.dates}


def value(nlp: Language, text: str, expression: str) -> str:
    return read(nlp, text)[expression].value


@pytest.mark.parametrize(
    ("text", "expression", "expected"),
    [
        # a clause that looks back, or tells one thing from others, leaves the story where it was
        (
            "Lund opened the gate on Wednesday. He had locked it on Sunday. At 3 p.m. the first cars drove in.",
            "3 p.m.",
            "2021-03-17T15:00",
        ),
        (
            "Police came on Wednesday. Two men who had lain there since Monday were led away in the morning.",
            "the morning",
            "2021-03-17TMO",
        ),
        (
            "The road reopened on Wednesday. It had been closed since Saturday. Buses ran again by 6 a.m.",
            "6 a.m.",
            "2021-03-17T06:00",
        ),
        (
            "Teso led by a hair early Thursday after Wednesday's vote, with counting to go on at 9 a.m.",
            "9 a.m.",
            "2021-03-18T09:00",
        ),
        # in a flashback of its own a time of day is of what that tells
        (
            "Lund opened the gate on Wednesday. He had locked it on Sunday and left it at noon.",
            "noon",
            "2021-03-14T12:00",
        ),
        # what the sentence came after lies before it
        (
            "On Monday the talks began at 10 a.m. and ended after the minister left at 11 p.m.",
            "11 p.m.",
            "2021-03-15T23:00",
        ),
        ("Dockers walked out this morning after talks broke down at 11 p.m.", "11 p.m.", "2021-03-17T23:00"),
        ("Dockers walked out this morning after talks broke down at 4 a.m.", "4 a.m.", "2021-03-18T04:00"),
        # the hours around midnight
        ("They met late on Tuesday. Shots were heard until about 2 a.m.", "2 a.m.", "2021-03-17T02:00"),
        ("They met on Tuesday night. He spoke shortly before midnight.", "midnight", "2021-03-16T24:00"),
        # no day follows from a week
        (
            "It burned on 3 March. The roof fell a week later, at 2.50 in the afternoon.",
            "2.50 in the afternoon",
            "XXXX",
        ),
        # the night of something that nothing dates
        ("The pier burned on Tuesday. He was last seen on the night of the gale.", "the night", "XXXX-XX-XXTNI"),
        ("A gale broke the pier on Tuesday. He was last seen on the night of the gale.", "the night", "2021-03-16TNI"),
    ],
)
def test_a_time_of_day_is_of_the_story_and_not_of_an_aside(
    dates_nlp: Language, text: str, expression: str, expected: str
) -> None:
    assert value(dates_nlp, text, expression).startswith(expected)


def test_a_time_of_day_in_a_quotation_goes_on_from_what_its_speaker_told(dates_nlp: Language) -> None:
    text = 'The count ended on Thursday evening. "We led at ten last night, and at noon we had lost," Lund said.'
    assert value(dates_nlp, text, "noon") == "2021-03-17T12:00"


@pytest.mark.parametrize(
    ("text", "expression", "expected"),
    [
        (
            "The works fired Brandl in May 2009, on the night of 12 May that year.",
            "the night of 12 May that year",
            "2009-05-12TNI",
        ),
        ("He came on 3 May 2011. He left on 30 June of the same year.", "30 June of the same year", "2011-06-30"),
        ("It rained in the second week of January. On the 14th the dam gave way.", "the 14th", "2021-01-14"),
        ("They met on the 3rd and 4th of March.", "the 3rd", "2021-03-03"),
        ("They met on Tuesday the 9th and parted.", "Tuesday the 9th", "2021-03-09"),
        ("It sank in the night from Thursday to Friday.", "the night from Thursday to Friday", "2021-03-11TNI"),
        ("It sank overnight between Monday and Tuesday.", "overnight between Monday and Tuesday", "2021-03-15TNI"),
        ("A second walkout is planned for the week after next.", "the week after next", "2021-W13"),
        ("They struck for three days earlier this month.", "three days", "P3D"),
        ("She will see him tomorrow at nine.", "tomorrow at nine", "2021-03-19T09:00"),
        ("I think it was a Tuesday.", "Tuesday", "XXXX-WXX-2"),
        ("He fell ill on 5 February. On the Monday he died.", "Monday", "2021-02-08"),
        ("The mayor knew it by the Monday.", "Monday", "XXXX-WXX-1"),
        ("The council gave Lund until Wednesday to answer.", "Wednesday", "2021-03-24"),
    ],
)
def test_days_told_in_two_steps(dates_nlp: Language, text: str, expression: str, expected: str) -> None:
    assert value(dates_nlp, text, expression) == expected


def test_a_day_beside_the_same_day_stays_a_day(dates_nlp: Language) -> None:
    found = read(dates_nlp, "The charter ended on March 3, the same day the funds ran out.")
    assert found["March 3"].value == "2021-03-03"


@pytest.mark.parametrize("which", ["past", "last"])
def test_the_past_fortnight_is_the_two_weeks_up_to_today(dates_nlp: Language, which: str) -> None:
    found = read(dates_nlp, f"They raised a million over the {which} fortnight.")[f"the {which} fortnight"]
    assert (found.starts_on, found.ends_on) == (date(2021, 3, 4), THURSDAY)


def test_the_next_fortnight_begins_today(dates_nlp: Language) -> None:
    found = read(dates_nlp, "Ships will wait over the next fortnight.")["the next fortnight"]
    assert (found.starts_on, found.ends_on) == (THURSDAY, date(2021, 4, 1))


def test_that_day_of_what_is_always_so_is_no_day_of_the_news(nlp: Language) -> None:
    feast = "Brandl said on Tuesday that she was ready. April 15 is the anniversary of the founding. "
    assert value(nlp, feast + "That day, a holiday in Marovia, is often marked by parades.", "That day") != "2021-03-16"
    assert value(nlp, "Brandl resigned on Tuesday. That day she was seen in Lund.", "That day") == "2021-03-16"
