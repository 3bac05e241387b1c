"""What an article says about where it plays, and which of several places of one name it means.

Evidence is counted for countries (named, by demonym, by the places that can be nothing else) and
for first-order divisions; a candidate's score is its prior plus what speaks for it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from masdar.gazetteer.base import Candidate, Gazetteer

WORD = re.compile(r"\w+")
CLEAR_LEAD = 1.0  # of priors (log10): ten times the people leave no doubt
COUNTRY_NAMED, DEMONYM, PLACE = 1.0, 0.7, 1.0
PER_COUNTRY = 0.8  # for each doubling of what is said of a country
MOST_PER_COUNTRY = 2.4
SAME_DIVISION = 0.8
STATED = 4.0  # country or division stated beside the name: more than any prior of a city
KIND_ASKED = 2.5
OBSCURE = 4.0  # prior of a town of ten thousand; one smaller needs something that speaks for it
NEVER_MIND = 60.0  # kilometres: city and district of one name are no doubt


@dataclass(slots=True)
class Evidence:
    """How much speaks for each country and division."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    divisions: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, candidate: Candidate) -> None:
        """Count a place that the article names."""
        if candidate.country:
            self.countries[candidate.country] += PLACE
        if candidate.admin1:
            self.divisions[candidate.admin1] += 1

    def of(self, candidate: Candidate) -> float:
        """What speaks for a candidate."""
        said = self.countries.get(candidate.country or "", 0.0)
        bonus = min(PER_COUNTRY * math.log2(1 + said), MOST_PER_COUNTRY)
        return bonus + SAME_DIVISION * ((candidate.admin1 or "") in self.divisions)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the words around a name ask of the place: countries, divisions, kinds."""

    countries: frozenset[str] = frozenset()
    divisions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __or__(self, other: Wish) -> Wish:
        return Wish(
            self.countries | other.countries,
            self.divisions | other.divisions,
            self.kinds | other.kinds,
        )

    def of(self, candidate: Candidate) -> float:
        """How far the candidate is what is asked."""
        stated = candidate.country in self.countries or candidate.admin1 in self.divisions
        return STATED * stated + KIND_ASKED * (candidate.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Choice:
    """The best candidate, by how much it leads, and whether the runner-up is another place."""

    candidate: Candidate
    lead: float
    is_rivalled: bool


def gather(folded_text: str, names: Iterable[str], gazetteer: Gazetteer) -> Evidence:
    """Count the countries of a folded text and the clear places among its names."""
    evidence = Evidence()
    words = WORD.findall(folded_text)
    for word in words:
        if iso3 := gazetteer.find_demonym(word):
            evidence.countries[iso3] += DEMONYM
        elif (iso3 := gazetteer.find_country(word)) and is_clear(gazetteer.lookup(word)):
            evidence.countries[iso3] += COUNTRY_NAMED
    for name in names:
        candidates = gazetteer.lookup(name)
        if is_clear(candidates) and is_known(candidates[0]):
            evidence.add(candidates[0])
    return evidence


def is_clear(candidates: tuple[Candidate, ...]) -> bool:
    """Whether the first candidate needs no evidence."""
    if not candidates:
        return False
    rivals = [c for c in candidates[1:] if not is_beside(candidates[0], c)]
    return not rivals or candidates[0].prior - rivals[0].prior >= CLEAR_LEAD


def is_known(candidate: Candidate) -> bool:
    """Whether the candidate is a place, other than a country, that tells where an article plays."""
    return candidate.kind != "country" and candidate.prior >= OBSCURE


def credible(candidates: tuple[Candidate, ...], evidence: Evidence, wish: Wish) -> tuple[Candidate, ...]:
    """The candidates without villages of countries that the article does not speak of."""
    return tuple(c for c in candidates if c.prior >= OBSCURE or evidence.of(c) > 0 or wish.of(c) > 0)


def choose(candidates: tuple[Candidate, ...], evidence: Evidence, wish: Wish) -> Choice:
    """The candidate with the best score; the earlier one of equals."""
    scores = [c.prior + evidence.of(c) + wish.of(c) for c in candidates]
    order = sorted(range(len(candidates)), key=lambda number: -scores[number])
    best = candidates[order[0]]
    rivals = [n for n in order[1:] if not is_beside(best, candidates[n])]
    lead = scores[order[0]] - scores[rivals[0]] if rivals else math.inf
    return Choice(best, lead, lead < CLEAR_LEAD)


def is_beside(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are near enough to be the town and the district of one name."""
    x = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    near = 111.2 * math.hypot(x, one.lat - other.lat) < NEVER_MIND
    return near or (one.country == other.country and "country" in (one.kind, other.kind))
