"""Whether what was read of a trigger is enough to tell an event when parties, place or day are missing."""

from __future__ import annotations

from typing import Final

from flows.extract.dates.govern import date_of
from flows.extract.events.frames import in_class
from flows.extract.events.hits import Hit
from flows.extract.events.lexicon import HOSTILE, VERBAL, word_class
from flows.extract.events.participants import Cast, Party
from flows.extract.events.places import places

# "Mosul fell", "shells hit the port": a place alone tells enough.
_TOLD_BY_PLACE: Final = frozenset({"seize", "heavy-weapons", "explosives", "withdraw"})
_NOUNS_TOLD_BY_PLACE: Final = frozenset({"firearms"})  # "a shooting in Lima", but not "shots fired at a hull"
_PAST: Final = frozenset({"was", "were", "been", "being"})
_FATES: Final = frozenset({"AGREE", "REJECT", "CONCEDE", "RETREAT", "REQUEST"})
_SETTLED: Final = ("HELD", "MOTION", "AREA", "BARRICADE")
_KNOWN: Final = frozenset({"the", "this", "that", "a", "an"})
_HARM: Final = HOSTILE - {"PROTEST"}  # which a passive tells without who did it


def enough(event_type: str, hit: Hit, actors: list[Party], others: list[Party], cast: Cast) -> bool:
    """Whether a hit with these parties is an event of `event_type`, and not a word that tells of nobody's doing."""
    if not actors and not others:
        if _is_done(hit, event_type) or _is_on(hit, event_type) or _is_settled(hit):
            return True
        if _is_sitting(hit) or (hit.told and not hit.mood.negated and (event_type not in VERBAL or _is_made(hit))):
            return True
        if _is_driven(hit, cast):
            return True
        fired = hit.frame.subject is not None and in_class(hit.frame.subject, "WEAPON")
        modes = _TOLD_BY_PLACE | _NOUNS_TOLD_BY_PLACE if hit.nominal else _TOLD_BY_PLACE
        return hit.trigger.mode in modes and (fired or bool(places(hit.token, event_type, cast)))
    if hit.nominal and (hit.mood.negated or (event_type in VERBAL and not (actors and (others or hit.told)))):
        return hit.told and not hit.mood.negated and event_type == "AGREE" and _is_made(hit)
    if event_type == "SUPPORT" and not others and _is_ones_own(hit):
        return False
    if event_type == "SANCTION" and not others and not hit.frame.passive:
        return _is_shut(hit)
    if (
        (hit.told and event_type not in VERBAL)
        or event_type in HOSTILE
        or event_type in {"RETREAT", "INVESTIGATE", "MOBILIZE"}
    ):
        return True
    return bool(actors) or (hit.frame.passive and bool(others))


def _is_ones_own(hit: Hit) -> bool:
    """ "defended his comments": nobody is supported but who speaks."""
    thing = hit.frame.object
    return hit.token.lemma_ == "defend" and thing is not None and any(k.tag_ == "PRP$" for k in thing.children)


def _is_shut(hit: Hit) -> bool:
    """ "closed the border", "suspended the talks": whom it befalls need not be told. Of a summit it must."""
    thing = hit.frame.object
    return hit.trigger.mode == "close" or (thing is not None and thing.tag_ == "NNS" and in_class(thing, "TALKS"))


def _is_sitting(hit: Hit) -> bool:
    """ "the inquiry heard that", "the appeal will be heard", "talks broke down": who sits there need not be told."""
    parts = ((hit.frame.subject, "SITTING"), (hit.frame.object, "APPEALED"), (hit.frame.object, "TRIAL"))
    held = any(token is not None and in_class(token, name) for token, name in parts)
    if hit.trigger.event_type == "REJECT" and not hit.nominal:
        return hit.frame.subject is not None and in_class(hit.frame.subject, "TALKS")
    return hit.trigger.event_type == "INVESTIGATE" and not hit.nominal and held


def _is_made(hit: Hit) -> bool:
    """ "a deal struck on Sunday", "an understanding reached at dawn"."""
    made = any(k.dep_ == "acl" and k.tag_ == "VBN" for k in hit.token.children)
    return made and hit.trigger.event_type == "AGREE"


def _is_driven(hit: Hit, cast: Cast) -> bool:
    """ "lorries blocked the road", "a trawler cut the nets": who drives them need not be told."""
    subject = hit.frame.subject
    driven = subject is not None and (
        in_class(subject, "BLOCKERS") or in_class(subject, "SHIP") or cast.is_ship(subject)
    )
    return driven and not hit.nominal and hit.trigger.event_type in {"PROTEST", "COERCE", "ASSAULT"}


def _is_done(hit: Hit, event_type: str) -> bool:
    """ "a bridge was blown up", "stones were thrown": a finite passive of harm tells enough without who did it."""
    if hit.nominal or not hit.frame.passive or event_type not in _HARM or hit.frame.object is None:
        return False
    if hit.trigger.mode in {"ban", "restrict"}:
        return False
    finite = any(k.dep_ == "auxpass" and k.lower_ in _PAST for k in hit.token.children) or hit.token.dep_ == "conj"
    return finite and hit.mood.status in {"asserted", "denied"} and hit.trigger.event_type == event_type


def _is_settled(hit: Hit) -> bool:
    """ "the motion was carried", "the signing has been put off", "the position was abandoned": its fate is told."""
    thing = hit.frame.object
    if hit.nominal or not hit.frame.passive or thing is None or hit.trigger.event_type not in _FATES:
        return False
    finite = hit.token.dep_ != "acl" and any(k.dep_ in {"auxpass", "aux"} for k in hit.token.children)
    known = any(k.dep_ in {"poss", "nummod"} or (k.dep_ == "det" and k.lower_ in _KNOWN) for k in thing.children)
    return thing.i < hit.token.i and finite and known and any(in_class(thing, name) for name in _SETTLED)


def _is_on(hit: Hit, event_type: str) -> bool:
    """ "A hearing is set for Monday", "talks will begin in June": a noun that is said to happen, with its day."""
    verb = hit.token.head
    if not hit.nominal or event_type in VERBAL or hit.token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if verb.lemma_ not in word_class("HAPPEN_ON"):
        return False
    return date_of(hit.token.doc, verb.i) is not None


def placeless(hit: Hit, cast: Cast) -> bool:
    """A trigger that needs a place ("gains") and has none."""
    wanted = any(test.slot == "place" for needs in hit.trigger.needs for test in needs)
    return wanted and not places(hit.token, hit.trigger.event_type, cast)
