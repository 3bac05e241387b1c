"""A reader for tests that reads nothing: it makes the records of tests/store/records.py."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterator

from masdar.errors import InputError
from masdar.store.ingest import Answer, Item
from masdar.store.packed import Packed
from masdar.types import Article, MadeBy
from masdar.web.reading import Reading
from tests.store.records import MADE_BY, record

BROKEN = "لا يقرأ"  # an article with these words cannot be read


def read(items: Iterator[Item]) -> Generator[Answer, None, None]:
    """A record for each article."""
    for item in items:
        if not isinstance(item, Article):
            yield item
        elif BROKEN in item.text:
            yield InputError(f"article {item.id} cannot be read. Write it anew.")
        else:
            made = record(
                item.id, item.text, title=item.title, published=item.published, source=item.source, url=item.url
            )
            yield Packed(json.dumps(made, ensure_ascii=False))


def unreadable() -> Callable[[], None]:
    """What loads no reader."""
    raise AssertionError("tests do not load the model")


def reading() -> Reading:
    """The stub, in the place of masdar's reader."""
    return Reading(read, lambda: MadeBy(**MADE_BY), unreadable)  # type: ignore[arg-type]


def until(is_so: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait for something that another thread does."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
