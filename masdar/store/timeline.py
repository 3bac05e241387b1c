"""Echoes of a quotation, and what a speaker said over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, and_, func, select

from masdar.store.echoes import Step, align
from masdar.store.loading import WIDTH, Item, meanings_of
from masdar.store.people import identities
from masdar.store.tables import articles, echoes, entities, meanings, parties, quotations
from masdar.store.view import View
from masdar.store.words import stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Meaning = Callable[[str], NDArray[np.int8]]

NEAR = 0.5  # cosine of meanings from which on a quotation is on a topic


@dataclass(frozen=True, slots=True)
class Voiced:
    """A quotation in its article, and the echo it is part of."""

    id: str  # 0f3a…#Q1
    article: str
    source: str | None
    published: str | None
    title: str | None
    kind: str
    stance: str
    content: str
    speakers: tuple[str, ...] = ()
    echo: str | None = None
    relation: str | None = None
    likeness: float | None = None
    outlets: tuple[str, ...] = ()  # of all quotations of the echo


@dataclass(frozen=True, slots=True)
class Echo:
    """The same words in several articles, the first one first, each later one aligned with it."""

    id: str
    quotations: tuple[Voiced, ...]

    def steps(self, later: Voiced) -> list[Step]:
        """What a later wording keeps, leaves out, adds and changes of the first one."""
        return align(self.quotations[0].content, later.content)


def echo(view: View, id: str) -> Echo | None:
    """An echo by its id or that of one of its quotations; None where nothing echoes it."""
    article, _, item = id.rpartition("#")
    of_item = (
        select(echoes.c.id)
        .join(articles, articles.c.number == echoes.c.article)
        .where(articles.c.id == article, echoes.c.quotation == item)
    )
    found = [row.id for row in view.rows(of_item)] or [id]  # an OR of both would go through all quotations
    rows = view.rows(voiced_query().where(echoes.c.id.in_(found)))
    return Echo(rows[0].echo, tuple(voiced(view, rows))) if rows else None


def lone(view: View, id: str) -> Echo | None:
    """A quotation that nothing echoes, as an echo of one wording; None where there is no such quotation."""
    article, _, item = id.rpartition("#")
    rows = view.rows(voiced_query().where(articles.c.id == article, quotations.c.id == item))
    return Echo(id, tuple(voiced(view, rows))) if rows else None


def most_echoed(view: View, *, least: int = 2, limit: int = 20) -> list[Row[Any]]:
    """Echoes in at least so many outlets, those in most outlets first: id, quotations, outlets, day."""
    outlets = func.count(func.distinct(articles.c.source)).label("outlets")
    query = (
        select(echoes.c.id, func.count().label("quotations"), outlets, func.min(articles.c.day).label("day"))
        .join(articles, articles.c.number == echoes.c.article)
        .group_by(echoes.c.id)
        .having(outlets >= least)
        .order_by(outlets.desc(), func.count().desc(), echoes.c.id)
        .limit(limit)
    )
    return view.rows(query)


def timeline(
    view: View, actor: str, topic: str | None = None, *, meaning_of: Meaning | None = None
) -> Iterator[Voiced]:
    """What an actor said, in the order of publication, an echo only once with all its outlets.

    Args:
        view: of the store.
        actor: the key of the speaker; keys that people decided to be the same are looked for too.
        topic: words; quotations with one of them (in any form), or near in meaning, are taken.
        meaning_of: what makes a vector of the topic; without it only words count.
    """
    keys = identities(view).keys(actor)
    spoken = (
        select(parties.c.item)
        .where(parties.c.article == quotations.c.article, parties.c.item == quotations.c.id)
        .where(parties.c.part == "speaker", parties.c.actor.in_(keys))
    )
    query = voiced_query().where(spoken.exists())
    rows = on_topic(view, view.rows(query), topic, meaning_of)
    seen: set[str] = set()
    for one in voiced(view, rows):
        if one.echo is None or one.echo not in seen:
            yield one
        if one.echo:
            seen.add(one.echo)


def voiced_query() -> Select[Any]:
    """Quotations with their articles and echoes, in the order of publication."""
    return (
        select(
            articles.c.number,
            articles.c.id.label("article"),
            *(articles.c[name] for name in ("source", "published", "title")),
            quotations.c.id.label("quotation"),
            *(quotations.c[name] for name in ("kind", "stance", "content", "start")),
            echoes.c.id.label("echo"),
            echoes.c.relation,
            echoes.c.likeness,
        )
        .join(articles, articles.c.number == quotations.c.article)
        .outerjoin(echoes, and_(echoes.c.article == quotations.c.article, echoes.c.quotation == quotations.c.id))
        .order_by(articles.c.day, articles.c.published, articles.c.id, quotations.c.start)
    )


def voiced(view: View, rows: Sequence[Row[Any]]) -> Iterator[Voiced]:
    """Quotations from their rows."""
    speakers, outlets = speakers_of(view, rows), outlets_of(view, rows)
    for row in rows:
        yield Voiced(
            id=f"{row.article}#{row.quotation}",
            **{name: row._mapping[name] for name in ("article", "source", "published", "title")},
            **{name: row._mapping[name] for name in ("kind", "stance", "content", "echo", "relation", "likeness")},
            speakers=tuple(speakers.get(Item(row.number, row.quotation), ())),
            outlets=outlets.get(row.echo, (row.source,) if row.source else ()),
        )


def speakers_of(view: View, rows: Sequence[Row[Any]]) -> dict[Item, list[str]]:
    """The names of speakers."""
    same = and_(entities.c.article == parties.c.article, entities.c.id == parties.c.entity)
    query = select(parties.c.article, parties.c.item, entities.c.name).join(entities, same)
    numbers = sorted({row.number for row in rows})
    found: dict[Item, list[str]] = defaultdict(list)
    for row in view.rows(query.where(parties.c.part == "speaker", parties.c.article.in_(numbers))):
        found[Item(row.article, row.item)].append(row.name)
    return found


def outlets_of(view: View, rows: Sequence[Row[Any]]) -> dict[str, tuple[str, ...]]:
    """The outlets of echoes, in the order of publication."""
    ids = sorted({row.echo for row in rows if row.echo})
    query = (
        select(echoes.c.id, articles.c.source)
        .join(articles, articles.c.number == echoes.c.article)
        .where(echoes.c.id.in_(ids))
        .order_by(articles.c.day, articles.c.published, articles.c.id)
    )
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in view.rows(query):
        if row.source:
            found[row.id][row.source] = None
    return {id: tuple(names) for id, names in found.items()}


def on_topic(view: View, rows: Sequence[Row[Any]], topic: str | None, meaning_of: Meaning | None) -> list[Row[Any]]:
    """The quotations that are on a topic."""
    if topic is None:
        return list(rows)
    wanted = set(stems(topic))
    near = nearness(view, rows, meaning_of(topic)) if meaning_of and rows else {}
    return [
        row
        for row in rows
        if wanted & set(stems(row.content)) or near.get(Item(row.number, row.quotation), 0.0) >= NEAR
    ]


def nearness(view: View, rows: Sequence[Row[Any]], wanted: NDArray[np.int8]) -> dict[Item, float]:
    """How near in meaning the sentence of each quotation is to a vector."""
    import numpy as np

    vector = np.asarray(wanted, dtype=np.float32).reshape(WIDTH)
    vector /= max(float(np.linalg.norm(vector)), 1e-6)
    numbers = sorted({row.number for row in rows})
    query = select(meanings).where(meanings.c.article.in_(numbers))
    found = {row.article: meanings_of(row) for row in view.rows(query)}
    near = {}
    for row in rows:
        sentence = found[row.number].at(row.start) if row.number in found else None
        if sentence is not None:
            near[Item(row.number, row.quotation)] = float(sentence @ vector)
    return near
