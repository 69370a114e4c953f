"""Events: what a reader of one sentence would call the event, who takes part, where, and how firmly it is told."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from flows.records import Event

pytestmark = pytest.mark.model

FRAMES = [
    # transitive, passive, prepositional
    ("Kenya accused Uganda of sheltering poachers.", "ACCUSE", {"KEN"}, {"UGA"}),
    ("Uganda was accused by Kenya of sheltering poachers.", "ACCUSE", {"KEN"}, {"UGA"}),
    ("Norwegian officials met a delegation from Chile on Tuesday.", "CONSULT", {"NOR"}, {"CHL"}),
    ("Police in Portugal arrested 14 students on Friday.", "COERCE", {"PRT"}, set()),
    ("Peruvian soldiers withdrew from Ecuador last week.", "RETREAT", {"PER"}, {"ECU"}),
    ("Canada called on Denmark to open the strait.", "REQUEST", {"CAN"}, {"DNK"}),
    ("Japan praised Mongolia for its election.", "SUPPORT", {"JPN"}, {"MNG"}),
    ("Thai troops attacked Cambodian positions along the river.", "ASSAULT", {"THA"}, {"KHM"}),
    ("Four Kenyan soldiers were killed in an ambush near Mandera.", "ASSAULT", set(), {"KEN"}),
    ("Bolivia rejected a Chilean offer of talks.", "REJECT", {"BOL"}, {"CHL"}),
    ("Thousands of workers demonstrated against the government of Ghana.", "PROTEST", set(), {"GHA"}),
    # light verbs, event nouns
    ("Finland imposed sanctions on Belarus.", "SANCTION", {"FIN"}, {"BLR"}),
    ("Turkey held talks with Greece in Vienna.", "CONSULT", {"TUR"}, {"GRC"}),
    ("Sudanese rebels launched an attack on Chad at dawn.", "ASSAULT", {"SDN"}, {"TCD"}),
    ("Spain and Portugal signed a treaty on fishing.", "SUPPORT", {"ESP", "PRT"}, set()),
    ("Prosecutors in Brazil opened an inquiry into the deal.", "INVESTIGATE", {"BRA"}, set()),
    ("Clashes erupted between Indian and Chinese soldiers.", "FIGHT", {"IND"}, {"CHN"}),
    # courts, rescue, parliaments, pickets
    ("A Danish court upheld the conviction of a Polish captain.", "COERCE", set(), {"POL"}),
    ("A court in Kenya quashed the sentence of two Ugandan drivers.", "CONCEDE", set(), {"UGA"}),
    ("Prosecutors brought charges against a Latvian shipowner.", "ACCUSE", set(), {"LVA"}),
    ("The Norwegian navy rescued nine sailors of an Icelandic trawler.", "AID", {"NOR"}, set()),
    ("Portugal sent a team of divers to Morocco.", "AID", {"PRT"}, {"MAR"}),
    ("The Peruvian parliament passed the bill by 61 votes to 58.", "AGREE", {"PER"}, set()),
    ("Chilean miners put up barricades at both gates.", "PROTEST", {"CHL"}, set()),
    ("Police in Ghana cleared the barricades at dawn.", "COERCE", {"GHA"}, set()),
    ("Police in Ghana removed the barricades at dawn.", "COERCE", {"GHA"}, set()),
    ("The Greek minister called the Turkish plan a disgrace.", "DISAPPROVE", {"GRC"}, {"TUR"}),
    # promised, threatened, refused, demanded
    ("France offered to send doctors to Haiti.", "AGREE", {"FRA"}, {"HTI"}),
    ("Italy will provide food to Tunisia, a minister said.", "AGREE", {"ITA"}, {"TUN"}),
    ("Eritrea threatened to attack Ethiopia.", "THREATEN", {"ERI"}, {"ETH"}),
    ("Cuba refused to receive the inspectors from Argentina.", "REJECT", {"CUB"}, {"ARG"}),
    ("Poland said Hungary must return the aircraft.", "REQUEST", {"POL"}, {"HUN"}),
    ("Panama lifted the curfew on Sunday.", "CONCEDE", {"PAN"}, set()),
    ("Morocco suspended trade with Algeria.", "SANCTION", {"MAR"}, {"DZA"}),
    ("Nigeria sent 800 troops to Niger.", "MOBILIZE", {"NGA"}, {"NER"}),
    ("Sweden is opposed to Russian mediation.", "REJECT", {"SWE"}, {"RUS"}),
]

NOTHING = [
    "The minister said the weather was fine.",
    "Analysts think that prices may rise.",
    "He opened the door and thanked the attack of spring.",
    "The company sells 40 kinds of bread.",
    # what the frames of courts, rescue and protest leave alone
    "Smoking harms children.",
    "Anna was pulled from the show by her manager.",
    "Doctors searched for a cure.",
    "Firefighters arrived in new uniforms.",
    "Gambia appealed against the light.",
    "The workers returned to their desks after lunch.",
    "The family put up a tent at the camp.",
    "The president stood aside to let the guests pass.",
    "The festival camp was cleared on Sunday.",
]


def countries(event: Event, role: str) -> set[str]:
    return {p.country for p in event.participants if p.role == role and p.country}


def first(doc: Doc) -> Event:
    assert doc._.events, doc.text
    event: Event = doc._.events[0]
    return event


def place(doc: Doc, event: Event) -> str | None:
    return doc._.mentions[event.place].text if event.place is not None else None


@pytest.mark.parametrize(("text", "kind", "actors", "recipients"), FRAMES)
def test_type_and_parties(nlp: Language, text: str, kind: str, actors: set[str], recipients: set[str]) -> None:
    event = first(nlp(text))
    assert event.event_type == kind
    assert countries(event, "actor") >= actors
    assert countries(event, "recipient") >= recipients


@pytest.mark.parametrize("text", NOTHING)
def test_plain_sentences_hold_no_event(nlp: Language, text: str) -> None:
    assert nlp(text)._.events == ()


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("Rebels seized Bangui on Monday.", "FIGHT", "Bangui"),
        ("Rebels captured the town of Bria after a short fight.", "FIGHT", "Bria"),
        ("Government troops withdrew from Bambari at night.", "RETREAT", "Bambari"),
        ("The offensive took swathes of the north, including the city of Bria.", "FIGHT", "Bria"),
    ],
)
def test_towns_taken_and_left(nlp: Language, text: str, kind: str, where: str) -> None:
    doc = nlp(text)
    event = first(doc)
    assert (event.event_type, place(doc, event)) == (kind, where)


def test_one_event_a_place(nlp: Language) -> None:
    doc = nlp("Troops withdrew from Bangui, Bria and Bambari.")
    found = [(e.event_type, place(doc, e)) for e in doc._.events]
    assert found == [("RETREAT", "Bangui"), ("RETREAT", "Bria"), ("RETREAT", "Bambari")]
    assert len({(e.span, e.trigger) for e in doc._.events}) == 3


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kenya attacked Uganda.", "asserted"),
        ("Kenya has not attacked Uganda.", "denied"),
        ("Kenya planned to attack Uganda.", "planned"),
        ("Kenya wants to attack Uganda.", "possible"),
        ("A diplomat said that Kenya attacked Uganda.", "reported"),
    ],
)
def test_status(nlp: Language, text: str, status: str) -> None:
    assert first(nlp(text)).status == status


def test_the_antecedent_of_a_relative_clause_acts(nlp: Language) -> None:
    events = nlp("The soldiers who shelled Bangui were Chadian rebels.")._.events
    assert [e.event_type for e in events] == ["FIGHT"]
    assert next(p.role for p in events[0].participants) == "actor"


def test_what_is_demanded_is_no_event_of_its_own(nlp: Language) -> None:
    events = nlp("Kenya demanded that Uganda release the hostages.")._.events
    assert [e.event_type for e in events] == ["REQUEST"]


def test_spans_lie_in_the_text(nlp: Language) -> None:
    doc = nlp(" ".join(text for text, *_ in FRAMES))
    for event in doc._.events:
        assert event.span.covers(event.trigger)
        assert 0 <= event.span.start < event.span.end <= len(doc.text)
        for one in event.participants:
            words = one.span.of(doc.text).split()
            assert 1 <= len(words) <= 8
            assert one.span.of(doc.text) == one.span.of(doc.text).strip()


@pytest.mark.parametrize(
    "text",
    [
        "The prosecutor opened an inquiry on 3 March 2015 into the fire.",
        "On 3 March 2015, the prosecutor opened an inquiry.",
        "The judge, whose office opened an inquiry on 3 March 2015, resigned.",
        "The truce broke down on 3 March 2015 when rebels attacked Bangui.",
        "The 3 March 2015 attack on a bank in Bangui wounded six people.",
        "Rebels killed six people in the 3 March 2015 attack.",
        "Anders Brandl spoke on 3 March 2015, urging the miners to leave.",
        "Four mayors on 3 March 2015 urged the army to leave.",
    ],
)
def test_the_day_of_a_clause_is_the_day_of_its_event(nlp: Language, text: str) -> None:
    assert str(first(nlp(text)).starts_on) == "2015-03-03"


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Shells hit the outskirts of Bangui.", "FIGHT", "asserted"),
        ("Protesters called on Mr Obote to resign.", "REQUEST", "asserted"),
        ("Both sides will meet again on Tuesday in the presence of the minister.", "CONSULT", "planned"),
        ("The president called a meeting of the cabinet for Monday.", "CONSULT", "planned"),
    ],
)
def test_demands_and_plans(nlp: Language, text: str, kind: str, status: str) -> None:
    (event,) = nlp(text)._.events
    assert (event.event_type, event.status) == (kind, status)


def test_fighters_of_a_body_are_that_body_and_so_are_they(nlp: Language) -> None:
    doc = nlp("Fighters of the Northern Liberation Army seized Bangui on Sunday. They attacked the town of Tarvo.")
    actors = [p for e in doc._.events for p in e.participants if p.role == "actor"]
    assert [(doc._.entities[p.entity].name, p.sector) for p in actors] == [("Northern Liberation Army", "REB")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The earthquake killed 40 people.",
        "At least 14 people were killed when the dam gave way.",
        "A landslide buried the road on Monday. Six people were killed.",
    ],
)
def test_what_a_disaster_does_is_no_assault(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc._.events == ()
    assert [(f.unit, f.event) for f in doc._.figures] == [("killed", None)]


def test_those_killed_by_fire_of_rebels_died_of_an_assault(nlp: Language) -> None:
    assert [e.event_type for e in nlp("Six soldiers were killed by rebel fire.")._.events] == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Rovers beat Athletic 3-1 at home on Saturday.",
        "The visitors were beaten in the final minutes of the match.",
        "United bombarded the goal before half-time.",
        "The striker struck twice in the second half.",
        "The two teams clash on Sunday in the semi-final.",
        "The film shoots its hero in the first scene.",
        "A heart attack killed the actor in 2010.",
        "Investors attacked the pound on Friday.",
    ],
)
def test_sport_and_manners_of_speaking_are_no_conflict(nlp: Language, text: str) -> None:
    assert nlp(text)._.events == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police shot a football fan after the match.", "ASSAULT"),
        ("Fans clashed with police after the cup final in Lorvik.", "FIGHT"),
        ("Soldiers shot a player of the national team near his home.", "ASSAULT"),
        ("Rebels attacked the market in Dara.", "ASSAULT"),
        ("Thousands protested against the football league.", "PROTEST"),
    ],
)
def test_violence_around_sport_is_violence(nlp: Language, text: str, kind: str) -> None:
    assert [e.event_type for e in nlp(text)._.events] == [kind]


@pytest.mark.parametrize("verb", ["heard", "witnessed"])
def test_who_hears_firing_does_not_fire(nlp: Language, verb: str) -> None:
    (event,) = nlp(f"Two residents {verb} firing at the police.")._.events
    assert (event.event_type, {p.role for p in event.participants}) == ("ASSAULT", {"recipient"})


def test_a_person_keeps_the_country_of_the_office(nlp: Language) -> None:
    text = "Norwegian Prime Minister Clara Holt spoke on Monday. Holt called an emergency meeting."
    actors = [(p.span.of(text), p.country) for e in nlp(text)._.events for p in e.participants if p.role == "actor"]
    assert ("Holt", "NOR") in actors


def test_a_dateline_is_no_part_of_the_clause(nlp: Language) -> None:
    text = "PORTVILLE, Norland, May 3 (Meridian) - Police arrested 14 students in Portville on Friday, officials said."
    (event,) = nlp(text)._.events
    assert text[event.span.start : event.span.end].startswith("Police arrested")


def test_the_agent_behind_a_noun_is_the_one_who_acts(nlp: Language) -> None:
    text = "The cost had increased following the treacherous seizure of the Dravets post by militants on Sunday."
    (event,) = (e for e in nlp(text)._.events if text[e.trigger.start : e.trigger.end] == "seizure")
    assert [(p.role, text[p.span.start : p.span.end]) for p in event.participants] == [("actor", "militants")]


def test_what_lies_between_two_countries_is_of_neither(nlp: Language) -> None:
    (event,) = nlp("Rebels seized the Dravets border post between Chad and Niger on Saturday.")._.events
    assert [p.role for p in event.participants] == ["actor"]


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "status"),
    [
        (
            "Dockers in Teso walked out on Monday. The mayor welcomed an end to the strike.",
            "strike",
            "PROTEST",
            "asserted",
        ),
        ("Kenya accused Uganda of spying. Uganda rejected the accusation.", "accusation", "ACCUSE", "asserted"),
        ("Kenya met Uganda on Monday. Two diplomats briefed on the talks were glad.", "talks", "CONSULT", "asserted"),
        ("Kenya met Uganda on Monday. No further meeting is planned.", "meeting", "CONSULT", "denied"),
    ],
)
def test_a_noun_takes_up_what_the_text_has_told(nlp: Language, text: str, trigger: str, kind: str, status: str) -> None:
    found = [e for e in nlp(text)._.events if e.trigger.of(text) == trigger]
    assert [(e.event_type, e.status) for e in found] == [(kind, status)]


def test_a_noun_of_what_nobody_told_before_is_no_event(nlp: Language) -> None:
    assert nlp("Two diplomats briefed on the talks were glad.")._.events == ()


def test_what_is_taken_up_from_afar_may_be_of_another_day(nlp: Language) -> None:
    text = "Kenya met Uganda on 3 March 2015. Snow fell. Ice formed. Roads closed. A clerk was at the meeting."
    events = nlp(text)._.events
    assert [e.starts_on and str(e.starts_on) for e in events] == ["2015-03-03", None]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Prosecutors opened an inquiry into the fire.", "inquiry"),
        ("Kenya held talks with Uganda.", "talks"),
        ("Kenya signed an agreement with Uganda.", "signed"),
    ],
)
def test_the_noun_of_a_light_verb_names_the_event(nlp: Language, text: str, trigger: str) -> None:
    assert first(nlp(text)).trigger.of(text) == trigger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Senator Brandl voted against the motion.", "REJECT"),
        ("The bridge was blown up on Monday.", "COERCE"),
        ("Stones were thrown at the gate.", "ASSAULT"),
        ("Ministers warned that the mine would be closed.", "THREATEN"),
        ("Police searched the house of Mira Lund.", "INVESTIGATE"),
        ("The court ordered the dockers to leave.", "COERCE"),
        ("Mira Lund was fined on Monday.", "COERCE"),
    ],
)
def test_votes_courts_and_harm(nlp: Language, text: str, kind: str) -> None:
    assert first(nlp(text)).event_type == kind


@pytest.mark.parametrize(
    "text",
    [
        "Clerks voted for Teso Brandl in the spring.",
        "Officials cautioned that no day had been set.",
        "Knives are banned in the park.",
    ],
)
def test_voters_cautions_and_rules_are_no_events(nlp: Language, text: str) -> None:
    assert nlp(text)._.events == ()


def test_what_is_to_be_done_is_planned(nlp: Language) -> None:
    assert first(nlp("Kenyan troops are to be sent to Uganda.")).status == "planned"


def places_told(doc: Doc) -> dict[str, str | None]:
    """Trigger → the name of the place, of each event."""
    text, mentions = doc.text, doc._.mentions
    return {
        text[e.trigger.start : e.trigger.end]: mentions[e.place].text if e.place is not None else None
        for e in doc._.events
    }


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        # one sentence, one scene
        ("Four people were killed when rebels attacked a market in Nairobi.", "killed", "Nairobi"),
        ("Police in riot gear detained six men in Oslo and freed two women.", "freed", "Oslo"),
        # told on in the next sentences
        ("Students clashed with police in Oslo on Monday. Stones were thrown.", "thrown", "Oslo"),
        ("Students clashed with police in Oslo. It rained. Six people were arrested.", "arrested", "Oslo"),
        ("Gunmen attacked a bank in Nairobi. The attack lasted an hour.", "attack", "Nairobi"),
        ("Ministers met in Oslo on Monday. Police there arrested two men.", "arrested", "Oslo"),
        # phrases of place
        ("Protesters clashed with police at the gates of Oslo's harbour.", "clashed", "Oslo"),
        ("Drivers protested in front of a warehouse in Oslo.", "protested", "Oslo"),
        ("Witnesses described the Nairobi bombing.", "bombing", "Nairobi"),
        ("The Nairobi bombing killed six people.", "killed", "Nairobi"),
        ("Police arrested six men in a Nairobi hotel.", "arrested", "Nairobi"),
        ("The men fled to Oslo, where police arrested them.", "arrested", "Oslo"),
    ],
)
def test_the_place_of_a_scene(nlp: Language, text: str, trigger: str, place: str) -> None:
    assert places_told(nlp(text)).get(trigger, "no event") == place


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Rebels attacked a market in Nairobi. Ships lay off Mombasa. Police arrested six men.", "arrested"),
        ("Rebels attacked a market in Nairobi on Monday. On Friday soldiers killed two men.", "killed"),
        ("Rebels attacked a market in Nairobi. Anders Brandl was arrested.", "arrested"),
        ("Rebels attacked a market in Nairobi. The regime arrests its opponents.", "arrests"),
        ("Rebels attacked a market in Nairobi. The minister resigned.", "resigned"),
    ],
)
def test_what_lies_outside_the_scene(nlp: Language, text: str, trigger: str) -> None:
    assert places_told(nlp(text))[trigger] is None


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Rebels attacked a bank in Nairobi on 4 May 2019. The attack lasted an hour.", "attack"),
        (
            "Police clashed with students on 4 May 2019 when drivers blocked a road, and six men were arrested.",
            "arrested",
        ),
        # a noun that takes it up from afar
        (
            "Rebels attacked a bank on 4 May 2019. Snow fell. Roads closed. Ice formed. A judge spoke of the attack.",
            "attack",
        ),
        # what a claim is
        ("On 4 May 2019, the mayor spoke to reporters. She urged the miners to leave.", "urged"),
    ],
)
def test_the_day_of_a_scene(nlp: Language, text: str, trigger: str) -> None:
    days = {text[e.trigger.start : e.trigger.end]: str(e.starts_on) for e in nlp(text)._.events}
    assert days[trigger] == "2019-05-04"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        # a flashback, a habit, a plan, another time, words on what happened
        ("Students clashed with police in Oslo on 4 May 2019. Six people had been arrested.", "arrested"),
        ("Students clashed with police in Oslo on 4 May 2019. The regime arrests its opponents.", "arrests"),
        ("Students clashed with police in Oslo on 4 May 2019. Police may arrest six men.", "arrest"),
        ("Students clashed with police in Oslo on 4 May 2019. Last year police arrested six men.", "arrested"),
        ("The mayor spoke in Oslo on 4 May 2019. Police arrested six men.", "arrested"),
        # talks are held again
        ("Kenya met Uganda on 4 May 2019. Snow fell. Roads closed. A judge praised the meeting.", "meeting"),
        # the day of the signing is not that of the protest
        ("The treaty after 4 May 2019 divided Oslo. Students clashed with police.", "clashed"),
    ],
)
def test_what_is_of_another_day(nlp: Language, text: str, trigger: str) -> None:
    days = {text[e.trigger.start : e.trigger.end]: str(e.starts_on) for e in nlp(text)._.events}
    assert days[trigger] != "2019-05-04"


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "status"),
    [
        # a participle with a day of its own
        ("Two dockers charged with assault on Friday will be freed soon.", "charged", "ACCUSE", "asserted"),
        ("Soldiers retook the village of Teso seized by rebels on Monday.", "seized", "FIGHT", "asserted"),
        # a noun that is said to happen on a day
        ("A hearing is set for Monday.", "hearing", "INVESTIGATE", "planned"),
        ("Clashes broke out. The riots began on Friday.", "riots", "PROTEST", "asserted"),
        # what is done to places, posts and people
        ("Kenyan troops left Mogadishu on Monday.", "left", "RETREAT", "asserted"),
        ("The army dug in near Mandera.", "dug in", "MOBILIZE", "asserted"),
        ("Anders Brandl quit as chairman on Monday.", "quit", "RETREAT", "asserted"),
        ("A clerk was struck by a stone.", "struck", "ASSAULT", "asserted"),
        ("Rebels hold the town.", "hold", "FIGHT", "asserted"),
    ],
)
def test_happenings_told_in_passing(nlp: Language, text: str, trigger: str, kind: str, status: str) -> None:
    found = [(e.event_type, e.status) for e in nlp(text)._.events if e.trigger.of(text) == trigger]
    assert found == [(kind, status)]


def test_who_leads_an_offensive_takes_what_it_takes(nlp: Language) -> None:
    doc = nlp("The offensive, led by Chadian rebels, captured the town of Bria on 3 March 2015.")
    event = first(doc)
    assert (event.event_type, str(event.starts_on)) == ("FIGHT", "2015-03-03")
    assert countries(event, "actor") == {"TCD"}


def test_the_day_of_what_is_included_is_the_day_of_the_capture(nlp: Language) -> None:
    events = nlp("The rebels took swathes of northern Chad, including the city of Faya on 3 March 2015.")._.events
    assert {str(event.starts_on) for event in events} == {"2015-03-03"}
    weapons = nlp("The rebels seized weapons, including rifles of 2003.")._.events
    assert [event.starts_on for event in weapons] == [None]


@pytest.mark.model
def test_a_list_of_thousands_is_read(nlp: Language) -> None:
    doc = nlp("Rebels killed " + "one man and " * 1000 + "one woman on Monday.")
    assert doc._.events
