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
        "The council set the tax at 39 percent.",
        "The virus had claimed 22 lives.",
        "The driver said that 11 had been hurt.",
    ],
)
def test_what_counts_nobody_is_no_figure_that_is_given(nlp: Language, text: str) -> None:
    assert not any(said in {"11", "22", "the tax at 39 percent"} for _, said in told(nlp(text)))
