"""Bodies taken up by the noun for their sort: "the company", "the carrier", "the agency" (see body_sorts.tsv).

What sort a body is tells its name ("Harlow Airlines"), what it is called ("Teso, a software company"), or the lexicons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf, log
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.joint import is_beside
from flows.extract.naming.nameless import heading_end
from flows.extract.naming.nominals import is_plural
from flows.extract.naming.offices import office_of
from flows.extract.naming.qualifiers import is_another
from flows.extract.naming.vocabulary import word_class
from flows.known_names import clubs, media, nicknames
from flows.names import fold
from flows.records import Mention
from flows.resources import lexicon

_BODIES: Final = frozenset({"organisation", "government", "armed_group"})
_BY_SECTOR: Final = {
    "BUS": "firm",
    "PTY": "party",
    "JUD": "court",
    "LEG": "parliament",
    "MIL": "army",
    "SPY": "agency",
    "COP": "agency",
}
_SENTENCES: Final = 3  # within which the one most to the fore is meant
_OUT_OF_SIGHT: Final = 8  # sentences from which on no body is near, however often it is named
_FAR: Final = 400  # mentions to look back for the only one of an article
_FAR_MORE: Final = 2  # times as often as another of its sort
_PARTY: Final = "party"
_TEAM: Final = "team"
_OFTEN: Final = 0.4  # what a body is worth by how often the article names it
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_PARTIES: Final = _SUBJECTS | {"dobj", "conj"}  # to what a sentence tells
_OTHERS: Final = word_class("ANOTHER") | word_class("NOT_THAT_BODY")
# Nouns that describe a body of which the text told, whatever stands before them: "the software giant".
_DESCRIBING: Final = word_class("DESCRIBING")
_OPEN: Final = frozenset({"which", "what", "whose", "any", "no", "every", "each", "another", "other"})
_MORE: Final = frozenset({"relcl", "acl", "prep", "appos"})
_BEFORE: Final = frozenset({"amod", "compound", "nmod", "poss", "nummod"})


@cache
def _called() -> Mapping[str, frozenset[str]]:
    """The sorts that each noun may call, with those that are of such a sort."""
    kinds = {row["sort"]: {row["sort"], *(row["is"] or "").split()} for row in lexicon("body_sorts")}
    by_noun: dict[str, set[str]] = defaultdict(set)
    for row in lexicon("body_sorts"):
        for noun in (row["called"] or "").split():
            by_noun[noun] |= {sort for sort, ups in kinds.items() if row["sort"] in ups}
    return {noun: frozenset(sorts) for noun, sorts in by_noun.items()}


@cache
def _by_word() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in lexicon("body_sorts"):
        for word in (row["named"] or "").split():
            found[word].add(row["sort"])
    return {word: frozenset(sorts) for word, sorts in found.items()}


def called_back(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """The body of its sort that a bare noun, "the company", means: the one most to the fore, else the only one."""
    if not _may_call(mention, token):
        return None
    noun, is_bare = token.lemma_.lower(), _is_bare(token)
    best = _of_sort(chains, index, token)
    near = [one for one in best if one.score > -_SENTENCES]
    if near and ((is_bare and noun != _PARTY) or len(near) == 1):  # of parties there are always two
        first = max(near, key=lambda one: one.score)
        return None if _has_rival(chains, first, near, token) else first.chain
    return best[0].chain if is_bare and len(best) == 1 else None


def is_open(chains: Chains, index: int, mention: Mention, token: Token) -> bool:
    """Whether a bare noun may mean either of two bodies of one sentence: "Lund sued Teso. The company …"."""
    if not _may_call(mention, token) or not _is_bare(token):
        return False
    near = [one for one in _of_sort(chains, index, token) if one.score > -_SENTENCES]
    return bool(near) and _has_rival(chains, max(near, key=lambda one: one.score), near, token)


def _has_rival(chains: Chains, first: _Candidate, near: list[_Candidate], token: Token) -> bool:
    """Whether the last sentence that tells of the body tells of another one as well, and neither leads."""
    if not first.chain.names or office_of(token) in chains.told(first.chain, _called_by):
        return False
    told = chains.sentence[first.last.i]
    beside = [one for one in near if one is not first and one.chain.names and chains.sentence[one.last.i] == told]
    return any(not _leads(chains, first, one, token) for one in beside)


def _leads(chains: Chains, first: _Candidate, rival: _Candidate, token: Token) -> bool:
    """Whether the article names the body far more often, or it alone in its heading, so, or as a party."""
    if len(first.chain.members) >= _FAR_MORE * len(rival.chain.members):
        return True
    if _is_named(first.chain, token) and not _is_named(rival.chain, token):
        return True
    if rival.last.dep_ not in _PARTIES:
        return True
    mine, other = (chains.mentions[min(one.chain.members)].end for one in (first, rival))
    return mine <= heading_end(chains.text) < other


def _is_named(chain: Chain, token: Token) -> bool:
    return any(token.lemma_.lower() in fold(name).split() for name in chain.names)


@dataclass(slots=True)
class _Candidate:
    chain: Chain
    score: float
    last: Token  # where it is told of last


def _of_sort(chains: Chains, index: int, token: Token) -> list[_Candidate]:
    """The bodies told of before that the noun may mean, the last first, each by how far to the fore it is.

    Of those further off than what counts as near, it is enough to know whether they are several.
    """
    noun, at = token.lemma_.lower(), chains.sentence[token.i]
    found: dict[int, _Candidate | None] = {}
    fits: list[_Candidate] = []
    for chain, other in chains.before(index, _FAR):
        if other.form == "pronoun":
            continue
        distance = at - chains.sentence[other.root]
        if len(fits) > 1 and distance > _OUT_OF_SIGHT:
            break
        if id(chain) not in found:
            found[id(chain)] = (
                _Candidate(chain, -inf, chains.doc[other.root]) if _is_of_sort(chains, chain, token) else None
            )
            fits += [one] if (one := found[id(chain)]) is not None else []
        if (one := found[id(chain)]) is not None:
            score = _to_the_fore(chains, other, len(chain.members), distance, token)
            one.score = max(one.score, score + (noun in fold(other.text).split()))
    return fits


def _may_call(mention: Mention, token: Token) -> bool:
    return mention.kind in _BODIES and token.lemma_.lower() in _called() and _is_taken_up(token)


def _is_bare(token: Token) -> bool:
    return _BEFORE.isdisjoint(child.dep_ for child in token.lefts)


def _is_taken_up(token: Token) -> bool:
    """Whether nothing stands at the noun that would tell of another body: "the company", "the software giant"."""
    has_article = any(child.dep_ == "det" and child.lower_ == "the" for child in token.lefts)
    more = any(child.dep_ in _MORE for child in token.rights)
    is_before = token.dep_ in {"compound", "nmod"}  # "the law firm Lund and Teso"
    return has_article and not (is_plural(token) or more or is_before) and all(map(_only_describes, token.lefts))


def is_other(token: Token) -> bool:
    """Whether the noun says itself that it is of a body not told of so far: "the other company"."""
    return any(word.dep_ == "amod" and word.lower_ in _OTHERS for word in token.lefts)


def _only_describes(word: Token) -> bool:
    if word.dep_ not in _BEFORE:
        return True
    is_of_trade = word.dep_ in {"amod", "compound"} and word.head.lemma_.lower() in _DESCRIBING
    return is_of_trade and word.lower_ not in _OTHERS


def _to_the_fore(chains: Chains, other: Mention, told: int, distance: int, token: Token) -> float:
    root = chains.doc[other.root]
    score = -1.0 * distance
    if root.dep_ in _SUBJECTS:
        score += 0.8
    elif root.dep_ in {"poss", "pobj"}:
        score -= 0.3
    return score + _OFTEN * log(told) - 0.002 * (token.i - root.i)


def _is_of_sort(chains: Chains, chain: Chain, token: Token) -> bool:
    """Whether that is a body known to be of the sort that the noun calls, or called so already."""
    only_described = token.lemma_.lower() in _DESCRIBING
    if chain.kind not in _BODIES | {"media"} or chain.parts or is_another(chains, chain, token, by_name=only_described):
        return False
    if is_beside(chains, chain, token):
        return False
    if office_of(token) in chains.told(chain, _called_by):
        return True
    return bool(chain.names) and not _called()[token.lemma_.lower()].isdisjoint(body_sorts(chains, chain))


def _called_by(chains: Chains, mention: Mention) -> str | None:
    """What a nominal calls the one body that it tells of."""
    root = chains.doc[mention.root]
    is_open = any(child.lower_ in _OPEN for child in root.lefts)
    return None if is_plural(root) or is_open else office_of(root)


def _noun_of(chains: Chains, mention: Mention) -> str:
    return office_of(chains.doc[mention.root])


def body_sorts(chains: Chains, chain: Chain) -> frozenset[str]:
    """The sorts of body that a named one is known to be of; no armed group is a team, whatever it is called."""
    sorts = _known_sorts(chains, chain)
    return sorts - {_TEAM} if chain.kind == "armed_group" else sorts


def _known_sorts(chains: Chains, chain: Chain) -> frozenset[str]:
    if chain.key in clubs() or not chain.names.keys().isdisjoint(_nicknames()):
        return frozenset({_TEAM})
    if chain.kind == "media":
        outlet = media(chain.key or "")
        return frozenset({"broadcaster"} if outlet is not None and outlet.kind == "broadcaster" else ())
    for name in (chain.key, *chain.names):
        found = _sorts_of_name(name) if name else frozenset()
        if found:
            return found
    called = [_called()[noun] for noun in chains.told(chain, _noun_of) if noun in _called()]
    if called:
        return frozenset.union(*called)
    sector = _BY_SECTOR.get(chain.sector or "") if chain.key else None
    return frozenset({sector} if sector else ())


@cache
def _nicknames() -> frozenset[str]:
    return frozenset(nicknames().values())


@lru_cache(maxsize=4096)
def _sorts_of_name(name: str) -> frozenset[str]:
    """What the last telling word says, or the first before "of": "Harlow Airlines", "Ministry of Works"."""
    head = fold(name).replace(" for ", " of ").partition(" of ")[0].split() or [""]
    return _by_word().get(head[-1], frozenset()) or _by_word().get(fold(name).split()[-1] if name else "", frozenset())


def of_another_sort(chains: Chains, chain: Chain, token: Token) -> bool:
    """Whether the body is known to be of a sort that the noun never calls: a league is no team."""
    wanted, known = _called().get(token.lemma_.lower(), frozenset()), body_sorts(chains, chain)
    return bool(wanted and known) and wanted.isdisjoint(known)
