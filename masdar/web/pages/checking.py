"""How the checking goes: what was said when by whom, where readers disagree, how right the machine is."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from masdar.store.corrections.counts import Share, figures_and_disputed, history
from masdar.web.cards import PAGES
from masdar.web.desk import At

router = APIRouter()
Json = dict[str, Any]
PAGE = 60  # reviews
COUNTED = ("judged", "right", "nearly", "wrong", "disputed", "missed")
Before = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


@router.get("/checking", include_in_schema=False)
def checking(desk: At) -> Response:
    """Precision by layer, and where readers disagree."""
    counted, open_ones = figures_and_disputed(desk.view)
    return desk.page("checking.html", figures=counted, disputed=open_ones)


@router.get("/checking.json")
def checking_as_data(desk: At) -> Json:
    """Figures by layer: right, nearly, wrong, missed; precision and recall with their limits; disagreements."""
    counted, disputed = figures_and_disputed(desk.view)
    layers = {
        layer: {name: getattr(found, name) for name in COUNTED}
        | {"fields": dict(found.fields)}
        | {name: share_as_data(getattr(found, name)) for name in ("precision", "recall")}
        for layer, found in counted.items()
    }
    open_ones = [{"article": id, "item": item.id, "anchor": item.anchor} for id, item in disputed]
    return {"layers": layers, "disputed": open_ones}


def share_as_data(share: Share) -> Json:
    """A share with its limits."""
    return {"value": share.value, "of": share.whole, "low": share.limits[0], "high": share.limits[1]}


@router.get("/history", include_in_schema=False)
def past(desk: At, article: str = "", before: Before = None) -> Response:
    """Who changed what, the last first."""
    found = history(desk.view, PAGE + 1, article or None, before)
    rows = [(row, json.loads(row.anchor), json.loads(row.value) if row.value else None) for row in found[:PAGE]]
    return desk.page("history.html", pages=PAGES, rows=rows, article=article, has_more=len(found) > PAGE)


@router.get("/history.json")
def past_as_data(desk: At, article: str = "", before: Before = None) -> Json:
    """Who changed what, the last first; `before` is the number of the last one seen."""
    rows = [dict(row._mapping) for row in history(desk.view, PAGE, article or None, before)]
    for row in rows:
        row["anchor"] = json.loads(row["anchor"])
        row["value"] = json.loads(row["value"]) if row["value"] else None
    return {"reviews": rows}
