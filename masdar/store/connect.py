"""Addresses of stores, connections to them, and what to say when one fails. The only file that knows both drivers."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, InterfaceError, OperationalError

from masdar.errors import StoreError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
PATIENCE = 30_000  # milliseconds to wait for another process that writes to the same SQLite file
ADVICE = (
    ("locked", "Another process writes to it; try again when it is done."),
    ("full", "Make room on the disk and run the same command again: what was saved stays."),
    ("No space left", "Make room on the disk and run the same command again: what was saved stays."),
    ("readonly", "Check that the file and its folder may be written to."),
    ("read-only", "Check that the database may be written to."),
    ("not a database", "Give another name, or move the file away."),
    ("malformed", "The file is damaged: restore a copy, or ingest into a new one."),
    ("authentication", "Check the user and the password."),
    ("does not exist", "Create it first, for example with createdb."),
)
OTHERWISE = "Check that it is there and can be reached, then run the same command again."


def parsed(url: str) -> URL:
    """The address, a bare path being a SQLite file.

    Raises:
        StoreError: it is none, or of a database that masdar does not use.
    """
    try:
        address = make_url(url if ":/" in url else f"sqlite:///{url}")
    except ArgumentError as error:
        raise StoreError(f"{url!r} is no address of a store. Write news.db or postgresql://host/name.") from error
    driver = DRIVERS.get(address.drivername)
    if driver is None:
        raise StoreError(f"{address.drivername} is not supported. masdar keeps records in SQLite or PostgreSQL.")
    if driver.startswith(SQLITE) and address.database in (None, "", ":memory:"):
        raise StoreError(f"{url!r} names no file. Write news.db or sqlite:///folder/news.db.")
    return address.set(drivername=driver)


def engines(url: URL, *, create: bool) -> tuple[Engine, Engine]:
    """One engine that may write, and one that may not."""
    if url.get_backend_name() == SQLITE:
        return sqlite_engines(url, create=create)
    try:
        writing = create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError(f"PostgreSQL needs {error.name}. Install it: pip install 'masdar[postgres]'") from error
    looking = {"options": "-c default_transaction_read_only=on"}
    return writing, create_engine(url, pool_pre_ping=True, connect_args=looking)


def sqlite_engines(url: URL, *, create: bool) -> tuple[Engine, Engine]:
    """Engines on a file. Transactions that write lock it at their start, so that none fails half-way for a lock."""
    path = Path(str(url.database))
    if not path.is_file() and not create:
        raise StoreError(f"{path} does not exist. Make it with: masdar ingest SOURCE --store {path}")
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent} does not exist. Make the folder first.")
    writing, reading = create_engine(url), create_engine(url)
    prepared(writing, "BEGIN IMMEDIATE", "journal_mode=WAL", "synchronous=FULL")
    prepared(reading, "BEGIN", "query_only=ON")
    return writing, reading


def prepared(engine: Engine, begin: str, *pragmas: str) -> None:
    """Set up each connection of a SQLite engine.

    `synchronous=FULL` waits for the disk at each commit: a judgement that a person was told is kept must survive a
    power cut, which NORMAL does not promise in WAL mode. Ingest commits many articles at once and does not
    feel it. Against `kill -9` and a full disk both are safe: a transaction is in the log as a whole or not at all.
    """

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.isolation_level = None  # the driver would begin transactions too late; `start` does it
        for pragma in (f"busy_timeout={PATIENCE}", "foreign_keys=ON", *pragmas):
            patiently(connection, f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:  # noqa: ANN401
        connection.exec_driver_sql(begin)


def patiently(connection: sqlite3.Connection, statement: str) -> None:
    """Execute a statement, and again while the file is locked.

    `busy_timeout` does not suffice: of two programs that switch one new file to WAL at the same time each holds what
    the other needs, and SQLite refuses one of them without waiting.
    """
    until = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def alone(url: URL, engine: Engine, what: str) -> Iterator[None]:
    """Nobody else does the same in this store meanwhile; a program that dies lets go of it.

    Of PostgreSQL an advisory lock of a connection. Of SQLite an empty file beside the store, locked by SQLite itself;
    it stays there.

    Args:
        url: of the store.
        engine: to write with.
        what: is done, as the name of a command: join.

    Raises:
        StoreError: another program does it.
    """
    with told(url):
        lock = locked_file(Path(f"{url.database}-{what}")) if url.get_backend_name() == SQLITE else locked(engine, what)
    if lock is None:
        raise StoreError(f"Another masdar {what} is at work on {shown(url)}. Wait until it is done, or stop it first.")
    try:
        yield
    finally:
        lock.close()


def is_held(url: URL, engine: Engine, what: str) -> bool:
    """Whether a program holds what `alone` gives; asking takes nothing from anybody.

    Args:
        url: of the store.
        engine: to look with.
        what: is done, as the name of a command: join.
    """
    if url.get_backend_name() == SQLITE:
        return is_locked(Path(f"{url.database}-{what}"))
    with told(url), engine.connect() as connection:
        return bool(connection.scalar(text(HELD), {"name": f"masdar {what}"}))


# an advisory lock of one number: its upper half is classid, its lower one objid
HELD = """
SELECT EXISTS (
    SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND datname = current_database()
    AND objid::bigint = (hashtext(:name)::bigint & 4294967295)
)
"""


def is_locked(path: Path) -> bool:
    """Whether another connection holds a file; nobody holds one that is not there or that a killed program left."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    return False


def locked_file(path: Path) -> sqlite3.Connection | None:
    """A connection that holds a file; None if another one does."""
    connection = sqlite3.connect(path, timeout=0, check_same_thread=False, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" in str(error):
            return None
        raise StoreError(f"{path}: {error}. Check that its folder may be written to.") from error
    return connection


def locked(engine: Engine, what: str) -> Connection | None:
    """A connection of its own that holds PostgreSQL's lock of a name; None if another one does."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()  # closing it ends the session, and with it the lock
    held = connection.scalar(text("SELECT pg_try_advisory_lock(hashtext(:name))"), {"name": f"masdar {what}"})
    if held:
        return connection
    connection.close()
    return None


@contextmanager
def told(url: URL) -> Iterator[None]:
    """What the database or its surroundings do wrong, as a StoreError; programming mistakes pass as they are."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise explained(url, error) from error
    except DatabaseError as error:  # of SQLite: no database, damaged; its other kinds are programming mistakes
        if type(error) is not DatabaseError:
            raise
        raise explained(url, error) from error


def shown(url: URL) -> str:
    """The address without its password; of a file its name."""
    is_file = url.get_backend_name() == SQLITE
    return str(url.database) if is_file else url.set(drivername=POSTGRESQL).render_as_string(hide_password=True)


def explained(url: URL, error: DBAPIError) -> StoreError:
    """The error with the address and what to do."""
    said = " ".join(str(error.orig).split("\n")[0].split()).rstrip(".")
    advice = next((advice for words, advice in ADVICE if words in said), OTHERWISE)
    return StoreError(f"{shown(url)}: {said}. {advice}")
