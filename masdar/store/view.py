"""What is in a store, for everything that only looks. The connections of a view refuse to write."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, Engine, Executable, Row, func, select, text

from masdar.store.connect import SQLITE, shown, told
from masdar.store.rows import Json
from masdar.store.tables import articles, decisions, failures, meanings, metadata, reviews, runs, sources

AT_ONCE = 100  # records in memory while they stream
PLAIN = tuple(column for column in articles.c if column.name not in ("record", "vector"))


@dataclass(frozen=True, slots=True)
class Run:
    """What made some of the records, and of how many articles."""

    number: int
    program: str
    model: str
    gazetteer: str
    articles: int


@dataclass(frozen=True, slots=True)
class View:
    """Looks at a store; cheap to make, may be shared by threads."""

    url: URL
    engine: Engine

    @property
    def name(self) -> str:
        """Its address, fit to be shown: without the password."""
        return shown(self.url)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection that cannot write, for queries of other parts of masdar.

        Raises:
            StoreError: the database cannot be reached.
        """
        with told(self.url), self.engine.connect() as connection:
            yield connection

    def rows(self, query: Executable) -> list[Row[Any]]:
        """Every row of a query."""
        with self.connect() as connection:
            return list(connection.execute(query))

    def article(self, id: str) -> Row[Any] | None:
        """The row of an article without its record (number, id, source, title, text, …), by its id."""
        return next(iter(self.rows(select(*PLAIN).where(articles.c.id == id))), None)

    def record(self, id: str) -> Json | None:
        """The record of an article, as `masdar read --json` prints it."""
        packed = self.rows(select(articles.c.record).where(articles.c.id == id))
        return unpacked(packed[0].record) if packed else None

    def records(self, ids: Iterable[str] | None = None, *, where: ColumnElement[bool] | None = None) -> Iterator[Json]:
        """Records, some at a time: of these articles in this order, or of those that a condition on `articles` takes.

        Without either, all of them in the order they were first saved.
        """
        return map(json.loads, self.lines(ids, where=where))

    def lines(self, ids: Iterable[str] | None = None, *, where: ColumnElement[bool] | None = None) -> Iterator[str]:
        """The same as lines of JSON, byte for byte as they were saved."""
        if ids is not None:
            yield from self.lines_of(iter(ids))
            return
        query = select(articles.c.record).order_by(articles.c.number)
        query = query if where is None else query.where(where)
        with (
            self.connect() as connection,
            connection.execution_options(yield_per=AT_ONCE).execute(query) as found,
        ):
            for row in found:
                yield line_of(row.record)

    def lines_of(self, ids: Iterator[str]) -> Iterator[str]:
        """The lines of some articles; ids that are not there are passed over."""
        while some := list(islice(ids, AT_ONCE)):
            query = select(articles.c.id, articles.c.record).where(articles.c.id.in_(some))
            found = {row.id: row.record for row in self.rows(query)}
            yield from (line_of(found[id]) for id in some if id in found)

    def meaning(self, id: str) -> tuple[list[tuple[int, int]], bytes] | None:
        """The sentences of an article and their vectors (384 int8 each, one after another)."""
        query = select(meanings.c.spans, meanings.c.vectors).join(articles).where(articles.c.id == id)
        row = next(iter(self.rows(query)), None)
        return ([(start, end) for start, end in json.loads(row.spans)], row.vectors) if row else None

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.connect() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in metadata.sorted_tables
            }

    def size(self) -> int:
        """Bytes on the disk."""
        pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        with self.connect() as connection:
            is_file = connection.dialect.name == SQLITE
            return int(connection.scalar(text(pages if is_file else "SELECT pg_database_size(current_database())")))

    def runs(self) -> list[Run]:
        """What made the records that are there, the largest first."""
        count = func.count(articles.c.number).label("articles")
        query = select(*runs.c, count).join(articles).group_by(*runs.c).order_by(count.desc(), runs.c.number)
        return [Run(**row._mapping) for row in self.rows(query)]

    def failures(self) -> list[Row[Any]]:
        """What could not be read, the last one first."""
        return self.rows(select(failures).order_by(failures.c.last.desc(), failures.c.number.desc()))

    def reviews(self, article: str) -> list[Row[Any]]:
        """Every judgement of an article, in the order they were given."""
        return self.rows(select(reviews).where(reviews.c.article == article).order_by(reviews.c.number))

    def decisions(self, layer: str) -> list[Row[Any]]:
        """Every decision of a layer (actor, story, echo), in the order they were taken."""
        return self.rows(select(decisions).where(decisions.c.layer == layer).order_by(decisions.c.number))

    def sources(self) -> list[Row[Any]]:
        """Every source that was ingested, the last one first."""
        return self.rows(select(sources).order_by(sources.c.last.desc(), sources.c.name))

    def state(self, source: str) -> Json:
        """Where a source stands; empty for one that was never asked."""
        found = self.rows(select(sources.c.state).where(sources.c.name == source))
        return json.loads(found[0].state) if found else {}


def unpacked(packed: bytes) -> Json:
    """The record of the column `record`."""
    record: Json = json.loads(line_of(packed))
    return record


def line_of(packed: bytes) -> str:
    """The line of JSON of the column `record`."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
