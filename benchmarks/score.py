"""Score a record against an annotation, layer by layer.

Every comparison gives items: one for each annotation that is found (right), missed or made up (false).
All figures are counted from items, so that two runs can be compared annotation by annotation.

    quotation   content shares half of its characters with the annotated one
    exact       content is the same, marks and punctuation around it aside
    attributed  quotation, and by the right speakers: the headline figure
    event       right type, triggers overlap or stand in one sentence; uncertain ones may be missed
    argument    actors, recipients, places and date of the events that are found
    mention     names of people, bodies and places: exact span and kind
    date        spans overlap
    and, right or false only: speaker, stance, cue, claimed, status, value (of a date)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.matching import (
    ENOUGH,
    Json,
    Place,
    bare,
    compare_sets,
    letters,
    overlap,
    pair_up,
    place,
    same_entity,
    sentence_of,
)

LAYERS = ("attributed", "quotation", "exact", "event", "argument", "mention", "date")
ANSWERS = ("speaker", "stance", "cue", "claimed", "status", "value")
PLACES = frozenset(("GPE", "LOC", "FAC"))


class Item(NamedTuple):
    """One annotation that is right, false or missed, or one answer that is right or false."""

    layer: str
    what: str
    start: int
    end: int
    outcome: str


@dataclass(slots=True)
class Tally:
    """How many are right, false and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


class Pair:
    """An annotated article and its record; what stands outside the read zones is left out."""

    def __init__(self, gold: Json, record: Json) -> None:
        if record["document"]["text"] != gold["text"]:
            raise ValueError(f"{gold['id']}: the record has another text than the annotation")
        self.text: str = gold["text"]
        self.closed = [place(zone) for zone in gold["zones"] if zone["kind"] != "body"]
        self.gold, self.record = gold, record
        self.gold_entities = {entity["id"]: entity for entity in gold["entities"]}
        self.entities = {entity["id"]: entity for entity in record["entities"]}
        self.places = {piece["id"]: place(piece) for piece in record["places"]}
        self.dates = {piece["id"]: place(piece) for piece in record["dates"]}

    def is_read(self, at: int) -> bool:
        """Whether a character stands in a zone that is measured."""
        return not any(start <= at < end for start, end in self.closed)

    def compare_entities(self, gold: Sequence[str], found: Sequence[str]) -> tuple[int, int, int]:
        """Gold entities met, found ones wrong, gold ones missed."""
        return compare_sets(
            [self.gold_entities[name] for name in gold], [self.entities[name] for name in found], same_entity
        )


def score(gold: Json, record: Json) -> list[Item]:
    """Every item of every layer of one article."""
    pair = Pair(gold, record)
    return [*quotation_items(pair), *event_items(pair), *mention_items(pair), *date_items(pair)]


def tally(items: Iterable[Item]) -> dict[str, Tally]:
    """Items counted by layer."""
    counts = Counter((item.layer, item.outcome) for item in items)
    return {
        layer: Tally(*(counts[layer, outcome] for outcome in ("right", "false", "missed")))
        for layer in (*LAYERS, *ANSWERS)
    }


# Quotations


def quotation_items(pair: Pair) -> Iterator[Item]:
    """Contents, speakers, stances and cues."""
    gold = [one for one in pair.gold["quotations"] if pair.is_read(one["contents"][0][0])]
    found = [one for one in pair.record["quotations"] if pair.is_read(one["contents"][0]["start"])]
    gold_letters = [letters(pair.text, one["contents"]) for one in gold]
    found_letters = [letters(pair.text, map(place, one["contents"])) for one in found]
    pairs = pair_up(gold_letters, found_letters, shared_part)
    partners = {i: (found[j], close) for i, j, close in pairs}
    for i, one in enumerate(gold):
        where = one["contents"][0][0], one["contents"][-1][1]
        if i not in partners:
            yield from (Item(layer, one["kind"], *where, "missed") for layer in ("quotation", "exact", "attributed"))
        else:
            yield from quotation_answers(pair, one, partners[i][0], partners[i][1])
    matched = {j for _, j, _ in pairs}
    for one in (one for j, one in enumerate(found) if j not in matched):
        where = one["contents"][0]["start"], one["contents"][-1]["end"]
        yield from (Item(layer, one["kind"], *where, "false") for layer in ("quotation", "exact", "attributed"))


def shared_part(first: set[int], second: set[int]) -> float:
    """How much of two contents is shared; 0 where it is too little."""
    part = len(first & second) / max(1, len(first | second))
    return part if part >= ENOUGH else 0.0


def quotation_answers(pair: Pair, gold: Json, found: Json, close: float) -> Iterator[Item]:
    """What is right of a quotation that is found."""
    where: Place = gold["contents"][0][0], gold["contents"][-1][1]
    _, wrong, missed = pair.compare_entities(gold["speakers"], found["speakers"])
    is_attributed = not wrong and not missed and bool(gold["speakers"]) == bool(found["speakers"])
    yield Item("quotation", gold["kind"], *where, "right")
    yield from either("exact", gold["kind"], where, is_right=close == 1)
    yield from either("attributed", gold["kind"], where, is_right=is_attributed)
    yield answer("speaker", gold["kind"], where, is_right=is_attributed)
    yield answer("stance", gold["stance"], where, is_right=gold["stance"] == found["stance"])
    if gold["cue"]:
        is_cue = bool(found["cue"]) and overlap(gold["cue"], place(found["cue"]))
        yield answer("cue", gold["kind"], where, is_right=is_cue)


def either(layer: str, what: str, where: Place, *, is_right: bool) -> Iterator[Item]:
    """Right; or what was found is false and what is there is missed."""
    for outcome in ("right",) if is_right else ("false", "missed"):
        yield Item(layer, what, *where, outcome)


def answer(layer: str, what: str, where: Place, *, is_right: bool) -> Item:
    """An answer about something that was found."""
    return Item(layer, what, *where, "right" if is_right else "false")


# Events


def event_items(pair: Pair) -> Iterator[Item]:
    """Types, places in the text, arguments, and whether an event is claimed or told."""
    gold = [one for one in pair.gold["events"] if pair.is_read(one["trigger"][0])]
    found = [one for one in pair.record["events"] if pair.is_read(one["trigger"]["start"])]

    def closeness(one: Json, other: Json) -> float:
        if one["type"] != other["type"]:
            return 0.0
        if overlap(one["trigger"], place(other["trigger"])):
            return 2.0
        return float(sentence_of(pair.text, one["trigger"][0]) == sentence_of(pair.text, other["trigger"]["start"]))

    pairs = pair_up(gold, found, closeness)
    partners = {i: found[j] for i, j, _ in pairs}
    for i, one in enumerate(gold):
        if one.get("certain", True):
            yield Item("event", one["type"], *span_of(one), "right" if i in partners else "missed")
        if i in partners:
            yield from event_answers(pair, one, partners[i])
    matched = {j for _, j, _ in pairs}
    for one in (one for j, one in enumerate(found) if j not in matched):
        yield Item("event", one["type"], *place(one["trigger"]), "false")


def event_answers(pair: Pair, gold: Json, found: Json) -> Iterator[Item]:
    """What is right of an event that is found."""
    where = span_of(gold)
    for role, (right, false, missed) in compare_arguments(pair, gold, found).items():
        for outcome, count in (("right", right), ("false", false), ("missed", missed)):
            yield from (Item("argument", role, *where, outcome) for _ in range(count))
    is_claimed = bool(gold["claimed_in"]) == bool(found["claimed_in"])
    yield answer("claimed", gold["type"], where, is_right=is_claimed)
    yield answer("status", gold["type"], where, is_right=set(gold["status"]) == set(found["status"]))


def span_of(gold: Json) -> Place:
    """The trigger of an annotated event."""
    return gold["trigger"][0], gold["trigger"][1]


def compare_arguments(pair: Pair, gold: Json, found: Json) -> dict[str, tuple[int, int, int]]:
    """Right, false and missed fillers of each role."""

    def is_same(first: Place, second: Place) -> bool:
        words = (bare(pair.text[start:end]) for start, end in (first, second))
        return overlap(first, second) or len(set(words)) == 1

    date = [pair.dates[found["date"]]] if found["date"] in pair.dates else []
    places = [pair.places[name] for name in found["places"]]
    return {
        "actors": pair.compare_entities(gold["actors"], found["actors"]),
        "recipients": pair.compare_entities(gold["recipients"], found["recipients"]),
        "places": compare_sets(gold["places"], places, is_same),
        "date": compare_sets([gold["date"]] if gold["date"] else [], date, overlap),
    }


# Names and dates


def mention_items(pair: Pair) -> Iterator[Item]:
    """Names, by exact span and kind."""
    gold, found = names(pair, pair.gold["entities"]), names(pair, pair.record["entities"])
    for kind, start, end in sorted(gold | found, key=lambda name: (name[1], name[2], name[0])):
        name = (kind, start, end)
        outcome = "right" if name in gold and name in found else "missed" if name in gold else "false"
        yield Item("mention", kind, start, end, outcome)


def names(pair: Pair, entities: Iterable[Json]) -> set[tuple[str, int, int]]:
    """Name mentions as kind, start and end; all places are of one kind."""
    return {
        ("LOC" if entity["type"] in PLACES else entity["type"], mention["start"], mention["end"])
        for entity in entities
        for mention in entity["mentions"]
        if mention.get("form", "name") == "name" and pair.is_read(mention["start"])
    }


def date_items(pair: Pair) -> Iterator[Item]:
    """Expressions of time, and their values."""
    gold = [one for one in pair.gold["dates"] if pair.is_read(one["span"][0])]
    found = [one for one in pair.record["dates"] if pair.is_read(one["start"])]
    pairs = pair_up(gold, found, lambda one, other: float(overlap(one["span"], place(other))))
    partners = {i: found[j] for i, j, _ in pairs}
    for i, one in enumerate(gold):
        where: Place = one["span"][0], one["span"][1]
        yield Item("date", "date", *where, "right" if i in partners else "missed")
        if i in partners:
            is_right = same_value(one["value"], partners[i]["value"])
            yield answer("value", "date", where, is_right=is_right)
    matched = {j for _, j, _ in pairs}
    for one in (one for j, one in enumerate(found) if j not in matched):
        yield Item("date", "date", *place(one), "false")


def same_value(gold: str | None, found: str | None) -> bool:
    """Whether the value is the same as far as the gold one is precise: 2018-05 and 2018-05 or 2018-05-14."""
    if gold is None or found is None:
        return gold is found
    return found.startswith(gold) and len(found) <= max(len(gold), len("2018-05-14"))
