"""Vary an annotated article: other quotation marks, other people in the same places.

What is learnt should not hang on one outlet's marks or on the names of one year. Offsets move with the
words; the sense stays.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any

Annotated = dict[str, Any]
MARKS = (('"', '"'), ("“", "”"), ("«", "»"), ("”", "“"))
OTHER_MARKS = 0.4  # share of articles whose marks are exchanged in an epoch
OTHER_NAMES = 0.25  # and of those whose people are


class Names:
    """The people of a corpus by name: full names and the last words that stand for them (دونالد ترامب, ترامب)."""

    def __init__(self, articles: Iterable[Annotated]) -> None:
        found = {full for a in articles for e in a["entities"] if (full := full_name(a, e)) and " " in full}
        self.full = sorted(found)

    def other(self, chance: random.Random) -> str:
        """Anybody."""
        return chance.choice(self.full)


def varied(article: Annotated, chance: random.Random, names: Names) -> Annotated:
    """The article as it is, or with other marks, other people, or both."""
    if chance.random() < OTHER_NAMES and names.full:
        article = other_names(article, chance, names)
    if chance.random() < OTHER_MARKS:
        article = article | {"text": other_marks(article["text"], chance)}
    return article


def named(article: Annotated, entity: Annotated) -> list[tuple[int, int]]:
    """Where an entity is named."""
    return [(m["start"], m["end"]) for m in entity["mentions"] if m["form"] == "name"]


def full_name(article: Annotated, entity: Annotated) -> str | None:
    """The longest name of a person whose every name is that one or its last word; else None."""
    if entity["type"] != "PER":
        return None
    words = {article["text"][start:end] for start, end in named(article, entity)}
    if not words or any("\n" in w for w in words):
        return None
    full = max(words, key=len)
    return full if words <= {full, full.split()[-1]} else None


def other_names(article: Annotated, chance: random.Random, names: Names) -> Annotated:
    """Each person whose names are plain under somebody else's name."""
    changes: list[tuple[int, int, str]] = []
    for entity in article["entities"]:
        full = full_name(article, entity)
        if full is None:
            continue
        new = names.other(chance)
        for start, end in named(article, entity):
            is_full = article["text"][start:end] == full and " " in full
            changes.append((start, end, new if is_full else new.split()[-1]))
    return replaced(article, sorted(set(changes)))


def replaced(article: Annotated, changes: list[tuple[int, int, str]]) -> Annotated:
    """The article with some stretches of its text replaced and every offset moved along."""
    text, parts, at = article["text"], [], 0
    for start, end, new in changes:
        if start < at:
            return article  # names inside names: left alone
        parts += [text[at:start], new]
        at = end
    parts.append(text[at:])

    def moved(position: int) -> int:
        shift = 0
        for start, end, new in changes:
            if position >= end:
                shift += len(new) - (end - start)
            elif position > start:
                return start + shift + min(position - start, len(new))
        return position + shift

    tree: Annotated = moved_tree(article, moved)  # type: ignore[assignment]
    return tree | {"text": "".join(parts)}


def moved_tree(value: object, moved: Callable[[int], int], key: str | None = None) -> object:
    """The same structure with every offset moved: numbers under start and end, and numbers in lists."""
    if isinstance(value, dict):
        return {k: moved_tree(v, moved, k) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [moved_tree(v, moved, "offset") for v in value]
    is_offset = isinstance(value, int) and not isinstance(value, bool) and key in ("start", "end", "offset")
    return moved(value) if is_offset else value  # type: ignore[arg-type]


def other_marks(text: str, chance: random.Random) -> str:
    """All quotation marks of the text in another manner, character for character."""
    opening, closing = chance.choice(MARKS)
    out = []
    is_open = False
    for index, character in enumerate(text):
        if character in "«“":
            out.append(opening)
        elif character in "»”":
            out.append(closing)
        elif character == '"':
            before = text[index - 1] if index else " "
            opens = before.isspace() or before in "([:" or (not is_open and not before.isalpha())
            out.append(opening if opens else closing)
            is_open = opens
        else:
            out.append(character)
    return "".join(out)
