"""From a hit to an Event: its final type, who did it to whom, where, when, and how firmly it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from spacy.tokens import Doc, Token

from flows.extract.claims.datelines import Dateline
from flows.extract.dates.govern import date_of
from flows.extract.events.befalling import bearers, owners
from flows.extract.events.enough import enough, placeless
from flows.extract.events.frames import in_class, recipients, who
from flows.extract.events.hits import Hit, is_charge, is_done_for, prepositions_of, with_agent
from flows.extract.events.lexicon import COOPERATIVE, HOSTILE, VERBAL, triggers, word_class
from flows.extract.events.participants import Cast, Party, is_speaking, participant
from flows.extract.events.places import places
from flows.extract.events.status import Mood, is_purpose
from flows.extract.events.syntax import frame_of, prepositions, subject_of
from flows.happening import AGAIN, family
from flows.records import Claim, Event, Mention, Span

EXTRACTOR: Final = "rules-1"
_PRESENT: Final = frozenset({"in", "at", "for", "during"})
_CONVENE: Final = word_class("CONVENING")
Dated = tuple[date | None, date | None, int | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one event before place, date and claim are looked up."""

    token: Token
    event_type: str
    mode: str | None
    context: tuple[str, ...]
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    sure: float
    named_by: Token | None = None  # the noun of a light verb: "opened an INQUIRY"
    again: tuple[int, ...] = ()  # the triggers of earlier sentences that a noun takes up
    alike: bool = False  # whether it is one word with them
    aside: bool = False  # it stands beside what its sentence tells, whose day is not its day


def read_hit(hit: Hit, cast: Cast) -> Reading | None:
    """The event that a hit reports; None when nobody takes part in it."""
    actors = _noun_actors(hit, cast) if hit.nominal else _actors(_doer(hit), hit.mood, cast)
    others = _noun_recipients(hit, cast, actors) if hit.nominal else recipients(hit.trigger, hit.frame, cast, actors)
    if not actors and not hit.nominal:
        actors = _holder(hit, cast)
    if hit.nominal and not actors and "between" in hit.trigger.recipient and len(others) > 1:
        actors, others = others[:1], others[1:]
    event_type = hit.trigger.event_type
    if not _is_scheduled(hit):
        event_type = composed(event_type, hit.mood, hit.nominal)
    if is_purpose(hit.token) and event_type not in HOSTILE | {"MOBILIZE", "RETREAT"} and not _is_decided(hit.token):
        return None  # why something was done is no news of its own
    if hit.again:
        status = "denied" if hit.mood.negated else "planned" if hit.mood.planned or hit.mood.future else ""
        row = hit.trigger
        parties = tuple(actors), tuple(others)
        return Reading(hit.token, event_type, row.mode, row.context, status, *parties, 0.3, None, hit.again, hit.alike)
    if (
        hit.mood.able
        or _is_musing(hit, event_type)
        or not enough(event_type, hit, actors, others, cast)
        or placeless(hit, cast)
    ):
        return None
    sure = 0.5 + 0.2 * bool(actors) + 0.2 * bool(others) - 0.2 * hit.nominal
    mode = hit.trigger.mode if event_type == hit.trigger.event_type else None
    status = _status(hit, event_type)
    aside = hit.told or is_charge(hit.token) or (hit.token.dep_ == "acl" and hit.token.tag_ == "VBN")
    return Reading(
        token=hit.token,
        event_type=event_type,
        mode=mode,
        context=hit.trigger.context,
        status=status,
        actors=tuple(actors),
        recipients=tuple(others),
        sure=sure,
        named_by=_named_by(hit),
        aside=aside,
    )


def _is_musing(hit: Hit, event_type: str) -> bool:
    """ "I would attack", "we need to meet", "I do not meet them": no news; "I want to thank you" is thanks."""
    mood, subject = hit.mood, hit.frame.subject
    if subject is None or not is_speaking(subject) or event_type == "SUPPORT":
        return False
    if is_purpose(hit.token) or hit.token.sent.text.rstrip(' \n"”’').endswith("?"):
        return True
    usual = mood.negated and any(k.dep_ == "aux" and k.lower_ == "do" for k in hit.token.children)
    return usual or mood.unreal or mood.duty or (mood.modal and not mood.future)


def _is_decided(verb: Token) -> bool:
    """An infinitive that says what was decided, or what somebody came for: "a decision to drop", "flew in to meet"."""
    if verb.sent.start == 0:
        return False
    if verb.dep_ == "acl":
        return verb.head.lemma_ in word_class("DECISION")
    return verb.dep_ == "advcl" and (verb.head.lemma_ in word_class("TRAVELLING") or is_done_for(verb, ""))


def _named_by(hit: Hit) -> Token | None:
    """The noun that names the event of a light verb: "opened an inquiry", "held talks"."""
    noun = hit.frame.object
    if hit.nominal or noun is None or hit.token.lemma_ not in _naming():
        return None
    rows = triggers().get((noun.lemma_.lower(), "N"), ())
    same = any(family(row.event_type) == family(hit.trigger.event_type) for row in rows)
    return noun if same and noun.dep_ in {"dobj", "nsubjpass"} and noun.head.i == hit.token.i else None


def _naming() -> frozenset[str]:
    return word_class("LIGHT") | word_class("HOLDING") | word_class("UNDERGOING")


def read_order(verb: Token, mood: Mood, cast: Cast) -> Reading | None:
    """ "X said Y must do it": X requests it of Y."""
    frame = frame_of(verb)
    addressed = frame.object if frame.passive else frame.subject
    speaker = mood.said_by and subject_of(mood.said_by)
    if addressed is None or speaker is None or addressed.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    if is_speaking(addressed) or is_speaking(speaker):
        return None
    actors = _actors(speaker, mood, cast)
    others = cast.parties(addressed)
    if not actors or not others or frame.passive:
        return None
    return Reading(verb, "REQUEST", None, (), "asserted", tuple(actors), tuple(others), 0.7)


def composed(event_type: str, mood: Mood, nominal: bool) -> str:
    """PLOVER's type for what is promised, threatened or refused instead of done."""
    if event_type in VERBAL or nominal:
        return event_type
    future = mood.future or (mood.modal and mood.said_by is not None)
    if mood.negated and future and event_type in COOPERATIVE:
        return "REJECT"
    if event_type in COOPERATIVE and future and not mood.negated:
        return "AGREE"
    if event_type in HOSTILE and (future or mood.modal) and not mood.negated:
        return "THREATEN"
    return event_type


def _status(hit: Hit, event_type: str) -> str:
    if event_type == "REJECT" != hit.trigger.event_type:
        return "asserted"  # "will not accept" is a refusal made
    if event_type != hit.trigger.event_type and hit.mood.modal and hit.mood.said_by is not None and not hit.mood.unreal:
        return "planned"  # "said that it would hold its fire"
    if (
        hit.mood.status == "asserted"
        and event_type == "CONSULT"
        and hit.token.lemma_ in _CONVENE
        and _set_for(hit.token)
    ):
        return "planned"
    if hit.mood.status == "asserted" and is_charge(hit.token):
        return "reported"  # "charged with attacking a guard"
    return hit.mood.status


def _is_scheduled(hit: Hit) -> bool:
    """ "will meet on Tuesday": told as fixed, with its day and without a speaker, it is no promise."""
    if hit.trigger.event_type != "CONSULT" or not hit.mood.future or hit.mood.negated or hit.mood.said_by is not None:
        return False
    return bool(hit.token.doc._.dates) and date_of(hit.token.doc, hit.token.i) is not None


def _set_for(verb: Token) -> bool:
    """ "called a meeting of the cabinet for Monday"."""
    dates = verb.doc._.dates
    forward = [k for t in verb.subtree if t.lower_ == "for" and t.i > verb.i for k in t.children if k.dep_ == "pobj"]
    return any(d.timex_type in {"DATE", "TIME"} and d.start <= t.idx < d.end for t in forward for d in dates)


def _actors(subject: Token | None, mood: Mood, cast: Cast) -> list[Party]:
    if subject is None:
        return []
    found = cast.parties(subject)
    if not found and subject.pos_ == "PRON" and mood.said_by is not None:
        speaker = subject_of(mood.said_by)
        return cast.parties(speaker) if speaker is not None and speaker.i != subject.i else []
    if not found and not cast.behind(subject) and in_class(subject, "TALKS"):
        return [p for name, thing in prepositions(subject) if name == "between" for p in cast.parties(thing)]
    return found or cast.behind(subject) or (_leaders(subject, cast) if in_class(subject, "ATTACK") else [])


def _leaders(attack: Token, cast: Cast) -> list[Party]:
    """ "the offensive, led by the rebels, took the town": who led it took it."""
    told = [pair for k in attack.children if k.dep_ == "acl" and k.tag_ == "VBN" for pair in prepositions(k)]
    return [p for name, thing in (*prepositions(attack), *told) if name == "by" for p in cast.parties(thing)]


def _doer(hit: Hit) -> Token | None:
    """The subject; of "the town fell to the rebels" those it fell to, of "drew criticism from" those it came from."""
    if hit.token.lemma_ == "fall":
        return next((thing for name, thing in hit.frame.preps if name == "to"), None)
    if hit.token.lemma_ in word_class("UNDERGOING") and hit.trigger.recipient == ("subj",):
        around = (*hit.frame.preps, *(prepositions(hit.frame.object) if hit.frame.object is not None else ()))
        return next((thing for name, thing in around if name in {"from", "of", "by"}), None)
    return hit.frame.subject or _orderer(hit)


def _orderer(hit: Hit) -> Token | None:
    """Who has it done: "the president ordered the ships deployed"."""
    token = hit.token
    while token.dep_ == "conj" and token.head.pos_ == "VERB":
        token = token.head
    if token.dep_ in {"ccomp", "xcomp"} and token.head.lemma_ in word_class("ORDERING") and hit.frame.passive:
        return subject_of(token.head)
    return None


def _holder(hit: Hit, cast: Cast) -> list[Party]:
    """ "X issued a declaration demanding …": who made the thing that speaks."""
    token = hit.token
    if token.dep_ == "acl" and token.tag_ == "VBG" and token.head.dep_ == "dobj":
        subject = subject_of(token.head.head)
        return cast.parties(subject) if subject is not None else []
    return []


def _noun_actors(hit: Hit, cast: Cast) -> list[Party]:
    found = owners(hit, cast)
    pairs = with_agent(prepositions(hit.token))
    made = [pair for k in hit.token.children if k.dep_ == "acl" and k.tag_ == "VBN" for pair in prepositions(k)]
    by = [p for name, t in (*pairs, *made) if name == "by" for p in cast.parties(t)]
    if found or by:
        return by or found
    if hit.trigger.event_type in {"REJECT", "DISAPPROVE"}:
        from_whom = [p for name, t in pairs if name == "from" for p in cast.parties(t)]
        if from_whom:
            return from_whom
    if hit.trigger.event_type == "RETREAT" or hit.trigger.event_type in VERBAL:
        of = [p for name, t in pairs if name == "of" for p in cast.parties(t)]
        if of:
            return of
    if hit.frame.verb.i != hit.token.i and hit.frame.verb.lemma_ in word_class("LIGHT"):
        return _actors(hit.frame.subject, hit.mood, cast)
    return _present(hit.token, cast) if hit.trigger.event_type == "CONSULT" else []


def _present(talks: Token, cast: Cast) -> list[Party]:
    """Who is at talks: "said in an interview with X that", "is in Lund for talks", "officials at the talks"."""
    if talks.dep_ != "pobj" or talks.head.lower_ not in _PRESENT or any(n == "between" for n, _ in prepositions(talks)):
        return []
    over = talks.head.head
    there = subject_of(over) if over.pos_ in {"VERB", "AUX"} else None
    if over.dep_ == "acl" and over.tag_ == "VBN":
        there = over.head
    return cast.parties(there) if there is not None else []


def _noun_recipients(hit: Hit, cast: Cast, actors: list[Party]) -> list[Party]:
    used = {(p.span.start, p.span.end) for p in actors}
    pairs = prepositions_of(hit)
    for slot in hit.trigger.recipient:
        for name, token in pairs:
            if name == slot:
                found = [p for p in who(token, cast) if (p.span.start, p.span.end) not in used]
                if found:
                    return found
    return bearers(hit, cast) or _borne_by(hit.token, cast)


def _borne_by(noun: Token, cast: Cast) -> list[Party]:
    """Who is "under investigation" or "comes under attack"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "under":
        return []
    over = noun.head.head
    bearer = subject_of(over) if over.pos_ in {"VERB", "AUX"} else over
    return cast.parties(bearer) if bearer is not None else []


def build(reading: Reading, doc: Doc, cast: Cast, dated: Dated, lines: Iterable[Dateline]) -> list[Event]:
    """The Event of a reading with its clause, place and claim; for several places ("withdrew from X, Y and Z") one
    a place, each told by the stretch of the clause up to that place and the last by the whole. `lines` are the
    article's datelines, which no clause begins with.
    """
    claim = _claim_at(doc._.claims, reading.token.idx)
    people = [participant(p, "actor") for p in reading.actors] + [
        participant(p, "recipient") for p in reading.recipients
    ]
    whole = Event(
        span=_after_dateline(clause(_clause_token(reading.token)), lines),
        trigger=_trigger_span(reading.named_by or reading.token),
        event_type=reading.event_type,
        mode=reading.mode,
        context=reading.context,
        status=_told(reading.status, doc._.claims[claim].speech_act if claim is not None else None),
        claim=claim,
        starts_on=dated[0],
        ends_on=dated[1],
        date=dated[2],
        place=None,
        participants=tuple(people),
        score=round(reading.sure, 2),
        extractor=AGAIN if reading.again and reading.alike else EXTRACTOR,
    )
    *first, last = places(reading.token, reading.event_type, cast) or [None]
    apart: list[Event] = []
    for place in first:
        told = _told_by(whole, cast.mentions[place]) if place is not None else None
        if told is not None:
            apart.append(replace(whole, span=told, place=place))
    return [*apart, replace(whole, place=last)]


def _clause_token(token: Token) -> Token:
    """The verb whose clause tells of a noun: "clashes raged", "launched an attack"."""
    head = token.head
    return (
        head if token.pos_ == "NOUN" and token.dep_ in {"nsubj", "nsubjpass", "dobj"} and head.pos_ == "VERB" else token
    )


def _told_by(whole: Event, place: Mention) -> Span | None:
    """The stretch of the clause from its trigger's side up to, or from, one of several places."""
    if whole.trigger.end < place.end < whole.span.end:
        return Span(whole.span.start, place.end)
    if whole.span.start < place.start < whole.trigger.start:
        return Span(place.start, whole.span.end)
    return Span(whole.span.start, whole.trigger.end) if place.start == whole.span.start else None


def as_told(event: Event, earlier: Sequence[Event]) -> Event:
    """An event that takes up earlier ones: as firmly told as the last, unless that is another one.

    "The attack" of which only a plan or a denial stands before was made.
    """
    if event.status:
        return event
    last = earlier[-1] if earlier else None
    if last is None or (last.status in {"planned", "denied", "possible"} and _is_another(event, last)):
        return replace(event, status="asserted")
    return replace(event, status=last.status)


def _is_another(event: Event, earlier: Event) -> bool:
    """Whether a noun that takes up what was told names a happening of its own: harm, or one of another day.

    Of what was denied people speak as of what there was: "the agreement is finished".
    """
    if earlier.status == "denied":
        return True
    return event.event_type in HOSTILE or (event.starts_on is not None and event.starts_on != earlier.starts_on)


def _told(status: str, speech_act: str | None) -> str:
    """The status of an event that stands in the content of a claim of this kind."""
    if status != "asserted" or speech_act is None:
        return status
    return {"denied": "denied", "wanted": "possible", "felt": "possible"}.get(speech_act, "reported")


def clause(token: Token) -> Span:
    """The clause of a trigger: its subtree without the clauses joined to it by "and" or a conjunction of time."""
    first, last = token, token
    for kid in token.children:
        if (kid.dep_ == "conj" and kid.pos_ in {"VERB", "AUX"}) or kid.dep_ in {"parataxis", "cc", "punct"}:
            continue
        if kid.dep_ == "advcl" and any(k.dep_ in {"nsubj", "nsubjpass", "mark"} for k in kid.children):
            continue
        left, right = kid.left_edge, kid.right_edge
        first = left if left.i < first.i else first
        last = right if right.i > last.i else last
    while last.i > token.i and (last.is_space or last.is_punct):
        last = last.nbor(-1)
    while first.i < token.i and (first.is_space or first.is_punct):
        first = first.nbor(1)
    return Span(first.idx, last.idx + len(last.text))


def _after_dateline(span: Span, lines: Iterable[Dateline]) -> Span:
    """The clause without the dateline that the parser takes for its beginning."""
    for line in lines:
        if line.span.start <= span.start < line.span.end < span.end:
            return Span(line.span.end, span.end)
    return span


def _trigger_span(token: Token) -> Span:
    end = token
    if token.i + 1 < len(token.doc) and token.nbor(1).dep_ == "prt" and token.nbor(1).head.i == token.i:
        end = token.nbor(1)
    return Span(token.idx, end.idx + len(end.text))


def _claim_at(claims: tuple[Claim, ...], at: int) -> int | None:
    """The smallest claim whose content holds the position."""
    around = [n for n, c in enumerate(claims) if any(p.start <= at < p.end for p in c.parts)]
    return min(around, key=lambda n: (claims[n].span.end - claims[n].span.start, n)) if around else None
