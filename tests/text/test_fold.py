"""Folding and the way back to the published text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masdar.text.fold import fold, fold_word
from masdar.types import Span

WORDS = [
    ("قالَ", "قال"),
    ("أكّدت", "اكدت"),
    ("وزيـــر", "وزير"),
    ("الأُمّة", "الامه"),
    ("مسؤولية", "مسووليه"),
    ("شاطئ", "شاطي"),
    ("مصطفى", "مصطفي"),
    ("ﷲ", "الله"),
    ("ﻻ", "لا"),
    ("ﻷمر", "لامر"),
    ("کابلی", "كابلي"),
    ("هٰذا", "هذا"),
    ("١٢٣", "123"),
    ("۱۲۳", "123"),
    ("\N{RIGHT-TO-LEFT MARK}بيروت\N{ZERO WIDTH NON-JOINER}", "بيروت"),
    ("CNN", "CNN"),
    ("۲۰٪", "20٪"),
    ("\ufc5e", ""),  # shadda with dammatan, isolated
]


@pytest.mark.parametrize(("word", "folded"), WORDS)
def test_fold_word(word: str, folded: str) -> None:
    assert fold_word(word) == folded
    assert fold(word).text == folded


FOUND = [
    ("هكذا قالَ.", "قال", "قالَ"),
    ("ثم أكّدتْ، ذلك", "اكدت", "أكّدتْ"),
    ("إن وزيـــر ", "وزير", "وزيـــر"),
    ("عبد ﷲ صالح", "الله", "ﷲ"),
    ("عبد ﷲ صالح", "لل", "ﷲ"),  # part of a ligature is the whole ligature
    ("في بيروت\N{LEFT-TO-RIGHT MARK} أمس", "بيروت", "بيروت"),  # no control characters at the edge
    ("في \N{LEFT-TO-RIGHT MARK}بيروت أمس", "بيروت", "بيروت"),
]


@pytest.mark.parametrize(("text", "folded_words", "words"), FOUND)
def test_span_of_folded(text: str, folded_words: str, words: str) -> None:
    folded = fold(text)
    start = folded.text.index(folded_words)
    span = folded.span(start, start + len(folded_words))
    assert text[span.start : span.end] == words


def test_within_is_the_way_back() -> None:
    folded = fold("هكذا قالَ الوزيرُ.")
    assert folded.slice(Span(5, 9)) == "قال"
    assert folded.span(*folded.within(Span(5, 9))) == (5, 9)


def test_empty_span_stands_where_it_should() -> None:
    assert fold("أبٌ").span(2, 2) == (3, 3)
    assert fold("").span(0, 0) == (0, 0)


@settings(deadline=None)
@given(st.text(), st.data())
def test_spans_lie_inside(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.span(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert fold_word(text) == folded.text
