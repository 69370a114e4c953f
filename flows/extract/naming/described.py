"""Whom a description describes: what a named person is said to be or become, and who speaks in a headline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.asserted import is_asserted
from flows.extract.naming.befell import first_of
from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.clusters import KIN
from flows.extract.naming.nameless import heading_end
from flows.extract.naming.nominals import is_plural
from flows.extract.naming.offices import LEAD, has_head, office_of
from flows.extract.naming.quotes import says
from flows.extract.naming.sorts import sorts_of
from flows.extract.naming.vocabulary import word_class
from flows.records import Mention

_BEING: Final = frozenset({"be", "become", "remain"})
# Verbs whose "as" tells what somebody is: "was unveiled as the host", "identified him as the driver".
_NAMING: Final = word_class("APPOINTING")
# Nouns whose "as" tells what their possessor is: "his duties as head coach".
_POSTS: Final = word_class("POSTS")
_SUBJECTS: Final = frozenset({"nsubjpass", "nsubj"})
_LABEL: Final = 40  # characters before the label of a headline: a date
_LISTED: Final = 8  # callings of one person
_PAIR: Final = 2
_UPWARDS: Final = frozenset({"xcomp", "advcl", "conj", "relcl", "acl"})


def said_to_be(token: Token) -> Iterator[Token]:
    """The subjects or objects of which the noun `token` is said: "Doe became the leader", "named her coach"."""
    top = first_of(token)
    verb = top.head
    if top.dep_ == "pobj" and verb.lower_ == "as":
        yield from _said_with_as(token, top)
    elif verb.lower_ == "turned" and top.left_edge.i == verb.i + 1 and not any(c.dep_ == "det" for c in top.lefts):
        yield from [verb.head] if verb.dep_ == "acl" else _right_before(verb)  # "the swimmer turned actress"
    elif (name := _second_subject_of(top)) is not None:
        yield name
    elif top.dep_ == "nsubj" and token.i == top.i and verb.lemma_ == "be" and is_asserted(verb):
        yield from (child for child in verb.children if child.dep_ == "attr" and child.pos_ == "PROPN")
    elif top.dep_ == "appos" and top.head.pos_ == "PROPN" and token.i != top.i and _are_callings(top):
        yield top.head  # "Doe, actress and singer"
    elif (top.dep_ == "attr" and verb.lemma_ in _BEING) or (top.dep_ == "oprd" and verb.pos_ == "VERB"):
        yield from _said_with(token, verb)


def _said_with_as(token: Token, top: Token) -> Iterator[Token]:
    """ "Was unveiled as the host", "his duties as head coach", and of a headline "Academy picks Doe as host"."""
    over = top.head.head
    named = [one for one in _right_before(top.head) if one.pos_ == "PROPN" and one.ent_type_ == "PERSON"]
    if named and top.head.nbor().pos_ != "DET":
        yield from named
        return
    if over.lemma_.lower() in _POSTS:
        yield from (child for child in over.children if child.dep_ == "poss")
    if over.lemma_.lower() in _NAMING:
        yield from _said_with(token, over)


def _right_before(token: Token) -> list[Token]:
    return [token.nbor(-1)] if token.i else []


def _said_with(token: Token, verb: Token) -> Iterator[Token]:
    """The objects, else the subjects, of the verb that says it."""
    if is_asserted(verb):
        objects = [c for c in verb.children if c.dep_ == "dobj" and c.i != token.i] if verb.lemma_ not in _BEING else []
        yield from objects or _subjects(verb)


def _second_subject_of(noun: Token) -> Token | None:
    """The name before "the swimmer" where the parser makes both the subject: "Doe, the swimmer turned actress"."""
    start = noun.left_edge.i
    if noun.dep_ != "nsubj" or start < 2 or noun.doc[start - 1].text != ",":
        return None
    before = (child for child in noun.head.lefts if child.dep_ == "nsubj" and child.right_edge.i == start - 1)
    return next((child for child in before if child.pos_ == "PROPN" and child.i == start - 2), None)


def _are_callings(top: Token) -> bool:
    """Whether a list is of what one person is: "actress, singer and teacher", "a lawyer and a mother of two"."""
    listed = [top]
    while len(listed) <= _LISTED and (more := [child for child in listed[-1].children if child.dep_ == "conj"]):
        listed += more
    articles = [{c.lower_.removesuffix("n") for c in noun.lefts if c.dep_ in {"det", "poss"}} for noun in listed]
    if top.lemma_ in KIN or any(noun.pos_ == "PROPN" and noun.ent_type_ for noun in listed):
        return False
    return all(one <= {"a"} and one == articles[0] for one in articles) and (not articles[0] or len(listed) == _PAIR)


def _subjects(verb: Token) -> Iterator[Token]:
    """The subject of the verb, or of the one above that shares it."""
    for _ in range(4):
        found = [child for child in verb.children if child.dep_ in _SUBJECTS]
        if found:
            yield from found
            return
        if verb.dep_ not in _UPWARDS or verb.head.pos_ not in {"VERB", "AUX"}:
            return
        controlled = [child for child in verb.head.children if child.dep_ == "dobj"] if verb.dep_ == "xcomp" else []
        if controlled:  # "picked Roe to be his deputy"
            yield from controlled
            return
        verb = verb.head


def name_the_headlines(chains: Chains) -> None:
    """Join the minister of the headline "Dam is safe - minister" to the one minister whom the lead names.

    Where it names none, the one of "Lawyer: Singer left" is whoever speaks in the lead and is called so: "her attorney
    said".
    """
    end = max(chains.text.find("\n"), heading_end(chains.text) - 1)
    for chain in [c for c in chains.all if c.kind == "unnamed" and len(c.members) == 1 and not c.names]:
        mention = chains.mentions[chain.members[0]]
        root = chains.doc[mention.root]
        if mention.end > end or not _is_label(chains.text, mention) or is_plural(root) or _is_introduced(root):
            continue
        office = office_of(root)
        holders = [c for c in chains.all if _is_presented(chains, c) and has_head(chains, c, office)]
        speakers = [] if holders else [c for c in chains.all if c is not chain and _is_speaking(chains, c, root, end)]
        if len(holders) == 1 or len(speakers) == 1:
            chains.join(chain, (holders or speakers)[0])


def _is_label(text: str, mention: Mention) -> bool:
    """Whether the mention ends its line, or begins it and has a colon behind."""
    start = text.rfind("\n", 0, mention.start) + 1
    return text.startswith("\n", mention.end) or (text.startswith(":", mention.end) and mention.start - start <= _LABEL)


def _is_introduced(root: Token) -> bool:
    return any(child.dep_ in {"det", "poss"} for child in root.lefts)


def _is_speaking(chains: Chains, chain: Chain, called: Token, end: int) -> bool:
    """Whether somebody speaks in the lead who is called as the headline calls its speaker."""
    for mention in map(chains.mentions.__getitem__, chain.members if chain.kind in {"unnamed", "person"} else ()):
        root = chains.doc[mention.root]
        if end < mention.start < LEAD and says(root) and _are_called_alike(root, called):
            return True
    return False


def _are_called_alike(one: Token, other: Token) -> bool:
    mine, theirs = one.lemma_.lower(), other.lemma_.lower()
    return mine == theirs or not sorts_of(mine).isdisjoint(sorts_of(theirs))


def _is_presented(chains: Chains, chain: Chain) -> bool:
    """Whether that is a person whom the lead brings in by name."""
    names = [m for m in map(chains.mentions.__getitem__, chain.members) if m.form == "name"]
    return chain.kind == "person" and bool(names) and names[0].start < LEAD
