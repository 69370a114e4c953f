"""Who speaks where the sentence hides it: behind a dateline, an age, a parenthesis, or among those who are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def speakers(nlp: Language, text: str) -> list[tuple[str, str | None]]:
    """Each claim's cue with its speaker."""
    doc = nlp(text)
    return [(c.cue.of(text), c.speaker.of(text) if c.speaker else None) for c in doc._.claims if c.cue]


@pytest.mark.parametrize(
    ("text", "cue", "who"),
    [
        # The parser takes the city for the subject.
        ("PORTVILLE (Reuters) — Harbour Minister Ivo Brandl sternly warned the unions against a strike.", "warned",
         "Harbour Minister Ivo Brandl"),
        # The subject of what is said stands right behind the cue.
        ("In a sworn statement, Kostrel, 41, alleged Brandl was among the buyers.", "alleged", "Kostrel, 41"),
        # Whoever is told does not speak.
        ("“The ferry is safe,” Ana Kostrel, who built the engine, told Portville Radio.", "told", "Ana Kostrel"),
        ("Ivo Brandl, who was mayor for years before he resigned over the dam, told host Mira Lund that it leaked.",
         "told", "Ivo Brandl"),
        ("“It will hold,” Brandl, who as a young man had worked on the wall with two brothers, told host Lund.",
         "told", "Brandl"),
        ('Kostrel sat. "He knew it all," Kostrel, whose trial begins in May, told Emma Larsen, the host.', "told",
         "Kostrel"),
        # An age is no date where it stands for a person.
        ("“There was no light on the pier,” the 18-year-old said.", "said", "the 18-year-old"),
        # What persuades somebody is held by that one.
        ("Ms Kostrel is convinced that the ferry will sail again.", "convinced", "Ms Kostrel"),
        # The blamed did it, not who blames.
        ("She criticized the council for claiming that the pier was safe.", "claiming", "the council"),
        # What follows on what seems to be done is said by the subject of seeming.
        ("He seemed to bury the hatchet, adding, “I am sure that she will come.”", "adding", "He"),
    ],
)  # fmt: skip
def test_the_speaker_is_found(nlp: Language, text: str, cue: str, who: str) -> None:
    found = dict(reversed([(c.split()[-1], s) for c, s in speakers(nlp, text)]))
    assert found.get(cue, "no such claim") == who


def test_whoever_is_asked_does_not_ask(nlp: Language) -> None:
    found = speakers(nlp, "On Thursday, when asked whether the strike would end, Brandl said, “We will see.”")
    assert [who for cue, who in found if "asked" in cue] in ([], [None])
    assert ("said", "Brandl") in found


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # The parser makes the speaker the subject of a verb of the relative clause.
        ('"Nobody was told of it before," said the keeper, who like others on the quay did not want to be named.',
         "the keeper"),
        # Who speaks stands at the start of the sentence, parted from the verb by commas.
        ("In addition to Odell, two members of the council, Ilse Lund and Karel Brandl, have said they will go.",
         "two members of the council"),
        (("''If they had gone with Lund, I would have been sitting there for years,'' Mr. Odell, now 81 and retired in "
          "Teso, Mass., said by telephone this week."), "Mr. Odell, now 81"),
        # A day stands between the verb and the name.
        ("“Odell needs a plan for the north,” wrote on Friday Nils Brandl, a pollster.",
         "Nils Brandl, a pollster"),
        # The participle is hung on a thing's relative clause.
        ("Lund had a moment that could play big in the second hour, forcefully denouncing the old council.", "Lund"),
        # Shares of people are no dates.
        ("About 4 in 10 say they want the ferry back.", "About 4 in 10"),
        ("Even so, three-quarters of the voters said they were worried.", "three-quarters of the voters"),
        ("Just over a quarter, 26 percent, say they will sell their boats.", "Just over a quarter, 26 percent"),
        # Short for "has".
        ("Odell has a plan, and he's said the town will pay for it.", "he"),
        ("It was determined that the fire was laid by others, according to the harbour office.", "the harbour office"),
    ],
)  # fmt: skip
def test_the_speaker_is_found_where_the_parse_goes_astray(nlp: Language, text: str, who: str) -> None:
    assert [found for _, found in speakers(nlp, text)][:1] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Nine members have signed the letter, with several more said to be waiting.",
        "A woman believed to be the keeper's aunt left the town.",
    ],
)
def test_of_whom_something_is_said_does_not_say_it(nlp: Language, text: str) -> None:
    assert [who for _, who in speakers(nlp, text)] in ([], [None])


def test_what_somebody_is_said_to_find_is_told_whole(nlp: Language) -> None:
    text = "It was determined that the fire was laid by others, according to the harbour office."
    (claim,) = nlp(text)._.claims
    assert [p.of(text) for p in claim.parts] == ["It was determined that the fire was laid by others"]
