"""A small server on this machine, and what asks it without waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from masdar.sources.fetch import Fetcher, Limits

Reply = tuple[int, dict[str, str], bytes]
Route = Reply | Callable[[BaseHTTPRequestHandler], Reply]


@dataclass
class Site:
    """What a server gives for each path, and what it was asked for."""

    url: str
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> str:
        """Give this body, HTML unless said otherwise, at a path; its address."""
        sent = {"Content-Type": "text/html; charset=utf-8"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.routes[path] = (status, sent, body.encode() if isinstance(body, str) else body)
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on the loopback."""

    held = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append(self.path)
            route = held.routes.get(self.path, (404, {}, b""))
            status, headers, body = route(self) if callable(route) else route
            if status == 0:
                return  # the route has answered, or hangs up
            self.send_response_only(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        held.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield held
        server.shutdown()
        thread.join()


@dataclass
class Clock:
    """A clock that only goes when somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    """A clock of one's own."""
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Fetcher:
    """Asks this machine too, never really sleeps, and wants small pages."""
    limits = Limits(size=50_000, seconds=5, delay=0)
    return Fetcher(allow_private=True, limits=limits, clock=clock.read, sleep=clock.sleep)
