"""Which place a name means."""

from __future__ import annotations

import pytest

from flows.extract.naming.gazetteer import country_of_place
from flows.resolve.places import find_place


@pytest.mark.parametrize("name", ["Oklahoma", "Florida", "Montana", "Virginia", "Wyoming"])
def test_the_name_of_a_state_means_the_state_and_no_city_of_that_name(name: str) -> None:
    place = find_place(name, None)
    assert (place.name, place.country) == (name, "USA")
    assert place.geonames_id is not None
    assert place == find_place(name, "USA")


def test_of_a_state_and_a_country_of_one_name_the_country_is_meant_unless_the_text_tells() -> None:
    assert find_place("Georgia", None).country == "GEO"
    assert find_place("Georgia", "USA").country == "USA"


@pytest.mark.parametrize(("name", "city"), [("New York", "New York City"), ("Washington", "Washington")])
def test_cities_that_bear_the_name_of_a_state_are_meant_by_it(name: str, city: str) -> None:
    place = find_place(name, None)
    assert (place.name, place.country) == (city, "USA")
    assert place.lat is not None


def test_a_name_elsewhere_is_no_state() -> None:
    assert find_place("Florida", "CUB").country == "CUB"


@pytest.mark.parametrize(
    ("short", "state"), [("Va.", "Virginia"), ("Pa", "Pennsylvania"), ("N.Y.", "New York"), ("CA", "California")]
)
def test_the_short_form_of_a_state_means_the_state(short: str, state: str) -> None:
    assert find_place(short, None).name == state
    assert find_place(short, "USA").geonames_id is not None


def test_the_district_is_the_city_in_it() -> None:
    assert find_place("D.C.", "USA") == find_place("Washington", "USA")


@pytest.mark.parametrize(("word", "country"), [("Union", "USA"), ("Police", "POL"), ("Deal", None), ("Asia", None)])
def test_a_common_word_is_no_small_town(word: str, country: str | None) -> None:
    assert find_place(word, country).geonames_id is None


def test_a_large_town_may_be_called_by_a_common_word() -> None:
    assert find_place("Nice", "FRA").geonames_id is not None


def test_a_small_town_is_meant_only_where_the_text_speaks_of_its_country() -> None:
    assert find_place("Palm Beach", None).geonames_id is None
    assert find_place("Palm Beach", "AUS").geonames_id is not None


def test_a_city_is_meant_before_a_small_town_of_the_country_at_hand() -> None:
    assert country_of_place("Geneva", {"USA": 3}) == "CHE"
    assert country_of_place("Alexandria", {"USA": 3}) == "USA"  # no small town
    assert country_of_place("Springfield", {"USA": 3}) == "USA"


def test_a_country_that_is_no_more_is_a_place_without_coordinates() -> None:
    place = find_place("Soviet Union", None)
    assert (place.country, place.geonames_id) == ("SUN", None)
