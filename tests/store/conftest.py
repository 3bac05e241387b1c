"""Stores in both databases, empty before each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from masdar.store import Store, open_store

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
SETTINGS = "fsync=off\nfull_page_writes=off\nmax_connections=30\nlisten_addresses=''\n"


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL of the test run, reached over a socket in its own folder."""

    home: Path
    control: list[str]

    @property
    def url(self) -> str:
        """The database that always exists."""
        return f"postgresql://postgres@/postgres?host={self.home}"

    def run(self, *words: str) -> None:
        """Tell pg_ctl something, as the user that owns the folder."""
        told = [*self.control, "-D", str(self.home / "data"), "-l", str(self.home / "log"), "-w", *words]
        subprocess.run(told, check=True, stdout=subprocess.DEVNULL, cwd=self.home)

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.run("-o", f"-k {self.home}", "start")

    def stop(self) -> None:
        """Stop at once, cutting off whoever is connected."""
        self.run("-m", "immediate", "stop")


def binary(name: str) -> str | None:
    """A program of PostgreSQL: Debian keeps most of them off the PATH."""
    return next((str(path / name) for path in reversed(BINARIES) if (path / name).exists()), None) or shutil.which(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server in a folder of its own, started once; skipped where PostgreSQL is not installed."""
    initdb, control = binary("initdb"), binary("pg_ctl")
    if initdb is None or control is None:
        pytest.skip("PostgreSQL is not installed")
    runuser = shutil.which("runuser") or "/usr/sbin/runuser"  # the PATH of a bare shell lacks sbin
    as_user = [runuser, "-u", "nobody", "--"] if os.geteuid() == 0 else []  # it refuses to run as root
    home = Path(tempfile.mkdtemp(prefix="masdar-pg-"))
    if as_user:
        shutil.chown(home, "nobody")
    server = Server(home, [*as_user, control])
    made = [
        *as_user,
        initdb,
        "-D",
        str(home / "data"),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]
    try:
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=home)
        with (home / "data" / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS)
        server.start()
        yield server
    finally:
        if (home / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(home, ignore_errors=True)


def emptied(server: Server) -> str:
    """The address of a database without a table."""
    engine = create_engine(server.url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return server.url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store that does not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'news.db'}"
    return emptied(request.getfixturevalue("postgresql"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    with open_store(url, create=True) as opened:
        yield opened


@pytest.fixture
def reopened(url: str, store: Store) -> Iterator[Callable[[], Store]]:
    """Opens the store of the test once more, as another program would."""
    opened: list[Store] = []

    def again() -> Store:
        opened.append(open_store(url))
        return opened[-1]

    yield again
    for other in opened:
        other.close()
