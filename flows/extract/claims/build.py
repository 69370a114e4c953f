"""From decided drafts to claims."""

from __future__ import annotations

from spacy.tokens import Doc

from flows.extract.claims import content, decide, model, sources
from flows.extract.claims.scene import Scene
from flows.records import Claim, Span


def claims_of(doc: Doc) -> tuple[Claim, ...]:
    """The claims of `doc`, in text order."""
    scene = Scene(doc)
    return tuple(c for c in (_claim(scene, d) for d in decide.drafts(scene, model.weights())) if c is not None)


def _claim(scene: Scene, draft: decide.Draft) -> Claim | None:
    out, speaker = {draft.cue}, None
    if draft.source is not None:
        first, last = sources.phrase(scene, draft.source)
        out.update(range(first, last + 1))
        speaker = scene.span(first, last)
    parts = content.parts(scene, set(draft.words), out)
    if not parts:
        return None
    cue: Span = scene.span(draft.cue, draft.cue)
    return Claim(parts, scene.quotations.kind(parts), cue, speaker, "nominal" if speaker else None, None, "none", None, "said", "actual", draft.score, "claims-1")
