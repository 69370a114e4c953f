"""One act of saying in several wordings is one; two sayings of one speaker stay two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows.resolve.sayings import Part, same_saying
from flows.resolve.utterances import without_doubt


def part(text: str, speaker: str = "person:orz", said: date | None = None, published: date | None = None) -> Part:
    return Part("clm_1#0", "art_1", text, frozenset({speaker}), said, published)


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
    named, unnamed = part(WORDINGS[0]), Part("c#0", "a", WORDINGS[0], frozenset(), None, None)
    assert same_saying(named, unnamed)


def test_a_stock_phrase_of_one_speaker_is_not_one_saying() -> None:
    assert not same_saying(part("it is going to be a long winter"), part("this is going to be a good year for us"))


def test_days_of_speech_that_contradict_keep_sayings_apart() -> None:
    first, second = part(WORDINGS[0], said=date(2019, 9, 16)), part(WORDINGS[1], said=date(2019, 9, 20))
    assert not same_saying(first, second)


FEW = "We did not know."
DAY = date(2019, 9, 16)


def test_a_few_words_are_one_saying_where_they_are_all_that_both_reports_have() -> None:
    assert same_saying(part(FEW, published=DAY), part("“We did not know,”", published=DAY + timedelta(1)))
    assert not same_saying(part(FEW, published=DAY), part(FEW, published=DAY + timedelta(2)))
    assert not same_saying(part(FEW, published=DAY), part("We did not know, and nobody told us.", published=DAY))
    assert not same_saying(part(FEW, published=DAY), part(FEW, speaker="person:kst", published=DAY))
    assert not same_saying(part("No comment.", published=DAY), part("No comment.", published=DAY))


def test_a_few_words_of_no_weight_date_no_page() -> None:
    assert not same_saying(part(FEW, published=DAY), part(FEW))
    assert same_saying(part("No siren had sounded.", published=DAY), part("No siren had sounded."))


def test_few_words_in_common_are_no_saying() -> None:
    record = part("Mr Odell has the worst record of absence in the assembly of Kostrel")
    assert not same_saying(part("Mr Odell"), record)


RETOLD = "nobody who has hidden a sheet of paper in this matter will keep a licence to sail"


@pytest.mark.parametrize(("days", "one"), [(4, True), (20, True), (59, True), (61, False)])
def test_a_saying_is_retold_weeks_later_in_the_same_words(days: int, one: bool) -> None:
    later = DAY + timedelta(days)
    assert same_saying(part(f"I say: {RETOLD}", published=DAY), part(RETOLD, published=later)) is one
    assert not same_saying(part(WORDINGS[0], published=DAY), part(WORDINGS[1], published=later)) or days == 4


def test_a_stock_line_that_goes_on_otherwise_is_another_saying_weeks_later() -> None:
    line = "We will keep our main interest rate unchanged at two percent"
    first, later = f"{line} until inflation falls", f"{line} through the winter"
    assert not same_saying(part(first, published=DAY), part(later, published=DAY + timedelta(50)))


def test_the_same_words_on_another_day_are_another_saying() -> None:
    assert not same_saying(part(RETOLD, said=date(2019, 9, 16)), part(RETOLD, said=date(2019, 9, 30)))


def test_the_long_name_of_a_body_is_no_words_in_common() -> None:
    advised = Part(
        "a#0",
        "a",
        "residents should keep to what the Office for Harbour Safety and Rescue advises",
        frozenset(),
        None,
        None,
    )
    cut = part("budget cuts harmed the Office for Harbour Safety and Rescue badly")
    assert not same_saying(advised, cut)
    said = "the fishing quota of last spring starved every village along the coast"
    assert same_saying(Part("a#0", "a", said, frozenset(), None, None), part(said))


def test_two_remarks_on_one_person_are_two_sayings() -> None:
    one = part("her meeting in Montesin with Marovian President Vanya Orelinska was a good start")
    other = part("Marovian President Vanya Orelinska")
    assert not same_saying(one, other)
    assert not same_saying(part("Everybody defended Jeb Orelin"), part("Jeb Orelin"))


MARCH, AUTUMN = date(2016, 3, 5), date(2016, 10, 25)


def test_a_report_of_no_day_joins_no_sayings_of_two_times() -> None:
    links = [("a", "u"), ("b", "u")]
    assert without_doubt(links, {"a": MARCH, "b": AUTUMN, "u": None}) == []
    assert without_doubt(links, {"a": MARCH, "b": MARCH, "u": None}) == links
    assert without_doubt([*links, ("a", "b")], {"a": MARCH, "b": AUTUMN, "u": None}) == [*links, ("a", "b")]


def test_reports_of_no_day_lead_no_further_over_one_another() -> None:
    links = [("a", "u"), ("u", "v"), ("b", "v")]
    assert without_doubt(links, {"a": MARCH, "b": AUTUMN, "u": None, "v": None}) == [("u", "v")]


def test_a_name_in_common_hides_no_words_in_common_whichever_report_comes_first() -> None:
    office = "the Office for Harbour Safety and Rescue Board"
    starved = "fishermen starved because village lost quotas yesterday"
    one = Part("a#0", "a", f"they said {office} while {starved}", frozenset(), None, None)
    other = part(f"nobody denies {starved} whereas {office}")
    assert same_saying(one, other)
    assert same_saying(other, one)


def test_capitals_of_a_headline_are_no_names() -> None:
    small = part("we will never surrender the harbour to the pirates")
    assert same_saying(part("WE WILL NEVER SURRENDER THE HARBOUR TO THE PIRATES"), small)
    assert same_saying(part("We Will Never Surrender The Harbour To The Pirates"), small)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "It is not the right way to go about deficit reduction",
            "I am ready to take on the problem wherever I find it, for the sake of deficit reduction",
        ),
        ("her rival to debate her this week in Teso, where the Kostrel senator leads", "of the Kostrel senator"),
    ],
)
def test_what_two_sayings_are_about_does_not_make_them_one(one: str, other: str) -> None:
    assert not same_saying(part(one), part(other))


def test_a_phrase_that_is_most_of_what_a_report_quotes_is_the_saying() -> None:
    called = "the mayor of Kostrel a “stone cold loser” for asking why the visit went ahead"
    assert same_saying(part(called), part("the mayor of Kostrel as a “stone cold loser”"))


def test_sayings_of_one_day_are_one_with_less_in_common() -> None:
    whole, told = WORDINGS[0].replace("foreign", "Tolmerian and other foreign"), "of Tolmerian troops"
    assert same_saying(part(whole, said=DAY), part(told, said=DAY))
    assert not same_saying(part(whole), part(told))


def test_translations_that_share_one_phrase_of_some_weight_are_one() -> None:
    one = part("We are strongly opposed to Marovian and any other mediation in Teso")
    other = part("We want no outside meddling in Teso, and we’re strongly opposed to Marovian meddling")
    assert same_saying(one, other)


def test_a_sentence_that_two_reports_give_whole_is_one_saying_whoever_is_named() -> None:
    said = "if they have lost the boat let them look under their own nets"
    assert same_saying(part(said, published=DAY), part(said, "person:kst", published=DAY))
    assert not same_saying(part(said, published=DAY), part(f"{said} again", "person:kst", published=DAY))


def test_reports_weeks_apart_that_give_one_day_of_speech_are_near() -> None:
    said, other = "she would sooner lose with an honest cabinet", "she would rather lose with an honest cabinet"
    later = part(other, said=DAY, published=DAY + timedelta(15))
    assert same_saying(part(said, said=DAY, published=DAY), later)
    assert not same_saying(part(said, published=DAY), later)
