"""An event of an article as a report that can be compared with reports of other articles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from masdar.store.words import Bag, Rarity, bag_around, stem, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Json = Mapping[str, Any]
EARTH = 6371.0  # kilometres
NARROW = ("city", "area")  # resolutions of places that are one spot


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: the key across articles (local ones name nobody elsewhere), country, and stems of the name."""

    actor: str
    type: str
    country: str | None = None
    sector: str | None = None
    words: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether the key says who it is in other articles too."""
        return "#" not in self.actor


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it happened."""

    words: frozenset[str]
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One article's report of an event."""

    id: str  # 0f3a…#V1
    article: int
    event: str
    source: str | None
    published: str
    day: int  # of publication, as an ordinal
    type: str
    trigger: str
    mode: str | None = None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    spots: tuple[Spot, ...] = ()
    days: tuple[int, int] | None = None  # when it happened, where the article says so
    is_claimed: bool = False
    is_historical: bool = False
    raw: Bag = field(default_factory=dict)  # stems of the sentence and how near they are to the trigger
    forms: Mapping[str, str] = field(default_factory=dict)  # for each stem a word of the sentence, as written
    bag: Bag = field(default_factory=dict)  # the same, weighed by rarity
    near: Bag = field(default_factory=dict)  # of those beside the trigger only, without it
    vector: NDArray[np.float32] | None = None  # of the sentence, of length 1

    @property
    def order(self) -> tuple[int, str, str, int]:
        """Reports come in the order of publication."""
        return self.day, self.published, self.id.rpartition("#")[0], int(self.event.lstrip("V") or 0)

    def weighed(self, rarity: Rarity) -> Report:
        """With its words weighed by how rare they are in its days."""
        close = {word: share for word, share in self.raw.items() if share == 1.0 and word != self.trigger}
        return replace(self, bag=rarity.weighed(self.raw), near=rarity.weighed(close))


def trigger_stem(trigger: str) -> str:
    """The stem of a trigger: بالقصف → قصف."""
    return next(iter(stems(trigger)), stem(trigger))


def bag_of(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> dict[str, float]:
    """The stems of the trigger's sentence by nearness."""
    return bag_around(text[sentence[0] : trigger[0]], text[slice(*trigger)], text[trigger[1] : sentence[1]])


def span_of_days(value: str | None, end: str | None) -> tuple[int, int] | None:
    """The first and last day of an ISO value of at least a day's granularity: 2024-03-12 → (738957, 738957).

    Months and years are too coarse to tell two events apart.
    """
    if value is None or value[:10].count("-") < 2 or "W" in value:
        return None
    first = day_of(value)
    last = day_of(end) if end and end[:10].count("-") == 2 else first
    return (first, last) if first is not None and last is not None and first <= last else None


def day_of(value: str | None) -> int | None:
    """The ordinal of the date that an ISO value begins with."""
    try:
        return date.fromisoformat(value[:10]).toordinal() if value else None
    except ValueError:
        return None


def likeness_of_parties(left: Sequence[Party], right: Sequence[Party]) -> float | None:
    """How far two sides agree on who: 1 the same, 0 nobody in common, None where one names nobody who can be known."""
    if not left or not right:
        return None
    scores = [max(likeness_of_two(one, other) for other in right) for one in left]
    back = [max(likeness_of_two(one, other) for other in left) for one in right]
    best = max(max(scores), max(back))
    mean = (sum(scores) / len(scores) + sum(back) / len(back)) / 2
    if best < 0.5 and not (any(p.is_known for p in left) and any(p.is_known for p in right)):
        return None
    return (best + mean) / 2


def likeness_of_two(left: Party, right: Party) -> float:
    """1 for one actor; less for two of one country that may stand for it, or that share words of their names."""
    if left.actor == right.actor:
        return 1.0
    if left.country and left.country == right.country and is_state(left) and is_state(right):
        return 0.8 if left.type != "PER" or right.type != "PER" else 0.2
    both = len(left.words & right.words)
    named = both / min(len(left.words), len(right.words)) if both else 0.0
    if left.country and right.country and left.country != right.country:
        return 0.2 * named
    return 0.7 * named


def is_state(party: Party) -> bool:
    """Whether it speaks and acts for its country: واشنطن (Washington), the army, a minister."""
    return party.type == "GPE" or party.sector in ("GOV", "MIL")


def likeness_of_spots(left: Iterable[Spot], right: Iterable[Spot]) -> float | None:
    """1 the same spot, -1 spots far apart, None where they cannot be compared: a town and its country."""
    found = [value for one in left for other in right if (value := likeness_of_two_spots(one, other)) is not None]
    return max(found, default=None)


def likeness_of_two_spots(left: Spot, right: Spot) -> float | None:
    """By name, then by distance; countries alone say too little."""
    if left.words and left.words == right.words and left.resolution != "country":
        return 1.0
    if left.country and right.country and left.country != right.country:
        return -1.0
    if not (left.resolution in NARROW and right.resolution in NARROW):
        return 0.5 if left.words & right.words and left.resolution != "country" else None
    apart = distance(left, right)
    if apart is None:
        return None
    return 1.0 if apart <= 15 else 0.5 if apart <= 60 else 0.0 if apart <= 150 else -0.5


def distance(left: Spot, right: Spot) -> float | None:
    """Kilometres between two spots."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    one, other = math.radians(left.lat), math.radians(right.lat)
    turn = math.radians(left.lon - right.lon)
    chord = math.sin((one - other) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(turn / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(chord)))
