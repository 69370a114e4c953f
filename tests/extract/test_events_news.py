"""Events of everyday news prose: families of verbs, nouns wherever they stand, participles, headlines."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from flows.records import Event
from flows.resources import lexicon

pytestmark = pytest.mark.model


def events(nlp: Language, text: str) -> dict[str, Event]:
    """The events of a text by their trigger."""
    doc = nlp(text)
    return {doc.text[e.trigger.start : e.trigger.end].lower(): e for e in doc._.events}


def parties(nlp: Language, text: str, trigger: str, role: str) -> set[str]:
    doc = nlp(text)
    found = [e for e in doc._.events if doc.text[e.trigger.start : e.trigger.end].lower() == trigger]
    return {doc.text[p.span.start : p.span.end] for e in found for p in e.participants if p.role == role}


@pytest.mark.parametrize(
    ("text", "trigger", "event_type"),
    [
        # said of somebody
        ("Senator Odell mocked Mayor Lund on Tuesday.", "mocked", "DISAPPROVE"),
        ("Mr Odell lashed out at Mayor Lund on Tuesday.", "lashed out", "DISAPPROVE"),
        ("Senator Odell described the plan as a disgrace.", "described", "DISAPPROVE"),
        ("Mrs Brandl attacked Mr Odell over the budget.", "attacked", "DISAPPROVE"),
        ("Mayor Lund alleged that the company had lied.", "alleged", "ACCUSE"),
        ("Mayor Lund paid tribute to the nurses.", "paid", "SUPPORT"),
        ("The union threw its weight behind Mr Odell.", "threw", "SUPPORT"),
        # done in office
        ("President Kostrel fired General Odell on Tuesday.", "fired", "SANCTION"),
        ("Canada doubled tariffs on steel from Sweden.", "doubled", "SANCTION"),
        ("Mayor Lund contacted the families.", "contacted", "CONSULT"),
        ("The Senate voted to study the matter.", "voted", "AGREE"),
        ("The Supreme Court struck down a law on fishing.", "struck down", "REJECT"),
        ("Senator Brandl voted against the bill.", "voted", "REJECT"),
        ("President Kostrel directed the army to leave.", "directed", "REQUEST"),
        ("Union leaders issued an ultimatum to the company.", "ultimatum", "THREATEN"),
        # force
        ("Police raided the office of Mr Odell.", "raided", "COERCE"),
        ("A man punched the mayor outside the hall.", "punched", "ASSAULT"),
        ("Militants planted a bomb in the market.", "planted", "ASSAULT"),
        ("A roadside bomb went off outside a bank.", "went off", "ASSAULT"),
        ("The mayor's house was set on fire.", "set", "ASSAULT"),
        ("Residents set the house on fire.", "set", "PROTEST"),
        # in the street and at the table
        ("Dockers in Lund walked off the job on Tuesday.", "walked", "PROTEST"),
        ("Farmers rallied against the dam.", "rallied", "PROTEST"),
        ("The party leaders rallied against the dam.", "rallied", "ACCUSE"),
        ("The pickets were lifted on Tuesday.", "lifted", "CONCEDE"),
        ("Two fighters blew themselves up at the gate.", "blew", "ASSAULT"),
        # courts, borders, roads and ships
        ("The drivers were ordered to pay 400 francs.", "ordered", "COERCE"),
        ("A judge granted an injunction against the union.", "granted", "COERCE"),
        ("Lorries blocked the road to the depot in protest.", "blocked", "PROTEST"),
        ("Norway closed the port to boats from Iceland.", "closed", "SANCTION"),
        ("A trawler cut the nets of a rival boat.", "cut", "COERCE"),
        ("Customs officers intercepted a lorry at the crossing.", "intercepted", "COERCE"),
    ],
)
def test_verbs_of_the_news_tell_events(nlp: Language, text: str, trigger: str, event_type: str) -> None:
    assert {name: e.event_type for name, e in events(nlp, text).items()}[trigger] == event_type


@pytest.mark.parametrize(
    "text",
    [
        "Senator Odell battles a cold before the vote.",
        "Mrs Brandl beat Mr Odell in the primary by 12 points.",
        "The volunteers launched a campaign to clean the beach.",
        "The report did not meet the ministry's standards.",
        "Mayor Lund turned the page.",
        "Mr Odell stood on the stage with Mrs Brandl.",
        "The clerk took a stand against noise.",
    ],
)
def test_what_is_only_a_manner_of_speaking_is_no_event(nlp: Language, text: str) -> None:
    assert not events(nlp, text)


LEAD = "Mayor Lund spoke on Tuesday. "


@pytest.mark.parametrize(
    ("text", "trigger", "event_type"),
    [
        ("Two officials involved in the talks were hopeful.", "talks", "CONSULT"),
        ("It was the ninth day of a walkout at the docks.", "walkout", "PROTEST"),
        ("Nine boys fled during protests in Teso.", "protests", "PROTEST"),
        ("People close to the investigation were silent.", "investigation", "INVESTIGATE"),
        ("Her brother died in an ambush near Teso.", "ambush", "ASSAULT"),
    ],
)
def test_a_noun_tells_of_a_happening_wherever_it_stands(
    nlp: Language, text: str, trigger: str, event_type: str
) -> None:
    assert events(nlp, LEAD + text)[trigger].event_type == event_type


@pytest.mark.parametrize(
    "text",
    [
        "The book is about talks in general.",
        "He likes to hold forth at rallies.",
        "They have had the conversation of a lifetime.",
        "No meeting was needed.",
    ],
)
def test_nouns_of_the_past_and_of_anything_tell_nothing(nlp: Language, text: str) -> None:
    assert not events(nlp, LEAD + text)


def test_a_promise_or_threat_of_somebody_is_told_by_its_noun(nlp: Language) -> None:
    text = LEAD + "Her aides made light of Mr Kostrel's threat."
    assert events(nlp, text)["threat"].event_type == "THREATEN"
    assert parties(nlp, text, "threat", "actor") == {"Mr Kostrel"}
    assert "threat" not in events(nlp, LEAD + "Nobody spoke of a threat.")


def test_who_is_under_investigation_bears_it(nlp: Language) -> None:
    assert parties(nlp, LEAD + "Mr Odell has been under investigation for months.", "investigation", "recipient") == {
        "Mr Odell"
    }


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Rebels attacked a market in Teso, wounding nine people.", "wounding"),
        ("The wounded included two guards shot in the raid.", "shot"),
        ("The shelling that killed four women ended on Friday.", "killed"),
        ("Mayor Lund defended the decision to drop the charges.", "drop"),
        ("Ministers gathered in Teso to condemn the raid.", "condemn"),
    ],
)
def test_participles_and_infinitives_tell_events_of_their_own(nlp: Language, text: str, trigger: str) -> None:
    assert trigger in events(nlp, LEAD + text)


def test_a_headline_leaves_out_the_verb_of_the_passive(nlp: Language) -> None:
    text = "Student expelled after insults\n\nA student was told to leave."
    assert events(nlp, text)["expelled"].event_type == "COERCE"
    assert parties(nlp, text, "expelled", "recipient") == {"Student"}


def test_who_draws_criticism_is_criticised(nlp: Language) -> None:
    text = "Mayor Lund drew criticism from the union on Monday."
    assert {e.event_type for e in events(nlp, text).values()} == {"DISAPPROVE"}
    assert parties(nlp, text, "criticism", "recipient") == {"Mayor Lund"}
    assert parties(nlp, text, "criticism", "actor") == {"union"}


def test_what_was_voted_is_the_event(nlp: Language) -> None:
    found = events(nlp, "The Senate voted to impeach Judge Odell.")
    assert {name: e.event_type for name, e in found.items()} == {"impeach": "ACCUSE"}
    assert parties(nlp, "The Senate voted to impeach Judge Odell.", "impeach", "actor") == {"Senate"}


def test_what_somebody_is_accused_of_is_told_too(nlp: Language) -> None:
    assert "attacked" in events(nlp, LEAD + "Mrs Brandl alleged that two men attacked her at the station.")
    assert "assaulting" in events(nlp, LEAD + "Two dockers were charged with assaulting a policeman.")


def test_talks_break_down_between_those_who_held_them(nlp: Language) -> None:
    text = LEAD + "Talks between the union and the company broke down."
    assert events(nlp, text)["broke down"].event_type == "REJECT"
    assert parties(nlp, text, "broke down", "actor") == {"union", "company"}


def test_whose_decision_it_was(nlp: Language) -> None:
    text = LEAD + "Critics spoke of Mr Kostrel's decision to fire General Odell."
    assert parties(nlp, text, "fire", "actor") == {"Mr Kostrel"}
    assert parties(nlp, text, "fire", "recipient") == {"General Odell"}


def test_who_drives_the_lorries_need_not_be_told(nlp: Language) -> None:
    assert events(nlp, "Lorries blocked the motorway in protest.")["blocked"].participants == ()
    assert not events(nlp, "Snow blocked the motorway.")


@pytest.mark.parametrize(
    "text",
    [
        "A lorry overturned and closed the road.",
        "Nobody came. The explosion of interest in rowing surprised Lund.",
        "Nobody came. Police foiled the attack on a school in Lund.",
        "Nobody came. The mayor of Lund postponed the summit.",
    ],
)
def test_what_only_looks_like_an_event(nlp: Language, text: str) -> None:
    assert events(nlp, text) == {}


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Nobody came. The trial opened in Lund on Tuesday.", "trial", "Tuesday"),
        ("Nobody came. Monday's attack was condemned by Kostrel on Tuesday.", "attack", "Monday"),
        (
            "Nobody came. Emma Larsen survived a vote of no confidence on Monday by 61 votes to 58.",
            "survived",
            "Monday",
        ),
    ],
)
def test_the_day_of_a_noun(nlp: Language, text: str, trigger: str, day: str) -> None:
    doc = nlp(text)
    (event,) = (one for one in doc._.events if text[one.trigger.start : one.trigger.end] == trigger)
    assert event.date is not None
    assert doc._.dates[event.date].text.startswith(day)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Mr Brandl was found guilty of fraud by a court in Lund on 18 September 2019.", "guilty"),
        ("Mrs Odell testified before the commission in Lund on 18 September 2019.", "testified"),
    ],
)
def test_the_day_behind_whoever_hears_it(nlp: Language, text: str, trigger: str) -> None:
    assert str(events(nlp, text)[trigger].starts_on) == "2019-09-18"


def test_the_day_of_what_is_ahead_is_no_day_of_what_comes_before(nlp: Language) -> None:
    told = events(nlp, "Nobody came. The ECB meeting and the plan came ahead of a pivotal June 17 Greek election.")
    assert told["meeting"].date is None


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("A senator called for the whole report to be made public.", set()),
        ("Civic groups are calling for Emma Larsen to resign.", {"Emma Larsen"}),
    ],
)
def test_what_is_called_for_may_be_a_clause(nlp: Language, text: str, whom: set[str]) -> None:
    trigger = next(word for word in text.split() if word.startswith("call"))
    assert events(nlp, text)[trigger].event_type == "REQUEST"
    assert parties(nlp, text, trigger, "recipient") == whom


def test_a_semicolon_parts_two_happenings(nlp: Language) -> None:
    told = events(nlp, "Police led away two men who had hung a banner on the gate; both were released in the evening.")
    assert set(told) == {"led", "released"}


def test_what_is_alleged_is_told_too(nlp: Language) -> None:
    found = events(nlp, "Marovia alleged that Kostrel bombed a base in Teso on Monday.")
    assert (found["alleged"].event_type, found["bombed"].status) == ("ACCUSE", "reported")


def test_a_charge_is_no_statement_of_the_paper(nlp: Language) -> None:
    found = events(nlp, "Nobody came. Odell was charged with attacking a guard.")
    assert found["attacking"].status == "reported"


@pytest.mark.parametrize(
    ("text", "trigger", "event_type"),
    [
        ("Dockers staged a protest in Teso on Friday.", "protest", "PROTEST"),
        ("Three women were raped by soldiers.", "raped", "ASSAULT"),
        ("Marovia readied 300 soldiers on Friday.", "readied", "MOBILIZE"),
    ],
)
def test_forms_that_could_be_of_another_verb_are_read_as_those_of_their_own(
    nlp: Language, text: str, trigger: str, event_type: str
) -> None:
    assert {name: e.event_type for name, e in events(nlp, text).items()} == {trigger: event_type}


def test_what_was_staged_is_as_true_as_what_is_told_of_it(nlp: Language) -> None:
    assert set(events(nlp, "Police prevented the protest staged by students in Lima on 15 October.")) == {"prevented"}


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Norway closed the border on Friday.", "closed"),
        ("Norway shut the port.", "shut"),
        ("Norway suspended the talks on Friday.", "suspended"),
    ],
)
def test_what_is_closed_or_suspended_needs_nobody_whom_it_befalls(nlp: Language, text: str, trigger: str) -> None:
    assert events(nlp, text)[trigger].event_type == "SANCTION"


def test_every_form_that_is_listed_is_one_of_its_verb(nlp: Language) -> None:
    lemmatizer = nlp.get_pipe("lemmatizer")
    for row in lexicon("verb_forms"):
        for form in row["forms"].split():
            doc = Doc(nlp.vocab, words=[form.title()], pos=["VERB"])
            assert lemmatizer(doc)[0].lemma_ == row["verb"]
            assert form.startswith((row["verb"].removesuffix("e"), row["verb"].removesuffix("y")))
