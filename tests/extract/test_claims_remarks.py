"""Words of saying by which nobody says anything. Sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claims_told import told, told_by

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

COUNCIL = "The Kostrel Council met on Friday. "


@pytest.mark.parametrize(
    "text",
    [
        "It is important to note that the dam was built in 1950.",
        "It would be more accurate to say that the dam was never finished.",
        "It’s pretty silly to say that the farmers opened the gates.",
        "This is not to say that the dam was safe.",
        "It doesn’t take an engineer to imagine that the dam may break.",
        "It may surprise you to hear that the dam is empty.",
        "That said, the gates stayed shut for a week.",
        "It’s worth noting that the dam was built in 1950.",
    ],
)
def test_a_remark_is_nobodys_claim(nlp: Language, text: str) -> None:
    assert told_by(nlp(COUNCIL + text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "In fact, it’s estimated that 400 farmers have lost their cattle.",
        "It was well known that the dam had cracks.",
    ],
)
def test_what_is_known_of_it_is_known_to_nobody_named(nlp: Language, text: str) -> None:
    assert [who for who, _ in told(nlp(COUNCIL + text))] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "It was ready to say that the dam was safe.",
        "It also said that the dam was safe.",
        "It took three weeks to say that the dam was safe.",
    ],
)
def test_a_body_that_is_called_it_speaks(nlp: Language, text: str) -> None:
    assert told(nlp(COUNCIL + text)) == [("It", "the dam was safe")]
