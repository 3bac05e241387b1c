"""Put records, failures and judgements into a store, within one transaction.

The rows that the machine makes of an article are replaced together; an article keeps its number for good. Reviews and
decisions are only ever added.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from masdar.record import to_dict
from masdar.store.keys import Keys, keys_in
from masdar.store.rows import Json, Row, article_row, rows_of, storable
from masdar.store.search.index import index_articles
from masdar.store.tables import articles, copies, decisions, failures, meanings, metadata, reviews, runs, sources
from masdar.store.tallies import count
from masdar.types import Record

if TYPE_CHECKING:
    from masdar.types import Meaning

Given = Record | Mapping[str, Any] | str
# what goes when an article is read again; copies stay as long as its text does
MACHINE = tuple(
    table
    for table in metadata.sorted_tables
    if "article" in table.c and table.c.article.foreign_keys and table is not copies
)
FILE = "file"  # the kind of sources that say none
LONGEST = 500  # letters of what names a failure: PostgreSQL's indexes take no long keys


@dataclass(frozen=True, slots=True)
class Saving:
    """An article about to be saved: its record as line and object, and the meaning of its sentences."""

    line: str
    record: Json
    meaning: Meaning | None = None

    @classmethod
    def of(cls, given: Given, meaning: Meaning | None = None) -> Saving:
        """From a record, its JSON object or its line of JSON."""
        if isinstance(given, Record):
            return cls.of(to_dict(given), meaning or given.meaning)
        if isinstance(given, str):
            return cls(given, json.loads(given), meaning)
        return cls(json.dumps(given, ensure_ascii=False, separators=(",", ":")), dict(given), meaning)

    @property
    def id(self) -> str:
        """The article's, as it is stored."""
        return str(storable({"id": self.record["document"]["id"]})["id"])

    def row(self, run: int) -> Row:
        """The row of `articles`."""
        return {
            **article_row(self.record["document"]),
            "run": run,
            "record": zlib.compress(self.line.encode("utf-8", "surrogatepass")),
            "vector": mean_vector(self.meaning) if self.meaning else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's judgement of one item of one article, as in the table `reviews`."""

    who: str
    article: str
    item: str
    anchor: Json
    verdict: str
    field: str | None = None
    value: object = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Two things are the same or not: actors (keys), stories or echoes (ids), as in the table `decisions`."""

    who: str
    layer: str
    left: str
    right: str
    is_same: bool
    reason: str | None = None


@dataclass(slots=True)
class Writer:
    """Writes within one transaction; `connection` is there for parts of the store with tables of their own."""

    connection: Connection
    run_numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def dialect(self) -> ModuleType:
        """The database's own INSERT: both have ON CONFLICT, each in a module of its own."""
        return postgresql if self.connection.dialect.name == "postgresql" else sqlite

    def save(self, given: Given, meaning: Meaning | None = None) -> int:
        """Keep the record of one article, replacing an older one; the article's number in this store."""
        saving = Saving.of(given, meaning)
        return self.save_all([saving])[saving.id]

    def save_all(self, savings: Iterable[Saving]) -> dict[str, int]:
        """Keep records of many articles at once, which is faster; their numbers by id. Of one id the last counts."""
        by_id = {saving.id: saving for saving in savings}
        if not by_id:
            return {}
        numbers = self.put_articles(list(by_id.values()))
        records = {numbers[id]: saving.record for id, saving in by_id.items()}
        keys = keys_in(self.connection, records)  # once the articles are locked: nobody splits actors meanwhile
        for table, rows in collected(by_id, numbers, keys).items():
            if rows:
                self.connection.execute(insert(table), rows)
        count(self.connection, list(numbers.values()), 1)
        index_articles(self.connection, records, keys)
        return numbers

    def put_articles(self, savings: Sequence[Saving]) -> dict[str, int]:
        """Insert or update the articles and clear away what the machine had made of them."""
        rows = [saving.row(self.run(saving.record["made_by"])) for saving in savings]
        ids = [row["id"] for row in rows]
        known = select(articles.c.id, articles.c.number, articles.c.sha256).where(articles.c.id.in_(ids))
        before = {row.id: row for row in self.connection.execute(known)}
        self.uncopy([before[row["id"]].number for row in rows if is_changed(row, before)])
        new = self.dialect.insert(articles)
        fresh = {name: new.excluded[name] for name in rows[0] if name != "id"}
        put = new.on_conflict_do_update(index_elements=["id"], set_=fresh).returning(articles.c.id, articles.c.number)
        numbers = {row.id: row.number for row in self.connection.execute(put, rows)}
        # from here on they are locked: no other program can add rows to them; those that are new have none
        count(self.connection, list(numbers.values()), -1)
        self.clear(list(numbers.values()))
        return numbers

    def clear(self, numbers: Sequence[int]) -> None:
        """Remove what the machine made of some articles."""
        for table in MACHINE if numbers else ():
            self.connection.execute(delete(table).where(table.c.article.in_(numbers)))

    def uncopy(self, numbers: Sequence[int]) -> None:
        """Forget what some articles were copies of and what were copies of them: their texts have changed."""
        if numbers:
            either = copies.c.article.in_(numbers) | copies.c.original.in_(numbers)
            self.connection.execute(delete(copies).where(either))

    def run(self, made_by: Mapping[str, str]) -> int:
        """The number of the program, model and gazetteer that made a record."""
        key = (made_by["program"], made_by["model"], made_by["gazetteer"])
        if key not in self.run_numbers:
            self.run_numbers[key] = self.run_number(dict(zip(("program", "model", "gazetteer"), key, strict=True)))
        return self.run_numbers[key]

    def run_number(self, values: dict[str, str]) -> int:
        """Look a run up, or enter it."""
        new = self.dialect.insert(runs)
        self.connection.execute(new.values(values).on_conflict_do_nothing())
        found = select(runs.c.number).where(*(runs.c[name] == value for name, value in values.items()))
        return int(self.connection.execute(found).scalar_one())

    def fail(self, where: str, error: str, source: str | None = None) -> None:
        """Note that something could not be read; again and again is one failure with a count."""
        row = storable(
            {"where": where[:LONGEST], "error": error, "last": now()} | ({"source": source} if source else {})
        )
        again = update(failures).where(failures.c.where == row["where"])
        if not self.connection.execute(again.values(tries=failures.c.tries + 1, **row)).rowcount:
            self.connection.execute(insert(failures).values(first=row["last"], tries=1, **row))

    def recovered(self, wheres: Iterable[str]) -> None:
        """Forget failures: what they name could be read."""
        names = [storable({"where": where[:LONGEST]})["where"] for where in wheres]
        if names:
            self.connection.execute(delete(failures).where(failures.c.where.in_(names)))

    def outlived(self, source: str, since: str) -> None:
        """Forget failures of a source that has been gone through since without them."""
        of_source = failures.c.source == storable({"source": source})["source"]
        self.connection.execute(delete(failures).where(of_source, failures.c.last < since))

    def review(self, review: Review) -> None:
        """Add a judgement; an earlier one stays."""
        self.connection.execute(
            insert(reviews).values(
                at=now(),
                **asdict(review)
                | {"anchor": dumped(review.anchor), "value": None if review.value is None else dumped(review.value)},
            )
        )

    def decide(self, decision: Decision) -> None:
        """Add a decision; an earlier one stays."""
        self.connection.execute(insert(decisions).values(at=now(), **asdict(decision)))

    def remember(self, name: str, state: Json) -> None:
        """Keep where a source stands, for the next time it is asked; `state["kind"]` says what it is."""
        self.put_source(name, {"kind": str(state.get("kind", FILE)), "state": dumped(state)}, {})

    def visited(self, name: str, error: str | None = None) -> None:
        """Note that a source was gone through now, and what it could not give."""
        self.put_source(name, {"error": error}, {"kind": FILE, "state": "{}"})

    def put_source(self, name: str, values: Row, first: Row) -> None:
        """Set fields of a source, some of them only when it is new."""
        row = storable(values | {"last": now()})
        new = self.dialect.insert(sources).values(**storable({"name": name}), **row, **first)
        self.connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=row))


def collected(by_id: dict[str, Saving], numbers: dict[str, int], keys: Keys) -> dict[Table, list[Row]]:
    """The rows of all articles, by table."""
    found: dict[Table, list[Row]] = {meanings: []}
    for id, saving in by_id.items():
        for table, rows in rows_of(saving.record, numbers[id], keys[numbers[id]]).items():
            found.setdefault(table, []).extend(rows)
        if saving.meaning is not None:
            found[meanings].append(meaning_row(saving.meaning, numbers[id]))
    return found


def is_changed(row: Row, before: Mapping[str, Any]) -> bool:
    """Whether an article that was there has another text now."""
    return row["id"] in before and before[row["id"]].sha256 != row["sha256"]


def meaning_row(meaning: Meaning, article: int) -> Row:
    """The meaning of each sentence."""
    spans = [[span.start, span.end] for span in meaning.sentences]
    return {"article": article, "spans": dumped(spans), "vectors": meaning.vectors.tobytes()}


def mean_vector(meaning: Meaning) -> bytes | None:
    """What the whole article is about: the mean of its sentences, of length 1 times 127; None without a sentence."""
    import numpy as np

    mean = meaning.vectors.astype(np.float32).sum(axis=0)
    length = float(np.linalg.norm(mean))
    return (mean / length * 127).round().astype(np.int8).tobytes() if length else None


def dumped(value: object) -> str:
    """JSON in its short form."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def now() -> str:
    """The time, as it is kept: UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
