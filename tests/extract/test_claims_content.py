"""What surrounds the decision of a claim: whole contents, true speakers, the day, how firmly. Sentences of our own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.extract.doc import make_doc
from flows.records import Claim, CleanArticle, Document, Segment

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model
SUNDAY = date(2014, 6, 22)


def of(doc: Doc, claim: Claim) -> tuple[str, str | None]:
    who = claim.speaker.of(doc.text) if claim.speaker else None
    return " … ".join(part.of(doc.text) for part in claim.parts), who


def dated(nlp: Language, text: str, today: date | None = SUNDAY) -> Doc:
    segment = Segment(0, "body", True, 0, len(text), 0, len(text), text)
    document = Document("d1", "x1", "wire", "x1.txt", "h", text=text)
    doc = make_doc(
        nlp, CleanArticle(document, "a1", None, (), None, "en", today, "metadata", today, text, text, (segment,))
    )
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


@pytest.mark.parametrize(
    ("text", "content", "who"),
    [
        ("The mill company, which owns it, said in a statement that the wall \"had passed every test\".",
         "the wall \"had passed every test\"", "The mill company"),
        ("The league, which wants a vote, said in a letter that it had taken 12 soldiers prisoner.",
         "it had taken 12 soldiers prisoner", "The league"),
        ("The minister told reporters after the ceremony that it would close the port.",
         "it would close the port", "The minister"),
        ("The envoy said that Norland might accept a few monitors, provided that they came from elsewhere.",
         "Norland might accept a few monitors, provided that they came from elsewhere", "The envoy"),
        ("Five guards were killed at Brod and more than 20 were taken prisoner, a doctor at the hospital said.",
         "Five guards were killed at Brod and more than 20 were taken prisoner", "a doctor at the hospital"),
        ("His view is known. It is: “We did not invite them,” Orlov told the cadets.",
         "“We did not invite them,”", "Orlov"),
        ("“We would have known,” he says of the letters, as though not being told were the same as having asked.",
         "“We would have known,”", "he"),
        ("A statement by the owner, the Brod Power Company, put the failure “late on Monday night”.",
         "the failure “late on Monday night”", "the Brod Power Company"),
    ],
)  # fmt: skip
def test_whole_contents_and_true_speakers(nlp: Language, text: str, content: str, who: str) -> None:
    doc = nlp(text)
    assert (content, who) in [of(doc, c) for c in doc._.claims]


def test_a_saying_after_but_has_the_speaker_of_the_first(nlp: Language) -> None:
    doc = nlp(
        "The union's spokesman admitted that the mine had been lost but said its workers had made “an orderly exit”."
    )
    assert [of(doc, c) for c in doc._.claims] == [
        ("the mine had been lost", "The union's spokesman"),
        ("its workers had made “an orderly exit”", "The union's spokesman"),
    ]


def test_the_one_who_was_asked_answers(nlp: Language) -> None:
    doc = nlp("The ministry's spokesman, asked whether the town had fallen, said that “it would be premature to say.”")
    assert ("“it would be premature to say.”", "The ministry's spokesman") in [of(doc, c) for c in doc._.claims]
    assert all(c.speaker is None for c in doc._.claims if c.speech_act == "asked")


def test_a_quotation_over_three_paragraphs_with_straight_marks(nlp: Language) -> None:
    doc = nlp('"We want peace," Keller said. "We know the song.\n\n"It is old.\n\n"Go home," she added.')
    assert of(doc, doc._.claims[0])[0] == '"We want peace," … "We know the song. … "It is old.'


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("A list of the missing would be printed on Tuesday, a clerk said.", "future"),
        ("The firm may sell the mine next year, two people with knowledge of its plans said.", "possible"),
        ("Should the strikes continue, Norland will be forced to close the port, Keller warned.", "conditional"),
        ("The envoy said that Norland might accept them, provided that they came from elsewhere.", "conditional"),
        ("The mayor said the bridge was closed.", "actual"),
        ("The mayor said the bridge would have been closed.", "conditional"),
        ("He did not say that the bridge was closed.", "negated"),
        ("The mayor said the town had no plan for a flood.", "negated"),
        ("The mayor warned that the town would not “pay for other people's dams”.", "negated"),
        ("Keller's warning that the dam might fail was heard.", "possible"),
        ("“Nobody has given up the frontier,” the colonel said. “If they come, they will meet artillery.”", "negated"),
        ("The colonel said no observer would be received.", "negated"),
        ("“We would be back where we were,” the clerk said.", "conditional"),
        ("“I would rather lose the vote,” the minister said.", "actual"),
        ("The minister urged both sides to return to the table.", "future"),
    ],
)
def test_how_firmly(nlp: Language, text: str, modality: str) -> None:
    assert {c.modality for c in nlp(text)._.claims} <= {modality}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The ministry denied on Friday that Norland had agreed to a deal.", "denied"),
        ("The minister vowed that the guilty would be tried.", "promised"),
        ("The union demanded on Monday that the mine be closed.", "demanded"),
    ],
)
def test_a_core_cue_names_the_act(nlp: Language, text: str, act: str) -> None:
    assert [c.speech_act for c in nlp(text)._.claims] == [act]


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        ("On Friday, Anna Keller said the dam was old.", date(2014, 6, 20), "expression"),
        ("Anna Keller told a news conference on Friday that the dam was old.", date(2014, 6, 20), "expression"),
        ("In a statement issued on Friday, Anna Keller said the dam was old.", date(2014, 6, 20), "expression"),
        ("Anna Keller today told the cadets that the dam was old.", SUNDAY, "reference_day"),
        ("Anna Keller said the dam had burst on Friday.", None, "none"),
        ("According to the mayor, the dam burst on Friday.", None, "none"),
        ("The mayor believes since Friday that the dam is old.", None, "none"),
    ],
)
def test_the_day_of_speech(nlp: Language, text: str, day: date | None, basis: str) -> None:
    claim = dated(nlp, text)._.claims[0]
    assert (claim.said_on, claim.said_basis) == (day, basis)


def test_a_run_of_speech_has_one_day(nlp: Language) -> None:
    doc = dated(
        nlp,
        "On Friday, Anna Keller said the dam was old. She added that the gates were rusty. The mayor said it was new.",
    )
    assert [c.said_on for c in doc._.claims] == [date(2014, 6, 20), date(2014, 6, 20), None]


def test_an_appearance_dates_what_is_said_there(nlp: Language) -> None:
    doc = dated(nlp, "On Friday Anna Keller addressed the council. “The dam is old,” Keller said.")
    assert [c.said_on for c in doc._.claims if c.quotation == "direct"] == [date(2014, 6, 20)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The mayor told the council Friday to keep the gates shut.", "to keep the gates shut"),
        ("The mayor told the guards Friday never to open the gates.", "never to open the gates"),
    ],
)
def test_who_is_told_to_act_and_the_day_are_not_what_is_said(nlp: Language, text: str, content: str) -> None:
    doc = dated(nlp, text)
    (claim,) = doc._.claims
    assert of(doc, claim) == (content, "The mayor")
    assert claim.said_on == date(2014, 6, 20)


def test_without_a_reference_day_today_is_no_day(nlp: Language) -> None:
    claim = dated(nlp, "Anna Keller today told the cadets that the dam was old.", None)._.claims[0]
    assert (claim.said_on, claim.said_basis) == (None, "none")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“We oppose it,” Norpress quoted Anna Keller as saying.", "quoted"),
        ("“We oppose it,” Anna Keller was quoted as saying.", "was quoted as saying"),
    ],
)
def test_the_cue_of_a_quoting_verb(nlp: Language, text: str, cue: str) -> None:
    doc = nlp(text)
    assert [c.cue.of(doc.text) for c in doc._.claims if c.cue] == [cue]


def test_a_quotation_that_the_parser_split_off(nlp: Language) -> None:
    doc = nlp(
        "Secretary John Keller came. He also called the Harbour League of Brod and Tessin (HLBT) “a threat not only to "
        "Brod, but to the entire region,” warning against the funding of groups that could help it."
    )
    league = "the Harbour League of Brod and Tessin (HLBT) “a threat not only to Brod, but to the entire region,”"
    assert (league, "He") in [of(doc, c) for c in doc._.claims]


def test_a_day_holds_for_the_rest_of_an_interview_whoever_else_speaks_between(nlp: Language) -> None:
    doc = dated(
        nlp,
        "In an interview with a local station, Anna Keller said on Friday that the dam was safe. The league's leader, "
        "Otto Lund, said that it was not. It is 40 years old. It was built of stone. It has two gates. “It will hold,” "
        "Keller said.",
    )
    days = {of(doc, c)[0]: c.said_on for c in doc._.claims}
    assert days["the dam was safe"] == days["“It will hold,”"] == date(2014, 6, 20)
    assert days["it was not"] is None


def test_a_day_does_not_hold_long_after_a_plain_saying(nlp: Language) -> None:
    doc = dated(
        nlp,
        "Anna Keller said on Friday that the dam was safe. It is 40 years old. It was built of stone. It has two "
        "gates. “It will hold,” Keller said.",
    )
    assert doc._.claims[-1].said_on is None


@pytest.mark.parametrize(
    ("before", "content"),
    [
        (
            "As Emma Larsen wrote, ",
            "“Odell’s role has been to comfort the lost and most fondly remembered farmer, one like him: that guy.”",
        ),
        (
            "The letter also calls ",
            "him “a weak engineer at the harbour office, protecting old friends, instead of following the law.”",
        ),
    ],
)
def test_a_quotation_is_not_cut_where_the_parser_loses_its_way(nlp: Language, before: str, content: str) -> None:
    text = before + content
    assert [[part.of(text) for part in claim.parts] for claim in nlp(text)._.claims] == [[content]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“The gates are shut,” Emma Larsen said on CBS's “Face the Nation.” “Nobody told us.”",
         ["“The gates are shut,”", "“Nobody told us.”"]),
        ("But Emma Larsen told CNN's \"Early Start\" that the dam would hold.", ["the dam would hold"]),
        ("Emma Larsen also told “WBAP Morning News” that the dam would hold.", ["the dam would hold"]),
        # Behind what is said the title belongs to it.
        ("Emma Larsen said the farmers had watched CBS's “Face the Nation.”",
         ["the farmers had watched CBS's “Face the Nation.”"]),
    ],
)  # fmt: skip
def test_the_title_of_a_programme_is_not_what_is_said_there(nlp: Language, text: str, content: list[str]) -> None:
    assert [[part.of(text) for part in claim.parts] for claim in nlp(text)._.claims] == [content]


def test_a_content_ends_before_the_conjunction_that_joins_nothing_to_it(nlp: Language) -> None:
    text = "A majority also disapprove of how Odell is handling the issue but his rating is higher."
    parts = [part.of(text) for claim in nlp(text)._.claims for part in claim.parts]
    assert parts == ["of how Odell is handling the issue"]


@pytest.mark.parametrize(
    ("behind", "goes_on"),
    [
        ("“I don’t know that you’ll see a wave of people” supporting the dam.", True),
        ("“The Book of Dams Is Shut,” which Odell wrote, sold well.", False),
    ],
)
def test_a_saying_goes_on_with_a_sentence_that_begins_with_its_clause(
    nlp: Language, behind: str, goes_on: bool
) -> None:
    text = f"“They are going to leave whoever asks them,” Emma Larsen said. {behind}"
    parts = [part.of(text) for part in nlp(text)._.claims[0].parts]
    assert (parts[-1] == behind.rstrip(".")) == goes_on
