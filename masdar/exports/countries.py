"""What other formats call a country: FIPS 10-4, ISO alpha-2, Correlates of War, CAMEO; and its English name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Country(NamedTuple):
    """The codes of a country; None where a scheme has none for it."""

    iso3: str
    iso2: str
    name: str
    fips: str | None = None
    cow: int | None = None
    cameo: str | None = None


@cache
def countries() -> dict[str, Country]:
    """Every country by its ISO alpha-3 code."""
    import yaml

    page = (files("masdar") / "lexicons" / "exports" / "countries.yml").read_text("utf-8")
    return {entry["iso3"]: Country(**entry) for entry in yaml.load(page, Loader=yaml.CSafeLoader)["entries"]}
