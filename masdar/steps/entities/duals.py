"""Whom a dual stands for: الوزيران, البلدان, الجانبان (the two ministers, countries, sides).

A dual names nobody, but the article has just named the two. An entity all of whose mentions are such duals gives
way to the two people or states last named before it, the ones who differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from masdar.steps.entities.words import EntityWords
from masdar.text.fold import fold_word
from masdar.types import Entity, EntityType, Event, Form, Quotation

REACH = 900  # characters back: the two stand in the sentences before


def find_duals(text: str, entities: Sequence[Entity], words: EntityWords) -> dict[str, tuple[str, ...]]:
    """For the id of each entity that is a dual, the ids of the two it stands for."""
    out = {}
    for entity in entities:
        kinds = {words.duals.get(fold_word(text[m.span.start : m.span.end])) for m in entity.mentions}
        kind = kinds.pop() if len(kinds) == 1 else None
        if kind and (two := last_two(entities, entity, kind)):
            out[entity.id] = two
    return out


def last_two(entities: Sequence[Entity], dual: Entity, kind: str) -> tuple[str, ...]:
    """The two entities of the kind that were named last before a dual; none unless there are two."""
    at = dual.mentions[0].span.start
    for wanted in (EntityType.PERSON, EntityType.STATE) if kind == "any" else (EntityType(kind),):
        last = {
            e.id: max(places)
            for e in entities
            if e is not dual
            and e.type is wanted
            and (
                places := [
                    m.span.start for m in e.mentions if m.form is not Form.DEMONYM and at - REACH < m.span.start < at
                ]
            )
        }
        if len(last) >= 2:
            return tuple(sorted(sorted(last, key=lambda e: last[e])[-2:], key=lambda e: int(e[1:])))
    return ()


def speakers_of_duals(quotations: Iterable[Quotation], duals: dict[str, tuple[str, ...]]) -> tuple[Quotation, ...]:
    """The quotations, two speakers in the place of a dual."""
    return tuple(
        replace(q, speakers=opened(q.speakers, duals), addressees=opened(q.addressees, duals)) for q in quotations
    )


def actors_of_duals(events: Iterable[Event], duals: dict[str, tuple[str, ...]]) -> tuple[Event, ...]:
    """The events, two actors or recipients in the place of a dual."""
    return tuple(replace(e, actors=opened(e.actors, duals), recipients=opened(e.recipients, duals)) for e in events)


def opened(ids: Iterable[str], duals: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Each id once, duals replaced."""
    return tuple(dict.fromkeys(one for name in ids for one in duals.get(name, (name,))))
