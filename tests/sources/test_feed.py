"""Feeds and addresses: the articles behind links, what is remembered, what is tried again."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from masdar.errors import InputError
from masdar.sources import open_source
from masdar.sources.feed import CUT, is_feed, read_feed
from masdar.sources.fetch import Fetcher
from masdar.types import Article
from tests.sources import pages
from tests.sources.conftest import Reply, Site
from tests.sources.pages import BODY, FIRST, SECOND, THIRD, TITLE


class Kept:
    """Remembers for as long as the test lasts."""

    def __init__(self) -> None:
        self.states: dict[str, dict[str, Any]] = {}

    def get(self, name: str) -> dict[str, Any]:
        """The state, or nothing."""
        return dict(self.states.get(name, {}))

    def put(self, name: str, state: dict[str, Any]) -> None:
        """Keep it."""
        self.states[name] = state


def item(link: str, more: str = "") -> str:
    """An entry of an RSS feed."""
    return f"<item><title>{TITLE}</title><link>{link}</link>{more}</item>"


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    """An RSS feed, its last entry first."""
    head = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    feed = f"{head}<channel><title>وكالة الواحة</title>{''.join(items)}</channel></rss>"
    return feed.encode(encoding)


SIGNED = f"<p>ظهرت المقالة {TITLE} أولاً على الواحة.</p>"
FULL = f"<content:encoded><![CDATA[{BODY}{SIGNED}<script>x()</script>]]></content:encoded>"


def read(found: object) -> list[Article | InputError]:
    """All of a source."""
    return list(found)  # type: ignore[call-overload,no-any-return]


def test_entries() -> None:
    second = item("https://a.example/2", "<pubDate>الثلاثاء، 17 كانون الثاني 2023 10:00</pubDate>")
    first = item("https://a.example/1", "<pubDate>Tue, 17 Jan 2023 10:00:00 +0300</pubDate>")
    found = read_feed(rss(second, first), "feed.xml")
    assert [entry.link for entry in found] == ["https://a.example/1", "https://a.example/2"]
    assert [entry.published for entry in found] == ["2023-01-17T10:00:00+03:00", "2023-01-17"]
    assert {(entry.title, entry.outlet) for entry in found} == {(TITLE, "وكالة الواحة")}


def test_windows_1256() -> None:
    (entry,) = read_feed(rss(item("https://a.example/1"), encoding="windows-1256"), "feed.xml")
    assert entry.title == TITLE


def test_atom() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>الواحة</title><entry><title>خبر</title><id>urn:1</id>'
        '<link href="/1"/><updated>2023-01-17T10:00:00Z</updated></entry></feed>'
    ).encode()
    (entry,) = read_feed(feed, "feed", "https://a.example/feed")
    assert (entry.link, entry.published) == ("https://a.example/1", "2023-01-17T10:00:00+00:00")


def test_full_text() -> None:
    (entry,) = read_feed(rss(item("https://a.example/1", FULL)), "feed.xml")
    assert entry.lines == (FIRST, SECOND, THIRD)


@pytest.mark.parametrize("end", ["…", " [...]", "... اقرأ المزيد", " Read more »"])
def test_a_text_that_is_cut_is_not_full(end: str) -> None:
    assert CUT.search(f"{THIRD}{end}")
    assert not CUT.search(THIRD)


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<?xml version='1.0'?><urlset/>", b"{}", b"<rss"])
def test_no_feed(data: bytes) -> None:
    with pytest.raises(InputError, match=r"feed\.xml is no feed"):
        read_feed(data, "feed.xml")


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("طلسم", "utf-8")
    for value in (f'SYSTEM "file://{tmp_path}/secret"', '"' + "ا" * 99 + '"'):
        bomb = f"<!DOCTYPE rss [<!ENTITY x {value}>]>".encode()
        data = rss(item("https://a.example/1", f"<description>{'&x;' * 99}</description>")).replace(
            b"<rss", bomb + b"<rss"
        )
        assert all("طلسم" not in str(entry) for entry in read_feed(data, "feed.xml"))


def test_a_feed_leads_to_its_pages(site: Site, fetcher: Fetcher) -> None:
    site.add("/1?utm_source=rss", pages.page("", f"<article><h1>{TITLE}</h1>{BODY}</article>"))
    site.add("/2", status=404)
    published = "<pubDate>Tue, 17 Jan 2023 10:00:00 +0300</pubDate>"
    links = (item(f"{site.url}/3", FULL), item(f"{site.url}/2"), item(f"{site.url}/1?utm_source=rss", published))
    url = site.add("/feed", rss(*links), Content_Type="application/rss+xml")
    page, error, full = open_source(url, fetcher)
    assert isinstance(page, Article)
    assert isinstance(full, Article)
    assert (page.text, page.published) == ("\n".join((TITLE, FIRST, SECOND, THIRD)), "2023-01-17T10:00:00+03:00")
    assert (full.text, full.source, full.url) == (page.text, "وكالة الواحة", f"{site.url}/3")
    assert "/2 answered 404" in str(error)
    assert site.asked == ["/robots.txt", "/feed", "/1?utm_source=rss", "/2"]
    (again,) = open_source(f"{site.url}/1?utm_source=rss", fetcher)
    assert isinstance(again, Article)
    assert again.id == page.id


def test_a_feed_gives_only_what_is_new(site: Site, fetcher: Fetcher) -> None:
    memory = Kept()
    site.add("/1", pages.with_open_graph())
    links = [item(f"{site.url}/2"), item(f"{site.url}/1")]

    def feed(handler: BaseHTTPRequestHandler) -> Reply:
        is_known = handler.headers["If-None-Match"] == str(len(links))
        return (304, {}, b"") if is_known else (200, {"ETag": str(len(links)), "Content-Type": "text/xml"}, rss(*links))

    site.routes["/feed"] = feed
    url = f"{site.url}/feed"
    assert [type(found) for found in open_source(url, fetcher, memory)] == [Article, InputError]
    assert memory.states[url]["kind"] == "feed"
    assert [type(found) for found in open_source(url, fetcher, memory)] == [InputError]  # 304, and /2 once more
    site.add("/2", pages.live_blog())
    assert [type(found) for found in open_source(url, fetcher, memory)] == [Article]
    assert read(open_source(url, fetcher, memory)) == []
    links.insert(0, item(f"{site.url}/3"))
    site.add("/3", pages.with_linked_data())
    assert [type(found) for found in open_source(url, fetcher, memory)] == [Article]
    assert site.asked.count("/1") == site.asked.count("/3") == 1
    assert site.asked.count("/2") == 3


def test_a_page_that_never_comes_is_given_up(site: Site, fetcher: Fetcher) -> None:
    memory = Kept()
    url = site.add("/feed", rss(item(f"{site.url}/1")), Content_Type="text/xml", ETag="1")
    for _ in range(7):
        read(open_source(url, fetcher, memory))
        site.routes["/feed"] = (304, {}, b"")
    assert site.asked.count("/1") == 5


def test_what_was_not_taken_is_not_remembered(site: Site, fetcher: Fetcher) -> None:
    memory = Kept()
    for path in ("/1", "/2"):
        site.add(path, pages.with_open_graph())
    url = site.add("/feed", rss(item(f"{site.url}/2"), item(f"{site.url}/1")), Content_Type="text/xml")
    found = open_source(url, fetcher, memory)
    assert isinstance(next(found), Article)
    found.close()  # type: ignore[attr-defined]
    assert memory.states == {}


def test_a_page_that_has_not_changed_gives_nothing(site: Site, fetcher: Fetcher) -> None:
    memory = Kept()
    url = site.add("/1", pages.with_open_graph(), ETag="1")
    assert len(read(open_source(url, fetcher, memory))) == 1
    site.add("/1", status=304)
    assert read(open_source(url, fetcher, memory)) == []


def test_a_page_that_could_not_be_read_is_asked_for_again(site: Site, fetcher: Fetcher) -> None:
    memory = Kept()
    url = site.add("/1", pages.front_page(), ETag="1")
    (error,) = open_source(url, fetcher, memory)
    assert "list of links" in str(error)
    assert memory.states == {}


OTHERS = [
    ("text/plain", f"{TITLE}\n{FIRST}".encode("cp1256"), [TITLE]),
    ("application/json", b'{"text": "%b", "title": "x"}' % FIRST.encode(), ["x"]),
    ("application/x-ndjson", b'{"text": "%b", "title": "x"}\n' % FIRST.encode() * 2, ["x", "x"]),
    ("", pages.with_open_graph().encode(), [TITLE]),
]


@pytest.mark.parametrize(("kind", "body", "titles"), OTHERS)
def test_other_kinds(site: Site, fetcher: Fetcher, kind: str, body: bytes, titles: list[str]) -> None:
    found = read(open_source(site.add("/a", body, Content_Type=kind), fetcher))
    assert [article.title for article in found if isinstance(article, Article)] == titles


def test_xml_that_is_no_feed(site: Site, fetcher: Fetcher) -> None:
    (error,) = open_source(site.add("/a", "<urlset/>", Content_Type="text/xml"), fetcher)
    assert "no feed" in str(error)


def test_the_charset_of_the_server(site: Site, fetcher: Fetcher) -> None:
    url = site.add("/a", pages.without_head().encode("cp1256"), Content_Type="text/html; charset=windows-1256")
    (article,) = open_source(url, fetcher)
    assert isinstance(article, Article)
    assert THIRD in article.text


def test_feed_files(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    site.add("/1", pages.with_open_graph())
    (tmp_path / "a.xml").write_bytes(rss(item(f"{site.url}/1")))
    (tmp_path / "b.rss").write_bytes(b"<urlset/>")
    memory = Kept()
    article, error = open_source(str(tmp_path), fetcher, memory)
    assert isinstance(article, Article)
    assert "b.rss is no feed" in str(error)
    assert read(open_source(str(tmp_path / "a.xml"), fetcher, memory)) == []


def test_is_feed() -> None:
    assert is_feed(rss())
    assert not is_feed(b"<!doctype html><html><body>&lt;rss")


def test_this_machine_is_not_asked(site: Site) -> None:
    (error,) = open_source(site.add("/a", pages.with_open_graph()))
    assert "--allow-private" in str(error)
    assert site.asked == []
