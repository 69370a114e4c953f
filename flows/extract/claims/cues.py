"""Which tokens may be cues, and how sure we are of each."""

from __future__ import annotations

from typing import Final

from flows.extract.claims.scene import Scene

_NEVER: Final = frozenset(
    {"be", "have", "do", "get", "let", "become", "include", "begin", "start", "kill", "go", "come"}
)

QUOTING: Final = frozenset({"quote", "cite", "report", "paraphrase", "record", "hear", "describe"})


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


def quoted_as(scene: Scene, i: int) -> int | None:
    """The quoting verb above token `i` in "IRNA quoted her as saying", "she was reported as saying"; else None."""
    token = scene.tokens[i]
    if token.dep_ not in ("pcomp", "prep", "advcl", "xcomp", "amod", "pobj") or token.tag_ != "VBG":
        return None
    head = token.head
    if head.lower_ == "as" and head.head.i != head.i:
        head = head.head
    elif i == 0 or scene.tokens[i - 1].lower_ != "as":
        return None
    return head.i if head.pos_ == "VERB" and scene.lemma[head.i] in QUOTING else None
