"""How firmly a clause asserts its event: tense, modality, negation, and the verbs that it hangs on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from flows.extract.events.lexicon import word_class

_FUTURE: Final = frozenset({"will", "shall", "'ll", "wo", "’ll"})
_MODAL: Final = frozenset({"may", "might", "could"})
_WOULD: Final = frozenset({"would", "'d", "’d"})
_ABLE: Final = frozenset({"can", "ca"})
_DUTY: Final = frozenset({"must", "should", "ought"})
_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "neither", "no"})
_CONDITIONS: Final = frozenset({"if", "unless", "whether"})
_UP: Final = frozenset({"xcomp", "ccomp", "pcomp", "prep", "acl", "advcl", "conj", "dobj", "pobj"})
_GOVERNED: Final = frozenset({"xcomp", "acl", "pcomp", "ccomp", "dobj"})


@dataclass(frozen=True, slots=True)
class Mood:
    """What the words around a trigger make of it.

    `duty` is "must" and its like, `able` "can"; `would` that word alone, which `modal` holds too; `planned` an
    intention or an order; `unreal` a condition, a wish or an attempt. `said_by` is the verb of saying that governs the
    clause.
    """

    negated: bool = False
    future: bool = False
    modal: bool = False
    able: bool = False
    duty: bool = False
    planned: bool = False
    unreal: bool = False
    said_by: Token | None = None
    would: bool = False

    @property
    def status(self) -> str:
        """The status of the event, of the schema's closed list, before claims are looked at."""
        if self.negated:
            return "denied"
        told = self.would and self.said_by is not None  # "said that it would": future in the past
        if self.unreal or (self.modal and not told) or self.duty or self.able:
            return "possible"
        return "planned" if self.future or self.planned or told else "asserted"

    def with_(self, other: Mood) -> Mood:
        """Both moods together; the nearer verb of saying stays."""
        return Mood(
            self.negated or other.negated,
            self.future or other.future,
            self.modal or other.modal,
            self.able or other.able,
            self.duty or other.duty,
            self.planned or other.planned,
            self.unreal or other.unreal,
            self.said_by or other.said_by,
            self.would or other.would,
        )


def mood_of(trigger: Token) -> Mood:
    """Read the auxiliaries of the trigger and climb over the verbs that govern its clause."""
    own = _auxiliaries(trigger)
    mood = replace(own, planned=own.planned or is_purpose(trigger))
    if trigger.dep_ == "acl" and trigger.tag_ == "VBN":
        return mood  # "will return the weapons seized on Friday": seized they are
    token = trigger
    for _ in range(6):
        if _is_past_clause(token):
            break
        head = _teller(token) or token.head
        if head.i == token.i or (token.dep_ not in _UP and head.i == token.head.i):
            break
        mood = mood.with_(_above(token, head))
        token = head
    return replace(mood, unreal=True) if _conditional(trigger) or _imagined(trigger) else mood


def _is_past_clause(verb: Token) -> bool:
    """ "planned it before he was killed": a clause in the past stands on its own, whatever governs it."""
    if verb.dep_ != "advcl":
        return False
    return verb.tag_ == "VBD" or any(k.dep_ in {"aux", "auxpass"} and k.tag_ == "VBD" for k in verb.children)


def _teller(clause: Token) -> Token | None:
    """ "told the agency after the talks that it would": the verb of saying, of a clause hung on a noun near it."""
    if clause.dep_ not in {"relcl", "acl"} or not any(k.dep_ == "mark" and k.lower_ == "that" for k in clause.children):
        return None
    token = clause.head
    for _ in range(4):
        if token.dep_ not in {"pobj", "dobj", "prep", "dative"} or token.head.i == token.i:
            return None
        token = token.head
        if token.lemma_ in word_class("SAYING"):
            return token
    return None


def is_purpose(verb: Token) -> bool:
    """An infinitive of purpose: "came to attack", "a plan to attack", "called for him to go"."""
    return verb.dep_ in {"advcl", "acl", "relcl"} and any(k.dep_ == "aux" and k.lower_ == "to" for k in verb.children)


def _imagined(verb: Token) -> bool:
    """An infinitive with a subject of its own ("for them to attack"), unless somebody makes them do it."""
    if verb.dep_ not in {"ccomp", "xcomp", "pcomp"} or verb.head.lemma_ in word_class("CAUSING"):
        return False
    kids = {k.dep_: k for k in verb.children}
    return "nsubj" in kids and "aux" in kids and kids["aux"].lower_ == "to"


def _above(token: Token, head: Token) -> Mood:
    """What `head` adds to the mood of the clause of `token`."""
    if token.dep_ == "conj":
        shared = token.pos_ in {"VERB", "AUX"} and not any(k.dep_ in {"aux", "nsubj"} for k in token.children)
        above = _auxiliaries(head)  # "would not come and fight": neither; "did not come and fought": only the one
        return replace(above, negated=above.negated and token.tag_ == "VB") if shared else Mood()
    if (token.dep_ in {"ccomp", "xcomp"} or _teller(token) is not None) and head.lemma_ in word_class("SAYING"):
        return Mood(said_by=head)
    return _governed(token, head) if token.dep_ in _GOVERNED else Mood()


def _governed(token: Token, head: Token) -> Mood:
    lemma = head.lemma_.lower()
    unreal = lemma in word_class("WISHING")
    purpose = token.dep_ in {"xcomp", "acl"} and any(k.dep_ == "aux" and k.lower_ == "to" for k in token.children)
    planned = lemma in word_class("PLANNING") and (purpose or token.dep_ in {"dobj", "ccomp"})
    outer = _auxiliaries(head) if token.dep_ in {"xcomp", "dobj"} else Mood()
    if outer.negated and _is_presupposed(token, head):
        outer = replace(outer, negated=False)
    return outer.with_(Mood(unreal=unreal, planned=planned))


def _is_presupposed(noun: Token, verb: Token) -> bool:
    """ "did not taint the inquiry": an inquiry there was; "did not hold the inquiry" leaves it open."""
    known = any(k.dep_ == "poss" or (k.dep_ == "det" and k.lower_ in {"the", "this", "that"}) for k in noun.children)
    doing = set().union(*(word_class(name) for name in ("LIGHT", "MAKING", "HOLDING", "CALL_OFF", "BRINGING")))
    return noun.dep_ == "dobj" and known and verb.lemma_ not in doing


def _auxiliaries(verb: Token) -> Mood:
    """The mood that one word's own auxiliaries and negations give."""
    words = {k.lower_ for k in verb.children if k.dep_ == "aux"}
    negated = any(_negates(k) for k in verb.children)
    parent = verb.head
    going = verb.dep_ == "xcomp" and parent.lower_ == "going"
    due = verb.dep_ == "xcomp" and parent.lemma_ == "be" and "to" in words  # "is to debate", "are to be sent"
    untrue = bool(words & (_MODAL | _WOULD)) and "have" in words  # "would have left": did not
    having = verb.dep_ == "xcomp" and parent.lemma_ == "have" and "to" in words
    return Mood(
        negated=negated,
        future=bool(words & _FUTURE) or going,
        modal=bool(words & (_MODAL | _WOULD)) and not untrue,
        unreal=untrue,
        able=bool(words & _ABLE),
        duty=bool(words & _DUTY) or having,
        planned=due,
        would=bool(words & _WOULD) and not words & _MODAL,
    )


def _negates(kid: Token) -> bool:
    return kid.dep_ == "neg" or (kid.dep_ in {"det", "advmod", "preconj"} and kid.lower_ in _NEGATIONS)


def _conditional(trigger: Token) -> bool:
    """Inside an "if", "unless" or "whether" clause."""
    token = trigger
    for _ in range(6):
        if any(k.dep_ == "mark" and k.lower_ in _CONDITIONS for k in token.children):
            return True
        if token.dep_ not in {"conj", "xcomp", "dobj", "prep", "pobj"} or token.head.i == token.i:
            return False
        token = token.head
    return False
