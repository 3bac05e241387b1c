"""Spelling variants, vocalisation, tatweel and invisible characters folded away for matching.

`Folded.text` is only for matching. `Folded.span` is the one place in masdar where a position in
folded text becomes a position in the published text, and `Folded.within` the one way back.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from masdar.types import Span

LETTERS = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىئی", "ي"),
    **dict.fromkeys("ةۀہھە", "ه"),
    "ؤ": "و",
    "ک": "ك",
    "ڤ": "ف",
    "پ": "ب",
    "چ": "ج",
}
TATWEEL = "\N{ARABIC TATWEEL}"
# Arabic presentation forms A and B; full-width Latin letters and digits
COMPATIBILITY = (("\ufb50", "\ufdff"), ("\ufe70", "\ufefc"), ("\uff01", "\uff5e"))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character i stands for `published[origin[i]:ends[i]]`.

    `origin` has one more entry for the end of the text. `ends[i]` takes in the vocalisation and
    tatweel that follow a letter, but no invisible control characters after them.
    """

    text: str
    origin: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The published characters that `self.text[start:end]` stands for."""
        if start >= end:
            return Span(self.origin[start], self.origin[start])
        return Span(self.origin[start], self.ends[end - 1])

    def within(self, span: Span) -> tuple[int, int]:
        """Start and end in `self.text` of a span of the published text."""
        return bisect_left(self.origin, span.start), bisect_left(self.origin, span.end)

    def slice(self, span: Span) -> str:
        """The folded words at a span of the published text."""
        start, end = self.within(span)
        return self.text[start:end]


def fold(text: str) -> Folded:
    """Fold a text, remembering where each character stood: قالَ, وزيـــر -> قال, وزير."""
    parts = list(map(fold_character, text))
    origin: list[int] = []
    ends: list[int] = []
    start = 0  # of a stretch in which every character became one
    for index in [index for index, part in enumerate(parts) if len(part) != 1]:
        origin.extend(range(start, index))
        ends.extend(range(start + 1, index + 1))
        origin.extend([index] * len(parts[index]))
        ends.extend([index + 1] * len(parts[index]))
        if ends and is_mark(text[index]):
            ends[-1] = index + 1
        start = index + 1
    origin.extend(range(start, len(text) + 1))
    ends.extend(range(start + 1, len(text) + 1))
    return Folded("".join(parts), tuple(origin), tuple(ends))


def fold_word(word: str) -> str:
    """The folded form of a word, for look-up: الأُمّة -> الامه."""
    return "".join(map(fold_character, word))


@cache
def fold_character(character: str) -> str:
    """What one published character becomes: nothing, one character, or several (ﷲ -> الله)."""
    if character in LETTERS:
        return LETTERS[character]
    if is_mark(character) or unicodedata.category(character) in ("Cf", "Cs"):
        return ""
    if unicodedata.category(character) == "Zs":
        return " "
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if any(first <= character <= last for first, last in COMPATIBILITY):
        plain = unicodedata.normalize("NFKC", character).strip()
        return plain if plain == character else fold_word(plain)
    return character


@cache
def is_mark(character: str) -> bool:
    """Whether the character only dresses the letter before it: vocalisation, tatweel."""
    return character == TATWEEL or (
        unicodedata.category(character) == "Mn" and "ARABIC" in unicodedata.name(character, "")
    )
