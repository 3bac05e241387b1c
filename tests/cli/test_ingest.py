"""`masdar ingest` and `masdar status` from outside, without a model: the articles are in the store already."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from masdar.cli import main
from masdar.cli.ingest import versions
from masdar.cli.status import shortened, sized
from masdar.store import open_store
from tests.store.records import TEXT, record


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A file of two articles."""
    file = tmp_path / "news.jsonl"
    lines = [{"id": f"a{number}", "text": TEXT, "source": "وكالة", "published": "2024-03-13"} for number in range(2)]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return file


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A store that has them, read by this version, and one that another version has read."""
    now = versions(None)
    current = {"program": now.program, "model": now.model, "gazetteer": now.gazetteer}
    with open_store(str(tmp_path / "news.db"), create=True) as store, store.writer() as writer:
        for number in range(2):
            writer.save(record(f"a{number}", source="وكالة") | {"made_by": current})
        writer.save(record("old", source=None, published=None))
    return tmp_path / "news.db"


def test_what_is_there_is_passed_over(news: Path, db: Path) -> None:
    result = call("ingest", news, "--store", db)
    assert result.exit_code == 0
    assert result.stderr == f"{db}: 0 read, 2 there already.\n"


def test_what_cannot_be_read_is_said_and_kept(news: Path, db: Path) -> None:
    with news.open("a") as file:
        file.write("\nno json\n")
    for _ in range(2):
        result = call("ingest", news, "--store", db)
        assert result.exit_code == 1
        assert "news.jsonl line 3 is not JSON" in result.stderr
        assert "2 there already, 1 could not be read" in result.stderr
    status = call("status", "--store", db).stdout
    assert "failures            1\n" in status
    assert "(tried 2 times)" in status


def test_failures_are_all_said_when_asked_for(db: Path) -> None:
    with open_store(str(db)) as store, store.writer() as writer:
        writer.fail("a9", "it has no Arabic text")
        for number in range(11):
            writer.fail(f"x line {number} is not JSON", f"x line {number} is not JSON")
        writer.fail("y" * 3000, "y" * 3000)
    few, every = (call("status", "--store", db, *more) for more in ((), ("--failures",)))
    assert "13  the last 10; --failures lists all:" in few.stdout
    assert "a9" not in few.stdout
    assert "a9: it has no Arabic text" in every.stdout
    assert every.stdout.count("is not JSON") == 11
    assert "y" * 3000 in every.stdout
    assert len(json.loads(call("status", "--store", db, "--json").stdout)["failures"]) == 10
    told = json.loads(call("status", "--store", db, "--json", "--failures").stdout)["failures"]
    assert [each["where"] for each in told] == [None] * 12 + ["a9"]


@pytest.mark.parametrize("words", [("--store", "news.db"), ("x.txt", "--again", "--store", "news.db"), ("x.txt",)])
def test_calls_that_make_no_sense(words: tuple[str, ...]) -> None:
    assert call("ingest", *words).exit_code == 2


def test_there_is_no_store(news: Path, tmp_path: Path) -> None:
    result = call("status", "--store", tmp_path / "other.db")
    assert result.exit_code == 1
    assert "other.db does not exist. Make it with: masdar ingest" in result.stderr


def test_status(db: Path) -> None:
    lines = call("status", "--store", db).stdout.splitlines()
    assert lines[0].startswith(f"{db}, ")
    assert lines[1] == "articles            3  2024-03-13 to 2024-03-13, days: 1; 1 without a date"
    assert lines[2:4] == ["             2  وكالة", "             1  no outlet named"]
    assert f"out of date         1  read them anew: masdar ingest --again --store {db}" in lines
    assert "quotations          6" in lines


def test_status_as_json(db: Path) -> None:
    found = json.loads(call("status", "--store", db, "--json").stdout)
    assert found["counts"]["articles"] == 3
    assert found["outlets"] == {"وكالة": 2, "": 1}
    assert found["out_of_date"] == 1


def test_the_password_is_not_shown() -> None:
    again = call("status", "--store", "postgresql://u:secret@127.0.0.1:1/news")
    assert again.exit_code == 1
    assert "secret" not in again.stderr


@pytest.mark.parametrize(("size", "shown"), [(5, "5 bytes"), (45_200_000, "45.2 MB"), (2e15, "2000.0 TB")])
def test_sizes(size: float, shown: str) -> None:
    assert sized(size) == shown


def test_long_failures_are_cut() -> None:
    assert len(shortened("كلمة " * 100)) == 160
