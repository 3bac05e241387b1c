"""The record as JSON Schema (draft 2020-12): docs/record.md for programs.

Every field is required and none is allowed beside them, except `claimed_by`, which only a disputed place has.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from masdar.plover import CONTEXTS, MODES, SECTORS, TYPES
from masdar.record import SCHEMA
from masdar.types import EntityType, Form, QuotationKind, Stance, Status, ZoneKind

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
OFFSET: Json = {"type": "integer", "minimum": 0}
SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
COUNTRY: Json = {"type": "string", "pattern": "^[A-Z]{3}$"}
DATE: Json = {"type": "string", "pattern": r"^-?\d{3,4}"}
GRANULARITIES = ("hour", "day", "week", "month", "year", "decade", "period")
RESOLUTIONS = ("country", "province", "city", "area")


def record_schema() -> Json:
    """The schema of one record, which is one line of `masdar read --json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **whole(
            schema={"const": SCHEMA},
            document=document_schema(),
            entities=many(entity_schema()),
            quotations=many(quotation_schema()),
            events=many(event_schema()),
            places=many(place_schema()),
            dates=many(date_schema()),
            warnings=many(whole(code=TEXT, message=TEXT)),
            made_by=whole(program=TEXT, model=TEXT, gazetteer=TEXT),
        ),
    }


def document_schema() -> Json:
    """The article itself and its zones."""
    return whole(
        id=TEXT,
        title=maybe(TEXT),
        text=TEXT,
        published=maybe(TEXT),
        source=maybe(TEXT),
        url=maybe(TEXT),
        language={"const": "ar"},
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        zones=many(whole(kind=one_of(ZoneKind), start=OFFSET, end=OFFSET)),
    )


def entity_schema() -> Json:
    """A person, body or place and the words that name it."""
    return whole(
        id=reference("E"),
        type=one_of(EntityType),
        name=TEXT,
        name_latin=maybe(TEXT),
        rank=maybe(TEXT),
        roles=many(whole(title=TEXT, organization=maybe(TEXT), country=maybe(COUNTRY))),
        country=maybe(COUNTRY),
        sectors=many(one_of(SECTORS)),
        wikidata=maybe({"type": "string", "pattern": "^Q[0-9]+$"}),
        mentions=many(words(form=one_of(Form))),
    )


def quotation_schema() -> Json:
    """What somebody said, direct or indirect."""
    return whole(
        id=reference("Q"),
        kind=one_of(QuotationKind),
        cue=maybe(words()),
        contents={**many(words()), "minItems": 1},
        speakers=many(reference("E")),
        speaker_span=maybe(words()),
        addressees=many(reference("E")),
        via=many(reference("E")),
        stance=one_of(Stance),
        confidence=SHARE,
    )


def event_schema() -> Json:
    """Who did what to whom."""
    return whole(
        id=reference("V"),
        type=one_of(TYPES),
        modes=many(one_of(sorted({mode for _, mode in MODES}))),
        contexts=many(one_of(CONTEXTS)),
        trigger=words(),
        actors=many(reference("E")),
        recipients=many(reference("E")),
        places=many(reference("P")),
        date=maybe(reference("T")),
        status=many(one_of(Status)),
        claimed_in=maybe(reference("Q")),
        quad={"enum": [1, 2, 3, 4]},
        score={"type": "number", "minimum": -10, "maximum": 10},
        cameo={"type": "string", "pattern": "^[0-9]{2,4}$"},
        confidence=SHARE,
    )


def place_schema() -> Json:
    """A mention of a place and where in the world it is."""
    place = words(
        id=reference("P"),
        entity=maybe(reference("E")),
        geonameid=maybe({"type": "integer"}),
        lat=maybe({"type": "number", "minimum": -90, "maximum": 90}),
        lon=maybe({"type": "number", "minimum": -180, "maximum": 180}),
        country=maybe(COUNTRY),
        admin1=maybe(TEXT),
        resolution=maybe(one_of(RESOLUTIONS)),
        within=maybe(TEXT),
    )
    place["properties"]["claimed_by"] = many(COUNTRY)
    return place


def date_schema() -> Json:
    """Words that name a time, and which."""
    return words(
        id=reference("T"),
        value=maybe(DATE),
        end_value=maybe(DATE),
        granularity=one_of(GRANULARITIES),
        kind=one_of(("absolute", "relative", "hijri", "vague")),
        resolved_by=maybe(one_of(("published", "dateline", "date"))),
    )


def whole(**fields: Json) -> Json:
    """An object that has these fields, all of them and no others."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def words(**fields: Json) -> Json:
    """An object that points at its words."""
    return whole(start=OFFSET, end=OFFSET, text=TEXT, **fields)


def many(item: Json) -> Json:
    """A list of such items."""
    return {"type": "array", "items": item}


def maybe(schema: Json) -> Json:
    """The thing, or null where it is not known."""
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(values: Iterable[str | StrEnum]) -> Json:
    """One of some words."""
    return {"enum": [str(value) for value in values]}


def reference(letter: str) -> Json:
    """An identifier of the record: E1, Q2, V3, P4, T5."""
    return {"type": "string", "pattern": f"^{letter}[1-9][0-9]*$"}
