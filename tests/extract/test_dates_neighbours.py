"""What the words and the expressions beside a time say of it: lists, chronicles, plans, names, the verb of saying."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from test_dates_narrative import read, values

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

CHRONICLE = """The leak, day by day.

December 6: The mayor hears of the leak.

December 30: Lund writes to the council.

January 2: The council denies it. Also on this day, Teso closes its port.

January 14: The harbour office says nothing.
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Back in May, Lund scheduled a call with donors.", "2020-05"),
        ("She will be back in May.", "2021-05"),
        ("The app rose to the top of the charts after its release in May.", "2020-05"),
        ("She voted in April against the deal in May that averted a strike, and won't be sorry.", "2020-05"),
        ("On Friday, I think you saw the mayor give way.", "2021-03-12"),
        ("On Friday, I think you will see him take a weak position.", "2021-03-19"),
        ("Sales fell by more than expected in September.", "2020-09"),
        ("The report is expected in September.", "2021-09"),
        ("Lund decided to release the report in January.", "2021-01"),
        ("Lund decided to release the report in June.", "2021-06"),
        ("Lund pledged to repay the loan by February.", "2022-02"),
        ("They put off the sale from May to January.", "2022-01"),
        ("Brandl said on Harbour Radio Tuesday night he expects to sign the lease.", "2021-03-16TNI"),
        ("Brandl said that on Saturday he expects to sign the lease.", "2021-03-20"),
        ("He has not called since allowing his name to be revealed Sunday in the Herald.", "2021-03-14"),
        ("Prices will rise if Lund wins the palace in September.", "2021-09"),
        ("He wants a settlement before the September election.", "2021-09"),
        ("He lost the September election.", "2020-09"),
        ("He showed me what he called the draft, as of June 7.", "2020-06-07"),
        ("The largest rise in claims for the week ending March 6 was in Odell.", "2021-03-06"),
        ('"They will be happy." — news briefing Friday.', "2021-03-12"),
        ("Odell, now seeking another term in November, called it a farce.", "2021-11"),
        ("Migrants seeking asylum in November were turned away.", "2020-11"),
        ("Odell is running for mayor in November.", "2021-11"),
        ("The expected Friday announcement did not come.", "2021-03-12"),
        ("Lund will stand in December, when the council said it would vote.", "2021-12"),
        ("Odell, who sought another term in November, called it a farce.", "2020-11"),
        (
            "The ruling would let him gain a seat as the guild holds the first vote in its ballot on Monday.",
            "2021-03-22",
        ),
        ("Shops mend the roofs before a fast-approaching Monday deadline.", "2021-03-22"),
        ("He could run the town by December, when Lund stepped down.", "2020-12"),
        ("He could run the town by December, when Lund steps down.", "2021-12"),
        ("Choose better mayors in November, farmers of Teso.", "2021-11"),
        ("Don't miss the march on Friday.", "2021-03-19"),
        ("Take the deal of Lund with Teso in December.", "2020-12"),
        ("Lund helped them build the bridge in November.", "2020-11"),
        ("Odell is the favorite to win the seat in the fall.", "2021-FA"),
    ],
)
def test_the_words_around_say_on_which_side_a_day_lies(dates_nlp: Language, text: str, value: str) -> None:
    assert values(dates_nlp, text)[-1][1] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They shut the pits on Thursday and Friday.", ["2021-03-18", "2021-03-19"]),
        ("They halted work Thursday, and Saturday and Sunday.", ["2021-03-18", "2021-03-20", "2021-03-21"]),
        ("They met on Tuesday and Wednesday.", ["2021-03-16", "2021-03-17"]),
        ("The shop opens Monday through Friday at nine.", ["XXXX-WXX-1", "XXXX-WXX-5"]),
        ("The shop will stay shut Monday through Friday.", ["2021-03-22", "2021-03-26"]),
        (
            "The court gave Lund until 6 p.m. (2200 GMT) on Sunday to answer.",
            ["2021-03-21T18:00", "2021-03-21T22:00", "2021-03-21"],
        ),
        ("The bishop prays on Good Friday in April 2012 at Odell.", ["2012-04-06", "2012-04"]),
        ("FILE - In this Wednesday, March 4, 2020 photo, Brandl speaks.", ["2020-03-04"]),
    ],
)
def test_neighbours_tell_the_order_and_the_year(dates_nlp: Language, text: str, expected: list[str]) -> None:
    assert [value for _, value in values(dates_nlp, text)][: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "A car burned on the 6th of October Bridge.",
        "Children say Merry Christmas again.",
        "The parade was Christmas-themed.",
        "She goes to the Winter Games.",
        "Lund will address the March for Peace.",
        "He met a Farmers' March group.",
        "Brandl's Closure May Mean Longer Queues",
        "Prices are in free fall.",
        "Lund asked about the port.\n\nMAY ODELL: Too much is shut.",
        "She took an overnight bus to Odell.",
        "Lund told the Morning Herald she left.",
    ],
)
def test_names_and_kinds_are_no_time(dates_nlp: Language, text: str) -> None:
    assert values(dates_nlp, text) == []


def test_entries_of_a_chronicle_are_in_order(dates_nlp: Language) -> None:
    found = {one.text: one for one in read(dates_nlp, CHRONICLE)}
    assert [found[day].value for day in ("December 6", "December 30", "January 2", "January 14")] == [
        "2020-12-06", "2020-12-30", "2021-01-02", "2021-01-14",
    ]  # fmt: skip
    assert found["this day"].starts_on == date(2021, 1, 2)
    assert found["January 14"].derivation == "entry_of_list_of_days"


def test_a_calendar_of_what_is_to_come_lies_ahead(dates_nlp: Language) -> None:
    text = "Dates to note\n\nApril 3: The fair opens.\n\nMay 9: Boats will race.\n\nJune 2: The court will sit.\n"
    assert [value for _, value in values(dates_nlp, text)] == ["2021-04-03", "2021-05-09", "2021-06-02"]


def test_a_quotation_under_a_date_is_of_that_day(dates_nlp: Language) -> None:
    text = 'Odell Lund, Messages, Feb. 5, 2020: "Brandl confirms today that he runs and will speak on February 19."'
    assert [value for _, value in values(dates_nlp, text)] == ["2020-02-05", "2020-02-05", "2020-02-19"]


def test_to_this_day_is_no_day(dates_nlp: Language) -> None:
    assert values(dates_nlp, "The talks go on to this day.") == [("this day", "PRESENT_REF")]


def test_a_part_of_the_day_long_after_its_day_has_none(dates_nlp: Language) -> None:
    text = (
        "Lund went to Teso on 3 March. The town is small. It lies on the coast. Its port is shut. "
        "She used to arrive in the evening through the garage."
    )
    found = read(dates_nlp, text)[-1]
    assert (found.text, found.starts_on, found.derivation) == ("the evening", None, "part_of_day_told_long_before")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lund spoke on Tuesday. He praised the afternoon announcement.", "2021-03-16TAF"),
        ("Odell, who works the night shift, waited for years.", "XXXX-XX-XXTNI"),
    ],
)
def test_a_part_of_the_day_before_a_noun_needs_a_told_day(dates_nlp: Language, text: str, value: str) -> None:
    assert value in [found for _, found in values(dates_nlp, text)]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Odell led the mission from June to September in 2004.", "2004-06"),
        ("Odell led the mission from November to March in 2004.", "2003-11"),
        ("The pass was shut between 3 May and 9 June in 2012.", "2012-05-03"),
        ("Lund stayed in May and Brandl left in June of 2012.", "2020-05"),
    ],
)
def test_the_year_behind_a_stretch_is_that_of_both_its_ends(dates_nlp: Language, text: str, opening: str) -> None:
    assert values(dates_nlp, text)[0][1] == opening


def test_a_club_that_is_named_after_its_day_is_no_time(dates_nlp: Language) -> None:
    assert values(dates_nlp, "Lund doubted that the deal would move some Tuesday Group members.") == []
    assert len(values(dates_nlp, "Lund doubted that the deal would move some Tuesday group members.")) == 1
