"""When a piece of a record and a piece of an annotation are the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from masdar.text.fold import fold_word

Json = dict[str, Any]
Place = tuple[int, int]

MARKS = "\"'«»“”„‟‘’‹›()[]{}.,،؛:؟?!…-–—ـ \n\t\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}"
END = re.compile(r"[.!؟?]+[\"”»’)]*\s+|\n+")
ENOUGH = 0.5  # of all characters of two contents, or of two mentions, that are shared


def place(piece: Json) -> Place:
    """Where a piece of a record stands."""
    return piece["start"], piece["end"]


def overlap(first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether two places share a character."""
    return first[0] < second[1] and second[0] < first[1]


def letters(text: str, places: Iterable[Sequence[int]]) -> set[int]:
    """The characters of contents: without outer marks and without white space."""
    out: set[int] = set()
    for start, end in places:
        while start < end and text[start] in MARKS:
            start += 1
        while end > start and text[end - 1] in MARKS:
            end -= 1
        out.update(at for at in range(start, end) if not text[at].isspace())
    return out


def pair_up(
    first: Sequence[Any], second: Sequence[Any], closeness: Callable[[Any, Any], float]
) -> list[tuple[int, int, float]]:
    """Pairs of closeness above 0, one to one, closest first."""
    pairs = [(closeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)]
    taken_first, taken_second, out = set[int](), set[int](), []
    for close, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if close > 0 and i not in taken_first and j not in taken_second:
            taken_first.add(i)
            taken_second.add(j)
            out.append((i, j, close))
    return out


def sentence_of(text: str, at: int) -> int:
    """The number of the (rough) sentence that a character stands in."""
    return sum(found.end() <= at for found in END.finditer(text))


def same_mention(gold: Json, found: Json, *, alike: bool) -> bool:
    """Mostly the same words, or one name inside the other; demonyms only with demonyms."""
    shared = min(gold["end"], found["end"]) - max(gold["start"], found["start"])
    if shared <= 0 or (form(gold) == "demonym") != (form(found) == "demonym"):
        return False
    both = max(gold["end"], found["end"]) - min(gold["start"], found["start"])
    return shared / both >= ENOUGH or (alike and form(gold) == form(found) == "name")


def form(mention: Json) -> str:
    """name, nominal, pronoun or demonym."""
    return str(mention.get("form", "name"))


def same_entity(gold: Json, found: Json) -> bool:
    """Whether two entities share a mention, or bear the same name."""
    alike = (gold["type"] == "PER") == (found["type"] == "PER")
    if any(same_mention(a, b, alike=alike) for a in gold["mentions"] for b in found["mentions"]):
        return True
    return bool(gold["name"]) and bare(gold["name"]) == bare(found["name"] or "")


def bare(name: str) -> str:
    """A name folded, without marks around it."""
    return fold_word(name).strip(MARKS)


def compare_sets(gold: Sequence[Any], found: Sequence[Any], same: Callable[[Any, Any], bool]) -> tuple[int, int, int]:
    """How many of the gold ones are met, how many found ones are wrong, how many are missed."""
    met = sum(any(same(a, b) for b in found) for a in gold)
    wrong = sum(not any(same(a, b) for a in gold) for b in found)
    return met, wrong, len(gold) - met
