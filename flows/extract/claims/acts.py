"""What a cue does: the speech act by the scorer, the modality by rule, the day by the expression that governs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from spacy.tokens import Token

from flows.extract.claims import features
from flows.extract.claims.model import Weights, score
from flows.extract.claims.scene import Scene
from flows.extract.dates.govern import date_of

ACTS: Final = ("said", "denied", "asked", "demanded", "promised", "believed", "wanted", "felt")
_POSSIBLE: Final = frozenset({"may", "might", "could", "can"})
_FUTURE: Final = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_IFS: Final = frozenset({"if", "unless", "provided", "once"})
_RESULT: Final = _FUTURE | _POSSIBLE | {"would", "'d", "’d", "should", "must"}


def speech_act(scene: Scene, cue: int | None, source: int | None, model: Mapping[str, Weights]) -> str:
    """The likeliest act; a quotation without a cue is said."""
    if cue is None:
        return "said"
    names = features.of_cue(scene, cue, source)
    scored = [(score(model.get("act:" + act, {}), names), -n, act) for n, act in enumerate(ACTS)]
    return max(scored)[2]


def modality(scene: Scene, cue: int | None, words: frozenset[int]) -> str:
    """'conditional' for a saying or a content that hangs on an if; else what the cue's auxiliaries say."""
    if cue is None:
        return "conditional" if _conditional_content(scene, words) else "actual"
    token = scene.tokens[cue]
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "neg")}
    negated = any(c.dep_ == "neg" for c in token.children)
    if (_has_if(token) and helpers & _RESULT) or ("would" in helpers and "have" in helpers):
        return "conditional"
    if _conditional_content(scene, words):
        return "conditional"
    if negated:
        return "negated"
    if helpers & _FUTURE or _going_to(token):
        return "future"
    return "possible" if helpers & _POSSIBLE else "actual"


def _has_if(token: Token) -> bool:
    return any(
        c.dep_ == "advcl" and any(m.dep_ in ("mark", "advmod") and m.lower_ in _IFS for m in c.children)
        for c in token.children
    )


def _going_to(token: Token) -> bool:
    return token.dep_ == "xcomp" and token.head.lower_ in ("going", "expected", "due", "set", "scheduled")


def _conditional_content(scene: Scene, words: frozenset[int]) -> bool:
    """Whether the main clause of some sentence of the content depends on an if: "If he asks us, we will go"."""
    for i in words:
        token = scene.tokens[i]
        if token.dep_ != "advcl" or token.head.i not in words or not _if_clause(token):
            continue
        head = token.head
        main = head.head.i not in words or head.dep_ in ("ROOT", "ccomp", "conj", "parataxis")
        if main and any(c.dep_ == "aux" and c.lower_ in _RESULT for c in head.children):
            return True
    return False


def _if_clause(token: Token) -> bool:
    return any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for m in token.children)


def said_on(scene: Scene, cue: int | None) -> tuple[date | None, str]:
    """The day of the expression that governs the cue, with its basis."""
    if cue is None:
        return None, "none"
    for i in _governors(scene, cue):
        index = date_of(scene.doc, i)
        if index is None:
            continue
        found = scene.doc._.dates[index]
        if found.starts_on is not None and found.starts_on == found.ends_on:
            return found.starts_on, "expression"
        return None, "none"
    return None, "none"


def _governors(scene: Scene, cue: int) -> list[int]:
    """The cue, and the verb it hangs on where both are one saying: "was quoted Sunday as saying"."""
    token = scene.tokens[cue]
    found = [cue]
    while token.dep_ in ("xcomp", "pcomp", "prep", "advcl") and token.head.i != token.i and len(found) < 4:
        token = token.head
        if token.pos_ == "VERB":
            found.append(token.i)
    return found
