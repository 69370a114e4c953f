"""Telltale phrases of page furniture, read from `data/reference/furniture.tsv`, and where they match.

Patterns look at the edges of long lines only, so that a line of ten megabytes costs no more than a short one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from flows.resources import lexicon

_EDGE: Final = 700  # characters of a line that patterns may look at, from either end
_LONGEST_LINE: Final = 400  # characters of a line that may be furniture as a whole
_INSIDE_LIMIT: Final = 200_000  # characters of a line that are searched for phrases inside it
_DECORATION: Final = " \t\u00a0*_~|•·–—-=<>»«›‹→←▼▲►▶#"


@dataclass(frozen=True, slots=True)
class Telltale:
    """A phrase and what a line that holds it is; see the notes of the lexicon for `where` and `effect`."""

    where: str
    kind: str
    effect: str
    most: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of furniture within a line, as offsets of the raw text."""

    start: int
    end: int
    kind: str


@cache
def telltales(where: str) -> tuple[Telltale, ...]:
    """The phrases with this `where`, in the order of the file."""
    return tuple(
        Telltale(where, row["kind"], row["effect"], int(row["most"] or 0), _compile(row["pattern"], where))
        for row in lexicon("furniture")
        if row["where"] == where
    )


@cache
def soft_words() -> re.Pattern[str]:
    """Words of web pages about themselves and their visitors."""
    return re.compile("|".join(row["pattern"] for row in lexicon("furniture_soft")), re.IGNORECASE)


def _compile(pattern: str, where: str) -> re.Pattern[str]:
    spaced = _expand(pattern)
    return re.compile(rf"(?:{spaced})\s*$" if where == "tail" else rf"(?:{spaced})", re.IGNORECASE)


def _expand(pattern: str) -> str:
    """Write out the lexicon's shorthand: a space is any white space, ' both apostrophes, … also three points."""
    out: list[str] = []
    in_class = False
    for index, char in enumerate(pattern):
        if index and pattern[index - 1] == "\\":
            out.append(char)
            continue
        if char in "[]":
            in_class = char == "["
        if char == "'":
            out.append("'’" if in_class else "['’]")
        elif in_class:
            out.append(char)
        else:
            out.append({" ": r"\s+", "…": r"(?:…|\.\.\.)"}.get(char, char))
    return "".join(out).replace(r"\s+?", r"\s*").replace(r"\s+*", r"\s*")


def whole_line(line: str) -> Telltale | None:
    """The first phrase that makes this line furniture as a whole, if any."""
    bare = line.strip(_DECORATION)
    label = bare.rstrip(":. ")
    if not bare:
        return Telltale("line", "separator", "", 0, soft_words())
    n_words = line.count(" ") + 1 if len(line) > 4 * _EDGE else len(line.split())
    if len(bare) <= _LONGEST_LINE:
        for telltale in telltales("line"):
            if telltale.pattern.fullmatch(bare) or (label != bare and telltale.pattern.fullmatch(label)):
                return telltale
    for telltale in telltales("start"):
        # an item of the article's own list may tell the reader what to sign up for
        listed = telltale.kind == "advert" and line[0] in "-–•*"
        if not listed and n_words <= telltale.most and telltale.pattern.match(bare[:_EDGE]):
            return telltale
    for telltale in telltales("part"):
        if n_words <= telltale.most and telltale.pattern.search(bare[: 2 * _EDGE]):
            return telltale
    return None


def cuts(text: str, start: int, end: int) -> list[Cut]:
    """Furniture at the edges of the line `text[start:end]` and within it, in order, without overlaps."""
    head, offset = text[start : min(end, start + _EDGE)], max(start, end - _EDGE)
    at_head = ((telltale.kind, telltale.pattern.match(head)) for telltale in telltales("head"))
    found = [Cut(start, start + match.end(), kind) for kind, match in at_head if match]
    at_tail = ((telltale.kind, telltale.pattern.search(text[offset:end])) for telltale in telltales("tail"))
    found += [Cut(offset + match.start(), end, kind) for kind, match in at_tail if match and match.group()]
    if end - start <= _INSIDE_LIMIT:
        line = text[start:end]
        for telltale in telltales("inside"):
            found += [Cut(start + m.start(), start + m.end(), telltale.kind) for m in telltale.pattern.finditer(line)]
    return _disjoint(found)


def cards(text: str, start: int, end: int) -> list[Cut]:
    """Furniture inside sentences of the line `text[start:end]`, which go on behind it, in order, without overlaps."""
    if end - start > _INSIDE_LIMIT:
        return []
    line = text[start:end]
    return _disjoint(
        [
            Cut(start + match.start("card"), start + match.end("card"), telltale.kind)
            for telltale in telltales("card")
            for match in telltale.pattern.finditer(line)
        ]
    )


def _disjoint(found: list[Cut]) -> list[Cut]:
    kept: list[Cut] = []
    for cut in sorted(found, key=lambda c: (c.start, -c.end)):
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept
