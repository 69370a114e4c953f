"""Whom the lead keeps nameless: "a 34-year-old driver", whom a later sentence calls "Ivo Brandl, 34, …".

The age that both give, or the one age behind the first name of the text, joins them; so does what befell both, where
it befell nobody else ("A climber has died …", "The body of Ivo Brandl was found").
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.befell import fates_at, is_beside_another, is_calling
from flows.extract.naming.chains import Chain, Chains, the_one
from flows.extract.naming.nominals import is_plural
from flows.extract.naming.particulars import AGE, AGE_BEHIND, may_be_meant, particulars
from flows.extract.naming.vocabulary import word_class
from flows.records import Mention
from flows.resources import words

_LEAD: Final = 3  # sentences in which the lead may keep somebody nameless
_NAMED_WITHIN: Final = 3  # sentences later in which the name must follow
_FATE_WITHIN: Final = 12  # sentences later in which somebody named must have met the same fate
_STOPS: Final = (".", "!", "?", "…")
_OTHERS: Final = word_class("ANOTHER")
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_FORCES: Final = frozenset({"COP", "MIL"})  # who arrest and shoot in most reports
_SEVERAL: Final = 4  # mentions of one fate in heading and lead that may be one person
_ONE_OR_OTHER: Final = frozenset({"dead", "hurt"})  # what may have become of whoever was attacked
_HEADING: Final = 300  # characters from the start within which a heading may stand, and its longest line


def name_the_nameless(chains: Chains) -> None:
    """Join those whom the lead keeps nameless to the person whom the next sentences name."""
    nameless = [chain for chain in chains.all if _is_nameless(chains, chain)]
    if not nameless:
        return
    named = _aged(chains)
    for chain in nameless:
        first = chains.mentions[chain.members[0]]
        age = _age_of(chains, first)
        fits = [one for one, years, _ in named if years == age] if age else []
        if not age and len(nameless) == 1:
            fits = [one for one, _, mention in named[:1] if _comes_next(chains, first, mention)]
        person = the_one(fits)
        if person is None or is_told_beside(chains, chain, person):
            continue
        if chain.gender is None or person.gender in {None, chain.gender}:
            chains.join(chain, person)


def name_by_fate(chains: Chains) -> None:
    """Join those whom the lead keeps nameless to the one person named whom the same befell as them.

    So are "the suspect" and "the victim" of later sentences. Where it befell nobody named, the one of the lead is the
    one of the heading.
    """
    nameless = [c for c in chains.all if _is_nameless(chains, c) or _is_only_called(chains, c)]
    told = {id(chain): fates_of(chains, chain) for chain in nameless}
    nameless = [chain for chain in nameless if told[id(chain)] and not _is_one_of(chains, chain)]
    if not nameless:
        return
    others = [c for c in chains.all if c.members and (c.kind == "person" or _is_crowd(c))]
    told |= {id(chain): fates_of(chains, chain) for chain in others}
    for chain in nameless:
        if not chain.members:
            continue
        rivals = [c for c in nameless if c is not chain and c.members and may_be_same(told[id(chain)], told[id(c)])]
        rivals = [c for c in rivals if not _is_only_called(chains, c)]
        if len(rivals) > _SEVERAL or any(_are_two(chains, *pair) for pair in combinations([chain, *rivals], 2)):
            continue
        met = [c for c in _who_met(chain, others, told) if _is_crowd(c) or _is_soon(chains, chain, c)]
        if not met and any(_goes_on(chains, chain, one) for one in rivals):
            for one in rivals:
                chains.join(one, chain)
        elif len(met) == 1 and _may_be_named(chains, chain, met[0]):
            chains.join(chain, met[0])


def _who_met(chain: Chain, others: list[Chain], told: dict[int, set[str]]) -> list[Chain]:
    """Those whom the same befell as `chain`; where nobody, those whom what may be the same befell: shot and dead.

    Whoever was struck by a car may have died; somebody hurt is as likely the driver.
    """
    mine = told[id(chain)]
    others = [one for one in others if one.members and one is not chain]
    exactly = [one for one in others if mine & told[id(one)]]
    return exactly or [one for one in others if _was_attacked(mine, told[id(one)]) or _died_of(mine, told[id(one)])]


def _is_only_called(chains: Chains, chain: Chain) -> bool:
    """Whether somebody nameless is first told of by what befell him: "the suspect", "the victim"."""
    if chain.kind != "unnamed" or chain.names or not chain.members:
        return False
    first = chains.mentions[min(chain.members)]
    root = chains.doc[first.root]
    is_known = any(child.dep_ == "det" and child.lower_ == "the" for child in root.lefts)
    return is_known and first.form == "nominal" and is_calling(root) and not is_plural(root)


@lru_cache(maxsize=2)
def heading_end(text: str) -> int:
    """Where the lines before the first one that ends as a sentence end: title, date, agency; 0 where there are none."""
    end = 0
    for line in text[: 2 * _HEADING].splitlines(keepends=True):
        if end > _HEADING or len(line) > _HEADING or not line.endswith("\n") or line.rstrip(' \n"”’').endswith(_STOPS):
            break
        end += len(line)
    return end


def _is_crowd(chain: Chain) -> bool:
    return chain.kind == "group" and chain.sector not in _FORCES


def fates_of(chains: Chains, chain: Chain) -> set[str]:
    """What befell somebody, by all his mentions so far; of pronouns by subjects and "whose", the surest ones."""
    mentions = [chains.mentions[i] for i in chain.members]
    roots = [(mention.form, chains.doc[mention.root]) for mention in mentions]
    sure = [root for form, root in roots if form != "pronoun" or root.dep_ in _SUBJECTS or root.lower_ == "whose"]
    return {fate for root in sure for fate in fates_at(root)}


def may_be_same(one: set[str], other: set[str]) -> bool:
    return bool(one & other) or _was_attacked(one, other) or _died_of(one, other) or _died_of(other, one)


def _was_attacked(one: set[str], other: set[str]) -> bool:
    """Whether "shot" and "killed" or "hurt" are told."""
    return any(
        "attacked" in here and not _ONE_OR_OTHER.isdisjoint(there) for here, there in ((one, other), (other, one))
    )


def _died_of(died: set[str], struck: set[str]) -> bool:
    return "dead" in died and "struck" in struck


def _goes_on(chains: Chains, chain: Chain, other: Chain) -> bool:
    """Whether the lead tells of `other` again whom the heading speaks of: "Driver held", "A motorist was arrested"."""
    return _is_in_heading(chains, chain) and not _is_in_heading(chains, other)


def _is_in_heading(chains: Chains, chain: Chain) -> bool:
    return chains.mentions[min(chain.members)].end <= heading_end(chains.text)


def _is_one_of(chains: Chains, chain: Chain) -> bool:
    """Whether somebody nameless is told of with others of his fate: "one Pole and one Dane have died"."""
    return any(is_beside_another(chains.doc[chains.mentions[i].root]) for i in chain.members)


def _are_two(chains: Chains, chain: Chain, other: Chain) -> bool:
    """Whether two nameless ones may be two: of two sexes, in one sentence, or neither of them in the heading."""
    if chain.gender and other.gender and chain.gender != other.gender:
        return True
    if not any(_is_in_heading(chains, one) for one in (chain, other)):
        return True
    return not _sentences(chains, chain).isdisjoint(_sentences(chains, other))


def _sentences(chains: Chains, chain: Chain) -> set[int]:
    """The sentences that tell of somebody as of one not yet known, by their first tokens."""
    mentions = [chains.mentions[i] for i in chain.members]
    return {chains.doc[one.root].sent.start for one in mentions if not _takes_up(one, chains.doc[one.root])}


def _takes_up(mention: Mention, root: Token) -> bool:
    """Whether a mention is of somebody known: "she", "the teenager"."""
    return mention.form == "pronoun" or any(c.dep_ == "det" and c.lower_ == "the" for c in root.lefts)


def is_told_beside(chains: Chains, chain: Chain, person: Chain) -> bool:
    """Whether one sentence tells of both as of two: not by "the teenager" or "she" behind the other."""
    named, told = _first_told(chains, person), _first_told(chains, chain)
    for start in named.keys() & told.keys():
        behind = max(named[start], told[start], key=lambda one: one.start)
        if not _takes_up(behind, chains.doc[behind.root]):
            return True
    return False


def _first_told(chains: Chains, chain: Chain) -> dict[int, Mention]:
    """The first mention of somebody in each sentence, by its first token."""
    mentions = [chains.mentions[i] for i in reversed(chain.members)]
    return {chains.doc[mention.root].sent.start: mention for mention in mentions}


def _may_be_named(chains: Chains, chain: Chain, person: Chain) -> bool:
    """Whether `person` is a person with a name, and neither sex, age nor office speaks against it."""
    if person.kind != "person" or not person.names:
        return False
    if chain.gender and person.gender and chain.gender != person.gender:
        return False
    if is_told_beside(chains, chain, person) or _ages_differ(chains, chain, person):
        return False
    return all(may_be_meant(chains, person, chains.doc[chains.mentions[i].root]) for i in chain.members)


def _is_soon(chains: Chains, chain: Chain, person: Chain) -> bool:
    """Whether the text tells of the person before it is far from where it first tells of the nameless one."""
    first, named = (chains.doc[chains.mentions[min(one.members)].root] for one in (chain, person))
    return chains.sentence[named.i] - chains.sentence[first.i] <= _FATE_WITHIN


def _ages_differ(chains: Chains, chain: Chain, person: Chain) -> bool:
    """Whether ages stand behind both, and not the same: "the suspect, 25," and "Ivo Brandl, 40,"."""
    mine = {found[1] for i in chain.members if (found := AGE_BEHIND.match(chains.text, chains.mentions[i].end))}
    theirs = particulars(chains, person).ages
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _is_nameless(chains: Chains, chain: Chain) -> bool:
    """Whether the chain is one unnamed person, met in the lead."""
    if chain.kind != "unnamed" or chain.names or not chain.members:
        return False
    first = chains.mentions[min(chain.members)]
    root = chains.doc[first.root]
    belongs = any(_is_owner(chains, child) for child in root.lefts) or is_one_more(root)
    return first.form == "nominal" and is_in_lead(chains, root) and not is_plural(root) and not belongs


def is_one_more(noun: Token) -> bool:
    """Whether the noun is of somebody beside those told of before: "a third worker"."""
    return any(child.lower_ in _OTHERS for child in noun.lefts)


def _is_owner(chains: Chains, token: Token) -> bool:
    """Whether somebody before a noun is the one whose relative or follower it means: no "sheriff's deputy" is."""
    if token.dep_ != "poss" or token.head.lemma_.lower() in words("kin"):
        return token.dep_ == "poss"
    index = chains.at_root.get(token.i)
    owner = chains.get(index) if index is not None else None
    is_somebody = owner is not None and owner.kind == "person"
    return is_somebody or token.pos_ == "PRON" or any(c.dep_ == "det" and c.lower_ == "the" for c in token.lefts)


def is_in_lead(chains: Chains, root: Token) -> bool:
    """Whether the noun stands in the heading or the first sentences behind it."""
    if chains.sentence[root.i] <= _LEAD:
        return True
    end = heading_end(chains.text)
    below = next((t for t in chains.doc[: root.i] if t.idx >= end), root) if end else chains.doc[0]
    return chains.sentence[root.i] <= chains.sentence[below.i] + _LEAD - 1


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


def _comes_next(chains: Chains, first: Mention, named: Mention) -> bool:
    """Whether `named` is the first person whom the text names, soon after, and `first` the one it began with."""
    root, name = chains.doc[first.root], chains.doc[named.root]
    begins = root.dep_ in {"nsubj", "nsubjpass", "ROOT"} and any(c.lower_ in {"a", "an"} for c in root.lefts)
    soon = 0 < chains.sentence[name.i] - chains.sentence[root.i] <= _NAMED_WITHIN
    people = [(m, chains.get(i)) for i, m in enumerate(chains.mentions) if m.form == "name" and m.start <= named.start]
    met = {id(one) for _, one in people if one is not None and one.kind == "person"}  # the named one, in a heading too
    return begins and soon and len(met) == 1
