"""What sort of speaker a claim has, how firmly it holds and what it does, in sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police said on Monday that the bridge was closed.", "organisation"),
        ("The authorities said that the bridge was closed.", "official"),
        ("The foreign ministers of Norland and Sudmark said that the bridge was closed.", "official"),
        ("The foreign ministry in Brod said that the bridge was closed.", "country"),
        ("The government said that the bridge was closed.", "country"),
        ("Some 54 per cent of voters said that the bridge was ugly.", "group"),
        ("A number of teachers said that the bridge was ugly.", "group"),
        ("The plaintiffs said that the bridge was ugly.", "group"),
        ("Residents said that the bridge was ugly.", "group"),
        ("One of the two diplomats said that the bridge was closed.", "official"),
        ("A number of analysts said that the bridge was weak.", "analyst"),
        ("The city's attorney general said that the bridge was closed.", "official"),
        ("The advisory said that the bridge was closed.", "document"),
        ("The inspector's photographs showed that the bridge was cracked.", "document"),
        ("Officials and residents said that the bridge was closed.", "group"),
        ("Two lawmakers said that the bridge was closed.", "official"),
        ("A police officer said that the bridge was closed.", "official"),
        ("The coast guard said that the bridge was closed.", "organisation"),
        ("The regional government said that the bridge was closed.", "organisation"),
        ("A member of parliament said that the bridge was closed.", "official"),
        ("Farmers said that the bridge was closed.", "group"),
        ("The charge sheet said that the bridge was closed.", "document"),
        ("The crew said that the bridge was closed.", "group"),
        ("The insurer said that the bridge was not covered.", "organisation"),
    ],
)
def test_sorts_of_speakers(nlp: Language, text: str, kind: str) -> None:
    assert [claim.speaker_kind for claim in nlp(text)._.claims] == [kind]


def test_one_is_one_of_those_counted_before(nlp: Language) -> None:
    doc = nlp("Two diplomats said that the talks had failed. One said that the hall had been cold.")
    assert [claim.speaker_kind for claim in doc._.claims] == ["official", "official"]
    doc = nlp("Two officials said that the talks had failed. One of them said that the hall had been cold.")
    assert [claim.speaker_kind for claim in doc._.claims] == ["official", "official"]


def test_one_of_many_with_a_name_is_named(nlp: Language) -> None:
    doc = nlp("One of the three members who left, Tom Okafor, said that the talks had failed.")
    assert [claim.speaker_kind for claim in doc._.claims] == ["named"]


def test_they_are_what_they_stand_for(nlp: Language) -> None:
    doc = nlp("Parliament officials gave the result at noon. They said that nobody had abstained.")
    assert doc._.claims[-1].speaker_kind == "official"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("He refused to leave the house.", "negated"),
        ("The union promised not to strike before June.", "negated"),
        ("The mayor asked the company to send nobody.", "negated"),
        ("She would not say which ministers would leave.", "future"),
        ("Asked about a sale, Anna Keller said: “No. I told them so.”", "negated"),
        ("The minister said that not one letter had come.", "negated"),
        ("The general said the men had made “a short halt and nothing more” in the town.", "actual"),
        ("The mayor believes that a siren would have saved lives.", "conditional"),
        ("The mayor said that if the bridge had been closed, the road was safe.", "conditional"),
        ("The mayor promised to pay if the town agreed.", "conditional"),
        ("Should they come, we would fight, Brandl said.", "conditional"),
        ("The mayor said the town would drown should the dam break.", "conditional"),
        ("Were the dam to break, the town would drown, the mayor said.", "conditional"),
        ("Should the dam break, call us, the mayor said.", "conditional"),
        ("The mayor asked should they leave.", "future"),
        ("He urged them to vote as if nobody had paid them.", "future"),
        ("Anna Keller denied that she was about to resign.", "future"),
        ("The drivers demanded compensation.", "future"),
        ("“I could not go home,” Anna Keller said.", "negated"),
        ("Anna Keller did not rule out leaving the party.", "possible"),
        ("The guard may have told them that the gate was open.", "possible"),
        ("She could have said that the gate was open.", "possible"),
        ("The owner might argue that the gate was open.", "possible"),
        ("She could tell that the gate was open.", "actual"),
    ],
)
def test_how_firmly_it_holds(nlp: Language, text: str, modality: str) -> None:
    assert [claim.modality for claim in nlp(text)._.claims][-1] == modality


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The minister refused to say why the men had been held.", "denied"),
        ("The minister refused to leave the house.", "wanted"),
        ("The minister called on Tuesday for a new bridge.", "demanded"),
        ("The minister called the bridge a disgrace.", "said"),
    ],
)
def test_what_a_cue_does(nlp: Language, text: str, act: str) -> None:
    assert [claim.speech_act for claim in nlp(text)._.claims] == [act]
