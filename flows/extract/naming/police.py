"""The police of an article: "Marovian police", "the police" and "cops" are one, unless it tells of two."""

from __future__ import annotations

from typing import Final

from flows.extract.naming.chains import Chain, Chains

_POLICE: Final = frozenset({"police", "cop"})
_PARTING: Final = frozenset({"amod", "compound", "nmod", "poss", "nummod", "quantmod"})


def join_police(chains: Chains) -> None:
    """Join what is only called the police to the one force of the article that is told from others, or to itself."""
    groups = (chain for chain in chains.all if chain.kind == "group" and chain.members and not chain.parts)
    police = [chain for chain in groups if _is_police(chains, chain)]
    forces = [chain for chain in police if _is_parted(chains, chain)]
    bare = [chain for chain in police if not _is_parted(chains, chain)]
    if not bare or len(forces) > 1:
        return
    one = forces[0] if forces else bare[0]
    for chain in bare:
        if chain is not one:
            chains.join(chain, one)


def _is_police(chains: Chains, chain: Chain) -> bool:
    nominals = [chains.mentions[i] for i in chain.members if chains.mentions[i].form == "nominal"]
    return bool(nominals) and all(chains.doc[m.root].lemma_.lower() in _POLICE for m in nominals)


def _is_parted(chains: Chains, chain: Chain) -> bool:
    """Whether a mention says which police it is, or how many: "Marovian police", "1,200 police"."""
    roots = (chains.doc[chains.mentions[i].root] for i in chain.members)
    return any(child.dep_ in _PARTING for root in roots for child in root.lefts)
