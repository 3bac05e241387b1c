"""How often who did or said what to whom, over time: the numbers that pictures are drawn from.

Everything here is read from `tallies` (masdar/store/tallies.py), so that it costs the same for ten articles and for a
hundred thousand. An `Asked` says what is counted; the same object chooses the sentences behind a number
(masdar/store/passages.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, String, and_, column, func, literal_column, select, text, values

from masdar.store.people import Identities
from masdar.store.tables import PAIRS, articles, tallies
from masdar.store.tallies import CLAIMED, COUNTRY, EVERYBODY, QUOTATION, REPORTED
from masdar.store.view import View

EVENT = "event"
LAYERS = (EVENT, QUOTATION)
SUMS = tuple(func.sum(tallies.c[name]).label(name) for name in ("count", "score"))
DAY, MONTH, YEAR = 10, 7, 4  # letters of a date
TENTHS = 10
STRONGEST = 600  # pairs of a network; a browser draws fewer
AT_ONCE = 400  # pairs in one query


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


def conditions(
    asked: Asked, *, with_parties: bool = True, day: ColumnElement[Any] = tallies.c.day
) -> list[ColumnElement[bool]]:
    """What a row of `tallies` must fulfil; `day` is how its day is to be asked for."""
    made: list[ColumnElement[bool]] = [tallies.c.layer.in_(layers(asked))]
    if with_parties:
        made += [tallies.c.actor.in_(asked.actors or (EVERYBODY,))]
        made += [tallies.c.recipient.in_(asked.recipients or (EVERYBODY,))]
    made += [day >= asked.since] if asked.since else []
    made += [day <= asked.last, day != ""] if asked.until else []
    return made + ([tallies.c.type.in_(asked.types)] if asked.types else [])


def layers(asked: Asked) -> tuple[str, ...]:
    """The layers of `tallies` that are asked for."""
    if asked.layer == QUOTATION:
        return (QUOTATION,)
    return (asked.told,) if asked.told else (REPORTED, CLAIMED)


def over_time(view: View, asked: Asked, letters: int = DAY) -> list[Period]:
    """What was counted day by day, month by month or year by year, by type; times without anything are left out."""
    start = func.substr(tallies.c.day, 1, letters, type_=String).label("start")
    keys = (start, tallies.c.type, tallies.c.layer)
    query = select(*keys, *SUMS).where(*conditions(asked), tallies.c.day != "")
    periods: dict[str, Period] = {}
    for row in view.rows(query.group_by(*keys).order_by(start)):
        periods.setdefault(row.start, Period(row.start)).types[row.type].add(row)
    return list(periods.values())


def each_day(view: View, asked: Asked) -> dict[str, Sum]:
    """What was counted on each day, all types together."""
    keys = (tallies.c.day, tallies.c.layer)
    query = select(*keys, *SUMS).where(*conditions(asked), tallies.c.day != "").group_by(*keys)
    days: dict[str, Sum] = {}
    for row in view.rows(query.order_by(tallies.c.day)):
        days.setdefault(row.day, Sum()).add(row)
    return days


def ends(view: View, asked: Asked) -> tuple[str, str]:
    """The first and the last day of what is counted; empty where there is nothing."""
    query = select(func.min(tallies.c.day).label("first"), func.max(tallies.c.day).label("last"))
    row = view.rows(query.where(*conditions(asked), tallies.c.day != ""))[0]
    return row.first or "", row.last or ""


def newest_day(view: View) -> str:
    """The day of the newest article; empty where there is none. What articles say may happen later."""
    return view.rows(select(func.max(articles.c.day).label("day")))[0].day or ""


@dataclass(frozen=True, slots=True)
class Net:
    """The strongest pairs, and whether there are weaker ones besides."""

    edges: list[Edge]
    is_cut: bool


def network(view: View, asked: Asked, who: Identities, level: str = "", limit: int = STRONGEST) -> Net:
    """Who did or said what to whom, the strongest pairs first; with actors or recipients asked for, theirs only."""
    pairs, is_cut = strongest(view, asked, who, level, limit)
    edges: dict[Pair, Period] = {}
    for (actor, recipient), row in of_pairs(view, asked, pairs):
        pair = (who.of(actor), who.of(recipient))
        if pair[0] != pair[1] or level == COUNTRY:
            edges.setdefault(pair, Period("")).types[row.type].add(row)
    made = sorted((edge_of(pair, period) for pair, period in edges.items()), key=lambda edge: (-edge.count, edge.actor))
    return Net(made[:limit], is_cut)


Pair = tuple[str, str]


def strongest(view: View, asked: Asked, who: Identities, level: str, limit: int) -> tuple[list[Pair], bool]:
    """The pairs of keys with most between them, and those of which a key was decided on; whether there are more."""
    keys = (tallies.c.actor, tallies.c.recipient)
    # coalesce: to read through. After ANALYZE SQLite would look up the days of each pair, which is slower for many
    where = conditions(asked, with_parties=False, day=func.coalesce(tallies.c.day, ""))
    where += [keys[0].in_(asked.actors)] if asked.actors else []
    where += [keys[1].in_(asked.recipients)] if asked.recipients else []
    query = select(*keys).where(text(PAIRS["countries" if level == COUNTRY else "actors"]), *where)
    rows = view.rows(query.group_by(*keys).order_by(SUMS[0].element.desc(), *keys).limit(limit + 1))
    found = [(row.actor, row.recipient) for row in rows[:limit]]
    decided = list(who.chosen)
    if decided and not level:
        more = query.where(keys[0].in_(decided) | keys[1].in_(decided)).distinct()
        found += [(row.actor, row.recipient) for row in view.rows(more)]
    return list(dict.fromkeys(found)), len(rows) > limit


def of_pairs(view: View, asked: Asked, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Row[Any]]]:
    """What was counted of some pairs, by type.

    Grouped by their numbers, which sort faster than names. The limit takes nothing away: it tells SQLite how few they
    are. After ANALYZE it took them for a million, and read all tallies to make a Bloom filter before it looked any up.
    """
    for start in range(0, len(pairs), AT_ONCE):
        columns = (column("number", Integer), column("actor", String), column("recipient", String))
        numbered = [(number, *pair) for number, pair in enumerate(pairs[start : start + AT_ONCE], start)]
        listed = values(*columns, name="pairs").data(numbered).cte("listed")
        few: ColumnElement[int] = literal_column(str(AT_ONCE))
        some = select(listed).limit(few).cte("some")  # joined, not IN: each pair is looked up
        of_pair = and_(tallies.c.actor == some.c.actor, tallies.c.recipient == some.c.recipient)
        keys = (some.c.number, tallies.c.type, tallies.c.layer)
        query = select(*keys, *SUMS).select_from(some.join(tallies, of_pair))
        rows = view.rows(query.where(*conditions(asked, with_parties=False)).group_by(*keys))
        yield from ((pairs[row.number], row) for row in rows)


def edge_of(pair: tuple[str, str], period: Period) -> Edge:
    """A pair with its sums."""
    total = period.total
    types = sorted(((type, one.count) for type, one in period.types.items()), key=lambda item: (-item[1], item[0]))
    return Edge(*pair, total.count, total.claimed, total.mean, tuple(types))
