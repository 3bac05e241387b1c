"""From words that the tagger points at to the characters of a span: what the steps share of it."""

from __future__ import annotations

from masdar.tagger import Tags
from masdar.types import Token

PROCLITICS = frozenset("وفبلكس")
VOWELS = range(0x064B, 0x0653)


def cut_start(text: str, token: Token, tags: Tags, index: int) -> int:
    """Where a span starts in its first word: after the particles that the tagger cuts off (لإيران → إيران)."""
    letters = int(tags.layer("cut")[index].argmax())
    start = token.span.start
    while letters and start + 2 < token.span.end and text[start] in PROCLITICS:
        start += 1
        letters -= 1
        while start < token.span.end and ord(text[start]) in VOWELS:
            start += 1
    return start
