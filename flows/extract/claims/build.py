"""From decided drafts to claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from flows.extract.claims import acts, content, cues, days, decide, model, runs, sources
from flows.extract.claims.assemble import Draft
from flows.extract.claims.blocks import block_at
from flows.extract.claims.calibrate import calibrated
from flows.extract.claims.chains import Ways, chain_of
from flows.extract.claims.conversations import carried_ways
from flows.extract.claims.modality import modality
from flows.extract.claims.scene import FINITE, Scene
from flows.extract.claims.speakers import Speaker, speaker_of
from flows.extract.claims.vocabulary import word_class
from flows.records import Claim, Span

EXTRACTOR: Final = "claims-1"
_HELPERS: Final = frozenset({"aux", "auxpass", "neg", "advmod"})


def claims_of(doc: Doc) -> tuple[Claim, ...]:
    """The claims of `doc`, in text order."""
    scene = Scene(doc)
    ways = Ways.of(scene)
    found = decide.drafts(scene, model.weights(), ways.introductions, ways.publishers)
    made = [(d, c) for d in found if (c := _claim(scene, ways, d)) is not None]
    told = [d for d, _ in made]
    return carried_ways(scene, told, runs.carried(scene, told, [c for _, c in made]))


def _claim(scene: Scene, ways: Ways, draft: Draft) -> Claim | None:
    speaker: Speaker | None = None
    cue = None if draft.bare else draft.cue
    out = {draft.cue} - draft.words
    if draft.source is not None:
        first, last = sources.phrase(scene, draft.source)
        out.update(range(first, last + 1))
        speaker = _apart(scene, draft, draft.source, speaker_of(scene, draft.source))
    parts = (draft.whole,) if draft.whole else content.parts(scene, set(draft.words), out)
    if not parts:
        return None
    act = acts.speech_act(scene, cue, draft.source, model.weights())
    start = min(part.start for part in parts)
    relayed = block_at(ways.blocks, start) is not None
    day, basis = days.said_on(scene, draft, relayed=relayed) if act in acts.SPEECH else (None, "none")
    return Claim(
        parts=parts,
        quotation="direct" if draft.whole else scene.quotations.kind(parts),
        cue=None if draft.bare else cue_span(scene, draft),
        speaker=speaker.span if speaker else None,
        speaker_form=speaker.form if speaker else None,
        speaker_entity=speaker.entity if speaker else None,
        speaker_kind=speaker.kind if speaker else "none",
        speaker_country=speaker.country if speaker else None,
        speech_act=act,
        modality=modality(scene, cue, draft.words, act),
        score=round(calibrated(draft.score, model.weights()), 4),
        extractor=EXTRACTOR,
        said_on=day,
        said_basis=basis,
        chain=chain_of(scene, ways, draft, speaker, start),
    )


def _apart(scene: Scene, draft: Draft, source: int, speaker: Speaker) -> Speaker:
    """The speaker without the cue and what was said, where the parser hangs them on the name: "As the writer Anna
    Brandl put it: “…”". A cue that is a noun may belong to the name: "the council in its letter"."""
    phrase = scene.inside(speaker.span)
    other = [i for i in phrase if i == draft.cue or i in draft.words]
    first = max((i + 1 for i in other if i < source), default=phrase.start)
    last = min((i for i in other if i > source), default=phrase.stop)
    own = [i for i in range(first, last) if scene.is_word(i)]
    left_out = any(scene.is_word(i) and i not in other for i in range(phrase.start, first))
    if not other or source in other or left_out or not own or scene.tokens[draft.cue].tag_ not in FINITE:
        return speaker
    span = scene.span(own[0], own[-1])
    whole = speaker.name == speaker.span.of(scene.text)
    return replace(speaker, span=span, name=span.of(scene.text) if whole else speaker.name)


def _one_phrase(scene: Scene, top: int, cue: int) -> bool:
    """Whether nothing but "as" stands between the quoting verb and the saying: "was quoted as saying"."""
    return top < cue and all(scene.tokens[i].lower_ == "as" for i in range(top + 1, cue))


def cue_span(scene: Scene, draft: Draft) -> Span:
    """The cue with its auxiliaries and negation before it, and its particle, "to" of "according to" after it.

    Of "quoted her as saying" the cue is "quoted", of "was quoted as saying" all of it.
    """
    top = cues.quoted_as(scene, draft.cue)
    if top is not None and scene.lemma[top] not in word_class("PASSING_ON"):
        top = None
    if top is not None and not _one_phrase(scene, top, draft.cue):
        return scene.span(top, top)
    token = scene.tokens[draft.cue]
    first = last = draft.cue
    if top is not None:
        first, token = top, scene.tokens[top]
    helpers = {c.i for c in token.children if c.dep_ in _HELPERS} - draft.words - {draft.source}
    while first - 1 in helpers:
        first -= 1
    last = max(last, cues.made_clear(scene, draft.cue) or last)
    after = last + 1
    if after < len(scene.tokens) and after not in draft.words:
        follower = scene.tokens[after]
        according = token.lower_ == "according" and follower.lower_ == "to"
        if follower.dep_ == "prt" or according or after == cues.calling(scene, draft.cue):
            last = after
    return scene.span(first, last)
