"""Anything that holds articles, to Articles.

A file is read by its suffix, a folder file by file, "-" is the standard input. What cannot be read
comes as an InputError in its place, and the rest is read on.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from masdar.errors import InputError
from masdar.sources.jsonl import read_json, read_lines
from masdar.sources.language import require_arabic
from masdar.sources.plain import read_plain
from masdar.types import Article

Found = Iterator[Article | InputError]


def open_source(path: str) -> Found:
    """The articles of a file, a folder or, for "-", the standard input."""
    if path == "-":
        yield from checked(read_any(sys.stdin.buffer.read(), "standard input"), "standard input")
        return
    root = Path(path)
    if not root.exists():
        yield InputError(f"{path} does not exist. Give a file, a folder, or - for standard input.")
        return
    for file in [root] if root.is_file() else files_in(root):
        yield from checked(read_file(file), str(file))


def files_in(folder: Path) -> Iterator[Path]:
    """All files of a folder and its folders, in order of name, hidden ones left out."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.is_file() and not any(part.startswith(".") for part in parts):
            yield file


def read_file(file: Path) -> Found:
    """The articles of one file."""
    suffix = "".join(file.suffixes[-2:]).lower() if file.suffix == ".gz" else file.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = ", ".join(filter(None, READERS))
        yield InputError(f"{file} is of an unknown kind. masdar reads {known}.")
        return
    try:
        yield from reader(file)
    except (OSError, EOFError, zlib.error) as error:
        yield InputError(f"{file} cannot be read: {error}. Check that it is whole and yours.")


def read_text_file(file: Path) -> Found:
    """A file of plain text is one article."""
    yield from read_text(file.read_bytes(), str(file))


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


READERS: dict[str, Callable[[Path], Found]] = {
    "": read_text_file,
    ".txt": read_text_file,
    ".json": read_json_file,
    ".jsonl": read_json_lines_file,
    ".jsonl.gz": read_gzip_file,
}


def read_any(data: bytes, where: str) -> Found:
    """JSON lines, a JSON list or plain text, told by the first characters."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        yield from read_lines(data.splitlines(), where)
    elif start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        yield from read_json(data, where)
    else:
        yield from read_text(data, where)


def read_text(data: bytes, where: str) -> Found:
    """Plain text as one article."""
    try:
        yield read_plain(data, where)
    except InputError as error:
        yield error


def checked(found: Found, where: str) -> Found:
    """The articles that are in Arabic; an error for every other one."""
    for article in found:
        if isinstance(article, Article):
            try:
                require_arabic(article.text, f"{where}, article {article.id},")
            except InputError as error:
                yield error
                continue
        yield article
