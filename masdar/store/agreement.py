"""Whether two reports tell of one event in the world, and why.

Each thing that can agree (words, trigger, type, participants, place, dates) gives evidence for or against, as logits
that add up. The weights were set by reading pairs of reports of one week of five outlets; docs/stories.md has the
figures. Participants weigh less than words: who acts is what a reader of news gets wrong most often.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from masdar.store.reports import Report, likeness_of_parties, likeness_of_spots
from masdar.store.words import cosine, shared

PRIOR = -3.9  # two reports that share some words are rarely of one event
# acts of speech are repeated day after day by the same people; an attack or an arrest happens once
SPOKEN = frozenset(
    ("ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE", "SUPPORT", "CONSULT", "CONCEDE", "COOPERATE", "SANCTION")
)
A_DAY = {True: -0.6, False: -0.12}  # for each day between the two, spoken or not
SPEECH = -0.5
BESIDE = 0.05  # cosine of the words beside the triggers that the same act on the same spot must have
MEANING, UNRELATED = 2.5, 0.5  # the cosine of centred vectors is mostly below in other events, above in the same
SAME_SENTENCE = 0.7  # cosine of bags from which on two sentences are one, copied
HAPPENED_BEFORE = 2  # days before its article that an undated event mostly lies


class Evidence(NamedTuple):
    """One thing that agrees (positive) or does not."""

    what: str
    weight: float
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How sure it is that two reports are of one event, 0 to 1, and what speaks for and against it."""

    score: float
    evidence: tuple[Evidence, ...]


def agreement(left: Report, right: Report) -> Agreement:
    """Weigh what two reports have in common; `right` is the later one."""
    evidence = tuple([item for item in found(left, right) if item[1]])
    return Agreement(1 / (1 + math.exp(-PRIOR - sum([item[1] for item in evidence]))), evidence)


def found(left: Report, right: Report) -> Iterator[Evidence]:
    """Every piece of evidence."""
    alike = cosine(left.bag, right.bag)
    yield Evidence("words", 5.0 * min(alike, 0.8), " ".join(shared(left.bag, right.bag)))
    beside = cosine(left.near, right.near)
    yield Evidence("words beside the trigger", 1.6 * beside)
    yield trigger(left, right, alike)
    yield kind(left, right)
    yield who("actors", likeness_of_parties(left.actors, right.actors), 2.4 if is_spoken(left) else 1.4)
    yield who("recipients", likeness_of_parties(left.recipients, right.recipients), 1.0)
    near = likeness_of_spots(left.spots, right.spots) or 0.0
    yield Evidence("place", 1.0 * near)
    when = dates(left, right)
    yield when
    act = one_act(left, right, near if beside >= BESIDE else 0.0, when)
    yield act
    yield Evidence("speech", SPEECH if is_spoken(left) else 0.0)
    yield Evidence("days between", A_DAY[is_spoken(left)] * (right.day - left.day))
    yield meaning(left, right, is_one_act=act.weight > 0)


def trigger(left: Report, right: Report, alike: float) -> Evidence:
    """The same word for the act; two words that both sentences have are two acts: اختطفت … ثم حبستها (seized, held)."""
    if left.trigger == right.trigger:
        return Evidence("trigger", 0.9, left.trigger)
    if right.trigger in left.raw and left.trigger in right.raw:
        return Evidence("two acts", -8.0 if alike > SAME_SENTENCE else -4.5, f"{left.trigger} {right.trigger}")
    if right.trigger in left.raw or left.trigger in right.raw or alike > SAME_SENTENCE:
        return Evidence("two acts", -2.0, f"{left.trigger} {right.trigger}")
    return Evidence("trigger", -0.9 if is_spoken(left) else -0.3, f"{left.trigger} {right.trigger}")


def kind(left: Report, right: Report) -> Evidence:
    """Type and mode; a reader of news may take one act for two types, so that another type is no proof."""
    if left.type != right.type:
        return Evidence("type", -1.5, f"{left.type} {right.type}")
    if not left.mode or not right.mode:
        return Evidence("type", 0.0)
    if left.mode == right.mode:
        return Evidence("mode", 0.4, left.mode)
    return Evidence("mode", -1.5 if "unconventional" in (left.mode, right.mode) else -0.5, f"{left.mode} {right.mode}")


def who(what: str, likeness: float | None, weight: float) -> Evidence:
    """Participants: for from about half alike on, against below."""
    return Evidence(what, 0.0 if likeness is None else weight * (likeness - 0.45))


def dates(left: Report, right: Report) -> Evidence:
    """When it happened, where both say so; where one does, whether it fits the day of the other's article."""
    if left.days and right.days:
        apart = max(left.days[0] - right.days[1], right.days[0] - left.days[1], 0)
        return Evidence("dates", 0.8 if not apart else 0.2 if apart == 1 else -2.0)
    if right.days and not left.days and left.day < right.days[0] and not is_spoken(left):
        return Evidence("dates", -2.0, "told before it happened")
    if left.days or right.days:
        days, day = (left.days, right.day) if left.days else (right.days, left.day)
        assert days is not None
        return Evidence("dates", 0.2 if -1 <= day - days[1] <= HAPPENED_BEFORE else -0.3)
    return Evidence("dates", 0.0)


def one_act(left: Report, right: Report, near: float, when: Evidence) -> Evidence:
    """The same kind of act on the same spot in the same days is mostly one act, in whatever words."""
    is_one = near == 1.0 and left.mode and left.mode == right.mode and left.type == right.type
    return Evidence("act and place", 1.6 if is_one and when.weight > -1 and not is_spoken(left) else 0.0)


def meaning(left: Report, right: Report, *, is_one_act: bool) -> Evidence:
    """What the two sentences mean, where the store holds their vectors; much else may stand beside one act."""
    if left.vector is None or right.vector is None:
        return Evidence("meaning", 0.0)
    weight = MEANING * (float(left.vector @ right.vector) - UNRELATED)
    return Evidence("meaning", max(0.0, weight) if is_one_act else weight)


def is_spoken(report: Report) -> bool:
    """Whether the event is an act of speech or diplomacy."""
    return report.type in SPOKEN
