"""Tolls: whom a number counts among the killed, the injured and the missing, and the attack that explains it."""

from __future__ import annotations

import pytest
from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("22 are still missing.", "missing"),
        ("Thirty people remain unaccounted for.", "missing"),
        ("We honour the five guards who gave their lives.", "killed"),
        ("More than 20 were taken prisoner.", "captured"),
        ("Rebels took nine soldiers hostage.", "captured"),
        ("The bodies of 12 miners were recovered.", "killed"),
        ("The bus carried 14 bodies.", "killed"),
        ("Eleven of its men had died.", "killed"),
        ("Seven people were hurt.", "injured"),
        ("Two were wounded.", "injured"),
    ],
)
def test_one_unit_for_one_fate(nlp: Language, text: str, unit: str) -> None:
    (figure,) = nlp(text)._.figures
    assert figure.unit == unit


def test_a_bare_number_goes_on_counting(nlp: Language) -> None:
    doc = nlp("Count the dead. Fourteen on one side. Nineteen, as I write, if you believe the clerk.")
    assert [(f.low, f.unit) for f in doc._.figures] == [(14, "killed"), (19, "killed")]
    doc = nlp("The union says that 340 jobs would go. The company puts the figure at about 200, none of them here.")
    assert [(f.low, f.unit) for f in doc._.figures] == [(340, "job"), (200, "job")]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels seized Bangui on Sunday. At least six soldiers were killed.",
        "Rebels seized Bangui on Sunday, killing six soldiers.",
        "Rebels seized Bangui on Sunday. The mayor spoke. Markets closed. Six soldiers were killed in Bangui.",
        "Six soldiers were killed when rebels seized Bangui.",
        "Rebels seized Bangui on Sunday. A doctor said that at least six had been killed there.",
    ],
)
def test_the_killed_belong_to_the_attack_that_explains_them(nlp: Language, text: str) -> None:
    doc = nlp(text)
    (figure,) = doc._.figures
    assert figure.event is not None
    assert doc._.events[figure.event].trigger.of(text) == "seized"


def test_a_killing_that_tells_who_and_when_stands_by_itself(nlp: Language) -> None:
    text = "Rebels seized Bangui on Sunday. Police killed six students on 3 March 2015."
    doc = nlp(text)
    (figure,) = [f for f in doc._.figures if f.unit == "killed"]
    assert doc._.events[figure.event].trigger.of(text) == "killed"


def test_an_accusation_kills_nobody(nlp: Language) -> None:
    doc = nlp("The party, which maintains that 31 people died, called on Mr Obote to resign.")
    assert [f.event for f in doc._.figures] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested drivers in Bangui on Monday. The mayor spoke. The ministry told reporters of 34 arrests.",
        "Police arrested drivers in Bangui on Monday. Lawyers said that 60 people had been detained.",
    ],
)
def test_a_number_of_the_arrested_goes_with_an_arrest(nlp: Language, text: str) -> None:
    doc = nlp(text)
    (figure,) = (figure for figure in doc._.figures if figure.unit == "arrested")
    assert figure.event is not None
    assert doc._.events[figure.event].trigger.of(text) in {"arrested", "detained"}


@pytest.mark.parametrize(
    ("text", "low", "unit", "trigger"),
    [
        ("Six people were hurt, four of them officers; the union put the number at 11.", 11, "injured", "hurt"),
        ("Fourteen people were killed, three of them clerks. The ministry put the toll at 17.", 17, "killed", "killed"),
        ("Thousands marched through Kostrel: the union counted 3,000, the police 1,200.", 1200, "people", "marched"),
    ],
)
def test_another_number_of_the_same_is_of_the_same_event(
    nlp: Language, text: str, low: float, unit: str, trigger: str
) -> None:
    doc = nlp(text)
    (figure,) = (figure for figure in doc._.figures if figure.low == low)
    assert figure.unit == unit
    assert figure.event is not None
    assert doc._.events[figure.event].trigger.of(text) == trigger


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Hundreds marched in Bangui on Monday. After the march, 40 people dined in the hall.", 40),
        (
            "Police arrested drivers in Bangui. It snowed. It rained. It froze. The court told of 340 arrests.",
            340,
        ),
    ],
)
def test_a_number_of_others_is_of_no_event_told_before(nlp: Language, text: str, low: float) -> None:
    (figure,) = (figure for figure in nlp(text)._.figures if figure.low == low)
    assert figure.event is None
