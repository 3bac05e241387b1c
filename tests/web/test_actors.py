"""People and bodies: the list, the page of each, merging, splitting, taking back."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from masdar.store import Store
from masdar.store.accounts import Person, Role, put_user
from masdar.web.passwords import hashed
from tests.web.conftest import Browser

STATE, OTHER = "GPE:XAA:سهلستان", "GPE:XBB:ريفانيا"


def keys(desk: TestClient, words: str = "") -> list[str]:
    """The keys of the list."""
    return [actor["key"] for actor in desk.get("/actors.json", params={"words": words}).json()["actors"]]


def test_list_searches_names(desk: TestClient) -> None:
    assert {STATE, OTHER} <= set(keys(desk))
    assert keys(desk, "سَهلستان") == [STATE]
    page = desk.get("/actors", params={"words": "سهلستان", "type": "GPE"}).text
    assert "سهلستان" in page and "ريفانيا" not in page
    assert keys(desk, "<script>") == []


def test_list_goes_on(desk: TestClient) -> None:
    first = desk.get("/actors.json").json()
    second = desk.get("/actors.json", params={"after": first["next"]}).json()
    found = [actor["key"] for page in (first, second) for actor in page["actors"]]
    assert len(found) == len(set(found)) > 50
    assert desk.get("/actors.json?after=x,y").status_code == 400


def test_page_says_who_said_what_and_did_what(desk: TestClient) -> None:
    person = next(key for key in keys(desk) if key.startswith("PER:"))
    page = desk.get(f"/actors/{person}").text
    assert page.count('<li class="passage') > 0 and 'class="bars"' in page and "stance-" in page
    assert desk.get(f"/actors/{STATE}", params={"part": "done"}).text.count('<li class="passage') == 12
    assert desk.get(f"/actors/{STATE}", params={"part": "suffered"}).text.count('<li class="passage') == 12
    data = desk.get(f"/actors/{STATE}.json").json()
    assert data["to"] and data["by"] and data["with"] and data["done"]
    assert data["actor"]["name"] == "سهلستان"


def test_what_they_said_by_stance_and_topic(desk: TestClient) -> None:
    def said(key: str, **query: str) -> list[str]:
        page = desk.get(f"/actors/{key}", params=query).text
        return [part.split("</mark>")[0] for part in page.split("<mark>")[1:]]

    person = next(key for key in keys(desk) if key.startswith("PER:"))
    stance = desk.get(f"/actors/{person}.json").json()["said"][0]["types"].popitem()[0]
    assert 0 < len(said(person, stance=stance)) <= len(said(person))
    word = said(person)[0].split()[-1]
    about = said(person, topic=word)
    assert about and all(word in words for words in about)
    assert said(person, topic="قرنبيط") == []


def test_nobody(desk: TestClient) -> None:
    assert desk.get("/actors/Q1").status_code == 404
    assert desk.get("/actors/Q1.json").json()["error"]["status"] == 404


def test_merge_split_and_take_back(browser: Browser) -> None:
    data: dict[str, object] = {"left": STATE, "right": "ريفانيا", "is_same": "yes", "reason": "خبر <b>قديم</b>"}
    assert browser.post("/actors/decide", data).status_code == 200
    merged = browser.get(f"/actors/{STATE}.json").json()
    assert set(merged["keys"]) == {STATE, OTHER}
    page = browser.get(f"/actors/{OTHER}").text
    assert "قديم" in page and "<b>قديم" not in page
    assert merged == browser.get(f"/actors/{OTHER}.json").json()
    browser.post("/actors/decide", {"left": STATE, "right": OTHER, "is_same": "no"})
    parted = browser.get(f"/actors/{STATE}.json").json()
    assert parted["keys"] == [STATE] and [one["is_same"] for one in parted["decisions"]] == [False, True]


@pytest.mark.parametrize("right", ["", "لا أحد بهذا الاسم", STATE])
def test_what_cannot_be_merged(browser: Browser, right: str) -> None:
    assert browser.post("/actors/decide", {"left": STATE, "right": right, "is_same": "yes"}).status_code == 400


def test_readers_decide_nothing(browser: Browser, store: Store) -> None:
    with store.writer() as writer:
        put_user(writer, Person("قارئة", Role.READER), hashed("كلمة سر طويلة"), "test")
    browser.post("/sign-in", {"name": "قارئة", "password": "كلمة سر طويلة", "to": "/"})
    assert "/actors/decide" not in browser.get(f"/actors/{STATE}").text
    assert browser.post("/actors/decide", {"left": STATE, "right": OTHER, "is_same": "yes"}).status_code == 403


def test_suggestions(desk: TestClient) -> None:
    assert desk.get("/actors/suggest.json", params={"words": "سهل"}).json()["names"] == ["سهلستان"]
    found = desk.get("/actors/suggest.json", params={"words": "سور", "level": "countries"}).json()["names"]
    assert "سوريا" in found
