"""A stretch of an article's text with some of its words marked, for lists of what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from masdar.types import Span
from masdar.web.shown import plain

BEFORE = 160  # letters that are shown before the first marked word
SHOWN = 520  # letters in all


class Part(NamedTuple):
    """Words that look alike: what was looked for (`hit`), what was found (`focus`), both, or neither."""

    text: str
    look: str


def parts_of(words: str, start: int, focus: Iterable[Span], marks: Iterable[Span]) -> list[Part]:
    """The words from a place on, cut to a few lines around the first mark."""
    focus, marks = list(focus), list(marks)
    first = min([mark.start for mark in marks] or [span.start for span in focus] or [start])
    begin = max(0, first - start - BEFORE)
    begin = begin and words.find(" ", begin) + 1
    end = min(len(words), begin + SHOWN)
    cuts = sorted({begin, end, *within(begin, end, start, [*focus, *marks])})
    found = [part for part in pieces(words, start, cuts, (focus, marks)) if part.text]
    if begin:
        found.insert(0, Part("… ", ""))
    if end < len(words):
        found.append(Part(" …", ""))
    return found


def within(begin: int, end: int, start: int, spans: Iterable[Span]) -> Iterator[int]:
    """The ends of spans that lie inside."""
    for span in spans:
        yield from (place - start for place in span if begin < place - start < end)


def pieces(words: str, start: int, cuts: list[int], over: tuple[list[Span], list[Span]]) -> Iterator[Part]:
    """The words between the cuts."""
    for first, last in pairwise(cuts):
        span = Span(start + first, start + last)
        named = zip(("focus", "hit"), over, strict=True)
        looks = [look for look, spans in named if any(one.overlaps(span) for one in spans)]
        yield Part(spaced(words[first:last]), " ".join(looks))


def spaced(text: str) -> str:
    """In one line, with the spaces at its ends kept."""
    line = plain(text)
    return f"{' ' * text[:1].isspace()}{line}{' ' * (text[-1:].isspace() and bool(line))}"
