"""Why something was found: the rule or score behind it and what else was weighed, from reading the article again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from masdar.explain import Reason, explain
from masdar.reader import Reader
from masdar.record import to_dict
from masdar.store.corrections import anchor_of, find
from masdar.types import Article, Document
from masdar.web.cards import LETTERS
from masdar.web.desk import At, Desk
from masdar.web.pages.articles import record_of

router = APIRouter()
Json = dict[str, Any]
STEPS = {"quotations": ("quotations",), "events": ("events",), "entities": ("entities", "actors"),
         "places": ("places",), "dates": ("dates",)}  # fmt: skip


@router.get("/why", include_in_schema=False)
def why(desk: At, article: str, item: str) -> Response:
    """The reasons for an item, as a part of its card or as a page."""
    found = asked(desk, article, item)
    is_htmx = desk.request.headers.get("hx-request") == "true"
    return desk.page("reasons.html" if is_htmx else "why.html", article=article, **found)


@router.get("/why.json")
def why_as_data(desk: At, article: str, item: str) -> Json:
    """The reasons for an item (Q1, V1, E1, P1, T1) of an article."""
    found = asked(desk, article, item)
    return found | {"reasons": [as_data(reason) for reason in found["reasons"]]}


def asked(desk: Desk, article: str, item: str) -> Json:
    """What the record says of an item, and the reasons where the article can be read again as it was.

    Raises:
        HTTPException: 404.
    """
    record = record_of(desk, article)
    layer = LETTERS.get(item[:1], "")
    if item not in {one["id"] for one in record.get(layer, ())}:
        raise HTTPException(404, "errors.no_item")
    with desk.parts.reading.lock:
        reader = desk.parts.reading.loaded
        doc = reader.document(Article(**{key: record["document"][key] for key in FIELDS}))
        now = to_dict(reader.record(doc))
        id = find(now, anchor_of(record, layer, item))
        reasons = list(reasons_of(reader, doc, layer, number_of(now, layer, id))) if id else []
    return {"item": item, "made_by": record["made_by"], "reasons": reasons}


FIELDS = ("id", "text", "title", "published", "source", "url")


def number_of(record: Json, layer: str, id: str) -> tuple[str, int]:
    """An item as this reading names it, and its place in the list."""
    return id, [one["id"] for one in record[layer]].index(id)


def reasons_of(reader: Reader, doc: Document, layer: str, item: tuple[str, int]) -> Iterator[Reason]:
    """The reasons of one item: by its id where the answer names it, else by its place in the list."""
    id, number = item
    for step in STEPS[layer]:
        reasons = list(explain(reader, doc, step))
        named = [reason for reason in reasons if reason.answer.split(" ")[0] == id]
        yield from named or reasons[number : number + 1]


def as_data(reason: Reason) -> Json:
    """A reason as JSON."""
    others = {
        question: [{"words": other.words, "score": round(other.score, 3), "note": other.note} for other in found]
        for question, found in reason.others.items()
    }
    made_by = reason.provenance
    return {
        "words": reason.words,
        "answer": reason.answer,
        "rule": made_by.rule,
        "score": round(made_by.score, 3),
        "doubts": [doubt.value for doubt in made_by.doubts],
        "others": others,
    }
