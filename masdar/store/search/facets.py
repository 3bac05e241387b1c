"""How many hits a query has, and how they spread over outlets, months, types or stances, and speakers or actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from masdar.store.identities import told_apart
from masdar.store.search.find import Sought
from masdar.store.search.query import Query
from masdar.store.search.terms import ARTICLES, EVENTS
from masdar.store.tables import entities, parties
from masdar.store.view import View

MOST = 10_000  # hits that are counted
SPREAD = 5_000  # hits that facets look at; enough to see how they spread, few enough to be quick
VALUES = 20  # of a facet that are listed
AT_ONCE = 1_000  # articles that are asked for in one statement
NAMED = 100  # mentions of an actor whose commonest name is shown


@dataclass(frozen=True, slots=True)
class Count:
    """How many hits; `is_all` says whether those are all, or there are more that were not counted."""

    hits: int
    is_all: bool


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet. `query` narrows a search to it when it is added to what was typed."""

    value: str
    name: str
    hits: int
    query: str


@dataclass(frozen=True, slots=True)
class Facets:
    """The newest hits, at most some thousands, by facet: outlet, month, stance or type, speaker or actor."""

    counted: Count
    values: dict[str, tuple[Value, ...]]


def count(view: View, query: Query, *, kind: str | None = None, most: int = MOST) -> Count:
    """How many hits there are, up to a number."""
    with view.connect() as connection:
        hits = Sought.of(connection, query, kind).count(connection, most + 1)
    return Count(min(hits, most), hits <= most)


def facets(view: View, query: Query, *, kind: str | None = None, most: int = SPREAD) -> Facets:
    """How the newest hits spread."""
    with view.connect() as connection:
        sought = Sought.of(connection, query, kind)
        rows = sought.newest(connection, most + 1)
        label = {ARTICLES: None, EVENTS: "type"}.get(sought.kind, "stance")
        values = {
            "source": listed("source", Counter(row.source for row in rows[:most])),
            "month": listed("on", Counter(row.day[:7] if row.day else None for row in rows[:most])),
        }
        if label:
            values[label] = listed(label, Counter(row.label for row in rows[:most]))
            part = "actor" if sought.kind == EVENTS else "speaker"
            values[part] = actors(connection, rows[:most], part)
    return Facets(Count(min(len(rows), most), len(rows) <= most), values)


def listed(field: str, counts: Mapping[str | None, int]) -> tuple[Value, ...]:
    """The commonest values, as many of one count in the order of the alphabet."""
    known = sorted(((value, hits) for value, hits in counts.items() if value), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Value(value, value, hits, condition(field, value)) for value, hits in known[:VALUES])


def condition(field: str, value: str) -> str:
    """A condition as it is typed."""
    sign = "=" if field in ("source", "speaker", "actor") else ":"
    return f'{field}{sign}"{value}"' if " " in value or sign == "=" else f"{field}{sign}{value}"


def actors(connection: Connection, rows: Sequence[Row[Any]], part: str) -> tuple[Value, ...]:
    """Who takes part most often; those who are known in one article only are left out."""
    items = {(row.article, row.item) for row in rows}
    numbers = sorted({number for number, _ in items})
    counts: Counter[str] = Counter()
    for at in range(0, len(numbers), AT_ONCE):
        who = select(parties.c.article, parties.c.item, parties.c.actor).where(
            parties.c.article.in_(numbers[at : at + AT_ONCE]), parties.c.part == part
        )
        counts.update(row.actor for row in connection.execute(who) if (row.article, row.item) in items)
    known: dict[str | None, int] = {key: hits for key, hits in counts.items() if "#" not in key}
    return tuple(replace(value, name=name_of(connection, value.value)) for value in listed(part, known))


def name_of(connection: Connection, key: str) -> str:
    """The name that an actor has most often."""
    some = select(entities.c.name).where(entities.c.actor == key).limit(NAMED)
    names = Counter(connection.execute(some).scalars())
    return told_apart(min(names, key=lambda name: (-names[name], name)), key) if names else key
