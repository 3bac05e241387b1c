"""Bytes of unknown kind to Articles: JSON lines, a JSON list, a page in HTML or plain text, told by how they begin."""

from __future__ import annotations

from collections.abc import Iterator

from masdar.errors import InputError
from masdar.sources.jsonl import read_json, read_lines
from masdar.sources.plain import read_plain
from masdar.types import Article

NAMED_KINDS = (b"<?xml", b"<rss", b"<feed", b"WARC/")  # read by suffix only, since they lead on or are large
Found = Iterator[Article | InputError]


def read_any(data: bytes, where: str) -> Found:
    """The articles in bytes that came without a name."""
    if not is_json(data):
        yield read_one(data, where)
    elif beginning(data).startswith(b"{"):
        yield from read_lines(data.splitlines(), where)
    else:
        yield from read_json(data, where)


def read_one(data: bytes, where: str) -> Article | InputError:
    """A page or a plain text, or what is wrong with it."""
    if beginning(data).startswith(NAMED_KINDS) and not is_html(data):
        return InputError(
            f"{where} is XML or a web archive. Give feeds as .xml or by their address, archives as .warc."
        )
    try:
        return read_page(data, where) if is_html(data) else read_plain(data, where)
    except InputError as error:
        return error


def read_page(data: bytes, where: str) -> Article:
    """A page; what reads pages is loaded for the first one."""
    from masdar.sources.html import read_html

    return read_html(data, where)


def is_html(data: bytes) -> bool:
    """Whether bytes begin like a page."""
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start[:1024]


def is_json(data: bytes) -> bool:
    """Whether bytes begin with a JSON object or a list of objects."""
    start = beginning(data)
    return start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip().startswith(b"{"))


def beginning(data: bytes) -> bytes:
    """The first bytes, without a mark and white space."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
