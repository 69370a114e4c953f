"""Whom a report first tells of without a name, whose somebody is, and what somebody is said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

TRIAL = (
    "Peter Odell was held. He had hit his sister. A hearing for Odell, 23, charged with the murders of his mum "
    "Anna Lund, 58, and sister Emma Larsen, 20, took place at Teso Crown Court this morning."
)


def called(nlp: Language, text: str, described: str) -> str | None:
    """The name of whom the first mention that reads `described` stands for."""
    doc = nlp(text)
    found = next((m for m in doc._.mentions if m.text == described), None)
    assert found is not None, f"no mention {described!r} in {[m.text for m in doc._.mentions]}"
    return None if found.entity is None else doc._.entities[found.entity].name


@pytest.mark.parametrize(
    ("lead", "described", "later", "name"),
    [
        ("A man has been charged with the murder of a clerk.", "A man", "Peter Odell is due in court.", "Peter Odell"),
        ("Man charged with murder in Marovia", "Man", "Peter Odell went on trial on Monday.", "Peter Odell"),
        ("A climber has died in the mountains.", "A climber", "The body of Emma Larsen was found.", "Emma Larsen"),
        ("A woman was killed on the quay.", "A woman", "Emma Larsen was stabbed by a thief.", "Emma Larsen"),
        ("A gunman was held on Sunday.", "A gunman", "Neighbours said Peter Odell opened fire.", "Peter Odell"),
        ("A pilot was dismissed on Friday.", "A pilot", "The firm said it had sacked Peter Odell.", "Peter Odell"),
        ("A diver has vanished off Marovia.", "A diver", "She left on Monday. Emma Larsen is missing.", "Emma Larsen"),
    ],
)
def test_the_nameless_one_of_the_lead_is_whom_alone_the_same_befell(
    nlp: Language, lead: str, described: str, later: str, name: str
) -> None:
    text = f"{lead}\n\nThe mayor, Anna Teso, spoke of a sad day. {later}"
    assert called(nlp, text, described) == name


@pytest.mark.parametrize(
    ("lead", "described", "later"),
    [
        # Something else, nothing, or the same of two; a crowd, another sex, others told of beside him.
        ("A man has been charged with murder.", "A man", "The body of Peter Odell was found."),
        ("A man has been charged with murder.", "A man", "Peter Odell has not been charged."),
        ("A man has been charged with murder.", "A man", "Peter Odell and Karl Lund are due in court."),
        ("A man has been charged with murder.", "A man", "Peter Odell is due in court. Three men were arrested."),
        ("A man has been charged with murder.", "A man", "Emma Larsen is due in court, and she denies it."),
        ("A sailor and a nurse have died.", "a nurse", "The body of Peter Odell was found."),
        ("A man was arrested on Monday with Peter Odell.", "A man", "Odell was charged on Tuesday."),
    ],
)
def test_and_nobody_else_is(nlp: Language, lead: str, described: str, later: str) -> None:
    text = f"{lead}\n\nThe mayor, Anna Teso, spoke of a sad day. {later}"
    assert called(nlp, text, described) == described.lower().removeprefix("a ")


def test_the_police_who_arrest_are_no_crowd_that_was_arrested(nlp: Language) -> None:
    text = "A man has been arrested in Marovia.\n\nOfficers shot at his car. Peter Odell was charged on Tuesday."
    assert called(nlp, text, "A man") == "Peter Odell"


@pytest.mark.parametrize(
    ("text", "described", "name"),
    [
        ("Emma Larsen has left the port. She is a lawyer now.", "a lawyer", "Emma Larsen"),
        ("Peter Odell was relieved of his duties as head coach.", "head coach", "Peter Odell"),
        ("Peter Odell will take over as new coach, the club said.", "new coach", "Peter Odell"),
        ("The next host of the awards is Emma Larsen.", "The next host", "Emma Larsen"),
        ("Emma Larsen, actress, singer and teacher, has died.", "singer", "Emma Larsen"),
        ("Emma Larsen, a lawyer and a mother of two, was elected.", "a mother", "Emma Larsen"),
    ],
)
def test_somebody_is_what_the_text_says_of_him_or_her(nlp: Language, text: str, described: str, name: str) -> None:
    assert called(nlp, text, described) == name


def test_two_callings_with_two_articles_are_two_people(nlp: Language) -> None:
    text = "Peter Odell, the mayor and a councillor were arrested."
    assert called(nlp, text, "a councillor") != "Peter Odell"


@pytest.mark.parametrize(
    ("text", "described", "name"),
    [
        (
            "Peter Odell went home. His wife was away. Odell's wife, Emma Larsen, is a teacher.",
            "His wife",
            "Emma Larsen",
        ),
        ("Peter Odell sued. His mother, Emma Larsen, wept. His mum had paid.", "His mum", "Emma Larsen"),
    ],
)
def test_what_somebody_is_to_one_person_tells_who_it_is(nlp: Language, text: str, described: str, name: str) -> None:
    assert called(nlp, text, described) == name


@pytest.mark.parametrize(
    ("text", "described"),
    [
        # Another's, another one, and one of many.
        ("Peter Odell sued. Anna Teso did too. Her wife left. Odell's wife, Emma Larsen, is a teacher.", "Her wife"),
        ("Peter Odell sued. His former wife left. His wife, Emma Larsen, is a teacher.", "His former wife"),
        ("Peter Odell sued. His friend left. His friend, Emma Larsen, is a teacher.", "His friend"),
        ("Peter Odell sued. His son left. His son Karl Odell sings. His son Jan Odell paints.", "His son"),
    ],
)
def test_but_not_who_another_is(nlp: Language, text: str, described: str) -> None:
    assert called(nlp, text, described) not in {"Emma Larsen", "Karl Odell", "Jan Odell"}


def test_the_couple_stays_a_couple_when_one_of_them_is_named(nlp: Language) -> None:
    doc = nlp("Peter Odell and his wife were found. They had died. Odell's wife, Emma Larsen, was a teacher.")
    assert "Peter Odell and Emma Larsen" in {entity.name for entity in doc._.entities}


def test_a_word_for_a_woman_takes_up_the_one_woman_of_whom_it_is_known(nlp: Language) -> None:
    text = "Emma Larsen left the court. Odell objected, and Kostrel agreed. They had agreed to send the actress home."
    assert called(nlp, text, "the actress") == "Emma Larsen"


def test_a_name_right_behind_a_calling_of_a_headline_is_its_bearers(nlp: Language) -> None:
    text = "Harbour scandal figure Peter Odell found dead in Teso\n\nOdell was 61."
    assert called(nlp, text, "Harbour scandal figure") == "Peter Odell"


@pytest.mark.parametrize(
    ("heading", "lead", "described"),
    [
        ("Driver held after crash in Teso", "A motorist was arrested on Monday.", "Driver"),
        ("Harbour fire: Man denies arson\n30 November 2019", "A man has denied arson after a fire.", "Man"),
    ],
)
def test_the_lead_tells_again_of_whom_the_heading_tells(nlp: Language, heading: str, lead: str, described: str) -> None:
    doc = nlp(f"{heading}\n{lead}\n\nThe mayor, Anna Teso, spoke of a sad day.")
    again = {m.entity for m in doc._.mentions if m.text in {"A motorist", "A man"}}
    assert again == {m.entity for m in doc._.mentions if m.text == described}


def test_the_lead_tells_again_of_whom_two_lines_of_the_heading_tell(nlp: Language) -> None:
    doc = nlp("Gunman kills one in Teso\nSuspect worked at a bank\n\nA clerk shot and killed a man on Monday.")
    entities = {m.text: m.entity for m in doc._.mentions}
    assert entities["Gunman"] == entities["Suspect"] == entities["A clerk"] != entities["a man"]


@pytest.mark.parametrize(
    ("lead", "is_one"), [("Larsen's attorney said so on Monday.", True), ("A judge said so.", False)]
)
def test_the_speaker_of_a_headline_is_who_is_called_so_in_the_lead(nlp: Language, lead: str, is_one: bool) -> None:
    doc = nlp(f"Lawyer: Emma Larsen has left the clinic\n\n{lead} The clinic was silent.")
    entities = {m.text: m.entity for m in doc._.mentions}
    speaker = next(one for one in ("Larsen's attorney", "A judge") if one in entities)
    assert (entities["Lawyer"] == entities[speaker]) is is_one


def test_but_not_of_two_of_whom_the_lead_tells_as_of_two(nlp: Language) -> None:
    doc = nlp("Man held in Teso\n\nA sailor was arrested on Monday. A nurse was arrested on Tuesday.")
    entities = {m.text: m.entity for m in doc._.mentions}
    assert len({entities[one] for one in ("Man", "A sailor", "A nurse")}) == 3


def test_but_not_of_another_whom_something_else_befell(nlp: Language) -> None:
    doc = nlp("Driver held after crash in Teso\nA cyclist was killed on Monday.\n\nThe mayor spoke of a sad day.")
    entities = {m.text: m.entity for m in doc._.mentions}
    assert entities["Driver"] != entities["A cyclist"]


@pytest.mark.parametrize(
    ("text", "n_forces"),
    [
        ("Marovian police held a man. The police said he was armed. Cops had searched the quay.", 1),
        ("Police held a man. The road was shut. Cops had searched the quay.", 1),
        ("Marovian police held a man. Tesonian police held another. Police said he was armed.", 3),
        ("Police in Teso held a man. Police in Marovia held another. Police said he was armed.", 3),
        ("Police held a man. Two military police officers were hurt.", 2),
    ],
)
def test_the_police_of_an_article_are_one_unless_it_tells_of_two(nlp: Language, text: str, n_forces: int) -> None:
    doc = nlp(text)
    assert len([e for e in doc._.entities if e.kind == "group"]) == n_forces


@pytest.mark.parametrize(
    ("text", "n_groups"),
    [
        ("Demonstrators marched on Monday. The protesters threw stones.", 1),
        ("Student demonstrators marched on Monday. Protesters threw stones.", 2),
        ("Demonstrators marched on Monday. The strikers threw stones.", 2),
        ("Four robbers fled on Monday. The mayor spoke. The thieves left a car.", 1),
        ("Four robbers fled on Monday. Two robbers hid. The thieves left a car.", 3),
    ],
)
def test_two_words_for_one_sort_of_people_are_one_group(nlp: Language, text: str, n_groups: int) -> None:
    assert len([e for e in nlp(text)._.entities if e.kind == "group"]) == n_groups


@pytest.mark.parametrize(
    ("text", "described"),
    [
        # Others of the same fate, of whom none is the heading's.
        ("A man was killed on Sunday. A second man was killed on Monday. Peter Odell was killed.", "A second man"),
        ("A nurse was shot on Sunday. A sailor was shot on Monday. Anna Teso spoke. Peter Odell was shot.", "A sailor"),
        # A people is no person.
        ("A man was killed on Monday.\n\nThe mayor spoke. Muslims were killed in the town, he said.", "A man"),
        # Whoever did it is not whom it befell.
        ("A man was killed on Monday.\n\nPeter Odell's killing of Emma Larsen shocked the town.", "A man"),
        ("A man died in a fire on Monday.\n\nPeter Odell was freed and killed a guard.", "A man"),
        # What may be, was feared or was long ago.
        ("A man was shot dead on Monday.\n\nPeter Odell may have been killed, the police said.", "A man"),
        ("A pilot died. The mayor, Anna Teso, wept. Nobody thinks that Peter Odell died.", "A pilot"),
        ("A pilot died. The mayor, Anna Teso, wept. Fears grew that Karl Lund was dead.", "A pilot"),
        ("A man was arrested on Monday.\n\nThe film tells of Peter Odell, who was arrested in 1920.", "A man"),
        # Other things under the same word, and another age.
        ("A teacher was sacked on Monday.\n\nMinister Peter Odell fired back at critics.", "A teacher"),
        ("A man was arrested. The suspect, 25, fled. Peter Odell, 40, was arrested for theft.", "The suspect"),
        # What somebody is not, or is only asked or supposed to be.
        ("The killer was not Peter Odell.", "The killer"),
        ("If the killer is Peter Odell, the mayor will resign.", "the killer"),
        ("Peter Odell won. He called on his aide to be his deputy.", "his deputy"),
        ("Emma Larsen has left. She is no longer a lawyer.", "a lawyer"),
        ("Peter Odell left. The mayor denied the idea that he was a thief.", "a thief"),
        # Lists of people.
        ("Emma Larsen came with her mother, sister and brother.", "brother"),
        ("We met Peter Odell, a mayor, a councillor and a priest.", "a priest"),
        # Somebody else's, and another of the sort.
        ("Peter Odell's sister in Teso left. Odell's sister in Marovia, Emma Larsen, sings.", "Peter Odell's sister"),
        ("Peter Odell's child sang. She was six. Odell's child, Karl Lund, paints.", "Peter Odell's child"),
        ("Peter Odell's client was jailed. Odell's client, Emma Larsen, was freed.", "Peter Odell's client"),
    ],
)
def test_whoever_it_is_not_stays_nameless(nlp: Language, text: str, described: str) -> None:
    assert called(nlp, text, described) not in {"Peter Odell", "Emma Larsen", "Karl Lund", "Muslims", "Muslim"}


def test_a_name_far_below_is_not_the_nameless_one(nlp: Language) -> None:
    between = "The town mourned. " * 14
    assert called(nlp, f"A man was killed on Monday. {between}Peter Odell was killed.", "A man") != "Peter Odell"


@pytest.mark.parametrize("text", ["As mayor", "As host left, turned actress", "turned actress", "Turned Judge Left As"])
def test_a_text_that_begins_so_is_read(nlp: Language, text: str) -> None:
    assert nlp(text)._.entities is not None


def test_thousands_of_verbs_that_go_on_are_read(nlp: Language) -> None:
    doc = nlp("A man fell and died. The suspect " + "left and " * 1500 + "died.")
    assert doc._.mentions[0].text == "A man"


def test_the_victim_is_the_one_whom_the_lead_and_a_name_tell_of(nlp: Language) -> None:
    text = "A man was killed in Teso.\n\nThe mayor spoke. The victim had a shop. Peter Odell was killed at his door."
    assert called(nlp, text, "A man") == called(nlp, text, "The victim") == "Peter Odell"


@pytest.mark.parametrize(
    ("text", "described", "name"),
    [
        # Whoever is hit by a vehicle may have died of it; somebody shot is not preferred to the one who died.
        ("A woman has died.\n\nThe mayor spoke. Emma Larsen was struck by a grey van.", "A woman", "Emma Larsen"),
        (
            "A woman was killed.\n\nEmma Larsen was killed. Anna Teso was shot in the leg.",
            "A woman",
            "Emma Larsen",
        ),
        # A heading of several lines; another of whom the text tells far below.
        (
            "Cyclist killed in Teso\nDriver charged\nNoon\n5 May 2019\nA 59-year-old nurse died. Emma Larsen, 59, hid.",
            "A 59-year-old nurse",
            "Emma Larsen",
        ),
        (
            f"A man was killed. Peter Odell was killed at home. {'The town wept. ' * 14}Karl Lund was killed in May.",
            "A man",
            "Peter Odell",
        ),
        # Taken up behind the name in one sentence.
        (
            "Teenager killed by police\n\nRiots followed the killing of Peter Odell in the teenager's street.",
            "Teenager",
            "Peter Odell",
        ),
        ("The trial of a clerk went on.\n\nThe case against Peter Odell began late.", "a clerk", "Peter Odell"),
        (
            "Emma Larsen Sued Over Fire\n\nA factory worker left. Emma Larsen, 43, hid.",
            "A factory worker",
            "Emma Larsen",
        ),
        ("Verdict for killer of nurse\n\nThe mayor spoke. Emma Larsen was killed in May.", "nurse", "Emma Larsen"),
    ],
)
def test_the_nameless_one_is_named_by_what_may_be_the_same(nlp: Language, text: str, described: str, name: str) -> None:
    assert called(nlp, text, described) == name


@pytest.mark.parametrize(
    ("text", "described"),
    [
        # Whoever was hurt is as likely the driver; and of a heading that took its lead in nothing is left to judge.
        ("Cyclist struck by van\n\nA cyclist was struck by a van. The driver, Peter Odell, was hurt.", "A cyclist"),
        ("Girl struck by bus\n\nA girl was struck by a bus. Emma Larsen, the driver, was hurt.", "A girl"),
        ("Pedestrian dies after being hit by van\n\nA pedestrian was hit. Emma Larsen was hurt.", "A pedestrian"),
        (f"Driver jailed\n\nA lorry driver was jailed. {'The town wept. ' * 13}Peter Odell was jailed.", "Driver"),
    ],
)
def test_nor_is_the_driver_whom_the_car_struck(nlp: Language, text: str, described: str) -> None:
    assert called(nlp, text, described) not in {"Emma Larsen", "Peter Odell"}


def test_many_of_one_fate_are_not_one(nlp: Language) -> None:
    lead = " ".join(f"A {who} was arrested." for who in ("sailor", "nurse", "clerk", "farmer", "pilot", "teacher"))
    entities = {m.entity for m in nlp(f"Man arrested in Teso\n\n{lead}")._.mentions if m.text.startswith("A ")}
    assert len(entities) == 6


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("A woman has died.\n\nThe mayor spoke. Emma Larsen was hit by new rules.", "A woman"),
        (
            "Cyclist killed in Teso\n\nThey told a cyclist and Peter Odell that Odell's wife was killed.",
            "a cyclist",
        ),
    ],
)
def test_and_not_by_what_is_something_else(nlp: Language, text: str, described: str) -> None:
    assert called(nlp, text, described) not in {"Emma Larsen", "Peter Odell"}


@pytest.mark.parametrize(
    ("text", "described", "name"),
    [
        ("Emma Larsen left. She will make her second appearance as host.", "host", "Emma Larsen"),
        ("Emma Larsen, the swimming champion turned actress who sang in films, has died.", "actress", "Emma Larsen"),
        ("Emma Larsen, Marovian swimmer turned actress and singer, dies at 91", "actress", "Emma Larsen"),
        ("Former trustee Dr. Larsen nominated\n\nEmma Larsen is a doctor.", "Former trustee", "Emma Larsen"),
        ("Teso Foundation Trustee, Emma Larsen, M.D., Nominated for Judge", "Teso Foundation Trustee", "Emma Larsen"),
        ("The club left early. As mayor, Emma Larsen won again.", "mayor", "Emma Larsen"),
        ("Why the Academy Picked Emma Larsen As Host", "Host", "Emma Larsen"),
        ("Rep. Emma Larsen, D-N.Y., a member of the group, said so on Monday.", "a member", "Emma Larsen"),
    ],
)
def test_a_calling_beside_a_name_is_its_bearers(nlp: Language, text: str, described: str, name: str) -> None:
    assert called(nlp, text, described) == name


@pytest.mark.parametrize(
    ("text", "described", "name"),
    [
        (
            "Peter Odell was held. His mother and sister had died. His sister Emma Larsen, 20, lived in Teso.",
            "sister",
            "Emma Larsen",
        ),
        (
            "Peter Odell hit his mother and sister. His mum Anna Odell, 58, and sister Emma Larsen, 20, were found.",
            "sister",
            "Emma Larsen",
        ),
        (
            "Peter Odell hid. His mother wept. His 58-year-old mother, Anna Odell, fled.",
            "His mother",
            "Anna Odell",
        ),
        (
            TRIAL,
            "his sister",
            "Emma Larsen",
        ),
        ("Man held after sister dies\n\nPeter Odell wept. His sister, Emma Larsen, was 20.", "sister", "Emma Larsen"),
    ],
)
def test_whose_relatives_are_is_said_once(nlp: Language, text: str, described: str, name: str) -> None:
    assert called(nlp, text, described) == name


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Man held over his sister\n\nIvo Brandl hid. Lund's sister, Emma Larsen, was 20.", "his sister"),
        ("Peter Odell was held. His mother and a sister had died. His sister Emma Larsen wept.", "a sister"),
        (
            "Sister of man dies\n\nPeter Odell and his sister, Emma Larsen, left. Karl Lund and his sister, Anna, hid.",
            "Sister",
        ),
        ("The mayor spoke on Monday. For the commander in chief, Larsen will read the letter of Emma Larsen.", "chief"),
    ],
)
def test_and_not_of_another_or_of_one_of_two(nlp: Language, text: str, described: str) -> None:
    assert called(nlp, text, described) not in {"Emma Larsen", "Anna", "Anna Lund"}
