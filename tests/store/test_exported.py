"""What exports take from a store, on both databases."""

from __future__ import annotations

from sqlalchemy import insert, select

from masdar.exports.filters import Filter
from masdar.exports.options import Story
from masdar.exports.records import records_of_store, stories_of
from masdar.store import Store
from masdar.store.tables import articles, stories, story_reports
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
            row = {"story": "a1#V1", "article": numbers[article], "event": event, "score": 1.0, "reason": "{}"}
            writer.connection.execute(insert(story_reports).values(row))
    told = stories_of(store.view())
    found = {
        record["document"]["id"]: told(record["document"]["id"]) for record in records_of_store(store.view(), Filter())
    }
    story = Story("a1#V1", reports=2, articles=2, sources=1)
    assert found == {"a1": {"V1": story}, "a2": {"V2": story}, "a3": {}, "a4#odd id": {}}
