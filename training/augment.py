"""Vary an annotated article: other quotation marks and spellings, other people, towns and offices in the same places.

What is learnt should not hang on one outlet's marks and keyboard or on the names of one year. Offsets move with the
words; the sense stays.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Annotated = dict[str, Any]
Stretch = tuple[int, int, str]  # start, end, words
MARKS = (('"', '"'), ("“", "”"), ("«", "»"), ("”", "“"))
OTHER_MARKS = 0.4  # share of articles whose marks are exchanged in an epoch
OTHER_NAMES = 0.25  # and of those whose people are
OTHER_WORDS = 0.15  # whose towns are, and whose offices are
OTHER_SPELLING = 0.1  # that are spelt as hurried hands spell
SPELLINGS = (
    str.maketrans("أإآ", "ااا"),  # الى for إلى
    str.maketrans("أإآة", "اااه"),  # مدرسه for مدرسة
    str.maketrans("ى", "ي"),  # علي for على
)


class Names:
    """What a corpus has to exchange: full names of people, towns, offices (دونالد ترامب, حلب, وزير النقل)."""

    def __init__(self, articles: Iterable[Annotated]) -> None:
        known = list(articles)
        people = {full for a in known for e in a["entities"] if (full := full_name(a, e)) and " " in full}
        self.full = sorted(people)
        self.towns = sorted({words for a in known for _, _, words in towns(a)})
        self.offices = sorted({words for a in known for _, _, words in offices(a)})

    def other(self, chance: random.Random) -> str:
        """Anybody."""
        return chance.choice(self.full)


def varied(article: Annotated, chance: random.Random, names: Names) -> Annotated:
    """The article as it is, or with other marks, people, towns, offices or spelling, or several of them."""
    if chance.random() < OTHER_NAMES and names.full:
        article = other_names(article, chance, names)
    for stretches, pool in ((towns, names.towns), (offices, names.offices)):
        if chance.random() < OTHER_WORDS:
            article = other_words(article, list(stretches(article)), pool, chance)
    if chance.random() < OTHER_MARKS:
        article = article | {"text": other_marks(article["text"], chance)}
    if chance.random() < OTHER_SPELLING:
        article = article | {"text": article["text"].translate(chance.choice(SPELLINGS))}
    return article


def towns(article: Annotated) -> Iterator[Stretch]:
    """Names of places that are no states and that nothing else stands in."""
    for entity in article["entities"]:
        if entity["type"] in ("GPE", "LOC") and not entity.get("sectors"):
            yield from plain_mentions(article, entity, "name")


def offices(article: Annotated) -> Iterator[Stretch]:
    """Descriptions of named people in two words and more that no name or demonym stands in."""
    for entity in article["entities"]:
        if entity["type"] == "PER" and named(article, entity):
            yield from (s for s in plain_mentions(article, entity, "nominal") if " " in s[2])


def plain_mentions(article: Annotated, entity: Annotated, form: str) -> Iterator[Stretch]:
    """Mentions of a form as start, end and words: in one line, no other mention inside, no article swallowed by لـ."""
    starts = [m["start"] for e in article["entities"] for m in e["mentions"]]
    for mention in entity["mentions"]:
        first, last = mention["start"], mention["end"]
        words = article["text"][first:last]
        is_alone = sum(first <= start < last for start in starts) == 1
        if mention["form"] == form and is_alone and "\n" not in words and article["text"][max(0, first - 1)] != "ل":
            yield first, last, words


def other_words(article: Annotated, stretches: list[Stretch], pool: list[str], chance: random.Random) -> Annotated:
    """Each of the stretches in other words of the pool, definite for definite; the same words always in the same."""
    instead: dict[str, str] = {}
    for _, _, words in stretches:
        likely = [w for w in chance.choices(pool, k=9) if w.startswith("ال") == words.startswith("ال")]
        instead.setdefault(words, likely[0] if likely else words)
    return replaced(article, sorted((first, last, instead[words]) for first, last, words in stretches))


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
