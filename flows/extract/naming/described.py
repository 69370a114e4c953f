"""Whom a description describes: what a named person is said to be or become, and whom the lead keeps nameless.

A news lead often tells of "a 34-year-old driver" and names him a sentence later: "Ivo Brandl, 34, …". The age that
both give, or the one age behind the first name of the text, joins them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import is_plural
from flows.extract.naming.offices import LEAD, has_head, office_of
from flows.records import Mention

_BEING: Final = frozenset({"be", "become", "remain"})
# Verbs whose "as" tells what somebody is: "was unveiled as the host", "identified him as the driver".
_NAMING: Final = frozenset(
    {"announce", "appoint", "confirm", "describe", "elect", "hire", "identify", "introduce", "know", "name", "nominate"}
    | {"pick", "present", "recognise", "recognize", "return", "select", "serve", "tap", "unveil", "work"}
)
_SUBJECTS: Final = frozenset({"nsubjpass", "nsubj"})
_UPWARDS: Final = frozenset({"xcomp", "advcl", "conj", "relcl", "acl"})
_AGE: Final = re.compile(r"\b(\d{1,3})[ -]?years?[ -]old\b", re.IGNORECASE)
_AGE_BEHIND: Final = re.compile(r"\s*,\s*(\d{1,3})\s*(?:,|\.|;|$|of\b|from\b|who\b|was\b|is\b)")
_LEAD: Final = 3  # sentences in which the lead may keep somebody nameless
_NAMED_WITHIN: Final = 3  # sentences later in which the name must follow


def said_to_be(token: Token) -> Iterator[Token]:
    """The subjects or objects of which the noun `token` is said: "Doe became the leader", "named her coach"."""
    top = token
    while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}:
        top = top.head
    verb = top.head
    if top.dep_ == "pobj" and verb.lower_ == "as":
        verb = verb.head
        if verb.lemma_.lower() not in _NAMING:
            return
    elif not (top.dep_ == "attr" and verb.lemma_ in _BEING) and not (top.dep_ == "oprd" and verb.pos_ == "VERB"):
        return
    if any(child.dep_ == "neg" for child in verb.children):
        return
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i != token.i] if verb.lemma_ not in _BEING else []
    yield from objects or _subjects(verb)


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
    found = _AGE.search(chains.text, root.left_edge.idx, mention.end)
    return found[1] if found else None


def _aged(chains: Chains) -> list[tuple[Chain, str, Mention]]:
    """The named persons whose age stands beside their name, in text order: "Ivo Brandl, 34,", "34-year-old Brandl"."""
    found = []
    for index, mention in enumerate(chains.mentions):
        chain = chains.get(index)
        if mention.form != "name" or chain is None or chain.kind != "person":
            continue
        behind = _AGE_BEHIND.match(chains.text, mention.end)
        before = _AGE.search(chains.text, max(0, mention.start - 40), mention.start)
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
