"""Feeds (RSS, Atom) to Articles: the text a feed brings along, or the page behind each of its links.

Pages are asked for one by one, those that came the last time not again. What could not be had is kept in the state of
the feed and tried again, some times, even when the feed itself has not changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from masdar.errors import InputError
from masdar.sources.addresses import cleaned, is_url
from masdar.sources.blocks import lines_of
from masdar.sources.charsets import decode_page
from masdar.sources.dates import to_published
from masdar.sources.fetch import Fetcher
from masdar.sources.html import identified, read_html
from masdar.sources.memory import Memory, State
from masdar.sources.needed import needed
from masdar.sources.plain import article_id
from masdar.types import Article

Found = Iterator[Article | InputError]
START = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
HEAD = 2048  # bytes in which a feed says that it is one
# what its parsers let out on markup that is broken
FEEDPARSER_FAILS = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError)
MOST_TRIES = 5  # of a page that cannot be had
FEWEST_WORDS = 60  # of a full text; teasers have 20 to 50
CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|المزيد|read more)\W*$", re.IGNORECASE)
# "this article appeared first on ...", which WordPress adds
SIGNED = re.compile(r"ظهرت المقالة .* أولا|The post .* appeared first on ")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: where its page is, and what the feed tells of it."""

    link: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    lines: tuple[str, ...] = ()  # the full text, if the feed has it
    stamp: str = ""  # changes when the article does
    tries: int = 0


def is_feed(data: bytes) -> bool:
    """Whether bytes begin like a feed."""
    start = data[:HEAD]
    return bool(START.search(start)) and b"<html" not in start.lower()


def read_feed(data: bytes, where: str, url: str | None = None, charset: str | None = None) -> list[Item]:
    """The entries of a feed that have a link, the last one first, as they were published.

    Args:
        url: the address of the feed, which its links are relative to.
        charset: what the server said.

    Raises:
        InputError: it is no feed.
    """
    feedparser = needed("feedparser", "web", where)
    text = decode_page(data, where, charset).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url or ""}
    try:
        loaded = feedparser.parse(io.BytesIO(text), response_headers=headers)
    except FEEDPARSER_FAILS as error:
        raise InputError(f"{where} is a broken feed: {error!r}. Check that it is whole.") from error
    if not loaded.get("version") and not loaded.entries:
        reason = loaded.get("bozo_exception", "it has no entries")
        raise InputError(f"{where} is no feed: {reason}. masdar reads RSS and Atom.")
    outlet = words(loaded.feed.get("title"))
    items = (to_item(dict(entry), outlet) for entry in reversed(loaded.entries))
    return [item for item in items if item]


def to_item(entry: dict[str, Any], outlet: str | None) -> Item | None:
    """One entry; None if it has no link."""
    link = next((link for link in (entry.get("link"), entry.get("id")) if isinstance(link, str) and is_url(link)), None)
    if link is None:
        return None
    said = entry.get("published") or entry.get("created") or entry.get("updated")
    stamp = entry.get("updated") or entry.get("published") or ""
    return Item(link, words(entry.get("title")), to_published(said), outlet, full_text(entry), str(stamp))


def words(value: object) -> str | None:
    """A text of one line, without its markup."""
    if not isinstance(value, str) or not value.strip():
        return None
    return " ".join(fragment_lines(value)) or None


def full_text(entry: dict[str, Any]) -> tuple[str, ...]:
    """The lines of the text that an entry brings along, if it is whole."""
    contents = (content.get("value") or "" for content in entry.get("content", ()))
    lines = [line for line in fragment_lines(max(contents, key=len, default="")) if not SIGNED.match(line)]
    is_whole = sum(len(line.split()) for line in lines) >= FEWEST_WORDS and not CUT.search(lines[-1])
    return tuple(lines) if is_whole else ()


def fragment_lines(markup: str) -> list[str]:
    """The lines of a piece of HTML."""
    from lxml import etree, html

    try:
        return lines_of(html.fragment_fromstring(markup, create_parent="div"))
    except (etree.LxmlError, ValueError):
        return []


# The articles behind the entries


def open_feed(file: Path, fetcher: Fetcher, memory: Memory) -> Found:
    """The articles of a feed in a file."""
    name = str(file)
    state = {"seen": {}, "failed": [], **memory.get(name), "kind": "feed"}
    try:
        items = read_feed(file.read_bytes(), name)
    except InputError as error:
        yield error
        return
    except OSError as error:
        yield InputError(f"{name} cannot be read: {error}. Check that it is whole and yours.")
        return
    yield from read_items(items, fetcher, state)
    memory.put(name, state)


def read_items(items: list[Item], fetcher: Fetcher, state: State) -> Found:
    """The articles of the entries that are new; `state` is brought up to date, to be kept when all were taken.

    Args:
        items: what the feed shows; none where it has not changed.
        state: with `seen` (address: stamp) and `failed` (entries that could not be had).
    """
    kept = [Item(**entry) for entry in state.get("failed", [])]
    tries = {item.link: item.tries for item in kept}
    seen: dict[str, str] = state.get("seen", {})
    shown = {cleaned(item.link): item for item in items}
    failed: list[Item] = []
    for item in [*(item for item in kept if cleaned(item.link) not in shown), *new_items(shown, seen)]:
        answer = read_item(item, fetcher)
        yield answer
        if isinstance(answer, InputError):
            failed.append(replace(item, lines=(), tries=tries.get(item.link, 0) + 1))
    missing = {cleaned(item.link) for item in failed}
    still = {address: item.stamp for address, item in shown.items()} if items else seen
    had = {cleaned(item.link): item.stamp for item in kept if not items}
    state["seen"] = {address: stamp for address, stamp in {**still, **had}.items() if address not in missing}
    state["failed"] = [asdict(item) for item in failed if item.tries < MOST_TRIES]


def new_items(shown: dict[str, Item], seen: dict[str, str]) -> list[Item]:
    """The entries that did not come before, or whose stamp is another one now."""
    return [item for address, item in shown.items() if seen.get(address) != item.stamp]


def read_item(item: Item, fetcher: Fetcher) -> Article | InputError:
    """The article of an entry."""
    if item.lines:
        text = "\n".join(filter(None, (item.title, *item.lines)))
        return Article(article_id(cleaned(item.link), ""), text, item.title, item.outlet, item.link, item.published)
    try:
        fetched = fetcher.fetch(item.link)
        article = read_html(fetched.body, item.link, fetched.url, fetched.charset)
    except InputError as error:
        return error
    title, source, published = (
        article.title or item.title,
        article.source or item.outlet,
        article.published or item.published,
    )
    return replace(identified(article, item.link), title=title, source=source, published=published)
