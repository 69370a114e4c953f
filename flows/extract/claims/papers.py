"""What passes words on that is no publication: the letter they were written in, the report that they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flows.extract.claims.assemble import Draft
from flows.extract.claims.cues import quoted_as
from flows.extract.claims.scene import Scene
from flows.extract.claims.speakers import speaker_of
from flows.records import Hop

# A statement or a post is the speaker's own publication; these had to be handed on.
_PAPERS: Final = frozenset(
    {"letter", "memo", "memorandum", "message", "diary", "minute", "transcript", "recording", "tape", "audio", "voicemail"}
)
_BY: Final = frozenset({"in", "on", "by", "through", "via"})


def written_in(scene: Scene, draft: Draft) -> list[Hop]:
    """The letter in "wrote in a letter to the families", the recording in "said in a recording sent to reporters"."""
    top = quoted_as(scene, draft.cue)
    cues = [scene.tokens[i] for i in (draft.cue, top) if i is not None]
    for prep in (c for cue in cues for c in cue.children if c.dep_ == "prep" and c.lower_ in _BY):
        for paper in prep.children:
            if paper.dep_ != "pobj" or scene.lemma[paper.i] not in _PAPERS or paper.i in draft.words:
                continue
            if paper.i == draft.source:
                continue
            found = speaker_of(scene, paper.i)
            return [Hop("document", found.name, derivation="written in", entity=found.entity, span=found.span)]
    return []


def reported_by(scene: Scene, draft: Draft, drafts: Iterable[Draft], publishers: frozenset[int]) -> tuple[int, ...]:
    """Heads of the publications whose own report the whole claim is: "officials said it was safe, Reuters reported"."""
    around = [
        d
        for d in drafts
        if d.source in publishers and draft.cue in d.words and len(draft.words & d.words) * 2 > len(draft.words)
    ]
    around.sort(key=lambda d: (len(d.words), d.cue))
    return tuple(d.source for d in around if d.source is not None and d.source not in (draft.source, *draft.relays))
