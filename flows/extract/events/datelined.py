"""The place of a report's first event: the town of its dateline, where the lead tells of today and names no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.claims.datelines import Dateline
from flows.extract.events.narration import is_narrated
from flows.extract.events.ongoing import Told
from flows.extract.events.participants import Cast
from flows.records import Event

_SEATED: Final = frozenset({"JUD", "LEG"})  # courts and parliaments sit in their town, whatever they do
_NEWS: Final = timedelta(days=1)


def at_dateline(doc: Doc, told: Told, cast: Cast, lines: Iterable[Dateline]) -> Told:
    """The events, those of the sentence behind the first dateline with its town."""
    line = next(iter(lines), None)
    written: date | None = doc._.reference_on
    if line is None or written is None:
        return told
    town = next((n for n, m in cast.places if line.span.start <= m.start < line.span.end), None)
    first = next((t for t in doc if t.idx >= line.span.end and not t.is_space), None)
    if town is None or first is None or _names_another(first, line, cast):
        return told
    out = dict(told)
    for at in range(first.i, first.sent.end):
        if at in told and is_narrated(doc[at]):
            out[at] = [replace(e, place=town) if _is_today_there(e, written) else e for e in told[at]]
    return out


def _names_another(first: Token, line: Dateline, cast: Cast) -> bool:
    inside = {cast.place_named(n) for n, m in cast.places if line.span.start <= m.start < line.span.end}
    end = first.sent.end_char
    return any(cast.place_named(n) not in inside for n, m in cast.places if first.idx <= m.start < end)


def _is_today_there(event: Event, written: date) -> bool:
    """Whether an event is of the day of the report or the day before, and done by those who sit where the reporter is.

    What others do is told from there, wherever it was.
    """
    day = event.starts_on
    if event.place is not None or day is None or not timedelta(0) <= written - day <= _NEWS:
        return False
    return any(p.role == "actor" and p.sector in _SEATED for p in event.participants)
