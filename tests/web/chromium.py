"""A real browser on a real server, for the fixtures in conftest.py; skipped where Chromium is not installed."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from masdar.store import Store
from masdar.web.app import create_app
from tests.web.stub import reading

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# the map needs WebGL; on a machine without a graphics card Chromium reckons it itself
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PATIENCE = 60_000  # milliseconds: the machine may be busy
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# faults that keep somebody from using a page
GRAVE = ("serious", "critical")


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The address of a desk over a store, on a free port of this computer."""
    config = uvicorn.Config(create_app(store, reading(), name="هالة"), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, started. At most one at a time: Playwright starts no second one beside it."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@contextmanager
def tab_of(browser: Browser, store: Store) -> Iterator[Page]:
    """A tab on a desk of one's own; whatever the page complains of fails the test, and so does a foreign request."""
    with served(store) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        tab = context.new_page()
        said: list[str] = []
        tab.on("console", lambda message: said.append(message.text) if is_bad(message) else None)
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda asked: None if is_own(asked.url, address) else said.append(asked.url))
        yield tab
        context.close()
    assert said == []


def is_bad(message: ConsoleMessage) -> bool:
    """Whether a page complains; that the desk refused something on purpose is no complaint."""
    return message.type == "error" and "the server responded with a status of 4" not in message.text


def is_own(url: str, address: str) -> bool:
    """Whether a request stays on this desk."""
    return url.startswith((address, "blob:", "data:"))


def faults(page: Page) -> list[str]:
    """What axe finds that is grave, each with where."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]
