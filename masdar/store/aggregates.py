"""How often who did or said what to whom, over time: the numbers that pictures are drawn from.

Everything here is read from `tallies` (masdar/store/tallies.py), so that it costs the same for ten articles and for a
hundred thousand. An `Asked` says what is counted; the same object chooses the sentences behind a number
(masdar/store/passages.py).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, String, func, select

from masdar.store.people import Identities
from masdar.store.tables import articles, tallies
from masdar.store.tallies import CLAIMED, COUNTRY, EVERYBODY, QUOTATION, REPORTED
from masdar.store.view import View

EVENT = "event"
LAYERS = (EVENT, QUOTATION)
SUMS = tuple(func.sum(tallies.c[name]).label(name) for name in ("count", "score"))
DAY, MONTH, YEAR = 10, 7, 4  # letters of a date
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: events or quotations of a time, a type, of actors and recipients (all their keys)."""

    layer: str = EVENT
    since: str = ""
    until: str = ""
    types: tuple[str, ...] = ()  # of events; stances of quotations
    told: str = ""  # claimed, reported, or empty for both
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    spot: tuple[float, float] | None = None  # where events happened; only for sentences

    @property
    def last(self) -> str:
        """The last day that `until` means: of 2018-04 every day to its end."""
        return self.until and f"{self.until}-99"


@dataclass(slots=True)
class Sum:
    """What was counted: how many, how many of them only claimed, and the sum of the scores."""

    count: int = 0
    claimed: int = 0
    score: float = 0.0

    def add(self, row: Row[Any]) -> None:
        """Count a row in."""
        values = row._mapping
        self.count += values["count"]
        self.claimed += values["count"] if values["layer"] == CLAIMED else 0
        self.score += values["score"] / TENTHS

    @property
    def mean(self) -> float:
        """The mean score."""
        return round(self.score / self.count, 2) if self.count else 0.0


@dataclass(slots=True)
class Period:
    """A day, month or year: what was counted in it, by type."""

    start: str
    types: dict[str, Sum] = field(default_factory=lambda: defaultdict(Sum))

    @property
    def total(self) -> Sum:
        """All types together."""
        return Sum(
            sum(one.count for one in self.types.values()),
            sum(one.claimed for one in self.types.values()),
            sum(one.score for one in self.types.values()),
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """What one did or said to another, all in all, and what most of it was."""

    actor: str
    recipient: str
    count: int
    claimed: int
    score: float  # the mean
    types: tuple[tuple[str, int], ...]


def conditions(asked: Asked, *, with_parties: bool = True) -> list[ColumnElement[bool]]:
    """What a row of `tallies` must fulfil."""
    made: list[ColumnElement[bool]] = [tallies.c.layer.in_(layers(asked))]
    if with_parties:
        made += [tallies.c.actor.in_(asked.actors or (EVERYBODY,))]
        made += [tallies.c.recipient.in_(asked.recipients or (EVERYBODY,))]
    made += [tallies.c.day >= asked.since] if asked.since else []
    made += [tallies.c.day <= asked.last, tallies.c.day != ""] if asked.until else []
    return made + ([tallies.c.type.in_(asked.types)] if asked.types else [])


def layers(asked: Asked) -> tuple[str, ...]:
    """The layers of `tallies` that are asked for."""
    if asked.layer == QUOTATION:
        return (QUOTATION,)
    return (asked.told,) if asked.told else (REPORTED, CLAIMED)


def over_time(view: View, asked: Asked, letters: int = DAY) -> list[Period]:
    """What was counted day by day, month by month or year by year; times without anything are left out."""
    start = func.substr(tallies.c.day, 1, letters, type_=String).label("start")
    keys = (start, tallies.c.type, tallies.c.layer)
    query = select(*keys, *SUMS).where(*conditions(asked), tallies.c.day != "")
    periods: dict[str, Period] = {}
    for row in view.rows(query.group_by(*keys).order_by(start)):
        periods.setdefault(row.start, Period(row.start)).types[row.type].add(row)
    return list(periods.values())


def newest_day(view: View) -> str:
    """The day of the newest article; empty where there is none. What articles say may happen later."""
    return view.rows(select(func.max(articles.c.day).label("day")))[0].day or ""


def among(level: str, column: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a key is of the level: countries as wholes, or single actors."""
    is_country = (column >= COUNTRY) & (column < COUNTRY[:-1] + chr(ord(COUNTRY[-1]) + 1))
    return is_country if level == COUNTRY else (column != EVERYBODY) & ~is_country


def network(view: View, asked: Asked, who: Identities, level: str = "") -> list[Edge]:
    """Who did or said what to whom, the strongest pairs first; with actors or recipients asked for, theirs only."""
    keys = (tallies.c.actor, tallies.c.recipient, tallies.c.type, tallies.c.layer)
    query = select(*keys, *SUMS).where(*conditions(asked, with_parties=False))
    query = query.where(among(level, tallies.c.actor), among(level, tallies.c.recipient))
    if asked.actors:
        query = query.where(tallies.c.actor.in_(asked.actors))
    if asked.recipients:
        query = query.where(tallies.c.recipient.in_(asked.recipients))
    edges: dict[tuple[str, str], Period] = {}
    for row in view.rows(query.group_by(*keys)):
        pair = (who.of(row.actor), who.of(row.recipient))
        if pair[0] != pair[1] or level == COUNTRY:
            edges.setdefault(pair, Period("")).types[row.type].add(row)
    return sorted((edge_of(pair, period) for pair, period in edges.items()), key=lambda edge: (-edge.count, edge.actor))


def edge_of(pair: tuple[str, str], period: Period) -> Edge:
    """A pair with its sums."""
    total = period.total
    types = sorted(((type, one.count) for type, one in period.types.items()), key=lambda item: (-item[1], item[0]))
    return Edge(*pair, total.count, total.claimed, total.mean, tuple(types))
