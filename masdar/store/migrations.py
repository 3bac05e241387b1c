"""Bring the tables of a store to the version of this program.

A new database gets the tables of masdar/store/tables.py as they are. An older one is changed step by step: to alter the
schema, change tables.py and append a function to MIGRATIONS that makes the same change to existing tables.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text

from masdar.errors import StoreError
from masdar.store.search.index import create_index, index_all
from masdar.store.tables import metadata, versions
from masdar.store.tallies import date_parties, date_roles, recount

LOCK = 0x6D617364  # of PostgreSQL: two programs must not make the tables at once; SQLite locks the file

DESK = ("users", "sessions", "tokens", "actions", "searches", "watches", "keys")


def first(connection: Connection) -> None:
    """The tables of masdar 0.2."""
    metadata.create_all(connection)


def desk(connection: Connection) -> None:
    """Users, sessions, tokens, actions, searches, watches and keys of the desk."""
    metadata.create_all(connection, [metadata.tables[name] for name in DESK])


def searchable(connection: Connection) -> None:
    """The index for searching, with all articles that are there."""
    make_tables(connection)
    index_all(connection)


def tallied(connection: Connection) -> None:
    """The day of each party, and tallies, names and actors of all articles that are there."""
    add_texts(connection, "parties", "day")
    add_texts(connection, "roles", "actor", "day")
    make_tables(connection)
    for name in ("entities", "roles", "parties", "places"):
        for index in metadata.tables[name].indexes:
            index.create(connection, checkfirst=True)
    date_parties(connection)
    recount(connection)


def joinable(connection: Connection) -> None:
    """Strands of stories and echoes; what there was of both is found again by masdar join."""
    for name in ("echoes", "story_reports"):
        metadata.tables[name].drop(connection, checkfirst=True)
    connection.execute(text("DELETE FROM stories"))
    make_tables(connection)


def splittable(connection: Connection) -> None:
    """In which articles an actor is another one than its names say."""
    make_tables(connection)


def indexed(connection: Connection) -> None:
    """Who has each office and of which day it is; indexes for networks and for offices."""
    add_texts(connection, "roles", "actor", "day")
    date_roles(connection)
    for name in ("roles", "tallies"):
        for index in metadata.tables[name].indexes:
            index.create(connection, checkfirst=True)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    first,
    desk,
    searchable,
    tallied,
    joinable,
    splittable,
    indexed,
)


def add_texts(connection: Connection, table: str, *columns: str) -> None:
    """Add columns to a table that has them not yet."""
    there = {column["name"] for column in inspect(connection).get_columns(table)}
    for name in columns:
        if name not in there:
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {name} VARCHAR"))


def make_tables(connection: Connection) -> None:
    """Every table that is not there yet, and the index for searching beside them."""
    metadata.create_all(connection)
    create_index(connection)


def is_current(engine: Engine) -> bool:
    """Whether nothing is to be done: looks only, so that a store opens while another program writes to it."""
    with engine.connect() as connection:
        return version(connection) == len(MIGRATIONS)


def migrate(engine: Engine, name: str, *, create: bool) -> None:
    """Make the tables, or change those of an older version; each step in one transaction with its record.

    Raises:
        StoreError: there are none and none are to be made; a newer program made them.
    """
    with engine.begin() as connection:
        lock(connection)
        found = version(connection)
        if found is None and not create:
            raise StoreError(f"{name} holds no records yet. Put some in: masdar ingest SOURCE --store URL")
        if found is None:
            make_tables(connection)
            found = len(MIGRATIONS)
            record(connection, found)
    if found > len(MIGRATIONS):
        raise StoreError(
            f"{name} is of version {found}, made by a newer masdar; this one knows {len(MIGRATIONS)}. "
            "Update it: pip install --upgrade masdar"
        )
    for number in range(found + 1, len(MIGRATIONS) + 1):
        step(engine, number)


def step(engine: Engine, number: int) -> None:
    """One migration, unless another program made it meanwhile."""
    with engine.begin() as connection:
        lock(connection)
        if (version(connection) or 0) < number:
            MIGRATIONS[number - 1](connection)
            record(connection, number)


def lock(connection: Connection) -> None:
    """Keep other programs from migrating until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def version(connection: Connection) -> int | None:
    """The version of the tables; None where there are none."""
    if not inspect(connection).has_table(versions.name):
        return None
    found: int | None = connection.scalar(select(func.max(versions.c.version)))
    return found


def record(connection: Connection, number: int) -> None:
    """Note that the tables are of a version."""
    connection.execute(insert(versions).values(version=number, at=datetime.now(UTC).isoformat(timespec="seconds")))
