"""On which day something was said: by the expression that governs the cue, or by the run of speech it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from flows.extract.claims.assemble import Draft
from flows.extract.claims.scene import Scene
from flows.extract.dates.govern import date_of
from flows.records import Claim, TimeExpression

# Words that say "on the day of this text": the day is then the reference day, not one that the text names.
_TODAY: Final = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening|lunchtime))\b", re.IGNORECASE)
# Prepositions after which a day is not the one on which it was said: "called a meeting for Monday".
_OTHER_DAY: Final = frozenset(
    {"for", "until", "till", "by", "since", "before", "after", "from", "through", "between", "of", "than"}
)
_EARLIER: Final = frozenset({"earlier", "previously", "once", "already", "before", "often", "always", "never", "later"})
_NEAR: Final = 2  # sentences between two sayings of one run of speech, at the most
_OCCASION: Final = 30  # sentences over which an interview goes on, where no other day is told
SPEECH: Final = frozenset({"said", "denied", "asked", "demanded", "promised"})  # the rest is held, not said on a day
# A day told of these holds for what the same speaker says next.
_APPEARANCES: Final = frozenset(
    {"address", "speak", "brief", "testify", "appear", "receive", "meet", "visit", "tour", "host"}
    | {"hold", "give", "issue", "publish", "deliver"}
)
_OCCASIONS: Final = frozenset(
    {"conference", "briefing", "speech", "address", "interview", "sermon", "lecture", "hearing"}
)
_SPEECHES: Final = frozenset(
    {"conference", "briefing", "speech", "address", "interview", "statement", "message", "sermon", "lecture"}
    | {"press", "hearing", "rally", "ceremony", "figure", "count", "report", "letter"}
)


def said_on(scene: Scene, draft: Draft) -> tuple[date | None, str]:
    """The day of the expression that governs the cue, with its basis; an expression in the content doesn't count."""
    for i in _governors(scene, draft.cue):
        found = _expression(scene, i, draft.words)
        if found is not None:
            return _day(scene, found)
    return None, "none"


def _expression(scene: Scene, verb: int, words: frozenset[int]) -> TimeExpression | None:
    index = date_of(scene.doc, verb)
    if index is None:
        return None
    found: TimeExpression = scene.doc._.dates[index]
    first = scene.at_offset(found.start)
    if any(m.form == "name" and m.start < found.start and found.end <= m.end for m in scene.doc._.mentions):
        return None  # a newspaper called Today
    if first in words or (first > 0 and scene.lemma[first - 1] in _OTHER_DAY):
        return None
    return found


def _day(scene: Scene, found: TimeExpression) -> tuple[date | None, str]:
    if _TODAY.search(found.text):
        reference: date | None = scene.doc._.reference_on
        known = reference is not None and found.starts_on in (None, reference)
        return (reference, "reference_day") if known else (None, "none")
    if found.starts_on is not None and found.starts_on == found.ends_on:
        return found.starts_on, "expression"
    return None, "none"


def _governors(scene: Scene, cue: int) -> list[int]:
    """The cue, what issued its paper ("in a statement issued Monday"), and the verb it hangs on where both are one
    saying: "was quoted Sunday as saying"."""
    token = scene.tokens[cue]
    found = [cue]
    if token.pos_ == "NOUN":
        return found
    for prep in (c for c in token.children if c.dep_ == "prep"):
        papers = [x for x in prep.children if x.dep_ == "pobj" and scene.lemma[x.i] in _SPEECHES]
        found += [v.i for x in papers for v in x.children if v.dep_ in ("acl", "relcl") and v.tag_ in ("VBN", "VBD")]
    while token.dep_ in ("xcomp", "pcomp", "prep", "advcl") and token.head.i != token.i and len(found) < 6:
        if scene.lemma[token.i] in ("accord", "according"):
            break
        token = token.head
        if token.pos_ == "VERB":
            found.append(token.i)
    return found


def carried(scene: Scene, drafts: Sequence[Draft], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """`claims` with the day of a run of speech given to those of its sayings that have none of their own.

    A run is what one speaker says in sentences next to one another, whoever else speaks between; its day may also come
    from an appearance told in the sentence before ("On Monday she addressed the council. "We will build," she said").
    The day keeps the basis of the saying it came from: 'utterance' is for other articles' reports of the same words,
    which resolution works out anew each time.
    """
    done: list[Claim] = []
    runs: dict[int, tuple[int, date, str]] = {}  # speaker -> sentence as far as which the run goes on, day, basis
    for draft, claim in zip(drafts, claims, strict=True):
        who, here = claim.speaker_entity, scene.sentence[draft.cue]
        if claim.said_on is None and who is not None and claim.speech_act in SPEECH and _goes_on(scene, draft):
            last = runs.get(who)
            near = last is not None and here <= last[0]
            found = last[1:] if last is not None and near else _appearance(scene, who, draft)
            claim = replace(claim, said_on=found[0], said_basis=found[1]) if found is not None else claim
        if who is not None and claim.said_on is not None:
            reach = here + (_OCCASION if _at_occasion(scene, draft) else _NEAR)
            reach = max(reach, runs[who][0]) if who in runs and runs[who][1] == claim.said_on else reach
            runs[who] = (reach, claim.said_on, claim.said_basis)
        done.append(claim)
    return tuple(done)


def _at_occasion(scene: Scene, draft: Draft) -> bool:
    """Whether the saying is set at an interview, a press conference or the like, of which the rest may be told."""
    pending = [c for c in scene.tokens[draft.cue].children if c.dep_ in ("prep", "advcl")]
    nouns = [x for c in pending for x in c.subtree if x.i not in draft.words and x.dep_ in ("pobj", "dobj")]
    return any(scene.lemma[x.i] in _OCCASIONS for x in nouns)


def _goes_on(scene: Scene, draft: Draft) -> bool:
    """Whether the cue is a plain past saying without a time of its own."""
    token = scene.tokens[draft.cue]
    if token.pos_ != "VERB" or token.tag_ not in ("VBD", "VBG") or date_of(scene.doc, draft.cue) is not None:
        return False
    return not any(c.lower_ in _EARLIER or (c.dep_ == "aux" and c.lower_ in ("had", "'d")) for c in token.children)


def _appearance(scene: Scene, who: int, draft: Draft) -> tuple[date, str] | None:
    """The day of an appearance of the speaker in the sentence of the saying or the one before."""
    here = scene.sentence[draft.cue]
    at_roots = {m.root for m in scene.doc._.mentions if m.entity == who}
    for number in (here, here - 1):
        if number < 0:
            continue
        start, end = scene.sentences[number]
        for i in range(start, end):
            token = scene.tokens[i]
            if token.pos_ != "VERB" or token.tag_ != "VBD" or i in draft.words or not _appears(scene, i):
                continue
            if not any(c.dep_ == "nsubj" and c.i in at_roots for c in token.children):
                continue
            found = _expression(scene, i, frozenset())
            day, basis = _day(scene, found) if found is not None else (None, "none")
            if day is not None:
                return day, basis
    return None


def _appears(scene: Scene, i: int) -> bool:
    if scene.lemma[i] not in _APPEARANCES:
        return False
    objects = [c for c in scene.tokens[i].children if c.dep_ == "dobj"]
    light = scene.lemma[i] in ("hold", "give", "issue", "publish", "deliver")
    return not light or any(scene.lemma[c.i] in _SPEECHES for c in objects)
