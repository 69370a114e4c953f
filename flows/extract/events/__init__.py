"""Events in PLOVER's terms: `hearsay_events` fills `doc._.events`.

Rules over the dependency tree with the lexicons event_triggers, event_words and event_sectors of data/reference.
Types, modes and contexts are those of PLOVER (Open Event Data Alliance); what is promised, threatened or refused
instead of done is AGREE, THREATEN, REJECT there, and so it is here. It has no type for disasters: what a flood or a
crash does is no event, and the figures of its victims stand without one.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import flows.extract.doc  # noqa: F401  (registers the custom attributes)
from flows.extract.claims.datelines import datelines
from flows.extract.events.building import Dated, Reading, as_told, build, read_hit, read_order
from flows.extract.events.days import dated, owned
from flows.extract.events.disasters import without_disasters
from flows.extract.events.figurative import with_words, without_figurative
from flows.extract.events.hits import hits, orders
from flows.extract.events.lexicon import word_class
from flows.extract.events.participants import Cast
from flows.extract.events.scenes import in_scenes
from flows.records import Event


class EventsComponent:
    """The component; stateless."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.events = extract_events(doc)
        return doc


def extract_events(doc: Doc) -> tuple[Event, ...]:
    """The events of a parsed Doc in text order of their triggers; one a trigger."""
    cast = Cast(doc)
    found: dict[int, Reading] = {}
    for hit in hits(doc, cast):
        reading = read_hit(hit, cast)
        if reading is not None:
            found[hit.token.i] = reading
    for verb, mood in orders(doc):
        reading = read_order(verb, mood, cast)
        if reading is not None:
            found[verb.i] = reading
    found = {at: reading for at, reading in found.items() if not _is_undone(doc, at, reading)}
    found = with_words(without_figurative(doc, without_disasters(doc, found, cast)), cast)
    lines = datelines(doc.text)
    made: dict[int, list[Event]] = {}
    for at, reading in sorted(found.items()):
        events = build(reading, doc, cast, _dated(doc, at, reading), lines)
        if reading.again:
            earlier = [event for n in reading.again for event in made.get(n, ())]
            events = [as_told(event, earlier) for event in events]
        made[at] = events
    return tuple(event for events in in_scenes(doc, found, made, cast).values() for event in events)


def _is_undone(doc: Doc, at: int, reading: Reading) -> bool:
    """ "She was not arrested": what the writer says did not happen is no happening, unless it is the news.

    What somebody denies, or says was not done, is told.
    """
    by_verb = doc[at].pos_ == "VERB" and reading.named_by is None  # of talks not held there was talk
    if reading.status != "denied" or not by_verb or doc[at].sent.start == 0:
        return False
    return not any(part.start <= doc[at].idx < part.end for claim in doc._.claims for part in claim.parts)


def _dated(doc: Doc, at: int, reading: Reading) -> Dated:
    """When it happened; of what stands beside the news of its sentence only by a day in its own phrase."""
    found = dated(doc, at)
    if not reading.aside or found[2] is None:
        return found
    noun = doc[at]
    if noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.lemma_ in word_class("HAPPEN_ON"):
        return found  # "the trial opened on Tuesday"
    when = doc._.dates[found[2]]
    if any(when.start <= t.idx < when.end for t in noun.subtree):
        return found
    own = owned(doc, noun)  # "Monday's attack was condemned on Tuesday"
    if own is None:
        return None, None, None
    return doc._.dates[own].starts_on, doc._.dates[own].ends_on, own


@Language.factory("hearsay_events", assigns=["doc._.events"], requires=["token.dep", "token.lemma", "doc._.mentions"])
def make_events(nlp: Language, name: str) -> EventsComponent:  # noqa: ARG001
    return EventsComponent()
