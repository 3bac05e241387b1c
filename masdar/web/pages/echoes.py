"""Echoes: one quotation in several outlets, what each made of the words; people may split one off or join two."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse

from masdar.store.compared import echo_list, outlets_of
from masdar.store.deciding import decisions_on
from masdar.store.join import standing
from masdar.store.timeline import Echo, Voiced, echo, lone
from masdar.web.asked import Text, number_in
from masdar.web.desk import At, Desk, Sent, link
from masdar.web.pages.stories import decided
from masdar.web.sentences import spaced

router = APIRouter(tags=["echoes"])
LAYER = "echo"
PAGE = 20  # echoes


@router.get("/echoes.json")
def echoes_data(desk: At, after: Text = "") -> dict[str, Any]:
    """Quotations that several outlets have, the last day first; `next` is the `after` of the following ones."""
    rows, following = page_of(desk, after)
    outlets = outlets_of(desk.view, [row.id for row in rows])
    shown = [
        {"id": row.id, "day": row.day, "stance": row.stance, "content": row.content, "outlets": dict(outlets[row.id])}
        for row in rows
    ]
    return {"echoes": shown, "next": following or None}


@router.get("/echoes", include_in_schema=False)
def echoes_page(desk: At, after: Text = "") -> HTMLResponse:
    """The list as a page."""
    rows, following = page_of(desk, after)
    more = link("echoes", after=following) if following else ""
    outlets = outlets_of(desk.view, [row.id for row in rows])
    return desk.page(
        "echoes.html", echoes=rows, outlets=outlets, more=more, spaced=spaced, standing=standing(desk.store)
    )


def page_of(desk: Desk, after: str) -> tuple[list[Any], str]:
    """Some echoes, and where the next page begins."""
    rows = echo_list(desk.view, PAGE + 1, after_of(after))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.day},{last.number},{last.id}" if last else ""


def after_of(given: str) -> tuple[str, int, str] | None:
    """The end of the page before.

    Raises:
        InputError: it is none.
    """
    if not given:
        return None
    day, number, id = [*given.split(",", 2), "", ""][:3]
    return day, number_in(number, given), id


def found(desk: Desk, id: str) -> Echo:
    """An echo by its id or that of one of its quotations; of a quotation that nothing echoes, that one alone.

    Raises:
        HTTPException: 404.
    """
    one = echo(desk.view, id) or lone(desk.view, id)
    if one is None:
        raise HTTPException(404)
    return one


@router.get("/echoes/{id:path}.json")
def echo_data(desk: At, id: str) -> dict[str, Any]:
    """An echo: every wording, the later ones with the steps from the first."""
    one = found(desk, id)
    steps = [[] if number == 0 else one.steps(voiced) for number, voiced in enumerate(one.quotations)]
    return {
        "id": one.id,
        "quotations": [asdict(voiced) | {"steps": made} for voiced, made in zip(one.quotations, steps, strict=True)],
    }


@router.get("/echoes/{id:path}", include_in_schema=False)
def echo_page(desk: At, id: str) -> HTMLResponse:
    """An echo with its wordings aligned."""
    one = found(desk, id)
    return desk.page(
        "echo.html", one=one, others=one.quotations[1:], item=item_of, spaced=spaced, may_decide=desk.may("reviewer"),
        decisions=decisions_on(desk.view, LAYER, [voiced.id for voiced in one.quotations]),
    )  # fmt: skip


def item_of(voiced: Voiced) -> str:
    """The id of a quotation in its article."""
    return voiced.id.rpartition("#")[2]


@router.post("/echoes/decide", include_in_schema=False)
def decide(desk: At, form: Sent) -> RedirectResponse:
    """Two quotations are the same words, or not: kept as a decision, and heeded at once."""
    return decided(desk, form, LAYER, "echoes")
