"""Web archives (WARC) to Articles: every page in HTML that was answered with status 200, one record at a time.

A record that is broken is reported with its place in the file, and reading goes on at the next one: each record of a
compressed archive is a gzip member of its own.
"""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from masdar.errors import InputError
from masdar.sources.codings import dechunked, decoded
from masdar.sources.html import LONGEST, read_html
from masdar.sources.needed import needed
from masdar.sources.sniff import is_html
from masdar.types import Article

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

Found = Iterator[Article | InputError]
HTML = frozenset({"text/html", "application/xhtml+xml"})
FOUND = 200  # the status of a page that was there
GZIP, PLAIN = b"\x1f\x8b\x08", b"WARC/"
MEMBER_START = 256  # bytes of a gzip member by which it is known for a record


def read_warc(file: Path) -> Found:
    """The articles of a WARC file, compressed or not."""
    try:
        needed("fastwarc", "web", str(file))
    except InputError as error:
        yield error
        return
    with file.open("rb") as archive:
        start = 0 if file.stat().st_size else None
        while start is not None:
            start = yield from read_from(archive, start, str(file))


def read_from(archive: BinaryIO, start: int, where: str) -> Generator[Article | InputError, None, int | None]:
    """The articles from an offset on, until the end or a record that cannot be parsed: fastwarc stops there.

    Returns:
        the offset of a record that was not come to, or None if there is none.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    archive.seek(start)
    last, broken = None, "nothing of it can be read"
    try:
        for record in ArchiveIterator(archive, parse_http=False):
            last = record.stream_pos
            if not (record.headers.get("Content-Length") or "").strip().isdigit():
                yield InputError(f"{where} offset {last}: a record is broken (it has no length). It is left out.")
            elif record.record_type == WarcRecordType.response:
                yield from read_record(record, f"{where} offset {last}")
    except (OSError, ValueError) as error:
        broken = str(error)
    if last is None:
        yield InputError(f"{where} offset {start}: a record is broken ({broken}). It is left out.")
    return find_record(archive, (start if last is None else last) + 1)


def read_record(record: WarcRecord, where: str) -> Found:
    """The article of a response, if it is a page in HTML that was found, or what is wrong with it."""
    try:
        record.parse_http(auto_decode="none")  # a coding that lies would end the whole file
        if is_found(record, where):
            kind = (record.http_content_type or "").lower()
            body = read_body(record, where) if kind in HTML or not kind else b""
            if kind in HTML or is_html(body):
                yield read_html(body, where, address_of(record), record.http_charset)
    except InputError as error:
        yield error
    except (OSError, UnicodeError) as error:
        yield InputError(f"{where}: a record is broken ({error}). It is left out.")


def is_found(record: WarcRecord, where: str) -> bool:
    """Whether a response is of HTTP and says that something was found.

    Raises:
        InputError: it should be one of HTTP, and cannot be parsed.
    """
    headers = record.http_headers
    if headers is None or headers.status_code is None:
        if (address_of(record) or "").startswith("http"):
            raise InputError(f"{where}: a record is broken (no answer in HTTP). It is left out.")
        return False
    return bool(headers.status_code == FOUND)


def read_body(record: WarcRecord, where: str) -> bytes:
    """The bytes of the page, without the codings it travelled in.

    Raises:
        InputError: the record is cut, or too long for a page.
    """
    promised = record.content_length
    body = record.reader.read(min(promised, LONGEST + 1))
    if len(body) < min(promised, LONGEST + 1):
        raise InputError(f"{where}: the record is cut: {len(body):,} of {promised:,} bytes are there. It is left out.")
    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = dechunked(body)
    return decoded(body, headers.get("Content-Encoding"), LONGEST + 1, where)


def address_of(record: WarcRecord) -> str | None:
    """The address that the record is a copy of."""
    address = record.headers.get("WARC-Target-URI")
    return address.strip("<> ") or None if address else None


def find_record(archive: BinaryIO, start: int) -> int | None:
    """Where the next record begins at or after an offset; None if there is no more."""
    with mmap.mmap(archive.fileno(), 0, access=mmap.ACCESS_READ) as data:
        magic = GZIP if data[:2] == GZIP[:2] else b"\n" + PLAIN
        found = data.find(magic, start)
        while found >= 0 and not is_record(data, found):
            found = data.find(magic, found + 1)
        return None if found < 0 else found + len(magic) - len(magic.lstrip())


def is_record(data: mmap.mmap, start: int) -> bool:
    """Whether a record begins here, be it cut: bytes of a gzip member may look like the start of another."""
    if data[start : start + len(GZIP)] != GZIP:
        return True
    member = data[start : start + MEMBER_START]
    try:
        begun = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(member)
    except zlib.error:
        return False
    return begun.startswith(PLAIN) or (not begun and len(member) < MEMBER_START)
