"""Pairs of quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masdar.text.quotes import pair_marks

PAIRS = [
    ("قال: «نعم».", ["نعم"]),
    ('قال: "نعم".', ["نعم"]),
    ("قال: “نعم”.", ["نعم"]),
    ("قال: ”نعم“.", ["نعم"]),
    ("قال إن” الذين حضروا … ” كثيرون", [" الذين حضروا … "]),
    ("قال: ‹نعم›.", ["نعم"]),
    ("قال: „نعم“.", ["نعم"]),
    ("قال ‘نعم’ ثم", ["نعم"]),
    ("قال 'نعم' ثم", ["نعم"]),
    ("قال ''نعم لا'' ثم", ["نعم لا"]),
    ("قال: »نعم« ثم", ["نعم"]),
    ('و"الأخضر" و"الفراعنة"', ["الأخضر", "الفراعنة"]),
    ('دول"الناتو"بشأن', ["الناتو"]),
    ('" نعم " وقال " لا "', [" نعم ", " لا "]),
    ('قال "نعم "وأضاف "لا"', ["نعم ", "لا"]),
    ("قال (نعم) ثم", []),
    ("it’s Qur’an, the boys' house", []),
    ('شاشة 32" جديدة', []),
    ("طوله 5'10\" تقريبا", []),
    ('في "عام 2014" انتهى', ["عام 2014"]),
    ('"" ثم', []),
    ('ثم"', []),
    ("ثم»", []),
    ("لم يقل شيئا", []),
    ("قال:\u200f \u200f«نعم»\u200f.", ["نعم"]),
]


@pytest.mark.parametrize(("text", "inner"), PAIRS)
def test_pairs(text: str, inner: list[str]) -> None:
    found = pair_marks(text)
    assert [text[slice(*marks.inner)] for marks in found] == inner
    assert all(marks.is_closed and marks.depth == 0 for marks in found)


NESTED = [
    ('«قال: "نعم" ثم مضى»', [('قال: "نعم" ثم مضى', 0), ("نعم", 1)]),
    ('"فيلق "القدس" هناك"', [('فيلق "القدس" هناك', 0), ("القدس", 1)]),
    ("“لن ننسى “القسام” أبدا”", [("لن ننسى “القسام” أبدا", 0), ("القسام", 1)]),
    ("«نحن «هنا» اليوم»", [("نحن «هنا» اليوم", 0), ("هنا", 1)]),
    ("“صحيفة ‘المدى’ قالت”", [("صحيفة ‘المدى’ قالت", 0), ("المدى", 1)]),
]


@pytest.mark.parametrize(("text", "inner"), NESTED)
def test_nested(text: str, inner: list[tuple[str, int]]) -> None:
    assert [(text[slice(*m.inner)], m.depth) for m in pair_marks(text)] == inner


UNCLOSED = [
    ("قال: «نعم، ثم مضى.\nوعاد", "نعم، ثم مضى."),
    ('قال: "نعم، ثم مضى. \nوعاد', "نعم، ثم مضى."),
    ('قال: "لن نقبل. وأضاف\n\nثم عاد', "لن نقبل. وأضاف"),
]


@pytest.mark.parametrize(("text", "inner"), UNCLOSED)
def test_unclosed_runs_to_the_end_of_its_paragraph(text: str, inner: str) -> None:
    (found,) = pair_marks(text)
    assert (text[slice(*found.inner)], found.is_closed) == (inner, False)


def test_unclosed_outside_a_closed_pair() -> None:
    text = 'قال: "لن نقبل. وأضاف "نعم" ومضى'
    outer, inner = pair_marks(text)
    assert (outer.is_closed, inner.is_closed) == (False, True)
    assert text[slice(*inner.inner)] == "نعم"


PARAGRAPHS = [
    ("قال: «نعم.\n«ثم نعم».\nومضى", ["نعم.\n«ثم نعم"]),
    ("قال: «نعم.\nثم نعم».\nومضى", ["نعم.\nثم نعم"]),
    ('قال: "نعم.\nثم نعم".\nومضى', ["نعم.\nثم نعم"]),
    ('قال: "نعم.\n"ثم نعم".\nومضى', ['نعم.\n"ثم نعم']),
    ("قال: «نعم.\n«ثم.\n«ولا».", ["نعم.\n«ثم.\n«ولا"]),
    ("قال: «نعم.\nوقال «لا» ومضى.", ["نعم.", "لا"]),
    ('قال: "نعم.\nوقال "لا" ومضى.', ["نعم.", "لا"]),
]


@pytest.mark.parametrize(("text", "inner"), PARAGRAPHS)
def test_over_paragraphs(text: str, inner: list[str]) -> None:
    assert [text[slice(*marks.inner)] for marks in pair_marks(text)] == inner


@settings(deadline=None)
@given(st.text(alphabet="«»\"“”‘’'‹› \nاب1.:،"))
def test_marks_nest_and_lie_inside(text: str) -> None:
    for marks in pair_marks(text):
        assert 0 <= marks.outer.start < marks.inner.start < marks.inner.end <= marks.outer.end
        assert marks.outer.end <= len(text)
