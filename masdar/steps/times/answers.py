"""What a rule gives back, and what it may look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from masdar.types import Doubt

if TYPE_CHECKING:
    from masdar.steps.times.atoms import Atom, Atoms
    from masdar.steps.times.words import Kind, TimeWords


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of an expression; `resolved_by` where it was reckoned from an anchor."""

    value: str | None
    end_value: str | None = None
    granularity: str = "day"
    kind: str = "absolute"
    resolved_by: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative expressions are reckoned from, and where it came from."""

    day: date
    resolved_by: str
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A place where a pattern matched: the named parts, the anchor, the day told last before."""

    atoms: Atoms
    words: TimeWords
    start: int
    end: int
    places: dict[str, int]
    anchor: Anchor | None
    last: Answer | None
    since: int  # atoms between the date told last before and this match

    def atom(self, name: str) -> Atom | None:
        """The first atom of a named part, None if the part is not there."""
        at = self.places.get(name)
        return None if at is None else self.atoms.items[at]

    def has(self, name: str) -> bool:
        """Whether a named part is there."""
        return name in self.places

    def kind(self, offset: int) -> Kind | None:
        """The kind of an atom by its distance: -1 before the match, 0 its first, 1 after it."""
        at = self.start + offset if offset <= 0 else self.end + offset - 1
        return self.atoms.items[at].kind if 0 <= at < len(self.atoms.items) else None

    def value(self, name: str) -> int | None:
        """The value of a named part."""
        atom = self.atom(name)
        return None if atom is None else atom.sense.value

    def unit(self, name: str) -> str:
        """The unit of a named part."""
        atom = self.atom(name)
        return "" if atom is None else atom.sense.unit

    def before(self, count: int = 1) -> str:
        """The folded word so many atoms before the match."""
        return self.atoms.word(self.start - count)

    def after(self) -> str:
        """The folded word after the match."""
        return self.atoms.word(self.end)

    def follows(self, names: str) -> bool:
        """Whether the word before is in a list of context.yml, bare or with و ب ل."""
        found, word = self.words.context[names], self.before()
        return word in found or word[1:] in found

    def precedes(self, names: str) -> bool:
        """Whether the word after is in a list of context.yml."""
        return self.after() in self.words.context[names]


def unanchored(granularity: str, kind: str = "relative") -> Answer:
    """Found, but there is nothing to reckon it from."""
    return Answer(None, None, coarser(granularity), kind, None, (Doubt.NO_ANCHOR_DATE,))


def vague(granularity: str) -> Answer:
    """Found, and the words themselves do not say when: الأشهر الأخيرة (recent months)."""
    return Answer(None, None, coarser(granularity), "vague", None, (Doubt.VAGUE_DATE,))


def coarser(unit: str) -> str:
    """The granularity of the record for a unit: it has no minutes and no centuries."""
    return {"minute": "hour", "century": "period"}.get(unit, unit)


def impossible(kind: str = "absolute") -> Answer:
    """31 فبراير: no such day."""
    return Answer(None, None, "day", kind, None, (Doubt.IMPOSSIBLE_DATE,))


def relative(answer: Answer, by: str, kind: str = "relative") -> Answer:
    """An answer reckoned from an anchor."""
    return replace(answer, resolved_by=by, kind=kind)
