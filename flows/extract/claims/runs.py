"""Days over a run of speech: what one speaker says next to a dated saying, or at one dated interview or meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flows.extract.claims.acts import SPEECH
from flows.extract.claims.assemble import Draft
from flows.extract.claims.days import day_of, expression_at, occasions_of
from flows.extract.claims.elsewhere import (
    fresh_occasion,
    has_other_time,
    has_paper,
    has_place,
    is_known,
    is_later,
    is_perfect,
)
from flows.extract.claims.hearers import TOLD
from flows.extract.claims.hearings import sat_on, sittings
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import papers, word_class
from flows.extract.dates.govern import date_of
from flows.records import Claim

_NEAR: Final = 2  # sentences between two sayings of one run of speech, at the most
_REPLIES: Final = 2  # sentences of others, at the most, that don't count between the two


@dataclass(frozen=True, slots=True)
class _Run:
    """The last saying of a speaker whose day is known.

    `occasion` is the noun of the interview or another such occasion at which it was said, `heard` who was told there,
    `written` whether it stands in a paper.
    """

    sentence: int
    day: date
    basis: str
    occasion: str | None
    heard: frozenset[str]
    written: bool


@dataclass(frozen=True, slots=True)
class _Spoken:
    """All that is said in the article: `words` are its contents, `sentences` those in which somebody speaks, which
    don't part what is said from what is said next."""

    words: frozenset[int]
    sentences: frozenset[int]


def carried(scene: Scene, drafts: Sequence[Draft], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """`claims` with the day of a run of speech given to those of its sayings that have none of their own.

    A run is what one speaker says in sentences next to one another, or at one interview or press conference, until
    something later is told or the speaker is heard elsewhere; its day may also come from an appearance told in the
    sentence before ("On Monday she addressed the council. "We will build," she said"). The day keeps the basis of
    the saying it came from: 'utterance' is for other articles' reports of the same words, which resolution works out
    anew each time.
    """
    done: list[Claim] = []
    runs: dict[int, _Run] = {}
    spoken = _Spoken(frozenset(i for d in drafts for i in d.words), frozenset(scene.sentence[d.cue] for d in drafts))
    sat = sittings(scene, spoken.words)
    for draft, claim in zip(drafts, claims, strict=True):
        who = claim.speaker_entity
        run = runs.get(who) if who is not None else None
        if who is not None and claim.said_on is None and claim.speech_act in SPEECH and _goes_on(scene, draft):
            run = run if run is not None and _holds(scene, run, draft, claim, spoken) else None
            found = _appearance(scene, who, draft, spoken.words) or ((run.day, run.basis) if run is not None else None)
            found = found or sat_on(scene, sat, draft, spoken.words)
            claim = replace(claim, said_on=found[0], said_basis=found[1]) if found is not None else claim
            occasion, heard = (run.occasion, run.heard) if run is not None else (None, frozenset[str]())
            written = run is not None and run.written
        else:
            occasion, heard = _occasion(scene, draft), _heard(claim)
            written = has_paper(scene, draft) or scene.lemma[draft.cue] in word_class("WRITING")
            if who is not None and claim.said_on is not None and _speech_now(scene, draft, claim):
                at_one = occasion is not None
                done = [_led_up(scene, d, c, draft, claim, at_one) for d, c in zip(drafts, done, strict=False)]
        if (
            who is not None
            and claim.said_on is not None
            and not _before(scene, draft)
            and not _is_to_come(scene, claim)
        ):
            sentence = scene.sentence[draft.cue]
            runs[who] = _Run(sentence, claim.said_on, claim.said_basis, occasion, heard | _heard(claim), written)
        elif who is not None and (run is None or run.occasion is None):
            runs.pop(who, None)
        done.append(claim)
    return tuple(_asked(scene, drafts, done))


def _holds(scene: Scene, run: _Run, draft: Draft, claim: Claim, spoken: _Spoken) -> bool:
    """Whether the run goes on to this claim: near by, or at the same occasion, and nothing later told between."""
    here = scene.sentence[draft.cue]
    if is_later(scene, spoken.words, run.sentence, draft, run.day):
        return False
    again = _is_same(scene, run.occasion, draft) if run.occasion is not None else None
    if again is not None:
        return again
    if _is_elsewhere(scene, run, draft) or (run.heard and _heard(claim) - run.heard):
        return False
    if run.occasion is not None:
        return True
    answered = min(_REPLIES, len(spoken.sentences.intersection(range(run.sentence + 1, here))))
    near = run.sentence <= here <= run.sentence + _NEAR + answered
    return near and (here <= run.sentence + _NEAR or not has_place(scene, draft))


def _is_elsewhere(scene: Scene, run: _Run, draft: Draft) -> bool:
    """Whether the claim has a time, a paper or an occasion of its own, which the run's day isn't known to be that of.

    "He said on Friday that he would sue. "It is a lie," he said at a rally" is one saying, told more closely.
    """
    if has_other_time(scene, draft, run.day) or (not run.written and has_paper(scene, draft)):
        return True
    closer = not run.heard and scene.sentence[draft.cue] - run.sentence <= 1
    occasion = fresh_occasion(scene, draft)
    return not closer and occasion is not None and scene.lemma[occasion.i] != run.occasion


def _heard(claim: Claim) -> frozenset[str]:
    """The names of the publications that were told; "the newspaper" is whichever was told before."""
    told = (hop.name for hop in claim.chain if hop.derivation == TOLD)
    return frozenset(name for name in told if name.lower().removeprefix("the ") not in word_class("PRESS"))


def _is_same(scene: Scene, occasion: str, draft: Draft) -> bool | None:
    """Whether the claim is said "in the interview", or "at a rally in Teso" after the interview; None if neither."""
    for noun in occasions_of(scene, draft):
        if scene.lemma[noun.i] in papers("occasion"):
            same = scene.lemma[noun.i] == occasion
            return same if is_known(noun) or not same else None
    return None


def _occasion(scene: Scene, draft: Draft) -> str | None:
    nouns = (scene.lemma[x.i] for x in occasions_of(scene, draft))
    return next((lemma for lemma in nouns if lemma in papers("occasion")), None)


def _led_up(scene: Scene, draft: Draft, claim: Claim, later: Draft, said: Claim, at_one: bool) -> Claim:
    """The claim, on the day of the later one of that speaker, where it belongs to the same saying.

    Either it stands right before ("The road was mined, the officer said. "We left," he said on Sunday"), or it sums up
    the interview that the next paragraph tells of ("has promised").
    """
    same = claim.speaker_entity == said.speaker_entity and claim.said_on is None and claim.speech_act in SPEECH
    if not same or draft.cue >= later.cue or said.said_on is None or _has_own(scene, draft, said.said_on):
        return claim
    next_to = 0 <= scene.sentence[later.cue] - scene.sentence[draft.cue] <= 1 and not at_one
    near = next_to and said.quotation == "direct" and _goes_on(scene, draft)
    token = scene.tokens[draft.cue]
    summed_up = at_one and is_perfect(token) and scene.paragraph[later.cue] - scene.paragraph[draft.cue] == 1
    return replace(claim, said_on=said.said_on, said_basis=said.said_basis) if near or summed_up else claim


def _has_own(scene: Scene, draft: Draft, day: date) -> bool:
    """Whether the claim has a time other than `day`, a paper, or an occasion that is not told of before."""
    apart = has_other_time(scene, draft, day) or has_paper(scene, draft)
    return apart or fresh_occasion(scene, draft) is not None


def _speech_now(scene: Scene, draft: Draft, claim: Claim) -> bool:
    return claim.speech_act in SPEECH and not _before(scene, draft)


def _before(scene: Scene, draft: Draft) -> bool:
    """Whether it was said before the rest: "she had told reporters", "he said earlier"."""
    return any(
        c.lower_ in word_class("EARLIER") or (c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d"))
        for c in scene.tokens[draft.cue].children
    )


def _asked(scene: Scene, drafts: Sequence[Draft], claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with a question and its answer on the same day: "asked whether it was true, she said"."""
    done = list(claims)
    for n in range(len(done) - 1):
        asked, answer = done[n], done[n + 1]
        here = asked.speaker_entity is None and asked.speech_act == "asked" and answer.speech_act in SPEECH
        if not here or scene.sentence[drafts[n].cue] != scene.sentence[drafts[n + 1].cue]:
            continue
        if asked.said_on is None:
            done[n] = replace(asked, said_on=answer.said_on, said_basis=answer.said_basis)
        elif answer.said_on is None and _goes_on(scene, drafts[n + 1]):
            done[n + 1] = replace(answer, said_on=asked.said_on, said_basis=asked.said_basis)
    return done


def _is_to_come(scene: Scene, claim: Claim) -> bool:
    """Whether it will only be said after the day of the text."""
    reference: date | None = scene.doc._.reference_on
    return claim.said_on is not None and reference is not None and claim.said_on > reference


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
    return not (token.tag_ == "VBG" and is_perfect(token.head)) and not _before(scene, draft)


def _appearance(scene: Scene, who: int, draft: Draft, said: frozenset[int]) -> tuple[date, str] | None:
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
            found = expression_at(scene, i, frozenset())
            day, basis = day_of(scene, found) if found is not None else (None, "none")
            if day is not None and not _has_own(scene, draft, day) and not is_later(scene, said, number, draft, day):
                return day, basis
    return None


def _appears(scene: Scene, i: int) -> bool:
    if scene.lemma[i] not in word_class("IN_PUBLIC"):
        return False
    objects = [c for c in scene.tokens[i].children if c.dep_ == "dobj"]
    light = scene.lemma[i] in word_class("GIVING")
    return not light or any(scene.lemma[c.i] in papers("given") for c in objects)
