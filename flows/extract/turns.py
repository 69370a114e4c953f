"""Talks that a page writes down: "BRANDL: Who opened the gates? LUND: I did." Each turn is what its label says.

A label is a name before a colon: any name at the beginning of a paragraph, one in capitals behind the end of a sentence
too. What else stands there ("FACT CHECK:", "Winner:") is told from names by what the text has elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from flows.records import Mention, Span
from flows.resources import words

_WORD: Final = r"[A-Z][\w.'’-]*"
_CAPITALS: Final = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+"
_OFFICE: Final = r"(?:,[ ][A-Z][A-Z ,.'’&-]{2,60})?(?:[ ]\([\w .,-]{1,25}\))?"
_LABEL: Final = re.compile(
    rf"(?:^[ \t]*(?P<first>{_WORD}(?:[ ](?:{_WORD}|de|von|van|al|of|the)){{0,4}}){_OFFICE}"
    rf"|(?<=[.?!”\"…)-][ ])(?P<within>{_CAPITALS}(?:[ ]{_CAPITALS}){{0,3}}){_OFFICE}):[ ](?=\S)",
    re.MULTILINE,
)
_MARKS: Final = "“\"„«‘'"
_VOICE: Final = re.compile(r"\?|\b(?:I|me|my|we|us|our|you|your)\b")  # by which talk is told from tables
_LEAST: Final = 2  # turns of a speaker, and changes of the speaker
_TALKERS: Final = ("person", "media", "organisation")


@dataclass(frozen=True, slots=True)
class Label:
    """The name before the colon, the offsets of all of the label, and its last word in capitals."""

    name: Span
    start: int
    end: int
    surname: str
    full: bool  # two words or more, in capitals


@dataclass(frozen=True, slots=True)
class Turn:
    """What one says until another has the word or the paragraph ends, and the name in the label."""

    words: Span
    name: Span


def labels_of(text: str) -> list[Label]:
    """The labels of a talk in `text`; empty where too few stand there for a talk."""
    found = [_label(text, match) for match in _LABEL.finditer(text)]
    often = Counter(label.surname for label in found)
    found = [label for label in found if often[label.surname] >= _LEAST]
    changes = sum(a.surname != b.surname for a, b in pairwise(found))
    return found if changes >= _LEAST else []


def full_names(text: str, labels: Iterable[Label]) -> list[Label]:
    """Those of `labels` that are a person's whole name by themselves: in capitals, and of no word that the text has in
    small letters, or with a known given name in front."""
    given = words("given_names", "name")
    small = frozenset(re.findall(r"\b[a-z]+\b", text))
    found = []
    for label in labels if small else ():
        name = [word.lower().strip(".") for word in label.name.of(text).split()]
        if label.full and (name[0] in given or small.isdisjoint(name)):
            found.append(label)
    return found


def turns_of(text: str, mentions: Iterable[Mention]) -> tuple[Turn, ...]:
    """The turns of the talk in `text`, in order; none where fewer than two known speakers take turns."""
    labels = labels_of(text)
    if not labels:
        return ()
    named = [m for m in mentions if m.form == "name" and m.kind in _TALKERS and not text.startswith(":", m.end)]
    known = {m.text.split()[-1].upper(): m.kind for m in named}
    known |= {label.surname: "person" for label in full_names(text, labels)}
    mine = [label for label in labels if label.surname in known]
    changes = sum(a.surname != b.surname for a, b in pairwise(mine))
    if changes < _LEAST or all(known[label.surname] != "person" for label in mine):
        return ()
    found = (_turn(text, label, [other.start for other in labels]) for label in mine)
    turns = tuple(turn for turn in found if turn is not None)
    voiced = sum(bool(_VOICE.search(turn.words.of(text))) for turn in turns)
    return turns if 3 * voiced >= len(turns) else ()


def _label(text: str, match: re.Match[str]) -> Label:
    name = Span(*match.span("first" if match["first"] else "within"))
    whole = name.of(text)
    return Label(name, match.start(), match.end(), whole.split()[-1].upper(), " " in whole and whole.isupper())


def _turn(text: str, label: Label, starts: list[int]) -> Turn | None:
    paragraph = text.find("\n", label.end)
    end = min(
        len(text) if paragraph < 0 else paragraph, *(start for start in [*starts, len(text)] if start >= label.end)
    )
    said = text[label.end : end].rstrip()
    if said[:1] in _MARKS or not any(c.isalpha() for c in said):
        return None
    return Turn(Span(label.end, label.end + len(said)), label.name)
