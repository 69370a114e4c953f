"""Quotations without a word that signals them: whose they are. Sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claims_told import told, told_by

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


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
        ("“The pumps were old, and everybody knew it.”\n\nAnna Brandl and Karl Lund, Harbour Gazette\n\nIt rained.",
         "Anna Brandl and Karl Lund, Harbour Gazette", "“The pumps were old, and everybody knew it.”"),
        ("“The pumps were old, and everybody knew it.”\n\nEditorial Board, Harbour Gazette\n\nIt rained.",
         "Editorial Board, Harbour Gazette", "“The pumps were old, and everybody knew it.”"),
    ],
)  # fmt: skip
def test_a_quotation_without_a_cue_is_that_of_the_only_one_beside_it(
    nlp: Language, text: str, who: str, content: str
) -> None:
    assert told_by(nlp(text)) == [(who, None, content)]


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
    claims = told_by(nlp(text))
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
    assert told_by(nlp(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The “free” bus to Kostrel costs four crowns. It left the “old town” at noon.",
        "In “The Night Boat,” Odell plays a baker. “The Night Boat,” her first film, opens on Friday.",
        "The pumps failed on Friday. “Danger: high voltage.” The sign still hangs there.",
    ],
)
def test_scare_quotes_titles_and_signs_are_no_claims(nlp: Language, text: str) -> None:
    assert told_by(nlp(text)) == []


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
    assert told_by(nlp(text)) == [(who, "said", content)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It has been a long winter,” the door opened and the snow came in.", []),
        ("“We will act,” the council’s letter read.",
         [("the council’s letter", "read", "“We will act,”")]),
        ("“Call them in,” came the shouts from the yard.", [(None, "shouts", "“Call them in,”")]),
        ("“Is the dam safe?” Brandl asked, rising from her chair. “Who has seen it?”",
         [("Brandl", "asked", "“Is the dam safe?” … “Who has seen it?”")]),
        ("“What have you to lose?” Brandl asked before adding, “In the end you will all vote for us.”",
         [("Brandl", "asked", "“What have you to lose?” … “In the end you will all vote for us.”")]),
        ("“Is the dam safe?” Brandl asked on the programme “Face of the Town” on Friday.",
         [("Brandl", "asked", "“Is the dam safe?”")]),
    ],
)  # fmt: skip
def test_somebody_or_something_to_read_has_said_what_stands_before_it(
    nlp: Language, text: str, expected: list[tuple[str | None, str, str]]
) -> None:
    assert told_by(nlp(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Brandl asked whether the money was gone. “All of it.”",
         [("Anna Brandl", "asked", "whether the money was gone")]),
        ("“Is the money gone?” Anna Brandl asked.\n\n“All of it is gone.”",
         [("Anna Brandl", "asked", "“Is the money gone?”"), (None, None, "“All of it is gone.”")]),
        ("Anna Brandl stood up. “Were you in the mill?”\n\n“I was at home.”",
         [("Anna Brandl", None, "“Were you in the mill?”"), (None, None, "“I was at home.”")]),
        ("Anna Brandl asked about the money. “Who took it?”",
         [("Anna Brandl", "asked", "about the money. “Who took it?”")]),
        ("“The mill is shut,” says Anna Brandl. “What will they do?”\n\n“They have nothing left.”",
         [("Anna Brandl", "says", "“The mill is shut,” … “What will they do?” … “They have nothing left.”")]),
    ],
)  # fmt: skip
def test_whoever_asks_does_not_answer(
    nlp: Language, text: str, expected: list[tuple[str | None, str | None, str]]
) -> None:
    assert told_by(nlp(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Anna Brandl was waiting at the harbour gate. “Nobody may pass here.” The sign had been there for years.",
        "Anna Brandl opened the old letter. “I will never come home again.” It came from her grandfather.",
        "Anna Brandl walked past the mural. “We have nothing to lose.” She did not look up.",
        "Anna Brandl turned on the radio. “The bridge is closed until noon.” She went back to bed.",
        "Anna Brandl flew to Kostrel on Friday. “A thief has come to dinner.” So ran the headline in the Courier.",
        "Anna Brandl fined the club. “They are a disgrace.” That was how the board described the players.",
        "The council must find a new mill. “We have lost everything we had.” The hall fell silent.",
        "Her firm has two mills in the valley. “It will be a long winter.” The hall fell silent.",
    ],
)
def test_nobody_speaks_words_that_are_written_or_come_from_elsewhere(nlp: Language, text: str) -> None:
    assert not [content for _, _, content in told_by(nlp(text)) if content.startswith("“")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Anna Brandl wrote a letter to the council. “You have lied to us.”", "Anna Brandl"),
        ("Anna Brandl hit back in a letter. “You have lied to us.”", "Anna Brandl"),
        ("Anna Brandl, the mayor, posted this message: “You have lied to us.”", "Anna Brandl, the mayor"),
        ("For Piet Odell, the choice is simple. “You have lied to us.”", "Piet Odell"),
        ("Anna Brandl showed her letter to the press. “You have lied to us.”", "Anna Brandl"),
        ("To Anna Brandl, the plan makes no sense. “You have lied to us.”", "Anna Brandl"),
        ("The council had this answer: “You have lied to us.”", "The council"),
    ],
)
def test_whoever_writes_or_is_concerned_has_said_what_follows(nlp: Language, text: str, who: str) -> None:
    ((speaker, _, content),) = told_by(nlp(text))
    assert speaker == who
    assert content.endswith("“You have lied to us.”")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Karl Lund said the town was quiet, but locals were not convinced. “There is no soldier here.”", False),
        ("Karl Lund said the dam was safe, but the pumps were old. “They will hold.”", True),
        ("Residents complained that the dam was old.\n\n“I saw the cracks myself. We told them.”", False),
        ("Karl Lund said that the dam was safe.\n\n“I checked it twice.”", True),
        ("Karl Lund told Anna Brandl that the dam was safe. “I checked it twice.”", True),
    ],
)
def test_a_quotation_goes_on_with_the_saying_before_it_unless_another_has_the_word(
    nlp: Language, text: str, joined: bool
) -> None:
    saying = told_by(nlp(text))[0][2]
    assert saying.endswith("”") == joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strike went on.\n\n‘Who will pay for it?’\n\nNobody knows.\n\n“The dam is ours,” Lund said.",
         [("Lund", "said", "“The dam is ours,”")]),
        ("“The dam is ours,” Lund said.\n\n‘Who will pay for it?’\n\nThe strike went on.",
         [("Lund", "said", "“The dam is ours,”")]),
        ("The strike went on.\n\n‘Who will pay for it?’\n\nThe council met at noon.",
         [(None, None, "‘Who will pay for it?’")]),
        ("The strike went on.\n\n“Nobody has come to see us.”\n\nThe council met at noon.",
         [(None, None, "“Nobody has come to see us.”")]),
        ("The pumps failed on Friday. “Do not touch the wheel.” It hangs there still.", []),
    ],
)  # fmt: skip
def test_a_paragraph_that_is_one_quotation_and_no_heading_is_said_by_somebody(
    nlp: Language, text: str, expected: list[tuple[str | None, str | None, str]]
) -> None:
    assert told_by(nlp(text)) == expected


@pytest.mark.parametrize(
    ("opening", "who", "cue"),
    [
        ("Two reporters saw the mill. They continued:", "They", "continued"),
        ("The price of bread rose on Friday.\n\nBloomberg adds:", "Bloomberg", "adds"),
    ],
)
def test_whoever_says_it_before_a_colon_says_the_next_paragraph(
    nlp: Language, opening: str, who: str, cue: str
) -> None:
    content = "“We had two mills in the valley. Both are shut.”"
    assert (who, cue, content) in told_by(nlp(f"{opening}\n\n{content}\n\nThe council met at noon."))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("UPDATE IV - Harbour Gazette's Emma Larsen: “This was a good night for the farmers.”",
         "Harbour Gazette's Emma Larsen"),
        ("And from pastor Emma Larsen, a farmer running for the council in Kostrel: “There's a set amount of water.”",
         "pastor Emma Larsen, a farmer"),
        ("Emma Larsen, Harbour Gazette, May 3, 2019: “The dam will not hold.”",
         "Emma Larsen, Harbour Gazette, May 3, 2019"),
        # The parser hangs this sentence on the quotation.
        ("In fact, Reverend Odell underlines his change, which took place last year: “I still identify as a farmer.”",
         "Reverend Odell"),
    ],
)  # fmt: skip
def test_a_label_or_a_sentence_with_a_colon_has_said_what_follows(nlp: Language, text: str, who: str) -> None:
    assert [said for said, _ in told(nlp(text))] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "A letter to Emma Larsen: “The dam will not hold.”",
        "More on Emma Larsen: “The dam will not hold.”",
    ],
)
def test_a_label_with_somebody_else_s_words_names_no_speaker(nlp: Language, text: str) -> None:
    assert all(who is None for who, _ in told(nlp(text)))
