"""Claims in sentences of our own: content, cue, speaker, act, and the way to the page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.extract.doc import make_doc
from flows.records import Claim, CleanArticle, CreditedSource, Document, Segment

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model


def contents(doc: Doc, claim: Claim) -> list[str]:
    return [part.of(doc.text) for part in claim.parts]


def only(doc: Doc) -> Claim:
    assert len(doc._.claims) == 1, [contents(doc, c) for c in doc._.claims]
    claim: Claim = doc._.claims[0]
    return claim


def speaker(doc: Doc, claim: Claim) -> str | None:
    return claim.speaker.of(doc.text) if claim.speaker else None


def way(claim: Claim) -> list[tuple[str, str]]:
    return [(hop.role, hop.name) for hop in claim.chain]


@pytest.mark.parametrize(
    ("text", "content", "who", "quotation"),
    [
        ("The mayor said the bridge was closed.", ["the bridge was closed"], "The mayor", "indirect"),
        ("“The bridge is closed,” said Anna Keller.", ["“The bridge is closed,”"], "Anna Keller", "direct"),
        ('"It is closed," Keller said. "Go home."', ['"It is closed,"', '"Go home."'], "Keller", "direct"),
        ("The bridge was closed, officials said.", ["The bridge was closed"], "officials", "indirect"),
        ("According to the police, two men fled the city.", ["two men fled the city"], "the police", "indirect"),
        ("The minister accused Norland of lying.", ["Norland of lying"], "The minister", "indirect"),
        ("The general said his men were “ready to fight” for the town.",
         ["his men were “ready to fight” for the town"], "The general", "mixed"),
        ("“It was over by noon,” said one driver, Tom Okafor, who fled the town.",
         ["“It was over by noon,”"], "one driver, Tom Okafor", "direct"),
    ],
)  # fmt: skip
def test_content_and_speaker(nlp: Language, text: str, content: list[str], who: str, quotation: str) -> None:
    doc = nlp(text)
    claim = only(doc)
    assert contents(doc, claim) == content
    assert speaker(doc, claim) == who
    assert claim.quotation == quotation


def test_a_question_belongs_to_the_one_who_asked(nlp: Language) -> None:
    doc = nlp("“The road is open,” Keller said. “Was it ever closed?” Okafor asked.")
    assert [(contents(doc, c), speaker(doc, c)) for c in doc._.claims] == [
        (["“The road is open,”"], "Keller"),
        (["“Was it ever closed?”"], "Okafor"),
    ]


def test_a_name_with_a_colon_introduces_a_quotation(nlp: Language) -> None:
    doc = nlp("The vote was close.\n\nKeller: “The plan is dead.”")
    assert (contents(doc, only(doc)), speaker(doc, only(doc))) == (["“The plan is dead.”"], "Keller")


def test_a_sentence_without_a_saying_gives_no_claim(nlp: Language) -> None:
    assert nlp("Troops crossed the river on Sunday and took the “old town” by noon.")._.claims == ()


def test_nobody_speaks_in_a_passive_without_agent(nlp: Language) -> None:
    claim = only(nlp("The commander is believed to have left the country."))
    assert (claim.speaker, claim.speaker_kind, claim.speech_act) == (None, "none", "believed")


def test_a_quotation_goes_on_in_the_next_paragraph(nlp: Language) -> None:
    doc = nlp("After the vote, Keller said:\n\n“We won. It was fair.\n\n“Nobody will go home.”\n\nThe town was quiet.")
    assert contents(doc, only(doc)) == ["“We won. It was fair.", "“Nobody will go home.”"]


@pytest.mark.parametrize(
    ("text", "act", "modality"),
    [
        ("The company denied that it had sold the data.", "denied", "actual"),
        ("The union demanded that the mine be closed.", "demanded", "future"),
        ("The minister promised to rebuild the school.", "promised", "future"),
        ("“If they ask us, we will leave the town,” Keller said.", "said", "conditional"),
    ],
)
def test_act_and_modality(nlp: Language, text: str, act: str, modality: str) -> None:
    claim = only(nlp(text))
    assert (claim.speech_act, claim.modality) == (act, modality)


@pytest.mark.parametrize(
    ("text", "who", "role"),
    [
        ("“We oppose it,” Reuters quoted Anna Keller as saying.", "Anna Keller", "agency"),
        ("Reuters reported French officials as saying there was no deal.", "French officials", "agency"),
        ("“We oppose it,” Anna Keller said at a rally, according to Reuters.", "Anna Keller", "agency"),
        ("Anna Keller told Reuters that the deal was dead.", "Anna Keller", "agency"),
    ],
)
def test_whoever_passed_it_on_stands_in_the_chain(nlp: Language, text: str, who: str, role: str) -> None:
    doc = nlp(text)
    claim = only(doc)
    assert speaker(doc, claim) == who
    assert [hop.role for hop in claim.chain] == ["speaker", role, "page"]
    assert claim.chain[1].name == "Reuters"
    assert claim.chain[1].span is not None
    assert claim.chain[1].span.of(doc.text).endswith("Reuters")


def test_a_block_introduction_is_a_hop_and_no_claim(nlp: Language) -> None:
    doc = nlp(
        "The mayor said it was cold.\n\nThe Washington Post reports: Anna Keller said the dam had burst.\n\n"
        "“It burst at night,” she said. [Continue reading…]\n\nThe mayor said the road was open."
    )
    assert [contents(doc, c) for c in doc._.claims] == [
        ["it was cold"], ["the dam had burst"], ["“It burst at night,”"], ["the road was open"],
    ]  # fmt: skip
    assert ["Washington Post" in [h.name for h in c.chain] for c in doc._.claims] == [False, True, True, False]


def article(text: str, sources: tuple[CreditedSource, ...] = (), outlet: str | None = None) -> CleanArticle:
    document = Document("d1", "x1", "wire", "x1.txt", "h", text=text)
    segments, start = [], 0
    for n, paragraph in enumerate(text.split("\n\n")):
        segments.append(
            Segment(n, "body", True, start, start + len(paragraph), start, start + len(paragraph), paragraph)
        )
        start += len(paragraph) + 2
    published, today = date(2014, 6, 23), date(2014, 6, 22)
    return CleanArticle(
        document, "a1", None, (), outlet, "en", published, "given", today, text, text, tuple(segments), sources=sources
    )


def read(nlp: Language, of: CleanArticle) -> Doc:
    doc = make_doc(nlp, of)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def test_credits_of_the_page_and_the_page_itself_end_the_chain(nlp: Language) -> None:
    credit = CreditedSource("Reuters", "agency", 0, 5, 12)
    doc = read(nlp, article("Anna Keller said the dam had burst.", (credit,), "The Daily Herald"))
    claim = only(doc)
    assert way(claim) == [("speaker", "Anna Keller"), ("agency", "Reuters"), ("page", "The Daily Herald")]
    assert (claim.chain[1].segment, claim.chain[1].raw_start, claim.chain[1].raw_end) == (0, 5, 12)


def test_the_day_comes_from_the_expression_that_governs_the_cue(nlp: Language) -> None:
    doc = read(nlp, article("Anna Keller said Sunday that the dam had burst on Friday."))
    claim = only(doc)
    assert (claim.said_on, claim.said_basis) == (date(2014, 6, 22), "expression")
    other = only(read(nlp, article("Anna Keller said the dam had burst on Friday.")))
    assert (other.said_on, other.said_basis) == (None, "none")


def test_a_pronoun_speaks_for_the_one_it_stands_for(nlp: Language) -> None:
    doc = nlp("Anna Keller came to the dam. She said it was safe.")
    claim = only(doc)
    assert claim.speaker_form == "pronoun"
    assert claim.chain[0].name == "Anna Keller"
    assert claim.speaker_kind == "named"
