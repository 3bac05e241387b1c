"""Which records are exported, and what of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from masdar.exports.known import first_day
from masdar.exports.options import Json
from masdar.text.fold import fold


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for: days of publication (both included), outlets, types of events, countries of who did them or
    suffered them, speakers (folded names or Wikidata identifiers). Empty: everything."""

    since: str | None = None
    until: str | None = None
    sources: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()

    def take(self, records: Iterable[Json]) -> Iterator[Json]:
        """The records that hold what is asked for.

        Of those, events of other types or countries and quotations of other speakers are left out, but never the
        quotation that a kept event is claimed in.
        """
        for record in records:
            if self.is_of(record["document"]):
                narrowed = self.narrow(record)
                if narrowed:
                    yield narrowed

    def is_of(self, document: Json) -> bool:
        """Whether an article is of the days and outlets that are asked for."""
        day = first_day(document["published"])
        if self.since and (day is None or day < self.since):
            return False
        if self.until and (day is None or day > self.until):
            return False
        return not self.sources or document["source"] in self.sources

    def narrow(self, record: Json) -> Json | None:
        """The record with the events and quotations that are asked for; None where there are none."""
        if not (self.types or self.countries or self.speakers):
            return record
        entities = {entity["id"]: entity for entity in record["entities"]}
        events, quotations = record["events"], record["quotations"]
        if self.types or self.countries:
            events = [event for event in events if self.is_event(event, entities)]
        if self.speakers:
            quotations = [quotation for quotation in quotations if self.is_quotation(quotation, entities)]
        if not (events if self.types or self.countries else quotations):
            return None
        if self.speakers and not quotations:
            return None
        return record | {"events": events, "quotations": with_claims(record, quotations, events)}

    def is_event(self, event: Json, entities: dict[str, Json]) -> bool:
        """Whether an event is of a type and country that is asked for."""
        if self.types and event["type"] not in self.types:
            return False
        parties = (*event["actors"], *event["recipients"])
        return not self.countries or any(entities[party]["country"] in self.countries for party in parties)

    def is_quotation(self, quotation: Json, entities: dict[str, Json]) -> bool:
        """Whether somebody who is asked for said it."""
        return any(names_of(entities[speaker]) & self.speakers for speaker in quotation["speakers"])


def with_claims(record: Json, quotations: list[Json], events: list[Json]) -> list[Json]:
    """The quotations and those that the events are claimed in, in the order of the article."""
    kept = {quotation["id"] for quotation in quotations} | {event["claimed_in"] for event in events}
    return [quotation for quotation in record["quotations"] if quotation["id"] in kept]


def names_of(entity: Json) -> set[str]:
    """The names an entity may be asked for by: أحمد and احمد are one."""
    names = {entity["name"], *(mention["text"] for mention in entity["mentions"] if mention["form"] == "name")}
    return {*map(folded, names), entity["wikidata"], (entity["name_latin"] or "").casefold()} - {None, ""}


def folded(name: str) -> str:
    """A name as it is compared."""
    return fold(name).text.strip().casefold()
