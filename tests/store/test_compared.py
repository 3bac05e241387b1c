"""What outlets tell of one event and what became of one quotation, in both databases."""

from __future__ import annotations

import copy

import pytest
from sqlalchemy import insert, select

from masdar.store import Store
from masdar.store.compared import TOLL, WHEN, WHO, Wished, compare, echo_list, firsts, outlets_of, story_list
from masdar.store.differences import story
from masdar.store.tables import articles, echoes, stories, story_reports
from tests.store.records import Json, record
from tests.store.test_people import FRONT, save

STORY, QUOTATION = "a#V2", "a#Q1"


def told(id: str, outlet: str, **document: str) -> Json:
    """The sample article by an outlet; but for the first one nobody is said to have done it."""
    made = copy.deepcopy(record(id, source=outlet, **document))
    if id != "a":
        made["events"][1].update(actors=[], claimed_in=None)
    return made


@pytest.fixture
def joined(store: Store) -> Store:
    """Three outlets with one event and one quotation, joined by hand."""
    save(store, told("a", "وكالة الساحل"), told("b", "قناة الهضبة"), told("c", "شبكة الوادي", published="2024-03-14"))
    with store.writer() as writer:
        numbers = {row.id: row.number for row in writer.connection.execute(select(articles.c.id, articles.c.number))}
        one = {"id": STORY, "type": "ASSAULT", "day": "2024-03-12", "reports": 3, "articles": 3, "sources": 3}
        writer.connection.execute(insert(stories), one)
        for id, number in numbers.items():
            report = {"story": STORY, "strand": STORY, "article": number, "event": "V2", "score": 1.0, "reason": "{}"}
            writer.connection.execute(insert(story_reports), report)
            relation = "first" if id == "a" else "verbatim"
            echo = {"id": QUOTATION, "strand": QUOTATION, "article": number, "quotation": "Q1", "relation": relation}
            writer.connection.execute(insert(echoes), {**echo, "likeness": 1.0})
    return store


def test_what_each_outlet_tells_and_leaves_out(joined: Store) -> None:
    found = story(joined.view(), STORY)
    assert found is not None
    one = compare(joined.view(), found)
    assert one.outlets == ("وكالة الساحل", "قناة الهضبة", "شبكة الوادي")
    (who,) = one.facts[WHO]
    assert (who.value, who.key, who.outlets) == ("جبهة الوادي", FRONT, {"وكالة الساحل": 1})
    (when,) = one.facts[WHEN]
    assert len(when.outlets) == 3 and TOLL not in one.facts
    left_out = {outlet: [(fact.group, fact.value) for fact in one.left_out(outlet)] for outlet in one.outlets}
    assert left_out == {"وكالة الساحل": [("told", "")], "قناة الهضبة": [], "شبكة الوادي": []}


def test_lists_of_stories(joined: Store) -> None:
    view = joined.view()
    assert [row.id for row in story_list(view, Wished(), 5)] == [STORY]
    assert [row.id for row in story_list(view, Wished(type="ASSAULT", since="2024-03", until="2024-03"), 5)] == [STORY]
    for wished in (Wished(least=4), Wished(type="AID"), Wished(since="2024-04"), Wished(until="2024-02")):
        assert story_list(view, wished, 5) == []
    assert story_list(view, Wished(), 5, ("2024-03-12", STORY)) == []
    assert story_list(view, Wished(), 5, ("2024-03-13", "")) != []


def test_first_sentences(joined: Store) -> None:
    found = firsts(joined.view(), [STORY, QUOTATION, "a#V9", "nowhere#V1"])
    assert {id: passage.words for id, passage in found.items()} == {
        STORY: "هاجمت",
        QUOTATION: "جبهة الوادي هاجمت قرية النخيل الثلاثاء",
    }


def test_lists_of_echoes(joined: Store) -> None:
    view = joined.view()
    (row,) = echo_list(view, 5)
    assert row.id == QUOTATION and row.content.startswith("جبهة الوادي")
    assert echo_list(view, 5, (row.day, row.number, row.id)) == []
    assert outlets_of(view, [QUOTATION])[QUOTATION] == [
        ("وكالة الساحل", "first"),
        ("قناة الهضبة", "verbatim"),
        ("شبكة الوادي", "verbatim"),
    ]


def test_an_outlet_that_repeats_itself_is_no_echo(store: Store) -> None:
    save(store, told("a", "وكالة الساحل"), told("b", "وكالة الساحل"))
    with store.writer() as writer:
        for row in writer.connection.execute(select(articles.c.id, articles.c.number)).all():
            values = {"id": QUOTATION, "strand": QUOTATION, "article": row.number, "quotation": "Q1", "likeness": 1.0}
            relation = "first" if row.id == "a" else "verbatim"
            writer.connection.execute(insert(echoes), {**values, "relation": relation})
    assert echo_list(store.view(), 5) == []
