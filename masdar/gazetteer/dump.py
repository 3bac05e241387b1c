"""Build a base of places from a GeoNames dump."""

from __future__ import annotations

from pathlib import Path

from masdar.gazetteer.base import Gazetteer
from masdar.gazetteer.build import write_base
from masdar.gazetteer.geonames import Advance, read_dump
from masdar.gazetteer.words import read_countries, read_entries


def build_from_dump(dump: Path, alternates: Path | None, output: Path, advance: Advance) -> str:
    """Write the base; its version. An old base stays until the new one is whole."""
    known = Gazetteer.load().countries  # GeoNames' codes and ids of our countries
    countries = [
        entry | {key: getattr(known[entry["iso3"]], key) for key in ("iso2", "geonameid", "population")}
        for entry in read_countries()
        if entry["iso3"] in known
    ]
    iso3 = {entry["iso2"]: entry["iso3"] for entry in countries}
    unfinished = output.with_name(f"{output.name}.unfinished")
    try:
        rows = read_dump(dump, alternates, iso3, advance)
        version = write_base(unfinished, rows, read_entries(), countries)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
    return version
