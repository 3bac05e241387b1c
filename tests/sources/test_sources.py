"""Files, folders and standard input to Articles."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from masdar.errors import InputError
from masdar.sources import open_source
from masdar.sources.jsonl import read_json, read_lines
from masdar.sources.plain import article_id, decode, read_plain
from masdar.types import Article

TEXT = "الوزير يصل إلى بيروت\nوصل الوزير إلى بيروت أمس، وقال إن المحادثات كانت مفيدة للغاية.\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"]


def line(**fields: object) -> bytes:
    """One JSON line."""
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def only(found: list[Article | InputError]) -> Article:
    """The one article found."""
    (article,) = found
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize("data", [b"\x89PNG\0\1\2", b"\xff\xfe\x00", "ا".encode("utf-16-le") + b"\0"])
def test_undecodable(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.txt"):
        decode(data, "a.txt")


def test_plain_text_is_unchanged_and_titled() -> None:
    article = read_plain(TEXT.encode(), "a.txt")
    assert (article.text, article.title) == (TEXT, "الوزير يصل إلى بيروت")
    assert article.id == article_id(None, TEXT)
    assert len(article.id) == 12


@pytest.mark.parametrize("text", ["وصل الوزير أمس.\nثم غادر.", "الوزير يصل", ""])
def test_no_title(text: str) -> None:
    assert read_plain(text.encode(), "a.txt").title is None


def test_json_line() -> None:
    data = line(id="7", title="عنوان", text="نص", published="2018-05-12T10:30:00Z", source="س", url="ر")
    assert list(read_lines([data], "a.jsonl")) == [Article("7", "نص", "عنوان", "س", "ر", "2018-05-12T10:30:00Z")]


def test_json_without_id() -> None:
    assert only(list(read_lines([line(text="نص", url="ر")], "a"))).id == article_id("ر", "نص")


BAD_LINES = [
    (b"{", "not JSON"),
    (b"[1]", "no JSON object"),
    (b"{}", 'no "text"'),
    (line(text="نص", title=3), '"title" is no string'),
    (line(text="نص", published="12/5/2018"), '"published"'),
    (b"\0", "binary"),
]


@pytest.mark.parametrize(("bad", "message"), BAD_LINES)
def test_a_bad_line_is_named_and_the_rest_is_read(bad: bytes, message: str) -> None:
    first, error, last = read_lines([line(text="نص"), b"\n", bad, line(text="نص")], "a.jsonl")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(error, InputError)
    assert "a.jsonl line 3" in str(error)
    assert message in str(error)


def test_json_list() -> None:
    data = json.dumps([{"text": "نص"}, {}]).encode()
    article, error = read_json(data, "a.json")
    assert isinstance(article, Article)
    assert "item 2" in str(error)


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.json").write_bytes(line(text=TEXT))
    (tmp_path / "c.jsonl").write_bytes(line(text=TEXT) * 2)
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(line(text=TEXT)))
    (tmp_path / "e.pdf").write_bytes(b"%PDF")
    (tmp_path / "f.txt").write_text("The minister said so.", encoding="utf-8")
    (tmp_path / "g.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    found = list(open_source(str(tmp_path)))
    assert [article.text for article in found if isinstance(article, Article)] == [TEXT] * 5
    errors = [str(error) for error in found if isinstance(error, InputError)]
    assert [Path(error.split(",")[0].split(" ")[0]).name for error in errors] == [
        "e.pdf",
        "f.txt",
        "g.jsonl.gz",
    ]


def test_missing_file() -> None:
    (error,) = open_source("nowhere.txt")
    assert "does not exist" in str(error)


STDIN = [(TEXT.encode(), 1), (line(text=TEXT) * 2, 2), (json.dumps([{"text": TEXT}]).encode(), 1)]


@pytest.mark.parametrize(("data", "count"), STDIN)
def test_standard_input(data: bytes, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = list(open_source("-"))
    assert [isinstance(article, Article) for article in found] == [True] * count


@pytest.mark.parametrize("data", [b"<?xml version='1.0'?><rss/>", b"WARC/1.0\r\n"])
def test_what_is_not_read_from_standard_input(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    (error,) = open_source("-")
    assert "standard input is XML or a web archive" in str(error)


def test_binary_text_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\x89PNG\0\1\2")
    (error,) = open_source(str(file))
    assert "binary" in str(error)


def test_language_model_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, masdar.sources; print('py3langid' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
