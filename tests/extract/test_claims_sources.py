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
