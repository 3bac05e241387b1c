"""Bars over time that need no script: what the template draws as SVG, each with the address of its sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from masdar.store.aggregates import DAY, MONTH, YEAR, Period, Sum

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


def bars(periods: Sequence[Period], look_of: Callable[[str], str], address_of: Callable[[str], str]) -> Bars:
    """Days as bars of days, months or years, whichever are some tens.

    Args:
        periods: days.
        look_of: the colour of a type.
        address_of: where the sentences of a time are.
    """
    whole = joined(periods, letters_of([period.start for period in periods]))
    most = max((period.total.count for period in whole.values()), default=0)
    step = min(WIDEST, WIDTH / max(1, len(whole)))
    made = tuple(
        Bar(start, round(number * step, 2), round(max(0.5, step - GAP), 2), period.total.count,
            tuple(pieces(period, most, look_of)), address_of(start))
        for number, (start, period) in enumerate(whole.items())
    )  # fmt: skip
    return Bars(made, next(iter(whole), ""), next(reversed(whole), ""), most)


def letters_of(days: Sequence[str]) -> int:
    """How much of a date tells the bars apart."""
    if len(days) < 2:
        return DAY
    length = (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days
    return next((letters for letters, longest in STEPS if length <= longest), YEAR)


def times(periods: Sequence[Period], letters: int) -> list[str]:
    """Every day, month or year from the first to the last, those without anything too."""
    if not periods:
        return []
    day, last = (date.fromisoformat(periods[end].start) for end in (0, -1))
    found: dict[str, None] = {}
    step = timedelta(days=1 if letters == DAY else 27 if letters == MONTH else 360)
    while day < last:
        found[day.isoformat()[:letters]] = None
        day += step
    return [*(found | {last.isoformat()[:letters]: None})]


def joined(periods: Sequence[Period], letters: int) -> dict[str, Period]:
    """Days put together into days, months or years, in order."""
    found = {start: Period(start) for start in times(periods, letters)}
    for period in periods:
        whole = found[period.start[:letters]]
        for type, one in period.types.items():
            before = whole.types[type]
            whole.types[type] = Sum(before.count + one.count, before.claimed + one.claimed, before.score + one.score)
    return found


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
