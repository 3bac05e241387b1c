"""The record as people want it: what they rejected is gone, what they changed is changed, what they added is there."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from masdar.plover import MODES, cameo, quad, score
from masdar.store.corrections.anchors import LAYERS, Json, relocated, span_of
from masdar.store.corrections.fields import FIELDS, Field, Shape, restored
from masdar.store.corrections.opinions import Judged

LETTERS = {"quotations": "Q", "events": "V", "entities": "E", "places": "P", "dates": "T"}
EMPTY: Mapping[str, Json] = {
    "quotations": {"kind": "indirect", "cue": None, "contents": [], "speakers": [], "speaker_span": None,
                   "addressees": [], "via": [], "stance": "assert", "confidence": 1.0},
    "events": {"type": "CONSULT", "modes": [], "contexts": [], "trigger": None, "actors": [], "recipients": [],
               "places": [], "date": None, "status": [], "claimed_in": None, "quad": 1, "score": 0.0, "cameo": None,
               "confidence": 1.0},
    "entities": {"type": "PER", "name": "", "name_latin": None, "rank": None, "roles": [], "country": None,
                 "sectors": [], "wikidata": None, "mentions": []},
    "places": {"start": 0, "end": 0, "text": "", "entity": None, "geonameid": None, "lat": None, "lon": None,
               "country": None, "admin1": None, "resolution": None, "within": None},
    "dates": {"start": 0, "end": 0, "text": "", "value": None, "end_value": None, "granularity": "day",
              "kind": "absolute", "resolved_by": None},
}  # fmt: skip


def corrected(record: Json, items: Mapping[str, Judged], *, keep_rejected: bool = False) -> tuple[Json, dict[str, str]]:
    """The record with everything that was judged laid over it, and under which ids additions are in it: +1 → Q4.

    Args:
        keep_rejected: leave in what was rejected, for a page that shows it struck out.
    """
    made = copy.deepcopy(record)
    names = add_missed(made, items)
    for key, item in items.items():
        id = names.get(key, item.id)
        if id is not None and item.changes:
            change(made, item.anchor["layer"], id, item)
    if not keep_rejected:
        gone = {names.get(key, item.id) for key, item in items.items() if item.state == "reject"}
        remove(made, {id for id in gone if id})
    derive(made)
    for layer in LAYERS:
        made[layer].sort(key=lambda item: span_of(layer, item))
    return made, names


def add_missed(made: Json, items: Mapping[str, Judged]) -> dict[str, str]:
    """Put in what people added, where its words still stand; entities first, since others refer to them."""
    names: dict[str, str] = {}
    order = ("entities", "places", "dates", "quotations", "events")
    added = [(key, item) for key, item in items.items() if item.added is not None]
    for layer in order:
        for key, item in added:
            if item.anchor["layer"] == layer and stands(made, item.anchor):
                names[key] = add(made, layer, item.added or {})
    return names


def stands(made: Json, anchor: Json) -> bool:
    """Whether the words of an anchor are still in the text."""
    return relocated(made["document"]["text"], {"start": anchor["start"], "text": anchor["words"]}) is not None


def add(made: Json, layer: str, values: Json) -> str:
    """Append an item with the next id; the id."""
    letter = LETTERS[layer]
    taken = [int(item["id"][1:]) for item in made[layer] if item["id"][1:].isdecimal()]
    id = f"{letter}{max(taken, default=0) + 1}"
    item = {"id": id, **copy.deepcopy(EMPTY[layer])}
    made[layer].append(item)
    for field in FIELDS[layer]:
        if field.name in values:
            put(item, field, restored(made, field, values[field.name]))
    return id


def change(made: Json, layer: str, id: str, judged: Judged) -> None:
    """Set the fields of an item that somebody changed."""
    item = next((item for item in made[layer] if item["id"] == id), None)
    for field in FIELDS[layer] if item else ():
        if field.name in judged.changes:
            put(item or {}, field, restored(made, field, judged.changes[field.name]))


def put(item: Json, field: Field, value: Any) -> None:  # noqa: ANN401
    """Set a field; what must not be empty stays as it was rather than lose its words."""
    if field.is_needed and value in (None, []):
        return
    if field.name == "span":
        item.update(value)
    elif field.name == "mentions":
        item["mentions"] = [{"form": "name", **mention} for mention in value]
    else:
        item[field.name] = value if field.shape is not Shape.ITEMS else list(value)


def remove(made: Json, gone: set[str]) -> None:
    """Take items out, and every reference to them."""
    for layer in LAYERS:
        made[layer] = [item for item in made[layer] if item["id"] not in gone]
        for item in made[layer]:
            for field in FIELDS[layer]:
                if field.shape is Shape.ITEMS:
                    item[field.name] = [id for id in item[field.name] if id not in gone]
                elif field.shape is Shape.ITEM and item[field.name] in gone:
                    item[field.name] = None
    for place in made["places"]:
        place["entity"] = None if place["entity"] in gone else place["entity"]


def derive(made: Json) -> None:
    """What follows from the fields of an event: quad class, score, CAMEO code; modes that its type does not have go."""
    for event in made["events"]:
        modes = [mode for mode in event["modes"] if is_mode(event["type"], mode)]
        event["modes"] = modes
        event["quad"] = quad(event["type"])
        event["score"] = float(score(event["type"], tuple(modes)))
        event["cameo"] = cameo(event["type"], tuple(modes))


def is_mode(type: str, mode: str) -> bool:
    """Whether PLOVER has the mode for the type."""
    return (type, mode) in MODES
