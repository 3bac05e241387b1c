"""A store of fictional articles and a browser's way to the desk over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from masdar.store import Store, open_store
from masdar.store.write import Saving
from masdar.web.app import create_app
from tests.web.articles import articles
from tests.web.chromium import browser as chromium_browser
from tests.web.chromium import tab_of
from tests.web.stub import reading

COUNT = 500
BASE = "http://127.0.0.1:8000"


@dataclass(slots=True)
class Browser:
    """A client that fills in the hidden field of forms, as a browser does."""

    client: TestClient

    def get(self, address: str, **more: object) -> Response:
        """A page."""
        return self.client.get(address, **more)  # type: ignore[arg-type]

    def csrf(self) -> str:
        """The hidden field, from a page that has it."""
        page = self.client.get("/sign-in", follow_redirects=True).text
        return page.split('name="csrf" content="')[1].split('"')[0]

    def post(self, address: str, data: dict[str, object] | None = None, **more: object) -> Response:
        """Send a form."""
        return self.client.post(address, data={"csrf": self.csrf()} | (data or {}), **more)  # type: ignore[arg-type]


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
    with TestClient(create_app(store, reading()), base_url=BASE, headers={"accept": "text/html"}) as client:
        yield client


@pytest.fixture
def browser(desk: TestClient) -> Browser:
    """The same, with forms filled in."""
    return Browser(desk)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """A real browser for the tests of a module, closed after them: while it runs nothing else may run a loop."""
    with chromium_browser() as started:
        yield started


@pytest.fixture
def page(chromium: Chromium, store: Store) -> Iterator[Page]:
    """A tab of the real browser on a desk of one's own."""
    with tab_of(chromium, store) as tab:
        yield tab
