"""Events that stand under other ones: promised, asked for, gone to do, said in a quotation; nouns and their parties."""

from __future__ import annotations

import pytest
from spacy.language import Language

from flows.records import Event

pytestmark = pytest.mark.model

LEAD = "The weather in Lund was fine.\n\n"


def events(nlp: Language, text: str) -> dict[str, Event]:
    """The events of a text that is not an article's first sentence, by their trigger."""
    doc = nlp(LEAD + text)
    return {doc.text[e.trigger.start : e.trigger.end]: e for e in doc._.events}


def told(nlp: Language, text: str) -> dict[str, tuple[str, str]]:
    """Type and status by trigger."""
    return {trigger: (event.event_type, event.status) for trigger, event in events(nlp, text).items()}


def parties(nlp: Language, text: str, trigger: str, role: str) -> set[str]:
    whole = LEAD + text
    return {whole[p.span.start : p.span.end] for p in events(nlp, text)[trigger].participants if p.role == role}


def named(nlp: Language, text: str, trigger: str) -> set[str]:
    """The names of those who take part."""
    doc = nlp(LEAD + text)
    found = [e for e in doc._.events if doc.text[e.trigger.start : e.trigger.end] == trigger]
    return {doc._.entities[p.entity].name for e in found for p in e.participants if p.entity is not None}


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The dockers agreed to lift the blockade.", "lift", ("CONCEDE", "planned")),
        ("Norway offered to send 300 soldiers to Peru.", "send", ("MOBILIZE", "planned")),
        ("Two unions urged the minister to resign.", "resign", ("RETREAT", "possible")),
        ("The opposition demanded an inquiry into the contract.", "inquiry", ("INVESTIGATE", "possible")),
        ("Both governments agreed to talks in Oslo.", "talks", ("CONSULT", "planned")),
        ("Drivers gathered outside the ministry to demand compensation.", "demand", ("REQUEST", "asserted")),
        ("The inquiry heard that Emma Larsen had threatened a clerk.", "threatened", ("THREATEN", "reported")),
        ("Rebels may have killed a guard.", "killed", ("ASSAULT", "possible")),
    ],
)
def test_what_stands_under_another_event(nlp: Language, text: str, trigger: str, expected: tuple[str, str]) -> None:
    assert told(nlp, text)[trigger] == expected


def test_what_is_asked_for_is_no_event_when_it_is_no_happening(nlp: Language) -> None:
    assert set(told(nlp, "The pamphlet calls for violence.")) <= {"calls for", "calls"}
    assert "lift" not in events(nlp, "It was proper for the dockers to lift the blockade.")


def test_a_first_sentence_tells_its_news_alone(nlp: Language) -> None:
    doc = nlp("The dockers agreed to lift the blockade.")
    assert [event.event_type for event in doc._.events] == ["AGREE"]


@pytest.mark.parametrize(
    "text",
    [
        "She was not arrested.",
        "The clerks need not be urged.",
        "Emma Larsen has not been charged.",
    ],
)
def test_what_did_not_happen_is_told_only_by_who_denies_it(nlp: Language, text: str) -> None:
    assert events(nlp, text) == {}


def test_a_denial_is_told(nlp: Language) -> None:
    assert told(nlp, "Robert Hansen said he had not been arrested.")["arrested"] == ("COERCE", "denied")


def test_a_speaker_acts_in_a_quotation(nlp: Language) -> None:
    text = '"We asked for help on Monday," Emma Larsen told reporters. "I voted against the bill."'
    assert parties(nlp, text, "asked", "actor") == {"We"}
    assert named(nlp, text, "asked") == {"Emma Larsen"}
    assert parties(nlp, text, "voted", "actor") == {"I"}
    spoken = '"We asked for help on Monday," said Emma Larsen, the army\'s spokeswoman.'
    assert named(nlp, spoken, "asked") == set()
    assert parties(nlp, '"The US asked for help," Emma Larsen said.', "asked", "actor") == {"US"}


@pytest.mark.parametrize(
    "text",
    [
        '"We must arrest more smugglers," Emma Larsen said.',
        '"I would attack the town," Emma Larsen said.',
        '"We need to meet the nurses," Emma Larsen said.',
        '"I think we should do everything we can," Emma Larsen said.',
    ],
)
def test_what_a_speaker_muses_on_is_no_event(nlp: Language, text: str) -> None:
    assert events(nlp, text) == {}


@pytest.mark.parametrize(
    ("text", "trigger", "role", "expected"),
    [
        ("The mayor, Robert Hansen, resigned.", "resigned", "actor", {"Robert Hansen"}),
        (
            "Emma Larsen, the engineer, who was questioned on Friday, went home.",
            "questioned",
            "recipient",
            {"Emma Larsen"},
        ),
        ("The mayor condemned the attack led by two gunmen.", "attack", "actor", {"two gunmen"}),
        ("In an interview with Reuters, Emma Larsen said the dam was safe.", "interview", "actor", {"Emma Larsen"}),
        ("In an interview with Reuters, Emma Larsen said the dam was safe.", "interview", "recipient", {"Reuters"}),
        ("Norway sent 300 soldiers.", "sent", "recipient", set()),
        ("Emma Larsen promised that her inspectors would come.", "promised", "recipient", set()),
    ],
)
def test_who_takes_part(nlp: Language, text: str, trigger: str, role: str, expected: set[str]) -> None:
    assert parties(nlp, text, trigger, role) == expected


def test_initials_stand_for_no_better_name(nlp: Language) -> None:
    text = "Peru expelled the relief agency, the UNRF, on Friday."
    assert "UNRF" not in parties(nlp, text, "expelled", "recipient")


def test_both_names_behind_a_number_take_part(nlp: Language) -> None:
    text = "Two dockers, Robert Hansen and Emma Larsen, were charged on Friday."
    assert parties(nlp, text, "charged", "recipient") == {"Robert Hansen", "Emma Larsen"}


def test_a_place_that_refuses_is_somebody(nlp: Language) -> None:
    text = "Bergen rejected the offer. Stavanger lies to the south."
    assert parties(nlp, text, "rejected", "actor") == {"Bergen"}


@pytest.mark.parametrize(
    ("text", "trigger", "event_type"),
    [
        ("The motion was carried.", "carried", "AGREE"),
        ("The hearing was postponed.", "postponed", "INVESTIGATE"),
        ("The strike was called off.", "called off", "CONCEDE"),
        ("A third position was abandoned.", "abandoned", "RETREAT"),
        ("The guards came under attack near the gate.", "attack", "ASSAULT"),
        ("Under an agreement reached at dawn, the road will open.", "agreement", "AGREE"),
        ("Emma Larsen spoke of the seizure of the boat.", "seizure", "COERCE"),
        ("Emma Larsen recalled the eviction of the tenants.", "eviction", "COERCE"),
    ],
)
def test_whose_fate_is_told_without_a_party(nlp: Language, text: str, trigger: str, event_type: str) -> None:
    assert events(nlp, text)[trigger].event_type == event_type


@pytest.mark.parametrize(
    "text",
    [
        "Our values are under attack.",
        "The net was carried.",
        "The figures were passed.",
        "Emma Larsen spoke of the press release.",
    ],
)
def test_whose_fate_is_none(nlp: Language, text: str) -> None:
    assert events(nlp, text) == {}
