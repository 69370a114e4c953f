"""Which place a name means."""

from __future__ import annotations

import pytest

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
