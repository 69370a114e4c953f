"""Whose "the administration" is: "the Obama administration", "his administration", "the administration of Jane Doe"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.incumbents import in_office
from flows.extract.naming.known import look_up
from flows.names import GENERATIONS, fold
from flows.records import Mention

_WORD: Final = "administration"
_NOW: Final = frozenset({"current", "present", "sitting"})
_TELLING: Final = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
_NEAR: Final = 3  # sentences


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose an administration is: a surname, and the person where several of the name have one."""

    surname: str
    person: int | None = None


def join_administrations(chains: Chains) -> None:
    """Make one of those of one head of government; the bare word is the only one of the article, else the last."""
    at = {mention.root: index for index, mention in enumerate(chains.mentions)}
    told: list[tuple[_Owner, Chain]] = []
    bare: list[int] = []
    for index, mention in enumerate(chains.mentions):
        chain = chains.get(index)
        if chain is None or chain.kind not in {"government", "organisation"} or mention.form == "pronoun":
            continue
        owner = _owner(chains, at, mention)
        if owner is not None:
            told.append((owner, chain))
        elif _is_bare(chains, mention):
            bare.append(index)
    whole = {owner: _joined(chains, owner, some) for owner, some in _by_owner(told).items()}
    for index in bare:
        _take_up(chains, index, whole)


def _by_owner(told: list[tuple[_Owner, Chain]]) -> dict[_Owner, list[Chain]]:
    """The administrations of each, by surname; by person where the article tells of those of two of the name."""
    people: dict[str, set[int]] = defaultdict(set)
    for owner, _ in told:
        people[owner.surname] |= {owner.person} if owner.person is not None else set()
    owned: dict[_Owner, list[Chain]] = defaultdict(list)
    for owner, chain in told:
        key = owner if len(people[owner.surname]) > 1 else _Owner(owner.surname)
        if not any(chain is one for one in owned[key]):
            owned[key].append(chain)
    return owned


def _joined(chains: Chains, owner: _Owner, some: list[Chain]) -> Chain:
    """The one that they are, by the lexicon's name where it knows it."""
    kept = next((chain for chain in some if chain.names), some[0])
    known = look_up(f"{owner.surname} {_WORD}") if owner.person is None else None
    if known is not None and kept.key is None:
        kept.key, kept.country, kept.sector = known.key, known.country, known.sector
    for chain in some:
        if chain is not kept and chain.members and chain.key in {None, kept.key}:
            chains.join(chain, kept)
    return kept


def _owner(chains: Chains, at: dict[int, int], mention: Mention) -> _Owner | None:
    """The head of government whose administration a mention names."""
    *before, last = mention.text.split()
    root = chains.doc[mention.root]
    if fold(last) != _WORD:
        return None
    if mention.form == "name":
        return _Owner(before[0]) if len(before) == 1 and _is_surname(chains, before[0]) else None
    owners = [child for child in root.lefts if child.dep_ in {"poss", "compound", "nmod"}]
    behind = [child for child in root.rights if child.dep_ == "prep" and child.lower_ == "of"]
    owners += [noun for prep in behind for noun in prep.children if noun.dep_ == "pobj"]
    for token in owners:
        person = chains.get(at[token.i]) if token.i in at else None
        if person is not None and person.kind == "person" and person.names:
            return _Owner(_surname(person), id(person))
        if token.dep_ != "poss" and token.text[:1].isupper() and _is_surname(chains, token.text):
            return _Owner(token.text)
    return None


def _surname(person: Chain) -> str:
    words = [w for w in max(person.names, key=lambda n: len(n.split())).split() if fold(w) not in GENERATIONS]
    return words[-1] if words else ""


def _is_surname(chains: Chains, word: str) -> bool:
    """Whether a person of the article, or a head of government whom the lexicon knows, bears the name."""
    people = (chain for chain in chains.all if chain.kind == "person" and chain.names and chain.members)
    return look_up(f"{word} {_WORD}") is not None or any(_surname(person) == word for person in people)


def _is_bare(chains: Chains, mention: Mention) -> bool:
    """ "The administration", "this administration", "the current administration"."""
    root = chains.doc[mention.root]
    has_article = any(child.dep_ == "det" and child.lower_ in {"the", "this"} for child in root.lefts)
    telling = [child for child in root.lefts if child.dep_ in _TELLING]
    is_singular = root.lower_ == _WORD and mention.form == "nominal"
    return is_singular and has_article and all(w.lower_ in _NOW for w in telling) and not _goes_on(root)


def _goes_on(root: Token) -> bool:
    return any(child.dep_ in {"prep", "relcl", "acl"} for child in root.rights)


def _take_up(chains: Chains, index: int, whole: dict[_Owner, Chain]) -> None:
    chain = chains.get(index)
    if chain is None or any(chain is one for one in whole.values()):
        return
    found = _meant(chains, index, whole)
    if found is None or found is chain:
        return
    others = [chains.mentions[i] for i in chain.members if chains.mentions[i].form != "pronoun"]
    if all(_is_bare(chains, other) for other in others):
        chains.join(chain, found)
    else:
        chains.leave(index)
        chains.add(index, found)
        found.members.sort()


def _meant(chains: Chains, index: int, whole: dict[_Owner, Chain]) -> Chain | None:
    """The one told of last, else that of whoever is in office and is named, else the only one of the article."""
    some = [chain for chain in whole.values() if chain.members]
    before = [(max(i for i in chain.members if i < index), chain) for chain in some if min(chain.members) < index]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    holder = in_office(chains, "president")
    known = look_up(f"{_surname(holder)} {_WORD}") if holder is not None else None
    if holder is None or known is None:
        return some[0] if len(some) == 1 else None
    owner = _Owner(_surname(holder))
    if owner not in whole:
        whole[owner] = chains.new(known.kind, known.key, known.country, known.sector)
    return whole[owner]
