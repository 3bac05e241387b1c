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


def person(desk: TestClient) -> str:
    """Somebody of two names whom several articles mention."""
    return next(key for key in keys(desk) if key.startswith("PER:"))


def mentioned(desk: TestClient, key: str) -> list[str]:
    """The articles that mention somebody, page after page."""
    found, after = [], ""
    while after is not None:
        page = desk.get("/actors/articles.json", params={"actor": key, "after": after}).json()
        found += [one["article"] for one in page["articles"]]
        after = page["next"]
    return found


def test_another_one_of_the_name_is_split_off_and_taken_back(browser: Browser) -> None:
    key = person(browser.client)
    every = mentioned(browser.client, key)
    assert len(every) == len(set(every)) == browser.get(f"/actors/{key}.json").json()["actor"]["count"]
    page = browser.get("/actors/articles", params={"actor": key}).text
    assert page.count('type="checkbox"') == min(len(every), 50)
    data: dict[str, object] = {"actor": key, "article": every[:2], "label": "الشاعر <b>", "reason": "لقب"}
    answer = browser.post("/actors/split", data)
    other = f"{key}~الشاعر b"
    assert answer.status_code == 200 and "(الشاعر b)" in answer.text
    assert mentioned(browser.client, other) == every[:2] and mentioned(browser.client, key) == every[2:]
    new, old = (browser.get(f"/actors/{one}.json").json() for one in (other, key))
    assert new["actor"]["count"] == 2 and old["actor"]["count"] == len(every) - 2
    assert new["splits"] == old["splits"] and new["splits"][0]["reason"] == "لقب"
    assert keys(browser.client, "الشاعر") == [other]
    found = browser.get("/search.json", params={"q": f'speaker="{other}"', "kind": "quotations"}).json()
    assert {hit["article"] for hit in found["hits"]} <= set(every[:2])
    undone = browser.post("/actors/rejoin", {"number": new["splits"][0]["number"], "reason": "خطأ"})
    assert undone.status_code == 200 and mentioned(browser.client, key) == every
    assert [act["reason"] for act in browser.get(f"/actors/{key}.json").json()["splits"]] == ["خطأ", "لقب"]
    assert browser.get(f"/actors/{other}").status_code == 404
    assert "split actor" in browser.get("/log").text


def test_who_was_split_off_is_put_back_article_by_article(browser: Browser) -> None:
    key = person(browser.client)
    every = mentioned(browser.client, key)
    browser.post("/actors/split", {"actor": key, "article": every[:2], "label": "الشاعر"})
    other = f"{key}~الشاعر"
    assert "ليس «الشاعر»" in browser.get("/actors/articles", params={"actor": other}).text
    browser.post("/actors/split", {"actor": other, "article": every[0], "to": "name"})
    assert (mentioned(browser.client, other), len(mentioned(browser.client, key))) == ([every[1]], len(every) - 1)


@pytest.mark.parametrize(
    "data", [{"label": ""}, {"label": "الشاعر"}, {"label": "~", "article": "x"}, {"label": "ش" * 50}]
)
def test_what_cannot_be_split_off(browser: Browser, data: dict[str, object]) -> None:
    assert browser.post("/actors/split", {"actor": person(browser.client)} | data).status_code == 400
    assert browser.post("/actors/rejoin", {"number": "9"}).status_code == 400
    assert browser.post("/actors/rejoin", {"number": "x"}).status_code == 400


def test_nobody_has_no_articles(desk: TestClient) -> None:
    assert desk.get("/actors/articles", params={"actor": "Q1"}).status_code == 404
    assert desk.get("/actors/articles.json", params={"actor": "Q1"}).json() == {"articles": [], "next": None}
    assert desk.get("/actors/articles.json", params={"actor": STATE, "after": "x"}).status_code == 400
