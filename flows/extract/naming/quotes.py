"""Which tokens stand inside quotation marks, paragraph by paragraph, and who says what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Final

from spacy.tokens import Doc, Token

from flows.resources import lexicon

_OPEN: Final = frozenset({"“", "„", "«", "``", "‟"})
_CLOSE: Final = frozenset({"”", "»", "''"})
_ACTS: Final = frozenset({"said", "denied", "asked", "demanded", "promised"})
_EITHER: Final = '"'


def quoted(doc: Doc) -> list[bool]:
    """One flag a token: True between quotation marks.

    A paragraph starts outside; a quotation left open ends with its paragraph, as the usual style goes on with a new
    opening mark.
    """
    flags: list[bool] = []
    inside = False
    for token in doc:
        text = token.text
        if text in _OPEN:
            inside = True
        elif text in _CLOSE:
            # “ as a closing mark is a common slip; ” never opens.
            inside = False
        elif text == _EITHER:
            inside = not inside
        elif token.is_space and "\n" in text:
            inside = False
        flags.append(inside)
    return flags


def says(token: Token) -> bool:
    """Whether the token is the subject of a verb that nearly always tells what was said."""
    return token.dep_ == "nsubj" and token.head.lemma_ in _telling()


@cache
def _telling() -> frozenset[str]:
    rows = lexicon("cues")
    return frozenset(r["lemma"] for r in rows if r["pos"] == "VERB" and r["strength"] == "3" and r["act"] in _ACTS)


def speakers(doc: Doc, flags: Sequence[bool]) -> dict[int, int]:
    """By quoted token the subject of the saying: of the sentence that the quotation begins or ends in; where it is made
    of whole sentences the nearest of its paragraph that has words beside a quotation, or else of the one before.

    `flags` are those of `quoted`.
    """
    found: dict[int, int] = {}
    before: int | None = None
    for line in _lines(doc):
        subjects = [one for token in line if not flags[token.i] and (one := _subject(token)) is not None]
        beside = [one for one in subjects if any(flags[max(line[0].i, one.sent.start - 2) : one.sent.end + 1])]
        for run in _runs(line, flags):
            edges = [run[0].sent, run[-1].sent]
            is_part = any(token.is_alpha and not flags[token.i] for edge in edges for token in edge)
            own = [one for one in beside if one.sent in edges] if is_part else beside
            nearest = _nearest(own, run) if own or is_part else before
            if nearest is not None:
                found.update(dict.fromkeys((token.i for token in run), nearest))
        if any(token.is_alpha and not flags[token.i] for token in line):
            before = max((one.i for one in beside), default=None)
    return found


def _subject(verb: Token) -> Token | None:
    """Who says what a verb of saying tells; of "he left, saying" that of the verb before."""
    if verb.lemma_ not in _telling() or verb.pos_ != "VERB":
        return None
    for one in (verb, verb.head) if verb.dep_ in {"advcl", "conj"} else (verb,):
        subject = next((child for child in one.children if child.dep_ == "nsubj"), None)
        if subject is not None:
            return subject
    return None


def _nearest(subjects: Sequence[Token], run: Sequence[Token]) -> int | None:
    ranked = [(min(abs(one.i - run[0].i), abs(one.i - run[-1].i)), one.i) for one in subjects]
    return min(ranked)[1] if ranked else None


def _runs(line: Sequence[Token], flags: Sequence[bool]) -> Iterator[list[Token]]:
    """The quotations of a line, each as its tokens, the opening mark included."""
    for is_quoted, run in groupby(line, key=lambda token: flags[token.i]):
        if is_quoted:
            yield list(run)


def _lines(doc: Doc) -> Iterator[list[Token]]:
    """The tokens of each line that has words."""
    line: list[Token] = []
    for token in doc:
        line.append(token)
        if "\n" in token.text or token.i == len(doc) - 1:
            if any(one.is_alpha for one in line):
                yield line
            line = []
