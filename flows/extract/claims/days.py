"""On which day something was said: by the expression that governs the cue, or by the run of speech it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.acts import SPEECH
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
# A day told of these holds for what the same speaker says next.
_APPEARANCES: Final = frozenset(
    {"address", "speak", "brief", "testify", "appear", "receive", "meet", "visit", "tour", "host"}
    | {"hold", "give", "issue", "publish", "deliver"}
)
_SPEECHES: Final = frozenset(
    {"conference", "briefing", "speech", "address", "interview", "statement", "message", "sermon", "lecture"}
    | {"press", "hearing", "rally", "ceremony", "figure", "count", "report", "letter"}
)


# What is said at one of these is said on one day, however long the article goes on about it.
OCCASIONS: Final = frozenset(
    {"interview", "conference", "briefing", "speech", "debate", "hearing", "rally", "address", "testimony", "sermon"}
)
_PAPERS: Final = frozenset(
    {"statement", "letter", "message", "recording", "report", "poll", "survey", "study", "tweet"}
)
_ISSUED: Final = frozenset(
    {
        "publish",
        "issue",
        "release",
        "send",
        "post",
        "pin",
        "air",
        "broadcast",
        "give",
        "hold",
        "deliver",
        "date",
        "record",
    }
)
_THROUGH: Final = frozenset({"prep", "pobj", "npadvmod", "relcl", "acl", "compound", "nmod"})


def said_on(scene: Scene, draft: Draft) -> tuple[date | None, str]:
    """The day of the expression that governs the cue, with its basis; an expression in the content doesn't count."""
    for i in _governors(scene, draft.cue):
        found = _expression(scene, i, draft.words)
        if found is not None:
            return _day(scene, found)
    for noun in _occasions_of(scene, draft):
        dated = _dated(scene, noun, draft.words)
        if dated is not None:
            return _day(scene, dated)
    return None, "none"


def _occasions_of(scene: Scene, draft: Draft) -> list[Token]:
    """The interview in "said in a radio interview on Tuesday", the poll in "a poll published on Wednesday found"."""
    token = scene.tokens[draft.cue]
    if token.pos_ != "VERB":
        return []
    told = OCCASIONS | _PAPERS
    found = [x for c in token.children if c.dep_ == "prep" for x in c.children if x.dep_ == "pobj"]
    found = [x for x in found if scene.lemma[x.i] in told]
    if draft.source is not None and scene.lemma[draft.source] in _PAPERS:
        found.append(scene.tokens[draft.source])
    return found


def _dated(scene: Scene, noun: Token, words: frozenset[int]) -> TimeExpression | None:
    """The time expression that hangs on the noun, or on the verb that says when it was given or published."""
    for found in scene.doc._.dates:
        first = scene.at_offset(found.start)
        if not noun.left_edge.i <= first <= noun.right_edge.i or first in words or found.timex_type != "DATE":
            continue
        if first > 0 and scene.lemma[first - 1] in _OTHER_DAY:
            continue
        token = scene.tokens[scene.at_offset(found.end - 1)]
        while token.i != noun.i and token.head.i != token.i and _leads_up(scene, token):
            token = token.head
        if token.i == noun.i:
            dated: TimeExpression = found
            return dated
    return None


def _leads_up(scene: Scene, token: Token) -> bool:
    if token.dep_ == "prep" and scene.lemma[token.i] in _OTHER_DAY | {"about"}:
        return False
    return token.dep_ in _THROUGH and (token.pos_ != "VERB" or scene.lemma[token.i] in _ISSUED)


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


@dataclass(frozen=True, slots=True)
class _Run:
    """The last saying of a speaker whose day is known; `open` when it was at an interview or another such occasion."""

    sentence: int
    day: date
    basis: str
    open: bool


def carried(scene: Scene, drafts: Sequence[Draft], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """`claims` with the day of a run of speech given to those of its sayings that have none of their own.

    A run is what one speaker says in sentences next to one another, or at one interview or press conference in the
    whole article; its day may also come from an appearance told in the sentence before ("On Monday she addressed the
    council. "We will build," she said"). The day keeps the basis of the saying it came from: 'utterance' is for other
    articles' reports of the same words, which resolution works out anew each time.
    """
    done: list[Claim] = []
    runs: dict[int, _Run] = {}
    for draft, claim in zip(drafts, claims, strict=True):
        who, here = claim.speaker_entity, scene.sentence[draft.cue]
        run = runs.get(who) if who is not None else None
        if who is not None and claim.said_on is None and claim.speech_act in SPEECH and _goes_on(scene, draft):
            near = run is not None and (run.open or 0 <= here - run.sentence <= _NEAR)
            found = _appearance(scene, who, draft) or ((run.day, run.basis) if run is not None and near else None)
            claim = replace(claim, said_on=found[0], said_basis=found[1]) if found is not None else claim
            is_open = near and run is not None and run.open
        else:
            is_open = claim.said_on is not None and _at_occasion(scene, draft)
            if who is not None and claim.said_on is not None and _speech_now(scene, draft, claim):
                done = [_led_up(scene, d, c, draft, claim, is_open) for d, c in zip(drafts, done, strict=False)]
        if who is not None and claim.said_on is not None and not _before(scene, draft):
            runs[who] = _Run(here, claim.said_on, claim.said_basis, is_open)
        elif who is not None and run is not None and not run.open:
            del runs[who]
        done.append(claim)
    return tuple(_asked(scene, drafts, done))


def _at_occasion(scene: Scene, draft: Draft) -> bool:
    return any(scene.lemma[x.i] in OCCASIONS for x in _occasions_of(scene, draft))


def _led_up(scene: Scene, draft: Draft, claim: Claim, later: Draft, said: Claim, is_open: bool) -> Claim:
    """The claim, on the day of the later one of that speaker, where it belongs to the same saying.

    Either it stands right before ("The road was mined, the officer said. "We left," he said on Sunday"), or it sums up
    the interview that the next paragraph tells of ("has promised").
    """
    same = claim.speaker_entity == said.speaker_entity and claim.said_on is None and claim.speech_act in SPEECH
    if not same or draft.cue >= later.cue:
        return claim
    next_to = 0 <= scene.sentence[later.cue] - scene.sentence[draft.cue] <= 1 and not is_open
    near = next_to and said.quotation == "direct" and _goes_on(scene, draft)
    token = scene.tokens[draft.cue]
    perfect = token.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in token.children)
    summed_up = is_open and perfect and scene.paragraph[later.cue] - scene.paragraph[draft.cue] == 1
    return replace(claim, said_on=said.said_on, said_basis=said.said_basis) if near or summed_up else claim


def _speech_now(scene: Scene, draft: Draft, claim: Claim) -> bool:
    return claim.speech_act in SPEECH and not _before(scene, draft)


def _before(scene: Scene, draft: Draft) -> bool:
    """Whether it was said before the rest: "she had told reporters", "he said earlier"."""
    return any(
        c.lower_ in _EARLIER or (c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d"))
        for c in scene.tokens[draft.cue].children
    )


def _asked(scene: Scene, drafts: Sequence[Draft], claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with a question on the day of its answer: "asked whether it was true, she said"."""
    done = list(claims)
    for n in range(len(done) - 1):
        here = done[n].speaker_entity is None and done[n].said_on is None and done[n].speech_act == "asked"
        if here and scene.sentence[drafts[n].cue] == scene.sentence[drafts[n + 1].cue]:
            done[n] = replace(done[n], said_on=done[n + 1].said_on, said_basis=done[n + 1].said_basis)
    return done


def _goes_on(scene: Scene, draft: Draft) -> bool:
    """Whether the cue of `draft` is a plain past saying without a time of its own."""
    token = scene.tokens[draft.cue]
    if token.pos_ != "VERB" or date_of(scene.doc, draft.cue) is not None:
        return False
    refused = token.tag_ == "VB" and any(
        c.dep_ == "aux" and c.lower_ in ("would", "did", "could") for c in token.children
    )
    if token.tag_ not in ("VBD", "VBG") and not refused:
        return False
    return not _before(scene, draft)


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
