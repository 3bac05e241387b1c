"""How often who did what to whom: events by day or month, dyad and type, told and claimed apart.

A dyad is the country of an actor and that of a recipient; where two meet as equals, it is counted both ways. What was
denied, planned, supposed or long past at no known time is left out. A date that is only a month or a year is a period
of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from masdar.exports.csv import line_of
from masdar.exports.files import new_file
from masdar.exports.known import RECIPROCAL, Known
from masdar.exports.options import Json, Options

COLUMNS = ("period", "actor", "recipient", "type", "quad", "standing", "count", "mean_score")
LENGTHS = {"day": 10, "month": 7}
TOLD, CLAIMED = "told", "claimed"


class Cell(NamedTuple):
    """What is counted together; its order is that of the table."""

    period: str
    actor: str
    recipient: str
    type: str
    quad: int
    standing: str


@dataclass(slots=True)
class Sum:
    """How many, and the sum of their scores."""

    count: int = 0
    score: float = 0.0


@dataclass(slots=True)
class Report:
    """One event of one article, as it is counted."""

    dyads: frozenset[tuple[str, str]]
    period: str
    type: str
    quad: int
    score: float
    standing: str

    def cells(self) -> Iterator[Cell]:
        for actor, recipient in self.dyads:
            yield Cell(self.period, actor, recipient, self.type, self.quad, self.standing)


@dataclass(slots=True)
class Counts:
    """The table as it grows. A story of several reports is held until the end: one that is told anywhere is told."""

    by: str
    is_by_events: bool
    sums: dict[Cell, Sum] = field(default_factory=dict)
    stories: dict[str, Report] = field(default_factory=dict)

    def add(self, record: Json, options: Options) -> None:
        """Count the events of one article."""
        known = Known.of(record, options)
        for event in record["events"]:
            if not (options.has_unreal or known.is_real(event)):
                continue
            report = report_of(known, event, self.by)
            story = known.stories.get(event["id"])
            if self.is_by_events and story and story.reports > 1:
                self.join(story.id, report)
            else:
                self.count(report)

    def join(self, story: str, report: Report) -> None:
        """Keep one report of a story: the first, or the first that the article itself tells."""
        kept = self.stories.setdefault(story, report)
        if kept.standing == CLAIMED and report.standing == TOLD:
            self.stories[story] = report

    def count(self, report: Report) -> None:
        """Add a report to its cells."""
        for cell in report.cells():
            total = self.sums.setdefault(cell, Sum())
            total.count += 1
            total.score += report.score

    def rows(self) -> Iterator[tuple[str | int | float | None, ...]]:
        """The table, in order of period and dyad."""
        for report in self.stories.values():
            self.count(report)
        self.stories.clear()
        for cell, total in sorted(self.sums.items()):
            dyad = (cell.period or None, cell.actor or None, cell.recipient or None)
            mean = round(total.score / total.count, 3)
            yield *dyad, cell.type, cell.quad, cell.standing, total.count, mean


def write_aggregate(records: Iterable[Json], into: Path | None, counts: Counts, options: Options) -> None:
    """A CSV file of counts and mean scores."""
    for record in records:
        counts.add(record, options)
    with new_file(into) as file:
        file.write(line_of(COLUMNS))
        file.writelines(map(line_of, counts.rows()))


def report_of(known: Known, event: Json, by: str) -> Report:
    """An event as it is counted."""
    standing = CLAIMED if event["claimed_in"] else TOLD
    period = period_of(known, event)[: LENGTHS[by]]
    return Report(dyads_of(known, event), period, event["type"], event["quad"], event["score"], standing)


def period_of(known: Known, event: Json) -> str:
    """The event's date as exact as it is known, the day of publication without one; empty where nothing is known."""
    if known.day(event).said_by == "text":
        return str(known.dates[event["date"]]["value"])
    return known.published or ""


def dyads_of(known: Known, event: Json) -> frozenset[tuple[str, str]]:
    """The pairs of countries of an event, each once; an empty word stands for a side without a country."""
    actors, recipients = countries_of(known, event["actors"]), countries_of(known, event["recipients"])
    if not event["recipients"] and len(event["actors"]) > 1 and event["type"] in RECIPROCAL:
        return meetings(actors)
    return frozenset((actor, recipient) for actor in actors for recipient in recipients)


def meetings(countries: list[str]) -> frozenset[tuple[str, str]]:
    """Everyone with everyone else, both ways: two of one country meet each other."""
    pairs = {(one, other) for at, one in enumerate(countries) for number, other in enumerate(countries) if number != at}
    return frozenset(pairs)


def countries_of(known: Known, entities: list[str]) -> list[str]:
    """The country of each entity, an empty word where it has none; one empty word for nobody."""
    return [known.entities[entity]["country"] or "" for entity in entities] or [""]
