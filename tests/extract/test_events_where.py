"""Where and when an event happened whose own clause does not say."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from flows.extract.doc import make_doc
from flows.records import CleanArticle, Document, Event

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


def published(nlp: Language, text: str) -> Doc:
    """An unparsed article of 26 September 2019, a Thursday."""
    day = date(2019, 9, 26)
    document = Document("d", "d", "test", "test", "hash", text=text)
    article = CleanArticle(document, "a", None, (), None, "en", day, "metadata", day, text, text, ())
    return make_doc(nlp, article)


class TestOneHappening:
    lead = "Gunmen opened fire on a market in Kostrel on 23 September 2019."

    def test_where_a_court_sits_is_not_where_the_rest_was(self, nlp: Language) -> None:
        text = "The weather was fine.\n\nA court in Lund ordered the dockers to clear the quay. Stones were thrown."
        assert place(nlp, text, "ordered") == "Lund"
        assert place(nlp, text, "thrown") is None
        assert place(nlp, text.replace("A court", "Police"), "thrown") == "Lund"

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

    @pytest.mark.parametrize(
        ("lead", "noun"),
        [
            ("Gunmen opened fire on a market in Kostrel on 23 September 2019.", "bombing"),
            ("Mayor Lund met Senator Odell in Kostrel on 23 September 2019.", "negotiations"),
        ],
    )
    def test_a_noun_for_another_kind_of_thing(self, nlp: Language, lead: str, noun: str) -> None:
        text = f"{lead} {_FILLER} The {noun} was a topic for Mayor Brandl, too. He condemned the {noun}."
        assert {where for word, where, _ in told(nlp, text) if word == noun} <= {None}

    def test_what_lasts_has_no_one_day(self, nlp: Language) -> None:
        text = f"{self.lead} {_FILLER} The violence was condemned by Mayor Lund."
        assert place(nlp, text, "violence") == "Kostrel"
        assert day(nlp, text, "violence") is None

    def test_same_harm_to_the_same_person(self, nlp: Language) -> None:
        text = f"The guard who killed Emma Larsen was tried. {_FILLER} Larsen was killed in Oslo on 23 September 2019."
        assert told(nlp, text)[0][:2] == ("killed", "Oslo")
        assert told(nlp, text)[0][2].starts_on == date(2019, 9, 23)

    def test_harm_at_the_place_of_harm_of_one_day(self, nlp: Language) -> None:
        text = f"Rebels attacked a post near Oslo on 23 September 2019. {_FILLER} Five guards were killed near Oslo."
        assert day(nlp, text, "killed") == date(2019, 9, 23)

    def test_but_not_of_two_days(self, nlp: Language) -> None:
        text = "Rebels attacked a post near Oslo on 23 September 2019. They shelled a bridge near Oslo on 2 May 2019."
        assert day(nlp, f"{text} {_FILLER} Five guards were killed near Oslo.", "killed") is None

    def test_but_not_beside_another_day(self, nlp: Language) -> None:
        text = (
            f"Rebels attacked a post near Oslo on 23 September 2019. {_FILLER} Guards who came in May 2018 were killed"
        )
        assert day(nlp, f"{text} near Oslo.", "killed") is None

    def test_what_is_planned_has_the_day_of_the_plan(self, nlp: Language) -> None:
        text = "The union will vote on the deal on 4 October 2019. Nobody slept."
        assert day(nlp, f"{text} Nando said that he would vote for the deal.", "vote") == date(2019, 10, 4)

    def test_not_where_two_days_are_planned(self, nlp: Language) -> None:
        text = "The union will vote on the deal on 4 October 2019. The party will vote on the deal on 9 October 2019."
        assert day(nlp, f"{text} Nobody slept. Nando said that he would vote for the deal.", "vote") is None


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

    def test_streets_and_states_are_no_other_place(self, nlp: Language) -> None:
        text = f"Protesters marched through Oslo, Norway on Monday. {_FILLER} Vans came down Rope Street."
        assert place(nlp, f"{text} Police arrested six of them.", "arrested") == "Oslo"

    def test_a_strike_goes_on_where_it_is(self, nlp: Language) -> None:
        text = f"Dockers in Oslo agreed to load two ships on 23 September 2019. {_FILLER} The boss came from Bergen."
        assert place(nlp, f"{text} The dockers walked out on 12 September 2019.", "walked") == "Oslo"


class TestDayOfScene:
    lead = "Rebels seized a post near Oslo on 23 September 2019."

    def test_verbs_go_on_with_the_day(self, nlp: Language) -> None:
        assert day(nlp, f"{self.lead} Few people saw it. Five guards were killed.", "killed") == date(2019, 9, 23)

    @pytest.mark.parametrize(
        "text",
        [
            "Few people saw it. The chief is a man whose father was killed by soldiers.",
            "The truce began on 2 May 2019. Five guards were killed.",
            "Few people saw it. In Bergen five guards were killed by soldiers.",
            "Few people saw it. Emma Larsen was killed.",
            "Nobody spoke. Nobody ate. Nobody slept. Nobody wept. Nobody sang. Five guards were killed.",
        ],
    )
    def test_but_not_of_another_day_place_or_person(self, nlp: Language, text: str) -> None:
        assert day(nlp, f"{self.lead} {text}", "killed") is None

    def test_day_behind_a_present_clause_is_the_past_verbs(self, nlp: Language) -> None:
        text = "Prosecutors questioned the head of the company that owns the dam for six hours on Thursday."
        (event,) = nlp(published(nlp, text))._.events
        assert event.starts_on == date(2019, 9, 26)


class TestDateline:
    def seen(self, nlp: Language, sentence: str) -> str | None:
        doc = published(nlp, f"OSLO, Norway, Sept 26 (Reuters) - {sentence}")
        event = nlp(doc)._.events[0]
        return doc._.mentions[event.place].text if event.place is not None else None

    def test_courts_and_parliaments_sit_there(self, nlp: Language) -> None:
        assert self.seen(nlp, "Prosecutors questioned the chief engineer on 26 September 2019.") == "OSLO"

    @pytest.mark.parametrize(
        "sentence",
        [
            "Rebels attacked a school on 26 September 2019.",
            "Prosecutors questioned the chief engineer on 12 May 2019.",
            "Prosecutors questioned the chief engineer of Bergen on 26 September 2019.",
        ],
    )
    def test_others_elsewhen_or_elsewhere(self, nlp: Language, sentence: str) -> None:
        assert self.seen(nlp, sentence) is None


class TestSentenceAround:
    @pytest.mark.parametrize(
        ("text", "trigger"),
        [
            ("A gunman walked up to a shop in Oslo and took three hostages.", "took"),
            ("Guards in Oslo were at lunch when they were attacked by rebels.", "attacked"),
            ("A man drove a lorry into a market in Oslo, killing four people.", "killing"),
            ("In front of the ministry in Oslo, about 150 relatives of the guards protested.", "protested"),
            ("Our men pulled out of Oslo in the morning.", "pulled"),
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


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Mr Brandl was found guilty of fraud by a court in Lund.", "guilty"),
        ("Mrs Odell testified before the commission in Lund on Tuesday.", "testified"),
        ("The hostages were freed unharmed in Lund on Tuesday.", "freed"),
    ],
)
def test_the_place_stands_beside_what_goes_with_the_verb(nlp: Language, text: str, trigger: str) -> None:
    assert place(nlp, text, trigger) == "Lund"


def test_where_that_is_of_which_somebody_speaks_is_not_where_he_speaks(nlp: Language) -> None:
    assert place(nlp, "Mr Odell praised Mrs Larsen for the talks in Lund.", "praised") is None
