"""What `masdar search` prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from masdar.cli import main
from masdar.store import open_store
from tests.store.records import meaning, record


@pytest.fixture
def news(tmp_path: Path) -> str:
    """A store with two articles."""
    path = str(tmp_path / "news.db")
    with open_store(path, create=True) as store, store.writer() as writer:
        writer.save(record("a1", title="لجنة السهل"), meaning(record("a1")))
        writer.save(record("a2", "قال الوزير كلمة.", published="2024-03-14"))
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["search", *words])


def test_a_view_for_people(news: str) -> None:
    shown = run("--store", news, "speaker:خالد", "هاجم")
    assert shown.exit_code == 0
    assert "a1#Q1" in shown.stdout
    assert "accuse" in shown.stdout
    assert "*هاجمت*" in shown.stdout
    assert "quotations: 1." in shown.stderr
    assert "→" in run("--store", news, "type:ASSAULT").stdout
    assert "*لجنة* السهل" in run("--store", news, "لجنة").stdout


def test_an_article_without_a_title_has_its_first_words(news: str) -> None:
    with open_store(news) as store, store.writer() as writer:
        writer.save(record("a3", "خطة مكتوبة في بلدة بعيدة عن الطريق " * 4 + ". ثم جاء مطر غزير."))
    lines = [line.strip("\u200f ") for line in run("--store", news, "مطر").stdout.splitlines()]
    assert lines[1].startswith("خطة مكتوبة في") and lines[1].endswith("…") and len(lines[1]) <= 82
    assert "*مطر*" in lines[2]
    opening = [line.strip("\u200f ") for line in run("--store", news, "كلمة").stdout.splitlines()]
    assert opening[1:] == ["قال الوزير *كلمة*.", ""]


def test_pages(news: str) -> None:
    first = run("--store", news, "--limit", "1", "--in", "articles")
    assert "a2" in first.stdout
    assert "articles: 2. The next ones: --after " in first.stderr
    second = run("--store", news, "--limit", "1", "--in", "articles", "--after", first.stderr.split()[-1])
    assert "a1" in second.stdout
    assert "--after" not in second.stderr


def test_json(news: str) -> None:
    shown = run("--store", news, "--json", "type:ASSAULT")
    [hit] = [json.loads(line) for line in shown.stdout.splitlines()]
    assert (hit["id"], hit["kind"], hit["about"]["type"]) == ("a1#V2", "events", "ASSAULT")
    start, end = hit["focus"][0]
    assert record("a1")["document"]["text"][start:end] == "هاجمت"


def test_an_excluded_word_is_no_option(news: str) -> None:
    assert [json.loads(line)["id"] for line in run("--store", news, "--json", "-وزير").stdout.splitlines()] == ["a1"]


def test_an_unknown_place_is_said(news: str) -> None:
    said = run("--store", news, "place:Mordor").stderr
    assert "articles: 0." in said and "'Mordor' at letter 7: no place of this English name is known" in said
    assert "English name" not in run("--store", news, "place:Aleppo").stderr


def test_facets(news: str) -> None:
    shown = run("--store", news, "--facets", "speaker:خالد")
    assert "2 quotations" in shown.stdout
    assert "stance:accuse" in shown.stdout
    assert json.loads(run("--store", news, "--facets", "--json", "speaker:خالد").stdout)["counted"]["hits"] == 2


def test_by_meaning_of_an_article(news: str) -> None:
    shown = run("--store", news, "--like", "a1", "--json")
    assert [json.loads(line)["id"] for line in shown.stdout.splitlines()] == ["a1"]
    assert "1.00" in run("--store", news, "--like", "a1").stdout


def test_what_cannot_be_understood(news: str) -> None:
    shown = run("--store", news, "type:ASSULT")
    assert shown.exit_code == 2
    assert "'ASSULT' at letter 6: type is one of AGREE" in shown.stderr
    assert run("--store", news, "--in", "articles", "conf:>0.5").exit_code == 1
    assert run("--store", news + "x", "قال").exit_code == 1
