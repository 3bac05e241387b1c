"""People and bodies: a list to search in, and a page for each: who they are, what they said, did and suffered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, Literal

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Row

from masdar.errors import InputError
from masdar.plover import FACTS
from masdar.store.accounts import Role
from masdar.store.aggregates import EVENT, Asked, Edge, Period, ends, network, over_time
from masdar.store.passages import Passage, items_of, passages
from masdar.store.people import (
    LAYER,
    Actor,
    Held,
    Identities,
    Wanted,
    company,
    decided,
    held,
    identities,
    known,
    listed,
    variants,
    whole,
)
from masdar.store.search import parse, search
from masdar.store.search.query import Condition
from masdar.store.search.terms import QUOTATIONS
from masdar.store.splits import Act, acts
from masdar.store.tallies import QUOTATION
from masdar.store.view import View
from masdar.store.write import Decision
from masdar.types import EntityType, Stance
from masdar.web.asked import Text, called_by, name_in, number_in
from masdar.web.bars import Bars, bars, letters_of
from masdar.web.desk import At, Desk, Sent, link, text_of
from masdar.web.drawings import STANCES, of_edge, of_period
from masdar.web.labels import code_of, names
from masdar.web.sentences import spaced

router = APIRouter(tags=["actors"])
PAGE = 50  # actors of a list
FEW = 12  # counterparts, names, sentences of a page
MOST_SUGGESTED = 12
LONGEST_REASON = 2000


@router.get("/actors/suggest.json")
def suggest(desk: At, words: Text, level: Literal["", "actors", "countries"] = "") -> dict[str, Any]:
    """Names that begin or go on with some words, of the most written about."""
    if level == "countries":
        called = names(desk.t.language)
        found = [name for code, name in called.items() if words.strip() in name or code_of(words) == code]
        return {"names": sorted(found, key=len)[:MOST_SUGGESTED]}
    keys = [key for key, _ in listed(desk.view, Wanted(words), MOST_SUGGESTED)] if words.strip() else []
    return {"names": list(dict.fromkeys(called_by(desk, keys, identities(desk.view)).values()))}


@router.get("/actors.json")
def actors_data(desk: At, words: Text = "", type: Text = "", country: Text = "", after: Text = "") -> dict[str, Any]:
    """Actors, the most written about first; `next` is the `after` of the following ones."""
    shown, following = page_of(desk, Wanted(words, type, code_of(country) or country), after)
    return {"actors": [asdict(actor) for actor in shown], "next": following or None}


@router.get("/actors", include_in_schema=False)
def actors_page(desk: At, words: Text = "", type: Text = "", country: Text = "", after: Text = "") -> HTMLResponse:
    """The list as a page."""
    shown, following = page_of(desk, Wanted(words, type, code_of(country) or country), after)
    more = link("actors", words=words, type=type, country=country, after=following) if following else ""
    return desk.page(
        "actors.html", actors=shown, more=more, words=words, type=type, country=country, types=tuple(EntityType),
        countries=names(desk.t.language), name=lambda actor: name_in(desk, actor.name, actor.name_latin),
    )  # fmt: skip


def page_of(desk: Desk, wanted: Wanted, after: str) -> tuple[list[Actor], str]:
    """Some actors, those decided to be one only once, and where the next page begins."""
    who = identities(desk.view)
    rows = listed(desk.view, wanted, PAGE + 1, after_of(after))
    best = dict.fromkeys(who.of(key) for key, _ in rows[:PAGE])
    found, counts = known(desk.view, best, who), Counter[str]()
    for key, count in rows[:PAGE]:
        counts[who.of(key)] += count
    following = f"{rows[PAGE - 1][1]},{rows[PAGE - 1][0]}" if len(rows) > PAGE else ""
    return [replace(found[key], count=counts[key]) for key in best], following


def after_of(given: str) -> tuple[int, str] | None:
    """The end of the page before.

    Raises:
        InputError: it is none.
    """
    if not given:
        return None
    count, _, key = given.partition(",")
    return number_in(count, given), key


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything that the page of an actor shows."""

    actor: Actor
    keys: tuple[str, ...]
    names: list[Actor]
    roles: list[Held]
    said: list[Period]
    stances: dict[str, int]
    done: list[Period]
    to: list[Edge]
    by: list[Edge]
    with_them: list[tuple[str, int]]
    called: dict[str, str]
    decisions: list[Row[Any]]
    splits: list[Act]


def portrait(desk: Desk, key: str) -> Portrait:
    """What is known of an actor.

    Raises:
        HTTPException: 404, no article knows them.
    """
    view, who = desk.view, identities(desk.view)
    keys = who.keys(key)
    called = variants(view, keys)
    if not called:
        raise HTTPException(404)
    to = network(view, Asked(actors=keys), who, limit=FEW).edges
    by = network(view, Asked(recipients=keys), who, limit=FEW).edges
    around = company(view, keys, who, FEW)
    said, done = (in_bars(view, Asked(layer=layer, actors=keys)) for layer in (QUOTATION, EVENT))
    others = [edge.recipient for edge in to] + [edge.actor for edge in by] + [other for other, _ in around]
    decisions = decided(view, keys)
    splits = acts(view, keys)
    about = [side for decision in decisions for side in (decision.left, decision.right)]
    about += [side for act in splits for side in (act.was, act.key)]
    return Portrait(
        whole(keys[0], called), keys, called, held(view, keys), said, sums(said), done,
        to, by, around, called_by(desk, others, who) | own_names(desk, [*keys, *about]), decisions, splits,
    )  # fmt: skip


def in_bars(view: View, asked: Asked) -> list[Period]:
    """What was counted in days, months or years, as it is shown."""
    return over_time(view, asked, letters_of(*ends(view, asked)))


def sums(periods: Iterable[Period]) -> dict[str, int]:
    """How often each stance or type was counted, the commonest first."""
    found: dict[str, int] = {}
    for period in periods:
        for type, one in period.types.items():
            found[type] = found.get(type, 0) + one.count
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def own_names(desk: Desk, keys: Iterable[str]) -> dict[str, str]:
    """What each key itself is called, whatever was decided: to tell those apart that are one now."""
    found = known(desk.view, keys, Identities({}, {}))
    return {key: name_in(desk, actor.name, actor.name_latin) for key, actor in found.items()}


@router.get("/actors/{key:path}.json")
def actor_data(desk: At, key: str) -> dict[str, Any]:
    """An actor with all numbers; their sentences are at /pictures/passages.json?actor=KEY."""
    one = portrait(desk, key)
    return {
        "actor": asdict(one.actor),
        "keys": one.keys,
        "names": [asdict(name) for name in one.names],
        "roles": [asdict(role) for role in one.roles],
        "said": [of_period(period) for period in one.said],
        "done": [of_period(period) for period in one.done],
        "to": [of_edge(edge) for edge in one.to],
        "by": [of_edge(edge) for edge in one.by],
        "with": [{"actor": other, "articles": count} for other, count in one.with_them],
        "called": one.called,
        "decisions": [dict(decision._mapping) for decision in one.decisions],
        "splits": [asdict(act) for act in one.splits],
    }


Part = Literal["said", "done", "suffered"]


@router.get("/actors/{key:path}", include_in_schema=False)
def actor_page(desk: At, key: str, part: Part = "said", stance: Text = "", topic: Text = "") -> Response:
    """The page of an actor; keys that were decided to be the same have one page."""
    one = portrait(desk, key)
    if one.keys[0] != key:
        return desk.back(link("actors", one.keys[0]))
    found = sentences(desk, one, part, stance, topic)
    return desk.page(
        "actor.html", one=one, part=part, stance=stance if stance in tuple(Stance) else "", topic=topic, passages=found,
        spaced=spaced, country=names(desk.t.language).get(one.actor.country or "", one.actor.country or ""),
        name=name_in(desk, one.actor.name, one.actor.name_latin), countries=names(desk.t.language),
        may_decide=desk.may("reviewer"), said=said_bars(one), done=done_bars(one), stances=tuple(Stance),
    )  # fmt: skip


def said_bars(one: Portrait) -> Bars:
    """How much an actor said, by stance."""
    order = {str(stance): f"stance-{number}" for number, stance in enumerate(STANCES, 1)}
    return bars(one.said, order.__getitem__, partial(passages_at, one, QUOTATION))


def done_bars(one: Portrait) -> Bars:
    """How much an actor did, by quad class."""
    return bars(one.done, lambda type: f"quad-{FACTS[type].quad}", partial(passages_at, one, EVENT))


def passages_at(one: Portrait, layer: str, start: str) -> str:
    """The address of what an actor said or did at a time."""
    return link("pictures", "passages", layer=layer, actor=one.keys[0], since=start, until=start)


def sentences(desk: Desk, one: Portrait, part: Part, stance: str, topic: str) -> list[Passage]:
    """The last things that an actor said, did or suffered; of what they said, those of a topic."""
    if part == "said":
        if topic.strip():
            return about(desk, one, stance, topic)
        types = (stance,) if stance in tuple(Stance) else ()
        return passages(desk.view, Asked(layer=QUOTATION, actors=one.keys, types=types), FEW)
    asked = Asked(actors=one.keys) if part == "done" else Asked(recipients=one.keys)
    return passages(desk.view, asked, FEW)


def about(desk: Desk, one: Portrait, stance: str, topic: str) -> list[Passage]:
    """The last things that an actor said with the words of a topic, which may be written as in a search."""
    asked = parse(topic)
    groups = [tuple(Condition("speaker", key, is_whole=True) for key in one.keys)]
    groups += [(Condition("stance", stance),)] if stance in tuple(Stance) else []
    hits = search(desk.view, replace(asked, every=(*groups, *asked.every)), kind=QUOTATIONS, limit=FEW).hits
    return items_of(desk.view, QUOTATION, [(hit.article, hit.item) for hit in hits])


@router.post("/actors/decide", include_in_schema=False)
def decide(desk: At, form: Sent) -> RedirectResponse:
    """Two actors are the same, or are not: kept as a decision, which another one may take back."""
    desk.need(Role.REVIEWER)
    left, right = text_of(form, "left"), text_of(form, "right").strip()
    is_same = text_of(form, "is_same") == "yes"
    right = right if "#" in right or known_keys(desk, right) else key_named(desk, right)
    if left == right:
        raise InputError("An actor cannot be joined with or parted from itself. Name another one.")
    reason = text_of(form, "reason")[:LONGEST_REASON].strip() or None
    with desk.writing("same actor" if is_same else "other actor", f"{left} {right}") as writer:
        writer.decide(Decision(who=desk.who, layer=LAYER, left=left, right=right, is_same=is_same, reason=reason))
    return desk.back(link("actors", left))


def known_keys(desk: Desk, key: str) -> bool:
    """Whether articles know an actor by this key."""
    return bool(variants(desk.view, [key]))


def key_named(desk: Desk, name: str) -> str:
    """The key of the most written about actor of a name.

    Raises:
        InputError: nobody has it.
    """
    found = listed(desk.view, Wanted(name), 1) if name else []
    if not found:
        raise InputError(f"The store knows nobody called {name!r}. Take the name from the list of people and bodies.")
    return found[0][0]
