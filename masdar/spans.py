"""From words that the tagger points at to the characters of a span: what the steps share of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from masdar.tagger import Tags
from masdar.types import Annotation, Token

PROCLITICS = frozenset("وفبلكس")
VOWELS = range(0x064B, 0x0653)
Found = TypeVar("Found", bound=Annotation)


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


def best_of_each(found: Iterable[Found], is_same: Callable[[Found, Found], bool]) -> list[Found]:
    """Of those that are the same thing the best-scored one."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: -f.provenance.score):
        if not any(is_same(one, other) for other in kept):
            kept.append(one)
    return kept
