"""Clubs that a text names in full and then for short: "the New Orleans Saints", "Saints" (see teams.tsv)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from flows.extract.naming.bodies import head_words
from flows.extract.naming.gazetteer import is_place
from flows.extract.naming.known import look_up
from flows.extract.naming.nominals import roles
from flows.extract.naming.spans import NameSpan
from flows.known_names import nicknames
from flows.resources import words


def with_nicknames(doc: Doc, names: Iterable[NameSpan]) -> list[NameSpan]:
    """The names, with those nicknames of clubs that the model took for other words: "Saints lose", "CHIEFS LOSE"."""
    found = list(names)
    clubs = {known.key for span in found if (known := look_up(doc[span.start : span.end].text)) is not None}
    bodies = {doc[span.start : span.end].text for span in found if span.kind == "organisation"}
    called = {short for name, short in nicknames().items() if name in clubs or short in bodies}
    text = doc.text
    at_home = {short for name, short in nicknames().items() if short in text and _is_at_home(text, name, short)}
    found = [_as_club(doc, span) if doc[span.start : span.end].text in at_home else span for span in found]
    short = {form for name in called for form in _forms(name)}
    placed = {doc[span.end - 1].text for span in found if _is_placed(doc, span)}
    if not short | placed:
        return found
    found = [_as_club(doc, span) if doc[span.start : span.end].text in short else span for span in found]
    taken = {i for span in found for i in range(span.start if span.title_start is None else span.title_start, span.end)}
    ends = {len(form.split()) for form in short | placed}
    for token in doc:
        for end in (token.i + size for size in ends):
            text = doc[token.i : end].text
            is_called = text in short or (text in placed and not _goes_on(token))
            if is_called and taken.isdisjoint(range(token.i, end)) and _is_whole(doc, end):
                found.append(NameSpan(token.i, end, "organisation", False))
    return sorted(found, key=lambda span: span.start)


def _is_at_home(text: str, name: str, short: str) -> bool:
    """Whether a text that has a club's nickname has its place as well: "The Saints won", "New Orleans signed Odell"."""
    place = name.removesuffix(short).strip()
    return place != name and re.search(rf"\b{re.escape(place)}\b", text) is not None


def _goes_on(token: Token) -> bool:
    """Whether a longer name ends with the word: "Odell Falcons"."""
    return token.i > 0 and token.nbor(-1).pos_ == "PROPN"


def _is_placed(doc: Doc, span: NameSpan) -> bool:
    """Whether a body's name is a place's and one word more in the plural, as a club's is: "Denver Falcons"."""
    last = doc[span.end - 1]
    if span.kind != "organisation" or span.end - span.start == 1 or last.tag_ not in {"NNPS", "NNP"}:
        return False
    is_telling = last.text.endswith("s") and last.lower_ not in words("common_bodies") | head_words() | roles().keys()
    return is_telling and is_place(doc[span.start : span.end - 1].text)


def _forms(name: str) -> tuple[str, str]:
    return name, name.upper()


def _as_club(doc: Doc, span: NameSpan) -> NameSpan:
    known = look_up(doc[span.start : span.end].text)
    return span if known is not None and known.kind == "organisation" else replace(span, kind="organisation")


def _is_whole(doc: Doc, end: int) -> bool:
    """Whether no word is joined to the name by a hyphen."""
    return end == len(doc) or doc[end].text != "-" or bool(doc[end - 1].whitespace_)
