"""Kinds of names settled over the whole text: a surname is a person's, a name in a list of towns is a town's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.naming.bodies import head_words
from flows.extract.naming.evidence import is_ruled, paper_words
from flows.extract.naming.firms import firm_name
from flows.extract.naming.gazetteer import is_place
from flows.extract.naming.nominals import role_of
from flows.extract.naming.particulars import AGE_BEHIND
from flows.extract.naming.spans import MOVES, NameSpan, behind_town
from flows.extract.naming.vocabulary import word_class
from flows.names import given, is_given_name

_WORDS: Final = 4  # of a name of a person, one more than they are at most
_LANDS: Final = frozenset({"country", "government", "place"})
_SAYING: Final = word_class("SAYING")

# Behind a team's name: its record ("(25-7)"), its coach, a result of two digits and more, which no tennis player has
_PLAYED: Final = re.compile(
    r"\s\(\d+-\d+(?:-\d+)?\)|\scoach [A-Z]|\simproved to \d+-\d+|\s\d{2,3}, (?:No\. \d+ )?[A-Z][\w .]{2,30} \d{2,3}\b"
    r"|\s(?i:defeat(?:s|ed)?|beats?|edge[sd]?|top(?:s|ped)?) [A-Z][\w ]{2,25},? \d{2,3}-\d{2,3}\b"
)
_RANK: Final = re.compile(r"\bNo\. ?\d+ $")
_RESULT: Final = re.compile(r" \d{2,3}\b")
_TEAMS: Final = frozenset({"person", "place", "organisation"})  # kinds that a model takes a team for
_QUOTING: Final = _SAYING - {"tell", "ask", "think"} | {"assert", "insist"}
_PRINTED: Final = frozenset({"organisation", "media"})
_PRESS: Final = _SAYING | word_class("REPORTING") | {"reveal", "to", "by", "according", "with"}
_ACTS: Final = frozenset({"nsubj", "nsubjpass", "poss", "ROOT"})


def settle_kinds(doc: Doc, spans: list[NameSpan]) -> list[NameSpan]:
    """Give each name the kind that the rest of the text speaks for: a surname is a person's, "in Ana" is a place."""
    spans = _surnames_of_lands(doc, spans)
    written = doc.text
    ranked = [span for span in spans if _is_ranked(doc, span, written)]
    persons = _person_words(doc, [span for span in spans if span not in ranked])
    places = _place_names(doc, spans, persons)
    papers = {doc[span.end - 1].lower_ for span in spans if span.end - span.start > 1 and span.kind in _PRINTED}
    teams = _teams(doc, spans, ranked, written) - persons
    surnames = {_text(doc, span) for span in spans if span.kind == "person" and span.end - span.start == 1}
    settled: list[NameSpan] = []
    for span in spans:
        kind = span.kind
        text = doc[span.start : span.end].text
        if not span.known and span.title_start is None:
            if kind in {"place", "organisation", "group"} and (
                text in persons or _is_person(doc, span) or _bears(text, surnames)
            ):
                kind = "person"
            elif (text in teams and not is_place(text)) or (kind == "place" and _is_body_of_place(doc, span)):
                kind = "organisation"
            elif kind == "organisation" and _is_paper(doc, span, papers):
                kind = "media"
            elif text in places or (kind != "place" and _listed(doc, span, settled) and is_place(text)):
                kind = "place"
        settled.append(NameSpan(span.start, span.end, kind, span.known, span.title_start))
    firms = {firm for span in settled if (firm := firm_name([t.text for t in doc[span.start : span.end]]))}
    firms -= persons  # "Ford" of Jane Ford beside Ford Inc.
    settled = [
        replace(span, kind="organisation")
        if not span.known and span.title_start is None and _is_firm(_text(doc, span), firms)
        else span
        for span in settled
    ]
    places = _place_names(doc, settled, persons) - firms
    return [
        replace(span, kind="place")
        if span.kind != "place" and not span.known and span.title_start is None and _text(doc, span) in places
        else span
        for span in settled
    ]


def _surnames_of_lands(doc: Doc, spans: list[NameSpan]) -> list[NameSpan]:
    """The spans, with lands and capitals that are the surname of somebody named in full before as names of persons.

    "Ada Jordan resigned. Jordan said": every place of the word alone must speak or act, as persons do. A text that
    has "in Jordan" as well is left as it was read.
    """
    named = {
        doc[span.end - 1].text: span.end
        for span in reversed(spans)
        if span.kind == "person" and span.end - span.start > 1
    }
    bare = [
        span
        for span in spans
        if span.known and span.end - span.start == 1 and span.kind in _LANDS and doc[span.start].text in named
    ]
    sure = {doc[span.start].text for span in bare}
    spoken: set[str] = set()
    inside = {i for span in spans if span.end - span.start > 1 for i in range(span.start, span.end)}
    for token in doc if bare else ():
        if token.text in sure and token.i not in inside:
            quoted = token.dep_ in {"nsubj", "dobj"} and token.head.lemma_ in _QUOTING  # "said Jordan"
            spoken |= {token.text} if quoted or (token.dep_ == "nsubj" and token.head.lemma_ in _SAYING) else set()
            if token.i < named[token.text] or is_ruled(doc, token) or not (quoted or token.dep_ in _ACTS):
                sure.discard(token.text)
    people = {span.start for span in bare if doc[span.start].text in sure & spoken}
    return [replace(span, kind="person", known=False) if span.start in people else span for span in spans]


def _bears(name: str, surnames: set[str]) -> bool:
    """Whether a name is a given name and the surname by which the text calls a person: "Peter Lund", "Lund"."""
    first, *between = name.split()
    is_given = is_given_name(first.lower()) or first in surnames  # the text calls them by either
    return 0 < len(between) < _WORDS - 1 and between[-1] in surnames and is_given


def _teams(doc: Doc, spans: list[NameSpan], ranked: list[NameSpan], written: str) -> set[str]:
    """The names of teams: those of which sports news tells a record, a coach, a result; and what ranked ones are made
    of, "Odell" and "Falcons". `written` is the text.
    """
    alone = [span for span in spans if span.end - span.start == 1 and span.kind in _TEAMS]
    found = {_text(doc, span) for span in alone if _PLAYED.match(written, doc[span.start].idx + len(doc[span.start]))}
    for span in ranked:
        found |= {_text(doc, span), doc[span.start : span.end - 1].text, doc[span.end - 1].text}
    return found


def _is_ranked(doc: Doc, span: NameSpan, written: str) -> bool:
    """Whether a name that ends in a plural stands between its rank and a result: "No. 1 Odell Falcons 65"."""
    first, last = doc[span.start], doc[span.end - 1]
    if first is last or not last.text.endswith("s") or is_given_name(first.lower_):
        return False
    behind = _RESULT.match(written, last.idx + len(last))
    return behind is not None and _RANK.search(written, max(0, first.idx - 12), first.idx) is not None


def _is_body_of_place(doc: Doc, span: NameSpan) -> bool:
    """A body that goes by its town: "the New York Police", and a team, "the New Orleans Saints"."""
    last = doc[span.end - 1]
    if span.end - span.start < 2 or is_place(_text(doc, span)):
        return False
    return last.lower_ == "police" or (last.tag_ == "NNPS" and is_place(doc[span.start : span.end - 1].text))


def _is_paper(doc: Doc, span: NameSpan, papers: set[str]) -> bool:
    """A name that ends as those of newspapers do, "the Kostrel Courier"; behind "the" the last word alone, where such
    a name stands in the text (`papers` are their last words) or it reports or is told; not "the Sentinel missile".
    """
    last, root = doc[span.end - 1].lower_, doc[span.start : span.end].root
    if last not in paper_words() or _has_noun_behind(doc, span):
        return False
    speaks = last in papers or (root.dep_ in {"nsubj", "dobj", "dative", "pobj"} and root.head.lemma_ in _PRESS)
    return span.end - span.start > 1 or (speaks and span.start > 0 and doc[span.start - 1].lower_ == "the")


def _has_noun_behind(doc: Doc, span: NameSpan) -> bool:
    return span.end < len(doc) and doc[span.end].pos_ in {"NOUN", "PROPN"} and doc[span.end - 1].head.i >= span.end


def _is_firm(text: str, firms: set[str]) -> bool:
    return text in firms or firm_name(text.split()) in firms


def _text(doc: Doc, span: NameSpan) -> str:
    return doc[span.start : span.end].text


def _is_person(doc: Doc, span: NameSpan) -> bool:
    """Whether the syntax makes a person of it: beside a person's role ("the director, Jane Doe"), or a known given
    name and a surname that say something.
    """
    if _gives_name(doc[span.start : span.end].root) or _has_age(doc, span):
        return True
    if span.end - span.start < 2 or span.kind == "group":
        return False
    if span.kind == "organisation" and doc[span.end - 1].lower_ in head_words():
        return False
    root = doc[span.start : span.end].root
    beside = [child for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos":
        beside.append(root.head)
    for token in beside:
        role = role_of(token) if token.pos_ == "NOUN" and token.tag_ == "NN" else None
        if role is not None and role.kind == "unnamed":
            return True
    text = doc[span.start : span.end].text
    return is_given_name(given(text)) and root.dep_ == "nsubj" and root.head.lemma_ in _SAYING


def _has_age(doc: Doc, span: NameSpan) -> bool:
    """Whether an age stands beside a name of some words: "Ada Brandl, 23, of Odell", "23-year-old Ada Brandl"."""
    words = doc[span.start : span.end]
    if (
        span.kind not in {"organisation", "place"}
        or not 1 < len(words) < _WORDS
        or any(not w.text.isalpha() for w in words)
    ):
        return False
    if words[-1].lower_ in head_words() or is_place(words[:-1].text) or is_place(words.text):
        return False
    is_before = span.start > 0 and doc[max(0, span.start - 5) : span.start].text.lower().endswith("-year-old")
    return is_before or AGE_BEHIND.match(doc[span.end : span.end + 4].text) is not None


def _gives_name(root: Token) -> bool:
    """ "Gave his name only as X": the model has no ear for a given name alone."""
    if root.dep_ != "pobj" or root.head.lower_ != "as" or root.head.head.lemma_ != "give":
        return False
    return any(child.lemma_ == "name" and child.dep_ == "dobj" for child in root.head.head.children)


def _person_words(doc: Doc, spans: list[NameSpan]) -> set[str]:
    """The words of full person names, and one-word names with a title."""
    found: set[str] = set()
    for span in spans:
        if span.kind != "person":
            continue
        if span.end - span.start > 1:
            found.update(t.text for t in doc[span.start : span.end] if len(t.text) > 3 and t.text[:1].isupper())
        elif span.title_start is not None:
            found.add(doc[span.start].text)
    return found


def _place_names(doc: Doc, spans: list[NameSpan], persons: set[str]) -> set[str]:
    """Names that stand as places somewhere in the text, by the model or behind a preposition of place."""
    votes: dict[str, int] = {}
    labelled: set[str] = set()
    for span in spans:
        if not span.known:
            text = doc[span.start : span.end].text
            is_one = span.kind == "place" or _is_moved_to(doc, span.start)
            votes[text] = votes.get(text, 0) + (1 if is_one else -1)
            if span.kind == "place":
                labelled.add(text)
    return {
        text
        for text, vote in votes.items()
        if text not in persons and vote >= 0 and (text in labelled or is_place(text))
    }


def _is_moved_to(doc: Doc, start: int) -> bool:
    """Behind a preposition of place, save "according to"."""
    if start == 0 or doc[start - 1].lower_ not in MOVES:
        return False
    return start == 1 or doc[start - 2].lower_ != "according"


def _listed(doc: Doc, span: NameSpan, before: list[NameSpan]) -> bool:
    """In a list right behind a place, or behind "town of"."""
    if span.start < 2:
        return False
    previous = doc[span.start - 1]
    if behind_town(doc, span.start):
        return True
    if previous.text in {",", "and", "or"} and before and before[-1].end >= span.start - 2:
        return before[-1].kind == "place"
    return False
