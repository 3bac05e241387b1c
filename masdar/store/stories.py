"""Join reports of one event in the world into stories.

Report after report, in the order of publication, joins the strand it agrees with best, or begins a new one. It must
agree with the strand's reports on average, not only with one of them, so that strands do not drift from event to event.
Strands live for WINDOW days after their last report. What people decided comes first: a report never joins a strand
with a report it was parted from, and strands that hold two reports decided to be the same make one story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest

from masdar.store.agreement import Agreement, agreement
from masdar.store.reports import Report

TELLING = 12  # words of a report that it is found by, the weightiest
REMEMBERED = 150  # last reports of a word that are looked at
COMPARED = 40  # reports that are compared in full
STRANDS = 6  # strands that are considered, by their best report
CORE = 7  # reports of a strand that a new one must agree with
ENOUGH = 0.55  # mean agreement with them
BEST = 0.65  # agreement with the best of them
SAME_ARTICLE = 0.9  # agreement with a report of the same article: mostly, one article tells each act once


@dataclass(frozen=True, slots=True)
class Joined:
    """Where a report went: the strand (named by its first report), how well it fits, the report it fits best."""

    report: str
    strand: str
    score: float
    beside: str | None = None
    why: Agreement | None = None
    also: tuple[str, ...] = ()  # other strands that tell of the same event: it fits them, and they fit each other


@dataclass(slots=True)
class Strands:
    """The strands of the last days, and where words were used in their reports."""

    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)  # reports that people parted
    reports: dict[str, Report] = field(default_factory=dict)
    strand_of: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[str, int] = field(default_factory=dict)  # in which order they came
    count: int = 0

    def join(self, report: Report) -> Joined:
        """Put a report where it belongs."""
        joined = self.best(report) or Joined(report.id, report.id, 1.0)
        self.put(report, joined.strand)
        return joined

    def put(self, report: Report, strand: str) -> None:
        """Remember a report as one of a strand."""
        self.reports[report.id] = report
        self.numbers[report.id] = self.count = self.count + 1
        self.strand_of[report.id] = strand
        self.members.setdefault(strand, []).append(report.id)
        for word in telling(report):
            self.places[word].append(report.id)

    def best(self, report: Report) -> Joined | None:
        """The strand that a report agrees with best, if with any."""
        near: dict[str, tuple[str, Agreement]] = {}
        for other in self.candidates(report):
            strand = self.strand_of[other]
            found = agreement(self.reports[other], report)
            if strand not in near or found.score > near[strand][1].score:
                near[strand] = other, found
        ranked = sorted(near.items(), key=lambda item: (-item[1][1].score, item[0]))[:STRANDS]
        fits = [fit for strand, beside in ranked if (fit := self.fit(report, strand, beside))]
        if not fits:
            return None
        best, *others = sorted(fits, key=lambda fit: (-fit.score, fit.strand))
        return replace(best, also=tuple(fit.strand for fit in others if self.agree(best.strand, fit.strand)))

    def fit(self, report: Report, strand: str, beside: tuple[str, Agreement]) -> Joined | None:
        """How well a report fits a strand, if well enough."""
        other, found = beside
        members = self.members[strand]
        if found.score < BEST or not self.apart.get(report.id, frozenset()).isdisjoint([strand, *members]):
            return None
        scores = [agreement(self.reports[member], report).score for member in core(members, other)]
        mean = (sum(scores) + found.score) / (len(scores) + 1)
        least = SAME_ARTICLE if self.tells(strand, report.article) else ENOUGH
        return Joined(report.id, strand, round(mean, 4), other, found) if mean >= least else None

    def agree(self, left: str, right: str) -> bool:
        """Whether two strands agree on average, and people have not parted their reports."""
        if any(not self.apart.get(id, frozenset()).isdisjoint(self.members[right]) for id in self.members[left]):
            return False
        ours, theirs = (core(self.members[strand]) for strand in (left, right))
        scores = [
            agreement(*in_order(self.reports[one], self.reports[other])).score for one in ours for other in theirs
        ]
        return sum(scores) / len(scores) >= ENOUGH

    def tells(self, strand: str, article: int) -> bool:
        """Whether a strand has a report of an article."""
        return any(self.reports[member].article == article for member in self.members[strand])

    def candidates(self, report: Report) -> list[str]:
        """Earlier reports that share telling words, the most alike first."""
        hits: Counter[str] = Counter()
        for word in telling(report):
            for other in self.places.get(word, ())[-REMEMBERED:]:
                hits[other] += report.bag[word] * self.reports[other].bag[word]  # type: ignore[assignment]
        ranked = nsmallest(COMPARED, hits.items(), key=lambda item: (-item[1], self.numbers[item[0]]))
        return [other for other, _ in ranked]

    def forget(self, before: int) -> None:
        """Let go of reports of articles before a day."""
        gone = {id for id, report in self.reports.items() if report.day < before}
        for id in gone:
            del self.reports[id]
            del self.numbers[id]
            del self.strand_of[id]
        self.members = {strand: kept for strand, ids in self.members.items() if (kept := without(ids, gone))}
        self.places = defaultdict(list, {w: kept for w, ids in self.places.items() if (kept := without(ids, gone))})


def without(ids: Iterable[str], gone: set[str]) -> list[str]:
    """The ids that stay."""
    return [id for id in ids if id not in gone]


def telling(report: Report) -> list[str]:
    """The weightiest words of a report."""
    return sorted(report.bag, key=lambda word: (-report.bag[word], word))[:TELLING]


def in_order(one: Report, other: Report) -> tuple[Report, Report]:
    """The earlier report first."""
    return (one, other) if one.order <= other.order else (other, one)


def core(members: list[str], but: str | None = None) -> list[str]:
    """Some reports that stand for a strand, from its first to its last, without one that is known already."""
    others = [member for member in members if member != but]
    if len(others) <= CORE:
        return others
    return [others[round(at * (len(others) - 1) / (CORE - 1))] for at in range(CORE)]
