"""Whatever bytes a source is given, what comes out is articles and InputErrors, never another exception."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masdar.errors import InputError
from masdar.sources import open_source
from masdar.sources.charsets import decode_page
from masdar.sources.dates import find_day, to_published
from masdar.sources.feed import read_feed
from masdar.sources.html import read_html
from masdar.sources.robots import read_robots
from masdar.types import Article
from tests.sources import pages
from tests.sources.test_feed import FULL, item, rss
from tests.sources.test_warc import record

few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
TAGS = [
    "<p>",
    "</p>",
    "<h1>",
    "<time datetime='",
    "'>",
    "<script type='application/ld+json'>",
    "</script>",
    '{"@graph":[',
]
TAGS += [
    '"datePublished":"',
    "<meta charset='",
    "<table>",
    "<td>",
    "<!--",
    "]]>",
    "<a href='//[",
    "<link rel=canonical href='",
]
TAGS += ["الثلاثاء 17 كانون الثاني 2023", "99/99/9999", "\0", "\ud800".encode("utf-8", "replace").decode(), "ا" * 300]
MARKUP = st.lists(st.sampled_from(TAGS) | st.text(max_size=20), max_size=30).map("".join)
WHOLE = {
    ".html": pages.with_linked_data().encode(),
    ".warc": record(1) + record(2),
    ".warc.gz": gzip.compress(record(1)) + gzip.compress(record(2)),
    ".csv": f"title,text,date\nx,{pages.FIRST},2023-01-17\n".encode(),
    ".xml": rss(item("https://a.invalid/1", FULL)),
}


@pytest.fixture(scope="module")
def parquet() -> bytes:
    """A small Parquet file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        pyarrow.parquet.write_table(pyarrow.table({"text": [pages.FIRST] * 3, "date": ["2023-01-17"] * 3}), path)
        return path.read_bytes()


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """The data cut, with some bytes changed and others put in."""
    places = st.integers(0, len(data))
    return st.builds(
        lambda cut, place, junk, over: data[:place] + junk + data[place + over : len(data) - cut % 50],
        places, places, st.binary(max_size=30), st.integers(0, 40),
    )  # fmt: skip


def read(data: bytes, suffix: str) -> None:
    """Read a file of these bytes; everything found is an Article or an InputError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        assert all(isinstance(found, Article | InputError) for found in open_source(str(path)))


@pytest.mark.parametrize("suffix", [".html", ".warc", ".warc.gz", ".csv"])
def test_damaged_files(suffix: str) -> None:
    @few
    @given(damaged(WHOLE[suffix]))
    def check(data: bytes) -> None:
        read(data, suffix)

    check()


def test_damaged_parquet(parquet: bytes) -> None:
    @few
    @given(damaged(parquet))
    def check(data: bytes) -> None:
        read(data, ".parquet")

    check()


def tolerant(action: Callable[[], object]) -> None:
    """Do it; an InputError is an answer too."""
    try:
        action()
    except InputError:
        return


@few
@given(damaged(WHOLE[".xml"]))
def test_damaged_feeds(data: bytes) -> None:
    tolerant(lambda: read_feed(data, "feed.xml"))


@few
@given(MARKUP)
def test_any_markup(markup: str) -> None:
    data = f"<html><body>{markup}<p>{pages.FIRST}</p>".encode("utf-8", "replace")
    tolerant(lambda: read_html(data, "page.html", "https://a.example/1"))


@few
@given(st.binary(max_size=300), st.sampled_from(["utf-8", "hex", "punycode", "utf-16", "idna", "\0", "big5"]))
def test_any_bytes(data: bytes, charset: str) -> None:
    tolerant(lambda: decode_page(data, "page.html", charset))


@few
@given(MARKUP)
def test_any_date(line: str) -> None:
    found = find_day(line)
    assert found is None or len(found[0]) == len("2018-05-12")
    to_published(line)


@few
@given(MARKUP, st.text(max_size=30))
def test_any_robots(text: str, path: str) -> None:
    read_robots(f"User-agent: *\nDisallow: {text}").allows(path)
