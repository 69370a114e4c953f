"""Names of one article that are one actor or place: full name and surname, acronym and expansion, short forms."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import cache, lru_cache
from typing import Final

from flows.extract.naming.bodies import head_words, initials
from flows.extract.naming.chains import Chain, Chains, title_gender
from flows.extract.naming.evidence import paper_words
from flows.extract.naming.gazetteer import country_of_place, is_place
from flows.extract.naming.known import Known, by_surname, known_in, look_up, means_by_home, seat_of
from flows.extract.naming.located import locates
from flows.extract.naming.nominals import roles
from flows.extract.naming.renamed import join_renamed
from flows.extract.naming.vocabulary import word_class
from flows.known_names import clubs
from flows.names import COMPATIBLE, fold, gender, name_words, normalise, similarity, skeleton, surname, word_similarity
from flows.records import Mention
from flows.resources import words

# Verbs whose subject acts or speaks: a capital that is their subject is its government.
ACTING: Final = word_class("ACTING")
KIN: Final = words("kin")
_LATE: Final = frozenset({"late", "deceased"})
_KILLED: Final = word_class("KILLING")
MIN_INITIALS: Final = 3
_PAIR: Final = re.compile(r"(\w{3,})[-–/](\w{3,})")
_GIVEN: Final = word_class("PRIZES")
_LEGAL: Final = word_class("LEGAL_FORMS")


def cluster_names(chains: Chains) -> None:
    """Put every name mention into a chain, save the bare surnames that two people could bear."""
    persons: list[int] = []
    for index, mention in enumerate(chains.mentions):
        if mention.form != "name" or _is_pair(chains, mention):
            continue
        if mention.kind == "person":
            persons.append(index)
        else:
            _add_other(chains, index, mention)
    _join_acronyms(chains)
    _join_initials(chains)
    _join_short_forms(chains)
    _cluster_persons(chains, persons)
    join_renamed(chains)
    _locate(chains)


def _is_pair(chains: Chains, mention: Mention) -> bool:
    """Whether a name is of two people whom the text names by themselves too: "the Brandl-Odell feud"."""
    parts = _PAIR.fullmatch(mention.text)
    if parts is None or mention.kind not in {"person", "organisation"}:
        return False
    others = {m.text.split()[-1] for m in chains.mentions if m.form == "name" and m.kind == "person"}
    return others.issuperset(parts.groups())


def _locate(chains: Chains) -> None:
    """Give places their country: that of a town of the name, in the countries that the text speaks of first."""
    nearby: Counter[str] = Counter()
    for chain in chains.all:
        if chain.country and chain.kind in {"country", "government", "armed_group", "group", "place"}:
            nearby[chain.country] += len(chain.members)
    for chain in chains.all:
        if chain.kind == "place" and chain.country is None and chain.names:
            chain.country = country_of_place(next(iter(chain.names)), nearby)


# --- organisations, countries, places --------------------------------------------------------------------------------


def _add_other(chains: Chains, index: int, mention: Mention) -> None:
    known = known_in(chains.doc, mention.text)
    if mention.kind == "place" and _acts(chains, mention):
        known = seat_of(mention.text) or known
    kind = known.kind if known else mention.kind
    if kind == "country" and locates(chains.doc, mention, place_before=_is_behind_place(chains, index)):
        kind = "place"
    label = _label(mention.text, known.key if known else None, kind)
    found = chains.labels.get((kind, label, True))
    if found is not None:
        chains.add(index, found)
        return
    listed = known is not None and kind not in {"place", "group"}
    chain = chains.new(kind, known.key if known and listed else None, known.country if known else None)
    chain.sector = known.sector if known else None
    chain.label = label
    chains.labels[kind, label, True] = chain
    chains.add(index, chain)


def _is_behind_place(chains: Chains, index: int) -> bool:
    """Whether a mention stands right behind a place and a comma."""
    if index == 0:
        return False
    before = chains.mentions[index - 1]
    between = chains.text[before.end : chains.mentions[index].start]
    return before.kind == "place" and before.form == "name" and between.strip(" ") == ","


def _label(text: str, key: str | None, kind: str) -> str:
    words = [word for word in fold(key or normalise(text)).split() if word not in _LEGAL]
    label = " ".join(words) or fold(text)
    return label.rstrip("s") if kind == "group" else label


def _acts(chains: Chains, mention: Mention) -> bool:
    """Whether the place is the subject of a verb of saying, wanting or deciding: then its government is meant."""
    root = chains.doc[mention.root]
    head = root
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    if head.dep_ == "poss" or head.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if head.head.lemma_ == "be":
        return any(child.dep_ == "acomp" for child in head.head.children)
    return head.head.lemma_ in ACTING


def _initials(name: str) -> set[str]:
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    full = "".join(word[0] for word in words).upper()
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return {full, capitals, "".join(char for char in name if char.isupper())}


def _join_acronyms(chains: Chains) -> None:
    """ "Eastern Rail Union (ERU)": the acronym in brackets behind a name is the name's, wherever it stands."""
    text = chains.text
    names = [(i, m) for i, m in enumerate(chains.mentions) if m.form == "name"]
    for (i, first), (j, second) in itertools.pairwise(names):
        between = text[first.end : second.start]
        if between.strip(" \"'“”‘’") not in {"(", ", or", "or"} or " " in second.text:
            continue
        one, other = chains.get(i), chains.get(j)
        if one is not None and other is not None and one is not other and _short(second.text) in _initials(first.text):
            _merge(chains, one, other)


def _join_initials(chains: Chains) -> None:
    """An acronym is the only body of the text that has its initials, though no brackets say so."""
    bodies = [c for c in chains.all if c.kind in {"organisation", "armed_group", "government"} and c.members]
    for chain in bodies:
        name = next(iter(chain.names), "")
        if chain.key is not None or len(name) < MIN_INITIALS or not (name.isupper() and name.isalpha()):
            continue
        whole = [c for c in bodies if c is not chain and any(initials(n) == name for n in c.names if " " in n)]
        if len(whole) == 1:
            _merge(chains, whole[0], chain)


def _short(text: str) -> str:
    return text.replace(".", "").upper()


def _merge(chains: Chains, into: Chain, other: Chain) -> None:
    """Move the members of `other` into `into`; what the lexicons know of either is kept."""
    into.key = into.key or other.key
    into.country = into.country or other.country
    into.sector = into.sector or other.sector
    if other.kind in {"armed_group", "media", "government"} and into.kind == "organisation":
        into.kind = other.kind
    for index in sorted(other.members):
        chains.add(index, into)
    other.members.clear()
    if other.label:
        chains.labels[other.kind, other.label, True] = into
    into.members.sort()


def _join_short_forms(chains: Chains) -> None:
    """ "Harlow Institute" is "Harlow Institute of Physics" when no other name in the text begins or ends so."""
    organisations = [
        chain for chain in chains.all if chain.kind in {"organisation", "armed_group", "government", "media"}
    ]
    edges: dict[str, list[Chain]] = {}
    alone = {chain.label for chain in organisations if chain.label}
    for chain in organisations:
        words = (chain.label or "").split()
        for word in {words[0], words[-1]} if words else set():
            edges.setdefault(word, []).append(chain)
    for chain in organisations:
        at_home = bool(chain.names) and all(map(means_by_home, chain.names))
        if not chain.members or not chain.label or (chain.key is not None and not at_home):
            continue
        words = fold(next(iter(chain.names))).split() if at_home else chain.label.split()
        near = {id(c): c for word in (words[0], words[-1]) for c in edges.get(word, ())}
        longer = [
            c
            for c in near.values()
            if c.members
            and c.label
            and (_is_part(words, c.label.split()) or _is_nickname(words, c.label.split(), alone))
        ]
        if chain.kind == "media" and set(words) <= paper_words():  # "the Courier"
            papers = [c for c in near.values() if c.members and c.kind == "media" and _ends_with(c.label, words)]
            longer = papers or longer
        if at_home:  # "the California Supreme Court" and then "the Supreme Court", but no "House Budget Committee"
            longer = [c for c in longer if c.key is None and len(words) > 1 and _ends_with(_first_name(c), words)]
        if len(longer) == 1:
            chain.key = None if at_home else chain.key
            _merge(chains, longer[0], chain)


def _first_name(chain: Chain) -> str:
    return fold(next(iter(chain.names)))


def _ends_with(label: str | None, words: list[str]) -> bool:
    """Whether a longer label ends with these words."""
    longer = (label or "").split()
    return len(longer) > len(words) and longer[-len(words) :] == words


def _is_part(short: list[str], longer: list[str]) -> bool:
    if len(short) >= len(longer) or (len(short) == 1 and len(short[0]) < 3):
        return False
    if longer[-1] in _GIVEN:  # "the Academy" gives the Academy Awards
        return False
    if longer[-len(short) :] == short:
        is_ship = longer[: -len(short)] in ([fold(prefix)] for prefix in words("ship_prefixes"))
        return len(short) > 1 or is_ship or _is_team(" ".join(longer[:-1]), short[0])
    return longer[: len(short)] == short


def _is_nickname(short: list[str], longer: list[str], bodies: set[str]) -> bool:
    """ "Falcons" of a team that is called "Odell Falcons" and "Odell" as well."""
    if len(short) > 1 or longer[1:] != short or longer[0] not in bodies or not short[0].endswith("s"):
        return False
    return short[0] not in words("common_bodies") | head_words() | roles().keys()


def _is_team(before: str, last: str) -> bool:
    """Whether "Harlow Rovers" is called by its last word alone: it tells which body of the place is meant."""
    if last in words("common_bodies") or last in head_words() or last in roles():
        return f"{before} {last}" in _clubs()
    return is_place(before.title()) or f"{before} {last}" in _clubs()


@cache
def _clubs() -> frozenset[str]:
    return frozenset(map(fold, clubs()))


# --- persons ---------------------------------------------------------------------------------------------------------


def _cluster_persons(chains: Chains, indices: list[int]) -> None:
    """Full names first, then the bare ones in text order."""
    mentions = chains.mentions
    bare = [i for i in indices if len(_core_size(mentions[i].text)) < 2]
    full = sorted((i for i in indices if i not in set(bare)), key=lambda i: (-len(mentions[i].text.split()), i))
    people: list[Chain] = []
    seen: dict[tuple[str, str | None], Chain] = {}
    for index in full:
        spelled = (mentions[index].text, mentions[index].title_text)
        if spelled in seen:
            chains.add(index, seen[spelled])
        else:
            seen[spelled] = _add_person(chains, people, index)
    for chain in people:
        chain.members.sort()
        chain.names = {name: n for n, name in enumerate(dict.fromkeys(mentions[i].text for i in chain.members))}
    fits: dict[str, list[Chain]] = {}
    for index in bare:
        _add_bare(chains, people, fits, index)


def _core_size(name: str) -> tuple[str, ...]:
    return tuple(word for word in name_words(name) if len(word) > 2 or len(name_words(name)) == 1)


def _add_person(chains: Chains, people: list[Chain], index: int) -> Chain:
    name = chains.mentions[index].text
    known = _known_person(chains.mentions[index])
    for chain in people:
        if known and chain.key:
            if chain.key != known.key:
                continue
        elif not _sounds_alike(name, chain) or not all(similarity(name, o) >= COMPATIBLE for o in chain.names):
            continue
        chains.add(index, chain)
        return chain
    chain = chains.new("person", known.key if known else None, known.country if known else None)
    chain.sector = known.sector if known else None
    people.append(chain)
    chains.add(index, chain)
    return chain


@lru_cache(maxsize=16384)
def _initials_of(name: str) -> frozenset[str]:
    return frozenset(skeleton(word)[:1] for word in name_words(name))


def _sounds_alike(name: str, chain: Chain) -> bool:
    """A quick look before the full comparison: whether any two words begin with one sound."""
    return not _initials_of(name).isdisjoint(_initials_of(next(iter(chain.names))))


def _best_fits(word: str, people: list[Chain]) -> list[Chain]:
    scores = [(chain, _fit(word, chain)) for chain in people if _sounds_alike(word, chain)]
    best = max((score for _, score in scores), default=0.0)
    return [chain for chain, score in scores if score == best and score > 0]


def _add_bare(chains: Chains, people: list[Chain], fits: dict[str, list[Chain]], index: int) -> None:
    mention = chains.mentions[index]
    if mention.text not in fits:
        fits[mention.text] = _best_fits(mention.text, people)
    found = fits[mention.text]
    wanted = title_gender(mention.title_text)
    if wanted:  # "Ms Doe" is not Mr Doe, though no other Doe is named
        found = [chain for chain in found if _gender_of(chain) in {wanted, None}]
    known = _known_person(mention)
    if known:  # "President Doe" is no relative of his, though no other Doe is named
        found = [chain for chain in found if _may_be(chain, known)]
    if not found:
        known = known or by_surname(mention.text, wanted)
        chain = chains.new("person", known.key if known else None, known.country if known else None)
        chain.sector = known.sector if known else None
        people.append(chain)
        fits[mention.text] = [*fits[mention.text], chain]
        chains.add(index, chain)
    elif len(found) == 1:
        chains.add(index, found[0])
    else:
        found = [chain for chain in found if not _is_relative(chains, chain)] or found
        if _speaks(chains, mention):
            found = [chain for chain in found if not _is_dead(chains, chain)] or found
        meant = _of_the_news(chains, found, mention, wanted) or _nearest(found, index)
        if meant is not None:
            chains.add(index, meant)


def _may_be(chain: Chain, known: Known) -> bool:
    """Whether a person may be one whom the lexicon knows."""
    return chain.key is not None or any(similarity(name, known.key) >= COMPATIBLE for name in chain.names)


def _known_person(mention: Mention) -> Known | None:
    """The lexicon's entry of the name, alone or with its last title ("President Obama")."""
    title = (mention.title_text or "").split()
    for written in (mention.text, f"{title[-1]} {mention.text}" if title else ""):
        known = look_up(written) if written else None
        if known is not None and known.kind == "person":
            return known
    return None


def _gender_of(chain: Chain) -> str | None:
    return chain.gender or next((g for g in map(gender, chain.names) if g), None)


def _fit(word: str, chain: Chain) -> float:
    """How well a one-word name fits a chain: as a surname 2, as another bare name 2, as a given name 1; else 0."""
    key = normalise(word)
    best = 0.0
    for name in chain.names:
        words = name_words(name)
        if word_similarity(surname(word), surname(name)) > 0 and len(surname(name)) > 1:
            best = max(best, 2.0)
        elif words and word_similarity(key, words[0]) >= 0.95 and len(key) > 2:
            best = max(best, 1.0)
    return best


def _is_relative(chains: Chains, chain: Chain) -> bool:
    """Whether the text brings the person in as somebody's kin ("his sister, Jane Doe"): such are named in full."""
    for i in chain.members:
        root = chains.doc[chains.mentions[i].root]
        beside = [child for child in root.children if child.dep_ in {"appos", "compound"}]
        if root.dep_ == "appos":
            beside.append(root.head)
        if root.dep_ == "attr" and root.head.lemma_ == "be":  # "her father was John Doe"
            beside += [child for child in root.head.children if child.dep_ == "nsubj"]
        if any(token.lemma_.lower() in KIN for token in beside):
            return True
    return False


def _speaks(chains: Chains, mention: Mention) -> bool:
    root = chains.doc[mention.root]
    return root.dep_ == "nsubj" and root.head.lemma_ in ACTING


def _is_dead(chains: Chains, chain: Chain) -> bool:
    """Whether the text says that the person died: "who died in 1990", "the late", "was killed"."""
    for i in chain.members:
        root = chains.doc[chains.mentions[i].root]
        if any(child.dep_ in {"amod", "compound"} and child.lower_ in _LATE for child in root.lefts):
            return True
        verbs = [child for child in root.children if child.dep_ == "relcl" and child.left_edge.lower_ == "who"]
        if root.dep_ in {"nsubj", "nsubjpass"}:
            verbs.append(root.head)
        for verb in verbs:
            passive = any(child.dep_ == "auxpass" for child in verb.children)
            if verb.tag_ in {"VBD", "VBN"} and (verb.lemma_ == "die" or (passive and verb.lemma_ in _KILLED)):
                return True
    return False


def _of_the_news(chains: Chains, found: list[Chain], mention: Mention, wanted: str | None) -> Chain | None:
    """Whom news calls by the bare surname, though others of that name come up, who are then named in full.

    Whom nearly everybody means by it, else whom the text called so before it brought in the next of that name.
    """
    known = by_surname(mention.text, wanted)
    famous = [chain for chain in found if known is not None and chain.key == known.key]
    if len(famous) == 1:
        return famous[0]
    if len(found) < 2:
        return None
    first, second = sorted(found, key=lambda chain: min(chain.members))[:2]
    called = (i for i in first.members if len(_core_size(chains.mentions[i].text)) < 2)
    return first if any(i < min(second.members) for i in called) else None


def _nearest(found: list[Chain], index: int) -> Chain | None:
    """The chain mentioned last before `index`; when none was, the one that the text brings in next."""
    before = [(max(i for i in chain.members if i < index), chain) for chain in found if min(chain.members) < index]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    return min(found, key=lambda chain: min(chain.members), default=None)
