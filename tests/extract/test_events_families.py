"""Families of verbs and nouns: favours and goods, courts and customs, ships, roads, words for what is thought wrong."""

from __future__ import annotations

import pytest
from spacy.language import Language

from flows.records import Event

pytestmark = pytest.mark.model


def events(nlp: Language, text: str) -> dict[str, Event]:
    """The events of a text by their trigger."""
    doc = nlp(text)
    return {doc.text[e.trigger.start : e.trigger.end]: e for e in doc._.events}


@pytest.mark.parametrize(
    ("text", "trigger", "event_type"),
    [
        # given, let, yielded
        ("Volunteers brought blankets to the drivers.", "brought", "AID"),
        ("Emma Larsen was given coffee.", "given", "AID"),
        ("The company paid Robert Hansen 400 crowns.", "paid", "AID"),
        ("The dockers let two ambulances pass.", "let", "CONCEDE"),
        ("The union obeyed the court.", "obeyed", "CONCEDE"),
        ("The government cut the fuel tax.", "cut", "CONCEDE"),
        ("The brothers pleaded guilty.", "pleaded", "CONCEDE"),
        # said
        ("Emma Larsen called the violence an ambush.", "called", "DISAPPROVE"),
        ("The minister called reports of a deal a fabrication.", "called", "DISAPPROVE"),
        ("A spokesman played down the meeting.", "played down", "DISAPPROVE"),
        ("Emma Larsen questioned the decision.", "questioned", "DISAPPROVE"),
        ("The nurses complained about the delay.", "complained", "DISAPPROVE"),
        ("The defence objected.", "objected", "REJECT"),
        ("Emma Larsen declined to say who had paid.", "declined", "REJECT"),
        ("Norway warned Peru.", "warned", "THREATEN"),
        ("Robert Hansen reported the clerk to the police.", "reported", "ACCUSE"),
        ("Robert Hansen was told to wait.", "told", "REQUEST"),
        ("The two ministers exchanged views.", "exchanged", "CONSULT"),
        # police, customs, courts
        ("Officers chased Robert Hansen across a field.", "chased", "COERCE"),
        ("Two men were held overnight.", "held", "COERCE"),
        ("The crew were taken to the police station.", "taken", "COERCE"),
        ("Customs officers seized the cartons.", "seized", "COERCE"),
        ("Robert Hansen was removed from the courtroom.", "removed", "COERCE"),
        ("The inspectors searched the lorry.", "searched", "INVESTIGATE"),
        # roads and ships
        ("Lorry drivers parked their vehicles across the motorway.", "parked", "PROTEST"),
        ("Protesters punctured the tyres of a tanker.", "punctured", "COERCE"),
        ("Police cleared the road.", "cleared", "COERCE"),
        ("A patrol boat rammed a trawler.", "rammed", "ASSAULT"),
        ("The crew threw a net at the officers.", "threw", "ASSAULT"),
        ("Rebels moved within sight of the town.", "moved", "MOBILIZE"),
    ],
)
def test_families(nlp: Language, text: str, trigger: str, event_type: str) -> None:
    assert events(nlp, text)[trigger].event_type == event_type


@pytest.mark.parametrize(
    "text",
    [
        "The brothers pleaded not guilty.",
        "Let us hope for rain.",
        '"Let\'s not pretend," Emma Larsen said.',
        "Emma Larsen stole the show.",
        "The company seized the moment.",
        "Robert Hansen was held responsible.",
        "Snow blocked the road.",
        "The mayor gave a speech.",
        "They had dinner.",
    ],
)
def test_what_is_of_no_family(nlp: Language, text: str) -> None:
    assert events(nlp, text) == {}


def test_a_ship_goes_by_its_name(nlp: Language) -> None:
    text = "The trawler Solveig left on Monday. A patrol boat stopped the Solveig off the cape."
    assert events(nlp, text)["stopped"].event_type == "COERCE"
    assert "stopped" not in events(nlp, "A patrol boat stopped the Solveig off the cape.")
