"""Find the same words of a speaker in several articles: verbatim, shortened, extended, reworded, or reported.

Quotation after quotation, in the order of publication, joins the echo whose quotations hold most of its words, or
begins a new one. Words weigh by their rarity. The less is known of who speaks, the more words must be the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from heapq import nsmallest
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, Protocol

from masdar.store.words import Bag, Rarity, folded_words, stem, stems
from masdar.text.fold import fold_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TELLING = 10  # words of a quotation that it is found by
REMEMBERED = 100  # last quotations of a word that are looked at
COMPARED = 30  # quotations that are compared in full
CORE = 5  # of an echo, that a new one must be like on average
FEWEST = 4  # stems that a quotation must have: shorter ones are said by everybody
# how much of the shorter one's weight must be in both, and how many stems, by what is known of the speakers
SAME, UNKNOWN, OTHER = (0.6, 4), (0.75, 6), (0.9, 8)
IN_ORDER = 0.5  # of the stems of the shorter one that both have in the same order
DRIFT = 0.15  # that the mean with the echo's others may be less
ALIKE = 0.55  # cosine of meanings from which on fewer words need be the same
VERBATIM = 0.9  # of the words of both
WITHIN = 0.85  # of the words of the shorter one


class Relation(StrEnum):
    """What a later quotation made of the first one."""

    FIRST = "first"
    VERBATIM = "verbatim"
    SHORTENED = "shortened"
    EXTENDED = "extended"
    REWORDED = "reworded"
    REPORTED = "reported"  # direct speech turned into indirect, or back


class Change(StrEnum):
    """What happened to a stretch of words from one wording to the other."""

    SAME = "same"
    LEFT_OUT = "left out"
    ADDED = "added"
    CHANGED = "changed"


class Step(NamedTuple):
    """A stretch of words of one wording and what stands for it in the other."""

    op: Change
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation to be compared."""

    id: str  # 0f3a…#Q1
    article: int
    quotation: str
    source: str | None
    published: str
    day: int
    kind: str
    content: str
    speakers: frozenset[str] = frozenset()  # keys that are known across articles
    countries: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    bag: Bag = field(default_factory=dict)
    vector: NDArray[np.float32] | None = None

    def weighed(self, rarity: Rarity) -> Said:
        """With its words weighed by how rare they are in its days."""
        words = tuple(stems(self.content))
        return replace(self, stems=words, bag=rarity.weighed(dict.fromkeys(words, 1.0)))

    @property
    def order(self) -> tuple[int, str, str, int]:
        """Quotations come in the order of publication."""
        return self.day, self.published, self.id.rpartition("#")[0], int(self.quotation.lstrip("Q") or 0)


@dataclass(frozen=True, slots=True)
class Echoed:
    """A quotation, the strand of echoes it joined (named by its first one) and how much of it is in the best one."""

    said: str
    strand: str
    likeness: float
    beside: str | None = None


@dataclass(slots=True)
class Voices:
    """The quotations of the last days, and where words were used in them."""

    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)  # quotations that people parted
    said: dict[str, Said] = field(default_factory=dict)
    strand_of: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[str, int] = field(default_factory=dict)  # in which order they came
    count: int = 0

    def join(self, said: Said) -> Echoed:
        """Put a quotation where it belongs."""
        joined = self.best(said) or Echoed(said.id, said.id, 1.0)
        self.put(said, joined.strand)
        return joined

    def put(self, said: Said, strand: str) -> None:
        """Remember a quotation as one of a strand."""
        self.said[said.id] = said
        self.numbers[said.id] = self.count = self.count + 1
        self.strand_of[said.id] = strand
        self.members.setdefault(strand, []).append(said.id)
        for word in telling(said):
            self.places[word].append(said.id)

    def best(self, said: Said) -> Echoed | None:
        """The strand whose quotations hold most of its words, if enough."""
        if len(said.stems) < FEWEST:
            return None
        found = []
        for other in self.candidates(said):
            share = likeness(self.said[other], said)
            strand = self.strand_of[other]
            if share and self.fits(said, strand, share):
                found.append(Echoed(said.id, strand, round(share, 4), other))
        return max(found, key=lambda fit: (fit.likeness, fit.strand), default=None)

    def fits(self, said: Said, strand: str, share: float) -> bool:
        """Whether a quotation is like a strand on average, and people have not parted it from there."""
        members = self.members[strand]
        if not self.apart.get(said.id, frozenset()).isdisjoint([strand, *members]):
            return False
        some = [*members[:1], *members[1:][-CORE + 1 :]]
        mean = sum(overlap(self.said[member], said)[0] for member in some) / len(some)
        return mean >= share - DRIFT

    def candidates(self, said: Said) -> list[str]:
        """Earlier quotations that share telling words, the most alike first."""
        hits: Counter[str] = Counter()
        for word in telling(said):
            for other in self.places.get(word, ())[-REMEMBERED:]:
                hits[other] += said.bag[word] * self.said[other].bag[word]  # type: ignore[assignment]
        ranked = nsmallest(COMPARED, hits.items(), key=lambda item: (-item[1], self.numbers[item[0]]))
        return [other for other, _ in ranked]

    def forget(self, before: int) -> None:
        """Let go of quotations of articles before a day."""
        gone = {id for id, said in self.said.items() if said.day < before}
        for id in gone:
            del self.said[id]
            del self.numbers[id]
            del self.strand_of[id]
        kept = {strand: [id for id in ids if id not in gone] for strand, ids in self.members.items()}
        self.members = {strand: ids for strand, ids in kept.items() if ids}
        left = {word: [id for id in ids if id not in gone] for word, ids in self.places.items()}
        self.places = defaultdict(list, {word: ids for word, ids in left.items() if ids})


def telling(said: Said) -> list[str]:
    """The weightiest words of a quotation."""
    return sorted(said.bag, key=lambda word: (-said.bag[word], word))[:TELLING]


def likeness(left: Said, right: Said) -> float:
    """How much of the shorter one is in both, 0 to 1; 0 where that is not enough for who the speakers are."""
    share, count = overlap(left, right)
    needed, words = threshold(left, right)
    if left.vector is not None and right.vector is not None and float(left.vector @ right.vector) >= ALIKE:
        needed -= 0.1
    if share < needed or count < words:
        return 0.0
    shorter = min(len(left.stems), len(right.stems))
    return share if longest_common(left.stems, right.stems) >= IN_ORDER * shorter else 0.0


def threshold(left: Said, right: Said) -> tuple[float, int]:
    """What share and how many stems two quotations must have in common."""
    if left.speakers & right.speakers:
        return SAME
    if left.speakers and right.speakers:
        return OTHER
    return UNKNOWN if not left.countries or not right.countries or left.countries & right.countries else OTHER


def overlap(left: Said, right: Said) -> tuple[float, int]:
    """The weight of the stems of the shorter one that the other has too, as a share; and their number."""
    small, large = (left, right) if len(left.bag) <= len(right.bag) else (right, left)
    both = [word for word in small.bag if word in large.bag]
    total = sum(small.bag.values())
    return (sum(small.bag[word] for word in both) / total if total else 0.0), len(both)


class Worded(Protocol):
    """A quotation, or its row."""

    @property
    def kind(self) -> str: ...
    @property
    def content(self) -> str: ...


def relation_of(first: Worded, later: Worded) -> Relation:
    """What the later quotation made of the first one."""
    left, right = folded_words(first.content), folded_words(later.content)
    both = longest_common(left, right)
    of_first, of_later = both / max(1, len(left)), both / max(1, len(right))
    if of_first >= VERBATIM and of_later >= VERBATIM:
        return Relation.VERBATIM
    if of_later >= WITHIN:
        return Relation.SHORTENED
    if of_first >= WITHIN:
        return Relation.EXTENDED
    return Relation.REPORTED if {first.kind, later.kind} == {"direct", "indirect"} else Relation.REWORDED


def longest_common(left: Sequence[str], right: Sequence[str]) -> int:
    """How many words two wordings share in the same order."""
    from rapidfuzz.distance import LCSseq

    return int(LCSseq.similarity(left, right))


def align(left: str, right: str) -> list[Step]:
    """Word by word what the second wording keeps, leaves out, adds and changes; compared folded, shown as written.

    Words that differ in what Arabic glues to them (اعتداء, الاعتداء) stand against each other as changed.
    """
    from rapidfuzz.distance import Levenshtein

    ours, theirs = left.split(), right.split()
    codes = Levenshtein.opcodes([stem(bare(word)) for word in ours], [stem(bare(word)) for word in theirs])
    steps: list[Step] = []
    for code in codes:
        before, after = ours[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end]
        if code.tag == "equal":
            steps += [Step(kept(one, other), one, other) for one, other in zip(before, after, strict=True)]
        else:
            steps.append(Step(CHANGES[code.tag], " ".join(before), " ".join(after)))
    return [merged(list(group)) for _, group in groupby(steps, key=lambda step: step.op)]


CHANGES = {"delete": Change.LEFT_OUT, "insert": Change.ADDED, "replace": Change.CHANGED}


def kept(one: str, other: str) -> Change:
    """Whether two words of one stem are the same word."""
    return Change.SAME if bare(one) == bare(other) else Change.CHANGED


def bare(word: str) -> str:
    """A word as it is compared: folded, without marks around it."""
    return "".join(folded_words(word)) or fold_word(word)


def merged(steps: list[Step]) -> Step:
    """Neighbouring stretches of one kind as one."""
    return Step(steps[0].op, *(" ".join(filter(None, side)) for side in zip(*(s[1:] for s in steps), strict=True)))
