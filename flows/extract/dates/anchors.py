"""Other days to count from than the text's today: the day of speech, and the day of a dated event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Token

from flows.extract.dates import calendars as cal
from flows.extract.dates.context import moved_by
from flows.extract.dates.lexer import Piece
from flows.extract.dates.normalise import Reading
from flows.extract.dates.periods import grain
from flows.extract.dates.syntax import lemmas, modified
from flows.records import TimeExpression

# What inside a quotation counts from the day on which it was said.
SPOKEN = ("deictic", "overnight", "weekday", "day_part", "unit", "offset", "month", "month_day", "period")
LONGEST_PARAGRAPH = 3000  # characters: a quotation and its verb of saying are nearer than that
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


def speech_day(text: str, quoted: Found, others: Sequence[tuple[Found, TimeExpression]]) -> date | None:
    """The day on which a quotation was said: that of the nearest verb of saying in its paragraph with one.

    `others` are the expressions outside quotations.
    """
    best: tuple[int, date] | None = None
    for other, expression in others:
        day = expression.starts_on
        if day is None or day != expression.ends_on or other.root is None or expression.timex_type == "DURATION":
            continue
        if abs(other.end - quoted.start) > LONGEST_PARAGRAPH or not one_paragraph(text, other.end, quoted.start):
            continue
        if any(verb.lemma_ in lemmas("speech") for verb in modified(other.root)):
            distance = abs(other.start - quoted.start)
            best = min(best or (distance, day), (distance, day))
    return best[1] if best else None


def from_event(
    text: str, item: Found, expression: TimeExpression, pieces: Sequence[Piece], later: Sequence[TimeExpression]
) -> TimeExpression:
    """Give "three days after Saturday's attack" its day, counted from the expression that dates the event.

    The value stays the length (TimeML keeps "after" outside); without a dated event there is no day.
    """
    following = pieces[item.last].kind if item.last < len(pieces) else ""
    if item.reading.op != "duration" or item.reading.n is None or following not in ("AFTER", "BEFORE"):
        return expression
    event = next((other for other in later if 0 < other.start - item.end <= NEAR), None)
    if event is None or event.starts_on is None or "." in text[item.end : event.start].replace(". ", ".", 0):
        return replace(expression, derivation="offset_from_undated_event")
    base = event.starts_on if following == "BEFORE" else event.ends_on
    day = moved_by(base, item.reading, 1 if following == "AFTER" else -1) if base else None
    days = cal.interval(grain(day, item.reading.unit)) if day else None
    if days is None:
        return replace(expression, derivation="offset_from_undated_event")
    return replace(
        expression,
        starts_on=days[0],
        ends_on=days[1],
        edtf=cal.edtf(grain(day, item.reading.unit)) if day else None,
        anchor="event",
        derivation=f"offset_{following.lower()}_dated_event",
    )
