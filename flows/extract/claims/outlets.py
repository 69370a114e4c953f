"""Publications that no lexicon knows, by the form of their names and by where these stand."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.claims import sources
from flows.extract.claims.media import Publication, is_social, role_in
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import word_class
from flows.resources import words as listed

# Stations: KRTV, RTV, Teso-FM; a letter K or W and three more are an American station's.
_CALL_SIGN: Final = re.compile(r"[KW][A-Z]{3}|[A-Z]{1,4}(?:TV|FM)|(?:TV|FM)[A-Z0-9]{1,3}")
_FROM: Final = frozenset({"of", "from", "at", "on"})
_NO_NAME: Final = frozenset({"GPE", "LOC", "NORP", "EVENT", "DATE", "TIME", "LAW", "LANGUAGE"})


def outlet_at(scene: Scene, head: Token, *, alone: bool) -> Publication | None:
    """The publication named by the noun phrase of `head`, or whose programme or reporter it is; else None.

    Its name has an outlet's word in it ("Radio Teso", "the Kostrel Courier", "Kanal 7"), or the phrase calls it one
    ("the station KRTV"). With `alone`, the frame tells that it was told something: then the name of a body is enough
    which the article doesn't mention anywhere else, and which is no institution's, company's or charity's.
    """
    for token in _names(head):
        run = _run(scene, token)
        if run is not None and (_has_outlet_word(scene, *run, alone) or _is_called_one(scene, token)):
            return _made(scene, token, *run)
    run = _run(scene, head) if alone else None
    return _made(scene, head, *run) if run is not None and _is_unknown_body(scene, head, *run) else None


def _names(head: Token) -> list[Token]:
    """The head, what it belongs to, what it is called, and what it works for or is broadcast on."""
    found = [head]
    for child in head.children:
        if child.dep_ in ("poss", "appos", "compound") and child.pos_ == "PROPN":
            found.append(child)
        elif child.dep_ == "prep" and child.lower_ in _FROM:
            found += [x for x in child.children if x.dep_ == "pobj"]
    beside = [c for c in head.head.children if c.i == head.i + 1 and c.dep_ == "dobj"]  # "told the station | KRTV"
    return found + (beside if head.pos_ == "NOUN" else [])


def _run(scene: Scene, token: Token) -> tuple[int, int] | None:
    """First and last token of the capitalised name around `token`, with a number at its end."""
    if token.pos_ != "PROPN" or not token.text[:1].isupper() or token.ent_type_ in ("DATE", "TIME"):
        return None
    if token.lower_ in word_class("MEANS"):
        return None
    first = last = token.i
    while first > 0 and _is_of_name(scene.tokens[first - 1], token, scene.tokens[first]):
        first -= 1
    while last + 1 < len(scene.tokens) and _is_of_name(scene.tokens[last + 1], token, scene.tokens[last]):
        last += 1
    number = scene.tokens[last + 1] if last + 1 < len(scene.tokens) else None
    if number is not None and number.text.isdigit() and first <= number.head.i <= last:
        last += 1
    while first < last and scene.tokens[first].pos_ == "DET":
        first += 1
    return first, last


def _is_of_name(near: Token, token: Token, edge: Token) -> bool:
    """Whether the token beside `edge`, the name's first or last, belongs to the name of `token`."""
    hyphen = near.text == "-" and near.head.i == token.i
    proper = near.pos_ == "PROPN" and near.text[:1].isupper() and near.ent_type_ not in ("DATE", "TIME")
    return hyphen or (proper and (near.head.i in (token.i, edge.i, token.head.i) or token.head.i == near.i))


def _has_outlet_word(scene: Scene, first: int, last: int, alone: bool) -> bool:
    texts = [t.text for t in scene.tokens[first : last + 1]]
    if is_social(" ".join(texts)) or _is_institution(scene, first, last):
        return False
    if first < last and texts[-1].isdigit():
        return alone and scene.lemma[last - 1] not in word_class("NUMBERED") and len(texts[-1]) < 3
    if first == last:
        return _CALL_SIGN.fullmatch(texts[0]) is not None
    if texts[-1].lower() in word_class("MASTHEADS") and _is_person(scene, first, last):
        return False
    ends = word_class("MASTHEADS") | word_class("ON_AIR") | word_class("ON_LINE")
    return texts[-1].lower() in ends or texts[0].lower() in word_class("ON_AIR")


def _is_person(scene: Scene, first: int, last: int) -> bool:
    """Whether somebody is called that: "Officer Dan Globe", "Judge Monitor"; nobody is "the Austin Globe"."""
    before = scene.tokens[first - 1].lower_ if first else ""
    if before == "the":
        return False
    span = scene.span(first, last)
    kinds = {m.kind for m in scene.doc._.mentions if m.form == "name" and m.start < span.end <= m.end}
    words = {before, *(t.lower_ for t in scene.tokens[first:last])}
    named = "person" in kinds or (not kinds and bool(words & listed("given_names", "name")))
    return named or bool(words & (listed("roles") | _titles()))


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.lower() for title in listed("titles", "title"))


def _is_called_one(scene: Scene, token: Token) -> bool:
    """Whether a noun right before the name says that it is one: "broadcaster RTX", "the website Teso Today"."""
    first = token.i
    while first > 0 and scene.tokens[first - 1].pos_ == "PROPN":
        first -= 1
    noun = scene.tokens[first - 1] if first else token
    return noun.pos_ == "NOUN" and scene.lemma[noun.i] in word_class("PRESS") and not is_social(token.text)


def _is_unknown_body(scene: Scene, head: Token, first: int, last: int) -> bool:
    span = scene.span(first, last)
    mentions = scene.doc._.mentions
    named = next((m for m in mentions if m.form == "name" and m.start <= head.idx < m.end), None)
    if named is None or named.kind != "organisation" or (named.start, named.end) != (span.start, span.end):
        return False
    run = scene.tokens[first : last + 1]
    if any(t.ent_type_ in _NO_NAME or t.lower_ in listed("given_names", "name") for t in run):
        return False
    article = first > 0 and scene.tokens[first - 1].lower_ == "the"
    more = sum(m.entity == named.entity for m in mentions) > 1
    return not (article or more or is_social(named.text) or run[0].is_upper or _is_institution(scene, first, last))


def _is_institution(scene: Scene, first: int, last: int) -> bool:
    heads = word_class("INSTITUTIONS") | listed("body_heads") - word_class("ON_AIR")
    legal = listed("legal_forms", "form")
    run = scene.tokens[first : last + 1]
    others = word_class("INSTITUTIONS") | word_class("NO_PRESS")
    return run[-1].lower_ in heads | legal or any(t.lower_ in others for t in run)


def _made(scene: Scene, head: Token, first: int, last: int) -> Publication:
    span = scene.span(first, last)
    low, high = sources.phrase(scene, head.i)
    words = scene.span(min(low, first), max(high, last)).of(scene.text)
    lead = scene.tokens[first - 1].text if first else ""
    role = role_in(f"{lead} {words}") or ("broadcaster" if _is_on_air(scene, first, last) else "outlet")
    entity = next((m.entity for m in scene.doc._.mentions if m.start <= head.idx < m.end and m.form == "name"), None)
    return Publication(span.of(scene.text), role, head.i, span, entity)


def _is_on_air(scene: Scene, first: int, last: int) -> bool:
    run = scene.tokens[first : last + 1]
    return any(t.lower_ in word_class("ON_AIR") or _CALL_SIGN.fullmatch(t.text) for t in run)
