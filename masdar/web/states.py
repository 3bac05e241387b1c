"""Names of countries, and of bodies in place of one, in both languages, by the codes of the record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from masdar.web.labels import names

STATES = Path(__file__).parents[1] / "lexicons" / "actors" / "known" / "states.yml"


@cache
def countries() -> Mapping[str, tuple[str, str]]:
    """SYR → (سوريا, Syria)."""
    entries = yaml.load(STATES.read_text("utf-8"), Loader=yaml.CSafeLoader)["entries"]
    return {entry["country"]: (entry["name"], entry["latin"]) for entry in reversed(entries) if "country" in entry}


def country_name(code: str | None, language: str) -> str:
    """The name of a country; a code that has none stands for itself."""
    if not code:
        return ""
    called = countries().get(code)
    return called[language != "ar"] if called else names(language).get(code, code)
