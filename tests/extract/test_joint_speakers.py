"""Who speaks with others: neither of two is the speaker of what both say, and "they" are the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Doc

from flows.extract.naming.chains import Chains
from flows.extract.naming.joint import link_joint
from flows.records import Mention

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


def speakers(doc: Doc) -> list[tuple[str, str | None, str | None]]:
    """Of each claim the words that name its source, and the actor with its kind."""
    found = []
    for claim in doc._.claims:
        actor = doc._.entities[claim.speaker_entity] if claim.speaker_entity is not None else None
        text = claim.speaker.of(doc.text) if claim.speaker else ""
        found.append((text, actor.name if actor else None, actor.kind if actor else None))
    return found


@pytest.mark.parametrize(
    ("text", "source", "actor"),
    [
        ("Ivo Brandl and Mira Odell said the dam would hold.", "Ivo Brandl and Mira Odell",
         "Ivo Brandl and Mira Odell"),
        ("“It will hold,” said Ivo Brandl and Mira Odell.", "Ivo Brandl and Mira Odell", "Ivo Brandl and Mira Odell"),
        ("According to Ivo Brandl and Mira Odell, the dam will hold.", "Ivo Brandl and Mira Odell",
         "Ivo Brandl and Mira Odell"),
        ("Mayor Ivo Brandl, Mira Odell and Ana Lund said the dam would hold.",
         "Mayor Ivo Brandl, Mira Odell and Ana Lund", "Ivo Brandl, Mira Odell and Ana Lund"),
        ("Ivo Brandl, who was mayor, and Mira Lund, who was judge, said the dam would hold.",
         "Ivo Brandl, who was mayor, and Mira Lund", "Ivo Brandl and Mira Lund"),
        ("Ivo Brandl met Mira Odell. He and Odell said the dam would hold.", "He and Odell",
         "Ivo Brandl and Mira Odell"),
        ("Residents and officials said the dam would hold.", "Residents and officials", "Residents and officials"),
        ("The mayor and Ivo Brandl said the dam would hold.", "The mayor and Ivo Brandl", "mayor and Ivo Brandl"),
    ],
)  # fmt: skip
def test_those_who_say_it_together_are_one_group(nlp: Language, text: str, source: str, actor: str) -> None:
    assert speakers(nlp(text))[-1] == (source, actor, "group")


def test_three_ministers_are_named_in_the_source(nlp: Language) -> None:
    doc = nlp("Three ministers, Anna Brandl, Ivo Odell and Mira Lund, said the dam would hold.")
    assert speakers(doc) == [
        ("Three ministers, Anna Brandl, Ivo Odell and Mira Lund", "Three ministers", "group")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Activist and singer Mira Brandl said the dam would hold.", "Mira Brandl"),
        ("The mayor and police chief Mira Lund said the dam would hold.", "Mira Lund"),
        ("Ivo Brandl of the Kostrel Institute and a former judge said the dam would hold.", "Ivo Brandl"),
        ("The farmer and mayor said the dam would hold.", "farmer"),
    ],
)
def test_one_person_of_two_callings_is_no_group(nlp: Language, text: str, actor: str) -> None:
    assert [name for _, name, _ in speakers(nlp(text))] == [actor]


def test_they_are_the_two(nlp: Language) -> None:
    doc = nlp("Ivo Brandl and Mira Odell met in Teso on Monday. “It will hold,” they said. “Yes,” Odell added.")
    assert [name for _, name, _ in speakers(doc)] == ["Ivo Brandl and Mira Odell", "Mira Odell"]


def test_those_who_do_not_speak_are_each_alone(nlp: Language) -> None:
    doc = nlp("Ivo Brandl and Mira Odell slept. The dam held.")
    assert [entity.name for entity in doc._.entities] == ["Ivo Brandl", "Mira Odell"]


def test_a_nominal_that_is_parsed_as_a_conjunction_joins_nobody(nlp: Language) -> None:
    """An unlucky parse may make a conjunction of a noun, and join what is mentioned nowhere."""
    words = ["Odell", "soldiers", "later", "left"]
    doc = Doc(nlp.vocab, words=words, heads=[3, 0, 0, 3], deps=["nsubj", "cc", "conj", "ROOT"])
    doc._.mentions = (
        Mention(0, 5, "Odell", "name", "person", None, 0),
        Mention(6, 14, "soldiers", "nominal", "group", None, 1),
    )
    chains = Chains(doc)
    chains.add(0, chains.new("person"))
    link_joint(chains)
    assert chains.get(1) is None
