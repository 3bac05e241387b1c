"""Articles are varied without losing what their annotations point at."""

from __future__ import annotations

import random
from typing import Any

from training.augment import SPELLINGS, Names, offices, other_marks, other_names, other_words, towns

TEXT = "قال سامر الحلبي إن «اللقاء تأجل». وأضاف الحلبي أن ليلى قباني سافرت."


def article() -> dict[str, Any]:
    def at(words: str, form: str = "name", start: int = 0) -> dict[str, Any]:
        first = TEXT.index(words, start)
        return {"start": first, "end": first + len(words), "form": form}

    people = [
        {"id": "E1", "type": "PER", "mentions": [at("سامر الحلبي"), at("الحلبي", start=20)]},
        {"id": "E2", "type": "PER", "mentions": [at("ليلى قباني")]},
    ]
    cue = TEXT.index("أضاف")
    said = {"cue": (cue, cue + 4), "contents": [(TEXT.index("ليلى"), len(TEXT) - 1)], "speakers": ["E1"]}
    return {"text": TEXT, "entities": people, "quotations": [said], "events": [], "file": "authored"}


def test_names_hold_people_called_by_their_name_or_its_last_word() -> None:
    assert Names([article()]).full == ["سامر الحلبي", "ليلى قباني"]


def test_other_names_move_every_offset_along() -> None:
    names = Names([])
    names.full = ["عبد الرحمن بن يوسف الأنصاري"]
    varied = other_names(article(), random.Random(1), names)
    text = varied["text"]
    said = [text[m["start"] : m["end"]] for e in varied["entities"] for m in e["mentions"]]
    assert said == ["عبد الرحمن بن يوسف الأنصاري", "الأنصاري", "عبد الرحمن بن يوسف الأنصاري"]
    (quotation,) = varied["quotations"]
    assert text[slice(*quotation["cue"])] == "أضاف"
    assert text[slice(*quotation["contents"][0])] == "عبد الرحمن بن يوسف الأنصاري سافرت"


def test_other_marks_keep_the_length_and_the_words() -> None:
    varied = other_marks(TEXT, random.Random(2))
    assert len(varied) == len(TEXT)
    assert [c for c in varied if c.isalpha()] == [c for c in TEXT if c.isalpha()]


def news() -> dict[str, Any]:
    """An official in a town, and a state with its demonym in another's office."""
    text = "قال مدير المشفى في حلب سامي الخطيب إن وزير النقل السوري سيزور حلب."

    def at(words: str, form: str, start: int = 0) -> dict[str, Any]:
        first = text.index(words, start)
        return {"start": first, "end": first + len(words), "form": form}

    entities = [
        {"id": "E1", "type": "PER", "mentions": [at("مدير المشفى", "nominal"), at("سامي الخطيب", "name")]},
        {"id": "E2", "type": "GPE", "mentions": [at("حلب", "name"), at("حلب", "name", 40)]},
        {"id": "E3", "type": "PER", "mentions": [at("وزير النقل السوري", "nominal")]},
        {"id": "E4", "type": "GPE", "sectors": ["GOV"], "mentions": [at("السوري", "demonym")]},
    ]
    return {"text": text, "entities": entities, "quotations": [], "events": []}


def test_towns_and_offices_are_those_nothing_else_stands_in() -> None:
    assert [words for _, _, words in towns(news())] == ["حلب", "حلب"]
    assert [words for _, _, words in offices(news())] == ["مدير المشفى"]


def test_other_towns_stand_wherever_the_town_stood() -> None:
    varied = other_words(news(), list(towns(news())), ["دير الزور"], random.Random(1))
    assert varied["text"] == "قال مدير المشفى في دير الزور سامي الخطيب إن وزير النقل السوري سيزور دير الزور."
    said = [varied["text"][m["start"] : m["end"]] for e in varied["entities"] for m in e["mentions"]]
    assert said == ["مدير المشفى", "سامي الخطيب", "دير الزور", "دير الزور", "وزير النقل السوري", "السوري"]


def test_a_definite_town_is_not_put_for_an_indefinite_one() -> None:
    assert other_words(news(), list(towns(news())), ["الرقة"], random.Random(1))["text"] == news()["text"]


def test_other_spellings_keep_the_length() -> None:
    for spelling in SPELLINGS:
        assert len("أعلن إلى آخره مدرسة".translate(spelling)) == len("أعلن إلى آخره مدرسة")
