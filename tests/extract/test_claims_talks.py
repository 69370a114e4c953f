"""Talks that a page writes down, turn by turn. Talks of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claims_told import told_by

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

TALK = (
    "Emma Larsen asked the harbour master about the flood.\n\n"
    "EMMA LARSEN, HOST: Who opened the gates?\n\n"
    "PIET ODELL: I think the council did. Mayor Brandl told farmers that the dam was safe.\n\n"
    "LARSEN: And nobody asked you?\n\n"
    "ODELL: Nobody. LARSEN: Not even by telephone?\n\n"
    "The flood killed two people."
)


def test_each_turn_is_a_claim_of_its_label(nlp: Language) -> None:
    doc = nlp(TALK)
    assert [(who, content) for who, cue, content in told_by(doc) if cue is None] == [
        ("EMMA LARSEN", "Who opened the gates?"),
        ("PIET ODELL", "I think the council did. Mayor Brandl told farmers that the dam was safe."),
        ("LARSEN", "And nobody asked you?"),
        ("ODELL", "Nobody."),
        ("LARSEN", "Not even by telephone?"),
    ]
    turns = [c for c in doc._.claims if c.cue is None]
    assert {(c.quotation, c.speaker_kind) for c in turns} == {("direct", "named")}
    assert [turns[0].speaker_entity, turns[1].speaker_entity] * 2 == [c.speaker_entity for c in turns[:4]]


def test_within_a_turn_others_make_claims_but_not_the_speaker(nlp: Language) -> None:
    within = [(who, cue) for who, cue, _ in told_by(nlp(TALK)) if cue is not None and "asked" not in cue]
    assert within == [("Mayor Brandl", "told")]


@pytest.mark.parametrize(
    "text",
    [
        # Headings: the text has their words in small letters, or they are nobody's name.
        (
            "FACT CHECK: The dam is old.\n\nTHE VERDICT: True.\n\nFACT CHECK: It was mended.\n\nTHE VERDICT: False.\n\n"
            "Each fact was read, and a check and a verdict made."
        ),
        "Winner: The harbour.\n\nLoser: The farmers.\n\nWinner: The council.\n\nLoser: The dam.",
        # One label alone is no talk.
        "Emma Larsen came home.\n\nLARSEN: The gates are shut.\n\nLARSEN: The water rose.\n\nLARSEN: It rained.",
    ],
)
def test_headings_are_nobodys_turns(nlp: Language, text: str) -> None:
    assert [c for c in told_by(nlp(text)) if c[1] is None] == []


def test_a_table_is_no_talk(nlp: Language) -> None:
    rows = "\n\n".join(
        f"{who}: {share} percent" for who, share in (("Larsen", 45), ("Odell", 43), ("Larsen", 50), ("Odell", 41))
    )
    doc = nlp(f"Emma Larsen leads Piet Odell in two polls.\n\n{rows}\n\nThe vote is on Friday.")
    assert [content for _, cue, content in told_by(doc) if cue is None] == []
