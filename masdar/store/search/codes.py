"""The codes and names of countries that a search may ask for."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from importlib.resources import files


@cache
def english_names() -> dict[str, str]:
    """The English name of each country by its ISO alpha-3 code."""
    import yaml

    page = (files("masdar") / "lexicons" / "exports" / "countries.yml").read_text("utf-8")
    return {entry["iso3"]: entry["name"] for entry in yaml.load(page, Loader=yaml.CSafeLoader)["entries"]}


@cache
def country_codes() -> frozenset[str]:
    """ISO alpha-3, and PLOVER's codes of what is above countries: UNO, IGO …"""
    from masdar.actors import INTERNATIONAL

    return INTERNATIONAL | frozenset(english_names())


@cache
def arabic_names() -> dict[str, tuple[str, ...]]:
    """The Arabic names of each country by its code, the usual one first, as the base of places has them."""
    import sqlite3

    from masdar.gazetteer.base import SHIPPED, read_country

    with closing(sqlite3.connect(f"file:{SHIPPED}?mode=ro&immutable=1", uri=True)) as base:
        return {iso3: read_country(data).names for iso3, data in base.execute("SELECT iso3, data FROM countries")}


@cache
def codes_by_name() -> dict[str, str]:
    """Codes by the names of countries in English, and in Arabic as they are written there."""
    found = {name.lower(): code for code, name in english_names().items()}
    return {name: code for code, names in arabic_names().items() for name in names} | found


def code_of(name: str) -> str | None:
    """The code of a country by its name in English or Arabic."""
    return codes_by_name().get(" ".join(name.lower().split()))


def in_arabic(name: str) -> tuple[str, ...]:
    """The Arabic names of a country that is given in Latin letters, or as a code in capitals: Syria, SYR → سوريا …"""
    if not name.isascii():
        return ()
    return arabic_names().get(name if name.isupper() else code_of(name) or "", ())
