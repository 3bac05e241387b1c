"""Keep count of who did or said what to whom on which day, and of the names of actors, while articles are saved.

Pages about actors, networks and calendars read these few rows instead of joining all parties. What is counted follows
from the other tables alone: `count` takes the rows of some articles off before they are cleared away and adds those
that come instead, in the same transaction; `recount` makes everything anew. Entities that are known in one article
only are no actors here, but count for their country.
"""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    Subquery,
    Table,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    select,
    true,
    union,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from masdar.store.identities import label_of
from masdar.store.tables import actors, articles, entities, events, names, parties, quotations, roles, tallies
from masdar.text.fold import fold_word

COUNTRY = "country:"  # begins the key of a country as a whole
EVERYBODY = ""
REPORTED, CLAIMED, QUOTATION = "reported", "claimed", "quotation"  # layers; the first two are of events
LOCK = 0x74616C6C
FOLDED_AT_ONCE = 5000  # names
Numbers = Collection[int] | None  # of articles; None: all of them


def count(connection: Connection, numbers: Collection[int], sign: int) -> None:
    """Add (1) or take off (-1) what some articles say; when adding, rows that have come to nothing are removed."""
    if not numbers:
        return
    if connection.dialect.name == "postgresql":  # two programs that count at once would wait for each other
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    change(connection, numbers, sign)
    if sign > 0:
        for table in (tallies, names, actors):
            connection.execute(delete(table).where(table.c.count <= 0))
        fold_names(connection)


def recount(connection: Connection) -> None:
    """Count all articles anew."""
    for table in (tallies, names, actors):
        connection.execute(delete(table))
    change(connection, None, 1)
    fold_names(connection)


def change(connection: Connection, numbers: Numbers, sign: int) -> None:
    """Add the counts of some articles times a sign."""
    add(connection, tallies, tallied(numbers), sign)
    add(connection, names, named(numbers), sign)
    add(connection, actors, seen(numbers), sign)


def add(connection: Connection, table: Table, counted: Select[Any], sign: int) -> None:
    """Add counted rows to those of a table."""
    rows = counted.subquery()
    sums = [column.name for column in table.c if not column.primary_key and column.name in rows.c]
    keys = [column.name for column in table.c if column.primary_key]
    chosen = [rows.c[name] for name in keys] + [(rows.c[name] * sign).label(name) for name in sums]
    # `true` tells SQLite that what follows is no join
    query = select(*chosen).where(true())
    dialect: ModuleType = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table).from_select([*keys, *sums], query)
    put = new.on_conflict_do_update(
        index_elements=keys, set_={name: table.c[name] + new.excluded[name] for name in sums}
    )
    connection.execute(put)


def tallied(numbers: Numbers) -> Select[Any]:
    """Who did or said what to whom: for all, for each actor, recipient and pair; of actors and of countries."""
    rows = union_all(*(among for layer in (event_items(numbers), quotation_items(numbers)) for among in sides(*layer)))
    found = rows.subquery()
    keys = [found.c[name] for name in ("actor", "recipient", "day", "layer", "type")]
    sums = [cast(func.sum(found.c[name]), Integer).label(name) for name in ("count", "score")]
    return select(*keys, *sums).group_by(*keys)


Layer = tuple[Subquery, FromClause, FromClause]  # items, who does, to whom


def event_items(numbers: Numbers) -> Layer:
    """Events as rows to be counted, and their parties."""
    layer = case((events.c.claimed_in.is_(None), REPORTED), else_=CLAIMED)
    columns = (
        *item_columns(events, layer, events.c.type, func.coalesce(events.c.day, "")),
        cast(func.round(events.c.score * 10), Integer).label("score"),
    )
    query = select(*columns).where(of(numbers, events.c.article))
    return query.subquery(), keys_of("actor", numbers), keys_of("recipient", numbers)


def quotation_items(numbers: Numbers) -> Layer:
    """Quotations as rows to be counted, and their parties."""
    day = func.coalesce(articles.c.day, "")
    columns = (
        *item_columns(quotations, literal(QUOTATION), quotations.c.stance, day),
        literal(0).label("score"),
    )
    joined = quotations.join(articles, articles.c.number == quotations.c.article)
    query = select(*columns).select_from(joined).where(of(numbers, quotations.c.article))
    return query.subquery(), keys_of("speaker", numbers), keys_of("addressee", numbers)


def item_columns(
    table: Table, layer: ColumnElement[Any], type: ColumnElement[Any], day: ColumnElement[Any]
) -> tuple[ColumnElement[Any], ...]:
    """What every item has."""
    return (
        table.c.article,
        table.c.id,
        day.label("day"),
        layer.label("layer"),
        type.label("type"),
        literal(1).label("count"),
    )


def keys_of(part: str, numbers: Numbers) -> Subquery:
    """The actors and countries that have a part in items, each once for an item; `whole` is 1 for countries."""
    where = (parties.c.part == part, of(numbers, parties.c.article))
    item = (parties.c.article, parties.c.item)
    ones = select(*item, parties.c.actor.label("key"), literal(0).label("whole")).where(
        *where, is_known(parties.c.actor)
    )
    wholes = select(*item, (literal(COUNTRY) + parties.c.country).label("key"), literal(1).label("whole")).where(
        *where, parties.c.country.is_not(None)
    )
    return union(ones, wholes).subquery()


def sides(items: Subquery, doers: FromClause, others: FromClause) -> list[Select[Any]]:
    """Every item once for all, once for each who does, once for each it is done to, once for each pair."""
    rest = tuple(items.c[name] for name in ("day", "layer", "type", "count", "score"))
    nobody = literal(EVERYBODY)
    does = (items.c.article == doers.c.article) & (items.c.id == doers.c.item)
    suffers = (items.c.article == others.c.article) & (items.c.id == others.c.item)
    both = items.join(doers, does).join(others, suffers & (doers.c.whole == others.c.whole))
    return [
        select(nobody.label("actor"), nobody.label("recipient"), *rest),
        select(doers.c.key.label("actor"), nobody.label("recipient"), *rest).select_from(items.join(doers, does)),
        select(nobody.label("actor"), others.c.key.label("recipient"), *rest).select_from(items.join(others, suffers)),
        select(doers.c.key.label("actor"), others.c.key.label("recipient"), *rest).select_from(both),
    ]


def named(numbers: Numbers) -> Select[Any]:
    """The names of actors, with the number of articles."""
    fields = ("name_latin", "type", "country", "sector")
    keys = (
        entities.c.actor,
        entities.c.name,
        *(func.coalesce(entities.c[field], "").label(field) for field in fields),
    )
    number = func.count(entities.c.article.distinct()).label("count")
    return select(*keys, number).where(is_known(entities.c.actor), of(numbers, entities.c.article)).group_by(*keys)


def seen(numbers: Numbers) -> Select[Any]:
    """Actors with the number of articles they stand in."""
    number = func.count(entities.c.article.distinct()).label("count")
    where = (is_known(entities.c.actor), of(numbers, entities.c.article))
    return select(entities.c.actor, number).where(*where).group_by(entities.c.actor)


def is_known(actor: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a key is of more than one article: those of one hold its id and a #."""
    return actor.not_like("%#%")


def of(numbers: Numbers, article: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row is of one of the articles."""
    return true() if numbers is None else article.in_(list(numbers))


def date_parties(connection: Connection) -> None:
    """Give every party the day of its event or, in a quotation, of the article."""
    day = select(articles.c.day).where(articles.c.number == parties.c.article)
    connection.execute(update(parties).values(day=day.scalar_subquery()))
    of_item = (events.c.article == parties.c.article) & (events.c.id == parties.c.item)
    is_event = select(events.c.id).where(of_item).exists()
    day = select(events.c.day).where(of_item)
    connection.execute(update(parties).where(is_event).values(day=day.scalar_subquery()))


def date_roles(connection: Connection) -> None:
    """Give every office whom it is of and the day of its article."""
    day = select(articles.c.day).where(articles.c.number == roles.c.article)
    of_entity = (entities.c.article == roles.c.article) & (entities.c.id == roles.c.entity)
    actor = select(entities.c.actor).where(of_entity)
    connection.execute(update(roles).values(day=day.scalar_subquery(), actor=actor.scalar_subquery()))


def fold_names(connection: Connection) -> None:
    """Fold the names that are new, to be searched in."""
    key = [column for column in names.c if column.primary_key]
    query = select(*key).where(names.c.folded.is_(None)).limit(FOLDED_AT_ONCE)
    put = update(names).where(*(column == bindparam(f"key_{column.name}") for column in key))
    put = put.values(folded=bindparam("to"))
    while rows := connection.execute(query).all():
        connection.execute(
            put,
            [
                {f"key_{name}": value for name, value in row._mapping.items()}
                | {"to": searched(row.name, row.name_latin, label_of(row.actor) or "")}
                for row in rows
            ],
        )


def searched(*texts: str) -> str:
    """Names as they are searched: folded, in small letters."""
    return " ".join(" ".join(map(fold_word, text.lower().split())) for text in texts).strip()
