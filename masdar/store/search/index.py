"""The index of a store: FTS5 in SQLite, tsvector in PostgreSQL. The only file that knows either.

Both get the same words and terms (terms.py), and both are asked with the same `Match`. FTS5 cuts what it is given at
spaces and nothing else (tokenizer `ascii`, all marks being letters), keeps no text (`content=''`), and has the rank of
a unit as its row number, so that hits come newest first without sorting. Such an index can only forget what it is told
again, so the table `indexed` keeps the words of each article packed; a trigger puts those that go into `unindexed`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Integer,
    Select,
    Table,
    column,
    delete,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

from masdar.store.keys import Keys, keys_in
from masdar.store.rows import Json, Row, storable
from masdar.store.search.terms import ALL, GAP, MARK, Unit, units_of, words_for
from masdar.store.tables import SEARCHED, actor_words, articles
from masdar.store.view import unpacked

SQLITE = "sqlite"
COLUMNS = ("rank", "item", "source", "day", "label", "confidence")
AT_ONCE = 100  # articles that are indexed together
COMPARED = 300  # rows; what is in more than some hundredths of them fills a page
SCANS = ["enable_seqscan", "enable_indexscan"]

FTS5 = """
CREATE VIRTUAL TABLE IF NOT EXISTS {kind}_index USING fts5(
    words, content='', columnsize=0, tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_{{|}}~'"
)"""
BESIDE = (
    "CREATE INDEX IF NOT EXISTS articles_by_vector ON articles (vector)",  # to read vectors without the texts between
    "CREATE TABLE IF NOT EXISTS indexed ("
    "article INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE, units BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS unindexed (units BLOB NOT NULL)",
    "CREATE TRIGGER IF NOT EXISTS unindex AFTER DELETE ON indexed "
    "BEGIN INSERT INTO unindexed (units) VALUES (old.units); END",
)
TSVECTOR = (
    "ALTER TABLE searched_{kind} ADD COLUMN IF NOT EXISTS terms tsvector",
    "CREATE INDEX IF NOT EXISTS searched_{kind}_terms ON searched_{kind} USING gin (terms) "
    "WITH (gin_pending_list_limit = 256)",  # kB; each query reads the list: with the usual 4 MB for a tenth of a second
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after another; of a prefix only the beginning of the one word."""

    words: tuple[str, ...]
    is_prefix: bool = False


Group = tuple[Phrase, ...]  # of which one must be there
All = tuple[Group, ...]  # of which each must hold


@dataclass(frozen=True, slots=True)
class Match:
    """What is asked of the index: every group, and nothing of `none`."""

    every: All = ()
    none: tuple[All, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.every or self.none)


def term(words: str) -> Phrase:
    """A term as it is indexed, where no word of a text can be taken for it."""
    return Phrase((MARK + words,))


def create_index(connection: Connection) -> None:
    """Make the index where there is none; the tables are there already."""
    is_sqlite = connection.dialect.name == "sqlite"
    statements = (FTS5,) if is_sqlite else TSVECTOR
    for statement in (made.format(kind=kind) for kind in SEARCHED for made in statements):
        connection.exec_driver_sql(statement)
    for statement in BESIDE if is_sqlite else ():
        connection.exec_driver_sql(statement)


def index_articles(connection: Connection, records: Mapping[int, Json], keys: Keys | None = None) -> None:
    """Make articles findable, as their records (by the article's number) are now; many at once are faster.

    `keys` say who the entities of each record are; without, they are looked up.
    """
    keys = keys_in(connection, records) if keys is None else keys
    put_units(connection, {number: list(units_of(record, number, keys[number])) for number, record in records.items()})
    know_actors(connection, records, keys)


def put_units(connection: Connection, units: Mapping[int, list[Unit]]) -> None:
    """Replace the units of articles."""
    is_sqlite = connection.dialect.name == SQLITE
    for kind, searched in SEARCHED.items():
        connection.execute(delete(searched).where(searched.c.article.in_(list(units))))
        rows = [
            row_of(unit, number, is_sqlite=is_sqlite) for number in units for unit in units[number] if unit.kind == kind
        ]
        if rows:
            connection.execute(insert(searched) if is_sqlite else insertion(searched), rows)
    if is_sqlite:
        forget(connection, units)
        learn(connection, units)


def know_actors(connection: Connection, records: Mapping[int, Json], keys: Keys) -> None:
    """Note by which words actors are known; in a fixed order, so that two writers do not wait for each other."""
    words = {
        pair
        for number, record in records.items()
        for entity in record["entities"]
        for pair in known_by(entity, keys[number][entity["id"]])
    }
    rows = [storable({"word": word, "actor": actor}) for word, actor in sorted(words)]
    module = sqlite if connection.dialect.name == SQLITE else postgresql
    if rows:
        connection.execute(module.insert(actor_words).on_conflict_do_nothing(), rows)


def known_by(entity: Json, key: str) -> Iterator[tuple[str, str]]:
    """The words that an entity is known by with its key, if it has one across articles."""
    if "#" not in key:
        yield from ((word, key) for word in words_for(entity, key))


def row_of(unit: Unit, number: int, *, is_sqlite: bool) -> Row:
    """A unit as a row of its table; of PostgreSQL's with its terms."""
    row = {"article": number, **{name: getattr(unit, name) for name in COLUMNS}}
    return storable(row if is_sqlite else row | {"terms": vector(unit)})


def insertion(searched: Table) -> Executable:
    """PostgreSQL's INSERT for rows of units."""
    values = ", ".join(f":{name}" for name in ("article", *COLUMNS))
    names = ", ".join(("article", *COLUMNS))
    return text(f"INSERT INTO {searched.name} ({names}, terms) VALUES ({values}, CAST(:terms AS tsvector))")


def vector(unit: Unit) -> str:
    """A unit as PostgreSQL writes it: 'قال':1,7 'lemma:قوه'."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(unit.words, 1):
        if word != GAP:
            places.setdefault(word, []).append(str(place))
    return " ".join([*(f"'{word}':{','.join(at)}" for word, at in places.items()), *(f"'{t}'" for t in unit.terms)])


def learn(connection: Connection, units: Mapping[int, list[Unit]]) -> None:
    """Put units into FTS5, in the order of their ranks, and keep what was put there."""
    told = {n: [(unit.kind, unit.rank, " ".join([*unit.words, *unit.terms])) for unit in units[n]] for n in units}
    for kind, rows in by_kind(chain.from_iterable(told.values())):
        connection.exec_driver_sql(f"INSERT INTO {kind}_index (rowid, words) VALUES (?, ?)", rows)
    packed = [(number, zlib.compress(json.dumps(told[number], ensure_ascii=False).encode())) for number in told]
    connection.exec_driver_sql("INSERT INTO indexed (article, units) VALUES (?, ?)", packed)


def forget(connection: Connection, numbers: Iterable[int]) -> None:
    """Take units out of FTS5: those of some articles, and of those that have been deleted since the last time."""
    connection.exec_driver_sql("DELETE FROM indexed WHERE article = ?", [(number,) for number in numbers])
    gone = connection.exec_driver_sql("SELECT units FROM unindexed").scalars().all()
    told = chain.from_iterable(json.loads(zlib.decompress(packed)) for packed in gone)
    for kind, rows in by_kind(told):
        connection.exec_driver_sql(
            f"INSERT INTO {kind}_index ({kind}_index, rowid, words) VALUES ('delete', ?, ?)", rows
        )
    connection.exec_driver_sql("DELETE FROM unindexed")


def by_kind(told: Iterable[Iterable[Any]]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Rows for the index of each kind, in the order of their ranks."""
    sorted_by_kind: dict[str, list[tuple[int, str]]] = {}
    for kind, rank, words in told:
        sorted_by_kind.setdefault(kind, []).append((rank, words))
    for kind, rows in sorted_by_kind.items():
        yield kind, sorted(rows)


def index_all(connection: Connection) -> None:
    """Index every article of a store anew."""
    last = 0
    while rows := connection.execute(some_after(last)).all():
        index_articles(connection, {row.number: unpacked(row.record) for row in rows})
        last = rows[-1].number


def some_after(number: int) -> Select[tuple[int, bytes]]:
    """The next articles of a store."""
    query = select(articles.c.number, articles.c.record).where(articles.c.number > number)
    return query.order_by(articles.c.number).limit(AT_ONCE)


def found(dialect: str, kind: str, match: Match) -> tuple[Select[Any], ColumnElement[int]]:
    """The rows of a kind that match, and the rank to limit and to order them by."""
    rows = SEARCHED[kind]
    if not match:
        return select(rows), rows.c.rank
    if dialect != SQLITE:
        asked = text("terms @@ CAST(:match AS tsquery)").bindparams(match=tsquery(match))
        return select(rows).where(asked), rows.c.rank
    index = table(f"{kind}_index", column("rowid", Integer))
    asked = text(f"{kind}_index MATCH :match").bindparams(match=fts5(match))
    return select(rows).select_from(index.join(rows, rows.c.rank == index.c.rowid)).where(asked), index.c.rowid


def newest(connection: Connection, kind: str, first: int, end: int) -> int:
    """The rank up to which PostgreSQL compares rows one by one before it asks its index; SQLite asks at once.

    The index of PostgreSQL gives all that matches, in no order. What matches often is quicker found among the newest
    rows; what does not stand there is rare enough to be asked for. Its planner does not know which is which.
    """
    if connection.dialect.name == SQLITE:
        return end
    rank = SEARCHED[kind].c.rank
    query = select(rank).where(rank >= first, rank < end).order_by(rank).offset(COMPARED).limit(1)
    return connection.execute(query).scalar() or end


@contextmanager
def by_index(connection: Connection) -> Iterator[None]:
    """Keep PostgreSQL from reading the whole table, whose terms are slow to unpack, instead of its index."""
    if connection.dialect.name == SQLITE:
        yield
        return
    switched = text("SELECT set_config(name, :value, true) FROM unnest(CAST(:names AS text[])) AS name")
    connection.execute(switched, {"value": "off", "names": SCANS})
    yield
    connection.execute(switched, {"value": "on", "names": SCANS})


def fts5(match: Match) -> str:
    """The question as FTS5 understands it."""
    wanted = fts5_all(match.every or ((term(ALL),),))
    return f"({wanted}) NOT ({' OR '.join(f'({fts5_all(groups)})' for groups in match.none)})" if match.none else wanted


def fts5_all(groups: All) -> str:
    """("قال" OR "يقول") AND ("وزي" *)."""
    return " AND ".join(f"({' OR '.join(map(fts5_phrase, group))})" for group in groups)


def fts5_phrase(phrase: Phrase) -> str:
    """ "قال" * or "قال الوزير"."""
    return f'"{" ".join(phrase.words)}"{" *" if phrase.is_prefix else ""}'


def tsquery(match: Match) -> str:
    """The question as PostgreSQL understands it."""
    wanted = tsquery_all(match.every or ((term(ALL),),))
    return " & ".join([wanted, *(f"!({tsquery_all(groups)})" for groups in match.none)])


def tsquery_all(groups: All) -> str:
    """('قال' | 'يقول') & ('وزي':*)."""
    return " & ".join(f"({' | '.join(map(tsquery_phrase, group))})" for group in groups)


def tsquery_phrase(phrase: Phrase) -> str:
    """'قال':* or 'قال' <-> 'الوزير'."""
    words = " <-> ".join(f"'{word}'" for word in phrase.words)
    return f"{words}:*" if phrase.is_prefix else f"({words})"
