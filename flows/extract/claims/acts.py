"""What a cue does: the speech act, by the scorer and for plain cases by the lexicon of cues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flows.extract.claims import features
from flows.extract.claims.model import Weights, score
from flows.extract.claims.scene import CORE, Scene
from flows.extract.claims.vocabulary import word_class

ACTS: Final = ("said", "denied", "asked", "demanded", "promised", "believed", "wanted", "felt")
SPEECH: Final = frozenset({"said", "denied", "asked", "demanded", "promised"})  # the rest is held, not said on a day
# Acts that a core cue of the lexicon names by itself.
_PLAIN: Final = frozenset({"denied", "demanded", "promised"})
_REFUSALS: Final = word_class("REFUSALS")
_TELLING: Final = word_class("TELLING")


def speech_act(scene: Scene, cue: int | None, source: int | None, model: Mapping[str, Weights]) -> str:
    """The act that a core cue names, else the likeliest; a quotation without a cue is said."""
    if cue is None:
        return "said"
    if _will_not_tell(scene, cue):
        return "denied"
    if _calls_for(scene, cue):
        return "demanded"
    entry = scene.entry(cue)
    if entry is not None and entry.act in _PLAIN and entry.strength >= CORE:
        return entry.act
    names = features.of_cue(scene, cue, source)
    scored = [(score(model.get("act:" + act, {}), names), -n, act) for n, act in enumerate(ACTS)]
    return max(scored)[2]


def _will_not_tell(scene: Scene, cue: int) -> bool:
    """ "Refused to say who came": what is told is that nothing is told."""
    token = scene.tokens[cue]
    if scene.lemma[cue] in _REFUSALS:
        return any(c.dep_ == "xcomp" and scene.lemma[c.i] in _TELLING for c in token.children)
    return scene.lemma[cue] in _TELLING and token.dep_ == "xcomp" and scene.lemma[token.head.i] in _REFUSALS


def _calls_for(scene: Scene, cue: int) -> bool:
    """ "Called on Monday for a truce", "called on them to go": the preposition need not stand next to the verb."""
    if scene.lemma[cue] != "call" or scene.tokens[cue].pos_ != "VERB":
        return False
    children = list(scene.tokens[cue].children)
    named = any(c.dep_ in ("oprd", "dobj", "ccomp") for c in children)
    return not named and any(c.dep_ == "prep" and c.lower_ in ("for", "upon") for c in children)
