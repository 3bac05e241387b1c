"""Who is who across articles, in both databases."""

from __future__ import annotations

import copy
from collections.abc import Callable

from sqlalchemy import text

from masdar.store import Store
from masdar.store.people import (
    Wanted,
    company,
    decided,
    held,
    identities,
    is_actor,
    known,
    listed,
    variants,
)
from masdar.store.write import Decision
from tests.store.records import Json, record

COMMITTEE, FRONT, KHALID = "ORG:SYR:لجنه السهل", "ORG:SYR:جبهه الوادي", "PER:SYR:انس خالد"


def save(store: Store, *records: Json) -> None:
    with store.writer() as writer:
        for one in records:
            writer.save(one)


def decide(store: Store, left: str, right: str, *, is_same: bool = True) -> None:
    with store.writer() as writer:
        writer.decide(Decision(who="lina", layer="actor", left=left, right=right, is_same=is_same, reason="سمعت"))


def renamed(id: str, name: str, **document: str) -> Json:
    """The sample article with another name for its committee."""
    made = copy.deepcopy(record(id, **document))
    made["entities"][0]["name"] = name
    return made


def test_lists_the_most_written_about_first(store: Store) -> None:
    save(store, record("a"), renamed("b", "مجلس السهل"))
    found = listed(store.view(), Wanted(), 10)
    assert found[0][1] == 2 and found[-1][1] == 1
    assert dict(found)[FRONT] == 2 and dict(found)[COMMITTEE] == 1
    assert [key for key, _ in listed(store.view(), Wanted(), 1, (found[0][1], found[0][0]))] == [found[1][0]]


def test_searches_names_however_spelled(store: Store) -> None:
    save(store, record("a"))
    view = store.view()
    assert [key for key, _ in listed(view, Wanted("لجنه"), 10)] == [COMMITTEE]
    assert [key for key, _ in listed(view, Wanted("PLAIN comm"), 10)] == [COMMITTEE]
    assert listed(view, Wanted("%"), 10) == []
    assert [key for key, _ in listed(view, Wanted(type="PER", country="SYR"), 10)] == [KHALID]
    assert listed(view, Wanted(country="TUR"), 10) == []


def test_decisions_make_one_of_two_and_part_them_again(store: Store) -> None:
    save(store, record("a"))
    decide(store, COMMITTEE, FRONT)
    who = identities(store.view())
    assert set(who.keys(FRONT)) == {COMMITTEE, FRONT} == set(who.keys(COMMITTEE))
    assert who.of(COMMITTEE) == who.of(FRONT)
    both = known(store.view(), [COMMITTEE], who)[COMMITTEE]
    assert both.count == 2
    decide(store, FRONT, COMMITTEE, is_same=False)
    assert identities(store.view()).keys(FRONT) == (FRONT,)
    assert [decision.is_same for decision in decided(store.view(), [FRONT])] == [False, True]


def test_offices_from_first_to_last_day(store: Store) -> None:
    save(store, record("a", published="2024-03-13"), record("b", published="2024-05-01"))
    office = held(store.view(), [KHALID])[0]
    assert (office.title, office.first, office.last, office.count) == (
        "المتحدث باسم لجنة السهل",
        "2024-03-13",
        "2024-05-01",
        2,
    )


def test_an_older_store_learns_whose_offices_are(store: Store, reopened: Callable[[], Store]) -> None:
    with store.writer() as writer:
        writer.save(record("a", published="2024-03-10T08:00:00+02:00"))
        for name in ("roles_of_actor", "pairs_of_actors", "pairs_of_countries"):
            writer.connection.execute(text(f"DROP INDEX {name}"))
        for column in ("actor", "day"):
            writer.connection.execute(text(f"ALTER TABLE roles DROP COLUMN {column}"))
        writer.connection.execute(text("DELETE FROM versions"))
        writer.connection.execute(text("INSERT INTO versions (version, at) VALUES (6, '2026')"))
    (office,) = held(reopened().view(), [KHALID])
    assert (office.first, office.count) == ("2024-03-10", 1)


def test_company(store: Store) -> None:
    save(store, record("a"))
    found = dict(company(store.view(), [KHALID], identities(store.view()), 10))
    assert found == {COMMITTEE: 1, FRONT: 1, "GPE:SYR:قريه النخيل": 1}


def test_who_is_known_in_one_article_has_a_name_too(store: Store) -> None:
    made = copy.deepcopy(record("a"))
    made["entities"][2].update(name="الوزير", mentions=[{**made["entities"][2]["mentions"][0], "form": "nominal"}])
    made["entities"][2]["country"] = None
    save(store, made)
    assert [actor.name for actor in variants(store.view(), ["a#E3"])] == ["الوزير"]
    assert not is_actor(store.view(), "a#E3") and is_actor(store.view(), FRONT)


def test_a_country_as_a_whole_is_called_by_its_code(store: Store) -> None:
    assert known(store.view(), ["country:SYR"], identities(store.view()))["country:SYR"].name == "SYR"
