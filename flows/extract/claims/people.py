"""Who can speak: persons and bodies, told from things by their pronoun, their name, or the noun of their role."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import role_kinds, word_class

_LABELS: Final = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_KINDS: Final = frozenset({"person", "organisation", "armed_group", "government"})  # of mentions
_ONE_PERSON: Final = frozenset({"he", "she"})


def is_somebody(scene: Scene, token: Token) -> bool:
    """Whether the head `token` stands for people or a body, or for a paper that speaks for them."""
    if token.pos_ == "PRON":
        return token.lower_ not in word_class("THINGS")
    return token.ent_type_ in _LABELS or scene.lemma[token.i] in role_kinds()


def is_known(scene: Scene, token: Token) -> bool:
    """Whether the head `token` stands for a person or body that the text has told of: named, "he", or "the mayor"."""
    if token.pos_ == "PRON":
        return token.lower_ in _ONE_PERSON
    kinds = {m.kind for m in scene.doc._.mentions if m.root == token.i and m.form == "name"}
    if kinds:
        return bool(kinds & _KINDS)
    if token.ent_type_ == "PERSON" or (token.pos_ == "PROPN" and not token.ent_type_):  # a surname that was overlooked
        return True
    definite = any(c.dep_ in ("det", "poss", "nummod", "compound") for c in token.lefts)
    return definite and role_kinds().get(scene.lemma[token.i], "document") != "document"


def is_person(scene: Scene, token: Token) -> bool:
    """Whether one who is known (`is_known`) is a person, not a body of people."""
    if token.pos_ == "PRON":
        return True
    kinds = {m.kind for m in scene.doc._.mentions if m.root == token.i and m.form == "name"}
    if kinds:
        return "person" in kinds
    return role_kinds().get(scene.lemma[token.i]) not in ("organisation", "country", "group", "media")
