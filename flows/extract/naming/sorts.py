"""Groups of one article under two words for one sort of people: "protesters" and "demonstrators", "police" and "cops".

The police are one force also where it is told once whose they are: "Marovian police" and "the police".
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import parted_by
from flows.names import country_of
from flows.sorts import said_bare, sorts_by_head

_POLICE: Final = "POLICE"
_PARTING: Final = frozenset({"amod", "compound", "nmod", "poss", "nummod", "quantmod"})


def join_sorts(chains: Chains) -> None:
    """Join the groups of which nothing is told but their sort; police also to the one force told from others."""
    found: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains.all:
        if chain.kind == "group" and chain.members and not chain.parts:
            for sort in shared_sorts(chains, chain):
                found[sort].append(chain)
    for sort, groups in found.items():
        parted = [chain for chain in groups if is_parted(chains, chain)]
        bare = [chain for chain in groups if chain.members and not is_parted(chains, chain)]
        if not bare or (sort == _POLICE and len(parted) > 1):
            continue
        one = parted[0] if parted and sort == _POLICE and _is_placed(chains, parted[0]) else bare[0]
        for chain in bare:
            if chain is not one:
                chains.join(chain, one)


def shared_sorts(chains: Chains, chain: Chain) -> list[str]:
    """The sorts of people that all nominals of a group may stand for by their nouns alone."""
    nominals = [chains.mentions[i] for i in chain.members if chains.mentions[i].form == "nominal"]
    each = [sorts_of(chains.doc[mention.root].lemma_.lower()) for mention in nominals]
    return sorted(set.intersection(*each) & said_bare()) if each else []


def sorts_of(noun: str) -> set[str]:
    """The sorts of people that a noun alone stands for."""
    return {sort for sort, before in sorts_by_head().get(noun, ()) if not before}


def is_parted(chains: Chains, chain: Chain) -> bool:
    """Whether a mention says which of their sort they are, or how many: "1,200 police", "police in Marovia"."""
    roots = (chains.doc[chains.mentions[i].root] for i in chain.members)
    return any(parted_by(root) or any(map(_is_telling, root.lefts)) for root in roots)


def _is_telling(before: Token) -> bool:
    return before.dep_ in _PARTING or before.lower_ == "no"


def _is_placed(chains: Chains, chain: Chain) -> bool:
    """Whether a name tells whose they are: "Marovian police", not "local police"."""
    roots = (chains.doc[chains.mentions[i].root] for i in chain.members)
    return any(_is_name(word) for root in roots for word in root.lefts if word.dep_ in _PARTING)


def _is_name(word: Token) -> bool:
    return word.pos_ == "PROPN" or country_of(word.text) is not None or (word.is_title and word.is_oov)
