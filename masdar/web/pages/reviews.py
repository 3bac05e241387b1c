"""Judging: a verdict on a card, changing its fields, adding what was missed; what was said so far and by whom."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Query
from fastapi.responses import Response
from pydantic import BaseModel
from pydantic import Field as Checked
from starlette.datastructures import FormData

from masdar.errors import InputError
from masdar.store.accounts import Role
from masdar.store.corrections import ARTICLE, FIELDS, Field, Judgement, Shape, judged, reviews_of
from masdar.store.corrections.apply import EMPTY
from masdar.store.corrections.fields import present
from masdar.web.cards import PAGES, Sheet
from masdar.web.desk import NO_NUL, At, Desk, Sent, link, text_of
from masdar.web.pages.articles import record_of, sheet_of

router = APIRouter()
Json = dict[str, Any]
Layer = Literal["quotations", "events", "entities", "places", "dates"]


class Said(BaseModel):
    """What somebody says of an item."""

    article: Annotated[str, Checked(max_length=500, pattern=NO_NUL)]
    layer: Literal["quotations", "events", "entities", "places", "dates", "article"]
    item: Annotated[str, Checked(max_length=20, description="Q1, +1 for what was added, article; empty to add")] = ""
    verdict: Literal["accept", "reject", "change", "add", "withdraw", "settle"]
    values: Annotated[Json, Checked(description="for change and add: fields in the form of the record")] = {}
    note: Annotated[str | None, Checked(max_length=2000, pattern=NO_NUL)] = None


@router.post("/reviews.json")
def judge_as_data(desk: At, said: Annotated[Said, Body()]) -> Json:
    """Judge an item; how many rows it made (0 when it changes nothing)."""
    judgement = Judgement(desk.who, said.layer, said.item, said.verdict, said.values, said.note)
    return {"reviews": write(desk, said.article, judgement)}


@router.get("/reviews/{article:path}.json")
def reviews_as_data(desk: At, article: str) -> Json:
    """Everything that was said of an article, in order."""
    record_of(desk, article)
    rows = [dict(row._mapping) for row in desk.view.reviews(article)]
    for row in rows:
        row["anchor"] = json.loads(row["anchor"])
        row["value"] = json.loads(row["value"]) if row["value"] else None
    return {"reviews": rows}


@router.post("/reviews", include_in_schema=False)
def judge(desk: At, sent: Sent) -> Response:
    """Judge an item by a form: the card anew for htmx, else the article again."""
    fields = ("article", "layer", "item", "verdict", "note")
    article, layer, item, verdict, note = (text_of(sent, name) for name in fields)
    blind = text_of(sent, "blind") == "1"
    values = values_of(sent, layer) if verdict in ("change", "add") else {"reader": text_of(sent, "reader")}
    write(desk, article, Judgement(desk.who, layer, item, verdict, values, note.strip() or None))
    is_htmx = desk.request.headers.get("hx-request") == "true"
    if is_htmx and verdict in ("accept", "reject", "withdraw") and layer != ARTICLE:
        return card_page(desk, sheet_of(desk, article, blind=blind), item, blind=blind)
    to = text_of(sent, "to") or link("articles", article, blind=blind or None) + (f"#{item}" if item[:1] != "+" else "")
    if is_htmx:
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return desk.back(to)


def card_page(desk: Desk, sheet: Sheet, item: str, *, blind: bool) -> Response:
    """One card."""
    card = sheet.find(item)
    if card is None:
        raise HTTPException(404, "errors.no_item")
    return desk.page("card.html", card=card, article=sheet.record["document"]["id"], blind=blind)


def write(desk: Desk, article: str, judgement: Judgement) -> int:
    """Keep a judgement; how many rows it made."""
    desk.need(Role.REVIEWER)
    record = record_of(desk, article)
    rows = reviews_of(record, judged(record, desk.view.reviews(article)), judgement)
    if rows:
        with desk.writing("review", f"{article} {judgement.layer} {judgement.item} {judgement.verdict}") as writer:
            for row in rows:
                writer.review(row)
    return len(rows)


@router.get("/edit", include_in_schema=False)
def edit(desk: At, article: str, item: str, blind: bool = False) -> Response:
    """The form to change an item."""
    desk.need(Role.REVIEWER)
    sheet = sheet_of(desk, article, blind=blind)
    card = sheet.find(item)
    if card is None:
        raise HTTPException(404, "errors.no_item")
    values = next(one for one in sheet.record[card.layer] if one["id"] == card.id)
    return form_page(desk, sheet, card.layer, {"name": card.name, "values": values, "blind": blind})


@router.get("/add", include_in_schema=False)
def add(desk: At, article: str, layer: Layer, words: str = "", start: Annotated[int, Query(ge=0)] = 0) -> Response:
    """The form to add what was missed, with the words that were selected."""
    desk.need(Role.REVIEWER)
    span = {"start": start, "end": start + len(words), "text": words}
    begun: dict[str, Json] = {
        "quotations": {"contents": [span]},
        "events": {"trigger": span},
        "entities": {"name": words, "mentions": [span]},
    }
    values = EMPTY[layer] | (begun.get(layer, span) if words else {})
    return form_page(desk, sheet_of(desk, article), layer, {"name": "", "values": values, "blind": False})


def form_page(desk: Desk, sheet: Sheet, layer: str, more: Json) -> Response:
    """The form, as a part of the article's page or as a page of its own."""
    values = more["values"]
    given = {field.name: present(values, field) for field in FIELDS[layer]}
    choices = {field.name: choices_of(sheet, layer, field) for field in FIELDS[layer]}
    is_htmx = desk.request.headers.get("hx-request") == "true"
    return desk.page(
        "form.html" if is_htmx else "edit.html",
        article=sheet.record["document"]["id"],
        layer=layer,
        fields=FIELDS[layer],
        given=given,
        choices=choices,
        name=more["name"],
        blind=more["blind"],
    )


def choices_of(sheet: Sheet, layer: str, field: Field) -> list[tuple[str, str]]:
    """The values to choose from, with their names."""
    if field.shape in (Shape.ITEM, Shape.ITEMS):
        return [(item["id"], sheet.named(item["id"])[:80]) for item in sheet.record[field.of[0]]]
    return [(code, sheet.t(f"{PAGES[layer, field.name]}.{code}")) for code in field.of]


def values_of(sent: FormData, layer: str) -> Json:
    """The fields of a form in the form of the record; a field that the form does not have is left alone."""
    if layer not in FIELDS:
        raise InputError(f"{layer} cannot be changed.")
    return {field.name: value_of(sent, field) for field in FIELDS[layer] if f"has-{field.name}" in sent}


def value_of(sent: FormData, field: Field) -> Any:  # noqa: ANN401
    """The value of one field."""
    given = [str(value) for value in sent.getlist(field.name) if str(value).strip()]
    if field.shape in (Shape.CODES, Shape.ITEMS):
        return given
    if field.shape in (Shape.WORDS, Shape.SPANS):
        starts = [str(value) for value in sent.getlist(f"start-{field.name}")]
        spans = [span_of(text, starts[n : n + 1]) for n, text in enumerate(map(str, sent.getlist(field.name)))]
        spans = [span for span in spans if span["text"]]
        return spans if field.shape is Shape.SPANS else next(iter(spans), None)
    return given[0].strip() if given else None


def span_of(text: str, starts: list[str]) -> Json:
    """Words and where they are to be sought."""
    start = starts[0] if starts and starts[0].isdecimal() else "0"
    return {"start": int(start[:9]), "text": text.replace("\r\n", "\n").strip()}
