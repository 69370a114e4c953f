"""Where and when an event happened whose clause does not say: place and day of the scene that it belongs to.

News names the place of a scene once and tells on: "Rebels attacked a market in Teso. Five people were killed." The
place holds for what the same sentence tells together with it, for a noun that takes it up ("the attack"), and for what
the next sentences tell of force, protest and police until another place is named or another day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.claims.datelines import datelines
from flows.extract.events.around import place_around, town_of_force
from flows.extract.events.building import Reading
from flows.extract.events.datelined import at_dateline
from flows.extract.events.lexicon import triggers, word_class
from flows.extract.events.narration import is_narrated
from flows.extract.events.ongoing import is_ruling
from flows.extract.events.participants import Cast
from flows.extract.events.retold import with_what_is_known
from flows.happening import family
from flows.records import Claim, Event

# What is done in one spot; words, promises and orders are at home nowhere.
_SEEN: Final = frozenset({"ASSAULT", "FIGHT", "COERCE", "PROTEST", "MOBILIZE", "AID", "RETREAT", "INVESTIGATE"})
_SPOKEN: Final = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "DISAPPROVE", "SUPPORT"})
_UNSEEN: Final = frozenset({"resign", "ban", "restrict", "legal", "cyber", "access", "boycott", "petition"})
_TOGETHER: Final = frozenset({"when", "as", "while", "where"})
_WITHIN: Final = frozenset({"in", "during", "by", "of", "from", "amid"})
_ELSEWHEN: Final = frozenset({"before", "after", "since", "until", "to", "would", "if"})
_TOLD_APART: Final = frozenset({"amod", "compound", "nmod", "poss", "prep", "relcl", "acl", "nummod"})
_FELT: Final = frozenset({"ASSAULT", "FIGHT", "PROTEST"})
_DEFINITE: Final = frozenset({"the", "this", "that"})
_REACH: Final = 2  # sentences
_LEAD: Final = 2  # sentences of the lead below a headline
_LONGEST_HEADLINE: Final = 30  # tokens
_STOPS: Final = frozenset({".", "!", "?"})
_HAPPENED: Final = frozenset({"asserted", "reported"})
_STEM: Final = 4


def in_scenes(
    doc: Doc, found: Mapping[int, Reading], made: Mapping[int, Sequence[Event]], cast: Cast
) -> dict[int, list[Event]]:
    """The events by the token of their trigger, those without a place or a day with that of their scene."""
    told = {at: list(events) for at, events in made.items()}
    scenes = _Scenes(doc, found, made, told, cast)
    for at in scenes.taken_up():
        told[at] = [scenes.as_known(at, event) for event in told[at]]
    for at in sorted(told):
        for number, event in enumerate(told[at]):
            if event.date is None and (same := scenes.same_day(at, event)) is not None:
                event = replace(event, date=same.date, starts_on=same.starts_on, ends_on=same.ends_on)
            if event.date is None and (day := scenes.day_of(at, event)) is not None:
                event = replace(event, date=day, starts_on=doc._.dates[day].starts_on, ends_on=doc._.dates[day].ends_on)
            if event.place is None and (place := scenes.place_of(at, event)) is not None:
                event = replace(event, place=place)
            told[at][number] = scenes.as_known(at, event)
    for at, lead in scenes.days_of_headline():
        told[at] = [replace(e, date=lead.date, starts_on=lead.starts_on, ends_on=lead.ends_on) for e in told[at]]
    return with_what_is_known(doc, at_dateline(doc, told, cast, datelines(doc.text)), cast)


class _Scenes:
    """The events of one Doc in the order of the text; places found are seen by the events behind."""

    def __init__(
        self,
        doc: Doc,
        found: Mapping[int, Reading],
        made: Mapping[int, Sequence[Event]],
        told: Mapping[int, Sequence[Event]],
        cast: Cast,
    ) -> None:
        self.doc = doc
        self.found = found
        self.made = made
        self.told = told
        self.cast = cast
        self.order = sorted(told)
        claims: Sequence[Claim] = doc._.claims
        self.said = {t: c.said_on for c in claims if c.cue is not None for t in range(c.cue.start, c.cue.end)}
        self.sentences = [sentence.start for sentence in doc.sents]
        self.named = sorted((mention.root, n) for n, mention in cast.places)

    def place_of(self, at: int, event: Event) -> int | None:
        """The place of the scene of the event at a token, None where it has none."""
        return next((n for n in self._answers(at, event) if n is not None), None)

    def _answers(self, at: int, event: Event) -> Iterator[int | None]:
        yield self._there(at)
        yield self._taken_up(at)
        if _is_seen(event) and not _is_in_court(self.doc[at]):
            yield self._together(at, event)
            yield place_around(self.doc[at], self.cast)
            yield town_of_force(event, self.cast)
            yield self._before(at, event)

    def same_day(self, at: int, event: Event) -> Event | None:
        """The event whose day is this one's too, None where there is none."""
        again = self._last_taken_up(at)
        if again is not None:
            return next((e for e in self.told.get(again, ()) if e.date is not None), None)
        if not _is_seen(event) or not _is_told_once(self.doc[at]) or _is_in_court(self.doc[at]):
            return None
        near = ((n, e) for n in self._near(at) for e in self.told[n] if e.date is not None and _is_seen(e))
        return min(near, key=lambda pair: abs(pair[0] - at), default=(0, None))[1]

    def taken_up(self) -> list[int]:
        """The triggers that name once more, with a word of its own, what the text has told."""
        return [at for at in self.order if self.found[at].again and self.found[at].alike]

    def as_known(self, at: int, event: Event) -> Event:
        """An event that a noun takes up from afar, with the one day and the one place that the text tells of it."""
        if event.place is None and (place := self._known(at)) is not None:
            event = replace(event, place=place)
        if event.date is None and (one := self._known_day(at, event)) is not None:
            event = replace(event, date=one.date, starts_on=one.starts_on, ends_on=one.ends_on)
        return event

    def _known_day(self, at: int, event: Event) -> Event | None:
        """What tells the day of "the deal": all that the text told with its word, where one day is told and first.

        Not of talks, which are held again, and not of a word of two kinds ("strike").
        """
        noun, reading = self.doc[at], self.found[at]
        kinds = {family(row.event_type) for row in triggers().get((noun.lemma_.lower(), "N"), ())}
        if not (reading.again and reading.alike) or event.event_type == "CONSULT" or len(kinds) > 1:
            return None
        if event.status not in _HAPPENED or noun.tag_ == "NNS" or {k.dep_ for k in noun.children} & _TOLD_APART:
            return None
        if not any(k.dep_ == "det" and k.lower_ in _DEFINITE for k in noun.children):
            return None
        earlier = [e for n in reading.again for e in self.told.get(n, ())]
        days = {(e.starts_on, e.ends_on) for e in earlier if e.starts_on is not None}
        one = earlier[0] if earlier else None
        if one is None or one.starts_on is None or one.starts_on != one.ends_on or len(days) > 1:
            return None
        return one if all(e.status in _HAPPENED for e in earlier) else None

    def day_of(self, at: int, event: Event) -> int | None:
        """The index of the day on which an event on the line of the narration was spoken, where its claim tells one."""
        told = event.event_type in _SPOKEN and event.status in _HAPPENED and is_narrated(self.doc[at])
        return self._day_of_saying(event) if told else None

    def _day_of_saying(self, event: Event) -> int | None:
        """The day on which a promise, a refusal or a charge was spoken, where the claim that it is tells one."""
        day = self.said.get(event.trigger.start)
        days = [n for n, d in enumerate(self.doc._.dates) if day is not None and d.starts_on == day == d.ends_on]
        return min(days, key=lambda n: abs(self.doc._.dates[n].start - event.trigger.start), default=None)

    def days_of_headline(self) -> Iterator[tuple[int, Event]]:
        """The triggers of the headline that tell no day, with the event of the lead that tells the same on a day."""
        end = _headline(self.doc)
        lead = [n for n in self.order if end <= n and bisect_right(self.sentences, n) <= self._sentence(end) + _LEAD]
        for at in self.order[: bisect_left(self.order, end)]:
            if any(e.date is not None or e.status not in _HAPPENED for e in self.told[at]):
                continue
            same = [n for n in lead if self._is_same(at, n)]
            if len(same) == 1 and self.doc[same[0]].dep_ not in {"relcl", "acl"} and self._share(at, same[0]):
                days = [e for e in self.told[same[0]] if e.starts_on is not None and e.status in _HAPPENED]
                yield from ((at, day) for day in days[:1])

    def _sentence(self, token: int) -> int:
        return bisect_right(self.sentences, token)

    def _is_same(self, one: int, other: int) -> bool:
        """Whether two triggers are one word, or nearly: "quits" and "quit", "resigns" and "resignation"."""
        stems = {self.doc[n].lemma_[:_STEM].lower() for n in (one, other)}
        kinds = {family(self.found[n].event_type) for n in (one, other)}
        return len(stems) == 1 and len(kinds) == 1

    def _share(self, one: int, other: int) -> bool:
        """Whether two triggers tell of one party or one place, and not of two places."""
        parties, places = [], []
        for events in (self.told[one], self.told[other]):
            text = self.doc.text
            parties.append({text[p.span.start : p.span.end].lower() for e in events for p in e.participants})
            places.append({self.cast.place_named(e.place) for e in events if e.place is not None})
        if all(places):
            return bool(places[0] & places[1])
        return bool(parties[0] & parties[1])

    def _there(self, at: int) -> int | None:
        """ "Police there arrested two men": the place named last before this sentence."""
        token = self.doc[at]
        near = [token, *(k for k in token.children if k.dep_ in {"nsubj", "nsubjpass", "dobj"})]
        if not any(k.lower_ == "there" and k.dep_ == "advmod" for t in near for k in t.children):
            return None
        return self._last_named(token.sent.start)

    def _last_named(self, before: int) -> int | None:
        first = self.sentences[max(0, bisect_right(self.sentences, before) - 1 - _REACH)]
        index = bisect_left(self.named, (before, -1)) - 1
        return self.named[index][1] if index >= 0 and self.named[index][0] >= first else None

    def _last_taken_up(self, at: int) -> int | None:
        """The trigger in one of the last sentences that "the attack" takes up, where nothing tells it from others."""
        noun, again = self.doc[at], self.found[at].again
        if not again or {k.dep_ for k in noun.children} & _TOLD_APART or noun.tag_ == "NNS":
            return None
        sentence = bisect_right(self.sentences, at) - 1
        return again[-1] if again[-1] >= self.sentences[max(0, sentence - _REACH)] else None

    def _taken_up(self, at: int) -> int | None:
        """The place of what a noun takes up."""
        last = self._last_taken_up(at)
        events = () if last is None else self.told.get(last, ())
        named = [e.place for e in events if e.place is not None and self._is_named(e)]
        places = {self.cast.place_named(place): place for place in named}
        return next(iter(places.values())) if len(places) == 1 else None

    def _known(self, at: int) -> int | None:
        """The one place of all that the text has told with a noun's own word: told there, else taken from a scene."""
        reading = self.found[at]
        for events in (self.made, self.told) if reading.alike else ():
            named = [e.place for n in reversed(reading.again) for e in events.get(n, ()) if e.place is not None]
            places = {self.cast.place_named(place): place for place in named}
            if places:
                return next(iter(places.values())) if len(places) == 1 else None
        return None

    def _is_named(self, event: Event) -> bool:
        return event.place is not None and self.cast.mentions[event.place].form == "name"

    def _together(self, at: int, event: Event) -> int | None:
        """The place of an event that its sentence tells as one scene with this one."""
        places = [
            (abs(n - at), e.place)
            for n in self._near(at)
            for e in self.told[n]
            if e.place is not None and self._is_named(e) and _is_seen(e) and not self._is_other_day(e, event)
        ]
        return min(places)[1] if places else None

    def _near(self, at: int) -> list[int]:
        """The triggers in the sentence that are told together with this one."""
        token = self.doc[at]
        first, last = bisect_left(self.order, token.sent.start), bisect_left(self.order, token.sent.end)
        near = [n for n in self.order[first:last] if n != at]
        return [n for n in near if _hangs_together(token, self.doc[n]) or _hangs_together(self.doc[n], token)]

    def _before(self, at: int, event: Event) -> int | None:
        """The place of the last scene before, where neither a place, a day nor a name in between leads elsewhere."""
        token = self.doc[at]
        if not _is_told_once(token) or (token.pos_ == "NOUN" and event.event_type not in _FELT):
            return None
        sentence = bisect_right(self.sentences, at) - 1
        start, first = self.sentences[sentence], self.sentences[max(0, sentence - _REACH)]
        end = self.sentences[sentence + 1] if sentence + 1 < len(self.sentences) else len(self.doc)
        for n in reversed(self.order[: bisect_left(self.order, start)]):
            scene = next((e for e in self.told[n] if self._is_named(e) and _is_seen(e) and not is_ruling(e)), None)
            if n < first:
                return None
            if scene is not None:
                return scene.place if self._goes_on(scene, n, event, end) else None
        return None

    def _goes_on(self, scene: Event, at: int, event: Event, end: int) -> bool:
        """Whether an event in the sentence that ends at `end` is part of a scene told at `at`."""
        assert scene.place is not None
        if self._is_other_day(scene, event) or (event.date is not None and scene.date is None):
            return False
        if self._named_parties(event) - self._named_parties(scene):
            return False
        own = self.cast.place_named(scene.place)
        between = self.named[bisect_left(self.named, (at, -1)) : bisect_left(self.named, (end, -1))]
        return all(self.cast.place_named(place) == own for _, place in between)

    def _is_other_day(self, one: Event, other: Event) -> bool:
        if one.date is None or other.date is None:
            return False
        if one.starts_on is None or other.starts_on is None:
            return one.date != other.date
        return one.starts_on != other.starts_on

    def _named_parties(self, event: Event) -> set[int]:
        """The entities of those who take part and have a name of their own."""
        named = (p for p in event.participants if p.mention is not None and p.entity is not None)
        return {p.entity for p in named if p.entity in self.cast.bearers and p.entity is not None}


def _headline(doc: Doc) -> int:
    """The token behind the headline that a text begins with; 0 where the text begins with a sentence."""
    for token in doc[:_LONGEST_HEADLINE]:
        if token.is_space and "\n" in token.text:
            return 0 if token.i == 0 or doc[token.i - 1].text in _STOPS else token.i + 1
    return 0


def _is_seen(event: Event) -> bool:
    return event.event_type in _SEEN and event.mode not in _UNSEEN and event.status != "possible"


def _is_in_court(verb: Token) -> bool:
    """Whether a court or an inquiry hears, elsewhere and on other days than what it hears of happened."""
    if verb.pos_ != "VERB":
        return False
    sits = word_class("SITTING") | word_class("COURT")
    return verb.lemma_ == "hear" and any(k.lemma_ in sits and k.dep_ == "nsubj" for k in verb.children)


def _is_told_once(token: Token) -> bool:
    """Not what somebody does again and again ("arrests opponents"), nor what an earlier clause of time tells."""
    words = {k.lower_ for k in token.children if k.dep_ in {"aux", "mark", "auxpass"}}
    if token.tag_ in {"VBZ", "VBP"} or words & _ELSEWHEN:
        return False
    return token.dep_ not in {"acl", "amod", "pcomp"}


def _hangs_together(lower: Token, upper: Token) -> bool:
    """Whether `lower` is told as part of what `upper` tells: joined by "and", at the same time, or within it."""
    token = lower
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
        if token.i == upper.i:
            return True
    if token.dep_ == "advcl" and token.head.i == upper.i:
        marks = {k.lower_ for k in token.children if k.dep_ in {"mark", "advmod"}}
        return bool(marks & _TOGETHER) or (token.tag_ == "VBG" and not any(k.dep_ == "mark" for k in token.children))
    if token.dep_ == "relcl" and token.head.i == upper.i:
        return True  # "a shelling that killed eight"
    return token.dep_ == "pobj" and token.head.lower_ in _WITHIN and token.head.head.i == upper.i
