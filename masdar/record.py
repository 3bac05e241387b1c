"""The record as JSON: docs/record.md, field by field."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from masdar.plover import cameo, quad, score
from masdar.types import Entity, Event, Mention, Place, Quotation, Record, Span, TimeExpression, Zone

SCHEMA = "masdar/record/1"
Json = dict[str, Any]


def to_json(record: Record) -> str:
    """One line of JSON; the same record gives the same bytes."""
    return json.dumps(to_dict(record), ensure_ascii=False, separators=(",", ":"))


def to_dict(record: Record) -> Json:
    """The record in the form of docs/record.md."""
    text = record.article.text
    holders = {mention.span: entity.id for entity in record.entities for mention in entity.mentions}
    return {
        "schema": SCHEMA,
        "document": document(record),
        "entities": [entity_of(entity, text) for entity in record.entities],
        "quotations": [quotation_of(quotation, text) for quotation in record.quotations],
        "events": [event_of(event, text) for event in record.events],
        "places": [place_of(f"P{n}", place, holders, text) for n, place in enumerate(record.places, 1)],
        "dates": [date_of(f"T{n}", time, text) for n, time in enumerate(record.times, 1)],
        "warnings": [{"code": warned.code, "message": warned.message} for warned in record.warnings],
        "made_by": {
            "program": record.made_by.program,
            "model": record.made_by.model,
            "gazetteer": record.made_by.gazetteer,
        },
    }


def document(record: Record) -> Json:
    article = record.article
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "source": article.source,
        "url": article.url,
        "language": "ar",
        "sha256": hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "zones": [zone_of(zone) for zone in record.zones],
    }


def zone_of(zone: Zone) -> Json:
    return {"kind": zone.kind.value, "start": zone.span.start, "end": zone.span.end}


def words(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}


def mention_of(mention: Mention, text: str) -> Json:
    return {**words(mention.span, text), "form": mention.form.value}


def entity_of(entity: Entity, text: str) -> Json:
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": entity.name,
        "name_latin": entity.name_latin,
        "rank": entity.rank,
        "roles": [
            {"title": role.title, "organization": role.organization, "country": role.country} for role in entity.roles
        ],
        "country": entity.country,
        "sectors": list(entity.sectors),
        "wikidata": entity.wikidata,
        "mentions": [mention_of(mention, text) for mention in entity.mentions],
    }


def quotation_of(quotation: Quotation, text: str) -> Json:
    return {
        "id": quotation.id,
        "kind": quotation.kind.value,
        "cue": words(quotation.cue, text) if quotation.cue else None,
        "contents": [words(content, text) for content in quotation.contents],
        "speakers": list(quotation.speakers),
        "speaker_span": words(quotation.speaker_span, text) if quotation.speaker_span else None,
        "addressees": list(quotation.addressees),
        "via": list(quotation.via),
        "stance": quotation.stance.value,
        "confidence": round(quotation.provenance.score, 2),
    }


def event_of(event: Event, text: str) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        "modes": list(event.modes),
        "contexts": list(event.contexts),
        "trigger": words(event.span, text),
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "places": list(event.places),
        "date": event.date,
        "status": [status.value for status in event.status],
        "claimed_in": event.claimed_in,
        "quad": quad(event.type),
        "score": float(score(event.type, event.modes)),
        "cameo": cameo(event.type, event.modes),
        "confidence": round(event.provenance.score, 2),
    }


def place_of(name: str, place: Place, holders: dict[Span, str], text: str) -> Json:
    out = {
        "id": name,
        **words(place.span, text),
        "entity": holders.get(place.span),
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "resolution": place.resolution,
        "within": place.within,
    }
    return out | {"claimed_by": list(place.claimed_by)} if place.claimed_by else out


def date_of(name: str, time: TimeExpression, text: str) -> Json:
    return {
        "id": name,
        **words(time.span, text),
        "value": time.value,
        "end_value": time.end_value,
        "granularity": time.granularity,
        "kind": time.kind,
        "resolved_by": time.resolved_by,
    }
