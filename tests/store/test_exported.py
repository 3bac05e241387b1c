"""What exports take from a store, on both databases."""

from __future__ import annotations

from sqlalchemy import insert, select

from masdar.exports.filters import Filter
from masdar.exports.known import Known
from masdar.exports.options import Options, Story
from masdar.exports.stored import hits_of, merged_of, records_of_store, splits_of, stories_of
from masdar.store import Store
from masdar.store.corrections import Judgement, reviews_of
from masdar.store.splits import Splitting, split_off
from masdar.store.tables import articles, stories, story_reports
from masdar.store.write import Decision
from tests.exports.records import meeting, sample, sides


def saved(store: Store) -> None:
    with store.writer() as writer:
        for record in sample():
            writer.save(record)


def test_records_come_as_they_were_saved(store: Store) -> None:
    saved(store)
    assert list(records_of_store(store.view(), Filter())) == sample()


def test_days_and_outlets_are_chosen_by_the_database(store: Store) -> None:
    saved(store)
    view = store.view()
    assert list(records_of_store(view, Filter(since="2024-03-13", until="2024-03-13"))) == [sides()]
    assert list(records_of_store(view, Filter(sources=frozenset({"وكالة الضفة"})))) == [meeting()]


def test_stories_are_told_while_records_stream(store: Store) -> None:
    saved(store)
    with store.writer() as writer:
        rows = writer.connection.execute(select(articles.c.id, articles.c.number))
        numbers = {row.id: row.number for row in rows}
        made = {"id": "a1#V1", "type": "ACCUSE", "day": "2024-03-13", "reports": 2, "articles": 2, "sources": 1}
        writer.connection.execute(insert(stories).values(made))
        for article, event in (("a1", "V1"), ("a2", "V2")):
            row = {"story": "a1#V1", "strand": "a1#V1", "article": numbers[article], "event": event}
            row |= {"score": 1.0, "reason": "{}"}
            writer.connection.execute(insert(story_reports).values(row))
    told = stories_of(store.view())
    found = {
        record["document"]["id"]: told(record["document"]["id"]) for record in records_of_store(store.view(), Filter())
    }
    story = Story("a1#V1", reports=2, articles=2, sources=1)
    assert found == {"a1": {"V1": story}, "a2": {"V2": story}, "a3": {}, "a4#odd id": {}}


def test_a_search_gives_what_it_finds_the_newest_first(store: Store) -> None:
    saved(store)
    view = store.view()
    found = [*records_of_store(view, Filter(), hits_of(view, "country:EGY"))]
    assert [record["document"]["id"] for record in found] == ["a2"]
    attacks = [*records_of_store(view, Filter(), hits_of(view, "type:ASSAULT"))]
    assert [[event["id"] for event in record["events"]] for record in attacks] == [["V3"], ["V2"]]
    assert [[q["id"] for q in record["quotations"]] for record in attacks] == [[], ["Q1"]]  # V2 is claimed in Q1
    said = [*records_of_store(view, Filter(), hits_of(view, "stance:deny"))]
    assert [record["document"]["id"] for record in said] == ["a2", "a1"]
    assert [[q["id"] for q in record["quotations"]] for record in said] == [["Q1", "Q2"], ["Q1", "Q2"]]
    assert [*records_of_store(view, Filter(), hits_of(view, "لاشيءهنا"))] == []


def test_what_people_rejected_is_left_out_unless_asked_for(store: Store) -> None:
    saved(store)
    judgement = Judgement("reader", "events", "V1", "reject")
    with store.writer() as writer:
        for review in reviews_of(sides(), {}, judgement):
            writer.review(review)
    view = store.view()
    wanted = Filter(since="2024-03-13", until="2024-03-13")
    (corrected,) = records_of_store(view, wanted)
    assert [event["id"] for event in corrected["events"]] == ["V2"]
    assert [*records_of_store(view, wanted, is_corrected=False)] == [sides()]


def test_actors_that_people_decided_to_be_one_have_one_key(store: Store) -> None:
    saved(store)
    keys = [Known(sides()).actor(entity) for entity in sides()["entities"]]
    with store.writer() as writer:
        writer.decide(Decision(who="reader", layer="actor", left=keys[0], right=keys[1], is_same=True))
    known = Known.of(sides(), Options(merged=merged_of(store.view())))
    merged = [known.actor(entity) for entity in sides()["entities"]]
    assert merged[0] == merged[1] in keys[:2]
    assert merged[2:] == keys[2:]


def test_actors_that_people_told_apart_have_two_keys(store: Store) -> None:
    saved(store)
    entity = next(one for one in sides()["entities"] if one["wikidata"] or one["type"] == "PER")
    key, id = Known(sides()).actor(entity), sides()["document"]["id"]
    with store.writer() as writer:
        split_off(writer, Splitting(who="reader", key=key, keys=[key], articles=[id], label="آخر"))
    options = Options(splits=splits_of(store.view()))
    known = Known.of(sides(), options)
    assert (known.actor(entity), known.wikidata(entity)) == (f"{key}~آخر", None)
    others = [one for one in sides()["entities"] if one["id"] != entity["id"]]
    assert [known.actor(one) for one in others] == [Known(sides()).actor(one) for one in others]
    assert options.splits("a9") == {}
