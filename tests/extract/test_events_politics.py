"""Events in the prose of politics: votes, laws, manners of speaking, and nouns for what was told before."""

from __future__ import annotations

import pytest
from spacy.language import Language

from flows.records import Event

LEAD = "LUND, May 4 (AP) — The mayor, Ada Brandl, said the bridge was old.\n\n"


def events(nlp: Language, text: str) -> dict[str, list[Event]]:
    """By the words of the trigger."""
    doc = nlp(LEAD + text)
    found: dict[str, list[Event]] = {}
    for event in doc._.events:
        found.setdefault(doc.text[event.trigger.start : event.trigger.end], []).append(event)
    return found


def parties(nlp: Language, text: str, trigger: str, role: str) -> set[str]:
    whole = LEAD + text
    (event,) = events(nlp, text)[trigger]
    return {whole[p.span.start : p.span.end] for p in event.participants if p.role == role}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Odell won the popular vote.", "vote"),
        ("The senators agreed to a budget. The youth vote was decisive.", "vote"),
        ("Parliament voted for the bill. She cast her vote for Odell.", "vote"),
        ("The minister pledged reform. The vote was in autumn.", "vote"),
        ("Both of my conditions have been met.", "met"),
        ("They met disrespect with disrespect.", "met"),
        ("The police released the transcripts of the call.", "released"),
        ("The minister has not released his latest figures.", "released"),
        ("The Senate agreed to the release of the Brandl and Odell transcripts.", "release"),
        ("Sudan was taken off the list in September.", "taken off"),
        ("The Greens took control of the House.", "took"),
        ("President Brandl took the country by surprise.", "took"),
        ("Young men are treated differently by the courts.", "treated"),
        ("As the town of Teso demonstrated, it can be done.", "demonstrated"),
        ("The law prohibits a sitting president from leaving.", "prohibits"),
        ("Members were whipped to support the proposal.", "whipped"),
        ("The mayor is ready to make his case to the people.", "ready"),
        ("The minister said the Americans should know better.", "know"),
        ("The minister said the Americans should have left.", "left"),
        ("Should Ukraine see more snow, the minister said, schools will close.", "see"),
        ("Governor Brandl defended his comments.", "defended"),
        ("Governor Brandl backed off his criticism of Odell.", "backed off"),
        ("Democrats are training students to vote.", "training"),
        ("The president compromised national security.", "compromised"),
        ("North Korea could start a war with South Korea.", "start"),
        ("Governor Brandl disliked the scandal talk.", "talk"),
        ("The mayor was sworn in on Monday to lead Lund.", "sworn in"),
        ("The recession killed his company.", "killed"),
        ("Senator Brandl beat Odell to win the caucuses.", "beat"),
        ("Officials abused their power.", "abused"),
        ("The assault on free speech goes on, Senator Odell said.", "assault"),
        ("The reporter was fired on Saturday.", "fired"),
        ("March was cold in Marovia.", "March"),
        ("Volunteers fight the virus in Africa.", "fight"),
    ],
)
def test_what_only_has_the_words_of_an_event_is_none(nlp: Language, text: str, word: str) -> None:
    told = [e for e in events(nlp, text).get(word, []) if not (e.event_type == "DISAPPROVE" and word == "backed off")]
    assert told == []


@pytest.mark.parametrize(
    ("text", "word", "event_type"),
    [
        ("Parliament voted for the bill. The vote was close.", "vote", "AGREE"),
        ("Brandl was met by protesters at the airport.", "met", "CONSULT"),
        ("The rebels released 20 prisoners on Monday.", "released", "RETREAT"),
        ("Soldiers took control of the capital on Monday.", "took", "FIGHT"),
        ("The general took power in a coup.", "took", "ASSAULT"),
        ("Students demonstrated in Lund on Monday.", "demonstrated", "PROTEST"),
        ("Russia barred reporters from the session.", "barred", "COERCE"),
        ("Russia is ready to help Ukraine.", "ready", "AGREE"),
        ("The mayor vowed to be a unifying force.", "vowed", "AGREE"),
        ("Rebels vowed to fight on.", "vowed", "THREATEN"),
        ("Russia launched a nuclear strike on Ukraine.", "strike", "ASSAULT"),
        ("Dockers launched a strike on Monday.", "strike", "PROTEST"),
        ("Russia began war games with Belarus.", "began", "COOPERATE"),
        ("Ministers ended talks in Lima on Monday.", "talks", "CONSULT"),
        ("Rebels fired on villagers.", "fired", "ASSAULT"),
        ("The rebels fought the army.", "fought", "FIGHT"),
        ("Soldiers killed three villagers.", "killed", "ASSAULT"),
        ("Agents arrested 40 people. The immigration raids were ordered by Brandl.", "raids", "COERCE"),
        ("A rent strike began in Lund on Monday.", "strike", "PROTEST"),
        ("The ministers talked for two hours.", "talked", "CONSULT"),
        ("Senator Brandl attacked Governor Odell.", "attacked", "DISAPPROVE"),
        ("Rebels attacked Governor Odell.", "attacked", "ASSAULT"),
        ("Senator Brandl attacked Governor Odell with a knife.", "attacked", "ASSAULT"),
        ("President Brandl's attacks killed forty people.", "attacks", "ASSAULT"),
        ("The company has taken Russia to court.", "taken", "ACCUSE"),
        ("President Brandl attacked Russia.", "attacked", "ASSAULT"),
    ],
)
def test_the_words_beside_it_tell_what_an_event_is(nlp: Language, text: str, word: str, event_type: str) -> None:
    assert {event.event_type for event in events(nlp, text)[word]} == {event_type}


def test_who_is_spoken_of_in_testimony_is_not_testified_to(nlp: Language) -> None:
    text = "Ada Kostrel testified that two officials left because of Brandl."
    assert parties(nlp, text, "testified", "actor") == {"Ada Kostrel"}
    assert parties(nlp, text, "testified", "recipient") == set()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gunmen planned to bomb the stadium in July. The attack on Lund killed three people.", "attack"),
        ("Ukraine has not attacked Russia. The attack of 2 May was made by rebels.", "attack"),
    ],
)
def test_an_attack_of_which_a_plan_or_denial_was_told_was_made(nlp: Language, text: str, word: str) -> None:
    assert {event.status for event in events(nlp, text)[word]} == {"asserted"}


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The scandal did not taint the inquiry into Governor Odell.", "inquiry", "asserted"),
        ("The ministers did not hold the talks.", "talks", "denied"),
        ("The army will not resume the attack on Lund.", "attack", "denied"),
    ],
)
def test_a_denial_denies_only_what_it_speaks_of(nlp: Language, text: str, word: str, status: str) -> None:
    assert [event.status for event in events(nlp, text)[word]] == [status]


def test_a_shooting_is_done_with_firearms(nlp: Language) -> None:
    (shooting,) = events(nlp, "The shooting in Lund killed a student.")["shooting"]
    assert shooting.mode == "firearms"


def test_a_meeting_of_which_a_plan_was_told_is_planned(nlp: Language) -> None:
    (meeting,) = events(nlp, "Ministers will meet on Monday. The meeting is to last a day.")["meeting"]
    assert meeting.status == "planned"


def test_a_clause_in_the_past_is_no_part_of_the_plan_around_it(nlp: Language) -> None:
    (killed,) = events(nlp, "The rebels plotted attacks before Odell was killed by soldiers.")["killed"]
    assert killed.status == "asserted"


@pytest.mark.parametrize(
    ("text", "word", "placed"),
    [
        ("Prosecutors investigated Governor Odell through Lisbon.", "investigated", False),
        ("The Senate held an inquiry on Lisbon on Monday.", "inquiry", False),
        ("Prosecutors investigated Governor Odell in Lisbon.", "investigated", True),
        ("Students marched through Lisbon on Monday.", "marched", True),
    ],
)
def test_what_is_said_or_looked_into_lies_where_it_was_done_and_not_whom_it_went_through(
    nlp: Language, text: str, word: str, placed: bool
) -> None:
    assert [event.place is not None for event in events(nlp, text)[word]] == [placed]


@pytest.mark.parametrize(
    ("text", "word", "event_type"),
    [
        ("A shooting in Ohio on Monday left two dead.", "shooting", "ASSAULT"),
        ("The shooting at a football match in Lima wounded five people.", "shooting", "ASSAULT"),
        ("The air strike on a school in Teso killed 14.", "strike", "ASSAULT"),
        ("The rebels' dawn raid in Mosul killed four.", "raid", "ASSAULT"),
        ("The air raid on Teso in the ice storm killed four.", "raid", "ASSAULT"),
        ("Police raided a mosque in Teso. The raid was the third.", "raid", "COERCE"),
        ("The union began a strike in Lima. The strike ended on Monday.", "strike", "PROTEST"),
        ("Senator Brandl vowed that the rebels would be crushed.", "vowed", "THREATEN"),
        ("Senator Brandl vowed to make Russia pay.", "vowed", "THREATEN"),
        ("Senator Brandl vowed to help Mali.", "vowed", "AGREE"),
        ("The release of a single hostage came on Monday.", "release", "RETREAT"),
        ("The release of the hostages, whose pictures were shown, came on Monday.", "release", "RETREAT"),
        ("The colonels took power in Mali.", "took", "ASSAULT"),
        ("Gunmen attacked a mental institution in Peru.", "attacked", "ASSAULT"),
        ("The rebels killed a party of hunters.", "killed", "ASSAULT"),
        ("Officers slapped the boy to make him confess.", "slapped", "ASSAULT"),
        ("Russia is ready to provide grain to Mali.", "ready", "AGREE"),
        ("Senator Brandl attacked Governor Odell with an axe.", "attacked", "ASSAULT"),
    ],
)
def test_words_around_it_do_not_turn_an_event_into_another(
    nlp: Language, text: str, word: str, event_type: str
) -> None:
    assert {event.event_type for event in events(nlp, text)[word]} == {event_type}


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The mediators will secure the release of the hostages.", "release", "planned"),
        ("The sanctions might trigger the withdrawal of the troops.", "withdrawal", "possible"),
    ],
)
def test_what_may_be_or_was_not_is_no_fact(nlp: Language, text: str, word: str, status: str) -> None:
    assert {event.status for event in events(nlp, text)[word]} == {status}


@pytest.mark.parametrize(
    ("text", "word", "doers", "bearers"),
    [
        ("Crowds marched in Harlow after Emma Larsen's killing in May.", "killing", set(), {"Emma Larsen"}),
        ("Emma Larsen was ill. Her lawyers were told of her arrest in Harlow.", "arrest", set(), {"her"}),
        # Where it is one of somebody else it is the deed of whose it is.
        ("The papers told of Emma Larsen's killing of the mayor in May.", "killing", {"Emma Larsen"}, {"mayor"}),
        # An inquiry looks into the country that stands before it by its name; a short form tells who inquires.
        ("The lawyer was asked about the Russia investigation.", "investigation", set(), {"Russia"}),
        ("The US investigation began in May.", "investigation", {"US"}, set()),
        ("Russia's investigation began in May.", "investigation", {"Russia"}, set()),
        # The parser hangs the son on the month.
        ("The mother's kidnapping in May of her son failed.", "kidnapping", {"mother"}, {"her son"}),
        ("Emma Larsen's release from prison came on Monday.", "release", set(), {"Emma Larsen"}),
    ],
)
def test_whose_happening_it_is_or_whom_it_befell(
    nlp: Language, text: str, word: str, doers: set[str], bearers: set[str]
) -> None:
    assert parties(nlp, text, word, "actor") == doers
    assert parties(nlp, text, word, "recipient") == bearers


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Emma Larsen answered the lawyer's personal attacks on Peter Odell.", "attacks", "DISAPPROVE"),
        ("The club paid for an ad attacking Senator Emma Larsen.", "attacking", "DISAPPROVE"),
        ("The union attacked Emma Larsen for closing the mine.", "attacked", "DISAPPROVE"),
        ("The lawyer attacked Peter Odell's position.", "attacked", "DISAPPROVE"),
        ("The lawyer attacked the senator's record.", "attacked", "DISAPPROVE"),
        ("Senator Brandl attacked the press.", "attacked", "DISAPPROVE"),
        ("Republican Peter Odell attacked her for being late.", "attacked", "DISAPPROVE"),
        ("The lawyer attacked his critics.", "attacked", "DISAPPROVE"),
        ("The lawyer attacked his former opponent.", "attacked", "DISAPPROVE"),
        ("The lawyers were happy to unite in attacking Senator Peter Odell.", "attacking", "DISAPPROVE"),
        ("The gunman attacked Emma Larsen for closing the mine.", "attacked", "ASSAULT"),
        ("An attack on Governor Odell failed.", "attack", "ASSAULT"),
        ("Israel attacked positions in Syria on Monday.", "attacked", "ASSAULT"),
        ("Turkey attacked several positions near Kostrel.", "attacked", "ASSAULT"),
        ("Iran attacked the record.", "attacked", "ASSAULT"),
        ("A sustained attack on Kostrel began at dawn.", "attack", "ASSAULT"),
        ("The public attack on the square shocked the town.", "attack", "ASSAULT"),
        ("An unfair attack on the mayor left her bleeding.", "attack", "ASSAULT"),
        ("A personal attack on the mayor left her bleeding.", "attack", "ASSAULT"),
        ("A man attacked his neighbour for playing loud music.", "attacked", "ASSAULT"),
        ("Villagers attacked Emma Larsen for poisoning the well.", "attacked", "ASSAULT"),
        ("Iran attacked the network.", "attacked", "ASSAULT"),
        ("Hackers attacked the newspaper.", "attacked", "ASSAULT"),
        ("The clan attacked its rival in Kostrel.", "attacked", "ASSAULT"),
    ],
)
def test_an_attack_in_words_is_criticism(nlp: Language, text: str, word: str, kind: str) -> None:
    assert [event.event_type for event in events(nlp, text)[word]] == [kind]


def test_a_release_of_whom_no_custody_is_told_is_no_event_of_hers(nlp: Language) -> None:
    assert "release" not in events(nlp, "Emma Larsen's release, a novel, came on Monday.")
