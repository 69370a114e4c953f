"""Whom a description describes: what a named person is said to be or become, and whom the lead keeps nameless.

A news lead often tells of "a 34-year-old driver" and names him a sentence later: "Ivo Brandl, 34, …". The age that
both give, or the one age behind the first name of the text, joins them; so does what befell both, where it befell
nobody else ("A climber has died …", "The body of Ivo Brandl was found").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.befell import fates_at, first_of, is_beside_another
from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import is_plural
from flows.extract.naming.offices import LEAD, has_head, office_of
from flows.extract.naming.particulars import AGE, AGE_BEHIND, may_be_meant
from flows.records import Mention

_BEING: Final = frozenset({"be", "become", "remain"})
# Verbs whose "as" tells what somebody is: "was unveiled as the host", "identified him as the driver".
_NAMING: Final = frozenset(
    {"act", "announce", "appoint", "confirm", "describe", "drop", "elect", "fire", "hire", "identify", "introduce"}
    | {
        "install",
        "know",
        "name",
        "nominate",
        "pick",
        "present",
        "quit",
        "recognise",
        "recognize",
        "reappoint",
        "resign",
    }
    | {"return", "sack", "select", "serve", "step", "swear", "take", "tap", "unveil", "work"}
)
# Nouns whose "as" tells what their possessor is: "his duties as head coach".
_POSTS: Final = frozenset(
    {"career", "duty", "job", "position", "post", "role", "spell", "stint", "tenure", "term", "time", "work"}
)
_SUBJECTS: Final = frozenset({"nsubjpass", "nsubj"})
_UPWARDS: Final = frozenset({"xcomp", "advcl", "conj", "relcl", "acl"})
_LEAD: Final = 3  # sentences in which the lead may keep somebody nameless
_NAMED_WITHIN: Final = 3  # sentences later in which the name must follow
_FATE_WITHIN: Final = 12  # sentences later in which somebody named must have met the same fate
_FORCES: Final = frozenset({"COP", "MIL"})  # who arrest and shoot in most reports
_ONE_OR_OTHER: Final = frozenset({"dead", "hurt"})  # what may have become of whoever was attacked


def said_to_be(token: Token) -> Iterator[Token]:
    """The subjects or objects of which the noun `token` is said: "Doe became the leader", "named her coach"."""
    top = first_of(token)
    verb = top.head
    if top.dep_ == "pobj" and verb.lower_ == "as":
        verb = verb.head
        if verb.lemma_.lower() in _POSTS:
            yield from (child for child in verb.children if child.dep_ == "poss")
        if verb.lemma_.lower() not in _NAMING:
            return
    elif verb.lower_ == "turned" and verb.dep_ == "acl" and top.dep_ in {"dobj", "oprd", "attr"}:
        yield verb.head  # "the swimmer turned actress"
        return
    elif top.dep_ == "nsubj" and token.i == top.i and verb.lemma_ == "be":
        yield from (child for child in verb.children if child.dep_ == "attr" and child.pos_ == "PROPN")
        return
    elif top.dep_ == "appos" and token.i != top.i and _are_alike(top, token):
        yield top.head  # "Doe, actress and singer"
        return
    elif not (top.dep_ == "attr" and verb.lemma_ in _BEING) and not (top.dep_ == "oprd" and verb.pos_ == "VERB"):
        return
    if any(child.dep_ == "neg" for child in verb.children):
        return
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i != token.i] if verb.lemma_ not in _BEING else []
    yield from objects or _subjects(verb)


def _are_alike(one: Token, other: Token) -> bool:
    """Whether two callings of a list are set down alike, both without an article or both with "a"."""
    first, second = (
        {c.lower_.removesuffix("n") for c in noun.lefts if c.dep_ in {"det", "poss"}} for noun in (one, other)
    )
    return first == second and first <= {"a"}


def _subjects(verb: Token) -> Iterator[Token]:
    """The subject of the verb, or of the one above that shares it."""
    for _ in range(4):
        found = [child for child in verb.children if child.dep_ in _SUBJECTS]
        if found:
            yield from found
            return
        if verb.dep_ not in _UPWARDS or verb.head.pos_ not in {"VERB", "AUX"}:
            return
        verb = verb.head


def name_the_nameless(chains: Chains) -> None:
    """Join those whom the lead keeps nameless to the person whom the next sentences name."""
    sentence = {t.i: n for n, s in enumerate(chains.doc.sents) for t in s}
    nameless = [chain for chain in chains.all if _is_nameless(chains, chain, sentence)]
    if not nameless:
        return
    named = _aged(chains)
    for chain in nameless:
        first = chains.mentions[chain.members[0]]
        age = _age_of(chains, first)
        fits = {id(one): one for one, years, _ in named if years == age} if age else {}
        if not age and len(nameless) == 1:
            fits = {id(one): one for one, _, mention in named[:1] if _comes_next(chains, first, mention, sentence)}
        person = next(iter(fits.values())) if len(fits) == 1 else None
        if person is not None and (chain.gender is None or person.gender in {None, chain.gender}):
            chains.join(chain, person)


def name_by_fate(chains: Chains) -> None:
    """Join those whom the lead keeps nameless to the one person named whom the same befell as them."""
    sentence = {t.i: n for n, s in enumerate(chains.doc.sents) for t in s}
    nameless = [chain for chain in chains.all if _is_nameless(chains, chain, sentence)]
    told = {id(chain): _fates_of(chains, chain) for chain in nameless}
    nameless = [chain for chain in nameless if told[id(chain)] and not _is_one_of(chains, chain)]
    if not nameless:
        return
    others = [c for c in chains.all if c.members and (c.kind == "person" or _is_crowd(c))]
    told |= {id(chain): _fates_of(chains, chain) for chain in others}
    for chain in nameless:
        met = [one for one in others if _same_fate(told[id(chain)], told[id(one)])]
        rivals = [c for c in nameless if c is not chain and c.members and _same_fate(told[id(chain)], told[id(c)])]
        if (
            len(met) != 1
            or met[0].kind != "person"
            or not met[0].names
            or any(_are_two(chains, chain, c) for c in rivals)
        ):
            continue
        if _may_be_named(chains, chain, met[0], sentence):
            chains.join(chain, met[0])


def _is_crowd(chain: Chain) -> bool:
    return chain.kind == "group" and chain.sector not in _FORCES


def _fates_of(chains: Chains, chain: Chain) -> set[str]:
    """What befell somebody, by all his mentions so far."""
    return {fate for i in chain.members for fate in fates_at(chains.doc[chains.mentions[i].root])}


def _same_fate(one: set[str], other: set[str]) -> bool:
    if one & other:
        return True
    return ("attacked" in one and bool(_ONE_OR_OTHER & other)) or ("attacked" in other and bool(_ONE_OR_OTHER & one))


def _is_one_of(chains: Chains, chain: Chain) -> bool:
    """Whether somebody nameless is told of with others of his fate: "one Pole and one Dane have died"."""
    return any(is_beside_another(chains.doc[chains.mentions[i].root]) for i in chain.members)


def _are_two(chains: Chains, chain: Chain, other: Chain) -> bool:
    """Whether two nameless ones can't be one: of two sexes, or in one sentence."""
    if chain.gender and other.gender and chain.gender != other.gender:
        return True
    return not _sentences(chains, chain).isdisjoint(_sentences(chains, other))


def _sentences(chains: Chains, chain: Chain) -> set[int]:
    """The sentences that tell of somebody, by their first tokens."""
    return {chains.doc[chains.mentions[i].root].sent.start for i in chain.members}


def _may_be_named(chains: Chains, chain: Chain, person: Chain, sentence: dict[int, int]) -> bool:
    """Whether nothing speaks against it that `person` is the nameless one, whom the next sentences name."""
    first, named = (chains.doc[chains.mentions[min(one.members)].root] for one in (chain, person))
    if chain.gender and person.gender and chain.gender != person.gender:
        return False
    if not _sentences(chains, chain).isdisjoint(_sentences(chains, person)):
        return False
    is_soon = sentence[named.i] - sentence[first.i] <= _FATE_WITHIN
    return is_soon and all(may_be_meant(chains, person, chains.doc[chains.mentions[i].root]) for i in chain.members)


def name_the_headlines(chains: Chains) -> None:
    """Join the minister of the headline "Dam is safe - minister" to the one minister whom the lead names."""
    end = chains.text.find("\n")
    for chain in [c for c in chains.all if c.kind == "unnamed" and len(c.members) == 1 and not c.names]:
        mention = chains.mentions[chain.members[0]]
        root = chains.doc[mention.root]
        if mention.end != end or is_plural(root) or any(c.dep_ in {"det", "poss"} for c in root.lefts):
            continue
        office = office_of(root)
        holders = [c for c in chains.all if _is_presented(chains, c) and has_head(chains, c, office)]
        if len(holders) == 1:
            chains.join(chain, holders[0])


def _is_presented(chains: Chains, chain: Chain) -> bool:
    """Whether that is a person whom the lead brings in by name."""
    names = [m for m in map(chains.mentions.__getitem__, chain.members) if m.form == "name"]
    return chain.kind == "person" and bool(names) and names[0].start < LEAD


def _is_nameless(chains: Chains, chain: Chain, sentence: dict[int, int]) -> bool:
    """Whether the chain is one unnamed person, met in the lead."""
    if chain.kind != "unnamed" or chain.names or not chain.members:
        return False
    first = chains.mentions[min(chain.members)]
    root = chains.doc[first.root]
    belongs = any(child.dep_ == "poss" for child in root.lefts)
    return first.form == "nominal" and sentence[root.i] <= _LEAD and not is_plural(root) and not belongs


def _age_of(chains: Chains, mention: Mention) -> str | None:
    """The age in "a 34-year-old driver"."""
    root = chains.doc[mention.root]
    found = AGE.search(chains.text, root.left_edge.idx, mention.end)
    return found[1] if found else None


def _aged(chains: Chains) -> list[tuple[Chain, str, Mention]]:
    """The named persons whose age stands beside their name, in text order: "Ivo Brandl, 34,", "34-year-old Brandl"."""
    found = []
    for index, mention in enumerate(chains.mentions):
        chain = chains.get(index)
        if mention.form != "name" or chain is None or chain.kind != "person":
            continue
        behind = AGE_BEHIND.match(chains.text, mention.end)
        before = AGE.search(chains.text, max(0, mention.start - 40), mention.start)
        near = before is not None and not re.search(r"[,.;]", chains.text[before.end() : mention.start])
        years = behind[1] if behind else before[1] if before is not None and near else None
        if years is not None:
            found.append((chain, years, mention))
    return found


def _comes_next(chains: Chains, first: Mention, named: Mention, sentence: dict[int, int]) -> bool:
    """Whether `named` is the first person whom the text names, soon after, and `first` the one it began with."""
    root, name = chains.doc[first.root], chains.doc[named.root]
    begins = root.dep_ in {"nsubj", "nsubjpass", "ROOT"} and any(c.lower_ in {"a", "an"} for c in root.lefts)
    soon = 0 < sentence[name.i] - sentence[root.i] <= _NAMED_WITHIN
    others = [
        m
        for i, m in enumerate(chains.mentions)
        if m.start < named.start and m.form == "name" and (c := chains.get(i)) is not None and c.kind == "person"
    ]
    return begins and soon and not others
