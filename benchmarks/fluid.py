"""How fluid the map and the network stay with many marks, in a real Chromium.

    python -m benchmarks.fluid

A store of few articles is served; the browser gets made-up marks instead of its own (spots all over the Middle East,
pairs of made-up parties), drags the picture about for some seconds and turns the wheel. Counted are the frames, how
long the page's own thread works for each, and its tasks over 50 ms, which are what a hand feels. Chromium runs as on a
machine without a graphics card, where the processor paints, so frames are those of the worst machine.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import CDPSession, Page, Route, sync_playwright

from benchmarks.articles import Json, load_golden, to_article
from masdar.reader import Reader
from masdar.store import Store, open_store
from masdar.store.write import Saving
from tests.web.chromium import CHROMIUM, served

MARKS = (500, 5_000)
NO_CARD = ["--no-sandbox", "--disable-gpu"]  # what Chromium does by itself where there is no graphics card
SHARE_OF_PAIRS = 0.7  # of a network's marks; the others are the parties
SECONDS = 4.0
WATCH = """() => {
  window.frames_seen = []; window.long_tasks = [];
  const seen = (now) => { window.frames_seen.push(now); window.watching = requestAnimationFrame(seen); };
  window.watching = requestAnimationFrame(seen);
  const note = (list) => window.long_tasks.push(...list.getEntries().map((task) => task.duration));
  window.watcher = new PerformanceObserver(note);
  window.watcher.observe({ type: "longtask" });
}"""
ALL_PAIRS = """(count) => {
  const slider = document.getElementById("strongest");
  slider.max = count;
  slider.value = count;
  slider.dispatchEvent(new Event("change"));
}"""
SEEN = """() => {
  cancelAnimationFrame(window.watching); window.watcher.disconnect();
  return { frames: window.frames_seen, long: window.long_tasks };
}"""


def spots(count: int, chance: random.Random) -> Json:
    """A map's data: spots of events, no two in one place."""
    made = [
        {
            "lat": round(chance.uniform(12, 42), 4), "lon": round(chance.uniform(-10, 62), 4), "name": f"موضع {number}",
            "country": "SYR", "resolution": "city", "count": chance.randint(1, 60), "claimed": chance.randint(0, 3),
            "first": "2018-01-01", "last": "2018-06-30", "quads": [0, 2, 3, 4, 5],
            "types": {"ASSAULT": 4, "CONSULT": 3}, "claimed_by": [], "claimants": [],
        }
        for number in range(count)
    ]  # fmt: skip
    return {"events": sum(spot["count"] for spot in made), "is_cut": False, "spots": made}


def pairs(count: int, chance: random.Random) -> Json:
    """A network's data: pairs of parties, a few of which have most of the pairs."""
    edges, parties = int(count * SHARE_OF_PAIRS), int(count * (1 - SHARE_OF_PAIRS))
    made = []
    for number in range(edges):
        actor, recipient = number % parties, int(parties * chance.random() ** 3)
        made.append(
            {
                "actor": f"k{actor}", "recipient": f"k{recipient if recipient != actor else (actor + 1) % parties}",
                "count": 1 + int(200 / (1 + number)), "claimed": number % 2, "score": chance.uniform(-8, 8),
                "types": {"ACCUSE": 2, "CONSULT": 1},
            }
        )  # fmt: skip
    names = {f"k{number}": f"جهة {number}" for number in range(parties)}
    return {"is_cut": False, "names": names, "edges": made}


MADE = {"map": spots, "network": pairs}


def small_store(folder: Path) -> Store:
    """A store of the golden articles."""
    reader, store = Reader.load(), open_store(str(folder / "news.db"), create=True)
    with store.writer() as writer:
        writer.save_all(Saving.of(reader.read(to_article(one))) for one in load_golden())
    return store


def measured(page: Page, name: str, count: int) -> Json:
    """One picture with so many marks, dragged and zoomed."""
    data = json.dumps(MADE[name](count, random.Random(1)))

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body=data)

    page.route(f"**/pictures/{name}.json*", answer)
    began = time.monotonic()
    page.goto(f"/pictures/{name}?since=&until=")
    while not page.evaluate("!!window.drawn"):  # wait_for_function would need eval, which the page forbids
        page.wait_for_timeout(100)
    if name == "network":  # as many as there are: the slider of the page ends earlier
        page.evaluate(ALL_PAIRS, count)
    ready = time.monotonic() - began
    page.wait_for_timeout(3_000)
    box = page.locator("#picture").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    busy = busy_seconds(session)
    page.evaluate(WATCH)
    page.mouse.move(x, y)
    for _ in moments():
        page.mouse.down()
        for step in range(20):
            page.mouse.move(x + 8 * step, y + 4 * step)
        page.mouse.up()
        page.mouse.move(x, y)
        page.mouse.wheel(0, -120)
        page.mouse.wheel(0, 120)
    seen = page.evaluate(SEEN)
    busy = busy_seconds(session) - busy
    session.detach()
    page.unroute(f"**/pictures/{name}.json*")
    gaps = sorted(b - a for a, b in zip(seen["frames"], seen["frames"][1:], strict=False))
    return {
        "marks": count,
        "drawn after s": round(ready, 1),
        "frames a second": round(1000 * len(gaps) / sum(gaps), 1),
        "page's own thread ms a frame": round(1000 * busy / len(gaps), 1),
        "gap of 95 in 100 frames ms": round(gaps[int(0.95 * len(gaps))]),
        "long tasks a second": round(1000 * len(seen["long"]) / sum(gaps), 1),
        "longest task ms": round(max(seen["long"], default=0)),
    }


def busy_seconds(session: CDPSession) -> float:
    """How long the page's own thread has worked: script, style, layout and the orders of what to paint."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def moments() -> Iterator[float]:
    """Again and again, until the time is over."""
    end = time.monotonic() + SECONDS
    while (now := time.monotonic()) < end:
        yield now


def main() -> None:
    if CHROMIUM is None:
        raise SystemExit("Chromium is not installed")
    with (
        tempfile.TemporaryDirectory() as folder,
        small_store(Path(folder)) as store,
        served(store) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=NO_CARD)
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.set_default_timeout(120_000)
        for name in MADE:
            for count in MARKS:
                print(name, json.dumps(measured(page, name, count)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
