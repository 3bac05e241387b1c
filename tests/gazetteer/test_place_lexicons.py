"""Each hand-written place proves itself: coordinates in its country, no name twice, a valid code."""

from __future__ import annotations

from collections import Counter

import pytest

from masdar.gazetteer import Gazetteer
from masdar.gazetteer.words import SETTLED, Entry, read_countries, read_entries
from masdar.text.fold import fold_word

ENTRIES = list(read_entries())
AWAY = 1.6  # degrees; a point may lie so far from the nearest town of its country
OFFSHORE = {"sea", "strait", "island", "desert", "facility", "area"}
SCATTERED = {"USA", "FRA", "RUS", "IDN", "CAN", "BRA", "AUS", "CHN"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The base that ships."""
    return Gazetteer.load()


def test_there_are_many_places() -> None:
    assert len(ENTRIES) >= 900


def test_countries_have_valid_codes(gazetteer: Gazetteer) -> None:
    codes = [country["iso3"] for country in read_countries()]
    assert len(codes) == len(set(codes))
    assert {entry.country for entry in ENTRIES} - {None} <= set(codes) == gazetteer.countries.keys()


def test_country_names_are_found(gazetteer: Gazetteer) -> None:
    shared = {fold_word(name) for name in ("الكونغو",)}
    for country in read_countries():
        for name in set(map(fold_word, country["names"])) - shared:
            assert gazetteer.find_country(name) == country["iso3"], name


def test_demonyms_are_found(gazetteer: Gazetteer) -> None:
    for country in read_countries():
        for stem in country["demonyms"]:
            assert gazetteer.find_demonym(fold_word(stem)) == country["iso3"], stem


def test_no_name_stands_twice_for_places_of_one_sort() -> None:
    names = Counter(
        (fold_word(name), entry.country, entry.kind in SETTLED)
        for entry in ENTRIES
        for name in dict.fromkeys(map(fold_word, entry.names))
    )
    assert [key for key, times in names.items() if times > 1] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.names[0])
def test_place_is_in_its_country(entry: Entry, gazetteer: Gazetteer) -> None:
    assert -90 <= entry.lat <= 90
    assert -180 <= entry.lon <= 180
    if entry.country and entry.kind not in OFFSHORE:
        south, west, north, east = gazetteer.box(entry.country)
        assert south - AWAY <= entry.lat <= north + AWAY
        assert west - AWAY <= entry.lon <= east + AWAY


def test_every_name_finds_a_place(gazetteer: Gazetteer) -> None:
    lost = [name for entry in ENTRIES for name in entry.names if not gazetteer.lookup(fold_word(name))]
    assert lost == []
