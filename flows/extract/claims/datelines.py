"""Datelines that stand in the text itself: "PORTVILLE, Norland, May 3 (Reuters) - " and "PORTVILLE: "."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flows.extract.claims.media import known
from flows.records import Span

_PLACE: Final = r"[A-ZÀ-Ý][A-ZÀ-Ý.'’-]+(?:[ /-][A-ZÀ-Ý.'’]{2,}){0,3}"
_REST: Final = r"(?:[,;] ?[\w .'’-]{2,30}){0,3}"
_DASH: Final = r"\s*(?:--?|[–—.:])\s*"
_NAME: Final = r"[A-Z][\w.'’&-]*(?: [A-Z][\w.'’&-]*){0,3}"
_WITH_AGENCY: Final = re.compile(rf"{_PLACE}{_REST},? ?(?:\((?P<name>{_NAME})\)|/(?P<slashed>{_NAME})/){_DASH}")
_BARE_AGENCY: Final = re.compile(rf"\((?P<name>{_NAME})\)\s*(?P<dash>--?|[–—])?\s*")
_BARE: Final = re.compile(rf"{_PLACE}(?:, [A-Z][\w.'’ -]{{2,30}})?(?::\s+|\s+(?:--?|[–—])\s+)")
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_FIRST: Final = 6  # paragraphs in which a dateline is looked for


@dataclass(frozen=True, slots=True)
class Dateline:
    """`span` is the whole of it up to what it dates; `name` the agency in it, with where that is written."""

    span: Span
    name: str | None = None
    at: Span | None = None


@lru_cache(maxsize=4)  # claims and events of one article ask for them one after another
def datelines(text: str) -> tuple[Dateline, ...]:
    """The datelines at the start of the first paragraphs of `text`, in order."""
    found = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        if number >= _FIRST:
            break
        made = _at(text, paragraph.start(), paragraph.end())
        if made is not None:
            found.append(made)
    return tuple(found)


def _at(text: str, start: int, end: int) -> Dateline | None:
    for pattern in (_WITH_AGENCY, _BARE_AGENCY, _BARE):
        match = pattern.match(text, start, end)
        if match is None or match.end() >= end:
            continue
        group = next((g for g in ("name", "slashed") if match.groupdict().get(g)), None)
        if group is None:
            return Dateline(Span(*match.span()))
        listed = known(match[group])
        if listed is None and pattern is _BARE_AGENCY and not match["dash"]:
            continue
        return Dateline(Span(*match.span()), listed[0] if listed else match[group], Span(*match.span(group)))
    return None
