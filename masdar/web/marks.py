"""An article's text as pieces that can be marked: cut wherever something begins or ends, line by line.

A piece knows everything that lies over it; the innermost is where a click leads. Characters that would turn the
direction of what follows become pieces of their own, shown by their names and not obeyed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from masdar.web.shown import HIDDEN, KEPT

Json = dict[str, Any]
RUN = re.compile(rf"({HIDDEN.pattern})\1*")
# of two marks of one length the one named first is the inner one
PARTS = ("trigger", "cue", "mention", "place", "date", "speaker", "content")


class Mark(NamedTuple):
    """A stretch of the text that belongs to an item: what part of it, and how it looks (classes of the stylesheet)."""

    start: int
    end: int
    item: str
    part: str
    look: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text over which the same marks lie."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    hidden: str = ""  # the name of a character that is not to be obeyed
    is_first: bool = False  # where its innermost mark begins: a stop of the tabulator
    zone: str = ""  # the kind of its zone where that is not the one of its line

    @property
    def inner(self) -> str:
        """The item that a click leads to."""
        return self.marks[0].item

    @property
    def is_link(self) -> bool:
        """Whether it leads somewhere: what is only a space does not."""
        return bool(self.marks) and bool(self.text.strip())

    @property
    def items(self) -> str:
        """All of them, the innermost first."""
        return " ".join(dict.fromkeys(mark.item for mark in self.marks))

    @property
    def looks(self) -> str:
        """Classes."""
        zone = (f"zone-{self.zone}",) if self.zone else ()
        return " ".join(dict.fromkeys((*(mark.look for mark in self.marks), *zone)))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text and what kind of zone most of it is in."""

    zone: str
    pieces: tuple[Piece, ...]


def marks_of(record: Json) -> list[Mark]:
    """Everything that is to be marked."""
    return [
        *(mark for quotation in record["quotations"] for mark in of_quotation(quotation)),
        *(of_event(event) for event in record["events"]),
        *(mark for entity in record["entities"] for mark in of_entity(entity)),
        *(Mark(place["start"], place["end"], place["id"], "place", "place") for place in record["places"]),
        *(Mark(date["start"], date["end"], date["id"], "date", "date") for date in record["dates"]),
    ]


def of_quotation(quotation: Json) -> Iterator[Mark]:
    """What was said, the word that introduces it, who said it."""
    for content in quotation["contents"]:
        look = f"said {quotation['kind']}"
        yield Mark(content["start"], content["end"], quotation["id"], "content", look)
    for part, name in (("cue", "cue"), ("speaker", "speaker_span")):
        if span := quotation[name]:
            yield Mark(span["start"], span["end"], quotation["id"], part, part)


def of_event(event: Json) -> Mark:
    """The trigger: told by the article, or claimed by somebody."""
    look = "event claimed" if event["claimed_in"] else "event told"
    trigger = event["trigger"]
    return Mark(trigger["start"], trigger["end"], event["id"], "trigger", look)


def of_entity(entity: Json) -> Iterator[Mark]:
    """Every naming."""
    for mention in entity["mentions"]:
        look = f"entity {entity['type'].lower()}"
        yield Mark(mention["start"], mention["end"], entity["id"], "mention", look)


def lines_of(record: Json, marks: Iterable[Mark] | None = None) -> list[Line]:
    """The text, line by line, with its marks."""
    text = record["document"]["text"]
    marks = [mark for mark in (marks_of(record) if marks is None else marks) if 0 <= mark.start < mark.end <= len(text)]
    zones = [zone for zone in record["document"]["zones"] if 0 <= zone["start"] < zone["end"] <= len(text)]
    ends = (end for zone in zones for end in (zone["start"], zone["end"]))
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks), *ends})
    over = covering(cuts, marks)
    lines, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        lines.append(in_zones(zones, start, end, pieces(text, start, end, (cuts, over))))
        start = end + 1
    return lines


def covering(cuts: list[int], marks: list[Mark]) -> Mapping[int, list[Mark]]:
    """The marks over each stretch between two cuts, the innermost first."""
    over: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: (mark.end - mark.start, PARTS.index(mark.part), mark.item)):
        for number in range(bisect_right(cuts, mark.start) - 1, bisect_right(cuts, mark.end - 1)):
            over[number].append(mark)
    return over


def pieces(text: str, start: int, end: int, cut: tuple[list[int], Mapping[int, list[Mark]]]) -> Iterator[Piece]:
    """The pieces of a line."""
    cuts, over = cut
    at = start
    while at < end:
        number = bisect_right(cuts, at) - 1
        until = min(end, cuts[number + 1])
        marks = tuple(over.get(number, ()))
        yield from visible(text, at, until, marks)
        at = until


def visible(text: str, start: int, end: int, marks: tuple[Mark, ...]) -> Iterator[Piece]:
    """A stretch, with characters that must not be obeyed on their own."""
    at = start
    for found in RUN.finditer(text, start, end):
        if found[1] in KEPT:
            continue
        if at < found.start():
            yield Piece(at, text[at : found.start()], marks, is_first=is_first(at, marks))
        if found[1] != "\r":
            yield Piece(found.start(), "", marks, name_of(found[0]))
        at = found.end()
    if at < end:
        yield Piece(at, text[at:end], marks, is_first=is_first(at, marks))


def is_first(at: int, marks: tuple[Mark, ...]) -> bool:
    """Whether the innermost mark begins here."""
    return bool(marks) and marks[0].start == at


def name_of(run: str) -> str:
    """What hidden characters are called: RIGHT-TO-LEFT OVERRIDE, U+0007 × 3."""
    name = unicodedata.name(run[0], f"U+{ord(run[0]):04X}")
    return name if len(run) == 1 else f"{name} × {len(run)}"


def in_zones(zones: Iterable[Json], start: int, end: int, cut: Iterable[Piece]) -> Line:
    """A line of the kind of zone that most of it is in; pieces in other ones say so.

    Of دبي (CNN)-- قال الوزير (Dubai (CNN)-- the minister said) only the dateline may look played down.
    """
    here = [zone for zone in zones if zone["start"] < end and start < zone["end"]]
    letters: Counter[str] = Counter()
    for zone in here:
        letters[zone["kind"]] += min(end, zone["end"]) - max(start, zone["start"])
    most = max(letters, key=letters.__getitem__, default="body")
    if len(letters) < 2:
        return Line(most, tuple(cut))
    return Line(most, tuple(replace(piece, zone=other_zone(here, piece.start, most)) for piece in cut))


def other_zone(zones: Iterable[Json], position: int, usual: str) -> str:
    """The kind of the zone at a position; nothing if it is the usual one, or between zones."""
    kind = next((zone["kind"] for zone in zones if zone["start"] <= position < zone["end"]), usual)
    return "" if kind == usual else str(kind)
