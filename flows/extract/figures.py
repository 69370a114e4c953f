"""Figures: counts and measures with what they count. `hearsay_figures` fills `doc._.figures`.

Convention. `low` and `high` bound the number: "five" 5 and 5; "more than 10" and "at least 10" low 10, high open;
"up to 300" high 300, low open; "about 90" 90 and 90 with qualifier about; "two to three" range. Vague plurals are open
upwards from twice their word: "dozens" 24, "hundreds" 200, "tens of thousands" 20,000, "several hundred" 200. The unit
is one of units.tsv (what befell people, money, percent, measures), else the counted noun in the singular. The span
runs from the qualifier to the head of the counted phrase. Dates, durations, clock times, ages, ordinals, scores,
years and numbers in names are no figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Token

import flows.extract.doc  # noqa: F401  (registers the custom attributes)
from flows.extract.events.lexicon import sectors, word_class
from flows.extract.events.syntax import is_passive, prepositions
from flows.extract.numbers import Number, numbers
from flows.records import Event, Figure
from flows.resources import lexicon

_TOTALS: Final = frozenset({"number", "toll", "total", "count", "tally", "figure"})
_BARE: Final = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "conj", "pobj", "nummod", "ROOT", "appos", "dep"})
_INTRANSITIVE: Final = frozenset({"die", "perish", "drown", "flee", "missing", "be"})
_NAMED: Final = frozenset({"PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT", "TIME", "ORDINAL"})
_DEFINITE: Final = frozenset(
    {"the", "these", "those", "both", "its", "their", "his", "her", "our", "my", "your", "other"}
)
_MAX_GAP: Final = 6


@dataclass(frozen=True, slots=True)
class _Unit:
    unit: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a number counts: the unit, and the token that ends the span (None: the number ends it)."""

    unit: str
    head: Token | None


@cache
def _units() -> Mapping[str, _Unit]:
    return {row["word"]: _Unit(row["unit"], row["kind"]) for row in lexicon("units")}


@cache
def _stops() -> Mapping[str, str]:
    return {row["word"]: row["why"] for row in lexicon("figure_stops")}


def extract_figures(doc: Doc) -> tuple[Figure, ...]:
    """The figures of a parsed Doc, in text order."""
    found: list[Figure] = []
    for number in numbers(doc.text):
        figure = _figure(doc, number, found[-1] if found else None)
        if figure is not None and not (found and found[-1].end > figure.start):
            found.append(figure)
    return tuple(found)


def _figure(doc: Doc, number: Number, before: Figure | None) -> Figure | None:
    span = doc.char_span(number.core, number.core_end, alignment_mode="expand")
    if span is None or _in_date(doc, number):
        return None
    counted = _counted(span[-1], number, span[0]) or _more(span[0], span[-1], before)
    if counted is None or _is_name(number, counted, span[0]):
        return None
    end = number.end
    if counted.head is not None and counted.head.idx > number.core and counted.head.i - span[-1].i <= _MAX_GAP:
        end = max(end, counted.head.idx + len(counted.head.text))
    text = doc.text[number.start : end]
    event = _event(doc._.events, number.core)
    return Figure(number.start, end, text, number.low, number.high, counted.unit, number.qualifier, event)


def _in_date(doc: Doc, number: Number) -> bool:
    return any(d.start < number.core_end and number.core < d.end for d in doc._.dates)


def _is_name(number: Number, counted: _Counted, first: Token) -> bool:
    """Numbers in names, years, "the two sides", and "one" for "a"."""
    if number.qualifier == "range":
        return _year(number.low) and _year(number.high)
    if number.unit_text is not None or number.qualifier != "exact":
        return False
    before = first.nbor(-1) if first.i else None
    fate = counted.unit in {u.unit for u in _units().values() if u.kind == "fate"}
    if number.text.lower() == "one" and counted.head is None:
        return True
    if first.ent_type_ in _NAMED or (before is not None and before.lower_.strip(".") in _stops()):
        return True
    if number.text.isdigit() and _year(number.low):
        return counted.head is None or first.dep_ != "nummod"
    if number.words and not fate and (number.high or 99) <= 10:
        return number.text.lower() == "one" or (before is not None and before.lower_ in _DEFINITE)
    return False


def _year(value: float | None) -> bool:
    return value is not None and 1900 <= value < 2100 and value == int(value)


def _counted(last: Token, number: Number, first: Token) -> _Counted | None:
    if number.unit_text is not None:
        return _written_unit(last, number)
    token = _top(last, first)
    noun = _noun(token, last)
    if noun is not None:
        return _noun_unit(noun)
    if token.dep_ not in _BARE:
        return None
    of_them = any(name == "of" and t.lower_ in {"them", "us", "whom"} for name, t in prepositions(token))
    unit = _fate(token) or _total(token) or ("people" if of_them else None)
    return _Counted(unit, None) if unit is not None else None


def _more(first: Token, last: Token, before: Figure | None) -> _Counted | None:
    """ "1,500 men crossed, while another 500 came later": the same things as the figure before in the sentence."""
    if before is None or before.start < first.sent.start_char:
        return None
    ahead = first.nbor(-1).lower_ if first.i else ""
    behind = last.nbor(1).lower_ if last.i + 1 < len(last.doc) else ""
    again = ahead in {"another", "further"} or behind in {"more", "others"}
    return _Counted(before.unit, None) if again else None


def _written_unit(last: Token, number: Number) -> _Counted | None:
    """A unit that is written onto the number: "£5", "12%", "38-metre"."""
    word = (number.unit_text or "").lower()
    known = _units().get(word)
    if known is not None:
        return _Counted(known.unit, None)
    if word in _stops() or not word.isalpha() or word in {"strong", "plus"}:
        return _Counted("people", None) if word == "strong" else None
    head = last.head if last.dep_ in {"nummod", "amod", "compound"} and last.head.pos_ == "NOUN" else None
    return _Counted(word, None) if head is not None else None


def _top(last: Token, first: Token) -> Token:
    """The word of the number that hangs on something outside the number."""
    token = last
    while token.head.i != token.i and first.i <= token.head.i <= last.i:
        token = token.head
    while token.dep_ in {"quantmod", "compound", "advmod"} and token.head.pos_ == "NUM":
        token = token.head
    return token


def _noun(token: Token, last: Token) -> Token | None:
    """The noun that is counted: "five GUARDS", "dozens of VILLAGERS", "five more GUARDS"."""
    for name, thing in prepositions(token):
        if name == "of" and thing.pos_ in {"NOUN", "PROPN"} and thing.i > last.i:
            return thing
    if token.dep_ in {"nummod", "amod", "compound", "nmod"} and token.head.pos_ in {"NOUN", "PROPN", "ADJ"}:
        head = token.head
        if head.lemma_.lower() in _TOTALS and head.i < token.i:
            return None
        return head if head.i > last.i and head.i - last.i <= _MAX_GAP else None
    following = last.nbor(1) if last.i + 1 < len(last.doc) else None
    if following is not None and following.lemma_.lower() in {"dead", "missing", "other"}:
        return following
    return None


def _noun_unit(noun: Token) -> _Counted | None:
    lemma = noun.lemma_.lower()
    if _stops().get(lemma) in {"time", "score"} or _stops().get(noun.lower_) in {"time", "score"}:
        return None
    known = _units().get(lemma) or _units().get(noun.lower_)
    if known is not None and known.kind != "people":
        return _Counted(known.unit, noun)
    people = known is not None or _is_people(noun) or lemma == "other"
    fate = _fate(noun) if people else None
    if fate is not None:
        return _Counted(fate, noun)
    if lemma == "other":
        return None
    if known is None and noun.ent_type_ == "NORP":
        return _Counted("people", noun)
    return _Counted(known.unit if known is not None else lemma, noun)


def _is_people(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return noun.ent_type_ == "NORP" or sectors().get(lemma, "UNK") != "UNK" or lemma in word_class("PEOPLE")


def _fate(noun: Token) -> str | None:
    """What befell those counted, from the verb that they are the object, or the suffering subject, of."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in {"NOUN", "NUM"}:
        noun = noun.head.head  # "dozens of villagers"
    while noun.dep_ in {"conj", "appos"} and noun.head.pos_ in {"NOUN", "NUM", "PROPN"}:
        noun = noun.head
    if noun.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        found = _verb_fate(noun.head, noun.dep_)
        if found is not None:
            return found
    for kid in noun.children:
        if kid.dep_ in {"acl", "relcl"} and (kid.tag_ == "VBN" or is_passive(kid) or kid.lemma_ in _INTRANSITIVE):
            return _known_fate(kid)
    return None


def _verb_fate(verb: Token, role: str) -> str | None:
    suffers = role == "dobj" or is_passive(verb) or verb.lemma_ in _INTRANSITIVE
    if not suffers:
        return None
    own = _known_fate(verb)
    if own is not None:
        return own
    for kid in verb.children:  # "are missing", "were taken prisoner", "are known to have died", "left dead"
        if kid.dep_ in {"acomp", "oprd", "xcomp", "attr", "dobj", "advmod", "prep"} and kid.dep_ != role:
            found = _known_fate(kid)
            if found is not None or (kid.lemma_.lower() == "prisoner" and verb.lemma_ == "take"):
                return found or "captured"
    return None


def _known_fate(token: Token) -> str | None:
    known = _units().get(token.lemma_.lower()) or _units().get(token.lower_)
    return known.unit if known is not None and known.kind == "fate" else None


def _total(token: Token) -> str | None:
    """ "put the number of dead at 11", "the death toll rose to 17"."""
    if token.dep_ != "pobj":
        return None
    over = token.head.head
    holders = [over] if over.pos_ == "NOUN" else [k for k in over.children if k.dep_ in {"dobj", "nsubj", "nsubjpass"}]
    for holder in holders:
        if holder.lemma_.lower() not in _TOTALS:
            continue
        if holder.lemma_.lower() == "toll":
            return "killed"
        for name, thing in prepositions(holder):
            known = _units().get(thing.lemma_.lower()) or _units().get(thing.lower_)
            if name == "of" and thing.i != token.i:
                return known.unit if known is not None else thing.lemma_.lower()
    return None


def _event(events: tuple[Event, ...], at: int) -> int | None:
    """The event whose clause holds the position most closely."""
    around = [n for n, e in enumerate(events) if e.span.start <= at < e.span.end]
    if not around:
        return None
    return min(around, key=lambda n: (events[n].span.end - events[n].span.start, abs(events[n].trigger.start - at), n))


class FiguresComponent:
    """The component; stateless."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.figures = extract_figures(doc)
        return doc


@Language.factory("hearsay_figures", assigns=["doc._.figures"], requires=["token.dep", "token.lemma", "doc._.events"])
def make_figures(nlp: Language, name: str) -> FiguresComponent:  # noqa: ARG001  spaCy calls a factory so
    return FiguresComponent()
