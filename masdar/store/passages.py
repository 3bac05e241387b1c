"""The words behind a number: events and quotations in their sentences, chosen by what a picture counts.

Which items are meant is found first, in the order of their days, the last first; their texts and parties are fetched
for those few only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, Table, and_, case, func, or_, select, tuple_

from masdar.store.aggregates import Asked
from masdar.store.tables import articles, entities, event_places, events, parties, places, quotations
from masdar.store.tallies import CLAIMED, COUNTRY, QUOTATION, REPORTED
from masdar.store.view import View
from masdar.text.lines import beginning

BEFORE, AFTER = 300, 400  # characters of text around an item that its sentence is looked for in
LONGEST = 420  # characters of an item's own words that are shown
COMMON = 3000  # places at one spot
CLOSE = 1e-4  # degrees: what is less apart is one spot
END = re.compile(r"[.!?؟؛]+[»”\")]*\s+|\n\s*")  # of a sentence
DOES = {"event": "actor", QUOTATION: "speaker"}
SUFFERS = {"event": "recipient", QUOTATION: "addressee"}


class Key(NamedTuple):
    """Where an item stands in the order: its day, article and id; also the end of a page."""

    day: str
    article: int
    item: str


@dataclass(frozen=True, slots=True)
class Named:
    """Who has a part in an item."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Passage:
    """An item with its sentence: `words` are the trigger of an event or what was said, between the words around."""

    key: Key
    layer: str
    type: str
    article: str
    source: str | None
    title: str | None
    before: str
    words: str
    after: str
    claimed_in: str | None
    status: tuple[str, ...]
    confidence: float
    does: tuple[Named, ...]
    suffers: tuple[Named, ...]


def passages(view: View, asked: Asked, limit: int, after: Key | None = None) -> list[Passage]:
    """The items that are asked for, the last day first; `after` is the key of the last one of the page before."""
    return texts(view, asked.layer, keys_of(view, asked, limit, after))


@dataclass(frozen=True, slots=True)
class Items:
    """A query for items, with the columns that order them; their days may be null."""

    query: Select[Any]
    day: ColumnElement[Any]
    article: ColumnElement[Any]
    item: ColumnElement[Any]

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        """The last day first. The columns are those of an index as they are: only then need not all be sorted."""
        return self.day.desc(), self.article.desc(), self.item.desc()

    def later(self, after: Key) -> ColumnElement[bool]:
        """Whether an item with a day comes behind a key."""
        rest = or_(self.article < after.article, and_(self.article == after.article, self.item < after.item))
        return and_(self.day <= after.day, or_(self.day < after.day, rest))

    def undated(self, after: Key | None) -> ColumnElement[bool]:
        """Whether an item is without a day, and comes behind a key that is without one too."""
        if after is None or after.day:
            return self.day.is_(None)
        rest = or_(self.article < after.article, and_(self.article == after.article, self.item < after.item))
        return and_(self.day.is_(None), rest)


def keys_of(view: View, asked: Asked, limit: int, after: Key | None = None) -> list[Key]:
    """The keys of the items that are asked for: those with a day, then those without."""
    items = items_asked(asked, is_common=is_at_a_common_spot(view, asked))
    query = items.query.order_by(*items.order)
    rows: list[Row[Any]] = []
    if after is None or after.day:
        dated = query.where(items.day.is_not(None), *([items.later(after)] if after else []))
        rows += view.rows(dated.limit(limit))
    if len(rows) < limit and not (asked.since or asked.until):
        rows += view.rows(query.where(items.undated(after)).limit(limit - len(rows)))
    return [Key(row.day or "", row.article, row.item) for row in rows]


def items_asked(asked: Asked, *, is_common: bool = False) -> Items:
    """The items that are asked for; `is_common` is whether they are at a spot of many."""
    return by_party(asked) if asked.actors or asked.recipients else by_day(asked, is_common=is_common)


def by_day(asked: Asked, *, is_common: bool = False) -> Items:
    """Items of everybody."""
    if asked.layer == QUOTATION:
        columns = (articles.c.day, articles.c.number, quotations.c.id)
        query = labelled(*columns).select_from(quotations.join(articles))
    else:
        columns = (events.c.day, events.c.article, events.c.id)
        query = labelled(*columns)
    return Items(query.where(*within(asked, columns[0]), *of_type(asked), *there(asked, is_common=is_common)), *columns)


def by_party(asked: Asked) -> Items:
    """Items in which somebody has a part."""
    main = parties.alias("main")
    keys, part = (asked.actors, DOES) if asked.actors else (asked.recipients, SUFFERS)
    columns = (main.c.day, main.c.article, main.c.item)
    query = labelled(*columns).distinct().where(is_one_of(main, keys), main.c.part == part[asked.layer])
    query = query.where(*within(asked, main.c.day))
    if of_type(asked) or asked.spot:
        table = quotations if asked.layer == QUOTATION else events
        query = query.join(table, and_(table.c.article == main.c.article, table.c.id == main.c.item))
        query = query.where(*of_type(asked), *there(asked))
    if asked.actors and asked.recipients:
        other = parties.alias("other")
        same = (other.c.article == main.c.article, other.c.item == main.c.item)
        has = (other.c.part == SUFFERS[asked.layer], is_one_of(other, asked.recipients))
        query = query.where(select(other.c.item).where(*same, *has).exists())
    return Items(query, *columns)


def labelled(day: ColumnElement[Any], article: ColumnElement[Any], item: ColumnElement[Any]) -> Select[Any]:
    """The three columns by the names of a key."""
    return select(day.label("day"), article.label("article"), item.label("item"))


def is_one_of(party: Any, keys: Sequence[str]) -> ColumnElement[bool]:  # noqa: ANN401
    """Whether a party is one of the actors or countries."""
    countries = [key.removeprefix(COUNTRY) for key in keys if key.startswith(COUNTRY)]
    if countries:
        return party.c.country.in_(countries)  # type: ignore[no-any-return]
    return party.c.actor.in_(keys)  # type: ignore[no-any-return]


def within(asked: Asked, day: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """The time that is asked for."""
    made = [day >= asked.since] if asked.since else []
    return made + ([day <= asked.last] if asked.until else [])


def of_type(asked: Asked) -> list[ColumnElement[bool]]:
    """The type or stance, and whether it was told by the article itself."""
    if asked.layer == QUOTATION:
        return [quotations.c.stance.in_(asked.types)] if asked.types else []
    made: list[ColumnElement[bool]] = [events.c.type.in_(asked.types)] if asked.types else []
    if asked.told in (CLAIMED, REPORTED):
        made.append(events.c.claimed_in.is_(None) if asked.told == REPORTED else events.c.claimed_in.is_not(None))
    return made


def there(asked: Asked, *, is_common: bool = False) -> list[ColumnElement[bool]]:
    """The spot where events happened. Of a spot of many events, each of the last days is asked where it happened."""
    if asked.spot is None or asked.layer == QUOTATION:
        return []
    of_place = and_(places.c.article == event_places.c.article, places.c.id == event_places.c.place)
    found = select(event_places.c.article, event_places.c.event).select_from(event_places.join(places, of_place))
    found = found.where(*at(asked.spot))
    if is_common:
        same = (event_places.c.article == events.c.article, event_places.c.event == events.c.id)
        return [found.where(*same).correlate(events).exists()]
    return [tuple_(events.c.article, events.c.id).in_(found)]


def at(spot: tuple[float, float]) -> list[ColumnElement[bool]]:
    """Whether a place is at a spot."""
    lat, lon = spot
    return [places.c.lat.between(lat - CLOSE, lat + CLOSE), places.c.lon.between(lon - CLOSE, lon + CLOSE)]


def is_at_a_common_spot(view: View, asked: Asked) -> bool:
    """Whether many places are at the spot that is asked for."""
    if asked.spot is None:
        return False
    some = select(places.c.lat).where(*at(asked.spot)).limit(COMMON).subquery()
    return bool(view.rows(select(func.count().label("number")).select_from(some))[0].number == COMMON)


def texts(view: View, layer: str, keys: Sequence[Key]) -> list[Passage]:
    """The sentences of some items and who has a part in them."""
    if not keys:
        return []
    table = quotations if layer == QUOTATION else events
    start = case_start(table)
    around = func.substr(articles.c.text, start + 1, table.c.end - start + AFTER).label("around")
    columns = (articles.c.id.label("of"), articles.c.source, articles.c.title, around, start.label("origin"))
    query = select(*table.c, *columns).select_from(table.join(articles)).where(is_among(table, table.c.id, keys))
    found = {(row.article, row.id): row for row in view.rows(query)}
    who = named_parties(view, keys)
    return [
        passage(layer, key, found[key.article, key.item], who)
        for key in keys
        if (key.article, key.item) in found
    ]  # fmt: skip


def case_start(table: Table) -> ColumnElement[int]:
    """Where the text around an item begins."""
    return case((table.c.start > BEFORE, table.c.start - BEFORE), else_=0)


def is_among(table: Table, item: ColumnElement[Any], keys: Sequence[Key]) -> ColumnElement[bool]:
    """Whether a row is of one of the items; that the article is one of few lets the database use its index."""
    pairs = [(key.article, key.item) for key in keys]
    return table.c.article.in_({key.article for key in keys}) & tuple_(table.c.article, item).in_(pairs)


Parties = dict[tuple[int, str], dict[str, list[Named]]]


def named_parties(view: View, keys: Sequence[Key]) -> Parties:
    """Who has which part in some items, as the article calls them."""
    of_entity = and_(entities.c.article == parties.c.article, entities.c.id == parties.c.entity)
    query = select(parties, entities.c.name).select_from(parties.join(entities, of_entity))
    found: Parties = defaultdict(lambda: defaultdict(list))
    for row in view.rows(query.where(is_among(parties, parties.c.item, keys))):
        found[row.article, row.item][row.part].append(Named(row.actor, row.name))
    return found


def passage(layer: str, key: Key, row: Row[Any], who: Parties) -> Passage:
    """A row with its sentence cut out."""
    start, end = row.start - row.origin, row.end - row.origin
    before, words, after = sentence(row.around, start, end)
    parts = who[key.article, key.item]
    is_event = layer != QUOTATION
    return Passage(
        key, layer, row.type if is_event else row.stance, row.of, row.source, row.title, before, words, after,
        row.claimed_in if is_event else None,
        tuple(row.status.split()) if is_event else (),
        row.confidence, tuple(parts[DOES[layer]]), tuple(parts[SUFFERS[layer]]),
    )  # fmt: skip


def sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands in the sentence before some words, the words, and what stands after them."""
    ends = [found.end() for found in END.finditer(text, 0, start)]
    before = text[ends[-1] if ends else 0 : start]
    if not ends and start >= BEFORE:
        before = "… " + before.partition(" ")[2]
    following = END.search(text, end)
    after = (
        text[end : following.end()].rstrip() if following else text[end:] + ("…" if len(text) - end >= AFTER else "")
    )
    words = text[start:end]
    if len(words) > LONGEST:
        words, after = beginning(words, LONGEST), ""
    return before, words, after


def items_of(view: View, layer: str, items: Collection[tuple[str, str]]) -> list[Passage]:
    """Items by article id and item id, in this order; those that are not there are left out."""
    numbers = {row.id: row for row in view.rows(select(articles.c.id, articles.c.number, articles.c.day).where(
        articles.c.id.in_({article for article, _ in items})
    ))}  # fmt: skip
    keys = [Key(numbers[id].day or "", numbers[id].number, item) for id, item in items if id in numbers]
    return texts(view, layer, keys)
