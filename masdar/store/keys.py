"""Who entities are across articles, as a store has it: by their names, and as people split them off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from masdar.store.identities import Moved, Moves, keys_of
from masdar.store.tables import articles, splits

Keys = Mapping[int, dict[str, str]]  # by the number of an article, the key of each entity by its id
AT_ONCE = 500  # articles in one query


def keys_in(connection: Connection, records: Mapping[int, Mapping[str, Any]]) -> Keys:
    """The keys of the entities of some records, given by the numbers of their articles."""
    moves = moves_of(connection, records)
    return {number: keys_of(record, moves.get(number)) for number, record in records.items()}


def moves_of(connection: Connection, numbers: Collection[int]) -> dict[int, Moves]:
    """What was split off in some articles, by their numbers; those without are left out."""
    found: dict[int, dict[str, Moved]] = defaultdict(dict)
    listed = list(numbers)
    for at in range(0, len(listed), AT_ONCE):
        query = select(articles.c.number.label("of"), splits).join(articles, articles.c.id == splits.c.article)
        query = query.where(articles.c.number.in_(listed[at : at + AT_ONCE])).order_by(splits.c.number)
        for row in connection.execute(query):
            found[row.of][row.actor] = Moved(row.name, row.key)
    return dict(found)


def moves_by_id(connection: Connection, article: str) -> Moves:
    """What was split off in an article, by its id."""
    query = select(splits).where(splits.c.article == article).order_by(splits.c.number)
    return {row.actor: Moved(row.name, row.key) for row in connection.execute(query)}
