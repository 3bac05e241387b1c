"""Counts by period, dyad and type."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from masdar.exports.aggregate import Counts, write_aggregate
from masdar.exports.options import Options, Story
from tests.exports.records import meeting, sides
from tests.store.records import date, entity, event, record, words

Json = dict[str, Any]
NAMES = ("period", "actor", "recipient", "type", "standing", "count", "mean_score")


def counted(folder: Path, records: list[Json], counts: Counts, options: Options | None = None) -> list[list[str]]:
    """The rows of the table without the quad class."""
    write_aggregate(records, folder / "out.csv", counts, options or Options())
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return [[row[name] for name in NAMES] for row in csv.DictReader(file)]


def strike(id: str, text: str = "قصف", value: str | None = None, **more: Any) -> Json:  # noqa: ANN401
    """An attack of Syria's army on one of Turkey and one of nobody."""
    made = record(id, text, published="2024-03-13T23:00:00+00:00")
    countries = ("SYR", "SYR", "TUR", None)
    made["entities"] = [entity(f"E{n}", "ORG", "جيش", [], country=code) for n, code in enumerate(countries, 1)]
    made["dates"] = [date("T1", words(text, text), value)] if value else []
    fields: Json = {"date": "T1" if value else None, "modes": ["aerial"]} | more
    made["events"] = [event("V1", "ASSAULT", words(text, text), ["E1", "E2"], ["E3", "E4"], **fields)]
    return made


def test_each_pair_of_countries_counts_once(tmp_path: Path) -> None:
    assert counted(tmp_path, [strike("a1"), strike("a2")], Counts("day", is_by_events=True)) == [
        ["2024-03-13", "SYR", "", "ASSAULT", "told", "2", "-9.5"],
        ["2024-03-13", "SYR", "TUR", "ASSAULT", "told", "2", "-9.5"],
    ]


def test_scores_are_means_and_claims_are_apart(tmp_path: Path) -> None:
    records = [strike("a1"), strike("a2", modes=["primitive"]), strike("a3", claimed_in="Q1")]
    rows = counted(tmp_path, records, Counts("month", is_by_events=True))
    assert [row[4:] for row in rows if row[2] == "TUR"] == [["claimed", "1", "-9.5"], ["told", "2", "-8.75"]]


@pytest.mark.parametrize(
    ("by", "value", "period"),
    [
        ("day", "2024-02-01", "2024-02-01"),
        ("month", "2024-02-01", "2024-02"),
        ("day", "2024-02", "2024-02"),
        ("month", "2024", "2024"),
        ("day", "2024-02-01T10", "2024-02-01"),
        ("day", None, "2024-03-13"),
    ],
)
def test_a_period_is_no_more_exact_than_the_date(by: str, value: str | None, period: str, tmp_path: Path) -> None:
    rows = counted(tmp_path, [strike("a1", value=value)], Counts(by, is_by_events=True))
    assert {row[0] for row in rows} == {period}


@pytest.mark.parametrize("status", ["negated", "future", "hypothetical", "historical"])
def test_what_did_not_happen_does_not_count(status: str, tmp_path: Path) -> None:
    made = strike("a1", status=[status])
    assert counted(tmp_path, [made], Counts("day", is_by_events=True)) == []
    assert len(counted(tmp_path, [made], Counts("day", is_by_events=True), Options(has_unreal=True))) == 2


def test_two_who_meet_count_both_ways(tmp_path: Path) -> None:
    rows = counted(tmp_path, [meeting()], Counts("day", is_by_events=True))
    assert [row[1:4] for row in rows] == [["", "", "SUPPORT"], ["EGY", "TUR", "CONSULT"], ["TUR", "EGY", "CONSULT"]]


def test_an_event_of_several_reports_counts_once_and_is_told_if_one_tells_it(tmp_path: Path) -> None:
    story = Story("a1#V1", reports=2, articles=2, sources=2)
    options = Options(stories=lambda article: {"V1": story} if article != "a3" else {})
    records = [strike("a1", claimed_in="Q1"), strike("a2", value="2024-03-12"), strike("a3")]
    rows = counted(tmp_path, records, Counts("month", is_by_events=True), options)
    assert [row[4:6] for row in rows if row[2] == "TUR"] == [["told", "2"]]
    rows = counted(tmp_path, records, Counts("month", is_by_events=False), options)
    assert [row[4:6] for row in rows if row[2] == "TUR"] == [["claimed", "1"], ["told", "2"]]


def test_an_article_without_any_date_has_a_period_of_its_own(tmp_path: Path) -> None:
    made = sides()
    made["document"]["published"] = None
    rows = counted(tmp_path, [made], Counts("day", is_by_events=True))
    assert [row[0] for row in rows] == ["", "2024-03-12"]
