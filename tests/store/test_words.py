"""Words made comparable."""

from __future__ import annotations

import pytest

from masdar.store.words import Rarity, bag_around, cosine, forms, nearness, shared, stem, stems

STEMS = [
    ("والقصف", "قصف"),
    ("بالقصف", "قصف"),
    ("للقصف", "قصف"),
    ("قصفها", "قصف"),
    ("مقاتلين", "مقاتل"),
    ("مقاتلون", "مقاتل"),
    ("ورد", "ورد"),  # no conjunction: too little would be left
    ("وزير", "زير"),
    ("والوزير", "زير"),
    ("بريطانيا", "ريطاني"),
    ("وبريطانيا", "ريطاني"),
    ("بين", "بين"),
]


@pytest.mark.parametrize(("word", "expected"), STEMS)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_short_words_are_left_out_and_numbers_are_not() -> None:
    assert stems("قُتل 14 في هجوم") == ["قتل", "14", "هجوم"]


def test_what_stands_by_the_trigger_counts_most() -> None:
    bag = bag_around(
        "قالت اللجنة مساء أمس الثلاثاء إن الجبهة المجاورة التي تقيم هناك نفذت فجرا", "هجوما", "على قرية النخيل"
    )
    assert bag["هجوم"] == bag["قري"] == 1.0
    assert 0.3 <= bag["جنه"] < bag["جبه"] < 1.0


def test_a_stem_leads_back_to_its_word() -> None:
    assert forms("وقال الوزير إن وزيراً آخر") == {"قال": "وقال", "زير": "الوزير", "ان": "إن", "اخر": "آخر"}


def test_nearness_falls_and_then_stays() -> None:
    assert nearness(0) == nearness(4) == 1.0
    assert nearness(16) == pytest.approx(0.3)
    assert nearness(90) == 0.3


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    rarity = Rarity()
    for words in (["قريه", "وزير"], ["وزير"], ["وزير", "سفير"]):
        rarity.add(words)
    assert rarity.weight("قريه") > rarity.weight("وزير")


def test_what_is_taken_out_again_is_forgotten() -> None:
    rarity = Rarity()
    rarity.add(["قريه"])
    before = rarity.weight("قريه")
    rarity.add(["قريه", "وزير"])
    rarity.add(["قريه", "وزير"], -1)
    assert (rarity.weight("قريه"), rarity.articles, dict(rarity.counts)) == (before, 1, {"قريه": 1})


def test_cosine_is_one_for_the_same_bag_and_none_without_common_words() -> None:
    rarity = Rarity()
    rarity.add(["قريه", "وزير", "سفير"])
    left, right = rarity.weighed({"قريه": 1.0, "وزير": 0.5}), rarity.weighed({"سفير": 1.0})
    assert cosine(left, left) == pytest.approx(1.0)
    assert cosine(left, right) == 0.0
    assert shared(left, rarity.weighed({"وزير": 1.0, "قريه": 1.0})) == ["قريه", "وزير"]
