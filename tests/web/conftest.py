"""A store of fictional articles and a browser's way to the desk over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from masdar.store import Store, open_store
from masdar.store.write import Saving
from masdar.web.app import create_app
from tests.web.articles import articles

COUNT = 500


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with COUNT articles, made once; copy it to write."""
    path = tmp_path_factory.mktemp("desk") / "news.db"
    with open_store(str(path), create=True) as store, store.writer() as writer:
        writer.save_all(Saving.of(record) for record in articles(COUNT))
    return path


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own with COUNT articles."""
    path = shutil.copy(filled, tmp_path / "news.db")
    with open_store(str(path)) as opened:
        yield opened


@pytest.fixture
def desk(store: Store) -> Iterator[TestClient]:
    """The desk over it."""
    with TestClient(create_app(store), base_url="http://127.0.0.1:8000") as client:
        yield client
