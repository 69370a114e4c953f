"""Whether a frame has what a trigger needs, and what stands in its recipient slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from flows.extract.events.lexicon import COOPERATIVE, Test, Trigger, triggers, word_class
from flows.extract.events.participants import Cast, Party, counted
from flows.extract.events.syntax import Frame, coordinated, frame_of, prepositions, subject_of

_AFTER_OBJECT: Final = ("against", "with", "to", "on", "by", "of", "from", "between", "for", "in", "at", "into", "over")
_WAS: Final = frozenset({"was", "were", "been", "being", "got"})
_OUTSIDE: Final = frozenset({"aux", "auxpass", "ccomp", "xcomp", "advcl", "relcl", "conj"})
_SENDING: Final = frozenset({"MOBILIZE", "AID", "INVESTIGATE", "RETREAT"})
_TO_COME: Final = frozenset({"will", "would", "could", "may", "might", "can", "'ll", "’ll", "wo"})
# What a name or a pronoun of this sector fits: "they crossed into X" of rebels told of before.
_ARMED: Final[Mapping[str, frozenset[str]]] = {
    "TROOPS": frozenset({"MIL"}),
    "MILITANTS": frozenset({"REB"}),
    "ARMED": frozenset({"MIL", "REB", "COP"}),
    "POLICE": frozenset({"COP", "JUD"}),
    "COURT": frozenset({"JUD"}),
    "GOVERNING": frozenset({"LEG"}),
}
_USUAL: Final = ("obj", "pp:against", "pp:with", "pp:to", "pp:on", "pp:from", "pp:for", "pp:in", "pp:at", "comp")


def matches(trigger: Trigger, frame: Frame, cast: Cast) -> bool:
    """Whether one of the trigger's alternatives holds for this frame."""
    return any(all(_holds(test, frame, cast) for test in group) for group in trigger.needs)


def _holds(test: Test, frame: Frame, cast: Cast) -> bool:
    fixed = {"obj": frame.object, "subj": frame.subject, "dative": frame.dative}
    if test.slot in fixed:
        token = fixed[test.slot]
        return token is not None and _fills(test.filler, token, cast)
    if test.slot == "pp":
        things = _pp(frame, test.word or "")
        return any(_fills(test.filler, t, cast) for t in things if test.filler is not None or not _is_time(t))
    if test.slot == "comp":
        if any(map(is_exhortation, frame.complements)):
            return False
        return any(
            _is_cooperative(c, frame, cast) if test.filler == "@COOPERATIVE" else _complement_is(test.filler, c)
            for c in frame.complements
        )
    if test.slot in {"nosubj", "notobj"}:
        token = frame.subject if test.slot == "nosubj" else frame.object
        return token is None or not _fills(test.filler, token, cast)
    return _shaped(test, frame)


def _shaped(test: Test, frame: Frame) -> bool:
    """Tests of the clause's form alone."""
    match test.slot:
        case "prt":
            return test.word in frame.particles
        case "nopp":
            named = _pp(frame, test.word or "")
            return not (named if test.filler is None else [t for t in named if in_class(t, test.filler)])
        case "notcomp":
            return not any(_complement_is(test.filler, c) for c in frame.complements)
        case "nocomp":
            return not frame.complements
        case "noobj":
            return frame.object is None or _is_time(frame.object)  # "called Thursday on X"
        case "nodative":
            return frame.object is None and frame.dative is None
        case "inf":
            return any(k.dep_ == "aux" and k.lower_ == "to" for k in frame.verb.children)
        case "pass":
            return frame.passive
        case _:
            return _worded(test, frame)


def _named_so(frame: Frame, *more: str) -> list[Token]:
    """What a verb calls or finds its object."""
    return [k for k in frame.verb.children if k.dep_ in {"oprd", "acomp", *more}]


def _is_denied(word: Token) -> bool:
    """ "pleaded not guilty"."""
    return word.i > 0 and word.nbor(-1).lower_ == "not"


def _worded(test: Test, frame: Frame) -> bool:
    """Tests of single words beside the verb and its object."""
    words = word_class(test.filler) if test.filler is not None else frozenset()
    match test.slot:
        case "oprd":  # "called reports of it a fabrication"
            return any(k.lemma_.lower() in words and not _is_denied(k) for k in _named_so(frame, "npadvmod"))
        case "done":  # told in the past: "paid", "has paid", "was paid"
            return frame.verb.tag_ in {"VBD", "VBN"}
        case "was":
            return any(k.dep_ == "auxpass" and k.lower_ in _WAS for k in frame.verb.children)
        case "nooprd":
            return not _named_so(frame)
        case "objhas":
            return frame.object is not None and any(k.lemma_.lower() in words for k in frame.object.children)
        case "dobj":  # the second object of a passive: "was given coffee"
            return any(k.dep_ == "dobj" and in_class(k, test.filler or "") for k in frame.verb.children)
        case "noadv":
            return not any(k.dep_ == "advmod" and k.lower_ in words for k in frame.verb.children)
        case _:
            return test.slot == "noprt" and test.word not in frame.particles


def _is_time(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"}


def _pp(frame: Frame, word: str) -> list[Token]:
    found = [t for name, t in frame.preps if name == word]
    if frame.object is not None:
        found += [t for name, t in prepositions(frame.object) if name == word]
    return found


def _fills(filler: str | None, token: Token, cast: Cast) -> bool:
    if filler is None:
        return True
    if filler == "actor":
        return any(cast.is_actor(counted(t)) for t in coordinated(token)) or bool(cast.behind(token))
    if filler == "party":
        return any(cast.is_actor(counted(t)) for t in coordinated(token))
    if filler == "count":
        return token.pos_ == "NUM"
    if filler == "place":
        return cast.is_place(token)
    if filler == "country":
        return any(cast.is_country(t) for t in coordinated(token))
    if filler == "person":
        return cast.is_person(token)
    if (filler == "SHIP" and cast.is_ship(token)) or (filler == "PEOPLE" and cast.is_people(token)):
        return True
    return in_class(token, filler) or bool(_ARMED.get(filler, frozenset()) & cast.sectors_of(token))


def in_class(token: Token, name: str) -> bool:
    """Whether the token, a conjunct of it, or what it counts or heads is a word of the class."""
    words = word_class(name)
    for each in coordinated(token):
        if each.lemma_.lower() in word_class("EFFORT") and any(k.lemma_.lower() in words for k in each.children):
            return True  # "a mediation effort", "rescue operations"
        if each.lemma_.lower() in words or counted(each).lemma_.lower() in words or each.lower_ in words:
            return True
    return False


def is_exhortation(clause: Token) -> bool:
    """ "let's go", "let us hope", "let me be clear"."""
    subject = next((k for k in clause.children if k.dep_ == "nsubj"), None)
    return clause.head.lemma_ == "let" and subject is not None and subject.lower_ in {"us", "'s", "’s", "me"}


def _complement_is(filler: str | None, clause: Token) -> bool:
    if filler is None:
        return True
    if filler == "subj":
        return any(k.dep_ == "nsubj" for k in clause.children)
    if filler.isupper():
        words = word_class(filler)
        things = (k for k in clause.children if k.dep_ not in _OUTSIDE)
        return clause.lemma_.lower() in words or any(k.lemma_.lower() in words for k in things)
    if filler == "future":
        return any(k.dep_ == "aux" and k.lower_ in _TO_COME for k in clause.children)
    if filler == "to":
        return any(k.dep_ == "aux" and k.lower_ == "to" for k in clause.children)
    return clause.lemma_.lower() == filler


def _is_cooperative(clause: Token, outer: Frame, cast: Cast) -> bool:
    """Whether a complement tells of help, talks or a concession: "ready to meet", not "ready to make a case"."""
    inner = frame_of(clause)
    frame = replace(inner, subject=inner.subject or outer.subject)
    rows = triggers().get((clause.lemma_.lower(), "V"), ())
    first = next((row for row in rows if matches(row, frame, cast)), None)
    state = outer.subject is not None and _fills("country", outer.subject, cast)
    if first is None and state and clause.lemma_.lower() not in word_class("MAKING"):
        first = next(iter(rows), None)  # "Peru is ready to help": whom or with what need not be told
    return first is not None and first.event_type in COOPERATIVE


def recipients(trigger: Trigger, frame: Frame, cast: Cast, taken: Iterable[Party]) -> list[Party]:
    """The parties in the first slot that holds any who are not actors already."""
    used = {(p.span.start, p.span.end) for p in taken}
    known = {p.entity for p in taken} - {None}
    sent = trigger.lemma in word_class("TRANSFER") and trigger.event_type in _SENDING
    for slot in (*trigger.recipient, *_USUAL):
        if slot == "-":
            return []
        if sent and slot == "obj" and "obj" not in trigger.recipient:
            continue  # "sent observers": what is sent receives nothing
        for token in _slot(slot, frame):
            found = [p for p in _who(token, slot, cast) if (p.span.start, p.span.end) not in used]
            found = [p for p in found if p.entity not in known and not (slot == "comp" and _is_ones_own(p))]
            if slot.startswith("obj.") and frame.object is not None and in_class(frame.object, "AREA"):
                found = [p for p in found if p.country or p.sector]  # "the village of X": no party, a place unknown
            if found:
                return found
    return []


def _is_ones_own(party: Party) -> bool:
    """ "promised that her inspectors would come": who belongs to the one who promises."""
    return any(k.tag_ == "PRP$" for k in party.head.children)


def _who(token: Token, slot: str, cast: Cast) -> list[Party]:
    if slot.endswith(".poss"):
        return cast.behind(token)
    return who(token, cast)


def who(token: Token, cast: Cast, depth: int = 0) -> list[Party]:
    """The parties of a phrase, else those who own or qualify it, else those whom it concerns."""
    return cast.parties(token) or cast.behind(token) or (_further(token, cast, depth) if depth < 2 else [])


def _further(token: Token, cast: Cast, depth: int) -> list[Party]:
    """Those whom a thing concerns: "sanctions against Nigeria", "efforts by Haiti", "a village in Cambodia"."""
    pairs = prepositions(token)
    lies = token.lemma_.lower() in word_class("AREA")  # "the border post between Chad and Niger" is of neither
    for word in _AFTER_OBJECT:
        for name, thing in pairs:
            if name == word and not (lies and word in {"between", "by"}):
                found = who(thing, cast, depth + 1)
                if found:
                    return found
    return []


def _slot(slot: str, frame: Frame) -> Iterator[Token]:
    kind, _, rest = slot.partition(":" if slot.startswith("pp:") else ".")
    if kind == "pp":
        yield from _pp_slot(slot, rest, frame)
    elif kind in {"obj", "dative", "subj"}:
        token = {"obj": frame.object, "dative": frame.dative, "subj": frame.subject}[kind]
        if token is not None:
            yield from _part(token, rest)
    elif kind == "comp":
        for clause in frame.complements:
            yield from _complement(clause, rest, 0)


def _part(token: Token, rest: str) -> Iterator[Token]:
    if rest in {"", "poss"}:
        yield token
    else:
        yield from (t for name, t in prepositions(token) if name == rest)


def _pp_slot(slot: str, rest: str, frame: Frame) -> Iterator[Token]:
    if slot.startswith("pp:"):
        yield from _pp(frame, rest)
    else:  # "pp.against": what hangs on the object of any preposition
        for _, thing in frame.preps:
            yield from _part(thing, rest)


def _complement(clause: Token, rest: str, depth: int) -> Iterator[Token]:
    """Participants of an embedded clause: its own subject, then its objects and prepositions, two clauses deep."""
    inner = frame_of(clause)
    subject = next((k for k in clause.children if k.dep_ in {"nsubj", "nsubjpass"}), None)
    if rest != "obj" and subject is not None:
        yield subject
    if rest == "subj":
        if subject is None and (controlled := subject_of(clause)) is not None and clause.dep_ == "xcomp":
            yield controlled
        return
    moved = clause.lemma_.lower() in word_class("TRANSFER") and rest != "obj"  # what is sent receives nothing
    yield from (t for t in (inner.dative, None if moved else inner.object) if t is not None)
    order = {word: n for n, word in enumerate(_AFTER_OBJECT)}
    yield from (t for _, t in sorted(inner.preps, key=lambda pair: order.get(pair[0], 99)))
    if depth < 2:
        for deeper in inner.complements:
            yield from _complement(deeper, rest, depth + 1)
