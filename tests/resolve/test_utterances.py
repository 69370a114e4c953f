"""One act of saying in several wordings is one; two sayings of one speaker stay two."""

from __future__ import annotations

from datetime import date, timedelta

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
    assert same_saying(part(one), part(other))


@pytest.mark.parametrize("one", WORDINGS)
def test_another_saying_of_the_same_speaker_is_another(one: str) -> None:
    assert not same_saying(part(one), part(OTHER))


def test_the_same_words_of_another_speaker_are_another_saying() -> None:
    assert not same_saying(part(WORDINGS[0]), part(WORDINGS[1], speaker="person:kst"))


def test_a_part_quoted_in_the_same_words_is_the_same_saying() -> None:
    whole = part('the post had been lost, but its garrison had made "a regrouping and nothing more" before dawn')
    assert same_saying(whole, part('it was "a regrouping and nothing more", and the road was safe'))


def test_a_long_run_of_the_same_words_is_one_saying_when_one_report_names_nobody() -> None:
    named, unnamed = part(WORDINGS[0]), make_part("c#0", "a", WORDINGS[0], frozenset(), None, None)
    assert same_saying(named, unnamed)


def test_a_stock_phrase_of_one_speaker_is_not_one_saying() -> None:
    assert not same_saying(part("it is going to be a long winter"), part("this is going to be a good year for us"))


def test_days_of_speech_that_contradict_keep_sayings_apart() -> None:
    first, second = part(WORDINGS[0], said=date(2019, 9, 16)), part(WORDINGS[1], said=date(2019, 9, 20))
    assert not same_saying(first, second)


def test_a_few_words_are_one_saying_where_they_are_all_that_both_reports_have() -> None:
    assert same_saying(part("We did not know."), part("“We did not know,”"))
    assert not same_saying(part("We did not know."), part("We did not know, and nobody told us."))
    assert not same_saying(part("We did not know."), part("We did not know.", speaker="person:kst"))
    assert not same_saying(part("No comment."), part("No comment."))
    first, third = date(2019, 9, 16), date(2019, 9, 18)
    assert not same_saying(part("We did not know.", published=first), part("We did not know.", published=third))


def test_what_nobody_named_says_is_one_saying_only_in_telling_words() -> None:
    def unnamed(text: str, article: str = "a") -> Part:
        return make_part("c#0", article, text, frozenset(), None, None)

    assert same_saying(unnamed("no siren had sounded"), unnamed("no siren had sounded", "b"))
    assert not same_saying(unnamed("no siren had sounded"), unnamed("no siren had sounded"))  # two told one article
    assert not same_saying(unnamed("we did not know"), unnamed("we did not know", "b"))


def test_few_words_in_common_are_no_saying() -> None:
    record = part("Mr Odell has the worst record of absence in the assembly of Kostrel")
    assert not same_saying(part("Mr Odell"), record)


RETOLD = "nobody who has hidden a sheet of paper in this matter will keep a licence to sail"


@pytest.mark.parametrize(("days", "one"), [(4, True), (20, True), (59, True), (61, False)])
def test_a_saying_is_retold_weeks_later_in_the_same_words(days: int, one: bool) -> None:
    first, later = date(2019, 9, 16), date(2019, 9, 16) + timedelta(days)
    assert same_saying(part(f"I say: {RETOLD}", published=first), part(RETOLD, published=later)) is one
    assert not same_saying(part(WORDINGS[0], published=first), part(WORDINGS[1], published=later)) or days == 4


def test_the_same_words_on_another_day_are_another_saying() -> None:
    assert not same_saying(part(RETOLD, said=date(2019, 9, 16)), part(RETOLD, said=date(2019, 9, 30)))
