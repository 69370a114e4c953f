"""Nominals and pronouns linked to what they stand for, in text order."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import PRONOUNS, is_plural, role_of
from flows.extract.naming.quotes import quoted
from flows.names import country_of, fold, government
from flows.records import Mention

_GOVERNMENTS: Final = frozenset({"government", "regime", "authorities"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "such"})
_ORGANISATIONS: Final = frozenset({"organisation", "armed_group", "government", "media"})
_SENTENCES: Final = 3  # how far back a pronoun's antecedent may lie
_FAR: Final = 60  # mentions to look back for a nominal's antecedent
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})


def link_others(chains: Chains) -> None:
    """Link nominals, then pronouns, as far as the answer is clear."""
    heads = {mention.root: i for i, mention in enumerate(chains.mentions) if mention.form != "pronoun"}
    for index, mention in enumerate(chains.mentions):
        if mention.form == "nominal":
            _link_nominal(chains, index, mention, heads)
    flags = quoted(chains.doc)
    sentences = _sentence_numbers(chains)
    for index, mention in enumerate(chains.mentions):
        if mention.form == "pronoun":
            chain = _antecedent(chains, index, heads, flags, sentences)
            if chain is not None:
                chains.add(index, chain)
                chain.members.sort()


# --- nominals --------------------------------------------------------------------------------------------------------


def _link_nominal(chains: Chains, index: int, mention: Mention, heads: dict[int, int]) -> None:
    token = chains.doc[mention.root]
    chain = (
        _apposed(chains, token, heads, mention)
        or _own_government(chains, mention, token)
        or _definite(chains, index, mention, token)
        or _same_label(chains, mention, token)
    )
    if chain is None:
        role = role_of(token)
        chain = chains.new(mention.kind, sector=role.sector if role else None)
        chain.country = chains.country_near(mention)
        chain.label = _label(mention, token)
    chains.add(index, chain)
    chain.members.sort()


def _apposed(chains: Chains, token: Token, heads: dict[int, int], mention: Mention) -> Chain | None:
    """The name that the noun stands beside ("the president, Jane Doe") or is said to be ("Doe is the president")."""
    if is_plural(token):
        return None
    partners = [child for child in token.children if child.dep_ == "appos"]
    if token.dep_ == "appos":
        partners.append(token.head)
    if token.dep_ == "attr" and token.head.lemma_ == "be":
        partners += [child for child in token.head.children if child.dep_ == "nsubj"]
    for partner in partners:
        found = heads.get(partner.i)
        chain = chains.get(found) if found is not None else None
        if chain is not None and _may_be(chain, mention):
            return chain
    return None


def _may_be(chain: Chain, mention: Mention) -> bool:
    if mention.kind == "unnamed":
        return chain.kind in {"person", "unnamed"}
    if mention.kind in _ORGANISATIONS:
        return chain.kind in _ORGANISATIONS
    return chain.kind == mention.kind == "country"


def _own_government(chains: Chains, mention: Mention, token: Token) -> Chain | None:
    """ "The Iranian government", "Iran's government" are the government that Tehran stands for."""
    if token.lemma_.lower() not in _GOVERNMENTS:
        return None
    country = chains.country_near(mention)
    known = government(country) if country else None
    if known is None:
        return None
    for chain in chains.all:
        if chain.key == known.name and chain.members:
            return chain
    chain = chains.new("government", known.name, country, "GOV")
    chain.label = fold(known.name)
    return chain


def _label(mention: Mention, token: Token) -> str:
    """Head and what tells it from others of its sort, for chains of one label."""
    words = [token.lower_]
    for child in token.lefts:
        if child.dep_ in {"amod", "compound", "poss", "nmod"} and child.idx >= mention.start:
            words.append(country_of(child.text) or child.lower_)
    return " ".join(sorted(words))


def _is_definite(token: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in token.lefts)


def _definite(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """The actor mentioned before that "the official", "the group", "the president" takes up again."""
    if not _is_definite(token) or mention.kind == "group":
        return None
    country = chains.country_near(mention)
    for back in range(index - 1, max(-1, index - _FAR), -1):
        other = chains.mentions[back]
        chain = chains.get(back)
        if chain is None or other.form == "pronoun":
            continue
        if _takes_up(chains, token, mention, chain, country):
            return chain
    return None


def _takes_up(chains: Chains, token: Token, mention: Mention, chain: Chain, country: str | None) -> bool:
    if country and chain.country and country != chain.country:
        return False
    lemma = token.lemma_.lower()
    if mention.kind == "unnamed":
        return chain.kind in {"person", "unnamed"} and _has_head(chains, chain, lemma)
    if mention.kind == "media":
        return chain.kind == "media"
    if mention.kind == "organisation":
        if lemma in {"group", "organisation", "organization"}:
            return chain.kind in {"armed_group", "organisation"} and bool(chain.names)
        return chain.kind == "organisation" and (_has_head(chains, chain, lemma) or _named_so(chain, lemma))
    if mention.kind in {"government", "armed_group"}:
        return chain.kind == mention.kind and (_has_head(chains, chain, lemma) or _named_so(chain, lemma))
    if mention.kind == "country":
        return chain.kind == "country" and bool(chain.names)
    return False


def _named_so(chain: Chain, lemma: str) -> bool:
    """Whether the word is part of the name: "the university" for Harlow University."""
    return any(lemma in fold(name).split() for name in chain.names)


def _has_head(chains: Chains, chain: Chain, lemma: str) -> bool:
    """Whether the chain has been called so: by a nominal of that head, or by the title before its name."""
    for i in chain.members:
        mention = chains.mentions[i]
        if mention.form == "nominal" and chains.doc[mention.root].lemma_.lower() == lemma:
            return True
        if mention.title_text and lemma in fold(mention.title_text).split():
            return True
    return False


def _same_label(chains: Chains, mention: Mention, token: Token) -> Chain | None:
    """A label of several ("Iraqi officials") is one group throughout the article."""
    if mention.kind not in {"group", "government", "armed_group"}:
        return None
    label = _label(mention, token)
    for chain in chains.all:
        if chain.label == label and chain.kind == mention.kind and chain.members and not chain.names:
            return chain
    return None


# --- pronouns --------------------------------------------------------------------------------------------------------


def _sentence_numbers(chains: Chains) -> list[int]:
    numbers: list[int] = []
    number = -1
    for token in chains.doc:
        number += bool(token.is_sent_start) or token.i == 0
        numbers.append(number)
    return numbers


def _antecedent(
    chains: Chains, index: int, heads: dict[int, int], flags: list[bool], sentences: list[int]
) -> Chain | None:
    mention = chains.mentions[index]
    token = chains.doc[mention.root]
    wanted = PRONOUNS[mention.text.lower()]
    if wanted == "r":
        return _relative(chains, token, heads)
    best: tuple[float, int] | None = None
    for back in range(index - 1, max(-1, index - _FAR), -1):
        other = chains.mentions[back]
        distance = sentences[token.i] - sentences[other.root]
        if distance > _SENTENCES:
            break
        chain = chains.get(back)
        if chain is None or not _agrees(chains, chain, wanted):
            continue
        if flags[token.i] != flags[other.root] and (flags[other.root] or distance == 0):
            continue
        if _bound(token, chains.doc[other.root]):
            continue
        score = _salience(chains, other, distance, token)
        if best is None or score > best[0]:
            best = (score, back)
    return chains.get(best[1]) if best else None


def _relative(chains: Chains, token: Token, heads: dict[int, int]) -> Chain | None:
    """The noun that the relative clause of "who" hangs on."""
    verb = token
    while verb.dep_ != "relcl" and verb.head.i != verb.i and verb.dep_ != "ROOT":
        verb = verb.head
    if verb.dep_ != "relcl":
        return None
    found = heads.get(verb.head.i)
    return chains.get(found) if found is not None else None


def _agrees(chains: Chains, chain: Chain, wanted: str) -> bool:
    if wanted in {"m", "f"}:
        return chain.kind in {"person", "unnamed"} and chain.gender in {wanted, None}
    if wanted == "p":
        return chains.is_plural(chain)
    return chain.kind in _ORGANISATIONS | {"country"}


def _bound(token: Token, other: Token) -> bool:
    """Whether both hang on one verb, so that a plain pronoun can't mean the other: "Doe saw him"."""
    if token.lower_.endswith(("self", "selves")) or token.dep_ == "poss":
        return False
    return token.head.i == other.head.i and other.dep_ in _SUBJECTS | {"dobj", "pobj"}


def _salience(chains: Chains, other: Mention, distance: int, token: Token) -> float:
    root = chains.doc[other.root]
    score = -1.0 * distance
    while root.dep_ == "conj":
        root = root.head
    if root.dep_ in _SUBJECTS:
        score += 1.2
    elif root.dep_ in {"poss", "pobj"}:
        score -= 0.3
    if other.form == "name":
        score += 0.3
    if other.form == "pronoun":
        score += 0.4
    return score - 0.002 * abs(token.i - other.root)
