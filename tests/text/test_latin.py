"""Names of people in Latin letters: what is written, what is left out, and a clean lexicon."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

import pytest
import yaml

from masdar.errors import LexiconError
from masdar.text.latin import KEYS, LATIN, LEXICON, LatinNames, load_latin_names, name_words

NAMES = load_latin_names()
PAGE = yaml.load(LEXICON.read_text("utf-8"), Loader=yaml.CSafeLoader)
LINE = re.compile(r"^ +([\u0600-\u06ff][\u0600-\u06ff ]*): (.+)$")


@pytest.mark.parametrize(
    "case",
    [
        "[محمد الحلبي] <Mohammed al-Halabi>",
        "[أحمد أبو زيد] <Ahmed Abu Zeid>",
        "[عبد الله النجار] <Abdullah al-Najjar>",
        "[عبدالله النجار] <Abdullah al-Najjar>",
        "[عبد الرحمن العراقي] <Abdulrahman al-Iraqi>",
        "[عبدالرحيم سالم] <Abdulrahim Salem>",
        "[سالم بن خليفة آل ثاني] <Salem bin Khalifa Al Thani>",
        "[بن سلمان] <Bin Salman>",
        "[محمد بن صالح] <Mohammed bin Saleh>",
        "[الأمير فيصل] <Faisal>",
        "[الشيخ سالم الشيخ] <Salem al-Sheikh>",
        "[هاني الجار الله] <Hani al-Jarallah>",
        "[كريم نصر الله] <Karim Nasrallah>",
        "[كريم نصرالله] <Karim Nasrallah>",
        "[أبوعلي المصري] <Abu Ali al-Masri>",
        "[خير الدين الموصلي] <Khaireddin al-Mosuli>",
        "[سيف الإسلام] <Saif al-Islam>",
        "[الملك] <None>",
        "[ماري سميث] <Mary Smith>",
        "[جان-ماري غارسيا] <Jean-Marie Garcia>",
        "[فلاديمير «إيفانوف»] <Vladimir Ivanov>",
        "[سليم داود أوغلو] <Salim Davutoglu>",
        "[الحسن] <al-Hassan>",
        "[سليم داوداوغلو] <Salim Davutoglu>",
        "[محمّد الثاني] <Mohammed II>",
    ],
)
def test_names_are_written_as_news_spells_them(case: str) -> None:
    name, latin = re.findall(r"\[(.*)\] <(.*)>", case)[0]
    assert str(NAMES.romanise(name)) == latin


@pytest.mark.parametrize(
    "case",
    [
        "EGY [جمال رجب] <Gamal Ragab>",
        "EGY [عبد الرحيم محمد] <Abdel Rahim Mohamed>",
        "JOR [جمال رجب] <Jamal Rajab>",
        "TUN [محمد بن يوسف] <Mohamed Ben Youssef>",
        "DZA [عبد القادر بوعلام] <Abdelkader Boualem>",
        "MAR [عبد الباقي بو علي] <Abdelbaqi Bou Ali>",
        "IRN [حسين محمدي] <Hossein Mohammadi>",
        "IRN [عبد الرضا كاظمي] <Abdolreza Kazemi>",
        "PAK [عبد القيوم خان] <Abdul Qayyum Khan>",
        "TUR [محمد شاهين] <Mehmet Sahin>",
        "FRA [فيليب مارتن] <Philippe Martin>",
        "GBR [فيليب مارتن] <Philip Martin>",
        "ITA [فيليب مارتن] <None>",
        "UNO [محمد سعيد] <Mohammed Saeed>",
    ],
)
def test_countries_spell_in_their_own_way(case: str) -> None:
    country, name, latin = re.findall(r"(\w+) \[(.*)\] <(.*)>", case)[0]
    assert str(NAMES.romanise(name, country)) == latin


@pytest.mark.parametrize(
    "name",
    [
        "",
        "سالم قغنفر",  # an unknown word: no vowels are known
        "الحلبي",  # alone more often "the Aleppine" than a name
        "محمد بن",  # cut off
        "وزير الخارجية",
        "الشرق",
        "علي 5",
    ],
)
def test_abstains(name: str) -> None:
    assert NAMES.romanise(name) is None


def test_lexicon_is_large_enough() -> None:
    assert len(NAMES.arab) >= 1200
    assert len(NAMES.world) >= 500


def entries() -> list[tuple[str, str, str]]:
    """Section, Arabic and Latin of every line as it is written."""
    found, section = [], ""
    for line in LEXICON.read_text("utf-8").splitlines():
        if line.startswith("  - countries"):
            section = line
        elif re.match(r"\w+:", line):
            section = line.split(":")[0]
        elif match := LINE.match(line):
            found.append((section, match[1], match[2].strip('"')))
    return found


def test_no_word_stands_twice() -> None:
    """YAML keeps the last of two equal keys and says nothing: the lines themselves are counted."""
    words = Counter((section, " ".join(name_words(word))) for section, word, _ in entries())
    general = Counter(" ".join(name_words(word)) for section, word, _ in entries() if section in ("arab", "world"))
    assert [key for key, count in words.items() if count > 1] == []
    assert [key for key, count in general.items() if count > 1] == []


def test_every_line_is_read() -> None:
    parts = [PAGE[part] for part in KEYS - {"about", "license", "regions"}]
    regions = [region["names"] for region in PAGE["regions"]]
    assert len(entries()) == sum(map(len, [*parts, *regions]))


def test_words_are_written_plainly() -> None:
    """Composed letters, no vocalisation, no tatweel, no presentation forms; Latin letters with their marks."""
    odd = [word for _, word, _ in entries() if not re.fullmatch("[\u0621-\u063a\u0641-\u064a ]+", word)]
    decomposed = [line for line in entries() if any(unicodedata.normalize("NFC", part) != part for part in line)]
    assert odd + decomposed == []
    assert [latin for _, _, latin in entries() if not LATIN.fullmatch(latin)] == []


def test_regions_do_not_share_a_country() -> None:
    countries = Counter(country for region in PAGE["regions"] for country in region["countries"])
    assert [country for country, count in countries.items() if count > 1 or not re.fullmatch("[A-Z]{3}", country)] == []


@pytest.mark.parametrize("latin", [True, "محمد", "", "Ali2"])
def test_refuses_what_is_not_latin(latin: object) -> None:
    page: dict[str, Any] = {key: {} for key in KEYS} | {"regions": [], "arab": {"علي": latin}}
    with pytest.raises(LexiconError, match="Latin letters"):
        LatinNames.of(page, "test")


def test_refuses_one_key_twice() -> None:
    page: dict[str, Any] = {key: {} for key in KEYS} | {"regions": [], "arab": {"علي": "Ali", "على": "Ala"}}
    with pytest.raises(LexiconError, match="twice"):
        LatinNames.of(page, "test")
