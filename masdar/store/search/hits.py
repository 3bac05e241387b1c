"""What is shown of a hit: its words in their sentence, those that were looked for marked, and who, when, where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from masdar.steps.sentences import find_sentences
from masdar.store.identities import keys_of, told_apart
from masdar.store.keys import moves_of
from masdar.store.rows import Json
from masdar.store.search.index import Match
from masdar.store.search.terms import ARTICLES, MARK, UNREAD, zones_of
from masdar.store.search.words import Word, words_of
from masdar.store.tables import articles
from masdar.store.view import unpacked
from masdar.text.lines import beginning
from masdar.types import Span

LEMMA = f"{MARK}lemma:"
OPENING = 80  # letters
PARTS = ("speakers", "addressees", "via", "actors", "recipients")


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims an event: the key of their page, and their name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. Spans are of the article's text; `words` is that of `span`."""

    kind: str
    article: str  # its id
    item: str  # Q1, V1; empty for the article itself
    source: str | None
    published: str | None
    day: str | None  # what it is filed under
    url: str | None
    title: str | None
    span: Span  # the sentences that hold it
    words: str
    focus: tuple[Span, ...]  # the content of a quotation, the trigger of an event
    marks: tuple[Span, ...]  # the words that were looked for
    title_marks: tuple[Span, ...]  # of the title's letters
    parts: dict[str, tuple[str, ...]]  # names: speakers, actors, recipients …
    about: Json  # the quotation or the event itself, as in the record
    likeness: float | None = None  # in meaning, at most 1
    opening: str = ""  # the first words of an article without a title
    dated: str | None = None  # the own date of an event, as in the record: 2018-04-14, 2018-04
    claimants: tuple[Claimant, ...] = ()  # the speakers of the quotation that claims an event

    @property
    def id(self) -> str:
        """Its name for good: 0f3a…#Q1."""
        return f"{self.article}#{self.item}" if self.item else self.article


@dataclass(slots=True)
class Shower:
    """Makes hits of rows; reads each article once."""

    connection: Connection
    match: Match
    read: dict[int, Json] = field(default_factory=dict)
    marker: Marker = field(init=False)

    def __post_init__(self) -> None:
        self.marker = Marker.of(self.match)

    def record(self, number: int) -> Json:
        """The record of an article by its number."""
        if number not in self.read:
            packed = self.connection.execute(select(articles.c.record).where(articles.c.number == number)).scalar_one()
            self.read[number] = unpacked(packed)
        return self.read[number]

    def hit(self, kind: str, row: Row[Any], sentence: Span | None = None) -> Hit:
        """The hit of a row of a searched table; of an article with a sentence, or the one with most marks."""
        record = self.record(row.article)
        document = record["document"]
        text, sentences = document["text"], find_sentences(document["text"], zones_of(document))
        about = {} if kind == ARTICLES else next(item for item in record[kind] if item["id"] == row.item)
        focus = focus_of(about)
        if focus:
            span = spread(focus, sentences)
        elif sentence:
            span = spread((sentence,), sentences)
        else:
            span = self.marker.best(text, readable(document, sentences))
        return Hit(
            kind=kind,
            article=document["id"],
            item=row.item,
            source=document["source"],
            published=document["published"],
            day=row.day,
            url=document["url"],
            title=document["title"],
            span=span,
            words=text[span.start : span.end],
            focus=focus,
            marks=self.marker.marks(text, span),
            title_marks=self.marker.marks(document["title"] or ""),
            parts=parts_of(about, record),
            about=about,
            opening="" if document["title"] else opening_of(text),
            dated=next((date["value"] for date in record["dates"] if date["id"] == about.get("date")), None),
            claimants=self.claimants(about, record, row.article),
        )

    def claimants(self, about: Json, record: Json, number: int) -> tuple[Claimant, ...]:
        """The speakers of the quotation that claims an event."""
        said = next((one for one in record["quotations"] if one["id"] == about.get("claimed_in")), None)
        if said is None or not said["speakers"]:
            return ()
        keys = keys_of(record, moves_of(self.connection, [number]).get(number))
        names = {entity["id"]: entity["name"] for entity in record["entities"]}
        return tuple(Claimant(keys[id], told_apart(names[id], keys[id])) for id in said["speakers"])


@dataclass(frozen=True, slots=True)
class Marker:
    """Finds the words of a query in a text."""

    lemmas: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    prefixes: tuple[str, ...]

    @classmethod
    def of(cls, match: Match) -> Marker:
        """What the index was asked, as far as it is words."""
        asked = [phrase for group in match.every for phrase in group]
        return cls(
            frozenset(p.words[0].removeprefix(LEMMA) for p in asked if p.words[0].startswith(LEMMA)),
            frozenset(p.words for p in asked if not p.is_prefix and not p.words[0].startswith(MARK)),
            tuple(p.words[0] for p in asked if p.is_prefix),
        )

    def marks(self, text: str, span: Span | None = None) -> tuple[Span, ...]:
        """The words that were looked for, in a text or a stretch of it."""
        words = words_of(text, span)
        found = {index for first, length in self.hits(words) for index in range(first, first + length)}
        return tuple(words[index].span for index in sorted(found))

    def hits(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Where they are: the number of the first word, and how many."""
        folded = [word.folded for word in words]
        lengths = {len(phrase) for phrase in self.phrases}
        for index, word in enumerate(words):
            if word.lemma in self.lemmas or (self.prefixes and word.folded.startswith(self.prefixes)):
                yield index, 1
            for length in lengths:
                if tuple(folded[index : index + length]) in self.phrases:
                    yield index, length

    def best(self, text: str, sentences: Sequence[Span]) -> Span:
        """The sentence in which most of what was looked for stands; the first of those."""
        marks = self.marks(text)
        counts = [len({text[m.start : m.end] for m in marks if span.holds(m)}) for span in sentences]
        return sentences[counts.index(max(counts))] if sentences else Span(0, 0)


def opening_of(text: str) -> str:
    """The first words of a text, of its first line if that is short."""
    return beginning(text.lstrip().partition("\n")[0].strip(), OPENING)


def focus_of(about: Json) -> tuple[Span, ...]:
    """The words of a quotation or an event."""
    words = about.get("contents") or ([about["trigger"]] if "trigger" in about else [])
    return tuple(Span(part["start"], part["end"]) for part in words)


def spread(focus: Sequence[Span], sentences: Iterable[Span]) -> Span:
    """From the beginning of the sentence in which something begins to the end of that in which it ends."""
    around = [*focus, *(s for s in sentences if any(s.overlaps(span) for span in focus))]
    return Span(min(span.start for span in around), max(span.end for span in around))


def readable(document: Json, sentences: Iterable[Span]) -> list[Span]:
    """The sentences of an article's own words; the title only if there are no others."""
    kinds = [(zone.kind, zone.span) for zone in zones_of(document)]
    own = [s for s in sentences if any(span.holds(s) and kind not in UNREAD for kind, span in kinds)]
    return [s for s in own if any(span.holds(s) and kind != "title" for kind, span in kinds)] or own


def parts_of(about: Json, record: Json) -> dict[str, tuple[str, ...]]:
    """The names of those who take part."""
    names = {entity["id"]: entity["name"] for entity in record["entities"]}
    return {part: tuple(names[id] for id in about[part]) for part in PARTS if about.get(part)}
