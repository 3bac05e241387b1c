"""The tables of a store, for SQLite and PostgreSQL alike.

Three kinds: what was published (`articles`, `sources`), what the machine makes of it (every table with an `article`
column; all rows of an article are replaced together when it is read again), and what people decide
(`reviews`, `decisions`, `splits`; only ever added to). `stories`, `story_reports`, `copies` and `echoes` join articles;
the machine may make them anew at any time from the rest, and does so under the decisions.

Offsets count characters of `articles.text`. Ids such as Q1 are those of the record; with the article's id they name an
item for good: `0f3a…#Q1`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()


def of_article() -> Column[int]:
    """The article that a row belongs to."""
    return Column("article", Integer, ForeignKey("articles.number", ondelete="CASCADE"), nullable=False, index=True)


# one row: the version of the schema
versions = Table(
    "versions", metadata, Column("version", Integer, primary_key=True), Column("at", String, nullable=False)
)

# which program, model and gazetteer made a record
runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("program", String, nullable=False),
    Column("model", String, nullable=False),
    Column("gazetteer", String, nullable=False),
    UniqueConstraint("program", "model", "gazetteer"),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),  # of this store only
    Column("id", String, nullable=False, unique=True),  # the article's, everywhere
    Column("source", String, index=True),  # the outlet
    Column("url", String),
    Column("title", Text),
    Column("published", String),  # ISO 8601, as given
    Column("day", String, index=True),  # its first ten letters: the date, where there is one
    Column("text", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("run", Integer, ForeignKey("runs.number"), nullable=False, index=True),
    Column("record", LargeBinary, nullable=False),  # the line of JSON, compressed by zlib
    Column("vector", LargeBinary),  # what the article is about: 384 int8
)

# the meaning of each sentence: 384 int8 a sentence, `spans` as JSON [[start, end], …]
meanings = Table(
    "meanings",
    metadata,
    Column("article", Integer, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
    Column("spans", Text, nullable=False),
    Column("vectors", LargeBinary, nullable=False),
)

entities = Table(
    "entities",
    metadata,
    of_article(),
    Column("id", String, nullable=False),  # E1
    Column("type", String, nullable=False),  # PER ORG GPE LOC FAC
    Column("name", Text, nullable=False),
    Column("name_latin", String),
    Column("rank", String),
    Column("country", String, index=True),
    Column("sector", String),  # the first one
    Column("sectors", String, nullable=False),  # all, separated by a space
    Column("wikidata", String),
    Column("actor", String, nullable=False),  # who it is across articles: masdar/store/identities.py
    Column("mentions", Text, nullable=False),  # JSON [[start, end, form], …]
    UniqueConstraint("article", "id"),
)

roles = Table(
    "roles",
    metadata,
    of_article(),
    Column("entity", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("organization", Text),
    Column("country", String),
    Column("actor", String),  # as in entities
    Column("day", String),  # the article's
)

quotations = Table(
    "quotations",
    metadata,
    of_article(),
    Column("id", String, nullable=False),  # Q1
    Column("kind", String, nullable=False),  # direct indirect mixed
    Column("stance", String, nullable=False),
    Column("start", Integer, nullable=False),  # of the whole content
    Column("end", Integer, nullable=False),
    Column("cue", String),
    Column("content", Text, nullable=False),  # its parts joined by " … "
    Column("confidence", Float, nullable=False),
    UniqueConstraint("article", "id"),
)

events = Table(
    "events",
    metadata,
    of_article(),
    Column("id", String, nullable=False),  # V1
    Column("type", String, nullable=False, index=True),
    Column("mode", String),  # the first one
    Column("modes", String, nullable=False),
    Column("contexts", String, nullable=False),  # separated by a space
    Column("start", Integer, nullable=False),  # of the trigger
    Column("end", Integer, nullable=False),
    Column("trigger", String, nullable=False),
    Column("date", String),  # ISO value of its date, at its own granularity
    Column("end_date", String),
    Column("day", String, index=True),  # the day it is filed under: its date's first day, else the article's
    Column("status", String, nullable=False),  # separated by a space
    Column("claimed_in", String),  # Q1, or null when the article itself tells it
    Column("quad", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("cameo", String),
    Column("confidence", Float, nullable=False),
    UniqueConstraint("article", "id"),
)

# who takes part: speaker, addressee, via of a quotation; actor, recipient of an event
parties = Table(
    "parties",
    metadata,
    of_article(),
    Column("item", String, nullable=False),  # Q1 or V1
    Column("part", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("actor", String, nullable=False),  # as in entities
    Column("country", String),
    Column("day", String),  # the event's; of a quotation the article's
)

places = Table(
    "places",
    metadata,
    of_article(),
    Column("id", String, nullable=False),  # P1
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("entity", String),
    Column("geonameid", Integer, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", String),
    Column("admin1", String),
    Column("resolution", String),
    UniqueConstraint("article", "id"),
)

# where events happened
event_places = Table(
    "event_places",
    metadata,
    of_article(),
    Column("event", String, nullable=False),
    Column("place", String, nullable=False),
)

dates = Table(
    "dates",
    metadata,
    of_article(),
    Column("id", String, nullable=False),  # T1
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("value", String),
    Column("end_value", String),
    Column("granularity", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("resolved_by", String),
    UniqueConstraint("article", "id"),
)


def searched(kind: str) -> Table:
    """What can be found of a kind; the words are in an index beside it, made by masdar/store/search/index.py."""
    return Table(
        f"searched_{kind}",
        metadata,
        Column("rank", Integer().with_variant(BigInteger, "postgresql"), primary_key=True, autoincrement=False),
        of_article(),
        Column("item", String, nullable=False),  # Q1, V1; empty for the article itself
        Column("source", String),
        Column("day", String),
        Column("label", String),  # the stance of a quotation, the type of an event
        Column("confidence", Float),
    )


SEARCHED = {kind: searched(kind) for kind in ("articles", "quotations", "events")}

# the actors that a word of a name may mean, to find them where they have another name
actor_words = Table(
    "actor_words",
    metadata,
    Column("word", String, primary_key=True),
    Column("actor", String, primary_key=True),
)

# how often who did or said what to whom on a day, so that pages need not count rows: masdar/store/tallies.py.
# `actor` and `recipient` are keys as in entities, country:SYR, or empty for all; `score` is in tenths, the sum
tallies = Table(
    "tallies",
    metadata,
    Column("actor", String, primary_key=True),
    Column("recipient", String, primary_key=True),
    Column("day", String, primary_key=True),  # empty where it is not known
    Column("layer", String, primary_key=True),  # reported claimed (events; inside a quotation) quotation
    Column("type", String, primary_key=True),  # of the event; the stance of the quotation
    Column("count", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# the rows of `tallies` of two parties, of countries and of actors; a query that is to use the index of its level has
# the same words, since databases compare them and not what they mean
PAIRS = {
    "countries": "recipient <> '' AND substr(actor, 1, 8) = 'country:'",
    "actors": "actor <> '' AND recipient <> '' AND substr(actor, 1, 8) <> 'country:'",
}
PAIR = tuple(tallies.c[name] for name in ("actor", "recipient", "day", "layer", "type", "count"))

# in how many articles an actor stands under a name; empty text where a field is null
names = Table(
    "names",
    metadata,
    Column("actor", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("name_latin", String, primary_key=True),
    Column("type", String, primary_key=True),
    Column("country", String, primary_key=True),
    Column("sector", String, primary_key=True),
    Column("folded", String),  # name and name_latin, to search in; null until they have been folded
    Column("count", Integer, nullable=False),
)

# in how many articles an actor stands
actors = Table(
    "actors",
    metadata,
    Column("actor", String, primary_key=True),
    Column("count", Integer, nullable=False, index=True),
)

# what could not be read; kept until it could
failures = Table(
    "failures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("where", Text, nullable=False, unique=True),  # file and line, address, article
    Column("source", Text),  # the source it came with, as it was named to ingest
    Column("error", Text, nullable=False),
    Column("first", String, nullable=False),
    Column("last", String, nullable=False),
    Column("tries", Integer, nullable=False),
)

# files, folders, addresses and feeds that were ingested: what is needed to go on or ask again
sources = Table(
    "sources",
    metadata,
    Column("name", String, primary_key=True),  # the path or address as given
    Column("kind", String, nullable=False),
    Column("state", Text, nullable=False),  # JSON: ETag, Last-Modified, size and lines done …
    Column("last", String, nullable=False),
    Column("error", Text),
)

# articles that are (nearly) the same text: `original` is the first one, `likeness` 0 to 1
copies = Table(
    "copies",
    metadata,
    Column("article", Integer, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
    Column("original", Integer, ForeignKey("articles.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("likeness", Float, nullable=False),
    Column("agency", String),  # the agency both took it from, where they name it
)

# one event in the world, as reported by one or more articles
stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),  # of its first report: 0f3a…#V1
    Column("type", String, nullable=False, index=True),
    Column("day", String, index=True),
    Column("reports", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("sources", Integer, nullable=False),  # independent ones: copies count once
)

story_reports = Table(
    "story_reports",
    metadata,
    Column("story", String, ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("strand", String, nullable=False, index=True),  # what the machine joined; decisions and bridges join strands
    of_article(),
    Column("event", String, nullable=False),
    Column("score", Float, nullable=False),  # how well it fits
    Column("reason", Text, nullable=False),  # JSON: what agreed, what did not
    UniqueConstraint("article", "event"),
)

# strands that tell of one event: a report fits both, and their reports fit each other
bridges = Table(
    "bridges",
    metadata,
    of_article(),
    Column("event", String, nullable=False),
    Column("strand", String, nullable=False),
    Column("other", String, nullable=False),
)

# the same words in several articles
echoes = Table(
    "echoes",
    metadata,
    Column("id", String, nullable=False, index=True),  # of its first quotation: 0f3a…#Q1
    Column("strand", String, nullable=False, index=True),  # what the machine joined; decisions join strands
    of_article(),
    Column("quotation", String, nullable=False),
    Column("relation", String, nullable=False),  # first verbatim shortened extended reworded reported
    Column("likeness", Float, nullable=False),
    UniqueConstraint("article", "quotation"),
)

# articles as they were when copies, stories and echoes were last looked for; no foreign key, to notice what is gone
joined = Table(
    "joined",
    metadata,
    Column("article", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, nullable=False),  # as an ordinal; 0 without a date
    Column("digest", String, nullable=False),
)

# each time that copies, stories and echoes were looked for; `decision` is the last one that was heeded
joins = Table(
    "joins",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("rules", String, nullable=False),  # their version: new rules join everything anew
    Column("decision", Integer, nullable=False),
    Column("reached", Integer),  # the last day that is written
    Column("is_done", Boolean, nullable=False),  # false until stories are counted
)

# a person's judgement of one item of one article; never changed, the last one of a reader counts
reviews = Table(
    "reviews",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("article", String, nullable=False, index=True),  # its id: reviews outlive the rows of the machine
    Column("item", String, nullable=False),  # Q1, V1, E1, or "+1" for what was missed
    Column("anchor", Text, nullable=False),  # JSON: layer, start, end and words when it was judged, to find it again
    Column("verdict", String, nullable=False),  # accept reject change add
    Column("field", String),
    Column("value", Text),  # JSON
    Column("note", Text),
)

# same or not the same: entities (actor keys), events (stories), quotations (echoes); never changed
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("layer", String, nullable=False),  # actor story echo
    Column("left", String, nullable=False),
    Column("right", String, nullable=False),
    Column("is_same", Boolean, nullable=False),
    Column("reason", Text),
)

# in which articles an actor is another one than its names say, as people decided; never changed, the last one of an
# article and actor counts
splits = Table(
    "splits",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("article", String, nullable=False, index=True),  # its id: splits outlive the rows of the machine
    Column("actor", String, nullable=False),  # the key that names give, as in masdar/store/identities.py
    Column("name", Text, nullable=False),  # type and folded name, to find the entity again where its key has changed
    Column("was", String, nullable=False),  # the key before
    Column("key", String, nullable=False),  # the key from then on; that of `actor` where it was taken back
    Column("reason", Text),
)

# the desk: who may use it
users = Table(
    "users",
    metadata,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),  # reader reviewer admin
    Column("password", String, nullable=False),  # its hash
    Column("at", String, nullable=False),
)

# who is signed in; `key` is the hash of what the browser keeps
sessions = Table(
    "sessions",
    metadata,
    Column("key", String, primary_key=True),
    Column("who", String, ForeignKey("users.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("until", String, nullable=False),
)

# for programs that speak for a user; `key` is the hash of what the program sends
tokens = Table(
    "tokens",
    metadata,
    Column("key", String, primary_key=True),
    Column("who", String, nullable=False, index=True),
    Column("name", String, nullable=False),  # what it is for
    Column("at", String, nullable=False),
    Column("last", String),  # day of its last use
)

# everything that was written through the desk; only ever added to
actions = Table(
    "actions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),  # review add search user …
    Column("about", Text, nullable=False),
)

# searches that somebody wants to come back to: `query` is what stands behind the ? of their address
searches = Table(
    "searches",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("who", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("query", Text, nullable=False),
    Column("at", String, nullable=False),
)

# feeds and pages that the desk asks again and again
watches = Table(
    "watches",
    metadata,
    Column("name", String, primary_key=True),  # the address
    Column("who", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("at", String, nullable=False),
)

# secrets of this store: `csrf` signs forms
keys = Table("keys", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False))

# the texts of articles and contents as they are searched: masdar/store/search.py makes the index itself
Index("quotations_of_article", quotations.c.article, quotations.c.start)
Index("events_by_type_day", events.c.type, events.c.day)
Index("parties_of_item", parties.c.article, parties.c.item)
Index("entities_of_actor", entities.c.actor, entities.c.article, entities.c.id)
Index("roles_of_entity", roles.c.article, roles.c.entity)
Index("roles_of_actor", roles.c.actor, roles.c.title, roles.c.organization, roles.c.country, roles.c.day)
Index("parties_of_actor", parties.c.actor, parties.c.part, parties.c.day, parties.c.article)
Index("parties_of_country", parties.c.country, parties.c.part, parties.c.day, parties.c.article)
Index("places_at", places.c.lat, places.c.lon)
Index("tallies_of_recipient", tallies.c.recipient, tallies.c.day)
for level, condition in PAIRS.items():
    Index(f"pairs_of_{level}", *PAIR, sqlite_where=text(condition), postgresql_where=text(condition))
Index("tallies_gone", tallies.c.count, sqlite_where=tallies.c.count <= 0, postgresql_where=tallies.c.count <= 0)
Index(
    "names_not_folded", names.c.folded, sqlite_where=names.c.folded.is_(None), postgresql_where=names.c.folded.is_(None)
)
