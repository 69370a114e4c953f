"""Names in headings, whose capitals make verbs and common nouns look like parts of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.extract.naming.headings import headings
from flows.extract.naming.verbs import verb_forms

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def found(nlp: Language, text: str, form: str = "name") -> list[str]:
    return [m.text for m in nlp(text)._.mentions if m.form == form]


def in_headline(nlp: Language, text: str, form: str = "name") -> list[str]:
    end = text.index("\n")
    return [m.text for m in nlp(text)._.mentions if m.form == form and m.end <= end]


def test_a_line_of_capitals_is_a_heading_and_a_sentence_or_a_byline_is_none(nlp: Language) -> None:
    doc = nlp("Emma Larsen Checks Into Clinic\n\nBy Emma Larsen\n\nEmma Larsen checked into a clinic.\n\nTALKS BEGIN")
    assert [doc[line.start : line.stop].text for line in headings(doc, doc.text)] == [
        "Emma Larsen Checks Into Clinic",
        "TALKS BEGIN",
    ]


@pytest.mark.parametrize(
    ("headline", "lead", "names"),
    [
        ("Emma Larsen Checks Into Rehab Clinic", "The singer Emma Larsen checked into a clinic.", ["Emma Larsen"]),
        ("LARSEN DEFEATS ODELL", "Emma Larsen defeated Peter Odell in the vote on Monday.", ["LARSEN", "ODELL"]),
        (
            "Larsen Reverses Odell Policy",
            "President Emma Larsen reversed a policy of Peter Odell on Monday.",
            ["Larsen", "Odell"],
        ),
        ("Severed Cables Disrupt Towns", "Two cables were severed, and the towns are dark.", []),
        (
            "City Fires Coach Tim Odell, Hires Maurice Lund",
            "The city fired the coach Tim Odell on Monday. Maurice Lund was hired in his place.",
            ["Tim Odell", "Maurice Lund"],
        ),
    ],
)
def test_a_name_in_a_headline_ends_where_the_article_ends_it(
    nlp: Language, headline: str, lead: str, names: list[str]
) -> None:
    assert in_headline(nlp, f"{headline}\n\n{lead}") == names


@pytest.mark.parametrize(
    "name", ["Jane Baker", "Will Larsen", "Larsen Housing Council", "Department of Veterans Affairs"]
)
def test_common_words_stay_in_names(nlp: Language, name: str) -> None:
    text = f"Praise For {name} After Storm\n\nThe council will house veterans, whose affairs went well."
    assert name in in_headline(nlp, text)


def test_a_false_name_leaves_the_person_who_is_told_of(nlp: Language) -> None:
    text = "Texas Prison Escapee Added To List\n\nA man who fled from a prison in Texas was added to a list on Monday."
    assert "Texas Prison Escapee" in in_headline(nlp, text, "nominal")
    assert in_headline(nlp, text) == ["Texas"]


def test_whoever_is_left_dead_is_told_of_alone(nlp: Language) -> None:
    text = "Shooting at Accounting Firm Leaves Woman Dead\n\nA shooting at an accounting firm left a woman dead."
    people = in_headline(nlp, text, "nominal")
    assert "Accounting Firm" in people
    assert not [words for words in people if words.endswith("Dead")]


def test_a_body_is_not_cut_to_the_place_or_person_that_it_is_named_for(nlp: Language) -> None:
    text = (
        "Emma Larsen spoke in New York on Monday. The Emma Larsen Foundation paid for it. "
        "The New York Housing Council thanked Emma Larsen."
    )
    names = found(nlp, text)
    assert "Emma Larsen Foundation" in names
    assert "New York Housing Council" in names


def test_a_name_ends_before_a_verb_in_small_letters(nlp: Language) -> None:
    text = "Larsen fuels Kites in valley tournament win\n\nPeter Larsen scored on Monday. Larsen led the team."
    assert in_headline(nlp, text)[0] == "Larsen"


def test_verbs_have_the_forms_that_they_have() -> None:
    assert {"stopped", "planned", "seized", "denies", "denied"} <= verb_forms()
    assert not {"stoped", "planed", "denyed"} & verb_forms()
