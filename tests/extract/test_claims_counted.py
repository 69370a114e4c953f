"""Claims: figures that somebody gives without a clause, and whoever counts the same otherwise."""

from __future__ import annotations

import pytest
from claims_told import told
from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union put the number at 11.", [("The union", "the number at 11")]),
        ("The ministry put the death toll at 21, most of them miners.", [("The ministry", "the death toll at 21")]),
        ("The union counted 3,000, the police 1,200.", [("The union", "3,000"), ("the police", "1,200")]),
        (
            "The crowd was put at 20,000 by the organisers and 8,000 by police.",
            [("the organisers", "20,000"), ("police", "8,000")],
        ),
        (
            "Police put the crowd at 8,000; organisers said 20,000.",
            [("Police", "the crowd at 8,000"), ("organisers", "20,000")],
        ),
    ],
)
def test_a_figure_is_said_by_whoever_counts(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert told(nlp(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The cook put the oven at 180 degrees.",
        "The union put three guards at 12 gates.",
        "The judge placed her brother at 40 Harbour Street.",
        "The champion counted 12 and got up.",
        "Who put the number at 12?",
        "If the ministry put the toll at 21, nobody heard of it.",
        "The council set the tax at 39 percent.",
    ],
)
def test_not_every_number_is_given_by_somebody(nlp: Language, text: str) -> None:
    assert not any(any(sign.isdigit() for sign in said) for _, said in told(nlp(text)))


def test_what_echoes_a_figure_leaves_the_claim_before_it(nlp: Language) -> None:
    found = told(nlp("The analysts put the chance at 20 percent and the bank at 30 percent."))
    assert found == [("The analysts", "the chance at 20 percent"), ("the bank", "30 percent")]
    found = told(nlp("The ministry put the number at 50, the opposition at 70."))
    assert found == [("The ministry", "the number at 50"), ("the opposition", "70")]
