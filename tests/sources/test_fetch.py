"""Asking for pages: addresses, redirects, robots, limits, politeness, what has not changed."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler

import pytest

from masdar.errors import InputError
from masdar.sources.connection import AGENT
from masdar.sources.fetch import Fetcher, Limits, kind_of
from tests.sources.conftest import Clock, Reply, Site


def refused(fetcher: Fetcher, url: str, message: str) -> None:
    """Asking is refused, with these words."""
    with pytest.raises(InputError, match=message):
        fetcher.fetch(url)


def test_a_page(site: Site, fetcher: Fetcher) -> None:
    url = site.add("/a", "نص", Content_Type="text/html; charset=windows-1256", ETag='"1"', Last_Modified="x")
    fetched = fetcher.fetch(url)
    assert (fetched.body.decode(), fetched.content_type, fetched.charset) == ("نص", "text/html", "windows-1256")
    assert fetched.state == {"etag": '"1"', "modified": "x"}
    assert site.asked == ["/robots.txt", "/a"]


def test_who_asks(site: Site, fetcher: Fetcher) -> None:
    heard: list[str | None] = []

    def listen(handler: BaseHTTPRequestHandler) -> Reply:
        heard.extend((handler.headers["User-Agent"], handler.headers["Host"]))
        return 200, {}, b""

    site.routes["/a"] = listen
    fetcher.fetch(f"{site.url}/a")
    assert heard == [AGENT, site.url.removeprefix("http://")]
    assert AGENT.startswith("masdar/")


def test_an_address_in_arabic(site: Site, fetcher: Fetcher) -> None:
    site.add("/%D8%AE%D8%A8%D8%B1?%D8%B3=1", "نص")
    assert fetcher.fetch(f"{site.url}/خبر?س=1#هنا").body


def test_compressed(site: Site, fetcher: Fetcher) -> None:
    assert fetcher.fetch(site.add("/a", gzip.compress(b"text"), Content_Encoding="gzip")).body == b"text"
    refused(fetcher, site.add("/b", b"\x1f\x8btext", Content_Encoding="gzip"), "broken")
    refused(fetcher, site.add("/c", b"text", Content_Encoding="zstd"), "zstd")


# Where it may not go

PRIVATE = ["http://127.0.0.1", "http://[::1]", "http://localhost", "http://2130706433", "http://10.0.0.1", "http://0"]


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused(url: str) -> None:
    refused(Fetcher(), url, "not on the public internet|not found")


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is taken for public; the second one leads to this machine."""
    monkeypatch.setattr("masdar.sources.addresses.is_public", lambda address: len(site.asked) < 2)
    url = site.add("/a", status=302, Location="http://localhost:1/b")
    refused(Fetcher(limits=Limits(delay=0)), url, "localhost:1/b leads to .*not on the public internet")
    assert site.asked == ["/robots.txt", "/a"]


def test_one_private_address_among_others_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: found)
    refused(Fetcher(), "http://example.org/", r"10\.0\.0\.1")


def test_the_address_that_was_checked_is_the_one_connected_to(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere the second time it is resolved (DNS rebinding) is not resolved a second time."""
    port = int(site.url.rpartition(":")[2])
    answers = iter([[(2, 1, 6, "", ("127.0.0.1", port))]] * 3)
    real = socket.getaddrinfo

    def resolved(host: str, *args: int, **named: int) -> list[tuple[object, ...]]:
        return next(answers) if host == "rebind.example" else real(host, *args, **named)  # type: ignore[arg-type,return-value]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    site.add("/a", "نص")
    assert fetcher.fetch(f"http://rebind.example:{port}/a").body
    assert list(answers) == []  # once for the host, for robots.txt and for the page


BAD = [
    ("ftp://a.example/", "no address that masdar asks for"),
    ("http://", "no address"),
    ("http://a:b@c.example/", "passwords"),
    ("http://[1", "no address"),
    ("http://a.example:99999/", "no address"),
    ("http://no-such-host.invalid/", "not found"),
    ("http://" + "a" * 70 + ".example/", "no address|not found"),
]


@pytest.mark.parametrize(("url", "message"), BAD)
def test_bad_addresses(url: str, message: str) -> None:
    refused(Fetcher(), url, message)


# Redirects


def test_redirects(site: Site, fetcher: Fetcher) -> None:
    for number in range(7):
        site.add(f"/{number}", status=301 + number % 2, Location=f"/{number + 1}")
    site.add("/7", "نص")
    assert fetcher.fetch(f"{site.url}/2").url == f"{site.url}/7"
    refused(fetcher, f"{site.url}/1", "redirects more than 5 times")


def test_a_redirect_to_another_scheme(site: Site, fetcher: Fetcher) -> None:
    refused(fetcher, site.add("/a", status=302, Location="file:///etc/passwd"), "no address")


# Robots


def test_robots_forbid(site: Site, fetcher: Fetcher) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /private\n", Content_Type="text/plain")
    refused(fetcher, site.add("/private/a", "نص"), "not for programs")
    refused(fetcher, site.add("/b", status=302, Location="/private/a"), "not for programs")
    assert fetcher.fetch(site.add("/public", "نص")).body
    assert site.asked == ["/robots.txt", "/b", "/public"]


def test_robots_that_are_broken_forbid_for_now(site: Site, fetcher: Fetcher) -> None:
    site.add("/robots.txt", status=500)
    for path in ("/a", "/b"):
        refused(fetcher, site.add(path, "نص"), "robots.txt answered 500")
    assert site.asked == ["/robots.txt"]


# Limits


@pytest.mark.parametrize("length", [None, "60000"])
def test_too_long(site: Site, fetcher: Fetcher, length: str | None) -> None:
    headers = {"Content-Length": length} if length else {"Transfer-Encoding": "identity"}
    site.routes["/a"] = (200, headers, b"x" * 60_000)
    refused(fetcher, f"{site.url}/a", "more than 50,000 bytes")


def test_too_long_when_decompressed(site: Site, fetcher: Fetcher) -> None:
    refused(fetcher, site.add("/a", gzip.compress(b"x" * 10**6), Content_Encoding="gzip"), "more than 50,000 bytes")


def drip(handler: BaseHTTPRequestHandler, start: bytes) -> Reply:
    """Send a byte now and then, for ever."""
    handler.wfile.write(start)
    try:
        for _ in range(200):
            handler.wfile.write(b"a")
            time.sleep(0.02)
    except OSError:
        pass
    return 0, {}, b""


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips(site: Site, clock: Clock, start: bytes) -> None:
    site.routes["/a"] = lambda handler: drip(handler, start)
    fetcher = Fetcher(allow_private=True, limits=Limits(seconds=0.3, delay=0), sleep=clock.sleep)
    began = time.monotonic()
    refused(fetcher, f"{site.url}/a", "does not answer .*too long|timed out")
    assert time.monotonic() - began < 3


def test_a_page_that_is_cut(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    refused(fetcher, site.add("/a", b"x", Content_Length="9"), "does not answer")
    assert clock.slept == [2, 4]
    assert site.asked == ["/robots.txt", "/a", "/a", "/a"]


KINDS = ["application/pdf", "image/png", "video/mp4", "application/octet-stream", "application/x-sh"]


@pytest.mark.parametrize("kind", KINDS)
def test_other_kinds_are_not_taken(site: Site, fetcher: Fetcher, kind: str) -> None:
    refused(fetcher, site.add("/a", "نص", Content_Type=kind), kind)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 500, 304])
def test_other_answers(site: Site, fetcher: Fetcher, status: int) -> None:
    refused(fetcher, site.add("/a", status=status), f"answered {status}")


def test_kind_of() -> None:
    assert kind_of('Text/HTML; x=1; Charset="windows-1256"') == ("text/html", "windows-1256")
    assert kind_of("") == ("", None)


# Politeness


def busy(wait: str, turns: int) -> Iterator[Reply]:
    """Busy for some turns, then there."""
    for _ in range(turns):
        yield 429, {"Retry-After": wait}, b""
    yield 200, {"Content-Type": "text/html"}, b"text"


def test_a_busy_host_is_asked_again_when_it_wishes(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    replies = busy("7", 2)
    site.routes["/a"] = lambda handler: next(replies)
    assert fetcher.fetch(f"{site.url}/a").body == b"text"
    assert clock.slept == [7, 7]


def test_a_host_that_stays_busy(site: Site, fetcher: Fetcher) -> None:
    refused(fetcher, site.add("/a", status=503), "answered 503")
    assert site.asked.count("/a") == 3


def test_nobody_is_waited_for_too_long(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    refused(fetcher, site.add("/a", status=503, Retry_After="3600"), "wait 3600 seconds")
    refused(fetcher, site.add("/b", status=503, Retry_After=formatdate(time.time() + 3600, usegmt=True)), "to wait 3")
    assert clock.slept == []


def test_a_host_is_asked_slowly(site: Site, clock: Clock) -> None:
    fetcher = Fetcher(allow_private=True, limits=Limits(delay=2), clock=clock.read, sleep=clock.sleep)
    for path in ("/a", "/b"):
        fetcher.fetch(site.add(path, "نص"))
    assert clock.slept == [2, 2]


def test_a_host_may_wish_to_be_asked_more_slowly(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    site.add("/robots.txt", "User-agent: *\nCrawl-delay: 9", Content_Type="text/plain")
    fetcher.fetch(site.add("/a", "نص"))
    assert clock.slept == [9]


# What has not changed


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    def reply(handler: BaseHTTPRequestHandler) -> Reply:
        is_known = handler.headers["If-None-Match"] == '"1"' and handler.headers["If-Modified-Since"] == "then"
        return (304, {}, b"") if is_known else (200, {"ETag": '"1"', "Last-Modified": "then"}, b"text")

    site.routes["/a"] = reply
    first = fetcher.fetch(f"{site.url}/a")
    again = fetcher.fetch(f"{site.url}/a", {"kind": "page", **first.state})
    assert (first.is_unchanged, again.is_unchanged, again.body) == (False, True, b"")
    assert again.state["etag"] == '"1"'
