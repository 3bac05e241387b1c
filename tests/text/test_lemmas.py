"""Forms of one word have one dictionary form; different words keep theirs."""

from __future__ import annotations

import pytest
import yaml

from masdar.text.lemmas import LEXICON, lemma, surfaces

SAME = [
    "قوات القوات وللقوات للقوات بالقوات قوة القُوّات",  # forces
    "وزير الوزير وزراء الوزراء وللوزراء وزيراً",  # minister
    "قضية القضايا بالقضايا",  # case
    "هدنة الهدنه وللهدنة",  # truce
    "أكد وأكد يؤكد أكدت",  # confirm
    "سوريا سورية وسورية لسوريا",  # Syria
    "أمريكا أميركا وأميركا",  # America
    "الأمريكية الأميركية أميركي",  # American
    "هاجم هاجمت وهاجمت يهاجم هاجموا سيهاجمون",  # attack
    "محمد ومحمد لمحمد",
    "قلطوف وقلطوف القلطوف",  # no dictionary knows a name that nobody has …
    "القلطوفيين قلطوفي والقلطوفية قلطوفيون",  # … nor who follows it
]
DIFFERENT = ["ورقة الرقة", "وليد يد", "السورية سوريا", "والي لي", "باب أب"]


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_a_word(forms: str) -> None:
    assert len({lemma(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", DIFFERENT)
def test_different_words(words: str) -> None:
    first, second = words.split()
    assert lemma(first) != lemma(second)


def test_an_unknown_name_keeps_its_prepositions_so_they_are_looked_for() -> None:
    assert lemma("بقلطوف") != lemma("قلطوف")
    assert {"بقلطوف", "ولقلطوف", "كقلطوف"} <= set(surfaces("قلطوف"))
    assert surfaces("القلطوف") == []  # the article keeps them apart from the name, and they come off


def test_what_is_not_arabic_stays() -> None:
    assert [lemma(word) for word in ("NATO", "2018", "٢٠١٨")] == ["nato", "2018", "2018"]


@pytest.mark.parametrize("group", yaml.safe_load(LEXICON.read_text("utf-8"))["variants"], ids=lambda group: group[0])
def test_variants_are_one(group: list[str]) -> None:
    assert len(group) > 1
    assert len({lemma(form) for form in group}) == 1
