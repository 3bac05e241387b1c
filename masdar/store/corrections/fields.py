"""What can be corrected of each layer, and the form in which a corrected value is kept.

References to other items (speakers, places, a date) are kept as anchors, spans with their words, so that both are
found again when the article is read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from masdar.errors import InputError
from masdar.plover import CONTEXTS, MODES, SECTORS, TYPES
from masdar.store.corrections.anchors import Json, anchor_of, find, relocated
from masdar.store.rows import UNSTORABLE
from masdar.types import EntityType, Form, QuotationKind, Stance, Status

GRANULARITIES = ("decade", "year", "month", "week", "day", "hour", "period")


class Shape(StrEnum):
    """What a field holds."""

    CODE = "code"  # one of some
    CODES = "codes"  # several of some
    ITEMS = "items"  # several items of a layer
    ITEM = "item"  # one item of a layer, or none
    WORDS = "words"  # a span of the text, or none
    SPANS = "spans"  # several spans
    TEXT = "text"  # anything, or nothing
    NUMBER = "number"  # or nothing


class Field(NamedTuple):
    """A field of a layer: its name, what it holds, of which codes or layer; whether it must not be empty."""

    name: str
    shape: Shape
    of: tuple[str, ...] = ()
    is_needed: bool = False


ENTITIES, QUOTATIONS, PLACES, DATES = ("entities",), ("quotations",), ("places",), ("dates",)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "quotations": (
        Field("contents", Shape.SPANS, is_needed=True),
        Field("speakers", Shape.ITEMS, ENTITIES),
        Field("stance", Shape.CODE, tuple(Stance), is_needed=True),
        Field("kind", Shape.CODE, tuple(QuotationKind), is_needed=True),
        Field("cue", Shape.WORDS),
        Field("speaker_span", Shape.WORDS),
        Field("addressees", Shape.ITEMS, ENTITIES),
        Field("via", Shape.ITEMS, ENTITIES),
    ),
    "events": (
        Field("type", Shape.CODE, TYPES, is_needed=True),
        Field("modes", Shape.CODES, tuple(dict.fromkeys(mode for _, mode in MODES))),
        Field("trigger", Shape.WORDS, is_needed=True),
        Field("actors", Shape.ITEMS, ENTITIES),
        Field("recipients", Shape.ITEMS, ENTITIES),
        Field("claimed_in", Shape.ITEM, QUOTATIONS),
        Field("status", Shape.CODES, tuple(Status)),
        Field("places", Shape.ITEMS, PLACES),
        Field("date", Shape.ITEM, DATES),
        Field("contexts", Shape.CODES, CONTEXTS),
    ),
    "entities": (
        Field("name", Shape.TEXT, is_needed=True),
        Field("type", Shape.CODE, tuple(EntityType), is_needed=True),
        Field("mentions", Shape.SPANS, is_needed=True),
        Field("country", Shape.TEXT),
        Field("sectors", Shape.CODES, SECTORS),
        Field("rank", Shape.TEXT),
        Field("name_latin", Shape.TEXT),
        Field("wikidata", Shape.TEXT),
    ),
    "places": (
        Field("span", Shape.WORDS, is_needed=True),
        Field("country", Shape.TEXT),
        Field("lat", Shape.NUMBER),
        Field("lon", Shape.NUMBER),
        Field("geonameid", Shape.NUMBER),
        Field("resolution", Shape.CODE, ("country", "province", "city", "area")),
    ),
    "dates": (
        Field("span", Shape.WORDS, is_needed=True),
        Field("value", Shape.TEXT),
        Field("end_value", Shape.TEXT),
        Field("granularity", Shape.CODE, GRANULARITIES, is_needed=True),
    ),
}


def field_of(layer: str, name: str) -> Field:
    """A field by its name.

    Raises:
        InputError: the layer has none of it.
    """
    found = next((field for field in FIELDS.get(layer, ()) if field.name == name), None)
    if found is None:
        known = ", ".join(field.name for field in FIELDS.get(layer, ()))
        raise InputError(f"{layer} have no field {name!r} that can be changed. Fields are: {known}.")
    return found


def present(item: Json, field: Field) -> Any:  # noqa: ANN401
    """What a field of an item holds now, in the form of the record."""
    if field.name == "span":
        return {key: item[key] for key in ("start", "end", "text")}
    return item[field.name]


def kept(record: Json, field: Field, value: Any) -> Any:  # noqa: ANN401
    """A value in the form of the record, as it is kept: items as anchors.

    Raises:
        InputError: it is not of the field's form.
    """
    if value in (None, "", []):
        if field.is_needed:
            raise InputError(f"{field.name} must not be empty.")
        return [] if field.shape in (Shape.CODES, Shape.ITEMS, Shape.SPANS) else None
    return CHECKS[field.shape](record, field, value)


def code(_record: Json, field: Field, value: Any) -> str:  # noqa: ANN401
    if value not in field.of:
        raise InputError(f"{field.name} is one of {', '.join(field.of)}, not {value!r}.")
    return str(value)


def codes(record: Json, field: Field, value: Any) -> list[str]:  # noqa: ANN401
    return [code(record, field, one) for one in listed(field, value)]


def items(record: Json, field: Field, value: Any) -> list[Json]:  # noqa: ANN401
    return [item(record, field, one) for one in listed(field, value)]


def item(record: Json, field: Field, value: Any) -> Json:  # noqa: ANN401
    try:
        return anchor_of(record, field.of[0], str(value))
    except KeyError:
        raise InputError(f"{field.name}: the article has no {value} among its {field.of[0]}.") from None


def words(record: Json, field: Field, value: Any) -> Json:  # noqa: ANN401
    text = record["document"]["text"]
    is_span = isinstance(value, dict) and isinstance(value.get("text"), str) and type(value.get("start")) is int
    found = relocated(text, value) if is_span and value["start"] >= 0 else None
    if found is None:
        shown = value.get("text") if isinstance(value, dict) else value
        raise InputError(f"{field.name}: the words {shown!r} do not stand in the article. Copy them as they stand.")
    form = value.get("form")
    return found | ({"form": form} if form in tuple(Form) else {})


def spans(record: Json, field: Field, value: Any) -> list[Json]:  # noqa: ANN401
    found = [words(record, field, one) for one in listed(field, value)]
    return sorted(found, key=lambda span: (span["start"], span["end"]))


def text(_record: Json, field: Field, value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str) or len(value) > 500:
        raise InputError(f"{field.name} is a text of at most 500 letters.")
    return " ".join(UNSTORABLE.sub("", value).split())


def number(_record: Json, field: Field, value: Any) -> float | int:  # noqa: ANN401
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = float("nan")
    if not abs(found) < 1e12:
        raise InputError(f"{field.name} is a number, not {value!r}.")
    return int(found) if found.is_integer() and field.name == "geonameid" else found


def listed(field: Field, value: Any) -> list[Any]:  # noqa: ANN401
    if not isinstance(value, list) or len(value) > 200:
        raise InputError(f"{field.name} is a list of at most 200.")
    return value


CHECKS: Mapping[Shape, Callable[[Json, Field, Any], Any]] = {
    Shape.CODE: code,
    Shape.CODES: codes,
    Shape.ITEMS: items,
    Shape.ITEM: item,
    Shape.WORDS: words,
    Shape.SPANS: spans,
    Shape.TEXT: text,
    Shape.NUMBER: number,
}


def restored(record: Json, field: Field, value: Any) -> Any:  # noqa: ANN401
    """A kept value in the form of the record that is there now; items and words that are gone are left out."""
    if value is None or field.shape in (Shape.CODE, Shape.CODES, Shape.TEXT, Shape.NUMBER):
        return value
    if field.shape is Shape.ITEM:
        return find(record, value)
    if field.shape is Shape.ITEMS:
        return list(dict.fromkeys(found for one in value if (found := find(record, one))))
    place = record["document"]["text"]
    if field.shape is Shape.WORDS:
        return relocated(place, value)
    return [moved | {k: v for k, v in one.items() if k == "form"} for one in value if (moved := relocated(place, one))]
