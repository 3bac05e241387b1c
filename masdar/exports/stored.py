"""Records to export from a store: those that are asked for, as people have corrected them; and their stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, select

from masdar.exports.filters import Filter, with_claims
from masdar.exports.options import Json, Merged, Splits, Stories, Story
from masdar.store.identities import Moves, canonical
from masdar.store.keys import moves_by_id
from masdar.store.tables import articles, reviews, splits, stories, story_reports
from masdar.store.view import View

PAGE = 200  # hits of a search at a time


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search has found: by article the ids of quotations or events; of articles nothing further."""

    kind: str
    items: dict[str, set[str]] = field(default_factory=dict)

    def narrow(self, record: Json) -> Json:
        """The record with those quotations or events only, and the quotations that the events are claimed in."""
        if self.kind == "articles":
            return record
        wanted = self.items[record["document"]["id"]]
        chosen = [item for item in record[self.kind] if item["id"] in wanted]
        if self.kind == "events":
            return record | {"events": chosen, "quotations": with_claims(record, [], chosen)}
        return record | {"quotations": with_claims(record, chosen, record["events"])}


def records_of_store(
    view: View, asked: Filter, hits: Hits | None = None, *, is_corrected: bool = True
) -> Iterator[Json]:
    """The records in the order they were first saved, or in that of the hits of a search: the newest first."""
    records = view.records(hits.items) if hits else view.records(where=condition(asked))
    records = with_corrections(view, records) if is_corrected else records
    return asked.take(map(hits.narrow, records) if hits else records)


def condition(asked: Filter) -> ColumnElement[bool] | None:
    """Days and outlets, for the database to choose by."""
    conditions = [articles.c.day >= asked.since] if asked.since else []
    conditions += [articles.c.day <= asked.until] if asked.until else []
    conditions += [articles.c.source.in_(sorted(asked.sources))] if asked.sources else []
    return and_(*conditions) if conditions else None


def hits_of(view: View, query: str) -> Hits:
    """Everything that a search finds, as docs/store.md describes it.

    Raises:
        QueryError: the query is not understood.
    """
    from masdar.store.search import parse, search

    asked = parse(query)
    page = search(view, asked, limit=PAGE)
    hits = Hits(page.kind)
    while True:
        for hit in page.hits:
            hits.items.setdefault(hit.article, set()).add(hit.item)
        if page.next is None:
            return hits
        page = search(view, asked, limit=PAGE, after=page.next)


def with_corrections(view: View, records: Iterable[Json]) -> Iterator[Json]:
    """The records as people want them: what they rejected is gone, what they changed is changed."""
    from masdar.store.corrections import corrected, judged

    judged_ones = {row.article for row in view.rows(select(reviews.c.article).distinct())}
    for record in records:
        id = record["document"]["id"]
        yield corrected(record, judged(record, view.reviews(id)))[0] if id in judged_ones else record


def stories_of(view: View) -> Stories:
    """What a store knows of the stories of an article's events."""
    told = (
        select(story_reports.c.event, stories.c.id, stories.c.reports, stories.c.articles, stories.c.sources)
        .join(stories, stories.c.id == story_reports.c.story)
        .join(articles, articles.c.number == story_reports.c.article)
    )

    def of_article(id: str) -> Mapping[str, Story]:
        rows = view.rows(told.where(articles.c.id == id))
        return {row.event: Story(row.id, row.reports, row.articles, row.sources) for row in rows}

    return of_article


def merged_of(view: View) -> Merged:
    """Which actors are one, by the decisions taken."""
    return canonical(view.decisions("actor"))


def splits_of(view: View) -> Splits:
    """Which actors of an article people have split off others of their name."""
    some = {row.article for row in view.rows(select(splits.c.article).distinct())}

    def of_article(id: str) -> Moves:
        if id not in some:
            return {}
        with view.connect() as connection:
            return moves_by_id(connection, id)

    return of_article
