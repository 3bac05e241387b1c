"""Web archives: pages in, broken records named and passed over."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from masdar.errors import InputError
from masdar.sources import open_source
from masdar.sources.codings import dechunked
from masdar.types import Article
from tests.sources import pages
from tests.sources.pages import THIRD, TITLE

PAGE = pages.with_levantine_date().encode()


def record(number: int, body: bytes = PAGE, status: int = 200, kind: str = "text/html", **headers: str) -> bytes:
    """A response; `headers` are those of HTTP."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return warc(number, "\r\n".join([*lines, "", ""]).encode() + body)


def warc(number: int, content: bytes, kind: str = "response") -> bytes:
    """A record of WARC."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"WARC-Date: 2023-02-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read(path: Path, data: bytes) -> list[Article | InputError]:
    """What an archive gives."""
    path.write_bytes(data)
    return list(open_source(str(path)))


def urls(found: list[Article | InputError]) -> list[str | None]:
    """The addresses of the articles, None for an error."""
    return [article.url if isinstance(article, Article) else None for article in found]


def test_pages_that_were_found(tmp_path: Path) -> None:
    records = [
        warc(0, b"software: x", "warcinfo"),
        warc(1, b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(1),
        record(2, status=404),
        record(3, b"\x89PNG", kind="image/png"),
        record(4, kind="TEXT/HTML; charset=utf-8"),
        record(5, pages.without_head().encode("cp1256"), kind="text/html; charset=windows-1256"),
        record(6, gzip.compress(PAGE), Content_Encoding="gzip"),
        record(7, b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n", Transfer_Encoding="chunked"),
        record(8, PAGE, Transfer_Encoding="chunked", Content_Encoding="gzip"),  # neither is true
    ]
    wanted = [f"https://a.example/{number}" for number in (1, 4, 5, 6, 7, 8)]
    for data in (b"".join(records), b"".join(map(gzip.compress, records)), gzip.compress(b"".join(records))):
        found = read(tmp_path / ("a.warc.gz" if data[:1] == b"\x1f" else "a.warc"), data)
        assert urls(found) == wanted
        for article in found:
            assert isinstance(article, Article)
            assert (article.title, article.text.split("\n")[-1]) == (TITLE, THIRD)
    assert isinstance(found[0], Article)
    assert (found[0].published, found[0].source) == ("2023-01-17", "a.example")


@pytest.mark.parametrize("is_compressed", [True, False])
def test_a_broken_record_is_named_and_the_rest_is_read(tmp_path: Path, is_compressed: bool) -> None:
    records = [record(number) for number in range(5)]
    whole = [gzip.compress(each) for each in records] if is_compressed else records
    for number in (1, 2):
        middle = len(whole[number]) // 2
        whole[number] = whole[number][:middle] + b"\xff" * 40 + whole[number][middle + 40 :]
        if not is_compressed:
            whole[number] = whole[number].replace(b"Content-Length: ", b"Content-Length: x", 1)
    found = read(tmp_path / ("a.warc.gz" if is_compressed else "a.warc"), b"".join(whole))
    good = [url for url in urls(found) if url]
    assert good == [f"https://a.example/{number}" for number in (0, 3, 4)]
    errors = [str(error) for error in found if isinstance(error, InputError)]
    ends = [len(whole[0]), len(whole[0]) + len(whole[1])]
    assert [f"offset {end}:" in error for end, error in zip(ends, errors, strict=True)] == [True, True]


@pytest.mark.parametrize("left", [20, 60, 100, 230, 260, -200])
@pytest.mark.parametrize("is_compressed", [True, False])
def test_an_archive_that_is_cut(tmp_path: Path, is_compressed: bool, left: int) -> None:
    """In the last record: in its gzip header, its own header, that of HTTP, the page."""
    first, last = (gzip.compress(record(number)) if is_compressed else record(number) for number in range(2))
    found = read(tmp_path / ("a.warc.gz" if is_compressed else "a.warc"), first + last[:left])
    assert urls(found) == ["https://a.example/0", None]
    assert f"offset {len(first)}" in str(found[1])


@pytest.mark.parametrize(
    "data", [b"no archive at all", b"\x1f\x8b\x08nonsense", b"WARC/1.0\r\n", gzip.compress(b"text")]
)
def test_no_archive(tmp_path: Path, data: bytes) -> None:
    (error,) = read(tmp_path / "a.warc", data)
    assert "a.warc offset 0: a record is broken" in str(error)


def test_an_empty_archive(tmp_path: Path) -> None:
    assert read(tmp_path / "a.warc", b"") == []


def test_a_page_that_is_no_article(tmp_path: Path) -> None:
    found = read(tmp_path / "a.warc", record(1, pages.front_page().encode()) + record(2))
    assert urls(found) == [None, "https://a.example/2"]
    assert "a.warc offset 0 is a list of links" in str(found[0])


def test_chunks() -> None:
    assert dechunked(b"3;x=1\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") == b"abcde"
    assert dechunked(b"3\r\nab") == b"ab"
    assert dechunked(b"plain") == b"plain"
