"""How many hits a query has, and how they spread over outlets, months, types or stances, and speakers or actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, func, select

from masdar.store.identities import told_apart
from masdar.store.search.find import Page, Sought, page_of
from masdar.store.search.query import Query
from masdar.store.search.terms import ARTICLES, EVENTS
from masdar.store.tables import SEARCHED, names, parties
from masdar.store.view import View

MOST = 10_000  # hits that are counted
SPREAD = 5_000  # hits that facets look at; enough to see how they spread, few enough to be quick
VALUES = 20  # of a facet that are listed
AT_ONCE = 1_000  # hits that are asked for in one statement


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
        return spread(connection, sought.kind, sought.newest(connection, most + 1), most)


def search_with_facets(view: View, query: Query, *, kind: str | None = None, limit: int = 20) -> tuple[Page, Facets]:
    """The first page of a search and its facets: what `search` and `facets` give, looked for once."""
    with view.connect() as connection:
        sought = Sought.of(connection, query, kind)
        rows = sought.newest(connection, SPREAD + 1)
        return page_of(connection, sought, [(0, row) for row in rows], limit), spread(connection, sought.kind, rows)


def spread(connection: Connection, kind: str, rows: Sequence[Row[Any]], most: int = SPREAD) -> Facets:
    """The facets of the newest hits; one more than `most` says that there are more."""
    counted = Count(min(len(rows), most), len(rows) <= most)
    label = {ARTICLES: None, EVENTS: "type"}.get(kind, "stance")
    values = {
        "source": listed("source", Counter(row.source for row in rows[:most])),
        "month": listed("on", Counter(row.day[:7] if row.day else None for row in rows[:most])),
    }
    if label:
        values[label] = listed(label, Counter(row.label for row in rows[:most]))
        part = "actor" if kind == EVENTS else "speaker"
        values[part] = actors(connection, SEARCHED[kind], [row.rank for row in rows[:most]], part)
    return Facets(counted, values)


def listed(field: str, counts: Mapping[str | None, int]) -> tuple[Value, ...]:
    """The commonest values, as many of one count in the order of the alphabet."""
    known = sorted(((value, hits) for value, hits in counts.items() if value), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Value(value, value, hits, condition(field, value)) for value, hits in known[:VALUES])


def condition(field: str, value: str) -> str:
    """A condition as it is typed."""
    sign = "=" if field in ("source", "speaker", "actor") else ":"
    return f'{field}{sign}"{value}"' if " " in value or sign == "=" else f"{field}{sign}{value}"


def actors(connection: Connection, searched: Table, ranks: Sequence[int], part: str) -> tuple[Value, ...]:
    """Who takes part most often; those who are known in one article only are left out."""
    counts: Counter[str] = Counter()
    of_item = and_(parties.c.article == searched.c.article, parties.c.item == searched.c.item)
    number = func.count().label("number")
    query = select(parties.c.actor, number).select_from(searched.join(parties, of_item)).group_by(parties.c.actor)
    for at in range(0, len(ranks), AT_ONCE):
        who = query.where(searched.c.rank.in_(ranks[at : at + AT_ONCE]), parties.c.part == part)
        counts.update({row.actor: row.number for row in connection.execute(who)})
    known: dict[str | None, int] = {key: hits for key, hits in counts.items() if "#" not in key}
    found = listed(part, known)
    called = names_of(connection, [value.value for value in found])
    return tuple(replace(value, name=called.get(value.value, value.value)) for value in found)


def names_of(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """The name that each actor has most often."""
    number = func.sum(names.c.count)
    query = select(names.c.actor, names.c.name).where(names.c.actor.in_(keys)).group_by(names.c.actor, names.c.name)
    rows = connection.execute(query.order_by(number.desc(), names.c.name)).all()
    return {row.actor: told_apart(row.name, row.actor) for row in reversed(rows)}
