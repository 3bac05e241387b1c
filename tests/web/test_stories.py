"""Stories side by side and echoes aligned; splitting and joining."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from masdar.store import Store, open_store
from masdar.store.join import join_all
from masdar.store.tables import decisions
from masdar.store.write import Saving
from tests.web.articles import articles
from tests.web.conftest import Browser


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of some articles in which stories and echoes were found."""
    with open_store(str(tmp_path / "news.db"), create=True) as opened:
        with opened.writer() as writer:
            writer.save_all(Saving.of(record) for record in articles(20))
        join_all(opened)
        yield opened


def first(desk: TestClient | Browser, what: str) -> str:
    """The id of the first story or echo of several outlets."""
    return str(desk.get(f"/{what}.json").json()[what][0]["id"])


def test_stories_are_listed(desk: TestClient) -> None:
    found = desk.get("/stories.json").json()["stories"]
    assert found and all(story["sources"] >= 2 for story in found)
    page = desk.get("/stories").text
    assert page.count("<mark>") == len(found)
    assert desk.get("/stories", params={"since": "2099-01-01"}).text.count("<mark>") == 0
    assert desk.get("/stories.json?sources=0").status_code == 422


def test_a_story_side_by_side(desk: TestClient) -> None:
    id = first(desk, "stories")
    page = desk.get(f"/stories/{quote(id, safe='')}").text
    data = desk.get(f"/stories/{quote(id, safe='')}.json").json()
    assert len(data["reports"]) >= 2
    for report in data["reports"]:
        assert report["source"] in page and report["id"] in page
    assert set(data["left_out"]) == {report["source"] for report in data["reports"]}
    assert data["facts"]["who"] and 'class="has"' in page
    assert desk.get("/stories/nothing%23V1").status_code == 404


def test_a_report_is_split_off(browser: Browser, store: Store) -> None:
    id = first(browser, "stories")
    reports = [one["id"] for one in browser.get(f"/stories/{quote(id, safe='')}.json").json()["reports"]]
    sent: dict[str, object] = {
        "left": reports[1],
        "right": reports[0],
        "is_same": "no",
        "back": id,
        "reason": "يوم آخر",
    }
    answer = browser.post("/stories/decide", sent)
    assert answer.status_code == 200 and 'role="status"' in answer.text
    (row,) = store.view().rows(select(decisions))
    assert (row.layer, row.left, row.right, row.is_same, row.reason) == (
        "story",
        reports[1],
        reports[0],
        False,
        "يوم آخر",
    )
    join_all(store)
    page = browser.get(f"/stories/{quote(reports[0], safe='')}.json")
    left = [one["id"] for one in page.json()["reports"]] if page.status_code == 200 else []
    assert reports[1] not in left


def test_stories_are_joined_by_address(browser: Browser, store: Store) -> None:
    ids = [story["id"] for story in browser.get("/stories.json?sources=1").json()["stories"]][:2]
    address = f"http://127.0.0.1:8000/stories/{quote(ids[1], safe='')}"
    assert browser.post("/stories/decide", {"left": ids[0], "right": address, "is_same": "yes"}).status_code == 200
    (row,) = store.view().rows(select(decisions))
    assert (row.left, row.right, row.is_same) == (ids[0], ids[1], True)


@pytest.mark.parametrize("right", ["", "قصة", "a#", "#V1"])
def test_what_names_no_story(browser: Browser, right: str) -> None:
    assert browser.post("/stories/decide", {"left": "a#V1", "right": right, "is_same": "yes"}).status_code == 400


def test_echoes_are_listed_and_aligned(desk: TestClient) -> None:
    found = desk.get("/echoes.json").json()["echoes"]
    assert found and all(len(echo["outlets"]) >= 2 for echo in found)
    assert found[0]["content"][:40] in desk.get("/echoes").text
    id = found[0]["id"]
    page = desk.get(f"/echoes/{quote(id, safe='')}").text
    data = desk.get(f"/echoes/{quote(id, safe='')}.json").json()
    assert page.count('<li id="') == len(data["quotations"]) - 1 >= 1
    assert data["quotations"][0]["steps"] == [] and data["quotations"][1]["steps"]
    assert desk.get("/echoes/nothing%23Q1.json").status_code == 404
    assert desk.get("/echoes.json?after=a,b,c").status_code == 400


def test_a_wording_is_split_off(browser: Browser, store: Store) -> None:
    id = first(browser, "echoes")
    later = browser.get(f"/echoes/{quote(id, safe='')}.json").json()["quotations"][1]["id"]
    assert browser.post("/echoes/decide", {"left": later, "right": id, "is_same": "no"}).status_code == 200
    (row,) = store.view().rows(select(decisions))
    assert (row.layer, row.left, row.right, row.is_same) == ("echo", later, id, False)
