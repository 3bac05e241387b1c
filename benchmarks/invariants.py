"""What must hold in every record, whatever the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.articles import Json
from masdar.plover import CONTEXTS, MODES, SECTORS, TYPES

ZONES = ("title", "byline", "dateline", "body", "teaser", "boilerplate")


def violations(record: Json) -> Iterator[str]:
    """What is wrong with a record, in words."""
    yield from wrong_words(record, record["document"]["text"])
    yield from wrong_zones(record["document"])
    yield from wrong_ids(record)
    for event in record["events"]:
        yield from wrong_codes(event)
    for entity in record["entities"]:
        yield from (f"{entity['id']}: sector {code}" for code in entity["sectors"] if code not in SECTORS)


def wrong_words(piece: Any, text: str) -> Iterator[str]:  # noqa: ANN401 (any JSON value)
    """Every object with start, end and text quotes the article."""
    if isinstance(piece, list):
        for one in piece:
            yield from wrong_words(one, text)
    elif isinstance(piece, dict):
        if {"start", "end", "text"} <= set(piece) and text[piece["start"] : piece["end"]] != piece["text"]:
            yield f"{piece['start']}-{piece['end']} does not hold its text"
        for one in piece.values():
            yield from wrong_words(one, text)


def wrong_zones(document: Json) -> Iterator[str]:
    """Zones are in order, do not overlap, and leave only white space uncovered."""
    text, end = document["text"], 0
    for zone in document["zones"]:
        if zone["kind"] not in ZONES or zone["start"] < end or zone["end"] <= zone["start"]:
            yield f"zone {zone}"
        if text[end : zone["start"]].strip():
            yield f"no zone covers {end}-{zone['start']}"
        end = zone["end"]
    if text[end:].strip():
        yield f"no zone covers the text from {end} on"


def wrong_ids(record: Json) -> Iterator[str]:
    """Every id that is named exists, and no id stands twice."""
    kinds = ("entities", "quotations", "events", "places", "dates")
    known = {kind: [piece["id"] for piece in record[kind]] for kind in kinds}
    for kind, ids in known.items():
        if len(ids) != len(set(ids)):
            yield f"an id stands twice in {kind}"
    for owner, kind, ids in references(record):
        yield from (f"{owner}: {name} is not in {kind}" for name in ids if name not in known[kind])


def references(record: Json) -> Iterator[tuple[str, str, list[str]]]:
    """Who names what: owner, kind, ids."""
    for quotation in record["quotations"]:
        for role in ("speakers", "addressees", "via"):
            yield quotation["id"], "entities", quotation[role]
    for event in record["events"]:
        yield event["id"], "entities", event["actors"] + event["recipients"]
        yield event["id"], "places", event["places"]
        yield event["id"], "dates", [event["date"]] if event["date"] else []
        yield event["id"], "quotations", [event["claimed_in"]] if event["claimed_in"] else []
    for place in record["places"]:
        yield place["id"], "entities", [place["entity"]] if place["entity"] else []


def wrong_codes(event: Json) -> Iterator[str]:
    """Type, modes, contexts and quad class are PLOVER's."""
    if event["type"] not in TYPES or event["quad"] not in range(1, 5):
        yield f"{event['id']}: type {event['type']}, quad {event['quad']}"
    for mode in event["modes"]:
        if (event["type"], mode) not in MODES:
            yield f"{event['id']}: mode {mode} of {event['type']}"
    yield from (f"{event['id']}: context {one}" for one in event["contexts"] if one not in CONTEXTS)
