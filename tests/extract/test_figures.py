"""Figures: how many, of what, how firmly; and what is no figure."""

from __future__ import annotations

import pytest
from spacy.language import Language

from flows.extract.numbers import numbers, value_of

FIGURES = [
    ("Five guards were killed at the gate.", "Five guards", 5, 5, "killed", "exact"),
    ("More than 40 people were killed in the blast.", "More than 40 people", 40, None, "killed", "at_least"),
    ("At least six miners have died there.", "At least six miners", 6, None, "killed", "at_least"),
    ("Up to 250 military engineers may go.", "Up to 250 military engineers", None, 250, "engineer", "at_most"),
    ("The lake is about 90 miles away.", "about 90 miles", 90, 90, "miles", "about"),
    ("They sent 3,000 fresh troops.", "3,000 fresh troops", 3000, 3000, "troops", "exact"),
    ("Dozens of villagers fled.", "Dozens of villagers", 24, None, "displaced", "at_least"),
    ("Hundreds of houses stood empty.", "Hundreds of houses", 200, None, "house", "at_least"),
    ("Tens of thousands of birds came back.", "Tens of thousands of birds", 20000, None, "bird", "at_least"),
    ("The bridge cost £7,500.", "£7,500", 7500, 7500, "GBP", "exact"),
    ("The plan costs $1.5 million.", "$1.5 million", 1500000, 1500000, "USD", "exact"),
    ("Prices rose by 12 percent.", "12 percent", 12, 12, "percent", "exact"),
    ("Some 120 lorries were stuck.", "Some 120 lorries", 120, 120, "lorry", "about"),
    ("It takes ten to twelve boats.", "ten to twelve boats", 10, 12, "boat", "range"),
    ("We need between 20 and 30 tents.", "between 20 and 30 tents", 20, 30, "tent", "range"),
    ("More than a dozen bodies were found.", "More than a dozen bodies", 12, None, "killed", "at_least"),
    ("Police arrested 31 drivers.", "31 drivers", 31, 31, "arrested", "exact"),
    ("The fund gave NOK 2.4 billion.", "NOK 2.4 billion", 2.4e9, 2.4e9, "NOK", "exact"),
    ("The new road is 5km long.", "5km", 5, 5, "km", "exact"),
    ("The death toll rose to 17.", "17", 17, 17, "killed", "exact"),
    ("Gunmen kidnapped seven schoolgirls near Lund.", "seven schoolgirls", 7, 7, "abducted", "exact"),
    ("The detention of three suspects angered Lund.", "three suspects", 3, 3, "arrested", "exact"),
    ("Forty-three students disappeared in Teso.", "Forty-three students", 43, 43, "missing", "exact"),
    ("Five of the drivers arrested on Friday were freed.", "Five of the drivers", 5, 5, "released", "exact"),
    ("Three of the nine guards killed in Teso were brothers.", "Three of the nine guards", 3, 3, "killed", "exact"),
]

NO_FIGURES = [
    "He came in 1998 and left in 2004.",
    "Rosa Lind, 61, was at home.",
    "The suspect Rosa Lind, 34, was killed after a chase.",
    "The meeting starts at 5:40 p.m.",
    "They won 3-1 at home.",
    "The score was 24-20 Bulls at the break.",
    "18.20 Mr Jonas Hall has come to the court.",
    "17.05 President Costa spoke to reporters.",
    "It was the 4th flood of the decade.",
    "The two sides met again.",
    "He waited for three weeks.",
    "The two glaziers were released.",
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "span", "low", "high", "unit", "qualifier"), FIGURES)
def test_figures(
    nlp: Language, text: str, span: str, low: float | None, high: float | None, unit: str, qualifier: str
) -> None:
    (figure,) = nlp(text)._.figures
    assert (figure.text, figure.low, figure.high, figure.unit, figure.qualifier) == (span, low, high, unit, qualifier)
    assert text[figure.start : figure.end] == figure.text


@pytest.mark.model
@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_figures(nlp: Language, text: str) -> None:
    assert nlp(text)._.figures == ()


@pytest.mark.model
def test_what_one_person_is_of_is_an_age(nlp: Language) -> None:
    doc = nlp("Police detained a man of 52 on Monday. A crowd of 52 people jeered.")
    assert [figure.text for figure in doc._.figures] == ["52 people"]


def test_one_of_the_killed_is_not_the_count(nlp: Language) -> None:
    (figure,) = nlp("Peter Lind was one of four sailors killed at Kostrel on Monday.")._.figures
    assert (figure.text, figure.low, figure.unit) == ("four sailors", 4, "killed")
    (figure,) = nlp("One of the four Marovians was killed.")._.figures
    assert (figure.low, figure.unit) == (1, "killed")


@pytest.mark.model
def test_what_stands_right_behind_the_counted_befell_them(nlp: Language) -> None:
    figures = nlp("The attack left 14 villagers dead and 30 others wounded.")._.figures
    assert [(figure.low, figure.unit) for figure in figures] == [(14, "killed"), (30, "injured")]


@pytest.mark.model
def test_the_whole_does_not_share_the_fate_of_a_part(nlp: Language) -> None:
    figures = nlp("Of the 60 passengers, 12 died.")._.figures
    assert (60, "killed") not in [(figure.low, figure.unit) for figure in figures]
    (figure,) = nlp("None of the 200 passengers was injured.")._.figures
    assert figure.unit == "passenger"


@pytest.mark.model
def test_another_five_hundred_are_of_the_same(nlp: Language) -> None:
    figures = nlp("He said 1,500 soldiers had crossed, while another 500 had turned back.")._.figures
    assert [(f.low, f.unit) for f in figures] == [(1500, "soldiers"), (500, "soldiers")]


@pytest.mark.model
def test_a_figure_points_to_its_event(nlp: Language) -> None:
    doc = nlp("Rebels attacked the camp on Monday, and police arrested 31 drivers on Tuesday.")
    (figure,) = doc._.figures
    assert doc._.events[figure.event].event_type == "COERCE"


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("two hundred and fifty", 250),
        ("1.5 million", 1_500_000),
        ("half a million", 500_000),
        ("twenty-five", 25),
        ("three hundred thousand", 300_000),
        ("a dozen", 12),
    ],
)
def test_number_words(phrase: str, value: float) -> None:
    assert value_of(phrase) == (value, False)


def test_many_number_words_take_no_time() -> None:
    text = "two hundred " + "one " * 5000 + "x1"
    assert len(list(numbers(text))) > 100


@pytest.mark.parametrize("text", ["The home side won 88-72 on Friday.", "Senators voted 55 to 45 for the bridge bill."])
def test_a_score_is_no_range(text: str) -> None:
    assert all(number.qualifier != "range" for number in numbers(text))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The union counted 3,000 marchers. The police said 1,200.", [3000, 1200]),
        ("A crowd put at 20,000 by the organisers and 8,000 by police filled the square.", [20000, 8000]),
        ("The march was long. A count from photographs came to about 1,900.", [1900]),
        ("About 1,900 marched through the town.", [1900]),
        ("The motion failed by 61 votes to 58.", [61, 58]),
        ("Two marched off and came back.", []),
    ],
)
def test_counts_of_a_crowd_need_no_noun(nlp: Language, text: str, numbers: list[int]) -> None:
    assert [figure.low for figure in nlp(text)._.figures] == numbers


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("The porters voted 411 to 104 to accept it.", [411, 104]),
        ("The council rejected the motion 58-60 on Monday.", [58, 60]),
        ("Members approved the deal, 1,211 to 904, and went home.", [1211, 904]),
        ("Odell won the vote 55 to 44, with two absent.", [55, 44]),
        ("The club won 14 to 11 in Teso.", []),
        ("Lund defeated Teso 3-1 on Friday.", []),
        ("They passed Teso 24-20 in the ranking.", []),
        ("The bill would cover those aged 12 to 17.", []),
        ("The resolution asks for 10 to 15 more.", []),
        ("The bill was passed by 61 to 58.", [61, 58]),
        ("In the vote the share rose from 44 to 55.", []),
        ("They passed the post 12 to 15 times.", []),
        ("The motion cites pages 12-15/2020.", []),
    ],
)
def test_a_tally_of_votes_is_two_figures(nlp: Language, text: str, votes: list[int]) -> None:
    assert [figure.low for figure in nlp(text)._.figures if figure.unit == "vote"] == votes


def test_a_part_and_its_whole_are_two_figures(nlp: Language) -> None:
    figures = [(f.text, f.low, f.unit) for f in nlp("The firm said 340 of 900 jobs would go.")._.figures]
    assert figures == [("340", 340, "job"), ("900 jobs", 900, "job")]
    killed = nlp("Rebels killed 12 of 40 soldiers in Oslo.")._.figures
    assert [(f.text, f.low, f.unit) for f in killed] == [("12 of 40 soldiers", 12, "killed")]
    assert [f.text for f in nlp("Nearly three in 10 voters stayed at home.")._.figures] == ["Nearly three in 10 voters"]
