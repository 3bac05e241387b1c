"""Judging, changing and adding at the desk, and what becomes of it: history, figures, the training corpus."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from masdar.store import Store
from masdar.store.accounts import logged
from masdar.store.tables import reviews
from masdar.web.corpus import to_xml
from tests.store.records import TEXT, record, words
from tests.web.articles import articles
from tests.web.conftest import Browser
from training.authored import Reading


@pytest.fixture
def article(store: Store) -> str:
    """The id of the sample article."""
    with store.writer() as writer:
        writer.save(record("a1"))
    return "a1"


def say(desk: TestClient, item: str, verdict: str, layer: str = "quotations", **values: object) -> int:
    """Judge through the JSON API; how many rows it made."""
    said = {"article": "a1", "layer": layer, "item": item, "verdict": verdict, "values": values}
    answer = desk.post("/reviews.json", json=said)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["reviews"])


@pytest.mark.usefixtures("article")
def test_a_verdict_comes_back_as_its_card(browser: Browser) -> None:
    form = {"article": "a1", "layer": "quotations", "item": "Q1", "verdict": "reject"}
    card = browser.post("/reviews", dict(form), headers={"hx-request": "true"})
    assert card.status_code == 200
    assert card.text.lstrip().startswith('<li class="card') and 'data-state="reject"' in card.text
    page = browser.get("/articles/a1").text
    assert "is-reject" in page
    assert "is-reject" not in browser.get("/articles/a1?machine=1").text


@pytest.mark.usefixtures("article")
def test_fields_are_changed_by_the_form(browser: Browser, store: Store) -> None:
    form = browser.get("/edit?article=a1&item=Q1").text
    assert 'name="speakers" value="E3" checked' in form
    sent = {
        "article": "a1", "layer": "quotations", "item": "Q1", "verdict": "change", "note": "اللجنة لا الرجل",
        "has-speakers": "1", "speakers": "E1", "has-stance": "1", "stance": "accuse",
    }  # fmt: skip
    page = browser.post("/reviews", dict(sent)).text
    assert "اللجنة لا الرجل" in page
    (row,) = store.view().reviews("a1")
    assert (row.field, row.note) == ("speakers", "اللجنة لا الرجل")
    corrected = browser.get("/articles/a1.json?corrected=1").json()
    assert corrected["quotations"][0]["speakers"] == ["E1"]
    assert browser.get("/articles/a1.json").json()["quotations"][0]["speakers"] == ["E3"]


@pytest.mark.usefixtures("article")
def test_what_was_missed_is_added_by_its_words(browser: Browser) -> None:
    said = words(TEXT, "قرية النخيل الثلاثاء")
    form = browser.get(f"/add?article=a1&layer=quotations&words={said['text']}&start={said['start']}").text
    assert said["text"] in form
    sent = {
        "article": "a1", "layer": "quotations", "item": "", "verdict": "add", "has-contents": "1",
        "contents": said["text"], "start-contents": str(said["start"]), "has-stance": "1", "stance": "ask",
        "has-kind": "1", "kind": "direct", "has-speakers": "1", "speakers": "E2",
    }  # fmt: skip
    assert browser.post("/reviews", dict(sent)).status_code == 200
    added = browser.get("/articles/a1.json?corrected=1").json()["quotations"]
    assert [one["contents"] for one in added if one["stance"] == "ask"] == [[said]]


@pytest.mark.usefixtures("article")
def test_words_that_are_not_there_are_refused_with_a_reason(browser: Browser) -> None:
    sent = {"article": "a1", "layer": "events", "item": "V1", "verdict": "change", "has-trigger": "1", "trigger": "x"}
    answer = browser.post("/reviews", dict(sent), headers={"hx-request": "true"})
    assert answer.status_code == 400
    assert answer.text == "trigger: the words 'x' do not stand in the article. Copy them as they stand."


@pytest.mark.usefixtures("article")
def test_second_reader_does_not_see_the_first(desk: TestClient, store: Store) -> None:
    say(desk, "Q1", "reject")
    with store.writer() as writer:
        writer.connection.execute(update(reviews).values(who="somebody else"))
    assert "somebody else" in desk.get("/articles/a1").text
    assert "somebody else" not in desk.get("/articles/a1?blind=1").text
    say(desk, "Q1", "accept")
    assert desk.get("/checking.json").json()["disputed"][0]["item"] == "Q1"
    say(desk, "Q1", "settle", reader="somebody else")
    assert desk.get("/checking.json").json()["disputed"] == []
    assert len(desk.get("/articles/a1.json?corrected=1").json()["quotations"]) == 1


@pytest.mark.usefixtures("article")
def test_every_correction_is_in_the_history_and_the_log(desk: TestClient, store: Store) -> None:
    say(desk, "Q1", "change", stance="ask")
    say(desk, "V1", "accept", "events")
    rows = desk.get("/history.json?article=a1").json()["reviews"]
    assert [(row["item"], row["verdict"], row["field"], row["value"]) for row in rows] == [
        ("V1", "accept", None, None),
        ("Q1", "change", "stance", "ask"),
    ]
    assert "تصحيح" in desk.get("/history").text
    assert logged(store.view(), 1)[0].about == "a1 events V1 accept"


@pytest.mark.usefixtures("article")
def test_precision_and_recall_are_counted(desk: TestClient) -> None:
    say(desk, "Q1", "accept")
    say(desk, "Q2", "change", stance="ask")
    say(desk, "V1", "reject", "events")
    say(desk, "", "add", "events", type="ASSAULT", trigger=words(TEXT, "الاعتداء"))
    before = desk.get("/checking.json").json()["layers"]
    assert before["quotations"]["precision"]["value"] == 0.5
    assert before["events"]["recall"]["value"] is None
    say(desk, "article", "accept", "article")
    after = desk.get("/checking.json").json()["layers"]
    assert (after["quotations"]["recall"]["value"], after["events"]["missed"]) == (1.0, 1)
    assert after["quotations"]["fields"] == {"stance": 1}
    assert "50 %" in desk.get("/checking").text


def test_malformed_judgements_are_refused(desk: TestClient) -> None:
    said = {"article": "story-0-0", "layer": "quotations", "item": "Q1", "verdict": "shout"}
    answer = desk.post("/reviews.json", json=said)
    assert (answer.status_code, answer.json()["error"]["status"]) == (422, 422)


def read_back(xml: str, folder: Path) -> Reading:
    """A file of the corpus as its own tools read it."""
    file = folder / "article.xml"
    file.write_text(xml, "utf-8")
    return Reading(file)


def test_corrected_articles_are_read_back_by_the_corpus_tools(tmp_path: Path) -> None:
    for made in [record("a1"), *articles(20)]:
        reading = read_back(to_xml(made), tmp_path)
        assert reading.problems == []
        assert reading.text == made["document"]["text"]
        kept = reading.kept()
        assert [[(content["start"], content["end"]) for content in one["contents"]] for one in made["quotations"]] == [
            one["contents"] for one in kept["quotations"]
        ]
        assert [one["speakers"] for one in made["quotations"]] == [one["speakers"] for one in kept["quotations"]]
        events = [(one["type"], one["modes"], one["actors"], one["claimed_in"]) for one in made["events"]]
        assert events == [(one["type"], one["modes"], one["actors"], one["claimed_in"]) for one in kept["events"]]


def test_marks_that_cross_are_left_out_and_said(tmp_path: Path) -> None:
    made = record("a1")
    made["entities"][0]["mentions"].append(words(TEXT, "خالد إن جبهة") | {"form": "name"})
    xml = to_xml(made)
    assert "<!-- left out, since it crosses another: &lt;n" in xml
    assert read_back(xml, tmp_path).problems == []


def test_text_with_markup_and_control_characters_becomes_xml(tmp_path: Path) -> None:
    made = record("a", "قبل <script>&amp; \x07 بعد\r\nسطر", title="x", source='"<')
    assert read_back(to_xml(made), tmp_path).text == "قبل <script>&amp; \N{REPLACEMENT CHARACTER} بعد\r\nسطر"


@pytest.mark.usefixtures("article")
def test_articles_read_as_a_whole_are_had_together(desk: TestClient) -> None:
    assert "corpus.zip" not in desk.get("/corpus").text
    say(desk, "article", "accept", "article")
    assert "corpus.zip" in desk.get("/corpus").text
    names = zipfile.ZipFile(io.BytesIO(desk.get("/corpus.zip").content)).namelist()
    assert names == ["0001-a1.xml"]
