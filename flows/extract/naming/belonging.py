"""Whoever is told of by what he or she is to somebody: "his wife", "Brandl's wife, Emma Larsen"."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import is_plural
from flows.resources import words

_SHORT: Final = {"mum": "mother", "mom": "mother", "mommy": "mother", "mummy": "mother", "dad": "father"}
_TELLING: Final = frozenset({"amod", "compound", "nmod", "nummod"})


def join_belonging(chains: Chains) -> None:
    """Make one of those who are the same to one person, unless two of them are named."""
    at = {mention.root: index for index, mention in enumerate(chains.mentions)}
    met: dict[tuple[int, str], list[Chain]] = defaultdict(list)
    for index, mention in enumerate(chains.mentions):
        chain, root = chains.get(index), chains.doc[mention.root]
        if mention.form != "nominal" or chain is None or chain.kind not in {"unnamed", "person"} or is_plural(root):
            continue
        owner = _owner(chains, at, root)
        if owner is not None and owner is not chain and root.lemma_.lower() not in words("many_of_one"):
            met[id(owner), _calling(root)].append(chain)
    for some in met.values():
        _join(chains, list({id(chain): chain for chain in some if chain.members}.values()))


def _join(chains: Chains, some: list[Chain]) -> None:
    named = [chain for chain in some if chain.names]
    if len(some) < 2 or len(named) > 1 or len({chain.gender for chain in some if chain.gender}) > 1:
        return
    kept = named[0] if named else some[0]
    for chain in some:
        if chain is not kept:
            chains.join(chain, kept)


def _owner(chains: Chains, at: dict[int, int], noun: Token) -> Chain | None:
    """Whose the person is, where it is known."""
    owners = [chains.get(at[child.i]) for child in noun.lefts if child.dep_ == "poss" and child.i in at]
    return next((owner for owner in owners if owner is not None and owner.kind in {"person", "unnamed"}), None)


def _calling(noun: Token) -> str:
    """The noun and what tells it from others of its sort: "elder sister", "sister in Teso"."""
    word = noun.lemma_.lower()
    before = sorted(child.lower_ for child in noun.lefts if child.dep_ in _TELLING)
    behind = [f"{prep.lower_} {thing.lower_}" for prep in noun.rights if prep.dep_ == "prep" for thing in prep.children]
    return " ".join([*before, _SHORT.get(word, word), *behind])
