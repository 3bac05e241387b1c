"""Entities of FollowTheMoney, one a line, for Aleph, OpenSanctions' tools and whatever else speaks it.

An article is an Article; people, bodies and states are Person, PublicBody, Organization or Company, places that are
no actor Address; each is tied to its article by a Mention. A quotation is a Documentation of its speaker by the
article, an event an Event. Whoever is known by a Wikidata identifier has that as id in every article (merge the lines
of one id with `ftm aggregate`); all others are of their article only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from masdar.exports.countries import countries
from masdar.exports.files import new_file
from masdar.exports.jsonl import line_of
from masdar.exports.known import Known
from masdar.exports.options import Json, Options, shown
from masdar.exports.text import address, writable

PUBLIC = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
FIT_FOR_ID = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,80}[A-Za-z0-9])?")
ACTORS = frozenset({"PER", "ORG", "GPE"})
GAP = " … "
LONG = frozenset({"bodyText", "summary"})  # properties that keep their line breaks


def write_ftm(records: Iterable[Json], into: Path | None, options: Options) -> None:
    """One entity a line; an entity that says nothing new is not said again."""
    said: set[str] = set()
    with new_file(into) as file:
        for record in records:
            for entity in entities_of(Known.of(shown(record, options), options)):
                line = line_of(entity)
                if entity["id"].startswith("Q"):
                    if line in said:
                        continue
                    said.add(line)
                file.write(line + "\n")


def entities_of(known: Known) -> Iterator[Json]:
    """Everything that one article gives."""
    yield article(known)
    for entity in known.record["entities"]:
        yield thing(known, entity)
        if entity["type"] in ACTORS:
            yield mention(known, entity)
    for quotation in known.record["quotations"]:
        yield from documentations(known, quotation)
    for event in known.record["events"]:
        yield event_of(known, event)


def article(known: Known) -> Json:
    """The article."""
    document = known.document
    return made(
        article_id(known),
        "Article",
        title=document["title"],
        fileName=known.id,
        publisher=document["source"],
        sourceUrl=address(document["url"]),
        publishedAt=utc(document["published"]),
        language="ara",
        bodyText=document["text"],
    )


def utc(published: str | None) -> str | None:
    """A date, or a time in UTC: FollowTheMoney has no zones."""
    if published is None or len(published) <= len("2018-04-09"):
        return published
    at = datetime.fromisoformat(published)
    return (at.astimezone(UTC) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M:%S")


def thing(known: Known, entity: Json) -> Json:
    """A person, body, state or place."""
    schema = schema_of(entity)
    country = iso2(entity["country"])
    if schema == "Address":
        return address_of(known, entity)
    offices = [role["title"] for role in entity["roles"]]
    more = {"position": offices, "title": entity["rank"]} if schema == "Person" else {}
    return made(
        entity_id(known, entity),
        schema,
        name=[entity["name"], entity["name_latin"]],
        country=country,
        wikidataId=known.wikidata(entity),
        keywords=entity["sectors"],
        **more,
    )


def address_of(known: Known, entity: Json) -> Json:
    """A place that is no actor."""
    spots = [place for place in known.record["places"] if place["entity"] == entity["id"]]
    spot = next((place for place in spots if place["lat"] is not None), {"lat": None, "lon": None, "country": None})
    return made(
        entity_id(known, entity),
        "Address",
        name=[entity["name"], entity["name_latin"]],
        full=entity["name"],
        country=iso2(spot["country"] or entity["country"]),
        latitude=spot["lat"],
        longitude=spot["lon"],
        wikidataId=known.wikidata(entity),
    )


def schema_of(entity: Json) -> str:
    """Person, PublicBody, Company, Organization or Address."""
    kind, sectors = entity["type"], entity["sectors"]
    if kind == "PER":
        return "Person"
    if kind == "GPE" or (kind == "ORG" and PUBLIC.intersection(sectors[:1])):
        return "PublicBody"
    if kind == "ORG":
        return "Company" if sectors[:1] == ["BUS"] else "Organization"
    return "Address"


def mention(known: Known, entity: Json) -> Json:
    """That the article names somebody."""
    return made(
        item_id(known, entity["id"], "mention"),
        "Mention",
        document=article_id(known),
        resolved=entity_id(known, entity),
        name=[entity["name"], *(mention["text"] for mention in entity["mentions"] if mention["form"] == "name")],
        detectedSchema=schema_of(entity),
        contextCountry=iso2(entity["country"]),
    )


def documentations(known: Known, quotation: Json) -> Iterator[Json]:
    """That somebody said something: one for each who said it, whom it was said to, whom it came through."""
    texts = [content["text"] for content in quotation["contents"]]
    summary = None if None in texts else GAP.join(texts)
    for field, part in (("speakers", "speaker"), ("addressees", "addressee"), ("via", "via")):
        for entity in quotation[field]:
            yield made(
                item_id(known, quotation["id"], entity, part),
                "Documentation",
                document=article_id(known),
                entity=entity_id(known, known.entities[entity]),
                role=part,
                status=f"{quotation['kind']}, {quotation['stance']}",
                summary=summary,
                date=known.published,
                publisher=known.document["source"],
                sourceUrl=address(known.document["url"]),
                recordId=known.whole(quotation["id"]),
            )


def event_of(known: Known, event: Json) -> Json:
    """What happened, or is said to have."""
    day = known.day(event)
    places = [known.places[place] for place in event["places"]]
    what = " ".join((event["type"], *event["modes"]))
    claimed = [entity["name"] for entity in known.claimants(event)]
    standing = f"claimed by {', '.join(claimed) or 'somebody'}" if event["claimed_in"] else "told by the article"
    return made(
        item_id(known, event["id"]),
        "Event",
        name=f"{what}: {event['trigger']['text']}",
        date=None if day.last else value_of(known, event),
        startDate=day.first if day.last else None,
        endDate=day.last,
        organizer=actors(known, event["actors"]),
        involved=actors(known, [*event["actors"], *event["recipients"]]),
        location=[known.place_name(place) for place in places],
        addressEntity=spots(known, places),
        country=[iso2(place["country"]) for place in places],
        keywords=event["contexts"],
        notes=[standing, *event["status"]],
        proof=article_id(known),
        sourceUrl=address(known.document["url"]),
        recordId=known.whole(event["id"]),
    )


def spots(known: Known, places: list[Json]) -> list[str]:
    """The ids of those places that are an Address."""
    found = (known.entities.get(place["entity"]) for place in places)
    return [entity_id(known, entity) for entity in found if entity and entity["type"] not in ACTORS]


def value_of(known: Known, event: Json) -> str | None:
    """The event's date as exact as it is known, up to the day."""
    return str(known.dates[event["date"]]["value"])[:10] if known.day(event).said_by == "text" else known.published


def actors(known: Known, entities: list[str]) -> list[str]:
    """The ids of those entities that can act: FollowTheMoney lets no place take part."""
    found = (known.entities[entity] for entity in dict.fromkeys(entities))
    return [entity_id(known, entity) for entity in found if entity["type"] in ACTORS]


def entity_id(known: Known, entity: Json) -> str:
    """The Wikidata identifier, or the article's id with the entity's."""
    return str(known.wikidata(entity) or item_id(known, entity["id"]))


def article_id(known: Known) -> str:
    """The article's id in FollowTheMoney."""
    return allowed(known.id)


@lru_cache(maxsize=8)  # it is asked for with every item of an article
def allowed(id: str) -> str:
    """An id, or a digest of it where FollowTheMoney would not take it or take it for somebody of Wikidata."""
    if FIT_FOR_ID.fullmatch(id) and not re.fullmatch("Q[0-9]+", id):
        return id
    return "masdar-" + hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def item_id(known: Known, *parts: str) -> str:
    """The id of something of the article: 0f3a….Q1; a # is not allowed there."""
    return ".".join((article_id(known), *parts))


def iso2(code: str | None) -> str | None:
    """FollowTheMoney's country code: ISO 3166 alpha-2 in small letters."""
    country = countries().get(code or "")
    return country.iso2.lower() if country else None


def made(id: str, schema: str, **properties: Any) -> Json:  # noqa: ANN401
    """An entity; properties without a value are left out, every value is a string."""
    found = {name: values for name, value in properties.items() if (values := strings(value, is_long=name in LONG))}
    return {"id": id, "schema": schema, "properties": found}


def strings(value: Any, *, is_long: bool) -> list[str]:  # noqa: ANN401
    """The values of a property, each once. FollowTheMoney wants composed letters (NFC), and names on one line."""
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    tidy = [tidied(str(one), is_long=is_long) for one in values if one is not None]
    return [text for text in dict.fromkeys(tidy) if text]


def tidied(text: str, *, is_long: bool) -> str:
    """A value; most are as they should be."""
    if text.isascii() and text.isprintable() and not text.startswith(" ") and not text.endswith(" "):
        return text if is_long or "  " not in text else " ".join(text.split())
    text = unicodedata.normalize("NFC", writable(text))
    return text.strip() if is_long else " ".join(text.split())
