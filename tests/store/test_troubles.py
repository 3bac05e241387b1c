"""Ingest is killed, its disk is full, its database goes away: nothing is lost, doubled or half-written."""

from __future__ import annotations

import multiprocessing
import random
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from masdar.errors import MasdarError, StoreError
from masdar.store import Store, open_store
from masdar.store.connect import patiently
from masdar.store.tables import metadata, versions
from tests.store.conftest import Server, emptied
from tests.store.stub import exported, ingest, ingest_until_killed

COUNT = 60
KILLS = 20
PAGE = 4096  # bytes
FEW = 40  # pages, for some of the articles
FORKS = multiprocessing.get_context("forkserver")  # a process that has the imports done, and for each kill a copy of it


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a run leaves that nothing befalls."""
    with open_store(str(tmp_path_factory.mktemp("store") / "undisturbed.db"), create=True) as store:
        ingest(store, COUNT)
        return exported(store)


def test_killed_at_any_point_it_loses_nothing(url: str, undisturbed: list[str]) -> None:
    """Kill it at random points, going on each time, until the articles are through; and so on, until it was often."""
    FORKS.set_forkserver_preload(["tests.store.stub"])
    chance, killed = random.Random(), 0
    while killed < KILLS:
        killed += killed_while_reading(url, chance)
        with open_store(url) as store:
            assert exported(store) == undisturbed
            clear(store)


def killed_while_reading(url: str, chance: random.Random) -> int:
    """How often one pass over the articles was killed."""
    killed = 0
    while killed < KILLS:
        near, far = FORKS.Pipe(duplex=False)
        process = FORKS.Process(target=ingest_until_killed, args=(url, COUNT, far))
        process.start()
        far.close()
        if chance.random() < 0.8:
            near.poll(60)  # it has opened the store
        process.join(chance.uniform(0, 0.1))
        process.kill()
        process.join()
        near.close()
        if process.exitcode == 0:
            return killed
        assert process.exitcode == -signal.SIGKILL
        killed += 1
    with open_store(url, create=True) as store:
        ingest(store, COUNT)
    return killed


def clear(store: Store) -> None:
    """Empty every table."""
    with store.writer() as writer:
        for table in reversed(metadata.sorted_tables):
            if table is not versions:
                writer.connection.execute(table.delete())


def bounded(store: Store, room: int) -> None:
    """Leave room for so many pages on the disk of a SQLite store."""
    pages = store.view().size() // PAGE + room

    @event.listens_for(store.writing, "connect")
    def bound(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.execute(f"PRAGMA max_page_count={pages}")

    store.writing.dispose()  # connections that were not told


def test_a_full_disk_is_said_and_the_next_run_goes_on(tmp_path: Path, undisturbed: list[str]) -> None:
    url = str(tmp_path / "news.db")
    with open_store(url, create=True) as store:
        bounded(store, FEW)
        with pytest.raises(StoreError, match=r"full.* Make room on the disk"):
            ingest(store, COUNT)
        kept = [record["document"]["id"] for record in store.view().records()]
        assert 0 < len(kept) < COUNT
        assert kept == [f"a{number}" for number in range(len(kept))]
    with open_store(url) as store:
        ingest(store, COUNT)
        assert exported(store) == undisturbed


def test_it_waits_for_room_on_the_disk(tmp_path: Path, undisturbed: list[str]) -> None:
    said: list[str] = []

    def make_room(error: MasdarError) -> None:
        if isinstance(error, StoreError):
            said.append(str(error))
            bounded(store, 1_000 * FEW)

    with open_store(str(tmp_path / "news.db"), create=True) as store:
        bounded(store, FEW)
        ingest(store, COUNT, report=make_room)
        assert exported(store) == undisturbed
    assert len(said) == 1
    assert "Trying again in 0 s." in said[0]


def test_the_database_goes_away_and_comes_back(postgresql: Server, undisturbed: list[str]) -> None:
    gone: list[str] = []

    def stop(id: str) -> None:
        if id in ("a9", "a30") and id not in gone:
            gone.append(id)
            postgresql.stop()

    def start(error: MasdarError) -> None:
        if isinstance(error, StoreError):
            postgresql.start()

    with open_store(emptied(postgresql), create=True) as store:
        ingest(store, COUNT, at=stop, report=start)
        assert exported(store) == undisturbed
    assert gone == ["a9", "a30"]


def test_a_database_that_stays_away_is_said(postgresql: Server) -> None:
    with open_store(emptied(postgresql), create=True) as store:
        try:
            with pytest.raises(StoreError, match="postgresql://postgres@/postgres"):
                ingest(store, COUNT, at=lambda id: postgresql.stop() if id == "a9" else None)
        finally:
            postgresql.start()
        kept = [record["document"]["id"] for record in store.view().records()]
    assert kept == [f"a{number}" for number in range(len(kept))]
    assert 0 < len(kept) <= 9


def test_two_programs_make_one_store(url: str, undisturbed: list[str]) -> None:
    """Both read the same articles at the same time: each is kept once."""
    FORKS.set_forkserver_preload(["tests.store.stub"])
    pipes = [FORKS.Pipe(duplex=False) for _ in range(2)]
    processes = [FORKS.Process(target=ingest_until_killed, args=(url, COUNT, far)) for _, far in pipes]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    with open_store(url) as store:
        assert exported(store) == undisturbed


class Refusing:
    """A connection that SQLite refuses at once, some times, as it does when two programs switch one file to WAL."""

    def __init__(self, times: int, why: str) -> None:
        self.times, self.why = times, why

    def execute(self, _statement: str) -> None:
        if self.times:
            self.times -= 1
            raise sqlite3.OperationalError(self.why)


def test_a_lock_that_sqlite_does_not_wait_for_is_waited_for() -> None:
    connection: Any = Refusing(3, "database is locked")
    patiently(connection, "PRAGMA journal_mode=WAL")
    assert connection.times == 0


@pytest.mark.parametrize(("why", "patience"), [("disk I/O error", 30_000), ("database is locked", 20)])
def test_what_does_not_pass_is_said(monkeypatch: pytest.MonkeyPatch, why: str, patience: int) -> None:
    monkeypatch.setattr("masdar.store.connect.PATIENCE", patience)
    connection: Any = Refusing(1_000, why)
    with pytest.raises(sqlite3.OperationalError, match=why):
        patiently(connection, "PRAGMA journal_mode=WAL")
