"""Annotations written as words become offsets, or a clear problem."""

import pytest

from training.notation import Annotation, headed

TEXT = """وزير الدفاع في طهران
قال وزير الدفاع السوري سامر الحلبي للصحفيين اليوم الإثنين: "لن ننسى دعم إيران". وأضاف الحلبي أن الزيارة ناجحة.
"""
NOTES = """
E1 PER SYR GOV,MIL | سامر الحلبي ; الحلبي | nom: وزير الدفاع السوري
E2 GPE SYR GOV | - | dem: السوري
E3 GPE IRN GOV | إيران ; طهران
Q1 assert | [قال] وزير | E1 | سامر الحلبي | لن ننسى ~ إيران
Q2 assert | و[أضاف] الحلبي | E1 | الحلبي | الزيارة ناجحة
V1 SUPPORT | دعم | a=E1 | r=E3 | on=اليوم الإثنين | ?
D 2023-01-16 | اليوم الإثنين
"""


def annotation(notes: str = NOTES) -> Annotation:
    return Annotation({"id": "a", "text": TEXT, "file": "f"}, notes)


def words(span: tuple[int, int]) -> str:
    return TEXT[slice(*span)]


def test_words_become_offsets() -> None:
    found = annotation()
    assert found.problems == []
    assert [words(q["cue"]) for q in found.quotations] == ["قال", "أضاف"]
    assert [words(q["contents"][0]) for q in found.quotations] == ["لن ننسى دعم إيران", "الزيارة ناجحة"]
    assert words(found.events[0]["trigger"]) == "دعم"


def test_longer_form_of_an_entity_wins() -> None:
    mentions = annotation().entities["E1"]["mentions"]
    assert [words((m["start"], m["end"])) for m in mentions if m["form"] == "name"] == ["سامر الحلبي", "الحلبي"]


def test_event_is_claimed_where_its_trigger_stands() -> None:
    assert annotation().events[0]["claimed_in"] == "Q1"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Q3 assert | [نفى] الوزير | E1 | - | شيء", "stands 0 times"),
        ("Q3 assert | قال | E9 | - | لن ننسى", "E9 is no entity"),
        ("V2 MEETING | دعم | a=E1", "type MEETING"),
        ("V2 SUPPORT/praise | دعم | a=E1", "SUPPORT has no mode praise"),
        ("E9 PER - | محمود", "does not stand in the text"),
        ("X1 what", "a line starts with"),
    ],
)
def test_what_does_not_fit_is_said(line: str, problem: str) -> None:
    assert any(problem in p for p in annotation(NOTES + line).problems)


def test_kept_annotation_holds_no_words() -> None:
    assert "الحلبي" not in str(annotation().kept())


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        ("في مدينة درعا", "مدينة درعا", "درعا"),
        ("قالت صحيفة «الحدث»", "صحيفة «الحدث", "الحدث"),
        ("قصفت حركة الأمل", "الأمل", "حركة الأمل"),
        ("وتنظيم النصر", "النصر", "تنظيم النصر"),
        ("قطاع غزة", "قطاع غزة", "قطاع غزة"),
    ],
)
def test_word_before_a_name(text: str, name: str, kept: str) -> None:
    start = text.index(name)
    start, end = headed(text, start, start + len(name))
    assert text[start:end] == kept
