"""Find articles that are (nearly) the same text, so that five copies of one dispatch count as one source.

Two texts are compared by their runs of five folded words. Outlets shorten what an agency sends, so what counts is how
much of the shorter text stands in the longer one. Articles come in the order of publication; each is the copy of the
earlier article that holds most of it, unless that is a copy itself: then of that one's original, if it holds enough.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from masdar.store.words import folded_words

RUN = 5  # words
INDEXED = 4  # one run of so many is looked up; all are compared
HITS = 3  # looked-up runs in common before two texts are compared
COMMON = 60  # last articles that a run is remembered of: what stands in more is a formula
ENOUGH = 0.4  # of the shorter text; docs/stories.md says what lies around it
SHORTEST = 0.3  # of the longer one: a notice quoted in a survey does not make the survey a copy
LEAST = 15  # runs that a text must have


@dataclass(frozen=True, slots=True)
class Text:
    """An article to be compared: its runs of words, and the agencies it names."""

    article: int
    day: int
    runs: frozenset[int]
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """An article and the earlier one that it is a copy of."""

    article: int
    original: int
    likeness: float
    agency: str | None = None


@dataclass(slots=True)
class Originals:
    """Articles of the last days that are no copies of others."""

    texts: dict[int, Text] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)  # in which order they came
    count: int = 0
    places: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def compare(self, text: Text) -> Copy | None:
        """What the article is a copy of; if of nothing, it is an original for those that follow."""
        found = self.best(text)
        if found is None:
            self.put(text)
        return found

    def put(self, text: Text) -> None:
        """Remember an original."""
        if len(text.runs) < LEAST:
            return
        self.texts[text.article] = text
        self.turns[text.article] = self.count = self.count + 1
        for run in indexed(text.runs):
            self.places[run].append(text.article)

    def best(self, text: Text) -> Copy | None:
        """The original that shares most with it, if enough."""
        hits = Counter(other for run in indexed(text.runs) for other in self.places.get(run, ())[-COMMON:])
        likely = [other for other, count in hits.items() if count >= HITS]
        found = [(likeness(self.texts[other], text), -self.turns[other], other) for other in likely]
        share, _, best = max(found, default=(0.0, 0, 0))
        if share < ENOUGH:
            return None
        original = self.texts[best]
        return Copy(text.article, original.article, round(share, 4), common(original.agencies, text.agencies))

    def forget(self, before: int) -> None:
        """Let go of articles before a day."""
        gone = {number for number, text in self.texts.items() if text.day < before}
        for number in gone:
            del self.texts[number]
            del self.turns[number]
        left = {run: [number for number in numbers if number not in gone] for run, numbers in self.places.items()}
        self.places = defaultdict(list, {run: numbers for run, numbers in left.items() if numbers})


def runs(text: str) -> frozenset[int]:
    """The runs of words of a text, as numbers."""
    words = folded_words(text)
    return frozenset(zlib.crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1))


def indexed(runs: Iterable[int]) -> Iterable[int]:
    """The runs that texts are found by."""
    return (run for run in runs if run % INDEXED == 0)


def likeness(left: Text, right: Text) -> float:
    """How much of the shorter text stands in the longer one; 0 where one is much longer than the other."""
    small, large = sorted((len(left.runs), len(right.runs)))
    if small < LEAST or small < SHORTEST * large:
        return 0.0
    return len(left.runs & right.runs) / small


def common(left: Iterable[str], right: Iterable[str]) -> str | None:
    """The first agency that both name."""
    theirs = set(right)
    return next((agency for agency in left if agency in theirs), None)
