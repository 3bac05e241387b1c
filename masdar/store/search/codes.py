"""The codes of countries that a search may ask for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def country_codes() -> frozenset[str]:
    """ISO alpha-3, and PLOVER's codes of what is above countries: UNO, IGO …"""
    import yaml

    from masdar.actors import INTERNATIONAL

    page = (files("masdar") / "lexicons" / "exports" / "countries.yml").read_text("utf-8")
    return INTERNATIONAL | {entry["iso3"] for entry in yaml.load(page, Loader=yaml.CSafeLoader)["entries"]}
