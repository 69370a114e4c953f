"""How firmly: whether the saying, or what is said, is a fact, a possibility, a plan, or hangs on a condition."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import SUBJECTS, Scene
from flows.extract.claims.vocabulary import word_class

_POSSIBLE: Final = frozenset({"may", "might", "could", "can"})
_MAYBE: Final = frozenset({"may", "might"})
_PERHAPS: Final = _MAYBE | {"could"}
_FUTURE: Final = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_WOULD: Final = frozenset({"would", "'d", "’d"})
_IFS: Final = frozenset({"if", "unless", "provided", "providing", "once"})
_INVERTED: Final = frozenset({"should", "had", "were"})
_RESULT: Final = _FUTURE | _POSSIBLE | _WOULD | {"should", "must"}


_NO: Final = frozenset({"no", "neither", "none", "nobody", "nothing", "nowhere", "never", "nor"})
_NOT: Final = _NO | {"not"}
_LEFT_OF_NOUN: Final = frozenset({"det", "predet", "preconj", "neg", "nummod", "amod", "advmod", "quantmod"})
_QUESTIONS: Final = frozenset({"WP", "WRB", "WDT", "WP$"})
_REFUSING: Final = frozenset({"refuse", "decline"})
_EXPECTING: Final = word_class("EXPECTING")
_ABOUT: Final = word_class("ABOUT_TO")
_PREFERENCE: Final = word_class("PREFERRING")  # "I would rather go" is no condition
_AHEAD: Final = frozenset({"demanded", "promised", "wanted", "asked"})  # acts whose content is still to be done
_DUE: Final = frozenset({"demanded", "promised"})  # and whose content always is
_SUBORDINATE: Final = frozenset({"xcomp", "pcomp", "acl", "relcl", "advcl", "amod"})
_ARGUMENTS: Final = (*SUBJECTS, "dobj", "attr", "acomp", "oprd")


def modality(scene: Scene, cue: int | None, words: frozenset[int], act: str = "said") -> str:
    """How firmly the content holds: by the if it hangs on, the auxiliaries of the cue, and its own main clause.

    Of the content's first main clause, the first that fits: 'conditional', 'possible', 'negated' (also "nobody has
    given up", "had no record"), 'future' ("a list would be printed", and what is demanded, promised or expected),
    'actual'. A cue that is itself denied ("did not think that") is 'negated' whatever is said, and so is what somebody
    refuses to do; what is merely not told ("would not say who came") is as firm as it stands.
    """
    main = _main_verb(scene, words)
    if _conditional_content(scene, words, main, act):
        return "conditional"
    of_cue = _of_cue(scene, cue, words, act) if cue is not None else None
    return of_cue or _of_content(scene, words, main, act, cue)


def _of_cue(scene: Scene, cue: int, words: frozenset[int], act: str) -> str | None:
    """What the cue's own auxiliaries say; None where it is a plain fact."""
    token = scene.tokens[cue]
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "neg")}
    denied = any(c.dep_ == "neg" for c in token.children)
    if (_has_if(token) and helpers & _RESULT) or ("would" in helpers and "have" in helpers):
        return "conditional"
    if denied and scene.lemma[cue] == "rule":  # "did not rule out leaving"
        return "possible"
    if not denied and (helpers & _MAYBE or (helpers & _PERHAPS and "have" in helpers)):  # "may have told her that"
        return "possible"
    if act == "denied" and _is_question(scene, words):  # "would not say who came"
        return None
    return "negated" if denied or (act == "wanted" and scene.lemma[cue] in _REFUSING) else None


def _has_if(token: Token) -> bool:
    return any(c.dep_ == "advcl" and _if_clause(c) for c in token.children)


def _of_content(scene: Scene, words: frozenset[int], main: Token | None, act: str, cue: int | None) -> str:
    """By the auxiliaries and negations of the first verb of the content that no other verb of it governs."""
    if _says_no(scene, words):
        return "negated"
    expected = cue is not None and scene.lemma[cue] in _EXPECTING
    if main is None:
        to_do = _infinitive(scene, words)
        if to_do is not None and _negated(to_do):
            return "negated"
        ahead = act in _DUE or expected or (act in _AHEAD and to_do is not None)
        ahead = ahead or (act == "asked" and not _is_question(scene, words))
        return "future" if ahead else "actual"
    auxiliaries = [c for c in main.children if c.dep_ == "aux"]
    helpers = {c.lower_ for c in auxiliaries}
    if main.tag_ == "VBN":  # "he'd warned them": had
        helpers -= {"'d", "’d"}
        auxiliaries = [c for c in auxiliaries if c.lower_ not in ("'d", "’d")]
    done = "have" in helpers
    would = any(c.lower_ in _WOULD and (done or scene.quoted[c.i] >= 0) for c in auxiliaries)
    if would and not _prefers(main):
        return "conditional"  # outside quotation marks "would" is the "will" of what was said
    negated = _negated(main)
    if helpers & _PERHAPS and not done and not (negated and "could" in helpers):
        return "possible"
    if negated:
        return "negated"
    ahead = bool(helpers & (_FUTURE | _WOULD)) and not done and not _prefers(main)
    asked = (act in _AHEAD or expected) and _to_be_done(main)
    return "future" if ahead or asked or act in _DUE or _about_to(main) else "actual"


def _says_no(scene: Scene, words: frozenset[int]) -> bool:
    """Whether the content answers with a no, or is one without a verb: "No. I told him", "Not before June"."""
    first = min(words, default=None)
    if first is None or scene.tokens[first].lower_ not in _NOT:
        return False
    after = scene.tokens[first + 1] if first + 1 < len(scene.tokens) else None
    alone = after is not None and after.is_punct and not scene.mark[after.i]
    here = [i for i in words if scene.sentence[i] == scene.sentence[first]]
    return alone or all(scene.tokens[i].pos_ not in ("VERB", "AUX") for i in here)


def _about_to(main: Token) -> bool:
    """ "He is to go", "was about to resign", "is going to build"."""
    heads = [main, *(c for c in main.children if c.dep_ in ("acomp", "prep", "advmod") and c.lower_ in _ABOUT)]
    if main.lemma_ != "be" and main.lower_ not in _ABOUT:
        return False
    return any(x.dep_ == "xcomp" and x.tag_ == "VB" for h in heads for x in h.children)


def _prefers(main: Token) -> bool:
    return main.lemma_ in _PREFERENCE or any(c.lower_ in _PREFERENCE for c in main.children)


def _negated(main: Token) -> bool:
    """Whether the clause says no: "will not", "never", "nobody came", "had no plan", "to send nobody"."""
    for child in main.children:
        if child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in _NO):
            return True
        if child.dep_ in _ARGUMENTS and (child.lower_ in _NO or _no_such(child)):
            return True
    return False


def _no_such(noun: Token) -> bool:
    """Whether a noun is denied by what stands before it: "no draft", "not one call"."""
    left = [c for c in noun.lefts if c.dep_ in _LEFT_OF_NOUN]
    return any(x.lower_ in _NOT for c in left for x in (c, *c.lefts))


def _to_be_done(main: Token) -> bool:
    """An infinitive, or the bare verb of "demanded that he go", "that it be closed"."""
    return main.tag_ == "VB" or any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in main.children)


def _infinitive(scene: Scene, words: frozenset[int]) -> Token | None:
    """The infinitive that the content is: "to rebuild the school", "them to leave"."""
    found = (scene.tokens[i] for i in sorted(words) if scene.tokens[i].tag_ == "VB")
    return next((t for t in found if any(c.tag_ == "TO" for c in t.children)), None)


def _is_question(scene: Scene, words: frozenset[int]) -> bool:
    """Whether the content is a question ("why", "whether he came", "about the siren") and no thing asked for."""
    first = scene.tokens[min(words)]
    about = first.pos_ == "ADP" and first.lower_ != "for"
    return first.tag_ in _QUESTIONS or first.lower_ in ("whether", "if") or about


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


def _conditional_content(scene: Scene, words: frozenset[int], main: Token | None, act: str) -> bool:
    """Whether the content's main clause depends on an if: "If he asks us, we will go"."""
    may_turn = act != "asked" and any(scene.tokens[i].lower_ in _INVERTED for i in words)
    if may_turn and any(_inverted_if(scene.tokens[i], words) for i in words):
        return True
    for i in words:
        token = scene.tokens[i]
        if token.dep_ not in ("advcl", "prep") or not _if_clause(token):
            continue
        head = token.head
        if token.dep_ == "prep" and head.i not in words:  # "…, provided that": the parser hangs it on the cue
            return True
        if head.i not in words and _led_by(scene, words, token):
            return True
        if head.i not in words or (main is not None and scene.sentence[head.i] != scene.sentence[main.i]):
            continue
        governs = head.head.i not in words or head.dep_ in ("ROOT", "ccomp", "conj", "parataxis", "acl")
        result = any(c.dep_ == "aux" and c.lower_ in _RESULT for c in head.children)
        if governs and (result or token.i < head.i):
            return True
        if act in _AHEAD and head.tag_ == "VB" and (governs or head.dep_ == "xcomp"):  # "to pay if they leave"
            return True
    return False


def _led_by(scene: Scene, words: frozenset[int], clause: Token) -> bool:
    """Whether the quoted clause leads to what is said behind the attribution: “If they come,” he said, “we will go.”"""
    if scene.quoted[clause.i] < 0:
        return False
    behind = (scene.tokens[i] for i in words if i > clause.head.i and scene.quoted[i] >= 0)
    return any(
        t.dep_ == "aux" and t.lower_ in _RESULT and scene.sentence[t.i] == scene.sentence[clause.i] for t in behind
    )


def _if_clause(token: Token) -> bool:
    """A clause with "if" or its like, or one turned round: "should he come", "had it been there"."""
    if token.lower_ in ("provided", "providing") and token.dep_ == "prep":
        return True
    if any(m.dep_ in ("mark", "advmod") and m.lower_ in _IFS for m in token.children):
        return not any(m.dep_ in ("mark", "advmod") and m.lower_ == "as" for m in token.children)
    return _turned(token)


def _turned(token: Token) -> bool:
    """Whether the verb stands behind its auxiliary and subject: "should he come", "had it been there"."""
    subject = next((c.i for c in token.children if c.dep_ in SUBJECTS or c.dep_ == "expl"), None)
    first = token.left_edge
    turned = subject is not None and first.i < subject and first.lower_ in _INVERTED
    return turned and first.dep_ in ("aux", "auxpass") and first.head.i == token.i


def _inverted_if(token: Token, words: frozenset[int]) -> bool:
    """Whether the verb is that of a turned condition which the parser takes for a statement.

    "Should they come, we would fight", "it would burst should they come", "should they come, call us", and
    "were they to come, we would fight", where only the place of "were" tells.
    """
    head = token.head
    if head.i in words and any(c.dep_ == "aux" and c.lower_ in _RESULT for c in head.children):
        if token.dep_ == "ccomp" and _turned(token):
            return True
        were = token.lower_ == "were" and token.left_edge.i == token.i and token.dep_ in ("advcl", "ccomp")
        return were and any(c.tag_ == "VB" for c in token.subtree)
    if not _turned(token) or token.doc[token.left_edge.i].lower_ != "should":
        return False
    told = (c for c in token.children if c.dep_ == "conj" and c.tag_ in ("VB", "VBP") and c.i in words)
    return any(not any(x.dep_ in SUBJECTS or x.dep_ == "cc" for x in c.children) for c in told)
