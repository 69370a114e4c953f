"""Names: keys, comparison of persons and organisations, lexicons."""

from __future__ import annotations

import pytest

from flows import names
from flows.resources import lexicon


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soleimani", "Suleimani"),
        ("Khamenei", "Khameinei"),
        ("Moktada", "Muqtada"),
        ("Rouhani", "Ruhani"),
        ("Nouri", "Nuri"),
        ("Moussawi", "Mousavi"),
        ("Ghasem", "Qassem"),
        ("Mohammed", "Muhammad"),
        ("Sergei", "Sergey"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert names.skeleton(one) == names.skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Khamenei", "Khomeini"), ("Hassan", "Hussein"), ("Kerry", "Gerry"), ("Marsh", "Walsh"), ("Petrov", "Popov")],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert names.skeleton(one) != names.skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Marlow", "Marlow"),
        ("Anna Marlow", "A. Marlow"),
        ("Anna Marlow", "Anna B. Marlow"),
        ("Dr. Anna Marlow", "Marlow, Anna"),
        ("Bill Hartley", "William Hartley"),
        ("Yusuf al-Karimi", "Youssef Karimi"),
        ("Konstantin Berezhnov", "Konstantin Berezhnow"),
        ("Иван Петров", "Ivan Petrov"),
        ("Abdul Rahman Zadeh", "Abdulrahman Zadeh"),
        ("Tarek Ahmed", "Tarek Ahmad"),
        ("Ali Mohammed Zadeh", "Muhammad Zadeh"),
    ],
)
def test_one_person_under_two_names(one: str, other: str) -> None:
    assert names.compatible(one, other)
    assert names.compatible(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Marlow", "Peter Marlow"),
        ("Anna Marlow", "Anna Whitfield"),
        ("J. Hartley", "William Hartley"),
        ("Harry Dunmore", "Larry Dunmore"),
        ("Salim bin Hamdan", "Hamdan bin Salim"),
        ("Ali Khamenei", "Ruhollah Khomeini"),
        ("Anna", "Anna Marlow Whitfield"),
        ("Richard M. Brandl", "Dick Morris"),  # a last name is no middle initial's
        ("Marco Brandl", "Mark B. Kostrel"),
        ("Michael Brown", "Mike Braun"),  # two names that English has
        ("James Phelps", "James Phillips"),
        ("Braun", "Michael Brown"),
        ("Brian Williams", "William N. Bryan"),  # turned round, and no word is the same
        ("Brittany Gordon", "Hamish de Bretton-Gordon"),
    ],
)
def test_two_persons(one: str, other: str) -> None:
    assert not names.compatible(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Harlow Steel Corporation", "Harlow Steel Corp.", True),
        ("Harlow & Sons Ltd", "Harlow and Sons Limited", True),
        ("41st Harlow Brigade", "42nd Harlow Brigade", False),
        ("Bank of Harlow", "Harlow Steel", False),
        ("Ministry of Defence", "Ministry of Defense", True),
        ("Government of Iraq", "Government of Iran", False),
    ],
)
def test_organisations(one: str, other: str, same: bool) -> None:
    assert (names.organisation_similarity(one, other) >= names.COMPATIBLE) is same


def test_a_title_is_parted_from_the_name() -> None:
    assert names.strip_title("Lt. Gen. Karim al-Dulaimi") == ("Lt. Gen.", "Karim al-Dulaimi")
    assert names.strip_title("former Secretary of State Anna Marlow") == ("former Secretary of State", "Anna Marlow")
    assert names.strip_title("Anna Marlow") == (None, "Anna Marlow")
    assert names.strip_title("President") == (None, "President")


def test_normalise_leaves_the_name_alone() -> None:
    assert names.normalise("Ayatollah Ali Khamenei’s") == "ali khamenei"
    assert names.normalise("The Harlow Post") == "harlow post"
    assert names.normalise("José Müller-Ünal") == "jose muller unal"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Qassim al-Moussawi", "moussawi"),
        ("Ursula von der Leyen", "leyen"),
        ("Kim Jong Un", "kim"),
        ("Kim Kardashian", "kardashian"),
        ("Martin Hale Jr.", "hale"),
        ("Khamenei", "khamenei"),
    ],
)
def test_surname(name: str, key: str) -> None:
    assert names.surname(name) == key


@pytest.mark.parametrize(
    "form",
    [
        "ISIS",
        "Isis",
        "ISIL",
        "Daesh",
        "Islamic State",
        "the Islamic State of Iraq and the Levant",
        "Islamic State in Iraq and Syria",
        "Islamic State of Iraq and Greater Syria",
        "Islamic State of Iraq and al-Sham",
    ],
)
def test_every_form_of_one_group_has_one_canonical_name(form: str) -> None:
    found = names.canonical(form)
    assert found is not None
    assert (found.name, found.kind) == ("Islamic State", "armed_group")


def test_common_words_are_no_names() -> None:
    assert names.canonical("who") is None
    assert names.canonical("is") is None
    assert names.country_of("us") is None
    assert names.country_of("US") == names.country_of("U.S.") == names.country_of("America") == "USA"
    assert names.canonical("WHO") is not None


def test_what_could_be_a_title_is_part_of_the_name_of_a_body() -> None:
    assert names.canonical("State Senate") is None
    assert names.canonical("state Supreme Court") is None
    assert names.canonical("former FBI") == names.canonical("FBI")
    assert names.canonical("National Security Council") != names.canonical("Security Council")
    assert names.body_name("the Justice Department") != names.body_name("State Department")


def test_a_government_by_any_of_its_names() -> None:
    forms = {names.canonical(form) for form in ("Iranian government", "Government of Iran", "Iran’s government")}
    assert forms == {names.government("IRN")}


def test_media_by_name_article_and_domain() -> None:
    found = {
        names.media(form) for form in ("The Guardian", "Guardian", "theguardian.com", "https://www.theguardian.com/x")
    }
    assert len(found) == 1
    agency = names.media("IRNA")
    assert agency is not None
    assert (agency.name, agency.kind, agency.country) == ("Islamic Republic News Agency", "agency", "IRN")
    assert names.media("Harlow Post") is None


def test_gender_comes_from_the_given_name() -> None:
    assert names.gender("Anna Marlow") == "f"
    assert names.gender("Peter Marlow") == "m"
    assert names.gender("Robin Marlow") is None
    assert names.gender("Raj Marlow") is None
    assert names.gender("Marlow") is None


def test_lexicons_hold_to_the_closed_lists() -> None:
    kinds = {"person", "organisation", "armed_group", "government", "country", "media", "group", "unnamed"}
    assert {row["kind"] for row in lexicon("aliases")} <= kinds
    sources = {"outlet", "agency", "broadcaster", "site", "forum", "social", "press_office", "unknown"}
    assert {row["kind"] for row in lexicon("media")} <= sources
    speakers = {"official", "military", "witness", "analyst", "group", "organisation", "country", "document", "media"}
    assert {row["speaker_kind"] for row in lexicon("roles")} <= speakers | {"unnamed"}
    assert len({row["word"] for row in lexicon("roles")}) == len(lexicon("roles"))
    for name in ("aliases", "media", "demonyms"):
        assert all(len(row["country"] or "AAA") == 3 for row in lexicon(name))


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("Katie Odell", "Kathryn Odell", True),
        ("Ed Odell", "Edwin Odell", True),
        ("Phil Odell", "Phillip Odell", True),
        ("Edward Odell", "Edwin Odell", False),
        ("Christopher Odell", "Christine Odell", False),
        ("Gerald Odell", "Jerome Odell", False),
        ("Edward Odell", "Theodore Odell", False),
    ],
)
def test_two_names_of_one_short_form_are_two(one: str, other: str, are_one: bool) -> None:
    assert names.compatible(one, other) is are_one
