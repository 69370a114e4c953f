"""How firmly: whether the saying, or what is said, is a fact, a possibility, a plan, or hangs on a condition."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import SUBJECTS, Scene

_POSSIBLE: Final = frozenset({"may", "might", "could", "can"})
_PERHAPS: Final = frozenset({"may", "might", "could"})
_FUTURE: Final = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_WOULD: Final = frozenset({"would", "'d", "’d"})
_IFS: Final = frozenset({"if", "unless", "provided", "providing", "once"})
_INVERTED: Final = frozenset({"should", "had", "were"})
_RESULT: Final = _FUTURE | _POSSIBLE | _WOULD | {"should", "must"}


def modality(scene: Scene, cue: int | None, words: frozenset[int]) -> str:
    """'conditional' for a saying or a content that hangs on an if; else what the auxiliaries of the cue say, and
    where the cue is a plain fact those of the content's first main verb: "a list would be printed" is 'future'."""
    if cue is None:
        return "conditional" if _conditional_content(scene, words) else _of_content(scene, words)
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
    return "possible" if helpers & _POSSIBLE else _of_content(scene, words)


def _has_if(token: Token) -> bool:
    return any(c.dep_ == "advcl" and _if_clause(c) for c in token.children)


def _going_to(token: Token) -> bool:
    return token.dep_ == "xcomp" and token.head.lower_ in ("going", "expected", "due", "set", "scheduled")


def _of_content(scene: Scene, words: frozenset[int]) -> str:
    """By the auxiliaries of the first verb of the content that no other verb of it governs."""
    main = _main_verb(scene, words)
    if main is None:
        return "actual"
    helpers = {c.lower_ for c in main.children if c.dep_ == "aux"}
    if helpers & _PERHAPS and "have" not in helpers:
        return "possible"
    if helpers & _FUTURE or (helpers & _WOULD and "have" not in helpers):
        return "future"
    return "actual"


def _main_verb(scene: Scene, words: frozenset[int]) -> Token | None:
    for i in sorted(words):
        token = scene.tokens[i]
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        heads = {a.i for a in token.ancestors}
        if not any(h in words and scene.sentence[h] == scene.sentence[i] for h in heads):
            return token if token.dep_ not in ("xcomp", "pcomp", "acl", "relcl", "advcl", "amod") else None
    return None


def _conditional_content(scene: Scene, words: frozenset[int]) -> bool:
    """Whether the main clause of some sentence of the content depends on an if: "If he asks us, we will go"."""
    for i in words:
        token = scene.tokens[i]
        if token.dep_ not in ("advcl", "prep") or not _if_clause(token):
            continue
        head = token.head
        if token.dep_ == "prep" and head.i not in words:  # "…, provided that": the parser hangs it on the cue
            return True
        if head.i not in words:
            continue
        main = head.head.i not in words or head.dep_ in ("ROOT", "ccomp", "conj", "parataxis", "acl")
        if main and any(c.dep_ == "aux" and c.lower_ in _RESULT for c in head.children):
            return True
    return False


def _if_clause(token: Token) -> bool:
    """A clause with "if" or its like, or one turned round: "should he come", "had it been there"."""
    if token.lower_ in ("provided", "providing") and token.dep_ == "prep":
        return True
    if any(m.dep_ in ("mark", "advmod") and m.lower_ in _IFS for m in token.children):
        return True
    subject = next((c.i for c in token.children if c.dep_ in SUBJECTS or c.dep_ == "expl"), None)
    first = token.left_edge
    turned = subject is not None and first.i < subject and first.lower_ in _INVERTED
    return turned and first.dep_ in ("aux", "auxpass") and first.head.i == token.i
