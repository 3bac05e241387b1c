"""Words as the formats of files can hold them."""

from __future__ import annotations

import re
from urllib.parse import quote

UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # NUL ends a field for many readers; halves of characters are no UTF-8
# whatever one reader or another takes for the end of a field or line
BREAKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
UNSAFE = re.compile("[\x00-\x20\"'<>\\\\^`{|}\x7f-\xa0\u2028\u2029\ud800-\udfff]+")
QUOTES = str.maketrans({'"': "”", "'": "’"})
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def writable(words: str) -> str:
    """The words with a replacement character for each that no file takes; offsets stay true."""
    return UNWRITABLE.sub(REPLACEMENT, words)


def address(url: str | None) -> str:
    """A web address without characters that end a field or an address: they are percent-encoded."""
    return UNSAFE.sub(lambda found: quote(found[0], errors="replace"), url.strip()) if url else ""


def flat(words: str) -> str:
    """The words for a field between tabs that is not quoted: no breaks, and typographic quotation marks for plain ones,
    so that every reader sees the same, whatever it takes for a quotation mark."""
    return BREAKS.sub(" ", words).translate(QUOTES).strip()
