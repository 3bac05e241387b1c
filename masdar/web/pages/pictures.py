"""Pictures of what is in the store: timeline, map, network, dyad, calendar; and the sentences behind every mark."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from masdar.plover import TYPES
from masdar.store.passages import Key, Passage, passages
from masdar.types import Stance
from masdar.web.asked import Put, number_in
from masdar.web.desk import At, Desk
from masdar.web.drawings import DRAW, STANCES, Drawing
from masdar.web.labels import disputed_boxes, labels
from masdar.web.sentences import cell_text, spaced, under

router = APIRouter(tags=["pictures"])
Picture = Literal["timeline", "map", "network", "dyad", "calendar"]
PICTURES: tuple[Picture, ...] = ("timeline", "map", "network", "dyad", "calendar")
WORDS = ("pictures", "quad", "stance", "type", "resolution")  # for scripts
PAGE = 25  # passages
ROWS = 60  # of the table below a picture


@router.get("/pictures", include_in_schema=False)
def pictures(desk: At) -> RedirectResponse:
    """The first picture."""
    query = desk.request.url.query
    return RedirectResponse("/pictures/timeline" + (f"?{query}" if query else ""), 303)


@router.get("/pictures/labels.json")
def label_data(desk: At) -> dict[str, Any]:
    """The names on the map in the language of the desk: countries, cities, disputed places; and what is disputed."""
    return {"labels": [asdict(label) for label in labels(desk.t.language)], "disputed": disputed_boxes()}


@router.get("/pictures/passages", include_in_schema=False)
def passage_page(put: Put, after: Annotated[str, Query(max_length=300)] = "") -> HTMLResponse:
    """The sentences behind a mark: a page, or what stands in it when a script asks."""
    found = passages(put.desk.view, put.asked, PAGE + 1, key_of(after)) if not put.missing else []
    end = as_text(found[PAGE - 1].key) if len(found) > PAGE else ""
    more = put.address("pictures", "passages", spot=put.spot, after=end) if end else ""
    name = "passages-part.html" if is_part(put.desk) else "passages.html"
    return put.desk.page(name, put=put, passages=found[:PAGE], more=more, spaced=spaced)


@router.get("/pictures/passages.json")
def passage_data(put: Put, after: Annotated[str, Query(max_length=300)] = "") -> dict[str, Any]:
    """The sentences behind a mark, the last day first; `next` is the `after` of the following ones."""
    found = passages(put.desk.view, put.asked, PAGE + 1, key_of(after)) if not put.missing else []
    following = as_text(found[PAGE - 1].key) if len(found) > PAGE else None
    return {"passages": [as_data(one) for one in found[:PAGE]], "next": following}


@router.get("/pictures/{picture}.json")
def picture_data(picture: Picture, put: Put) -> dict[str, Any]:
    """What a picture is drawn from."""
    return drawn(picture, put).data


@router.get("/pictures/{picture}.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def picture_table(picture: Picture, put: Put) -> Response:
    """The same as a table."""
    name = quote(f"masdar-{picture}.csv")
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(drawn(picture, put).csv(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/pictures/{picture}/table", include_in_schema=False)
def picture_numbers(picture: Picture, put: Put) -> HTMLResponse:
    """The first rows of the table: a page, or what stands in it when a script asks."""
    return put.desk.page(
        "numbers-part.html" if is_part(put.desk) else "numbers.html", picture=picture, put=put,
        drawing=drawn(picture, put), limit=ROWS, cell_text=partial(cell_text, put.desk.t),
    )  # fmt: skip


@router.get("/pictures/{picture}", include_in_schema=False)
def picture_page(picture: Picture, put: Put) -> HTMLResponse:
    """A picture with its question; the script in it asks for the data."""
    return put.desk.page(
        "picture.html", picture=picture, pictures=PICTURES, put=put, types=TYPES, stances=tuple(Stance), order=STANCES,
        words=under(put.desk.t, *WORDS),
    )  # fmt: skip


def is_part(desk: Desk) -> bool:
    """Whether a script asks for what it puts into a page."""
    return desk.request.headers.get("hx-request") == "true"


def drawn(picture: Picture, put: Put) -> Drawing:
    """The data of a picture."""
    return DRAW[picture](put)


def key_of(after: str) -> Key | None:
    """The end of the page before.

    Raises:
        InputError: it is none.
    """
    if not after:
        return None
    day, number, item = [*after.split(",", 2), "", ""][:3]
    return Key(day, number_in(number, after), item)


def as_text(key: Key) -> str:
    """A key as it stands in an address."""
    return f"{key.day},{key.article},{key.item}"


def as_data(passage: Passage) -> dict[str, Any]:
    """A passage as data."""
    found = asdict(passage)
    key = found.pop("key")
    return {"article": found.pop("article"), "item": key[2], "day": key[0] or None, **found}
