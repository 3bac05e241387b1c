"""Lines, and which read like headlines."""

from __future__ import annotations

import pytest

from masdar.text.lines import find_lines, is_headline

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
