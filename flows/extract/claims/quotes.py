"""Which stretches of a text stand in quotation marks.

Double marks: straight ones toggle, curly and angle ones open and close, `` and '' count as one mark each. Single
marks count where no double ones stand around them, from one before a word to the first that an apostrophe can't be;
those that hold whole double ones ('He told me "run",' she said) are one quotation with them.
A paragraph is a run between line breaks; one left open is quoted to its end when a curly mark opened it, when it
opens the paragraph, or when the next paragraph opens with a mark (the convention for quotations over paragraphs).
Beyond that, typing mistakes are mended: an opening mark that stands where only a closing one can ("…,“ said)
closes, and the other way round; a quotation whose closing mark was forgotten ends before ", she said."; one that began
within a sentence ends with it; a mark that can open nothing (a board of 12") is none.
A post of a social network that the page shows whole is quoted without marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from flows.extract.claims.posts import posts_of
from flows.records import Span
from flows.resources import words

_OPENING: Final = "“„«〝"
_CLOSING: Final = "”»〞"
_ANY: Final = _OPENING + '"″'
_MARK: Final = re.compile(r"[“„«〝”»〞\"″]|``|''")
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_WORD: Final = re.compile(r"\w+")
# A single mark opens before a word: not "the '90s", "'em", "rock 'n' roll".
_SINGLE: Final = re.compile(
    r"(?<![^\s(\[—–:/])[‘'](?=[\"“]?[\w£$€])(?!\d0s|(?:em|til|tis|twas|cause|n|bout|round)\b)", re.IGNORECASE
)
_SINGLE_END: Final = re.compile(r"(?<=[^\s‘'’])[’'](?!\w)")
_POSSESSIVE: Final = re.compile(r"s[’'] \w")  # "the workers' pay"
_LONGEST: Final = 400  # characters between single marks
_NAMED: Final = r"(?:[A-Z][\w.’'-]*\s){1,4}|(?:[Tt]he|an?|one|another|his|her|their)\s(?:[\w’'-]+\s){1,4}"
_STOP: Final = re.compile(r"[.!?](?=\s+[A-Z“\"‘'])")
_GOES_ON: Final = re.compile(r"[,;:—–?!]|\.\s+[A-Z“\"‘']|\b(?:and|but|that)\b")


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
        following = [text[start : start + 2] for start, _ in bounds[1:]] + [""]
        found: list[Quotation] = []
        for (start, end), next_begins in zip(bounds, following, strict=False):
            goes_on = next_begins[:1] in {*_ANY} or next_begins in ("``", "''")
            double = list(_in_paragraph(text, start, end, goes_on))
            found += _with_single(text, start, end, double, next_begins[:1] == "‘")
        self.posts = tuple(posts_of(text))
        self.spans = tuple(_with_posts(found, [post.words for post in self.posts]))
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


def _with_posts(found: list[Quotation], posts: list[Span]) -> list[Quotation]:
    """`found` with `posts` in place of what in them, or across their edges, stands in marks."""
    kept = [q for q in found if not any(q.start < p.end and p.start < q.end for p in posts)]
    return sorted([*kept, *(Quotation(p.start, p.end, closed=True) for p in posts)], key=lambda q: q.start)


def _in_paragraph(text: str, start: int, end: int, goes_on: bool) -> Iterable[Quotation]:
    """The quotations of one paragraph in double marks; `goes_on` when the next one opens with a mark."""
    opened: int | None = None
    marks = list(_MARK.finditer(text, start, end))
    odd = sum(m.group() == '"' and not _mid_air(text, m, start, end) for m in marks) % 2 == 1
    nested = 0
    for number, mark in enumerate(marks):
        if opened is None:
            if _opens(text, mark, start, end):
                opened = mark.start()
        elif nested:
            nested -= 1
        elif _is_nested(text, marks[number:], start, end):
            nested = 1
        elif _begins(text, mark, start, end) and (mark.group() != '"' or odd):
            said = _attribution(text, opened, mark.start()) or _fragment_end(text, start, mark.start(), opened)
            if said is not None:
                yield Quotation(opened, said, closed=False)
                opened = mark.start()
        elif _closes(text, mark, end):
            yield Quotation(opened, mark.end(), closed=True)
            opened = None
    if opened is not None and (goes_on or text[opened] in _OPENING or not text[start:opened].strip()):
        yield Quotation(opened, _end_of_open(text, start, end, opened, goes_on), closed=False)


def _begins(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether the mark, by what stands on either side of it, can only open a quotation."""
    free = _free_before(text, mark.start(), start) or text[mark.start() - 1] in "([—–"
    following = text[mark.end() : min(mark.end() + 1, end)]
    return free and mark.group() in _ANY and (following.isalnum() or following in ("‘", "'"))


def _ends(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether the mark, by what stands on either side of it, can only close a quotation."""
    return not _free_before(text, mark.start(), start) and _free_after(text, mark.end(), end)


def _mid_air(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether the mark stands for inches, behind a number in the middle of a sentence: 12" pipes."""
    number = mark.start() > start and text[mark.start() - 1].isdigit()
    return number and re.match(r" [a-z]", text[mark.end() : min(mark.end() + 2, end)]) is not None


def _is_nested(text: str, marks: list[re.Match[str]], start: int, end: int) -> bool:
    """Whether the first of `marks`, met inside a quotation, opens one that the second closes and the third outlives."""
    if len(marks) < 3 or not _begins(text, marks[0], start, end):
        return False
    return _ends(text, marks[1], start, end) and _ends(text, marks[2], start, end)


@cache
def _saying() -> re.Pattern[str]:
    """ ", she said", ", said the mayor" behind a quotation."""
    forms = "|".join(sorted(words("saying_forms")))
    who = rf"(?:he\s|she\s|they\s|{_NAMED})"
    return re.compile(rf",\s+(?:{who}(?:{forms})\b(?! (?:me|us)\b)|(?:{forms})\s(?:he\b|she\b|they\b|{_NAMED}))")


def _attribution(text: str, start: int, end: int) -> int | None:
    """Where the quotation that begins at `start` ends before a ", she said" that its marks don't shut out."""
    found = _saying().search(text, start + 2, end)
    return found.start() if found is not None else None


def _end_of_open(text: str, start: int, end: int, opened: int, goes_on: bool) -> int:
    """Where a quotation ends that its paragraph leaves open.

    When the next paragraph goes on with it, a ", she said" counts only where nothing but a place or time follows it.
    """
    said = _attribution(text, opened, end)
    if said is not None and not (goes_on and _GOES_ON.search(text, said + 1, end)):
        return said
    return (None if goes_on else _fragment_end(text, start, end, opened)) or end


def _fragment_end(text: str, start: int, end: int, opened: int) -> int | None:
    """Where the sentence ends in the middle of which a quotation of some words of it began."""
    within = text[start:opened].rstrip()[-1:].isalnum() and not text[opened + 1 : opened + 2].isupper()
    stop = _STOP.search(text, opened, end) if within else None
    return stop.end() if stop is not None else None


def _with_single(text: str, start: int, end: int, double: list[Quotation], goes_on: bool) -> list[Quotation]:
    """`double` with the quotations in single marks around and between them; `goes_on` when the next paragraph opens
    with such a mark."""
    outer = list(_around(text, start, end, double))
    double = [d for d in double if not any(o.start <= d.start and d.end <= o.end for o in outer)]
    known = sorted([*double, *outer], key=lambda q: q.start)
    edges = [start, *(edge for q in known for edge in (q.start, q.end)), end]
    gaps = list(zip(edges[::2], edges[1::2], strict=True))
    single = [q for gap in gaps for q in _single(text, *gap)]
    if goes_on:
        single += _left_open(text, *gaps[-1])
    return sorted([*known, *single], key=lambda q: q.start)


def _around(text: str, start: int, end: int, double: list[Quotation]) -> Iterable[Quotation]:
    """The quotations in single marks that hold whole ones in double marks: 'He told me "run" and I ran,' she said."""
    at = start
    while (opening := _SINGLE.search(text, at, end)) is not None:
        at = opening.end()
        held = [d for d in double if d.end > opening.start()]
        if not held or held[0].start < opening.start() or not held[0].closed:
            continue
        free = [m.end() for m in _SINGLE_END.finditer(text, at, min(at + _LONGEST, end)) if _is_free(m.start(), double)]
        sure = [e for e in free if text[e - 2] in ',.!?…”"' or (e == end and not text[e - 2].isspace())]
        if any(e < held[0].start and not _POSSESSIVE.match(text, e - 2) for e in free):
            continue
        close = next((e for e in sure if e > held[0].start), None)
        if close is not None and all(d.end < close for d in held if d.start < close):
            yield Quotation(opening.start(), close, closed=True)
            at = close


def _is_free(at: int, double: list[Quotation]) -> bool:
    return not any(d.start < at < d.end for d in double)


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
    return not _mid_air(text, mark, start, end)


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
