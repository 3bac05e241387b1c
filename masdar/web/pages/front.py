"""The front page: what is in the store, the newest articles."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from masdar.store.listing import newest
from masdar.web.desk import At

router = APIRouter(include_in_schema=False)
FEW = 12  # articles


@router.get("/")
def front(desk: At) -> HTMLResponse:
    """The front page."""
    return desk.page("front.html", counts=desk.view.counts(), articles=newest(desk.view, FEW))
