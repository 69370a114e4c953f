"""What the words around a match say of it: that it is no time after all, or a time of another kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from spacy.tokens import Token

from flows.extract.dates.anchors import Found
from flows.extract.dates.lexer import Piece
from flows.extract.dates.names import (
    address,
    bears_holiday,
    festive,
    in_name,
    name_of_paper,
    named_after,
    named_unit,
    newsletter,
    newspaper,
    no_month,
    programme,
    surname,
)
from flows.extract.dates.readings import Reading
from flows.extract.dates.syntax import tense
from flows.extract.dates.verbs import FUTURE, PAST, is_simple_present, lemmas
from flows.resources import lexicon, words

# What stands before a clock time that has nothing else to show for itself.
_CLOCK_AFTER: Final = ("AT", "TO", "BEFORE", "AFTER", "ABOUT", "OVER", "BY", "AND", "DASH")

_QUANTIFIERS: Final = ("some", "about", "around", "than", "nearly", "almost", "over", "roughly", "least")
# What may begin the name of an event after "the day before".
_NAMES_EVENT: Final = ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "VERB", "AUX")
_HAPPENING: Final = ("ion", "ment", "ing", "al", "ance", "talk", "event")
_NOUNS: Final = ("NOUN", "PROPN")
_NOTICE: Final = 3  # tokens from "updated" to the clock time
MOST_STEPS: Final = 4
ABOUT_A_YEAR: Final = 2  # pieces: "some 1998"


def plausible(item: Found, pieces: Sequence[Piece]) -> bool:
    """Whether the words around allow a time: no "1998 people", "Room 1998", Theresa May, "60 Minutes"."""
    root, reading = item.root, item.reading
    if root is None:
        return True
    alone = item.last - item.first == 1
    if (reading.op == "deictic" and alone and name_of_paper(root)) or _idiom(item, pieces) or _no_night(item, root):
        return False
    if reading.op == "clock":
        return not (alone and _bare_clock(item, pieces))
    if _is_of_name(item, root, pieces):
        return False
    if reading.op == "vague" and reading.text == "SOON":
        return tense(root) == FUTURE
    if reading.op == "fixed" and item.last - item.first <= ABOUT_A_YEAR:
        return not (_counts(root) or address(root))
    if alone and root.lower_ == "daily":
        return not in_name(root) and not newspaper(root)
    if reading.op == "month" and alone:
        return root.ent_type_ != "PERSON" and not surname(root) and not no_month(root)
    if reading.op == "day_of_month" and not reading.rel and reading.weekday is None:
        return root.dep_ == "pobj" and root.head.lower_ in ("on", "by", "since", "until", "from", "of")
    return not named_unit(root, reading)


def _is_of_name(item: Found, root: Token, pieces: Sequence[Piece]) -> bool:
    """A holiday in a greeting, a season or a day in the name of something else, "a fall in prices"."""
    reading = item.reading
    if reading.op == "holiday":
        return not festive(item, root) or (reading.year is None and bears_holiday(item, root))
    if reading.op in ("month_day", "day_of_month"):
        return named_after(item, root)
    if reading.op != "season" or reading.year is not None or reading.year_rel:
        return False
    bare = item.last - item.first == 1 or (pieces[item.first].kind == "THE" and item.last - item.first == 2)
    return _falls(root) or (bare and (in_name(root) or surname(root)))


def _idiom(item: Found, pieces: Sequence[Piece]) -> bool:
    """ "at the end of the day", all things considered."""
    reading = item.reading
    ends = reading.op == "unit" and (reading.unit, reading.rel, reading.edge) == ("D", "the", "LAST")
    return ends and item.first > 0 and pieces[item.first - 1].kind == "AT"


def _no_night(item: Found, root: Token) -> bool:
    """A weekday of a programme, an "overnight" that is a title or says "at once"."""
    if item.reading.op == "weekday":
        return programme(item, root)
    return item.reading.op == "overnight" and (newsletter(root) or _at_once(root))


def _at_once(overnight: Token) -> bool:
    """ "did not happen overnight", "if crime ended overnight": at once, not in a night."""
    verb = overnight.head
    if overnight.dep_ in ("amod", "compound") and verb.lemma_ in words("time_nouns_overnight", "lemma"):
        return True
    if overnight.dep_ not in ("advmod", "npadvmod"):
        return False
    if any(child.dep_ == "mark" and child.lower_ == "if" for one in (verb, verb.head) for child in one.children):
        return True
    if not any(child.dep_ == "neg" for child in verb.children):
        return False
    return verb.lemma_ in ("happen", "occur", "change") or tense(overnight) != PAST


def _bare_clock(item: Found, pieces: Sequence[Piece]) -> bool:
    """ "01:50" with no preposition, half of the day, zone or day beside it: the length of a film, a score.

    A paragraph that begins with one has it for a stamp.
    """
    root = item.root
    if root is not None and (root.i == 0 or root.nbor(-1).is_space) and item.last < len(pieces):
        return pieces[item.last].kind == "GAP" or not pieces[item.last].text[:1].isupper()
    before = pieces[item.first - 1].kind if item.first else ""
    after = pieces[item.last].kind if item.last < len(pieces) else ""
    return before not in _CLOCK_AFTER and after not in ("WEEKDAY", "MONTH", "DEICTIC", "ON")


def _falls(season: Token) -> bool:
    """ "a fall in prices", "his fall from grace", "a spring of water", "in free fall"."""
    if season.lower_ == "fall" and season.i and season.nbor(-1).lower_ == "free":
        return True
    return season.lower_ in ("fall", "spring") and any(child.dep_ == "prep" for child in season.rights)


def _counts(year: Token) -> bool:
    """A number of things ("some 1998 people") or the number of one ("Room 1998").

    News writes a comma into thousands, so that four digits before a noun are a year ("the 2001 attacks"), unless
    they are round or come with "some", "about", "than".
    """
    if year.dep_ != "nummod" or year.head.is_space:
        return False
    if year.head.i < year.i:
        return year.head.tag_ == "NNP" and year.head.i == year.i - 1
    before = year.nbor(-1).lower_ if year.i else ""
    named = year.nbor(1).text[:1].isupper()  # "some 2016 Labour members"
    alone = not named and before not in ("the", "this", "that", "'s", "’s") and not before.endswith(("s'", "s’"))
    return (
        year.head.tag_ == "NNS"
        and alone
        and (before in _QUANTIFIERS or not year.text[:4].isdigit() or year.text[2:] == "00")
    )


def refined(item: Found, pieces: Sequence[Piece]) -> Found:
    """The reading that the words around give it."""
    item = _to_this_day(_after_that(item, pieces), pieces)
    item = _night_of(item)
    return _of_text(_of_what_follows(_nowadays(_ended(_beside(_rate(_weekly(item)), pieces), pieces))))


def _of_text(item: Found) -> Found:
    """ "Updated at 2:10 p.m.": the text's own time, of its own day whatever it told last."""
    reading, root = item.reading, item.root
    if reading.op != "clock" or root is None:
        return item
    start = root.doc.char_span(item.start, item.end, alignment_mode="expand")
    before = root.doc[max(0, start.start - _NOTICE) : start.start] if start is not None else ()
    if not any(token.lemma_.lower() in words("time_verbs_notice", "lemma") for token in before):
        return item
    return replace(item, reading=replace(reading, rel="this"))


def _weekly(item: Found) -> Found:
    """ "the Sunday shows", "Friday prayers": any of them."""
    reading, root = item.reading, item.root
    if reading.op != "weekday" or reading.rel or root is None or root.dep_ not in ("compound", "nmod", "amod"):
        return item
    head = root.head
    one = head.tag_ not in ("NNS", "NNPS") and any(child.dep_ in ("det", "poss") for child in head.children)
    if one or reading.part or head.lemma_.lower() not in words("time_nouns_weekly", "lemma"):
        return item
    return replace(item, reading=Reading("set", "SET", value=f"XXXX-WXX-{reading.weekday}"))


def _after_that(item: Found, pieces: Sequence[Piece]) -> Found:
    """ "said that April was wet": the conjunction is no part of the month."""
    first, reading, root = pieces[item.first], item.reading, item.root
    if reading.rel != "that" or first.text.lower() != "that" or item.last - item.first == 1 or root is None:
        return item
    that = root.doc.char_span(first.start, first.end, alignment_mode="expand")
    if that is None or that[0].tag_ != "IN":
        return item
    return replace(item, start=pieces[item.first + 1].start, first=item.first + 1, reading=replace(reading, rel=""))


def _to_this_day(item: Found, pieces: Sequence[Piece]) -> Found:
    """ "stands to this day": still."""
    reading = item.reading
    this_day = reading.op == "unit" and (reading.unit, reading.rel, reading.edge) == ("D", "this", "")
    if not this_day or not item.first or pieces[item.first - 1].kind != "TO":
        return item
    return replace(item, reading=Reading("vague", value="PRESENT_REF"))


def _nowadays(item: Found) -> Found:
    """ "today's parents", "more than today", "the politics of today": the age, not the day."""
    reading, root = item.reading, item.root
    if reading.op != "deictic" or reading.n != 0 or reading.part or root is None or root.lower_ != "today":
        return item
    head = root.head
    beside = root.dep_ in ("poss", "npadvmod", "nmod") and head.pos_ in ("NOUN", "PROPN") and _lasts(head)
    if beside or (root.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ == "NOUN") or _compared(root):
        return replace(item, reading=Reading("vague", value="PRESENT_REF"))
    return item


def of_the_age(item: Found) -> Found:
    """ "Today, few farmers own their land": with a verb of no happening, the simple present speaks of the age.

    Not so inside a quotation, where speakers call the day of their speech so ("I stand here today to object").
    """
    reading, root = item.reading, item.root
    if reading.op != "deictic" or reading.n != 0 or reading.part or root is None or root.lower_ != "today":
        return item
    verb = root.head
    if root.dep_ not in ("npadvmod", "advmod") or not is_simple_present(verb):
        return item
    if verb.lemma_ == "be" and verb.i == root.i + 1 and (root.is_sent_start or root.nbor(-1).pos_ not in _NOUNS):
        return item  # "today is the first day of the fair": its subject, whatever the parser says
    if verb.lemma_ == "be" and _is_somewhere(verb):
        return item
    if verb.lemma_ in lemmas("happening") | lemmas("speech") | lemmas("plans") | lemmas("future"):
        return item
    return replace(item, reading=Reading("vague", value="PRESENT_REF"))


def _is_somewhere(verb: Token) -> bool:
    """ "She is in Odell today for talks": a stay, not a lasting state."""
    stays = (place for child in verb.children if child.dep_ == "prep" for place in child.children)
    return any(place.dep_ == "pobj" and place.pos_ == "PROPN" for place in stays)


def _night_of(item: Found) -> Found:
    """ "the night of the attacks": that of an event that nothing dates here."""
    reading, root = item.reading, item.root
    if reading.op != "day_part" or reading.rel != "the" or root is None:
        return item
    of_event = any(child.lower_ == "of" and child.idx >= item.end and not _of_time(child) for child in root.rights)
    return replace(item, reading=replace(reading, rel="that")) if of_event else item


def _lasts(noun: Token) -> bool:
    """Whether a noun is of an age: no event, whose plural may be of one day ("today's talks")."""
    if noun.lemma_.lower() in words("time_nouns_of_age", "lemma"):
        return True
    happens = (
        noun.lemma_ in event_nouns()
        or noun.lemma_ in words("time_nouns_speech", "lemma")
        or noun.lemma_.endswith(_HAPPENING)
    )
    return noun.tag_ in ("NNS", "NNPS") and not happens


@cache
def event_nouns() -> frozenset[str]:
    """Words that name an event."""
    return frozenset(
        lemma for row in lexicon("event_triggers") for lemma in row["lemma"].split("/") if "N" in row["pos"]
    )


def _compared(today: Token) -> bool:
    """ "than it is today", "compared with today"."""
    if today.i + 1 < len(today.doc) and today.nbor(1).lower_ == "than":
        return True
    for step, ancestor in enumerate(today.ancestors):
        if step > MOST_STEPS:
            return False
        if ancestor.lower_ == "than" or (ancestor.pos_ in ("VERB", "AUX") and _marked_than(ancestor)):
            return True
        if ancestor.dep_ in ("ROOT", "ccomp", "conj"):
            return False
    return False


def _marked_than(verb: Token) -> bool:
    return any(child.lower_ == "than" for child in verb.lefts)


def _of_what_follows(item: Found) -> Found:
    """ "the year she met him", "the last two years of her term": nothing here dates what it is counted from."""
    reading, root = item.reading, item.root
    if reading.unit == "WE" and reading.rel == "the":
        return item  # "over the weekend that …": the clause says what was done on it
    counted = reading.op in ("unit", "period") and reading.rel in ("the", "that", "last", "past", "first")
    if not counted or root is None:
        return item
    determined = any(child.lower_ == "the" for child in root.children) and reading.rel != "past"
    tail = any(
        child.idx >= item.end and (child.dep_ == "relcl" or (child.lower_ == "of" and not _of_time(child)))
        for child in root.children
    )
    if not determined or not tail or (reading.edge and reading.op == "unit" and reading.rel == "the"):
        return item
    if reading.op == "period":
        return replace(item, reading=replace(reading, op="duration", rel=""))
    return replace(item, reading=Reading("beside_event", unit=reading.unit))


def _of_time(preposition: Token) -> bool:
    """ "the last month of the year", "the second week of May"."""
    return any(child.ent_type_ in ("DATE", "TIME") or child.pos_ in ("NUM", "SYM") for child in preposition.children)


def _beside(item: Found, pieces: Sequence[Piece]) -> Found:
    """ "the evening before" counts from what was told, "the evening before the vote" from the vote."""
    reading, root = item.reading, item.root
    if reading.op != "beside_event" or root is None:
        return item
    side = pieces[item.last]
    behind = root.doc.char_span(side.start, side.end, alignment_mode="expand")
    following = behind[-1].nbor(1) if behind is not None and behind.end < len(root.doc) else None
    if following is not None and following.pos_ in _NAMES_EVENT:
        return item
    op = "day_part" if reading.part else "unit"
    rel = "previous" if side.kind == "BEFORE" else "following"
    return replace(item, end=side.end, last=item.last + 1, reading=replace(reading, op=op, rel=rel))


def _rate(item: Found) -> Found:
    """ "four flights a week": a unit with "a" that measures a noun is a SET, not a length."""
    reading, root = item.reading, item.root
    if reading.op != "duration" or reading.n != 1 or item.last - item.first != 2 or root is None:
        return item
    if root.dep_ != "npadvmod" or root.head.pos_ not in ("NOUN", "PROPN", "NUM", "SYM"):
        return item
    return replace(item, reading=Reading("set", "SET", value=reading.value))


def _ended(item: Found, pieces: Sequence[Piece]) -> Found:
    """ "the year ended Jan. 31", "ending June 30": the day is on the side that the word says."""
    before = pieces[item.first - 1] if item.first else None
    if before is None or before.kind != "ENDED" or item.reading.op != "month_day":
        return item
    if before.value != "ended" and item.first > 1 and pieces[item.first - 2].value == "W":
        return item  # "orders of the week that ended on May 16": the nearest one
    return replace(item, reading=replace(item.reading, rel="last" if before.value == "ended" else "next"))
