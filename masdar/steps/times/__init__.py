"""Find expressions of time and say which day, month or year they mean.

The text is cut into atoms (words of time with their sense). Rules are patterns over atoms; from
left to right the longest match wins, and its function reckons the value from the anchor: the
publication date, else the article's own dateline, else a date told before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from masdar.steps.times.anchors import own_anchor, publication
from masdar.steps.times.answers import Anchor, Answer, Reading
from masdar.steps.times.atoms import CODES, Atoms, cut
from masdar.steps.times.deictic import find_deictic
from masdar.steps.times.patterns import compile_pattern, places
from masdar.steps.times.rules import Rule, rules
from masdar.steps.times.words import Kind, TimeWords, load_time_words
from masdar.text.fold import Folded
from masdar.types import Provenance, TimeExpression

__all__ = ["TimeWords", "find_times", "load_time_words"]

MEMORY = 80  # atoms; اليوم التالي counts from a date told no longer ago
CLOCK_REACH = 8  # atoms before a date in which a clock time may stand


class Found(NamedTuple):
    """An accepted match."""

    reading: Reading
    rule: Rule
    answer: Answer


class Patterns(NamedTuple):
    """The rules and the patterns of clock times beside a date."""

    rules: tuple[Rule, ...]
    clock_after: re.Pattern[str]
    clock_before: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """All patterns, compiled once."""
    clock = "CLOCKWORD (?:CLOCK|NUMBER|ORDINAL) (?:AND (?:HALF|QUARTER))?"
    after = compile_pattern(f"COMMA? IN? {clock} THEDAYPART?")
    return Patterns(rules(), after, compile_pattern(f"{clock} (?:FROM|THEDAYPART|COMMA)?$"))


def find_times(
    text: str, folded: Folded, words: TimeWords, published: str | None, *, deictic: bool = False
) -> tuple[TimeExpression, ...]:
    """Every expression of time in order, without overlaps; with `deictic` also الآن (now) and its like, valueless."""
    found = find_dated(text, folded, words, published)
    if not deictic:
        return found
    return tuple(sorted((*found, *find_deictic(folded, found)), key=lambda time: time.span))


def find_dated(text: str, folded: Folded, words: TimeWords, published: str | None) -> tuple[TimeExpression, ...]:
    """Every expression that names a day, a month, a year or a stretch of them."""
    atoms = cut(text, folded, words)
    matches = all_matches(atoms)
    anchor = publication(published)
    if anchor is None:
        unanchored = accepted(atoms, words, matches, None)
        anchor = own_anchor((found.reading, found.answer) for found in unanchored)
    return tuple(expression(found) for found in accepted(atoms, words, matches, anchor))


Match = tuple[Rule, "re.Match[str]"]


def all_matches(atoms: Atoms) -> list[Match]:
    """All matches of all rules, by place, the longest first."""
    found = [
        (match.start(), -match.end(), order, rule, match)
        for order, rule in enumerate(patterns().rules)
        for match in rule.pattern.finditer(atoms.codes)
    ]
    found.sort(key=lambda entry: entry[:3])
    return [(rule, match) for *_, rule, match in found]


def accepted(atoms: Atoms, words: TimeWords, matches: list[Match], anchor: Anchor | None) -> Iterator[Found]:
    """The matches that have an answer, left to right, each after the one before."""
    end, told, last = 0, 0, None
    for rule, match in matches:
        if match.start() < end:
            continue
        since = match.start() - told
        known = last if since <= MEMORY else None
        span = match.span()
        reading = Reading(atoms, words, *span, places(match), anchor, known, since)
        if answer := rule.function(reading):
            yield Found(reading, rule, answer)
            end = match.end()
            last, told = (answer, end) if answer.value else (last, told)


def expression(found: Found) -> TimeExpression:
    """A match as it goes into the record."""
    reading, answer = found.reading, found.answer
    first, last = with_clock(reading)
    items = reading.atoms.items
    score = 0.9 if answer.resolved_by else 1.0
    return TimeExpression(
        reading.atoms.folded.span(items[first].start, items[last - 1].end),
        Provenance(found.rule.name, score, answer.doubts),
        answer.value,
        answer.end_value,
        answer.granularity,
        answer.kind,
        answer.resolved_by,
    )


def with_clock(reading: Reading) -> tuple[int, int]:
    """First atom and end of a match with the clock time beside it: الاثنين الساعة 10:30."""
    codes, known = reading.atoms.codes, patterns()
    after = known.clock_after.match(codes, reading.end)
    earliest = max(0, reading.start - CLOCK_REACH)
    before = known.clock_before.search(codes[earliest : reading.start])
    first = earliest + before.start() if before else reading.start
    return first, closed(codes, first, after.end() if after else reading.end)


def closed(codes: str, first: int, end: int) -> int:
    """The end with the bracket that closes one inside: الأحد (13 مايو)."""
    opened = codes.count(CODES[Kind.OPEN], first, end) > codes.count(CODES[Kind.CLOSE], first, end)
    return end + 1 if opened and codes[end : end + 1] == CODES[Kind.CLOSE] else end
