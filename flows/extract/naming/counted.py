"""Groups of which an article tells by one number: "Two women killed at a plant", "the two victims"."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.befell import fates_at
from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nameless import heading_end
from flows.extract.naming.sorts import is_parted, shared_sorts, sorts_of
from flows.extract.naming.vocabulary import word_class
from flows.extract.numbers import numbers, value_of
from flows.records import Mention
from flows.sorts import gang_sorts, may_be_said_of

_FURTHER: Final = word_class("ANOTHER") | {"more", "first", "last", "of"}
_TELLING: Final = frozenset({"amod", "compound", "nmod"})
_PAIR: Final = 2
_TELLING_NUMBER: Final = 5  # from which on a number tells which of their sort they are


def join_counted(chains: Chains) -> None:
    """Make one of the two groups of an article that are of one number, where nothing tells them apart.

    What befell both must be the same; where it isn't told of either, the later must be told of as known ("the two
    women") or the first stand in the heading.
    """
    counted: dict[float, list[Chain]] = defaultdict(list)
    for chain in chains.all:
        if chain.kind == "group" and chain.members and not chain.parts:
            counts = _counts(chains, chain)
            for count in counts if len(counts) == 1 else ():
                counted[count].append(chain)
    for groups in counted.values():
        if len(groups) == _PAIR:
            first, again = sorted(groups, key=lambda one: min(one.members))
            if _may_be_one(chains, first, again) and _are_told_as_one(chains, first, again):
                chains.join(again, first)


def join_gangs(chains: Chains) -> None:
    """Make one of the only counted and the only uncounted group of a sort of criminals: "four robbers", "the thieves".

    The uncounted must stand in the heading or be told of as known behind the number; of crowds a number tells a part.
    """
    gangs: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains.all:
        if chain.kind == "group" and chain.members and not chain.parts:
            for sort in shared_sorts(chains, chain):
                gangs[sort].append(chain)
    for sort in sorted(gangs.keys() & gang_sorts()):
        counted = [chain for chain in gangs[sort] if chain.members and _counts(chains, chain)]
        rest = [chain for chain in gangs[sort] if chain.members and not _counts(chains, chain)]
        if not len(counted) == len(rest) == 1 or is_parted(chains, rest[0]):
            continue
        if _are_known(chains, rest[0], counted[0]):
            chains.join(rest[0], counted[0])


def _are_known(chains: Chains, rest: Chain, counted: Chain) -> bool:
    beside = [child for root in _roots(chains, counted) for child in root.children]
    if any(child.lower_ in _FURTHER or child.dep_ == "relcl" for child in beside):  # "three who had robbed a shop"
        return False
    start = chains.mentions[min(counted.members)].start
    is_headed = chains.mentions[min(rest.members)].end <= heading_end(chains.text)
    behind = (one for one in _nominals(chains, rest) if one.start > start)
    return is_headed or any(c.lower_ == "the" for one in behind for c in chains.doc[one.root].lefts)


def is_of_another_number(chains: Chains, chain: Chain, mention: Mention) -> bool:
    """Whether the mention counts the people otherwise than those before did: "four robbers", "two robbers"."""
    count, counts = _count(chains, mention), _counts(chains, chain)
    return count is not None and bool(counts) and count not in counts


def _counts(chains: Chains, chain: Chain) -> set[float]:
    return chains.told(chain, _count)


def _nominals(chains: Chains, chain: Chain) -> list[Mention]:
    return [chains.mentions[i] for i in chain.members if chains.mentions[i].form == "nominal"]


def _roots(chains: Chains, chain: Chain) -> list[Token]:
    return [chains.doc[mention.root] for mention in _nominals(chains, chain)]


def _count(_chains: Chains, mention: Mention) -> float | None:
    """How many are told of, from two on; None where it is vague ("dozens") or more than one number."""
    found = list(numbers(mention.text))
    if len(found) != 1 or found[0].unit_text:
        return None
    value, is_vague = value_of(mention.text[found[0].core : found[0].core_end])
    return None if is_vague or value < _PAIR else value


def _may_be_one(chains: Chains, first: Chain, again: Chain) -> bool:
    """Whether neither sentence, noun, country nor what stands before the nouns tells two groups apart."""
    mine, theirs = _roots(chains, first), _roots(chains, again)
    if {root.sent.start for root in mine} & {root.sent.start for root in theirs}:
        return False
    if any(child.lower_ in _FURTHER for root in [*mine, *theirs] for child in root.children):
        return False
    if first.country and again.country and first.country != again.country:
        return False
    one, other = _told_before(mine), _told_before(theirs)
    is_telling = min(_counts(chains, first)) >= _TELLING_NUMBER and _share_sort(_heads(mine), _heads(theirs))
    return is_telling or ((one <= other or other <= one) and _are_alike(_heads(mine), _heads(theirs)))


def _told_before(roots: list[Token]) -> set[str]:
    return {word.lemma_.lower() for root in roots for word in root.lefts if word.dep_ in _TELLING}


def _heads(roots: list[Token]) -> set[str]:
    return {root.lemma_.lower() for root in roots if root.pos_ != "NUM"}


def _are_alike(one: set[str], other: set[str]) -> bool:
    if one & other or _are_anybody(one, other) or _are_anybody(other, one):
        return True
    return _share_sort(one, other)


def _are_anybody(one: set[str], other: set[str]) -> bool:
    """Whether all that the ones are called is what members of any sort are called too."""
    return all(may_be_said_of(noun, another) for noun in one for another in other or {""})


def _share_sort(one: set[str], other: set[str]) -> bool:
    return bool(set().union(*map(sorts_of, one)) & set().union(*map(sorts_of, other)))


def _are_told_as_one(chains: Chains, first: Chain, again: Chain) -> bool:
    """Whether the same befell both; where that isn't told, the later is known, or the first is in the heading."""
    mine, theirs = _roots(chains, first), _roots(chains, again)
    fates, others = ({fate for root in roots for fate in fates_at(root)} for roots in (mine, theirs))
    if fates & others:
        return True
    opening = min(_nominals(chains, again), key=lambda m: m.start)
    is_known = any(child.lower_ in {"the", "both"} for child in chains.doc[opening.root].lefts)
    called, again_called = _heads(mine), _heads(theirs)
    if is_known and (called & again_called or _share_sort(called, again_called)):
        return True
    if is_known and not others:
        return not fates or not called
    is_headed = chains.mentions[min(first.members)].end <= heading_end(chains.text)
    is_telling = min(_counts(chains, first)) >= _TELLING_NUMBER
    return is_headed and not fates and (is_telling or not others) and bool(_heads(theirs))
