"""Recognition and reading without a model: what counts as a time, from where to where, and what it says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.dates import amounts, grammar, lexer, normalise
from flows.extract.dates.syntax import quoted
from flows.resources import lexicon


def found(text: str, tag: str = "NN") -> list[str]:
    pieces = lexer.pieces(text, lambda _: tag)
    return [
        text[pieces[match.first].start : pieces[match.last - 1].end]
        for match, reading in grammar.find(pieces, normalise.read)
        if reading.op != "nothing"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left nearly four years ago.", ["nearly four years ago"]),
        ("a two-hour talk, a 10-year bond", ["two-hour", "10-year"]),
        ("in the third quarter of 1984 and third-quarter sales", ["the third quarter of 1984", "third-quarter"]),
        ("on Monday, 3 May 2010, and on May 5, 2011", ["Monday, 3 May 2010", "May 5, 2011"]),
        ("at 5 p.m. EST Nov. 9", ["5 p.m. EST", "Nov. 9"]),
        ("nineteen ninety-seven was the year two thousand", ["nineteen ninety-seven", "the year two thousand"]),
        ("over the past twenty-four hours", ["the past twenty-four hours"]),
        ("for a year and a half", ["a year and a half"]),
        ("until the last week of October", ["the last week of October"]),
        ("on the night of 14 to 15 September", ["the night of 14 to 15 September"]),
        ("three times a day, every other Friday", ["three times a day", "every other Friday"]),
        ("A version appeared in the Sunday Times.", []),
        ("the 35-year-old driver, 52 years old", []),
        ("the second border post won 3-1 and $2,000", []),
        ("They won more than $1998 and 45% of seats", []),
    ],
)
def test_extents(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("number", "code", "value"),
    [
        (2.5, "Y", "P2Y6M"),
        (1.5, "TM", "PT1M30S"),
        (0.5, "Y", "P6M"),
        (0.5, "TH", "PT30M"),
        (2, "E", "P20Y"),
        (3, "C", "P300Y"),
        (1, "F", "P2W"),
        (None, "D", "PXD"),
        (None, "E", "PXE"),
        (48, "TH", "PT48H"),
    ],
)
def test_lengths(number: float | None, code: str, value: str) -> None:
    assert amounts.amount_value(code, number) == value


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_can_be_lexed_and_its_pieces_lie_in_order(text: str) -> None:
    pieces = lexer.pieces(text, lambda _: "NNP")
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert all(first.end <= second.start for first, second in pairwise(pieces))


@given(st.lists(st.sampled_from([row["word"] for row in lexicon("time_words")]), max_size=12))
def test_any_heap_of_time_words_can_be_read(words: list[str]) -> None:
    text = " ".join(word.title() for word in words)
    assert all(text[: len(text)].find(part) >= 0 for part in found(text))


def test_a_blank_line_closes_a_quotation() -> None:
    text = "“We leave tomorrow.\n\nHe said. \"Not today,\" she said, ``now''."
    assert [text[start:end] for start, end in quoted(text)] == ["We leave tomorrow.", "Not today,", "now"]
