"""Pair quotation marks: straight, curly in right and reversed use, angular, single, doubled.

Only angular marks say which way they face. For all others the spacing decides: a mark that opens
has space before it and a letter after it. Each paragraph is first read flat (open, close, open,
close); where spacing contradicts that and a nested reading closes everything, the nested one is
taken. A mark left open runs to the end of its paragraph, or on into the next one where that
continues it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from masdar.types import QuoteMarks, Span

PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
MARK = re.compile(
    r"""
    (?P<angle> [«»] )
  | (?P<double> ["“”„‟] | '' | ‘‘ | ’’ )
  | (?P<single> [‹›] | (?<![^\W\d_]) ['‘’‚] | ['‘’‚] (?![^\W\d_]) )
    """,
    re.VERBOSE,
)
BEFORE_OPENING = frozenset("([{«“‹:،؛,-–—/…\N{ARABIC TATWEEL}\"'‘")
AFTER_CLOSING = frozenset(")]}»”›:،؛,.!?؟-–—/…\"'’")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
REACH = 6  # paragraphs that a quotation may run on without a mark


class Facing(Enum):
    """Which way a mark faces, by its shape or the spacing around it."""

    OPENING = 1
    CLOSING = 2
    EITHER = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark: where, of which family (angle, double, single), facing which way."""

    span: Span
    family: str
    facing: Facing


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to pair the marks of a block: pairs with depth, marks left open, contradictions."""

    pairs: tuple[tuple[Mark, Mark, int], ...]
    unclosed: tuple[tuple[Mark, int], ...]
    contradictions: int


def pair_marks(text: str) -> tuple[QuoteMarks, ...]:
    """All pairs of quotation marks of the text, in order; parentheses are none.

    «قال: "نعم".» -> «…» of depth 0 and "…" of depth 1
    """
    paragraphs = [Span(*line.span()) for line in PARAGRAPH.finditer(text)]
    marks = [tuple(find_marks(text, paragraph)) for paragraph in paragraphs]
    found: list[QuoteMarks] = []
    index = 0
    while index < len(paragraphs):
        last, block = grow_block(text, index, paragraphs, marks)
        found += to_quote_marks(text, read_marks(block), paragraphs[last].end)
        index = last + 1
    return tuple(sorted(found, key=lambda pair: (pair.outer.start, -pair.outer.end)))


def find_marks(text: str, paragraph: Span) -> Iterator[Mark]:
    """The quotation marks of a paragraph. Inches and feet (32") are none where nothing is open."""
    seen = 0
    for match in MARK.finditer(text, *paragraph):
        family = match.lastgroup or ""
        facing = facing_of(text, match, paragraph)
        is_measure = match.start() > 0 and text[match.start() - 1].isdecimal() and seen % 2 == 0
        if family != "angle" and is_measure and facing is not Facing.OPENING:
            continue
        seen += family != "angle"
        yield Mark(Span(*match.span()), family, facing)


def facing_of(text: str, match: re.Match[str], paragraph: Span) -> Facing:
    """Which way a mark faces; reversed angular marks (»نعم«) are told by their spacing."""
    opens, closes = could_open(text, match, paragraph), could_close(text, match, paragraph)
    mark = match.group()
    if mark in "«»‹›":
        is_reversed = (opens and not closes) if mark in "»›" else (closes and not opens)
        return Facing.OPENING if (mark in "«‹") != is_reversed else Facing.CLOSING
    if opens == closes:
        return Facing.EITHER
    return Facing.OPENING if opens else Facing.CLOSING


def could_open(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Space or an opening sign before it, something to enclose after it."""
    before = text[paragraph.start : match.start()].rstrip(INVISIBLE)[-1:]
    after = text[match.end() : paragraph.end].lstrip(INVISIBLE)[:1]
    is_free = not before or before.isspace() or before in BEFORE_OPENING
    return is_free and bool(after) and not after.isspace() and after not in ".،؛:)"


def could_close(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Something enclosed before it, space or a closing sign after it."""
    before = text[paragraph.start : match.start()].rstrip(INVISIBLE)[-1:]
    after = text[match.end() : paragraph.end].lstrip(INVISIBLE)[:1]
    is_free = not after or after.isspace() or after in AFTER_CLOSING
    return is_free and bool(before) and not before.isspace() and before not in "(:،"


def grow_block(
    text: str, first: int, paragraphs: list[Span], marks: list[tuple[Mark, ...]]
) -> tuple[int, tuple[Mark, ...]]:
    """The paragraphs that one quotation runs over: index of the last, and all their marks."""
    last, block = first, marks[first]
    while opened := [
        mark for mark, depth in read_marks(block).unclosed if depth == 0 and mark.facing is not Facing.CLOSING
    ]:
        following = next_with(opened[-1].family, last, marks)
        if following is None:
            break
        more = continued(text, opened[-1], paragraphs[following], marks[following])
        if more is None:
            break
        last, block = following, block + more
    return last, block


def next_with(family: str, last: int, marks: list[tuple[Mark, ...]]) -> int | None:
    """The next paragraph with a mark of this family, if it is near."""
    reach = range(last + 1, min(last + 1 + REACH, len(marks)))
    return next((i for i in reach if any(mark.family == family for mark in marks[i])), None)


def continued(text: str, opened: Mark, paragraph: Span, marks: tuple[Mark, ...]) -> tuple[Mark, ...] | None:
    """The marks of a paragraph that goes on with an open quotation, or None if it does not.

    It does if it repeats the opening mark at its start, or if its first mark closes.
    """
    first = next(mark for mark in marks if mark.family == opened.family)
    same = text[slice(*first.span)] == text[slice(*opened.span)]
    rest = tuple(mark for mark in marks if mark is not first)
    if same and not text[paragraph.start : first.span.start].strip(INVISIBLE + " \t*-"):
        return rest if read_marks((opened, *rest)).contradictions == 0 else None
    closes = first.facing is Facing.CLOSING
    return marks if closes and not read_marks((opened, *marks)).unclosed else None


def read_marks(marks: tuple[Mark, ...]) -> Reading:
    """The better reading of a block: flat, unless spacing speaks against it."""
    flat = pair_up(marks, is_nesting=False)
    if not flat.contradictions:
        return flat
    nested = pair_up(marks, is_nesting=True)
    if not nested.unclosed or flat.unclosed:
        return nested
    return flat


def pair_up(marks: tuple[Mark, ...], *, is_nesting: bool) -> Reading:
    """Pair marks with a stack. Nesting lets a mark that faces open do so inside its own family."""
    stack: list[Mark] = []
    pairs: list[tuple[Mark, Mark, int]] = []
    unclosed: list[tuple[Mark, int]] = []
    contradictions = 0
    for mark in marks:
        is_open = any(other.family == mark.family for other in stack)
        if opens_here(mark, is_open=is_open, is_nesting=is_nesting):
            stack.append(mark)
            continue
        if not is_open:
            contradictions += 1
            continue
        contradictions += mark.facing is Facing.OPENING
        while stack[-1].family != mark.family:
            other = stack.pop()
            unclosed.append((other, len(stack)))
        pairs.append((stack.pop(), mark, len(stack)))
    unclosed += [(mark, depth) for depth, mark in enumerate(stack)]
    return Reading(tuple(pairs), tuple(unclosed), contradictions)


def opens_here(mark: Mark, *, is_open: bool, is_nesting: bool) -> bool:
    """Whether the mark opens: always if none of its family is open, save one that only closes."""
    if mark.family == "angle":
        return mark.facing is Facing.OPENING
    if mark.family == "single" and mark.facing is Facing.CLOSING:
        return False
    return not is_open or (is_nesting and mark.facing is Facing.OPENING)


def to_quote_marks(text: str, reading: Reading, end: int) -> Iterator[QuoteMarks]:
    """The pairs of a reading, and what was left open to the end of the paragraph.

    Single marks left open are apostrophes; a pair around nothing is none; the last mark of a
    paragraph that faces backwards opens nothing.
    """
    for opening, closing, depth in reading.pairs:
        inner = Span(opening.span.end, closing.span.start)
        if text[slice(*inner)].strip():
            yield QuoteMarks(Span(opening.span.start, closing.span.end), inner, depth=depth)
    for opening, depth in reading.unclosed:
        if opening.family == "single" or opening.facing is Facing.CLOSING:
            continue
        stop = opening.span.end + len(text[opening.span.end : end].rstrip())
        if opening.span.end < stop:
            yield QuoteMarks(Span(opening.span.start, stop), Span(opening.span.end, stop), False, depth)
