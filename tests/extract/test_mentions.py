"""hearsay_mentions: names, nominals and pronouns of a text, with their kinds and spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.extract.naming.kinds import settle_kinds
from flows.extract.naming.spans import NameSpan, repeated
from flows.names import canonical
from flows.records import Mention
from flows.resources import lexicon

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def mentions(nlp: Language, text: str, form: str = "name") -> list[Mention]:
    doc = nlp(text)
    assert all(doc.text[m.start : m.end] == m.text for m in doc._.mentions)
    return [m for m in doc._.mentions if m.form == form]


def kinds(nlp: Language, text: str) -> dict[str, str]:
    return {m.text: m.kind for m in mentions(nlp, text)}


def test_a_name_has_no_title_article_or_possessive(nlp: Language) -> None:
    found = mentions(nlp, "Lt. Gen. Karim al-Dulaimi’s convoy left Basra, The Washington Post reported.")
    by_text = {m.text: m for m in found}
    assert by_text["Karim al-Dulaimi"].title_text == "Lt. Gen."
    assert by_text["Karim al-Dulaimi"].kind == "person"
    assert by_text["Washington Post"].kind == "media"
    assert by_text["Basra"].kind == "place"


def test_known_groups_have_their_kind_however_the_model_sees_them(nlp: Language) -> None:
    text = "Isis seized the town. The Islamic State of Iraq and the Levant (Isis) and Hamas were named by the FBI."
    found = kinds(nlp, text)
    assert found["Isis"] == "armed_group"
    assert found["Islamic State of Iraq and the Levant"] == "armed_group"
    assert found["Hamas"] == "armed_group"
    assert found["FBI"] == "government"


def test_common_words_are_not_taken_for_media(nlp: Language) -> None:
    found = kinds(
        nlp, "People said the time had come. Time passed and the sun rose over the fortune of the independent mayor."
    )
    assert "media" not in found.values()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Two reporters were arrested in Iran on Monday.", "place"),
        ("Troops crossed into Iran on Monday.", "place"),
        ("The Larsens fled to Iran last year.", "place"),
        ("Fighting spread across Iraq and Iran on Monday.", "place"),
        ("The border between Iraq and Iran was closed.", "place"),
        ("A flood killed nine people in northern Iran.", "place"),
        ("Snow fell in Iran's mountains.", "place"),
        ("TEHRAN, Iran, May 3 (Meridian) - Two banks were closed.", "place"),
        ("Iran denied it on Monday.", "country"),
        ("Peter Larsen spoke of sanctions against Iran.", "country"),
        ("The minister warned of a war with Iran.", "country"),
        ("Peter Larsen wrote to Iran on Monday.", "country"),
        ("The minister has no confidence in Iran.", "country"),
        ("The president of Iran resigned.", "country"),
        ("In Lisbon, Iran accused Israel of spying.", "country"),
        ("The inquiry into Iran began on Monday.", "country"),
        ("Peter Larsen brought a message to Iran.", "country"),
        ("The court said so in Larsen v. Iran and in Iran v. Larsen.", "country"),
    ],
)
def test_a_country_that_only_locates_is_a_place(nlp: Language, text: str, kind: str) -> None:
    assert kinds_by_entity(nlp, text)["Iran"] == kind


def kinds_by_entity(nlp: Language, text: str) -> dict[str, str]:
    doc = nlp(text)
    return {m.text: doc._.entities[m.entity].kind for m in doc._.mentions if m.form == "name" and m.entity is not None}


def test_a_country_that_is_named_by_a_side_acts_as_others_do(nlp: Language) -> None:
    text = "North Korea said on Monday that it had fired a missile. North Korea accused South Korea of spying."
    assert kinds_by_entity(nlp, text) == {"North Korea": "country", "South Korea": "country"}


def test_a_country_that_acts_and_locates_is_both(nlp: Language) -> None:
    doc = nlp("Iran denied on Monday that its troops had been seen in Iraq. Peter Larsen flew to Iran.")
    found = [(m.text, doc._.entities[m.entity].kind) for m in doc._.mentions if m.text in {"Iran", "Iraq"}]
    assert found == [("Iran", "country"), ("Iraq", "place"), ("Iran", "place")]


def test_a_paper_goes_by_the_last_word_of_its_name(nlp: Language) -> None:
    doc = nlp("The Kostrel Courier reported that the dam had failed. A clerk told the Courier that the log was lost.")
    papers = [m for m in doc._.mentions if m.text.endswith("Courier")]
    assert [m.kind for m in papers] == ["media", "media"]
    assert len({m.entity for m in papers}) == 1
    assert kinds(nlp, "Peter Larsen told the Ledger on Monday that it was over.")["Ledger"] == "media"
    assert kinds(nlp, "Peter Larsen sent it by Courier on Monday.").get("Courier") != "media"


@pytest.mark.parametrize("name", ["New York Police", "New Orleans Saints", "Kansas City Chiefs"])
def test_a_body_that_goes_by_its_town_is_no_place(nlp: Language, name: str) -> None:
    doc = nlp(f"Two men were freed by the {name} on Monday. The {name} said so.")
    places = [NameSpan(t.i, t.i + len(name.split()), "place", False) for t in doc if t.text == name.split()[0]]
    assert {span.kind for span in settle_kinds(doc, places)} == {"organisation"}
    town = nlp("They left Niagara Falls.")
    assert [span.kind for span in settle_kinds(town, [NameSpan(2, 4, "place", False)])] == ["place"]


def test_names_do_not_run_over_paragraphs(nlp: Language) -> None:
    found = mentions(nlp, "Mayor Greets Peter Hale\n\nAnna Marlow spoke on Monday.\n\nPeter Hale did not.")
    assert not any("\n" in m.text for m in found)
    assert "Anna Marlow" in {m.text for m in found}


def test_adjectives_of_origin_are_no_actors(nlp: Language) -> None:
    found = kinds(nlp, "Iranian officials met French soldiers. Iraqis cheered.")
    assert "Iranian" not in found
    assert "French" not in found
    assert found["Iraqis"] == "group"


def test_a_town_in_a_list_of_towns_is_a_place(nlp: Language) -> None:
    found = kinds(nlp, "Troops withdrew from Rawa, Ana and Rutba on Friday. They took Ana without a fight.")
    assert {found[name] for name in ("Rawa", "Ana", "Rutba")} == {"place"}


def test_nominals(nlp: Language) -> None:
    text = "A senior Iraqi official told residents that the army and two gunmen had left."
    found = {m.text: m.kind for m in mentions(nlp, text, "nominal")}
    assert found["A senior Iraqi official"] == "unnamed"
    assert found["residents"] == "group"
    assert found["the army"] == "government"
    assert found["two gunmen"] == "group"


def test_pronouns_of_the_third_person_only(nlp: Language) -> None:
    found = mentions(nlp, "“I told you we would win,” she said, and they laughed at him.", "pronoun")
    assert [m.text for m in found] == ["she", "they", "him"]


def test_an_empty_text_has_no_mentions(nlp: Language) -> None:
    assert mentions(nlp, "") == []
    assert mentions(nlp, "\n\n  \n") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("18.20 Mr Ali Demir said the dam held.", "Ali Demir"),
        ("5pm Minister Eva Lund arrived in Paris.", "Eva Lund"),
        ("17:05 GMT Police said three were hurt.", "Police"),
        ("17:05 GMT Ali Demir said the dam held.", "Ali Demir"),
    ],
)
def test_the_stamp_of_a_live_report_is_no_part_of_a_mention(nlp: Language, text: str, name: str) -> None:
    first = nlp(text)._.mentions[0]
    assert first.text == name
    assert not (first.title_text or "").startswith("pm")


def test_a_firm_is_one_organisation_without_its_ticker(nlp: Language) -> None:
    text = (
        "Norvik Energy ASA (OSE: NVK) said on Monday it would cut jobs. Norvik Energy said the cuts were needed. "
        "Helmer Bruk plc (NYSE: HBK) agreed, and Norvik Energy has 300 staff."
    )
    assert kinds(nlp, text) == {
        "Norvik Energy ASA": "organisation",
        "Norvik Energy": "organisation",
        "Helmer Bruk plc": "organisation",
    }


def test_what_is_said_to_be_a_town_is_a_place(nlp: Language) -> None:
    text = "Troops took Gorna Studa. Gorna Studa is a town of 900 people. “We left it all,” said Ali Demir."
    assert kinds(nlp, text) == {"Gorna Studa": "place", "Ali Demir": "person"}


def test_the_speaker_of_a_quotation_is_no_name(nlp: Language) -> None:
    assert not mentions(nlp, "“What have I.” “I. I. said so.")


def test_the_first_of_two_kinds_of_a_repeated_name_counts(nlp: Language) -> None:
    """In text order, not in that of a set, which another process orders otherwise."""
    names = [f"Kostrel{letter}" for letter in "abcdefghijklmnop"]
    doc = nlp.make_doc(" ".join([*names, *names, *names]))
    for token in doc:
        token.pos_ = "PROPN"
    kinds = ("organisation", "place")
    taken = {i: NameSpan(i, i + 1, kinds[i // len(names)], False) for i in range(2 * len(names))}
    assert {span.kind for span in repeated(doc, taken)} == {"organisation"}


@pytest.mark.parametrize(
    "text",
    [
        "Emma Larsen spoke on Friday. Echoing Larsen, the mayor called for calm.",
        "The mayor was with Emma Larsen. Said Larsen: “We are glad.”",
    ],
)
def test_a_verb_that_begins_a_sentence_is_no_given_name(nlp: Language, text: str) -> None:
    assert {e.name: set(e.names) for e in nlp(text)._.entities if e.kind == "person"} == {
        "Emma Larsen": {"Emma Larsen", "Larsen"}
    }


@pytest.mark.parametrize(
    "text",
    [
        "According to Billionaire Peter Larsen, taxes are low.",
        "CLOSE Peter Larsen, the mayor, resigned on Friday.",
        "The report was by another Peter Larsen.",
    ],
)
def test_what_somebody_is_is_no_given_name(nlp: Language, text: str) -> None:
    assert {e.name for e in nlp(text)._.entities if e.kind == "person"} == {"Peter Larsen"}


def test_somebody_of_whom_the_text_knows_no_other_name_keeps_his_own(nlp: Language) -> None:
    assert "Said Larsen" in {e.name for e in nlp("Said Larsen came to Lund on Friday. Said Larsen is old.")._.entities}


def test_names_in_a_list_are_several_people(nlp: Language) -> None:
    names = {e.name for e in nlp("It was said by Frank, Larsen and Lund on Friday.")._.entities}
    assert names == {"Frank", "Larsen", "Lund"}


def test_a_suffix_is_nobody(nlp: Language) -> None:
    assert {e.name for e in nlp("Martin Luther Larsen, Jr. said so.")._.entities} == {"Martin Luther Larsen"}


@pytest.mark.parametrize("tag", ["R-Ohio", "D-N.J.", "D-TX", "R"])
def test_a_lawmakers_party_and_state_are_nobody(nlp: Language, tag: str) -> None:
    names = {e.name for e in nlp(f"Sen. Emma Larsen ({tag}) said on Friday that she would vote against it.")._.entities}
    assert names == {"Emma Larsen"}


def test_a_surname_that_hardly_anybody_else_is_meant_by_needs_no_introduction(nlp: Language) -> None:
    known = {e.name: e.key for e in nlp("Putin spoke to Obama on Friday. “It was good,” Putin said.")._.entities}
    assert known == {"Putin": "Vladimir Putin", "Obama": "Barack Obama"}


def test_it_means_the_one_whom_the_text_names_in_full_or_whom_the_title_fits(nlp: Language) -> None:
    of_others = ("Emma Putin lives in Lund. Putin is a teacher.", "Mrs. Obama said on Friday that she was glad.")
    assert not [e.key for text in of_others for e in nlp(text)._.entities if e.kind == "person" and e.key]


def test_an_office_parts_somebody_known_from_relatives(nlp: Language) -> None:
    people = nlp("Michelle Obama came on Friday. President Obama left early. Jill Biden stayed.")._.entities
    assert {e.name: e.key for e in people} == {"Michelle Obama": None, "Obama": "Barack Obama", "Jill Biden": None}


def test_whoever_is_known_by_a_surname_stands_in_the_lexicon_of_names() -> None:
    for row in lexicon("known_by_surname"):
        found = canonical(row["name"])
        assert found is not None
        assert (found.name, found.kind) == (row["name"], "person")


@pytest.mark.parametrize(
    "text",
    [
        "The lorry struck a wall when Tesorin Lundqui, 23, of Odell, fell asleep.",
        "Officers caught up with 23-year-old Tesorin Lundqui in Lund.",
    ],
)
def test_whoever_has_an_age_is_a_person(nlp: Language, text: str) -> None:
    kinds = {m.text: m.kind for m in nlp(text)._.mentions if m.form == "name"}
    assert kinds["Tesorin Lundqui"] == "person"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dr. William (Bill) Odell left on Monday. Odell is a clerk. Bill Odell sang.", "William (Bill) Odell"),
        ("Deputy Luis Gerardo (Jerry) Brandl was shot. Jerry Brandl was 35.", "Luis Gerardo (Jerry) Brandl"),
    ],
)
def test_what_somebody_is_called_between_brackets_is_of_his_name(nlp: Language, text: str, name: str) -> None:
    assert [entity.name for entity in nlp(text)._.entities if entity.kind == "person"] == [name]


@pytest.mark.model
def test_a_country_between_brackets_is_none_of_a_name(nlp: Language) -> None:
    doc = nlp("Emma Larsen (Norway) beat Anna Lund (Sweden) on Monday.")
    assert {e.name for e in doc._.entities if e.kind == "person"} == {"Emma Larsen", "Anna Lund"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("USS Odell fired on the boat. HMS Lund rescued its sailors. Karl Lund wept.", {"USS Odell", "HMS Lund"}),
        ("The frigate INS Kostrel sank. MV Teso Star had 20 sailors.", {"INS Kostrel", "MV Teso Star"}),
    ],
)
def test_a_ship_is_no_person_and_its_name_is_whole(nlp: Language, text: str, names: set[str]) -> None:
    assert {entity.name for entity in nlp(text)._.entities if entity.kind == "organisation"} == names


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("INS Kostrel caught a boat on Sunday. The Kostrel sailed on.", "Kostrel"),
        ("Warship Kostrel sinks a boat\n\nThe ship fired twice on Sunday. Kostrel sailed on.", "Kostrel"),
    ],
)
def test_a_ship_is_called_by_its_name_alone(nlp: Language, text: str, called: str) -> None:
    doc = nlp(text)
    named = {
        (doc._.entities[m.entity].kind, m.entity) for m in doc._.mentions if called in m.text and m.entity is not None
    }
    assert [kind for kind, _ in named] == ["organisation"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("INS Kostrel caught a boat on Sunday. Emma Kostrel was glad.", "Emma Kostrel", "person"),
        ("INS Kostrel caught a boat on Sunday. The Kostrel Gazette wrote of it.", "Kostrel Gazette", "media"),
    ],
)
def test_a_longer_name_is_no_ships_that_has_its_name_in_it(nlp: Language, text: str, name: str, kind: str) -> None:
    assert [m.kind for m in nlp(text)._.mentions if m.text == name] == [kind]


@pytest.mark.model
def test_a_place_is_no_ship_that_is_called_after_it(nlp: Language) -> None:
    doc = nlp("USS Chicago sailed on Sunday. Its captain lives in Chicago.")
    assert {m.kind for m in doc._.mentions if m.text == "Chicago"} == {"place"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Indiana State, which defeated Evansville 51-50, will play Odell.", {"Evansville"}),
        (
            "McDermott fuels Creighton past Drake in Tournament opener\n\nDoug McDermott scored 23 points Friday.",
            {"Creighton", "Drake"},
        ),
    ],
)
def test_the_result_of_a_game_is_none_of_a_name(nlp: Language, text: str, names: set[str]) -> None:
    assert names <= {m.text for m in nlp(text)._.mentions if m.form == "name"}


def test_the_captain_of_a_warship_is_no_ship(nlp: Language) -> None:
    doc = nlp("Warship Captain Peter Odell said he was glad.")
    assert [(m.text, m.kind) for m in doc._.mentions if m.form == "name"] == [("Peter Odell", "person")]
