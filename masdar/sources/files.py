"""Files and folders to Articles. A file is read by its suffix; one without a suffix that is known, by how it begins."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from masdar.errors import InputError
from masdar.sources.jsonl import read_json, read_lines
from masdar.sources.plain import read_plain
from masdar.sources.sniff import is_html, read_one, read_page
from masdar.types import Article

Found = Iterator[Article | InputError]
# files that a saved page brings along: passed over in folders
# fmt: off
PARTS_OF_PAGES = frozenset((
    ".avif", ".bmp", ".css", ".eot", ".gif", ".ico", ".jpeg", ".jpg", ".js", ".map", ".png", ".svg", ".ttf", ".webp",
    ".woff", ".woff2",
))
# fmt: on
HEAD = 2048  # bytes by which a file without a known suffix is told


def files_in(folder: Path) -> Iterator[Path]:
    """All files of a folder and its folders, in order of name; hidden ones and parts of pages left out."""
    for file in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not is_hidden and file.suffix.lower() not in PARTS_OF_PAGES:
            yield file


def read_file(file: Path) -> Found:
    """The articles of one file."""
    suffix = "".join(file.suffixes[-2:]).lower() if file.suffix == ".gz" else file.suffix.lower()
    try:
        yield from READERS.get(suffix, read_unknown_file)(file)
    except (OSError, EOFError, zlib.error) as error:
        yield InputError(f"{file} cannot be read: {error}. Check that it is whole and yours.")


def read_unknown_file(file: Path) -> Found:
    """A page saved under any name (index.php, article.aspx?id=5), or an error."""
    with file.open("rb") as data:
        start = data.read(HEAD)
    if is_html(start):
        yield from read_html_file(file)
        return
    known = ", ".join([*filter(None, READERS), *FEEDS])
    yield InputError(f"{file} is of an unknown kind. masdar reads {known}.")


def read_bare_file(file: Path) -> Found:
    """A file without a suffix is a page or a plain text."""
    yield read_one(file.read_bytes(), str(file))


def read_text_file(file: Path) -> Found:
    """A file of plain text is one article."""
    try:
        yield read_plain(file.read_bytes(), str(file))
    except InputError as error:
        yield error


def read_html_file(file: Path) -> Found:
    """A page is one article."""
    try:
        yield read_page(file.read_bytes(), str(file))
    except InputError as error:
        yield error


def read_json_file(file: Path) -> Found:
    """A JSON file is one article or a list of them."""
    yield from read_json(file.read_bytes(), str(file))


def read_json_lines_file(file: Path) -> Found:
    """A file of JSON lines has one article a line."""
    with file.open("rb") as lines:
        yield from read_lines(lines, str(file))


def read_gzip_file(file: Path) -> Found:
    """Compressed JSON lines."""
    with gzip.open(file, "rb") as lines:
        yield from read_lines(lines, str(file))


def read_csv_file(file: Path) -> Found:
    """A CSV file has one article a row."""
    from masdar.sources.csv import read_csv

    yield from read_csv(file)


def read_parquet_file(file: Path) -> Found:
    """A Parquet file has one article a row."""
    from masdar.sources.parquet import read_parquet

    yield from read_parquet(file)


def read_warc_file(file: Path) -> Found:
    """A web archive has one article for each page."""
    from masdar.sources.warc import read_warc

    yield from read_warc(file)


READERS: dict[str, Callable[[Path], Found]] = {
    "": read_bare_file,
    ".txt": read_text_file,
    ".json": read_json_file,
    ".jsonl": read_json_lines_file,
    ".jsonl.gz": read_gzip_file,
    ".csv": read_csv_file,
    ".tsv": read_csv_file,
    ".parquet": read_parquet_file,
    ".html": read_html_file,
    ".htm": read_html_file,
    ".xhtml": read_html_file,
    ".warc": read_warc_file,
    ".warc.gz": read_warc_file,
}
FEEDS = (".xml", ".rss", ".atom", ".rdf")  # files that lead to the web, see masdar/sources/__init__.py
