"""What "that" introduces after a verb of saying, whatever stands between: "said in a statement that the wall …"."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims import content
from flows.extract.claims.cues import made_clear
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import word_class

SAYING: Final = word_class("SAYING")
_FARTHEST: Final = 14  # tokens from the cue to "that"
# Between the cue and "that" the parser may hang the clause on any noun: "told the paper in a message that".
_DOWN: Final = frozenset({"prep", "pobj", "dobj", "dative", "npadvmod", "conj", "compound", "pcomp", "agent", "appos"})
_PROVISOS: Final = frozenset({"provided", "if", "unless", "until", "because"})


def opened(token: Token) -> bool:
    """Whether a clause with "that" hangs on the token, behind it."""
    clauses = (c for c in token.children if c.i > token.i and c.dep_ in ("ccomp", "acl"))
    return any(x.dep_ == "mark" and x.lower_ == "that" for c in clauses for x in c.children)


def opening(scene: Scene, cue: int) -> int | None:
    """The token "that" which opens what the cue reports; None when the clause has none, or another verb comes first."""
    clear = made_clear(scene, cue)
    if clear is not None:
        return next(i for i in range(clear, len(scene.tokens)) if scene.tokens[i].lower_ == "that")
    if scene.lemma[cue] not in SAYING or scene.tokens[cue].pos_ != "VERB":
        return None
    end = min(scene.sentences[scene.sentence[cue]][1], cue + _FARTHEST)
    for i in range(cue + 1, end):
        token = scene.tokens[i]
        if scene.quoted[i] >= 0 and _in_title(scene, i):
            continue
        if scene.quoted[i] >= 0 or token.text in (";", ":"):
            return None
        if token.lower_ == "that" and _behind_title(scene, i):
            return i if token.head.i > i else None
        if token.lower_ == "that" and token.dep_ == "mark":
            return i if _reaches(token.head, cue) or _follows(scene, cue, i) else None
        verbal = token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound") and not _seen_by(token)
        if verbal and scene.lemma[i] not in word_class("ACCORDING") and not _quoting(token):
            return None
    return None


def _in_title(scene: Scene, i: int) -> bool:
    """Whether token `i` stands in the title of a programme, in marks: "told CBS's “Face the Nation” that"."""
    return content.is_title(scene, content.words_of(scene, scene.quoted[i]))


def _behind_title(scene: Scene, i: int) -> bool:
    before = i - 1
    while scene.tokens[before].text == ",":
        before -= 1
    return scene.quoted[before] >= 0 and _in_title(scene, before)


def _seen_by(token: Token) -> bool:
    """The participle of "wrote in an email seen by the paper that …"."""
    return token.tag_ == "VBN" and token.dep_ == "acl" and any(c.dep_ == "agent" for c in token.children)


def _quoting(token: Token) -> bool:
    """The participle of "reported, quoting a general, that …"."""
    return token.tag_ == "VBG" and token.lower_ in ("quoting", "citing") and token.i > 0 and token.nbor(-1).text == ","


def holds(scene: Scene, cue: int, i: int) -> bool:
    """Whether token `i` stands between the cue and its "that"."""
    that = opening(scene, cue)
    return that is not None and cue < i < that


def _follows(scene: Scene, cue: int, that: int) -> bool:
    """Whether "that" comes after a parenthesis right after the cue: "who said then, according to the minutes, that"."""
    commas = [i for i in range(cue + 1, that) if scene.tokens[i].text == ","]
    if len(commas) != 2 or commas[1] != that - 1:
        return False
    between = scene.tokens[cue + 1 : commas[0]]
    return all(t.pos_ in ("ADV", "ADP") or t.ent_type_ in ("DATE", "TIME") for t in between)


def _reaches(verb: Token, cue: int) -> bool:
    """Whether the clause of `verb` hangs on the cue, or on a noun of its circumstances."""
    if verb.dep_ == "ccomp" and verb.head.i == cue:
        return True
    if verb.dep_ not in ("acl", "relcl", "ccomp", "advcl"):
        return False
    token = verb.head
    for _ in range(8):
        if token.i == cue:
            return True
        if not (token.dep_ in _DOWN or _seen_by(token)) or token.head.i == token.i:
            return False
        token = token.head
    return False


def clause(scene: Scene, cue: int, words: set[int]) -> set[int]:
    """`words` with the whole clause that "that" opens, and without unquoted circumstances before it."""
    that = opening(scene, cue)
    if that is None:
        return words
    verb = scene.tokens[that].head
    own = {t.i for t in verb.subtree if t.i > that and scene.is_word(t.i)}
    here = {i for i in words if i < that and scene.sentence[i] == scene.sentence[cue]}
    before = {i for i in here if scene.quoted[i] < 0 or (i > cue and _in_title(scene, i))}
    return (words - before) | own


def proviso(scene: Scene, cue: int, words: set[int]) -> set[int]:
    """The words of a clause at the sentence's end on which the content after the cue depends: "…, provided that"."""
    after = [i for i in words if i > cue and scene.sentence[i] == scene.sentence[cue]]
    if not after or min(i for i in words) < cue:
        return set()
    last = max(after)
    for child in scene.tokens[cue].children:
        first = child.left_edge.i
        opens = scene.tokens[first].lower_ in _PROVISOS
        adjacent = first > last and not any(scene.is_word(i) for i in range(last + 1, first))
        if opens and adjacent and child.dep_ in ("prep", "advcl", "ccomp"):
            return {t.i for t in child.subtree if scene.is_word(t.i)}
    return set()
