"""What is asked for is exported, and no more of it."""

from __future__ import annotations

from typing import Any

import pytest

from masdar.exports.filters import Filter
from masdar.exports.known import first_day, last_day
from masdar.exports.options import Options, shown
from tests.exports.records import sample, sides


def taken(asked: Filter) -> dict[str, tuple[list[str], list[str]]]:
    """Of each record that is taken, the quotations and events."""
    return {
        record["document"]["id"]: tuple([item["id"] for item in record[layer]] for layer in ("quotations", "events"))  # type: ignore[misc]
        for record in asked.take(sample())
    }


WHOLE = {"a1": (["Q1", "Q2"], ["V1", "V2"]), "a2": (["Q1", "Q2"], ["V1", "V2", "V3", "V4"]), "a3": (["Q1"], ["V1"])}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Filter(), {**WHOLE, "a4#odd id": ([], [])}),
        (Filter(since="2024-03-13", until="2024-03-13"), {"a1": WHOLE["a1"]}),
        (Filter(since="2024-03-14"), {"a2": WHOLE["a2"]}),
        (Filter(until="2024-03-12"), {}),
        (Filter(sources=frozenset({"وكالة الضفة"})), {"a2": WHOLE["a2"]}),
        (Filter(types=frozenset({"ACCUSE"})), {"a1": (["Q1", "Q2"], ["V1"])}),
        (Filter(countries=frozenset({"TUR", "UNO"})), {"a2": (["Q1", "Q2"], ["V1", "V3"])}),
        (Filter(types=frozenset({"CONSULT"}), countries=frozenset({"SYR"})), {}),
        (Filter(speakers=frozenset({"Q900001"})), {"a2": (["Q1"], ["V1", "V2", "V3", "V4"])}),
        (Filter(speakers=frozenset({"sameh al-buheiri"})), {"a2": (["Q1"], ["V1", "V2", "V3", "V4"])}),
        (Filter(speakers=frozenset({"اورهان دينيز"})), {"a2": (["Q1", "Q2"], ["V1", "V2", "V3", "V4"])}),
        (Filter(speakers=frozenset({"nobody"})), {}),
        (Filter(types=frozenset({"ASSAULT"}), speakers=frozenset({"انس خالد"})), {"a1": (["Q1", "Q2"], ["V2"])}),
    ],
)
def test_a_filter_takes_what_is_asked_for(asked: Filter, expected: Any) -> None:  # noqa: ANN401
    """Q1 of a2 stays where V2 is claimed in it, whoever is asked for."""
    assert taken(asked) == expected


def test_days_are_those_of_our_calendar() -> None:
    assert [first_day(value) for value in ("2020-07-14T10", "2020-07", "2020", "199", "-300", "2020-02-30", None)] == [
        "2020-07-14", "2020-07-01", "2020-01-01", None, None, None, None,
    ]  # fmt: skip
    assert [last_day(value) for value in ("2020-07-14", "2020-02", "2020", "2019-02", "199", None)] == [
        "2020-07-14", "2020-02-29", "2020-12-31", "2019-02-28", None, None,
    ]  # fmt: skip


def test_what_is_withheld_is_null_and_the_record_itself_is_left_alone() -> None:
    made = sides()
    bare = shown(made, Options(has_text=False))
    assert (bare["document"]["text"], bare["document"]["title"]) == (None, None)
    assert bare["document"]["sha256"] == made["document"]["sha256"]
    assert bare["quotations"] == made["quotations"]
    silent = shown(made, Options(has_words=False))
    assert {content["text"] for quotation in silent["quotations"] for content in quotation["contents"]} == {None}
    assert made == sides()
