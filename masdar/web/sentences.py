"""What stands in tables and sentences of pictures: values and words as the page shows them."""

from __future__ import annotations

from masdar.web.language import Words
from masdar.web.shown import HIDDEN

KINDS = {"type": ("type", "stance"), "exactness": ("resolution",)}  # columns of codes, and where their words are


def spaced(text: str) -> str:
    """A part of a sentence in one line; a space at its ends stays one."""
    ends = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    words = " ".join(HIDDEN.sub("", text).split())
    return f"{ends[0]}{words}{ends[1]}" if words else ends[0]


def cell_text(t: Words, column: str, value: object) -> str:
    """A cell of a table of numbers."""
    if value is None:
        return ""
    for kind in KINDS.get(column, ()):
        if t.has(f"{kind}.{value}"):
            return t(f"{kind}.{value}")
    if column == "types":
        return t("card.list").join(typed(t, one) for one in str(value).split(", ") if one)
    return f"{value:,}" if isinstance(value, int) else str(value)


def typed(t: Words, counted: str) -> str:
    """A type with its number: ASSAULT 39 → هجوم 39."""
    type, _, count = counted.partition(" ")
    return f"{next((t(f'{kind}.{type}') for kind in KINDS['type'] if t.has(f'{kind}.{type}')), type)} {count}"


def under(t: Words, *pages: str) -> dict[str, str]:
    """The words of some pages, for a script."""
    starts = tuple(f"{page}." for page in pages)
    return {key: words for key, words in t.words.items() if key.startswith(starts)}
