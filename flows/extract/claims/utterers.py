"""From the grammatical source to whoever really speaks: past a document, an apposition, a wrong coordination."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import SUBJECTS, Scene

_PAPERS: Final = frozenset(
    {"statement", "letter", "message", "tweet", "email", "post", "release", "communique", "memo"}
)
_REPORTING: Final = frozenset({"acknowledge", "admit", "concede", "confirm", "say", "deny", "insist", "claim", "agree"})
_GOING_ON: Final = frozenset({"say", "add", "insist", "warn", "stress", "deny", "tell", "promise", "maintain"})


def behind(scene: Scene, cue: Token, source: Token) -> Token:
    """The speaker for whom the token `source` was found; `source` itself in the plain case."""
    found = _of_the_outer_cue(scene, cue, source)
    if found is not None:
        return found
    if scene.lemma[source.i] in _PAPERS:
        return _author(source) or source
    return _set_beside(source) or source


def _author(paper: Token) -> Token | None:
    """The company in "a statement by the owner, the Harbour Company, put …"."""
    for child in paper.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            author = next((x for x in child.children if x.dep_ == "pobj" and x.pos_ in ("NOUN", "PROPN")), None)
            if author is None or author.pos_ == "PROPN":
                return author
            named = [c for t in (author, paper) for c in t.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
            return named[0] if named else author
    return None


def _set_beside(source: Token) -> Token | None:
    """The doctor in "20 were taken prisoner, a doctor said": a bare noun that an apposition with an article follows."""
    bare = source.tag_ == "NN" and not any(c.i < source.i and c.dep_ != "punct" for c in source.children)
    if not bare or source.is_sent_start or source.dep_ not in SUBJECTS:
        return None
    for child in source.children:
        article = any(c.dep_ == "det" and c.lower_ in ("a", "an", "the", "one") for c in child.children)
        if child.dep_ == "appos" and article and child.i > source.i:
            return child
    return None


def was_asked(cue: Token, source: Token) -> bool:
    """Whether the source of "asked" was asked, not asking: "the spokesman, asked whether it was true, said"."""
    if cue.lower_ not in ("asked", "pressed", "questioned") or source.dep_ not in SUBJECTS or source.head.i != cue.i:
        return False
    before = cue.nbor(-1) if cue.i else cue
    said = cue.head.i > cue.i and cue.dep_ in ("ccomp", "advcl") and cue.head.tag_ in ("VBD", "VBZ")
    return before.text == "," and said


def asked_before(scene: Scene, cue: Token) -> Token | None:
    """The spokesman for the "said" of that sentence, to which the parser gives no subject."""
    if cue.tag_ not in ("VBD", "VBZ") or scene.lemma[cue.i] not in _GOING_ON:
        return None
    for child in cue.children:
        subject = next((c for c in child.children if c.dep_ in SUBJECTS), None) if child.i < cue.i else None
        if subject is not None and was_asked(child, subject):
            return subject
    return None


def _of_the_outer_cue(scene: Scene, cue: Token, source: Token) -> Token | None:
    """The spokesman in "the spokesman admitted that the post had been lost but said …"."""
    outer = resumed(scene, cue)
    if outer is None or not any(c.i == source.i for c in cue.head.children):
        return None
    return next((c for c in outer.children if c.dep_ in SUBJECTS), None)


def resumed(scene: Scene, cue: Token) -> Token | None:
    """The verb of saying which the cue goes on from, where the parser joined it to the verb of what was said."""
    inner = cue.head
    if cue.dep_ != "conj" or cue.tag_ != "VBD" or scene.lemma[cue.i] not in _GOING_ON or inner.dep_ != "ccomp":
        return None
    if any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "mark") for c in cue.children):
        return None
    perfect = any(c.dep_ == "aux" and c.lower_ in ("had", "would", "'d", "’d") for c in inner.children)
    outer = inner.head
    return outer if perfect and scene.lemma[outer.i] in _REPORTING and outer.pos_ == "VERB" else None
