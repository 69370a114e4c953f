"""Nominals and pronouns linked to what they stand for, in text order."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.administrations import join_administrations
from flows.extract.naming.antecedents import Antecedents
from flows.extract.naming.belonging import join_belonging
from flows.extract.naming.bodies import head_words
from flows.extract.naming.called_back import body_sorts, called_back, is_open, is_other, of_another_sort
from flows.extract.naming.chains import Chain, Chains, the_one
from flows.extract.naming.counted import is_of_another_number, join_counted, join_gangs
from flows.extract.naming.described import name_the_headlines, said_to_be
from flows.extract.naming.evidence import ends_as_papers
from flows.extract.naming.incumbents import incumbent
from flows.extract.naming.joint import is_beside, is_joint, link_joint
from flows.extract.naming.named_later import name_the_speaker
from flows.extract.naming.nameless import name_by_fate, name_the_nameless
from flows.extract.naming.nominals import is_partisan, is_plural, parted_by, role_of, sector_of
from flows.extract.naming.offices import (
    has_head,
    is_another_one,
    leader,
    named_next,
    office_of,
)
from flows.extract.naming.paired import join_pairs
from flows.extract.naming.particulars import by_particulars, is_one_of_several, may_be_meant, suits
from flows.extract.naming.presented import ORGANISATIONS, from_headline, is_definite, may_be, presented
from flows.extract.naming.qualifiers import is_another, qualifiers
from flows.extract.naming.sorts import join_sorts, sorts_of
from flows.extract.naming.vocabulary import word_class
from flows.names import country_of, fold, government
from flows.records import Mention

_GOVERNMENTS: Final = frozenset({"government", "regime", "authorities"})
_FAR: Final = 60  # mentions to look back for a nominal's antecedent
_BEHIND: Final = frozenset({"prep", "relcl"})  # "the attorney for Lund", "the thief who took it"
_NEAR: Final = 14  # mentions to look back for the one that a description fits
# Words for people that seldom describe somebody named before.
_NOT_TELLING: Final = word_class("NOT_TELLING")
_FIRMS: Final = word_class("FIRMS")
_NO_GROUPS: Final = word_class("NO_GROUPS")
_OTHER_BODIES: Final = word_class("OTHER_BODIES")


def link_others(chains: Chains) -> None:
    """Link nominals, then pronouns, as far as the answer is clear."""
    heads = {mention.root: i for i, mention in enumerate(chains.mentions) if mention.form != "pronoun"}
    for index, mention in enumerate(chains.mentions):
        if mention.form == "nominal" and not is_joint(chains.doc[mention.root]):
            _link_nominal(chains, index, mention, heads)
    join_sorts(chains)
    join_counted(chains)
    join_gangs(chains)
    name_the_nameless(chains)
    name_by_fate(chains)
    name_the_speaker(chains)
    name_the_headlines(chains)
    link_joint(chains)
    antecedents = Antecedents(chains, heads)
    for index, mention in enumerate(chains.mentions):
        if mention.form == "pronoun":
            chain = antecedents.of(index)
            if chain is not None:
                chains.add(index, chain)
                chain.members.sort()
    _link_said_of_pronouns(chains)
    join_belonging(chains)
    join_administrations(chains)
    name_by_fate(chains)  # again: now that it is known what befell him and her
    join_pairs(chains)
    link_joint(chains)  # "she and the mayor": now that she is known


def _link_said_of_pronouns(chains: Chains) -> None:
    """ "She is a lawyer", "his job as coach": now that it is known who she and he are."""
    at = {mention.root: i for i, mention in enumerate(chains.mentions) if mention.form == "pronoun"}
    for index, mention in enumerate(chains.mentions):
        chain = chains.get(index)
        if chain is None or mention.form != "nominal" or chain.kind != "unnamed" or chain.members != [index]:
            continue
        token = chains.doc[mention.root]
        found = [] if is_plural(token) else [chains.get(at[one.i]) for one in said_to_be(token) if one.i in at]
        person = next((one for one in found if one is not None and may_be(one, mention)), None)
        owners = [chains.get(at[child.i]) for child in token.lefts if child.dep_ == "poss" and child.i in at]
        if person is not None and suits(person, token) and all(owner is not person for owner in owners):
            chains.join(chain, person)


def _link_nominal(chains: Chains, index: int, mention: Mention, heads: dict[int, int]) -> None:
    token = chains.doc[mention.root]
    chain = (
        presented(chains, index, mention, heads)
        or _compounded(chains, token, heads, mention)
        or leader(chains, mention, token)
        or _own_government(chains, mention, token)
        or _definite(chains, index, mention, token)
        or _same_label(chains, mention, token)
        or named_next(chains, index, mention, token)
    )
    if chain is None:
        chain = chains.new(mention.kind, sector=sector_of(token))
        chain.country = chains.country_near(mention)
        chain.label = _label(mention, token)
        chains.labels.setdefault((mention.kind, chain.label, False), chain)
    chains.add(index, chain)
    chain.members.sort()


def _compounded(chains: Chains, token: Token, heads: dict[int, int], mention: Mention) -> Chain | None:
    """The name in "IRNA news agency", "the Hamas group": what the noun says is what the name is."""
    if mention.kind not in ORGANISATIONS or is_plural(token):
        return None
    for child in token.lefts:
        found = heads.get(child.i)
        is_next = child.dep_ == "compound" and child.i == token.i - 1 - (token.nbor(-1).lower_ == "news")
        chain = chains.get(found) if is_next and found is not None else None
        if chain is not None and chain.names and may_be(chain, mention) and not of_another_sort(chains, chain, token):
            return chain
    return None


def _own_government(chains: Chains, mention: Mention, token: Token) -> Chain | None:
    """ "The Iranian government", "Iran's government" are the government that Tehran stands for."""
    if token.lemma_.lower() not in _GOVERNMENTS:
        return None
    country = chains.country_near(mention)
    known = government(country) if country else None
    if known is None:
        return None
    label = ("government", fold(known.name), True)
    if label not in chains.labels:
        chain = chains.new("government", known.name, country, "GOV")
        chain.label = label[1]
        chains.labels[label] = chain
    return chains.labels[label]


def _label(mention: Mention, token: Token) -> str:
    """Head and what tells it from others of its sort, for chains of one label."""
    words = [
        country_of(child.text) or child.lower_
        for child in token.lefts
        if child.dep_ in {"amod", "compound", "poss", "nmod"} and child.idx >= mention.start
    ]
    if mention.kind == "government":
        words += [word for word in qualifiers(token) if word not in words]
    if mention.kind == "group":
        words += [f"{prep.lower_}:{fold(noun.text)}" for prep, noun in parted_by(token)]
    return " ".join(sorted([token.lower_, *words]))


def _definite(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """The actor mentioned before that "the official", "the group", "the president" takes up again."""
    if not is_definite(token) or (is_plural(token) and mention.kind != "group"):
        return None
    if mention.kind == "group":
        return _same_head(chains, index, token)
    if mention.kind == "unnamed" and is_another_one(token):
        return None
    if mention.kind == "organisation" and token.dep_ == "compound":  # "the law firm Lund and Teso"
        return None
    found = (
        by_particulars(chains, index, mention, token)
        or incumbent(chains, index, mention, token)
        or called_back(chains, index, mention, token)
    )
    if found is not None or is_open(chains, index, mention, token):
        return found
    country = chains.country_near(mention)
    for chain, other in chains.before(index, _FAR):
        if other.form != "pronoun" and _takes_up(chains, token, mention, chain, country):
            return None if is_one_of_several(chains, index, chain, token) else chain
    return _described(chains, index, mention, token) or _alike(chains, index, mention, token)


def _alike(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """ "The attacker" after "a gunman": the one person near of whom a word for the same sort of people tells."""
    sorts = sorts_of(token.lemma_.lower()) if mention.kind == "unnamed" else set()
    if not sorts or _is_told_more(token):
        return None
    near = [
        (chain, other)
        for chain, other in _of_sorts(chains, index, sorts, _NEAR)
        if chain.kind in {"person", "unnamed", "group"} and may_be_meant(chains, chain, token)
    ]
    one = the_one(chain for chain, _ in near)
    is_told_apart = any(child.dep_ in _BEHIND for _, other in near for child in other.rights)
    return one if one is not None and one.kind != "group" and not is_told_apart else None


def _of_sorts(chains: Chains, index: int, sorts: Set[str], far: int) -> Iterator[tuple[Chain, Token]]:
    """Whom the nouns before tell of that are words for such people, with the nouns."""
    for chain, other in chains.before(index, far):
        root = chains.doc[other.root]
        if other.form == "nominal" and sorts & sorts_of(root.lemma_.lower()):
            yield chain, root


def _is_told_more(token: Token) -> bool:
    """Whether words beside the noun say which one it is: "the thief who took her bag"."""
    before = any(child.dep_ in {"amod", "compound", "poss"} for child in token.lefts)
    return before or any(child.dep_ in _BEHIND for child in token.rights)


def _described(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """ "The actress", "the company" for who or what the last sentences name: only when one alone will do."""
    role = role_of(token)
    if role is None or any(c.dep_ == "poss" for c in token.lefts) or not _is_telling(mention, token):
        return None
    if mention.kind == "organisation" and is_other(token):
        return None
    wanted = "person" if mention.kind == "unnamed" else "organisation"
    fits: dict[int, Chain] = {}
    alike: dict[int, Chain] = {}  # of the sex that the word tells
    for chain, _ in chains.before(index, _NEAR):
        if chain.kind != wanted or not chain.names:
            continue
        if wanted == "organisation" and (_is_paper(chain) or _called_otherwise(chain, token.lemma_.lower())):
            continue
        if wanted == "person" and not may_be_meant(chains, chain, token):
            continue
        if chain.gender is None or role.gender in {None, chain.gender}:
            fits.setdefault(id(chain), chain)
            if chain.gender is not None and chain.gender == role.gender:
                alike.setdefault(id(chain), chain)
    fits = alike if len(alike) == 1 else fits
    if len(fits) != 1:
        return None
    found = next(iter(fits.values()))
    return found if _still_open(chains, found, wanted) and not _is_subject(chains, found, token) else None


def _is_subject(chains: Chains, chain: Chain, token: Token) -> bool:
    """Whether the person is the subject of the verb whose object is described: "Doe thanked the Utah Republican"."""
    subjects = {child.i for child in token.head.children if child.dep_ == "nsubj" and child.i != token.i}
    return any(chains.mentions[i].root in subjects for i in chain.members)


def _is_telling(mention: Mention, token: Token) -> bool:
    """Whether a description is of the sort that takes up whom or what the last sentences name."""
    role = role_of(token)
    if mention.kind == "organisation":
        return token.lemma_.lower() not in _OTHER_BODIES
    if is_partisan(token) and any(child.dep_ == "prep" for child in token.rights):  # "the top Democrat on the panel"
        return False
    is_calling = role is not None and role.speaker_kind == "unnamed" and token.lemma_.lower() not in _NOT_TELLING
    return mention.kind == "unnamed" and is_calling


def _is_paper(chain: Chain) -> bool:
    """Whether a name of it is a publication's: "the group" is no newspaper, though no list knows it."""
    return any(ends_as_papers(name) for name in chain.names)


def _called_otherwise(chain: Chain, lemma: str) -> bool:
    """Whether the name itself says that it is another sort of body: no company is called a union or a council."""
    said = {fold(name).rpartition(" ")[2] for name in chain.names} & head_words()
    return bool(said) and lemma not in said and not (lemma in _FIRMS and said & _FIRMS)


def _still_open(chains: Chains, chain: Chain, wanted: str) -> bool:
    """Whether nothing said of the person so far speaks of another calling: the lawyer is not the actress."""
    if wanted == "organisation":
        return True
    nominals = [chains.mentions[i] for i in chain.members if chains.mentions[i].form == "nominal"]
    return not any((role := role_of(chains.doc[m.root])) and role.speaker_kind != "unnamed" for m in nominals)


def _same_head(chains: Chains, index: int, token: Token) -> Chain | None:
    """ "The militants" after "Sunni militants": the last group of that head, when nothing tells them apart."""
    if any(child.dep_ in {"amod", "compound", "poss", "nummod"} for child in token.lefts):
        return None
    lemma = token.lemma_.lower()
    for chain, other in chains.before(index, _FAR):
        is_alike = other.form == "nominal" and chains.doc[other.root].lemma_.lower() == lemma
        if is_alike and chain.kind == "group":
            return chain
    # "The raiders" after "23 pirates": a word for the same sort of people.
    alike = _of_sorts(chains, index, sorts_of(lemma), _FAR)
    return the_one(chain for chain, _ in alike if chain.kind == "group")


def _takes_up(chains: Chains, token: Token, mention: Mention, chain: Chain, country: str | None) -> bool:
    if country and chain.country and country != chain.country:
        return False
    if mention.kind in {"organisation", "government"} and is_another(chains, chain, token):
        return False
    if mention.kind in ORGANISATIONS and is_beside(chains, chain, token):
        return False
    lemma = office_of(token)
    if mention.kind == "unnamed":
        return _has_office(chains, chain, token)
    if mention.kind == "media":
        return chain.kind == "media" or (chain.kind == "organisation" and _is_paper(chain))
    if mention.kind == "organisation":
        return not _is_paper(chain) and _takes_up_body(chains, chain, token)
    if mention.kind in {"government", "armed_group"}:
        is_called_so = has_head(chains, chain, lemma) and not chains.is_plural(chain)
        return chain.kind == mention.kind and (is_called_so or _named_so(chain, lemma))
    if mention.kind == "country":
        return chain.kind == "country" and bool(chain.names)
    return False


def _has_office(chains: Chains, chain: Chain, token: Token) -> bool:
    """Whether that is somebody called so before, of whom nothing known speaks against it."""
    is_called_so = chain.kind in {"person", "unnamed"} and has_head(chains, chain, office_of(token))
    return is_called_so and may_be_meant(chains, chain, token)


def _takes_up_body(chains: Chains, chain: Chain, token: Token) -> bool:
    """Whether "the group", "the union" may be that body."""
    lemma = office_of(token)
    if lemma in {"group", "organisation", "organization"}:
        if not body_sorts(chains, chain).isdisjoint(_NO_GROUPS):
            return False
        if chain.kind == "organisation" and any(child.dep_ == "amod" for child in token.lefts):
            return False
        return chain.kind in {"armed_group", "organisation"} and bool(chain.names)
    is_called_so = has_head(chains, chain, lemma) and not chains.is_plural(chain)
    return chain.kind == "organisation" and (is_called_so or _named_so(chain, lemma))


def _named_so(chain: Chain, lemma: str) -> bool:
    """Whether the word is part of the name: "the university" for Harlow University."""
    return any(lemma in fold(name).split() for name in chain.names)


def _same_label(chains: Chains, mention: Mention, token: Token) -> Chain | None:
    """A label of several ("Iraqi officials") is one group throughout the article."""
    if mention.kind == "unnamed":
        return from_headline(chains, mention, token)
    if mention.kind not in {"group", "government", "armed_group"}:
        return None
    found = chains.labels.get((mention.kind, _label(mention, token), False))
    return None if found is not None and is_of_another_number(chains, found, mention) else found
