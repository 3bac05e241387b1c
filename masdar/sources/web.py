"""An address on the web to Articles: a page, a feed, plain text or JSON, told by what comes back."""

from __future__ import annotations

from collections.abc import Iterator

from masdar.errors import InputError
from masdar.sources.addresses import cleaned
from masdar.sources.feed import is_feed, read_feed, read_items
from masdar.sources.fetch import Fetched, Fetcher
from masdar.sources.html import identified, read_html
from masdar.sources.memory import Memory, State
from masdar.sources.metadata import host_of
from masdar.sources.plain import article_id, decode, title_of
from masdar.sources.sniff import is_html, is_json, read_any
from masdar.types import Article

Found = Iterator[Article | InputError]


def open_url(url: str, fetcher: Fetcher, memory: Memory) -> Found:
    """The articles at an address: nothing, if it has not changed since the last time."""
    state = memory.get(url)
    try:
        fetched = fetcher.fetch(url, state)
        if (fetched.is_unchanged and state.get("kind") == "feed") or is_feed(fetched.body):
            state = {"seen": {}, "failed": [], **state, "kind": "feed", **fetched.state}
            yield from follow_feed(fetched, url, fetcher, state)
        else:
            state = {"kind": "page", **fetched.state}
            yield from read_fetched(fetched, url)
    except InputError as error:
        yield error
        return
    memory.put(url, state)


def follow_feed(fetched: Fetched, url: str, fetcher: Fetcher, state: State) -> Found:
    """The new articles of a feed, and those it still owes."""
    items = [] if fetched.is_unchanged else read_feed(fetched.body, url, fetched.url, fetched.charset)
    yield from read_items(items, fetcher, state)


def read_fetched(fetched: Fetched, url: str) -> Found:
    """The articles of what an address gave.

    Raises:
        InputError: it holds none.
    """
    if fetched.is_unchanged:
        return
    if fetched.content_type.endswith("html") or is_html(fetched.body):
        yield identified(read_html(fetched.body, url, fetched.url, fetched.charset), url)
    elif fetched.content_type.endswith("xml"):
        raise InputError(f"{url} is XML, but no feed. masdar reads RSS, Atom and HTML.")
    elif is_json(fetched.body):
        yield from read_any(fetched.body, url)
    else:
        text = decode(fetched.body, url)
        yield Article(article_id(cleaned(url), ""), text, title_of(text), host_of(url), url)
