"""Counts are what the rows say, however articles come, change and come again."""

from __future__ import annotations

import copy
from typing import Any

from sqlalchemy import Row, select

from masdar.store import Store
from masdar.store.tables import actors, names, parties, tallies
from masdar.store.tallies import date_parties, recount
from tests.store.records import Json, record


def rows(store: Store) -> list[list[tuple[Any, ...]]]:
    """Everything that is counted."""
    return [sorted(map(tuple, store.view().rows(select(table)))) for table in (tallies, names, actors)]


def save(store: Store, *records: Json) -> None:
    with store.writer() as writer:
        for one in records:
            writer.save(one)


def tally(store: Store, actor: str, recipient: str) -> dict[tuple[str, str], Row[Any]]:
    """What is counted of a pair, by day and type; of what is both claimed and reported, either."""
    where = (tallies.c.actor == actor, tallies.c.recipient == recipient)
    return {(row.day, row.type): row for row in store.view().rows(select(tallies).where(*where))}


def changed() -> Json:
    """The second article of `test_counts_follow_changes`, as it is when it is read again."""
    again = copy.deepcopy(record("b", source="قناة الهضبة"))
    again["events"][1].update(actors=["E1"], recipients=["E2"])
    again["quotations"].pop()
    again["entities"][2].update(name="أنس خالد العلي")
    return again


def test_counts_who_did_what_to_whom(store: Store) -> None:
    save(store, record("a"), record("b"))
    assert {
        key: row._mapping["count"] for key, row in tally(store, "ORG:SYR:لجنه السهل", "ORG:SYR:جبهه الوادي").items()
    } == {("2024-03-13", "ACCUSE"): 2}
    assault = tally(store, "country:SYR", "country:SYR")["2024-03-12", "ASSAULT"]
    assert (assault._mapping["count"], assault.layer, assault.score) == (2, "claimed", -180)
    assert tally(store, "PER:SYR:انس خالد", "")["2024-03-13", "deny"]._mapping["count"] == 2
    assert tally(store, "", "")["2024-03-12", "ASSAULT"]._mapping["count"] == 2


def test_counts_follow_changes(store: Store) -> None:
    save(store, record("a"), record("b"))
    before = rows(store)
    save(store, changed())
    after = rows(store)
    assert after != before
    save(store, record("b"))
    assert rows(store) == before
    with store.writer() as writer:
        recount(writer.connection)
    assert rows(store) == before


def test_recount_is_the_same(store: Store) -> None:
    save(store, record("a"), changed())
    before = rows(store)
    assert all(before)
    with store.writer() as writer:
        recount(writer.connection)
    assert rows(store) == before


def test_names_are_folded(store: Store) -> None:
    save(store, record("a"))
    found = {row.name: row.folded for row in store.view().rows(select(names))}
    assert found["لجنة السهل"] == "لجنه السهل plain committee"


def test_parties_have_the_day_of_their_item(store: Store) -> None:
    save(store, record("a"))
    query = select(parties.c.item, parties.c.part, parties.c.day).order_by(parties.c.item, parties.c.part)
    before = store.view().rows(query)
    assert {(row.item, row.day) for row in before} == {
        ("Q1", "2024-03-13"),
        ("Q2", "2024-03-13"),
        ("V1", "2024-03-13"),
        ("V2", "2024-03-12"),
    }
    with store.writer() as writer:
        writer.connection.execute(parties.update().values(day=None))
        date_parties(writer.connection)
    assert store.view().rows(query) == before
