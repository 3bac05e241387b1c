"""What is let in and what is turned away."""

from __future__ import annotations

import pytest

from masdar.errors import InputError
from masdar.sources.language import require_arabic

ARABIC = [
    "قال الوزير",
    "نعم",
    "كيف حالك يا صديقي",
    "وصل وفد تركي بيروت",
    "قال وزير الخارجية إن الاجتماع سيعقد غدا في موسكو",
    "نشرت صحيفة جمهوری اسلامی الإيرانية مقالا بقلم کاملیا انتخابی عن الانتخابات",
    "أعلنت شركة Google وشركة Microsoft عن اتفاق جديد مع الحكومة",
    "شلونك خوي شنو اخبارك اليوم",
    "قال الرئیس الإيراني إن المفاوضات مستمرة حتی الآن ولکن الوقت ضيق",  # typed with Persian keys
]


@pytest.mark.parametrize("text", ARABIC)
def test_arabic_passes(text: str) -> None:
    require_arabic(text, "a.txt")


OTHERS = [
    ("", "empty"),
    (" \n ", "empty"),
    ("The minister said that talks would go on.", "Latin"),
    ("The minister, known as الوزير, said that talks would go on.", "Latin"),
    ("Министр сказал, что переговоры продолжатся.", "Cyrillic"),
    ("12/5/2018 10:30", "without letters"),
    ("\x00\x01\x02PNG\x03", "binary"),
    ("رئیس جمهور ایران گفت که مذاکرات ادامه دارد و ما به دنبال صلح هستیم و پیش می‌رویم", "Persian"),
    ("وزیر امور خارجه با همتای خود دیدار کرد و در باره روابط دو کشور سخن راند", "Persian"),
    ("وزیر اعظم نے کہا ہے کہ مذاکرات جاری رہیں گے اور یہ بہت اہم ہیں", "Urdu"),
    ("سەرۆکی حکوومەت گوتی کە دانوستانەکان بەردەوام دەبن لە هەولێر", "Kurdish"),
    ("ئالىي مەجلىس يىغىنى بېيجىڭدا ئېچىلدى ۋە قارار ماقۇللاندى", "Uyghur"),
    ("ولسمشر وویل چې خبرې به روانې وي او موږ سوله غواړو په هېواد کې ډېر", "Pashto"),
]


@pytest.mark.parametrize(("text", "found"), OTHERS)
def test_others_are_named(text: str, found: str) -> None:
    with pytest.raises(InputError, match=found):
        require_arabic(text, "a.txt")
