"""How long the desk takes to make its pages, over a given store.

    python -m benchmarks.desk news.db
    python -m benchmarks.desk news.db /search /pictures      only addresses that begin so

Times are of the processor, all threads together, the better of three: what a page costs when nothing else runs.
Those most written about, the longest article and the commonest words are the hardest to show, so they are asked for.
Of PostgreSQL the time of the server is not in it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from fastapi.testclient import TestClient
from sqlalchemy import Select, func, select

from masdar.store import open_store
from masdar.store.people import Wanted, listed
from masdar.store.tables import articles, echoes, stories
from masdar.store.view import View
from masdar.web.app import create_app
from masdar.web.desk import link

TRIES = 3
ALL = "since=&until="
PICTURES = ("timeline", "calendar", "network", "map", "dyad")
SIMPLE = ("/", "/articles", "/articles.json", "/checking", "/history", "/corpus", "/add-articles", "/account", "/log")
SEARCHES = ("قال", "رئيس سوريا", "كيم*", '"مجلس الأمن"', "type:ASSAULT", "stance:assert", "claimed:yes")
KINDS = ("articles", "quotations", "events")


def addresses(view: View) -> Iterator[str]:
    """The pages to be timed."""
    yield from SIMPLE
    yield from (link("articles", row.id) for row in view.rows(longest()))
    yield from of_search(view)
    yield from of_people(view)
    for picture in PICTURES:
        yield f"/pictures/{picture}"
        yield from (f"/pictures/{picture}.json", f"/pictures/{picture}.json?{ALL}")
        yield f"/pictures/{picture}.json?{ALL}&level=countries"
    yield from (link(page, id) for page, id in largest(view))


def longest() -> Select[tuple[str]]:
    """The article with most text."""
    return select(articles.c.id).order_by(func.length(articles.c.text).desc()).limit(1)


def of_search(view: View) -> Iterator[str]:
    """Searches of every kind for what stands in most articles, also behind the first page, and their facets."""
    yield "/search"
    for query in (*SEARCHES, f'speaker="{most_known(view, "PER")}"'):
        yield from (link("search", q=query, **{"in": kind}) for kind in KINDS)
    yield link("search", q=SEARCHES[0], titles=1)
    yield link("search", q=f"{SEARCHES[0]} to:2018")
    yield link("search", q="stance:assert conf:>0.97")
    yield link("search", q="type:ASSAULT box:32,35,38,43")
    yield link("facets.json", q="type:ASSAULT")


def most_known(view: View, type: str = "") -> str:
    """The key of whom most is written about."""
    return next((key for key, _ in listed(view, Wanted(type=type), 1)), "")


def of_people(view: View) -> Iterator[str]:
    """The list of people and bodies, the pages of those most written about and their sentences."""
    yield from (
        "/actors",
        "/actors?words=ال",
        "/actors/suggest.json?words=ال",
        "/actors?words=رئيس",
        "/actors?type=PER",
    )
    yield from ("/stories", "/echoes", "/pictures/passages", f"/pictures/passages?{ALL}&type=ASSAULT")
    for key in (most_known(view), most_known(view, "PER")):
        yield from (link("actors", key), link("actors", key, part="done"), link("actors", key, topic="قال"))
        yield link("actors", "articles", actor=key)
        yield link("pictures", "passages", actor=key, since="") + "&until="


def largest(view: View) -> Iterator[tuple[str, str]]:
    """The story of most articles and the echo of most quotations."""
    for row in view.rows(select(stories.c.id).order_by(stories.c.articles.desc()).limit(1)):
        yield "stories", row.id
    for row in view.rows(select(echoes.c.id).group_by(echoes.c.id).order_by(func.count().desc()).limit(1)):
        yield "echoes", row.id


def main() -> None:
    with open_store(sys.argv[1]) as store, TestClient(create_app(store), base_url="http://127.0.0.1:8000") as desk:
        view = store.view()
        counts = view.counts()
        print(f"{counts['articles']:,} articles, {counts['events']:,} events, {counts['quotations']:,} quotations")
        for address in addresses(view):
            if sys.argv[2:] and not address.startswith(tuple(sys.argv[2:])):
                continue
            times = []
            for _ in range(TRIES):
                start = time.process_time()
                status = desk.get(address).status_code
                times.append((time.process_time() - start) * 1000)
            print(f"{min(times):7.0f} ms  {status}  {address}")


if __name__ == "__main__":
    main()
