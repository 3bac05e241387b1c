"""Actors across articles: who has which name, who they are by the decisions taken, what offices they held and when.

An actor is a key (masdar/store/identities.py) and all keys that were decided to be the same. `identities` lays the
decisions over the keys; every other function here takes all keys of an actor together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from masdar.store.identities import canonical, told_apart
from masdar.store.rows import PARTS
from masdar.store.tables import actors, articles, decisions, entities, names, parties, roles
from masdar.store.tallies import COUNTRY, searched
from masdar.store.view import View

LAYER = "actor"
MOST_ROLES = 40
LATELY = 300  # articles in which company is looked for: the last ones that an actor has a part in
BESIDES = 4  # times as many keys: some of them are one actor
AT_ONCE = 500  # keys in one query


@dataclass(frozen=True, slots=True)
class Actor:
    """Who an actor is: the name that most articles use, and in how many articles they stand."""

    key: str
    name: str
    name_latin: str | None = None
    type: str | None = None
    country: str | None = None
    sector: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """An office that articles give to an actor: in how many, from the first to the last day."""

    title: str
    organization: str | None
    country: str | None
    first: str | None
    last: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Identities:
    """Which keys are one actor, by the decisions taken."""

    chosen: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]

    def of(self, key: str) -> str:
        """The key that stands for a key."""
        return self.chosen.get(key, key)

    def keys(self, key: str) -> tuple[str, ...]:
        """All keys of the actor that a key is of, the one that stands for them first."""
        best = self.of(key)
        return self.groups.get(best, (best,))


def identities(view: View) -> Identities:
    """The decisions as they are now."""
    chosen = canonical(view.rows(select(decisions).where(decisions.c.layer == LAYER).order_by(decisions.c.number)))
    groups: dict[str, list[str]] = defaultdict(list)
    for key, best in chosen.items():
        groups[best].append(key)
    ordered = {best: (best, *sorted(key for key in keys if key != best)) for best, keys in groups.items()}
    return Identities(chosen, ordered)


def decided(view: View, keys: Collection[str]) -> list[Row[Any]]:
    """Every decision about some keys, the last one first."""
    about = or_(decisions.c.left.in_(keys), decisions.c.right.in_(keys))
    return view.rows(select(decisions).where(decisions.c.layer == LAYER, about).order_by(decisions.c.number.desc()))


def variants(view: View, keys: Collection[str]) -> list[Actor]:
    """All that articles call an actor, the commonest first; of one that is known in its article only, that name."""
    found = [as_actor(row) for some in batches(keys) for row in view.rows(select(names).where(names.c.actor.in_(some)))]
    found += [actor for key in keys if "#" in key for actor in local(view, key)]
    return sorted(found, key=lambda actor: (-actor.count, not actor.name_latin, actor.name))


def local(view: View, key: str) -> list[Actor]:
    """An actor that is known in its article only."""
    article, _, id = key.rpartition("#")
    query = select(entities).join(articles).where(articles.c.id == article, entities.c.id == id)
    fields = ("name", "name_latin", "type", "country", "sector")
    return [Actor(key, **{field: row._mapping[field] for field in fields}, count=1) for row in view.rows(query)]


def known(view: View, keys: Iterable[str], who: Identities) -> dict[str, Actor]:
    """Who some keys are; a key that stands nowhere any more keeps itself as its name. Countries have code as name."""
    best = {key: who.of(key) for key in keys}
    wanted = {one for key in best.values() if not key.startswith(COUNTRY) for one in who.keys(key)}
    by_key: dict[str, list[Actor]] = defaultdict(list)
    for actor in variants(view, wanted):
        by_key[who.of(actor.key)].append(actor)
    return {key: whole(to, by_key[to]) for key, to in best.items()}


def whole(key: str, called: Sequence[Actor]) -> Actor:
    """An actor of all that articles call them."""
    if key.startswith(COUNTRY):
        code = key.removeprefix(COUNTRY)
        return Actor(key, code, country=code)
    if not called:
        return Actor(key, key)
    latin = next((one.name_latin for one in called if one.name_latin), None)
    country = next((one.country for one in called if one.country), None)
    sector = next((one.sector for one in called if one.sector), None)
    count = sum(one.count for one in called)
    return replace(called[0], key=key, name_latin=latin, country=country, sector=sector, count=count)


def as_actor(row: Row[Any]) -> Actor:
    """A row of `names`."""
    values = row._mapping
    key, latin = values["actor"], values["name_latin"]
    optional = {field: values[field] or None for field in ("type", "country", "sector")}
    name_latin = told_apart(latin, key) if latin else None
    return Actor(key, told_apart(values["name"], key), name_latin, **optional, count=values["count"])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a list of actors: words of a name, a type of entity, a country."""

    words: str = ""
    type: str = ""
    country: str = ""

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row of `names` must fulfil."""
        words = searched(self.words).replace("(", " ").replace(")", " ").split()
        made = [names.c.folded.contains(word, autoescape=True) for word in words]
        made += [names.c.type == self.type] if self.type else []
        return made + ([names.c.country == self.country] if self.country else [])


After = tuple[int, str]  # count and key of the last one of the page before


def listed(view: View, wanted: Wanted, limit: int, after: After | None = None) -> list[tuple[str, int]]:
    """Keys of actors with their number of articles, the most written about first."""
    query = select(actors.c.actor, actors.c.count).where(actors.c.count > 0)
    if wanted.conditions:
        query = query.where(actors.c.actor.in_(select(names.c.actor).where(*wanted.conditions)))
    if after is not None:
        rest = and_(actors.c.count == after[0], actors.c.actor > after[1])
        query = query.where(or_(actors.c.count < after[0], rest))
    rows = view.rows(query.order_by(actors.c.count.desc(), actors.c.actor).limit(limit))
    return [(row.actor, row._mapping["count"]) for row in rows]


def is_actor(view: View, key: str) -> bool:
    """Whether an actor has this key."""
    return bool(view.rows(select(actors.c.actor).where(actors.c.actor == key)))


def held(view: View, keys: Collection[str]) -> list[Held]:
    """The offices of an actor, those of the last day first."""
    columns = (roles.c.title, roles.c.organization, roles.c.country)
    first, last = func.min(roles.c.day), func.max(roles.c.day)
    number = func.count().label("count")
    query = select(*columns, first.label("first"), last.label("last"), number)
    query = query.where(roles.c.actor.in_(keys)).group_by(*columns)
    return [Held(**row._mapping) for row in view.rows(query.order_by(number.desc(), roles.c.title).limit(MOST_ROLES))]


def company(view: View, keys: Collection[str], who: Identities, limit: int) -> list[tuple[str, int]]:
    """Who else has a part in the last articles that an actor has a part in, with the number of articles."""
    number = func.count(parties.c.article.distinct()).label("number")
    query = (
        select(parties.c.actor, number)
        .where(parties.c.article.in_(lately(view, keys)), parties.c.actor.not_like("%#%"), parties.c.actor.not_in(keys))
        .group_by(parties.c.actor)
        .order_by(number.desc(), parties.c.actor)
        .limit(limit * BESIDES)
    )
    together: dict[str, int] = defaultdict(int)
    for row in view.rows(query):
        together[who.of(row.actor)] += row.number
    return sorted(together.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


def lately(view: View, keys: Collection[str]) -> list[int]:
    """The last articles that an actor has a part in, looked up part by part: so the index gives them in order."""
    found: dict[int, str] = {}
    for part in PARTS.values():
        query = select(parties.c.article, parties.c.day).where(parties.c.actor.in_(keys), parties.c.part == part)
        query = query.order_by(parties.c.day.desc().nulls_last(), parties.c.article.desc()).limit(LATELY)
        for row in view.rows(query):
            found[row.article] = max(found.get(row.article, ""), row.day or "")
    return sorted(found, key=lambda article: (found[article], article), reverse=True)[:LATELY]


def batches(keys: Collection[str]) -> Iterable[list[str]]:
    """Keys in portions that a query can take."""
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield some
