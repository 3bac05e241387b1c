"""Corrections: what people say of an article's items, and that it holds when the article is read anew."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import Any

import pytest

from masdar.errors import InputError
from masdar.store import Store
from masdar.store.corrections import Judged, Judgement, anchor_of, corrected, find, judged, reviews_of
from tests.store.records import TEXT, record, words

Json = dict[str, Any]


@dataclass
class Row:
    """A row of `reviews`."""

    number: int
    at: str
    who: str
    item: str
    anchor: str
    verdict: str
    field: str | None
    value: str | None
    note: str | None


class Desk:
    """An article under review, without a store."""

    def __init__(self, article: Json) -> None:
        self.article = article
        self.rows: list[Row] = []

    def say(self, who: str, verdict: str, item: str = "Q1", layer: str = "quotations", **values: object) -> None:
        """Somebody judges."""
        for review in reviews_of(self.article, self.items, Judgement(who, layer, item, verdict, values)):
            value = None if review.value is None else json.dumps(review.value)
            anchor = json.dumps(review.anchor)
            self.rows.append(
                Row(len(self.rows) + 1, "", who, review.item, anchor, verdict, review.field, value, review.note)
            )

    @property
    def items(self) -> dict[str, Judged]:
        """What was judged."""
        return judged(self.article, self.rows)

    @property
    def made(self) -> Json:
        """The corrected record."""
        return corrected(self.article, self.items)[0]


@pytest.fixture
def desk() -> Desk:
    return Desk(record("a1"))


def read_anew(article: Json, before: str) -> Json:
    """The same article with a line before it and other ids, as a newer model and a newer text would have it."""
    text = before + article["document"]["text"]

    def moved(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            made = {key: moved(one) for key, one in value.items()}
            return made | {key: made[key] + len(before) for key in ("start", "end") if key in made}
        if isinstance(value, list):
            return [moved(one) for one in value]
        is_id = isinstance(value, str) and value[:1] in "QVEPT" and value[1:].isdecimal()
        return f"{value[0]}{int(value[1:]) + 7}" if is_id else value

    layers = ("entities", "quotations", "events", "places", "dates")
    document = article["document"] | {"text": text}
    return {**copy.deepcopy(article), **{layer: moved(article[layer]) for layer in layers}, "document": document}


def test_rejected_items_are_gone_and_so_are_references_to_them(desk: Desk) -> None:
    desk.say("ليلى", "reject")
    made = desk.made
    assert [quotation["id"] for quotation in made["quotations"]] == ["Q2"]
    assert made["events"][1]["claimed_in"] is None


def test_changed_fields(desk: Desk) -> None:
    desk.say("ليلى", "change", speakers=["E1"], stance="assert")
    quotation = desk.made["quotations"][0]
    assert (quotation["speakers"], quotation["stance"]) == (["E1"], "assert")
    assert [row.field for row in desk.rows] == ["speakers", "stance"]


def test_what_is_there_already_is_no_change(desk: Desk) -> None:
    desk.say("ليلى", "change", speakers=["E3"], stance="accuse")
    assert desk.rows == []


def test_event_of_another_type_has_other_scores(desk: Desk) -> None:
    desk.say("ليلى", "change", "V2", "events", type="THREATEN", modes=["violence"])
    event = desk.made["events"][1]
    assert (event["quad"], event["score"]) == (3, -3.5)


def test_additions(desk: Desk) -> None:
    said = words(TEXT, "اللجنة")
    desk.say("ليلى", "add", "", "quotations", contents=[said], speakers=["E1"], stance="demand")
    assert desk.rows[-1].item == "+1"
    made = desk.made
    added = next(quotation for quotation in made["quotations"] if quotation["stance"] == "demand")
    assert (added["id"], added["speakers"], added["contents"]) == ("Q3", ["E1"], [said])
    desk.say("ليلى", "change", "+1", "quotations", stance="ask")
    assert {quotation["stance"] for quotation in desk.made["quotations"]} == {"accuse", "deny", "ask"}
    desk.say("ليلى", "reject", "+1")
    assert len(desk.made["quotations"]) == 2


def test_corrections_survive_a_reading_with_other_ids_and_places(desk: Desk) -> None:
    desk.say("ليلى", "reject", "V1", "events")
    desk.say("ليلى", "change", "Q1", speakers=["E1"])
    desk.say("ليلى", "change", "V2", "events", actors=["E3"], claimed_in="Q2")
    desk.say("ليلى", "add", "", "entities", name="جبهة", type="ORG", mentions=[words(TEXT, "جبهة")])
    desk.article = read_anew(desk.article, "عاجل\n")
    made = desk.made
    assert [event["id"] for event in made["events"]] == ["V9"]
    assert (made["events"][0]["actors"], made["events"][0]["claimed_in"]) == (["E10"], "Q9")
    assert made["quotations"][0]["speakers"] == ["E8"]
    added = next(entity for entity in made["entities"] if entity["name"] == "جبهة")
    assert added["mentions"][0]["start"] == len("عاجل\n") + TEXT.index("جبهة")


def test_what_the_machine_no_longer_finds_is_kept(desk: Desk) -> None:
    desk.say("ليلى", "accept", "V1", "events")
    desk.article["events"] = []
    (lost,) = desk.items.values()
    assert (lost.id, lost.anchor["words"]) == (None, "تتهم")


def test_readers_disagree_until_it_is_settled(desk: Desk) -> None:
    desk.say("ليلى", "accept")
    desk.say("سليم", "reject")
    assert desk.items["Q1"].is_disputed
    desk.say("هالة", "settle", reader="ليلى")
    assert (desk.items["Q1"].is_disputed, desk.items["Q1"].state) == (False, "accept")
    desk.say("سليم", "change", stance="ask")
    assert desk.items["Q1"].is_disputed


def test_same_change_by_two_readers_is_no_disagreement(desk: Desk) -> None:
    desk.say("ليلى", "change", stance="ask")
    first, desk.rows = desk.rows, []
    desk.say("سليم", "change", stance="ask")
    desk.rows = first + desk.rows
    assert not desk.items["Q1"].is_disputed


def test_own_opinion_can_be_withdrawn(desk: Desk) -> None:
    desk.say("ليلى", "reject")
    desk.say("ليلى", "withdraw")
    assert desk.items["Q1"].state == "unread"


@pytest.mark.parametrize(
    ("layer", "item", "verdict", "values", "told"),
    [
        ("quotations", "Q9", "accept", {}, "no Q9"),
        ("quotations", "Q1", "change", {"stance": "shout"}, "stance is one of"),
        ("quotations", "Q1", "change", {"colour": "red"}, "no field 'colour'"),
        ("quotations", "Q1", "change", {"speakers": ["E99"]}, "no E99"),
        ("quotations", "Q1", "change", {"contents": []}, "must not be empty"),
        ("quotations", "Q1", "change", {"cue": {"start": 0, "text": "ليست هنا"}}, "do not stand in the article"),
        ("quotations", "Q1", "change", {"contents": "قال"}, "is a list"),
        ("events", "V1", "add", {"type": "ASSAULT"}, "trigger must not be empty"),
        ("places", "P1", "change", {"lat": "north"}, "is a number"),
        ("quotations", "Q1", "settle", {"reader": "nobody"}, "has said nothing"),
        ("people", "Q1", "accept", {}, "no verdict"),
    ],
)
def test_what_is_not_of_its_form_is_refused(  # noqa: PLR0913
    desk: Desk, layer: str, item: str, verdict: str, values: Json, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        desk.say("ليلى", verdict, item, layer, **values)


def test_anchors_find_every_item_of_the_record() -> None:
    article = record("a1")
    for layer in ("quotations", "events", "entities", "places", "dates"):
        for item in article[layer]:
            assert find(article, anchor_of(article, layer, item["id"])) == item["id"]


def test_reviews_are_kept_in_both_databases(store: Store) -> None:
    article = record("a1")
    with store.writer() as writer:
        writer.save(article)
        for review in reviews_of(article, {}, Judgement("ليلى", "quotations", "Q1", "change", {"speakers": ["E1"]})):
            writer.review(review)
    items = judged(article, store.view().reviews("a1"))
    assert corrected(article, items)[0]["quotations"][0]["speakers"] == ["E1"]
