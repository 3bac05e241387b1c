"""What pictures are drawn from: for a question, an object for JSON and the rows of a table for CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from masdar.plover import FACTS
from masdar.store.aggregates import DAY, MONTH, YEAR, Edge, Period, each_day, ends, network, over_time
from masdar.store.spots import Spot, spots
from masdar.store.tallies import QUOTATION
from masdar.web.asked import Question, called_by
from masdar.web.labels import names

Json = dict[str, Any]
UNITS = {"day": DAY, "month": MONTH, "year": YEAR}
MOST_DAYS, MOST_MONTHS = 200, 72 * 31  # of a time shown day by day, month by month
FEW = 20  # pairs that the strongest of two is looked for in
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


@dataclass(frozen=True, slots=True)
class Drawing:
    """The data of a picture."""

    data: Json
    header: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def csv(self) -> str:
        """The rows for a spreadsheet: with the mark that tells it the text is UTF-8."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.header)
        writer.writerows([*map(harmless, row)] for row in self.rows)
        return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def timeline(question: Question, unit: str = "") -> Drawing:
    """How much was said or done in each day, month or year, by type."""
    unit = unit or unit_of(*ends(question.desk.view, question.asked))
    periods = over_time(question.desk.view, question.asked, UNITS[unit])
    rows = [
        (period.start, type, one.count, one.claimed, one.mean)
        for period in periods
        for type, one in sorted(period.types.items())
    ]
    data = {"unit": unit, "series": series(question), "periods": [of_period(period) for period in periods]}
    return Drawing(data, (unit, "type", "count", "claimed", "mean_score"), rows)


def calendar(question: Question) -> Drawing:
    """How much was said or done on each day."""
    days = each_day(question.desk.view, question.asked)
    rows = [(day, total.count, total.claimed, total.mean) for day, total in days.items()]
    header = ("day", "count", "claimed", "mean_score")
    return Drawing({"days": [dict(zip(header, row, strict=True)) for row in rows]}, header, rows)


def dyad(question: Question, unit: str = "") -> Drawing:
    """What two did to each other and how hostile it was, over time; without two, those with most between them."""
    view, (left, right) = question.desk.view, pair_of(question)
    there = replace(question.asked, actors=question.who.keys(left), recipients=question.who.keys(right))
    back = replace(there, actors=there.recipients, recipients=there.actors)
    both = {"there": there, "back": back} if left and right else {}
    days = [day for one in both.values() for day in ends(view, one) if day]
    unit = unit or (unit_of(min(days), max(days)) if days else "day")
    counted = {side: over_time(view, one, UNITS[unit]) for side, one in both.items()}
    called = called_by(question.desk, (left, right), question.who)
    sides = {"there": (left, right), "back": (right, left)}
    rows = [
        (period.start, *(called.get(key, key) for key in sides[side]), total.count, total.claimed, total.mean)
        for side, periods in counted.items()
        for period in periods
        for total in (period.total,)
    ]
    data = {
        "unit": unit,
        "left": {"key": left, "name": called.get(left, "")},
        "right": {"key": right, "name": called.get(right, "")},
        **{side: [of_period(period) for period in counted.get(side, ())] for side in sides},
    }
    return Drawing(data, (unit, "actor", "recipient", "count", "claimed", "mean_score"), sorted(rows))


def pair_of(question: Question) -> tuple[str, str]:
    """The keys of the two that are asked for; where one is missing, the one with most between them."""
    left, right = (question.found[given] for given in (question.actor, question.recipient))
    if left and right:
        return left, right
    asked = replace(question.asked, recipients=())
    edges = network(question.desk.view, asked, question.who, question.level, FEW).edges
    best = next((edge for edge in edges if edge.actor != edge.recipient), None)
    return (best.actor, best.recipient) if best else (left, right)


def net(question: Question) -> Drawing:
    """Who did or said what to whom: the strongest pairs."""
    found = network(question.desk.view, question.asked, question.who, question.level)
    kept = found.edges
    called = called_by(question.desk, {key for edge in kept for key in (edge.actor, edge.recipient)}, question.who)
    rows = [
        (
            called[edge.actor],
            called[edge.recipient],
            edge.count,
            edge.claimed,
            edge.score,
            types_of(edge),
            edge.actor,
            edge.recipient,
        )
        for edge in kept
    ]
    header = ("actor", "recipient", "count", "claimed", "mean_score", "types", "actor_key", "recipient_key")
    data = {"is_cut": found.is_cut, "names": called, "edges": [of_edge(edge) for edge in kept]}
    return Drawing(data, header, rows)


def types_of(edge: Edge) -> str:
    """What most of it was: ASSAULT 39, SANCTION 6."""
    return ", ".join(f"{type} {count}" for type, count in edge.types)


def places(question: Question) -> Drawing:
    """Where events happened."""
    found, called = spots(question.desk.view, question.asked), names(question.desk.t.language)
    header = (
        "latitude",
        "longitude",
        "place",
        "country",
        "exactness",
        "claimed_by",
        "count",
        "claimed",
        "first",
        "last",
    )
    rows = [
        (spot.lat, spot.lon, spot.name, spot.country, spot.resolution, " ".join(spot.claimed_by), spot.count,
         spot.claimed, spot.first, spot.last)
        for spot in found.spots
    ]  # fmt: skip
    data = {"events": found.events, "is_cut": found.is_cut, "spots": [of_spot(spot, called) for spot in found.spots]}
    return Drawing(data, header, rows)


def of_spot(spot: Spot, called: Mapping[str, str]) -> Json:
    """A spot as data; `called` are the names of countries."""
    fields = ("lat", "lon", "name", "country", "resolution", "count", "claimed", "first", "last")
    quads = {str(quad): 0 for quad in range(1, 5)}
    for type, count in spot.types.items():
        quads[str(FACTS[type].quad)] += count
    claimants = [called.get(code, code) for code in spot.claimed_by]
    more = {
        "claimed_by": list(spot.claimed_by),
        "claimants": claimants,
        "types": dict(spot.types.most_common()),
        "quads": quads,
    }
    return {field: getattr(spot, field) for field in fields} | more


def of_edge(edge: Edge) -> Json:
    """An edge as data."""
    fields = ("actor", "recipient", "count", "claimed", "score")
    return {field: getattr(edge, field) for field in fields} | {"types": dict(edge.types)}


def of_period(period: Period) -> Json:
    """A period as data."""
    total = period.total
    types = {type: {"count": one.count, "claimed": one.claimed} for type, one in sorted(period.types.items())}
    return {"start": period.start, "count": total.count, "claimed": total.claimed, "score": total.mean, "types": types}


def series(question: Question) -> list[Json]:
    """How types are put together: events by quad class, quotations by stance."""
    if question.layer == QUOTATION:
        return [{"key": stance, "types": [stance]} for stance in STANCES]
    return [{"key": str(quad), "types": [type for type in FACTS if FACTS[type].quad == quad]} for quad in range(1, 5)]


STANCES = ("assert", "deny", "accuse", "demand", "threaten", "promise", "praise", "ask")


def unit_of(first: str, last: str) -> str:
    """In what a time from day to day is counted, so that some tens of bars come of it."""
    try:
        length = (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return "day"
    return "day" if length <= MOST_DAYS else "month" if length <= MOST_MONTHS else "year"


DRAW: Mapping[str, Callable[[Question], Drawing]] = {
    "timeline": timeline,
    "map": places,
    "network": net,
    "dyad": dyad,
    "calendar": calendar,
}
