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


_NO: Final = frozenset({"no", "neither", "none", "nobody", "nothing", "nowhere", "never", "nor"})
_PREFERENCE: Final = frozenset({"rather", "sooner", "like", "prefer", "love"})  # "I would rather go" is no condition
_AHEAD: Final = frozenset({"demanded", "promised", "wanted", "asked"})  # acts whose content is still to be done
_SUBORDINATE: Final = frozenset({"xcomp", "pcomp", "acl", "relcl", "advcl", "amod"})
_ARGUMENTS: Final = (*SUBJECTS, "dobj", "attr", "acomp", "oprd")


def modality(scene: Scene, cue: int | None, words: frozenset[int], act: str = "said") -> str:
    """How firmly the content holds: by the if it hangs on, the auxiliaries of the cue, and its own main clause.

    Of the content's first main clause, the first that fits: 'conditional', 'possible', 'negated' (also "nobody has
    given up", "had no record"), 'future' ("a list would be printed", and what is demanded or promised), 'actual'. A
    cue that is itself denied ("did not say that") is 'negated' whatever is said.
    """
    main = _main_verb(scene, words)
    if _conditional_content(scene, words, main):
        return "conditional"
    return (_of_cue(scene.tokens[cue]) if cue is not None else None) or _of_content(scene, words, main, act)


def _of_cue(token: Token) -> str | None:
    """What the cue's own auxiliaries say; None where it is a plain fact."""
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "neg")}
    if (_has_if(token) and helpers & _RESULT) or ("would" in helpers and "have" in helpers):
        return "conditional"
    if any(c.dep_ == "neg" for c in token.children):
        return "negated"
    if helpers & _FUTURE or _going_to(token):
        return "future"
    return "possible" if helpers & _POSSIBLE else None


def _has_if(token: Token) -> bool:
    return any(c.dep_ == "advcl" and _if_clause(c) for c in token.children)


def _going_to(token: Token) -> bool:
    return token.dep_ == "xcomp" and token.head.lower_ in ("going", "expected", "due", "set", "scheduled")


def _of_content(scene: Scene, words: frozenset[int], main: Token | None, act: str) -> str:
    """By the auxiliaries and negations of the first verb of the content that no other verb of it governs."""
    if main is None:
        return "future" if act in _AHEAD and _infinitive(scene, words) else "actual"
    auxiliaries = [c for c in main.children if c.dep_ == "aux"]
    helpers = {c.lower_ for c in auxiliaries}
    done = "have" in helpers
    would = any(c.lower_ in _WOULD and scene.quoted[c.i] >= 0 for c in auxiliaries)
    if would and not _prefers(main):
        return "conditional"  # outside quotation marks "would" is the "will" of what was said
    if helpers & _PERHAPS and not done:
        return "possible"
    if _negated(main):
        return "negated"
    ahead = helpers & (_FUTURE | _WOULD) and not done and not _prefers(main)
    return "future" if ahead or (act in _AHEAD and _to_be_done(main)) else "actual"


def _prefers(main: Token) -> bool:
    return main.lemma_ in _PREFERENCE or any(c.lower_ in _PREFERENCE for c in main.children)


def _negated(main: Token) -> bool:
    """Whether the clause says no: "will not", "never", "nobody came", "had no plan", "to send nobody"."""
    for child in main.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in _NO):
            return True
        if child.dep_ in _ARGUMENTS and (child.lower_ in _NO or any(c.lower_ in _NO for c in child.children)):
            return True
    return False


def _to_be_done(main: Token) -> bool:
    """An infinitive, or the bare verb of "demanded that he go", "that it be closed"."""
    return main.tag_ == "VB" or any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in main.children)


def _infinitive(scene: Scene, words: frozenset[int]) -> bool:
    """Whether the content begins with an infinitive: "to rebuild the school", "them to leave"."""
    return any(scene.tokens[i].tag_ == "VB" and any(c.tag_ == "TO" for c in scene.tokens[i].children) for i in words)


def _main_verb(scene: Scene, words: frozenset[int]) -> Token | None:
    for i in sorted(words):
        token = scene.tokens[i]
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        heads = {a.i for a in token.ancestors}
        if not any(h in words and scene.sentence[h] == scene.sentence[i] for h in heads):
            of_noun = token.dep_ == "acl" and token.tag_ != "VBN"  # "warnings that the conflict could spread"
            return token if of_noun or token.dep_ not in _SUBORDINATE else None
    return None


def _conditional_content(scene: Scene, words: frozenset[int], main: Token | None) -> bool:
    """Whether the content's main clause depends on an if: "If he asks us, we will go"."""
    for i in words:
        token = scene.tokens[i]
        if token.dep_ not in ("advcl", "prep") or not _if_clause(token):
            continue
        head = token.head
        if token.dep_ == "prep" and head.i not in words:  # "…, provided that": the parser hangs it on the cue
            return True
        if head.i not in words or (main is not None and scene.sentence[head.i] != scene.sentence[main.i]):
            continue
        governs = head.head.i not in words or head.dep_ in ("ROOT", "ccomp", "conj", "parataxis", "acl")
        if governs and any(c.dep_ == "aux" and c.lower_ in _RESULT for c in head.children):
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
