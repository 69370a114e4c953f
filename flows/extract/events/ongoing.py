"""The day that a text narrates on: told once, it holds for what is told next, until another day is told.

"Police clashed with dockers on Wednesday. Stones were thrown." is one scene of one day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Span, Token

from flows.extract.events.lexicon import word_class
from flows.extract.events.narration import is_narrated
from flows.extract.events.participants import Cast
from flows.records import Event, TimeExpression

SCENES: Final = frozenset({"ASSAULT", "FIGHT", "PROTEST", "COERCE", "MOBILIZE", "AID"})
_RULINGS: Final = frozenset({"COERCE", "REJECT", "CONCEDE", "SANCTION"})
_HAPPENED: Final = frozenset({"asserted", "reported"})
_BEHIND: Final = frozenset({"since", "before", "until", "had"})
_DEEP: Final = 5
_FOLLOWING: Final = 4  # sentences in which a scene goes on without its day

Told = dict[int, list[Event]]


def with_days_of_line(doc: Doc, told: Told, cast: Cast) -> Told:
    """The events, those that go on with a scene with its day."""
    days = _Days(doc, cast)
    out: Told = {}
    for at in sorted(told):
        out[at] = [days.continued(at, event) for event in told[at]]
        days.seen(at, out[at])
    return out


class _Days:
    """The last event of a scene that tells its day."""

    def __init__(self, doc: Doc, cast: Cast) -> None:
        self.doc = doc
        self.cast = cast
        self.sentences = [sentence.start for sentence in doc.sents]
        self.scene: tuple[int, Event] | None = None

    def seen(self, at: int, events: Sequence[Event]) -> None:
        """Take note of an event that tells its day."""
        dated = next((e for e in events if e.starts_on is not None and e.starts_on == e.ends_on), None)
        if dated is not None and dated.event_type in SCENES and has_happened(dated) and is_news(self.doc[at]):
            self.scene = at, dated

    def continued(self, at: int, event: Event) -> Event:
        """An event with the day of what it goes on with."""
        verb = self.doc[at]
        if event.date is not None or event.event_type not in SCENES or not has_happened(event) or self.scene is None:
            return event
        if (
            verb.pos_ != "VERB"
            or not is_narrated(verb)
            or _is_aside(verb)
            or not self._goes_on(event, verb, *self.scene)
        ):
            return event
        scene = self.scene[1]
        return replace(event, date=scene.date, starts_on=scene.starts_on, ends_on=scene.ends_on)

    def _goes_on(self, event: Event, verb: Token, before: int, scene: Event) -> bool:
        far = bisect_right(self.sentences, verb.i) - bisect_right(self.sentences, before)
        if far > _FOLLOWING or any(is_other(when, scene) for when in self._between(scene, verb)):
            return False
        return not self._is_elsewhere(event, scene, verb)

    def _is_elsewhere(self, event: Event, scene: Event, verb: Token) -> bool:
        """Whether an event befalls somebody else by name, or its sentence names another place than the scene's."""
        if named(event, self.cast) - named(scene, self.cast):
            return True
        here = {self.cast.place_named(e.place) for e in (event, scene) if e.place is not None}
        return len(here | _places_in(verb.sent, self.cast)) > 1

    def _between(self, dated: Event, verb: Token) -> Iterator[TimeExpression]:
        """The expressions behind the trigger of a dated event up to the end of a verb's sentence."""
        end = verb.sent.end_char
        return (when for when in self.doc._.dates if dated.trigger.end <= when.start < end)


def is_other(when: TimeExpression, scene: Event) -> bool:
    """Whether an expression tells another day than a scene's."""
    if when.timex_type not in {"DATE", "TIME"}:
        return False
    return (when.starts_on, when.ends_on) != (scene.starts_on, scene.ends_on)


def _is_aside(verb: Token) -> bool:
    """Whether a relative clause tells it: "the guard who was captured", whenever that was."""
    token = verb
    while token.head.i != token.i:
        if token.dep_ in {"relcl", "acl"}:
            return True
        token = token.head
    return False


def has_happened(event: Event) -> bool:
    """Whether it happened, as far as the article tells."""
    return event.status in _HAPPENED


def is_ruling(event: Event) -> bool:
    """What a court orders where it sits, which is not where the rest happened; its inquiries are on the spot."""
    by_court = any(party.role == "actor" and party.sector == "JUD" for party in event.participants)
    return by_court and event.event_type in _RULINGS


def is_news(trigger: Token) -> bool:
    """Whether the article tells it for itself, and not as what lies behind: "since rebels seized the post"."""
    token = trigger
    for _ in range(_DEEP):
        ahead = [kid for kid in token.lefts if kid.dep_ in {"mark", "prep", "aux"}]
        if token.lower_ in _BEHIND or any(kid.lower_ in _BEHIND for kid in ahead):
            return False
        if token.head.i == token.i or (token.dep_ == "ccomp" and token.head.lemma_ in word_class("SAYING")):
            break
        token = token.head
    return True


def named(event: Event, cast: Cast) -> set[int]:
    """The entities of those who take part and have a name of their own."""
    return {p.entity for p in event.participants if p.entity is not None and p.entity in cast.bearers}


def _places_in(sentence: Span, cast: Cast) -> set[object]:
    """What makes the towns and spots that a sentence names one."""
    spots = ((n, m) for n, m in enumerate(cast.mentions) if m.form == "name" and m.kind == "place")
    inside = {cast.place_named(n) for n, m in spots if sentence.start <= m.root < sentence.end}
    return inside - cast.regions
