"""Bars over time that need no script: what the template draws as SVG, each with the address of its sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from masdar.store.aggregates import DAY, MONTH, YEAR, Period

WIDTH, HEIGHT, GAP = 720, 96, 1
WIDEST = 40  # of a bar
LABELLED = {DAY: 4, MONTH: 5, YEAR: 6}  # how many times are named below them at most: a phone has room for no more
STEPS = ((DAY, 92), (MONTH, 92 * 31))  # letters of a date: the longest time that is shown so, in days


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: `look` names its colour."""

    look: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A day, month or year: `room` begins at `left` and is what is clicked on, the bar in the middle of it."""

    start: str
    left: float
    room: float
    x: float
    width: float
    count: int
    pieces: tuple[Piece, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The name of a time below its bar: `at` in hundredths of the width, from where time begins."""

    start: str
    at: float
    anchor: str  # which part of the name stands there: start middle end

    def mirrored(self) -> Tick:
        """The same where time runs from right to left."""
        anchor = {"start": "end", "end": "start"}.get(self.anchor, self.anchor)
        return Tick(self.start, round(100 - self.at, 2), anchor)


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars, the names below them, the largest number."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
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
    step = WIDTH / max(1, len(starts))
    width = max(0.5, min(WIDEST, step - GAP))
    made = tuple(
        Bar(start, round(number * step, 2), round(step, 2), round((number + 0.5) * step - width / 2, 2),
            round(width, 2), period.total.count, tuple(pieces(period, most, look_of)), address_of(start))
        for number, start in enumerate(starts)
        for period in (found.get(start, Period(start)),)
    )  # fmt: skip
    return Bars(made, tuple(ticks(starts)), most)


def ticks(starts: Sequence[str]) -> list[Tick]:
    """The names of all times, or of some at even distances; where bars are narrow the outermost stay inside."""
    count, last = len(starts), len(starts) - 1
    named = min(count, LABELLED.get(len(starts[0]), LABELLED[DAY])) if starts else 0
    if named == count:
        return [Tick(start, middle(number, count), "middle") for number, start in enumerate(starts)]
    inner = [round(number * last / (named - 1)) for number in range(1, named - 1)]
    return [
        Tick(starts[0], 0.0, "start"),
        *(Tick(starts[number], middle(number, count), "middle") for number in inner),
        Tick(starts[last], 100.0, "end"),
    ]


def middle(number: int, count: int) -> float:
    """Where the middle of a bar is, in hundredths."""
    return round(100 * (number + 0.5) / count, 2)


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
