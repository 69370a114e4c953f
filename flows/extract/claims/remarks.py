"""Words of saying by which nobody says anything: "it is worth noting that …", "that said, …", "it is known that …"."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import SUBJECTS, Scene
from flows.extract.claims.vocabulary import word_class

_THROUGH: Final = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "prep", "acomp", "attr", "acl", "dobj", "oprd"})
_REFERRING: Final = frozenset({"it", "this", "that"})
_DEEP: Final = 5


def is_remark(scene: Scene, i: int) -> bool:
    """Whether the verb at token `i` only makes a remark of the writer's: "it is fair to say that", "that said, …".

    Not where "it" is somebody: "it was ready to say so".
    """
    token = scene.tokens[i]
    if token.pos_ != "VERB":
        return False
    if token.lower_ == "said" and _opens_with_that(scene, token):
        return True
    infinitive = token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.lefts)
    gerund = token.tag_ == "VBG" and (token.dep_ == "pcomp" or (i > 0 and scene.tokens[i - 1].lower_ == "worth"))
    if not infinitive and not gerund:
        return _is_felt(scene, i) and any(c.lower_ == "it" and c.dep_ == "nsubj" for c in token.lefts)
    if any(c.dep_ in SUBJECTS for c in token.children):
        return False
    head = token
    for _ in range(_DEEP):
        if head.head.i == head.i or head.dep_ not in _THROUGH:
            return False
        head = head.head
        if head.pos_ in ("VERB", "AUX") and any(c.dep_ in SUBJECTS for c in head.children):
            return _is_impersonal(scene, head)
    return False


def is_known_of_it(token: Token) -> bool:
    """Whether the participle is all that "it" is, before a clause: "it was well known that"."""
    told = any(c.dep_ == "ccomp" and c.i > token.i for c in token.children)
    subjects = [c for c in token.head.children if c.dep_ in SUBJECTS]
    return told and token.dep_ == "acomp" and token.tag_ == "VBN" and any(c.lower_ == "it" for c in subjects)


def _is_felt(scene: Scene, i: int) -> bool:
    """Whether what is felt at the verb is told in a clause: "it surprised nobody that …"."""
    entry = scene.entry(i)
    told = any(c.dep_ == "ccomp" and c.i > i for c in scene.tokens[i].children)
    return entry is not None and entry.act == "felt" and told


def _opens_with_that(scene: Scene, said: Token) -> bool:
    """ "That said, the gates stayed shut." """
    i = said.i
    if i == 0 or i + 1 >= len(scene.tokens) or scene.tokens[i - 1].lower_ != "that":
        return False
    before = scene.tokens[i - 2] if i > 1 else None
    opens = before is None or before.is_space or before.is_punct or before.lower_ in ("all", "but", "and")
    return opens and scene.tokens[i + 1].text == ","


def _is_impersonal(scene: Scene, verb: Token) -> bool:
    """Whether the verb is one of remarks and its subject stands for nobody."""
    subject = next(c for c in verb.children if c.dep_ in SUBJECTS)
    remarking = scene.lemma[verb.i] in word_class("REMARKING") or verb.lower_ in ("'s", "’s")
    takes = scene.lemma[verb.i] == "take" and any(
        c.dep_ == "neg" for c in verb.children
    )  # "it doesn't take an engineer"
    if subject.lower_ not in _REFERRING or not (remarking or takes):
        return False
    personal = any(c.dep_ == "acomp" and scene.lemma[c.i] in word_class("PERSONAL") for c in verb.children)
    return not personal
