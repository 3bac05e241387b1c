"""Where an item stood and what it said when somebody judged it, and finding it again in a later reading.

Ids such as Q3 change when an article is read anew; the place in the text and the words there rarely do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]
LAYERS = ("quotations", "events", "entities", "places", "dates")
ARTICLE = "article"  # the layer of what is said of the whole article
LEAST = 0.5  # of the letters of both that two places must share to be one


def anchor_of(record: Json, layer: str, id: str) -> Json:
    """Where an item of a record is.

    Raises:
        KeyError: the record has no such item.
    """
    if layer == ARTICLE:
        return {"layer": ARTICLE, "start": 0, "end": 0, "words": ""}
    item = item_of(record, layer, id)
    start, end = span_of(layer, item)
    anchor = {"layer": layer, "start": start, "end": end, "words": record["document"]["text"][start:end]}
    return anchor | ({"name": item["name"]} if layer == "entities" else {})


def item_of(record: Json, layer: str, id: str) -> Json:
    """An item of a record by its id.

    Raises:
        KeyError: there is none.
    """
    for item in record[layer]:
        if item["id"] == id:
            return item  # type: ignore[no-any-return]
    raise KeyError(id)


def span_of(layer: str, item: Mapping[str, Any]) -> tuple[int, int]:
    """The place that stands for an item: all of what was said, the trigger, the first naming."""
    if layer == "quotations":
        return item["contents"][0]["start"], item["contents"][-1]["end"]
    if layer == "events":
        return item["trigger"]["start"], item["trigger"]["end"]
    if layer == "entities":
        named = [mention for mention in item["mentions"] if mention["form"] == "name"] or item["mentions"]
        return (named[0]["start"], named[0]["end"]) if named else (0, 0)
    return item["start"], item["end"]


def spans_of(layer: str, item: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Every place at which an item may be found again: of an entity, each naming."""
    if layer == "entities":
        yield from ((mention["start"], mention["end"]) for mention in item["mentions"])
    else:
        yield span_of(layer, item)


def find(record: Json, anchor: Json) -> str | None:
    """The id of the item that an anchor means: at its place, else of its words, else at nearly its place."""
    layer = anchor["layer"]
    if layer == ARTICLE:
        return ARTICLE
    items = [(item["id"], span) for item in record[layer] for span in spans_of(layer, item)]
    text = record["document"]["text"]
    wanted = (anchor["start"], anchor["end"])
    if text[wanted[0] : wanted[1]] == anchor["words"]:
        exact = [id for id, span in items if span == wanted]
        if exact:
            return str(exact[0])
    same = [(abs(span[0] - wanted[0]), id) for id, span in items if text[span[0] : span[1]] == anchor["words"]]
    if same:
        return str(min(same)[1])
    near = [(shared(span, wanted), id) for id, span in items] if has_same_text(text, anchor) else []
    best = max(near, default=(0.0, ""))
    return str(best[1]) if best[0] >= LEAST else None


def has_same_text(text: str, anchor: Json) -> bool:
    """Whether the text is still the same where the anchor was."""
    return bool(text[anchor["start"] : anchor["end"]] == anchor["words"])


def shared(left: tuple[int, int], right: tuple[int, int]) -> float:
    """How much of two places is the same, 0 to 1."""
    both = min(left[1], right[1]) - max(left[0], right[0])
    return max(0, both) / max(1, max(left[1], right[1]) - min(left[0], right[0]))


def relocated(text: str, span: Json) -> Json | None:
    """A span {start, end, text} in a text that may have changed: where its words are nearest; None if nowhere."""
    words, start = span["text"], span["start"]
    if text[start : start + len(words)] == words:
        return {"start": start, "end": start + len(words), "text": words}
    after, before = text.find(words, start), text.rfind(words, 0, start + len(words))
    found = [at for at in (after, before) if at >= 0]
    if not words or not found:
        return None
    at = min(found, key=lambda place: abs(place - start))
    return {"start": at, "end": at + len(words), "text": words}
