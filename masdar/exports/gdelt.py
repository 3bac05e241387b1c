"""Events in the 61 columns of GDELT 2.0: tabs, no line of names, nothing for what is missing.

GlobalEventID has to be an integer: it is the first 52 bits of the SHA-256 of the event's id (0f3a…#V1), or of its
story's where a store knows one; so it is the same in every export, and exact as a floating-point number too. A story is
one line, under its first report.

QuadClass and GoldsteinScale are PLOVER's quad class and score; places have FIPS 10-4 codes, actors CAMEO ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from masdar.exports.countries import countries
from masdar.exports.files import new_file
from masdar.exports.known import Known
from masdar.exports.options import Json, Options, Story
from masdar.exports.text import address, flat
from masdar.exports.told import fit

ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
TYPES = ("Type1Code", "Type2Code", "Type3Code")
GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in ACTOR + TYPES), *(f"Actor2{name}" for name in ACTOR + TYPES),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip

# PLOVER's words in the country slot, as CAMEO's known group and type
BODIES = {
    "UNO": ("UNO", "IGO"), "EUR": ("EEC", "IGO"), "IGO": ("", "IGO"), "NGO": ("", "NGO"), "ISM": ("", "NGM"),
    "IMG": ("", "IMG"), "MNC": ("", "MNC"),
}  # fmt: skip
# sectors that CAMEO calls otherwise; those it has no word for are left out
SECTORS = {
    "JRN": "MED", "MED": "HLH", "PRM": "UAF", "SOC": "CVL",
    **dict.fromkeys(("REL", "PRE", "UNK"), ""),
}  # fmt: skip
GEO_TYPES = {"country": 1, "province": 5, "city": 4, "area": 4}
COUNTRY, US_STATE, US_CITY = 1, 2, 3
GAZA = "PS.GZ"
NOWHERE = ("0", "", "", "", "", "", "", "")


def write_gdelt(records: Iterable[Json], into: Path | None, options: Options) -> None:
    """A file of tab-separated lines."""
    written: set[str] = set()  # stories of several reports
    with new_file(into) as file:
        for record in records:
            for row in rows_of(Known.of(record, options), options, written):
                file.write("\t".join(row) + "\n")


def rows_of(known: Known, options: Options, written: set[str]) -> Iterator[list[str]]:
    """The lines of one article, but for stories that have theirs."""
    lead = lead_of(known)
    for event in fit(known, options):
        story = known.stories.get(event["id"]) or Story(f"{known.id}#{event['id']}", 1, 1, 1)
        if story.id in written:
            continue
        if story.reports > 1:
            written.add(story.id)
        yield row_of(known, event, story, is_lead=lead[0] <= event["trigger"]["start"] < lead[1])


def row_of(known: Known, event: Json, story: Story, *, is_lead: bool) -> list[str]:
    """The line of an event."""
    first, second = party_of(known, event, 0), party_of(known, event, 1)
    place = next((known.places[place] for place in event["places"]), None)
    return [
        str(number_of(story.id)),
        *day_cells(known.day(event).first),
        *actor_cells(first),
        *actor_cells(second),
        "1" if is_lead else "0",
        *code_cells(event),
        *map(str, (story.reports, story.sources, story.articles)),
        "",
        *geo_cells(known, home_of(known, first, event)),
        *geo_cells(known, home_of(known, second, event)),
        *geo_cells(known, place),
        added(known.document["published"]),
        address(known.document["url"]) or flat(known.id),
    ]


def number_of(id: str) -> int:
    """GlobalEventID: 52 bits, so that programs which read it as a floating-point number have it exactly."""
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 12


def lead_of(known: Known) -> tuple[int, int]:
    """Where the first paragraph of the body stands; what it tells is the root of the story."""
    text = known.document["text"] or ""
    zones = (zone for zone in known.document["zones"] if zone["kind"] in ("dateline", "body"))
    start = next((zone["start"] for zone in zones), 0)
    while start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start)
    return start, end if end >= 0 else len(text)


def day_cells(day: str | None) -> list[str]:
    """Day to FractionDate."""
    if day is None:
        return [""] * 4
    year, month, number = day.split("-")
    fraction = int(year) + ((int(month) - 1) * 30 + int(number)) / 365  # GDELT's own reckoning
    return [year + month + number, year + month, year, f"{fraction:.4f}"]


def code_cells(event: Json) -> list[str]:
    """EventCode to GoldsteinScale. A code of two figures gets a third: 03 is 030."""
    code = event["cameo"].ljust(3, "0")
    return [code, code[:3], code[:2], str(event["quad"]), str(event["score"])]


def party_of(known: Known, event: Json, side: int) -> Json | None:
    """The first party of a side; the layout has room for one."""
    parties = known.sides(event)[side]
    return known.entities[parties[0]] if parties else None


class Coded(NamedTuple):
    """An actor in CAMEO's codes."""

    country: str
    group: str
    types: list[str]


def coded(entity: Json) -> Coded:
    """PLOVER's country and sectors as CAMEO has them."""
    code = entity["country"] or ""
    types = [SECTORS.get(sector, sector) for sector in entity["sectors"]]
    if code in BODIES:
        group, kind = BODIES[code]
        return Coded("", group, [*dict.fromkeys([kind, *filter(None, types)])][:3])
    country = countries().get(code)
    return Coded(country.cameo or country.iso3 if country else code, "", [*dict.fromkeys(filter(None, types))][:3])


def actor_cells(entity: Json | None) -> list[str]:
    """Code to Type3Code of an actor."""
    if entity is None:
        return [""] * len(ACTOR + TYPES)
    country, group, types = coded(entity)
    whole = "".join((country, *types[: 1 if group else 0], group, *types[1 if group else 0 :]))
    name = flat(entity["name_latin"] or entity["name"]).upper()
    return [whole, name, country, group, "", "", "", *types, *[""] * (len(TYPES) - len(types))]


def home_of(known: Known, entity: Json | None, event: Json) -> Json | None:
    """The mention of an actor as a place that is nearest to the event: only states and cities have one."""
    if entity is None:
        return None
    start = event["trigger"]["start"]
    found = (place for place in known.record["places"] if place["entity"] == entity["id"])
    return min(found, key=lambda place: abs(place["start"] - start), default=None)


def geo_cells(known: Known, place: Json | None) -> tuple[str, ...]:
    """Type to FeatureID of a place; the FeatureID is GeoNames' number, for a country its FIPS code."""
    if place is None or place["lat"] is None:
        return NOWHERE
    country = countries().get(place["country"])
    fips = fips_of(place)
    kind = geo_type(place)
    names = [flat(known.place_name(place)), *([country.name] if country and kind != COUNTRY else [])]
    feature = fips if kind == COUNTRY else place["geonameid"]
    at = (str(place["lat"]), str(place["lon"]))
    return str(kind), ", ".join(names), fips, division_of(place, fips), "", *at, str(feature or "")


def fips_of(place: Json) -> str:
    """The FIPS code of a place's country. FIPS has two for Palestine: GZ for Gaza, WE for the West Bank."""
    if place["country"] == "PSE" and place["admin1"] == GAZA:
        return "GZ"
    country = countries().get(place["country"])
    return country.fips or "" if country else ""


def division_of(place: Json, fips: str) -> str:
    """A division: the code of GeoNames behind the FIPS country. In FIPS, Gaza and the West Bank are countries."""
    code = place["admin1"].partition(".")[2] if place["admin1"] else ""
    return fips + code if fips and code not in ("GZ", "WE") else fips


def geo_type(place: Json) -> int:
    """1 country, 2 US state, 3 US city, 4 city elsewhere, 5 province elsewhere."""
    kind = GEO_TYPES.get(place["resolution"], 4)
    if place["country"] == "USA" and kind != COUNTRY:
        return US_STATE if place["resolution"] == "province" else US_CITY
    return kind


def added(published: Any) -> str:  # noqa: ANN401
    """The time of publication as YYYYMMDDHHMMSS in UTC: when masdar got hold of it would change from run to run."""
    if not published:
        return ""
    at = datetime.fromisoformat(published)
    return (at.astimezone(UTC) if at.tzinfo else at).strftime("%Y%m%d%H%M%S")
