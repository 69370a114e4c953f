"""Which stretches of a text stand in quotation marks.

Double marks: straight ones toggle, curly and angle ones open and close, `` and '' count as one mark each. Single
marks count where no double ones stand around them, from one before a word to the first that an apostrophe can't be.
A paragraph is a run between line breaks; one left open is quoted to its end when a curly mark opened it, when it
opens the paragraph, or when the next paragraph opens with a mark (the convention for quotations over paragraphs).
Beyond that, typing mistakes are mended: an opening mark that stands where only a closing one can ("…,“ said)
closes, and the other way round.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flows.records import Span

_OPENING: Final = "“„«〝"
_CLOSING: Final = "”»〞"
_ANY: Final = _OPENING + '"″'
_MARK: Final = re.compile(r"[“„«〝”»〞\"″]|``|''")
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_WORD: Final = re.compile(r"\w+")
# A single mark opens before a word: not "the '90s", "'em", "rock 'n' roll".
_SINGLE: Final = re.compile(
    r"(?<![^\s(\[—–:/])[‘'](?=[\w£$€])(?!\d0s|(?:em|til|tis|twas|cause|n|bout|round)\b)", re.IGNORECASE
)
_SINGLE_END: Final = re.compile(r"(?<=[^\s‘'’])[’'](?!\w)")
_POSSESSIVE: Final = re.compile(r"s[’'] \w")  # "the workers' pay"
_LONGEST: Final = 400  # characters between single marks


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch with its marks; `closed` is False when its paragraph ended first."""

    start: int
    end: int
    closed: bool


class Quotations:
    """The quoted stretches of one text, in order, none inside another."""

    def __init__(self, text: str) -> None:
        self.text = text
        bounds = [p.span() for p in _PARAGRAPH.finditer(text)]
        following = [text[start] for start, _ in bounds[1:]] + [""]
        found: list[Quotation] = []
        for (start, end), next_begins in zip(bounds, following, strict=False):
            double = list(_in_paragraph(text, start, end, bool(next_begins) and next_begins in _ANY))
            edges = [start, *(edge for q in double for edge in (q.start, q.end)), end]
            gaps = list(zip(edges[::2], edges[1::2], strict=True))
            single = [q for gap in gaps for q in _single(text, *gap)]
            if next_begins == "‘":
                single += _left_open(text, *gaps[-1])
            found += sorted([*double, *single], key=lambda q: q.start)
        self.spans = tuple(found)
        self._starts = [q.start for q in self.spans]

    def at(self, offset: int) -> Quotation | None:
        """The quotation in which the character at `offset` stands, marks included."""
        quotation = self.index_at(offset)
        return None if quotation is None else self.spans[quotation]

    def index_at(self, offset: int) -> int | None:
        """The place of that quotation in `spans`."""
        i = bisect_right(self._starts, offset) - 1
        return i if i >= 0 and offset < self.spans[i].end else None

    def kind(self, parts: Iterable[Span]) -> str:
        """'direct' when every word of `parts` is quoted, 'indirect' when none is, else 'mixed'."""
        words = [self.at(w.start()) is not None for p in parts for w in _WORD.finditer(self.text, p.start, p.end)]
        if not any(words):
            return "indirect"
        return "direct" if all(words) else "mixed"


def _in_paragraph(text: str, start: int, end: int, goes_on: bool) -> Iterable[Quotation]:
    """The quotations of one paragraph; `goes_on` when the next one opens with a mark."""
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            if _opens(text, mark, start, end):
                opened = mark.start()
        elif _closes(text, mark, end):
            yield Quotation(opened, mark.end(), closed=True)
            opened = None
    if opened is not None and (goes_on or text[opened] in _OPENING or not text[start:opened].strip()):
        yield Quotation(opened, end, closed=False)


def _single(text: str, start: int, end: int) -> Iterable[Quotation]:
    """The stretches in single marks of a stretch without double ones."""
    at = start
    while (opening := _SINGLE.search(text, at, end)) is not None:
        following = _SINGLE.search(text, opening.end(), end)
        last = min(opening.end() + _LONGEST, following.start() if following else end)
        ends = [m.end() for m in _SINGLE_END.finditer(text, opening.end(), last)]
        sure = [e for e in ends if not _POSSESSIVE.match(text, e - 2)]
        at = opening.end()
        if ends:
            at = (sure or ends)[0]
            yield Quotation(opening.start(), at, closed=True)


def _left_open(text: str, start: int, end: int) -> Iterable[Quotation]:
    """The stretch in single marks that a paragraph leaves open, where the next one begins with such a mark."""
    last = text.rfind("‘", start, end)
    opens = last >= 0 and _SINGLE.match(text, last) is not None
    if opens and not _SINGLE_END.search(text, last + 1, end):
        yield Quotation(last, end, closed=False)


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark met outside a quotation opens one."""
    sign = mark.group()
    if sign in _CLOSING:
        return _free_before(text, mark.start(), start) and not _free_after(text, mark.end(), end)
    return True


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether a mark met inside a quotation closes it."""
    sign = mark.group()
    if sign == "``":
        return False
    if sign in _OPENING:
        return not text[mark.start() - 1].isspace() and _free_after(text, mark.end(), end)
    return True


def _free_before(text: str, at: int, start: int) -> bool:
    return at == start or text[at - 1].isspace()


def _free_after(text: str, at: int, end: int) -> bool:
    return at >= end or text[at].isspace() or text[at] in ",.;:!?)"
