"""Words made comparable: folded, without the letters that Arabic glues to them, weighed by how rare they are.

Texts of one day speak of the same things all over; what sets two of them apart, or joins them, are the words that few
others have. Rarity is counted among the articles of the days just before, so that it follows the news, needs no list
of stop words, and does not change when a later article comes in.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from masdar.text.fold import fold_word

WORD = re.compile(r"\w+")
WINDOW = 7  # days: what is published later is not compared any more
LEAST = 3  # letters that a stem keeps
# what a word begins with and ends with besides its stem, longest first
BEFORE = ("ال", "و", "ف", "ب", "ل")
AFTER = ("هما", "اتها", "ات", "ها", "هم", "ون", "ين", "ان", "يه", "ته", "تها", "ه", "ي", "ا")
NEAR, FAR = 4, 16  # words from the trigger within which a word counts fully, and beyond which it counts least
LEAST_SHARE = 0.3

Bag = Mapping[str, float]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A folded word without article, conjunction, preposition and ending: وبالقصف → قصف.

    Letters of the root that look so are taken as well, from all forms of a word alike: وزير, والوزير → زير. What is
    left is for comparing only.
    """
    prefix = first_of(word)
    while prefix:
        word = word[len(prefix) :]
        prefix = first_of(word)
    for suffix in AFTER:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST:
            return word[: -len(suffix)]
    return word


def first_of(word: str) -> str:
    """What may be taken from the beginning of a word, if enough is left."""
    return next((prefix for prefix in BEFORE if word.startswith(prefix) and len(word) - len(prefix) >= LEAST), "")


def stems(text: str) -> list[str]:
    """The stems of a text in order; words of one or two letters say little and are left out."""
    return [stem(word) for word in folded_words(text) if len(word) >= LEAST or word.isdecimal()]


def forms(text: str) -> dict[str, str]:
    """For each stem of a text the first word that has it, as written."""
    found: dict[str, str] = {}
    for word in WORD.findall(text):
        found.setdefault(stem(fold_word(word)), word)
    return found


def folded_words(text: str) -> list[str]:
    """The words of a text, folded."""
    return WORD.findall(fold_word(text))


def bag_around(before: str, trigger: str, after: str) -> dict[str, float]:
    """The stems of a sentence, each with its nearness to the trigger: what stands by it belongs to the same act."""
    bag = dict.fromkeys(stems(trigger), 1.0)
    for side in (reversed(stems(before)), stems(after)):
        for distance, word in enumerate(side):
            bag[word] = max(bag.get(word, 0.0), nearness(distance))
    return bag


def nearness(distance: int) -> float:
    """1 beside the trigger, LEAST_SHARE far from it."""
    return max(LEAST_SHARE, min(1.0, 1 - (1 - LEAST_SHARE) * (distance - NEAR) / (FAR - NEAR)))


@dataclass(slots=True)
class Rarity:
    """In how many articles each stem stands."""

    articles: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, words: Iterable[str], times: int = 1) -> None:
        """Count an article's stems; take them out again with -1."""
        self.articles += times
        for word in set(words):
            self.counts[word] += times
            if not self.counts[word]:
                del self.counts[word]

    def weight(self, word: str) -> float:
        """More for a word of few articles."""
        return math.log(1 + (self.articles + 1) / (self.counts[word] + 0.5))

    def weighed(self, bag: Bag) -> dict[str, float]:
        """A bag with each word's share multiplied by its weight, of length 1."""
        values = {word: share * self.weight(word) for word, share in bag.items()}
        length = math.sqrt(sum(value * value for value in values.values()))
        return {word: value / length for word, value in values.items()} if length else {}


def cosine(left: Bag, right: Bag) -> float:
    """How alike two weighed bags are, 0 to 1; always added up in the same order, so that runs agree to the last bit."""
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    return sum([value * large[word] for word, value in small.items() if word in large])


def shared(left: Bag, right: Bag, limit: int = 6) -> list[str]:
    """The words that make two weighed bags alike, the weightiest first."""
    both = sorted(left.keys() & right.keys(), key=lambda word: (-left[word] * right[word], word))
    return both[:limit]
