"""Whom "the Utah Republican", "the governor", "the president" stand for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.extract.naming.particulars import state_in

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def meant(nlp: Language, text: str, description: str, day: date | None = None) -> str | None:
    """The name of whom the last mention that reads `description` stands for, in an article of `day`."""
    doc = nlp.make_doc(text)
    doc._.reference_on = day
    doc = nlp(doc)
    found = [m for m in doc._.mentions if m.text == description]
    assert found, f"no mention {description!r} in {[m.text for m in doc._.mentions]}"
    return None if found[-1].entity is None else doc._.entities[found[-1].entity].name


TWO = "Sen. Emma Larsen (R-Utah) and Sen. Peter Odell, D-Ohio, spoke on Monday. Odell left early. "


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("The Utah senator", "Emma Larsen"),
        ("The Utah Republican", "Emma Larsen"),
        ("The Ohio Democrat", "Peter Odell"),
        ("The senator from Utah", "Emma Larsen"),
    ],
)
def test_a_state_tells_which_senator_is_meant(nlp: Language, description: str, name: str) -> None:
    head = description.removesuffix(" from Utah")
    assert meant(nlp, f"{TWO}{description} said the bridge would be built.", head) == name


def test_a_senator_of_another_state_is_nobody_told_of(nlp: Language) -> None:
    assert meant(nlp, f"{TWO}The Texas senator said the bridge would be built.", "The Texas senator") not in {
        "Emma Larsen",
        "Peter Odell",
    }


def test_the_state_before_the_title_and_behind_the_name_tell_it_too(nlp: Language) -> None:
    before = "Utah Sen. Emma Larsen met Sen. Peter Odell of Ohio. Odell left early. "
    assert meant(nlp, f"{before}The Utah senator said she was glad.", "The Utah senator") == "Emma Larsen"
    assert meant(nlp, f"{before}The Ohio senator said he was glad.", "The Ohio senator") == "Peter Odell"


def test_whoever_has_another_calling_is_not_the_governor_of_her_state(nlp: Language) -> None:
    text = "Emma Larsen, a Maine Republican who works as a commissioner, wrote to Gov. Peter Odell. "
    assert meant(nlp, f"{text}The Maine governor answered on Monday.", "The Maine governor") == "Peter Odell"


def test_a_short_title_is_the_office(nlp: Language) -> None:
    text = "Gov. Emma Larsen closed the bridge on Monday. The mayor, Peter Odell, was not asked. "
    assert meant(nlp, f"{text}The governor said it was not safe.", "The governor") == "Emma Larsen"


def test_of_several_governors_none_is_taken_for_the_governor(nlp: Language) -> None:
    text = "Gov. Emma Larsen closed the bridge. Gov. Peter Odell kept his open. "
    assert meant(nlp, f"{text}The governor said it was safe.", "The governor") not in {"Emma Larsen", "Peter Odell"}


def test_no_man_is_the_congresswoman(nlp: Language) -> None:
    text = "Rep. Emma Larsen met Rep. Peter Odell in Ohio on Monday. "
    assert meant(nlp, f"{text}The congresswoman said she was glad.", "The congresswoman") == "Emma Larsen"


def test_an_age_tells_which_of_two_is_meant(nlp: Language) -> None:
    text = "Emma Larsen, 45, met Peter Odell, 61, in court. Odell said nothing. "
    assert meant(nlp, f"{text}The 45-year-old lawyer denied the charge.", "The 45-year-old lawyer") == "Emma Larsen"


def test_the_next_president_is_not_the_one_told_of(nlp: Language) -> None:
    text = "President Emma Larsen will resign in May. "
    assert meant(nlp, f"{text}The next president will find no money.", "The next president") != "Emma Larsen"
    assert meant(nlp, f"{text}The president said she was ill.", "The president") == "Emma Larsen"


NAMED = "Emma Larsen criticised Barack Obama and Donald Trump on Monday. "


@pytest.mark.parametrize(("day", "name"), [(date(2014, 5, 1), "Barack Obama"), (date(2018, 5, 1), "Donald Trump")])
def test_the_president_is_who_holds_the_office_on_the_day(nlp: Language, day: date, name: str) -> None:
    assert meant(nlp, f"{NAMED}She said the president had lied.", "the president", day) == name


@pytest.mark.parametrize("description", ["the president of the United States", "the U.S. president"])
def test_the_country_of_the_office_may_be_told(nlp: Language, description: str) -> None:
    head = description.removesuffix(" of the United States")
    assert meant(nlp, f"{NAMED}She said {description} had lied.", head, date(2014, 5, 1)) == "Barack Obama"


def test_without_a_day_the_president_is_one_of_two_only_if_the_other_is_told_of_little(nlp: Language) -> None:
    said = "She said the president had lied."
    assert meant(nlp, NAMED + said, "the president") not in {"Barack Obama", "Donald Trump"}
    assert meant(nlp, f"{NAMED}Trump laughed. Trump left. Trump slept. {said}", "the president") == "Donald Trump"


@pytest.mark.parametrize(
    "description",
    ["the president of the bank", "the club president", "the French president", "the president of Armenia"],
)
def test_who_presides_over_something_else_is_not_the_president(nlp: Language, description: str) -> None:
    text = f"{NAMED}She wrote to {description} in June."
    head = description.removesuffix(" of the bank").removesuffix(" of Armenia")
    assert meant(nlp, text, head, date(2014, 5, 1)) not in {"Barack Obama", "Donald Trump"}


def test_a_state_told_of_nobody_is_that_of_whom_alone_the_last_sentences_tell(nlp: Language) -> None:
    text = "Emma Larsen spoke in the Senate on Monday. "
    assert meant(nlp, f"{text}The Utah Republican said the bridge was old.", "The Utah Republican") == "Emma Larsen"
    two = "Emma Larsen met Peter Odell in the Senate on Monday. "
    assert meant(nlp, f"{two}The Utah Republican said the bridge was old.", "The Utah Republican") != "Emma Larsen"
    other = "Peter Odell was late. Peter Odell thanked the Utah Republican."
    assert meant(nlp, other, "the Utah Republican") != "Peter Odell"


@pytest.mark.parametrize(
    ("text", "description", "name"),
    [
        ("President Anna Brandl of Marovia met Barack Obama in Kostrel. The president said her country needed help.",
         "The president", "Anna Brandl"),
        ("Nora Lund is president of Kostrel University, where Barack Obama once spoke. The president opened it.",
         "The president", "Nora Lund"),
        ("Nora Lund, the bank's president, gave money to Barack Obama. The president said profit had risen.",
         "The president", "Nora Lund"),
        ("The Marovian prime minister, Ivo Brandl, met David Cameron. The prime minister said his people were poor.",
         "The prime minister", "Ivo Brandl"),
        ("Chancellor Ivo Brandl of the university thanked Angela Merkel. The chancellor said it was cold.",
         "The chancellor", "Ivo Brandl"),
        # Whom the article calls so himself it may mean.
        ("President Barack Obama met Nora Lund, the president of the bank. The president said it was cold.",
         "The president", "Barack Obama"),
        # These are in another office, or no longer in it.
        ("Vice President Anna Brandl met Barack Obama in Kostrel. The president said it was cold.",
         "The president", "Barack Obama"),
        ("Former President Anna Brandl met Barack Obama in Kostrel. The president said it was cold.",
         "The president", "Barack Obama"),
        ("President Anna Brandl of Marovia met Barack Obama in Kostrel. The U.S. president said it was cold.",
         "The U.S. president", "Barack Obama"),
        ("Deputy Prime Minister Ivo Brandl met David Cameron. The deputy prime minister said it was cold.",
         "The deputy prime minister", "Ivo Brandl"),
    ],
)  # fmt: skip
def test_whoever_the_article_has_told_of_in_the_office_is_not_the_incumbent(
    nlp: Language, text: str, description: str, name: str
) -> None:
    assert meant(nlp, text, description, date(2014, 5, 1)) == name


def test_one_who_followed_another_in_the_year_is_known(nlp: Language) -> None:
    text = "Emma Larsen wrote to Liz Truss. She said the prime minister had lied."
    assert meant(nlp, text, "the prime minister", date(2022, 10, 1)) == "Liz Truss"
    assert meant(nlp, text, "the prime minister", date(2023, 10, 1)) != "Liz Truss"


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("Peter Odell spoke in the Senate on Monday. The Texas governor disagreed with him.", "The Texas governor"),
        ("Ivo Brandl won the vote. The Ohio lawyer, who lost it, wept.", "The Ohio lawyer"),
        ("Peter Odell sued the state. An Ohio judge dismissed it. The Ohio judge said no.", "The Ohio judge"),
        ("Peter Odell left. An Ohio Republican wept. The Ohio Republican said no.", "The Ohio Republican"),
    ],
)
def test_a_state_told_of_nobody_is_no_named_ones_with_a_calling_or_of_a_nameless_one(
    nlp: Language, text: str, description: str
) -> None:
    assert meant(nlp, text, description) not in {"Peter Odell", "Ivo Brandl"}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The LA mayor", None),
        ("Miss Larsen", None),
        ("the OK candidate", None),
        ("the Kostrel, LA mayor", "LA"),
        ("the La. mayor", "LA"),
        ("the Utah senator", "UT"),
    ],
)
def test_capitals_are_a_state_only_behind_a_comma(text: str, state: str | None) -> None:
    assert state_in(text) == state


def test_postal_codes_tell_the_state_behind_the_party(nlp: Language) -> None:
    text = "Sen. Emma Larsen (R-UT) and Sen. Peter Odell, D-OH, spoke on Monday. Odell left early. "
    assert meant(nlp, f"{text}The Utah senator said she was glad.", "The Utah senator") == "Emma Larsen"
    assert meant(nlp, f"{text}The Ohio senator said he was glad.", "The Ohio senator") == "Peter Odell"
