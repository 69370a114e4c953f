"""Where and when an event happened whose own clause does not say."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from flows.records import Event

pytestmark = pytest.mark.model

_FILLER = "A hospital took in many people. The night was cold. Neighbours brought bread. Nobody slept. It rained."


def told(nlp: Language, text: str) -> list[tuple[str, str | None, Event]]:
    """(trigger, place, event) in text order."""
    doc = nlp(text)
    out = []
    for event in doc._.events:
        place = doc._.mentions[event.place].text if event.place is not None else None
        out.append((doc.text[event.trigger.start : event.trigger.end].lower(), place, event))
    return out


def place(nlp: Language, text: str, trigger: str) -> str | None:
    """The place of the last event with a trigger."""
    return next(where for word, where, _ in reversed(told(nlp, text)) if word == trigger)


def day(nlp: Language, text: str, trigger: str) -> date | None:
    """The first day of the last event with a trigger."""
    return next(event.starts_on for word, _, event in reversed(told(nlp, text)) if word == trigger)


class TestOneHappening:
    lead = "Gunmen opened fire on a market in Kostrel on 23 September 2019."

    def test_noun_far_behind_takes_place_and_day(self, nlp: Language) -> None:
        text = f"{self.lead} {_FILLER} The attack was condemned by Mayor Lund."
        assert place(nlp, text, "attack") == "Kostrel"
        assert day(nlp, text, "attack") == date(2019, 9, 23)

    def test_another_of_its_kind_close_before_stands_in_the_way(self, nlp: Language) -> None:
        text = f"{self.lead} {_FILLER} Rebels bombed a school in Teso on 3 May 2019. Nobody slept. A teacher wept."
        assert place(nlp, f"{text} The attack was condemned by Mayor Lund.", "attack") != "Kostrel"

    def test_what_lies_behind_the_news_is_not_the_topic(self, nlp: Language) -> None:
        text = f"Since gunmen opened fire on a market in Kostrel in 2018, trade has been slow. {_FILLER}"
        assert place(nlp, f"{text} The attack was condemned by Mayor Lund.", "attack") is None

    def test_what_lasts_has_no_one_day(self, nlp: Language) -> None:
        text = f"{self.lead} {_FILLER} The violence was condemned by Mayor Lund."
        assert place(nlp, text, "violence") == "Kostrel"
        assert day(nlp, text, "violence") is None

    def test_same_harm_to_the_same_person(self, nlp: Language) -> None:
        text = f"The guard who killed Emma Larsen was tried. {_FILLER} Larsen was killed in Oslo on 23 September 2019."
        assert told(nlp, text)[0][:2] == ("killed", "Oslo")
        assert told(nlp, text)[0][2].starts_on == date(2019, 9, 23)


class TestScene:
    def test_verbs_go_on_where_the_lead_began(self, nlp: Language) -> None:
        text = f"Protesters marched through Oslo on 23 September 2019. {_FILLER} Police arrested six of them."
        assert place(nlp, text, "arrested") == "Oslo"

    def test_not_where_the_article_tells_of_two_places(self, nlp: Language) -> None:
        text = f"Protesters marched through Oslo on Monday. Others marched through Bergen. {_FILLER}"
        assert place(nlp, f"{text} Police arrested six of them.", "arrested") is None

    def test_not_behind_another_town(self, nlp: Language) -> None:
        text = (
            f"Protesters marched through Oslo on Monday. {_FILLER} Ships lay off Bergen. Police arrested six of them."
        )
        assert place(nlp, text, "arrested") is None

    def test_not_on_another_day(self, nlp: Language) -> None:
        text = f"Protesters marched through Oslo on Monday. {_FILLER} On Friday police arrested six of them."
        assert place(nlp, text, "arrested") is None

    def test_not_in_a_sentence_that_names_another_place(self, nlp: Language) -> None:
        text = f"Protesters marched through Oslo on Monday. {_FILLER} Police arrested a man who had come from Bergen."
        assert place(nlp, text, "arrested") is None


class TestSentenceAround:
    @pytest.mark.parametrize(
        ("text", "trigger"),
        [
            ("A gunman walked up to a shop in Oslo and took three hostages.", "took"),
            ("Guards in Oslo were at lunch when they were attacked by rebels.", "attacked"),
            ("A man drove a lorry into a market in Oslo, killing four people.", "killing"),
        ],
    )
    def test_clauses_told_in_one_breath(self, nlp: Language, text: str, trigger: str) -> None:
        assert place(nlp, text, trigger) == "Oslo"

    @pytest.mark.parametrize(
        ("text", "trigger"),
        [
            ("A man who had worked in Oslo was shot by police.", "shot"),
            ("Protesters gathered outside the house of the Norway coach and were arrested.", "arrested"),
        ],
    )
    def test_places_of_somebody_else(self, nlp: Language, text: str, trigger: str) -> None:
        assert place(nlp, text, trigger) is None

    def test_police_of_a_town(self, nlp: Language) -> None:
        text = "Few slept in Oslo. Nobody ate. Nobody spoke. Oslo police arrested two men."
        assert place(nlp, text, "arrested") == "Oslo"
