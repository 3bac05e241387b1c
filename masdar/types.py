"""The nouns: what goes in (`Article`), what is filled (`Document`), what comes out (`Record`).

Offsets are Python string offsets into `Article.text`, half open. Everything found in the text is an
`Annotation`: it has a place (span) and a maker (provenance). The JSON form is fixed in docs/record.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from masdar.tagger import Tags
    from masdar.text.fold import Folded


class Span(NamedTuple):
    """Half-open range of characters in `Article.text`: `text[start:end]`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


class ZoneKind(StrEnum):
    """What a stretch of the published text is; only body (and title) is read for facts."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"


class EntityType(StrEnum):
    """Person, organisation, state or city as an actor or place, other place, facility."""

    PERSON = "PER"
    ORGANIZATION = "ORG"
    STATE = "GPE"
    LOCATION = "LOC"
    FACILITY = "FAC"


class Form(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    DEMONYM = "demonym"


class QuotationKind(StrEnum):
    """Content wholly, not, or partly in quotation marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What the speaker does by saying it."""

    ASSERT = "assert"
    DENY = "deny"
    ACCUSE = "accuse"
    DEMAND = "demand"
    THREATEN = "threaten"
    PROMISE = "promise"
    PRAISE = "praise"
    ASK = "ask"


class Status(StrEnum):
    """PLOVER's auxiliary modes."""

    HISTORICAL = "historical"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


class Doubt(StrEnum):
    """Why an annotation might be wrong: the text is unclear, not the program broken."""

    UNCLOSED_QUOTATION_MARK = "unclosed-quotation-mark"
    NO_ANCHOR_DATE = "no-anchor-date"
    VAGUE_DATE = "vague-date"
    IMPOSSIBLE_DATE = "impossible-date"
    SEVERAL_PLACES = "several-places-of-this-name"
    UNKNOWN_PLACE = "unknown-place"
    UNNAMED_SPEAKER = "unnamed-speaker"
    SEVERAL_ACTORS = "several-actors-of-this-name"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which rule or model made an annotation, how sure it was (0 to 1), why it might be wrong."""

    rule: str
    score: float = 1.0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A published text. `published` is an ISO 8601 date or date and time, or None."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the text of one kind. Zones cover the text without overlap."""

    kind: ZoneKind
    span: Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark."""

    span: Span
    folded: str
    is_word: bool


@dataclass(frozen=True, slots=True)
class QuoteMarks:
    """A pair of quotation marks: `inner` is the text between them; `is_closed` is False if cut off."""

    outer: Span
    inner: Span
    is_closed: bool = True
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something found in the text: where (span) and how (provenance)."""

    span: Span
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Mention(Annotation):
    """Words that name, describe or point at an entity."""

    type: EntityType
    form: Form


@dataclass(frozen=True, slots=True)
class TimeExpression(Annotation):
    """Words that name a time. `value` is an ISO 8601 prefix (2020, 2020-07, 2020-07-14), or None.

    `granularity`: decade, year, month, week, day, hour or period. `kind`: absolute, relative, hijri or
    vague. `resolved_by`: published, dateline, date (another date in the article) or None when the
    expression needs no anchor or has found none.
    """

    value: str | None
    end_value: str | None = None
    granularity: str = "day"
    kind: str = "absolute"
    resolved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Place(Annotation):
    """A place mention and what it is in the world. `resolution`: country, province, city, area or None."""

    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    resolution: str | None = None
    within: str | None = None
    claimed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """An office held in something: رئيس الأركان (chief of staff)."""

    title: str
    organization: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, body or place of the article, with all the words that name it."""

    id: str
    type: EntityType
    name: str
    mentions: tuple[Mention, ...]
    rank: str | None = None
    roles: tuple[Role, ...] = ()
    name_latin: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation(Annotation):
    """Reported speech. Its span is the whole content, first character to last."""

    id: str
    kind: QuotationKind
    cue: Span | None
    contents: tuple[Span, ...]
    speakers: tuple[str, ...] = ()
    speaker_span: Span | None = None
    addressees: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    stance: Stance = Stance.ASSERT


@dataclass(frozen=True, slots=True)
class Event(Annotation):
    """Who did what to whom. Its span is the trigger; entities, places and dates are named by id."""

    id: str
    type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    date: str | None = None
    status: tuple[Status, ...] = ()
    claimed_in: str | None = None


@dataclass(slots=True)
class Document:
    """An article being read. Layers start unset and are filled by the reader, left to right."""

    article: Article
    folded: Folded = field(init=False)
    zones: tuple[Zone, ...] = field(init=False)
    sentences: tuple[Span, ...] = field(init=False)
    tokens: tuple[Token, ...] = field(init=False)
    marks: tuple[QuoteMarks, ...] = field(init=False)
    tags: Tags = field(init=False)
    mentions: tuple[Mention, ...] = field(init=False)
    times: tuple[TimeExpression, ...] = field(init=False)
    places: tuple[Place, ...] = field(init=False)
    entities: tuple[Entity, ...] = field(init=False)
    quotations: tuple[Quotation, ...] = field(init=False)
    events: tuple[Event, ...] = field(init=False)

    @property
    def text(self) -> str:
        """The published text, unchanged."""
        return self.article.text

    def slice(self, span: Span) -> str:
        """The words at a span."""
        return self.article.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the reader of the record should know about the whole article."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What each sentence says, as a vector: `vectors` (sentences, 384) of length 1 times 127, int8."""

    sentences: tuple[Span, ...]
    vectors: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class MadeBy:
    """Versions that made a record."""

    program: str
    model: str
    gazetteer: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the program makes of one article."""

    article: Article
    zones: tuple[Zone, ...]
    entities: tuple[Entity, ...]
    quotations: tuple[Quotation, ...]
    events: tuple[Event, ...]
    places: tuple[Place, ...]
    times: tuple[TimeExpression, ...]
    warnings: tuple[Warned, ...]
    made_by: MadeBy
    meaning: Meaning | None = None  # for search and matching; not part of the JSON
