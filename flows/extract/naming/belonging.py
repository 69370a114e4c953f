"""Whoever is told of by what he or she is to somebody: "his wife", "Brandl's wife, Emma Larsen", "wife and son"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.befell import first_of
from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nameless import fates_of, heading_end
from flows.extract.naming.nominals import is_plural, role_of, roles
from flows.extract.naming.quotes import says
from flows.extract.naming.sorts import sorts_of
from flows.records import Mention
from flows.resources import lexicon, words

_TELLING: Final = frozenset({"amod", "compound", "nmod", "nummod"})
_AGED: Final = frozenset({"old", "late"})  # "his 58-year-old mother"
_PERSONS: Final = frozenset({"person", "unnamed"})
_ANY: Final = frozenset({"a", "an", "another", "one"})


def join_belonging(chains: Chains) -> None:
    """Make one of those who are the same to one person, unless two of them are named.

    A relative in the heading of whom it isn't said whose he or she is ("Man held as mother and sister die") is the one
    of the text, where the text tells of one person's.
    """
    at = {mention.root: index for index, mention in enumerate(chains.mentions)}
    met: dict[tuple[int, str], list[Chain]] = defaultdict(list)
    headed: dict[str, list[Chain]] = defaultdict(list)
    heading = heading_end(chains.text)
    last: dict[int, Chain] = {}  # whose the last relative of a sentence is, by its first token
    for index, mention in enumerate(chains.mentions):
        chain, noun = chains.get(index), _relation(chains, mention)
        if chain is None or noun is None or chain.kind not in _PERSONS:
            continue
        owner = _owner(chains, at, noun, chains.doc[mention.root])
        if owner is None and _goes_on(noun):
            owner = last.get(noun.sent.start)
        if owner is not None and noun.lemma_.lower() in _kin():
            last[noun.sent.start] = owner
        if owner is not None and owner is not chain:
            met[id(owner), _calling(noun)].append(chain)
        elif owner is None and mention.end <= heading and noun.lemma_.lower() in _kin() and not _is_parted(noun):
            headed[_calling(noun)].append(chain)
    for calling, some in headed.items():
        of_one = [told for (_, called), told in met.items() if called == calling]
        if len(of_one) == 1 and _may_be_theirs(chains, some, of_one[0]):
            of_one[0].extend(some)
    _join_back(chains, met)
    for some in met.values():
        _join(chains, list({id(chain): chain for chain in some if chain.members}.values()))


def _may_be_theirs(chains: Chains, headed: list[Chain], told: list[Chain]) -> bool:
    """Whether the relative of the heading may be the text's, who speaks: not one who has died."""
    is_dead = any("dead" in fates_of(chains, chain) for chain in headed)
    return not is_dead or not any(says(chains.doc[chains.mentions[i].root]) for chain in told for i in chain.members)


def _join_back(chains: Chains, met: dict[tuple[int, str], list[Chain]]) -> None:
    """Add to the relatives of somebody whoever has him for one: "Odell's widow, Emma, said that her husband …"."""
    whose = {id(chain): chain for chain in chains.all if chain.members}
    for (owner, called), some in list(met.items()):
        backward = _backward().get(called.split()[-1])
        if backward is None or owner not in whose:
            continue
        person = whose[owner]
        for chain in some:
            for calling in backward:
                told = met.get((id(chain), calling), [])
                if told and not any(one.names for one in told) and person.gender == _gender_of(calling):
                    told.append(person)


def _gender_of(calling: str) -> str | None:
    role = roles().get(calling)
    return role.gender if role is not None else None


@cache
def _backward() -> dict[str, tuple[str, ...]]:
    """What somebody is to his relatives of each calling: to his wife the husband."""
    return {row["word"]: tuple(row["backward"].split()) for row in lexicon("kin") if row["backward"]}


@cache
def _kin() -> dict[str, str]:
    return {row["word"]: row["called"] for row in lexicon("kin")}


def _join(chains: Chains, some: list[Chain]) -> None:
    named = [chain for chain in some if chain.names]
    if len(some) < 2 or len(named) > 1 or len({chain.gender for chain in some if chain.gender}) > 1:
        return
    kept = named[0] if named else some[0]
    for chain in some:
        if chain is not kept:
            chains.join(chain, kept)


def _relation(chains: Chains, mention: Mention) -> Token | None:
    """The noun that says what somebody is to another: the nominal's own, or the one before a name."""
    root = chains.doc[mention.root]
    if mention.form == "nominal":
        return root if _is_of_one(root) else None
    return _relative(root) or _follower(root) if mention.form == "name" else None


def _is_of_one(noun: Token) -> bool:
    return not is_plural(noun) and noun.lemma_.lower() not in words("many_of_one")


def _follower(root: Token) -> Token | None:
    """Whoever somebody has, by what stands before the name: "Larsen's lawyer Ivo Brandl"."""
    if not _owners(root.lefts):
        return None
    callings = (child for child in root.lefts if child.dep_ in {"compound", "nmod"} and child.text.islower())
    return next((noun for noun in callings if role_of(noun) is not None and _is_of_one(noun)), None)


def _relative(root: Token) -> Token | None:
    """The relative of whom a phrase tells: "sister", "sister Emma", "sister, Emma"."""
    near = [root, *root.lefts, *([root.head] if root.dep_ == "appos" else [])]
    return next((noun for noun in near if noun.lemma_.lower() in _kin() and not is_plural(noun)), None)


def _owner(chains: Chains, at: dict[int, int], noun: Token, root: Token) -> Chain | None:
    """Whose the person is, where it is known: of relatives in a list it is said once, "his mother and sister"."""
    owners = _owners(noun.lefts) or _owners(root.lefts) or _owners_behind(noun)
    if not owners and root.dep_ == "conj" and noun.lemma_.lower() in _kin() and not _is_parted(noun):
        first = first_of(root)
        relative = _relative(first)
        owners = _owners([*relative.lefts, *first.lefts]) if relative is not None else []
    found = [chains.get(at[owner.i]) for owner in owners if owner.i in at]
    return next((owner for owner in found if owner is not None and owner.kind in _PERSONS), None)


def _goes_on(noun: Token) -> bool:
    """Whether a relative goes on a list, whatever the parser made of it: "and sister Emma"."""
    return noun.lemma_.lower() in _kin() and noun.i > 0 and noun.nbor(-1).lower_ == "and"


def _owners(before: Iterable[Token]) -> list[Token]:
    return [child for child in before if child.dep_ == "poss"]


def _owners_behind(noun: Token) -> list[Token]:
    """Whose a relative is by what stands behind: "a girlfriend of Odell"."""
    if noun.lemma_.lower() not in _kin() or (_is_one_of_them(noun) and noun.lemma_.lower() not in _partners()):
        return []
    of = (child for child in noun.rights if child.dep_ == "prep" and child.lower_ == "of")
    return [one for prep in of for one in prep.children if one.dep_ == "pobj"]


def _is_one_of_them(noun: Token) -> bool:
    """Whether there may be others: "a son of Odell", "another sister of his"."""
    return any(child.lower_ in _ANY for child in noun.lefts)


@cache
def _partners() -> frozenset[str]:
    """Words for whom somebody has one of at a time: wives, boyfriends."""
    return frozenset(row["word"] for row in lexicon("kin") if row["generation"] == "0" and row["backward"])


def _is_parted(noun: Token) -> bool:
    """Whether an article or an owner of its own stands before the noun."""
    return any(child.dep_ in {"det", "poss"} for child in noun.lefts)


def _calling(noun: Token) -> str:
    """The noun and what tells it from others of its sort: "elder sister", "sister in Teso"."""
    word = noun.lemma_.lower()
    before = sorted(child.lower_ for child in noun.lefts if child.dep_ in _TELLING and child.lower_ not in _AGED)
    told = (prep for prep in noun.rights if prep.dep_ == "prep" and not _owners_behind(noun))
    behind = [f"{prep.lower_} {thing.lower_}" for prep in told for thing in prep.children]
    sorts = sorts_of(word)
    called = _kin().get(word) or (next(iter(sorts)) if len(sorts) == 1 else word)
    return " ".join([*before, called, *behind])
