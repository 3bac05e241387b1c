"""Articles: their list, and one with everything that was found in it and what people say of that."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from masdar.store.corrections import ARTICLE, Judged, corrected, judged
from masdar.store.corrections.fields import Shape
from masdar.store.listing import newest
from masdar.web.cards import ORDER, Sheet
from masdar.web.desk import At, Desk
from masdar.web.marks import lines_of

router = APIRouter()
PAGE = 30  # articles
Json = dict[str, Any]
Number = Annotated[int, Query(ge=0, le=2**31 - 1)]


@router.get("/articles", include_in_schema=False)
def articles(desk: At, day: str = "", number: Number = 0) -> Response:
    """The newest articles, or those after a day and number."""
    found = newest(desk.view, PAGE + 1, (day, number) if number else None)
    return desk.page("articles.html", articles=found[:PAGE], has_more=len(found) > PAGE)


@router.get("/articles.json")
def articles_as_data(desk: At, day: str = "", number: Number = 0) -> Json:
    """The newest articles, or those after a day and number of the last one before."""
    found = newest(desk.view, PAGE + 1, (day, number) if number else None)
    fields = ("number", "id", "title", "source", "url", "published", "day")
    rows = [{field: getattr(row, field) for field in fields} for row in found[:PAGE]]
    return {"articles": rows, "has_more": len(found) > PAGE}


@router.get("/articles/{id:path}.json")
def article_as_data(desk: At, id: str, is_corrected: Annotated[bool, Query(alias="corrected")] = False) -> Json:
    """The record of an article as `masdar read --json` prints it, or with what people corrected."""
    record = record_of(desk, id)
    return corrected(record, judged(record, desk.view.reviews(id)))[0] if is_corrected else record


@router.get("/articles/{id:path}", include_in_schema=False)
def article(desk: At, id: str, blind: bool = False, machine: bool = False) -> Response:
    """One article. Blind: without what others say of it, for a second reader. Machine: as it was read."""
    sheet = sheet_of(desk, id, blind=blind, machine=machine)
    cards = sheet.cards()
    whole = sheet.items.get(ARTICLE)
    return desk.page(
        "article.html",
        record=sheet.record,
        article=id,
        lines=lines_of(sheet.record),
        cards=cards,
        order=ORDER,
        states={card.id: card.state for layer in cards.values() for card in layer},
        lost=[item for item in sheet.items.values() if item.id is None],
        readers=sorted({who for item in sheet.items.values() for who in item.opinions}),
        is_whole=bool(whole and desk.who in whole.opinions),
        blind=blind,
        machine=machine,
        Shape=Shape,
    )


def record_of(desk: Desk, id: str) -> Json:
    """The record of an article.

    Raises:
        HTTPException: 404.
    """
    record = desk.view.record(id)
    if record is None:
        raise HTTPException(404, "errors.no_article")
    return record


def sheet_of(desk: Desk, id: str, *, blind: bool = False, machine: bool = False) -> Sheet:
    """An article with the opinions on it, or only one's own, or none."""
    record = record_of(desk, id)
    reviews = [] if machine else desk.view.reviews(id)
    if blind:
        reviews = [review for review in reviews if review.who == desk.who]
    items: dict[str, Judged] = judged(record, reviews)
    return Sheet.of(record, items, desk.t)
