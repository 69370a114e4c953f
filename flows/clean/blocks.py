"""Plain text into blocks: what stands between line breaks, with hard-wrapped lines joined into their paragraph.

Offsets are code points of the raw text. A block is trimmed of white space and of marks that show nothing
(byte-order mark, zero-width space), so that what lies between blocks is separators only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_BREAKS: Final = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE: Final = re.compile(rf"[^{_BREAKS}]+")
_BLANK: Final = re.compile(rf"(?:\r\n|[{_BREAKS}])[^{_BREAKS}]*(?:\r\n|[{_BREAKS}])|\u2029")
# format characters that are invisible at the edge of a line; inside a line they stay
_INVISIBLE: Final = (
    "\ufeff\ufffe\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_TERMINAL: Final = re.compile(r"[.!?…:;][\"'”’»)\]*]*$|[—–-]$|[.!?]['’”\"]\s*$")
_CONTINUES: Final = re.compile(r"[a-zà-öø-ÿ,;:.)\]’”]")
_WIDEST_WRAP: Final = 132  # columns; wire services and mail wrap at 60 to 100, old printers at 132
_NARROWEST_WRAP: Final = 40


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph's place in the raw text; `group` counts the stretches between blank lines."""

    start: int
    end: int
    group: int


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink `text[start:end]` by white space and invisible marks at both ends."""
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return start, end


def blocks(text: str) -> list[Block]:
    """The blocks of `text` in order. Linear in the length of the text."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    joined: list[Block] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and last.group == line.group and _goes_on(text, last, line, width):
            joined[-1] = Block(last.start, line.end, line.group)
        else:
            joined.append(line)
    return joined


def _lines(text: str) -> Iterator[Block]:
    group, last = 0, None
    for match in _LINE.finditer(text):
        start, end = trim(text, *match.span())
        if start == end:
            continue
        if last is not None and _BLANK.search(text, last, start):
            group += 1
        yield Block(start, end, group)
        last = end


def _wrap_width(text: str, lines: list[Block]) -> int | None:
    """The column at which the lines are wrapped; None when they are not.

    Wrapped text shows in lines of similar length that break off before a word that goes on in lower case.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if a.group == b.group]
    broken = [a.end - a.start for a, b in pairs if _broken_off(text, a) and text[b.start].islower()]
    if len(broken) < 3 or len(broken) < 0.3 * len(pairs):
        return None
    broken.sort()
    width = broken[int(0.9 * (len(broken) - 1))]
    longest = max(line.end - line.start for line in lines)
    return width if _NARROWEST_WRAP <= width <= _WIDEST_WRAP and longest <= 2 * width else None


def _broken_off(text: str, line: Block) -> bool:
    return not _TERMINAL.search(text, max(line.start, line.end - 6), line.end)


def _goes_on(text: str, last: Block, line: Block, width: int | None) -> bool:
    if _broken_off(text, last) and _CONTINUES.match(text, line.start) and not _starts_list_item(text, line):
        return True
    if width is None:
        return False
    tail = max(last.start, text.rfind("\n", last.start, last.end) + 1)
    first_word = len(text[line.start : line.end].split(None, 1)[0])
    indented = text[max(0, line.start - 3) : line.start].isspace() and "\n" not in text[line.start - 3 : line.start]
    return not indented and trim(text, tail, last.end)[1] - tail + 1 + first_word > width * 0.97


def _starts_list_item(text: str, line: Block) -> bool:
    return bool(re.compile(r"[a-z][.)]\s").match(text, line.start))
