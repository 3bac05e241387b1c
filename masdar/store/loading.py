"""Articles of a store as what copies, stories and echoes are found from: texts, reports and quotations."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Row, Table, select

from masdar.steps.sentences import find_sentences
from masdar.store import tables
from masdar.store.copies import Text, runs
from masdar.store.echoes import Said
from masdar.store.reports import Party, Report, Spot, bag_of, span_of_days, trigger_stem
from masdar.store.words import forms, stems
from masdar.types import Span, Zone, ZoneKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 200  # articles in one query
MEDIA = "JRN"  # the sector of agencies
WIDTH = 384  # numbers in a vector


class Item(NamedTuple):
    """An item of an article: (7, V1)."""

    article: int
    id: str


@dataclass(slots=True)
class Loaded:
    """The articles of a day, in the order of publication."""

    texts: list[Text] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    words: dict[int, frozenset[str]] = field(default_factory=dict)  # all stems of an article


@dataclass(frozen=True, slots=True)
class Meanings:
    """The vectors of an article's sentences, of length 1."""

    starts: Sequence[int]
    vectors: NDArray[np.float32]

    def at(self, start: int) -> NDArray[np.float32] | None:
        """The vector of the sentence that a character stands in."""
        sentence = bisect_right(self.starts, start) - 1
        return self.vectors[sentence] if sentence >= 0 else None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the items of some articles."""

    people: Mapping[Item, Row[Any]]
    parts: Mapping[Item, Sequence[Row[Any]]]
    spots: Mapping[Item, tuple[Spot, ...]]
    meanings: Mapping[int, Meanings]
    chosen: Mapping[str, str]

    def parties(self, item: Item, part: str) -> tuple[Party, ...]:
        """Who takes a part in an item."""
        names = {row.entity for row in self.parts.get(item, ()) if row.part == part}
        entities = [Item(item.article, name) for name in sorted(names, key=number_of)]
        return tuple(self.party(self.people[entity]) for entity in entities if entity in self.people)

    def party(self, row: Row[Any]) -> Party:
        """An entity as a participant."""
        actor = self.chosen.get(row.actor, row.actor)
        return Party(actor, row.type, row.country, row.sector, frozenset(stems(row.name)))

    def vector(self, article: int, start: int) -> NDArray[np.float32] | None:
        """What the sentence at a character means."""
        found = self.meanings.get(article)
        return found.at(start) if found else None


def load_day(connection: Connection, day: int, numbers: Sequence[int], chosen: Mapping[str, str]) -> Loaded:
    """Some articles of one day, given in the order of publication.

    Args:
        connection: to the store.
        day: theirs, as an ordinal; 0 for articles without a date.
        numbers: of the articles.
        chosen: actor keys that people decided to be others.
    """
    loaded = Loaded()
    for at in range(0, len(numbers), AT_ONCE):
        some = numbers[at : at + AT_ONCE]
        around = load_around(connection, some, chosen)
        found = {row.number: row for row in rows_of(connection, tables.articles, some)}
        for number in some:
            if number in found:  # it may have gone since the join began
                add_text(loaded, found[number], day, around)
        events, quotations = rows_of(connection, tables.events, some), rows_of(connection, tables.quotations, some)
        loaded.reports.extend(reports_of([row for row in events if row.article in found], found, day, around))
        loaded.said.extend(said_of([row for row in quotations if row.article in found], found, day, around))
    loaded.reports.sort(key=lambda report: report.order)
    loaded.said.sort(key=lambda said: said.order)
    return loaded


def rows_of(connection: Connection, table: Table, numbers: Sequence[int]) -> list[Row[Any]]:
    """The rows of a table that belong to some articles."""
    column = table.c.number if table is tables.articles else table.c.article
    wanted = [item for item in table.c if item.name not in ("record", "vector")]
    return list(connection.execute(select(*wanted).where(column.in_(numbers))))


def load_around(connection: Connection, numbers: Sequence[int], chosen: Mapping[str, str]) -> Around:
    """People, parts, places and meanings of some articles."""
    people = {Item(row.article, row.id): row for row in rows_of(connection, tables.entities, numbers)}
    parts: dict[Item, list[Row[Any]]] = defaultdict(list)
    for row in rows_of(connection, tables.parties, numbers):
        parts[Item(row.article, row.item)].append(row)
    meanings = {row.article: meanings_of(row) for row in rows_of(connection, tables.meanings, numbers)}
    return Around(people, parts, spots_of(connection, numbers), meanings, chosen)


def spots_of(connection: Connection, numbers: Sequence[int]) -> dict[Item, tuple[Spot, ...]]:
    """Where events happened."""
    places = {Item(row.article, row.id): row for row in rows_of(connection, tables.places, numbers)}
    found: dict[Item, list[Spot]] = defaultdict(list)
    for row in rows_of(connection, tables.event_places, numbers):
        place = places.get(Item(row.article, row.place))
        if place is not None:
            words = frozenset(stems(place.text))
            spot = Spot(words, place.geonameid, place.lat, place.lon, place.country, place.resolution)
            found[Item(row.article, row.event)].append(spot)
    return {item: tuple(spots) for item, spots in found.items()}


def meanings_of(row: Row[Any]) -> Meanings:
    """The vectors of a row of `meanings`."""
    import numpy as np

    vectors = np.frombuffer(row.vectors, dtype=np.int8).astype(np.float32).reshape(-1, WIDTH)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Meanings([start for start, _ in json.loads(row.spans)], vectors / np.maximum(lengths, 1e-6))


def number_of(id: str) -> int:
    """E12 → 12."""
    return int(id[1:])


def add_text(loaded: Loaded, row: Row[Any], day: int, around: Around) -> None:
    """An article's text for finding copies, and its words for their rarity."""
    media = [p for item, p in around.people.items() if item.article == row.number and p.sector == MEDIA]
    names = tuple(person.name for person in sorted(media, key=lambda person: number_of(person.id)))
    loaded.texts.append(Text(row.number, day, runs(row.text), names))
    loaded.words[row.number] = frozenset(stems(row.text))


def reports_of(rows: Iterable[Row[Any]], found: Mapping[int, Row[Any]], day: int, around: Around) -> Iterator[Report]:
    """Events as reports."""
    sentences: dict[int, tuple[Span, ...]] = {}
    for row in rows:
        article, item = found[row.article], Item(row.article, row.id)
        if row.article not in sentences:
            sentences[row.article] = sentences_of(article.text)
        sentence = sentence_at(sentences[row.article], Span(row.start, row.end))
        yield Report(
            id=f"{article.id}#{row.id}",
            article=row.article,
            event=row.id,
            source=article.source,
            published=article.published or "",
            day=day,
            type=row.type,
            trigger=trigger_stem(row.trigger),
            mode=row.mode,
            actors=around.parties(item, "actor"),
            recipients=around.parties(item, "recipient"),
            spots=around.spots.get(item, ()),
            days=span_of_days(row.date, row.end_date),
            is_claimed=row.claimed_in is not None,
            is_historical="historical" in row.status.split(),
            raw=bag_of(article.text, sentence, (row.start, row.end)),
            forms=forms(article.text[sentence.start : sentence.end]),
            vector=around.vector(row.article, row.start),
        )


def sentences_of(text: str) -> tuple[Span, ...]:
    """The sentences of a text."""
    return find_sentences(text, (Zone(ZoneKind.BODY, Span(0, len(text))),))


def sentence_at(sentences: Sequence[Span], trigger: Span) -> Span:
    """The sentence that a trigger stands in; the trigger alone where there is none."""
    at = bisect_right(sentences, trigger.start, key=lambda sentence: sentence.start) - 1
    return sentences[at] if at >= 0 and trigger.start < sentences[at].end else trigger


def said_of(rows: Iterable[Row[Any]], found: Mapping[int, Row[Any]], day: int, around: Around) -> Iterator[Said]:
    """Quotations to be compared."""
    for row in rows:
        article, speakers = found[row.article], around.parties(Item(row.article, row.id), "speaker")
        yield Said(
            id=f"{article.id}#{row.id}",
            article=row.article,
            quotation=row.id,
            source=article.source,
            published=article.published or "",
            day=day,
            kind=row.kind,
            content=row.content,
            speakers=frozenset(speaker.actor for speaker in speakers if speaker.is_known),
            countries=frozenset(speaker.country for speaker in speakers if speaker.country),
            vector=around.vector(row.article, row.start),
        )
