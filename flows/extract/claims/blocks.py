"""Block introductions: "The Washington Post reports: …" stands over all that follows, up to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flows.extract.claims.media import known, role_in, titled
from flows.extract.claims.scene import Scene
from flows.records import Segment, Span

_WORD: Final = r"[A-Z][\w.’'&-]*"
_NAME: Final = rf"(?P<name>(?:The |the )?{_WORD}(?: (?:of|and|the|for|&|{_WORD})){{0,5}})"
_WHEN: Final = r"(?: (?:on|last|late|early|this|today|yesterday|[A-Z][a-z]+day)){0,3}"
_ADDS: Final = (
    r"(?:(?:also|further) )?(?:reports|reported|writes|wrote|adds|notes|continues|has (?:this|more|the story))"
)
_REPORTS: Final = re.compile(rf"{_NAME} {_ADDS}{_WHEN}:\s*")
_FROM: Final = re.compile(rf"(?:And )?(?:From|Via|FROM|VIA) {_NAME}(?: again| too| also)?:\s*")
_BARE: Final = re.compile(rf"{_NAME}(?: again| too| also| once more)?:\s*")
_WHICH: Final = re.compile(rf"{_NAME}, which (?:reported|reports|wrote|said)(?: the following)?:\s*$")
_END: Final = re.compile(
    r"\b(?:continue reading|read (?:more|the (?:rest|full|whole))|full (?:story|article|text)|keep reading)\b",
    re.IGNORECASE,
)
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_QUOTES: Final = '“"‘«„'


@dataclass(frozen=True, slots=True)
class Block:
    """`start` to `end`: all that stands under the introduction, itself included; `intro` up to its colon."""

    start: int
    end: int
    intro: Span
    name: str
    role: str
    span: Span


def blocks(scene: Scene) -> tuple[Block, ...]:
    """The blocks of the article, in text order, none overlapping another."""
    article = scene.doc._.article
    ends = _ends(scene.text, article.segments if article is not None else ())
    headings = [s.start for s in (article.segments if article is not None else ()) if s.kind == "subheading"]
    heads = [h for p in _PARAGRAPH.finditer(scene.text) if (h := _head(scene.text, p.start(), p.end())) is not None]
    found = []
    for number, (intro, span, name, role) in enumerate(heads):
        after = heads[number + 1][0].start if number + 1 < len(heads) else len(scene.text)
        quoted = scene.text[span.end : intro.end].startswith(", which")  # of a passage, not of all that follows
        stops = [*ends, *(h for h in headings if quoted and h is not None)]
        end = min([after, *(e for e in stops if e > intro.end)])
        found.append(Block(intro.start, end, intro, name, role, span))
    return tuple(found)


def _head(text: str, start: int, end: int) -> tuple[Span, Span, str, str] | None:
    which = _WHICH.search(text, start, end)
    if which is not None:
        name, role = known(which["name"]) or (which["name"], role_in(which["name"]) or "outlet")
        return Span(which.start(), which.end()), Span(*which.span("name")), name, role
    for pattern in (_REPORTS, _FROM, _BARE):
        match = pattern.match(text, start, end)
        if match is None:
            continue
        listed = known(match["name"])
        if listed is None and not _unlisted(pattern, match["name"]):
            continue
        if pattern is _BARE and end - match.end() < 40:
            continue
        if (
            match.end() < end
            and text[match.end()] in _QUOTES
            and pattern is _REPORTS
            and _one_quotation(text, match.end(), end)
        ):
            continue
        name, role = listed or (match["name"], "outlet")
        span = Span(*match.span("name"))
        return Span(start, match.end()), span, name, role
    return None


def _unlisted(pattern: re.Pattern[str], name: str) -> bool:
    """Whether the form tells that a name which the lexicon doesn't know is a publication's."""
    return titled(name) or (pattern is not _BARE and name.lower().startswith("the ")) or pattern is _FROM


def _one_quotation(text: str, start: int, end: int) -> bool:
    """Whether the paragraph is nothing but one quotation: then the introduction is a cue with its content."""
    return text[start:end].rstrip()[-1] in '”"’»“'


def _ends(text: str, segments: Iterable[Segment]) -> list[int]:
    """Clean offsets at which a "[Continue reading…]" stands or stood."""
    found = [m.start() for m in re.finditer(r"\[[^\]\n]{0,60}\]", text) if _END.search(m.group())]
    last = 0
    for segment in segments:
        if segment.kept and segment.end is not None:
            last = segment.end
        elif _END.search(segment.text) and len(segment.text) < 200:
            found.append(last)
    return sorted(found)


def block_at(found: Iterable[Block], offset: int) -> Block | None:
    """The block in which the character at `offset` stands."""
    return next((b for b in found if b.start <= offset < b.end), None)
