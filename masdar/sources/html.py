"""Pages in HTML to Articles: trafilatura finds the main text, masdar the title, the outlet, the address and the day.

The text of the Article is the title and the paragraphs, one a line. Links to other articles ("اقرأ أيضاً", read also)
that the page has between its paragraphs stay, as lines that the zones know for teasers. Nothing of a page is executed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from masdar.errors import InputError
from masdar.sources.addresses import cleaned
from masdar.sources.charsets import decode_page
from masdar.sources.headlines import find_headline, only_says_when
from masdar.sources.metadata import canonical_of, in_address, linked_data, metas_of, outlet_of, published_of
from masdar.sources.needed import needed
from masdar.sources.plain import article_id, title_of
from masdar.text.fold import fold_word
from masdar.types import Article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 20_000_000  # bytes of a page; what is longer is no article
BLOCKS = frozenset({"ab", "body", "code", "div", "head", "item", "lb", "list", "p", "quote", "row", "table"})
SUFFIX = re.compile(r"\s+[|–—•»-]\s+")  # what separates a title from the name of its outlet
MOST_LEADING = 0.5  # of the words of a page that may stand in links; in articles few do, in lists nearly all
HEAD_LINES = 4  # of the text, among which the day and the title may be repeated


def read_html(data: bytes, where: str, url: str | None = None, charset: str | None = None) -> Article:
    """The article of a page.

    Args:
        url: the address the page was found at; its id is made of it, so that a newer version replaces this one.
        charset: what the server said.

    Raises:
        InputError: there is no main text, or a library is missing.
    """
    if len(data) > LONGEST:
        raise InputError(f"{where} has {len(data):,} bytes; masdar reads pages up to {LONGEST:,}. Cut it.")
    trafilatura = needed("trafilatura", "web", where)
    tree = parse(decode_page(data, where, charset), where)
    url = cleaned(url) if url else None
    metas, nodes = metas_of(tree), linked_data(tree)
    address = canonical_of(tree, metas, url)
    said = title_said(tree, metas, nodes)
    headline = find_headline(tree, said)
    title = shown_title(said, headline)
    published = published_of(tree, metas, nodes, headline) or in_address(address)
    lines = main_lines(trafilatura, tree, where)
    require_article(lines, tree, where)
    text = "\n".join(with_title(lines, title))
    id = article_id(url, "") if url else article_id(address, text)
    return Article(id, text, title or title_of(text), outlet_of(metas, nodes, address), address, published)


def identified(article: Article, link: str) -> Article:
    """The article under the id of the address that was asked for, wherever that led."""
    return replace(article, id=article_id(cleaned(link), ""))


def parse(page: str, where: str) -> HtmlElement:
    """The tree of a page."""
    from trafilatura.utils import load_html

    tree = load_html(page)
    if tree is None:
        raise InputError(f"{where} is no page in HTML. Give pages as .html, other text as .txt.")
    return tree


def main_lines(trafilatura: ModuleType, tree: HtmlElement, where: str) -> list[str]:
    """The lines of the main text.

    Raises:
        InputError: none was found.
    """
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True)
    lines = to_lines(found.body) if found is not None and found.body is not None else []
    if not lines:
        message = f"{where} has no main text. A front page has none; text that a script brings is not seen."
        raise InputError(message)
    return lines


def require_article(lines: list[str], tree: HtmlElement, where: str) -> None:
    """Raise InputError if most words lead elsewhere: a front page, a list of articles."""
    text = " ".join(lines)
    links = {" ".join(link.text_content().split()) for link in tree.iter("a")}
    leading = sum(len(link.split()) for link in links if link and link in text)
    if leading > MOST_LEADING * len(text.split()):
        raise InputError(
            f"{where} is a list of links, no article. Give the pages behind them, or the feed of the site."
        )


def to_lines(body: HtmlElement) -> list[str]:
    """One line for each paragraph, heading, list item and row."""
    from lxml import etree

    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in BLOCKS:
            parts.append("\n")
        elif element.tag == "cell":
            parts.append(" ")
        words = element.text if event == "start" else element.tail
        parts.append((words or "").replace("\n", " "))  # only blocks break lines
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


# Title and day


def title_said(tree: HtmlElement, metas: dict[str, str], nodes: list[dict[str, Any]]) -> str | None:
    """The title as the page gives it to machines."""
    headlines = (node.get("headline") for node in nodes)
    titles = (element.text for element in tree.iter("title"))
    claims = (metas.get("og:title"), metas.get("twitter:title"), *headlines, *titles)
    return next((" ".join(claim.split()) for claim in claims if isinstance(claim, str) and claim.strip()), None)


def shown_title(said: str | None, headline: HtmlElement | None) -> str | None:
    """The title: what the headline shows, else what the page says without the name of its outlet."""
    shown = " ".join(headline.text_content().split()) if headline is not None else ""
    if shown:
        return shown
    return SUFFIX.split(said)[0] if said else None


def with_title(lines: list[str], title: str | None) -> list[str]:
    """The lines under their title, without its repetition and the line that only says when."""
    known = fold_word(title or "")
    head = [line for line in lines[:HEAD_LINES] if fold_word(line) != known and not only_says_when(line)]
    return [*([title] if title else []), *head, *lines[HEAD_LINES:]]
