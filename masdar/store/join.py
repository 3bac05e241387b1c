"""Find copies, stories and echoes in a store; only what is new or changed since the last time is gone through again.

Days are gone through in order. What is found of a day depends on the few days before it (masdar/store/days.py), so a
new article changes nothing before its own day, and after some days nothing any more: as soon as the days of a whole
window come out as they were, the rest is as it was. The result is the same as from scratch. Each day is one
transaction; a join that was killed goes on where it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from masdar.store import Store
from masdar.store.connect import alone, is_held
from masdar.store.days import Before, LastDays, Outcome
from masdar.store.loading import Loaded, load_day, rows_of
from masdar.store.plan import Plan, begin, plan_of
from masdar.store.settle import put_stories, settle_echoes, settle_stories, some, strands_of_all
from masdar.store.tables import bridges, copies, echoes, joined, joins, story_reports
from masdar.store.words import WINDOW

TABLES: tuple[Table, ...] = (copies, story_reports, bridges, echoes)
Row = dict[str, Any]
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Done:
    """How many days and articles were gone through."""

    days: int
    articles: int


def standing(store: Store) -> str:
    """How far stories and echoes are: `never` joined, a join is `running`, one was `stopped`, or nothing to say."""
    if is_held(store.url, store.reading, "join"):
        return "running"
    last = store.view().rows(select(joins.c.is_done).order_by(joins.c.number.desc()).limit(1))
    return "" if last and last[0].is_done else "stopped" if last else "never"


def join_all(store: Store, *, again: bool = False, tell: Tell | None = None) -> Done:
    """Bring copies, stories and echoes up to date.

    Args:
        store: the store.
        again: go through everything, not only what is new.
        tell: called after each day with the days done and those that there are at most.

    Raises:
        StoreError: the database is gone or full; what was done so far stays, run it again. Another join is at work.
    """
    with alone(store.url, store.writing, "join"):
        return join_new(store, again=again, tell=tell)


def join_new(store: Store, *, again: bool, tell: Tell | None) -> Done:
    """Join what is new or changed, or everything."""
    with store.writer() as writer:
        plan = plan_of(writer.connection, again=again)
        number = begin(writer.connection, plan)
    walk = Walk(store, plan, number, tell)
    walk.go()
    with store.writer() as writer:
        connection = writer.connection
        settle_stories(connection, strands_of_all(connection) if plan.is_resumed else walk.touched)
        settle_echoes(connection)
        connection.execute(update(joins).where(joins.c.number == number).values(is_done=True))
    return Done(walk.done, walk.articles)


@dataclass(slots=True)
class Walk:
    """A way through the days that must be gone through."""

    store: Store
    plan: Plan
    number: int
    tell: Tell | None = None
    touched: set[str] = field(default_factory=set)  # strands of reports that stories must be counted anew for
    done: int = 0
    articles: int = 0

    def go(self) -> None:
        """Go through every stretch of days in which something changes."""
        todo = sorted(self.plan.dirty)
        while todo:
            todo = self.stretch(todo)

    def stretch(self, todo: list[int]) -> list[int]:
        """From the first day to do on until all is as it was; the days to do that are left."""
        days = sorted({*self.plan.days, *todo})
        at = bisect_left(days, todo[0])
        last_days = self.recall(todo[0])
        reach = changed = todo[0]
        for day in days[at:]:
            if todo and todo[0] == day:
                todo = todo[1:]
                reach = day + 2 * WINDOW
            elif day > reach and day - 1 - changed >= WINDOW:
                return todo
            if self.go_through(day, last_days):
                changed = day
            if self.tell:
                self.tell(self.done, len(days))
        return todo

    def recall(self, first: int) -> LastDays:
        """The days before one, as they were joined before."""
        last_days = LastDays.begin(self.plan.apart)
        earlier = [day for day in sorted(self.plan.days) if first - 2 * WINDOW <= day < first]
        with self.store.view().connect() as connection:
            for day in earlier:
                numbers = self.plan.numbers(day)
                loaded = load_day(connection, day, numbers, self.plan.chosen)
                if day < first - WINDOW:
                    last_days.background.add(day, loaded)
                else:
                    last_days.recall(day, loaded, before(connection, numbers, loaded))
        return last_days

    def go_through(self, day: int, last_days: LastDays) -> bool:
        """Join the articles of a day; whether anything came out otherwise than it was.

        Others may write while a day is thought about; what they change in it is noticed the next time.
        """
        numbers = self.plan.numbers(day)
        with self.store.view().connect() as connection:
            loaded = load_day(connection, day, numbers, self.plan.chosen)
        outcome = last_days.join(day, loaded)
        with self.store.writer() as writer:
            is_changed = self.put(writer.connection, numbers, loaded, outcome)
            self.note(writer.connection, day)
        self.done, self.articles = self.done + 1, self.articles + len(numbers)
        if is_changed or day in self.plan.dirty:
            self.touched.update(row["strand"] for row in outcome.story_reports)
        return is_changed

    def put(self, connection: Connection, numbers: Sequence[int], loaded: Loaded, outcome: Outcome) -> bool:
        """Replace the rows of a day where they are others; whether any are."""
        is_changed = False
        for table in TABLES:
            new: list[Row] = getattr(outcome, table.name)
            old = old_rows(connection, table, numbers, loaded)
            if ordered(old) == ordered(new):
                continue
            is_changed = True
            self.touched.update(row["strand"] for row in old if table is story_reports)
            replace_rows(connection, table, old, new)
        return is_changed

    def note(self, connection: Connection, day: int) -> None:
        """Remember that a day is done, and which articles it was done from."""
        numbers = [*self.plan.numbers(day), *self.plan.gone.pop(day, ())]
        for part in some(numbers):
            connection.execute(delete(joined).where(joined.c.article.in_(part)))
        rows = [{"article": filed.number, "day": day, "digest": filed.digest} for filed in self.plan.days.get(day, ())]
        if rows:
            connection.execute(insert(joined), rows)
        connection.execute(update(joins).where(joins.c.number == self.number).values(reached=day))


def before(connection: Connection, numbers: Sequence[int], loaded: Loaded) -> Before:
    """What was found of some articles the last time."""
    original_of = {row.article: row.original for row in rows_in(connection, copies, numbers)}
    reports = {(row.article, row.event): row.strand for row in rows_in(connection, story_reports, numbers)}
    quoted = {(row.article, row.quotation): row.strand for row in rows_in(connection, echoes, numbers)}
    return Before(
        original_of,
        {r.id: reports[r.article, r.event] for r in loaded.reports if (r.article, r.event) in reports},
        {s.id: quoted[s.article, s.quotation] for s in loaded.said if (s.article, s.quotation) in quoted},
    )


def rows_in(connection: Connection, table: Table, numbers: Sequence[int]) -> list[Any]:
    """The rows of a table that belong to some articles."""
    return [row for part in some(numbers) for row in rows_of(connection, table, part)]


def old_rows(connection: Connection, table: Table, numbers: Sequence[int], loaded: Loaded) -> list[Row]:
    """The rows of a day as they are, without what is settled later: stories, ids and first quotations of echoes."""
    rows = [dict(row._mapping) for row in rows_in(connection, table, numbers)]
    names = {(said.article, said.quotation): said.id for said in loaded.said}
    if table is echoes:
        rows = [row for row in rows if row["strand"] != names.get((row["article"], row["quotation"]))]
    return [{name: value for name, value in row.items() if name not in ("story", "id")} for row in rows]


def ordered(rows: Iterable[Row]) -> list[list[tuple[str, str]]]:
    """Rows in an order of their own, to compare them."""
    return sorted(sorted((name, repr(value)) for name, value in row.items()) for row in rows)


def replace_rows(connection: Connection, table: Table, old: Sequence[Row], new: Sequence[Row]) -> None:
    """Take the old rows of a day out and put the new ones in; what was the first of an echo may now be a later one."""
    keys = KEYS[table.name]
    for values in sorted({tuple(row[name] for name in keys) for row in (*old, *new)}):
        same = (table.c[name] == value for name, value in zip(keys, values, strict=True))
        connection.execute(delete(table).where(*same))
    if table is story_reports:
        put_stories(connection, {row["strand"] for row in new})
    extra = {story_reports.name: "story", echoes.name: "id"}.get(table.name)
    rows = [row | {extra: row["strand"]} if extra else row for row in new]
    if rows:
        connection.execute(insert(table), rows)


KEYS = {
    copies.name: ("article",),
    story_reports.name: ("article", "event"),
    bridges.name: ("article", "event"),
    echoes.name: ("article", "quotation"),
}
