"""Quotations without a word that signals them: whose they are. Sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model


def told(doc: Doc) -> list[tuple[str | None, str | None, str]]:
    """Speaker, cue and content of every claim, in text order."""
    return [
        (
            c.speaker.of(doc.text) if c.speaker else None,
            c.cue.of(doc.text) if c.cue else None,
            " … ".join(part.of(doc.text) for part in c.parts),
        )
        for c in doc._.claims
    ]


@pytest.mark.parametrize(
    ("text", "who", "content"),
    [
        ("Minister Anna Brandl was blunt.\n\n“We shall not yield. We tried.\n\n“Nor will we pay.”",
         "Minister Anna Brandl", "“We shall not yield. We tried. … “Nor will we pay.”"),
        ("Mayor Anna Brandl struck a different note in Kostrel on Friday. “We will build it, and we will pay.”",
         "Mayor Anna Brandl", "“We will build it, and we will pay.”"),
        ("The league's leader, Piet Odell, was less sure. “Nobody asked us.”",
         "The league's leader, Piet Odell", "“Nobody asked us.”"),
        ("Odell shook his head.\n\n“No way. Not in my lifetime.”", "Odell", "“No way. Not in my lifetime.”"),
        ("Anna Brandl's answer was short. “No.”", "Anna Brandl", "“No.”"),
        ("“We’ll see what happens.” — Anna Brandl\n\nThe council meets on Friday.",
         "Anna Brandl", "“We’ll see what happens.”"),
        ("“The pumps were old, and everybody knew it.”\n\nKarl Lund, Harbour Gazette\n\nNothing was done.",
         "Karl Lund, Harbour Gazette", "“The pumps were old, and everybody knew it.”"),
    ],
)  # fmt: skip
def test_a_quotation_without_a_cue_is_that_of_the_only_one_beside_it(
    nlp: Language, text: str, who: str, content: str
) -> None:
    assert told(nlp(text)) == [(who, None, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Piet Odell and Anna Brandl met in Kostrel on Friday.\n\n“We will build it together.”",
        "Anna Brandl met Piet Odell in Kostrel.\n\n“It was a good talk.”",
        "The strike has closed three ports.\n\n“This is our last chance.”\n\nKarl Lund has worked there for years.",
        "What has the mayor done for the port?\n\n“We have seen nothing of her.”",
    ],
)
def test_nobody_is_guessed_where_it_may_be_either_or_none(nlp: Language, text: str) -> None:
    claims = told(nlp(text))
    assert [(who, cue) for who, cue, content in claims if content.startswith("“")] == [(None, None)]


def test_a_guess_is_less_sure_than_a_plain_saying(nlp: Language) -> None:
    bare = nlp("Minister Anna Brandl was blunt. “We shall not yield.”")._.claims[0]
    said = nlp("“We shall not yield,” Minister Anna Brandl said.")._.claims[0]
    assert bare.score < said.score


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karl Lund said that the dam was safe.\n\n“It will hold. We checked it twice.”",
         [("Karl Lund", "said", "the dam was safe … “It will hold. We checked it twice.”")]),
        ("Karl Lund denied the charge. “It is made up. There is no letter.”",
         [("Karl Lund", "denied", "the charge"), ("Karl Lund", None, "“It is made up. There is no letter.”")]),
        ("“We had a plan, and he knew the plan.\n\n“Then he left,” Odell said.",
         [("Odell", "said", "“We had a plan, and he knew the plan. … “Then he left,”")]),
        ("“It will hold,” Anna Brandl shot back, drawing cheers. “It always has.”",
         [("Anna Brandl", "shot", "“It will hold,” … “It always has.”")]),
        ("“They are split,” proffered Lund. “It will not close.”",
         [("Lund", "proffered", "“They are split,” … “It will not close.”")]),
    ],
)  # fmt: skip
def test_a_quotation_goes_on_with_the_saying_beside_it(
    nlp: Language, text: str, expected: list[tuple[str, str | None, str]]
) -> None:
    assert told(nlp(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The “free” bus to Kostrel costs four crowns. It left the “old town” at noon.",
        "In “The Night Boat,” Odell plays a baker. “The Night Boat,” her first film, opens on Friday.",
        "The pumps failed on Friday. “Danger: high voltage.” The sign still hangs there.",
    ],
)
def test_scare_quotes_titles_and_signs_are_no_claims(nlp: Language, text: str) -> None:
    assert told(nlp(text)) == []


@pytest.mark.parametrize(
    ("text", "who", "content"),
    [
        ("“The dam will hold, Brandl said. “We checked it twice.”", "Brandl",
         "“The dam will hold … “We checked it twice.”"),
        ("“The dam will hold, Brandl said in Kostrel on Friday.\n\nThe council met.", "Brandl", "“The dam will hold"),
        ("'He told me \"run\" and I ran,' Odell said.", "Odell", "'He told me \"run\" and I ran,'"),
    ],
)  # fmt: skip
def test_odd_marks_and_marks_within_marks(nlp: Language, text: str, who: str, content: str) -> None:
    assert told(nlp(text)) == [(who, "said", content)]
