"""What a reading of one article says, in one form for gold, second readers and the published tables alike.

Every span becomes the set of the words that it covers, numbered in the article's reading text; so quotation marks,
brackets and the spaces between paragraphs make no difference, and a clean text is compared with the page it came from.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gold_records import KEPT, Record, Span, locate
from gold_text import lines
from gold_words import fold

Words = frozenset[int]
_WORD: Final = re.compile(r"\w+(?:[.,:]\d+)*")
_NOTHING: Final[Words] = frozenset()
_IDLE: Final = frozenset({"the", "a", "an", "s", "of", "to", "that", "el", "la", "los", "las", "un", "una"})


@dataclass(frozen=True)
class Unit:
    """One thing that a reading lists: the words it stands on, and what is said of it.

    `facts` holds plain values; `spans` the words of its parties (cue, speaker, actors …); `names` those of actors.
    """

    words: Words
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    spans: Mapping[str, Sequence[Words]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """All units of one article by layer, the kind of segment that each word stands in, and its article record."""

    file: str
    article: Mapping[str, Any]
    segments: Mapping[int, str]
    units: Mapping[str, Sequence[Unit]]


class Page:
    """The words of a reading text, and of any other text of the same article by alignment with it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts, self.words = _words(text)

    def of(self, span: Span, *, idle: bool = True) -> Words:
        """The words that a span of the reading text touches; without `idle`, articles and the like are left out."""
        first = bisect_left(self._starts, span[0])
        found = range(first, bisect_left(self._starts, span[1]))
        return frozenset(at for at in found if idle or self.words[at] not in _IDLE)

    def aligned(self, text: str) -> Aligned:
        """The same for another text of this article."""
        starts, words = _words(text)
        to = [-1] * len(words)
        matcher = difflib.SequenceMatcher(None, words, self.words, autojunk=False)
        for block in matcher.get_matching_blocks():
            for step in range(block.size):
                to[block.a + step] = block.b + step
        return Aligned(self, starts, to)


@dataclass(frozen=True)
class Aligned:
    """Spans of a text in the words of the reading text; a word without a counterpart is left out."""

    reading: Page
    starts: Sequence[int]
    to: Sequence[int]

    def of(self, start: int | None, end: int | None, *, idle: bool = True) -> Words:
        """The words of the span, none when it has no start."""
        if start is None or end is None:
            return _NOTHING
        found = (self.to[at] for at in range(bisect_left(self.starts, start), bisect_left(self.starts, end)))
        return frozenset(at for at in found if at >= 0 and (idle or self.reading.words[at] not in _IDLE))


def _words(text: str) -> tuple[list[int], list[str]]:
    found = list(_WORD.finditer(text))
    return [match.start() for match in found], [fold(match.group()) for match in found]


def from_records(records: Iterable[Record], text: str) -> Reading:
    """A reading by hand, of the form that GUIDE.md describes."""
    records = list(records)
    words = Page(text)
    article = next(record for record in records if record["layer"] == "article")
    segments = _segments((record for record in records if record["layer"] == "segment"), words)
    units: dict[str, list[Unit]] = {layer: [] for layer in _MAKERS}
    for record in records:
        if record["layer"] in _MAKERS:
            units[record["layer"]].append(_MAKERS[record["layer"]](record, words))
    return Reading(article["file"], article, segments, units)


def _segments(records: Iterable[Record], words: Page) -> dict[int, str]:
    spans = lines(words.text)
    found: dict[int, str] = {}
    for record in records:
        if "part" in record:
            covered = [locate(words.text, record["part"])]
        else:
            first, _, last = str(record["lines"]).partition("-")
            covered = spans[int(first) - 1 : int(last or first)]
        for span in covered:
            found.update(dict.fromkeys(words.of(span), record["kind"]))
    return found


def is_kept(kind: str) -> bool:
    """Whether a segment of that kind is part of the article's text."""
    return kind in KEPT


def _at(words: Page, at: str | None, *, idle: bool = True) -> Words:
    return _NOTHING if at is None else words.of(locate(words.text, at), idle=idle)


def _plain(record: Record) -> str:
    """The words that the record addresses, without line and number of occurrence."""
    given = record.get("parts") or [record.get("at") or record["trigger"]]
    return " … ".join(re.sub(r"^L\d+:\s*|#\d+$", "", at) for at in given)


def _mention(record: Record, words: Page) -> Unit:
    facts = {name: record.get(name) for name in ("form", "kind", "actor", "place", "title")}
    return Unit(_at(words, record["at"], idle=False), _plain(record), facts)


def _date(record: Record, words: Page) -> Unit:
    facts = {name: record[name] for name in ("type", "value", "anchor", "starts_on", "ends_on")}
    return Unit(_at(words, record["at"]), _plain(record), facts)


def _claim(record: Record, words: Page) -> Unit:
    parts = [_at(words, at) for at in record["parts"]]
    names = ("actor", "kind", "act", "modality", "quotation", "said_on")
    facts = {name: record[name] for name in names} | {"chain": tuple(record["chain"]), "parts": len(parts)}
    spans = {name: [_at(words, record[name], idle=False)] for name in ("cue", "speaker") if record[name] is not None}
    return Unit(frozenset().union(*parts), _plain(record), facts, spans)


def _event(record: Record, words: Page) -> Unit:
    facts = {name: record[name] for name in ("place", "starts_on", "ends_on", "status")}
    facts["types"] = (record["type"], *record.get("also", ()))
    spans = {role: [_at(words, at, idle=False) for at in record[role]] for role in ("actors", "recipients")}
    return Unit(_at(words, record["trigger"]), _plain(record), facts, spans)


def _figure(record: Record, words: Page) -> Unit:
    facts = {name: record[name] for name in ("low", "high", "qualifier", "unit", "of")}
    return Unit(_at(words, record["at"]), _plain(record), facts)


_MAKERS: Final = {"mention": _mention, "date": _date, "claim": _claim, "event": _event, "figure": _figure}
