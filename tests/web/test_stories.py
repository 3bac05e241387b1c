"""Stories side by side and echoes aligned; splitting and joining."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from masdar.store import Store, open_store
from masdar.store.connect import alone
from masdar.store.join import join_all
from masdar.store.plan import begin, plan_of
from masdar.store.tables import decisions
from masdar.store.write import Saving
from masdar.web.app import create_app
from masdar.web.language import words_of
from tests.web.articles import articles
from tests.web.conftest import BASE, Browser
from tests.web.stub import reading


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


@pytest.mark.parametrize("what", ["stories", "echoes"])
def test_a_join_that_never_ran_is_running_or_was_stopped_is_said(tmp_path: Path, what: str) -> None:
    t = words_of("ar")
    with open_store(str(tmp_path / "new.db"), create=True) as opened:
        with opened.writer() as writer:
            writer.save_all(Saving.of(record) for record in articles(20))
        with TestClient(create_app(opened, reading()), base_url=BASE, headers={"accept": "text/html"}) as desk:
            assert t("joining.never") in desk.get(f"/{what}").text
            with alone(opened.url, opened.writing, "join"):
                assert t("joining.running") in desk.get(f"/{what}").text
            with opened.writer() as writer:
                begin(writer.connection, plan_of(writer.connection, again=False))
            assert t("joining.stopped") in desk.get(f"/{what}").text
            join_all(opened)
            page = desk.get(f"/{what}").text
    assert not [state for state in ("never", "running", "stopped") if t(f"joining.{state}") in page]


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
    assert told(browser, "stories", reports[1]) == [reports[1]]  # at once
    assert reports[1] not in told(browser, "stories", reports[0])
    join_all(store)
    assert reports[1] not in told(browser, "stories", reports[0])
    page = browser.get(f"/stories/{quote(reports[0], safe='')}").text
    assert "يوم آخر" in page and page.count('class="undo"') == 1
    browser.post("/stories/decide", sent | {"is_same": "yes"})
    assert told(browser, "stories", reports[0]) == reports
    page = browser.get(f"/stories/{quote(reports[0], safe='')}").text
    assert page.count("يوم آخر") == 2 and page.count('class="undo"') == 1


def told(browser: Browser, what: str, id: str) -> list[str]:
    """The reports of a story, or the wordings of an echo."""
    data = browser.get(f"/{what}/{quote(id, safe='')}.json").json()
    return [one["id"] for one in data["reports" if what == "stories" else "quotations"]]


def test_a_decision_that_must_wait_says_so(browser: Browser) -> None:
    id = first(browser, "stories")
    answer = browser.post("/stories/decide", {"left": id, "right": "nothing#V1", "is_same": "yes"})
    assert "masdar join" in answer.text and 'role="status"' in answer.text


def test_stories_are_joined_by_address(browser: Browser, store: Store) -> None:
    ids = [story["id"] for story in browser.get("/stories.json?sources=1").json()["stories"]][:2]
    address = f"http://127.0.0.1:8000/stories/{quote(ids[1], safe='')}"
    assert browser.post("/stories/decide", {"left": ids[0], "right": address, "is_same": "yes"}).status_code == 200
    (row,) = store.view().rows(select(decisions))
    assert (row.left, row.right, row.is_same) == (ids[0], ids[1], True)
    assert set(ids) <= set(told(browser, "stories", ids[0]))


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
    assert told(browser, "echoes", later) == [later] and later not in told(browser, "echoes", id)
    browser.post("/echoes/decide", {"left": later, "right": id, "is_same": "yes"})
    assert later in told(browser, "echoes", id)


def test_a_lone_quotation_has_a_page_to_join_it_from(browser: Browser) -> None:
    id = first(browser, "echoes")
    browser.post("/echoes/decide", {"left": (later := told(browser, "echoes", id)[1]), "right": id, "is_same": "no"})
    page = browser.get(f"/echoes/{quote(later, safe='')}").text
    assert 'action="/echoes/decide"' in page and 'class="undo"' in page
