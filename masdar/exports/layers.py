"""Records as tables, one for each layer: what CSV and Parquet hold, and the dictionary of their columns.

Every row names its article. Ids and references to them are whole, `0f3a…#Q1`, so that one column joins two tables. All
that is in a record is in the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from masdar.exports.known import Known, first_day
from masdar.exports.options import Json

Values = tuple[Any, ...]
GAP = " … "  # between the parts of a content that its cue splits
NOTHING: Json = {"start": None, "end": None, "text": None}


class Column(NamedTuple):
    """A column: its name, its kind (string, integer, number, day, codes) and what it holds."""

    name: str
    kind: str
    about: str


class Layer(NamedTuple):
    """A table: its name, its columns, and the rows that a record has in it."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Known], Iterator[Values]]


ARTICLE = Column("article", "string", "the article's id")
START = Column("start", "integer", "where it begins in the article's text, in Unicode code points")
END = Column("end", "integer", "where it ends: the first code point behind it")
TEXT = Column("text", "string", "its words")
CONFIDENCE = Column("confidence", "number", "how sure the model was, 0 to 1")
WHO = (
    Column("entity", "string", "id of the entity"),
    Column("actor", "string", "who it is across articles, as in the table entities"),
    Column("name", "string", "its name, as in the table entities"),
    Column("country", "string", "its country code, as in the table entities"),
    Column("sector", "string", "its first sector"),
)


def article_rows(known: Known) -> Iterator[Values]:
    document, made_by = known.document, known.record["made_by"]
    fields = ("source", "url", "title", "published")
    yield (
        known.id,
        *(document[field] for field in fields),
        known.published,
        document["language"],
        document["text"],
        document["sha256"],
        *(made_by[field] for field in ("program", "model", "gazetteer")),
    )


def zone_rows(known: Known) -> Iterator[Values]:
    for zone in known.document["zones"]:
        yield known.id, zone["kind"], zone["start"], zone["end"]


def warning_rows(known: Known) -> Iterator[Values]:
    for warning in known.record["warnings"]:
        yield known.id, warning["code"], warning["message"]


def entity_rows(known: Known) -> Iterator[Values]:
    fields = ("type", "name", "name_latin", "rank", "country", "sectors")
    for entity in known.record["entities"]:
        key = known.id, known.whole(entity["id"]), known.actor(entity)
        yield *key, *(entity[field] for field in fields), known.wikidata(entity)


def role_rows(known: Known) -> Iterator[Values]:
    for entity in known.record["entities"]:
        for role in entity["roles"]:
            yield known.id, known.whole(entity["id"]), role["title"], role["organization"], role["country"]


def mention_rows(known: Known) -> Iterator[Values]:
    for entity in known.record["entities"]:
        for mention in entity["mentions"]:
            yield known.id, known.whole(entity["id"]), *words(mention), mention["form"]


def quotation_rows(known: Known) -> Iterator[Values]:
    for quotation in known.record["quotations"]:
        texts = [content["text"] for content in quotation["contents"]]
        yield (
            known.id,
            known.whole(quotation["id"]),
            quotation["kind"],
            quotation["stance"],
            None if None in texts else GAP.join(texts),
            *words(quotation["cue"] or NOTHING),
            *words(quotation["speaker_span"] or NOTHING),
            quotation["confidence"],
        )


def content_rows(known: Known) -> Iterator[Values]:
    for quotation in known.record["quotations"]:
        for content in quotation["contents"]:
            yield known.id, known.whole(quotation["id"]), *words(content)


def quotation_party_rows(known: Known) -> Iterator[Values]:
    for quotation in known.record["quotations"]:
        for field, part in (("speakers", "speaker"), ("addressees", "addressee"), ("via", "via")):
            for entity in quotation[field]:
                yield known.id, known.whole(quotation["id"]), part, *who(known, entity)


def event_rows(known: Known) -> Iterator[Values]:
    coded = ("type", "modes", "contexts", "quad", "score", "cameo")
    for event in known.record["events"]:
        day = known.day(event)
        yield (
            known.id,
            known.whole(event["id"]),
            *(event[field] for field in coded),
            *words(event["trigger"]),
            known.whole(event["date"]),
            known.dates[event["date"]]["value"] if event["date"] else None,
            *day,
            event["status"],
            known.whole(event["claimed_in"]),
            event["confidence"],
            known.stories[event["id"]].id if event["id"] in known.stories else None,
        )


def event_party_rows(known: Known) -> Iterator[Values]:
    for event in known.record["events"]:
        for field, part in (("actors", "actor"), ("recipients", "recipient")):
            for entity in event[field]:
                yield known.id, known.whole(event["id"]), part, *who(known, entity)


def event_place_rows(known: Known) -> Iterator[Values]:
    for event in known.record["events"]:
        for place in event["places"]:
            yield known.id, known.whole(event["id"]), known.whole(place)


def place_rows(known: Known) -> Iterator[Values]:
    fields = ("geonameid", "lat", "lon", "country", "admin1", "resolution", "within")
    for place in known.record["places"]:
        found = (place[field] for field in fields)
        entity = known.whole(place["entity"])
        yield known.id, known.whole(place["id"]), *words(place), entity, *found, place.get("claimed_by", [])


def date_rows(known: Known) -> Iterator[Values]:
    for date in known.record["dates"]:
        found = (date[field] for field in ("value", "end_value"))
        kinds = (date[field] for field in ("granularity", "kind", "resolved_by"))
        yield known.id, known.whole(date["id"]), *words(date), *found, first_day(date["value"]), *kinds


def words(span: Json) -> Values:
    """Start, end and text."""
    return span["start"], span["end"], span["text"]


def who(known: Known, entity: str) -> Values:
    """An entity where it takes part: id, actor, name, country, first sector."""
    found = known.entities[entity]
    return known.whole(entity), known.actor(found), found["name"], found["country"], next(iter(found["sectors"]), None)


LAYERS = (
    Layer(
        "articles",
        (
            ARTICLE,
            Column("source", "string", "the outlet"),
            Column("url", "string", "its address"),
            Column("title", "string", "its title; empty when the text is withheld"),
            Column("published", "string", "when it was published, ISO 8601, as given"),
            Column("day", "day", "the day of that"),
            Column("language", "string", "ar"),
            Column("text", "string", "the whole text; empty when it is withheld"),
            Column("sha256", "string", "SHA-256 of the text in UTF-8"),
            Column("program", "string", "the version of masdar that read it"),
            Column("model", "string", "the model that read it"),
            Column("gazetteer", "string", "the base of places, and the user's overrides if any"),
        ),
        article_rows,
    ),
    Layer(
        "zones",
        (ARTICLE, Column("kind", "string", "title, byline, dateline, body, teaser or boilerplate"), START, END),
        zone_rows,
    ),
    Layer(
        "warnings",
        (ARTICLE, Column("code", "string", "what to keep in mind"), Column("message", "string", "the same in words")),
        warning_rows,
    ),
    Layer(
        "entities",
        (
            ARTICLE,
            Column("id", "string", "id of the entity: article#E1"),
            Column("actor", "string", "who it is across articles: Q…, a key of name and country, or article#E1"),
            Column("type", "string", "PER person, ORG body, GPE state or city, LOC other place, FAC facility"),
            Column("name", "string", "as the article has it most fully"),
            Column("name_latin", "string", "in Latin letters"),
            Column("rank", "string", "military, religious or honorific rank"),
            Column(
                "country", "string", "PLOVER's country code: ISO 3166 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC"
            ),
            Column("sectors", "codes", "PLOVER's sectors, the first one first"),
            Column("wikidata", "string", "its identifier in Wikidata"),
        ),
        entity_rows,
    ),
    Layer(
        "roles",
        (
            ARTICLE,
            Column("entity", "string", "id of the entity that holds the office"),
            Column("title", "string", "the office"),
            Column("organization", "string", "the body it is held in"),
            Column("country", "string", "the country it is held in, ISO 3166 alpha-3"),
        ),
        role_rows,
    ),
    Layer(
        "mentions",
        (
            ARTICLE,
            Column("entity", "string", "id of the entity that the words name"),
            START,
            END,
            TEXT,
            Column("form", "string", "name, nominal, pronoun or demonym"),
        ),
        mention_rows,
    ),
    Layer(
        "quotations",
        (
            ARTICLE,
            Column("id", "string", "id of the quotation: article#Q1"),
            Column("kind", "string", "direct, indirect or mixed"),
            Column("stance", "string", "assert, deny, accuse, demand, threaten, promise, praise or ask"),
            Column("content", "string", "what was said, its parts joined by “ … ”; empty when words are withheld"),
            Column("cue_start", "integer", "where the word that introduces it begins; empty for a bare colon"),
            Column("cue_end", "integer", "where that word ends"),
            Column("cue", "string", "that word"),
            Column("speaker_start", "integer", "where the words that name the speaker here begin; empty where unsaid"),
            Column("speaker_end", "integer", "where those words end"),
            Column("speaker", "string", "those words"),
            CONFIDENCE,
        ),
        quotation_rows,
    ),
    Layer(
        "contents",
        (ARTICLE, Column("quotation", "string", "id of the quotation that this is a part of"), START, END, TEXT),
        content_rows,
    ),
    Layer(
        "quotation_parties",
        (
            ARTICLE,
            Column("quotation", "string", "id of the quotation"),
            Column("part", "string", "speaker, addressee or via"),
            *WHO,
        ),
        quotation_party_rows,
    ),
    Layer(
        "events",
        (
            ARTICLE,
            Column("id", "string", "id of the event: article#V1"),
            Column("type", "string", "PLOVER's event type"),
            Column("modes", "codes", "PLOVER's modes"),
            Column("contexts", "codes", "PLOVER's contexts"),
            Column("quad", "integer", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"),
            Column("score", "number", "PLOVER's score, -10 to 10"),
            Column("cameo", "string", "the nearest CAMEO code; text, for its leading zero"),
            Column("trigger_start", "integer", "where the word that names the act begins"),
            Column("trigger_end", "integer", "where that word ends"),
            Column("trigger", "string", "that word"),
            Column("date", "string", "id of the date that the article gives the event"),
            Column(
                "date_value", "string", "its value, ISO 8601, as exact as the article is: 2020-07-14, 2020-07, 2020"
            ),
            Column("day", "day", "the first day of that; without one, the day of publication"),
            Column("last_day", "day", "its last day, where it is longer than one"),
            Column("day_said_by", "string", "text or published: where the day is from"),
            Column("status", "codes", "any of historical, future, hypothetical, negated; empty: it happened"),
            Column("claimed_in", "string", "id of the quotation it is told in; empty: the article itself tells it"),
            CONFIDENCE,
            Column("story", "string", "id of the first report of the same event in a store; empty where none is known"),
        ),
        event_rows,
    ),
    Layer(
        "event_parties",
        (
            ARTICLE,
            Column("event", "string", "id of the event"),
            Column("part", "string", "actor or recipient; parties that meet are all actors"),
            *WHO,
        ),
        event_party_rows,
    ),
    Layer(
        "event_places",
        (
            ARTICLE,
            Column("event", "string", "id of the event"),
            Column("place", "string", "id of the place where it happened"),
        ),
        event_place_rows,
    ),
    Layer(
        "places",
        (
            ARTICLE,
            Column("id", "string", "id of the place mention: article#P1"),
            START,
            END,
            TEXT,
            Column("entity", "string", "id of the entity it names"),
            Column("geonameid", "integer", "its identifier in GeoNames"),
            Column("lat", "number", "latitude, degrees north"),
            Column("lon", "number", "longitude, degrees east"),
            Column("country", "string", "ISO 3166 alpha-3; empty where it is disputed"),
            Column("admin1", "string", "first-order division, as GeoNames has it"),
            Column("resolution", "string", "how exact the position is: country, province, city or area"),
            Column("within", "string", "the known place that stands for an unknown one"),
            Column("claimed_by", "codes", "the states that claim a disputed place"),
        ),
        place_rows,
    ),
    Layer(
        "dates",
        (
            ARTICLE,
            Column("id", "string", "id of the date: article#T1"),
            START,
            END,
            TEXT,
            Column("value", "string", "ISO 8601, as exact as the words are; empty where they cannot be resolved"),
            Column("end_value", "string", "the end of a range"),
            Column("day", "day", "the first day of the value"),
            Column("granularity", "string", "hour, day, week, month, year, decade or period"),
            Column("kind", "string", "absolute, relative, hijri or vague"),
            Column("resolved_by", "string", "published, dateline or date (another date of the article)"),
        ),
        date_rows,
    ),
)


def dictionary() -> Iterator[tuple[str, str, str, str]]:
    """Table, column, kind and meaning of every column."""
    for layer in LAYERS:
        for column in layer.columns:
            yield layer.name, column.name, column.kind, column.about
