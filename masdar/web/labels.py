"""What pictures call countries and bodies, and the names on the map: countries, cities, disputed places."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from masdar.exports.countries import countries
from masdar.gazetteer.base import SHIPPED, Country, read_country
from masdar.gazetteer.disputes import TABLE
from masdar.text.fold import fold_word

WORDS = Path(__file__).parent / "map.yml"
LARGE, LARGEST = 400_000, 1_600_000  # people of a city that is named from nearer, from farther
PEOPLE = """
SELECT max(population) FROM names JOIN places ON places.id = names.place WHERE folded = ? AND country = ?
"""
LARGE_COUNTRY = 5_000_000  # people of a country that is named from afar


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map: `size` 1 is seen from afar, 4 only near."""

    kind: str  # country city disputed
    name: str
    lat: float
    lon: float
    size: int


@cache
def words() -> Any:  # noqa: ANN401
    """What masdar/web/map.yml says."""
    return yaml.load(WORDS.read_text("utf-8"), Loader=yaml.CSafeLoader)


@cache
def names(language: str) -> dict[str, str]:
    """Countries and bodies by their code of three letters."""
    is_arabic = language == "ar"
    found = {code: pair[0 if is_arabic else 1] for code, pair in words()["bodies"].items()}
    if is_arabic:
        return {code: country.names[0] for code, country in arabic().items()} | found
    return {code: country.name for code, country in countries().items()} | found


@cache
def arabic() -> dict[str, Country]:
    """The countries of the base of places."""
    with closing(base()) as opened:
        return {iso3: read_country(data) for iso3, data in opened.execute("SELECT iso3, data FROM countries")}


def base() -> sqlite3.Connection:
    """The base of places, for reading."""
    return sqlite3.connect(f"file:{SHIPPED}?mode=ro&immutable=1", uri=True)


def code_of(name: str) -> str | None:
    """The code of a country by its name in either language, or by the code itself."""
    return by_name().get(fold_word(name.strip().lower()))


@cache
def by_name() -> dict[str, str]:
    """Codes by all folded names."""
    bodies = words()["bodies"]
    found = {fold_word(country.name.lower()): code for code, country in countries().items()}
    found |= {fold_word(name.lower()): code for code, pair in bodies.items() for name in pair}
    found |= {fold_word(name): code for code, country in arabic().items() for name in country.names}
    return found | {code.lower(): code for code in (*arabic(), *bodies)}


@cache
def labels(language: str) -> tuple[Label, ...]:
    """Every name on the map."""
    return (*country_labels(language), *city_labels(language), *disputed_labels())


def country_labels(language: str) -> Iterator[Label]:
    """Names of countries."""
    called, near = names(language), words()["near"]
    for code, country in arabic().items():
        size = 1 if country.population >= LARGE_COUNTRY or code in near else 2
        yield Label("country", called.get(code, code), country.lat, country.lon, size)


def city_labels(language: str) -> Iterator[Label]:
    """Names of cities and towns that the lexicons of places have, with their size by the people in them."""
    with closing(base()) as opened:
        for entry in cities():
            found = opened.execute(PEOPLE, (fold_word(entry["names"][0]), entry["country"])).fetchone()
            people = (found[0] if found else None) or 0
            size = 2 if people >= LARGEST else 3 if people >= LARGE else 4
            name = entry.get("latin", entry["names"][0]) if language == "en" else entry["names"][0]
            lat, lon = entry["at"]
            yield Label("city", name, lat, lon, size)


def cities() -> Iterator[Any]:
    """The entries of cities and towns in masdar/lexicons/places/."""
    for path in sorted(TABLE.parent.glob("*.yml")):
        for entry in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["entries"]:
            if entry.get("kind") in ("city", "town") and "at" in entry and "country" in entry:
                yield entry


def disputes() -> list[Any]:
    """The entries of disputed places."""
    found: list[Any] = yaml.load(TABLE.read_text("utf-8"), Loader=yaml.CSafeLoader)["entries"]
    return found


@cache
def disputed_boxes() -> list[list[float]]:
    """South, west, north and east of what is disputed: boundaries in it are drawn so."""
    return [box for entry in disputes() for box in entry.get("boxes", ())]


def disputed_labels() -> Iterator[Label]:
    """Names of disputed places."""
    for entry in disputes():
        for south, west, north, east in entry.get("boxes", ())[:1]:
            yield Label("disputed", entry["names"][0], (south + north) / 2, (west + east) / 2, 2)
        if entry["id"] in words()["points"]:
            lat, lon = words()["points"][entry["id"]]
            yield Label("disputed", entry["names"][0], lat, lon, 2)
