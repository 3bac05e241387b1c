"""Characters from the bytes of a page, whatever its server, its markup and its bytes say of them.

A byte order mark decides, then whether the bytes are UTF-8, which no other encoding is by chance. Then what the server
and the page claim, if that gives Arabic: pages say "iso-8859-1" out of habit. Last, what is detected.
"""

from __future__ import annotations

import codecs
import re

from masdar.sources.plain import guessed_code_page, marked_encoding, unmarked_utf16

META = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
MARKUP = re.compile(rb"<script\b.*?</script\s*>|<style\b.*?</style\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BEYOND_ASCII = bytes(range(0x80, 0x100))
HEAD = 4096  # bytes in which a page names its charset; browsers look at 1,024
SAMPLE = 20_000  # bytes shown to the detector
NO_CHARSETS = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"}
)  # of Python only
FEW_BROKEN = 0.02  # of the bytes that are no ASCII: a page cut in a letter, a broken advertisement


def decode_page(data: bytes, where: str, charset: str | None = None) -> str:
    """The text of a page or feed, without control characters; `charset` is what the server said.

    Raises:
        InputError: it is in no encoding that can be told.
    """
    encoding = marked_encoding(data) or unmarked_utf16(data)
    text = data.decode(encoding, "replace") if encoding else decode_unmarked(data, where, charset)
    return CONTROLS.sub(" ", XML_DECLARATION.sub("", text, count=1))


def decode_unmarked(data: bytes, where: str, charset: str | None) -> str:
    """Text from bytes without a mark: the first encoding that can be true, else what is detected."""
    for claim in ("utf-8", charset, named_in(data)):
        text = believed(data, claim) if claim else None
        if text is not None:
            return text
    seen = MARKUP.sub(b" ", data)
    letters = seen if count_beyond_ascii(seen) else data
    return data.decode(guessed_code_page(letters[:SAMPLE], where), "replace")


def named_in(data: bytes) -> str | None:
    """The charset that the page names in its first bytes."""
    found = META.search(data[:HEAD])
    return found.group(1).decode("ascii") if found else None


def believed(data: bytes, claim: str) -> str | None:
    """The text, if the claimed charset exists and makes sense of the bytes."""
    try:
        name = codecs.lookup(claim).name
        text = data.decode(name, "replace") if name not in NO_CHARSETS else ""
    except (LookupError, ValueError):
        return None
    beyond_ascii = count_beyond_ascii(data)
    if not beyond_ascii:
        return text
    is_broken = text.count("\N{REPLACEMENT CHARACTER}") > FEW_BROKEN * beyond_ascii
    return None if is_broken or not (name == "utf-8" or has_arabic(text)) else text


def count_beyond_ascii(data: bytes) -> int:
    """How many bytes stand for no ASCII character in the encodings that keep it."""
    return len(data) - len(data.translate(None, BEYOND_ASCII))


def has_arabic(text: str) -> bool:
    """Whether there are Arabic letters at all."""
    return any("\u0620" <= letter <= "\u064a" for letter in text)
