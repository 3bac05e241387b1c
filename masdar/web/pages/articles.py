"""Articles: their list, and one with everything that was found in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse

from masdar.store.listing import newest
from masdar.web.desk import At

router = APIRouter(include_in_schema=False)
PAGE = 30  # articles


@router.get("/articles")
def articles(desk: At, day: str = "", number: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
    """The newest articles, or those after a day and number."""
    found = newest(desk.view, PAGE + 1, (day, number) if number else None)
    return desk.page("articles.html", articles=found[:PAGE], has_more=len(found) > PAGE)


@router.get("/articles/{id:path}")
def article(desk: At, id: str) -> HTMLResponse:
    """One article."""
    record = desk.view.record(id)
    if record is None:
        raise HTTPException(404)
    return desk.page("article.html", record=record)
