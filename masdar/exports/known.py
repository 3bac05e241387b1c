"""A record with its parts at hand: entities, quotations, places and dates by id, days, names, nearest words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from masdar.exports.options import Json, Merged, Options, Story
from masdar.store.identities import Moves, keys_of, label_of

# what did not happen, or not now: layouts that cannot say so leave these events out
UNREAL = frozenset({"negated", "hypothetical", "future"})
# two parties of these meet as equals: who stands second in the list of actors is the other side
RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})


class Day(NamedTuple):
    """When an event was: its first and last day, and whether its own words say so or only the article's date."""

    first: str | None
    last: str | None
    said_by: str | None  # text, published


@dataclass(frozen=True)
class Known:
    """A record to look things up in, with the stories of its events and who its actors are, as far as known."""

    record: Json
    stories: Mapping[str, Story] = field(default_factory=dict)
    merged: Merged = field(default_factory=dict)
    moves: Moves = field(default_factory=dict)

    @classmethod
    def of(cls, record: Json, options: Options) -> Known:
        """A record with all that the options know of it."""
        id = record["document"]["id"]
        return cls(record, options.stories(id), options.merged, options.splits(id))

    @cached_property
    def id(self) -> str:
        """The article's id."""
        return str(self.record["document"]["id"])

    @cached_property
    def document(self) -> Json:
        return self.record["document"]  # type: ignore[no-any-return]

    @cached_property
    def entities(self) -> dict[str, Json]:
        return {entity["id"]: entity for entity in self.record["entities"]}

    @cached_property
    def quotations(self) -> dict[str, Json]:
        return {quotation["id"]: quotation for quotation in self.record["quotations"]}

    @cached_property
    def places(self) -> dict[str, Json]:
        return {place["id"]: place for place in self.record["places"]}

    @cached_property
    def dates(self) -> dict[str, Json]:
        return {date["id"]: date for date in self.record["dates"]}

    @cached_property
    def published(self) -> str | None:
        """The day of publication."""
        return first_day(self.document["published"])

    def whole(self, item: str | None) -> str | None:
        """The id of an item for good: 0f3a…#Q1."""
        return f"{self.id}#{item}" if item else None

    def actor(self, entity: Json) -> str:
        """Who an entity is across articles."""
        key = self.keys[entity["id"]]
        return self.merged.get(key, key)

    @cached_property
    def keys(self) -> dict[str, str]:
        """The key of each entity before people decided which are one."""
        return keys_of(self.record, self.moves)

    def wikidata(self, entity: Json) -> str | None:
        """The identifier in Wikidata; none of somebody whom people told apart from the one who has it."""
        return None if label_of(self.keys[entity["id"]]) else entity["wikidata"]

    def day(self, event: Json) -> Day:
        """When an event was."""
        said = self.dates.get(event["date"]) if event["date"] else None
        first = first_day(said["value"]) if said else None
        if said is None or first is None:
            return Day(self.published, None, "published" if self.published else None)
        last = last_day(said["end_value"] or said["value"])
        return Day(first, last if last != first else None, "text")

    def is_real(self, event: Json) -> bool:
        """Whether it happened, as far as the article says: not denied, planned, supposed, or past at no known time."""
        if UNREAL.intersection(event["status"]):
            return False
        return "historical" not in event["status"] or self.day(event).said_by == "text"

    def sides(self, event: Json) -> tuple[list[str], list[str]]:
        """Who did it and to whom; of two who meet, the second is the other side."""
        actors, recipients = event["actors"], event["recipients"]
        if not recipients and len(actors) > 1 and event["type"] in RECIPROCAL:
            return actors[:1], actors[1:]
        return actors, recipients

    def claimants(self, event: Json) -> list[Json]:
        """Who says that it happened, where the article itself does not."""
        quotation = self.quotations.get(event["claimed_in"])
        return [self.entities[speaker] for speaker in quotation["speakers"]] if quotation else []

    def words_for(self, entity: Json, event: Json) -> str:
        """The words that name an entity nearest to an event, or its name where it is left unsaid."""
        start = event["trigger"]["start"]
        nearest = min(entity["mentions"], key=lambda mention: abs(mention["start"] - start), default=None)
        return str(nearest["text"] if nearest else entity["name"])

    def place_name(self, place: Json) -> str:
        """A place's name in Latin letters where known, else as the article writes it."""
        entity = self.entities.get(place["entity"]) or {}
        return str(entity.get("name_latin") or place["text"])


def first_day(value: str | None) -> str | None:
    """The first day of an ISO prefix: 2020 and 2020-01 give 2020-01-01. None where it is no day of our calendar."""
    return valid((value[:10] + "-01-01")[:10]) if value else None


def last_day(value: str | None) -> str | None:
    """The last day of an ISO prefix: 2020-02 gives 2020-02-29."""
    if not value or len(value) >= len("2020-01-01"):
        return valid(value[:10]) if value else None
    year, _, month = value.partition("-")
    return next(filter(None, (valid(f"{year}-{month or 12}-{day}") for day in (31, 30, 29, 28))), None)


def valid(day: str) -> str | None:
    """The day, if it exists."""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return None
