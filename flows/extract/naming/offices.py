"""Persons by office, rank or calling: "the head of state", "Ardal's supreme leader", "the mayor of X, Jane Doe"."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import is_plural, role_of
from flows.extract.naming.particulars import OFFICES
from flows.extract.naming.vocabulary import word_class
from flows.names import fold
from flows.records import Mention

_NOT_IN_POWER: Final = word_class("NOT_IN_POWER")
_HEADS_OF_STATE: Final = word_class("HEADS_OF_STATE")
_HEAD_OF_STATE: Final = "head of state"
# Words that make "the president" another than the one told of.
_NOT_HIM: Final = word_class("NOT_IN_OFFICE")
_NAMING: Final = word_class("NAMING")
LEAD: Final = 900  # characters from the start within which the lead stands


def leader(chains: Chains, mention: Mention, token: Token) -> Chain | None:
    """ "Iran's supreme leader", when one person in power of that country is named in the text."""
    if token.lower_ != "leader" or mention.kind != "unnamed":
        return None
    words = {child.lower_ for child in token.lefts if child.dep_ in {"amod", "compound"}}
    country = chains.country_near(mention)
    if country is None or words & _NOT_IN_POWER:
        return None
    fits = [c for c in chains.all if c.kind == "person" and c.members and c.country == country and c.sector == "GOV"]
    named = [c for c in fits if word_class("RULERS_IN_POWER") & set(fold(c.role or "").split())]
    fits = named or fits
    return fits[0] if len(fits) == 1 else None


def has_head(chains: Chains, chain: Chain, lemma: str) -> bool:
    """Whether the chain has been called so: by a nominal of that head, or by the title before its name."""
    wanted = _HEADS_OF_STATE if lemma == _HEAD_OF_STATE else {lemma, OFFICES.get(lemma, lemma)}
    for i in chain.members:
        mention = chains.mentions[i]
        if mention.form == "nominal" and office_of(chains.doc[mention.root]) in wanted | {lemma}:
            return True
        if mention.title_text and not wanted.isdisjoint(_title_words(mention.title_text)):
            return True
    return False


def _title_words(title: str) -> set[str]:
    """The words of a title, short forms in full: "Gov." is a governor."""
    words = {word.strip(".") for word in fold(title).split()}
    return words | {OFFICES[word] for word in words if word in OFFICES}


def is_another_one(token: Token) -> bool:
    """Whether a description says itself that it is of nobody told of so far: "the next president"."""
    words = [child.lower_ for child in token.lefts if child.dep_ == "amod"]
    is_told_more = any(child.dep_ in {"acl", "relcl"} for child in token.rights)
    return not _NOT_HIM.isdisjoint(words) or (words == ["first"] and not is_told_more)


def office_of(token: Token) -> str:
    """The head of a nominal as it is compared; "head of state" is one."""
    lemma = token.lemma_.lower()
    if lemma == "head" and any(noun.lower_ == "state" for prep in token.rights for noun in prep.children):
        return _HEAD_OF_STATE
    return lemma


def behind_place(token: Token) -> list[Token]:
    """Names that the parser hung on the place: "the mayor of Harlow, Jane Doe"."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "in", "at"}:
            for noun in child.children:
                found += [name for name in noun.children if name.dep_ == "appos" and name.pos_ == "PROPN"]
    return found


def called_by_name(chains: Chains, token: Token, heads: dict[int, int]) -> Chain | None:
    """ "A baker who gave his name only as Jon", "a driver who would only be called Jon": the person of that name."""
    role = role_of(token)
    if token.lower_ != "one" and (is_plural(token) or role is None or role.kind != "unnamed"):
        return None
    beside = [child for child in token.subtree if child.dep_ == "appos" and child.pos_ == "NOUN"]
    for clause in (child for noun in (token, *beside) for child in noun.children):
        if clause.dep_ not in {"relcl", "acl"}:
            continue
        verbs = [word for word in clause.subtree if word.lemma_ in _NAMING]
        for word in clause.subtree:
            found = heads.get(word.i)
            chain = chains.get(found) if found is not None else None
            if verbs and chain is not None and chain.kind == "person" and chain.names and _is_named(word):
                return chain
    return None


def _is_named(word: Token) -> bool:
    """Whether the name is what somebody is called by: the complement of "as" or of a verb of naming."""
    if word.dep_ in {"oprd", "attr", "xcomp", "dobj"} and word.head.lemma_ in _NAMING:
        return True
    return word.dep_ == "pobj" and word.head.lower_ in {"as", "by"} and word.head.head.lemma_ in {*_NAMING, "name"}


def named_next(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """The holder of an office whom the lead leaves out and the next paragraph opens with.

    "The president of Ardal has resigned.", new paragraph, "Jane Doe told …": only for offices of which there is one,
    and for a name that has no calling of its own.
    """
    role = role_of(token)
    if (
        mention.kind != "unnamed"
        or role is None
        or role.speaker_kind != "official"
        or token.dep_ not in {"nsubj", "poss"}
    ):
        return None
    if mention.end > LEAD or not _is_the_one(token):
        return None
    following = chains.text.find("\n\n", mention.end)
    if following < 0 or "\n\n" not in chains.text[: mention.start]:
        return None
    opening = chains.text[following:].lstrip()
    begin = len(chains.text) - len(opening)
    for i in range(index + 1, len(chains.mentions)):
        other = chains.mentions[i]
        if other.start > begin:
            return None
        chain = chains.get(i)
        if other.start == begin and other.form == "name" and chain is not None:
            return chain if _is_unpresented(chains, chain, i) else None
    return None


def _is_the_one(token: Token) -> bool:
    """ "The president of X", "X's president": somebody, and the only one."""
    possessed = any(child.dep_ == "poss" and child.pos_ == "PROPN" for child in token.lefts)
    article = any(child.dep_ == "det" and child.lower_ == "the" for child in token.lefts)
    return possessed or (article and any(child.dep_ == "prep" and child.lower_ == "of" for child in token.rights))


def _is_unpresented(chains: Chains, chain: Chain, first: int) -> bool:
    """Whether the text gives the person no calling, and here for the first time the full name."""
    if chain.kind != "person" or chain.role is not None or " " not in chains.mentions[first].text:
        return False
    if any(" " in chains.mentions[i].text for i in chain.members if i < first):
        return False
    root = chains.doc[chains.mentions[first].root]
    return root.dep_ == "nsubj" and not any(
        child.dep_ in {"appos", "compound"} and child.pos_ == "NOUN" for child in root.children
    )
