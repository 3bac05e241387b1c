"""All forms of a demonym from its masculine singular stem.

Two-word demonyms inflect in both words (كوري شمالي -> الكوريون الشماليون), those that begin with a
direction in the last only (جنوب سوداني -> الجنوب سودانية).
"""

from __future__ import annotations

from collections.abc import Iterator

from masdar.gazetteer.spelling import ARTICLE
from masdar.text.fold import fold_word

# masculine and feminine; singular, dual, plural; accusative singular
ENDINGS = ("", "ه", "ا", "ان", "ين", "تان", "تين", "ون", "ات", "و", "تي", "تا")
DIRECTIONS = ("جنوب", "شمال")


def inflect(stem: str) -> Iterator[str]:
    """Every folded form of a stem: سوري -> سوري, سوريه, السوريون, للسوريات …"""
    first, *rest = fold_word(stem).split()
    if not rest:
        yield from definite_and_not([first + ending for ending in ENDINGS])
    elif first in DIRECTIONS or not first.endswith("ي"):
        last = " ".join(rest)
        forms = [f"{first} {last}{ending}" for ending in ENDINGS]
        yield from definite_and_not(forms)
        yield from (f"{first} {ARTICLE}{last}{ending}" for ending in ENDINGS)
    else:
        yield from (f"{first}{end} {rest[0]}{end}" for end in ENDINGS)
        yield from (f"{ARTICLE}{first}{end} {ARTICLE}{rest[0]}{end}" for end in ENDINGS)


def definite_and_not(forms: list[str]) -> Iterator[str]:
    """The forms as they are and with the article, also the one that swallows it: للسوريين."""
    for form in forms:
        yield form
        yield ARTICLE + form
        yield f"لل{form}"
