"""Whether two names are one: equal but for the article and بن (son of), a family name, a shorter form."""

from __future__ import annotations

from masdar.types import EntityType


def bare(folded: str) -> list[str]:
    """The words of a name without the article and بن (son of)."""
    return [w.removeprefix("ال") for w in folded.split() if w not in ("بن", "ابن")]


def is_same_name(known: str, folded: str, kind: EntityType) -> bool:
    """Equal, or (people) the end or all of the other: عباس, علي عباس in علي محمود عباس."""
    if known == folded:
        return True
    one, other = bare(known), bare(folded)
    if not one or not other or one == other:
        return one == other
    short, long = sorted((one, other), key=len)
    if kind is EntityType.PERSON:
        if len(short) == 1:
            return len(long) > 1 and short[0] in (long[-1], long[0] if len(long) > 2 else long[-1])
        return is_subsequence(short, long) and short[-1] == long[-1]
    if kind is EntityType.ORGANIZATION:
        return len(short) >= 2 and long[: len(short)] == short
    return False


def is_subsequence(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)
