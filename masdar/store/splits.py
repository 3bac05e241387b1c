"""People who share a name: in the articles that a reviewer picks it is somebody else, with a key and label of his own.

What people decided is a row of `splits` for each article and actor, only ever added. Saving an article heeds it
(masdar/store/keys.py); here what is there already is filed anew at once: entities, parties, counts and the index.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, or_, select, update

from masdar.errors import InputError
from masdar.store.identities import SPLIT, Filed, filed, label_of
from masdar.store.keys import Keys, keys_in, moves_of
from masdar.store.rows import Json
from masdar.store.search.index import index_articles
from masdar.store.search.words import whole
from masdar.store.tables import articles, entities, parties, roles, splits
from masdar.store.tallies import count
from masdar.store.view import View, unpacked
from masdar.store.write import Writer, now
from masdar.text.lines import beginning

LONGEST = 40  # letters of a label
LONGEST_KEY = 70  # letters of a key before the label: longer ones are shortened, for the index keeps 120
NOT_A_LABEL = re.compile(r"[^\w\s\-.،]|_")
BEFORE, AROUND = 60, 200  # letters of the text before a name, and in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Splitting:
    """In these articles somebody with one of the keys is another one, called by a label; without: as the names say."""

    who: str
    key: str  # of the page: that of the new one is made from it
    keys: Collection[str]  # all keys of the actor
    articles: Collection[str]  # ids
    label: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """An actor of an article and the keys before and after."""

    article: str
    actor: str
    name: str
    was: str
    key: str


def split_off(writer: Writer, asked: Splitting) -> str:
    """File an actor of some articles under a key of its own, or under the one that the names give; the key.

    Raises:
        InputError: the label has no letter or is too long; the actor is known in one article only, or in none of these.
    """
    if "#" in asked.key:
        raise InputError("This actor is known in one article only: there is nothing to split.")
    base = asked.key.partition(SPLIT)[0]
    key = split_key(writer.connection, base, asked.label) if asked.label.strip() else ""
    moves = [
        Move(article, one.actor, one.name, one.key, key or one.actor)
        for article, one in entities_of(writer.connection, asked)
        if one.key != (key or one.actor)
    ]
    if not moves:
        raise InputError("Nothing to split: choose articles in which they are not called so yet.")
    put(writer, asked.who, asked.reason, moves)
    return key or base


def split_key(connection: Connection, base: str, label: str) -> str:
    """The key of somebody split off: one that is there already, if it is but spelled otherwise."""
    words = " ".join(NOT_A_LABEL.sub(" ", label).split())
    if not re.search(r"\w", words) or len(words) > LONGEST:
        raise InputError(f"{label!r} is no label. Give some words that tell them apart, at most {LONGEST} letters.")
    if len(base) > LONGEST_KEY:
        digest = hashlib.blake2b(base.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
        base = f"{base[: LONGEST_KEY - len(digest)]}{digest}"
    key = f"{base}{SPLIT}{words}"
    given = connection.scalars(select(splits.c.key).where(splits.c.key.startswith(base + SPLIT, autoescape=True)))
    return next((one for one in sorted(set(given)) if whole(one) == whole(key)), key)


def entities_of(connection: Connection, asked: Splitting) -> list[tuple[str, Filed]]:
    """The entities of the articles that have one of the keys, each actor of an article once."""
    found: dict[tuple[str, str], Filed] = {}
    ids = {row.number: row.id for row in locked(connection, asked.articles)}
    records, moves = records_of(connection, ids), moves_of(connection, ids)
    for number, record in records.items():
        for one in filed(record, moves.get(number)):
            if one.key in asked.keys and "#" not in one.key:
                found[ids[number], one.actor] = one
    return [(article, one) for (article, _), one in found.items()]


def locked(connection: Connection, ids: Collection[str]) -> list[Row[Any]]:
    """Articles that no other program saves or splits until the transaction ends."""
    query = select(articles.c.number, articles.c.id).where(articles.c.id.in_(list(ids)))
    return list(connection.execute(query.order_by(articles.c.number).with_for_update()))


def records_of(connection: Connection, numbers: Iterable[int]) -> dict[int, Json]:
    """The records of some articles."""
    query = select(articles.c.number, articles.c.record).where(articles.c.number.in_(list(numbers)))
    return {row.number: unpacked(row.record) for row in connection.execute(query)}


def put(writer: Writer, who: str, reason: str | None, moves: Sequence[Move]) -> None:
    """Keep what was decided, and file the articles anew."""
    connection, at = writer.connection, now()
    ids = {move.article for move in moves}
    numbers = [row.number for row in locked(connection, ids)]
    rows = [
        {"at": at, "who": who, "reason": reason}
        | {name: getattr(move, name) for name in ("article", "actor", "name", "was", "key")}
        for move in sorted(moves, key=lambda move: (move.was, move.key))
    ]
    connection.execute(insert(splits), rows)
    refile(connection, numbers)


def refile(connection: Connection, numbers: Collection[int]) -> None:
    """Give the entities of some articles the keys that they have by now."""
    records = records_of(connection, numbers)
    keys = keys_in(connection, records)
    count(connection, list(records), -1)
    for number in records:
        rekey(connection, number, keys)
    count(connection, list(records), 1)
    index_articles(connection, records, keys)


def rekey(connection: Connection, number: int, keys: Keys) -> None:
    """The keys of one article's entities, there and where they take part."""
    before = select(entities.c.id, entities.c.actor).where(entities.c.article == number)
    for row in connection.execute(before).all():
        key = keys[number].get(row.id, row.actor)
        if key != row.actor:
            for table, entity in ((entities, entities.c.id), (parties, parties.c.entity), (roles, roles.c.entity)):
                connection.execute(update(table).where(table.c.article == number, entity == row.id).values(actor=key))


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody decided at one time: in these articles, somebody of one key is one of another."""

    number: int
    at: str
    who: str
    was: str
    key: str
    reason: str | None
    articles: tuple[str, ...]
    is_last: bool  # in some of them nobody has decided otherwise since


def acts(view: View, keys: Collection[str]) -> list[Act]:
    """Every time that somebody was split off from or put under some keys, the last one first."""
    about = or_(*(column.in_(list(keys)) for column in (splits.c.actor, splits.c.was, splits.c.key)))
    rows = view.rows(select(splits).where(about).order_by(splits.c.number.desc()))
    last = {row.number for row in view.rows(last_of({row.article for row in rows}))} if rows else set()
    return acts_of(rows, last)


def labels(view: View, key: str) -> list[str]:
    """What others of a name were called when they were split off."""
    own, base = label_of(key), key.partition(SPLIT)[0]
    of_name = splits.c.key.startswith(base + SPLIT, autoescape=True)
    given = view.rows(select(splits.c.key).where(of_name).distinct())
    return sorted({label for row in given if (label := label_of(row.key)) and label != own})


def last_of(ids: Collection[str]) -> Select[tuple[int]]:
    """The decisions that count in some articles."""
    query = select(func.max(splits.c.number).label("number")).group_by(splits.c.article, splits.c.actor)
    return query.where(splits.c.article.in_(list(ids)))


def acts_of(rows: Iterable[Row[Any]], last: Collection[int]) -> list[Act]:
    """Rows as acts: what was kept at once for the same two keys."""
    together = groupby(rows, key=lambda row: (row.at, row.who, row.was, row.key, row.reason))
    made = [(key, list(some)) for key, some in together]
    return [
        Act(
            some[0].number, at, who, was, key, reason, tuple(row.article for row in reversed(some)),
            any(row.number in last for row in some),
        )
        for (at, who, was, key, reason), some in made
    ]  # fmt: skip


def take_back(writer: Writer, number: int, who: str, reason: str | None) -> tuple[str, str]:
    """Undo an act where nobody has decided otherwise since; the keys before and after it.

    Raises:
        InputError: there is no such act, or nothing of it is left to take back.
    """
    connection = writer.connection
    row = connection.execute(select(splits).where(splits.c.number == number)).first()
    if row is None:
        raise InputError("There is no such decision. Open the page of the person again.")
    same = (splits.c.at == row.at, splits.c.who == row.who, splits.c.was == row.was, splits.c.key == row.key)
    of_act = connection.execute(select(splits).where(*same).order_by(splits.c.number)).all()
    still = set(connection.scalars(last_of({one.article for one in of_act})))
    moves = [Move(one.article, one.actor, one.name, one.key, one.was) for one in of_act if one.number in still]
    if not moves:
        raise InputError("Nothing of this is left to take back: later decisions have changed it.")
    put(writer, who, reason, moves)
    return row.was, row.key


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An article in which an actor is mentioned: as whom, with which offices, and the words around the first name."""

    article: str
    title: str | None
    source: str | None
    day: str | None
    key: str
    before: str
    words: str
    after: str
    roles: tuple[str, ...] = ()


After = tuple[str, int]  # day and number of the last article of the page before


def mentions(
    view: View, keys: Collection[str], limit: int, after: After | None = None
) -> list[tuple[After, Mentioned]]:
    """The articles in which an actor is mentioned, the last one first, each with the end of a page."""
    day = func.coalesce(articles.c.day, "")
    query = select(entities, articles.c.day).join(articles).where(entities.c.actor.in_(list(keys)))
    if after is not None:
        query = query.where(or_(day < after[0], and_(day == after[0], entities.c.article < after[1])))
    rows = view.rows(query.order_by(day.desc(), entities.c.article.desc(), entities.c.id).limit(limit * 2))
    first = {row.article: row for row in reversed(rows)}
    chosen = sorted(first.values(), key=lambda row: (row.day or "", row.article), reverse=True)[:limit]
    offices = offices_of(view, chosen)
    texts = {row.number: row for row in view.rows(select_texts([row.article for row in chosen]))}
    return [
        ((row.day or "", row.article), replace(mentioned(row, texts[row.article]), roles=tuple(offices[row.article])))
        for row in chosen
        if row.article in texts
    ]


def select_texts(numbers: Collection[int]) -> Any:  # noqa: ANN401
    """What a list says of articles."""
    wanted = (articles.c[name] for name in ("number", "id", "title", "source", "text"))
    return select(*wanted).where(articles.c.number.in_(list(numbers)))


def offices_of(view: View, rows: Iterable[Row[Any]]) -> Mapping[int, list[str]]:
    """The offices that articles give to some of their entities."""
    wanted: list[ColumnElement[bool]] = [
        and_(roles.c.article == row.article, roles.c.entity == row._mapping["id"]) for row in rows
    ]
    found: dict[int, list[str]] = defaultdict(list)
    for row in view.rows(select(roles).where(or_(*wanted))) if wanted else ():
        found[row.article].append(row.title)
    return found


def mentioned(row: Row[Any], article: Row[Any]) -> Mentioned:
    """An article with the words around an entity's first mention; of a name left unsaid, its beginning."""
    start, end, _ = next(iter(json.loads(row.mentions)), (0, 0, ""))
    begin = article.text.find(" ", max(0, start - BEFORE), start) + 1 if start > BEFORE else 0
    return Mentioned(
        article.id, article.title, article.source, row.day, row.actor,
        article.text[begin:start], article.text[start:end], beginning(article.text[end:], AROUND - (end - begin)),
    )  # fmt: skip
