"""Names that no lexicon and no gazetteer knows: places, countries, bodies and outlets by their contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.names import body_key

if TYPE_CHECKING:
    from spacy.language import Language

    from flows.records import Entity

pytestmark = pytest.mark.model


def entities(nlp: Language, text: str) -> dict[str, Entity]:
    """The entities of the text by each of their names."""
    return {name: entity for entity in nlp(text)._.entities for name in entity.names}


def called(nlp: Language, text: str, words: str) -> str | None:
    """The name of the entity that the last mention of `words` stands for."""
    doc = nlp(text)
    number = [m.entity for m in doc._.mentions if m.text.lower() == words.lower()][-1]
    return doc._.entities[number].name if number is not None else None


def test_words_for_places_make_places(nlp: Language) -> None:
    text = (
        "Troops left the village of Orvesk on Monday and blew up the Tarnov bridge. Residents of Orvesk said that the "
        "Quellin border post was empty."
    )
    found = entities(nlp, text)
    assert {name: found[name].kind for name in ("Orvesk", "Tarnov", "Quellin")} == dict.fromkeys(
        ("Orvesk", "Tarnov", "Quellin"), "place"
    )


def test_a_dateline_names_a_place_with_its_country_and_an_agency(nlp: Language) -> None:
    found = entities(nlp, "PORT HELVAN, Brastonia, May 3 (Nordlink) - Two ships sank off Port Helvan on Friday.")
    assert found["PORT HELVAN"].kind == "place"
    assert found["Brastonia"].kind == "place"
    assert found["Nordlink"].kind == "media"


def test_a_word_of_origin_makes_a_country(nlp: Language) -> None:
    text = (
        "Vestoria closed its border on Friday. Vestorian troops were sent to the coast, and the Vestorian king spoke."
    )
    assert entities(nlp, text)["Vestoria"].kind == "country"


def test_a_person_stays_one_whatever_stands_before(nlp: Language) -> None:
    found = entities(nlp, "Jane Orvesk spoke on Monday. The trust in Orvesk is gone, and Orvesk said so herself.")
    assert found["Jane Orvesk"].kind == "person"


def test_fighters_of_a_front_make_an_armed_group_with_its_acronym(nlp: Language) -> None:
    text = (
        "Fighters of the Salt Coast Liberation Front (SCLF) took a bridge on Monday, the army said. "
        "The SCLF said it had lost nobody. The front was founded in 1980."
    )
    front = entities(nlp, text)["SCLF"]
    assert front.kind == "armed_group"
    assert front.name == "Salt Coast Liberation Front"
    assert called(nlp, text, "The front") == front.name


def test_possessives_and_and_belong_to_a_unions_name(nlp: Language) -> None:
    text = "Ana Brill of the Pilots' and Stevedores' Union (PSU) said it would strike. The union has 900 members."
    union = entities(nlp, text)["PSU"]
    assert union.name == "Pilots' and Stevedores' Union"
    assert union.kind == "organisation"
    assert called(nlp, text, "the union") == union.name


def test_names_of_bodies_agree_in_any_order_of_three_words() -> None:
    assert body_key("Front for the Freedom of the Salt Isles") == body_key("Salt Isles Freedom Front")
    assert body_key("Harlow Charities Alliance") == body_key("Alliance of Harlow for Charity")
    assert body_key("Bank of Harlow") is None


def test_the_head_of_state_is_the_president(nlp: Language) -> None:
    text = "President Karl Venn spoke on Monday. The head of state said the treaty was dead."
    doc = nlp(text)
    heads = [m.entity for m in doc._.mentions if m.text == "The head"]
    assert [doc._.entities[number].name for number in heads if number is not None] == ["Karl Venn"]


def test_the_next_paragraph_names_the_holder_of_an_office(nlp: Language) -> None:
    text = (
        "Treaty is dead\n\nThe president of Vestoria has torn up a treaty.\n\nKarl Venn told officers that it was dead."
    )
    assert called(nlp, text, "The president") == "Karl Venn"


def test_mr_and_ms_of_one_surname_are_two(nlp: Language) -> None:
    text = "The energy minister, Mr Dorn, denied it. Ms Dorn, the chief engineer, did not. Mr Dorn left."
    doc = nlp(text)
    numbers = [m.entity for m in doc._.mentions if m.text == "Dorn"]
    assert numbers[0] == numbers[2] != numbers[1]
    assert called(nlp, text, "the chief engineer") is not None


def test_who_gives_his_name_as_is_called_so(nlp: Language) -> None:
    text = '"They did not stop," said one of them, a baker who gave his name only as Jonas.'
    assert called(nlp, text, "one") == "Jonas"


@pytest.mark.parametrize(
    "text",
    [
        "The Democratic leaders met on Friday. Ada Lund, a Democrat, said that the Democrat would win in Ohio.",
        "It was done in the name of Islam. The Islamic groups said on Friday that Islam was theirs.",
        "He went back to Europe on Friday. The European leaders said that Europe was safe.",
        "COLUMBIA, South Carolina, May 3 (Nordlink) - Two men drowned on Friday, the police said.",
    ],
)
def test_parties_creeds_continents_and_states_are_no_countries(nlp: Language, text: str) -> None:
    assert not {entity.name for entity in nlp(text)._.entities if entity.kind == "country"}
