"""One conversation, told over several sentences: whoever heard the first of them passed on the rest as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flows.extract.claims.assemble import Draft
from flows.extract.claims.elsewhere import is_back
from flows.extract.claims.hearers import TOLD
from flows.extract.claims.scene import Scene
from flows.extract.claims.vocabulary import papers
from flows.records import Claim, Hop

_NEAR: Final = 3  # sentences between two sayings of one conversation, at the most


def carried_ways(scene: Scene, drafts: Sequence[Draft], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """`claims` with the publication that was told, where the same speaker's next words refer back to that.

    "Keller told Norpress that the dam was old. She promised in the same interview to mend it": the second hop is
    inferred, not stated. What is merely said next ("She added …") may have been said to anybody, and gets none.
    """
    done: list[Claim] = []
    heard: dict[int, tuple[int, tuple[Hop, ...]]] = {}  # speaker -> sentence, hops
    for draft, claim in zip(drafts, claims, strict=True):
        who, here = claim.speaker_entity, scene.sentence[draft.cue]
        told = tuple(replace(hop, basis="inferred") for hop in claim.chain if hop.derivation == TOLD)
        before = heard.get(who) if who is not None else None
        if before is not None and not told and 0 <= here - before[0] <= _NEAR and _refers_back(scene, draft.cue):
            told = before[1]
            claim = replace(claim, chain=(claim.chain[0], *told, *claim.chain[1:]))
        if who is not None and told:
            heard[who] = (here, told)
        done.append(claim)
    return tuple(done)


def _refers_back(scene: Scene, cue: int) -> bool:
    """Whether the cue has "then", or "in the same interview", beside it."""
    for child in scene.tokens[cue].children:
        if child.dep_ == "advmod" and child.lower_ == "then":
            return True
        for noun in child.children if child.dep_ == "prep" and child.lower_ in ("in", "at", "during") else ():
            if scene.lemma[noun.i] in papers("occasion") and is_back(noun):
                return True
    return False
