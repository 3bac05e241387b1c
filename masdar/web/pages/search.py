"""Searching: what the store's search offers, by an address that can be shared; facets; saved searches; downloads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from pydantic import Field as Checked
from sqlalchemy import func, select

from masdar.errors import InputError, QueryError
from masdar.plover import TYPES
from masdar.store import saved
from masdar.store.accounts import Role
from masdar.store.search import Facets, Page, alike, facets, parse, search, search_with_facets, vector_of
from masdar.store.search.codes import in_arabic
from masdar.store.search.places import unknown_in
from masdar.store.search.query import NAMES
from masdar.store.search.query import Query as Sought
from masdar.store.tables import articles
from masdar.store.view import View
from masdar.types import QuotationKind, Stance
from masdar.web.conditions import chips
from masdar.web.desk import NO_NUL, At, Desk, Sent, link, text_of
from masdar.web.downloads import download
from masdar.web.pieces import parts_of

router = APIRouter()
Json = dict[str, Any]
PAGE = 25  # hits
LONGEST = 1000  # letters of a query
Kind = Literal["", "articles", "quotations", "events"]
Format = Literal["jsonl", "csv", "parquet", "plover", "polecat", "gdelt", "gdelt-mentions", "ftm"]
# fields of the detailed form, in the order in which they are put behind the words
DETAILS = ("speaker", "addressee", "via", "actor", "recipient", "entity", "place", "source", "type", "stance", "kind",
           "claimed", "country", "from", "to", "box", "conf")  # fmt: skip
CHOICES = {"type": ("type", TYPES), "stance": ("stance", tuple(Stance)), "kind": ("kind", tuple(QuotationKind)),
           "claimed": ("claimed", ("yes", "no"))}  # fmt: skip


class Asked:
    """What is looked for, from the address."""

    def __init__(
        self,
        q: Annotated[str, Query(max_length=LONGEST, description="words and fields, as for masdar search")] = "",
        kind: Annotated[Kind, Query(alias="in")] = "",
        like: Annotated[str, Query(max_length=LONGEST, description="id of an article or item, or a text")] = "",
        after: Annotated[str, Query(max_length=40, description="`next` of the page before")] = "",
        titles: bool = False,
    ) -> None:
        self.q, self.kind, self.like, self.after, self.titles = q.strip(), kind, like.strip(), after, titles

    @property
    def query(self) -> Sought:
        """The query as it is understood."""
        return parse(self.q)

    @property
    def has_latin_names(self) -> bool:
        """Whether a name in Latin letters may not be known: of a person or a body, or of a place that has none such."""
        named = [c for group in self.query.every for c in group if c.field in NAMES and not c.is_whole]
        actors = [c for c in named if c.field not in ("source", "place")]
        return any(c.value.isascii() and not in_arabic(c.value) for c in actors) or bool(unknown_in(self.query))

    def link(self, more: str = "", **other: object) -> str:
        """The address of this search, narrowed by a condition, or with other values."""
        values: Json = {"q": f"{self.q} {more}".strip(), "in": self.kind, "like": self.like}
        return link("search", **values | {"titles": "1" if self.titles else ""} | other)

    def page(self, desk: Desk) -> Page:
        """A page of hits."""
        kind = self.kind or None
        if not self.like:
            return search(
                desk.view, self.query, kind=kind, limit=PAGE, after=self.after or None, titles_first=self.titles
            )
        vectors = desk.parts.vectors.of(desk.view)
        vector = vector_of(desk.view, self.like)
        vector = meaning(desk, self.like) if vector is None else vector
        return alike(desk.view, vector, self.query, kind=kind, vectors=vectors)

    def page_with_facets(self, desk: Desk) -> tuple[Page, Facets | None]:
        """A page of hits, and how all hits spread; what is like something has no facets."""
        kind = self.kind or None
        if self.like:
            return self.page(desk), None
        if self.titles or self.after:
            return self.page(desk), facets(desk.view, self.query, kind=kind)
        return search_with_facets(desk.view, self.query, kind=kind, limit=PAGE)


Looking = Annotated[Asked, Depends(Asked)]


def meaning(desk: Desk, text: str) -> Any:  # noqa: ANN401
    """What the model makes of a text.

    Raises:
        QueryError: this model makes nothing of it.
    """
    with desk.parts.reading.lock:
        method = getattr(desk.parts.reading.loaded, "meaning_of", None)
        if method is None:
            raise QueryError("This model knows no meanings of texts. Give the id of an article or of an item (a1#Q1).")
        return method(text)


@router.get("/search", include_in_schema=False)
def searching(desk: At, asked: Looking) -> Response:
    """The form, hits and facets."""
    details = [(name, desk.request.query_params.get(f"with-{name}", "").strip()) for name in DETAILS]
    if any(value for _, value in details):
        more = " ".join(f'{name}:"{value}"' if " " in value else f"{name}:{value}" for name, value in details if value)
        return RedirectResponse(asked.link(more), 303)
    found, spread, problem = None, None, ""
    if asked.q or asked.like or asked.kind:
        try:
            found, spread = asked.page_with_facets(desk)
        except QueryError as error:
            problem = str(error)
    return desk.page(
        "search.html",
        200 if not problem else 400,
        asked=asked,
        found=found,
        facets=spread,
        chips=[] if problem or not asked.q else chips(asked.q, desk.view, desk.t),
        problem=problem,
        parts_of=parts_of,
        details=DETAILS,
        choices=CHOICES,
        outlets=outlets(desk.view),
        searches=saved.saved_searches(desk.view, desk.who),
    )


def outlets(view: View) -> list[str]:
    """The outlets that most articles are of."""
    many = func.count().label("many")
    query = select(articles.c.source, many).where(articles.c.source.is_not(None)).group_by(articles.c.source)
    return [row.source for row in view.rows(query.order_by(many.desc()).limit(200))]


@router.get("/search.json")
def search_as_data(desk: At, asked: Looking) -> Json:
    """A page of hits; spans are [start, end] in the article's text. Give `next` as `after` for the page behind."""
    found = asked.page(desk)
    return {"kind": found.kind, "hits": [{"id": hit.id, **asdict(hit)} for hit in found.hits], "next": found.next}


@router.get("/facets.json")
def facets_as_data(desk: At, asked: Looking) -> Json:
    """How the newest hits spread over outlets, months, types or stances, speakers or actors."""
    spread: Facets = facets(desk.view, asked.query, kind=asked.kind or None)
    return asdict(spread)


@router.get("/download", responses={200: {"content": {"application/octet-stream": {}}}})
def downloading(
    desk: At,
    asked: Looking,
    form: Annotated[Format, Query(alias="format")] = "jsonl",
    text: bool = True,
    only: Annotated[bool, Query(description="of each article only the quotations or events that were found")] = True,
) -> Response:
    """What was found as a file in one of the formats of `masdar export`."""
    return download(desk.view, (asked.query, asked.kind or None), form, has_text=text, only=only)


class Named(BaseModel):
    """A search to be kept."""

    name: Annotated[str, Checked(min_length=1, max_length=100, pattern=NO_NUL)]
    query: Annotated[
        str, Checked(max_length=4000, pattern=NO_NUL, description="what stands behind the ? of its address")
    ]


@router.get("/searches.json")
def saved_as_data(desk: At) -> Json:
    """One's saved searches."""
    return {"searches": [dict(row._mapping) for row in saved.saved_searches(desk.view, desk.who)]}


@router.post("/searches.json")
def save_as_data(desk: At, named: Annotated[Named, Body()]) -> Json:
    """Keep a search; its number."""
    return {"number": keep(desk, named.name, named.query)}


@router.post("/searches", include_in_schema=False)
def save(desk: At, sent: Sent) -> RedirectResponse:
    """Keep a search."""
    name, query = text_of(sent, "name").strip(), text_of(sent, "query")
    if not 0 < len(name) <= 100 or len(query) > 4000:
        raise InputError("A saved search needs a name of 1 to 100 letters.")
    keep(desk, name, query)
    return desk.back(f"/search?{query}")


def keep(desk: Desk, name: str, query: str) -> int:
    """Keep a search under a name."""
    desk.need(Role.READER)
    with desk.writing("search", name) as writer:
        return saved.save_search(writer, desk.who, name, query)


@router.post("/searches/remove", include_in_schema=False)
def forget(desk: At, sent: Sent) -> RedirectResponse:
    """Keep a search no longer."""
    number = text_of(sent, "number")
    with desk.writing("search", f"{number} removed") as writer:
        saved.forget_search(writer, desk.who, int(number) if number.isdecimal() and len(number) < 10 else 0)
    return desk.back("/search")
