"""Who is "the president": the one in that office on the day of the article, whom it names without the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.particulars import particulars
from flows.extract.naming.vocabulary import word_class
from flows.names import COMPATIBLE, country_of, fold, similarity
from flows.records import Mention
from flows.resources import lexicon

_THRICE: Final = 3
_OF_STATE: Final = word_class("STATES")
_PART_OF_OFFICE: Final = frozenset({"vice", "prime", "deputy"})
_NO_OTHER: Final = word_class("INCUMBENT")


@dataclass(frozen=True, slots=True)
class _Holder:
    country: str
    name: str
    since: date
    until: date


def incumbent(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """The person whom the article names and who held the office that a description gives, on the day of the article.

    Of several the one whom the article names thrice as often; without a day, whoever held it at any time. Where the
    article gives such an office to another alone ("the bank's president, Jane Doe"), only of whose country it is.
    """
    holders = _holders().get(_office(token))
    countries = _countries_of(token)
    if mention.kind != "unnamed" or holders is None or None in countries or len(countries) > 1:
        return None
    day = chains.doc._.reference_on
    in_time = [one for one in holders if day is None or one.since <= day <= one.until]
    wanted = [one for one in in_time if one.country in countries or not countries]
    fits = [chain for chain in chains.all if any(_is_holder(chain, one) for one in wanted)]
    fits.sort(key=lambda chain: -len(chain.members))
    if len(fits) > 1 and len(fits[0].members) < _THRICE * len(fits[1].members):
        return None
    if not fits or (not countries and _is_anothers(chains, index, fits[0], _office(token))):
        return None
    return fits[0]


def in_office(chains: Chains, office: str) -> Chain | None:
    """The only one whom the article names of those who held the office, on its day where it has one."""
    day = chains.doc._.reference_on
    in_time = [one for one in _holders().get(office, ()) if day is None or one.since <= day <= one.until]
    found = [chain for chain in chains.all if any(_is_holder(chain, one) for one in in_time)]
    return found[0] if len(found) == 1 else None


def _office(token: Token) -> str:
    """The office with what makes it another: "vice president"."""
    words = [child.lower_ for child in token.lefts if child.lower_ in _PART_OF_OFFICE]
    return " ".join([*words, token.lemma_.lower()])


def _is_anothers(chains: Chains, index: int, chain: Chain, office: str) -> bool:
    """Whether the article gives the office not to the incumbent but to one of whom no list tells that he held it."""
    if _is_called(chains, chain, office):
        return False
    people = [c for c in chains.all if c.kind == "person" and c.names and c.members and min(c.members) < index]
    unlisted = [c for c in people if not any(_is_holder(c, one) for one in _holders()[office])]
    return any(_is_called(chains, c, office) and not particulars(chains, c).is_former for c in unlisted)


def _is_called(chains: Chains, chain: Chain, office: str) -> bool:
    """Whether the article gives the person the office: by a title, in apposition or with "is"."""
    for mention in (chains.mentions[i] for i in chain.members):
        if mention.form == "nominal" and _office(chains.doc[mention.root]) == office:
            return True
        title = fold(mention.title_text or "").replace("-", " ").split()
        if office.split()[-1] in title and set(title) & _PART_OF_OFFICE == set(office.split()) & _PART_OF_OFFICE:
            return True
    return False


def _countries_of(token: Token) -> set[str | None]:
    """The countries that the words at an office name, with None for whatever else they name: "the club president"."""
    left = [c for c in token.lefts if c.dep_ in {"compound", "amod", "nmod"}]
    left = [c for c in left if c.lower_ not in _PART_OF_OFFICE | _NO_OTHER]
    found: set[str | None] = set()
    if left:
        found.add(country_of(token.doc[left[0].left_edge.i : left[-1].i + 1].text))
    owners = [c for c in token.lefts if c.dep_ == "poss"]
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "at", "in"}:
            owners += [noun for noun in child.children if noun.dep_ == "pobj"]
    for owner in owners:
        phrase = owner.doc[owner.left_edge.i : owner.i + 1].text
        named = country_of(owner.text) or country_of(phrase.removeprefix("the "))
        if named or owner.lower_ not in _OF_STATE:  # "the nation's president" is that of any
            found.add(named)
    return found


@cache
def _holders() -> dict[str, list[_Holder]]:
    """Who held an office, by office."""
    found: dict[str, list[_Holder]] = {}
    for row in lexicon("office_holders"):
        until = date.fromisoformat(row["until"]) if row["until"] else date.max
        one = _Holder(row["country"], row["name"], date.fromisoformat(row["since"]), until)
        found.setdefault(row["office"], []).append(one)
    return found


def _is_holder(chain: Chain, one: _Holder) -> bool:
    """Whether the chain is the named person who held the office."""
    if chain.kind != "person" or not chain.names or not chain.members:
        return False
    if chain.key is not None:
        return fold(chain.key) == fold(one.name)
    return any(" " in name and similarity(name, one.name) >= COMPATIBLE for name in chain.names)
