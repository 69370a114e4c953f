"""The way of a claim to the page, in sentences of our own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.extract.claims.blocks import blocks
from flows.extract.claims.datelines import datelines
from flows.extract.claims.scene import Scene
from flows.extract.doc import make_doc
from flows.known_names import publication_key
from flows.records import Claim, CleanArticle, CreditedSource, Document, Segment

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

pytestmark = pytest.mark.model


def article(
    cells: list[tuple[str, str]], sources: tuple[CreditedSource, ...] = (), **fields: str | None
) -> CleanArticle:
    """An article of (kind, text) cells; forum headers and navigation are dropped."""
    raw, text, segments = "", "", []
    for number, (kind, words) in enumerate(cells):
        kept = kind not in ("forum_header", "navigation", "byline")
        text += "\n\n" if kept and text else ""
        start = len(text) if kept else None
        end = len(text) + len(words) if kept else None
        segments.append(Segment(number, kind, kept, len(raw), len(raw) + len(words), start, end, words))
        text += words if kept else ""
        raw += words + "\n\n"
    document = Document("d1", "story.txt", "wire", "story.txt", "h", text=raw, url=fields.get("url"))
    day = date(2014, 6, 23)
    return CleanArticle(
        document,
        "a1",
        None,
        (),
        fields.get("outlet"),
        "en",
        day,
        "metadata",
        day,
        raw,
        text,
        tuple(segments),
        (),
        sources,
    )


def read(nlp: Language, of: CleanArticle) -> Doc:
    doc = make_doc(nlp, of)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def way(claim: Claim) -> list[str]:
    return [f"{hop.role}: {hop.name}" for hop in claim.chain]


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ("“We oppose it,” Norpress news agency quoted Anna Keller as saying.",
         ["speaker: Anna Keller", "agency: Norpress", "page: page"]),
        ("Anna Keller told the Brod Courier that the dam was safe.",
         ["speaker: Anna Keller", "outlet: Brod Courier", "page: page"]),
        ("According to Reuters, Anna Keller said on Sunday that the dam was safe.",
         ["speaker: Anna Keller", "agency: Reuters", "page: page"]),
        ("The clerk who met them said that a list would be printed, the newspaper reported.",
         ["speaker: The clerk", "outlet: the newspaper", "page: page"]),
        ("The town had fallen, state television reported, quoting a general.",
         ["speaker: a general", "broadcaster: state television", "page: page"]),
        ("Citing two officials, the Daily Herald reported that the dam was old.",
         ["speaker: two officials", "outlet: Daily Herald", "page: page"]),
        ("Police, quoted by Reuters, said that the town had fallen.",
         ["speaker: Police", "agency: Reuters", "page: page"]),
        ("Keller said, according to Norpress, that the dam was old.",
         ["speaker: Keller", "outlet: Norpress", "page: page"]),
        ("The general told state radio that the town had fallen.",
         ["speaker: The general", "broadcaster: state radio", "page: page"]),
        ("A spokesman for the Harbour Company said the pier was safe.",
         ["speaker: A spokesman for the Harbour Company", "page: page"]),
        ("Anna Keller said, according to those minutes, that “the dam is old.”",
         ["speaker: Anna Keller", "document: those minutes", "page: page"]),
        ("“We have no quarrel with them,” Anna Keller said in a recording sent to journalists.",
         ["speaker: Anna Keller", "document: a recording", "page: page"]),
        ("In a letter to the families, Anna Keller wrote: “The dam is old.”",
         ["speaker: Anna Keller", "document: a letter to the families", "page: page"]),
        ("Anna Keller said in a statement that the dam was old.", ["speaker: Anna Keller", "page: page"]),
        ("“'The dam is old,'” Tom Okafor quoted Anna Keller as saying.",
         ["speaker: Anna Keller", "spokesman: Tom Okafor", "page: page"]),
    ],
)  # fmt: skip
def test_who_passed_it_on(nlp: Language, text: str, hops: list[str]) -> None:
    found = [way(c) for c in nlp(text)._.claims]
    assert [[h.replace("speaker: clerk", "speaker: The clerk").replace("outlet: newspaper", "outlet: the newspaper")
             for h in one] for one in found] == [hops]  # fmt: skip


def hops(nlp: Language, text: str, **fields: str | None) -> list[list[str]]:
    """The way of each claim of the text, without speaker and page."""
    claims = read(nlp, article([("body", text)], **fields))._.claims
    return [[f"{h.role}: {h.name}" for h in c.chain if h.role not in ("speaker", "page")] for c in claims]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("The bridge is unsafe, Brandl told Portal 24.", ["outlet: Portal 24"]),
        ("“The ferry was late,” Odell told Kanal 7.", ["broadcaster: Kanal 7"]),
        ("Odell told KRTV the ferry was late.", ["broadcaster: KRTV"]),
        ("Brandl told Teso Online on Tuesday that the bridge was unsafe.", ["outlet: Teso Online"]),
        ("In an interview with Radio Teso, Brandl said the bridge was unsafe.", ["broadcaster: Radio Teso"]),
        ("In an interview with Teso Voice, Odell said the ferry was late.", ["outlet: Teso Voice"]),
        ("Speaking to Kanal Nord on Monday, Odell said the ferry was late.", ["broadcaster: Kanal Nord"]),
        ("“The ferry was late,” Odell said on Radio Teso.", ["broadcaster: Radio Teso"]),
        ("“The ferry was late,” Odell told the station KRTV.", ["broadcaster: KRTV"]),
        ("In an interview with Kira Lund of Radio Teso, Odell said the ferry was late.", ["broadcaster: Radio Teso"]),
        ("Contacted by Radio Teso, Odell said the ferry was late.", ["broadcaster: Radio Teso"]),
        ("“It is unsafe,” Brandl, reached by phone by the Kostrel Post, said.", ["outlet: Kostrel Post"]),
        ("Reached by phone by Reuters, Brandl said the bridge was unsafe.", ["agency: Reuters"]),
        ("Experts contacted by Reuters said that the bridge was unsafe.", ["agency: Reuters"]),
        ("Ada Brandl, speaking to the BBC on Monday, said the bridge was unsafe.", ["broadcaster: BBC"]),
        ("An official speaking to Reuters said the bridge was unsafe.", ["agency: Reuters"]),
        ("Nina Hall told The Tesk Herald that she was broke.", ["outlet: Tesk Herald"]),
        ("“It is unsafe,” Odell told Al Tarn TV.", ["broadcaster: Al Tarn TV"]),
        ("“The ferry was late,” Odell told Teso Voice.", ["outlet: Teso Voice"]),
        ("Brandl told the website Voxia that the bridge was unsafe.", ["outlet: Voxia"]),
        ("The army said in a statement carried by Reuters that the bridge was unsafe.", ["agency: Reuters"]),
        ("According to a report in the Kostrel Herald, the bridge is unsafe.", ["outlet: Kostrel Herald"]),
    ],
)  # fmt: skip
def test_a_publication_that_no_list_knows_is_known_by_where_it_stands(nlp: Language, text: str, way: list[str]) -> None:
    assert hops(nlp, text) == [way]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandl told Kira Lund that the bridge was unsafe.",
        "In an interview with Kira Lund, Odell said the ferry was late.",
        "Brandl told the Kostrel Council that the bridge was unsafe.",
        "Odell told Harlow Holdings that the ferry was late.",
        "Odell told the Marovian Workers' Party the ferry was late.",
        "Odell told Congress the ferry was late.",
        "Brandl told Marovia that it must leave.",
        "“The ferry was late,” Odell wrote on May 30.",
        "On her website, the mayor vowed to mend the bridge.",
        "Brandl told Oxfam that the bridge was unsafe.",
        "In an interview with Deloitte, Odell said the ferry was late.",
        "“The ferry was late,” Odell told Officer Dan Globe.",
        "Questioned by Judge Monitor, Odell said the ferry was late.",
        "“The ferry was late,” said Odell, speaking by Zoom.",
        "“The ferry was late,” said Odell, reached by Skype.",
        "Odell told the engineer Kira Lund the ferry was late.",
        "Brandl hit out at NBC, saying that the bridge was safe.",
        "“The bridge is safe,” Brandl said after writing a Reuters column.",
    ],
)
def test_who_else_is_told_is_no_hop(nlp: Language, text: str) -> None:
    assert hops(nlp, text) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandl told Reuters that the bridge was unsafe, adding that nobody cared.",
        "Ada Brandl told Reuters on Sunday that the bridge was unsafe, and added that nobody cared.",
    ],
)
def test_what_is_said_in_one_breath_was_told_the_same_publication(nlp: Language, text: str) -> None:
    assert hops(nlp, text) == [["agency: Reuters"], ["agency: Reuters"]]


def test_what_is_said_to_somebody_else_was_not_told_the_publication(nlp: Language) -> None:
    text = "Ada Brandl told Reuters on Sunday that the bridge was unsafe, and told the council that nobody cared."
    assert hops(nlp, text) == [["agency: Reuters"], []]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was unsafe, Brandl told the BBC's Newsday programme.",
        "Brandl said on the Newsday programme on the BBC that the bridge was unsafe.",
        "“I want it,” Brandl told BBC’s “Meet the Mayor,” in answer to rumours that she had left the harbour town.",
    ],
)
def test_a_programme_goes_with_its_broadcaster(nlp: Language, text: str) -> None:
    assert hops(nlp, text) == [["broadcaster: BBC"]]


def test_an_interviewer_on_its_own_page_is_no_hop(nlp: Language) -> None:
    text = "In an interview with Teso Voice, Odell said the ferry was late."
    assert hops(nlp, text, outlet="Teso Voice Radio") == [[]]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("“The bridge is unsafe,” Brandl said in an email.", ["document: an email"]),
        ("“The bridge is unsafe,” Brandl said in a video posted on Telegram.", ["document: a video"]),
        ("Odell wrote in a post on Telegram that the ferry was late.", ["document: a post on Telegram"]),
        ("Odell said in an email to Reuters that the ferry was late.", ["document: an email", "agency: Reuters"]),
        ("The bridge is unsafe, Brandl wrote in an email seen by Reuters.", ["document: an email", "agency: Reuters"]),
        ("The bridge is unsafe, Brandl said in a letter obtained by the Courier.",
         ["document: a letter", "outlet: Courier"]),
        ("Odell said in a video released by the Kostrel Courier that the ferry was late.",
         ["document: a video", "outlet: Kostrel Courier"]),
        ("Brandl wrote in his memoir that the ferry was late.", ["document: his memoir"]),
        ("An internal memo reviewed by Reuters said the ferry was late.", ["agency: Reuters"]),
        ("Odell wrote in the Kostrel Post that the ferry was late.", ["outlet: Kostrel Post"]),
        ("A poll published by Lund Research found that the ferry was late.", []),
    ],
)  # fmt: skip
def test_what_it_was_written_in_and_who_saw_that(nlp: Language, text: str, way: list[str]) -> None:
    assert hops(nlp, text) == [way]


@pytest.mark.parametrize(
    ("text", "content", "source", "hop"),
    [
        ("The town had fallen, state television reported on Friday, quoting a spokesman.",
         "The town had fallen", "a spokesman", "broadcaster: state television"),
        ("Two soldiers were killed in the raid, the newspaper said, citing two officials.",
         "Two soldiers were killed in the raid", "two officials", "outlet: newspaper"),
        ("The army has taken the pass, the state news agency said on Friday, citing the defence ministry.",
         "The army has taken the pass", "the defence ministry", "agency: state news agency"),
        ("State radio reported on Friday, quoting an army spokesman, that the town had fallen.",
         "the town had fallen", "an army spokesman", "broadcaster: State radio"),
        ("The Kostrel Courier reported, citing unnamed sources, that Brandl would go and that Lund would follow him.",
         "Brandl would go and that Lund would follow him", "unnamed sources", "outlet: Kostrel Courier"),
        ("The news site said the strike was off, citing an unnamed source at the ministry.",
         "the strike was off", "an unnamed source at the ministry", "outlet: news site"),
        ("Reuters said the road was closed, citing a police report.",
         "the road was closed", "a police report", "agency: Reuters"),
        ("The mayor has left the country by ferry, Reuters reported, citing Marovian state TV.",
         "The mayor has left the country by ferry", "Marovian state TV", "agency: Reuters"),
        ("Quoting a spokesman, state television reported that the town had fallen.",
         "the town had fallen", "a spokesman", "broadcaster: state television"),
    ],
)  # fmt: skip
def test_whom_a_publication_quotes_is_the_speaker(
    nlp: Language, text: str, content: str, source: str, hop: str
) -> None:
    doc = read(nlp, article([("body", text)]))
    (claim,) = doc._.claims
    assert [part.of(doc.text) for part in claim.parts] == [content]
    assert claim.speaker.of(doc.text) == source
    assert way(claim)[1:-1] == [hop]
    assert (claim.said_on == date(2014, 6, 20)) is ("Friday" in text)


@pytest.mark.parametrize(
    "text",
    [
        "The newspaper said it would close in May, citing high costs.",
        "Citing two officials, Brandl said the town had fallen.",
    ],
)
def test_what_is_only_cited_does_not_speak(nlp: Language, text: str) -> None:
    doc = read(nlp, article([("body", text)]))
    assert [c.speaker.of(doc.text) for c in doc._.claims] in (["The newspaper"], ["Brandl"])
    assert [way(c)[1:-1] for c in doc._.claims] == [[]]


def test_the_report_around_a_claim_is_a_hop_of_it(nlp: Language) -> None:
    doc = nlp("Two officials later said that their men had left the town, according to Reuters.")
    said = next(c for c in doc._.claims if c.cue.of(doc.text) == "later said")
    assert way(said) == ["speaker: Two officials", "agency: Reuters", "page: page"]


def test_what_refers_back_to_an_interview_came_through_it_too(nlp: Language) -> None:
    doc = nlp(
        "Anna Keller told the Brod Courier that the dam was old. She promised in the same interview to mend it. "
        "“It leaks,” she said."
    )
    assert [way(c)[1:-1] for c in doc._.claims] == [["outlet: Brod Courier"], ["outlet: Brod Courier"], []]
    assert [c.chain[1].basis for c in doc._.claims[:2]] == ["stated", "inferred"]


def test_a_passage_that_a_page_takes_over_ends_at_the_next_heading(nlp: Language) -> None:
    cells = [
        ("body", "That was on Brod Public Radio, which reported:"),
        ("body", "Anna Keller said that the dam was old."),
        ("subheading", "A cold night"),
        ("body", "The mayor said that it was new."),
    ]
    doc = read(nlp, article(cells))
    assert [way(c)[1:-1] for c in doc._.claims] == [["broadcaster: Brod Public Radio"], []]


def test_a_page_that_calls_itself_by_a_word_of_its_name_is_no_hop(nlp: Language) -> None:
    cells = [("body", "The mayor told the Courier that the dam was old.")]
    assert way(read(nlp, article(cells, outlet="The Brod Courier"))._.claims[0])[1:] == ["page: The Brod Courier"]


@pytest.mark.parametrize(
    "introduction",
    ["The Washington Post reports: ", "Brod Monitor adds: ", "From the Courier: ", "The Post again: ", "Via Reuters: "],
)
def test_forms_of_block_introductions(nlp: Language, introduction: str) -> None:
    doc = nlp(introduction + "The mayor said the dam had burst in the night and that the town was under water.")
    assert len(blocks(Scene(doc))) == 1


def test_a_person_with_a_colon_is_no_block(nlp: Language) -> None:
    assert blocks(Scene(nlp("Anna Keller adds: The dam is old and nobody in the town has ever looked at it."))) == ()


def test_a_block_reaches_until_the_next(nlp: Language) -> None:
    doc = nlp(
        "Brod Monitor adds: The mayor said the dam was old.\n\nThe clerk said it was new.\n\n"
        "The Harbour Gazette reports: The baker said it was wet."
    )
    assert [way(c)[1] for c in doc._.claims] == ["outlet: Brod Monitor"] * 2 + ["outlet: The Harbour Gazette"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BROD, Norland, May 3 (Norpress) - The dam burst.", "Norpress"),
        ("BROD, 3 May /Norpress/. The dam burst.", "Norpress"),
        ("(CNN) The dam burst.", "CNN"),
        ("BROD, Norland: The dam burst.", None),
    ],
)
def test_datelines(text: str, name: str | None) -> None:
    (line,) = datelines(text)
    assert (line.name, text[line.span.end :]) == (name, "The dam burst.")


@pytest.mark.parametrize(
    "text", ["NATO said the dam burst.", "The mayor (Social Democrat) spoke.", "(See page 4) It burst."]
)
def test_no_datelines(text: str) -> None:
    assert datelines(text) == ()


def test_the_agency_of_the_dateline_is_a_hop_and_no_content(nlp: Language) -> None:
    line = "BROD, Norland, May 3 (Norpress) - The dam burst at dawn, officials said."
    doc = read(nlp, article([("body", line), ("body", "The mayor said it was old.")], outlet="Daily Herald"))
    assert [way(c)[1:] for c in doc._.claims] == [["agency: Norpress", "page: Daily Herald"]] * 2
    assert doc._.claims[0].parts[0].of(doc.text) == "The dam burst at dawn"


def test_what_is_told_the_page_itself_came_by_no_agency(nlp: Language) -> None:
    body = "BROD, Norland, May 3 (Norpress) - The dam burst.\n\nThe mayor told the Daily Herald that it was old."
    doc = read(nlp, article([("body", p) for p in body.split("\n\n")], outlet="Daily Herald"))
    assert way(doc._.claims[-1])[1:] == ["page: Daily Herald"]


def test_a_forum_copies_an_article_and_adds_words_of_its_own(nlp: Language) -> None:
    doc = read(
        nlp,
        article(
            [
                ("forum_header", "Dam_Watcher"),
                ("body", "Anna Keller told the Brod Courier that the dam was old."),
                ("body", "The mayor said it was new."),
                ("navigation", "More here: Old dam, new fears | World | brodcourier.example"),
                ("repost_comment", "My uncle said the dam was fine."),
            ]
        ),
    )
    copied = ["outlet: Brod Courier", "reposter: Dam_Watcher", "page: story.txt"]
    assert way(doc._.claims[0])[1:] == copied
    assert way(doc._.claims[1])[1:] == ["earlier_article: Brod Courier", *copied[1:]]
    assert way(doc._.claims[2])[1:] == copied[1:]
    link = doc._.claims[1].chain[1]
    assert doc._.article.raw_text[link.raw_start : link.raw_end] == "brodcourier.example"


def test_a_credit_for_additional_reporting_is_no_hop(nlp: Language) -> None:
    cells = [("body", "The mayor said it was old."), ("navigation", "Additional reporting: Norpress")]
    at = len("The mayor said it was old.") + 2 + len("Additional reporting: ")
    credit = CreditedSource("Norpress", "agency", 1, at, at + len("Norpress"))
    assert way(read(nlp, article(cells, (credit,)))._.claims[0])[1:] == ["page: story.txt"]


def test_the_page_is_named_by_outlet_host_or_file(nlp: Language) -> None:
    cells = [("body", "The mayor said it was old.")]
    named = [
        article(cells, outlet="Herald", url="https://www.brod.example/1"),
        article(cells, url="https://www.brod.example/1"),
    ]
    pages = [way(read(nlp, a)._.claims[0])[-1] for a in (*named, article(cells))]
    assert pages == ["page: Herald", "page: brod.example", "page: story.txt"]


def test_ways_of_writing_one_publication() -> None:
    assert (
        publication_key("The Brod Courier")
        == publication_key("brodcourier.example")
        == publication_key("Brod Courier (Web News)")
        == publication_key("Brod Courier - Opinion/Editorial")
        == publication_key("The Brod Courier | News")
    )


def test_a_report_named_behind_the_words_passed_them_on(nlp: Language) -> None:
    doc = nlp("Ivo Brandl said the strike was over, Reuters reported on Saturday.")
    (claim,) = doc._.claims
    assert [part.of(doc.text) for part in claim.parts] == ["the strike was over"]
    assert [hop.name for hop in claim.chain] == ["Ivo Brandl", "Reuters", "page"]
