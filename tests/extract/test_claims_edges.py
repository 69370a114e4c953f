"""Where one claim ends and the next begins, and whose each is. Sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claims_told import told, told_by

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The envoy said the wall was safe, warning that the river would rise.",
         "the wall was safe", "the river would rise"),
        ("The envoy stressed that nobody had been hurt, warning however that the river would rise.",
         "nobody had been hurt", "the river would rise"),
        ("The envoy said the guards had held the mill, adding that the fire was out.",
         "the guards had held the mill", "the fire was out"),
        ("The envoy called the offer “an insult to the town, not a gift”, adding that the port would stay shut.",
         "the offer “an insult to the town, not a gift”", "the port would stay shut"),
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
        ("Gunfire went on all night between the rebels and guards near Hallow",
         "hospital sources and village elders"),
        ("The ferry ran aground off Brod, a port of two piers, with six men on board", "harbour pilots and sailors"),
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
        ("The mayor says he 'cannot accept' the workers' plan.", "The mayor",
         "he 'cannot accept' the workers' plan", "mixed"),
        ("Owner says march was 'a show for the cameras'", "Owner",
         "march was 'a show for the cameras'", "mixed"),
        ("Harlow’s Lund ‘firmly opposed to higher tolls’", "Harlow’s Lund", "to higher tolls", "direct"),
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
        ("The sale went ahead despite speculation that the two firms might share the port.",
         "the two firms might share the port"),
        ("The governor faced accusations that he had sold the port.", "he had sold the port"),
    ],
)  # fmt: skip
def test_nobody_is_named_for_what_the_subject_only_meets_with(nlp: Language, text: str, content: str) -> None:
    assert told(nlp(text)) == [(None, content)]


def test_whoever_issues_a_warning_gave_it(nlp: Language) -> None:
    doc = nlp("The minister issued a warning that the dam could burst.")
    assert told(doc) == [("The minister", "a warning that the dam could burst")]
    (claim,) = doc._.claims
    assert (claim.cue.of(doc.text), claim.speaker_kind, claim.speech_act) == ("issued", "official", "said")


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The governor called on all the farmers of the valley to open the dam.", "called on",
         "all the farmers of the valley to open the dam"),
        ("The governor called upon the guards to leave.", "called upon", "the guards to leave"),
        ("The governor appealed to the miners to go home.", "appealed to", "the miners to go home"),
        ("The owner was, last year, accused of hiding a leak.", "accused", "The owner … of hiding a leak"),
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
        ("On Friday the mayor made it clear that the dam would stay.", "made it clear"),
        ("The mayor has made very clear to the farmers that the dam would stay.", "has made very clear"),
    ],
)
def test_making_clear_is_saying(nlp: Language, text: str, cue: str) -> None:
    doc = nlp(text)
    assert [(who.lower(), said) for who, said in told(doc) if who] == [("the mayor", "the dam would stay")]
    assert doc._.claims[0].cue.of(doc.text) == cue


@pytest.mark.parametrize(
    ("text", "who", "content"),
    [
        ("The farmers demanded new pumps - a demand that the council has ignored.", "The farmers",
         "new pumps"),
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


@pytest.mark.parametrize("paper", ["according to Reuters", "according toReuters"])
def test_the_paper_that_a_saying_is_told_by_is_a_hop_and_no_content(nlp: Language, paper: str) -> None:
    doc = nlp(f"Lund added that the owners have left the valley and want to sell the mill, {paper}.")
    assert told(doc) == [("Lund", "the owners have left the valley and want to sell the mill")]
    assert [hop.name for hop in doc._.claims[0].chain][:2] == ["Lund", "Reuters"]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Keller said Norland wanted a vote, but warned that it would be hard.",
         [("Keller", "Norland wanted a vote"), ("Keller", "it would be hard")]),
        ("Keller said the union preferred a vote, but joined Lund in warning that it would cost months.",
         [("Keller", "the union preferred a vote"), ("Keller", "it would cost months")]),
        ("The mayor followed Lund in saying that the dam was weak.", [("The mayor", "the dam was weak")]),
        ("Shouting “Go home!” the farmers marched on the town.", [("the farmers", "“Go home!”")]),
        ("Yelling “Down with the mill!” they left for the bridge.", [("they", "“Down with the mill!”")]),
        ("Lund, who commanded a brigade, commanded his men to leave.", [("Lund", "his men to leave")]),
        ("Keller said Harlow's council and its guards, with money from the bank, would be able to mend the dam.",
         [("Keller",
           "Harlow's council and its guards, with money from the bank, would be able to mend the dam")]),
        ("The farmers brought old and rusty pumps, which they said were safe.",
         [("they", "old and rusty pumps, which … were safe")]),
    ],
)  # fmt: skip
def test_every_saying_of_a_sentence_with_its_speaker(nlp: Language, text: str, claims: list[tuple[str, str]]) -> None:
    assert told(nlp(text)) == claims


def test_two_clauses_with_that_are_two_claims_of_one_speaker(nlp: Language) -> None:
    doc = nlp("The director acknowledged that the candidate misspoke but noted that the army had shrunk.")
    assert told(doc) == [
        ("The director", "the candidate misspoke"),
        ("The director", "the army had shrunk"),
    ]


def test_whoever_is_asked_is_no_part_of_the_question(nlp: Language) -> None:
    assert told(nlp("“But why?” reporter Jana Odell asked him.")) == [("reporter Jana Odell", "“But why?”")]


def test_what_was_asked_is_no_part_of_the_answer(nlp: Language) -> None:
    found = told(nlp("“It has been seven years,” Lund said, asked about the delay. “Why should I be surprised?”"))
    assert ("Lund", "“It has been seven years,” … “Why should I be surprised?”") in found


def test_a_verb_of_the_outer_tense_goes_on_with_the_outer_saying(nlp: Language) -> None:
    assert told(nlp("The mayor said he has no plan for the mill and suggested that the council sell it.")) == [
        ("The mayor", "he has no plan for the mill"),
        ("The mayor", "the council sell it"),
    ]
    (claim,) = told(nlp("The mayor said the clerk came late and denied it."))
    assert claim == ("The mayor", "the clerk came late and denied it")


def test_what_is_set_before_a_passive_is_not_its_agent(nlp: Language) -> None:
    assert told(nlp("By contrast, the talks were welcomed by the northern allies.")) == [
        ("the northern allies", "the talks")
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [("“The dam is old,” Early said.", "Early"), ("“The dam is old,” Westerly said on Friday.", "Westerly")],
)
def test_a_surname_right_behind_a_quotation_is_the_speakers_whatever_word_it_is(
    nlp: Language, text: str, who: str
) -> None:
    assert told_by(nlp(text)) == [(who, "said", "“The dam is old,”")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("At the gate of the mill, in Kostrel, Karim, who saw the fire, said the dam was old.", "Karim"),
        ("At the gate of the mill, in Kostrel, Odell, a father of three, said the dam was old.",
         "Odell, a father of three"),
    ],
)  # fmt: skip
def test_the_last_name_set_off_by_commas_is_the_speakers(nlp: Language, text: str, who: str) -> None:
    assert told(nlp(text)) == [(who, "the dam was old")]


@pytest.mark.parametrize(
    "text",
    [
        "“They left,” said a guard, who came with a bag, he said, of steel.",
        "“They left,” said one driver, who held a bag, he said, of steel.",
    ],
)
def test_an_earlier_quotation_and_its_speaker_are_not_what_is_said_next(nlp: Language, text: str) -> None:
    assert [said for _, said in told(nlp(text))] == ["“They left,”"]


def test_the_speaker_holds_nothing_of_what_is_said(nlp: Language) -> None:
    doc = nlp("As Courier writer Anna Brandl put it: “The whole of the town [is] tired of it.” I went home.")
    assert told_by(doc) == [("Courier writer Anna Brandl", "put", "“The whole of the town [is] tired of it.”")]
