"""What a page says of itself: its outlet, its address, its title and the day it was published.

JSON-LD first, then meta elements, then what people see beside the headline (masdar/sources/headlines.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from masdar.sources.dates import to_published
from masdar.sources.headlines import shown_beside

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# meta elements with the day of publication, the surest first
# fmt: off
PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article.published",
    "datepublished", "parsely-pub-date", "cxenseparse:recs:publishtime", "citation_publication_date",
    "dcterms.created", "dcterms.date", "dc.date.issued", "dc.date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "date",
)
# fmt: on
ARTICLE_TYPES = re.compile(r"Article|Posting|Report", re.IGNORECASE)
ABOUT = re.compile(r"Article|Posting|Report|WebPage", re.IGNORECASE)  # not the site, its owner, a picture
DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)([/-])(\d\d?)\2(\d\d?)(?!\d)")
DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def metas_of(tree: HtmlElement) -> dict[str, str]:
    """The meta elements of a page by their name in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def outlet_of(metas: dict[str, str], nodes: list[dict[str, Any]], url: str | None) -> str | None:
    """Who published it: og:site_name, the publisher in JSON-LD, or the host."""
    publishers = (node.get("publisher") for node in nodes)
    named = (publisher.get("name") for publisher in publishers if isinstance(publisher, dict))
    name = metas.get("og:site_name") or next((name for name in named if isinstance(name, str) and name.strip()), None)
    if name:
        return " ".join(name.split())
    host = host_of(url)
    return host.removeprefix("www.") if host else None


def host_of(url: str | None) -> str | None:
    """The host of an address, if it has one."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def canonical_of(tree: HtmlElement, metas: dict[str, str], url: str | None) -> str | None:
    """The address the page gives itself, else the one it was found at.

    Many a site names its front page on every page: an address without a path is not believed.
    """
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    for claim in (next(links, None), metas.get("og:url")):
        try:
            address = urljoin(url or "", (claim or "").strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and (parts.path.strip("/") or parts.query):
            return str(address)
    return url


# The day


def published_of(
    tree: HtmlElement, metas: dict[str, str], nodes: list[dict[str, Any]], headline: HtmlElement | None
) -> str | None:
    """The day, with the time where it is told, from what the page says or shows."""
    said = [node.get("datePublished") for node in nodes]
    said += [metas.get(name) for name in PUBLISHED]
    said += [written(element) for element in tree.iter() if is_published(element)][:1]
    found = next(filter(None, map(to_published, said)), None)
    return found or (shown_beside(headline) if headline is not None else None)


def is_published(element: HtmlElement) -> bool:
    """Whether an element is marked as the day of publication."""
    return isinstance(element.tag, str) and (element.get("itemprop") or "").lower() == "datepublished"


def written(element: HtmlElement) -> str:
    """The date of an element: for machines, else for people."""
    return str(element.get("datetime") or element.get("content") or element.text_content())


def in_address(url: str | None) -> str | None:
    """The day in an address: https://example.org/2018/05/12/title."""
    found = DAY_IN_ADDRESS.search(url or "")
    return to_published("{}-{:0>2}-{:0>2}".format(*found.group(1, 3, 4))) if found else None


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """The JSON-LD nodes of the page, articles first; of broken JSON no more than the day of publication."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            nodes += read_linked_data(script.text or "")
    about = [node for node in nodes if "@type" not in node or ABOUT.search(str(node["@type"]))]
    return sorted(about, key=lambda node: not ARTICLE_TYPES.search(str(node.get("@type"))))


def read_linked_data(text: str) -> list[dict[str, Any]]:
    """The nodes in one JSON-LD script."""
    try:
        return list(walk(json.loads(text, strict=False)))
    except (ValueError, RecursionError):
        days = set(DATE_PUBLISHED.findall(text))
        return [{"datePublished": days.pop()}] if len(days) == 1 else []


def walk(loaded: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document: itself, those of a list or a graph."""
    if isinstance(loaded, dict):
        yield loaded
        yield from walk(loaded.get("@graph"), depth + 1) if depth < 5 else ()
    elif isinstance(loaded, list) and depth < 5:
        for item in loaded:
            yield from walk(item, depth + 1)
