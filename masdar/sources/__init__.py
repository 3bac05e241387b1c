"""Anything that holds articles, to Articles.

A file is read by its suffix, a folder file by file, an address by what comes back, "-" is the standard input. What
cannot be read comes as an InputError in its place, and the rest is read on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from masdar.errors import InputError
from masdar.sources.addresses import is_url
from masdar.sources.files import FEEDS, files_in, read_file
from masdar.sources.language import require_arabic
from masdar.sources.memory import Forgetful, Memory
from masdar.sources.sniff import read_any
from masdar.types import Article

if TYPE_CHECKING:
    from masdar.sources.fetch import Fetcher

__all__ = ["Forgetful", "Found", "Memory", "open_source"]

Found = Iterator[Article | InputError]


def open_source(name: str, fetcher: Fetcher | None = None, memory: Memory | None = None) -> Found:
    """The articles of a file, a folder, an address on the web or, for "-", the standard input.

    Args:
        fetcher: asks for pages; give the same one to all sources, since it spares the hosts. A new one unless given.
        memory: what was read before, so that feeds and pages give only what is new; without one, everything is.
    """
    memory = memory or Forgetful()
    if name == "-":
        yield from checked(read_any(sys.stdin.buffer.read(), "standard input"), "standard input")
        return
    if is_url(name):
        yield from checked(open_web(name, fetcher, memory), name)
        return
    root = Path(name)
    if not root.exists():
        yield InputError(f"{name} does not exist. Give a file, a folder, an address, or - for standard input.")
        return
    for file in [root] if root.is_file() else files_in(root):
        is_leading_on = file.suffix.lower() in FEEDS
        found = open_feed_file(file, fetcher, memory) if is_leading_on else read_file(file)
        yield from checked(found, str(file))


def open_web(url: str, fetcher: Fetcher | None, memory: Memory) -> Found:
    """The articles at an address."""
    from masdar.sources.fetch import Fetcher
    from masdar.sources.web import open_url

    yield from open_url(url, fetcher or Fetcher(), memory)


def open_feed_file(file: Path, fetcher: Fetcher | None, memory: Memory) -> Found:
    """The articles of a feed that was saved: what it holds, and what its links lead to."""
    from masdar.sources.feed import open_feed
    from masdar.sources.fetch import Fetcher

    yield from open_feed(file, fetcher or Fetcher(), memory)


def checked(found: Found, where: str) -> Found:
    """The articles that are in Arabic; an error for every other one."""
    for article in found:
        if isinstance(article, Article):
            try:
                require_arabic(article.text, f"{where}, article {article.id},")
            except InputError as error:
                yield error
                continue
        yield article
