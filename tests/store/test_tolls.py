"""Numbers of killed, injured and arrested."""

from __future__ import annotations

import pytest

from masdar.store.tolls import tolls

TOLLS = [
    ("مقتل 14 مقاتلا في الضربة", {"killed": 14}),
    ("قتل ما لا يقل عن ستة عشر شخصا وأصيب 14 آخرون بجروح", {"killed": 16, "injured": 14}),
    ("14 قتيلا بضربة على المطار", {"killed": 14}),
    ("أوقع الهجوم ثمانية قتلى بين الجنود", {"killed": 8}),
    ("لقي 16 شخصا حتفهم", {"killed": 16}),
    ("قتيلان بتحطم مروحية", {"killed": 2}),
    ("نحو عشرة آلاف قتيل وأكثر من 53 ألف جريح", {"killed": 10_000, "injured": 53_000}),
    ("أمر باعتقال سبعين ضابطا", {"arrested": 70}),
    ("أودى الهجوم بحياة ١٥٠ شخصا", {"killed": 150}),
    ("مقتل عشرات المدنيين", {}),  # dozens
    ("قتل شخص في 30 مارس", {}),  # a date
    ("مقتل وزير عام 2013", {}),  # a year
    ("قصف الموقع بعشرة صواريخ", {}),  # missiles
    ("حكم بالسجن مدى الحياة على 38 عسكريا", {}),  # life imprisonment
    ("التقى الوزير 14 سفيرا", {}),
]


@pytest.mark.parametrize(("sentence", "expected"), TOLLS)
def test_tolls(sentence: str, expected: dict[str, int]) -> None:
    assert {toll.kind: toll.number for toll in tolls(sentence)} == expected
