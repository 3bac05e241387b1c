"""The front page: what is in the store, the newest articles."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from masdar.store.listing import newest
from masdar.store.saved import saved_searches
from masdar.web.desk import At

router = APIRouter(include_in_schema=False)
FEW = 13  # articles


@router.get("/")
def front(desk: At) -> HTMLResponse:
    """The front page."""
    searches = saved_searches(desk.view, desk.who)
    return desk.page(
        "front.html", counts=desk.parts.counts.of(desk.view), articles=newest(desk.view, FEW), searches=searches
    )
