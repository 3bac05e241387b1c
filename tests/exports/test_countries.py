"""The codes of countries that the formats of others use."""

from __future__ import annotations

import sqlite3
from collections import Counter
from importlib.resources import files

import pytest

from masdar.exports.countries import Country, countries


@pytest.mark.parametrize(
    "country",
    [
        Country("SYR", "SY", "Syria", "SY", 652),
        Country("IRQ", "IQ", "Iraq", "IZ", 645),
        Country("LBN", "LB", "Lebanon", "LE", 660),
        Country("PSE", "PS", "Palestine", "WE"),
        Country("NOR", "NO", "Norway", "NO", 385),  # no boolean
        Country("ROU", "RO", "Romania", "RO", 360, "ROM"),
        Country("SSD", "SS", "South Sudan", "OD", 626),
    ],
)
def test_a_country_has_its_codes(country: Country) -> None:
    assert countries()[country.iso3] == country


def test_codes_are_well_formed_and_each_of_one_country() -> None:
    known = [country for code, country in countries().items() if code != "KOS"]  # XKX again, as PLOVER writes it
    for field in ("iso3", "iso2", "fips", "cow", "name"):
        times = Counter(getattr(country, field) for country in known)
        assert {code: count for code, count in times.items() if code is not None and count > 1} == {}, field
    for country in known:
        assert len(country.iso3) == 3 and len(country.iso2) == 2
        assert country.fips is None or len(country.fips) == 2


def test_every_country_of_the_gazetteer_is_there() -> None:
    base = sqlite3.connect(f"file:{files('masdar') / 'gazetteer' / 'places.db'}?mode=ro", uri=True)
    found = {code for (code,) in base.execute("SELECT DISTINCT country FROM places WHERE country IS NOT NULL")}
    base.close()
    assert found - set(countries()) == set()
