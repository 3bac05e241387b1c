"""The terminal view: what it shows, and that no line mixes directions without marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from masdar.cli.view import FSI, LRM, PDI, RLM, broken, render
from masdar.types import (
    Article,
    Doubt,
    Entity,
    EntityType,
    Event,
    Form,
    MadeBy,
    Mention,
    Place,
    Provenance,
    Quotation,
    QuotationKind,
    Record,
    Role,
    Span,
    Stance,
    TimeExpression,
    Warned,
)

TEXT = "قال الوزير سمير الحداد لوكالة نداء في عمّان أمس: «اعتقلنا ثلاثة مهربين»."
BY = Provenance("test")


def at(words: str) -> Span:
    """Where the words stand."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def person(id: str, words: str, type: EntityType, **facts: object) -> Entity:
    """An entity of one mention."""
    entity = Entity(id, type, words, (Mention(at(words), BY, type, Form.NAME),))
    return replace(entity, **facts)  # type: ignore[arg-type]


RECORD = Record(
    article=Article("a1", TEXT, title="اعتقال مهربين", source="نداء", published="2024-03-13"),
    zones=(),
    entities=(
        person(
            "E1",
            "سمير الحداد",
            EntityType.PERSON,
            name_latin="Samir al-Haddad",
            country="JOR",
            sectors=("GOV",),
            roles=(Role("وزير الداخلية"),),
        ),
        person("E2", "نداء", EntityType.ORGANIZATION),
        person("E3", "ثلاثة مهربين", EntityType.ORGANIZATION),
    ),
    quotations=(
        Quotation(
            at("اعتقلنا ثلاثة مهربين"),
            BY,
            "Q1",
            QuotationKind.DIRECT,
            at("قال"),
            (at("اعتقلنا ثلاثة مهربين"),),
            ("E1",),
            at("سمير الحداد"),
            via=("E2",),
            stance=Stance.ASSERT,
        ),
    ),
    events=(
        Event(
            at("اعتقلنا"),
            BY,
            "V1",
            "COERCE",
            ("arrest",),
            actors=("E1",),
            recipients=("E3",),
            places=("P1",),
            date="T1",
            claimed_in="Q1",
        ),
    ),
    places=(Place(at("عمّان"), BY, 250441, 31.95, 35.94, "JOR", resolution="city"),),
    times=(TimeExpression(at("أمس"), BY, "2024-03-12", kind="relative", resolved_by="published"),),
    warnings=(Warned("unclosed-quotation-mark", "a quotation mark is not closed"),),
    made_by=MadeBy("masdar", "none", "none"),
)
SHOWN = [
    "اعتقال مهربين",
    "2024-03-13 · ⟨نداء⟩",
    "⟨سمير الحداد⟩ · Samir al-Haddad · JOR GOV",
    "وزير الداخلية",
    "Q1  direct · assert · ⟨قال⟩ · via ⟨نداء⟩",
    "«اعتقلنا ثلاثة مهربين»",
    "V1  ⟨سمير الحداد⟩ → COERCE arrest → ⟨ثلاثة مهربين⟩",
    "⟨اعتقلنا⟩ · in ⟨عمّان⟩ · on 2024-03-12 · claimed by ⟨سمير الحداد⟩ (Q1)",
    "⟨عمّان⟩ · JOR · city · 31.95, 35.94",
    "⟨أمس⟩ · 2024-03-12 · from published",
    "a quotation mark is not closed",
]
BOUND = re.compile(f"{FSI}[^{PDI}]*{PDI}")


@pytest.mark.parametrize("words", SHOWN)
def test_view_shows(words: str) -> None:
    """⟨…⟩ stands for an isolate."""
    shown = render(RECORD, 80, is_coloured=False).replace(LRM, "")
    assert words.replace("⟨", FSI).replace("⟩", PDI) in shown


def test_every_line_has_one_direction() -> None:
    for line in filter(None, render(RECORD, 80, is_coloured=False).split("\n")):
        bare = line.strip()
        if bare.startswith(RLM):
            assert bare.endswith(RLM)
        else:
            assert bare.startswith(LRM)
            assert not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in BOUND.sub("", bare))


def test_several_keep_their_order_without_isolates() -> None:
    """A terminal that does not know isolates sees a left-to-right mark between two Arabic names."""
    both = replace(RECORD, events=(replace(RECORD.events[0], actors=("E1", "E2")),))
    assert f"{PDI}, {LRM}{FSI}" in render(both, 80, is_coloured=False)


def test_colours_only_when_wanted() -> None:
    assert "\x1b" not in render(RECORD, 80, is_coloured=False)
    assert "\x1b[" in render(RECORD, 80, is_coloured=True)


def test_an_event_of_the_narrator_is_reported() -> None:
    told = replace(RECORD, events=(replace(RECORD.events[0], claimed_in=None, actors=()),))
    shown = render(told, 80, is_coloured=False)
    assert "reported" in shown
    assert "? → COERCE arrest" in shown


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(at("عمّان"), BY), "not known"),
        (Place(at("عمّان"), BY, lat=32.0, lon=35.0, resolution="area", claimed_by=("ISR", "SYR")), "ISR, SYR · area"),
        (Place(at("عمّان"), Provenance("x", 0, (Doubt.UNKNOWN_PLACE,)), within="الأردن"), "not known, near"),
    ],
)
def test_places(place: Place, shown: str) -> None:
    assert shown in render(replace(RECORD, places=(place,)), 80, is_coloured=False).replace(LRM, "")


def test_lines_are_broken_at_spaces() -> None:
    assert list(broken(["aa", "bb", "cccccc", "d"], 5)) == ["aa bb", "cccccc", "d"]
