"""Reading an article at the desk: marks, cards, and texts that mean harm."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import masdar.web
from masdar.store import Store
from masdar.web.desk import link
from masdar.web.marks import Line, Mark, lines_of
from tests.store.records import record, words
from tests.web.articles import articles

NASTY = (
    '<script>alert(1)</script> قال "مسؤول" إن '
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe\N{POP DIRECTIONAL FORMATTING} & 'شيء'\x07"
)


def pieces(lines: list[Line]) -> list[tuple[int, str, str]]:
    """Where each piece starts, its words, the items over it."""
    return [(piece.start, piece.text, piece.items) for line in lines for piece in line.pieces]


def test_overlapping_marks_cut_the_text_at_every_boundary() -> None:
    article = record("a", "قال زيد إن عمرا وصل")
    said, name, verb = (words("قال زيد إن عمرا وصل", sought) for sought in ("عمرا وصل", "عمرا", "وصل"))
    marks = [
        Mark(said["start"], said["end"], "Q1", "content", "said"),
        Mark(name["start"], name["end"], "E1", "mention", "entity"),
        Mark(verb["start"], verb["end"], "V1", "trigger", "event"),
    ]
    found = pieces(lines_of(article, marks))
    assert [(text, items) for _, text, items in found] == [
        ("قال زيد إن ", ""),
        ("عمرا", "E1 Q1"),
        (" ", "Q1"),
        ("وصل", "V1 Q1"),
    ]


def test_english_pages_separate_with_their_own_comma(desk: TestClient) -> None:
    desk.cookies.set("language", "en")
    actor = desk.get("/actors.json?type=GPE").json()["actors"][0]["key"]
    counted = re.search(r'title="[^"]*">([^<]*\d, [^<]*)</a>', desk.get(link("actors", actor)).text)
    assert counted and "،" not in counted[1]


def test_arabic_is_aligned_to_the_right_in_english_too() -> None:
    sheets = (Path(masdar.web.__file__).parent / "static").glob("*.css")
    assert not [sheet.name for sheet in sheets if "text-align: left" in sheet.read_text("utf-8")]


def test_a_day_beside_arabic_words_is_not_turned(desk: TestClient) -> None:
    assert re.search(r'<bdi>\w+</bdi> \(<bdi dir="ltr">2031-03-03</bdi>\)', desk.get("/articles/story-0-0").text)


def test_only_the_words_of_a_dateline_are_played_down() -> None:
    text = "عنوان\nدبي (CNN)-- قال الوزير إن الجسر سيفتح غدا"
    article = record("a", text)
    bounds = (("title", 0, 5), ("dateline", 6, 17), ("body", 18, len(text)))
    article["document"]["zones"] = [{"kind": kind, "start": start, "end": end} for kind, start, end in bounds]
    verb = words(text, "قال")
    lines = lines_of(article, [Mark(verb["start"], verb["end"], "V1", "trigger", "event")])
    assert [line.zone for line in lines] == ["title", "body"]
    assert [piece.zone for piece in lines[1].pieces] == ["dateline", "", "", ""]
    assert lines[1].pieces[0].text == "دبي (CNN)--"
    assert {piece.zone for piece in lines[0].pieces} == {""}


def test_no_letter_is_lost_or_moved() -> None:
    for article in articles(12):
        text = article["document"]["text"]
        found = pieces(lines_of(article))
        assert all(text.startswith(piece, start) for start, piece, _ in found)
        assert "".join(piece for _, piece, _ in found) == text.replace("\n", "")


def test_marks_outside_the_text_do_no_harm() -> None:
    article = record("a", "قصير")
    assert pieces(lines_of(article, [Mark(2, 99, "Q1", "content", ""), Mark(3, 3, "Q2", "content", "")]))


def test_controls_of_direction_are_shown_and_not_obeyed() -> None:
    line = lines_of(record("a", "قبل \N{RIGHT-TO-LEFT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}بعد"), [])[0]
    assert [(piece.text, piece.hidden) for piece in line.pieces] == [
        ("قبل ", ""),
        ("", "RIGHT-TO-LEFT OVERRIDE × 2"),
        ("بعد", ""),
    ]


def test_article_of_a_million_hidden_characters_is_shown_at_once() -> None:
    lines = lines_of(record("a", "\N{RIGHT-TO-LEFT OVERRIDE}" * 1_000_000), [])
    assert len(lines[0].pieces) == 1


def test_article_shows_what_was_found(desk: TestClient) -> None:
    page = desk.get("/articles/story-0-0").text
    assert 'class="m event claimed' in page and 'class="m event told' in page
    assert 'class="zone-boilerplate"' in page
    assert page.count('<li class="card') == 12
    assert desk.get("/articles/story-0-0.json").json()["document"]["id"] == "story-0-0"
    assert desk.get("/articles/none").status_code == 404
    assert desk.get("/articles/none.json").json() == {
        "error": {"status": 404, "message": "The store has no such article."}
    }


@pytest.fixture
def nasty(store: Store) -> str:
    """The id of an article that means harm."""
    id = 'a"><script>alert(2)</script>/../x'
    with store.writer() as writer:
        writer.save(record(id, NASTY, title=NASTY, source=NASTY, url="javascript:alert(3)"))
    return id


def test_text_of_an_article_is_never_markup(desk: TestClient, nasty: str) -> None:
    for address in (link("articles", nasty), "/articles?day=2024-03-14&number=999", "/"):
        page = desk.get(address).text
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
    page = desk.get(link("articles", nasty)).text
    shown = re.sub(r"<[^>]+>", "", page.split('id="text"')[1].split("</article>")[0])
    assert "<script>alert(1)</script>" in unescape(shown)
    assert 'data-name="RIGHT-TO-LEFT OVERRIDE"' in page


def test_megabyte_on_one_line(desk: TestClient, store: Store) -> None:
    with store.writer() as writer:
        writer.save(record("long", "كلمة " * 200_000))
    answer = desk.get("/articles/long")
    assert answer.status_code == 200
    assert answer.text.count("كلمة") >= 200_000


def test_half_characters_do_not_break_the_page(desk: TestClient, store: Store) -> None:
    with store.writer() as writer:
        writer.save(record("half", "نص \ud800 ناقص"))
    assert desk.get("/articles/half").status_code == 200
    assert desk.get("/articles/half.json").status_code == 200
