"""Why a claim was taken for one, as `hearsay explain` tells it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from flows.extract.claims.why import reasons

pytestmark = pytest.mark.model


def test_the_cue_and_each_stretch_around_it_have_their_reasons(nlp: Language) -> None:
    doc = nlp("“The dam is old,” Keller told reporters on Monday. The town was quiet.")
    (claim,) = doc._.claims
    told = list(reasons(doc, claim.cue))
    assert told[0].what.startswith("“told” is a cue: 9")
    assert any(reason.what == "the speaker: PERSON" for reason in told)
    content = {reason.what.split("”")[0].strip("“"): reason.weight for reason in told if reason.decision == "content"}
    assert content["The dam is old"] > 2
    assert content["reporters"] < -1
    assert not any("quiet" in reason.what for reason in told)


def test_a_rule_that_decided_is_told(nlp: Language) -> None:
    doc = nlp("He was quoted by the paper as saying that the dam was old.")
    (claim,) = doc._.claims
    cue = [reason.what for reason in reasons(doc, claim.cue) if reason.decision == "cue"]
    assert cue[0].startswith("“saying” is a cue: 90%")
    assert cue[1].startswith("a rule: at least 90%")
