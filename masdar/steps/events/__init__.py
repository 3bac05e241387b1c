"""Find events: what was done (PLOVER type and mode), by whom, to whom, where, when, and in whose words.

The tagger names triggers, says whether a second reader would surely keep them, and links them to mentions; a second
wording of an act is joined to the first. The exact part is PLOVER's: modes belong to types, a future act of help is a
promise, what stands in a quotation is claimed there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from masdar.labels import LAYERS
from masdar.plover import FACTS
from masdar.spans import best_of_each, cut_start
from masdar.steps.events.arguments import Scene, participants, when, where
from masdar.tagger import Floats, Tags
from masdar.types import (
    Event,
    Provenance,
    Quotation,
    Span,
    Status,
    Zone,
    ZoneKind,
)

LEAST_TRIGGER = 0.4
UNCERTAIN = 0.5  # how much an act that a second reader could leave out counts against a trigger; no act counts 1
LEAST_STATUS = 0.5
LEAST_MODE = 0.4
SAME_ACT = 0.5
TINY = 1e-9
READ = frozenset({ZoneKind.BODY, ZoneKind.DATELINE})
PROMISED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


def find_events(scene: Scene, zones: Sequence[Zone]) -> tuple[Event, ...]:
    """Events in order of their triggers; one for each act, not for each wording."""
    body = [zone.span for zone in zones if zone.kind in READ]
    triggers = [t for t in find_triggers(scene.tags) if any(z.holds(scene.tokens[t].span) for z in body)]
    events = [event_of(scene, trigger) for trigger in without_wordings(scene.tags, triggers)]
    events = joined([rule_applied(event) for event in events])
    return tuple(
        replace(event, id=f"V{number}") for number, event in enumerate(sorted(events, key=lambda e: e.span), 1)
    )


def find_triggers(tags: Tags) -> list[int]:
    """The words that name an act worth keeping."""
    return [int(word) for word in np.flatnonzero(worth(tags) > LEAST_TRIGGER)]


def worth(tags: Tags) -> Floats:
    """How surely each word names an act that a second reader would keep: (words,), between 0 and 1.

    Background, habits and rhetoric name acts too, but uncertain ones: they count half as much against a trigger as no
    act at all.
    """
    named, certain = 1 - tags.layer("trigger")[:, 0], tags.layer("certain")[:, 1]
    kept: Floats = named * certain
    return kept / (kept + UNCERTAIN * (named - kept) + (1 - named) + TINY)


def kind_at(tags: Tags, trigger: int) -> str:
    return LAYERS["trigger"][1 + int(tags.layer("trigger")[trigger, 1:].argmax())]


def without_wordings(tags: Tags, triggers: Sequence[int]) -> list[int]:
    """One trigger for each act, in reading order.

    The triggers of a type are gone through from the least likely repetition to the likeliest, and one goes when it
    repeats one that came before it: of two that are each the other's wording (قتل in هجوم, killed in an attack) the
    surer one stays.
    """
    kept: list[int] = []
    for kind in {kind_at(tags, trigger) for trigger in triggers}:
        same = [trigger for trigger in triggers if kind_at(tags, trigger) == kind]
        surest_first = sorted(same, key=lambda trigger: repetition(tags, trigger, same))
        for number, trigger in enumerate(surest_first):
            if repetition(tags, trigger, surest_first[:number]) <= SAME_ACT:
                kept.append(trigger)
    return sorted(kept)


def repetition(tags: Tags, trigger: int, others: Sequence[int]) -> float:
    """How surely a trigger is another wording of what one of the others names."""
    among = [other for other in others if other != trigger]
    return 1 - tags.chosen("repeat", trigger, among)[1] if among else 0.0


def event_of(scene: Scene, trigger: int) -> Event:
    """The event that a trigger names, with what it is linked to."""
    kind, score = kind_at(scene.tags, trigger), float(worth(scene.tags)[trigger])
    span = Span(cut_start(scene.text, scene.tokens[trigger], scene.tags, trigger), scene.tokens[trigger].span.end)
    actors = participants(scene, trigger, "actor")
    recipients = tuple(r for r in participants(scene, trigger, "recipient") if r not in actors)
    return Event(
        span=span,
        provenance=Provenance("events.tagger", round(scene.tags.confidence("event", score), 3)),
        id="",
        type=kind,
        modes=mode_of(scene.tags, trigger, kind),
        actors=actors,
        recipients=recipients,
        places=where(scene, trigger),
        date=when(scene, trigger),
        status=status_of(scene.tags, trigger),
        claimed_in=claimed_in(span, scene.quotations),
    )


def mode_of(tags: Tags, trigger: int, kind: str) -> tuple[str, ...]:
    """The best mode of the event's own type, when it is likelier than none."""
    layer = tags.layer("mode")[trigger]
    own = [n for n, label in enumerate(LAYERS["mode"]) if label.startswith(f"{kind}/")]
    if not own:
        return ()
    best = max(own, key=lambda n: layer[n])
    share = layer[best] / (layer[best] + layer[0] + TINY)
    return (LAYERS["mode"][best].partition("/")[2],) if share > LEAST_MODE else ()


def status_of(tags: Tags, trigger: int) -> tuple[Status, ...]:
    layer = tags.layer("status")[trigger]
    return tuple(Status(label) for label, chance in zip(LAYERS["status"], layer, strict=True) if chance > LEAST_STATUS)


def claimed_in(trigger: Span, quotations: Sequence[Quotation]) -> str | None:
    """The innermost quotation whose content holds the trigger."""
    holding = [(c.end - c.start, q.id) for q in quotations for c in q.contents if c.holds(trigger)]
    return min(holding)[1] if holding else None


def promised(event: Event) -> Event:
    """A future act of help or talk is a promise of it: سيزور (will visit) is AGREE, not CONSULT with future."""
    if event.type in PROMISED and Status.FUTURE in event.status:
        rest = tuple(s for s in event.status if s is not Status.FUTURE)
        return replace(event, type="AGREE", modes=(), status=rest)
    return event


def announced(event: Event) -> Event:
    """A future retreat is conceded: ستنسحب (will withdraw) is CONCEDE."""
    if event.type == "RETREAT" and Status.FUTURE in event.status:
        return replace(event, type="CONCEDE", modes=())
    return event


def own_modes(event: Event) -> Event:
    """Modes of another type are none."""
    return replace(event, modes=tuple(m for m in event.modes if m in FACTS[event.type].modes))


RULES: tuple[Callable[[Event], Event], ...] = (promised, announced, own_modes)


def rule_applied(event: Event) -> Event:
    for rule in RULES:
        event = rule(event)
    return event


def joined(events: Sequence[Event]) -> list[Event]:
    """Without events of one type that say the same of the same people in the same breath."""
    return best_of_each(events, is_same_act)


def is_same_act(one: Event, other: Event) -> bool:
    if one.type != other.type or not (one.actors or one.recipients):
        return False
    return (
        set(one.actors) == set(other.actors)
        and set(one.recipients) == set(other.recipients)
        and one.modes == other.modes
    )
