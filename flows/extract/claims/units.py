"""The units of a sentence that may belong to what a cue reports.

Each child subtree of the cue, each ancestor of the cue by itself, and each other subtree of those ancestors, cut
where quotation marks open and close. Whether a unit belongs to the content is decided elsewhere, unit by unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from flows.extract.claims.scene import Scene

_GRAMMAR: Final = frozenset({"aux", "auxpass", "neg", "prt", "punct", "cc", "case", "expl", "preconj", "intj", ""})


@dataclass(frozen=True, slots=True)
class Unit:
    """Token indices in order, with how the unit hangs on the cue; `level` 0 is a child of the cue."""

    tokens: tuple[int, ...]
    head: int
    relation: str
    level: int


def units_of(scene: Scene, cue: int) -> list[Unit]:
    """All units around the cue at token `cue`, in text order."""
    token = scene.tokens[cue]
    found: list[Unit] = []
    for child in token.children:
        if child.dep_ not in _GRAMMAR:
            found.extend(_cut(scene, child, "c:" + child.dep_, 0))
    current, level = token, 1
    while current.head.i != current.i and level < 9:
        head = current.head
        found.append(Unit((head.i,), head.i, "a:" + current.dep_, level))
        for child in head.children:
            if child.i != current.i:
                found.extend(_cut(scene, child, f"s:{child.dep_}:{current.dep_}", level, grammar=True))
        current, level = head, level + 1
    return sorted(found, key=lambda u: u.tokens[0])


def _cut(scene: Scene, top: Token, relation: str, level: int, grammar: bool = False) -> list[Unit]:
    """The subtree of `top`, cut where the quotation changes."""
    if top.dep_ in _GRAMMAR and (not grammar or not scene.is_word(top.i)):
        return []
    runs: list[list[int]] = []
    state: int | None = None
    for token in top.subtree:
        i = token.i
        if state is None or scene.quoted[i] != state:
            runs.append([])
            state = scene.quoted[i]
        runs[-1].append(i)
    good = [run for run in runs if any(scene.is_word(i) for i in run)]
    return [Unit(tuple(run), top.i if top.i in run else _top(scene, run), relation, level) for run in good]


def _top(scene: Scene, run: list[int]) -> int:
    """The highest token of a run that lost its own head to a cut."""
    inside = set(run)
    for i in run:
        if scene.is_word(i) and scene.tokens[i].head.i not in inside:
            return i
    return run[0]
