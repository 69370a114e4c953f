"""On which day something was said, over a run of speech, an interview or a letter, in sentences of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.extract.claims import claims_of
from flows.extract.doc import make_doc
from flows.records import CleanArticle, Document, Segment

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model
SUNDAY = date(2014, 6, 22)


def read(nlp: Language, text: str) -> Doc:
    """The text as an article of Monday 23 June 2014, a paragraph a segment."""
    segments, start = [], 0
    for n, paragraph in enumerate(text.split("\n\n")):
        end = start + len(paragraph)
        segments.append(Segment(n, "body", True, start, end, start, end, paragraph))
        start = end + 2
    day = date(2014, 6, 23)
    document = Document("d1", "x1", "wire", "x1.txt", "h", text=text)
    of = CleanArticle(document, "a1", None, (), None, "en", day, "given", day, text, text, tuple(segments))
    doc = make_doc(nlp, of)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def days(nlp: Language, text: str) -> list[date | None]:
    return [claim.said_on for claim in read(nlp, text)._.claims]


def test_an_interview_is_one_day_however_long_it_is_told(nlp: Language) -> None:
    text = (
        "In an interview with the Brod Courier on Sunday, Anna Keller said that the dam was old.\n\n"
        "The dam was built by prisoners. It has three gates. One of them is stuck.\n\n"
        "Keller denied that she knew of it. Asked whether it would be mended, she said that money was short."
    )
    assert set(days(nlp, text)) == {SUNDAY}


def test_what_was_said_before_gives_the_rest_no_day(nlp: Language) -> None:
    text = "Anna Keller had told the Brod Courier on Sunday that the dam was old. “It leaks,” she said."
    assert days(nlp, text) == [SUNDAY, None]


def test_a_quotation_gives_its_day_to_what_stands_right_before(nlp: Language) -> None:
    text = "An officer said that the road was mined.\n\n“We left at noon,” the officer said on Sunday."
    assert days(nlp, text) == [SUNDAY, SUNDAY]


def test_the_lead_sums_up_the_interview_below_it(nlp: Language) -> None:
    text = (
        "Anna Keller has promised to mend the dam.\n\n"
        "In an interview with the Brod Courier on Sunday, Keller said that the dam was old."
    )
    assert days(nlp, text) == [SUNDAY, SUNDAY]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Keller said in a radio interview on Sunday that the dam was old.",
        "In a letter to the families that was published on Sunday, Anna Keller wrote: “The dam is old.”",
        "A poll published on Sunday found that most people feared the dam.",
    ],
)
def test_the_day_of_the_interview_letter_or_poll(nlp: Language, text: str) -> None:
    assert days(nlp, text)[0] == SUNDAY


def test_the_day_that_a_letter_is_about_is_not_its_own(nlp: Language) -> None:
    assert days(nlp, "Anna Keller wrote in a letter about the flood on Sunday that the dam was old.") == [None]


def test_a_later_appearance_has_a_day_of_its_own(nlp: Language) -> None:
    text = (
        "Anna Keller addressed the council on Friday. “The dam will hold,” Keller said. "
        "On Sunday Keller addressed the council again. “The dam is lost,” she said."
    )
    assert days(nlp, text) == [date(2014, 6, 20), SUNDAY]


FRIDAY = date(2014, 6, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("“The bridge is unsafe,” Brandl said in an interview with Radio Teso on 4 May 2012.", date(2012, 5, 4)),
        ("Brandl wrote in a May 4, 2012, memo that the bridge was unsafe.", date(2012, 5, 4)),
        ("The mayor remembered Friday, when he asked them to let the ferry through.", FRIDAY),
        ("The town recalls a meeting on Friday at which the mayor said that the dam would hold.", FRIDAY),
    ],
)
def test_the_day_that_stands_with_the_occasion(nlp: Language, text: str, day: date) -> None:
    assert day in days(nlp, text)


def test_the_day_of_a_paper_holds_for_what_the_paper_says_next(nlp: Language) -> None:
    text = "The company sent a letter to the families on Friday. The letter says that the gates were stuck."
    assert days(nlp, text) == [FRIDAY]


def test_an_answer_has_the_day_of_its_question(nlp: Language) -> None:
    text = "On Friday her spokesman, asked whether that included her own cabinet, said that it was early."
    doc = read(nlp, text)
    assert [c.said_on for c in doc._.claims] == [FRIDAY, FRIDAY]
    assert doc._.claims[1].speaker.of(doc.text) == "her spokesman"


@pytest.mark.parametrize(
    "after",
    [
        "On Sunday the dam burst. “We are sorry,” Brandl said.",
        "Three gates are stuck. “It leaks,” Brandl told the Kostrel Courier.",
        "Three gates are stuck. At a rally in Teso, Brandl said the dam would hold.",
    ],
)
def test_an_interview_ends_where_something_later_is_told_or_another_begins(nlp: Language, after: str) -> None:
    text = f"Ada Brandl said in an interview with Reuters on Friday that the dam was old. {after}"
    assert days(nlp, text) == [FRIDAY, None]


def test_an_interview_told_again_is_the_same_one(nlp: Language) -> None:
    text = (
        "Ada Brandl said in an interview with Reuters on Friday that the dam was old. Three gates are stuck. "
        "“It leaks,” Brandl said in a telephone interview."
    )
    assert days(nlp, text) == [FRIDAY, FRIDAY]


def test_what_others_answer_does_not_end_a_run(nlp: Language) -> None:
    text = (
        "Ada Brandl said on Friday that the dam was old. Kira Lund denied it. Lund called it a lie. "
        "“It leaks,” Brandl said."
    )
    assert days(nlp, text) == [FRIDAY, None, None, FRIDAY]


SAID = "Ada Brandl said on Friday that the dam was old. "


@pytest.mark.parametrize(
    "text",
    [
        SAID + "On Sunday the dam burst. Brandl said she was sorry.",
        SAID + "By Sunday, the dam was gone. “We will rebuild,” she said.",
        SAID + "Two days later the dam burst. She said that she was sorry.",
        SAID + "Later in the week, the council voted. Brandl said she was glad.",
        SAID + "Brandl, who was sacked on Sunday, said she was sorry.",
        SAID + "Her office said on Sunday that she was wrong. Brandl said the dam was safe.",
        SAID + "She said that the gates broke on Sunday.",
        SAID + "By Thursday, the dam was gone. “We will rebuild,” she said.",
        SAID + "Afterwards the dam burst. Brandl said she was sorry.",
    ],
)
def test_what_is_said_after_something_later_is_not_said_on_the_day_before(nlp: Language, text: str) -> None:
    found = days(nlp, text)
    assert (found[0], found[-1]) == (FRIDAY, None)


@pytest.mark.parametrize(
    "text",
    [
        SAID + "Later that day she said that it leaked.",
        SAID + "The dam was built in 1950. Brandl said that it leaked.",
        SAID + "The council votes next week. Brandl said that it leaked.",
        SAID + "“It leaks,” she said in a statement.",
        SAID + "Brandl blamed the mayor, who resigned on Sunday.",
        SAID + "“It leaks,” she said at a rally in Brod.",
        SAID + "At the Lund Institute, which was founded last year, Brandl said that it leaked.",
        SAID + "According to Lund Radio, which went on air last year, Brandl said that it leaked.",
    ],
)
def test_what_is_said_next_is_said_on_the_same_day(nlp: Language, text: str) -> None:
    assert days(nlp, text) == [FRIDAY, FRIDAY]


@pytest.mark.parametrize(
    "text",
    [
        SAID + "“The gates leak,” she said in a text message.",
        SAID + "In a book last year, she said that it leaked.",
        SAID + "She said at a rally in May that the gates leaked.",
        SAID + "In court, she said that it leaked.",
        SAID + "Brandl filled in a questionnaire, in which she said that it leaked.",
        SAID + "She called it safe after the vote on Sunday.",
        SAID + "Brandl has kept silent since, suggesting that it is safe.",
        SAID + "Brandl campaigned against it in 2010, accusing the owner of greed.",
        SAID + "She constantly warned that the gates leaked.",
        "On Friday Ada Brandl met the families. She said in a text message that the dam was old.",
        "On Friday Ada Brandl met the families. In a book published last year, she said that the dam was old.",
        "On Friday Ada Brandl met the families. At a rally in Brod, she said that the dam was old.",
        "On Friday Ada Brandl met the families. Two days later the dam burst. She said that she was sorry.",
        "Ada Brandl told the Brod Courier on Friday that the dam was old. “It leaks,” she said at a rally.",
    ],
)
def test_what_has_a_paper_an_occasion_or_a_time_of_its_own_takes_no_day_from_before(nlp: Language, text: str) -> None:
    assert days(nlp, text)[-1] != FRIDAY


def test_the_newspaper_is_the_one_that_was_told_before(nlp: Language) -> None:
    text = "Ada Brandl told the Brod Courier on Sunday that the dam was old. “It leaks,” she told the newspaper."
    assert days(nlp, text) == [SUNDAY, SUNDAY]


def test_what_was_said_was_not_said_on_the_day_of_what_will_be(nlp: Language) -> None:
    text = "Teso Power will announce next Sunday that the dam is sold. Teso Power said that nobody knew."
    assert days(nlp, text)[-1] is None


def test_whose_letter_it_is_makes_it_the_one_told_of_before(nlp: Language) -> None:
    text = "A letter that Teso Power sent to the families on Sunday goes further. The company's letter says it was old."
    assert days(nlp, text)[-1] == SUNDAY


def test_a_speech_told_before_is_the_occasion_itself(nlp: Language) -> None:
    text = "On Friday Ada Brandl addressed the council. She said in her speech that the dam was old."
    assert days(nlp, text) == [FRIDAY]


@pytest.mark.parametrize(
    ("place", "day"), [("", FRIDAY), (" in the market", None)], ids=["nowhere else", "somewhere else"]
)
def test_two_replies_part_a_saying_from_the_next_only_when_that_has_a_place(
    nlp: Language, place: str, day: date | None
) -> None:
    text = (
        f"{SAID}“It is new,” Kira Lund replied. “It is safe,” said the engineer. “Nobody knows,” the mayor added. "
        f"“It leaks,” Brandl said{place}."
    )
    assert days(nlp, text)[-1] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ada Brandl, speaking to the BBC on Sunday, said the dam was old.", SUNDAY),
        ("Ada Brandl, in a speech on Sunday in Brod, said the dam was old.", SUNDAY),
        ("The council sat on Sunday as Ada Brandl said that the dam was old.", SUNDAY),
        ("As Ada Brandl said that day, the dam leaked on Sunday.", None),
        ("On Sunday the council sat, after Ada Brandl said the dam was old.", None),
        ("Ada Brandl said at a meeting called for Sunday that the dam was old.", None),
        ("Ada Brandl said in an interview before Sunday that the dam was old.", None),
        ("Ada Brandl has denied since Sunday that the dam was old.", None),
        ("Ada Brandl denied until Sunday that the dam was old.", None),
        ("Ada Brandl asked for help from Friday.", None),
        ("The vote was put off until 30 June, when Ada Brandl said that the dam would open.", None),
        ("In a short talk Sunday just after 10 p.m., Ada Brandl said that the dam was old.", SUNDAY),
        ("The price has fallen since Sunday, when Ada Brandl said that the dam was old.", SUNDAY),
    ],
)
def test_the_day_is_that_of_speaking(nlp: Language, text: str, day: date | None) -> None:
    assert days(nlp, text) == [day]


def test_a_thursday_read_as_the_next_is_not_the_day_of_what_was_said(nlp: Language) -> None:
    doc = read(nlp, "Ada Brandl said on Thursday that the dam was old.")
    thursday = date(2014, 6, 26)
    doc._.dates = tuple(replace(found, starts_on=thursday, ends_on=thursday) for found in doc._.dates)
    assert [claim.said_on for claim in claims_of(doc)] == [None]


@pytest.mark.parametrize("when", ["today", "this morning", "yesterday"])
def test_the_today_of_a_relayed_passage_is_not_the_pages_own(nlp: Language, when: str) -> None:
    said = f"“The dam is old and three of its gates are stuck,” Anna Keller said {when}."
    assert days(nlp, f"The dam leaks.\n\nThe Guardian reports:\n\n{said}") == [None]
    assert days(nlp, f"The dam leaks.\n\n{said}") != [None]
    sunday = said.replace(when, "on Sunday")
    assert days(nlp, f"The dam leaks.\n\nThe Guardian reports:\n\n{sunday}") == [SUNDAY]


def test_a_day_between_the_verb_of_saying_and_its_clause_is_of_the_saying(nlp: Language) -> None:
    text = "Anna Keller said on Harbour Radio Friday night she expects the dam to hold."
    doc = read(nlp, text)
    (claim,) = doc._.claims
    assert claim.said_on == date(2014, 6, 20)
    assert doc.text[claim.parts[0].start : claim.parts[0].end] == "she expects the dam to hold"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The inquiry heard on Thursday that the alarm was off. Lund told the inquiry that he had reported it.",
            date(2014, 6, 19),
        ),
        (
            "Teso went on trial in Odell on Friday. The clerk told the court that he had burnt the bill.",
            date(2014, 6, 20),
        ),
        (
            "The court had heard on Tuesday from a clerk, Jan Lund, who said the bill was burnt.",
            date(2014, 6, 17),
        ),
        (
            "Teso was jailed for four years on Friday. The judge said that he had sold what was not his.",
            date(2014, 6, 20),
        ),
        # what was told a court before its ruling was told on another day
        ("Teso was jailed for four years on Friday. The clerk told the court that he had burnt the bill.", None),
        # far from where the sitting is told, nothing says that it is the same
        (
            """The inquiry heard on Thursday that the alarm was off. The pit lies near Odell. It is deep.
            Lund told the inquiry that he had reported it.""",
            None,
        ),
        # a paper is no sitting
        ("The shop opened on Thursday. Lund told the court that he had reported it.", None),
    ],
)
def test_what_a_sitting_is_told_is_told_on_its_day(nlp: Language, text: str, expected: date | None) -> None:
    assert days(nlp, text)[-1] == expected


def test_an_apology_is_an_appearance(nlp: Language) -> None:
    said = days(nlp, "Lund apologised to the families on Thursday. He said he had known nothing of it.")
    assert said[-1] == date(2014, 6, 19)
