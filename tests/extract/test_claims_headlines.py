"""Claims in headlines: what is said, and by whom. Headlines of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claims_told import told

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

_BODY = "\n\nThe council met at noon."


@pytest.mark.parametrize(
    ("headline", "who", "content"),
    [
        ("Minister: 'We will not pay'", "Minister", "'We will not pay'"),
        ("Brandl warns of 'chaos' as strike looms", "Brandl", "'chaos'"),
        ("Brandl vows to ‘fight on’ after court loss", "Brandl", "to ‘fight on’"),
        ("Strike: Brandl says ‘no’ to talks", "Brandl", "‘no’ to talks"),
        ("Lund says dam broke as flood came", "Lund", "dam broke as flood came"),
        ("'Chaos' feared as dock strike looms in Kostrel", None, "'Chaos'"),
        ("Dam ‘will hold’, says mayor", "mayor", "Dam ‘will hold’"),
        ("Dam was ‘ticking bomb’: engineer", "engineer", "Dam was ‘ticking bomb’"),
        ("Kostrel dam burst after warnings were ignored: engineers", "engineers",
         "Kostrel dam burst after warnings were ignored"),
        ("Dam is safe - minister", "minister", "Dam is safe"),
        ("Dam will hold until spring – officials", "officials", "Dam will hold until spring"),
        ("Mayor rips dockers: ‘They lied to us’", "Mayor", "‘They lied to us’"),
    ],
)  # fmt: skip
def test_what_a_headline_says_that_somebody_said(nlp: Language, headline: str, who: str | None, content: str) -> None:
    text = headline + _BODY
    claims = nlp(text)._.claims
    assert [(c.speaker.of(text) if c.speaker else None, [p.of(text) for p in c.parts]) for c in claims] == [
        (who, [content])
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "Strike closes three ports: what we know",
        "Kostrel votes: the mayor's last stand",
        "Why I left the mill: a docker",
        "What we know so far: the victims",
        "How the dam was built: an engineer",
    ],
)
def test_a_colon_alone_names_no_speaker(nlp: Language, headline: str) -> None:
    assert not nlp(headline + _BODY)._.claims


def test_an_outlet_behind_a_dash_says_nothing(nlp: Language) -> None:
    assert not nlp("Storm kills three - Kostrel Courier" + _BODY)._.claims


@pytest.mark.parametrize(
    ("headline", "content"),
    [
        ("Mayor 'took bribes', court told", "Mayor 'took bribes'"),
        ("Brandl expected to resign", "Brandl … to resign"),
        ("Dam works decried as 'rotten'", "Dam works … as 'rotten'"),
        ("New vote not ruled out", "New vote"),
    ],
)
def test_whoever_is_told_or_told_of_in_a_headline_does_not_speak(nlp: Language, headline: str, content: str) -> None:
    assert told(nlp(headline + _BODY)) == [(None, content)]


@pytest.mark.parametrize(
    ("headline", "who", "content"),
    [
        ("Brandl praises port deal as council slams it", "Brandl", "port deal"),
        ("Lund promises revenge after rebels burn mill", "Lund", "revenge"),
        ("Brandl accuses Lund of fraud amid strike", "Brandl", "Lund of fraud"),
        ("Anna Brandl: ‘No hint’ of fraud in dam report", "Anna Brandl", "‘No hint’ of fraud in dam report"),
        ("Anna Brandl: ‘We will build it’ after flood", "Anna Brandl", "‘We will build it’"),
    ],
)
def test_a_headline_tells_what_was_said_and_what_happened_beside_it(
    nlp: Language, headline: str, who: str, content: str
) -> None:
    assert (who, content) in told(nlp(headline + _BODY))
