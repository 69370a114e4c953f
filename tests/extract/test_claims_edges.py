"""Where one claim ends and the next begins, and whose each is. Sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model


def told(doc: Doc) -> list[tuple[str | None, str]]:
    """Speaker and content of every claim, in text order."""
    return [
        (c.speaker.of(doc.text) if c.speaker else None, " … ".join(part.of(doc.text) for part in c.parts))
        for c in doc._.claims
    ]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The envoy said the wall was safe, warning that the river would rise.",
         "the wall was safe", "the river would rise"),
        ("The envoy insisted that the wall was no danger, warning instead that the river would rise.",
         "the wall was no danger", "the river would rise"),
        ("The envoy said the guards had held the mill, adding that the fire was out.",
         "the guards had held the mill", "the fire was out"),
        ("The envoy called the league “a threat to the town, not a partner”, adding that the port would stay shut.",
         "the league “a threat to the town, not a partner”", "the port would stay shut"),
    ],
)  # fmt: skip
def test_a_participle_after_what_was_said_is_a_claim_of_the_same_speaker(
    nlp: Language, text: str, first: str, second: str
) -> None:
    assert told(nlp(text)) == [("The envoy", first), ("The envoy", second)]


def test_a_participle_after_a_saying_within_what_was_said_is_the_inner_speakers(nlp: Language) -> None:
    doc = nlp("Keller said the minister had written to her, saying that the dam was safe.")
    assert ("the minister", "the dam was safe") in told(doc)
    assert ("Keller", "the minister had written to her, saying that the dam was safe") in told(doc)


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ("Fights raged for a third day between the League and tribes around Hallow",
         "security sources and tribal leaders"),
        (("Monday night, clashes went on between guards and farmers backed by the Marsh Army, a group led by former "
         "officers, near Hallow"), "hospital sources and village elders"),
    ],
)  # fmt: skip
def test_sources_right_behind_a_list_of_names_are_the_speakers(nlp: Language, content: str, who: str) -> None:
    assert told(nlp(f"{content}, {who} said.")) == [(who, content)]


@pytest.mark.parametrize(
    ("text", "who", "content", "quotation"),
    [
        ("‘We will not leave the town,’ the mayor said. ‘It is ours.’", "the mayor",
         "‘We will not leave the town,’ … ‘It is ours.’", "direct"),
        ("The mayor told reporters: 'They came at night.'", "The mayor", "'They came at night.'", "direct"),
        ("The mayor says he 'strongly opposes' the workers' plan.", "The mayor",
         "he 'strongly opposes' the workers' plan", "mixed"),
        ("Mayor says strike is 'an attempt to turn miners against farmers'", "Mayor",
         "strike is 'an attempt to turn miners against farmers'", "mixed"),
        ("Norland’s Lund ‘strongly opposed to army interference’", "Norland’s Lund", "to army interference", "direct"),
    ],
)  # fmt: skip
def test_single_marks_quote(nlp: Language, text: str, who: str, content: str, quotation: str) -> None:
    doc = nlp(text)
    assert told(doc) == [(who, content)]
    assert doc._.claims[0].quotation == quotation


def test_a_heading_in_single_marks_is_no_part_of_the_quotation_before_it(nlp: Language) -> None:
    doc = nlp("“I shall not wait at the gate,” Lund said.\n\n‘Bread and butter’\n\nThe strike went on.")
    assert told(doc) == [("Lund", "“I shall not wait at the gate,”")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Despite warnings that the dam could burst, the mayor left for the coast.", "the dam could burst"),
        ("The visit ran counter to speculation that the two towns might share the port.",
         "the two towns might share the port"),
        ("The governor faced accusations that he had sold the port.", "he had sold the port"),
    ],
)  # fmt: skip
def test_nobody_is_named_for_what_the_subject_only_meets_with(nlp: Language, text: str, content: str) -> None:
    assert told(nlp(text)) == [(None, content)]


def test_whoever_issues_a_warning_gave_it(nlp: Language) -> None:
    [(who, content)] = told(nlp("The minister issued a warning that the dam could burst."))
    assert who == "The minister"
    assert content.endswith("the dam could burst")


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The governor called on all the farmers of the valley to open the dam.", "called on",
         "all the farmers of the valley to open the dam"),
        ("The governor called upon the guards to leave.", "called upon", "the guards to leave"),
        ("The governor appealed to the miners to go home.", "appealed to", "the miners to go home"),
        ("The league was, in the past, accused of selling arms.", "accused", "The league … of selling arms"),
    ],
)  # fmt: skip
def test_those_who_are_to_act_or_are_accused_belong_to_the_content(
    nlp: Language, text: str, cue: str, content: str
) -> None:
    doc = nlp(text)
    assert [said for _, said in told(doc)] == [content]
    assert doc._.claims[0].cue.of(doc.text) == cue


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ali Lund earlier today made it clear that the dam would stay.", "made it clear"),
        ("Ali Lund has made very clear to the farmers that the dam would stay.", "has made very clear"),
    ],
)
def test_making_clear_is_saying(nlp: Language, text: str, cue: str) -> None:
    doc = nlp(text)
    assert told(doc) == [("Ali Lund", "the dam would stay")]
    assert doc._.claims[0].cue.of(doc.text) == cue


@pytest.mark.parametrize(
    ("text", "who", "content"),
    [
        ("The town has asked for army boats - a request which the governor is still considering.", "The town",
         "for army boats"),
        ("Lund said the mayor stole the money, a claim that Keller denied.", "Lund", "the mayor stole the money"),
    ],
)  # fmt: skip
def test_the_reporters_remark_on_a_claim_is_no_part_of_it(nlp: Language, text: str, who: str, content: str) -> None:
    assert told(nlp(text)) == [(who, content)]


@pytest.mark.parametrize(
    "text",
    ["Claims have emerged that the mayor took money.", "He left after claims emerged that the mayor took money."],
)
def test_nobody_is_named_for_reports_that_emerge(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert told(doc) == [(None, "the mayor took money")]
    assert doc._.claims[0].cue.of(doc.text).lower() == "claims"


@pytest.mark.parametrize("paper", ["according to The Guardian", "according toThe Guardian"])
def test_the_paper_that_a_saying_is_told_by_is_a_hop_and_no_content(nlp: Language, paper: str) -> None:
    doc = nlp(f"Lund also added that the guards are against farmers, and seek to take the port, {paper}.")
    assert told(doc) == [("Lund", "the guards are against farmers, and seek to take the port")]
    assert [hop.name for hop in doc._.claims[0].chain][:2] == ["Lund", "Guardian"]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Keller said Norland wanted a vote, but warned that it would be hard.",
         [("Keller", "Norland wanted a vote"), ("Keller", "it would be hard")]),
        ("Keller said Norland wanted the miners to find a leader, but echoed Lund in saying it would not choose him.",
         [("Keller", "Norland wanted the miners to find a leader"), ("Keller", "it would not choose him")]),
        ("The mayor followed Lund in saying that the dam was weak.", [("The mayor", "the dam was weak")]),
        ("Shouting “Go home!” the farmers marched on the town.", [("the farmers", "“Go home!”")]),
        ("Chanting “One, two, three!” they left for the mill.", [("they", "“One, two, three!”")]),
        ("Lund, who commanded a ship, commanded his men to leave the town.", [("Lund", "his men to leave the town")]),
        ("Keller said Norland's government and its people, with help of the clerics, would be able to end the strike.",
         [("Keller",
           "Norland's government and its people, with help of the clerics, would be able to end the strike")]),
        ("One group had yellow and green belts, which they said were live.",
         [("they", "yellow and green belts, which … were live")]),
    ],
)  # fmt: skip
def test_every_saying_of_a_sentence_with_its_speaker(nlp: Language, text: str, claims: list[tuple[str, str]]) -> None:
    assert told(nlp(text)) == claims
