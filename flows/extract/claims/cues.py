"""Which tokens may be cues, and how sure we are of each."""

from __future__ import annotations

from typing import Final

from flows.extract.claims.scene import Scene

_NEVER: Final = frozenset({"be", "have", "do", "get", "let", "become", "include", "begin", "start", "kill", "go", "come"})


def candidates(scene: Scene) -> list[int]:
    """Tokens worth scoring as cues, in text order: verbs and words of the lexicon outside quotation marks."""
    return [i for i, token in enumerate(scene.tokens) if scene.quoted[i] < 0 and _possible(scene, i, token.pos_)]


def _possible(scene: Scene, i: int, pos: str) -> bool:
    if pos == "VERB":
        return scene.lemma[i] not in _NEVER
    if pos in ("NOUN", "ADV"):
        return scene.entry(i) is not None
    if pos == "ADJ":
        return scene.entry(i) is not None and scene.tokens[i].dep_ in ("acomp", "oprd", "attr", "ccomp", "ROOT")
    return False
