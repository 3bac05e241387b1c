"""FollowTheMoney takes what is written for it; ids are allowed ones, well-known people one entity."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from masdar.exports import EXPORTS
from masdar.exports.ftm import article_id, utc
from masdar.exports.known import Known
from masdar.exports.options import Options
from tests.exports.records import meeting, sample
from tests.store.records import record

Json = dict[str, Any]


def written(folder: Path, records: list[Json], options: Options | None = None) -> list[Json]:
    """The entities of an export."""
    EXPORTS["ftm"](records, folder / "out", options or Options())
    return [json.loads(line) for line in (folder / "out").read_text("utf-8").splitlines()]


def test_every_reference_is_to_an_entity_that_is_there(tmp_path: Path) -> None:
    entities = written(tmp_path, sample())
    ids = {entity["id"] for entity in entities}
    refers = ("document", "resolved", "entity", "organizer", "involved", "proof", "addressEntity")
    named = {id for entity in entities for field in refers for id in entity["properties"].get(field, ())}
    assert named - ids == set()
    assert max(Counter(entity["id"] for entity in entities).values()) == 1


def test_a_person_of_wikidata_is_one_entity_and_said_again_only_with_something_new(tmp_path: Path) -> None:
    other = meeting()
    other["document"]["id"] = "a9"
    assert Counter(entity["id"] for entity in written(tmp_path, [meeting(), other]))["Q900001"] == 1
    other["entities"][0]["name"] = "سامح"
    assert Counter(entity["id"] for entity in written(tmp_path, [meeting(), other]))["Q900001"] == 2


def test_a_claim_says_who_claims_it(tmp_path: Path) -> None:
    notes = {e["id"]: e["properties"]["notes"] for e in written(tmp_path, sample()) if e["schema"] == "Event"}
    assert notes["a1.V1"] == ["told by the article"]
    assert notes["a1.V2"] == ["claimed by أنس خالد"]
    assert notes["a2.V3"] == ["told by the article", "negated"]


def test_without_text_there_is_none(tmp_path: Path) -> None:
    entities = written(tmp_path, [meeting()], Options(has_text=False, has_words=False))
    assert not any({"bodyText", "summary"} & {*entity["properties"]} for entity in entities)
    assert "title" not in entities[0]["properties"]


@pytest.mark.parametrize(
    ("id", "expected"), [("0f3a-1.b", "0f3a-1.b"), ("a#b", "masdar-"), ("Q5", "masdar-"), ("خبر", "masdar-"), ("", "")]
)
def test_article_ids_are_allowed_ones(id: str, expected: str) -> None:
    assert article_id(Known(record(id))).startswith(expected)
    assert "#" not in article_id(Known(record(id)))


def test_times_are_in_utc() -> None:
    assert utc("2024-03-13T01:30:00+03:00") == "2024-03-12T22:30:00"
    assert (utc("2024-03-13"), utc("2024-03-13T01:30:00"), utc(None)) == ("2024-03-13", "2024-03-13T01:30:00", None)


def test_followthemoney_takes_every_entity(tmp_path: Path) -> None:
    """Values are as followthemoney would have them; of the nasty text it may drop marks, but no value."""
    model = pytest.importorskip("followthemoney", exc_type=ImportError).model
    for entity in written(tmp_path, sample()):
        schema = model.get(entity["schema"])
        assert not schema.abstract
        assert schema.validate(entity) is None
        assert model.get_proxy(entity).to_dict()["properties"].keys() == entity["properties"].keys()
        for name, values in entity["properties"].items():
            for value in values:
                cleaned = schema.get(name).type.clean(value)
                assert cleaned is not None, (entity["id"], name, value)
                assert cleaned == value or entity["id"].startswith("a3"), (entity["id"], name, value)
