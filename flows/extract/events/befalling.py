"""Whose a happening is: "Brandl's visit" is hers, "Brandl's arrest" befell her, "the Marovia inquiry" looks into it."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.events.hits import Hit
from flows.extract.events.lexicon import word_class
from flows.extract.events.participants import Cast, Party
from flows.extract.events.syntax import prepositions
from flows.names import country_word

_WHEN_OR_WHERE: Final = frozenset({"DATE", "TIME", "GPE"})


def owners(hit: Hit, cast: Cast) -> list[Party]:
    """Whose a happening is, but whom it befell: "Brandl's killing", "the Marovia inquiry"."""
    borne = {(party.span.start, party.span.end) for party in _borne(hit, cast)}
    return [party for party in cast.behind(hit.token) if (party.span.start, party.span.end) not in borne]


def bearers(hit: Hit, cast: Cast) -> list[Party]:
    """The person whose arrest or killing it is, unless it is one of somebody else, and the country of an inquiry."""
    is_unsure = hit.token.lemma_.lower() == "release" and not _is_from_custody(hit.token)
    return [] if is_unsure else _borne(hit, cast)


def _borne(hit: Hit, cast: Cast) -> list[Party]:
    noun = hit.token
    if any(name == "of" for name, _ in prepositions(noun)):
        return []
    if behind := [thing for thing in _behind_time_or_town(noun) if cast.is_person(thing) or cast.is_people(thing)]:
        return [party for thing in behind for party in cast.parties(thing)]
    own = [kid for kid in noun.lefts if kid.dep_ in {"poss", "compound", "nmod"}]
    if noun.lemma_.lower() in word_class("BEFALLING"):
        return [party for kid in own if _is_somebody(kid, cast) for party in cast.parties(kid)]
    if hit.trigger.event_type == "INVESTIGATE":
        return [party for kid in own if kid.dep_ != "poss" and _is_in_full(kid) for party in cast.parties(kid)]
    return []


def _behind_time_or_town(noun: Token) -> list[Token]:
    """ "The kidnapping in May of her son": what "of" adds where the parser hangs it on the month or the town."""
    set_in = [thing for _, thing in prepositions(noun) if thing.ent_type_ in _WHEN_OR_WHERE]
    return [other for thing in set_in for name, other in prepositions(thing) if name == "of"]


def _is_from_custody(release: Token) -> bool:
    """Whether the sentence or the one before tells of custody: a novel and a record are released as well."""
    start = release.sent.start
    told = release.doc[release.doc[start - 1].sent.start if start else 0 : release.sent.end]
    return any(word.lemma_.lower() in word_class("CUSTODY_WORDS") for word in told)


def _is_somebody(token: Token, cast: Cast) -> bool:
    return token.lower_ in {"his", "her"} or cast.is_person(token) or (token.dep_ == "poss" and cast.is_people(token))


def _is_in_full(token: Token) -> bool:
    """Whether that is a country by its name, no short form ("the US inquiry") and no adjective."""
    word = country_word(token.text)
    return word is not None and word.role == "name" and token.text[1:].islower()
