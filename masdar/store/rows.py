"""A record as rows of the tables: what each holds of an article. The record itself is kept beside them, unchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from masdar.store.identities import keys_of
from masdar.store.tables import dates, entities, event_places, events, parties, places, quotations, roles

Json = dict[str, Any]
Row = dict[str, Any]
Rows = dict[Table, list[Row]]
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL, and halves of characters: PostgreSQL or UTF-8 know none
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
GAP = " … "
PARTS = {"speakers": "speaker", "addressees": "addressee", "via": "via", "actors": "actor", "recipients": "recipient"}


def rows_of(record: Json, article: int, keys: dict[str, str] | None = None) -> Rows:
    """The rows of every table that the machine fills for one article; `keys` say who its entities are."""
    keys = keys_of(record) if keys is None else keys
    countries = {entity["id"]: entity["country"] for entity in record["entities"]}
    acts = [*event_rows(record)]
    found = {
        entities: [entity_row(entity, keys) for entity in record["entities"]],
        roles: [*role_rows(record, keys)],
        quotations: [quotation_row(quotation) for quotation in record["quotations"]],
        events: acts,
        parties: [*party_rows(record, keys, countries, {act["id"]: act["day"] for act in acts})],
        places: [place_row(place) for place in record["places"]],
        event_places: [
            {"event": event["id"], "place": place} for event in record["events"] for place in unique(event["places"])
        ],
        dates: [date_row(date) for date in record["dates"]],
    }
    return {table: [storable(row) | {"article": article} for row in rows] for table, rows in found.items()}


def storable(row: Row) -> Row:
    """The row without characters that no database takes; each becomes one other, so that offsets stay true."""
    return {key: UNSTORABLE.sub(REPLACEMENT, value) if isinstance(value, str) else value for key, value in row.items()}


def article_row(document: Json) -> Row:
    """What was published."""
    published = document["published"]
    return storable(
        {
            "id": document["id"],
            "source": document["source"],
            "url": document["url"],
            "title": document["title"],
            "published": published,
            "day": published[:10] if published else None,
            "text": document["text"],
            "sha256": document["sha256"],
        }
    )


def entity_row(entity: Json, keys: dict[str, str]) -> Row:
    mentions = [[mention["start"], mention["end"], mention["form"]] for mention in entity["mentions"]]
    return {
        **{key: entity[key] for key in ("id", "type", "name", "name_latin", "rank", "country", "wikidata")},
        "sector": next(iter(entity["sectors"]), None),
        "sectors": " ".join(entity["sectors"]),
        "actor": keys[entity["id"]],
        "mentions": json.dumps(mentions, separators=(",", ":")),
    }


def role_rows(record: Json, keys: dict[str, str]) -> Iterator[Row]:
    """The offices of each entity, with whom it is across articles and the article's day."""
    published = record["document"]["published"]
    for entity in record["entities"]:
        of_entity = {"entity": entity["id"], "actor": keys[entity["id"]], "day": published[:10] if published else None}
        for role in entity["roles"]:
            yield of_entity | {key: role[key] for key in ("title", "organization", "country")}


def quotation_row(quotation: Json) -> Row:
    contents = quotation["contents"]
    return {
        **{key: quotation[key] for key in ("id", "kind", "stance", "confidence")},
        "start": contents[0]["start"],
        "end": contents[-1]["end"],
        "cue": quotation["cue"]["text"] if quotation["cue"] else None,
        "content": GAP.join(content["text"] for content in contents),
    }


def event_rows(record: Json) -> Iterator[Row]:
    """Events with the value of their date, filed under its first day or, without one, under the article's."""
    values = {date["id"]: date for date in record["dates"]}
    published = record["document"]["published"]
    for event in record["events"]:
        date = values.get(event["date"], {"value": None, "end_value": None})
        yield {
            **{key: event[key] for key in ("id", "type", "claimed_in", "quad", "score", "cameo", "confidence")},
            "mode": next(iter(event["modes"]), None),
            **{key: " ".join(event[key]) for key in ("modes", "contexts", "status")},
            "start": event["trigger"]["start"],
            "end": event["trigger"]["end"],
            "trigger": event["trigger"]["text"],
            "date": date["value"],
            "end_date": date["end_value"],
            "day": first_day(date["value"]) or (published[:10] if published else None),
        }


def first_day(value: str | None) -> str | None:
    """The first day of an ISO prefix: 2020-07 → 2020-07-01."""
    return value[:10] + "-01" * (2 - value[:10].count("-")) if value else None


def party_rows(
    record: Json, keys: dict[str, str], countries: dict[str, str | None], days: dict[str, str | None]
) -> Iterator[Row]:
    """Who takes part in each quotation and event; `days` are those of the events."""
    published = article_row(record["document"])["day"]
    for item in (*record["quotations"], *record["events"]):
        for field, part in PARTS.items():
            for entity in unique(item.get(field, ())):
                yield {
                    "item": item["id"],
                    "part": part,
                    "entity": entity,
                    "actor": keys[entity],
                    "country": countries[entity],
                    "day": days.get(item["id"], published),
                }


def unique(keys: list[str]) -> list[str]:
    """Each once, in order."""
    return list(dict.fromkeys(keys))


def place_row(place: Json) -> Row:
    fields = ("id", "start", "end", "text", "entity", "geonameid", "lat", "lon", "country", "admin1", "resolution")
    return {key: place[key] for key in fields}


def date_row(date: Json) -> Row:
    fields = ("id", "start", "end", "text", "value", "end_value", "granularity", "kind", "resolved_by")
    return {key: date[key] for key in fields}
