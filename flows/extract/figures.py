"""Figures: counts and measures with what they count. `hearsay_figures` fills `doc._.figures`.

Convention. `low` and `high` bound the number: "five" 5 and 5; "at least 10" low 10, high open; so has "more than 10",
whose low is the number written, not 11, since of measures ("more than 10 km") no next number is known;
"up to 300" high 300, low open; "about 90" 90 and 90 with qualifier about; "two to three" range. Vague plurals are open
upwards from twice their word: "dozens" 24, "hundreds" 200, "tens of thousands" 20,000, "several hundred" 200. The unit
is one of units.tsv (what befell people, money, percent, measures), else the counted noun in the singular. The span
runs from the qualifier to the head of the counted phrase. Dates, durations, clock times, ages, ordinals, scores,
years and numbers in names are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Token

import flows.extract.doc  # noqa: F401  (registers the custom attributes)
from flows.extract.events.lexicon import word_class
from flows.extract.events.syntax import prepositions
from flows.extract.fates import TOTALS, fate_behind, fate_of, fates, is_total, known, total_of, units
from flows.extract.numbers import Number, numbers
from flows.extract.tolls import with_events
from flows.records import Figure
from flows.resources import lexicon
from flows.sectors import sectors

_BARE: Final = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "conj", "pobj", "nummod", "ROOT", "appos", "dep"})
_NAMED: Final = frozenset({"PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT", "TIME", "ORDINAL"})
_ARTICLES: Final = frozenset({"a", "an", "the"})
_DEFINITE: Final = frozenset(
    {"the", "these", "those", "both", "its", "their", "his", "her", "our", "my", "your", "other"}
)
_MAX_GAP: Final = 6
_NEAR: Final = 200  # characters back to what a bare number goes on counting
_NEAR_TOKENS: Final = 40
_SMALL: Final = 20
_OLDEST: Final = 120  # years of age
_PLACES: Final = frozenset({"GPE", "LOC"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_VOTED: Final = 5  # tokens back from a tally to what was voted on
_TALLY: Final = re.compile(r"(?<![\w$£€.,/-])(\d{1,3}(?:,\d{3})*)(?: to |[-–—])(\d{1,3}(?:,\d{3})*)(?![\w%/-]|[.,]\d)")
_PEOPLE: Final = frozenset({"group", "unnamed"})  # kinds of mentions
_OF_THEM: Final = re.compile(r" of (?:them|whom|these|those)\b")
_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a number counts: the unit, and the token that ends the span (None: the number ends it)."""

    unit: str
    head: Token | None


@cache
def _stops() -> Mapping[str, str]:
    return {row["word"]: row["why"] for row in lexicon("figure_stops")}


@cache
def _crowd_words(why: str) -> frozenset[str]:
    """Lemmas of what people `does`, of what a crowd `is`, or of how it `counts`: see figure_crowds.tsv."""
    return frozenset(row["word"] for row in lexicon("figure_crowds") if row["why"] == why)


def extract_figures(doc: Doc) -> tuple[Figure, ...]:
    """The figures of a parsed Doc, in text order."""
    text = doc.text  # spaCy joins all tokens anew each time it is asked
    found = [figure for match in _TALLY.finditer(text) for figure in _tally(doc, match)]
    tallies = [(figure.start, figure.end) for figure in found]
    before: Figure | None = None
    for number in numbers(text):
        if any(start < number.end and number.start < end for start, end in tallies):
            continue
        figure = _figure(doc, text, number, before)
        if figure is not None and not (before is not None and before.end > figure.start):
            found.append(figure)
            if before is None or not _is_of_them(text, figure):
                before = figure
    return with_events(doc, sorted(found, key=lambda figure: figure.start))


def _is_of_them(text: str, figure: Figure) -> bool:
    """ "Four of them": a part of what was counted, with which nothing goes on."""
    return _OF_THEM.match(text, figure.end) is not None


def _tally(doc: Doc, match: re.Match[str]) -> list[Figure]:
    """The two figures of "voted 511 to 204", "the motion was rejected 60-58"; none where nothing is voted on."""
    span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
    if span is None or not _is_bare(span[-1]):
        return []
    ahead = doc[max(span.sent.start, span.start - _VOTED) : span.start]
    if not any(_tells_of_votes(token) for token in ahead) or ahead[-1].lower_ in _crowd_words("no tally"):
        return []
    if any(date.start < match.end() and match.start() < date.end for date in doc._.dates):
        return []
    counts = [(match.start(n), match.group(n), float(match.group(n).replace(",", ""))) for n in (1, 2)]
    return [Figure(start, start + len(text), text, n, n, "vote", "exact") for start, text, n in counts]


def _tells_of_votes(token: Token) -> bool:
    """ "voted", "the vote", "rejected the motion", "the bill was passed"; not "defeated the club"."""
    lemma = token.lemma_.lower()
    if lemma in _crowd_words("votes"):
        return True
    sides = (child for child in token.children if child.dep_ in {"dobj", "nsubj", "nsubjpass"})
    return lemma in _crowd_words("passes") and any(side.lemma_.lower() in _crowd_words("voted on") for side in sides)


def _figure(doc: Doc, whole: str, number: Number, before: Figure | None) -> Figure | None:
    span = doc.char_span(number.core, number.core_end, alignment_mode="expand")
    if span is None or _in_date(doc, number):
        return None
    counted = (
        _counted(span[-1], number, span[0])
        or _of_before(span[0], span[-1], before)
        or _of_crowd(number, span[0], span[-1])
    )
    if counted is None or _is_name(number, counted, span[0]):
        return None
    end = number.end
    if (
        counted.head is not None
        and 0 < counted.head.i - span[-1].i <= _MAX_GAP
        and (counted.unit in fates() or not _is_part(span[-1], counted.head))
    ):
        end = max(end, counted.head.idx + len(counted.head.text))
    return Figure(number.start, end, whole[number.start : end], number.low, number.high, counted.unit, number.qualifier)


def _is_part(number: Token, head: Token) -> bool:
    """ "340 of 900 jobs": the noun belongs to the whole, which is a figure of its own."""
    between = head.doc[number.i + 1 : head.i]
    counts = (token for token in between[1:] if token.text[0].isdigit() and token.head == head and not _is_date(token))
    return bool(between) and between[0].lower_ == "of" and any(counts)


def _is_date(token: Token) -> bool:
    return any(date.start <= token.idx < date.end for date in token.doc._.dates)


def _in_date(doc: Doc, number: Number) -> bool:
    return any(d.start < number.core_end and number.core < d.end for d in doc._.dates)


def _is_name(number: Number, counted: _Counted, first: Token) -> bool:
    """Numbers in names, years, "the two sides", and "one" for "a"."""
    if number.scored or _is_clock(number, first, counted.head) or _is_of_person(number, counted.head):
        return True
    if _is_age(number, first) or _is_one_of_them(number, first):
        return True
    if number.qualifier == "range":
        return _year(number.low) and _year(number.high)
    if number.unit_text is not None or number.qualifier != "exact":
        return False
    before = first.nbor(-1) if first.i else None
    fate = counted.unit in fates()
    if number.text.lower() == "one" and counted.head is None:
        return True
    if (first.ent_type_ in _NAMED and not fate) or (before is not None and before.lower_.strip(".") in _stops()):
        return True
    if number.text.isdigit() and _year(number.low):
        return counted.head is None or first.dep_ != "nummod"
    counts = fate and (counted.head is None or known(counted.head) is not None or _is_listed(counted.head))
    if number.words and not counts and (number.high or 99) <= 10:  # "the two suspects" were told of before
        return number.text.lower() == "one" or (before is not None and before.lower_ in _DEFINITE)
    return False


def _is_clock(number: Number, first: Token, head: Token | None) -> bool:
    """ "18.20 Mr Hall": hours and minutes before a name."""
    match = _CLOCK.fullmatch(number.text)
    following = first.nbor(1) if first.i + 1 < len(first.doc) else None
    if match is None or number.unit_text is not None or following is None or head is None:
        return False
    return following.pos_ == "PROPN" and head.pos_ == "PROPN" and known(head) is None


def _is_of_person(number: Number, head: Token | None) -> bool:
    """ "At 12 Ms Hall": nobody counts one person; and "24-30 Bulls" is a score, whatever comes first."""
    if head is None or head.pos_ != "PROPN" or number.unit_text is not None:
        return False
    dashed = number.qualifier == "range" and not number.words and head.ent_type_ != "NORP"
    return dashed or (head.tag_ == "NNP" and head.ent_type_ == "PERSON")


def _is_age(number: Number, first: Token) -> bool:
    """ "Odell, 34, was killed", "a man of 52": a bare number between commas behind a name, or what one person is of."""
    if _is_of_one_person(first) and (number.high or 0) < _OLDEST:
        return True
    if not number.text.isdigit() or number.unit_text is not None or (number.high or 0) >= _OLDEST or first.i < 2:
        return False
    behind = first.nbor(1).text if first.i + 1 < len(first.doc) else ""
    name = first.nbor(-2)
    return first.nbor(-1).text == behind == "," and name.pos_ == "PROPN" and name.ent_type_ not in _PLACES


def _is_of_one_person(first: Token) -> bool:
    """ "a man of 52", and not "a crowd of 52"."""
    of, person = first.head, first.head.head
    if first.dep_ != "pobj" or of.lower_ != "of" or person.tag_ != "NN":
        return False
    is_one = any(kid.lower_ in _ARTICLES for kid in person.children)
    return is_one and person.lemma_.lower() in word_class("PEOPLE") - word_class("COLLECTIVE")


def _is_one_of_them(number: Number, first: Token) -> bool:
    """ "Lund was one of four sailors killed": the four are counted."""
    if number.text.lower() != "one" or first.dep_ in _SUBJECTS or first.i + 2 >= len(first.doc):
        return False
    return first.nbor(1).lower_ == "of" and first.nbor(2).like_num


def _year(value: float | None) -> bool:
    return value is not None and 1900 <= value < 2100 and value == int(value)


def _counted(last: Token, number: Number, first: Token) -> _Counted | None:
    if number.unit_text is not None:
        return _written_unit(last, number)
    token = _top(last, first)
    noun = _noun(token, last)
    if noun is not None:
        return _noun_unit(noun)
    said = fate_behind(last)
    if said is not None:
        return _Counted(said, None)
    if token.dep_ not in _BARE:
        return None
    of_them = any(name == "of" and t.lower_ in {"them", "us", "whom"} for name, t in prepositions(token))
    unit = fate_of(token) or total_of(token) or ("people" if of_them else None)
    return _Counted(unit, None) if unit is not None else None


def _of_crowd(number: Number, first: Token, last: Token) -> _Counted | None:
    """A bare number of those who marched, or that a march or a crowd was put at."""
    top = _top(last, first)
    if _is_small(number):
        return None
    if top.dep_ == "nsubj" and top.head.lemma_ in _crowd_words("does"):
        return _Counted("people", None)
    ahead = first.doc[max(first.sent.start, first.i - _MAX_GAP) : first.i]
    told = any(token.lemma_.lower() in _crowd_words("counts") | {"come"} for token in ahead)
    crowd = any(
        token.lemma_.lower() in _crowd_words("is") for token in first.doc[max(0, first.i - _NEAR_TOKENS) : first.i]
    )
    return _Counted("people", None) if told and crowd and _is_bare(last) else None


def _is_bare(last: Token) -> bool:
    """Whether nothing that could be counted stands behind the number."""
    behind = last.nbor(1) if last.i + 1 < len(last.doc) else None
    return behind is None or not (behind.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or behind.text in {"%", "-"})


def _is_small(number: Number) -> bool:
    """Whether the number may stand for somebody told of before ("two marched off"), not for a count."""
    return number.qualifier == "exact" and (number.high or 0) < _SMALL


def _of_before(first: Token, last: Token, before: Figure | None) -> _Counted | None:
    """A bare number that goes on counting what the figure before it counts, or what the text has just spoken of."""
    if before is not None and before.start >= first.sent.start_char and _is_more(first, last):
        return _Counted(before.unit, None)
    top = _top(last, first)
    if before is not None and is_total(top) and before.start >= first.sent.start_char - _NEAR:
        return _Counted(before.unit, None)
    if before is not None and before.start >= first.idx - _NEAR and _is_other_count(top, first, last, before):
        return _Counted(before.unit, None)
    if not _is_elliptic(top, first, last):
        return None
    spoken_of = before.unit if before is not None and before.start >= first.idx - _NEAR else _spoken_of(first)
    return _Counted(spoken_of, None) if spoken_of in fates() else None


def _is_more(first: Token, last: Token) -> bool:
    """ "1,500 men crossed, while another 500 came later"."""
    ahead = first.nbor(-1).lower_ if first.i else ""
    behind = last.nbor(1).lower_ if last.i + 1 < len(last.doc) else ""
    return ahead in {"another", "further"} or behind in {"more", "others"}


def _is_other_count(top: Token, first: Token, last: Token, before: Figure) -> bool:
    """Another count of the same: "20,000 people; the police said 8,000", "put the number at 11", "61 votes to 58"."""
    if not _is_bare(last):
        return False
    if first.sent.start_char <= before.start and before.text.replace(",", "").isdigit() and len(before.text) > 1:
        return last.text.replace(",", "").isdigit() and len(last.text) > 1  # "the union 3,000, the police 1,200"
    ahead = first.nbor(-1) if first.i else None
    if ahead is not None and ahead.lower_ == "to" and before.unit == "vote":
        return before.start >= first.sent.start_char
    verb = top.head
    if top.dep_ == "pobj":  # "put it at 11", "spoke of 3,000"
        if top.head.lower_ not in {"at", "of"}:
            return False
        verb = top.head.head
    return verb.lemma_ in _crowd_words("counts") and top.dep_ in {"pobj", "dobj", "attr", "ccomp", "oprd", "npadvmod"}


def _is_elliptic(top: Token, first: Token, last: Token) -> bool:
    """A number that is a sentence, or a member of one, by itself: "Nine on Monday. Twelve, as I write; 31, if"."""
    ahead = first.nbor(-1) if first.i else None
    opens = ahead is None or ahead.is_space or ahead.text in {".", ";", "?", "!"}
    behind = last.nbor(1) if last.i + 1 < len(last.doc) else None
    alone = behind is not None and (behind.text in {",", ";", "."} or behind.pos_ in {"ADP", "SCONJ"})
    return opens and alone and top.pos_ in {"NUM", "PROPN"} and top.dep_ not in {"nummod", "compound", "nsubj"}


def _spoken_of(first: Token) -> str | None:
    """What befell the people whom the text just before a number speaks of ("Count the dead."); None without any."""
    for token in reversed(first.doc[max(0, first.i - _NEAR_TOKENS) : first.i]):
        unit = known(token) if token.pos_ in {"NOUN", "ADJ"} else None
        if unit is not None and unit.kind == "fate":
            return unit.unit
    return None


def _written_unit(last: Token, number: Number) -> _Counted | None:
    """A unit that is written onto the number: "£5", "12%", "38-metre"."""
    word = (number.unit_text or "").lower()
    listed = units().get(word)
    if listed is not None:
        return _Counted(listed.unit, None)
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
        if head.lemma_.lower() in TOTALS and head.i < token.i:
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
    listed = known(noun)
    if listed is not None and listed.kind != "people":
        befell = fate_of(noun) if listed.unit == "captured" else None  # "killed 14 hostages"
        return _Counted(befell or listed.unit, noun)
    people = listed is not None or _is_people(noun) or lemma == "other"
    fate = fate_of(noun) if people else None
    if fate is not None:
        return _Counted(fate, noun)
    if lemma == "other":
        return None
    if listed is None and noun.ent_type_ == "NORP":
        return _Counted("people", noun)
    return _Counted(listed.unit if listed is not None else lemma, noun)


def _is_people(noun: Token) -> bool:
    """Whether the text speaks of people by the noun: as the lexicons have it, or the naming of actors."""
    if _is_listed(noun):
        return True
    if noun.lemma_.lower() in word_class("TROOPS"):  # that act, as ships and aircraft do
        return False
    return any(one.root == noun.i and one.form == "nominal" and one.kind in _PEOPLE for one in noun.doc._.mentions)


def _is_listed(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return noun.ent_type_ == "NORP" or sectors().get(lemma, "UNK") != "UNK" or lemma in word_class("PEOPLE")


class FiguresComponent:
    """The component; stateless."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.figures = extract_figures(doc)
        return doc


@Language.factory("hearsay_figures", assigns=["doc._.figures"], requires=["token.dep", "token.lemma", "doc._.events"])
def make_figures(nlp: Language, name: str) -> FiguresComponent:  # noqa: ARG001  spaCy calls a factory so
    return FiguresComponent()
