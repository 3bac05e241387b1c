"""Plain text in whatever encoding to an Article; the first line is its title if it looks so."""

from __future__ import annotations

import codecs
import hashlib

from masdar.errors import InputError
from masdar.text.lines import find_lines, is_headline
from masdar.types import Article

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ARABIC_CODE_PAGES = ["cp1256", "iso8859_6", "cp720", "cp864"]
ARABIC_BLOCK = 0x06  # the high byte of Arabic letters in UTF-16


def read_plain(data: bytes, where: str) -> Article:
    """One text file as an Article; its text is the file's, unchanged."""
    text = decode(data, where)
    return Article(article_id(None, text), text, title_of(text))


def article_id(url: str | None, text: str) -> str:
    """The same id for the same address and text, always."""
    return hashlib.sha256(((url or "") + text).encode("utf-8", "replace")).hexdigest()[:12]


def title_of(text: str) -> str | None:
    """The first line, if it looks like a title and something follows it."""
    first, second, *_ = [*find_lines(text), None, None]
    if first is None or second is None:
        return None
    line = text[first.start : first.end]
    return line if is_headline(line) else None


def decode(data: bytes, where: str) -> str:
    """Text from bytes: UTF-8, UTF-16 or an Arabic code page."""
    encoding = marked_encoding(data) or unmarked_utf16(data)
    if encoding:
        return decode_as(data, encoding, where)
    if b"\0" in data:
        raise InputError(f"{where} is binary data, not text. Convert it to plain text first.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode_as(data, guessed_code_page(data, where), where)


def decode_as(data: bytes, encoding: str, where: str) -> str:
    """Decode, or say where it broke."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{where} is not {encoding} at byte {error.start}. Save it as UTF-8."
        raise InputError(message) from error


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((encoding for bom, encoding in BOMS if data.startswith(bom)), None)


def unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: Arabic's high byte stands at every other place."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    odd, even = sample[1::2].count(ARABIC_BLOCK), sample[::2].count(ARABIC_BLOCK)
    if max(odd, even) < 0.3 * len(sample) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def guessed_code_page(data: bytes, where: str) -> str:
    """The Arabic code page that makes most sense of the bytes: windows-1256, ISO 8859-6 ..."""
    from charset_normalizer import from_bytes  # only for the few files that are not UTF-8

    best = from_bytes(data, cp_isolation=ARABIC_CODE_PAGES).best()
    if best is None:
        message = f"{where} is in no encoding that masdar knows. Save it as UTF-8."
        raise InputError(message)
    return best.encoding
