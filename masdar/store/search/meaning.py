"""Search by meaning: what is nearest to a text, among everything or among what a query finds.

The caller turns the text into a vector (masdar's model does that); the vectors of articles and of their sentences are
in the store. All articles are compared as wholes; in the nearest ones sentence by sentence: an article is as near as
its nearest sentence, or as all of it, a quotation or an event as the sentence it stands in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, select

from masdar.errors import QueryError
from masdar.store.search.find import MOST, Page, Sought
from masdar.store.search.hits import Shower
from masdar.store.search.query import Query
from masdar.store.search.terms import ARTICLES, EVENTS, QUOTATIONS
from masdar.store.tables import SEARCHED, articles, events, meanings, quotations
from masdar.store.view import View
from masdar.types import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.int8]

LENGTH = 384  # of a vector
ONE = 127 * 127  # the product of two vectors that are the same
NEAREST = 300  # articles whose sentences are compared
WIDER = 2_000  # articles in which a query looks first
MOST_ROWS = 50_000  # the newest ones that a query may find to be compared
ITEMS = {QUOTATIONS: quotations, EVENTS: events}
AT_ONCE = 8_192  # vectors that are multiplied together


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of all articles of a store at one time; load once to ask often."""

    numbers: NDArray[np.int64]
    vectors: Vector

    @classmethod
    def load(cls, view: View) -> Vectors:
        """Read them: 40 MB for 100,000 articles.

        Raises:
            QueryError: the store has none.
        """
        import numpy as np

        rows = view.rows(select(articles.c.number, articles.c.vector).where(articles.c.vector.is_not(None)))
        if not rows:
            raise QueryError(
                f"{view.name} holds no vectors of meaning. Read its articles anew: masdar ingest --again --store URL"
            )
        numbers = np.fromiter((row.number for row in rows), np.int64, len(rows))
        return cls(numbers, np.frombuffer(b"".join(row.vector for row in rows), np.int8).reshape(-1, LENGTH))


def alike(  # noqa: PLR0913
    view: View,
    vector: Vector,
    query: Query | None = None,
    *,
    kind: str | None = None,
    limit: int = 20,
    vectors: Vectors | None = None,
) -> Page:
    """What is nearest in meaning, nearest first, of what the query finds.

    Args:
        vector: 384 int8, what the text means.
        kind: articles, quotations or events; otherwise what the query speaks of.
        vectors: those of the store, if they are loaded already.

    Raises:
        QueryError: the store has no vectors, or the query does not fit the kind.
        StoreError: the database cannot be reached.
    """
    known = vectors or Vectors.load(view)
    with view.connect() as connection:
        sought = Sought.of(connection, query or Query(), kind)
        among = None if sought.query == Query() else found_near(connection, sought, known, vector)
        near = nearest(known, vector, among, NEAREST)
        every = rows_in(connection, sought.kind, near) if among is None else among
        rows = [row for row in every if row.article in near]
        spoken = sentences(connection, near, vector)
        starts = {} if sought.kind == ARTICLES else starts_of(connection, sought.kind, near)
        likeness = {row.rank: of_row(row, near, spoken, starts) for row in rows}
        best = sorted(rows, key=lambda row: (-likeness[row.rank][0], row.rank))[: min(limit, MOST)]
        shower = Shower(connection, sought.match)
        hits = [(shower.hit(sought.kind, row, likeness[row.rank][1]), likeness[row.rank][0]) for row in best]
    return Page(
        sought.kind, tuple(replace(hit, likeness=min(1.0, round(product / ONE, 3))) for hit, product in hits), None
    )


def found_near(connection: Connection, sought: Sought, known: Vectors, vector: Vector) -> Sequence[Row[Any]]:
    """What a query finds in the nearest articles of all; where it finds too few there, the newest that it finds at all.

    Of a common word that is the same, without reading half the store.
    """
    rows = sought.of_articles(connection, nearest(known, vector, None, WIDER))
    return rows if len({row.article for row in rows}) >= NEAREST else sought.newest(connection, MOST_ROWS)


def vector_of(view: View, id: str) -> Vector | None:
    """What an article or an item (0f3a…#Q1) means; None if no such id is in the store."""
    import numpy as np

    article, _, item = id.partition("#")
    row = view.article(article)
    if row is None:
        return None
    if not item:
        packed = next(iter(view.rows(select(articles.c.vector).where(articles.c.number == row.number)))).vector
        return None if packed is None else np.frombuffer(packed, np.int8)
    return sentence_of(view, row.number, item)


def sentence_of(view: View, number: int, item: str) -> Vector | None:
    """What the sentence means that a quotation or an event begins in."""
    import numpy as np

    with view.connect() as connection:
        starts = {name: start for kind in ITEMS for (_, name), start in starts_of(connection, kind, [number]).items()}
        spoken = connection.execute(select(meanings).where(meanings.c.article == number)).one_or_none()
    if spoken is None or item not in starts:
        return None
    vectors = np.frombuffer(spoken.vectors, np.int8).reshape(-1, LENGTH)
    places = [at for at, (start, end) in enumerate(json.loads(spoken.spans)) if start <= starts[item] < end]
    return vectors[places[0]] if places else None


def nearest(known: Vectors, vector: Vector, rows: Sequence[Row[Any]] | None, most: int) -> dict[int, int]:
    """The numbers of the nearest articles, among those of some rows, with their products."""
    import numpy as np

    numbers, vectors = known.numbers, known.vectors
    if rows is not None:
        is_among = np.isin(numbers, np.fromiter({row.article for row in rows}, np.int64))
        numbers, vectors = numbers[is_among], vectors[is_among]
    products = multiplied(vectors, vector)
    if len(products) > most:  # only what is near enough need be sorted
        is_near = products >= np.partition(products, -most)[-most]
        numbers, products = numbers[is_near], products[is_near]
    best = np.lexsort((-numbers, -products))[:most]  # of equals the one saved last
    return {int(numbers[index]): int(products[index]) for index in best}


def multiplied(vectors: Vector, vector: Vector) -> NDArray[np.int64]:
    """The product of each vector with one; exact, so that it is the same on every machine."""
    import numpy as np

    one = vector.astype(np.float32)  # sums stay below 2**24: floats hold them as they are, and multiply faster
    parts = [vectors[at : at + AT_ONCE].astype(np.float32) @ one for at in range(0, len(vectors), AT_ONCE)]
    return np.concatenate(parts).astype(np.int64) if parts else np.empty(0, np.int64)


def of_row(
    row: Row[Any], near: dict[int, int], spoken: dict[int, list[tuple[Span, int]]], starts: dict[tuple[int, str], int]
) -> tuple[int, Span | None]:
    """How near an item is, and where; an item by its sentence, an article by all of it or its nearest sentence."""
    told = spoken.get(row.article, [])
    if not row.item:
        span, product = max(told, key=lambda one: one[1]) if told else (None, -ONE)
        return max(near[row.article], product), span
    start = starts[row.article, row.item]
    return max((product for span, product in told if span.start <= start < span.end), default=-ONE), None


def sentences(connection: Connection, near: Iterable[int], vector: Vector) -> dict[int, list[tuple[Span, int]]]:
    """The sentences of some articles, each with its product with a vector."""
    import numpy as np

    found = {}
    query = select(meanings).where(meanings.c.article.in_(list(near)))
    for row in connection.execute(query):
        products = multiplied(np.frombuffer(row.vectors, np.int8).reshape(-1, LENGTH), vector)
        found[row.article] = [(Span(*span), int(p)) for span, p in zip(json.loads(row.spans), products, strict=True)]
    return found


def rows_in(connection: Connection, kind: str, near: Iterable[int]) -> Sequence[Row[Any]]:
    """All rows of some articles."""
    searched = SEARCHED[kind]
    return connection.execute(select(searched).where(searched.c.article.in_(list(near)))).all()


def starts_of(connection: Connection, kind: str, near: Iterable[int]) -> dict[tuple[int, str], int]:
    """Where the quotations or events of some articles start."""
    items = ITEMS[kind]
    query = select(items.c.article, items.c.id, items.c.start).where(items.c.article.in_(list(near)))
    return {(row.article, row.id): row.start for row in connection.execute(query)}
