"""Lines of a text, and whether one reads like a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masdar.types import Span

LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
FULL_STOP = re.compile(r"(?:(?<!\.)\.|[:،,;؛])[\"”»)\]\s]*$")
LIST_MARK = re.compile(r"\s*(?:[*•▪■◆–—-]|\d+\s*[.):–-])")
LONGEST_HEADLINE = 25  # words; the longest of the project's corpora had 22


def find_lines(text: str) -> Iterator[Span]:
    """Every line with something in it, without the white space around it."""
    for match in LINE.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        if words.strip():
            yield Span(start, start + len(words.strip()))


def beginning(line: str, most: int) -> str:
    """The first words of a line, in at most so many letters, with … where it goes on."""
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]} …"


def is_headline(line: str) -> bool:
    """Whether a line could be a headline: short, a few words, no full stop, no list mark."""
    if "\n" in line.strip() or FULL_STOP.search(line) or LIST_MARK.match(line):
        return False
    return 2 <= len(line.split()) <= LONGEST_HEADLINE
