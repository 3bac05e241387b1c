"""Searching at the desk: hits, facets, addresses to share, saved searches, downloads."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import zipfile
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from masdar.exports.layers import LAYERS
from masdar.store import Store
from masdar.store.write import Saving
from masdar.types import Span
from masdar.web.language import words_of
from masdar.web.pieces import parts_of
from masdar.web.shown import percent
from tests.web.articles import story, told
from tests.web.conftest import Browser


def found(desk: TestClient, **asked: str) -> dict[str, Any]:
    """A page of hits."""
    answer = desk.get("/search.json", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_words_and_fields(desk: TestClient) -> None:
    hits = found(desk, q="type:ASSAULT claimed:yes")["hits"]
    assert hits and all(hit["about"]["type"] == "ASSAULT" and hit["about"]["claimed_in"] for hit in hits)
    page = desk.get("/search", params={"q": "بقافلة in:x"[:7], "in": "quotations"}).text
    assert 'class="focus sought"' in page


def test_events_are_shown_under_the_date_of_their_article_with_their_own_beside_it(
    desk: TestClient, store: Store
) -> None:
    late = told(story(1), 0)
    late["document"] |= {"id": "late", "published": "2031-12-24T08:00:00+03:00"}
    with store.writer() as writer:
        writer.save_all([Saving.of(late)])
    own = late["dates"][0]["value"]
    page = desk.get("/search", params={"q": f"from:{own} to:{own}", "in": "events"}).text
    hit = page.split('href="/articles/late#V1"')[1].split("</li>")[0]
    assert hit.index("2031-12-24") < hit.index("زمن الحدث") < hit.index(own)
    assert page.count('class="hit events') > page.count("زمن الحدث") == 1


def test_claimed_events_say_who_claims_them(desk: TestClient) -> None:
    hit = found(desk, q="type:ASSAULT claimed:yes")["hits"][0]
    (who,) = hit["claimants"]
    page = desk.get("/search", params={"q": "type:ASSAULT claimed:yes"}).text
    chip = page.split('class="chip claim"')[1].split("</span>")[0]
    assert "يقوله <a" in chip and who["name"] in chip and "يقوله أحد</span>" not in page
    address = chip.split('href="')[1].split('"')[0]
    actor = desk.get(address)
    assert actor.status_code == 200 and who["name"] in actor.text
    assert all(not hit["claimants"] for hit in found(desk, q="type:ASSAULT claimed:no")["hits"])


def test_quotations_and_events_say_how_sure_the_machine_is(desk: TestClient) -> None:
    for kind in ("quotations", "events"):
        hits = found(desk, q="النخيل" if kind == "events" else "الحوار", **{"in": kind})["hits"]
        page = desk.get("/search", params={"q": "النخيل" if kind == "events" else "الحوار", "in": kind}).text
        shown = [part.split("</span>")[1].split(">")[-1] for part in page.split('class="confidence"')[1:]]
        assert hits and shown == [percent(hit["about"]["confidence"]) for hit in hits]
    assert 'class="confidence"' not in desk.get("/search?q=الحوار&in=articles").text


def test_a_page_without_hits_says_in_which_letters_names_are_searched(desk: TestClient) -> None:
    assert "place:تدمر" in desk.get("/search?q=place:Mordor").text
    assert "place:تدمر" in desk.get("/search?q=entity:Nobody").text
    for place in ("Syria", "Aleppo", "Palmyra", "حلب"):
        assert "place:تدمر" not in desk.get("/search", params={"q": f"place:{place}"}).text


def test_each_condition_can_be_taken_off(desk: TestClient) -> None:
    actor = desk.get("/facets.json?in=events").json()["values"]["actor"][0]
    typed = f'قصف OR زارت -source:"قناة الهضبة" {actor["query"]} type:ASSAULT,AID from:2031-03'
    answer = desk.get("/search", params={"q": typed, "in": "events", "titles": "1"})
    listed = answer.text.split('class="conditions"')[1].split("</ul>")[0].split("<li ")[1:]
    assert [re.sub(r"<a .*?</a>|<[^>]*>|^[^>]*>", "", one).strip() for one in listed] == [
        "قصف أو زارت",
        "ليس المصدر: قناة الهضبة",
        f"الفاعل: {actor['name']}",
        f"نوع الحدث: {words_of('ar')('type.ASSAULT')} أو {words_of('ar')('type.AID')}",
        "من: 2031-03",
    ]
    links = [parse_qs(urlsplit(unescape(one.split('href="')[1].split('"')[0])).query) for one in listed]
    assert all(asked["in"] == ["events"] and asked["titles"] == ["1"] for asked in links)
    rest = [asked["q"][0] for asked in links]
    assert rest[0] == typed.removeprefix("قصف OR زارت ") and rest[-1] == typed.removesuffix(" from:2031-03")
    assert rest[2] == 'قصف OR زارت -source:"قناة الهضبة" type:ASSAULT,AID from:2031-03'
    assert 'class="conditions"' not in desk.get("/search?in=events").text


def test_hits_are_counted_in_words_that_agree(desk: TestClient) -> None:
    hits = desk.get("/facets.json?in=events&q=type:AID").json()["counted"]["hits"]
    status = [desk.get("/search", params={"q": q, "in": "events"}).text for q in ("type:AID", "لاشيءهنا")]
    shown = [page.split('role="status">')[1].split("</p>")[0] for page in status]
    assert shown == [words_of("ar").count("events", hits), "لا أحداث"]


def test_titles_of_articles_stand_at_the_side_of_their_passage(desk: TestClient) -> None:
    desk.cookies.set("language", "en")
    page = desk.get("/search", params={"q": "قوات", "in": "articles"}).text
    assert 0 < page.count('<h2 lang="ar" dir="rtl">') == page.count('<p class="passage" lang="ar" dir="rtl">')


def test_pages_follow_each_other(desk: TestClient) -> None:
    first = found(desk, q="type:AID")
    second = found(desk, q="type:AID", after=first["next"])
    ids = {hit["id"] for hit in first["hits"]}
    assert len(ids) == 25 and not ids & {hit["id"] for hit in second["hits"]}


def test_what_cannot_be_understood_is_said(desk: TestClient) -> None:
    answer = desk.get("/search?q=type:NONSENSE")
    assert answer.status_code == 400 and "type is one of" in answer.text
    assert "type is one of" in desk.get("/search.json?q=type:NONSENSE").json()["error"]["message"]


def test_detailed_form_becomes_an_address_to_share(desk: TestClient) -> None:
    answer = desk.get("/search?q=حوار&with-type=AID&with-source=قناة الهضبة", follow_redirects=False)
    assert answer.status_code == 303
    shared = desk.get(answer.headers["location"])
    assert 'value="حوار source:&#34;قناة الهضبة&#34; type:AID"' in shared.text


def test_facets_narrow(desk: TestClient) -> None:
    spread = desk.get("/facets.json?in=events").json()
    assert spread["counted"]["hits"] == sum(value["hits"] for value in spread["values"]["type"])
    outlet = spread["values"]["source"][0]
    narrowed = desk.get("/facets.json", params={"in": "events", "q": outlet["query"]}).json()
    assert narrowed["counted"]["hits"] == outlet["hits"]


def test_nearness_in_meaning_needs_vectors_and_says_so(desk: TestClient) -> None:
    answer = desk.get("/search?in=articles&like=story-0-0")
    assert answer.status_code == 400 and "masdar ingest --again" in answer.text


def test_searches_are_saved_for_oneself(browser: Browser) -> None:
    page = browser.post("/searches", {"name": "غارات <b>", "query": "q=type%3AASSAULT&in=events"}).text
    assert 'href="/search?q=type%3AASSAULT&amp;in=events"' in page and "غارات &lt;b&gt;" in page
    number = browser.get("/searches.json").json()["searches"][0]["number"]
    browser.post("/searches/remove", {"number": str(number)})
    assert browser.get("/searches.json").json() == {"searches": []}


@pytest.mark.parametrize("form", ["jsonl", "plover", "polecat", "gdelt", "gdelt-mentions", "csv", "parquet"])
def test_downloads_in_every_format(desk: TestClient, form: str) -> None:
    answer = desk.get("/download", params={"q": "type:ASSAULT from:2031-06", "format": form})
    assert answer.status_code == 200 and answer.content
    assert f"masdar-{form}" in answer.headers["content-disposition"]


def test_download_holds_what_was_found(desk: TestClient) -> None:
    asked = {"q": "type:ASSAULT from:2031-06", "format": "jsonl"}
    records = [json.loads(line) for line in desk.get("/download", params=asked).text.splitlines()]
    assert records and {event["type"] for record in records for event in record["events"]} == {"ASSAULT"}
    whole = [json.loads(line) for line in desk.get("/download", params=asked | {"only": "0"}).text.splitlines()]
    assert len(whole) == len(records)
    assert {event["type"] for record in whole for event in record["events"]} > {"ASSAULT"}
    bare = desk.get("/download", params=asked | {"text": "0"}).text
    assert all(json.loads(line)["document"]["text"] is None for line in bare.splitlines())
    packed = zipfile.ZipFile(io.BytesIO(desk.get("/download", params=asked | {"format": "csv"}).content))
    rows = list(csv.DictReader(io.StringIO(packed.read("events.csv").decode("utf-8-sig"))))
    assert len(rows) == sum(len(record["events"]) for record in records)


def test_tables_open_in_excel(desk: TestClient) -> None:
    asked = {"q": "type:ASSAULT from:2031-06", "format": "csv"}
    packed = zipfile.ZipFile(io.BytesIO(desk.get("/download", params=asked).content))
    headers = {f"{layer.name}.csv": [column.name for column in layer.columns] for layer in LAYERS}
    for name, header in (headers | {"columns.csv": ["table", "column", "kind", "about"]}).items():
        written = packed.read(name)
        assert written.startswith(codecs.BOM_UTF8) and written.count(codecs.BOM_UTF8) == 1
        assert next(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == header
    picture = desk.get("/pictures/timeline.csv").content
    assert picture.startswith(codecs.BOM_UTF8) and "type" in next(csv.reader(io.StringIO(picture.decode("utf-8-sig"))))


def test_passages_are_cut_around_what_was_looked_for() -> None:
    words = "قبل " * 100 + "هنا الكلمة " + "بعد " * 200
    at = words.index("الكلمة")
    parts = parts_of(words, 1000, [], [Span(1000 + at, 1000 + at + 6)])
    assert [part.text for part in parts if part.look == "hit"] == ["الكلمة"]
    assert parts[0].text == "… " and parts[-1].text == " …"
    assert sum(len(part.text) for part in parts) < 600
