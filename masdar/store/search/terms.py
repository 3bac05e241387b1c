"""What is indexed of an article, of each of its quotations and of each of its events: a unit.

A unit has words in their order, for phrases, and terms that hold for it: the dictionary forms of its words
(`lemma:قوه`), codes (`type:assault`), words of names (`speaker:خالد`), whole names and keys (`speaker=q4497`). Words of
a quotation are its content, those of an event the sentence of its trigger. An article has the terms of all that
is in it; a quotation also what the events that it claims are; an event also who claims it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from typing import Any, NamedTuple

from masdar.steps.sentences import find_sentences
from masdar.store.identities import keys_of, label_of
from masdar.store.rows import PARTS, first_day
from masdar.store.search.rank import rank_of
from masdar.store.search.words import Word, name_words, whole, words_of
from masdar.types import Span, Zone, ZoneKind

Json = dict[str, Any]

ARTICLES, QUOTATIONS, EVENTS = "articles", "quotations", "events"
ALL = "all"  # a term of every unit
MARK = ":"  # before each term: no word begins so
GAP = "¦"  # stands where a phrase does not go on
MOST_WORDS = 16_000  # of a unit: PostgreSQL counts no further
MOST_TIMES = 250  # that a word's places in a unit are kept: PostgreSQL keeps 255
FEW = 3_000  # words or terms that always have room
MOST_BYTES, OVERHEAD = 450_000, 8  # of the words and of the terms of a unit; what each costs besides its letters
MOST_ITEMS = 4_000  # quotations or events of an article: the ranks have room for 4,096
CELL = 5  # degrees of latitude and longitude
UNREAD = ("teaser", "boilerplate")  # zones that are not the article's own words
SAID_BY = ("speakers", "addressees", "via")
OF_EVENTS = ("type:", "mode:", "context:", "status:", "pair:", "actor", "recipient")  # what quotations take from them
OF_QUOTATIONS = ("speaker", "stance:", "kind:")  # what events take from them


class Unit(NamedTuple):
    """One thing that can be found. `label` is the stance of a quotation, the type of an event."""

    kind: str
    rank: int
    item: str  # Q1, V1; empty for the article itself
    source: str | None
    day: str | None
    label: str | None
    confidence: float | None
    words: list[str]
    terms: list[str]


@dataclass(slots=True)
class Reading:
    """A record, and what is asked of it again and again."""

    record: Json
    keys: Mapping[str, str]  # who the entities are across articles
    words: list[Word] = field(init=False)
    starts: list[int] = field(init=False)
    sentences: tuple[Span, ...] = field(init=False)
    names: dict[str, list[str]] = field(init=False)  # of entities: ":خالد", "=q4497"
    countries: dict[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        document, entities = self.record["document"], self.record["entities"]
        zones = zones_of(document)
        read = [zone.span for zone in zones if zone.kind not in UNREAD]
        self.words = [word for span in read for word in words_of(document["text"], span)]
        self.starts = [word.span.start for word in self.words]
        self.sentences = find_sentences(document["text"], zones)
        self.names = {entity["id"]: names_of(entity, self.keys[entity["id"]]) for entity in entities}
        self.countries = {entity["id"]: entity["country"] for entity in entities}

    def within(self, span: Span) -> list[Word]:
        """The words of a stretch of the text."""
        return self.words[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def sentence(self, start: int) -> Span:
        """The sentence that holds a character."""
        return next((s for s in self.sentences if s.start <= start < s.end), Span(start, start))

    @property
    def published(self) -> str | None:
        """When the article was published, as it says."""
        when: str | None = self.record["document"]["published"]
        return when

    def day(self, event: Json) -> str | None:
        """The day that an event is filed under, as in the table `events`."""
        value = next((date["value"] for date in self.record["dates"] if date["id"] == event["date"]), None)
        return first_day(value) or (self.published[:10] if self.published else None)

    def mentioned(self, spans: list[Span]) -> list[str]:
        """The entities that are named in some stretches of the text."""
        entities = self.record["entities"]
        return [e["id"] for e in entities if any(is_in(mention, spans) for mention in e["mentions"])]

    def named(self, part: str, ids: Iterable[str]) -> list[str]:
        """Some entities in a part that they play: speaker:خالد."""
        return [part + name for id in ids for name in self.names[id]]

    def lands(self, ids: Iterable[str]) -> list[str]:
        """The countries of some entities."""
        return [country.lower() for id in ids if (country := self.countries[id])]


def units_of(record: Json, number: int, keys: Mapping[str, str] | None = None) -> Iterator[Unit]:
    """The article, its quotations, its events; `keys` say who its entities are."""
    reading = Reading(record, keys_of(record) if keys is None else keys)
    said, done = record["quotations"][:MOST_ITEMS], record["events"][:MOST_ITEMS]
    outlet = names("source", record["document"]["source"] or "")
    quotations = {quotation["id"]: [*quotation_terms(quotation, reading), *outlet] for quotation in said}
    events = {event["id"]: [*event_terms(event, reading), *outlet] for event in done}
    inner: dict[str | None, list[str]] = {}
    for event in done:
        inner.setdefault(event["claimed_in"], []).extend(taken(events[event["id"]], OF_EVENTS))
    yield article_unit(reading, number, chain(outlet, *quotations.values(), *events.values()))
    for ordinal, quotation in enumerate(said):
        terms = quotations[quotation["id"]] + inner.get(quotation["id"], [])
        yield quotation_unit(quotation, reading, rank_of(reading.published, number, ordinal), terms)
    for ordinal, event in enumerate(done):
        terms = events[event["id"]] + taken(quotations.get(event["claimed_in"], ()), OF_QUOTATIONS)
        yield event_unit(event, reading, rank_of(reading.day(event), number, ordinal), terms)


def article_unit(reading: Reading, number: int, terms: Iterable[str]) -> Unit:
    """The article: its title, what is read of its text, and all that is in it."""
    document = reading.record["document"]
    title = words_of(document["title"] or "")
    is_repeated = document["text"].startswith(document["title"] or "")
    named = reading.named("entity", reading.names)
    placed = chain.from_iterable(place_terms(place) for place in reading.record["places"])
    titled = (f"title:{word.lemma}" for word in title)
    words = [*title, *reading.words]
    return Unit(
        kind=ARTICLES,
        rank=rank_of(reading.published, number),
        item="",
        source=reading.record["document"]["source"],
        day=reading.published[:10] if reading.published else None,
        label=None,
        confidence=None,
        words=in_order([reading.words] if is_repeated else [title, reading.words]),
        terms=once(chain(lemmas(words), terms, named, placed, titled)),
    )


def quotation_unit(quotation: Json, reading: Reading, rank: int, terms: list[str]) -> Unit:
    """A quotation: its content."""
    parts = [reading.within(Span(part["start"], part["end"])) for part in quotation["contents"]]
    return Unit(
        kind=QUOTATIONS,
        rank=rank,
        item=quotation["id"],
        source=reading.record["document"]["source"],
        day=reading.published[:10] if reading.published else None,
        label=quotation["stance"],
        confidence=quotation["confidence"],
        words=in_order(parts),
        terms=once(chain(lemmas(chain.from_iterable(parts)), terms)),
    )


def event_unit(event: Json, reading: Reading, rank: int, terms: list[str]) -> Unit:
    """An event: the sentence of its trigger."""
    words = reading.within(reading.sentence(event["trigger"]["start"]))
    return Unit(
        kind=EVENTS,
        rank=rank,
        item=event["id"],
        source=reading.record["document"]["source"],
        day=reading.day(event),
        label=event["type"],
        confidence=event["confidence"],
        words=in_order([words]),
        terms=once(chain(lemmas(words), terms)),
    )


def quotation_terms(quotation: Json, reading: Reading) -> list[str]:
    """What holds for a quotation, but for its words."""
    spans = [Span(part["start"], part["end"]) for part in quotation["contents"]]
    return [
        f"stance:{quotation['stance']}",
        f"kind:{quotation['kind']}",
        *chain.from_iterable(reading.named(PARTS[part], quotation[part]) for part in SAID_BY),
        *(f"country:{country}" for country in reading.lands(quotation["speakers"])),
        *reading.named("entity", reading.mentioned(spans)),
        *chain.from_iterable(place_terms(place) for place in reading.record["places"] if is_in(place, spans)),
    ]


def event_terms(event: Json, reading: Reading) -> list[str]:
    """What holds for an event, but for its words."""
    parties = [*event["actors"], *event["recipients"]]
    places = [place for place in reading.record["places"] if place["id"] in event["places"]]
    return [
        f"type:{event['type'].lower()}",
        *(f"mode:{mode}" for mode in event["modes"]),
        *(f"context:{context}" for context in event["contexts"]),
        *(f"status:{status}" for status in event["status"]),
        f"claimed:{'yes' if event['claimed_in'] else 'no'}",
        *reading.named("actor", event["actors"]),
        *reading.named("recipient", event["recipients"]),
        *reading.named("entity", parties),
        *(f"country:{country}" for country in reading.lands(parties)),
        *pair_terms(event, reading),
        *chain.from_iterable(map(place_terms, places)),
    ]


def pair_terms(event: Json, reading: Reading) -> Iterator[str]:
    """Whose act it was towards whom, by country, and which two took part: pair:syr>irn, pair:irn-syr."""
    actors, recipients = reading.lands(event["actors"]), reading.lands(event["recipients"])
    for actor, recipient in product(actors, recipients):
        yield f"pair:{actor}>{recipient}"
    yield from (f"pair:{actor}>" for actor in actors)
    yield from (f"pair:>{recipient}" for recipient in recipients)
    for one, other in combinations(sorted({*actors, *recipients}), 2):
        yield f"pair:{one}-{other}"


def place_terms(place: Json) -> Iterator[str]:
    """A place: the words of its name, its number in GeoNames, its country, its square of the globe."""
    yield from names("place", place["text"])
    if place["geonameid"]:
        yield f"place={place['geonameid']}"
    if place["country"]:
        yield f"place={place['country'].lower()}"
    if place["lat"] is not None and place["lon"] is not None:
        yield cell(place["lat"], place["lon"])


def cell(lat: float, lon: float) -> str:
    """The square of the globe that a point lies in."""
    return f"cell:{int(lat // CELL)},{int(lon // CELL)}"


def names(field: str, name: str) -> list[str]:
    """A name: each of its words, and the whole of it."""
    return [*(f"{field}:{word}" for word in name_words(name)), f"{field}={whole(name)}"] if name else []


def names_of(entity: Json, key: str) -> list[str]:
    """What names an entity, for any part that it may play: :خالد :khalid =q4497."""
    return [*(f":{word}" for word in words_for(entity, key)), f"={whole(key)}"]


def words_for(entity: Json, key: str) -> tuple[str, ...]:
    """The words by which an entity is known: of its name, and of what people called it when they split it off."""
    return name_words(f"{entity['name']} {entity['name_latin'] or ''} {label_of(key) or ''}")


def taken(terms: Iterable[str], kinds: tuple[str, ...]) -> list[str]:
    """The terms of some kinds."""
    return [term for term in terms if term.startswith(kinds)]


def lemmas(words: Iterable[Word]) -> Iterator[str]:
    """The dictionary forms, where they are not the words themselves."""
    return (f"lemma:{word.lemma}" for word in words if word.lemma != word.folded)


def once(terms: Iterable[str]) -> list[str]:
    """Each term once, in order, and the one that every unit has."""
    every = [MARK + term for term in dict.fromkeys(chain((ALL,), terms))]
    return every if len(every) < FEW else fitting(every)


def in_order(parts: Iterable[list[Word]]) -> list[str]:
    """The words as a phrase finds them; a phrase does not go from one part into the next."""
    counts: Counter[str] = Counter()
    found: list[str] = []
    for part in parts:
        found += [GAP] if found else []
        for word in part:
            counts[word.folded] += 1
            found.append(word.folded if counts[word.folded] <= MOST_TIMES else GAP)
    return found if len(found) < FEW else fitting(found[:MOST_WORDS])


def fitting(tokens: list[str]) -> list[str]:
    """As many as PostgreSQL takes: a tsvector holds a megabyte."""
    room, known = MOST_BYTES, set[str]()
    for index, token in enumerate(tokens):
        if token not in known:
            known.add(token)
            room -= len(token.encode()) + OVERHEAD
        if room < 0:
            return tokens[:index]
    return tokens


def zones_of(document: Json) -> tuple[Zone, ...]:
    """The zones of a record; the whole text where there are none."""
    zones = tuple(Zone(ZoneKind(zone["kind"]), Span(zone["start"], zone["end"])) for zone in document["zones"])
    return zones or (Zone(ZoneKind.BODY, Span(0, len(document["text"]))),)


def is_in(words: Json, spans: Iterable[Span]) -> bool:
    """Whether the words stand in one of the spans."""
    return any(span.start <= words["start"] and words["end"] <= span.end for span in spans)
