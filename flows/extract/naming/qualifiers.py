"""What tells one body from another of its sort: "the foreign ministry", "the court in Harlow", "the Ardalian army"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import roles
from flows.extract.naming.vocabulary import word_class
from flows.names import country_of, fold

# Adjectives that name a field or a level; others ("powerful", "new") only describe.
_FIELDS: Final = word_class("FIELDS")


def qualifiers(token: Token) -> set[str]:
    """The words at a noun that tell which one is meant, folded; countries by their name."""
    return {country_of(word.text) or fold(word.text) for word in _telling(token)}


def _telling(token: Token) -> Iterator[Token]:
    for child in token.lefts:
        is_own = child.dep_ in {"amod", "compound", "nmod"} and child.text.isalpha()
        if is_own and (child.text[:1].isupper() or child.lower_ in _FIELDS or _is_field(child)):
            yield child
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in {"in", "of"}:
            yield from (noun for noun in child.children if noun.dep_ == "pobj" and noun.pos_ == "PROPN")


def _is_field(word: Token) -> bool:
    """ "Health" of "the health ministry"; no word for people ("the rebel movement")."""
    return word.dep_ == "compound" and word.pos_ == "NOUN" and word.lower_ not in roles()


def is_another(chains: Chains, chain: Chain, token: Token, *, by_name: bool = False) -> bool:
    """Whether the noun says of itself what no mention of the chain says: it is another body of that sort.

    `by_name` where names alone tell it apart, and what it is in ("the software giant") only describes.
    """
    wanted = {country_of(w.text) or fold(w.text) for w in _telling(token) if w.text[:1].isupper() or not by_name}
    if not wanted:
        return False
    said = {chain.country or ""}
    for index in chain.members:
        mention = chains.mentions[index]
        said |= qualifiers(chains.doc[mention.root])
        if mention.form == "name":
            said.update(fold(mention.text).split())
    return not wanted <= said
