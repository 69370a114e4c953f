"""Whose a happening is: "Brandl's visit" is hers, "Brandl's arrest" befell her, "the Marovia inquiry" looks into it."""

from __future__ import annotations

from spacy.tokens import Token

from flows.extract.events.hits import Hit
from flows.extract.events.lexicon import word_class
from flows.extract.events.participants import Cast, Party
from flows.extract.events.syntax import prepositions
from flows.names import country_word


def owners(hit: Hit, cast: Cast) -> list[Party]:
    """Whose a happening is, but whom it befell: "Brandl's killing", "the Marovia inquiry"."""
    borne = {(party.span.start, party.span.end) for party in bearers(hit, cast)}
    return [party for party in cast.behind(hit.token) if (party.span.start, party.span.end) not in borne]


def bearers(hit: Hit, cast: Cast) -> list[Party]:
    """The person whose arrest or killing it is, unless it is one of somebody else, and the country of an inquiry."""
    noun = hit.token
    if any(name == "of" for name, _ in prepositions(noun)):
        return []
    own = [kid for kid in noun.lefts if kid.dep_ in {"poss", "compound", "nmod"}]
    if noun.lemma_.lower() in word_class("BEFALLING"):
        return [party for kid in own if _is_somebody(kid, cast) for party in cast.parties(kid)]
    if hit.trigger.event_type == "INVESTIGATE":
        return [party for kid in own if kid.dep_ != "poss" and _is_in_full(kid) for party in cast.parties(kid)]
    return []


def _is_somebody(token: Token, cast: Cast) -> bool:
    return token.lower_ in {"his", "her"} or cast.is_person(token) or (token.dep_ == "poss" and cast.is_people(token))


def _is_in_full(token: Token) -> bool:
    """Whether that is a country by its name, no short form ("the US inquiry") and no adjective."""
    word = country_word(token.text)
    return word is not None and word.role == "name" and token.text[1:].islower()
