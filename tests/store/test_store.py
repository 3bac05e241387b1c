"""What is saved comes back, on both databases."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from masdar.errors import StoreError
from masdar.store import Store, open_store
from masdar.store.tables import articles, copies, entities, events, metadata, parties, quotations, runs, versions
from masdar.store.write import MACHINE, Decision, Review, Saving, mean_vector
from tests.store.records import MADE_BY, TEXT, meaning, record


def save(store: Store, *records: dict[str, object]) -> None:
    with store.writer() as writer:
        writer.save_all([Saving.of(each) for each in records])


def test_a_record_comes_back_as_it_was(store: Store) -> None:
    made = record("a1", title="عنوان")
    with store.writer() as writer:
        writer.save(made, meaning(made))
    view = store.view()
    assert view.record("a1") == made
    assert list(view.lines()) == [json.dumps(made, ensure_ascii=False, separators=(",", ":"))]
    article = view.article("a1")
    assert article is not None
    assert (article.title, article.day, article.text) == ("عنوان", "2024-03-13", TEXT)
    found = view.meaning("a1")
    assert found is not None
    assert found[0] == [tuple(span) for span in meaning(made).sentences]
    assert found[1] == meaning(made).vectors.tobytes()


def test_what_is_not_there(store: Store) -> None:
    view = store.view()
    assert (view.article("a1"), view.record("a1"), view.meaning("a1"), view.state("x")) == (None, None, None, {})
    assert list(view.records(["a1"])) == []


def test_rows_of_a_record(store: Store) -> None:
    save(store, record("a1"))
    view = store.view()
    assert [tuple(row) for row in view.rows(select(quotations.c.id, quotations.c.cue, quotations.c.stance))] == [
        ("Q1", "قال", "accuse"),
        ("Q2", "أكد", "deny"),
    ]
    filed = select(events.c.id, events.c.date, events.c.day, events.c.claimed_in, events.c.quad).order_by(events.c.id)
    assert [tuple(row) for row in view.rows(filed)] == [
        ("V1", None, "2024-03-13", None, 3),
        ("V2", "2024-03-12", "2024-03-12", "Q1", 4),
    ]
    taking_part = select(parties.c.part, parties.c.entity, parties.c.actor).where(parties.c.item == "V2")
    assert {tuple(row) for row in view.rows(taking_part)} == {
        ("actor", "E2", "ORG:SYR:جبهه الوادي"),
        ("recipient", "E4", "GPE:SYR:قريه النخيل"),
    }


def test_saving_twice_changes_nothing(store: Store) -> None:
    save(store, record("a1"), record("a2"))
    before = store.view().counts(), store.view().rows(select(articles))
    save(store, record("a2"), record("a1"))
    assert (store.view().counts(), store.view().rows(select(articles).order_by(articles.c.number))) == before


def test_a_new_text_replaces_the_rows_and_keeps_the_number(store: Store) -> None:
    save(store, record("a0"), record("a1"))
    number = store.view().article("a1").number  # type: ignore[union-attr]
    save(store, record("a1", "نص آخر"))
    article = store.view().article("a1")
    assert article is not None
    assert (article.number, article.text) == (number, "نص آخر")
    assert store.view().counts()["entities"] == len(record("a0")["entities"])


def test_of_one_id_the_last_one_counts(store: Store) -> None:
    save(store, record("a1"), record("a1", "نص آخر"))
    assert [each["document"]["text"] for each in store.view().records()] == ["نص آخر"]


def test_copies_stay_while_the_text_does(store: Store) -> None:
    save(store, record("a1"), record("a2"))
    numbers = [row.number for row in store.view().rows(select(articles.c.number).order_by(articles.c.number))]
    with store.writer() as writer:
        writer.connection.execute(insert(copies).values(article=numbers[1], original=numbers[0], likeness=0.9))
    save(store, record("a1"), record("a2"))
    assert store.view().counts()["copies"] == 1
    save(store, record("a1", "نص آخر"))
    assert store.view().counts()["copies"] == 0


def test_every_table_of_an_article_is_cleared() -> None:
    of_articles = {table.name for table in metadata.sorted_tables if "article" in table.c}
    # as long as the text; for ever, by the article's id; until it is noticed that the article is gone
    kept = {"copies", "reviews", "splits", "joined"}
    assert {table.name for table in MACHINE} == of_articles - kept


def test_nothing_of_a_broken_transaction_is_kept(store: Store) -> None:
    save(store, record("a1"))
    before = store.view().counts()
    broken = record("a2")
    broken["entities"].append(broken["entities"][0])  # two entities of one id
    with pytest.raises(SQLAlchemyError), store.writer() as writer:
        writer.save(record("a1", "نص آخر"))
        writer.save(broken)
    assert store.view().counts() == before
    assert store.view().record("a1") == record("a1")


def test_characters_that_no_database_takes(store: Store) -> None:
    made = record("a\x001", "نص\x00 فيه\ud800 ما لا يُخزن", title="\x00")
    with store.writer() as writer:
        number = writer.save(made)
    [row] = store.view().rows(select(articles))
    assert (row.number, row.text, row.title) == (number, "نص� فيه� ما لا يُخزن", "�")
    assert list(store.view().records()) == [made]


def test_records_in_the_order_asked_or_saved(store: Store) -> None:
    save(store, *(record(f"a{number}", source=f"s{number % 2}") for number in range(250)))
    view = store.view()
    assert [each["document"]["id"] for each in view.records()] == [f"a{number}" for number in range(250)]
    wanted = [f"a{number}" for number in range(240, 5, -1)]
    assert [each["document"]["id"] for each in view.records([*wanted, "no"])] == wanted
    odd = [each["document"]["id"] for each in view.records(where=articles.c.source == "s1")]
    assert odd == [f"a{number}" for number in range(1, 250, 2)]


def test_runs(store: Store) -> None:
    save(store, record("a1"), record("a2") | {"made_by": MADE_BY | {"model": "model-2"}}, record("a3"))
    assert [(run.model, run.articles) for run in store.view().runs()] == [("model-1", 2), ("model-2", 1)]


def test_failures_are_counted_until_they_are_gone(store: Store) -> None:
    with store.writer() as writer:
        writer.fail("a.jsonl line 3", "no text", "a.jsonl")
        writer.fail("a.jsonl line 3", "no text, again", "a.jsonl")
        writer.fail("م" * 5000, "no text")
    found = {row.tries: row for row in store.view().failures()}
    assert (found[2].error, found[2].source) == ("no text, again", "a.jsonl")
    with store.writer() as writer:
        writer.recovered(["a.jsonl line 3", "م" * 5000])
    assert store.view().failures() == []


def test_judgements_are_only_added(store: Store) -> None:
    save(store, record("a1"))
    with store.writer() as writer:
        writer.review(Review(who="s", article="a1", item="Q1", anchor={"start": 1}, verdict="accept"))
        writer.review(
            Review(who="s", article="a1", item="Q1", anchor={}, verdict="change", field="stance", value="deny")
        )
        writer.decide(Decision(who="s", layer="actor", left="Q1", right="Q2", is_same=False, reason="two people"))
    save(store, record("a1", "نص آخر"))
    assert [(row.verdict, row.value) for row in store.view().reviews("a1")] == [("accept", None), ("change", '"deny"')]
    assert [row.is_same for row in store.view().decisions("actor")] == [False]


def test_sources_are_remembered(store: Store) -> None:
    with store.writer() as writer:
        writer.remember("feed", {"kind": "feed", "etag": "1"})
        writer.visited("feed", "no answer")
        writer.remember("feed", {"kind": "feed", "etag": "2"})
        writer.visited("news.jsonl")
    assert store.view().state("feed") == {"kind": "feed", "etag": "2"}
    found = {row.name: (row.kind, row.error) for row in store.view().sources()}
    assert found == {"feed": ("feed", "no answer"), "news.jsonl": ("file", None)}


def test_a_view_cannot_write(store: Store) -> None:
    refused = pytest.raises((StoreError, SQLAlchemyError), match=r"read-?only")
    with refused, store.view().connect() as connection:
        connection.execute(insert(runs).values(program="x", model="x", gazetteer="x"))


def test_a_store_of_a_newer_program_is_refused(url: str, store: Store) -> None:
    with store.writer() as writer:
        writer.connection.execute(update(versions).values(version=99))
    with pytest.raises(StoreError, match="version 99, made by a newer masdar"):
        open_store(url)


def test_a_store_opens_while_another_program_writes(store: Store, reopened: Callable[[], Store]) -> None:
    with store.writer() as writer:
        writer.save(record("a1"))
        assert reopened().view().article("a1") is None
    assert reopened().view().article("a1") is not None


def test_a_store_that_is_not_there(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="masdar ingest"):
        open_store(url)
    assert not (tmp_path / "news.db").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://host/news", "mysql is not supported"),
        (":memory:", "names no file"),
        ("sqlite://", "names no file"),
        ("/no/such/folder/news.db", "/no/such/folder does not exist"),
    ],
)
def test_addresses_that_are_none(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        open_store(url, create=True)


def test_the_password_is_not_told() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://reader:secret@127.0.0.1:1/news")
    assert "reader:***@" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    file.write_text("أخبار " * 1000, "utf-8")
    with pytest.raises(StoreError, match="not a database"):
        open_store(str(file))


def test_the_vector_of_an_article_is_the_mean_of_its_sentences() -> None:
    made = meaning(record("a1"))
    packed = mean_vector(made)
    assert packed is not None
    vector = np.frombuffer(packed, np.int8).astype(np.float32)
    mean = made.vectors.astype(np.float32).mean(axis=0)
    assert np.linalg.norm(vector) == pytest.approx(127, abs=2)
    assert vector @ mean / np.linalg.norm(vector) / np.linalg.norm(mean) > 0.999


def test_the_record_is_packed_small(store: Store) -> None:
    save(store, record("a1"))
    [row] = store.view().rows(select(articles.c.record))
    assert zlib.decompress(row.record).decode("utf-8").startswith('{"schema"')
    assert len(row.record) < 0.5 * len(zlib.decompress(row.record))


def test_numbers_of_entities_point_at_their_article(store: Store) -> None:
    save(store, record("a1"), record("a2"))
    joined = select(articles.c.id, entities.c.id).join(entities).where(entities.c.id == "E1").order_by(articles.c.id)
    assert [tuple(row) for row in store.view().rows(joined)] == [("a1", "E1"), ("a2", "E1")]
