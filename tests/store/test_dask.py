"""Reading on Dask: a killed worker loses nothing, what is there is not read again, other versions are refused."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import dask
import pytest
from distributed import Client

from masdar.errors import InputError, ModelError
from masdar.store import Store, open_store
from masdar.store.clusters import Cluster, Run, connected
from masdar.store.packed import Packed
from masdar.store.shards import Loading
from masdar.store.units import Plan
from masdar.types import Article, MadeBy
from tests.store.records import TEXT
from tests.store.stub import VERSIONS, exported, read

COUNT, SIZE = 24, 4
PATIENCE = 30  # seconds


@dataclass(frozen=True, slots=True)
class StubReads:
    """Reads without a model, as slowly as is wished; one article breaks it, one kills it."""

    seconds: float = 0.0
    made_by: MadeBy = VERSIONS

    def read(self, article: Article) -> Packed:
        time.sleep(self.seconds)
        if article.id == "unreadable":
            raise InputError("article unreadable has no text")
        if article.id == "mistake":
            raise ZeroDivisionError("division by zero")
        if article.id == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        return Packed(*read(article))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Two workers on this machine; a unit may cost one of them its life, not two."""
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), connected(None, 2) as made:
        yield made


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A file with articles, one that cannot be read, one that the program breaks on, and a line that is no JSON."""
    lines = [json.dumps({"id": f"a{n}", "text": TEXT, "source": f"s{n % 2}"}) for n in range(COUNT)]
    lines[5] = "no json"
    lines[10] = json.dumps({"id": "unreadable", "text": TEXT})
    lines[15] = json.dumps({"id": "mistake", "text": TEXT})
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    return file


def run(client: Client, news: Path, folder: Path, store: Store | None = None, seconds: float = 0.0) -> Run:
    """One run over the file."""
    cluster = Cluster(client, partial(StubReads, seconds), VERSIONS)
    loading = Loading(store) if store else None
    made = Run(cluster, Plan(folder, VERSIONS, SIZE), loading)
    if loading:
        made.tally = loading.tally
    list(made.answers([str(news)]))
    return made


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def killing(folder: Path) -> Iterator[list[int]]:
    """Kill a worker while it writes a shard, after the first was done; the list will hold its number."""
    killed: list[int] = []

    def kill() -> None:
        until = time.monotonic() + PATIENCE
        while not killed and time.monotonic() < until:
            parts = list(folder.glob(".*.part"))
            if parts and list(folder.glob("*.parquet")):
                killed.append(int(parts[0].name.split(".")[-2]))
                os.kill(killed[0], signal.SIGKILL)
            time.sleep(0.005)

    thread = threading.Thread(target=kill)
    thread.start()
    yield killed
    thread.join()


def test_a_killed_worker_loses_nothing(client: Client, news: Path, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    first, second = (str(tmp_path / name) for name in ("whole.db", "broken.db"))
    with open_store(first, create=True) as undisturbed, open_store(second, create=True) as store:
        run(client, news, whole, undisturbed)
        workers = set(client.run(os.getpid).values())
        with killing(broken) as killed:
            made = run(client, news, broken, store, seconds=0.05)
        assert killed[0] in workers - set(client.run(os.getpid).values())
        assert contents(broken) == contents(whole)
        assert exported(store) == exported(undisturbed)
    assert (made.tally.read, made.tally.failed) == (COUNT - 3, 3)


def test_as_many_workers_as_asked_for_are_started() -> None:
    with connected(None, 1) as client:
        assert len(client.scheduler_info()["workers"]) == 1


def test_what_is_there_is_not_read_again(client: Client, news: Path, tmp_path: Path) -> None:
    run(client, news, tmp_path / "shards")
    before = contents(tmp_path / "shards")
    missing = sorted((tmp_path / "shards").glob("*.parquet"))[3]  # one line of it is a mistake
    missing.unlink()
    again = run(client, news, tmp_path / "shards")
    assert (again.tally.read, again.tally.known, again.tally.failed) == (SIZE - 1, COUNT - SIZE - 2, 3)
    assert contents(tmp_path / "shards") == before


def test_a_unit_that_kills_every_worker_is_lost_alone(client: Client, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    ids = ["a1", "deadly", "a2"]
    news.write_text("\n".join(json.dumps({"id": id, "text": TEXT}) for id in ids), "utf-8")
    told: list[str] = []
    cluster = Cluster(client, StubReads, VERSIONS)
    made = Run(cluster, Plan(tmp_path / "shards", VERSIONS, 1), report=lambda error: told.append(str(error)))
    list(made.answers([str(news), str(tmp_path / "none.jsonl")]))
    assert (made.tally.read, made.tally.failed) == (2, 2)
    assert [text.split(":")[0] for text in sorted(told)] == [
        f"{news} 2-2 was lost",
        f"{tmp_path / 'none.jsonl'} does not exist. Give a file or a folder.",
    ]


def test_workers_of_another_version_are_refused(client: Client, news: Path, tmp_path: Path) -> None:
    newer = replace(VERSIONS, model="model-2")
    made = Run(Cluster(client, StubReads, newer), Plan(tmp_path, newer, SIZE))
    with pytest.raises(ModelError, match="Install the same masdar on all machines"):
        list(made.answers([str(news)]))


def test_no_scheduler_answers() -> None:
    with pytest.raises(InputError, match="No scheduler answers at here:1"), connected("here:1", 1, patience=1):
        pass
