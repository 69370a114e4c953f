"""Events of courts, inquiries and rescues, and the days that other events of the text tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows.extract.doc import make_doc
from flows.records import CleanArticle, Document, Event, Segment

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model
FRIDAY = date(2018, 9, 14)


def events(nlp: Language, text: str) -> dict[str, Event]:
    """The events of a text of Friday 14 September 2018 by the words of their triggers."""
    segments, start = [], 0
    for n, paragraph in enumerate(text.split("\n\n")):
        end = start + len(paragraph)
        segments.append(Segment(n, "body", True, start, end, start, end, paragraph))
        start = end + 2
    document = Document("d1", "x1", "wire", "x1.txt", "h", text=text)
    of = CleanArticle(document, "a1", None, (), None, "en", FRIDAY, "given", FRIDAY, text, text, tuple(segments))
    doc = make_doc(nlp, of)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return {event.trigger.of(text): event for event in doc._.events}


@pytest.mark.parametrize(
    ("text", "trigger", "event_type"),
    [
        ("The inquiry heard on Wednesday that the alarm had been off.", "heard", "INVESTIGATE"),
        ("The appeal will be heard in June.", "heard", "INVESTIGATE"),
        ("Police cleared a protest camp on Tuesday.", "cleared", "COERCE"),
        ("Police broke up a camp at the quarry on Tuesday.", "broke up", "COERCE"),
        ("Police took 38 people into custody on Tuesday.", "took", "COERCE"),
        ("The company suspended two managers on Monday.", "suspended", "SANCTION"),
        ("Inspectors closed two markets on Wednesday.", "closed", "COERCE"),
        ("A helicopter lifted 19 people from rafts on Tuesday.", "lifted", "AID"),
    ],
)
def test_courts_police_and_rescuers_act(nlp: Language, text: str, trigger: str, event_type: str) -> None:
    assert events(nlp, text)[trigger].event_type == event_type


@pytest.mark.parametrize(
    "text",
    [
        "Lund heard on Monday that the shop had closed.",
        "The shop closed two hours early on Wednesday.",
        "Lund went on holiday on Monday.",
        "The sky cleared on Tuesday.",
        "Lund found the book dull.",
    ],
)
def test_the_same_words_of_other_things_are_no_events(nlp: Language, text: str) -> None:
    assert not events(nlp, text)


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        # counted from the day of the sentence
        (
            "The pact was signed in Teso on Wednesday, eleven days after rebels attacked the post at Odell.",
            "attacked",
            date(2018, 9, 1),
        ),
        ("The rally took place on Monday, three days before police arrested Lund.", "arrested", date(2018, 9, 13)),
        ("Odell fell on Wednesday, more than eleven days after rebels attacked the post.", "attacked", None),
        # weeks and months are counted roughly
        ("Lund won on Tuesday, two weeks after Brandl rejected an offer.", "rejected", None),
        # nobody is asked to leave after he has left
        ("The union asked Lund to resign last Thursday.", "asked", date(2018, 9, 6)),
        # a headline is of the day of its lead
        (
            "Soldiers seize power in Odell\n\nSoldiers seized the palace in Odell on Tuesday, an officer said.",
            "seize",
            date(2018, 9, 11),
        ),
    ],
)
def test_the_day_of_an_event_follows_from_the_text_around_it(
    nlp: Language, text: str, trigger: str, day: date | None
) -> None:
    assert events(nlp, text)[trigger].starts_on == day


@pytest.mark.parametrize(
    "lead",
    [
        "A man who killed his wife on Tuesday was freed.",
        "Two soldiers were killed in Teso on Tuesday.",
        "A soldier was killed on Monday. Lund was killed on Tuesday.",
    ],
)
def test_a_headline_has_no_day_of_another_event(nlp: Language, lead: str) -> None:
    assert first_event(nlp, f"Ten people killed in Odell\n\n{lead}").starts_on is None


def test_a_headline_without_its_like_in_the_lead_has_no_day(nlp: Language) -> None:
    text = "Soldiers seize power in Odell\n\nA curfew began in Teso on Tuesday after police arrested Lund there."
    assert events(nlp, text)["seize"].starts_on is None


def first_event(nlp: Language, text: str) -> Event:
    doc = nlp(text)
    event: Event = doc._.events[0]
    return event


def test_a_court_sits_elsewhere_than_where_it_happened_that_it_deals_with(nlp: Language) -> None:
    text = "Rebels attacked a market in Odell on Tuesday. The inquiry heard that nobody had been warned."
    assert events(nlp, text)["heard"].place is None
    assert events(nlp, text)["heard"].starts_on is None


def test_what_a_noun_tells_of_years_ago_is_history(nlp: Language) -> None:
    lead = "Mayor Lund spoke on Tuesday. "
    assert "massacre" in events(nlp, lead + "Families of the dead still mourn the massacre.")
    assert not events(nlp, lead + "Historians still study the 1911 massacre.")


def test_what_stands_beside_the_news_has_no_day_of_the_news(nlp: Language) -> None:
    lead = "Mayor Lund spoke on Tuesday. "
    beside = events(nlp, lead + "A man close to the talks left Teso on Wednesday.")
    assert beside["talks"].starts_on is None
    accused = events(nlp, lead + "Two dockers were charged on Wednesday with assaulting a policeman.")
    assert accused["assaulting"].starts_on is None
    assert accused["charged"].starts_on == date(2018, 9, 12)
