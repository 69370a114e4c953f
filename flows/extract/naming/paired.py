"""Two whom a report keeps nameless and names in the same order: "his mother and sister", "Nora and Emma Larsen"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nameless import fates_of, is_told_beside, may_be_same
from flows.extract.naming.particulars import particulars
from flows.extract.naming.vocabulary import word_class
from flows.names import gender
from flows.resources import lexicon

Pair = tuple[Chain, Chain]

_PERSONS: Final = frozenset({"person", "unnamed"})
_OTHER: Final = word_class("OTHER_HAPPENINGS")
_SEVERAL: Final = 6  # pairs of the nameless in one article, from which on it is no report of two


def join_pairs(chains: Chains) -> None:
    """Join two nameless ones told of together to the two persons whom alone the same befell.

    Who is who is told by sex, or by age where one is of an older generation; else relatives stand in one order.
    """
    nameless = _told(chains, _is_nameless)
    if not 0 < len(nameless) <= _SEVERAL:
        return
    named = [one for one in _told(chains, _is_named) if not _is_of_another(chains, one[0])]
    people = [(one, fates_of(chains, one)) for one in chains.all if named and one.members and _is_named(one)]
    for pair, fates in nameless:
        others = {_ids(two): two for two, theirs in named if may_be_same(fates, theirs)}
        rivals = {_ids(two) for two, theirs in nameless if may_be_same(fates, theirs)} - {_ids(pair)}
        if len(others) != 1 or rivals or not all(one.members for one in pair):
            continue
        two = next(iter(others.values()))
        if not any(fates & theirs for one, theirs in people if one is not two[0] and one is not two[1]):
            _join(chains, pair, _in_turn(chains, pair, two))


def _join(chains: Chains, pair: Pair, named: Pair | None) -> None:
    if named is None or any(is_told_beside(chains, *both) for both in zip(pair, named, strict=True)):
        return
    for one, person in zip(pair, named, strict=True):
        if one.members and one is not person:
            chains.join(one, person)


def _told(chains: Chains, fits: Callable[[Chain], bool]) -> list[tuple[Pair, set[str]]]:
    """The pairs of whom the text tells what befell both, with that."""
    found = {tuple(map(id, pair)): pair for pair in _pairs(chains, fits)}
    told = [(pair, set.intersection(*(fates_of(chains, one) for one in pair))) for pair in found.values()]
    return [one for one in told if one[1]]


def _is_of_another(chains: Chains, pair: Pair) -> bool:
    """Whether the sentence that first tells of two tells of another happening: "in another crash"."""
    sentence = chains.doc[chains.mentions[min(pair[0].members)].root].sent
    return any(token.lower_ in _OTHER for token in sentence)


def _ids(pair: Pair) -> frozenset[int]:
    return frozenset(map(id, pair))


def _pairs(chains: Chains, fits: Callable[[Chain], bool]) -> Iterator[Pair]:
    """The two whom a text joins by "and"."""
    for index, mention in enumerate(chains.mentions):
        root, first = chains.doc[mention.root], chains.get(index)
        if mention.form == "pronoun" or root.dep_ == "conj" or first is None or not fits(first):
            continue
        listed = [chains.get(chains.at_root[other.i]) for other in root.conjuncts if other.i in chains.at_root]
        people = [chain for chain in listed if chain is not None and chain.kind in _PERSONS]
        if len(people) == 1 and people[0] is not first and fits(people[0]):
            yield first, people[0]


def _is_nameless(chain: Chain) -> bool:
    return chain.kind == "unnamed" and not chain.names


def _is_named(chain: Chain) -> bool:
    return chain.kind == "person" and bool(chain.names)


def _in_turn(chains: Chains, pair: Pair, named: Pair) -> Pair | None:
    """The named two in the order of the nameless, where it is known."""
    orders = [one for one in (named, named[::-1]) if all(map(_may_be_of_one_sex, pair, one))]
    if len(orders) == 1 and len({chain.gender for chain in pair}) > 1:
        return orders[0]
    callings = [chains.doc[chains.mentions[min(chain.members)].root].lemma_.lower() for chain in pair]
    if len(orders) < 1 or not all(calling in _generations() for calling in callings):
        return None
    return _by_age(chains, [_generations()[calling] for calling in callings], named) if named in orders else None


def _may_be_of_one_sex(chain: Chain, person: Chain) -> bool:
    known = person.gender or next((found for found in map(gender, person.names) if found), None)
    return chain.gender is None or known in {None, chain.gender}


def _by_age(chains: Chains, generations: list[int], named: Pair) -> Pair | None:
    """The named two, the other way round where their ages say that the first is the younger though the elder."""
    ages = [particulars(chains, person).ages for person in named]
    if generations[0] == generations[1] or not all(len(one) == 1 for one in ages):
        return named
    is_older = int(min(ages[0])) > int(min(ages[1]))
    return named if is_older == (generations[0] > generations[1]) else named[::-1]


@cache
def _generations() -> dict[str, int]:
    return {row["word"]: int(row["generation"]) for row in lexicon("kin")}
