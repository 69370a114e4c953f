"""What a verb or noun governs, read from a dependency tree in the scheme of spaCy's English models (ClearNLP).

All functions are pure and look at a handful of neighbours; none walks a whole sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from flows.extract.events.lexicon import word_class

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
COMPLEMENTS: Final = frozenset({"xcomp", "ccomp"})
_DATELINE_ENDS: Final = frozenset({"-", "–", "—", "--", ":"})
_INHERIT_BY: Final = frozenset({"conj", "xcomp", "advcl"})
_JOINED: Final = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Frame:
    """The logical arguments of one verb: passives turned round, coordination and control followed for the subject."""

    verb: Token
    passive: bool
    subject: Token | None
    object: Token | None
    dative: Token | None
    preps: tuple[tuple[str, Token], ...]
    complements: tuple[Token, ...]
    particles: tuple[str, ...]
    acomp: Token | None


def frame_of(verb: Token) -> Frame:
    """Read the arguments of `verb`; `object` is the logical one, `subject` None where nobody is named."""
    kids = tuple(verb.children)
    passive = is_passive(verb)
    called_on = _called_on(kids)
    return Frame(
        verb=verb,
        passive=passive,
        subject=_agent(kids) if passive else subject_of(verb),
        object=_passive_object(verb) if passive else _object(verb, kids),
        dative=_dative(kids),
        preps=(*prepositions(verb), *((name, thing) for name, thing, _ in called_on)),
        complements=(
            *(k for k in kids if k.dep_ in COMPLEMENTS or k.dep_ == "pcomp" or _purpose(k)),
            *(clause for _, _, clause in called_on if clause.dep_ == "pcomp"),
        ),
        particles=tuple(
            k.lower_ for k in kids if k.dep_ == "prt" or (k.dep_ == "advmod" and k.lower_ in word_class("ADVERB_PARTS"))
        ),
        acomp=next((k for k in kids if k.dep_ == "acomp"), None),
    )


def _purpose(clause: Token) -> bool:
    """ "sent them to investigate": an adverbial clause with "to"."""
    return clause.dep_ == "advcl" and any(k.dep_ == "aux" and k.lower_ == "to" for k in clause.children)


def _called_on(kids: tuple[Token, ...]) -> list[tuple[str, Token, Token]]:
    """ "called on him to resign", "called for it to be scrapped", where the parser makes "him" and "it" subjects:
    (preposition, "him", "resign").
    """
    found: list[tuple[str, Token, Token]] = []
    for kid in kids:
        clause = kid if kid.dep_ == "advcl" else next((k for k in kid.children if k.dep_ == "pcomp"), kid)
        mark = kid if kid.dep_ == "prep" else next((k for k in clause.children if k.dep_ == "mark"), kid)
        subject = next((k for k in clause.children if k.dep_ in {"nsubj", "nsubjpass"}), None)
        to = any(k.dep_ == "aux" and k.lower_ == "to" for k in clause.children)
        if subject is not None and to and mark.lower_ in {"on", "upon", "for"}:
            found.append((mark.lower_, subject, clause))
    return found


def is_passive(verb: Token) -> bool:
    """A passive clause, or a past participle that hangs on a noun ("the towns seized by rebels")."""
    kids = {k.dep_ for k in verb.children}
    if "auxpass" in kids or "nsubjpass" in kids or "agent" in kids:
        return True
    if verb.dep_ == "acl":  # with a subject it is a clause that the parser hung on a noun ("said in a note that")
        return verb.tag_ == "VBN" and not kids & {"nsubj", "aux"}
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not kids & {"aux", "dobj", "nsubj"}:
        return verb.head.pos_ == "VERB" and verb.head.tag_ == "VBN" and is_passive(verb.head)
    # "Student expelled after protest" of a headline, "ordered him freed"
    bare = verb.tag_ == "VBN" and "nsubj" in kids and not kids & {"aux", "dobj", "xcomp", "ccomp"}
    return bare and (verb.dep_ == "ccomp" or verb.sent.start == 0)


def _agent(kids: tuple[Token, ...]) -> Token | None:
    for kid in kids:
        if kid.dep_ == "agent" or (kid.dep_ == "prep" and kid.lower_ == "by"):
            return next((t for t in kid.children if t.dep_ == "pobj"), None)
    return None


def _passive_object(verb: Token) -> Token | None:
    if (own := _own_subject(verb)) is not None:
        return antecedent(own, verb)
    if verb.dep_ in {"acl", "relcl"}:
        return _defined(verb.head)
    if verb.dep_ == "conj":
        return _passive_object(verb.head) if is_passive(verb.head) else subject_of(verb.head)
    return subject_of(verb) if verb.dep_ in {"xcomp", "advcl"} else None


def _defined(noun: Token) -> Token:
    """ "X and Y are the first seized": what is said to be the first, not "first"."""
    if noun.dep_ in {"attr", "acomp"} and noun.pos_ in {"ADJ", "NUM", "PRON"}:
        return _own_subject(noun.head) or noun
    return noun


def _object(verb: Token, kids: tuple[Token, ...]) -> Token | None:
    for kid in kids:
        if kid.dep_ == "dobj":
            return antecedent(kid, verb)
    if verb.dep_ == "relcl" and _own_subject(verb) is not None:
        has_relative = any(k.tag_ in {"WDT", "WP"} for k in kids)
        return None if has_relative else verb.head  # "the town the rebels seized"
    return next((k for k in kids if k.dep_ == "oprd" and k.pos_ in {"NOUN", "PROPN"}), None)


def _dative(kids: tuple[Token, ...]) -> Token | None:
    for kid in kids:
        if kid.dep_ == "dative":
            return kid if kid.pos_ != "ADP" else next((t for t in kid.children if t.dep_ == "pobj"), None)
    return None


def _own_subject(verb: Token) -> Token | None:
    """Its subject; of two, where the parser takes a dateline for one, that behind the dash or colon."""
    found = [k for k in verb.children if k.dep_ in SUBJECTS]
    between = verb.doc[found[0].i + 1 : found[1].i] if len(found) > 1 else ()
    ends = [t for t in between if t.text in _DATELINE_ENDS and t.whitespace_]
    return found[1] if ends and ends[-1].nbor(-1).text != "," else next(iter(found), None)


def antecedent(token: Token, verb: Token) -> Token:
    """What a relative pronoun stands for; any other token is itself."""
    if token.tag_ in {"WDT", "WP"} and token.lower_ in {"who", "which", "that", "whom"}:
        top = verb
        while top.dep_ in {"conj", "xcomp", "ccomp", "aux"} and top.head.i != top.i:
            top = top.head
        if top.dep_ == "relcl":
            return top.head
    return token


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The one who does what `verb` says: its own subject, or by coordination, control or participle another's."""
    if (own := _own_subject(verb)) is not None:
        return antecedent(own, verb)
    if depth > 5 or verb.head.i == verb.i:
        return None
    if verb.dep_ == "acl":
        return _acl_subject(verb, depth)
    if verb.dep_ == "relcl":
        return verb.head if verb.head.pos_ in {"NOUN", "PROPN", "PRON"} else None
    if verb.dep_ in _INHERIT_BY or verb.dep_ == "ccomp":
        return _inherited(verb, depth)
    if verb.dep_ == "pcomp":  # "by attacking", "of trying to", "in retaking"
        return _from_preposition(verb, depth)
    return None


def _acl_subject(verb: Token, depth: int) -> Token | None:
    if verb.tag_ == "VBG":
        return verb.head
    owner = next((k for k in verb.head.children if k.dep_ == "poss"), None)
    if owner is not None and verb.tag_ == "VB" and verb.head.lemma_ in word_class("DECISION"):
        return owner  # "Lund's decision to attack"
    light = verb.head.head  # "made a plan to attack", "has the right to strike"
    return subject_of(light, depth + 1) if verb.head.dep_ == "dobj" and light.pos_ == "VERB" else None


def _inherited(verb: Token, depth: int) -> Token | None:
    head = verb.head
    if head.pos_ not in {"VERB", "AUX"}:
        return subject_of(head, depth + 1) if head.pos_ == "ADJ" else None
    # An object does what the infinitive says ("forced them to leave"), except of "promised them to leave".
    if verb.dep_ == "xcomp" and head.lemma_ not in word_class("SUBJECT_CONTROL"):
        patient = next((k for k in head.children if k.dep_ in {"dobj", "nsubjpass"}), None)
        if patient is not None:
            return antecedent(patient, head)
        if head.lemma_ in word_class("PERCEIVING") and not is_passive(head):
            return None  # who heard firing did not fire
    if is_passive(head):
        return _passive_object(head)
    return subject_of(head, depth + 1)


def _from_preposition(verb: Token, depth: int) -> Token | None:
    head = verb.head.head
    if head.pos_ not in {"VERB", "AUX"}:
        return None
    if verb.head.lower_ in {"of", "from", "for"}:  # "accused them of killing", "barred them from entering"
        patient = next((k for k in head.children if k.dep_ in {"dobj", "nsubjpass"}), None)
        if patient is not None:
            return patient
    return subject_of(head, depth + 1)


def prepositions(token: Token) -> list[tuple[str, Token]]:
    """(preposition, object) pairs that hang on `token`, with stacked ones ("out of", "from near") followed."""
    found: list[tuple[str, Token]] = []
    for kid in token.children:
        if kid.dep_ in {"prep", "agent"} or (kid.dep_ == "dative" and kid.pos_ == "ADP"):
            found.extend(_objects_of(kid))
    return found


def _objects_of(prep: Token) -> list[tuple[str, Token]]:
    found: list[tuple[str, Token]] = []
    for kid in prep.children:
        if kid.dep_ == "pobj":
            found.append((prep.lower_, kid))
        elif kid.dep_ == "prep":
            found.extend(_objects_of(kid))
            found.extend((prep.lower_, t) for name, t in _objects_of(kid) if name == "of")
        elif kid.dep_ == "conj" and kid.pos_ == "ADP":
            found.extend(_objects_of(kid))
    return found


def included(frame: Frame) -> list[tuple[Token, Token]]:
    """("including", object) pairs that tell what is among the object, whatever the parser hung them on."""
    near, loose = [frame.verb], []
    if frame.object is not None:
        near += frame.object.subtree
        behind = frame.object.right_edge.i + 1
        loose = [t for t in frame.verb.doc[behind : behind + 2] if t.lower_ == "including"]
    words = {k.i: k for t in near for k in t.children if k.lower_ == "including"} | {t.i: t for t in loose}
    return [(word, kid) for _, word in sorted(words.items()) for kid in word.children if kid.dep_ in {"pobj", "dobj"}]


def coordinated(head: Token) -> list[Token]:
    """`head` and the nouns joined to it by "and", "or" and commas, each before those that hang on it."""
    out, open_to = [], [head]
    while open_to:  # a list may be longer than the interpreter's stack is deep
        out.append(open_to.pop())
        joined = [kid for kid in out[-1].children if kid.dep_ == "conj" and kid.pos_ in _JOINED]
        open_to.extend(reversed(joined))
    return out
