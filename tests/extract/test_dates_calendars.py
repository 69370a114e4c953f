"""Days of values, EDTF and holidays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.dates import calendars as cal
from flows.resources import lexicon

DAYS = st.dates(date(1600, 1, 1), date(2400, 12, 31))


@pytest.mark.parametrize(
    ("value", "first", "last", "edtf"),
    [
        ("2014-06-22", date(2014, 6, 22), date(2014, 6, 22), "2014-06-22"),
        ("2014-06-22TNI", date(2014, 6, 22), date(2014, 6, 22), "2014-06-22"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("2014", date(2014, 1, 1), date(2014, 12, 31), "2014"),
        ("199", date(1990, 1, 1), date(1999, 12, 31), "199X"),
        ("19", date(1900, 1, 1), date(1999, 12, 31), "19XX"),
        ("2003-SU", date(2003, 6, 1), date(2003, 8, 31), "2003-22"),
        ("2023-WI", date(2023, 12, 1), date(2024, 2, 29), "2023-24"),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3), "2020-12-28/2021-01-03"),
        ("2014-W25-WE", date(2014, 6, 21), date(2014, 6, 22), "2014-06-21/2014-06-22"),
        ("2013-Q4", date(2013, 10, 1), date(2013, 12, 31), "2013-10-01/2013-12-31"),
        ("2013-H1", date(2013, 1, 1), date(2013, 6, 30), "2013-01-01/2013-06-30"),
        ("2014-06-10/2014-06-12", date(2014, 6, 10), date(2014, 6, 12), "2014-06-10/2014-06-12"),
    ],
)
def test_a_value_has_days_and_an_edtf_that_gives_them_back(value: str, first: date, last: date, edtf: str) -> None:
    assert cal.interval(value) == (first, last)
    assert cal.edtf(value) == edtf
    assert cal.edtf_interval(edtf) == (first, last)


@pytest.mark.parametrize(
    "value",
    ["XXXX-WXX-7", "PAST_REF", "P3D", "2014-02-30", "2014-13", "2014-W60", "1989-QX", "2014-06-12/2014-06-10", ""],
)
def test_what_is_underspecified_has_no_days(value: str) -> None:
    assert cal.interval(value) is None
    assert cal.edtf(value) is None


@given(DAYS, st.integers(1, 7))
def test_the_weekday_on_either_side_is_less_than_a_week_away(day: date, weekday: int) -> None:
    before, after = cal.on_or_before(day, weekday), cal.on_or_after(day, weekday)
    assert before <= day <= after
    assert (after - before).days in (0, 7)
    assert before.isoweekday() == after.isoweekday() == weekday


@given(DAYS)
def test_a_day_lies_in_its_week_quarter_and_season(day: date) -> None:
    for value in (cal.week(day), cal.quarter(day), cal.season(day)):
        days = cal.interval(value)
        assert days is not None
        assert days[0] <= day <= days[1]


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("easter", 2014, date(2014, 4, 20)),
        ("easter", 2000, date(2000, 4, 23)),
        ("good friday", 2024, date(2024, 3, 29)),
        ("thanksgiving", 2019, date(2019, 11, 28)),
        ("black friday", 2019, date(2019, 11, 29)),
        ("election day", 2016, date(2016, 11, 8)),
        ("memorial day", 2021, date(2021, 5, 31)),
        ("christmas eve", 1999, date(1999, 12, 24)),
    ],
)
def test_holidays(name: str, year: int, day: date) -> None:
    rules = {row["name"]: row["rule"] for row in lexicon("holidays")}
    assert cal.holiday(rules[name], year) == day


def test_every_holiday_has_a_day_in_every_year() -> None:
    for row in lexicon("holidays"):
        assert all(cal.holiday(row["rule"], year) is not None for year in range(1900, 2101)), row["name"]
