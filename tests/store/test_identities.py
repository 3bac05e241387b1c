"""Who an entity is across articles."""

from __future__ import annotations

from typing import Any

import pytest

from masdar.store.identities import MACHINE, actor_key, canonical, folded_name
from masdar.store.write import Decision


def entity(name: str, type: str = "PER", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    form = more.pop("form", "name")
    fields = {"rank": None, "country": "SYR", "wikidata": None, "name_latin": None} | more
    return {"id": "E3", "type": type, "name": name, "mentions": [{"form": form}], **fields}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("أنس خالد", "انس خالد"),
        ("عبد الله النجار", "عبدالله النجّار"),
        ("سيف الدين أبو ريشة", "سيف الدّين ابوريشة"),
        ("خالد بن سالم", "خالد سالم"),
        ("علاء الحسن", "علا الحسن"),
        ("«أنس خالد»", "أنس  خالد"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    assert actor_key(entity(left), "a") == actor_key(entity(right), "b")


@pytest.mark.parametrize(
    ("entity", "key"),
    [
        (entity("أنس خالد", wikidata="Q7"), "Q7"),
        (entity("أنس خالد"), "PER:SYR:انس خالد"),
        (entity("العميد أنس خالد", rank="العميد"), "PER:SYR:انس خالد"),
        (entity("أنس خالد", country=None), "PER:-:انس خالد"),
        (entity("جبهة الوادي", "ORG"), "ORG:SYR:جبهه الوادي"),
        (entity("حسم", "ORG"), "ORG:SYR:حسم"),
        (entity("العربية", "ORG", name_latin="Al Arabiya"), "ORG:SYR:العربيه"),
        (entity("السوري", "GPE", form="demonym"), "GPE:SYR:السوري"),
        (entity("وزير الخارجية التركي", form="nominal", country="TUR"), "office:TUR:وزير الخارجيه"),
        (entity("وزيرة الخارجية الألمانية", form="nominal", country="DEU"), "office:DEU:وزيره الخارجيه"),
        (entity("الرئيس الفرنسي", form="nominal", country="FRA"), "office:FRA:الرييس"),
        (entity("رئيس الوزراء", form="nominal", country="IRQ"), "office:IRQ:رييس الوزرا"),
        (entity("ولي العهد السعودي", form="nominal", country="SAU"), "office:SAU:ولي العهد"),
    ],
)
def test_keys(entity: dict[str, Any], key: str) -> None:
    assert actor_key(entity, "a") == key


@pytest.mark.parametrize(
    "entity",
    [
        entity("خالد"),
        entity("عبد الرحمن"),
        entity("أبو محمد"),
        entity("الوزير", form="nominal"),
        entity("مسؤول تركي", form="nominal", country="TUR"),
        entity("وزير سابق", form="nominal"),
        entity("وزير الدولة", form="nominal"),
        entity("وزير الخارجية", form="nominal", country=None),
        entity("رئيس الوفد", form="nominal"),
        entity("متظاهرون", "ORG", form="nominal"),
        entity("سكان", form="nominal"),
        entity("السورية", "ORG"),
        entity("الوكالة", "ORG", country=None),
        entity("!", "ORG"),
    ],
    ids=lambda entity: folded_name(entity["name"]),
)
def test_known_in_its_article_only(entity: dict[str, Any]) -> None:
    assert actor_key(entity, "0f3a") == "0f3a#E3"


def decisions(who: str, *said: str) -> list[Decision]:
    """The decisions a=b and a≠b of somebody."""
    out = []
    for words in said:
        left, mark, right = words.partition("=") if "=" in words else words.partition("≠")
        out.append(Decision(who=who, layer="actor", left=left, right=right, is_same=mark == "="))
    return out


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ([], {}),
        (decisions("s", "a=b", "c=d", "b=c"), {"a": "abcd"}),
        (decisions("s", "b=Q9", "Q10=Q9"), {"Q9": "Q9 Q10 b"}),
        (decisions("s", "x#E1=office:SYR:b", "office:SYR:b=PER:-:c"), {"PER:-:c": "x#E1 office:SYR:b PER:-:c"}),
        (decisions(MACHINE, "a=b", "b=c") + decisions("s", "a≠c"), {"a": "ab"}),
        (decisions("s", "a≠b") + decisions(MACHINE, "a=b"), {}),
        (decisions("s", "a=b") + decisions(MACHINE, "a≠b"), {"a": "ab"}),
        (decisions("s", "a=b", "a≠b"), {}),
        (decisions("s", "a≠b", "b=a"), {"a": "ab"}),
        (decisions(MACHINE, "a=b") + decisions("s", "b=c", "a≠c"), {"b": "bc"}),
        (decisions("s", "a≠b", "a=c", "c=b"), {"a": "ac"}),
        (decisions("s", "a=a"), {}),
    ],
)
def test_decisions(said: list[Decision], groups: dict[str, str]) -> None:
    found = canonical(said)
    expected = {key: first for first, keys in groups.items() for key in (keys.split() if " " in keys else keys)}
    assert found == expected


def test_long_chains() -> None:
    said = decisions("s", *(f"{number}={number + 1}" for number in range(3000)))
    assert set(canonical(said).values()) == {"0"}
