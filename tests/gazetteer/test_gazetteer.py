"""Look-up: spellings, particles, demonyms, disputes, files that are no base."""

from __future__ import annotations

from pathlib import Path

import pytest

from masdar.errors import LexiconError
from masdar.gazetteer import Gazetteer
from masdar.text.fold import fold_word

COUNTRIES = [
    ("سورية", "SYR"),
    ("سوريا", "SYR"),
    ("أميركا", "USA"),
    ("المملكة المتحدة", "GBR"),
    ("يمن", "YEM"),
    ("مراكش", None),  # a city nowadays
    ("دمشق", None),
]
DEMONYMS = [
    ("سوري", "SYR"),
    ("السوريتين", "SYR"),
    ("والسوريون", "SYR"),
    ("للسوريين", "SYR"),
    ("الكورية الشمالية", "PRK"),
    ("كورية", "KOR"),
    ("الجنوب أفريقية", "ZAF"),
    ("الأتراك", "TUR"),
    ("بالأميركيين", "USA"),
    ("عربي", None),
]
SPELLINGS = [
    ("انجولا", "AGO"),  # ج for غ
    ("حسكة", "SYR"),  # without article
    ("كوبنهاجن", "DNK"),
    ("كفرنبل", "SYR"),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The base that ships."""
    return Gazetteer.load()


@pytest.mark.parametrize(("name", "iso3"), COUNTRIES)
def test_country(name: str, iso3: str | None, gazetteer: Gazetteer) -> None:
    assert gazetteer.find_country(fold_word(name)) == iso3


@pytest.mark.parametrize(("word", "iso3"), DEMONYMS)
def test_demonym(word: str, iso3: str | None, gazetteer: Gazetteer) -> None:
    assert gazetteer.find_demonym(fold_word(word)) == iso3


@pytest.mark.parametrize(("name", "iso3"), SPELLINGS)
def test_spelling(name: str, iso3: str, gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup(fold_word(name))[0].country == iso3


def test_user_decides_disputes(tmp_path: Path) -> None:
    decisions = tmp_path / "disputed.yml"
    decisions.write_text("entries: [{id: golan, names: [الجولان], claimed_by: [ISR, SYR], country: SYR}]", "utf-8")
    disputes = {dispute.id: dispute for dispute in Gazetteer.load(disputes=decisions).disputes}
    assert disputes["golan"].country == "SYR"
    assert disputes["jerusalem"].country is None


@pytest.mark.parametrize("content", [b"", b"no database at all, only text " * 50])
def test_other_files_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(LexiconError, match=r"other\.db"):
        Gazetteer.load(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="there is no base"):
        Gazetteer.load(tmp_path / "none.db")
