"""The hand-written lexicons of countries and places, read for building a base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from masdar.errors import LexiconError

FOLDER = Path(__file__).parents[1] / "lexicons" / "places"
NOT_PLACES = ("countries.yml", "disputed.yml", "words.yml")

# How likely a place of this kind is meant by its name (log10, like a population) when nobody
# counts who lives there; a hand-written place was in the news: like ten times the people.
PRIORS = {
    "continent": 9.0,
    "region": 8.0,
    "sea": 7.5,
    "country": 9.0,
    "area": 6.0,
    "division": 5.2,
    "strait": 7.0,
    "island": 6.0,
    "mountain": 5.5,
    "river": 5.5,
    "lake": 5.5,
    "desert": 5.5,
    "city": 5.0,
    "town": 4.5,
    "camp": 4.5,
    "neighbourhood": 4.4,
    "airport": 4.5,
    "crossing": 4.5,
    "port": 4.5,
    "facility": 4.5,
}
IN_THE_NEWS = 1.0
SETTLED = frozenset({"city", "town", "camp", "neighbourhood"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A hand-written place. `latin` lets the build find the same place in GeoNames."""

    names: tuple[str, ...]
    lat: float
    lon: float
    kind: str
    country: str | None
    latin: str | None = None
    geonameid: int | None = None
    prior: float | None = None


def read_lexicon(path: Path) -> dict[str, Any]:
    """A YAML lexicon: a mapping with `about`, `license` and `entries`."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise LexiconError(f"{path} is not valid YAML: {error}. Correct the line named.") from error
    if not isinstance(data, dict) or not {"about", "license", "entries"} <= data.keys():
        raise LexiconError(f"{path}: a lexicon needs `about`, `license` and `entries`.")
    return data


def read_countries() -> list[dict[str, Any]]:
    """The entries of countries.yml."""
    entries = read_lexicon(FOLDER / "countries.yml")["entries"]
    return [{"demonyms": [], "plurals": [], "capital": None} | entry for entry in entries]


def read_entries() -> Iterator[Entry]:
    """The hand-written places of all files, files in order of name."""
    for path in sorted(FOLDER.glob("*.yml")):
        if path.name in NOT_PLACES:
            continue
        lexicon = read_lexicon(path)
        for number, entry in enumerate(lexicon["entries"], 1):
            yield read_entry(entry, lexicon.get("country"), f"{path.name} entry {number}")


def read_entry(entry: dict[str, Any], country: str | None, where: str) -> Entry:
    """One place; its country is its own or that of its file."""
    try:
        lat, lon = entry["at"]
        kind = entry.get("kind", "town")
        known = {"names", "at", "kind", "country", "latin", "geonameid", "prior"}
        if entry.keys() - known or kind not in PRIORS:
            raise LexiconError(f"{where}: unknown kind or field in {entry}.")
        return Entry(
            tuple(entry["names"]),
            float(lat),
            float(lon),
            kind,
            entry.get("country", country),
            entry.get("latin"),
            entry.get("geonameid"),
            entry.get("prior"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"{where}: a place needs names and at: [lat, lon]; {entry}") from error
