"""People who share a name: the articles in which somebody is mentioned, to pick those in which it is another one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse

from masdar.errors import InputError
from masdar.store.accounts import Role
from masdar.store.identities import label_of
from masdar.store.people import identities, known
from masdar.store.splits import LONGEST, Mentioned, Splitting, labels, mentions, split_off, take_back
from masdar.web.asked import Text, name_in, number_in
from masdar.web.desk import At, Desk, Sent, link, text_of
from masdar.web.sentences import spaced

router = APIRouter(tags=["actors"])
PAGE = 50  # articles
LONGEST_REASON = 2000


@router.get("/actors/articles.json")
def articles_data(desk: At, actor: Text, after: Text = "") -> dict[str, Any]:
    """The articles that mention an actor, the last one first; `next` is the `after` of the following ones."""
    rows, following = page_of(desk, actor, after)
    return {"articles": [asdict(row) for row in rows], "next": following or None}


@router.get("/actors/articles", include_in_schema=False)
def articles_page(desk: At, actor: Text, after: Text = "") -> HTMLResponse:
    """The same as a page; a reviewer picks those in which it is another one."""
    rows, following = page_of(desk, actor, after)
    if not rows and not after:
        raise HTTPException(404)
    who = identities(desk.view)
    one = known(desk.view, [actor], who)[actor]
    return desk.page(
        "splitting.html", actor=one, name=name_in(desk, one.name, one.name_latin), rows=rows, spaced=spaced,
        labels=labels(desk.view, one.key), label=label_of(one.key), longest=LONGEST, may_decide=desk.may("reviewer"),
        more=link("actors", "articles", actor=actor, after=following) if following else "",
    )  # fmt: skip


def page_of(desk: Desk, actor: str, after: str) -> tuple[list[Mentioned], str]:
    """Some articles, and where the next page begins."""
    day, _, number = after.partition(",")
    end = (day, number_in(number, after)) if after else None
    rows = mentions(desk.view, identities(desk.view).keys(actor), PAGE + 1, end)
    following = ",".join(map(str, rows[PAGE - 1][0])) if len(rows) > PAGE else ""
    return [row for _, row in rows[:PAGE]], following


@router.post("/actors/split", include_in_schema=False)
def split(desk: At, form: Sent) -> RedirectResponse:
    """In the articles that were picked it is another one: kept at once, append-only."""
    desk.need(Role.REVIEWER)
    key, ids = text_of(form, "actor"), [str(id) for id in form.getlist("article")]
    label = "" if text_of(form, "to") == "name" else text_of(form, "label")
    if not label.strip() and text_of(form, "to") != "name":
        raise InputError("Give a label: some words that tell the other one apart from this one.")
    keys = identities(desk.view).keys(key)
    reason = reason_in(form)
    asked = Splitting(who=desk.who, key=key, keys=keys, articles=ids, label=label, reason=reason)
    with desk.writing("split actor", f"{key} {label}".strip()) as writer:
        to = split_off(writer, asked)
    return desk.back(link("actors", to))


@router.post("/actors/rejoin", include_in_schema=False)
def rejoin(desk: At, form: Sent) -> RedirectResponse:
    """Take a split back: another decision, which is kept too."""
    desk.need(Role.REVIEWER)
    number = number_in(text_of(form, "number"), text_of(form, "number"))
    with desk.writing("rejoin actor", str(number)) as writer:
        was, _ = take_back(writer, number, desk.who, reason_in(form))
    return desk.back(link("actors", was))


def reason_in(form: Sent) -> str | None:
    """Why, if the form says so."""
    return text_of(form, "reason")[:LONGEST_REASON].strip() or None
