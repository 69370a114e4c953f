"""The chains that coreference builds: mentions of one article that are one actor or place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final, TypeVar, cast

from spacy.tokens import Doc

from flows.extract.naming.nominals import PRONOUNS, is_plural, parted_by, role_of, sector_of
from flows.extract.naming.vocabulary import word_class
from flows.names import bare, country_of, fold, gender
from flows.records import Entity, Mention
from flows.resources import lexicon

T = TypeVar("T", bound=Hashable)

_SECTORS: Final = {"rank": "MIL", "office": "GOV", "royal": "GOV"}
_IN_GOVERNMENT: Final = word_class("IN_GOVERNMENT")
_FEMALE_TITLES: Final = word_class("FEMALE_TITLES")
_MALE_TITLES: Final = word_class("MALE_TITLES")


@dataclass(slots=True)
class Chain:
    """One actor or place while it is being put together; `members` are indices of mentions."""

    kind: str
    key: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    gender: str | None = None
    members: list[int] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    label: str | None = None
    has_office: bool = False
    parts: tuple[Chain, ...] = ()  # of those told of together ("Doe and Roe"), each
    nominals: list[int] = field(default_factory=list)  # those of the members, as they came
    told: dict[Callable[[Chains, Mention], Hashable], Told] = field(default_factory=dict)


@dataclass(slots=True)
class Told:
    """What the first `asked` nominals of a chain tell."""

    asked: int = 0
    found: set[Hashable] = field(default_factory=set)


def the_one(found: Iterable[Chain]) -> Chain | None:
    """The chain that all of `found` are; None where they are several, or none."""
    chains = {id(chain): chain for chain in found}
    return next(iter(chains.values())) if len(chains) == 1 else None


class Chains:
    """The state of coreference over one Doc."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text  # spaCy puts it together anew at each call
        self.mentions: tuple[Mention, ...] = doc._.mentions
        self.all: list[Chain] = []
        self._of: dict[int, Chain] = {}
        self._kinds: dict[int, str] = {}
        self.labels: dict[tuple[str, str, bool], Chain] = {}  # kind, label, whether of names

    def new(self, kind: str, key: str | None = None, country: str | None = None, sector: str | None = None) -> Chain:
        chain = Chain(kind, key, country, sector)
        self.all.append(chain)
        return chain

    def add(self, index: int, chain: Chain) -> None:
        """Put mention `index` into the chain and learn from it."""
        mention = self.mentions[index]
        chain.members.append(index)
        self._of[index] = chain
        if mention.form == "name":
            chain.names.setdefault(bare(mention.text).replace("\n", " "), len(chain.names))
        elif mention.form == "nominal":
            chain.nominals.append(index)
        self._learn(chain, mention)

    def join(self, chain: Chain, other: Chain) -> None:
        """Make all mentions of `chain` ones of `other`, which takes its place among those told of together."""
        members, chain.members = chain.members, []
        chain.nominals, chain.told = [], {}
        for joint in self.all:
            if any(part is chain for part in joint.parts):
                joint.parts = tuple(other if part is chain else part for part in joint.parts)
        for index in members:
            self.add(index, other)
        other.members.sort()

    def leave(self, index: int) -> None:
        """Take mention `index` out of its chain."""
        chain = self._of.pop(index, None)
        if chain is not None:
            chain.members.remove(index)
            chain.nominals = [i for i in chain.nominals if i != index]
            chain.told.clear()

    @cached_property
    def sentence(self) -> dict[int, int]:
        """The number of the sentence that each token stands in."""
        return {token.i: n for n, sent in enumerate(self.doc.sents) for token in sent}

    @cached_property
    def at_root(self) -> dict[int, int]:
        """The index of the first mention of each root."""
        return {mention.root: index for index, mention in reversed(tuple(enumerate(self.mentions)))}

    def told(self, chain: Chain, fact: Callable[[Chains, Mention], T | None]) -> set[T]:
        """What `fact` finds at the nominals of a chain, each of which is asked once, however often the chain is."""
        known = chain.told.setdefault(fact, Told())
        for place in range(known.asked, len(chain.nominals)):
            found = fact(self, self.mentions[chain.nominals[place]])
            if found is not None:
                known.found.add(found)
        known.asked = len(chain.nominals)
        return cast("set[T]", known.found)

    def _learn(self, chain: Chain, mention: Mention) -> None:
        if mention.form == "name" and chain.kind == "person":
            chain.gender = chain.gender or title_gender(mention.title_text) or gender(mention.text)
            self._learn_title(chain, mention)
        elif mention.form == "nominal" and not chain.parts:
            role = role_of(self.doc[mention.root])
            if role:
                chain.gender = chain.gender or role.gender
                if chain.kind != "country":
                    chain.sector = chain.sector or sector_of(self.doc[mention.root])
            if chain.kind in {"person", "unnamed", "group"}:
                if role or chain.kind != "person":
                    chain.role = chain.role or self._calling(mention)
                chain.country = chain.country or self.country_near(mention)
        elif chain.kind in {"person", "unnamed"}:
            found = PRONOUNS.get(mention.text.lower())
            chain.gender = chain.gender or (found if found in {"m", "f"} else None)

    def _calling(self, mention: Mention) -> str:
        """The nominal without article and possessor: "the company's chief engineer" gives "chief engineer"."""
        left = [child for child in self.doc[mention.root].lefts if child.dep_ in {"det", "poss"}]
        start = max((child.right_edge.i + 1 for child in left if child.idx >= mention.start), default=None)
        return self.text[mention.start if start is None else self.doc[start].idx : mention.end]

    def _learn_title(self, chain: Chain, mention: Mention) -> None:
        """Office, country and sector from what stands before the name: "Iraqi Prime Minister", "actress"."""
        first = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        before = first[0].i - 1 if first is not None else -1
        if mention.title_text:
            kind = title_kind(mention.title_text)
            if kind in _SECTORS and (chain.role is None or not chain.has_office):
                chain.role, chain.has_office = mention.title_text, True
                if kind != "office" or set(fold(mention.title_text).split()) & _IN_GOVERNMENT:
                    chain.sector = chain.sector or _SECTORS[kind]
            elif kind in {"religious", "rank"}:
                chain.role = chain.role or mention.title_text
            before -= len(mention.title_text.split())
        elif before >= 0 and self.doc[before].pos_ == "NOUN":
            role = role_of(self.doc[before])
            if role and role.kind == "unnamed" and self.doc[before].head.i == mention.root:
                chain.role = chain.role or self.doc[before].text
                chain.gender = chain.gender or role.gender
                chain.sector = chain.sector or role.sector
                before -= 1
        chain.country = chain.country or self._country_before(before)

    def _country_before(self, at: int) -> str | None:
        """The country that the word at `at` names, or the one before its possessive mark."""
        if at > 0 and self.doc[at].text in {"'s", "’s"}:
            at -= 1
        return country_of(self.doc[at].text) if at >= 0 else None

    def country_near(self, mention: Mention) -> str | None:
        """The country that a nominal's own words name: "a senior Iraqi official"."""
        root = self.doc[mention.root]
        for token in self.doc[root.left_edge.i : root.right_edge.i + 1]:
            if token.idx >= mention.end:  # what hangs on the noun may be a list of thousands
                break
            if token.text[:1].isupper() and token.i != root.i and mention.start <= token.idx:
                found = country_of(token.text)
                if found:
                    return found
        return None

    def chain_of(self, index: int) -> int | None:
        chain = self._of.get(index)
        return id(chain) if chain is not None else None

    def get(self, index: int) -> Chain | None:
        return self._of.get(index)

    def before(self, index: int, far: int) -> Iterator[tuple[Chain, Mention]]:
        """The mentions before one that are of a chain, the nearest first, with it; `far` is the first too far off."""
        for back in range(index - 1, max(-1, index - far), -1):
            if (chain := self.get(back)) is not None:
                yield chain, self.mentions[back]

    def kind_of(self, index: int) -> str:
        """The kind of the mention: its chain's where it has one."""
        chain = self._of.get(index)
        return self._kinds.get(index) or (chain.kind if chain is not None else self.mentions[index].kind)

    def is_plural(self, chain: Chain) -> bool:
        if chain.kind in {"group", "armed_group"}:
            return True
        first = self.mentions[chain.members[0]]
        if first.form == "name" and self.doc[first.root].tag_ == "NNPS":
            return True
        return first.form == "nominal" and is_plural(self.doc[first.root])

    def numbers(self) -> dict[int | None, int]:
        """Index of each chain among the entities, in order of first appearance."""
        live = sorted((chain for chain in self.all if chain.members), key=lambda chain: min(chain.members))
        return {id(chain): number for number, chain in enumerate(live)}

    def entities(self, numbers: dict[int | None, int]) -> tuple[Entity, ...]:
        return tuple(
            self._entity(chain, numbers[id(chain)])
            for chain in sorted((chain for chain in self.all if chain.members), key=lambda chain: numbers[id(chain)])
        )

    def _entity(self, chain: Chain, number: int) -> Entity:
        if chain.parts:
            return Entity(number, self._joined(chain.parts), chain.kind, country=_shared(chain.parts))
        names = tuple(sorted(chain.names, key=lambda name: chain.names[name]))
        name = self._fullest(chain, names) if names else self._label(chain)
        return Entity(number, name, chain.kind, names, chain.key, chain.country, chain.role, chain.sector)

    def _joined(self, parts: tuple[Chain, ...]) -> str:
        """The names of those told of together: "Jane Doe, John Roe and residents"."""
        each = [self._entity(part, 0).name for part in parts]
        return f"{', '.join(each[:-1])} and {each[-1]}"

    def _fullest(self, chain: Chain, names: tuple[str, ...]) -> str:
        """The name of most words; among equals the one used most, then the first."""
        used = [bare(self.mentions[i].text).replace("\n", " ") for i in chain.members]
        return max(
            names, key=lambda name: (len(name.split()), not _is_shouted(name), used.count(name), -names.index(name))
        )

    def _label(self, chain: Chain) -> str:
        """The first nominal without its article, else the pronoun; where another group of the article is called the
        same, with what tells this one from it: "officials in the north"."""
        first = self._first_described(chain)
        name = bare(first.text)
        behind = parted_by(self.doc[first.root]) if chain.kind == "group" else []
        if not behind or behind[0][0].idx != first.end + 1 or not self._is_called(name, chain):
            return name
        last = behind[0][1]
        return bare(self.text[first.start : last.idx + len(last)])

    def _first_described(self, chain: Chain) -> Mention:
        nominals = [self.mentions[i] for i in chain.members if self.mentions[i].form == "nominal"]
        return nominals[0] if nominals else self.mentions[min(chain.members)]

    def _is_called(self, name: str, chain: Chain) -> bool:
        """Whether another group of the article goes by that name."""
        groups = (c for c in self.all if c is not chain and c.members and c.kind == "group" and not c.names)
        return any(fold(bare(self._first_described(c).text)) == fold(name) for c in groups)


def _shared(parts: tuple[Chain, ...]) -> str | None:
    countries = {part.country for part in parts}
    return next(iter(countries)) if len(countries) == 1 else None


def _is_shouted(name: str) -> bool:
    """Whether the name stands in a dateline's or headline's capitals."""
    return " " in name and name.isupper()


def title_gender(title: str | None) -> str | None:
    """The gender that a title gives away: "Mrs." or "spokesman"."""
    if not title:
        return None
    words = {word.strip(".,").lower() for word in title.split()}
    if words & _FEMALE_TITLES or any(word.endswith("woman") for word in words):
        return "f"
    if words & _MALE_TITLES or any(word.endswith("man") for word in words):
        return "m"
    return None


@cache
def _title_kinds() -> dict[str, str]:
    return {fold(row["title"]): row["kind"] for row in lexicon("titles")}


def title_kind(title: str) -> str | None:
    """The kind of the last title in the lexicon that `title` ends with: rank, office, honorific …"""
    words = title.split()
    for start in range(len(words)):
        kind = _title_kinds().get(fold(" ".join(words[start:])))
        if kind:
            return kind
    return None
