"""Read a GeoNames dump: allCountries.txt or XX.txt, and alternateNamesV2.txt.

Both are read line by line. Arabic names wait in a temporary file until their place comes by, so
that memory stays small whatever the size of the dump.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from masdar.errors import InputError
from masdar.gazetteer.build import ARABIC_NAME, Row

COLUMNS, ALTERNATE_COLUMNS = 19, 4
ARABIC = frozenset({"ar", "arz", "ary", "acm", "apc", ""})  # languages; "" where nobody said
BATCH = 10_000  # names written at once
CLASSES = {"P": "city", "T": "mountain", "H": "river", "L": "area"}  # GeoNames' feature classes
CODES = {
    "ADM1": "division",
    "ADM2": "area",
    "PPLX": "neighbourhood",
    "AIRP": "airport",
    "AIRB": "airport",
    "PRT": "port",
    "ISL": "island",
    "ISLS": "island",
    "PEN": "area",
    "DSRT": "desert",
    "SEA": "sea",
    "GULF": "sea",
    "OCN": "sea",
    "STRT": "strait",
    "LK": "lake",
    "LKS": "lake",
}
Advance = Callable[[int], None]  # is told how many bytes have been read


def read_dump(dump: Path, alternates: Path | None, iso3: dict[str, str], advance: Advance) -> Iterator[Row]:
    """The places of a dump that have a kind we use, with their names; `iso3` by two-letter code."""
    with arabic_names(alternates, advance) as names_of:
        for number, fields in read_lines(dump, COLUMNS, advance):
            kind = CODES.get(fields[7]) or CLASSES.get(fields[6])
            country = iso3.get(fields[8])
            if kind and (country or not fields[8]):
                yield read_row(fields, f"{dump} line {number}", kind, country, names_of)


NamesOf = Callable[[int], tuple[str, ...]]


def read_row(fields: list[str], where: str, kind: str, country: str | None, names_of: NamesOf) -> Row:
    """One line of a dump."""
    try:
        geonameid, population = int(fields[0]), int(fields[14] or 0)
        lat, lon = float(fields[4]), float(fields[5])
    except ValueError as error:
        raise InputError(f"{where}: {error}. Is this allCountries.txt or XX.txt of download.geonames.org?") from error
    admin1 = f"{fields[8]}.{fields[10]}" if fields[10] else None
    names = (*names_of(geonameid), *filter(None, fields[3].split(",")))
    return Row(geonameid, fields[1], lat, lon, country, admin1, population, kind, names)


def read_lines(path: Path, columns: int, advance: Advance) -> Iterator[tuple[int, list[str]]]:
    """Numbered lines of a tab-separated file, with at least so many fields."""
    if not path.is_file():
        raise InputError(f"{path}: no such file. Download it from download.geonames.org/export/dump.")
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            advance(len(line))
            fields = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
            if len(fields) < columns:
                raise InputError(
                    f"{path} line {number} has {len(fields)} fields, not {columns} as in GeoNames'"
                    " format. Give the unpacked .txt, not the .zip."
                )
            yield number, fields


@contextmanager
def arabic_names(alternates: Path | None, advance: Advance) -> Iterator[NamesOf]:
    """A function from GeoNames ids to Arabic names, which wait in a temporary file."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "names.db")) as store:
        store.executescript("PRAGMA journal_mode=OFF; CREATE TABLE names(place INTEGER, name TEXT)")
        rows = read_alternates(alternates, advance) if alternates else iter(())
        while batch := list(islice(rows, BATCH)):
            store.executemany("INSERT INTO names VALUES(?, ?)", batch)
        store.execute("CREATE INDEX by_place ON names(place)")
        find = "SELECT name FROM names WHERE place = ? ORDER BY rowid"
        yield lambda place: tuple(name for (name,) in store.execute(find, (place,)))


def read_alternates(path: Path, advance: Advance) -> Iterator[tuple[int, str]]:
    """GeoNames id and name of each line of alternateNamesV2.txt that is an Arabic name."""
    for _, fields in read_lines(path, ALTERNATE_COLUMNS, advance):
        if fields[2] in ARABIC and fields[1].isdigit() and ARABIC_NAME.fullmatch(fields[3]):
            yield int(fields[1]), fields[3]
