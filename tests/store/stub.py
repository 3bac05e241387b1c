"""Ingest with a reader that needs no model, for tests that kill it or take its database away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import select

from masdar.errors import InputError
from masdar.store import Store, open_store
from masdar.store.ingest import Answer, Ingest, Item, Memory
from masdar.store.packed import Packed
from masdar.store.tables import actors, articles, names, tallies
from masdar.store.write import MACHINE
from masdar.types import Article, MadeBy
from tests.store.records import MADE_BY, TEXT, meaning, record

COUNTED = (actors, names, tallies)
VERSIONS = MadeBy(**MADE_BY)


def given(count: int) -> list[Article | InputError]:
    """Articles, some alike, some changed later on, one that no reader can read, and bad lines."""
    made: list[Article | InputError] = []
    for number in range(count):
        text = TEXT if number % 3 else f"وصل الوفد رقم {number} إلى القرية"
        made.append(Article(f"a{number % (count - 5)}", text, source=f"s{number % 2}", published="2024-03-13"))
        if number % 10 == 7:
            made.append(InputError(f"news.jsonl line {number} is not JSON"))
    made.insert(3, Article("unreadable", TEXT))
    return made


def read_stub(items: Iterator[Item], seconds: float = 0.0, at: Callable[[str], object] = str) -> Generator[Answer]:
    """An answer for each item, in order; `at` is told each article before it is read."""
    for item in items:
        if not isinstance(item, Article):
            yield item
            continue
        at(item.id)
        time.sleep(seconds)
        yield InputError("article unreadable was lost") if item.id == "unreadable" else Packed(*read(item))


def read(article: Article) -> tuple[str, Any]:
    """What the stub makes of an article."""
    made = record(**asdict(article))
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")), meaning(made)


def ingest(store: Store, count: int, **options: Any) -> Ingest:  # noqa: ANN401
    """One run over the articles, in small transactions."""
    reading = {"seconds": options.pop("seconds", 0.0), "at": options.pop("at", str)}
    options = {"waits": (0.0, 0.0), "at_once": 4, **options}
    run = Ingest(store, VERSIONS, lambda items: read_stub(items, **reading), **options)
    memory = Memory(store.view())
    for _ in run.articles([("news.jsonl", remembered(given(count), memory))], memory):
        pass
    return run


def remembered(articles: list[Article | InputError], memory: Memory) -> Iterator[Article | InputError]:
    """The articles, as a source gives them that notes after each how far it has come."""
    for number, article in enumerate(articles):
        yield article
        memory.put("feed", {"kind": "feed", "given": number + 1})


def ingest_until_killed(url: str, count: int, line: Connection) -> None:
    """What a process does that a test will kill; it says when it has opened the store."""
    with open_store(url, create=True) as store:
        line.send_bytes(b"open")
        ingest(store, count, seconds=0.001, waits=(0.1,) * 20)


def exported(store: Store) -> list[str]:
    """Everything the machine keeps, in an order that does not depend on when it was kept; articles by their id."""
    view = store.view()
    ids = {row.number: row.id for row in view.rows(select(articles.c.number, articles.c.id))}
    out = sorted(view.lines())
    hidden = ("number", "run", "record", "vector")
    shown = select(*(column for column in articles.c if column.name not in hidden))
    out += sorted(str(tuple(row)) for row in view.rows(shown))
    for table in MACHINE:
        rows = [dict(row._mapping) | {"article": ids[row.article]} for row in view.rows(select(table))]
        out += sorted(f"{table.name} {without(row, 'rank')}" for row in rows)
    for table in COUNTED:
        out += sorted(f"{table.name} {row}" for row in view.rows(select(table)))
    out += sorted(f"{row.where} {row.error} {row.source}" for row in view.failures())
    return [*out, *(f"{row.name} {row.state}" for row in sorted(view.sources()))]


def without(row: dict[str, Any], name: str) -> dict[str, Any]:
    """The row but for a column that is made of the article's number: PostgreSQL leaves some out after a failure."""
    return {key: value for key, value in row.items() if key != name}
