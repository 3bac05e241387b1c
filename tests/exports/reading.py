"""Reads exported tables back into records, so that tests can compare them with what was written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from masdar.exports.layers import LAYERS
from masdar.record import SCHEMA

Json = dict[str, Any]
Tables = dict[str, list[Json]]
CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])')
NUMBERS = {"integer": int, "number": float}


def csv_tables(folder: Path) -> Tables:
    """The tables of a folder of CSV, by a reader that tells an empty text from nothing."""
    return {layer.name: list(csv_rows(folder / f"{layer.name}.csv", layer.columns)) for layer in LAYERS}


def csv_rows(path: Path, columns: Any) -> Iterator[Json]:  # noqa: ANN401
    """The rows of one table."""
    text = path.read_bytes().decode("utf-8")
    row: list[str | None] = []
    rows = []
    for match in CELL.finditer(text):
        quoted, bare, end = match.groups()
        row.append(bare or None if quoted is None else quoted.replace('""', '"'))
        if end == "\n":
            rows.append(row)
            row = []
    assert rows[0] == [column.name for column in columns]
    for values in rows[1:]:
        yield {column.name: value_of(value, column.kind) for column, value in zip(columns, values, strict=True)}


def value_of(value: str | None, kind: str) -> Any:  # noqa: ANN401
    """A cell as its column means it."""
    if kind == "codes":
        return value.split() if value else []
    return NUMBERS[kind](value) if value is not None and kind in NUMBERS else value


def parquet_tables(folder: Path) -> Tables:
    """The tables of a folder of Parquet."""
    from pyarrow.parquet import read_table

    return {layer.name: read_table(folder / f"{layer.name}.parquet").to_pylist() for layer in LAYERS}


def records_of(tables: Tables) -> list[Json]:
    """The records that the tables were made from."""
    by_article: dict[str, Tables] = defaultdict(lambda: {layer.name: [] for layer in LAYERS})
    for name, rows in tables.items():
        for row in rows:
            by_article[row["article"]][name].append(row)
    return [record_of(parts) for parts in by_article.values()]


def record_of(parts: Tables) -> Json:
    """The record of one article."""
    article = parts["articles"][0]
    document = {"id": article["article"]}
    document |= {key: article[key] for key in ("title", "text", "published", "source", "url", "language", "sha256")}
    return {
        "schema": SCHEMA,
        "document": document | {"zones": [fields(zone, "kind start end") for zone in parts["zones"]]},
        "entities": [entity_of(row, parts) for row in parts["entities"]],
        "quotations": [quotation_of(row, parts) for row in parts["quotations"]],
        "events": [event_of(row, parts) for row in parts["events"]],
        "places": [place_of(row) for row in parts["places"]],
        "dates": [
            fields(row, "start end text value end_value granularity kind resolved_by") | {"id": short(row["id"])}
            for row in parts["dates"]
        ],
        "warnings": [fields(row, "code message") for row in parts["warnings"]],
        "made_by": fields(article, "program model gazetteer"),
    }


def entity_of(row: Json, parts: Tables) -> Json:
    mentions = [mention for mention in parts["mentions"] if mention["entity"] == row["id"]]
    roles = [role for role in parts["roles"] if role["entity"] == row["id"]]
    return {
        "id": short(row["id"]),
        **fields(row, "type name name_latin rank country sectors wikidata"),
        "mentions": [fields(mention, "start end text form") for mention in mentions],
        "roles": [fields(role, "title organization country") for role in roles],
    }


def quotation_of(row: Json, parts: Tables) -> Json:
    contents = [content for content in parts["contents"] if content["quotation"] == row["id"]]
    return {
        "id": short(row["id"]),
        **fields(row, "kind stance confidence"),
        "contents": [fields(content, "start end text") for content in contents],
        "cue": span_of(row, "cue"),
        "speaker_span": span_of(row, "speaker"),
        **{
            field: taking_part(parts["quotation_parties"], "quotation", row["id"], part)
            for field, part in (("speakers", "speaker"), ("addressees", "addressee"), ("via", "via"))
        },
    }


def event_of(row: Json, parts: Tables) -> Json:
    places = [place["place"] for place in parts["event_places"] if place["event"] == row["id"]]
    return {
        "id": short(row["id"]),
        **fields(row, "type modes contexts quad score cameo status confidence"),
        "trigger": span_of(row, "trigger"),
        "date": short(row["date"]),
        "claimed_in": short(row["claimed_in"]),
        "places": [short(place) for place in places],
        "actors": taking_part(parts["event_parties"], "event", row["id"], "actor"),
        "recipients": taking_part(parts["event_parties"], "event", row["id"], "recipient"),
    }


def place_of(row: Json) -> Json:
    claimed = {"claimed_by": row["claimed_by"]} if row["claimed_by"] else {}
    found = fields(row, "start end text geonameid lat lon country admin1 resolution within")
    return {"id": short(row["id"]), "entity": short(row["entity"]), **found, **claimed}


def taking_part(rows: list[Json], key: str, item: str, part: str) -> list[str | None]:
    return [short(row["entity"]) for row in rows if row[key] == item and row["part"] == part]


def span_of(row: Json, name: str) -> Json | None:
    if row[f"{name}_start"] is None:
        return None
    return {"start": row[f"{name}_start"], "end": row[f"{name}_end"], "text": row[name]}


def fields(row: Json, names: str) -> Json:
    return {name: row[name] for name in names.split()}


def short(id: str | None) -> str | None:
    """Q1 of 0f3a…#Q1; an article's id may have a # too."""
    return id.rpartition("#")[2] if id else None
