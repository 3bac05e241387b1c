"""Events in the JSON of PLOVER's manual, one a line, under the manual's names.

The manual keeps what is denied, planned, supposed or past in `context`; it is there, and in `status` as in the record.
Fields that the manual does not have: `status`, `claimed_in`, `claimed_by`, `confidence`, `cameo`, `other_locs`,
`date_from`, `story`, and of a party `id` and `actor`, who it is across articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from masdar.exports.files import new_file
from masdar.exports.jsonl import line_of
from masdar.exports.known import Known
from masdar.exports.options import Json, Options

AUXILIARY = {"negated": "negation"}  # the manual's word for it; the other three are the same
EXACTNESS = {"area": 5, "city": 4, "province": 2, "country": 1}


def write_plover(records: Iterable[Json], into: Path | None, options: Options) -> None:
    """One event a line."""
    with new_file(into) as file:
        for record in records:
            for event in events_of(record, options):
                file.write(line_of(event) + "\n")


def events_of(record: Json, options: Options) -> Iterator[Json]:
    """The events of one article."""
    known = Known.of(record, options)
    lines = [*lines_of(known.document["text"] or "")]
    for event in record["events"]:
        yield event_of(known, event) | text_of(known, event, lines, options) | cited(known, options)


def event_of(known: Known, event: Json) -> Json:
    """What happened, when, where, by whom."""
    day = known.day(event)
    places = [location(known, known.places[place]) for place in event["places"]]
    return {
        "id": known.whole(event["id"]),
        "has_event": True,
        "date": day.first,
        "enddate": day.last,
        "date_from": day.said_by,
        "actor": [party(known, entity, event) for entity in event["actors"]],
        "recipient": [party(known, entity, event) for entity in event["recipients"]],
        "event": [event["type"]],
        "mode": event["modes"],
        "context": [*event["contexts"], *(AUXILIARY.get(status, status) for status in event["status"])],
        "status": event["status"],
        "claimed_in": known.whole(event["claimed_in"]),
        "claimed_by": [entity["name"] for entity in known.claimants(event)],
        "event_loc": places[0] if places else None,
        "other_locs": places[1:],
        "event_text": [event["trigger"]["text"]],
        "quad_code": event["quad"],
        "event_scale": event["score"],
        "cameo": event["cameo"],
        "confidence": event["confidence"],
        "story": known.stories[event["id"]].id if event["id"] in known.stories else None,
    }


def party(known: Known, id: str, event: Json) -> Json:
    """An actor or recipient."""
    entity = known.entities[id]
    first, *others = entity["sectors"] or [None]
    return {
        "id": known.whole(id),
        "actor": known.actor(entity),
        "code": entity["country"],
        "sector": first,
        "other_sector_codes": others,
        "entity_text": known.words_for(entity, event),
        "entity_name": entity["name"],
        "name_latin": entity["name_latin"],
        "identifier_id": known.wikidata(entity),
        "identifier_text": "Wikidata" if known.wikidata(entity) else None,
        "office": [role["title"] for role in entity["roles"]],
    }


def location(known: Known, place: Json) -> Json:
    """Where it happened."""
    name = known.place_name(place)
    return {
        "extracted_place": place["text"],
        "resolved_place": name if place["geonameid"] else None,
        "geonameid": place["geonameid"],
        "lat": place["lat"],
        "lon": place["lon"],
        "city": name if place["resolution"] == "city" else None,
        "province": place["admin1"],
        "country_code": place["country"],
        "claimed_by": place.get("claimed_by", []),
        "resolution": EXACTNESS.get(place["resolution"]),
    }


def text_of(known: Known, event: Json, lines: list[tuple[int, int]], options: Options) -> Json:
    """The paragraph that tells it; `text_info` says where it stands in the article, and where the trigger does."""
    trigger = event["trigger"]
    found = (number for number, (start, end) in enumerate(lines) if start <= trigger["start"] <= end)
    sequence = next(found, None)
    start, end = lines[sequence] if sequence is not None else (trigger["start"], trigger["end"])
    info = {"sequence": sequence, "start": start, "end": end, "trigger": [trigger["start"], trigger["end"]]}
    text = known.document["text"]
    return {"text": text[start:end] if text and options.has_text else None, "text_info": info}


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Where each line of a text begins and ends, empty ones left out."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line.rstrip("\r"))
        start += len(line) + 1


def cited(known: Known, options: Options) -> Json:
    """Where it is from, and who coded it by which codebook."""
    from masdar.plover import VERSION

    document, made_by = known.document, known.record["made_by"]
    coder = f"{made_by['program']}, {made_by['model']}"
    cite = {
        "citation": known.id,
        "url": document["url"],
        "title": document["title"] if options.has_text else None,
        "language": document["language"],
        "publication": document["source"],
        "published": document["published"],
        "coder": coder,
        "codebook": "PLOVER",
        "version": VERSION,
    }
    return {"link": document["url"], "cite_info": cite, "coder": coder}
