"""The order of hits, newest first, as one number: when, then which article of the store, then which item of it.

The lower the rank, the newer. A database that keeps its index in this order has found the first page of a search when
it has found that many hits, and a range of dates is a range of ranks. The number holds 24 bits for the quarter of an
hour (what has no date comes last), 27 for the article (134 million), 12 for the item.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER_BITS, ITEM_BITS = 27, 12
UNDATED = (1 << 24) - 2  # so that the rank behind it is a 64-bit number still
FIRST_YEAR, LAST_YEAR = 1901, 2350
MONTHS, DAYS, QUARTERS = 12, 31, 96  # every month has 31 days here: only the order counts
WHEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d))?)?)?")


class Bounds(NamedTuple):
    """Ranks that a search is limited to: first <= rank < end."""

    first: int
    end: int


def rank_of(when: str | None, number: int, ordinal: int = 0) -> int:
    """The rank of an item by its time, ISO 8601 as precise as it is known; the article itself has the ordinal 0."""
    newest_first = (1 << NUMBER_BITS) - 1 - number
    return start_of(slot(when)) + (newest_first << ITEM_BITS) + ordinal


def bounds(since: str | None, until: str | None) -> Bounds:
    """The ranks from a date to a date, both included; until 2018-04 is until the end of April."""
    first = start_of(slot(latest(until))) if until else 0
    dated = start_of(UNDATED) if until else start_of(UNDATED + 1)
    return Bounds(first, start_of(slot(since) + 1) if since else dated)


def slot(when: str | None) -> int:
    """The quarters of an hour from a time to the end of the last year."""
    found = WHEN.match(when) if when else None
    if not found:
        return UNDATED
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    years = min(max(year or 0, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR
    days = (years * MONTHS + (month or 1) - 1) * DAYS + (day or 1) - 1
    quarter = (hour or 0) * 4 + (minute or 0) // 15
    return (LAST_YEAR + 1 - FIRST_YEAR) * MONTHS * DAYS * QUARTERS - 1 - days * QUARTERS - quarter


def latest(date: str) -> str:
    """The last moment of a year, a month or a day."""
    return date + "0000-12-31T23:59"[len(date) :]


def start_of(slot: int) -> int:
    """The first rank of a quarter of an hour."""
    return slot << (NUMBER_BITS + ITEM_BITS)
