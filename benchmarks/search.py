"""How fast a large store is searched: `python -m benchmarks.search RECORDS.jsonl --store URL --articles 100000`.

Fills the store up to that many articles with the records again and again, each time under other ids and a week earlier,
and asks it 200 queries of all kinds whose words are drawn from the records. Needs a store of its own.
"""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import numpy as np
from sqlalchemy import func, insert, select

from masdar.store import Store, open_store
from masdar.store.identities import keys_of
from masdar.store.rows import Row, rows_of
from masdar.store.search import Vectors, alike, count, facets, parse, search
from masdar.store.search.index import know_actors, put_units
from masdar.store.search.rank import rank_of
from masdar.store.search.terms import EVENTS, Unit, units_of
from masdar.store.tables import articles
from masdar.store.tallies import recount
from masdar.store.view import View
from masdar.store.write import Saving

Json = dict[str, Any]
AT_ONCE = 200  # articles in one transaction
QUERIES = 200
WEEK = 7  # days between two copies of an article
ITEM = 0xFFF  # the bits of a rank that number an item
WORD = re.compile(r"[\u0621-\u064A]{3,}")


@dataclass(frozen=True, slots=True)
class Made:
    """What is kept of a record, made once and put into the store under many numbers."""

    record: Json
    row: Row
    rows: dict[Any, list[Row]]
    units: list[Unit]

    @classmethod
    def of(cls, line: str, run: int) -> Made:
        """The rows and units of a record."""
        saving = Saving.of(line)
        return cls(saving.record, saving.row(run), rows_of(saving.record, 0), list(units_of(saving.record, 0)))

    def article(self, number: int, weeks: int) -> Row:
        """Its row, some weeks earlier."""
        day = earlier(self.row["day"], weeks)
        vector = np.random.default_rng(number).integers(-30, 31, 384, np.int8).tobytes()
        moved = {"published": f"{day}{self.row['published'][10:]}", "day": day, "vector": vector}
        return {**self.row, "number": number, "id": f"{self.row['id']}-{weeks}", **moved}

    def ranked(self, number: int, weeks: int) -> list[Unit]:
        """Its units, some weeks earlier."""
        published = self.article(number, weeks)["published"]
        return [moved(unit, number, weeks, published) for unit in self.units]


def under(row: Row, number: int, weeks: int) -> Row:
    """A row of an article under another number, some weeks earlier where it has a day."""
    day = {"day": earlier(row["day"], weeks)} if "day" in row else {}
    return {**row, **day, "article": number}


def moved(unit: Unit, number: int, weeks: int, published: str) -> Unit:
    """A unit under another number, some weeks earlier."""
    day = earlier(unit.day, weeks)
    rank = rank_of(day if unit.kind == EVENTS else published, number, unit.rank & ITEM)
    return unit._replace(rank=rank, day=day)


def earlier(day: str | None, weeks: int) -> str | None:
    """A day some weeks earlier."""
    try:
        return str(date.fromisoformat(day or "") - timedelta(days=WEEK * weeks))
    except (ValueError, OverflowError):
        return day


def fill(store: Store, lines: list[str], wanted: int) -> None:
    """Put articles into the store until it has as many as wanted."""
    with store.writer() as writer:
        number = writer.connection.execute(select(func.count()).select_from(articles)).scalar_one()
        run = writer.run({"program": "benchmark", "model": "none", "gazetteer": "none"})
    if number >= wanted:
        return
    made = [Made.of(line, run) for line in lines]
    started, first = time.perf_counter(), number
    while number < wanted:
        some = {n: (made[n % len(made)], n // len(made)) for n in range(number, min(number + AT_ONCE, wanted))}
        with store.writer() as writer:
            put(writer.connection, some)
        number += len(some)
        if number % 5_000 < AT_ONCE:
            print(f"{number:,} articles, {(number - first) / (time.perf_counter() - started):.0f} a second", flush=True)
    with store.writer() as writer:
        recount(writer.connection)  # for benchmarks.desk


def put(connection: Any, some: dict[int, tuple[Made, int]]) -> None:  # noqa: ANN401
    """One transaction: what Writer.save_all does, without reading each record again."""
    connection.execute(insert(articles), [one.article(number + 1, weeks) for number, (one, weeks) in some.items()])
    rows: dict[Any, list[Row]] = {}
    for number, (one, weeks) in some.items():
        for table, found in one.rows.items():
            rows.setdefault(table, []).extend(under(row, number + 1, weeks) for row in found)
    for table, found in rows.items():
        connection.execute(insert(table), found)
    put_units(connection, {number + 1: one.ranked(number + 1, weeks) for number, (one, weeks) in some.items()})
    records = {number + 1: one.record for number, (one, _) in some.items()}
    know_actors(connection, records, {number: keys_of(record) for number, record in records.items()})


def queries(lines: list[str], wanted: int) -> Iterator[tuple[str, str]]:
    """Queries of all kinds, with their kind; the same for the same records."""
    from json import loads

    chance = random.Random(7)
    records = [loads(line) for line in chance.sample(lines, min(len(lines), 100))]
    makers = list(MAKERS.items())
    for number in range(wanted):
        name, maker = makers[number % len(makers)]
        yield name, maker(chance, chance.choice([one for one in records if one["quotations"] and one["events"]]))


def words(chance: random.Random, record: Json, many: int) -> list[str]:
    """Some words of an article that stand side by side."""
    found = WORD.findall(record["document"]["text"])
    start = chance.randrange(max(1, len(found) - many))
    return found[start : start + many]


def name_of(chance: random.Random, record: Json, layer: str, part: str) -> str:
    """The name of someone who takes part."""
    names = {entity["id"]: entity["name"] for entity in record["entities"]}
    ids = [id for item in record[layer] for id in item[part]]
    return names[chance.choice(ids)].replace('"', "") if ids else "الرئيس"


def month(chance: random.Random) -> str:
    return f"201{chance.randrange(5, 9)}-{chance.randrange(1, 13):02}"


MAKERS: dict[str, Callable[[random.Random, Json], str]] = {
    "one word": lambda c, r: words(c, r, 1)[0],
    "two words": lambda c, r: " ".join(words(c, r, 2)),
    "four words": lambda c, r: " ".join(words(c, r, 4)),
    "phrase of two": lambda c, r: f'"{" ".join(words(c, r, 2))}"',
    "phrase of four": lambda c, r: f'"{" ".join(words(c, r, 4))}"',
    "prefix": lambda c, r: f"{words(c, r, 1)[0][:4]}*",
    "or": lambda c, r: " OR ".join(words(c, r, 2)),
    "without": lambda c, r: "{} -{}".format(*words(c, r, 2)),
    "word and month": lambda c, r: f"{words(c, r, 1)[0]} on:{month(c)}",
    "word and outlet": lambda c, r: f'{words(c, r, 1)[0]} source:"{r["document"]["source"]}"',
    "speaker": lambda c, r: f'speaker:"{name_of(c, r, "quotations", "speakers")}"',
    "speaker and word": lambda c, r: f'speaker:"{name_of(c, r, "quotations", "speakers")}" {words(c, r, 1)[0]}',
    "stance and word": lambda c, r: f"stance:{c.choice(r['quotations'])['stance']} {words(c, r, 1)[0]}",
    "stance and confidence": lambda c, r: f"stance:{c.choice(r['quotations'])['stance']} conf:>0.97",
    "type": lambda c, r: f"type:{c.choice(r['events'])['type']}",
    "type and pair": lambda c, r: f"type:{c.choice(r['events'])['type']} country:{c.choice(['USA>SYR', 'SYR-RUS'])}",
    "type, month, word": lambda c, r: f"type:{c.choice(r['events'])['type']} on:{month(c)} {words(c, r, 1)[0]}",
    "actor": lambda c, r: f'actor:"{name_of(c, r, "events", "actors")}"',
    "claimed and box": lambda c, r: f"claimed:yes box:{c.randrange(20, 36)},30,37,45",
    "context and place": lambda c, r: f"context:military place:{c.choice(['دمشق', 'دوما', 'صنعاء', 'موسكو'])}",
}


def ask(view: View, lines: list[str]) -> None:
    """Ask all queries; print how long they took, and of it the processor time, which other programs do not change."""
    asked = list(queries(lines, QUERIES))
    search(view, parse("قال"))  # the first query loads the dictionary
    for name, answer in (("hits", hits), ("count", counted), ("facets", spread)):
        took = sorted(((*timed(answer, view, typed), kind, typed) for kind, typed in asked), reverse=True)
        times, busy = [wall for wall, *_ in took], [cpu for _, cpu, *_ in took]
        print(
            f"{name:<8} median {statistics.median(times):7.1f} ms, p95 {times[len(times) // 20]:7.1f} ms; "
            f"processor: median {statistics.median(busy):.1f} ms, p95 {sorted(busy)[-len(busy) // 20]:.1f} ms"
        )
        for wall, cpu, kind, typed in took[:5]:
            print(f"         {wall:7.1f} ms ({cpu:.1f})  {kind}: {typed}")
    by_meaning(view)


def by_meaning(view: View) -> None:
    """The time to load the vectors, and to ask by meaning what a query finds."""
    started = time.perf_counter()
    vectors = Vectors.load(view)
    print(f"vectors  loaded in {time.perf_counter() - started:.2f} s")
    query = parse("قال")
    times = []
    for place in range(0, len(vectors.vectors), max(1, len(vectors.vectors) // 20)):
        started = time.perf_counter()
        alike(view, vectors.vectors[place], query, kind="articles", vectors=vectors)
        times.append((time.perf_counter() - started) * 1000)
    print(f"meaning  median {statistics.median(times):7.1f} ms")


def hits(view: View, typed: str) -> object:
    return search(view, parse(typed))


def counted(view: View, typed: str) -> object:
    return count(view, parse(typed))


def spread(view: View, typed: str) -> object:
    return facets(view, parse(typed))


def timed(answer: Callable[[View, str], object], view: View, typed: str) -> tuple[float, float]:
    """Milliseconds that an answer takes, and those of them that processors work, here and in the server."""
    started, busy = time.perf_counter(), working(view)
    answer(view, typed)
    return (time.perf_counter() - started) * 1000, (working(view) - busy) * 1000


def working(view: View) -> float:
    """Seconds of processor time of this process and of the one that serves it, where that is on this machine."""
    if view.url.get_backend_name() == "sqlite":
        return time.process_time()
    with view.connect() as connection:
        number = connection.execute(select(func.pg_backend_pid())).scalar_one()
    server = Path(f"/proc/{number}/schedstat")
    return time.process_time() + (int(server.read_text().split()[0]) / 1e9 if server.exists() else 0)


@click.command()
@click.argument("records", type=click.Path(exists=True, path_type=Path))
@click.option("--store", "url", required=True, metavar="URL", help="A store for the benchmark alone.")
@click.option("--articles", "wanted", default=20_000, show_default=True, help="Articles that it is to hold.")
def main(records: Path, url: str, wanted: int) -> None:
    """Fill a store and search it."""
    lines = records.read_text("utf-8").splitlines()
    with open_store(url, create=True) as store:
        fill(store, lines, wanted)
        ask(store.view(), lines)


if __name__ == "__main__":
    main()
