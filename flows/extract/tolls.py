"""The event behind a figure: for a toll of people the attack or fight that explains it, else the clause it stands in.

"Rebels took the post on Sunday. Five guards were killed there.": the five belong to the taking. An attack of the same
sentence comes first, then one at a place the sentence names, one by the same actor, that of the figure before, and one
of the sentences around. What nobody dealt, a disaster, has no event and its figures none. A number of those arrested or
freed ("The ministry speaks of 34 arrests") goes with the arrest or release that was told last, a bare number of people
with the march.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc

from flows.extract.fates import fates, known
from flows.names import fold
from flows.records import Event, Figure, Mention

_TOLLS: Final = frozenset({"killed", "injured", "missing", "casualty", "displaced", "captured"})
_EXPLAINING: Final = frozenset({"ASSAULT", "FIGHT"})
_DETAILS: Final = frozenset({"kill", "wound", "abduct"})
_DONE: Final = frozenset({"asserted", "reported"})
_BESIDE: Final = frozenset({"(", "of"})  # between "the march" and "(3,000 people)"
_BEFORE: Final = 2  # sentences back that still explain a toll
_PLACES: Final = frozenset({"place", "country"})


def with_events(doc: Doc, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures with the index into doc._.events of what each is a figure of."""
    scene = _Scene(doc)
    out: list[Figure] = []
    for figure in figures:
        own = _around(doc._.events, figure.end - 1)
        event = scene.explain(figure, own, out) if figure.unit in _TOLLS else own
        if figure.unit in fates() - _TOLLS:
            event = scene.of_fate(figure, own)
        elif figure.unit == "people":
            event = scene.of_crowd(figure, own)
        out.append(replace(figure, event=event))
    return tuple(out)


def _around(events: tuple[Event, ...], at: int) -> int | None:
    """The event whose clause holds the position most closely."""
    around = [n for n, e in enumerate(events) if e.span.start <= at < e.span.end]
    if not around:
        return None
    return min(around, key=lambda n: (events[n].span.end - events[n].span.start, abs(events[n].trigger.start - at), n))


@dataclass(frozen=True, slots=True)
class _Causes:
    """Events that can explain a toll, by index, with the sentence of each."""

    sentence: dict[int, int]

    def within(self, first: int, last: int) -> list[int]:
        return [n for n, s in self.sentence.items() if first <= s <= last]


class _Scene:
    """The events of one Doc as causes of what befell people."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.events: tuple[Event, ...] = doc._.events
        self.mentions: tuple[Mention, ...] = doc._.mentions
        self.starts = [s.start_char for s in doc.sents]
        self.places: dict[int, set[str]] = defaultdict(set)
        for mention in self.mentions:
            if mention.kind in _PLACES and mention.form == "name":
                self.places[self._sentence(mention.start)].add(fold(mention.text))
        self.causes = _Causes({n: self._sentence(e.trigger.start) for n, e in enumerate(self.events) if _is_cause(e)})
        self.units = {n: unit for n, e in enumerate(self.events) if (unit := _fate_told(doc, e)) is not None}
        self.named = {n: self._named(self.events[n]) for n in self.causes.sentence}

    def explain(self, figure: Figure, own: int | None, before: Sequence[Figure]) -> int | None:
        """The event of a toll: its own clause's if that is an attack, else the nearest explanation, else its own."""
        event = self.events[own] if own is not None else None
        if own is not None and own in self.causes.sentence:
            return own
        if event is not None and event.event_type not in _EXPLAINING and figure.unit != "captured":
            own = event = None  # an accusation or a demand killed nobody
        found = next((n for n in self._explanations(figure, event, before) if n is not None), None)
        return found if found is not None else own

    def of_fate(self, figure: Figure, own: int | None) -> int | None:
        """The event whose word tells what befell those counted: their own clause's, else the one told last before."""
        told = [n for n, unit in self.units.items() if unit == figure.unit]
        if not told or own in told:
            return own
        at = self._sentence(figure.start)
        here = [n for n in told if self._sentence(self.events[n].trigger.start) == at]
        told = [n for n in told if self._sentence(self.events[n].trigger.start) >= at - _BEFORE]
        return next(
            (n for n in (self._nearest(here, figure.start), self._last(told, figure.start)) if n is not None), own
        )

    def of_crowd(self, figure: Figure, own: int | None) -> int | None:
        """The march that a number of people is told right behind, or that a bare number goes on counting."""
        marches = [n for n, e in enumerate(self.events) if e.event_type == "PROTEST" and e.status in _DONE]
        if own in marches:
            return own
        beside = [n for n in marches if self.text[self.events[n].trigger.end : figure.start].strip() in _BESIDE]
        if beside:
            return self._last(beside, figure.start)
        at = self._sentence(figure.start)
        near = [n for n in marches if self._sentence(self.events[n].trigger.start) >= at - 1]
        return self._last(near, figure.start) if own is None and figure.text[-1].isdigit() else own

    def _explanations(self, figure: Figure, own: Event | None, before: Sequence[Figure]) -> Iterator[int | None]:
        at = self._sentence(figure.start)
        actors = _actors(own)
        here = self.causes.within(at, at)
        yield self._nearest([n for n in here if _same(own, self.events[n])], figure.start)
        if actors:
            near = here if _is_dated(own) else self.causes.within(at - _BEFORE, at)
            yield self._last([n for n in near if actors & _actors(self.events[n])], figure.start)
        if own is not None and (_is_dated(own) or _has_actor(own)) and figure.unit != "captured":
            return  # a killing that tells who or when is an event beside the others
        places = self.places.get(at)
        if places:
            there = [n for n in self.causes.sentence if places & self.named[n]]
            yield self._nearest(there, figure.start)
        if actors:
            yield self._last([n for n in self.causes.sentence if actors & _actors(self.events[n])], figure.start)
        last = next((one for one in reversed(before) if one.unit in _TOLLS), None)  # not "four of them officers"
        if last is not None and self._sentence(last.start) >= at - 1:
            yield last.event
        if not places:
            yield self._last(self.causes.within(at - _BEFORE, at), figure.start)

    def _sentence(self, at: int) -> int:
        return bisect_right(self.starts, at)

    def _nearest(self, events: Iterable[int], at: int) -> int | None:
        return min(events, key=lambda n: (abs(self.events[n].trigger.start - at), n), default=None)

    def _last(self, events: Iterable[int], at: int) -> int | None:
        return max((n for n in events if self.events[n].trigger.start < at), default=None)

    def _named(self, event: Event) -> set[str]:
        """What the clause of an event names, its place included."""
        first = bisect_left(self.mentions, event.span.start, key=lambda m: m.start)
        last = bisect_left(self.mentions, event.span.end, key=lambda m: m.start)
        place = [self.mentions[event.place]] if event.place is not None else []
        return {fold(m.text) for m in (*self.mentions[first:last], *place) if m.form == "name"}


def _fate_told(doc: Doc, event: Event) -> str | None:
    """What befell people by the word for an event that was done: "arrested" for an arrest."""
    trigger = doc.char_span(event.trigger.start, event.trigger.end, alignment_mode="expand")
    unit = known(trigger.root) if trigger is not None and event.status in _DONE else None
    return unit.unit if unit is not None and unit.kind == "fate" else None


def _is_cause(event: Event) -> bool:
    return event.event_type in _EXPLAINING and event.status in _DONE and event.mode not in _DETAILS


def _same(own: Event | None, cause: Event) -> bool:
    """Whether a killing that says neither who nor another day is part of the attack in its sentence."""
    return own is None or (not _has_actor(own) and (own.date is None or cause.date in {None, own.date}))


def _is_dated(event: Event | None) -> bool:
    return event is not None and event.date is not None


def _has_actor(event: Event) -> bool:
    return any(p.role == "actor" for p in event.participants)


def _actors(event: Event | None) -> set[int]:
    if event is None:
        return set()
    return {p.entity for p in event.participants if p.role == "actor" and p.entity is not None}
