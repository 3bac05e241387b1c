"""Copies of one text, by small texts of invented words."""

from __future__ import annotations

from masdar.store.copies import Copy, Originals, Text, likeness, runs

WORDS = [f"كلمة{number}" for number in range(200)]


def text(article: int, words: list[str], day: int = 10, agencies: tuple[str, ...] = ()) -> Text:
    return Text(article, day, runs(" ".join(words)), agencies)


def compared(*texts: Text) -> list[Copy | None]:
    originals = Originals()
    return [originals.compare(each) for each in texts]


def test_the_first_of_two_equal_texts_is_the_original() -> None:
    assert compared(text(1, WORDS), text(2, WORDS)) == [None, Copy(2, 1, 1.0)]


def test_a_shortened_text_is_a_copy() -> None:
    found = compared(text(1, WORDS), text(2, WORDS[:80]))[1]
    assert found == Copy(2, 1, 1.0)


def test_a_rewritten_text_is_none() -> None:
    mixed = [word for pair in zip(WORDS[:60], reversed(WORDS), strict=False) for word in pair]
    assert compared(text(1, WORDS), text(2, mixed)) == [None, None]


def test_a_notice_in_a_long_survey_makes_no_copy_of_it() -> None:
    survey = [f"غير{number}" for number in range(300)] + WORDS[:50]
    assert compared(text(1, WORDS[:50]), text(2, survey)) == [None, None]


def test_a_copy_of_a_copy_points_at_the_original() -> None:
    found = compared(text(1, WORDS), text(2, WORDS[20:]), text(3, WORDS[40:]))
    assert [copy.original if copy else None for copy in found] == [None, 1, 1]


def test_of_two_originals_the_more_alike_counts() -> None:
    other = [f"غير{number}" for number in range(120)]
    found = compared(text(1, WORDS[:100] + other), text(2, WORDS[100:]), text(3, WORDS[60:]))[2]
    assert found is not None
    assert found.original == 2


def test_an_agency_is_named_where_both_name_it() -> None:
    found = compared(text(1, WORDS, agencies=("وكالة السهل", "وكالة")), text(2, WORDS, agencies=("وكالة السهل",)))[1]
    assert found == Copy(2, 1, 1.0, "وكالة السهل")


def test_what_is_long_ago_is_forgotten() -> None:
    originals = Originals()
    originals.compare(text(1, WORDS, day=1))
    originals.forget(before=2)
    assert originals.compare(text(2, WORDS, day=9)) is None
    assert originals.compare(text(3, WORDS, day=9)) is not None


def test_spelling_does_not_matter() -> None:
    words = [f"إعلان{number} المدرسة" for number in range(40)]
    plain = [word.replace("إ", "ا").replace("ة", "ه") for word in words]
    assert likeness(text(1, words), text(2, plain)) == 1.0


def test_texts_of_a_few_words_are_not_compared() -> None:
    assert compared(text(1, WORDS[:12]), text(2, WORDS[:12])) == [None, None]
