"""Stories: one event as several outlets report it, side by side; people may split a report off or join two stories."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from masdar.errors import InputError
from masdar.plover import TYPES
from masdar.store.accounts import Role
from masdar.store.compared import Comparison, Wished, compare, firsts, story_list
from masdar.store.deciding import decide_now, decisions_on
from masdar.store.differences import Story, story
from masdar.store.join import standing
from masdar.store.write import Decision
from masdar.web.asked import DATE, Text
from masdar.web.desk import At, Desk, Sent, link, text_of
from masdar.web.sentences import spaced

router = APIRouter(tags=["stories"])
LAYER = "story"
PAGE = 20  # stories
LONGEST_REASON = 2000
Least = Annotated[int, Query(ge=1, le=1000)]
Day = Annotated[str, Query(pattern=DATE)]


def wish(type: Text = "", since: Day = "", until: Day = "", sources: Least = 2) -> Wished:
    """What is asked of the list."""
    return Wished(type, since, until, sources)


Wish = Annotated[Wished, Depends(wish)]


@router.get("/stories.json")
def stories_data(desk: At, wished: Wish, after: Text = "") -> dict[str, Any]:
    """Stories, the last day first; `next` is the `after` of the following ones."""
    rows, following = page_of(desk, wished, after)
    return {"stories": [dict(row._mapping) for row in rows], "next": following or None}


@router.get("/stories", include_in_schema=False)
def stories_page(desk: At, wished: Wish, after: Text = "") -> HTMLResponse:
    """The list as a page, each story with the sentence of its first report."""
    rows, following = page_of(desk, wished, after)
    asked = {"type": wished.type, "since": wished.since, "until": wished.until, "sources": wished.least}
    more = link("stories", **asked, after=following) if following else ""
    return desk.page(
        "stories.html", stories=rows, more=more, first=firsts(desk.view, [row.id for row in rows]), types=TYPES,
        spaced=spaced, standing=standing(desk.store), **asked,
    )  # fmt: skip


def page_of(desk: Desk, wished: Wished, after: str) -> tuple[list[Any], str]:
    """Some stories, and where the next page begins."""
    day, _, id = after.partition(",")
    rows = story_list(desk.view, wished, PAGE + 1, (day, id) if after else None)
    following = f"{rows[PAGE - 1].day},{rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    return rows[:PAGE], following


def found(desk: Desk, id: str) -> Story:
    """A story by its id or that of a report.

    Raises:
        HTTPException: 404.
    """
    one = story(desk.view, id)
    if one is None:
        raise HTTPException(404)
    return one


@router.get("/stories/{id:path}.json")
def story_data(desk: At, id: str) -> dict[str, Any]:
    """A story with its reports, what they tell differently, and what each outlet leaves out."""
    one = compare(desk.view, found(desk, id))
    return {
        **asdict(one.story),
        "differences": asdict(one.story.differences),
        "facts": {group: [asdict(fact) for fact in facts] for group, facts in one.facts.items()},
        "left_out": {outlet: [[fact.group, fact.value] for fact in one.left_out(outlet)] for outlet in one.outlets},
    }


@router.get("/stories/{id:path}", include_in_schema=False)
def story_page(desk: At, id: str) -> HTMLResponse:
    """A story side by side."""
    one = compare(desk.view, found(desk, id))
    return desk.page(
        "story.html", one=one, spaced=spaced, may_decide=desk.may("reviewer"), other=partial(other, one),
        value=partial(value, desk), decisions=decisions_on(desk.view, LAYER, [one.id for one in one.story.reports]),
    )  # fmt: skip


def value(desk: Desk, group: str, text: str) -> str:
    """A fact as the page says it."""
    t = desk.t
    if group == "told":
        return t(f"stories.told_{'itself' if text == '' else 'unnamed'}") if text in ("", "?") else text
    if group == "toll":
        kind, _, number = text.partition(" ")
        return f"{t(f'stories.toll_{kind}') if t.has(f'stories.toll_{kind}') else kind}: {number}"
    return text


def other(one: Comparison, id: str) -> str:
    """The report that another one is parted from: the first of the story that is not this one."""
    return next((report.id for report in one.story.reports if report.id != id), "")


@router.post("/stories/decide", include_in_schema=False)
def decide(desk: At, form: Sent) -> RedirectResponse:
    """Two reports are of one event, or not: kept as a decision, and heeded at once."""
    return decided(desk, form, LAYER, "stories")


def decided(desk: Desk, form: Sent, layer: str, page: str) -> RedirectResponse:
    """Keep a decision about two items, each named by its article's id and its own, or by the address of its page."""
    desk.need(Role.REVIEWER)
    left, right = (id_in(text_of(form, side), page) for side in ("left", "right"))
    is_same = text_of(form, "is_same") == "yes"
    if left == right:
        raise InputError("These are the same already. Name another one.")
    reason = text_of(form, "reason")[:LONGEST_REASON].strip() or None
    with desk.writing(f"{'same' if is_same else 'other'} {layer}", f"{left} {right}") as writer:
        decision = Decision(who=desk.who, layer=layer, left=left, right=right, is_same=is_same, reason=reason)
        is_done = decide_now(writer, decision)
    return desk.back(link(page, text_of(form, "back", left), decided="now" if is_done else "later"))


def id_in(given: str, page: str) -> str:
    """The id that was given, or that an address ends with.

    Raises:
        InputError: it is none.
    """
    from urllib.parse import unquote

    id = given.strip()
    if f"/{page}/" in id:
        id = unquote(id.partition(f"/{page}/")[2].partition("?")[0])
    article, _, item = id.rpartition("#")
    if not article or not item:
        raise InputError(f"{given!r} names nothing. Give the address of its page, or its id: ARTICLE#V1.")
    return id
