"""How firmly a clause asserts its event: tense, modality, negation, and the verbs that it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

_FUTURE: Final = frozenset({"will", "shall", "'ll", "wo", "’ll"})
_MODAL: Final = frozenset({"may", "might", "could", "can", "would", "'d"})
_DUTY: Final = frozenset({"must", "should", "ought"})
_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "neither", "no"})
_PLANNING: Final = frozenset(
    "plan intend prepare aim schedule order decide want hope seek mull consider propose expect set ready willing due "
    "poise threaten vow need try attempt authorize authorise pledge promise".split()
)
_WISHING: Final = frozenset("try attempt want hope seek consider mull propose expect need mean fear".split())
_FACTIVE: Final = frozenset({"decide", "order", "threaten"})
_SAYING: Final = frozenset(
    "say announce declare tell report state claim confirm add warn insist note reveal disclose maintain believe vow "
    "swear pledge promise indicate charge allege hint acknowledge admit".split()
)
_CONDITIONS: Final = frozenset({"if", "unless", "whether", "should"})
_UP: Final = frozenset({"xcomp", "ccomp", "pcomp", "prep", "acl", "advcl", "conj", "dobj", "pobj"})


@dataclass(frozen=True, slots=True)
class Mood:
    """What the words around a trigger make of it. `duty` is "must" and its like; `unreal` a condition or a wish."""

    negated: bool = False
    future: bool = False
    modal: bool = False
    duty: bool = False
    planned: bool = False
    unreal: bool = False
    said_by: Token | None = None

    @property
    def status(self) -> str:
        """The status of the event, of the schema's closed list, before claims are looked at."""
        if self.negated:
            return "denied"
        if self.unreal or self.modal or self.duty:
            return "possible"
        return "planned" if self.future or self.planned else "asserted"


def mood_of(trigger: Token) -> Mood:
    """Read the auxiliaries of the trigger and climb over the verbs that govern its clause."""
    negated, future, modal, duty = _auxiliaries(trigger)
    planned = unreal = False
    said_by: Token | None = None
    token = trigger
    for _ in range(6):
        head = token.head
        if head is token or token.dep_ not in _UP:
            break
        if token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} and not _has_aux(token):
            more = _auxiliaries(head)
            future, modal, duty = future or more[1], modal or more[2], duty or more[3]
        elif head.lemma_ in _SAYING and token.dep_ in {"ccomp", "xcomp"}:
            said_by = said_by or head
        elif token.dep_ in {"xcomp", "acl", "pcomp", "ccomp", "dobj"}:
            more = _governed(head, token)
            planned, unreal = planned or more[0], unreal or more[1]
            future, modal, duty = future or more[2], modal or more[3], duty or more[4]
            negated = negated or more[5]
        token = head
    unreal = unreal or _conditional(trigger)
    return Mood(negated, future, modal, duty, planned, unreal, said_by)


def _governed(head: Token, token: Token) -> tuple[bool, bool, bool, bool, bool, bool]:
    """(planned, unreal, future, modal, duty, negated) that the governing word `head` adds."""
    lemma = head.lemma_.lower()
    purpose = token.dep_ in {"xcomp", "acl"} and any(k.dep_ == "aux" and k.lower_ == "to" for k in token.children)
    planned = lemma in _PLANNING and lemma not in _WISHING and (purpose or token.dep_ in {"dobj", "ccomp"})
    unreal = lemma in _WISHING
    more = _auxiliaries(head) if token.dep_ in {"xcomp", "dobj"} else (False, False, False, False)
    return planned, unreal, more[1], more[2], more[3], more[0]


def _has_aux(verb: Token) -> bool:
    return any(k.dep_ in {"aux", "nsubj"} for k in verb.children)


def _auxiliaries(verb: Token) -> tuple[bool, bool, bool, bool]:
    """(negated, future, modal, duty) from the auxiliaries of one verb."""
    negated = future = modal = duty = False
    for kid in verb.children:
        word = kid.lower_
        if kid.dep_ == "neg" or (kid.dep_ in {"det", "advmod", "preconj"} and word in _NEGATIONS):
            negated = True
        elif kid.dep_ == "aux":
            future, modal, duty = future or word in _FUTURE, modal or word in _MODAL, duty or word in _DUTY
    if verb.tag_ == "VBG" and not future:  # "is going to"
        future = verb.lower_ == "going" and any(k.dep_ == "xcomp" for k in verb.children)
    parent = verb.head
    if verb.dep_ == "xcomp" and parent.lemma_ == "have" and any(k.lower_ == "to" for k in verb.children):
        duty = True
    elif verb.dep_ == "xcomp" and parent.lower_ == "going":
        future = True
    return negated, future, modal, duty


def _conditional(trigger: Token) -> bool:
    """Inside an "if", "unless" or "whether" clause."""
    token = trigger
    for _ in range(6):
        if any(k.dep_ == "mark" and k.lower_ in _CONDITIONS for k in token.children):
            return True
        if token.dep_ not in {"conj", "xcomp", "dobj", "prep", "pobj"} or token.head is token:
            return False
        token = token.head
    return False
