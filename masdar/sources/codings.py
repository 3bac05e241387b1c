"""What pages travel in: chunks and compression, undone with a limit so that a small page cannot become a huge one."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from masdar.errors import InputError

GZIP = b"\x1f\x8b"


def dechunked(body: bytes) -> bytes:
    """A body without the lengths between its chunks; unchanged where it has none."""
    parts: list[bytes] = []
    start = 0
    while (line := body.find(b"\n", start, start + 100)) >= 0:
        try:
            size = int(body[start:line].split(b";")[0], 16)
        except ValueError:
            break
        if size <= 0:
            break
        parts.append(body[line + 1 : line + 1 + size])
        start = line + 1 + size + len(b"\r\n")
    return b"".join(parts) if parts else body


def decoded(body: bytes, coding: str | None, limit: int, where: str) -> bytes:
    """A body without its compression: gzip, deflate or brotli; what is not compressed after all stays.

    Raises:
        InputError: it is broken, compressed otherwise, or longer than the limit.
    """
    name = (coding or "").strip().lower()
    if name in ("", "identity") or (name in ("gzip", "x-gzip") and not body.startswith(GZIP)):
        return body
    undo = UNDO.get(name)
    if undo is None:
        raise InputError(f"{where} is compressed with {name}, which masdar does not know.")
    try:
        plain = undo(body, limit)
    except (zlib.error, ValueError) as error:
        raise InputError(f"{where} is compressed with {name} and broken: {error}.") from error
    if len(plain) >= limit:
        raise InputError(f"{where} has more than {limit - 1:,} bytes when decompressed. masdar reads shorter pages.")
    return plain


def undo_gzip(body: bytes, limit: int) -> bytes:
    """Gzip, no more than so many bytes; a body that is cut gives what there is."""
    return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, limit)


def undo_deflate(body: bytes, limit: int) -> bytes:
    """Deflate, with or without its two header bytes: servers do both."""
    try:
        return zlib.decompressobj().decompress(body, limit)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, limit)


def undo_brotli(body: bytes, limit: int) -> bytes:
    """Brotli, by the library that fastwarc brings."""
    try:
        import brotli
    except ImportError as error:
        message = "brotli is not installed"
        raise ValueError(message) from error
    plain, machine = b"", brotli.Decompressor()
    try:
        for start in range(0, len(body), 1024):
            plain += machine.process(body[start : start + 1024])
            if len(plain) >= limit:
                break
    except brotli.error as error:
        raise ValueError(str(error)) from error
    return plain[:limit]


UNDO: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": undo_gzip,
    "x-gzip": undo_gzip,
    "deflate": undo_deflate,
    "br": undo_brotli,
}
