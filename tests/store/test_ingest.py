"""Ingest passes over what is there, and notes what cannot be read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from masdar.errors import InputError, ModelError
from masdar.store import Store
from masdar.store.ingest import Ingest, Memory, out_of_date
from masdar.store.tables import failures
from masdar.types import Article
from tests.store.records import TEXT, record
from tests.store.stub import VERSIONS, given, ingest, read_stub

COUNT = 60


def run(store: Store, source: str, articles: list[Article | InputError], **options: Any) -> Ingest:  # noqa: ANN401
    made = Ingest(store, VERSIONS, read_stub, **options)
    list(made.articles([(source, articles)], Memory(store.view())))
    return made


def test_what_is_there_is_passed_over(store: Store) -> None:
    articles: list[Article | InputError] = [Article("a1", TEXT), Article("a2", TEXT), Article("a1", TEXT)]
    first, second = run(store, "x", articles), run(store, "x", articles)
    assert (first.tally.read, first.tally.known) == (2, 1)
    assert (second.tally.read, second.tally.known) == (0, 3)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "نص آخر"},
        {"title": "عنوان"},
        {"published": "2024-03-14"},
        {"source": "s"},
        {"url": "https://a.example/1"},
    ],
)
def test_what_has_changed_is_read_again(store: Store, change: dict[str, str]) -> None:
    before = Article("a1", TEXT)
    run(store, "x", [before])
    assert run(store, "x", [replace(before, **change)]).tally.read == 1
    document = next(store.view().records())["document"]
    assert document | change == document


def test_of_one_id_the_last_one_counts_every_time(store: Store) -> None:
    articles: list[Article | InputError] = [Article("a1", TEXT), Article("a1", "نص آخر")]
    for _ in range(3):
        run(store, "x", articles)
        assert [each["document"]["text"] for each in store.view().records()] == ["نص آخر"]


def test_articles_are_numbered_in_the_order_of_their_source(store: Store) -> None:
    ingest(store, COUNT)
    kept = [each["document"]["id"] for each in store.view().records()]
    assert kept == list(dict.fromkeys(a.id for a in given(COUNT) if isinstance(a, Article) and a.id != "unreadable"))


def test_another_version_reads_anew_what_it_did_not_read(store: Store) -> None:
    with store.writer() as writer:
        writer.save(record("a1"))
        writer.save(record("a2") | {"made_by": record("a2")["made_by"] | {"model": "model-2"}})
    newer = replace(VERSIONS, model="model-2")
    assert [article.id for article in out_of_date(store.view(), newer)] == ["a1"]
    again = Ingest(store, VERSIONS, read_stub)
    list(again.again())
    assert again.tally.read == 1
    assert [made.articles for made in store.view().runs()] == [2]


def test_failures_stay_until_they_are_over(store: Store) -> None:
    bad = InputError("x line 2 is not JSON")
    run(store, "x", [Article("a1", TEXT), bad, Article("unreadable", TEXT)])
    assert {row.where for row in store.view().failures()} == {"unreadable", "x line 2 is not JSON"}
    time.sleep(0.002)
    run(store, "y", [Article("a3", TEXT)])
    run(store, "x", [Article("a1", TEXT), bad])
    assert [(row.where, row.tries) for row in store.view().failures()] == [("x line 2 is not JSON", 2)]
    time.sleep(0.002)
    run(store, "x", [Article("a1", TEXT), Article("a2", TEXT)])
    assert store.view().failures() == []


def test_a_failed_page_stays_until_its_article_comes(store: Store) -> None:
    feed, page = "https://a.example/feed", "https://a.example/1"
    run(store, feed, [InputError(f"{page} answered 500")])
    with store.writer() as writer:
        writer.connection.execute(failures.update().values(where=page))
    run(store, feed, [Article("other", TEXT)])
    assert [row.where for row in store.view().failures()] == [page]
    run(store, feed, [Article("a1", TEXT, url=page)])
    assert store.view().failures() == []


def test_a_source_is_asked_again_for_an_article_that_was_lost(store: Store) -> None:
    def feed(memory: Memory, id: str) -> Iterator[Article]:
        yield Article(id, TEXT)
        memory.put("feed", {"kind": "feed", "read": id})

    for id in ("a1", "unreadable"):
        memory = Memory(store.view())
        list(Ingest(store, VERSIONS, read_stub).articles([("feed", feed(memory, id))], memory))
        assert memory.get("feed") == store.view().state("feed") == {"kind": "feed", "read": "a1"}


def test_what_a_source_says_while_it_is_read_is_remembered_at_once(store: Store) -> None:
    memory = Memory(store.view())
    memory.put("feed", {"n": 1})
    assert memory.get("feed") == {"n": 1}
    assert store.view().state("feed") == {}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ModelError("no model")])
def test_what_was_read_before_a_stop_is_saved(store: Store, error: BaseException) -> None:
    def stopped(id: str) -> None:
        if id == "a3":
            raise error

    with pytest.raises(type(error)):
        ingest(store, COUNT, at=stopped, at_once=100)
    assert [each["document"]["id"] for each in store.view().records()] == ["a0", "a1", "a2"]
