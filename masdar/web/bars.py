"""Bars over time that need no script: what the template draws as SVG, each with the address of its sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from masdar.store.aggregates import DAY, MONTH, YEAR, Period

WIDTH, HEIGHT, GAP = 720, 96, 1
WIDEST = 26  # of a bar
STEPS = ((DAY, 92), (MONTH, 92 * 31))  # letters of a date: the longest time that is shown so, in days


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: `look` names its colour."""

    look: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A day, month or year."""

    start: str
    x: float
    width: float
    count: int
    pieces: tuple[Piece, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars, the first and last time, the largest number."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    most: int


def letters_of(first: str, last: str) -> int:
    """How much of a date tells bars from the first to the last day apart, so that they are some tens."""
    try:
        length = (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return DAY
    return next((letters for letters, longest in STEPS if length <= longest), YEAR)


def bars(periods: Sequence[Period], look_of: Callable[[str], str], address_of: Callable[[str], str]) -> Bars:
    """Days, months or years as bars.

    Args:
        periods: those with anything, in order, all of one length.
        look_of: the colour of a type.
        address_of: where the sentences of a time are.
    """
    found = {period.start: period for period in periods}
    starts = times(next(iter(found), ""), next(reversed(found), ""))
    most = max((period.total.count for period in periods), default=0)
    step = min(WIDEST, WIDTH / max(1, len(starts)))
    made = tuple(
        Bar(start, round(number * step, 2), round(max(0.5, step - GAP), 2), period.total.count,
            tuple(pieces(period, most, look_of)), address_of(start))
        for number, start in enumerate(starts)
        for period in (found.get(start, Period(start)),)
    )  # fmt: skip
    return Bars(made, next(iter(starts), ""), next(reversed(starts), ""), most)


def times(first: str, last: str) -> list[str]:
    """Every day, month or year from the first to the last one."""
    letters, found = len(last), {first: None} if first else {}
    try:
        day, end = (date.fromisoformat(start + "-01-01"[len(start) - YEAR :]) for start in (first, last))
    except ValueError:
        return list(dict.fromkeys(start for start in (first, last) if start))
    step = timedelta(days=1 if letters == DAY else 27 if letters == MONTH else 360)
    while day < end:
        found[day.isoformat()[:letters]] = None
        day += step
    return [*(found | {last: None})]


def pieces(period: Period, most: int, look_of: Callable[[str], str]) -> list[Piece]:
    """A bar's parts, from below."""
    heights: dict[str, int] = {}
    for type, one in sorted(period.types.items(), key=lambda item: look_of(item[0])):
        heights[look_of(type)] = heights.get(look_of(type), 0) + one.count
    made, base = [], float(HEIGHT)
    for look, count in heights.items():
        height = count / most * HEIGHT
        base -= height
        made.append(Piece(look, round(base, 2), round(height, 2)))
    return made
