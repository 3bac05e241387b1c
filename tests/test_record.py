"""The record as JSON: the contract of docs/record.md."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from masdar.record import to_dict, to_json
from masdar.schema import record_schema
from masdar.types import (
    Article,
    Entity,
    EntityType,
    Event,
    Form,
    MadeBy,
    Mention,
    Place,
    Provenance,
    Quotation,
    QuotationKind,
    Record,
    Role,
    Span,
    Status,
    TimeExpression,
    Warned,
    Zone,
    ZoneKind,
)

TEXT = "وأكد الناطق باسم الجيش أن القوات ستنسحب من القدس غداً"
BY = Provenance("test", 0.876)


def at(words: str) -> Span:
    """Where the words stand."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


RECORD = Record(
    article=Article("a1", TEXT, published="2024-03-12"),
    zones=(Zone(ZoneKind.BODY, Span(0, len(TEXT))),),
    entities=(
        Entity(
            "E1",
            EntityType.PERSON,
            "الناطق باسم الجيش",
            (Mention(at("الناطق باسم الجيش"), BY, EntityType.PERSON, Form.NOMINAL),),
            roles=(Role("الناطق", "الجيش"),),
            sectors=("MIL",),
        ),
        Entity("E2", EntityType.STATE, "القدس", (Mention(at("القدس"), BY, EntityType.STATE, Form.NAME),)),
    ),
    quotations=(
        Quotation(
            at("القوات ستنسحب من القدس غداً"),
            BY,
            "Q1",
            QuotationKind.INDIRECT,
            at("أكد"),
            (at("القوات ستنسحب من القدس غداً"),),
            ("E1",),
            at("الناطق باسم الجيش"),
        ),
    ),
    events=(
        Event(at("ستنسحب"), BY, "V1", "CONCEDE", places=("P1",), date="T1", status=(Status.FUTURE,), claimed_in="Q1"),
    ),
    places=(Place(at("القدس"), BY, 281184, 31.77, 35.22, resolution="city", claimed_by=("ISR", "PSE")),),
    times=(TimeExpression(at("غداً"), BY, "2024-03-13", kind="relative", resolved_by="published"),),
    warnings=(Warned("impossible-date", "a date that the calendar does not have"),),
    made_by=MadeBy("masdar 0", "none", "none"),
)


def test_a_record_is_what_the_schema_says() -> None:
    jsonschema.Draft202012Validator.check_schema(record_schema())
    jsonschema.validate(to_dict(RECORD), record_schema())


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("entities", "country", "Jordan"),
        ("entities", "sectors", ["ARMY"]),
        ("quotations", "contents", []),
        ("quotations", "speakers", ["Q1"]),
        ("events", "type", "DANCE"),
        ("events", "claimed_in", "E1"),
        ("places", "lat", 91),
        ("dates", "granularity", "soon"),
        ("dates", "surprise", 1),
    ],
)
def test_the_schema_refuses(part: str, field: str, value: object) -> None:
    record = to_dict(RECORD)
    record[part][0][field] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, record_schema())


def test_words_stand_where_they_say() -> None:
    quotation = to_dict(RECORD)["quotations"][0]
    for words in (quotation["cue"], quotation["speaker_span"], *quotation["contents"]):
        assert TEXT[words["start"] : words["end"]] == words["text"]


def test_a_disputed_place_names_its_claimants() -> None:
    place = to_dict(RECORD)["places"][0]
    assert (place["country"], place["claimed_by"], place["entity"]) == (None, ["ISR", "PSE"], "E2")
    settled = replace(RECORD, places=(replace(RECORD.places[0], claimed_by=(), country="PSE"),))
    assert "claimed_by" not in to_dict(settled)["places"][0]


def test_json_is_one_line_of_readable_letters() -> None:
    line = to_json(RECORD)
    assert "\n" not in line
    assert "القدس" in line
    assert json.loads(line) == to_dict(RECORD)
