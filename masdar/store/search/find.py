"""Pages of hits, newest first, or first those that have the words in their title."""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, select

from masdar.errors import QueryError
from masdar.store.search.hits import Hit, Shower
from masdar.store.search.index import All, Match, by_index, found, newest, term
from masdar.store.search.match import match_of
from masdar.store.search.query import PHRASE, WORD, Box, Query
from masdar.store.search.rank import bounds
from masdar.store.search.terms import ARTICLES, EVENTS
from masdar.store.search.words import words_of
from masdar.store.tables import SEARCHED, articles, event_places, places, quotations
from masdar.store.view import View

MOST = 200  # hits on a page
AT_ONCE = 2_000  # hits in memory while all are listed
LAST = 1 << 63  # above all ranks
OPERATORS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Page:
    """Hits, and what to give as `after` for the next ones; None behind the last."""

    kind: str
    hits: tuple[Hit, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for in a store: what the index is asked, and what must hold besides."""

    kind: str
    match: Match
    query: Query
    dialect: str

    @classmethod
    def of(cls, connection: Connection, query: Query, kind: str | None) -> Sought:
        """What a query means in this store."""
        kind = kind or query.kind
        if kind not in SEARCHED:
            raise QueryError(f"There are no {kind} to search. Search in {', '.join(SEARCHED)}.")
        if query.limits and kind == ARTICLES:
            raise QueryError("conf: is for quotations and events; articles have no confidence.")
        return cls(kind, match_of(query, connection), query, connection.dialect.name)

    def rows(self, *, limit: int | None = None) -> Select[Any]:
        """The query for all that is found, newest first."""
        query, rank = self.within(*bounds(self.query.since, self.query.until), self.match)
        return query.order_by(rank).limit(limit)

    def within(self, first: int, end: int, match: Match) -> tuple[Select[Any], ColumnElement[int]]:
        """The query for what is found between two ranks, and the rank to order it by."""
        query, rank = found(self.dialect, self.kind, match)
        return query.where(rank >= first, rank < end, *self.besides()), rank

    def newest(
        self, connection: Connection, limit: int, *, before: int = -1, match: Match | None = None
    ) -> list[Row[Any]]:
        """The newest rows, those behind a rank; what is asked of the index is another match, if one is given."""
        match = self.match if match is None else match
        first, end = bounds(self.query.since, self.query.until)
        first = max(first, before + 1)
        middle = newest(connection, self.kind, first, end) if match and limit <= MOST + 1 else first
        rows: list[Row[Any]] = []
        if first < middle:
            query, rank = self.within(first, middle, match)
            rows += connection.execute(query.order_by(rank).limit(limit))
        if middle < end and len(rows) < limit:
            query, rank = self.within(middle, end, match)
            with by_index(connection) if match else nullcontext():
                rows += connection.execute(query.order_by(rank).limit(limit - len(rows)))
        return rows

    def of_articles(self, connection: Connection, numbers: Collection[int]) -> list[Row[Any]]:
        """All rows of some articles, by their numbers."""
        query, _ = self.within(*bounds(self.query.since, self.query.until), self.match)
        with by_index(connection) if self.match else nullcontext():
            return list(connection.execute(query.where(SEARCHED[self.kind].c.article.in_(numbers))))

    def count(self, connection: Connection, most: int) -> int:
        """How many are found, up to a number."""
        query, _ = self.within(*bounds(self.query.since, self.query.until), self.match)
        with by_index(connection) if self.match else nullcontext():
            counted = select(func.count()).select_from(query.limit(most).subquery())
            return int(connection.execute(counted).scalar_one())

    def tiers(self) -> list[Match]:
        """First what has all the words in its title, then the rest; only articles are searched by their titles."""
        titled = titles(self.query)
        if self.kind != ARTICLES or not titled:
            return [self.match]
        match = self.match
        return [Match((*match.every, *titled), match.none), Match(match.every, (*match.none, titled))]

    def besides(self) -> list[ColumnElement[bool]]:
        """What the index does not know."""
        row = SEARCHED[self.kind].c
        limits = [OPERATORS[limit.operator](row.confidence, limit.value) for limit in self.query.limits]
        return [*limits, *([in_box(self.kind, self.query.box)] if self.query.box else [])]


def search(  # noqa: PLR0913
    view: View,
    query: Query,
    *,
    kind: str | None = None,
    limit: int = 20,
    after: str | None = None,
    titles_first: bool = False,
) -> Page:
    """The newest hits of a query; from the page before, those behind it.

    Args:
        kind: articles, quotations or events; otherwise what the query speaks of.
        after: `next` of the page before, with everything else the same.
        titles_first: articles with all the words in their title before the others.

    Raises:
        QueryError: the query does not fit the kind.
        StoreError: the database cannot be reached.
    """
    with view.connect() as connection:
        sought = Sought.of(connection, query, kind)
        size = max(1, min(limit, MOST))
        tiers = sought.tiers() if titles_first else [sought.match]
        return page_of(connection, sought, ranked(connection, sought, tiers, after, size + 1), size)


def page_of(connection: Connection, sought: Sought, found: Sequence[tuple[int, Row[Any]]], size: int) -> Page:
    """The first of some rows as a page; each has the number of the match that it is of."""
    shower = Shower(connection, sought.match)
    hits = tuple(shower.hit(sought.kind, row) for _, row in found[:size])
    following = f"{found[size - 1][0]}:{found[size - 1][1].rank}" if len(found) > size else None
    return Page(sought.kind, hits, following)


def every(view: View, query: Query, *, kind: str | None = None) -> Iterator[tuple[str, str]]:
    """All hits, newest first, as article's id and item: for exports, which need no words of them. Some at a time.

    Raises:
        QueryError: the query does not fit the kind.
        StoreError: the database cannot be reached.
    """
    rank = -1
    while True:
        with view.connect() as connection:
            sought = Sought.of(connection, query, kind)
            rows = sought.newest(connection, AT_ONCE, before=rank)
            numbers = {row.article for row in rows}
            named = select(articles.c.number, articles.c.id).where(articles.c.number.in_(numbers))
            ids = {row.number: row.id for row in connection.execute(named)}
        yield from ((ids[row.article], row.item) for row in rows if row.article in ids)
        if len(rows) < AT_ONCE:
            return
        rank = rows[-1].rank


def ranked(
    connection: Connection, sought: Sought, tiers: list[Match], after: str | None, size: int
) -> list[tuple[int, Row[Any]]]:
    """The next rows, with the number of the match that each is of: those of the first come before all others."""
    first, rank = place_in(after)
    rows: list[tuple[int, Row[Any]]] = []
    for tier in range(first, len(tiers)):
        next_ones = sought.newest(connection, size - len(rows), before=rank, match=tiers[tier])
        rows += ((tier, row) for row in next_ones)
        rank = -1
        if len(rows) == size:
            break
    return rows


def place_in(after: str | None) -> tuple[int, int]:
    """The match and the rank that a page ends with."""
    if after is None:
        return 0, -1
    tier, _, rank = after.partition(":")
    if not (tier in ("0", "1") and rank.isdecimal() and int(rank) < LAST):
        raise QueryError(f"{after!r} is no end of a page. Give what the page before says is next.")
    return int(tier), int(rank)


def titles(query: Query) -> All:
    """The words of a query as words of a title."""
    groups = ([c for c in group if c.field in (WORD, PHRASE)] for group in query.every)
    return tuple(
        tuple(term(f"title:{word.lemma}") for condition in group for word in words_of(condition.value))
        for group in groups
        if group
    )


def in_box(kind: str, box: Box) -> ColumnElement[bool]:
    """Whether something happened, or is spoken of, in a part of the globe."""
    row, place = SEARCHED[kind].c, places.c
    is_east = place.lon >= box.west
    is_west = place.lon <= box.east
    across = is_east & is_west if box.west <= box.east else is_east | is_west
    inside = and_(place.article == row.article, place.lat >= box.south, place.lat <= box.north, across)
    if kind == EVENTS:
        named = (event_places.c.place == place.id) & (event_places.c.article == place.article)
        return exists().where(inside, named, event_places.c.event == row.item)
    if kind == ARTICLES:
        return exists().where(inside)
    content = (quotations.c.article == row.article) & (quotations.c.id == row.item)
    return exists().where(inside, content, place.start >= quotations.c.start, place.end <= quotations.c.end)
