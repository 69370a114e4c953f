"""The text of a sample article as a reader of the gold sees it, line by line. Standard library only."""

from __future__ import annotations

import html.parser
import json
import re
from pathlib import Path
from typing import Final

SAMPLE: Final = Path(__file__).parents[2] / "data" / "sample"
_HIDDEN: Final = frozenset({"script", "style", "head", "template", "noscript", "svg"})
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "cite", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "time"}
)


def reading_text(file: str, folder: Path = SAMPLE) -> str:
    """The visible text of a file of the sample; `NAME.jsonl#3` is the `text` of the third line."""
    name, _, line = file.partition("#")
    raw = (folder / name).read_text(encoding="utf-8")
    if line:
        return str(json.loads(raw.splitlines()[int(line) - 1])["text"])
    return _visible(raw) if name.endswith(".html") else raw


def lines(text: str) -> list[tuple[int, int]]:
    """Start and end of every line that holds something, in order: line 1 of an address is the first of them."""
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


class _Visible(html.parser.HTMLParser):
    """A block element a line; what a browser never shows is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(re.sub(r"\s+", " ", data))


def _visible(page: str) -> str:
    parser = _Visible()
    parser.feed(page)
    parser.close()
    found = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in found if line)
