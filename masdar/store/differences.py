"""What the outlets tell differently about one event: tolls, dates, who is blamed, and who says so.

Nothing is smoothed over: each value stands with the reports that give it. What a quotation claims is kept apart from
what an article itself tells.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select

from masdar.store.loading import Item, rows_of, sentence_at, sentences_of
from masdar.store.tables import (
    articles,
    copies,
    entities,
    event_places,
    events,
    parties,
    places,
    stories,
    story_reports,
)
from masdar.store.tolls import Toll, tolls
from masdar.store.view import View
from masdar.text.numbers import Number
from masdar.types import Span

Json = dict[str, Any]
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One report of a story: what one article says of the event."""

    id: str  # 0f3a…#V1
    article: str
    source: str | None
    published: str | None
    title: str | None
    url: str | None
    type: str
    mode: str | None
    status: str
    trigger: Span  # in the text
    sentence: Span
    words: str  # of the sentence
    date: str | None
    claimed_in: str | None
    claimed_by: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tolls: tuple[Toll, ...] = ()
    score: float = 1.0
    reason: Json = field(default_factory=dict)
    copy_of: str | None = None
    agency: str | None = None

    @property
    def outlet(self) -> str:
        """Who reports it: the outlet, or the article where it names none."""
        return self.source or self.article


@dataclass(frozen=True, slots=True)
class Differences:
    """By value, the outlets that give it, in the order of publication."""

    tolls: Mapping[str, Mapping[Number, tuple[str, ...]]]
    dates: Mapping[str, tuple[str, ...]]
    blamed: Mapping[str, tuple[str, ...]]
    claimed: Mapping[str, tuple[str, ...]]  # by who says it; under "" the outlets that tell it themselves


@dataclass(frozen=True, slots=True)
class Story:
    """An event in the world: how it is counted, every report, and where they differ."""

    id: str
    type: str
    day: str | None
    sources: int
    reports: tuple[Told, ...]

    @property
    def differences(self) -> Differences:
        """What the reports tell differently."""
        return differences(self.reports)


def differences(reports: Sequence[Told]) -> Differences:
    """What reports tell differently; a value that all agree on stands alone."""
    by_toll: dict[str, dict[Number, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for report in reports:
        for toll in report.tolls:
            by_toll[toll.kind][toll.number][report.outlet] = None
    return Differences(
        tolls={kind: {number: tuple(by[number]) for number in sorted(by)} for kind, by in by_toll.items()},
        dates=outlets((report.date, report) for report in reports if report.date),
        blamed=outlets((actor, report) for report in reports for actor in report.actors),
        claimed=outlets((by, report) for report in reports for by in report.claimed_by or said_by_nobody(report)),
    )


def said_by_nobody(report: Told) -> tuple[str, ...]:
    """The speaker where none is named: nobody if the article itself tells it, "?" if a quotation does."""
    return ("?",) if report.claimed_in else (NOBODY,)


def outlets(values: Iterable[tuple[str, Told]]) -> dict[str, tuple[str, ...]]:
    """Each value with the outlets that give it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for value, report in values:
        found[value][report.outlet] = None
    return {value: tuple(by) for value, by in found.items()}


def story(view: View, id: str) -> Story | None:
    """A story with its reports, by its id or that of one of its reports; None where there is none."""
    article, _, event = id.rpartition("#")
    of_report = (
        select(story_reports.c.story)
        .join(articles, articles.c.number == story_reports.c.article)
        .where(articles.c.id == article, story_reports.c.event == event)
    )
    found = view.rows(select(stories).where(or_(stories.c.id == id, stories.c.id.in_(of_report))))
    if not found:
        return None
    row = found[0]
    return Story(row.id, row.type, row.day, row.sources, tuple(reports(view, row.id)))


def newest_stories(view: View, *, least: int = 2, limit: int = 20, type: str | None = None) -> list[Row[Any]]:
    """The rows of the stories that at least so many independent sources report, the newest first."""
    query = select(stories).where(stories.c.sources >= least)
    query = query if type is None else query.where(stories.c.type == type)
    return view.rows(query.order_by(stories.c.day.desc(), stories.c.sources.desc(), stories.c.id).limit(limit))


def reports(view: View, story: str) -> list[Told]:
    """The reports of a story, in the order of publication."""
    rows = view.rows(reports_query(story))
    numbers = sorted({row.number for row in rows})
    around = Names(view, numbers)
    return [told(row, around) for row in rows]


def reports_query(story: str) -> Select[Any]:
    """Events and articles of a story."""
    original = articles.alias("original")
    return (
        select(
            articles.c.number,
            articles.c.id.label("article"),
            *(articles.c[name] for name in ("source", "published", "title", "url", "text")),
            *(events.c[name] for name in ("type", "mode", "status", "start", "end", "date", "claimed_in")),
            events.c.id.label("event"),
            story_reports.c.score,
            story_reports.c.reason,
            copies.c.agency,
            original.c.id.label("copy_of"),
        )
        .select_from(story_reports)
        .join(articles, articles.c.number == story_reports.c.article)
        .join(events, and_(events.c.article == story_reports.c.article, events.c.id == story_reports.c.event))
        .outerjoin(copies, copies.c.article == articles.c.number)
        .outerjoin(original, original.c.number == copies.c.original)
        .where(story_reports.c.story == story)
        .order_by(articles.c.day, articles.c.published, articles.c.id, events.c.start)
    )


class Names:
    """Names of participants and places of some articles."""

    def __init__(self, view: View, numbers: Sequence[int]) -> None:
        with view.connect() as connection:
            tables = [rows_of(connection, table, numbers) for table in (entities, parties, places, event_places)]
        people, parts, spots, of_events = tables
        self.names = {Item(row.article, row.id): row.name for row in people}
        self.spots = {Item(row.article, row.id): row.text for row in spots}
        self.parts: dict[tuple[int, str, str], list[str]] = defaultdict(list)
        for row in parts:
            self.parts[row.article, row.item, row.part].append(self.names[Item(row.article, row.entity)])
        self.of_event: dict[Item, list[str]] = defaultdict(list)
        for row in of_events:
            self.of_event[Item(row.article, row.event)].append(self.spots[Item(row.article, row.place)])

    def of(self, article: int, item: str | None, part: str) -> tuple[str, ...]:
        """Who takes a part in an item."""
        return tuple(dict.fromkeys(self.parts.get((article, item or "", part), ())))

    def where(self, article: int, event: str) -> tuple[str, ...]:
        """Where an event happened."""
        return tuple(dict.fromkeys(self.of_event.get(Item(article, event), ())))


def told(row: Row[Any], names: Names) -> Told:
    """A report from its row."""
    trigger = Span(row.start, row.end)
    sentence = sentence_at(sentences_of(row.text), trigger)
    words = row.text[sentence.start : sentence.end]
    return Told(
        id=f"{row.article}#{row.event}",
        **{name: row._mapping[name] for name in ("article", "source", "published", "title", "url")},
        **{name: row._mapping[name] for name in ("type", "mode", "status", "date", "claimed_in")},
        trigger=trigger,
        sentence=sentence,
        words=words,
        claimed_by=names.of(row.number, row.claimed_in, "speaker"),
        actors=names.of(row.number, row.event, "actor"),
        recipients=names.of(row.number, row.event, "recipient"),
        places=names.where(row.number, row.event),
        tolls=tuple(tolls(words)),
        score=row.score,
        reason=json.loads(row.reason),
        copy_of=row.copy_of,
        agency=row.agency,
    )
