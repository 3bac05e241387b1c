"""How long the desk takes to make its pages about people, pictures, stories and echoes, over a given store.

    python -m benchmarks.desk news.db

Times are of the processor, all threads together, the better of three: what a page costs when nothing else runs.
Those most written about are the hardest to show, so their pages are asked for.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from fastapi.testclient import TestClient
from sqlalchemy import func, select

from masdar.store import open_store
from masdar.store.people import Wanted, listed
from masdar.store.tables import echoes, stories
from masdar.store.view import View
from masdar.web.app import create_app
from masdar.web.desk import link

TRIES = 3
ALL = "since=&until="
PICTURES = ("timeline", "calendar", "network", "map", "dyad")


def addresses(view: View) -> Iterator[str]:
    """The pages to be timed."""
    keys = [key for key, _ in listed(view, Wanted(), 1)] + [key for key, _ in listed(view, Wanted(type="PER"), 1)]
    yield from ("/actors", "/actors?words=ال", "/stories", "/echoes", "/pictures/passages")
    for key in keys:
        yield from (link("actors", key), link("actors", key, part="done"))
        yield link("pictures", "passages", actor=key, since="") + "&until="
    for picture in PICTURES:
        yield f"/pictures/{picture}"
        yield from (f"/pictures/{picture}.json", f"/pictures/{picture}.json?{ALL}")
        yield f"/pictures/{picture}.json?{ALL}&level=countries"
    yield from (link(page, id) for page, id in largest(view))


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
            times = []
            for _ in range(TRIES):
                start = time.process_time()
                status = desk.get(address).status_code
                times.append((time.process_time() - start) * 1000)
            print(f"{min(times):7.0f} ms  {status}  {address}")


if __name__ == "__main__":
    main()
