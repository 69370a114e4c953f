"""Which body "the company", "the team", "the agency" stand for, and clubs that are named in full and then for short."""

from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from flows.extract.naming import called_back, counted
from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.kinds import settle_kinds
from flows.extract.naming.spans import NameSpan
from flows.extract.naming.teams import with_nicknames

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def meant(nlp: Language, text: str, description: str) -> str | None:
    """The name of the body that the last mention that reads `description` stands for."""
    doc = nlp(text)
    found = [m for m in doc._.mentions if m.text == description]
    assert found, f"no mention {description!r} in {[m.text for m in doc._.mentions]}"
    return None if found[-1].entity is None else doc._.entities[found[-1].entity].name


TWO = "Kostrel Airlines sued the Harbour Safety Agency on Monday. The case was heard in Odell. "


@pytest.mark.parametrize(
    ("description", "name"),
    [("The company", "Kostrel Airlines"), ("The carrier", "Kostrel Airlines"), ("The agency", "Harbour Safety Agency")],
)
def test_the_sort_that_a_name_tells_says_which_body_is_meant(nlp: Language, description: str, name: str) -> None:
    assert meant(nlp, f"{TWO}{description} said that nothing was decided.", description) == name


def test_a_body_of_another_sort_is_not_meant(nlp: Language) -> None:
    text = "Emma Larsen studied at Kostrel University. She left in May. The company said that nothing was decided."
    assert meant(nlp, text, "The company") != "Kostrel University"


def test_what_a_body_is_in_only_describes_it(nlp: Language) -> None:
    text = "Microsoft mended its browser on Monday. Users of Internet Explorer were at risk. "
    assert meant(nlp, f"{text}The software giant said the update was ready.", "The software giant") == "Microsoft"
    other = meant(nlp, f"{text}The other software giant said the update was ready.", "The other software giant")
    assert other != "Microsoft"


def test_of_two_of_a_sort_the_one_to_the_fore_is_meant(nlp: Language) -> None:
    text = "Lund Corp. sued Teso Corp. on Monday. Lund Corp. lost money. Lund Corp. said it would not be sold. "
    assert meant(nlp, f"{text}The company lost the case.", "The company") == "Lund Corp."


def test_several_are_not_the_one(nlp: Language) -> None:
    text = "Several companies were sold. Emma Larsen bought a farm. The company said nothing."
    doc = nlp(text)
    several, one = (
        next(m for m in doc._.mentions if m.text == called) for called in ("Several companies", "The company")
    )
    assert several.entity != one.entity


def test_a_league_is_no_team(nlp: Language) -> None:
    text = "The Philadelphia 76ers dismissed the coach. Fans had had enough of the NBA team on Monday."
    assert meant(nlp, text, "the NBA team") == "Philadelphia 76ers"


def test_a_school_is_no_group(nlp: Language) -> None:
    text = "Peter Odell joined the Youth Harbour League at Lund High School. He wore a shirt of the group."
    assert meant(nlp, text, "the group") != "Lund High School"


@pytest.mark.parametrize("heading", ["Saints beat Panthers to win in May", "SAINTS BEAT PANTHERS TO WIN IN MAY"])
def test_a_club_is_called_by_its_nickname(nlp: Language, heading: str) -> None:
    text = f"{heading}\n\nThe New Orleans Saints beat the Carolina Panthers on Sunday. The Saints won by four points."
    doc = nlp(text)
    named = [(m.text, doc._.entities[m.entity].name) for m in doc._.mentions if m.entity is not None]
    called = [name for text_of, name in named if text_of.lower() == "saints"]
    assert called == ["New Orleans Saints", "New Orleans Saints"]


def test_a_nickname_without_its_club_is_whoever_it_was(nlp: Language) -> None:
    doc = nlp("Saints are shown above the door of the church in Lund. The saints of the north are made of wood.")
    assert all(doc._.entities[m.entity].kind != "organisation" for m in doc._.mentions if m.text.lower() == "saints")


def test_a_body_of_a_place_is_called_by_its_last_word_alone(nlp: Language) -> None:
    text = "Denver Falcons lost on Sunday. Emma Larsen, who owns the Falcons, said she was sad."
    assert meant(nlp, text, "Falcons") == "Denver Falcons"


def administrations(nlp: Language, text: str, day: date | None = None) -> list[str | int | None]:
    """The actor of each administration that the text names, in order: by the lexicon's name, else by number."""
    doc = nlp.make_doc(text)
    doc._.reference_on = day
    doc = nlp(doc)
    found = [m.entity for m in doc._.mentions if m.text.lower().endswith("administration")]
    return [doc._.entities[one].key or one if one is not None else None for one in found]


def test_an_administration_is_its_heads(nlp: Language) -> None:
    text = "The Obama administration made the rule. Barack Obama praised his administration on Monday. "
    assert administrations(nlp, f"{text}The administration will keep it.") == ["Obama administration"] * 3


def test_administrations_of_two_heads_are_two(nlp: Language) -> None:
    text = "The Bush administration made the rule. Barack Obama said that his administration would keep it. "
    bush, obama, bare = administrations(nlp, f"{text}The administration acts in May.")
    assert bush != obama
    assert obama == bare


def test_an_agency_is_no_heads_administration(nlp: Language) -> None:
    text = "The Harbour Safety Administration closed it. Barack Obama said that his administration had asked for that."
    agency, obama = administrations(nlp, text)
    assert agency != obama


def test_the_administration_is_that_of_the_one_who_was_in_office(nlp: Language) -> None:
    text = "Barack Obama went to Lund. The administration hopes for peace."
    assert administrations(nlp, text, date(2012, 5, 1)) == ["Obama administration"]
    assert administrations(nlp, text, date(2019, 5, 1)) != ["Obama administration"]


def test_they_are_not_a_body_that_the_article_calls_it(nlp: Language) -> None:
    text = "The Kostrel Navy said on Saturday it had seized nine fishermen as they tried to reach the harbour."
    doc = nlp(text)
    entity = {m.text: m.entity for m in doc._.mentions}
    assert entity["they"] == entity["nine fishermen"] != entity["it"]


def test_a_body_that_is_only_called_they_may_be_meant(nlp: Language) -> None:
    doc = nlp("Teso Corp. told reporters on Monday that they would close the mine in May.")
    entity = {m.text: m.entity for m in doc._.mentions}
    assert entity["they"] != entity.get("reporters")


def test_a_broadcaster_is_a_network_and_no_company(nlp: Language) -> None:
    text = "Emma Larsen left CNN in May. She had been in Lund for years. "
    assert meant(nlp, f"{text}The cable network confirmed it.", "The cable network") == "CNN"
    firm = meant(nlp, f"{text}She sued Teso Corp. over it. CNN told of it. The company lost.", "The company")
    assert firm == "Teso Corp."


def test_next_is_none_of_a_name(nlp: Language) -> None:
    doc = nlp("Emma Larsen was named America's next U.S. Surgeon General.")
    assert "U.S. Surgeon General" in [m.text for m in doc._.mentions if m.form == "name"]


def test_a_body_is_not_the_prize_that_it_gives(nlp: Language) -> None:
    text = "Emma Larsen will host the Academy Awards in May. The Academy of Harbour Arts said that she was glad. "
    assert meant(nlp, f"{text}She thanked the Academy on Monday.", "Academy") == "Academy of Harbour Arts"


@pytest.mark.parametrize(
    ("text", "module", "asked"),
    [
        ("Lund Corp. sells cars." + " The company makes vans." * 60, called_back, "office_of"),
        ("Two men ran. " * 60, counted, "numbers"),
    ],
)
def test_what_a_chain_tells_is_asked_once_for_each_mention(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, text: str, module: ModuleType, asked: str
) -> None:
    calls: list[object] = []
    plain = getattr(module, asked)
    monkeypatch.setattr(module, asked, lambda told: calls.append(told) or plain(told))
    doc = nlp(text)
    assert len(calls) <= 10 * len(doc._.mentions)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The FBI raided a shop. The bureau and the agency agreed on Monday.", "The bureau", "the agency"),
        ("The FBI raided a shop. The agency and the FBI agreed on Monday.", "The agency", "FBI"),
        ("Hamas met in Lund. The group and the organisation agreed on Monday.", "The group", "the organisation"),
    ],
)
def test_those_joined_by_and_are_two(nlp: Language, text: str, one: str, other: str) -> None:
    doc = nlp(text)
    entity = {m.text: m.entity for m in doc._.mentions}
    assert entity[one] != entity[other]
    assert any(doc._.entities[m.entity].kind == "group" for m in doc._.mentions if " and " in m.text)


RIVALS = "Teso Corp. sued Lund Corp. on Monday. "


@pytest.mark.parametrize(
    ("text", "description"),
    [
        (f"{RIVALS}Analysts said the company would win.", "the company"),
        (f"{RIVALS}Analysts said so. The company denied that it had copied the phone.", "The company"),
        ("Teso Airlines and Kostrel Airways want to merge. The airline lost money.", "The airline"),
        ("Odell Bank sued Kostrel Bank on Monday. The bank won.", "The bank"),
    ],
)
def test_of_two_rivals_none_is_meant(nlp: Language, text: str, description: str) -> None:
    assert meant(nlp, text, description) in {"company", "airline", "bank"}


@pytest.mark.parametrize(
    ("text", "description", "name"),
    [
        # Named far more often, in the heading, by the word itself, or beside one that is no party to it.
        (f"Teso Corp. paid. Teso Corp. lost money. {RIVALS}The company won.", "The company", "Teso Corp."),
        (f"Teso Corp. loses money\n\n{RIVALS}The company won.", "The company", "Teso Corp."),
        ("Odell Bank sued Kostrel Bancorp on Monday. The bank won.", "The bank", "Odell Bank"),
        ("Teso Corp. opened a shop near Lund Corp. on Monday. The company won.", "The company", "Teso Corp."),
        # Told of alone since.
        (f"{RIVALS}Lund Corp. makes cars. The company won.", "The company", "Lund Corp."),
    ],
)
def test_of_two_rivals_the_one_that_leads_is_meant(nlp: Language, text: str, description: str, name: str) -> None:
    assert meant(nlp, text, description) == name


def test_an_armed_group_is_no_team(nlp: Language) -> None:
    text = "The army fought the Tamil Tigers in May. Officials said the team would land on Monday."
    assert meant(nlp, text, "the team") == "team"


@pytest.mark.parametrize(
    ("kind", "name", "sorts"),
    [
        ("organisation", "Odell Wildcats", {"team"}),
        ("armed_group", "Odell Wildcats", set()),
        ("organisation", "Odell Rangers", set()),  # as likely a police force: clubs of the name are known
        ("organisation", "Texas Rangers", {"team"}),
    ],
)
def test_not_whoever_is_called_as_clubs_are_is_a_team(nlp: Language, kind: str, name: str, sorts: set[str]) -> None:
    chains = Chains(nlp(name))
    assert called_back.body_sorts(chains, Chain(kind, key=name, names={name: 0})) == sorts


def test_administrations_of_two_of_a_surname_are_two(nlp: Language) -> None:
    text = "Emma Larsen won in May. Ivo Larsen won in June. Her administration cut taxes. His administration rose."
    hers, his = administrations(nlp, text)
    assert hers != his


def test_a_relative_of_the_name_has_no_administration(nlp: Language) -> None:
    text = "Emma Larsen won in May. Ivo Larsen, her son, was there. Her administration met. "
    hers, named = administrations(nlp, f"{text}The Larsen administration cut taxes.")
    assert hers == named


def test_of_parties_there_are_always_two(nlp: Language) -> None:
    text = "Republicans met in Lund. Democrats met in Teso. Democrats lost money. The party won on Monday."
    assert meant(nlp, text, "The party") == "party"
    assert meant(nlp, "Democrats met in Teso. The party won on Monday.", "The party") == "Democrats"


def test_police_are_an_agency(nlp: Language) -> None:
    text = "The FAA met in Odell. Scotland Yard met in Lund. Scotland Yard was glad. The agency hired 20 officers."
    assert meant(nlp, text, "The agency") == "Scotland Yard"


def test_several_far_behind_a_body_are_not_who_they_are(nlp: Language) -> None:
    text = (
        "Nine fishermen sailed on Monday. The Kostrel Navy said it was glad. The Kostrel Navy said they would return."
    )
    doc = nlp(text)
    entity = {m.text: m.entity for m in doc._.mentions}
    assert entity["they"] == entity["it"] != entity["Nine fishermen"]


SPORTS = [
    "No. 1 Creighton Bluejays 65, No. 9 Drake Bulldogs 53. Creighton never came close. The Bluejays won again.",
    "Emma Larsen scored 23 points for Creighton. On Saturday Creighton (25-7) will play Indiana State.",
    "The game was a fight, Creighton coach Peter Odell said. Emma Larsen gave Creighton a boost.",
    "Creighton defeats Drake 65-53\n\nEmma Larsen scored 23 points on Friday. Few thought much of Creighton.",
]


@pytest.mark.parametrize("text", SPORTS)
def test_whoever_has_a_record_a_coach_or_a_result_is_a_team(nlp: Language, text: str) -> None:
    doc = nlp(text)
    named = {m.entity for m in doc._.mentions if m.text.lower().startswith("creighton") and m.entity is not None}
    assert [doc._.entities[one].kind for one in named] == ["organisation"]


def test_a_team_is_called_by_either_part_of_its_name(nlp: Language) -> None:
    assert meant(nlp, SPORTS[0], "Bluejays") == "Creighton Bluejays"
    assert meant(nlp, SPORTS[0], "Creighton") == "Creighton Bluejays"


@pytest.mark.parametrize(
    "text", ["Peter Lund (25-7) won again. Lund wept.", "Emma Larsen beat Anna Lund 6-4, 6-3. Larsen was glad."]
)
def test_a_player_with_a_record_is_a_person(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert {entity.kind for entity in doc._.entities if entity.name.endswith(("Lund", "Larsen"))} == {"person"}


def test_a_ranked_player_is_a_person(nlp: Language) -> None:
    spans = [NameSpan(3, 5, "person", False)]
    doc = nlp("No. 1 Emma Brandls 65 points ahead")
    assert [token.text for token in doc[:5]] == ["No", ".", "1", "Emma", "Brandls"]
    assert settle_kinds(doc, spans) == spans


def test_people_who_are_told_something_are_the_magazine(nlp: Language) -> None:
    doc = nlp("After telling People in October that she was well, Emma Larsen went to Lund.")
    assert [doc._.entities[m.entity].kind for m in doc._.mentions if m.text == "People"] == ["media"]
    doc = nlp("Emma Larsen is ill, People magazine reported. People said that her lawyer confirmed it.")
    assert {doc._.entities[m.entity].kind for m in doc._.mentions if m.text == "People"} <= {"media"}
    assert [m.kind for m in doc._.mentions if m.form == "name"].count("media") == 2


@pytest.mark.parametrize(
    "text",
    ["People said it was cold. Officials told people to go.", "Officials Tell People To Leave Lund\n\nIt is cold."],
)
def test_people_are_no_magazine_at_the_head_of_a_sentence_or_in_a_heading(nlp: Language, text: str) -> None:
    assert all(m.kind != "media" for m in nlp(text)._.mentions)


@pytest.mark.parametrize(("home", "kind"), [("New Orleans", "organisation"), ("Lund", "person")])
def test_a_club_is_called_by_its_nickname_beside_its_place(nlp: Language, home: str, kind: str) -> None:
    doc = nlp(f"Saints put Odell off. {home} signed Peter Brandl.")
    assert with_nicknames(doc, [NameSpan(0, 1, "person", False)]) == [NameSpan(0, 1, kind, False)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Peter Lund won. Lund wept.", "person"),
        ("Zyta Lund won. Lund wept. Zyta left.", "person"),
        ("Zyta Lund won. Lund wept.", "organisation"),
    ],
)
def test_a_given_name_and_a_surname_are_the_person_who_bears_them(nlp: Language, text: str, kind: str) -> None:
    doc = nlp(text)
    alone = [NameSpan(token.i, token.i + 1, "person", False) for token in doc[2:] if token.text in {"Zyta", "Lund"}]
    settled = settle_kinds(doc, [NameSpan(0, 2, "organisation", False), *alone])
    assert settled[0].kind == kind
