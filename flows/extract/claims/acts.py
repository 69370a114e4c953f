"""What a cue does: the speech act, by the scorer and for plain cases by the lexicon of cues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flows.extract.claims import features
from flows.extract.claims.model import Weights, score
from flows.extract.claims.scene import Scene

ACTS: Final = ("said", "denied", "asked", "demanded", "promised", "believed", "wanted", "felt")
# Acts that a core cue of the lexicon names by itself.
_PLAIN: Final = frozenset({"denied", "demanded", "promised"})
_CORE: Final = 3


def speech_act(scene: Scene, cue: int | None, source: int | None, model: Mapping[str, Weights]) -> str:
    """The act that a core cue names, else the likeliest; a quotation without a cue is said."""
    if cue is None:
        return "said"
    entry = scene.entry(cue)
    if entry is not None and entry.act in _PLAIN and entry.strength >= _CORE:
        return entry.act
    names = features.of_cue(scene, cue, source)
    scored = [(score(model.get("act:" + act, {}), names), -n, act) for n, act in enumerate(ACTS)]
    return max(scored)[2]
