"""The last days of a store, in memory: what the articles of the next day are compared with, and what comes of it.

Nothing here depends on later articles or on articles more than a few days old. So the same days give the same rows,
whether they are gone through all at once or day by day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from masdar.store.agreement import Agreement
from masdar.store.copies import Copy, Originals
from masdar.store.echoes import Echoed, Said, Voices, relation_of
from masdar.store.loading import Loaded
from masdar.store.reports import Report
from masdar.store.stories import Joined, Strands
from masdar.store.words import WINDOW, Rarity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Row = dict[str, Any]
ENOUGH = 200  # vectors that their mean is taken off from
UNDATED = 0  # the day of articles without a date


@dataclass(slots=True)
class Outcome:
    """The rows of one day: copies, story_reports (their story left open), bridges, echoes."""

    copies: list[Row] = field(default_factory=list)
    story_reports: list[Row] = field(default_factory=list)
    bridges: list[Row] = field(default_factory=list)
    echoes: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Background:
    """What is common in the last days: words, and what all sentences mean alike."""

    rarity: Rarity = field(default_factory=Rarity)
    words: dict[int, Mapping[int, frozenset[str]]] = field(default_factory=dict)
    sums: dict[int, tuple[int, NDArray[np.float64]]] = field(default_factory=dict)

    def add(self, day: int, loaded: Loaded) -> None:
        """Count a day in, and days before the window out."""
        for old in [old for old in self.words if old < day - WINDOW]:
            for words in self.words.pop(old).values():
                self.rarity.add(words, -1)
            self.sums.pop(old, None)
        self.words[day] = loaded.words
        for words in loaded.words.values():
            self.rarity.add(words)
        every = [report.vector for report in loaded.reports] + [said.vector for said in loaded.said]
        vectors = [vector for vector in every if vector is not None]
        if vectors:
            import numpy as np

            self.sums[day] = len(vectors), np.sum(vectors, axis=0, dtype=np.float64)

    def weigh(self, loaded: Loaded) -> None:
        """Weigh words and centre vectors of a day that was added."""
        mean = self.mean()
        loaded.reports = [
            replace(report.weighed(self.rarity), vector=centred(report.vector, mean)) for report in loaded.reports
        ]
        loaded.said = [replace(said.weighed(self.rarity), vector=centred(said.vector, mean)) for said in loaded.said]

    def mean(self) -> NDArray[np.float64] | None:
        """The mean vector of the last days: all point somewhat the same way, which says nothing."""
        count = sum(number for number, _ in self.sums.values())
        if count < ENOUGH:
            return None
        total, *others = (vectors for _, vectors in self.sums.values())
        return sum(others, start=total) / count


def centred(vector: NDArray[np.float32] | None, mean: NDArray[np.float64] | None) -> NDArray[np.float32] | None:
    """A vector without what all have in common, of length 1."""
    if vector is None or mean is None:
        return vector
    import numpy as np

    found = vector - mean
    return (found / max(float(np.linalg.norm(found)), 1e-6)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Apart:
    """Items that people parted: by id, the ids of the others."""

    stories: Mapping[str, frozenset[str]] = field(default_factory=dict)
    echoes: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Before:
    """What was found of a day before: by article its original, by item its strand."""

    originals: Mapping[int, int]
    strands: Mapping[str, str]
    voices: Mapping[str, str]


@dataclass(slots=True)
class LastDays:
    """Everything that a new day is compared with."""

    background: Background = field(default_factory=Background)
    originals: Originals = field(default_factory=Originals)
    strands: Strands = field(default_factory=Strands)
    voices: Voices = field(default_factory=Voices)

    @classmethod
    def begin(cls, apart: Apart) -> LastDays:
        """No days yet."""
        return cls(strands=Strands(apart.stories), voices=Voices(apart.echoes))

    def recall(self, day: int, loaded: Loaded, before: Before) -> None:
        """Take in a day as it was joined before."""
        self.background.add(day, loaded)
        self.background.weigh(loaded)
        for text in loaded.texts:
            if text.article not in before.originals:
                self.originals.put(text)
        for report in loaded.reports if day != UNDATED else ():
            self.strands.put(report, before.strands.get(report.id, report.id))
        for said in loaded.said:
            self.voices.put(said, before.voices.get(said.id, said.id))

    def join(self, day: int, loaded: Loaded) -> Outcome:
        """Take in a new day; reports without a date are not joined: nobody can say whether they are of one event."""
        for part in (self.originals, self.strands, self.voices):
            part.forget(day - WINDOW)
        self.background.add(day, loaded)
        self.background.weigh(loaded)
        outcome = Outcome()
        outcome.copies = [copy_row(copy) for text in loaded.texts if (copy := self.originals.compare(text))]
        for report in loaded.reports if day != UNDATED else ():
            joined = self.strands.join(report)
            outcome.story_reports.append(report_row(report, joined))
            outcome.bridges.extend(bridge_rows(report, joined))
        for said in loaded.said:
            echoed = self.voices.join(said)
            if echoed.strand != said.id:
                outcome.echoes.append(echo_row(said, echoed, self.voices.said[self.voices.members[echoed.strand][0]]))
        return outcome


def copy_row(copy: Copy) -> Row:
    return {"article": copy.article, "original": copy.original, "likeness": copy.likeness, "agency": copy.agency}


def report_row(report: Report, joined: Joined) -> Row:
    reason = {"beside": joined.beside, **reasons(joined.why, report)} if joined.why else {}
    return {
        "article": report.article,
        "event": report.event,
        "strand": joined.strand,
        "score": joined.score,
        "reason": json.dumps(reason, ensure_ascii=False, separators=(",", ":")),
    }


def reasons(why: Agreement, report: Report) -> Row:
    """How sure the best agreement is, and what speaks for and against it, in logits; words as the report has them."""
    found = []
    for item in why.evidence:
        seen = " ".join(report.forms.get(word, word) for word in item.seen.split())
        found.append({"what": item.what, "weight": round(item.weight, 2)} | ({"seen": seen} if seen else {}))
    return {"agreement": round(why.score, 4), "evidence": found}


def bridge_rows(report: Report, joined: Joined) -> list[Row]:
    """The strands that a report ties together."""
    return [
        {"article": report.article, "event": report.event, "strand": joined.strand, "other": other}
        for other in joined.also
    ]


def echo_row(said: Said, echoed: Echoed, first: Said) -> Row:
    return {
        "strand": echoed.strand,
        "article": said.article,
        "quotation": said.quotation,
        "relation": str(relation_of(first, said)),
        "likeness": echoed.likeness,
    }
