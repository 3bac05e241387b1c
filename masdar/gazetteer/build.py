"""Make a base of places: hand-written lexicons joined with places of GeoNames.

Places of GeoNames come one at a time and go to the file at once, so that memory stays small. A
hand-written place that GeoNames has too (same country, near, same name) becomes one with it.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from masdar.gazetteer.base import SCHEMA
from masdar.gazetteer.demonyms import inflect
from masdar.gazetteer.words import IN_THE_NEWS, PRIORS, SETTLED, Entry
from masdar.text.fold import fold_word

TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE countries(iso3 TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID;
CREATE TABLE country_names(folded TEXT PRIMARY KEY, iso3 TEXT) WITHOUT ROWID;
CREATE TABLE boxes(country TEXT PRIMARY KEY, south REAL, west REAL, north REAL, east REAL)
  WITHOUT ROWID;
CREATE TABLE demonyms(folded TEXT PRIMARY KEY, iso3 TEXT) WITHOUT ROWID;
CREATE TABLE places(id INTEGER PRIMARY KEY, name TEXT, geonameid INTEGER, lat REAL, lon REAL,
  country TEXT, admin1 TEXT, population INTEGER, kind TEXT, prior REAL);
CREATE TABLE names(folded TEXT, place INTEGER, PRIMARY KEY(folded, place)) WITHOUT ROWID;
"""
ARABIC_NAME = re.compile(r"[\u0621-\u064a\u0671\u067e\u0686\u0698\u06a4\u06a9\u06af\u06cc\u064b-\u0652ـ\s\-'’()،.]+")
# kilometres between our point and that of GeoNames for one town, one division
SAME_TOWN, SAME_DIVISION = 30.0, 200.0
LATIN_IGNORED = re.compile(r"[^a-z]")


@dataclass(slots=True)
class Row:
    """A place of GeoNames with all its names, in whatever script."""

    geonameid: int
    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    population: int
    kind: str = "city"
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Index:
    """Hand-written places by square of the map, for finding those that a row of GeoNames is."""

    entries: list[Entry]
    squares: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    joined: dict[int, tuple[float, int]] = field(default_factory=dict)  # entry: distance, place
    admin1: dict[int, tuple[float, str]] = field(default_factory=dict)  # entry: distance, division

    def __post_init__(self) -> None:
        for number, entry in enumerate(self.entries):
            self.squares[round(entry.lat), round(entry.lon)].append(number)

    def near(self, row: Row) -> Iterator[tuple[int, float]]:
        """Hand-written places of the row's country within a degree or so, and how far they are."""
        for lat in (-1, 0, 1):
            for lon in (-1, 0, 1):
                for number in self.squares.get((round(row.lat) + lat, round(row.lon) + lon), ()):
                    if self.entries[number].country == row.country:
                        yield number, distance(row, self.entries[number])


def distance(one: Row | Entry, other: Row | Entry) -> float:
    """Kilometres between two places, flat-earth near enough."""
    x = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return 111.2 * math.hypot(x, one.lat - other.lat)


def write_base(path: Path, rows: Iterable[Row], entries: Iterable[Entry], countries: list[dict[str, Any]]) -> str:
    """Write the base and return its version."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(f"PRAGMA page_size=4096; PRAGMA journal_mode=OFF; {TABLES}")
        write_countries(base, countries)
        index = Index(list(entries))
        boxes: dict[str, list[float]] = {}
        for row in rows:
            if row.country:
                stretch(boxes, row.country, row)
            write_row(base, row, index)
        base.executemany("INSERT INTO boxes VALUES(?, ?, ?, ?, ?)", [(key, *boxes[key]) for key in sorted(boxes)])
        for number in range(len(index.entries)):
            write_entry(base, number, index)
        base.execute("INSERT INTO meta VALUES('schema', ?)", (SCHEMA,))
        version = digest(base)
        base.execute("INSERT INTO meta VALUES('version', ?)", (version,))
        base.commit()
        base.execute("VACUUM")
    return version


def stretch(boxes: dict[str, list[float]], country: str, row: Row) -> None:
    """Make the box of a country hold the row."""
    box = boxes.setdefault(country, [row.lat, row.lon, row.lat, row.lon])
    box[:2] = min(box[0], row.lat), min(box[1], row.lon)
    box[2:] = max(box[2], row.lat), max(box[3], row.lon)


def digest(base: sqlite3.Connection) -> str:
    """First 12 hex digits of the SHA-256 of all that is in the base."""
    lines = hashlib.sha256()
    for table in ("countries", "country_names", "demonyms", "places", "names"):
        for row in base.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
            lines.update(repr(row).encode())
    return lines.hexdigest()[:12]


def write_countries(base: sqlite3.Connection, countries: list[dict[str, Any]]) -> None:
    """Names, demonyms and the place of each country. The first country of a name keeps it."""
    for country in countries:
        iso3 = country["iso3"]
        kept = ("iso3", "iso2", "names", "demonyms", "capital", "geonameid", "population", "at")
        data = json.dumps({key: country.get(key) for key in kept}, ensure_ascii=False)
        base.execute("INSERT INTO countries VALUES(?, ?)", (iso3, data))
        names = sorted({fold_word(name) for name in country["names"]})
        forms = {form for stem in country["demonyms"] for form in inflect(stem)}
        forms |= {fold_word(form) for form in country["plurals"]}
        insert = "INSERT OR IGNORE INTO {}(folded, iso3) VALUES(?, ?)"
        base.executemany(insert.format("country_names"), [(name, iso3) for name in names])
        base.executemany(insert.format("demonyms"), [(form, iso3) for form in sorted(forms)])
        place = (
            country["names"][0],
            country.get("geonameid"),
            *country["at"],
            iso3,
            None,
            country.get("population", 0),
            "country",
            PRIORS["country"],
        )
        insert_place(base, place, names)


def write_row(base: sqlite3.Connection, row: Row, index: Index) -> None:
    """A place of GeoNames, if it has an Arabic name or is one of the hand-written ones."""
    names = {fold_word(name).strip() for name in row.names if ARABIC_NAME.fullmatch(name)}
    latin = {plain(row.name), *map(plain, row.names)}
    ours = [
        (n, km)
        for n, km in index.near(row)
        if note_division(index, n, row, km)
        if may_be_same(index.entries[n], row, km) and is_same(index.entries[n], names, latin)
    ]
    if not names and not ours:
        return
    prior = prior_of(row)
    place = insert_place(
        base,
        (
            row.name,
            row.geonameid,
            row.lat,
            row.lon,
            row.country,
            row.admin1,
            row.population,
            row.kind,
            prior,
        ),
        sorted(names),
    )
    for number, km in ours:
        if (km, place) < index.joined.get(number, (math.inf, 0)):
            index.joined[number] = (km, place)


def note_division(index: Index, number: int, row: Row, km: float) -> bool:
    """Remember the division of the nearest place of GeoNames: it is the hand-written one's too."""
    if row.admin1 and km < index.admin1.get(number, (math.inf, ""))[0]:
        index.admin1[number] = (km, row.admin1)
    return True


def prior_of(row: Row) -> float:
    """How likely a name means this place: by its people, and never more than divisions do by hand."""
    prior = round(math.log10(row.population + 10), 2)
    return prior if row.kind in SETTLED else min(prior, PRIORS["division"])


def may_be_same(entry: Entry, row: Row, km: float) -> bool:
    """Whether a hand-written place is of the sort of this place of GeoNames and near it."""
    if entry.kind in SETTLED:
        return row.kind in SETTLED and km <= SAME_TOWN
    return entry.kind == row.kind == "division" and km <= SAME_DIVISION


def is_same(entry: Entry, names: set[str], latin: set[str]) -> bool:
    """Whether a hand-written place has a name in common with this place of GeoNames."""
    if entry.latin and plain(entry.latin) in latin:
        return True
    return any(fold_word(name) in names for name in entry.names)


def write_entry(base: sqlite3.Connection, number: int, index: Index) -> None:
    """A hand-written place: its names go to the place of GeoNames that it is."""
    entry = index.entries[number]
    names = sorted({fold_word(name) for name in entry.names})
    _, place = index.joined.get(number, (0.0, 0))
    prior = entry.prior or PRIORS[entry.kind]
    if place:
        base.execute(
            "UPDATE places SET prior = max(?, prior + ?), kind = ? WHERE id = ?",
            (prior, IN_THE_NEWS, entry.kind, place),
        )
        insert_names(base, place, names)
        return
    _, admin1 = index.admin1.get(number, (0.0, None))
    name = entry.latin or entry.names[0]
    insert_place(
        base,
        (name, entry.geonameid, entry.lat, entry.lon, entry.country, admin1, 0, entry.kind, prior),
        names,
    )


def insert_place(base: sqlite3.Connection, place: tuple[Any, ...], names: Iterable[str]) -> int:
    """Write a place and its names; its number in the base."""
    number = base.execute(f"INSERT INTO places VALUES(NULL{', ?' * 9})", place).lastrowid
    assert number is not None
    insert_names(base, number, names)
    return number


def insert_names(base: sqlite3.Connection, place: int, names: Iterable[str]) -> None:
    """Write names of a place."""
    rows = [(name, place) for name in names if name]
    base.executemany("INSERT OR IGNORE INTO names VALUES(?, ?)", rows)


def plain(name: str) -> str:
    """A Latin name without accents, case, blanks: `Dayr az-Zawr` -> dayrazzawr."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return LATIN_IGNORED.sub("", letters)
