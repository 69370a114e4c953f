"""Several speakers in a sentence, quotations that the attribution interrupts, and sayings that nobody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model


def told(doc: Doc) -> list[tuple[str | None, list[str]]]:
    """Speaker and parts of each claim."""
    text = doc.text
    return [(c.speaker.of(text) if c.speaker else None, [p.of(text) for p in c.parts]) for c in doc._.claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ('"It will hold," Lund said; Marsh said it would not.',
         [("Lund", ['"It will hold,"']), ("Marsh", ["it would not"])]),
        ("According to the mayor, nobody was hurt; the fire chief said two people were missing.",
         [("the mayor", ["nobody was hurt"]), ("the fire chief", ["two people were missing"])]),
        ('The army said on Sunday that "the town is ours", and the rebels said that it was not.',
         [("The army", ['"the town is ours"']), ("the rebels", ["it was not"])]),
        ("Lund said the offer was final, while Marsh insisted that it was not.",
         [("Lund", ["the offer was final"]), ("Marsh", ["it was not"])]),
    ],
)  # fmt: skip
def test_each_speaker_of_a_sentence_has_a_claim(
    nlp: Language, text: str, claims: list[tuple[str | None, list[str]]]
) -> None:
    assert told(nlp(text)) == claims


def test_whoever_reports_it_at_the_end_is_no_part_of_it(nlp: Language) -> None:
    doc = nlp('Ivo Brandl said the strike "will be broken", IRNA reported.')
    assert told(doc) == [("Ivo Brandl", ['the strike "will be broken"'])]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“When the time comes,” Mira Brandt told parliament, “we will be ready.”",
         ["“When the time comes,”", "“we will be ready.”"]),
        ('"Tomorrow," Lena Marsh said, "the bridge will open."', ['"Tomorrow,"', '"the bridge will open."']),
        ('"I am sorry," he said, "truly sorry."', ['"I am sorry,"', '"truly sorry."']),
    ],
)  # fmt: skip
def test_an_interrupted_quotation_is_whole(nlp: Language, text: str, parts: list[str]) -> None:
    assert [found for _, found in told(nlp(text))] == [parts]


def test_what_was_quoted_keeps_its_subject(nlp: Language) -> None:
    doc = nlp('The Dagblad quoted an inspector as saying that the staff "laughed at us".')
    assert told(doc) == [("an inspector", ['the staff "laughed at us"'])]
    assert doc._.claims[0].quotation == "mixed"


@pytest.mark.parametrize(
    "text",
    [
        "None of the officials said that the dam was safe.",
        "Nobody in the town said that the dam was safe.",
        "Neither Lund nor Keller thinks it will work.",
        "The crowd said nothing.",
    ],
)
def test_what_nobody_says_is_no_claim(nlp: Language, text: str) -> None:
    assert told(nlp(text)) == []


def test_asking_for_anonymity_is_no_claim(nlp: Language) -> None:
    doc = nlp("A passenger, who asked not to be named, said that the train was full.")
    assert told(doc) == [("A passenger", ["the train was full"])]


def test_a_chant_in_a_march_is_claimed(nlp: Language) -> None:
    doc = nlp('Protesters marched through the town chanting "Bread, not bullets!"')
    assert told(doc) == [("Protesters", ['"Bread, not bullets!"'])]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Orlov said he'd warned the governor twice.", "actual"),
        ('"If they come," General Orlov said on Monday, "we will shoot."', "conditional"),
    ],
)
def test_how_firmly(nlp: Language, text: str, modality: str) -> None:
    assert [c.modality for c in nlp(text)._.claims] == [modality]


@pytest.mark.parametrize(
    "text", ["Rebels attacked the bridge.", "Gunmen of the Green Banner attacked the post on Monday."]
)
def test_a_blow_is_no_word(nlp: Language, text: str) -> None:
    assert told(nlp(text)) == []


def test_words_may_be_attacked(nlp: Language) -> None:
    assert told(nlp("The unions attacked the minister’s plan.")) == [("The unions", ["the minister’s plan"])]


def test_a_denial_in_passing_is_no_part_of_the_charge(nlp: Language) -> None:
    doc = nlp("The council accused Amir Dorn of ordering the killing, which he denies.")
    assert ("The council", ["Amir Dorn of ordering the killing"]) in told(doc)


def test_a_critic_is_named_without_the_reason(nlp: Language) -> None:
    assert [who for who, _ in told(nlp("He was criticised by the opposition for his silence."))] == ["the opposition"]


def test_a_letter_may_have_been_seen_by_somebody(nlp: Language) -> None:
    doc = nlp("Pavel Ostrov wrote in an email seen by the Guardian that the dam was unsafe.")
    assert told(doc) == [("Pavel Ostrov", ["the dam was unsafe"])]


def test_a_headline_introduces_a_quotation_with_a_name_and_a_colon(nlp: Language) -> None:
    doc = nlp('Lund: "I will not resign"\n\nThe mayor of Brod, Karl Lund, faced the council on Monday.')
    assert told(doc) == [("Lund", ['"I will not resign"'])]


@pytest.mark.parametrize("text", ["Few experts think the dam will hold.", "Hardly anyone believes he will resign."])
def test_what_few_believe_is_nobodys_belief(nlp: Language, text: str) -> None:
    assert not nlp(text)._.claims


def test_what_a_few_believe_is_their_belief(nlp: Language) -> None:
    text = "A few experts think the dam will hold."
    assert [c.speaker.of(text) for c in nlp(text)._.claims if c.speaker] == ["A few experts"]
