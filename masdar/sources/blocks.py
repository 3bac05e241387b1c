"""A page as the lines that people see: blocks break lines, menus, footers and scripts are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# fmt: off
BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td",
    "th", "tr", "ul",
))
UNSEEN = frozenset((
    "script", "style", "noscript", "template", "svg", "footer", "nav", "aside", "select", "button", "iframe",
    "head",
))
# fmt: on


def lines_of(element: HtmlElement) -> list[str]:
    """The lines of an element as people see them."""
    return lines_until(element, None)[0]


def lines_until(element: HtmlElement, mark: HtmlElement | None) -> tuple[list[str], list[str]]:
    """The lines of an element before and after a mark in it; those of the mark left out."""
    sides: tuple[list[str], list[str]] = ([""], [""])
    side = 0
    for event, words in pieces(element, mark):
        if event == "mark":
            side = 1
        elif event == "break":
            sides[side].append("")
        else:
            sides[side][-1] += " " + words
    before, after = ([" ".join(line.split()) for line in lines if line.strip()] for lines in sides)
    return before, after


def pieces(element: HtmlElement, mark: HtmlElement | None) -> Iterator[tuple[str, str]]:
    """Words, breaks between blocks, and the mark, in the order of the page."""
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, is_left = stack.pop()
        is_block = node.tag in BLOCKS
        if is_left:
            yield from [("break", "")] if is_block else []
            yield "words", node.tail or ""
            continue
        stack.append((node, True))
        if node is mark:
            yield "mark", ""
        elif isinstance(node.tag, str) and node.tag not in UNSEEN:
            yield from [("break", "")] if is_block else []
            yield "words", shown_time(node) or node.text or ""
            stack.extend((child, False) for child in reversed(node))


def shown_time(node: HtmlElement) -> str | None:
    """The date for machines of a time element."""
    return f"{node.get('datetime')} " if node.tag == "time" and node.get("datetime") else None
