"""Other days to count from than the text's today: the day of speech, and the day of a dated event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Token

from flows.extract.dates import calendars as cal
from flows.extract.dates.context import moved_by
from flows.extract.dates.govern import modified
from flows.extract.dates.lexer import Piece
from flows.extract.dates.periods import grain
from flows.extract.dates.readings import Reading
from flows.extract.dates.verbs import lemmas
from flows.records import TimeExpression
from flows.resources import words

# Readings that take a clock time before them: "10 p.m. Wednesday".
DAYS = ("weekday", "deictic", "month_day", "fixed")
# What inside a quotation counts from the day on which it was said.
SPOKEN = ("deictic", "overnight", "weekday", "day_part", "unit", "offset", "month", "month_day", "period")
LONGEST_PARAGRAPH = 3000  # characters: a quotation and its verb of saying are nearer than that
_LENGTHS = {"W": 7, "F": 14, "M": 31, "Q": 92, "Y": 366, "E": 3653, "C": 36525}  # days of each unit, at the most
_SIDES = ("AFTER", "BEFORE", "FOLLOWING")
# What may stand between a date and the quotation that is given under it.
_HEADS_QUOTE = re.compile(r"[)\]]?:\s{0,2}(?:[\"“]|``)")
NEAR = 80  # characters between "three days after" and the date of the event that it counts from


@dataclass(frozen=True, slots=True)
class Found:
    """A reading with its extent in the text, the pieces it covers, and the root token of its parse."""

    start: int
    end: int
    first: int
    last: int
    reading: Reading
    root: Token | None


def one_paragraph(text: str, first: int, second: int) -> bool:
    """Whether no blank line lies between two offsets."""
    between = text[min(first, second) : max(first, second)]
    return not any(not line.strip() for line in between.split("\n")[1:-1])


def _of_speaking(date_root: Token) -> bool:
    """Whether a date is that of a verb of saying, or of a noun of an occasion of speech ("an interview on …")."""
    if any(verb.lemma_ in lemmas("speech") and not _is_told(verb) for verb in modified(date_root)):
        return True
    noun = date_root.head.head if date_root.dep_ == "pobj" else date_root.head
    return noun.pos_ == "NOUN" and noun.lemma_ in words("time_nouns_speech", "lemma")


def _is_told(verb: Token) -> bool:
    """ "the guard had been told on Tuesday": whoever is told does not speak."""
    return verb.lemma_ in ("tell", "ask", "warn") and any(child.dep_ == "auxpass" for child in verb.children)


def speech_day(
    text: str, quoted: Found, others: Sequence[tuple[Found, TimeExpression]], quotes: Sequence[tuple[int, int]]
) -> date | None:
    """The day on which a quotation was said: that of the nearest verb of saying in its paragraph with one.

    A full date right before the quotation is its day ("Odell Lund, 5 May 2020: “…”"). `others` are the expressions
    outside quotations.
    """
    opens = max((start for start, end in quotes if start <= quoted.start <= end), default=0)
    for _, expression in others:
        if expression.anchor == "explicit" and _HEADS_QUOTE.fullmatch(text, expression.end, opens):
            return expression.starts_on if expression.starts_on == expression.ends_on else None
    best: tuple[int, date] | None = None
    for other, expression in others:
        day = expression.starts_on
        if day is None or day != expression.ends_on or other.root is None or expression.timex_type == "DURATION":
            continue
        if abs(other.end - quoted.start) > LONGEST_PARAGRAPH or not one_paragraph(text, other.end, quoted.start):
            continue
        if _of_speaking(other.root):
            distance = abs(other.start - quoted.start)
            best = min(best or (distance, day), (distance, day))
    return best[1] if best else None


def _one_phrase(text: str, item: Found, event: TimeExpression) -> bool:
    """Whether the event and its date belong together: no full stop between; of "the day after X" no comma either."""
    between = text[item.end : event.start]
    if event.anchor == "narrative" or ";" in between:
        return False
    if item.reading.op == "beside_event":
        return re.fullmatch(r"(?:\s+[\w'’-]+){1,6}\s+", between) is not None
    return "." not in between.replace(". ", ".", 0)


def _same_day(text: str, item: Found, beside: TimeExpression) -> bool:
    """Whether both are one day: "on 3 May, the day before the vote", "two days later, on Friday"."""
    one_day = beside.starts_on is not None and beside.starts_on == beside.ends_on and beside.timex_type == "DATE"
    between = text[min(item.end, beside.end) : max(item.start, beside.start)]
    return one_day and item.reading.timex == "DATE" and between in (", ", ", on ", " on ", " - ", " -- ", " — ", " – ")


def is_step(item: Found) -> bool:
    """ "two days later", "the next day"."""
    reading = item.reading
    offset = (
        reading.op == "offset" and not reading.unit.startswith("T") and reading.rel in ("earlier", "later", "before")
    )
    weekday = reading.op == "weekday" and reading.rel in ("following", "previous")
    return (
        offset
        or weekday
        or (reading.op == "unit" and reading.unit == "D" and reading.rel in ("next", "following", "previous"))
    )


def _stretch(expression: TimeExpression, first: date, last: date) -> TimeExpression:
    """ "For ten years after the 1990 fire", "for ten years before": all of them."""
    return replace(
        expression,
        starts_on=first,
        ends_on=last,
        edtf=f"{first.isoformat()}/{last.isoformat()}",
        anchor="event",
        derivation="stretch_beside_dated_event",
    )


def from_event(
    text: str,
    item: Found,
    expression: TimeExpression,
    pieces: Sequence[Piece],
    earlier: Sequence[TimeExpression],
    later: Sequence[TimeExpression],
) -> TimeExpression:
    """Give "three days after Saturday's attack" its day, counted from the expression that dates the event.

    The value of a length stays (TimeML keeps "after" outside); without a dated event there is no day. "On 3 May, the
    day before the vote" is that day.
    """
    if is_step(item) and later and _same_day(text, item, later[0]):
        return replace(
            later[0],
            start=item.start,
            end=item.end,
            text=expression.text,
            anchor="narrative",
            derivation="day_beside_it",
        )
    following = pieces[item.last].kind if item.last < len(pieces) else ""
    length = item.reading.op == "duration"
    if (not length and item.reading.op != "beside_event") or following not in _SIDES:
        return expression
    undated = replace(expression, anchor="event", derivation="offset_from_undated_event")
    beside = earlier[-1] if earlier and not length else None
    if beside is not None and _same_day(text, item, beside):
        return replace(
            beside, start=item.start, end=item.end, text=expression.text, anchor="narrative", derivation="day_beside_it"
        )
    event = next((other for other in later if 0 < other.start - item.end <= NEAR), None)
    if event is None or event.starts_on is None or item.reading.n is None or not _one_phrase(text, item, event):
        return undated
    if event.ends_on is None or (event.ends_on - event.starts_on).days >= _LENGTHS.get(item.reading.unit, 1):
        return undated  # "three days after last month's vote": no day follows from a month
    base = event.starts_on if following == "BEFORE" else event.ends_on
    day = moved_by(base, item.reading, -1 if following == "BEFORE" else 1)
    if length and day is not None and text[: item.start].endswith((" for ", "For ")):
        return _stretch(expression, min(day, event.starts_on), max(day, event.starts_on))
    value = grain(day, item.reading.unit) if day else ""
    days = cal.interval(value)
    if days is None:
        return undated
    return replace(
        expression,
        value=expression.value if length else value + item.reading.part,
        starts_on=days[0],
        ends_on=days[1],
        edtf=cal.edtf(value),
        anchor="event",
        derivation=f"offset_{following.lower()}_dated_event",
    )
