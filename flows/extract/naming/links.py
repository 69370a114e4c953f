"""Nominals and pronouns linked to what they stand for, in text order."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from flows.extract.naming.bodies import head_words
from flows.extract.naming.chains import Chain, Chains
from flows.extract.naming.described import name_the_nameless, said_to_be
from flows.extract.naming.nominals import PRONOUNS, is_plural, parted_by, role_of, sector_of
from flows.extract.naming.offices import behind_place, called_by_name, has_head, leader, named_next, office_of
from flows.extract.naming.qualifiers import is_another, qualifiers
from flows.extract.naming.quotes import quoted
from flows.names import country_of, fold, government
from flows.records import Mention

_GOVERNMENTS: Final = frozenset({"government", "regime", "authorities"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "such"})
_ORGANISATIONS: Final = frozenset({"organisation", "armed_group", "government", "media"})
_PLURAL: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
_SAYING: Final = frozenset({"say", "tell", "add", "report", "warn", "claim", "note", "confirm"})
_SENTENCES: Final = 3  # how far back a pronoun's antecedent may lie
_SENTENCES_FAR: Final = 8  # and where one person alone will do
_FAR: Final = 60  # mentions to look back for a nominal's antecedent
_PEOPLE: Final = frozenset({"person", "unnamed", "group"})
_NEAR: Final = 14  # mentions to look back for the one that a description fits
# Words for people that seldom describe somebody named before.
_NOT_TELLING: Final = frozenset(
    {"person", "source", "caller", "speaker", "crew", "individual", "public", "parent", "figure"}
)
# Words for people that stand for firms as well: "the owner, the Harlow Company".
_FIRMS_TOO: Final = frozenset(
    {
        "owner",
        "operator",
        "builder",
        "developer",
        "landlord",
        "supplier",
        "employer",
        "contractor",
        "publisher",
        "rival",
    }
)
_FIRMS: Final = frozenset(
    {"company", "corporation", "firm", "bank", "business", "group", "maker", "cooperative", "trust", "giant", "agency"}
)
_CONTROLLED: Final = frozenset({"xcomp", "pcomp", "acomp", "prep", "pobj", "dobj", "conj"})
_OTHER_BODIES: Final = frozenset(
    {"panel", "board", "jury", "coalition", "alliance", "opposition", "society", "body", "bloc", "league", "school"}
    | {"university", "college", "hospital", "church", "bank", "party", "studio", "label", "institute"}
)
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_INDEFINITE: Final = frozenset({"a", "an", "no", "any", "every", "another"})
_WOULD: Final = frozenset({"would", "will", "should", "must", "may", "might", "could", "can", "shall", "'ll", "’ll"})


def link_others(chains: Chains) -> None:
    """Link nominals, then pronouns, as far as the answer is clear."""
    heads = {mention.root: i for i, mention in enumerate(chains.mentions) if mention.form != "pronoun"}
    for index, mention in enumerate(chains.mentions):
        if mention.form == "nominal":
            _link_nominal(chains, index, mention, heads)
    name_the_nameless(chains)
    flags = quoted(chains.doc)
    every = _sentence_numbers(chains, [False] * len(flags))
    told = _sentence_numbers(chains, flags)  # without those wholly quoted: whoever speaks goes on in them
    for index, mention in enumerate(chains.mentions):
        if mention.form == "pronoun":
            one = PRONOUNS[mention.text.lower()] in {"m", "f"}
            chain = _antecedent(chains, index, heads, flags, told if one else every)
            if chain is not None:
                chains.add(index, chain)
                chain.members.sort()


# --- nominals --------------------------------------------------------------------------------------------------------


def _link_nominal(chains: Chains, index: int, mention: Mention, heads: dict[int, int]) -> None:
    token = chains.doc[mention.root]
    chain = (
        _apposed(chains, token, heads, mention)
        or _compounded(chains, token, heads, mention)
        or called_by_name(chains, token, heads)
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


def _apposed(chains: Chains, token: Token, heads: dict[int, int], mention: Mention) -> Chain | None:
    """The name that the noun stands beside ("the president, Jane Doe") or is said to be ("Doe is the president")."""
    if is_plural(token):
        return None
    partners = [child for child in token.children if child.dep_ == "appos"]
    partners += behind_place(token)
    if token.dep_ == "appos":
        partners.append(token.head)
    partners += said_to_be(token)
    for partner in partners:
        found = heads.get(partner.i)
        chain = chains.get(found) if found is not None else None
        if chain is not None and _may_be(chain, mention):
            return chain
    return None


def _compounded(chains: Chains, token: Token, heads: dict[int, int], mention: Mention) -> Chain | None:
    """The name in "IRNA news agency", "the Hamas group": what the noun says is what the name is."""
    if mention.kind not in _ORGANISATIONS or is_plural(token):
        return None
    for child in token.lefts:
        found = heads.get(child.i)
        is_next = child.dep_ == "compound" and child.i == token.i - 1 - (token.nbor(-1).lower_ == "news")
        chain = chains.get(found) if is_next and found is not None else None
        if chain is not None and chain.names and _may_be(chain, mention):
            return chain
    return None


def _may_be(chain: Chain, mention: Mention) -> bool:
    if mention.kind == "unnamed":
        is_firm = chain.kind == "organisation" and mention.text.split()[-1].lower() in _FIRMS_TOO
        return chain.kind in {"person", "unnamed"} or is_firm
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


def _is_definite(token: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in token.lefts)


def _definite(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """The actor mentioned before that "the official", "the group", "the president" takes up again."""
    if not _is_definite(token) or (is_plural(token) and mention.kind != "group"):
        return None
    if mention.kind == "group":
        return _same_head(chains, index, token)
    country = chains.country_near(mention)
    for back in range(index - 1, max(-1, index - _FAR), -1):
        other = chains.mentions[back]
        chain = chains.get(back)
        if chain is None or other.form == "pronoun":
            continue
        if _takes_up(chains, token, mention, chain, country):
            return chain
    return _described(chains, index, mention, token)


def _described(chains: Chains, index: int, mention: Mention, token: Token) -> Chain | None:
    """ "The actress", "the company" for who or what the last sentences name: only when one alone will do."""
    role = role_of(token)
    if role is None or mention.kind not in {"unnamed", "organisation"} or any(c.dep_ == "poss" for c in token.lefts):
        return None
    if mention.kind == "unnamed" and (role.speaker_kind != "unnamed" or token.lemma_.lower() in _NOT_TELLING):
        return None
    if mention.kind == "organisation" and token.lemma_.lower() in _OTHER_BODIES:
        return None
    wanted = "person" if mention.kind == "unnamed" else "organisation"
    fits: dict[int, Chain] = {}
    for back in range(index - 1, max(-1, index - _NEAR), -1):
        chain = chains.get(back)
        if chain is None or chain.kind != wanted or not chain.names:
            continue
        if wanted == "organisation" and _called_otherwise(chain, token.lemma_.lower()):
            continue
        if chain.gender is None or role.gender in {None, chain.gender}:
            fits.setdefault(id(chain), chain)
    if len(fits) != 1:
        return None
    found = next(iter(fits.values()))
    return found if _still_open(chains, found, wanted) else None


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
    for back in range(index - 1, max(-1, index - _FAR), -1):
        other = chains.mentions[back]
        chain = chains.get(back)
        if chain is None or other.form != "nominal" or chain.kind != "group":
            continue
        if chains.doc[other.root].lemma_.lower() == token.lemma_.lower():
            return chain
    return None


def _takes_up(chains: Chains, token: Token, mention: Mention, chain: Chain, country: str | None) -> bool:
    if country and chain.country and country != chain.country:
        return False
    if mention.kind in {"organisation", "government"} and is_another(chains, chain, token):
        return False
    lemma = office_of(token)
    if mention.kind == "unnamed":
        return chain.kind in {"person", "unnamed"} and has_head(chains, chain, lemma)
    if mention.kind == "media":
        return chain.kind == "media"
    if mention.kind == "organisation":
        if lemma in {"group", "organisation", "organization"}:
            if chain.kind == "organisation" and any(child.dep_ == "amod" for child in token.lefts):
                return False
            return chain.kind in {"armed_group", "organisation"} and bool(chain.names)
        return chain.kind == "organisation" and (has_head(chains, chain, lemma) or _named_so(chain, lemma))
    if mention.kind in {"government", "armed_group"}:
        return chain.kind == mention.kind and (has_head(chains, chain, lemma) or _named_so(chain, lemma))
    if mention.kind == "country":
        return chain.kind == "country" and bool(chain.names)
    return False


def _named_so(chain: Chain, lemma: str) -> bool:
    """Whether the word is part of the name: "the university" for Harlow University."""
    return any(lemma in fold(name).split() for name in chain.names)


def _same_label(chains: Chains, mention: Mention, token: Token) -> Chain | None:
    """A label of several ("Iraqi officials") is one group throughout the article."""
    if mention.kind == "unnamed":
        return _from_headline(chains, mention, token)
    if mention.kind not in {"group", "government", "armed_group"}:
        return None
    return chains.labels.get((mention.kind, _label(mention, token), False))


def _from_headline(chains: Chains, mention: Mention, token: Token) -> Chain | None:
    """The lead says again whom the headline speaks of: "Climber dies in fall", "A climber has died"."""
    text = chains.text
    end = text.find("\n")
    lead = text.find("\n", text.find(".", mention.start)) if end >= 0 else -1
    if not 0 < end < mention.start < min(end + 400, 700) or lead < 0:
        return None
    for chain in chains.all:
        if chain.kind != "unnamed" or not chain.members:
            continue
        first = chains.mentions[chain.members[0]]
        if first.start < end and chains.doc[first.root].lemma_.lower() == token.lemma_.lower():
            near = chains.country_near(mention)
            return chain if near is None or chain.country in {None, near} else None
    return None


# --- pronouns --------------------------------------------------------------------------------------------------------


def _sentence_numbers(chains: Chains, skipped: list[bool]) -> list[int]:
    """The number of each token's sentence; one whose words are all `skipped` doesn't count."""
    numbers: list[int] = []
    number = 0
    for sentence in chains.doc.sents:
        number += any(not skipped[t.i] and t.is_alpha for t in sentence)
        numbers += [number] * len(sentence)
    return numbers


def _antecedent(
    chains: Chains, index: int, heads: dict[int, int], flags: list[bool], sentences: list[int]
) -> Chain | None:
    mention = chains.mentions[index]
    token = chains.doc[mention.root]
    wanted = PRONOUNS[mention.text.lower()]
    if wanted == "r":
        return _relative(chains, token, heads) or _just_before(chains, index)
    best: tuple[float, int] | None = None
    far: dict[int, Chain] = {}
    for back in range(index - 1, max(-1, index - _FAR), -1):
        other = chains.mentions[back]
        distance = sentences[token.i] - sentences[other.root]
        if distance > _SENTENCES and (best is not None or wanted not in {"m", "f"} or distance > _SENTENCES_FAR):
            break
        chain = chains.get(back)
        if chain is None or not _agrees(chains, chain, wanted):
            continue
        if flags[token.i] != flags[other.root] and (flags[other.root] or distance == 0):
            continue
        if _is_barred(chains, chain, other, mention):
            continue
        if distance > _SENTENCES:
            far.setdefault(id(chain), chain)
            continue
        score = _salience(chains, chain, other, distance, token)
        if best is None or score > best[0]:
            best = (score, back)
    if best is not None:
        return chains.get(best[1])
    return next(iter(far.values())) if len(far) == 1 else None


def _relative(chains: Chains, token: Token, heads: dict[int, int]) -> Chain | None:
    """The noun that the relative clause of "who" hangs on."""
    verb = token
    while verb.dep_ != "relcl" and verb.head.i != verb.i and verb.dep_ != "ROOT":
        verb = verb.head
    if verb.dep_ != "relcl":
        return None
    noun = verb.head
    while True:
        found = heads.get(noun.i)
        chain = chains.get(found) if found is not None else None
        if chain is not None and (chain.kind in _PEOPLE or chains.is_plural(chain)):
            return chain
        # "The head of the Harlow family, who …": the clause may hang on the wrong noun.
        if noun.dep_ != "pobj" or noun.head.lower_ != "of":
            return None
        noun = noun.head.head


def _just_before(chains: Chains, index: int) -> Chain | None:
    """The person right before the comma before "who"."""
    if index == 0:
        return None
    other = chains.mentions[index - 1]
    between = chains.text[other.end : chains.mentions[index].start]
    chain = chains.get(index - 1)
    return chain if between in {", ", " "} and chain is not None and chain.kind in _PEOPLE else None


def _agrees(chains: Chains, chain: Chain, wanted: str) -> bool:
    if wanted in {"m", "f"}:
        return chain.kind in {"person", "unnamed"} and chain.gender in {wanted, None}
    if wanted == "p":
        return chains.is_plural(chain) or chain.kind in _ORGANISATIONS
    return chain.kind in _ORGANISATIONS | {"country"} and (chain.kind == "armed_group" or not chains.is_plural(chain))


def _bound(token: Token, other: Token) -> bool:
    """Whether both hang on one verb, so that a plain pronoun can't mean the other: "Doe saw him"."""
    if token.lower_.endswith(("self", "selves")) or token.dep_ == "poss":
        return False
    if token.head.i == other.head.i and other.dep_ in _SUBJECTS | {"dobj", "pobj"}:
        return True
    verb = token.head
    while verb.dep_ in _CONTROLLED and verb.head.i != verb.i:
        verb = verb.head
    # "Doe wants to see him": the subject of the upper verb is that of the lower one too.
    return token.dep_ not in _SUBJECTS and other.dep_ in _SUBJECTS and other.head.i == verb.i


def _is_barred(chains: Chains, chain: Chain, other: Mention, mention: Mention) -> bool:
    """Whether the pronoun can't mean it: both hang on one verb, it holds the pronoun, or it is nobody yet."""
    root = chains.doc[other.root]
    if _bound(chains.doc[mention.root], root) or other.end > mention.start:  # "its" is not "its government"
        return True
    return _to_come(chain, root)


def _to_come(chain: Chain, root: Token) -> bool:
    """Whether that is somebody who may never be: "a judge would lead the inquiry"."""
    if len(chain.members) > 1 or chain.names:
        return False
    if root.dep_ == "pobj" and root.head.lower_ == "as":  # "would not stand again as leader"
        return True
    if root.dep_ not in _SUBJECTS:
        return False
    indefinite = any(c.dep_ == "det" and c.lower_ in _INDEFINITE for c in root.lefts)
    return indefinite and any(c.dep_ == "aux" and c.lower_ in _WOULD for c in root.head.children)


def _salience(chains: Chains, chain: Chain, other: Mention, distance: int, token: Token) -> float:
    """How much to the fore a mention stands: near, subject, name; sources ("officials said") stand back."""
    root = chains.doc[other.root]
    score = -1.0 * distance
    while root.dep_ == "conj" or (root.dep_ == "appos" and other.form == "name" and chain.kind == "person"):
        root = root.head
    if root.dep_ in _SUBJECTS:
        score += 1.2
    elif root.dep_ in {"poss", "pobj"}:
        score -= 0.3
    if token.lower_ in _PLURAL and not chains.is_plural(chain):
        score -= 1.0
    if other.form == "nominal" and chain.kind == "group" and root.head.lemma_ in _SAYING:
        score -= 0.9
    if chain.gender is not None and chain.gender == PRONOUNS[token.lower_]:
        score += 0.8
    if other.form == "name":
        score += 0.3
    if other.form == "pronoun":
        score += 0.4
    if distance == 1 and all(t.dep_ == "nsubj" and t.head.lemma_ in _SAYING for t in (token, root)):
        score += 0.4  # who spoke last speaks on
    return score - 0.002 * abs(token.i - other.root)
