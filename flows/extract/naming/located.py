"""Countries that are named for where something is: "in Iraq" is a place, where "Iraq denied it" is who did it."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc, Token

from flows.records import Mention
from flows.resources import classes

_ACTS: Final = frozenset({"nsubj", "nsubjpass"})  # "In Lisbon, Portugal agreed"
_AGAINST: Final = frozenset({"v", "v.", "vs", "vs."})  # "in United States v. Larsen"
_BORDERS: Final = frozenset({"border", "frontier", "boundary"})


def locates(doc: Doc, mention: Mention, place_before: bool) -> bool:
    """Whether the name of a country only tells where.

    `place_before` tells that a place is named just before it and parted by a comma: "Lisbon, Portugal".
    """
    root = doc[mention.root]
    acts = root.dep_ in _ACTS
    if (place_before and not acts) or _of_compass(doc, mention) or _of_land(root):
        return True
    if root.i + 1 < len(doc) and root.nbor(1).lower_ in _AGAINST:
        return False
    while root.dep_ == "conj" and root.head.i < root.i and root.head.ent_type_ != "PERSON":
        root = root.head
    return root.dep_ == "pobj" and _is_where(root.head)


def _is_where(preposition: Token) -> bool:
    """Whether a preposition before the name of a country tells where: "in", "fled to", "the border between"."""
    of, word, head = classes("place_words"), preposition.lower_, preposition.head.lemma_.lower()
    if word in of["AT"]:
        return head not in of["REGARD"]
    if word == "between":
        return head in _BORDERS
    return word in of["TO"] and head in of["MOTION"]


def _of_compass(doc: Doc, mention: Mention) -> bool:
    """ "Northern Iraq": a part of it, where the word is none of the name ("North Korea")."""
    name = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    before = doc[name.start - 1] if name is not None and name.start else None
    return before is not None and before.lower_ in classes("place_words")["COMPASS"] and before.head.i == mention.root


def _of_land(root: Token) -> bool:
    """ "Iraq's mountains", "the mountains of Iraq"."""
    land = classes("place_words")["LAND"]
    if root.dep_ == "poss":
        return root.head.lemma_.lower() in land
    return root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.lemma_.lower() in land
