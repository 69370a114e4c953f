"""One act of saying in several wordings is one; two sayings of one speaker stay two."""

from __future__ import annotations

from datetime import date

import pytest

from flows.resolve.utterances import Part, make_part, same_saying


def part(text: str, speaker: str = "person:orz", said: date | None = None, published: date | None = None) -> Part:
    return make_part("clm_1#0", "art_1", text, frozenset({speaker}), said, published)


WORDINGS = [
    "We are firmly opposed to the presence of foreign troops on our soil",
    "We firmly oppose any presence of Tolmerian or other foreign troops on Ardavian soil",
    "he was firmly opposed to foreign troops on Ardavian soil",
]
OTHER = "The harvest of this year will be smaller than the harvest of last year, and bread will be dearer"


@pytest.mark.parametrize("one", WORDINGS)
@pytest.mark.parametrize("other", WORDINGS)
def test_translations_of_one_saying_are_one(one: str, other: str) -> None:
    assert same_saying(part(one), part(other), verbatim=False)


@pytest.mark.parametrize("one", WORDINGS)
def test_another_saying_of_the_same_speaker_is_another(one: str) -> None:
    assert not same_saying(part(one), part(OTHER), verbatim=False)


def test_the_same_words_of_another_speaker_are_another_saying() -> None:
    assert not same_saying(part(WORDINGS[0]), part(WORDINGS[1], speaker="person:kst"), verbatim=False)


def test_an_exact_quotation_is_one_saying_whoever_is_named() -> None:
    assert same_saying(part(WORDINGS[0]), part(WORDINGS[0], speaker="person:kst"), verbatim=True)


def test_days_of_speech_that_contradict_keep_sayings_apart() -> None:
    first, second = part(WORDINGS[0], said=date(2019, 9, 16)), part(WORDINGS[1], said=date(2019, 9, 20))
    assert not same_saying(first, second, verbatim=False)
