"""Lines, and which read like headlines."""

from __future__ import annotations

import pytest

from masdar.text.lines import beginning, find_lines, is_headline

HEADLINES = [
    ("الوزير يصل إلى بيروت", True),
    ("من يقاتل من؟ ولماذا؟", True),
    ("توقف الحرب.. والسبب المطر", True),
    ('الوزير: "لن نقبل"', True),
    ("وصل الوزير إلى بيروت.", False),
    ('قال: "وصل الوزير."', False),
    ("وهذه أهم النقاط:", False),
    ("- البند الأول", False),
    ("1. البند الأول", False),
    ("1976: انتخب رئيسا", False),
    ("بيروت", False),
    ("كلمة " * 30, False),
    ("سطر\nثم سطر", False),
]


@pytest.mark.parametrize(("line", "is_one"), HEADLINES)
def test_is_headline(line: str, is_one: bool) -> None:
    assert is_headline(line) is is_one


def test_find_lines() -> None:
    text = " سطر \r\n\n\t\nآخر"
    assert [text[slice(*span)] for span in find_lines(text)] == ["سطر", "آخر"]


@pytest.mark.parametrize(
    ("line", "words"),
    [("وصل الوزير", "وصل الوزير"), ("وصل الوزير إلى بيروت", "وصل الوزير …"), ("مستشفياتهم", "مستشفياته …")],
)
def test_beginning_ends_with_a_whole_word_where_there_is_one(line: str, words: str) -> None:
    assert beginning(line, 12 if " " in line else 9) == words
