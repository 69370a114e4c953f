"""Names beside descriptions: "the president, Jane Doe", "pilot Ivo Brandl", "a man … The man, Ivo Brandl, …"."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.befell import fates_at, is_calling
from flows.extract.naming.chains import Chain, Chains, the_one
from flows.extract.naming.described import said_to_be
from flows.extract.naming.joint import one_of_two_callings
from flows.extract.naming.nameless import fates_of, heading_end, is_one_more, is_told_beside, may_be_same
from flows.extract.naming.nominals import is_plural
from flows.extract.naming.offices import behind_place, called_by_name
from flows.extract.naming.particulars import may_be_meant
from flows.extract.naming.vocabulary import word_class
from flows.names import fold
from flows.records import Mention
from flows.resources import words

ORGANISATIONS: Final = frozenset({"organisation", "armed_group", "government", "media"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "such"})
_OF_SEVERAL: Final = re.compile(r" of (?:\d+|two|three|four|five|six|seven|eight|nine|ten),? ")  # "mother of two"
_OF_MANY: Final = frozenset({"were", "are", "have"})
_NEAR: Final = 14  # mentions to look back for whom a description takes up
_FIRMS_TOO: Final = word_class("FIRMS_TOO")  # people and firms as well: "the owner, the Harlow Company"


def presented(chains: Chains, index: int, mention: Mention, heads: dict[int, int]) -> Chain | None:
    """The name beside a noun; whoever the noun takes up has it too: "A man was held. The man, Ivo Brandl, …"."""
    token = chains.doc[mention.root]
    found = _apposed(chains, token, heads, mention) or called_by_name(chains, token, heads)
    if found is None or found.kind != "person" or mention.kind != "unnamed":
        return found
    if is_definite(token):
        before = _nameless_before(chains, index, token) if _is_anybody(token) else None
    else:
        before = from_headline(chains, mention, token)
    is_open = before is not None and before is not found and before.kind == "unnamed" and not before.names
    if before is not None and is_open and _fits(chains, before, found, token):
        chains.join(before, found)
    return found


def _fits(chains: Chains, before: Chain, found: Chain, token: Token) -> bool:
    """Whether neither sex nor fate speaks against one without a name being the one named: the dead do not speak."""
    if before.gender and found.gender and before.gender != found.gender:
        return False
    fates = fates_of(chains, before)
    if fates and not may_be_same(fates, fates_of(chains, found) | fates_at(token)):
        return False
    return not is_told_beside(chains, before, found) and may_be_meant(chains, found, token)


def _is_anybody(token: Token) -> bool:
    """Whether the noun is of no office, of which a text tells several: "the man", but not "the first man"."""
    is_first = any(child.lower_ == "first" for child in token.lefts)
    return not is_first and (token.lemma_.lower() in words("anybody") or is_calling(token))


def _nameless_before(chains: Chains, index: int, token: Token) -> Chain | None:
    """The one nameless person near whom the same noun brought in: "a man"."""
    return the_one(
        chain
        for chain, other in chains.before(index, _NEAR)
        if chain.kind == "unnamed" and other.form == "nominal" and _is_said_again(chains.doc[other.root], token)
    )


def _is_said_again(before: Token, token: Token) -> bool:
    """Whether another sentence has the same noun."""
    return before.lemma_.lower() == token.lemma_.lower() and before.sent != token.sent


def _apposed(chains: Chains, token: Token, heads: dict[int, int], mention: Mention) -> Chain | None:
    """The name that the noun stands beside ("the president, Jane Doe") or is said to be ("Doe is the president")."""
    if is_plural(token):
        return None
    partners = [child for child in token.children if child.dep_ == "appos"]
    partners += behind_place(token)
    if token.dep_ == "appos":
        over = token.head
        is_bare = over.i not in heads or fold(over.text) in words("degrees")  # "Doe, R-Iowa, a member", "Doe, MD, a …"
        is_degree = over.dep_ == "appos" and over.pos_ == "PROPN" and is_bare
        partners.append(over.head if is_degree else over)
    partners += said_to_be(token)
    partners += [second] if (second := one_of_two_callings(token)) is not None else []
    partners += _called_before(token)
    partners += _named_right_behind(chains, token, heads)
    for partner in partners:
        found = heads.get(partner.i)
        chain = chains.get(found) if found is not None else None
        if chain is not None and may_be(chain, mention):
            return chain
    return None


def _called_before(token: Token) -> list[Token]:
    """The name of which a first calling is said: "Brandl, an actor and activist"."""
    first = token.head
    if token.dep_ != "conj" or one_of_two_callings(first) != token or any(c.lower_ == "or" for c in first.children):
        return []
    if {first.lemma_.lower(), token.lemma_.lower()} <= words("kin"):  # "Emma, her brother and sister, and their father"
        return []
    if token.i + 1 < len(token.doc) and token.nbor().lower_ in _OF_MANY:  # "Brandl, a driver and passenger were hurt"
        return []
    return [first.head] if first.dep_ == "appos" and first.head.pos_ == "PROPN" else []


def _named_right_behind(chains: Chains, token: Token, heads: dict[int, int]) -> list[Token]:
    """The name right behind a description without an article: "Harbour pilot Ivo Brandl dies" of a headline.

    So it is with a title or a comma between: "Former trustee Dr. Brandl", "As mayor, Brandl …"; a mother "of three" is
    no other's.
    """
    index = heads[token.i]
    mention = chains.mentions[index]
    rest = (chains.mentions[i] for i in range(index + 1, len(chains.mentions)))
    behind = next((one for one in rest if one.start >= mention.end), None)
    if behind is None or behind.form != "name" or any(child.dep_ in {"det", "poss"} for child in token.lefts):
        return []
    if mention.kind != "unnamed" and behind is not chains.mentions[index + 1]:
        return []
    between = chains.text[mention.end : behind.start]
    is_apposed = between == ", " and (token.dep_ != "pobj" or token.head.lower_ == "as")
    is_next = between in {" ", f" {behind.title_text} "} or _OF_SEVERAL.fullmatch(between) is not None
    return [chains.doc[behind.root]] if is_apposed or is_next else []


def may_be(chain: Chain, mention: Mention) -> bool:
    if mention.kind == "unnamed":
        is_firm = chain.kind == "organisation" and mention.text.split()[-1].lower() in _FIRMS_TOO
        return chain.kind in {"person", "unnamed"} or is_firm
    if mention.kind in ORGANISATIONS:
        return chain.kind in ORGANISATIONS
    return chain.kind == mention.kind == "country"


def is_definite(token: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in token.lefts)


def from_headline(chains: Chains, mention: Mention, token: Token) -> Chain | None:
    """The lead says again whom the headline speaks of: "Climber dies in fall", "A climber has died"."""
    text = chains.text
    end = heading_end(text)
    lead = text.find("\n", text.find(".", mention.start)) if end else -1
    if not 0 < end <= mention.start < min(end + 400, 700) or lead < 0:
        return None
    for chain in chains.all:
        if chain.kind != "unnamed" or not chain.members:
            continue
        first = chains.mentions[chain.members[0]]
        root = chains.doc[first.root]
        if is_one_more(token) and not is_one_more(root):
            continue
        if first.start < end and root.lemma_.lower() == token.lemma_.lower():
            near = chains.country_near(mention)
            return chain if near is None or chain.country in {None, near} else None
    return None
