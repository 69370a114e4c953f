"""A page as pieces: blocks, cut further where furniture and article share a line, each with its kind once known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from flows.clean.blocks import blocks, trim
from flows.clean.captions import glued_caption
from flows.clean.credits import glued_byline
from flows.clean.furniture import Cut, cards, cuts, whole_line
from flows.clean.shape import Shape, shape

KEPT: Final = frozenset({"headline", "standfirst", "dateline", "subheading", "body", "correction", "repost_comment"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the raw text, trimmed; `group` counts stretches between blank lines, `block` paragraphs.

    `text` is without `holes`: what stands inside its sentences and is not of the article.
    """

    start: int
    end: int
    group: int
    block: int
    text: str
    shape: Shape
    holes: tuple[Cut, ...] = ()

    def stretches(self) -> Iterator[tuple[int, int, str | None]]:
        """The stretches between holes, and the holes with their kinds, in order: (start, end, kind)."""
        at = self.start
        for hole in self.holes:
            yield at, hole.start, None
            yield hole.start, hole.end, hole.kind
            at = hole.end
        if at < self.end:
            yield at, self.end, None


@dataclass(slots=True)
class Page:
    """The pieces in order. `kinds` and `effects` run beside them and are filled by one pass after the other.

    A kind of None means not decided yet; what is left undecided in the end is body.
    """

    raw: str
    pieces: tuple[Piece, ...]
    kinds: list[str | None] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)

    def undecided(self) -> list[int]:
        return [index for index, kind in enumerate(self.kinds) if kind is None]

    def is_prose(self, index: int) -> bool:
        """An undecided or kept piece that reads as running text."""
        kind = self.kinds[index]
        return (kind is None or kind == "body") and self.pieces[index].shape.prose


def read(raw: str) -> Page:
    """Cut `raw` into pieces and mark those that a telltale phrase gives away."""
    pieces: list[Piece] = []
    kinds: list[str | None] = []
    effects: list[str] = []
    for number, block in enumerate(blocks(raw)):
        holes = cards(raw, block.start, block.end)
        line = _without(raw, block.start, block.end, holes)
        telltale = whole_line(line)
        if telltale is not None and not _sentence_teaser(line, telltale.kind, telltale.where):
            parts: list[tuple[int, int, str | None]] = [(block.start, block.end, telltale.kind)]
            effect = telltale.effect
        else:
            parts, effect = _divide(raw, block.start, block.end, holes), ""
        for start, end, kind in parts:
            inside = tuple(hole for hole in holes if start <= hole.start and hole.end <= end)
            text = _without(raw, start, end, inside)
            pieces.append(Piece(start, end, block.group, number, text, shape(text), inside))
            kinds.append(kind)
            effects.append(effect)
    return Page(raw, tuple(pieces), kinds, effects)


def _without(raw: str, start: int, end: int, holes: Sequence[Cut]) -> str:
    """The text of a stretch without its holes."""
    edges = [start, *(edge for hole in holes for edge in (hole.start, hole.end)), end]
    return "".join(raw[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


def _sentence_teaser(line: str, kind: str, where: str) -> bool:
    """Whether a line that begins like a link ("Poll: …") goes on as a full sentence, and so stays."""
    measured = shape(line)
    return kind == "teaser" and where == "start" and measured.stopped and measured.prose


def _divide(raw: str, start: int, end: int, holes: Sequence[Cut]) -> list[tuple[int, int, str | None]]:
    """Cut furniture out of a line: the rest, trimmed, in order. What begins or ends in a hole is no cut."""
    parts: list[tuple[int, int, str | None]] = []
    at = start
    for cut in cuts(raw, start, end):
        if any(hole.start < edge < hole.end for hole in holes for edge in (cut.start, cut.end)):
            continue
        _add(parts, raw, at, cut.start, None)
        _add(parts, raw, cut.start, cut.end, cut.kind)
        at = cut.end
    _add(parts, raw, at, end, None)
    if len(parts) > 1:  # what is left of a line may be furniture by itself
        parts = [(a, b, kind or _kind(raw[a:b])) for a, b, kind in parts]
    out: list[tuple[int, int, str | None]] = []
    for part_start, part_end, kind in parts:
        length, glued = _glued(raw[part_start:part_end]) if kind is None else (0, None)
        _add(out, raw, part_start, part_start + length, glued)
        _add(out, raw, part_start + length, part_end, kind)
    return out


def _kind(line: str) -> str | None:
    telltale = whole_line(line)
    return telltale.kind if telltale else None


def _glued(line: str) -> tuple[int, str | None]:
    """A byline or a caption that stands in front of a sentence on one line, as (length, kind)."""
    if length := glued_byline(line):
        return length, "byline"
    return glued_caption(line), "caption"


def _add(parts: list[tuple[int, int, str | None]], raw: str, start: int, end: int, kind: str | None) -> None:
    start, end = trim(raw, start, end)
    if start < end:
        parts.append((start, end, kind))
