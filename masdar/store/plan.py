"""What a join has to do: which articles there are, which of them are new or changed, what people decided since."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from masdar.store.days import UNDATED, Apart
from masdar.store.identities import canonical
from masdar.store.reports import day_of
from masdar.store.settle import judged, some
from masdar.store.tables import articles, decisions, joined, joins, parties, splits
from masdar.store.write import now

RULES = "1"  # change it whenever the same articles would give other copies, stories or echoes
ACTOR = "actor"


@dataclass(frozen=True, slots=True)
class Filed:
    """An article as it is now, in short."""

    number: int
    digest: str


@dataclass(slots=True)
class Plan:
    """Which days there are, which must be gone through, and what is to be heeded."""

    days: dict[int, list[Filed]] = field(default_factory=dict)  # the articles of each day, in the order of publication
    dirty: set[int] = field(default_factory=set)
    gone: dict[int, list[int]] = field(default_factory=dict)  # articles that have left a day
    apart: Apart = field(default_factory=Apart)
    chosen: Mapping[str, str] = field(default_factory=dict)
    decision: int = 0
    is_resumed: bool = False

    def numbers(self, day: int) -> list[int]:
        """The articles of a day, in order."""
        return [filed.number for filed in self.days.get(day, ())]


def plan_of(connection: Connection, *, again: bool = False) -> Plan:
    """Compare the articles that there are with those that were joined."""
    last = connection.execute(select(joins).order_by(joins.c.number.desc()).limit(1)).first()
    if again or (last is not None and last.rules != RULES):
        connection.execute(delete(joined))
    plan = Plan(days=filed(connection), decision=connection.scalar(select(func.max(decisions.c.number))) or 0)
    mark_changed(plan, connection)
    mark_decided(plan, connection, last.decision if last else 0)
    if last is not None and not last.is_done:
        plan.is_resumed = True
        if last.reached is not None:
            plan.dirty.add(last.reached + 1)
    plan.apart = Apart(judged(connection, "story").parted, judged(connection, "echo").parted)
    plan.chosen = canonical(actor_decisions(connection))
    return plan


def begin(connection: Connection, plan: Plan) -> int:
    """Note that a join has begun; its number."""
    values = {"at": now(), "rules": RULES, "decision": plan.decision, "is_done": False}
    new = insert(joins).values(**values).returning(joins.c.number)
    return int(connection.execute(new).scalar_one())


def filed(connection: Connection) -> dict[int, list[Filed]]:
    """Every article by its day."""
    moved = splits_of(connection)
    wanted = [articles.c[name] for name in ("number", "id", "day", "published", "source", "sha256", "run")]
    rows = sorted(connection.execute(select(*wanted)), key=lambda row: (row.published or "", row.id))
    found: dict[int, list[Filed]] = defaultdict(list)
    for row in rows:
        found[day_of(row.day) or UNDATED].append(Filed(row.number, digest(row, moved.get(row.id, ""))))
    return dict(found)


def splits_of(connection: Connection) -> dict[str, str]:
    """By the id of an article, whom people told apart in it."""
    last: dict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(select(splits).order_by(splits.c.number)):
        last[row.article][row.actor] = row.key
    return {
        article: "\n".join(f"{actor}\t{key}" for actor, key in sorted(keys.items()) if key != actor)
        for article, keys in last.items()
    }


def digest(row: Row[Any], moved: str) -> str:
    """What the rows of an article are found from, in short."""
    told = "\n".join(str(row._mapping[name]) for name in ("id", "day", "published", "source", "sha256", "run")) + moved
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def mark_changed(plan: Plan, connection: Connection) -> None:
    """Mark the days of articles that are new, changed, moved or gone."""
    before = {row.article: (row.day, row.digest) for row in connection.execute(select(joined))}
    gone: dict[int, list[int]] = defaultdict(list)
    for day, some_filed in plan.days.items():
        for article in some_filed:
            old = before.pop(article.number, None)
            if old == (day, article.digest):
                continue
            plan.dirty.add(day)
            if old is not None and old[0] != day:
                plan.dirty.add(old[0])
    for number, (day, _) in before.items():
        gone[day].append(number)
        plan.dirty.add(day)
    plan.gone = dict(gone)


def mark_decided(plan: Plan, connection: Connection, heeded: int) -> None:
    """Mark the days of what people decided on since the last join."""
    rows = list(connection.execute(select(decisions).where(decisions.c.number > heeded)))
    ids = {id.rpartition("#")[0] for row in rows if row.layer != ACTOR for id in (row.left, row.right)}
    plan.dirty.update(days_of(connection, articles.c.id, ids))
    if any(row.layer == ACTOR for row in rows):
        mark_actors(plan, connection, heeded)


def mark_actors(plan: Plan, connection: Connection, heeded: int) -> None:
    """Mark the days of articles with actors that have become others."""
    rows = list(actor_decisions(connection))
    before, after = canonical(row for row in rows if row.number <= heeded), canonical(rows)
    changed = {key for key in before.keys() | after.keys() if before.get(key, key) != after.get(key, key)}
    for part in some(sorted(changed)):
        numbers = set(connection.scalars(select(parties.c.article).where(parties.c.actor.in_(part))))
        plan.dirty.update(days_of(connection, articles.c.number, numbers))


def actor_decisions(connection: Connection) -> Iterator[Row[Any]]:
    """The decisions on who is who, in order."""
    yield from connection.execute(select(decisions).where(decisions.c.layer == ACTOR).order_by(decisions.c.number))


def days_of(connection: Connection, column: Any, keys: Iterable[Any]) -> Iterator[int]:  # noqa: ANN401
    """The days of the articles with some ids or numbers."""
    for part in some(sorted(keys)):
        for day in connection.scalars(select(articles.c.day).where(column.in_(part)).distinct()):
            yield day_of(day) or UNDATED
