"""Where events happened: spots on a map with what happened there, and who claims a disputed one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, and_, select

from masdar.gazetteer.disputes import Dispute, load_disputes
from masdar.store.aggregates import Asked
from masdar.store.passages import items_asked
from masdar.store.tables import event_places, events, places
from masdar.store.view import View
from masdar.text.fold import fold_word

NEWEST = 5000  # events that are put on a map; the rest is said to be there
BESIDES = 3  # times as many are asked for their places
PLACE = ("text", "lat", "lon", "country", "resolution")
DIGITS = 4  # of degrees: what agrees in them is one spot


@dataclass(slots=True)
class Spot:
    """A point with the events that happened there, and how exact the point is."""

    lat: float
    lon: float
    country: str | None
    resolution: str | None
    claimed_by: tuple[str, ...]
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    claimed: int = 0
    first: str = ""
    last: str = ""

    @property
    def name(self) -> str:
        """What most articles call it."""
        return self.names.most_common(1)[0][0]

    @property
    def count(self) -> int:
        """How many events."""
        return self.types.total()

    def add(self, row: Row[Any]) -> None:
        """Count an event in."""
        self.names[row.text] += 1
        self.types[row.type] += 1
        self.claimed += row.claimed_in is not None
        self.first = min(self.first or row.day, row.day)
        self.last = max(self.last, row.day)


@dataclass(frozen=True, slots=True)
class Spots:
    """The spots of the newest events that are asked for; `is_cut` where there were older ones."""

    spots: tuple[Spot, ...]
    events: int
    is_cut: bool


def spots(view: View, asked: Asked, limit: int = NEWEST) -> Spots:
    """Where the events that are asked for happened, the spots of most first; events without a day are left out.

    Only the newest events are asked for their places, more of them than are shown: not all have one.
    """
    asked_for = items_asked(asked)
    newest = asked_for.query.where(asked_for.day.is_not(None)).order_by(*asked_for.order)
    items = newest.limit(limit * BESIDES).subquery()
    of_item = and_(events.c.article == items.c.article, events.c.id == items.c.item)
    of_event = and_(event_places.c.article == items.c.article, event_places.c.event == items.c.item)
    of_place = and_(places.c.article == event_places.c.article, places.c.id == event_places.c.place)
    query = select(items.c.day, events.c.type, events.c.claimed_in, *(places.c[name] for name in PLACE))
    query = query.select_from(items.join(events, of_item).join(event_places, of_event).join(places, of_place))
    query = query.where(places.c.lat.is_not(None)).order_by(items.c.day.desc(), items.c.article.desc())
    rows = view.rows(query.limit(limit + 1))
    is_cut = len(rows) > limit or bool(view.rows(newest.offset(limit * BESIDES).limit(1)))
    found = sorted(gathered(rows[:limit], load_disputes()), key=lambda spot: (-spot.count, spot.lat, spot.lon))
    return Spots(tuple(found), min(len(rows), limit), is_cut)


def gathered(rows: Iterable[Row[Any]], disputes: tuple[Dispute, ...]) -> list[Spot]:
    """Events by where they happened."""
    found: dict[tuple[float, float], Spot] = {}
    for row in rows:
        at = (round(row.lat, DIGITS), round(row.lon, DIGITS))
        if at not in found:
            found[at] = Spot(*at, row.country, row.resolution, claimants(row, disputes))
        found[at].add(row)
    return list(found.values())


def claimants(row: Row[Any], disputes: tuple[Dispute, ...]) -> tuple[str, ...]:
    """The states that claim a place which no record gives to one of them."""
    if row.country is not None:
        return ()
    name = fold_word(row.text)
    return next((one.claimed_by for one in disputes if one.concerns(name, row.lat, row.lon, None)), ())
