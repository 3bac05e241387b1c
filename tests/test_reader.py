"""The whole way, with the model that ships: what must hold in every record of every article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masdar.reader import Reader
from masdar.record import to_dict, to_json
from masdar.schema import record_schema
from masdar.types import Article

SAMPLE = (Path(__file__).parents[1] / "examples" / "sample.txt").read_text("utf-8")
ARTICLES = {
    "sample": Article("sample", SAMPLE, published="2024-03-13", title=SAMPLE.split("\n")[0]),
    "one sentence": Article("one", "نفت الحكومة التونسية أمس أن تكون قد أغلقت المعابر."),
    "one word": Article("word", "دمشق", published="2024-03-13"),
    "empty": Article("empty", ""),
    "marks": Article("marks", 'قال: «لن نرحل. وأضاف "لا» سنبقى” حتى “النهاية'),
    "no Arabic": Article("latin", "Nothing here, 12:30 \N{FLAG IN HOLE}\u2067!"),
    "long": Article("long", (SAMPLE + "\n") * 6, published="2024-03-13"),
    "vocalised": Article("vocalised", "قَالَ الرَّئِيسُ إِنَّ الوَفـــدَ سَيَصِلُ إلى الجزائرِ غَداً", published="2024-03-13"),
}
LETTERS = st.text(alphabet='قال الرئيس إن«»"“”:.،؟\n \u064e\u0640\u200f0١2abپ\U0001f600', max_size=200)


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader as it ships."""
    return Reader.load(threads=1)


def pointed(value: object) -> Iterator[dict[str, Any]]:
    """Everything in a record that points at words."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from pointed(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from pointed(inner)


def references(record: dict[str, Any]) -> set[str]:
    """Every identifier that a record refers to."""
    found: set[str | None] = {place["entity"] for place in record["places"]}
    for quotation in record["quotations"]:
        found.update(quotation["speakers"] + quotation["addressees"] + quotation["via"])
    for event in record["events"]:
        found.update(event["actors"] + event["recipients"] + event["places"])
        found |= {event["date"], event["claimed_in"]}
    return {key for key in found if key}


def identifiers(record: dict[str, Any]) -> list[str]:
    """Every identifier that a record gives."""
    parts = ("entities", "quotations", "events", "places", "dates")
    return [item["id"] for part in parts for item in record[part]]


@pytest.mark.parametrize("name", ARTICLES)
def test_what_holds_in_every_record(reader: Reader, name: str) -> None:
    text = ARTICLES[name].text
    record = to_dict(reader.read(ARTICLES[name]))
    jsonschema.validate(record, record_schema())
    assert all(text[words["start"] : words["end"]] == words["text"] for words in pointed(record))
    assert len(identifiers(record)) == len(set(identifiers(record)))
    assert references(record) <= set(identifiers(record))
    zones = record["document"]["zones"]
    assert all(one["end"] <= other["start"] for one, other in pairwise(zones))
    ends = [0, *(zone["end"] for zone in zones)]
    starts = [*(zone["start"] for zone in zones), len(text)]
    assert not "".join(text[end:start] for end, start in zip(ends, starts, strict=True)).strip()


@pytest.mark.parametrize("name", ["sample", "marks", "long"])
def test_the_same_bytes_on_a_second_run(reader: Reader, name: str) -> None:
    assert to_json(reader.read(ARTICLES[name])) == to_json(reader.read(ARTICLES[name]))


def test_without_a_publication_date_nothing_relative_is_resolved(reader: Reader) -> None:
    record = to_dict(reader.read(ARTICLES["one sentence"]))
    assert [date["value"] for date in record["dates"]] == [None]
    assert [warning["code"] for warning in record["warnings"]] == ["no-publication-date"]


def test_who_said_what_in_the_sample(reader: Reader) -> None:
    record = to_dict(reader.read(ARTICLES["sample"]))
    names = {entity["id"]: entity["name"] for entity in record["entities"]}
    said = {
        content["text"]: names.get(next(iter(q["speakers"]), ""))
        for q in record["quotations"]
        for content in q["contents"]
    }
    assert "العزام" in (said.get("لن نسمح بأن تتحول حدودنا إلى ممر للسلاح") or "")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=LETTERS)
def test_read_never_raises(reader: Reader, text: str) -> None:
    record = to_dict(reader.read(Article("x", text, published="2024-03-13")))
    assert all(text[words["start"] : words["end"]] == words["text"] for words in pointed(record))
