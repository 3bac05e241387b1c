"""Adding articles at the desk: pasted, by address, as files, from feeds; what goes wrong is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from masdar.store import Store
from masdar.store.accounts import logged
from masdar.store.tables import articles, watches
from masdar.store.watches import due, watch
from masdar.types import Article
from masdar.web import jobs
from masdar.web.jobs import Jobs
from tests.web.conftest import Browser
from tests.web.stub import BROKEN, reading, until

TEXT = "الحكومة تعلن خطة جديدة\nأعلنت الحكومة اليوم خطة جديدة لإعادة بناء الجسور في البلاد قبل نهاية العام."


def job_after(browser: Browser, address: str, data: dict[str, object], **more: object) -> dict[str, Any]:
    """The job that a form began, when it is over."""
    page = browser.post(address, data, **more)
    assert page.status_code == 200, page.text
    return over(browser, str(page.url.path))


def over(browser: Browser, path: str) -> dict[str, Any]:
    """A job when it is over."""
    until(lambda: browser.get(f"{path}.json").json()["state"] not in ("waiting", "running"))
    return dict(browser.get(f"{path}.json").json())


def test_pasted_text_becomes_an_article(browser: Browser, store: Store) -> None:
    job = job_after(browser, "/add-articles/text", {"text": TEXT, "source": "وكالة", "published": "2031-01-05"})
    assert (job["state"], len(job["read"])) == ("done", 1)
    row = store.view().article(job["read"][0])
    assert row is not None and (row.text, row.source, row.title) == (TEXT, "وكالة", "الحكومة تعلن خطة جديدة")
    assert "add" in {action.what for action in logged(store.view(), 5)}
    again = job_after(browser, "/add-articles/text", {"text": TEXT, "source": "وكالة", "published": "2031-01-05"})
    assert (again["read"], again["known"]) == ([], job["read"])


def test_title_that_was_typed_heads_the_article_and_leads_to_it(browser: Browser) -> None:
    typed: dict[str, object] = {"text": TEXT, "title": "خطة <الجسور>"}
    page = browser.post("/add-articles/text", typed)
    job = over(browser, str(page.url.path))
    way = f'<a href="/articles/{job["read"][0]}"><bdi>خطة &lt;الجسور&gt;</bdi></a>'
    assert way in browser.get(str(page.url.path)).text
    shown = browser.get(f"/articles/{job['read'][0]}").text
    assert '<h1 class="heading" lang="ar" dir="rtl">خطة &lt;الجسور&gt;</h1>' in shown
    again = str(browser.post("/add-articles/text", typed).url.path)
    assert over(browser, again)["known"] == job["read"]
    assert way in browser.get(again).text


def test_title_that_begins_the_text_is_not_shown_twice(browser: Browser) -> None:
    job = job_after(browser, "/add-articles/text", {"text": f"  {TEXT}"})
    assert "<h1" not in browser.get(f"/articles/{job['read'][0]}").text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text": " "}, "There is no text"),
        ({"text": TEXT, "published": "gestern"}, "is no date"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "is no address"),
    ],
)
def test_what_is_typed_wrongly_is_said(browser: Browser, data: dict[str, object], told: str) -> None:
    answer = browser.post("/add-articles/text", data)
    assert answer.status_code == 400 and told in answer.text


def test_what_cannot_be_read_is_said(browser: Browser) -> None:
    job = job_after(browser, "/add-articles/text", {"text": f"{TEXT} {BROKEN}"})
    assert job["failed"] == 1 and "Write it anew" in job["errors"][0]
    foreign = job_after(browser, "/add-articles/text", {"text": "The government announced a new plan today. " * 5})
    assert foreign["failed"] == 1


def test_files_are_read_and_named_without_their_folder(browser: Browser) -> None:
    lines = "\n".join(json.dumps({"text": f"{TEXT} {n}", "id": f"f{n}"}, ensure_ascii=False) for n in range(3))
    files = [
        ("files", ("../../a.jsonl", lines.encode())),
        ("files", ("b.txt", TEXT.encode("cp1256"))),
        ("files", ("c.png", b"\x89PNG")),
    ]
    job = job_after(browser, "/add-articles/files", {}, files=files)
    assert len(job["read"]) == 4
    assert job["failed"] == 1 and job["errors"][0].startswith("3/c.png is of an unknown kind")


def test_large_uploads_are_refused_kindly(browser: Browser) -> None:
    answer = browser.post("/add-articles/files", {}, files=[("files", ("big.txt", b"x" * (11 * 1024 * 1024)))])
    assert answer.status_code == 413 and "masdar ingest" in answer.text
    assert browser.post("/add-articles/files", {}).status_code == 400


def test_ten_megabytes_are_taken(browser: Browser) -> None:
    line = json.dumps({"text": TEXT, "id": "x", "more": "y" * (10 * 1024 * 1024 - 500)}, ensure_ascii=False)
    job = job_after(browser, "/add-articles/files", {}, files=[("files", ("big.jsonl", line.encode()))])
    assert (job["state"], job["read"]) == ("done", ["x"])


def test_megabyte_on_one_line_can_be_pasted(browser: Browser) -> None:
    job = job_after(browser, "/add-articles/text", {"text": f"{TEXT} " + "ا" * 1_000_000})
    assert job["state"] == "done"
    assert browser.get(f"/articles/{job['read'][0]}").status_code == 200


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An address that gives an article; what was asked."""
    asked: list[str] = []

    def open_source(name: str, *_: object) -> Iterator[Article]:
        asked.append(name)
        yield Article(f"from-{name[-1]}", TEXT, url=name)

    monkeypatch.setattr(jobs, "open_source", open_source)
    return asked


def test_addresses_are_asked(browser: Browser, feed: list[str]) -> None:
    urls = "https://example.org/1\n https://example.org/2"
    job = job_after(browser, "/add-articles/addresses", {"urls": urls})
    assert job["read"] == ["from-1", "from-2"] and feed == urls.split()
    assert browser.post("/add-articles/addresses", {"urls": "file:///etc/passwd"}).status_code == 400
    assert browser.post("/add-articles/addresses", {"urls": "/etc/passwd"}).status_code == 400


def test_feeds_are_watched(browser: Browser, feed: list[str], store: Store) -> None:
    page = browser.post("/watches", {"url": "https://example.org/9", "minutes": "60"})
    assert "https://example.org/9" in page.text
    over(browser, "/jobs/1")
    assert feed == ["https://example.org/9"]
    moment = datetime.now(UTC)
    assert due(store.view(), moment) == []
    assert [one.name for one in due(store.view(), moment + timedelta(minutes=61))] == ["https://example.org/9"]
    browser.post("/watches/remove", {"name": "https://example.org/9"})
    assert store.view().rows(select(watches)) == []
    assert browser.post("/watches", {"url": "https://example.org/9", "minutes": "1"}).status_code == 400


def test_watches_whose_time_has_come_become_jobs_once(store: Store) -> None:
    line = Jobs(store, reading())
    with store.writer() as writer:
        watch(writer, "https://example.org/9", "هالة", 60)
    line.watch()
    line.watch()
    assert [job.title for job in line.all] == ["https://example.org/9"]


def test_a_job_can_be_stopped(store: Store) -> None:
    line = Jobs(store, reading())

    def endless(_memory: object) -> Iterator[Article]:
        n = 0
        while True:
            n += 1
            yield Article(f"endless-{n}", f"{TEXT} {n}")

    line.start()
    job = line.add("هالة", "بلا نهاية", [("endless", endless)])
    until(lambda: len(job.read) > 3)
    job.is_stopped = True
    until(lambda: job.is_over)
    line.stop()
    assert job.state == "stopped"
    saved = store.view().rows(select(articles.c.id).where(articles.c.id.like("endless-%")))
    assert len(saved) >= len(job.read) - 1


def test_articles_are_added_through_the_api(browser: Browser) -> None:
    answer = browser.client.post("/articles.json", json={"text": TEXT})
    assert over(browser, f"/jobs/{answer.json()['job']}")["state"] == "done"
    assert browser.client.post("/articles.json", json={"text": ""}).status_code == 400
    assert browser.get("/jobs/99.json").status_code == 404
