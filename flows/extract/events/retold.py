"""What an article tells of one happening again and again: where and when it was, told once, holds for all of it.

An article is about one attack, one march, one meeting, and names its place and day in the first sentences. What it
calls "the attack" from there on is that one, until another of its kind is told elsewhere or on another day; what it
goes on to tell of it with verbs ("two guards were shot") as long as the whole article tells of no other place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.events.lexicon import VIOLENT, word_class
from flows.extract.events.narration import is_narrated
from flows.extract.events.ongoing import (
    SCENES,
    Told,
    has_happened,
    is_news,
    is_other,
    is_ruling,
    named,
    with_days_of_line,
)
from flows.extract.events.participants import Cast
from flows.records import Event

_KINDS: Final = (
    frozenset({"ASSAULT", "FIGHT"}),
    frozenset({"PROTEST"}),
    frozenset({"CONSULT"}),
    frozenset({"INVESTIGATE"}),
    frozenset({"COERCE"}),
    frozenset({"RETREAT"}),
)
_ANY_HARM: Final = frozenset({None, "attack", "kill", "wound", "clash"})
_TWO: Final = 2
_STEM: Final = 4
_GOING_ON: Final = frozenset({"strike", "obstruct"})  # which lasts, at one place, while the article tells of it
_DEFINITE: Final = frozenset({"the", "this", "that"})
_APART: Final = frozenset({"amod", "compound", "nmod", "poss", "prep", "relcl", "acl", "nummod"})
_LEAD: Final = 6  # sentences in which an article tells what it is about
_NEAR: Final = 3  # sentences in which another of its kind stands in the way
_BRIEF: Final = timedelta(days=6)
_RECENT: Final = timedelta(days=366)


def with_what_is_known(doc: Doc, told: Told, cast: Cast) -> Told:
    """The events, those that take up the happening that the article is about with its place and its day."""
    out = {at: list(events) for at, events in told.items()}
    for kind in _KINDS:
        topic = _Topic(doc, kind, told, cast)
        for at in told:
            out[at] = [topic.complete(at, event) if event.event_type in kind else event for event in out[at]]
    out = with_days_of_line(doc, _with_days_to_come(doc, out), cast)
    scene = _Topic(doc, None, out, cast)
    for at in told:
        out[at] = [scene.continued(at, event) if event.event_type in SCENES else event for event in out[at]]
    return out


def _with_days_to_come(doc: Doc, told: Told) -> Told:
    """The events, those that are planned with the day that the article tells of the plan: "will vote on Friday"."""
    days: dict[str, dict[Hashable, Event]] = {}
    for at, events in sorted(told.items()):
        for event in events:
            if event.status == "planned" and event.starts_on is not None and event.starts_on == event.ends_on:
                days.setdefault(doc[at].lemma_.lower(), {}).setdefault(event.starts_on, event)
    only = {word: next(iter(found.values())) for word, found in days.items() if len(found) == 1}
    out = dict(told)
    for at in told:
        one = only.get(doc[at].lemma_.lower())
        if one is not None:
            out[at] = [_on(event, one) if _is_to_come(event, one) else event for event in told[at]]
    return out


def _is_to_come(event: Event, one: Event) -> bool:
    return event.date is None and event.status == "planned" and event.event_type == one.event_type


def _on(event: Event, one: Event) -> Event:
    """An event on the day of another."""
    return replace(event, date=one.date, starts_on=one.starts_on, ends_on=one.ends_on)


@dataclass(frozen=True, slots=True)
class _Known:
    """One event that tells its place or its day, with what makes that place or day one."""

    at: int
    value: Hashable
    event: Event


class _Topic:
    """The happening of one kind that an article is about."""

    def __init__(self, doc: Doc, kind: frozenset[str] | None, told: Told, cast: Cast) -> None:
        self.doc = doc
        self.cast = cast
        self.sentences = [sentence.start for sentence in doc.sents]
        of_kind = [
            (at, e) for at, events in sorted(told.items()) for e in events if kind is None or e.event_type in kind
        ]
        self.background = {at for at, _ in of_kind if not is_news(doc[at])}
        placed = [
            (at, e, e.place)
            for at, e in of_kind
            if e.place is not None and cast.mentions[e.place].form == "name" and not (kind is None and is_ruling(e))
        ]
        towns = [one for one in placed if not self._is_within_or_around(one[2])] or placed
        self.placed = [_Known(at, cast.place_named(place), e) for at, e, place in towns]
        self.dated = [_Known(at, (e.starts_on, e.ends_on), e) for at, e in of_kind if e.date is not None]

    def _is_within_or_around(self, place: int) -> bool:
        """Whether a place lies within a town, or is what a town's name is told with: "Rope Street", "Lund, Ohio"."""
        mention = self.cast.mentions[place]
        if mention.text.split()[-1].lower() in word_class("SPOTS"):
            return True
        return self.cast.place_named(place) in self.cast.regions

    def complete(self, at: int, event: Event) -> Event:
        """An event of the kind, with the place and the day of the topic where it tells of that."""
        if not has_happened(event):
            return event
        event = self._as_done_there(at, self._as_suffered(event))
        if not _is_taken_up(self.doc[at]):
            return event
        where = self._topic(self.placed, at) if event.place is None else None
        if where is not None and has_happened(where.event) and self._is_called(where, at, event):
            event = replace(event, place=where.event.place)
        when = self._day(at, event) if event.date is None else None
        if when is not None:
            event = _on(event, when)
        return event

    def continued(self, at: int, event: Event) -> Event:
        """An event with the place of the lead, where the article narrates on and tells of no other place."""
        if event.place is not None or not has_happened(event):
            return event
        one = self._only(self.placed, at) or self._of_the_day(at, event)
        if one is None or not has_happened(one.event) or self._sentence(one.at) >= _LEAD:
            return event
        lasting = event.mode in _GOING_ON and self.doc[at].lemma_ != "picket"  # who stands there
        same = lasting or self._is_of_scene(at, event, one.event)
        return replace(event, place=one.event.place) if same else event

    def _of_the_day(self, at: int, event: Event) -> _Known | None:
        """What the lead tells of the day of an event, where all of that day that has a place is at one."""
        day = event.starts_on
        same = [one for one in self.placed if day is not None and one.event.starts_on == day]
        first = same[0] if same and same[0] is self.placed[0] and same[0].at < at else None
        return first if len({one.value for one in same}) == 1 else None

    def _as_suffered(self, event: Event) -> Event:
        """An event with the place and the day that the article tells of the same harm to the same person."""
        if event.place is None and (one := self._same(self.placed, event)) is not None:
            event = replace(event, place=one.place)
        if event.date is None and (one := self._same(self.dated, event)) is not None:
            event = _on(event, one)
        return event

    def _as_done_there(self, at: int, event: Event) -> Event:
        """Harm without a day at a place where the article tells of harm on one day: "Five were killed at the post"."""
        token = self.doc[at]
        if event.date is not None or event.place is None or event.event_type not in VIOLENT or token.tag_ == "NNS":
            return event
        if not self._is_own(token, event.place) or (token.pos_ == "VERB" and not is_narrated(token)):
            return event
        there = self.cast.place_named(event.place)
        same = [one for one in self.dated if self._is_at(one.event, there)]
        if len({one.value for one in same}) != 1 or not self._is_brief(same[0], at):
            return event
        one, sentence = same[0].event, token.sent
        inside = (when for when in self.doc._.dates if sentence.start_char <= when.start < sentence.end_char)
        return event if any(is_other(when, one) for when in inside) else _on(event, one)

    def _is_own(self, token: Token, place: int) -> bool:
        """Whether the sentence of a trigger names a place itself, and no country."""
        mention = self.cast.mentions[place]
        return mention.kind == "place" and token.sent.start <= mention.root < token.sent.end

    def _is_at(self, event: Event, place: object) -> bool:
        return has_happened(event) and event.place is not None and self.cast.place_named(event.place) == place

    def _same(self, known: Sequence[_Known], event: Event) -> Event | None:
        victims = self._victims(event)
        same = [
            one
            for one in known
            if one.event.mode == event.mode and has_happened(one.event) and self._victims(one.event) & victims
        ]
        return same[0].event if len({one.value for one in same}) == 1 else None

    def _victims(self, event: Event) -> set[int]:
        people = self.cast.entities
        who = (p.entity for p in event.participants if p.role == "recipient" and p.entity is not None)
        return {n for n in who if people[n].kind == "person"} if event.event_type in VIOLENT else set()

    def _day(self, at: int, event: Event) -> Event | None:
        """What tells the day of a happening that does not last longer than that; talks are held again."""
        one = self._topic(self.dated, at)
        if one is None or not has_happened(one.event) or event.event_type == "CONSULT" or not self._is_brief(one, at):
            return None
        if event.event_type in VIOLENT:
            return one.event
        same = one.event.starts_on == one.event.ends_on and self.doc[at].tag_ != "NNS"
        return one.event if same and self._is_one(one, at, event) else None

    def _is_called(self, one: _Known, at: int, event: Event) -> bool:
        """Whether a noun may call a happening so: a blast "the attack" but no stabbing, a march "the rally"."""
        noun = self.doc[at]
        if event.event_type not in VIOLENT:
            return noun.lemma_ not in word_class("PROBE") and self._is_one(one, at, event)
        idle = noun.lemma_ == "offensive" and noun.dep_ == "pobj" and noun.head.lower_ == "on"
        modes = {event.mode, one.event.mode} - _ANY_HARM
        return not idle and len(modes) < _TWO

    def _is_brief(self, one: _Known, at: int) -> bool:
        """Whether the day is known to the week, not long ago, and not the first of something that goes on."""
        first, last, written = one.event.starts_on, one.event.ends_on, self.doc._.reference_on
        if first is None or last is None or self.doc[at].lemma_ in word_class("LASTING"):
            return False
        return last - first <= _BRIEF and (written is None or timedelta(0) <= written - first < _RECENT)

    def _is_one(self, one: _Known, at: int, event: Event) -> bool:
        """Whether two triggers are one word or name one thing: "met" and "the meeting", "marched" and "the rally"."""
        alike = self.doc[one.at].lemma_[:_STEM].lower() == self.doc[at].lemma_[:_STEM].lower()
        same = event.mode is not None and event.mode == one.event.mode
        return alike or (same and event.event_type != "CONSULT")  # of several rounds of talks each has a place

    def _topic(self, known: Sequence[_Known], at: int) -> _Known | None:
        """What the lead tells, where nothing else of its kind stands close before; else all that is told."""
        only = self._only(known, at)
        first = known[0] if known else None
        if only is not None or first is None or first.at >= at:
            return only
        sentence = self._sentence(at)
        if self._sentence(first.at) >= _LEAD or first.at in self.background:
            return None
        near = [one for one in known if one.at < at and self._sentence(one.at) >= sentence - _NEAR]
        return first if all(one.value == first.value for one in near) else None

    def _only(self, known: Sequence[_Known], at: int) -> _Known | None:
        """What alone is told, as news and before."""
        if len({one.value for one in known}) != 1 or known[0].at >= at or known[0].at in self.background:
            return None
        return known[0]

    def _sentence(self, token: int) -> int:
        return bisect_right(self.sentences, token) - 1

    def _is_of_scene(self, at: int, event: Event, topic: Event) -> bool:
        """Whether a verb goes on to tell of the topic: of nobody else by name, on no other day, at no other place."""
        verb = self.doc[at]
        if verb.pos_ != "VERB" or not is_narrated(verb):
            return False
        if event.date not in {None, topic.date} and (event.starts_on is None or event.starts_on != topic.starts_on):
            return False
        same_day = event.starts_on is not None and event.starts_on == topic.starts_on
        if not same_day and named(event, self.cast) - named(topic, self.cast):
            return False
        own = topic.place is not None and self.cast.place_named(topic.place)
        return all(self.cast.place_named(n) == own for n in self._named_places(verb, topic, same_day))

    def _named_places(self, verb: Token, topic: Event, same_day: bool) -> Iterator[int]:
        """The places named in the sentence of a verb and, of another day, the towns named since the topic was told."""
        sentence = verb.sent
        for n, mention in self.cast.places:
            since = not same_day and mention.kind == "place" and topic.trigger.end <= mention.start < verb.idx
            if since and self._is_within_or_around(n):
                continue
            if since or sentence.start <= mention.root < sentence.end:
                yield n


def _is_taken_up(noun: Token) -> bool:
    """ "the attack": a definite noun that nothing tells from another of its kind."""
    kids = list(noun.children)
    known = any(k.dep_ == "det" and k.lower_ in _DEFINITE for k in kids)
    return noun.pos_ == "NOUN" and known and not {k.dep_ for k in kids} & _APART
