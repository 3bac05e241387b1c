"""People who share a name are told apart: in both databases, in every table, for good."""

from __future__ import annotations

import copy

import pytest
from sqlalchemy import delete, select

from masdar.errors import InputError
from masdar.store import Store
from masdar.store.identities import keys_of
from masdar.store.people import Wanted, identities, known, listed
from masdar.store.search import parse, search
from masdar.store.splits import Splitting, acts, mentions, split_off, take_back
from masdar.store.tables import actors, articles, entities, metadata, names, parties, splits, tallies
from masdar.store.tallies import recount
from masdar.store.write import Decision
from tests.store.records import Json, record

KHALID, PHYSICIAN, FRONT = "PER:SYR:انس خالد", "PER:SYR:انس خالد~طبيب", "ORG:SYR:جبهه الوادي"
COUNTED = (tallies, names, actors)


@pytest.fixture(autouse=True)
def saved(store: Store) -> None:
    """Three articles about somebody of one name."""
    save(store, *(record(id, published=f"2024-03-1{id[1]}") for id in ("a1", "a2", "a3")))


def save(store: Store, *records: Json) -> None:
    with store.writer() as writer:
        for one in records:
            writer.save(one)


def split(store: Store, *ids: str, label: str = "طبيب", key: str = KHALID) -> str:
    keys = identities(store.view()).keys(key)
    asked = Splitting(who="lina", key=key, keys=keys, articles=ids, label=label, reason="آخر")
    with store.writer() as writer:
        return split_off(writer, asked)


def counts(store: Store) -> list[list[tuple[object, ...]]]:
    """All that is counted, in order."""
    return [sorted(map(tuple, store.view().rows(select(table)))) for table in COUNTED]


def where(store: Store, key: str) -> list[str]:
    """The articles in which an actor is mentioned and takes part."""
    view = store.view()
    found = [
        {*view.rows(select(articles.c.id).join(table).where(table.c.actor == key))} for table in (entities, parties)
    ]
    assert found[0] == found[1]
    return sorted(row.id for row in found[0])


def said(store: Store, query: str) -> set[str]:
    """The articles that a search finds."""
    return {hit.article for hit in search(store.view(), parse(query), kind="quotations", limit=50).hits}


def test_splits_everywhere_at_once(store: Store) -> None:
    assert split(store, "a2") == PHYSICIAN
    assert (where(store, PHYSICIAN), where(store, KHALID)) == (["a2"], ["a1", "a3"])
    assert dict(listed(store.view(), Wanted("انس"), 10)) == {KHALID: 2, PHYSICIAN: 1}
    assert [key for key, _ in listed(store.view(), Wanted("أنس خالد (طبيب)"), 10)] == [PHYSICIAN]
    called = known(store.view(), [KHALID, PHYSICIAN], identities(store.view()))
    assert (called[KHALID].name, called[PHYSICIAN].name) == ("أنس خالد", "أنس خالد (طبيب)")
    assert said(store, f'speaker="{PHYSICIAN}"') == {"a2"} == said(store, "speaker:طبيب")
    assert said(store, f'speaker="{KHALID}"') == {"a1", "a3"}
    assert said(store, "speaker:خالد") == {"a1", "a2", "a3"}


def test_counts_are_those_from_scratch(store: Store) -> None:
    before = counts(store)
    split(store, "a2", "a3")
    after = counts(store)
    assert after != before
    with store.writer() as writer:
        recount(writer.connection)
    assert counts(store) == after
    with store.writer() as writer:
        take_back(writer, acts(store.view(), [KHALID])[0].number, "lina", None)
    assert counts(store) == before


def test_survives_saving_again_and_a_new_start(store: Store) -> None:
    split(store, "a2")
    save(store, record("a2", published="2024-03-12"))
    assert where(store, PHYSICIAN) == ["a2"] and said(store, f'speaker="{PHYSICIAN}"') == {"a2"}
    with store.writer() as writer:
        writer.connection.execute(delete(articles).where(articles.c.id == "a2"))
    save(store, record("a2", published="2024-03-12"), record("a4"))
    assert where(store, PHYSICIAN) == ["a2"] and "a4" in where(store, KHALID)


def test_survives_a_reading_that_gives_another_key(store: Store) -> None:
    split(store, "a2")
    newer = copy.deepcopy(record("a2"))
    newer["entities"][2]["country"] = "TUR"
    newer["entities"][2]["id"], newer["entities"][0]["id"] = "E1", "E3"
    for item in (*newer["quotations"], *newer["events"]):
        for part in ("speakers", "actors", "recipients"):
            item[part] = [{"E1": "E3", "E3": "E1"}.get(id, id) for id in item.get(part, ())]
    save(store, newer)
    assert where(store, PHYSICIAN) == ["a2"]
    split(store, "a2", label="", key=PHYSICIAN)
    assert where(store, PHYSICIAN) == []


def test_is_taken_back_where_nobody_has_decided_since(store: Store) -> None:
    split(store, "a1", "a2")
    assert split(store, "a2", label="شاعر", key=PHYSICIAN) == "PER:SYR:انس خالد~شاعر"
    last, first = acts(store.view(), [PHYSICIAN])
    assert (first.articles, first.was, first.key, first.who, first.reason) == (
        ("a1", "a2"), KHALID, PHYSICIAN, "lina", "آخر",
    )  # fmt: skip
    assert last.is_last and first.is_last  # of a1
    with store.writer() as writer:
        take_back(writer, first.number, "omar", "خطأ")
    assert [act.is_last for act in acts(store.view(), [PHYSICIAN])] == [True, True, False]
    assert (where(store, KHALID), where(store, "PER:SYR:انس خالد~شاعر")) == (["a1", "a3"], ["a2"])
    with store.writer() as writer:
        take_back(writer, last.number, "omar", None)
    assert where(store, PHYSICIAN) == ["a2"]
    with store.writer() as writer, pytest.raises(InputError, match="left to take back"):
        take_back(writer, last.number, "omar", None)
    with store.writer() as writer, pytest.raises(InputError, match="no such decision"):
        take_back(writer, 99, "omar", None)
    assert len(store.view().rows(select(splits))) == 5  # nothing is ever removed


def test_one_label_is_one_person_however_spelled(store: Store) -> None:
    assert split(store, "a1", label="الطبيب أحمد") == split(store, "a2", label=" الطبيب  احمد ") != PHYSICIAN
    assert split(store, "a3", label="طبيب") == PHYSICIAN


def test_merges_go_on_working(store: Store) -> None:
    split(store, "a2")
    with store.writer() as writer:
        writer.decide(Decision(who="lina", layer="actor", left=PHYSICIAN, right=FRONT, is_same=True))
    who = identities(store.view())
    assert set(who.keys(FRONT)) == {FRONT, PHYSICIAN} and who.keys(KHALID) == (KHALID,)
    assert said(store, f'speaker="{FRONT}"') == {"a2"}
    # of one of several keys of an actor too: who is split off is one again
    assert split(store, "a1", "a2", label="كاتب", key=FRONT) == f"{FRONT}~كاتب"
    assert where(store, f"{FRONT}~كاتب") == ["a1", "a2"]


@pytest.mark.parametrize("label", ["~#", "ط" * 41])
def test_labels_that_are_none(store: Store, label: str) -> None:
    with pytest.raises(InputError, match="no label"):
        split(store, "a1", label=label)


def test_what_cannot_be_split(store: Store) -> None:
    with pytest.raises(InputError, match="one article only"):
        split(store, "a1", key="a1#E3")
    with pytest.raises(InputError, match="Nothing to split"):
        split(store, "a9")
    with pytest.raises(InputError, match="Nothing to split"):
        split(store, "a1", label="")


def test_long_keys_stay_telling(store: Store) -> None:
    made = copy.deepcopy(record("a5"))
    made["entities"][0]["name"] = "لجنة " + " ".join(f"السهل{number}" for number in range(30))
    save(store, made)
    long = keys_of(made)["E1"]
    key = split(store, "a5", key=long, label="أخرى")
    assert len(key) < 120 and where(store, key) == ["a5"]


def test_lists_where_somebody_is_mentioned(store: Store) -> None:
    split(store, "a2")
    found = mentions(store.view(), [KHALID], 1)
    ((after, first),) = found
    assert (first.article, first.words, first.roles) == ("a3", "أنس خالد", ("المتحدث باسم لجنة السهل",))
    assert first.before.endswith(" ") and len(first.before + first.words + first.after) <= 210
    assert [one.article for _, one in mentions(store.view(), [KHALID], 5, after)] == ["a1"]
    assert mentions(store.view(), ["Q1"], 5) == []


def test_the_table_comes_with_a_new_version(store: Store) -> None:
    assert "splits" in metadata.tables and store.view().counts()["splits"] == 0
