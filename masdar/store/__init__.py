"""Keep records: one SQLite file or a PostgreSQL database, with the same code.

`open_store` opens one. `Store.writer()` is one transaction that may write, `Store.view()` is for everything that only
looks: its connections refuse to write. What goes wrong with the database is a StoreError that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

    from masdar.store.view import View
    from masdar.store.write import Writer


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; give it back with `close()` or use it as a context.

    It may be shared by threads, but not by processes: each opens its own.
    """

    url: URL
    writing: Engine
    reading: Engine

    @property
    def name(self) -> str:
        """Its address, fit to be shown: without the password."""
        from masdar.store.connect import shown

        return shown(self.url)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """One transaction: all of it is kept when the context ends, none of it when an error leaves it.

        Raises:
            StoreError: the database is gone, full or held by another; nothing of the transaction was kept.
        """
        from masdar.store.connect import told
        from masdar.store.write import Writer

        with told(self.url), self.writing.begin() as connection:
            yield Writer(connection)

    def view(self) -> View:
        """What is in it, for looking only."""
        from masdar.store.view import View

        return View(self.url, self.reading)

    def close(self) -> None:
        """Close every connection."""
        self.writing.dispose()
        self.reading.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_store(url: str, *, create: bool = False) -> Store:
    """The store at an address, its tables brought to the version of this program.

    Args:
        url: `news.db` or `sqlite:///news.db` (a file), `postgresql://user:password@host/name`.
        create: make the file, and the tables in an empty database, where there are none.

    Raises:
        StoreError: nothing is there, it cannot be reached, or a newer masdar made it.
    """
    from masdar.store.connect import engines, parsed, told
    from masdar.store.migrations import is_current, migrate

    address = parsed(url)
    store = Store(address, *engines(address, create=create))
    try:
        with told(address):
            if not is_current(store.reading):
                migrate(store.writing, store.name, create=create)
    except BaseException:
        store.close()
        raise
    return store
