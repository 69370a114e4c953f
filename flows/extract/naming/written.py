"""The rank or office that a text writes with a name: before it, or in apposition to it ("Joaquim Dell, the mayor")."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.naming.chains import title_kind
from flows.extract.naming.nominals import role_of
from flows.extract.naming.vocabulary import word_class
from flows.records import Mention
from flows.resources import words

_OFFICES: Final = frozenset({"official", "military"})
_POSTS: Final = word_class("WRITTEN_POSTS")
_LEADING: Final = word_class("LEADING")  # before a calling they make a post of it
_TIMES: Final = frozenset({"last"})  # before an office they only say when: "the last governor"
_PARTS: Final = frozenset({"compound", "amod", "nmod"})


def written_title(doc: Doc, mention: Mention) -> str | None:
    """Its title without article and without what "of" adds; None for courtesy ("Mr"), trades, and other forms."""
    if mention.form != "name" or mention.kind != "person":
        return mention.title_text
    if mention.title_text is not None and title_kind(mention.title_text) != "honorific":
        return mention.title_text
    root = doc[mention.root]
    beside = [child for child in root.children if child.dep_ == "appos" and child.i > root.i]
    if root.dep_ == "appos" and root.head.i < root.i:
        beside.append(root.head)
        beside += _of_place(root.head)
    return next((_phrase(doc, noun) for noun in beside if _is_office(noun)), None)


def _is_office(noun: Token) -> bool:
    role, lemma = role_of(noun), noun.lemma_.lower()
    if role is None or role.kind != "unnamed" or noun.pos_ != "NOUN" or lemma in words("no_offices"):
        return False
    leads = any(child.dep_ in _PARTS and child.lower_ in _LEADING for child in noun.lefts)
    leads = leads and role.speaker_kind != "witness"
    return role.speaker_kind in _OFFICES or lemma in _POSTS or leads


def _of_place(name: Token) -> list[Token]:
    """The office that is told with a place: "the mayor of Kostrel, Anna Brandl", whose name hangs on the place."""
    is_of = name.dep_ == "pobj" and name.head.lower_ == "of" and name.pos_ == "PROPN"
    return [name.head.head] if is_of else []


def _phrase(doc: Doc, noun: Token) -> str:
    """The noun with the words before it that make the office: "chief engineer", without possessors and names."""
    first = noun.i
    while first > 0 and doc[first - 1].dep_ in _PARTS and doc[first - 1].head.i == noun.i and doc[first - 1].is_lower:
        first -= 1
    while doc[first].lower_ in _TIMES and first < noun.i:
        first += 1
    return doc[first : noun.i + 1].text
