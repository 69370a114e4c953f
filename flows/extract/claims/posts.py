"""Posts of a social network that a page shows whole: "We stay. https://t.co/x — Anna Brandl (@brandl) June 3, 2019"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flows.records import Span

_LONGEST: Final = 320  # characters: 280 of the post, and links
_MONTHS: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_SIGNATURE: Final = re.compile(
    r"(?:—|(?:(?<=\s)|^)(?:[–―]|--?(?= )))\s?(?P<name>[^\n()—–]{1,50}?)\s?\(@\w{1,15}\)\s"
    rf"(?P<day>{_MONTHS}\s\d{{1,2}},\s\d{{4}}|\d{{1,2}}\s{_MONTHS}\s\d{{4}})",
    re.MULTILINE,
)
_LEADING: Final = re.compile(r"\s*(?:Skip Twitter post by @\w+\s+)?")
_LINKS: Final = re.compile(r"(?:\s+(?:https?://|pic\.twitter\.com/)\S+)*\s*\Z")
_LED_IN: Final = re.compile(r"\b(?:wrote|writes|tweeted|tweets|posted|posts|replied|said|says|added)\b[^:\n]{0,40}:\s+")
_PASSED_ON: Final = re.compile(r"RT\b")


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a post, without the links at its end, the name that signs it and its day."""

    words: Span
    name: Span
    day: Span


def posts_of(text: str) -> Iterator[Post]:
    """The posts that `text` shows, in order; one that only passes on another's words is none."""
    over = 0
    for found in _SIGNATURE.finditer(text):
        start = max(over, text.rfind("\n", 0, found.start()) + 1)
        over = found.end()
        lead = _LEADING.match(text, start, found.start())
        start = lead.end() if lead is not None else start
        start = max((told.end() for told in _LED_IN.finditer(text, start, found.start())), default=start)
        links = _LINKS.search(text, start, found.start())
        end = links.start() if links is not None else found.start()
        whole = 0 < end - start <= _LONGEST and any(c.isalpha() for c in text[start:end])
        if whole and not _PASSED_ON.match(text, start, end):
            yield Post(Span(start, end), Span(*found.span("name")), Span(*found.span("day")))
