"""Events in the 40 columns of POLECAT: tabs, one line of names, `None` for what is missing, "; " between several.

Nothing in this layout says that an event was denied, planned or only claimed, so those are left out unless asked for;
then they carry it among the contexts, as PLOVER's manual does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from masdar.exports.countries import countries
from masdar.exports.files import new_file
from masdar.exports.known import Known
from masdar.exports.options import Json, Options
from masdar.exports.plover import AUXILIARY
from masdar.exports.text import flat
from masdar.exports.told import fit

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
QUADS = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
MISSING = "None"
BETWEEN = "; "
CLAIMED = "claimed"


def write_polecat(records: Iterable[Json], into: Path | None, options: Options) -> None:
    """A file of tab-separated lines."""
    with new_file(into) as file:
        file.write("\t".join(COLUMNS) + "\n")
        for record in records:
            for row in rows_of(Known.of(record, options), options):
                file.write("\t".join(row) + "\n")


def rows_of(known: Known, options: Options) -> Iterator[list[str]]:
    """The lines of one article."""
    about = article_cells(known)
    for event in fit(known, options):
        actors = [known.entities[entity] for entity in event["actors"]]
        recipients = [known.entities[entity] for entity in event["recipients"]]
        yield [
            *event_cells(known, event),
            *party_cells(known, event, actors),
            *party_cells(known, event, recipients),
            *place_cells(known, event),
            *about,
        ]


def event_cells(known: Known, event: Json) -> list[str]:
    """Event ID to Contexts."""
    marks = [AUXILIARY.get(status, status) for status in event["status"]]
    return [
        one(known.whole(event["id"])),
        one(known.day(event).first),
        one(event["type"]),
        several(event["modes"]),
        one(event["score"]),
        QUADS[event["quad"]],
        several([*event["contexts"], *marks, *([CLAIMED] if event["claimed_in"] else [])]),
    ]


def party_cells(known: Known, event: Json, entities: Sequence[Json]) -> list[str]:
    """Name to Wikipedia ID of one side; the n-th value of each column is of the n-th party."""
    codes = [countries().get(entity["country"]) for entity in entities]
    return [
        several([entity["name_latin"] or entity["name"] for entity in entities]),
        several([entity["country"] for entity in entities]),
        several([country.cow if country else None for country in codes]),
        several([next(iter(entity["sectors"]), None) for entity in entities]),
        several([sector for entity in entities for sector in entity["sectors"]]),
        several([next((role["title"] for role in entity["roles"]), None) for entity in entities]),
        several([known.words_for(entity, event) for entity in entities]),
        several([known.wikidata(entity) for entity in entities]),
    ]


def place_cells(known: Known, event: Json) -> list[str]:
    """Placename to Feature Type: of the first place, since the layout has room for one."""
    place = next((known.places[place] for place in event["places"]), None)
    if place is None:
        return [MISSING] * 10
    name = known.place_name(place)
    return [
        one(name),
        one(name if place["resolution"] == "city" else None),
        MISSING,
        one(place["admin1"]),
        one(place["country"]),
        one(place["lat"]),
        one(place["lon"]),
        one(place["geonameid"]),
        one(place["text"]),
        one(place["resolution"]),
    ]


def article_cells(known: Known) -> list[str]:
    """Source to Version."""
    by_type: dict[str, list[str]] = {"PER": [], "ORG": [], "GPE": []}
    for entity in known.record["entities"]:
        kind = entity["type"] if entity["type"] in by_type else "GPE"
        by_type[kind].append(entity["name_latin"] or entity["name"])
    return [
        one(known.document["source"]),
        one(known.published),
        *(several([*dict.fromkeys(names)]) for names in by_type.values()),
        "Arabic",
        one(known.record["made_by"]["program"]),
    ]


def one(value: Any) -> str:  # noqa: ANN401
    """One value as a field."""
    return MISSING if value is None else flat(str(value)) or MISSING


def several(values: Sequence[Any]) -> str:
    """Several values as a field; a semicolon inside one becomes a comma."""
    if all(value is None for value in values):
        return MISSING
    return BETWEEN.join(one(value).replace(";", ",") for value in values)
