"""Nominal and pronominal mentions: "a senior Iraqi official", "residents", "they"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.naming.stamps import behind_stamp
from flows.extract.naming.verbs import verb_forms
from flows.extract.naming.vocabulary import word_class
from flows.names import country_of
from flows.resources import lexicon

PRONOUNS: Final = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
    "it": "n", "its": "n", "itself": "n",
    "who": "r", "whom": "r", "whose": "r",
}  # fmt: skip
HEADLINE: Final = 20  # tokens at the start of a text within which capitals tell little
_PARTING: Final = frozenset({"in", "of", "from", "at", "near", "for", "with"})  # before what tells groups apart
_LEFT: Final = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "punct", "predet"})
# Words that stand for people without a noun, as subjects: "others said", "many believe".
_LOOSE: Final = {
    "others": "group", "some": "group", "many": "group", "most": "group", "those": "group", "both": "group",
    "several": "group", "few": "group", "everyone": "group", "everybody": "group", "two": "group", "three": "group",
    "one": "unnamed", "someone": "unnamed", "somebody": "unnamed", "another": "unnamed",
}  # fmt: skip
_FEASTS: Final = word_class("FEASTS")
_OWN: Final = frozenset({"his", "her", "my", "your", "their", "our"})
_DEAD: Final = frozenset({"dead"})
_TITLE_DEPS: Final = frozenset({"compound", "nmod", "amod", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Role:
    """A noun that stands for somebody; see the lexicon `roles`."""

    word: str
    speaker_kind: str
    kind: str
    sector: str | None
    gender: str | None


@dataclass(frozen=True, slots=True)
class NominalSpan:
    """A nominal or pronoun by token indices; `head` is its noun."""

    start: int
    end: int
    head: int
    form: str
    kind: str


@cache
def roles() -> dict[str, Role]:
    """The lexicon of roles by word."""
    return {
        row["word"]: Role(row["word"], row["speaker_kind"], row["kind"], row["sector"] or None, row["gender"] or None)
        for row in lexicon("roles")
    }


def role_of(token: Token) -> Role | None:
    """The role that a noun names, by its form or its lemma; compounds of two words included."""
    table = roles()
    lower = token.lower_
    if token.i > 0 and token.dep_ != "compound":
        pair = f"{token.nbor(-1).lower_} {lower}"
        if pair in table:
            return table[pair]
    return table.get(lower) or table.get(token.lemma_.lower()) or _compound(lower, table)


def _compound(word: str, table: dict[str, Role]) -> Role | None:
    """The last part of a hyphenated role: "cleric-politician", "ex-president"."""
    if "-" not in word:
        return None
    last = word.rsplit("-", 1)[1]
    return table.get(last) or (table.get(last[:-1]) if last.endswith("s") else None)


@cache
def _sectors() -> dict[str, str]:
    """What a word before a noun says of its sector."""
    return {row["word"]: row["sector"] for row in lexicon("sector_words")}


def sector_of(token: Token) -> str | None:
    """The sector of a nominal: what its modifiers say, else what its role says."""
    for child in token.lefts:
        found = _sectors().get(child.lower_) if child.dep_ in {"amod", "compound", "nmod"} else None
        if found:
            return found
    role = role_of(token)
    if role is not None and role.word == "president" and token.i > 0 and token.nbor(-1).lower_ == "vice":
        return None  # firms have more vice presidents than states
    if role is None or role.sector or role.speaker_kind != "official":
        return role.sector if role else None
    # A country's leader or spokesman speaks for its government; one of a firm or a tribe does not.
    is_countrys = any(child.dep_ in {"amod", "poss", "compound"} and country_of(child.text) for child in token.lefts)
    return "GOV" if is_countrys else None


def parted_by(token: Token) -> list[tuple[Token, Token]]:
    """What stands behind a group's noun and tells it from others, preposition and noun: "officials | in the north"."""
    parting = (child for child in token.rights if child.dep_ == "prep" and child.lower_ in _PARTING)
    return [(prep, noun) for prep in parting for noun in prep.children if noun.dep_ == "pobj"]


def is_plural(token: Token) -> bool:
    """Whether the noun means several."""
    return token.tag_ in {"NNS", "NNPS"}


def find_nominals(doc: Doc, named: list[bool]) -> Iterator[NominalSpan]:
    """Nominals whose head is a role, outside names and not merely a name's title; `named` flags tokens of names."""
    for token in doc:
        if named[token.i]:
            continue
        loose = _LOOSE.get(token.lower_)
        if loose and token.pos_ != "ADV" and token.dep_ in {"nsubj", "nsubjpass"}:
            yield NominalSpan(token.i, token.i + 1, token.i, "nominal", loose)
            continue
        if not _can_be_noun(token):
            continue
        role = role_of(token)
        if role is None or role.kind == "document" or _is_title(token, named) or _is_feast(token):
            continue
        if _is_of_body(token) or _is_state(token, named):
            continue
        if token.pos_ == "ADJ" and token.dep_ not in {"nsubj", "pobj", "dobj", "nsubjpass"}:
            continue
        start = _heading_edge(token) if token.dep_ in _TITLE_DEPS and _acts(token, named) else _left_edge(token)
        yield NominalSpan(start, token.i + 1, token.i, "nominal", nominal_kind(token, role))


def _can_be_noun(token: Token) -> bool:
    """Nouns; adjectives in their place ("the wounded"); proper nouns where a headline's capitals may be the reason."""
    if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return False
    if token.text[:1].islower() or is_partisan(token):
        return True
    if token.pos_ == "ADJ" or token.i < HEADLINE or token.i == 0:
        return token.pos_ != "ADJ"
    if token.nbor(-1).lower_ == "the" and token.dep_ in {"nsubj", "nsubjpass"} and token.nbor().text[:1].islower():
        return True  # "The President recalled": capitals of courtesy
    return bool(token.is_sent_start) or (token.pos_ == "NOUN" and not token.nbor(-1).text[:1].islower())


@cache
def partisans() -> frozenset[str]:
    """Words for one of a party's people."""
    return frozenset(row["word"] for row in lexicon("parties") if row["is_person"])


def is_partisan(token: Token) -> bool:
    """Whether the name of a party's people stands for one person: "the Utah Republican", "a Democrat"."""
    if token.lower_ not in partisans() or role_of(token) is None or token.dep_ in _TITLE_DEPS:
        return False
    return any(child.dep_ == "det" and child.lower_ in {"the", "a", "an"} for child in token.lefts)


def _is_feast(token: Token) -> bool:
    """A party that people go to is no actor."""
    return token.lower_ in {"party", "parties"} and any(child.lower_ in _FEASTS for child in token.lefts)


def _is_of_body(token: Token) -> bool:
    """ "His head": what somebody has on the shoulders, not whom a body has at its top."""
    if token.lemma_.lower() != "head" or any(c.dep_ in {"compound", "amod", "appos"} for c in token.children):
        return False
    if token.dep_ == "appos" or any(c.dep_ == "prep" and c.lower_ in {"of", "for", "at"} for c in token.children):
        return False
    return any(c.dep_ == "poss" and c.lower_ in _OWN for c in token.lefts)


def nominal_kind(token: Token, role: Role) -> str:
    """The kind of actor: one person is `unnamed`, several are a `group`; collective nouns as the lexicon says."""
    if role.kind == "unnamed":
        return "group" if is_plural(token) else "unnamed"
    return role.kind


def _is_title(token: Token, named: list[bool]) -> bool:
    """Whether the noun only stands before a name or another role ("President", "police" of "police officer")."""
    if token.dep_ not in _TITLE_DEPS or token.head.i <= token.i or _acts(token, named):
        return False
    return named[token.head.i] or token.head.pos_ in {"NOUN", "PROPN"}


def _acts(token: Token, named: list[bool]) -> bool:
    """Whether a verb that a heading's capitals make a noun of stands behind: "Prison Escapee Added to List", or "dead":
    "Leaves Woman Dead"."""
    after = token.nbor()
    return not named[after.i] and after.text[0].isupper() and after.lower_ in verb_forms() | _DEAD


def _is_state(token: Token, named: list[bool]) -> bool:
    """Whether "Dead" tells in a heading what somebody is: "Woman Dead", "Jane Lund Dead"."""
    if token.lower_ not in _DEAD or token.i == 0 or not token.text[0].isupper():
        return False
    before = token.nbor(-1)
    return named[before.i] or (before.text[0].isupper() and role_of(before) is not None)


def _left_edge(token: Token) -> int:
    """Where the noun phrase begins, without what belongs to a clause before it."""
    start = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ not in _LEFT or child.right_edge.i != start - 1 or child.left_edge.i < token.sent.start:
            break
        if child.dep_ == "punct" and (child.text != "-" or child.whitespace_):  # "Dam is safe - | minister"
            break
        if any(t.is_space for t in child.subtree):
            break
        start = child.left_edge.i
    while start < token.i and token.doc[start].is_punct:
        start += 1
    return behind_stamp(token.doc, start, token.i + 1)


def _heading_edge(token: Token) -> int:
    """Where the noun phrase begins whose noun a heading's capitals make a part of the verb behind it."""
    start = token.i
    for before in reversed(token.doc[token.sent.start : token.i]):
        if before.head not in (token, token.head) or before.dep_ not in _LEFT or before.lower_ in verb_forms():
            break
        start = before.i
    while start < token.i and token.doc[start].is_punct:
        start += 1
    return start


def find_bodies_again(doc: Doc, named: list[bool], words: Mapping[str, str]) -> Iterator[NominalSpan]:
    """ "The service", "the front" where the text names a body of that head word; `words` gives the kind by word."""
    table = roles()
    for match in re.finditer(r"\b[Tt]he (\w+)\b", doc.text) if words else ():
        kind = words.get(match[1])
        span = doc.char_span(*match.span()) if kind and match[1] not in table else None
        if kind is None or span is None or named[span.end - 1]:
            continue
        token = span[-1]
        if token.tag_ == "NN" and token.dep_ not in _TITLE_DEPS:
            yield NominalSpan(span.start, span.end, token.i, "nominal", kind)


def find_pronouns(doc: Doc) -> Iterator[NominalSpan]:
    """Third-person pronouns and the relative "who", each one token."""
    for token in doc:
        gender = PRONOUNS.get(token.lower_)
        if gender is None or token.pos_ not in {"PRON", "DET"}:
            continue
        if gender == "n" and token.dep_ == "expl":
            continue
        yield NominalSpan(token.i, token.i + 1, token.i, "pronoun", "organisation" if gender == "n" else "person")
