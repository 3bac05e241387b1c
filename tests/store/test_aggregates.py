"""What pictures count, and the sentences behind it, in both databases."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from sqlalchemy import event, text

from masdar.store import Store
from masdar.store.aggregates import MONTH, Asked, network, newest_day, over_time
from masdar.store.passages import passages, sentence
from masdar.store.people import identities
from masdar.store.spots import spots
from masdar.store.tallies import COUNTRY
from masdar.store.view import View
from masdar.store.write import Decision
from tests.store.records import Json, record
from tests.store.test_people import COMMITTEE, FRONT, KHALID, save

SPOT = (35.5, 36.25)


def later(id: str, **document: str) -> Json:
    """The sample article a month later; there the article itself tells of the assault."""
    made = copy.deepcopy(record(id, **({"published": "2024-04-20"} | document)))
    made["events"][1].update(claimed_in=None, date=None)
    return made


@pytest.fixture
def two(store: Store) -> Store:
    """A store with two articles, a month apart."""
    save(store, record("a"), later("b"))
    return store


def test_counts_over_time(two: Store) -> None:
    days = over_time(two.view(), Asked())
    assert [(day.start, day.total.count, day.total.claimed) for day in days] == [
        ("2024-03-12", 1, 1),
        ("2024-03-13", 1, 0),
        ("2024-04-20", 2, 0),
    ]
    months = over_time(two.view(), Asked(types=("ASSAULT",)), MONTH)
    assert [(month.start, month.total.count, month.total.mean) for month in months] == [
        ("2024-03", 1, -9.0),
        ("2024-04", 1, -9.0),
    ]
    assert newest_day(two.view()) == "2024-04-20"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (Asked(told="claimed"), 1),
        (Asked(told="reported"), 3),
        (Asked(since="2024-04"), 2),
        (Asked(until="2024-03"), 2),
        (Asked(since="2024-03-13", until="2024-03-13"), 1),
        (Asked(actors=(FRONT,)), 2),
        (Asked(recipients=(FRONT,)), 2),
        (Asked(actors=(COMMITTEE,), recipients=(FRONT,)), 2),
        (Asked(actors=("country:SYR",), recipients=("country:SYR",)), 4),
        (Asked(actors=("country:TUR",)), 0),
        (Asked(layer="quotation", actors=(KHALID,)), 4),
        (Asked(layer="quotation", types=("deny",)), 2),
        (Asked(types=("AID",)), 0),
    ],
)
def test_numbers_and_sentences_agree(two: Store, asked: Asked, count: int) -> None:
    assert sum(day.total.count for day in over_time(two.view(), asked)) == count
    assert len(passages(two.view(), asked, 100)) == count


def test_network_of_actors_and_countries(two: Store) -> None:
    view = two.view()
    edges = network(view, Asked(), identities(view)).edges
    assert [(edge.actor, edge.recipient, edge.count, edge.claimed, edge.score, edge.types) for edge in edges] == [
        (FRONT, "GPE:SYR:قريه النخيل", 2, 1, -9.0, (("ASSAULT", 2),)),
        (COMMITTEE, FRONT, 2, 0, -3.0, (("ACCUSE", 2),)),
    ]
    whole = network(view, Asked(), identities(view), COUNTRY).edges
    assert [(edge.actor, edge.recipient, edge.count) for edge in whole] == [("country:SYR", "country:SYR", 4)]
    assert [edge.actor for edge in network(view, Asked(recipients=(FRONT,)), identities(view)).edges] == [COMMITTEE]


def test_network_joins_who_is_one(two: Store) -> None:
    with two.writer() as writer:
        writer.decide(Decision(who="lina", layer="actor", left=COMMITTEE, right=FRONT, is_same=True))
    view = two.view()
    edges = network(view, Asked(), identities(view)).edges
    assert [(edge.recipient, edge.count) for edge in edges] == [("GPE:SYR:قريه النخيل", 2)]


def test_passages_are_sentences(two: Store) -> None:
    (one,) = passages(two.view(), Asked(since="2024-03-12", until="2024-03-12"), 5)
    assert (one.before, one.words, one.after) == (
        "قال المتحدث باسم لجنة السهل أنس خالد إن جبهة الوادي ",
        "هاجمت",
        " قرية النخيل الثلاثاء.",
    )
    assert one.claimed_in == "Q1" and [who.name for who in one.does] == ["جبهة الوادي"]
    assert [who.key for who in one.suffers] == ["GPE:SYR:قريه النخيل"]


def test_passages_page_by_page(two: Store) -> None:
    for asked in (Asked(), Asked(layer="quotation"), Asked(actors=(FRONT,)), Asked(spot=SPOT)):
        whole = [one.key for one in passages(two.view(), asked, 100)]
        assert whole == sorted(whole, reverse=True) and len(whole) >= 2
        found: list[Any] = []
        while some := passages(two.view(), asked, 1, found[-1] if found else None):
            found += [one.key for one in some]
        assert found == whole


def test_spots(two: Store) -> None:
    found = spots(two.view(), Asked())
    (spot,) = found.spots
    assert (spot.lat, spot.lon, spot.name, spot.count, spot.claimed) == (*SPOT, "قرية النخيل", 2, 1)
    assert (spot.first, spot.last) == ("2024-03-12", "2024-04-20")
    assert not found.is_cut and spots(two.view(), Asked(), 1).is_cut
    assert spots(two.view(), Asked(actors=(KHALID,))).spots == ()
    assert len(passages(two.view(), Asked(spot=SPOT), 9)) == 2
    assert passages(two.view(), Asked(spot=(35.5, 36.3)), 9) == []


def test_a_disputed_spot_says_who_claims_it(store: Store) -> None:
    made = copy.deepcopy(record("a"))
    made["places"][0].update(country=None, lat=33.0, lon=35.75, claimed_by=["ISR", "SYR"])
    save(store, made)
    assert spots(store.view(), Asked()).spots[0].claimed_by == ("ISR", "SYR")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("وصل. قصفت المدينة ليلا. ثم هدأ", "قصفت", ("", "قصفت", " المدينة ليلا.")),
        ("عنوان\nووصل الوفد", "وصل", ("و", "وصل", " الوفد")),
        ("قالت سي.بي.إس إنه وصل", "وصل", ("قالت سي.بي.إس إنه ", "وصل", "")),
        ("وصل", "وصل", ("", "وصل", "")),
    ],
)
def test_sentence(text: str, words: str, expected: tuple[str, str, str]) -> None:
    start = text.index(words)
    assert sentence(text, start, start + len(words)) == expected


def test_the_strongest_pairs_are_read_from_their_index(store: Store) -> None:
    """Of SQLite, also after ANALYZE: the words of the query are those of the index, or all tallies would be read."""
    if store.url.get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL reads small tables as a whole")
    save(store, record("a"))
    with store.writer() as writer:
        writer.connection.execute(text("ANALYZE"))
    asked: list[tuple[str, Any]] = []
    view = store.view()
    event.listen(view.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    for level in ("", COUNTRY):
        assert network(view, Asked(since="2024-03"), identities(view), level).edges
    steps = " ".join(row.detail for statement, values in list(asked) for row in plan(view, statement, values))
    assert "pairs_of_actors" in steps and "pairs_of_countries" in steps


def plan(view: View, statement: str, values: Any) -> list[Any]:  # noqa: ANN401
    """How SQLite does what it is asked."""
    with view.connect() as connection:
        return list(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
