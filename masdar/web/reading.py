"""What reads articles for the desk: in processes of their own, so that pages stay quick; loaded when first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from masdar.reader import Reader
    from masdar.store.ingest import Answer, Item
    from masdar.store.ingest import Reading as Read
    from masdar.types import MadeBy


@dataclass(frozen=True)
class Reading:
    """How to read many articles (`read`), what their records will say made them, and a reader to ask why."""

    read: Read
    made_by: Callable[[], MadeBy]
    load: Callable[[], Reader]
    lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def loaded(self) -> Reader:
        """The reader in this process; take `lock` first."""
        return self.load()


def shipped(jobs: int = 1, overrides: Path | None = None) -> Reading:
    """masdar's own reader."""
    from masdar.cli.ingest import versions
    from masdar.cli.pool import Pool, Work
    from masdar.store.packed import packed

    def load() -> Reader:
        from masdar.reader import Reader

        return Reader.load(threads=1, overrides=overrides)

    def read(items: Iterator[Item]) -> Generator[Answer, None, None]:
        answers = cast("Read", Pool(Work(packed, overrides), jobs).answers)  # what is no article comes back as it is
        return answers(items)

    return Reading(read, lambda: versions(overrides), load)
