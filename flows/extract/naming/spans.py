"""The spans of names: the model's entities put right, and the lexicons' names.

Put right are: entities that run over line breaks, articles, possessives and titles inside, hyphenated particles left
outside ("al-" before "Sadr"), and names that the model overlooked though it found them elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Final

from spacy.tokens import Doc, Span, Token

from flows.extract.naming.bodies import find_bodies, head_words, initials
from flows.extract.naming.bracketed import bracketed_names
from flows.extract.naming.firms import ticker_tokens, without_tickers
from flows.extract.naming.fronts import behind_front
from flows.extract.naming.gazetteer import towns
from flows.extract.naming.known import KnownNames, by_surname, known_in, look_up
from flows.extract.naming.nominals import roles
from flows.extract.naming.overlooked import overlooked_persons
from flows.extract.naming.ships import ship_names
from flows.extract.naming.stamps import behind_stamp, is_in_stamp
from flows.extract.naming.vocabulary import word_class
from flows.extract.turns import Label, full_names, labels_of
from flows.names import GENERATIONS, country_word, fold, strip_title
from flows.resources import lexicon, words

LABELS: Final = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "group",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_SAYING: Final = word_class("SPEAKING") | {"warn", "deny"}
_QUOTES: Final = frozenset("\"'“”‘’`«»") | {"``", "''"}
_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’", "s'"})
_SCORE: Final = re.compile(r"\s\d{1,3}-\d{1,3}$")
_EDGE: Final = (
    _QUOTES | _POSSESSIVE | frozenset({"the", "a", "an", "and", "of", ",", "-", "–", "—", "(", ")", ".", ":"})
)
_FRONT: Final = _EDGE | frozenset({"next", "former"})
_PARTICLES: Final = frozenset(row["word"] for row in lexicon("name_particles") if row["in_text"])
_DAYS: Final = frozenset(row["word"].capitalize() for row in lexicon("time_words") if row["class"] == "WEEKDAY")
_CALLED: Final = word_class("PAPERS") | {"news"}
_FIELDS: Final = word_class("MINISTRIES")
_PARTY_AND_STATE: Final = re.compile(
    r"[RDI](?:\.|-[A-Z][a-z]*\.?|-[A-Z]{2}|-(?:[A-Z]\.){2})?$"
)  # behind a lawmaker's name: "R-Ohio", "D-N.J.", "D-TX"
# The speaker of a quotation, whatever mark stands behind, a suffix ("Doe, Jr."), and what is called after somebody.
_NO_NAME: Final = re.compile(r"I\.?(?: I\.?)*|[JS]r\.?|[A-Z]\w+(?:care|omics|exit|mania)")
MOVES: Final = frozenset({"in", "from", "near", "outside", "to", "into", "across", "around", "at", "towards", "toward"})


@dataclass(frozen=True, slots=True)
class NameSpan:
    """One name in the text by token indices; `known` when the lexicons gave the kind."""

    start: int
    end: int
    kind: str
    known: bool
    title_start: int | None = None


def find_names(doc: Doc, known: KnownNames) -> list[NameSpan]:
    """All names of the text, not overlapping, in text order."""
    taken: dict[int, NameSpan] = {}
    lexical = [span for span in known.find(doc) if not _in_office(span)]
    labels = labels_of(doc.text)
    for span in _talkers(doc, full_names(doc.text, labels)):
        _place(taken, span)
    called = (_with_title(doc, start, end, "person", known=False) for start, end in bracketed_names(doc))
    ships = (NameSpan(start, end, "organisation", True) for start, end in ship_names(doc))
    for span in chain(called, ships, _bodies(doc)):
        _place(taken, span)
    ents = [piece for ent in doc.ents if ent.label_ in LABELS for piece in _pieces(ent)]
    tickers = ticker_tokens(doc)
    for start, end, kind in _merge(doc, lexical, list(without_tickers(ents, tickers))):
        if not _is_adjective(doc, start, end, kind):
            _place(taken, _with_title(doc, start, end, kind, known=known_in(doc, doc[start:end].text) is not None))
    for span in _titled(doc, taken):
        _place(taken, span)
    for span in _towns(doc, taken):
        _place(taken, span)
    for token in overlooked_persons(doc, taken):
        _place(taken, NameSpan(token.i, token.i + 1, "person", False))
    for span in repeated(doc, taken):
        _place(taken, span)
    people = {doc[span.end - 1].text.upper() for span in taken.values() if span.kind == "person"}
    for span in _talkers(doc, [label for label in labels if label.surname in people]):
        _place(taken, span)
    found = [_as_person(doc, span) for span in sorted(set(taken.values()), key=lambda span: span.start)]
    titles = {i for span in found if span.title_start is not None for i in range(span.title_start, span.start)}
    return [span for span in found if span.start not in titles and span.start not in tickers]


def _talkers(doc: Doc, labels: Iterable[Label]) -> Iterator[NameSpan]:
    """The names in the labels of a talk, "BRANDL: No."; titles before them are none of the name."""
    for label in labels:
        whole = label.name.of(doc.text)
        first = label.name.end - len(strip_title(whole)[1])
        span = doc.char_span(first, label.name.end, alignment_mode="contract")
        if span is not None:
            yield NameSpan(span.start, span.end, "person", False)


def _as_person(doc: Doc, span: NameSpan) -> NameSpan:
    """Whom news knows by a surname, though a town has the name too: Obama lies in Japan."""
    known = by_surname(doc[span.start : span.end].text) is not None
    return replace(span, kind="person", known=True) if known else span


def _in_office(span: Span) -> bool:
    """ "Minister of Foreign Affairs": the field of an office is no magazine."""
    start = span.start
    return start > 1 and span.doc[start - 1].lower_ == "of" and span.doc[start - 2].lower_ in _FIELDS


def _bodies(doc: Doc) -> Iterator[NameSpan]:
    """Names read by their head word, and their acronyms wherever they stand."""
    acronyms: dict[str, str] = {}
    text = doc.text  # joined anew at each call
    for body in find_bodies(doc):
        found = known_in(doc, doc[body.start : body.end].text)
        kind = found.kind if found else body.kind
        yield NameSpan(body.start, body.end, kind, found is not None)
        short = initials(doc[body.start : body.end].text) if body.acronym is None else doc[body.acronym].text
        if len(short) > 2 and look_up(short) is None and short in text:
            acronyms.setdefault(short, kind)
    for token in doc if acronyms else ():
        if token.text in acronyms:
            yield NameSpan(token.i, token.i + 1, acronyms[token.text], True)


def _is_adjective(doc: Doc, start: int, end: int, kind: str) -> bool:
    """Whether a word of origin or creed only qualifies a noun ("Iranian officials", "predominantly Shiite")."""
    root = doc[start:end].root
    if end < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and kind in {"group", "organisation"}:
        return country_word(doc[start:end].text) is not None
    word = country_word(doc[start:end].text)
    if kind != "group" and not (word and word.role in {"adjective", "people"}):
        return False
    if root.tag_ == "NNPS" and not word:
        return False
    if root.dep_ in {"amod", "compound", "nmod", "acomp"} and (root.dep_ == "acomp" or root.head.i >= end):
        return True
    return end - start == 1 and root.pos_ == "ADJ" and root.tag_ not in {"NNPS", "NNS"}


def _place(taken: dict[int, NameSpan], span: NameSpan) -> None:
    if not any(i in taken for i in range(span.start, span.end)):
        for i in range(span.start, span.end):
            taken[i] = span


def _pieces(ent: Span) -> Iterator[tuple[int, int, str]]:
    """The entity cut at line breaks, each piece without what does not belong to a name."""
    kind = LABELS[ent.label_]
    start = ent.start
    pair = kind == "organisation" and len(ent) == 3 and ent[1].text == "," and ent[2].text[:1].isupper()  # "Acme, Doe"
    for token in ent:
        is_parted = kind in {"person", "organisation"} and token.text == "past"  # "led Odell past Lund"
        is_parted = is_parted or (kind == "person" and _is_listed(token, ent))
        if token.is_space or (pair and token.i == ent.start + 1) or is_parted:
            yield from _trim(ent.doc, start, token.i, kind)
            start = token.i + 1
    speaks = ent[-1].dep_ == "nsubj" and ent[-1].head.lemma_ in _SAYING
    yield from _trim(ent.doc, start, ent.end, "person" if pair and speaks else kind)


def _is_listed(comma: Token, ent: Span) -> bool:
    """Whether a comma inside a person's name parts two people: "Ada, Lund and Teso", not "Ada Brandl, Jr."."""
    return comma.text == "," and comma.i + 1 < ent.end and comma.nbor().lower_.strip(".") not in GENERATIONS


def _trim(doc: Doc, start: int, end: int, kind: str) -> Iterator[tuple[int, int, str]]:
    """Cut edges that are no part of a name, and a title in front; nothing when no capital is left."""
    start, end = behind_stamp(doc, start, end), _before_score(doc, start, end)
    while start < end and (_is_front(doc[start]) or not doc[start].text[-1:].isalnum()):
        if doc[start].text[:1].isalpha() and not _is_front(doc[start]):
            break  # an abbreviation: "U.S."
        start += 1
    if end - start > 2 and doc[end - 1].lower_ == "s" and doc[end - 2].text in _QUOTES:
        end -= 2
    while start < end and (doc[end - 1].lower_ in _EDGE or doc[end - 1].is_space):
        end -= 1
    while end - start > 1 and _is_tail(doc[end - 1], kind):
        end -= 1
    if start > 0 and end > start:
        start = _widen(doc, start, kind)
    if (
        start >= end
        or _PARTY_AND_STATE.match(doc[start:end].text)
        or _NO_NAME.fullmatch(doc[start:end].text)
        or not any(token.text[:1].isupper() for token in doc[start:end])
    ):
        return
    if kind == "person":
        start = behind_front(doc, _after_title(doc, start, end), end)
        if end - start > 1 and doc[end - 1].text.islower():
            return
    yield start, end, kind


def _before_score(doc: Doc, start: int, end: int) -> int:
    """Where a name ends that the model gives with the score of a game: "Odell 65-53"."""
    score = _SCORE.search(doc[start:end].text)
    while score and end > start and doc[end - 1].idx > doc[start].idx + score.start():
        end -= 1
    return end


def _is_front(token: Token) -> bool:
    """Whether a word before a name is none of it: an article, "next" in small letters."""
    return token.lower_ in _EDGE or token.text in _FRONT


def _is_tail(token: Token, kind: str) -> bool:
    """What the model takes for the end of a name: small letters, "told Ardal Monday", "the Harlpress news agency"."""
    if token.text in _DAYS:
        return True
    return token.text.islower() and (kind == "place" or (kind == "organisation" and token.text in _CALLED))


def _widen(doc: Doc, start: int, kind: str) -> int:
    """Take in a hyphenated particle or half name in front: "al-" of "al-Sadr"."""
    while (
        start >= 2 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_ and not doc[start - 2].whitespace_
    ):
        if doc[start - 2].lower_ not in _PARTICLES and not doc[start - 2].text[:1].isupper():
            break
        start -= 2
    if (
        (
            kind == "person"
            and start >= 1
            and doc[start - 1].lower_ in _PARTICLES
            and doc[start - 1].lower_ not in {"la", "le"}
        )
        and start >= 2
        and doc[start - 2].pos_ == "PROPN"
    ):
        start -= 1
    return start


def _after_title(doc: Doc, start: int, end: int) -> int:
    title, rest = strip_title(doc[start:end].text)
    if title is None:
        return start
    offset = doc[start:end].text.rindex(rest) + doc[start].idx
    for i in range(start, end):
        if doc[i].idx >= offset:
            return i
    return start


def _merge(doc: Doc, lexical: list[Span], ents: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The lexicons' names, and the model's where they don't overlap; a longer name of the model wins."""
    ends = {(span.start, span.end) for span in lexical}
    inside: set[int] = set()
    at = {i: span for span in lexical for i in range(span.start, span.end)}
    for start, end, kind in ents:
        over = list({id(at[i]): at[i] for i in range(start, end) if i in at}.values())
        if not over:
            found = known_in(doc, doc[start:end].text)
            yield start, end, found.kind if found else kind
        elif (start, end) not in ends and _is_longer(doc, start, end, kind, over):
            inside.update(span.start for span in over)
            yield start, end, kind
    for span in lexical:
        if span.start not in inside:
            found = known_in(doc, span.text)
            kind = found.kind if found else "group"
            yield from _trim(doc, span.start, span.end, kind)


def _is_longer(doc: Doc, start: int, end: int, kind: str, over: Iterable[Span]) -> bool:
    """Whether the model's name holds the known ones as parts ("Bank of America", "Paris Hilton")."""
    if any(span.start < start or span.end > end for span in over):
        return False
    if known_in(doc, doc[start:end].text) is not None:
        return True
    inner = max(over, key=len)
    rest = [t for t in doc[start:end] if not inner.start <= t.i < inner.end and t.lower_ not in _EDGE]
    return bool(rest) and all(t.text[:1].isupper() or t.lower_ in _PARTICLES for t in rest) and kind != "group"


# --- titles ----------------------------------------------------------------------------------------------------------


@cache
def _last_title_words() -> frozenset[str]:
    return frozenset(fold(row["title"].split()[-1]) for row in lexicon("titles") if row["kind"] != "modifier")


@cache
def _office_words() -> frozenset[str]:
    return frozenset(fold(row["title"].split()[-1]) for row in lexicon("titles") if row["kind"] == "office")


def _with_title(doc: Doc, start: int, end: int, kind: str, *, known: bool) -> NameSpan:
    """The name with the title before it, if one stands there; a title makes a person of it."""
    if kind == "country" or start == 0:
        return NameSpan(start, end, kind, known)
    if kind == "organisation" and not known and _is_called(doc, start, end):
        return NameSpan(start + 1, end, "person", known, start)
    begin = title_start(doc, start)
    if begin is not None and kind in {"place", "organisation", "group"} and not known:
        if doc[start:end].text in words("continents", "name"):
            return NameSpan(start, end, kind, known)
        kind = "person"
    if begin is not None and kind != "person":
        begin = None
    return NameSpan(start, end, kind, known, begin)


def _is_called(doc: Doc, start: int, end: int) -> bool:
    """ "Harbormaster Jane Doe said": a calling and two names that speak, which the model takes for one body."""
    role = roles().get(doc[start].lower_)
    root = doc[start:end].root
    if end - start != 3 or role is None or role.kind != "unnamed" or root.dep_ != "nsubj" or root.i == start:
        return False
    return root.head.lemma_ in _SAYING and doc[end - 1].lower_ not in head_words()


def title_start(doc: Doc, start: int) -> int | None:
    """Where the title that ends before token `start` begins; None when there is none."""
    if (doc[start - 1].is_punct and doc[start - 1].text not in {".", ","}) or doc[start - 1].is_space:
        return None
    last = start - 1
    if doc[last].text == "." and last > 0:
        last -= 1
    if fold(doc[last].text) not in _last_title_words():
        return None
    best = None
    name = doc[start].text
    for begin in range(last, max(-1, last - 9), -1):
        if (
            doc[begin].is_space
            or is_in_stamp(doc[begin])
            or (doc[begin].is_punct and doc[begin].text not in {".", "-"})
        ):
            break
        words = doc[begin:start].text_with_ws
        title, rest = strip_title(words + name)
        if rest == name and title and not doc[begin].is_punct:
            best = begin
    return best


def _titled(doc: Doc, taken: dict[int, NameSpan]) -> Iterator[NameSpan]:
    """Capitalised words behind a rank or honorific that the model did not take for a name."""
    lasts = _last_title_words() - _office_words()
    for token in doc[:-1]:
        if token.i in taken or not token.text[:1].isupper() or fold(token.text) not in lasts:
            continue
        start = token.i + 1
        end = start
        while end < len(doc) and end not in taken and _is_name_word(doc[end]):
            end += 1
        if end > start and fold(doc[start].text) not in lasts and title_start(doc, start) is not None:
            yield NameSpan(start, end, "person", False, title_start(doc, start))


def _is_name_word(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and not token.ent_type_.startswith(("DATE", "NORP"))


# --- names seen elsewhere --------------------------------------------------------------------------------------------


def repeated(doc: Doc, taken: dict[int, NameSpan]) -> Iterator[NameSpan]:
    """Words that are a name elsewhere in the text: surnames of persons, and whole one-word names."""
    kinds: dict[str, str] = {}
    for span in sorted(set(taken.values()), key=lambda span: span.start):
        words = [token.text for token in doc[span.start : span.end]]
        if span.kind == "person" and len(words) > 1 and len(words[-1]) > 2:
            kinds.setdefault(words[-1], "person")
        elif len(words) == 1 and span.kind in {"person", "organisation", "place"} and len(words[0]) > 2:
            kinds.setdefault(words[0], span.kind)
    for token in doc:
        kind = kinds.get(token.text)
        if kind and token.i not in taken and token.text[:1].isupper() and token.pos_ == "PROPN":
            yield _with_title(doc, token.i, token.i + 1, kind, known=False)


def _towns(doc: Doc, taken: dict[int, NameSpan]) -> Iterator[NameSpan]:
    """Towns that the model overlooked: a proper noun that the gazetteer knows, or that stands behind "town of"."""
    for token in doc:
        if token.pos_ != "PROPN" or token.i in taken or not token.text[:1].isupper() or len(token.text) < 4:
            continue
        if token.dep_ not in {"pobj", "dobj", "conj", "nsubj", "nsubjpass", "appos"} or token.ent_type_:
            continue
        if behind_town(doc, token.i) or (token.i + 1 < len(doc) and towns(token.text)):
            yield NameSpan(token.i, token.i + 1, "place", False)


def behind_town(doc: Doc, start: int) -> bool:
    """Behind "the town of", "near the village of"."""
    if start < 2 or doc[start - 1].lower_ != "of":
        return False
    return doc[start - 2].lemma_.lower() in word_class("SITES")
